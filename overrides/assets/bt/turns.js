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

  var links = bt.page.querySelectorAll(".bt-contents a"), waiting
  function mark() {
    waiting = 0
    var now = turns.filter(function (turn) { return turn.getBoundingClientRect().top < innerHeight / 3 }).pop()
    links.forEach(function (link) {
      if (now && bt.named(link.hash) === now.id) link.setAttribute("aria-current", "true")
      else link.removeAttribute("aria-current")
    })
  }
  mark()
  addEventListener("scroll", function () { waiting = waiting || requestAnimationFrame(mark) }, { passive: true })
})()
