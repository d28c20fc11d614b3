/* Copies a paragraph or a selection in both languages, with who said it, when, where it stands, and whether
   the two versions differ there. */
(function () {
  if (!bt.page.classList.contains("bt-page--transcript")) return
  var zh = bt.data.lang !== "en", button

  function siblings(unit, back, stop) {
    var found = [], node = unit
    while ((node = back ? node.previousElementSibling : node.nextElementSibling)) {
      found.push(node)
      if (node.matches(stop)) break
    }
    return found
  }

  /* Chinese before English, one where they are the same. */
  function pair(own, other) {
    return (zh ? [own, other] : [other, own]).filter(function (text, i, all) { return text && all.indexOf(text) === i }).join(" / ")
  }
  function textWithout(node, inner) {
    var copy = node.cloneNode(true)
    copy.querySelectorAll(inner).forEach(function (part) { part.remove() })
    return copy.textContent.trim()
  }

  /* Who says the unit: its turn's two names; of a text without speakers its two titles. */
  function speaker(unit) {
    var turn = siblings(unit, true, ".bt-turn:not(.bt-twin)").pop()
    if (turn && turn.matches(".bt-turn") && new RegExp("^" + turn.id + "\\D").test(unit.id)) {
      var other = turn.querySelector(".bt-other")
      return pair(textWithout(turn, ".bt-other"), other ? other.textContent.trim() : "")
    }
    var title = bt.page.querySelector("h1"), twin = bt.page.querySelector(".bt-twin-title")
    return pair(title.textContent.trim(), twin ? twin.textContent.trim() : "")
  }

  function differs(unit) {
    return siblings(unit, false, ".bt-u, .bt-turn").some(function (node) {
      return !node.matches(".bt-u, .bt-turn") && (node.matches(".bt-n--divergence") || node.querySelector(".bt-n--divergence"))
    })
  }

  function address(ids) {
    var url = new URL(location.href)
    url.search = ""
    return ids.map(function (id) { url.hash = id; return url.href })
  }

  /* The unit's text from its sentence `from` to its sentence `to`. Twins have as many, or are taken whole. */
  function cut(unit, from, to, count) {
    var list = bt.sentences(unit), range = document.createRange()
    if (from === undefined || list.length !== count) { range.selectNodeContents(unit); return bt.textOf(range) }
    list = list.slice(from, to + 1).filter(Boolean)
    if (!list.length) return ""
    range.setStart(list[0].startContainer, list[0].startOffset)
    range.setEnd(list[list.length - 1].endContainer, list[list.length - 1].endOffset)
    return bt.textOf(range)
  }

  /* [{ unit, from, to }] -> the two texts, what is to be said of them, and where they stand. */
  function quotation(parts, twins) {
    var own = [], other = []
    parts.forEach(function (part) {
      var count = bt.sentences(part.unit).length, twin = !part.unit.matches(".bt-single") && twins[part.unit.id]
      own.push(cut(part.unit, part.from, part.to, count))
      if (twin) other.push(cut(twin, part.from, part.to, count))
    })
    var langs = [bt.data.lang, bt.otherLang], first = parts[0].unit
    var texts = [own, other].map(function (some, i) {
      return { lang: i || !first.matches(".bt-foreign") ? langs[i] : langs[1], text: some.filter(Boolean).join("\n\n") }
    })
    if (!zh) texts.reverse()
    var who = parts.map(function (part) { return speaker(part.unit) })
    var ids = parts.map(function (part) { return part.unit.id })
    return {
      texts: texts.filter(function (one) { return one.text }),
      who: who.filter(function (name, i) { return who.indexOf(name) === i }).join("; ") + (bt.data.date ? " · " + bt.data.date : ""),
      where: address(ids.length > 1 ? [ids[0], ids[ids.length - 1]] : ids),
      differ: parts.some(function (part) { return differs(part.unit) }) ? "≠ 两种文本在此处说法不同 / The two versions differ here" : ""
    }
  }

  function plain(q) {
    return q.texts.map(function (one) { return one.text }).concat([q.who, q.where.join(" – "), q.differ].filter(Boolean).join("\n")).join("\n\n")
  }
  function html(q) {
    var box = document.createElement("div")
    q.texts.forEach(function (one) {
      one.text.split(/\n+/).forEach(function (line) { bt.make("p", { lang: one.lang }, box).textContent = line })
    })
    var cite = bt.make("p", {}, box)
    cite.append(q.who)
    q.where.forEach(function (url, i) {
      if (i) cite.append(" – ")
      else bt.make("br", {}, cite)
      bt.make("a", { href: url }, cite).textContent = url
    })
    if (q.differ) { bt.make("br", {}, cite); cite.append(q.differ) }
    return box.innerHTML
  }

  /* The clipboard is asked within the press, as Safari wants it, and gets its texts when they are there. */
  function write(wanted) {
    function blob(form, type) { return wanted.then(function (q) { return new Blob([form(q)], { type: type }) }) }
    var board = navigator.clipboard
    if (board && board.write && typeof ClipboardItem === "function") {
      return board.write([new ClipboardItem({ "text/plain": blob(plain, "text/plain"), "text/html": blob(html, "text/html") })])
    }
    return wanted.then(function (q) {
      if (board) return board.writeText(plain(q))
      document.addEventListener("copy", function (event) {
        event.clipboardData.setData("text/plain", plain(q))
        event.clipboardData.setData("text/html", html(q))
        event.preventDefault()
        event.stopImmediatePropagation()
      }, { once: true, capture: true })
      if (!document.execCommand("copy")) throw new Error("copy")
    })
  }

  /* Copies some units, or sentences of them, in both languages. */
  bt.quote = function (parts) {
    if (!parts.length) return
    var lone = parts.every(function (part) { return part.unit.matches(".bt-single") })
    var ready = false
    var wanted = (lone ? Promise.resolve({}) : bt.twin()).then(function (twins) {
      ready = true
      return quotation(parts, twins)
    })
    write(wanted).then(function () { hide(); bt.say(bt.t.quoted) }, function () {
      if (ready) bt.say(bt.t.refused) // else the fetch has said that it failed
    })
  }

  /* The sentences that the selection touches. */
  function touched() {
    var found = []
    bt.selected().forEach(function (one) {
      var unit = one.node.matches(".bt-turn, .bt-title, .bt-twin-title") ? null : bt.unitOf(one.node)
      if (!unit) return
      var hit = []
      bt.sentences(one.node).forEach(function (range, i) {
        if (range && one.range.compareBoundaryPoints(Range.END_TO_START, range) < 0 && one.range.compareBoundaryPoints(Range.START_TO_END, range) > 0) hit.push(i)
      })
      if (hit.length) found.push({ unit: unit, from: hit[0], to: hit[hit.length - 1] })
    })
    return found
  }

  bt.action("quote", function (control) {
    var unit = document.getElementById(control.dataset.id)
    bt.quote(unit ? [{ unit: unit }] : touched())
  })
  /* What is selected, else the lit sentence, else the paragraph at hand. */
  bt.key("q", function (event) {
    event.stopPropagation()
    var some = touched(), lit = bt.lit(), unit = lit ? document.getElementById(lit.id) : bt.atHand()
    if (!some.length && unit) some = [lit ? { unit: unit, from: lit.bead, to: lit.bead } : { unit: unit }]
    bt.quote(some)
  })

  /* By mouse a button stands at the end of a selection; touch has the system's own menu there. */
  function hide() { if (button) button.remove(); button = null }
  document.addEventListener("pointerup", function (event) {
    if (event.pointerType === "mouse" && !(event.target.closest && event.target.closest(".bt-quote"))) setTimeout(offer)
  })
  function offer() {
    hide()
    if (!touched().length) return
    var selection = getSelection(), boxes = selection.getRangeAt(selection.rangeCount - 1).getClientRects()
    var end = document.createRange(), wide = document.documentElement.clientWidth
    end.setStart(selection.focusNode, selection.focusOffset)
    var box = end.getClientRects()[0] || boxes[boxes.length - 1]
    button = bt.make("button", { type: "button", class: "bt-quote bt-quote--here", tabindex: "-1", "data-bt-do": "quote", "aria-label": bt.t.quote + bt.t.both }, document.body)
    button.textContent = bt.t.quote
    bt.make("kbd", { "aria-hidden": "true" }, button).textContent = bt.html.dataset.btKeys === "off" ? "" : "q"
    button.style.left = Math.max(8, Math.min(box.right + 4, wide - button.offsetWidth - 8)) + scrollX + "px"
    button.style.top = box.bottom + 4 + scrollY + "px"
  }
  document.addEventListener("pointerdown", function (event) {
    if (event.target.closest && event.target.closest(".bt-quote--here")) event.preventDefault() // the selection stays
  })
  document.addEventListener("mousedown", function (event) {
    if (event.target.closest && event.target.closest(".bt-quote--here")) event.preventDefault()
  })
  document.addEventListener("selectionchange", function () { if (getSelection().isCollapsed) hide() })
})()
