/* The glossary's list: an address with a concept's id leads on to its page, and the rows narrow as one
   types, in either language. */
(function () {
  var list = document.querySelector(".bt-words")
  if (!list) return

  /* /glossary/#agile-governance was an entry once; its row, and a subject's link, lead to what it is now. */
  function leadOn() {
    var id = ""
    try { id = decodeURIComponent(location.hash.slice(1)) } catch (error) { return }
    var there = id && document.getElementById(id)
    if (!there || !there.closest(".bt-words li, .bt-subjects a")) return
    var link = there.closest("a[href]") || there.closest("li").querySelector("a[href]")
    if (link) location.replace(link.href)
  }
  addEventListener("hashchange", leadOn)
  leadOn()

  var box = document.querySelector(".bt-filter input")
  if (!box) return
  var out = document.querySelector(".bt-filter output")
  var jumps = document.querySelector(".bt-letters")
  var all = function (selector, root) { return Array.prototype.slice.call(root.querySelectorAll(selector)) }

  function fold(text) { return text.normalize("NFKC").toLowerCase().replace(/[-\s]+/g, " ").trim() }
  var rows = all("li", list).map(function (row) {
    return { node: row, keys: fold((row.dataset.keys || "") + " " + all("a, span", row).map(function (part) { return part.textContent }).join(" ")) }
  })
  var letters = all("h2", list)

  function hide(node, on) { if (on) node.dataset.btHidden = ""; else delete node.dataset.btHidden }

  function filter() {
    var words = fold(box.value).split(" "), shown = 0
    rows.forEach(function (row) {
      var fits = words.every(function (word) { return row.keys.indexOf(word) > -1 })
      hide(row.node, !fits)
      shown += fits
    })
    letters.forEach(function (head) { hide(head, !head.nextElementSibling.querySelector("li:not([data-bt-hidden])")) })
    hide(jumps, Boolean(box.value.trim()))
    out.textContent = shown + " / " + rows.length
  }
  box.addEventListener("input", filter)
  box.addEventListener("keydown", function (event) { if (event.key === "Escape") { box.value = ""; filter() } })
  filter()
})()
