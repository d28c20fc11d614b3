/* Where the reader is, and how to be there again after the text around it has changed. */
(function () {
  var LINE = 68 // just below the header

  /* Elements that have a counterpart on the twin page: by equal id, or else (plain pages) by their order. */
  bt.anchors = function () {
    var units = bt.page.querySelectorAll(".bt-u[id], .bt-turn[id], .bt-term-entry[id], .bt-entry[id]")
    return units.length ? units : bt.page.querySelectorAll("h1, h2, h3")
  }

  function standing(node, index, top) {
    var unit = /bt-/.test(node.className)
    return { id: unit ? node.id : "", index: index, top: top }
  }

  /* The unit whose beginning stands highest below the header; the addressed one if it is in sight; the
     unit that fills the window, with the share of it that has gone by. */
  bt.reading = function () {
    var nodes = bt.anchors(), filling = null, i, node, box
    var hash = bt.named(location.hash)
    var found = null
    for (i = 0; i < nodes.length; i++) {
      node = nodes[i]
      box = node.getBoundingClientRect()
      if (!box.height) continue
      if (hash && node.id === hash && box.top > LINE - 20 && box.top < innerHeight - 60) return standing(node, i, box.top)
      if (node.classList.contains("bt-turn")) continue // who speaks is not what is read
      if (!found && box.top >= LINE - 12 && box.top < innerHeight * .75) found = standing(node, i, box.top)
      if (box.top < LINE) {
        filling = standing(node, i, box.top)
        filling.share = Math.min(1, (LINE - box.top) / box.height)
      }
    }
    return found || filling
  }

  /* Scrolls so that the place is where it was. Where the page is too short for that, it gets room below. */
  bt.settle = function (place) {
    var node = place && ((place.id && document.getElementById(place.id)) || bt.anchors()[place.index])
    if (!node) return
    var details = node.closest("details")
    if (details) details.open = true
    var box = node.getBoundingClientRect()
    var top = place.share === undefined ? place.top : LINE - place.share * box.height
    var want = scrollY + box.top - top
    var room = html().scrollHeight - innerHeight
    if (want > room) bt.page.style.paddingBottom = (parseFloat(getComputedStyle(bt.page).paddingBottom) || 0) + want - room + 1 + "px"
    scrollTo({ top: Math.max(0, want), behavior: "instant" })
  }

  function html() { return document.documentElement }

  /* Runs `change` with the reader's place held. */
  bt.keep = function (change) {
    var place = bt.reading()
    change()
    bt.settle(place)
  }

  /* On arrival: settle now and again when the browser has done its own scrolling, unless the reader has moved. */
  bt.land = function (place) {
    var moved = false
    function settle() { if (!moved) bt.settle(place) }
    ;["wheel", "touchstart", "keydown", "pointerdown"].forEach(function (name) {
      addEventListener(name, function () { moved = true }, { once: true, passive: true })
    })
    settle()
    requestAnimationFrame(settle)
    addEventListener("load", function () { settle(); requestAnimationFrame(settle); setTimeout(settle, 60) })
  }
})()
