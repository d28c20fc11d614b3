/* The sentences of a unit, as ranges: sentence k of a unit and sentence k of its twin translate each other.
   The build writes where they end (`data-b`), counted in characters that are not white space. */
(function () {
  /* One range a sentence, null where this language has none; the whole unit is one where nothing says more. */
  bt.sentences = function (unit) {
    var ends = unit.dataset.b ? unit.dataset.b.split(" ").map(Number) : []
    var whole = document.createRange()
    whole.selectNodeContents(unit)
    if (ends.length < 2) return [whole]
    var marks = places(unit, ends), before = 0
    if (!marks) return [whole]
    return ends.map(function (end) {
      var from = before
      before = end
      if (end === from) return null
      var range = document.createRange()
      range.setStart(marks[from].next.node, marks[from].next.at)
      range.setEnd(marks[end].last.node, marks[end].last.at)
      return range
    })
  }

  /* For each wanted count: where the text stands that has so many visible characters before it. */
  function places(unit, ends) {
    var want = { 0: {} }, seen = 0, walker = document.createTreeWalker(unit, NodeFilter.SHOW_TEXT), node, i, text
    ends.forEach(function (end) { want[end] = {} })
    while ((node = walker.nextNode())) {
      for (i = 0, text = node.data; i < text.length; i++) {
        if (/\s/.test(text.charAt(i))) continue
        if (want[seen]) want[seen].next = { node: node, at: i }
        seen++
        if (want[seen]) want[seen].last = { node: node, at: i + 1 }
      }
    }
    return seen === ends[ends.length - 1] ? want : null // else the page is not what was built
  }

  /* Which sentence of the unit holds this place of its text; -1 where none does. */
  bt.sentenceAt = function (unit, node, offset) {
    return bt.sentences(unit).findIndex(function (range) {
      return range && range.comparePoint(node, offset) === 0
    })
  }
})()
