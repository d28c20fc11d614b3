/* Every unit can be cited: a link, and a button for both languages, show when it is pointed at, or the
   link has the focus. */
(function () {
  function follow() {
    var node = document.getElementById(bt.named(location.hash))
    var details = node && node.closest("details")
    if (!details || details.open) return
    details.open = true
    node.scrollIntoView()
  }
  addEventListener("hashchange", follow)
  follow()

  bt.action("permalink", function (link) {
    if (!navigator.clipboard) return
    navigator.clipboard.writeText(link.href).then(function () { bt.say(bt.t.copied) }, function () { /* the address bar has it */ })
  })
  if (bt.control) bt.control(function (unit, tools) {
    var cite = bt.make("span", { class: "bt-cites" }, tools)
    bt.make("a", { class: "bt-permalink", href: "#" + unit.id, "data-id": unit.id, "data-bt-do": "permalink", "aria-label": bt.t.link + " " + unit.id }, cite)
    bt.quoteButton(unit.id, cite).tabIndex = -1
  })
})()
