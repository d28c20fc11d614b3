/* Every unit can be cited: a link that shows when its unit is pointed at or the link has the focus. */
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
  if (!bt.tools) return
  bt.page.querySelectorAll(".bt-u[id]").forEach(function (unit) {
    if (unit.parentNode !== bt.page) return
    bt.make("a", { class: "bt-permalink", href: "#" + unit.id, "data-id": unit.id, "data-bt-do": "permalink", "aria-label": bt.t.link + " " + unit.id }, bt.tools(unit))
  })
  var shown
  bt.page.addEventListener("pointerover", function (event) {
    var unit = event.target.closest(".bt-u[id], .bt-tools")
    var tools = unit && (unit.classList.contains("bt-tools") ? unit : unit.previousElementSibling)
    if (tools === shown || event.pointerType === "touch") return
    if (shown) shown.classList.remove("bt-on")
    shown = tools
    if (tools) tools.classList.add("bt-on")
  })
})()
