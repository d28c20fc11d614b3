/* A selection stays in the language it began in: the other column, an open peek, our notes and all controls stand aside.
   One that begins in a note of ours takes what it passes. */
(function () {
  function begin(event) {
    var node = event.target.nodeType === 1 ? event.target : event.target.parentNode
    if (!node || !node.closest || !node.closest(".bt-page")) return
    bt.html.dataset.btSelect = node.closest(".bt-twin, .bt-peeked") ? "twin" : node.closest(".bt-note--editor, .bt-note--term, .bt-beside") ? "note" : "own"
  }
  if (!bt.page) return
  document.addEventListener("pointerdown", begin)
  document.addEventListener("selectstart", begin)
})()
