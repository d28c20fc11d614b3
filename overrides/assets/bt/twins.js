/* From a place of the page to its sentence, its unit, and that unit's twins in sight. */
(function () {
  /* Which sentence stands at this point of the window, else the nearest: its line first, then along the line. */
  bt.sentenceUnder = function (unit, x, y) {
    var found = 0, least = Infinity
    bt.sentences(unit).forEach(function (range, i) {
      Array.prototype.forEach.call(range ? range.getClientRects() : [], function (box) {
        var down = Math.max(box.top - y, y - box.bottom, 0), along = Math.max(box.left - x, x - box.right, 0)
        if (down * 1e4 + along >= least) return
        least = down * 1e4 + along
        found = i
      })
    })
    return found
  }

  /* The unit of this page to which a node's text belongs: the one around it, or the one above its twin or peek. */
  bt.unitOf = function (node) {
    var own = node.closest(".bt-u[id]")
    if (own) return own
    for (node = node.closest(".bt-twin, .bt-peeked"); node; node = node.previousElementSibling) {
      if (node.matches(".bt-u[id]")) return node
    }
    return null
  }

  /* The unit's text in the other language as often as it is in sight: beside it, or in its peek. */
  bt.twinsOf = function (unit) {
    var found = [], node = unit.nextElementSibling
    for (; node && !node.matches(".bt-u, .bt-turn:not(.bt-twin)"); node = node.nextElementSibling) {
      var text = node.matches(".bt-twin") ? node : node.querySelector(".bt-peeked > .bt-peek-text")
      if (text && text.getClientRects().length) found.push(text)
    }
    return found
  }
})()
