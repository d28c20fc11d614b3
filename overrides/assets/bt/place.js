/* Where the reader is, and how to be there again after the text around it has changed.
   A place is a line of text: { id, step, bead, beads, more, at, of, share, top, open, lang }. `id` names the nearest
   element with an id, `step` counts the blocks from there. The line begins with letter `at` of the `of` in sentence
   `bead` of `beads`; `more` sentences after it begin on the same line. On the other page it is the like share of the
   sentence, or, where the sentences cannot be told apart, of the block. It stands `top` px below the window's edge.
   Where both languages stand in one column, the line may be of the twin: `twin`, on the page in language `page`; `lang` is
   the text's. `open` names those of the page's details that are not as they came. At the very top, a place is { start, open }. */
(function () {
  var HEAD = 56 // the header's lower edge
  var EYE = 150 // where a reader's eye rests: the sentence there is what is read
  var ASIDE = "summary, .bt-turn, .bt-role, .bt-spoken, .bt-only" // who speaks, and the heads of notes, are not what is read
  var panels = Array.from(bt.page.querySelectorAll("details"))
  var were = panels.map(function (node) { return node.open })
  var parts = bt.page.querySelector(".bt-part") // of a long text
  var held = null, last = null, acts = 0, timer, width = innerWidth, noted = width

  var INSIDE = ":is(.bt-u, .bt-contents, .bt-twin) *"
  var NEVER = ":is(h1, .bt-peeked, .bt-tools), :is(h1, .bt-peeked, .bt-tools) *"
  var BLOCK = ":is([id], p, li, dt):not(.bt-twin, " + INSIDE + ", " + NEVER + ", details:not([open]) *)"
  var HEADS = "summary:not(" + INSIDE + ", " + NEVER + ", details:not([open]) > :not(summary) *)"
  var TWINS = ".bt-twin:not(.bt-turn)"

  /* What can be read, in order: a unit is one block, and so is a paragraph outside units. */
  function blocks() {
    return Array.from(bt.page.querySelectorAll(BLOCK + ", " + HEADS + (below() ? ", " + TWINS : "")))
  }

  /* Whether the node is in a part of the page that is out of sight: -1 above the window, 1 below, else 0. The rows
     of such a part are not laid out, and where they are said to stand is not true. */
  bt.away = function (node) {
    var part = partOf(node), box = part && part.getBoundingClientRect()
    return !part ? 0 : box.bottom < 0 ? -1 : +(box.top > innerHeight)
  }
  function partOf(node) { return parts && node && node.closest(".bt-part") }

  function twin(node) { return node.classList.contains("bt-twin") }

  /* Whether twins are seen, in the column of their units: of all of them or of none. */
  function below() {
    var node = bt.html.dataset.btView === "parallel" && bt.page.querySelector(TWINS)
    return node && Math.abs(node.getBoundingClientRect().left - node.previousElementSibling.getBoundingClientRect().left) < 8
  }

  function language(node) { return twin(node) ? bt.otherLang : bt.data.lang }

  /* The letters of a range (its characters but white space), as [text node, offset]. */
  function letters(range) {
    var found = [], root = range.commonAncestorContainer, i, end
    var walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    for (var node = root.nodeType === 3 ? root : walker.nextNode(); node; node = walker.nextNode()) {
      if (!range.intersectsNode(node)) continue
      i = node === range.startContainer ? range.startOffset : 0
      end = node === range.endContainer ? range.endOffset : node.length
      for (; i < end; i++) if (/\S/.test(node.data.charAt(i))) found.push([node, i])
    }
    return found
  }

  /* The box of letter `n`, or of the next that is seen. */
  function box(list, n) {
    var range = document.createRange(), rect = null
    for (; n < list.length && !(rect && rect.height); n++) {
      range.setStart(list[n][0], list[n][1])
      range.setEnd(list[n][0], list[n][1] + 1)
      rect = range.getBoundingClientRect()
    }
    return rect && rect.height ? rect : null
  }

  /* The letters of each sentence of a block; a sentence that this language lacks has none. */
  function sentences(node) {
    var whole = document.createRange()
    whole.selectNodeContents(node)
    var ranges = node.matches(".bt-u, .bt-twin") ? bt.sentences(node) : [whole]
    return ranges.map(function (range) { return range ? letters(range) : [] })
  }

  /* Where the line with letter `n` of a sentence stands: the block's own top for its first line, and the rest in step. */
  function line(node, beads, bead, n) {
    var top = node.getBoundingClientRect().top
    while (bead < beads.length - 1 && !beads[bead].length) bead++
    while (bead && !beads[bead].length) n = beads[--bead].length - 1 // the last is lacking
    var first = box(beads.flat(), 0), here = box(beads[bead], n)
    return first && here ? top + here.top - first.top : top
  }

  function find(place) {
    var node = document.getElementById(place.id)
    if (parts && node && !place.step && !place.twin) return node // it is asked often
    var shown = blocks(), all = shown.filter(function (node) { return !twin(node) })
    var i = place.id ? all.findIndex(function (node) { return node.id === place.id }) : -1
    if (place.id && i < 0) return null
    var other = place.twin && place.page === bt.data.lang && shown[shown.indexOf(all[i]) + 1]
    if (other && twin(other)) return other
    for (var left = place.step || 0; left && all[i + 1] && (i < 0 || !all[i + 1].id); left--) i++
    return all[i]
  }

  /* Where a place stands now; `node` is its block. */
  function stands(place, node) {
    if (!place.at && !place.bead && !place.more) return node.getBoundingClientRect().top
    var beads = sentences(node)
    if (beads.length !== place.beads) {
      beads = [beads.flat()]
      return line(node, beads, 0, Math.floor(place.share * beads[0].length))
    }
    var length = beads[place.bead].length
    var top = line(node, beads, place.bead, length === place.of ? place.at : Math.floor(place.at / place.of * length))
    /* Sentences that began on one line here may begin on several there: their middle. */
    return place.more && place.lang !== language(node) ? (top + line(node, beads, place.bead + place.more, 0)) / 2 : top
  }

  /* Line `n` of a sentence of block `i`, as a place. */
  function place(all, i, beads, bead, n, top) {
    var node = all[i]
    if (twin(node)) i--
    var found = { lang: language(node), twin: twin(node), page: bt.data.lang, id: "", step: 0, bead: bead, beads: beads.length, more: 0, at: n, of: beads[bead].length, top: top, open: opened() }
    var before = beads.slice(0, bead).reduce(function (sum, list) { return sum + list.length }, n)
    found.share = before / Math.max(1, beads.flat().length)
    for (; i >= 0 && !found.id; i--) {
      if (twin(all[i])) continue
      found.id = all[i].id
      if (!found.id) found.step++
    }
    return found
  }

  /* One name on both pages: the first id within, or the one before and what it is. */
  function name(panel) {
    var before = panel.querySelector("[id]"), what = ""
    if (!before) for (before = panel, what = panel.className; before && !before.id;) before = before.previousElementSibling
    return (before ? before.id : "") + " " + what
  }

  function opened() {
    return panels.filter(function (panel, i) { return panel.open !== were[i] }).map(name)
  }

  function open(names, node) {
    if (Array.isArray(names)) panels.forEach(function (panel, i) { if (names.indexOf(name(panel)) >= 0) panel.open = !were[i] })
    for (node = node && node.closest("details"); node; node = node.parentNode.closest("details")) node.open = true
  }

  /* The line that is read; not one in `apart`, which is about to go. Until the reader scrolls, it is the
     one to which we brought them. */
  bt.reading = function (apart) {
    var node = !apart && held && !held.start && find(held), y = node && !bt.away(node) && stands(held, node)
    if (y && Math.abs(y - held.top) < 2) return Object.assign({}, held, { open: opened() })
    if (scrollY < 1) return { start: true, open: opened() }
    var all = blocks(), now = -1, next = -1
    for (var i = 0; i < all.length && next < 0; i++) {
      if (bt.away(all[i])) continue
      var rect = all[i].getBoundingClientRect()
      if (!rect.height || all[i].matches(ASIDE) || apart && all[i].closest(apart)) continue
      if (rect.top <= EYE + 4) now = i
      else next = i
    }
    if (now >= 0) {
      var beads = sentences(all[now]), bead = 0, more = 0, top = line(all[now], beads, 0, 0)
      for (var k = 1; k < beads.length; k++) {
        if (!beads[k].length) continue
        var start = line(all[now], beads, k, 0)
        if (start > EYE + 4) break
        /* A paragraph that begins in sight is held there, unless a sentence begins on the very line at the eye. */
        if (!bead && top >= HEAD && start < EYE - 2) continue
        if (start - top < 8) more = k - bead
        else { bead = k; more = 0; top = start }
      }
      if (top >= HEAD) return Object.assign(place(all, now, beads, bead, 0, top), { more: more })
      bead += more
      /* The sentence began above: the first of its letters on the line at the eye. */
      var list = beads[bead], low = 0, high = list.length
      while (low < high) {
        var half = low + high >> 1, at = box(list, half)
        if (at && at.bottom <= EYE) low = half + 1
        else high = half
      }
      if (low < list.length && box(list, low)) return place(all, now, beads, bead, low, line(all[now], beads, bead, low))
    }
    if (next >= 0) {
      rect = all[next].getBoundingClientRect()
      if (rect.top < innerHeight * .75 || now < 0) return place(all, next, [[]], 0, 0, rect.top)
    }
    return now < 0 ? { start: true, open: opened() } : place(all, now, [[]], 0, 0, all[now].getBoundingClientRect().top)
  }

  /* Scrolls so that the place is where it was. Where the page is too short for that, it gets room below.
     Once more in the next frame, when the browser has done its own; in a long text for some frames: parts that come
     near are laid out only then, and move it. */
  bt.settle = function (place) {
    if (!place) return
    var left = parts ? 5 : 1, since = acts
    function settle() {
      if (acts === since) go(place)
      if (left--) requestAnimationFrame(settle)
    }
    settle()
  }

  function go(place) {
    var node = place.id && document.getElementById(place.id), style = bt.page.style
    open(place.open, node)
    if (place.start) scrollTo({ top: 0, behavior: "instant" })
    else if (place.top === undefined) {
      if (node) node.scrollIntoView({ behavior: "instant" })
    } else {
      if (!(node = find(place))) return
      style.paddingBottom = ""
      var part = partOf(node)
      if (part) part.style.contentVisibility = "visible"
      var y = stands(place, node)
      var want = scrollY + y - place.top, room = bt.html.scrollHeight - innerHeight
      if (want > room) style.paddingBottom = parseFloat(getComputedStyle(bt.page).paddingBottom) + want - room + 1 + "px"
      scrollTo({ top: Math.max(0, want), behavior: "instant" })
    }
    hold(place)
  }

  function hold(place) {
    if (place.top === undefined) {
      var node = find(place)
      place = Object.assign({}, place, { top: node && stands(place, node) })
    }
    held = place
    last = place
  }

  /* Runs `change` with the reader's place held: `arrival` while they have not moved since they came. */
  bt.keep = function (change, arrival, apart) {
    var coming = !acts && arrival, place = coming || bt.reading(apart)
    change()
    if (coming) bt.land(place)
    else bt.settle(place)
  }

  /* On arrival: settle now and again when the browser has done its own scrolling, unless the reader has moved. */
  bt.land = function (place) {
    function settle() { if (!acts) bt.settle(place) }
    settle()
    addEventListener("load", function () { settle(); setTimeout(settle, 60) })
  }
  ;["wheel", "touchstart", "keydown", "pointerdown"].forEach(function (name) {
    addEventListener(name, function () { acts++ }, { capture: true, passive: true })
  })

  /* A stored place, or null where what is stored is none. */
  bt.place = function (value) {
    if (!value || typeof value !== "object") return null
    var counts = [value.step, value.bead, value.beads, value.at, value.of, value.share, value.more]
    var whole = typeof value.id === "string" && Number.isFinite(value.top)
      && counts.every(function (n) { return Number.isFinite(n) && n >= 0 }) && value.beads > value.bead + value.more
    return whole || value.start === true ? value : null
  }

  function stored() { return bt.place((history.state || 0).bt) }

  /* The element that the address names, as a place. */
  bt.addressed = function () {
    var node = document.getElementById(bt.named(location.hash))
    return node && bt.page.contains(node) ? { id: node.id, step: 0, bead: 0, beads: 1, more: 0, at: 0, of: 0, share: 0 } : null
  }

  /* The place stands in the history, so that reload, Back and Forward lead to it; the browser's own way
     counts in pixels of a page that is not yet built. */
  function write() {
    /* At another width the browser may have moved the lines, and tell us next. Where it does not (pinched larger),
       the place is noted again after a while. */
    if (!last || innerWidth === noted) last = bt.reading()
    else setTimeout(function () { noted = innerWidth }, 1000)
    clearTimeout(timer)
    removeEventListener("beforeunload", write)
    try { history.replaceState(Object.assign({}, history.state, { bt: last }), "") } catch (e) { /* too often: the next one will do */ }
  }
  function soon() {
    clearTimeout(timer)
    timer = setTimeout(write, 150)
    addEventListener("beforeunload", write) // on reload, what pagehide writes comes too late; only now: it may keep a page out of the back-forward cache
  }
  addEventListener("scroll", soon, { passive: true })
  document.addEventListener("click", soon)
  document.addEventListener("toggle", soon, true)
  addEventListener("pagehide", write)
  document.addEventListener("visibilitychange", function () { if (document.visibilityState === "hidden") write() })
  /* A phone's own bars change the height only. */
  addEventListener("resize", function () {
    if (innerWidth === width) return
    width = noted = innerWidth
    bt.settle(last)
  })
  addEventListener("popstate", function () {
    bt.settle(stored() || bt.addressed())
  })
  /* A page that the browser had kept: it is not loaded again, and Safari shows it from its top. */
  addEventListener("pageshow", function (event) {
    if (event.persisted) bt.settle(stored() || last)
  })
  addEventListener("load", function () {
    requestAnimationFrame(function () {
      var named = !bt.arrival && bt.addressed(), node = named && find(named), top = node && stands(named, node)
      if (node && !acts && !bt.away(node) && top >= 0 && top < innerHeight) hold(named) // else something scrolled on
      last = last || bt.reading()
    })
  })

  history.scrollRestoration = "manual"
  bt.arrival = stored()
  /* A fragment that was cut, or glued to what followed it in a message. */
  var hash = bt.named(location.hash)
  if (!bt.arrival && decoded() !== hash && document.getElementById(hash)) location.replace("#" + hash)
  if (parts && !bt.arrival) bt.land(bt.addressed())
  function decoded() { try { return decodeURIComponent(location.hash.slice(1)) } catch (e) { return "" } }
})()
