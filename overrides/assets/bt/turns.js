/* Who speaks: next and previous turn by key, and where one is in the jump list. */
(function () {
  var turns = Array.prototype.slice.call(bt.page.querySelectorAll(".bt-turn[id]"))
  if (!turns.length) return
  var LANDS = 78 // where a turn stands to which one has gone

  /* The first turn that begins at this height or below it; as many are above. */
  function below(y) {
    for (var low = 0, high = turns.length; low < high;) {
      var half = low + high >> 1
      var away = bt.away(turns[half])
      if (away ? away < 0 : turns[half].getBoundingClientRect().top < y) low = half + 1
      else high = half
    }
    return low
  }

  function go(step) {
    var next = step > 0 ? turns[below(LANDS + 4)] : turns[below(LANDS - 4) - 1]
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
    var above = below(innerHeight / 3), now = above ? links[turns[above - 1].id] || [] : []
    if (now === marked) return
    marked.forEach(function (link) { link.removeAttribute("aria-current") })
    now.forEach(function (link) { link.setAttribute("aria-current", "true") })
    marked = now
  }
  mark()
  addEventListener("scroll", function () { waiting = waiting || requestAnimationFrame(mark) }, { passive: true })
})()
