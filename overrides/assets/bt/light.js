/* A sentence and its twin, lit together: where the pointer rests, where the reader taps, where the keys go.
   The browser paints ranges of text; no element changes and nothing moves. A browser that cannot lights the
   paragraph. The mouse lights only what has its twin in sight, so that plain reading stays plain. */
(function () {
  if (!bt.page.classList.contains("bt-page--transcript")) return
  var REST = 120, LINE = 76 // ms; the header and a little air
  var TEXT = ".bt-u, .bt-twin:not(.bt-turn), .bt-peek-text"
  var can = typeof Highlight === "function" && typeof CSS === "object" && CSS.highlights
  var lit = null // { unit, bead, by: "mouse", "tap" or "key" }
  var classed = [], spot = {}, down = {}, timer, voice

  function selecting() { return !getSelection().isCollapsed }

  /* Every copy of the unit's text that is in sight, each with its sentences; one sentence where they disagree. */
  function copies(unit) {
    var nodes = [unit].concat(bt.twinsOf(unit)), lists = nodes.map(bt.sentences)
    var agree = lists.every(function (list) { return list.length === lists[0].length })
    return nodes.map(function (node, i) {
      var whole = document.createRange()
      whole.selectNodeContents(node)
      return { node: node, list: agree ? lists[i] : [whole] }
    })
  }

  function ranges() {
    return !lit ? [] : copies(lit.unit).map(function (copy) {
      return { node: copy.node, range: copy.list[Math.min(lit.bead, copy.list.length - 1)] }
    }).filter(function (one) { return one.range })
  }

  function draw() {
    var found = ranges()
    if (can) {
      var paint = new Highlight()
      found.forEach(function (one) { paint.add(one.range) })
      CSS.highlights.set("bt-lit", paint)
      return
    }
    classed.forEach(function (node) { node.classList.remove("bt-lit") })
    classed = found.map(function (one) { one.node.classList.add("bt-lit"); return one.node })
  }

  /* Lights sentence `bead` of a unit and its twin; without a unit, puts the light out. */
  bt.light = function (unit, bead, by) {
    clearTimeout(timer)
    if (!unit && !lit) return
    lit = unit ? { unit: unit, bead: bead, by: by || "key" } : null
    draw()
  }
  bt.lit = function () { return lit && { id: lit.unit.id, bead: lit.bead } }
  /* After twins have come or gone. */
  bt.relight = function () {
    if (!lit) return
    if (lit.by === "mouse" && !bt.twinsOf(lit.unit).length) bt.light(null)
    else draw()
  }
  new MutationObserver(bt.relight).observe(bt.html, { attributes: true, attributeFilter: ["data-bt-view"] })

  /* The block of text at a node; a boxed note of the source is no sentence. */
  function blockAt(node) {
    var block = node && node.closest && node.closest(TEXT)
    return block && !block.closest("details") && bt.unitOf(block) ? block : null
  }

  function rest() {
    var block = blockAt(document.elementFromPoint(spot.x, spot.y)), unit = block && bt.unitOf(block)
    if (selecting()) return
    if (unit && bt.twinsOf(unit).length) bt.light(unit, bt.sentenceUnder(block, spot.x, spot.y), "mouse")
    else if (lit && lit.by === "mouse") bt.light(null)
  }
  document.addEventListener("pointermove", function (event) {
    /* Text that scrolls below a still pointer is not pointed at. */
    if (event.pointerType === "touch" || event.clientX === spot.x && event.clientY === spot.y) return
    spot = { x: event.clientX, y: event.clientY }
    clearTimeout(timer)
    if (!event.buttons) timer = setTimeout(rest, REST)
  }, { passive: true })
  addEventListener("scroll", function () { clearTimeout(timer) }, { passive: true })
  document.addEventListener("selectionchange", function () { if (selecting()) bt.light(null) })

  document.addEventListener("pointerdown", function (event) {
    down = { mouse: event.pointerType === "mouse", selected: selecting() }
  }, { passive: true })
  document.addEventListener("click", function (event) {
    if (down.mouse !== false || down.selected || selecting() || !bt.page.contains(event.target)) return
    if (event.target.closest("a, button, summary, label, input")) return
    var block = blockAt(event.target), unit = block && bt.unitOf(block)
    var bead = unit && bt.sentenceUnder(block, event.clientX, event.clientY)
    if (!unit || lit && lit.unit === unit && lit.bead === bead) bt.light(null)
    else bt.light(unit, bead, "tap")
  })

  function units() {
    return Array.prototype.slice.call(bt.page.querySelectorAll(".bt-rows > .bt-u[id]"))
  }
  function boxOf(copies, bead) {
    var copy = copies.filter(function (one) { return one.list[bead] })[0]
    return copy && copy.list[bead].getBoundingClientRect()
  }
  function inSight(box) { return box && box.bottom > LINE && box.top < innerHeight - 24 }

  /* Where the keys begin: the lit sentence if it is in sight, else the first that begins below the header. */
  function here(all) {
    var first = null
    if (lit && inSight(boxOf(copies(lit.unit), lit.bead))) return { at: all.indexOf(lit.unit), bead: lit.bead, lit: true }
    all.some(function (unit, at) {
      if (bt.away(unit) || unit.getBoundingClientRect().bottom < LINE) return false
      var found = copies(unit)
      return found[0].list.some(function (range, bead) {
        var box = boxOf(found, bead)
        if (!box || box.bottom < LINE) return false
        first = first || { at: at, bead: bead }
        if (box.top < LINE - 8) return false
        if (box.top < innerHeight) first = { at: at, bead: bead }
        return true
      })
    })
    return first
  }

  /* The unit that is read: that of the lit sentence in sight, else the one that the address names, if it is in
     sight, else the first whose sentence begins below the header. */
  bt.atHand = function () {
    var all = units(), place = here(all), aimed = bt.page.querySelector(".bt-u:target")
    if (aimed && inSight(aimed.getBoundingClientRect()) && !(place && place.lit)) return aimed
    return place && all[place.at]
  }

  /* To the next or the previous sentence; to the one at hand where none was lit. */
  function step(by) {
    var all = units(), place = here(all)
    if (!place) return
    var at = place.at, found = copies(all[at]), bead = place.bead + (place.lit ? by : 0)
    while (!boxOf(found, bead)) {
      if (bead >= 0 && bead < found[0].list.length) { bead += by; continue }
      at += by
      if (!all[at]) return
      found = copies(all[at])
      bead = by > 0 ? 0 : found[0].list.length - 1
    }
    bt.light(all[at], bead, "key")
    var box = boxOf(found, bead)
    if (box.top < LINE || box.bottom > innerHeight - 24) scrollBy({ top: Math.min(box.top - LINE, Math.max(box.top - innerHeight / 3, box.bottom - innerHeight + 24)), behavior: "instant" })
    tell()
  }

  /* Only a key makes it heard: the sentence and its twin, each in its own language. A pointer would talk
     without end, and who reads by ear does not point. */
  function tell() {
    voice = voice || bt.make("div", { class: "bt-hide bt-voice", role: "status" }, document.body)
    voice.textContent = ""
    ranges().forEach(function (one) {
      bt.make("span", { lang: one.node.closest("[lang]").lang }, voice).textContent = one.range + " "
    })
    clearTimeout(voice.timer)
    voice.timer = setTimeout(function () { voice.textContent = "" }, 4000) // else the browser's search finds it
  }

  function key(name, fn) {
    bt.key(name, function (event) { event.stopPropagation(); fn() }) // the theme turns pages by these
  }
  key(".", function () { step(1) })
  key(",", function () { step(-1) })
  key("p", function () {
    var all = units(), place = here(all)
    if (!place || bt.html.dataset.btView === "parallel") return
    if (!place.lit) bt.light(all[place.at], place.bead, "key")
    if (bt.peek) bt.peek(all[place.at]).then(function () { if (lit) tell() })
  })
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") bt.light(null) })
})()
