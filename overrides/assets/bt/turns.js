/* Who speaks: next and previous turn by key, a jump list that shows how each turn begins, where one is in it. */
(function () {
  var turns = Array.prototype.slice.call(bt.page.querySelectorAll(".bt-turn[id]"))
  var list = document.querySelector(".bt-turns"), links = {}
  if (!list) return

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

  function firstUnit(turn) {
    var node = turn
    while ((node = node.nextElementSibling) && !node.classList.contains("bt-turn")) if (node.classList.contains("bt-u")) return node
    return null
  }

  list.querySelectorAll("a").forEach(function (link) {
    var turn = document.getElementById(decodeURIComponent(link.hash.slice(1)))
    var unit = turn && turn.classList.contains("bt-turn") && firstUnit(turn)
    if (!unit) return
    links[turn.id] = link
    var text = unit.textContent.trim(), question = /[?？][”"]?$/.test(text), size = bt.data.lang === "en" ? 64 : 26
    if (question) text = text.match(/[^.!?。！？]*[?？][”"]?$/)[0].trim()
    link.className = question ? "bt-question" : "bt-answer"
    bt.make("small", {}, link).textContent = text.length > size ? text.slice(0, size).trim() + "…" : text
  })
  /* Opened after it is complete, so that nothing in it moves. */
  if (innerWidth >= 1220) list.parentNode.open = true

  var waiting
  addEventListener("scroll", function () {
    if (waiting) return
    waiting = requestAnimationFrame(function () {
      waiting = 0
      var now = turns.filter(function (turn) { return turn.getBoundingClientRect().top < innerHeight / 3 }).pop()
      for (var id in links) if (now && now.id === id) links[id].setAttribute("aria-current", "true"); else links[id].removeAttribute("aria-current")
    })
  }, { passive: true })
})()
