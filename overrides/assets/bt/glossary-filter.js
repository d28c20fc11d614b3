/* Filter as you type, in either language, on the glossary's entries. */
(function () {
  var box = document.querySelector(".bt-filter input")
  if (!box) return
  var out = document.querySelector(".bt-filter output")
  var jumps = bt.page.querySelectorAll(".bt-jumps, .bt-az")
  var entries = Array.prototype.slice.call(bt.page.querySelectorAll(".bt-term-entry"))
  var heads = bt.page.querySelectorAll("h2")

  function fold(text) { return text.normalize("NFKC").toLowerCase().replace(/[-\s]+/g, " ").trim() }
  var keys = entries.map(function (entry) { return fold((entry.dataset.keys || "") + " " + (entry.querySelector("h3") || entry).textContent) })

  function hide(node, on) { if (on) node.dataset.btHidden = ""; else delete node.dataset.btHidden }

  function filter() {
    var words = fold(box.value).split(" "), shown = 0
    entries.forEach(function (entry, i) {
      var fits = words.every(function (word) { return keys[i].indexOf(word) > -1 })
      hide(entry, !fits)
      shown += fits
    })
    heads.forEach(function (head) {
      var node = head, any = false, some = false
      while ((node = node.nextElementSibling) && node.tagName !== "H2") if (node.classList.contains("bt-term-entry")) { any = true; some = some || !("btHidden" in node.dataset) }
      hide(head, any && !some)
    })
    jumps.forEach(function (node) { hide(node, box.value.trim()) })
    out.textContent = shown + " / " + entries.length
  }
  box.addEventListener("input", filter)
  box.addEventListener("keydown", function (event) { if (event.key === "Escape") { box.value = ""; filter() } })
  filter()
})()
