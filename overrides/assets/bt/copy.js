/* A selection stays in the language it began in: the other column, an open peek, our notes and all controls
   stand aside. One that begins in a note of ours takes what it passes. */
(function () {
  var TEXT = ".bt-title, .bt-twin-title, .bt-turn, .bt-u, .bt-twin, .bt-peek-text"
  var OTHER = ".bt-twin, .bt-peeked"
  if (!bt.page) return

  /* Where a selection that begins at `node` belongs; nothing for a place outside the text. */
  function side(node) {
    node = node && node.nodeType !== 1 ? node.parentNode : node
    if (!node || node === bt.page || !bt.page.contains(node)) return ""
    return node.closest(OTHER) ? "twin" : node.closest(TEXT + ", .bt-tools") || node.querySelector(".bt-u") ? "own" : "note"
  }
  function begin(event) {
    var found = side(event.target)
    if (found || event.target === bt.page) bt.html.dataset.btSelect = found || "own"
    else if (event.type === "selectstart" && bt.html.dataset.btSelect !== "twin") bt.html.dataset.btSelect = "own" // all of the page
  }
  document.addEventListener("pointerdown", begin)
  document.addEventListener("selectstart", begin)

  /* What of the node is selected, as a range. */
  function part(range, node) {
    if (!range.intersectsNode(node)) return null
    var whole = document.createRange()
    whole.selectNodeContents(node)
    if (range.compareBoundaryPoints(Range.START_TO_START, whole) > 0) whole.setStart(range.startContainer, range.startOffset)
    if (range.compareBoundaryPoints(Range.END_TO_END, whole) < 0) whole.setEnd(range.endContainer, range.endOffset)
    return /\S/.test(whole) ? whole : null
  }

  /* The selected text in the selection's one language, in order: { node, range } a block. */
  bt.selected = function () {
    var selection = getSelection(), found = []
    if (!selection.rangeCount || selection.isCollapsed) return found
    var from = side(selection.anchorNode) || (bt.html.dataset.btSelect === "twin" ? "twin" : "own")
    var parallel = bt.html.dataset.btView === "parallel", lang = (from === "twin" ? bt.otherLang : bt.data.lang) || ""
    if (from === "note") return found
    bt.page.querySelectorAll(TEXT).forEach(function (node) {
      if (!node.getClientRects().length || node.closest("details:not([open])")) return
      if (parallel ? node.closest("[lang]").lang.slice(0, 2) !== lang.slice(0, 2) : !!node.closest(OTHER + ", .bt-twin-title") !== (from === "twin")) return
      for (var i = 0; i < selection.rangeCount; i++) {
        var range = part(selection.getRangeAt(i), node)
        if (range) found.push({ node: node, range: range })
      }
    })
    return found
  }

  /* A range's text as the source has it: a line a paragraph, a name in one script. */
  bt.textOf = function (range) {
    var box = document.createElement("div")
    box.appendChild(range.cloneContents())
    box.querySelectorAll(".bt-turn .bt-other, :scope > .bt-other").forEach(function (node) { node.remove() })
    var lines = Array.prototype.map.call(box.querySelectorAll("p"), function (p) { return p.textContent.trim() })
    return (lines.length ? lines.join("\n") : box.textContent).trim()
  }

  /* Several blocks are copied as their text alone, a blank line between; within one the browser does it. */
  document.addEventListener("copy", function (event) {
    if (!event.clipboardData || event.target.closest && event.target.closest("input, textarea")) return
    var found = bt.selected(), inside = found.length && getSelection().getRangeAt(0).commonAncestorContainer
    if (!inside || found.length === 1 && found[0].node.contains(inside)) return
    var html = document.createElement("div")
    event.clipboardData.setData("text/plain", found.map(function (one) {
      var text = bt.textOf(one.range)
      text.split("\n").forEach(function (line) {
        bt.make("p", { lang: one.node.closest("[lang]").lang }, html).textContent = line
      })
      return text
    }).join("\n\n"))
    event.clipboardData.setData("text/html", html.innerHTML)
    event.preventDefault()
  })
})()
