/* Who speaks: next and previous turn by key, and where one is in the jump list. */
(function () {
  var turns = Array.prototype.slice.call(bt.page.querySelectorAll(".bt-turn[id]"))
  if (!turns.length) return

  function go(step) {
    var tops = turns.map(function (turn) { return turn.getBoundingClientRect().top - 78 })
    var next = step > 0
      ? turns[tops.findIndex(function (top) { return top > 4 })]
      : turns[tops.filter(function (top) { return top < -4 }).length - 1]
    if (!next) return
    next.tabIndex = -1
    next.scrollIntoView({ behavior: "instant" })
    next.focus({ preventScroll: true })
  }
  bt.key("j", function () { go(1) })
  bt.key("k", function () { go(-1) })

  var links = Object.create(null), marked = [], waiting
  bt.page.querySelectorAll(".bt-contents a").forEach(function (link) {
    var id = bt.named(link.hash)
    links[id] = (links[id] || []).concat(link)
  })
  function mark() {
    waiting = 0
    for (var low = 0, high = turns.length; low < high;) { // the first turn below the upper third
      var half = low + high >> 1
      if (turns[half].getBoundingClientRect().top < innerHeight / 3) low = half + 1
      else high = half
    }
    var now = low ? links[turns[low - 1].id] || [] : []
    if (now === marked) return
    marked.forEach(function (link) { link.removeAttribute("aria-current") })
    now.forEach(function (link) { link.setAttribute("aria-current", "true") })
    marked = now
  }
  mark()
  addEventListener("scroll", function () { waiting = waiting || requestAnimationFrame(mark) }, { passive: true })
})()
