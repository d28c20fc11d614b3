/* The box: a dialog with a combobox and its list. The focus stays in the field; the keys move along the
   list (aria-activedescendant). find.js has built it, and it may hold text already. */
(() => {
  const { find } = bt, { box, input, said } = find, list = box.querySelector(".bt-find-list")
  const { say, make, hit, pair, summary, recent, count } = btList
  const MOST = 10
  const PAUSE = 500 // ms of no typing before the address is written
  let answer = null, items = [], active = null, writing = 0, entered = find.entered ?? null
  let place = (history.state || {}).btFind || null // the hit that was opened from here, after Back

  list.id = "bt-find-list"
  list.setAttribute("role", "listbox")
  list.setAttribute("aria-label", box.getAttribute("aria-label"))
  for (const [name, value] of Object.entries({ role: "combobox", "aria-controls": list.id, "aria-expanded": "false", "aria-autocomplete": "list" })) input.setAttribute(name, value)

  // --- the list ---------------------------------------------------------------------------------------

  let options = []
  const option = (className, act, ...inside) => {
    const node = make(act ? "div" : "a", className, ...inside)
    node.setAttribute("role", "option")
    if (act) node.addEventListener("click", act)
    else node.tabIndex = -1
    return node
  }
  const group = (head, nodes, lang) => {
    const name = make("p", "bt-find-group", head), out = make("div", "", name, ...nodes)
    name.id = "bt-find-group-" + (lang || "own")
    out.setAttribute("role", "group")
    out.setAttribute("aria-labelledby", name.id)
    return out
  }
  const way = ([name, href]) => Object.assign(option("bt-find-way", null, name), { href })
  const again = (text) => option("bt-find-way", () => { input.value = text; input.focus(); ask() }, text)

  /* Everything that can be chosen, in one list, so that the arrow keys reach it. */
  function show() {
    const { state, hits = [], others = [], near = [] } = answer
    const old = new Map(items.map((item) => [item.btKey, item]))
    const node = (one) => {
      const key = JSON.stringify([one.href, one.title, one.text, one.twin])
      const made = old.get(key) || hit(one, { option: true, jump: answer.jump && answer.jump.href === one.href })
      made.btKey = key
      return made
    }
    items = [...hits, ...others].map(node)
    const own = items.slice(0, hits.length), far = items.slice(hits.length)
    const parts = []
    const head = btList.heading(answer)
    if (hits.length) parts.push(head ? group(head, own) : own)
    if (state === "none" && near.length) parts.push(group(say.near, near.map(again), "near"))
    const rest = answer.total > hits.length || answer.exact === false
    if (hits.length) parts.push(Object.assign(option("bt-find-all", null, rest ? say.all(count(answer.total, answer.exact)) : say.allPlain), { href: page() }))
    if (far.length) parts.push(group(say.other(count(answer.othersTotal || far.length, answer.exact)), far, "other"))
    if (state === "failed" || (state === "none" && !far.length)) parts.push(group(say.look, btList.ways().map(way), "ways"))
    fill(parts.flat())
  }

  function showEmpty() {
    items = []
    const known = recent.list()
    const clear = Object.assign(make("button", "bt-find-clear", say.clear), { type: "button" })
    clear.addEventListener("click", () => { recent.clear(); input.focus(); showEmpty() })
    fill([...(known.length ? [group(say.recent, known.map(again), "recent")] : []), group(say.look, btList.ways().map(way), "ways")])
    said.replaceChildren(say.empty)
    if (known.length) aside.replaceChildren(say.kept, clear)
  }

  const aside = make("p", "bt-find-aside")
  list.after(aside)

  function fill(nodes) {
    const held = active && (active.href || active.textContent)
    aside.replaceChildren()
    list.replaceChildren(...nodes)
    options = [...list.querySelectorAll("[role=option]")]
    options.forEach((node, i) => {
      node.id = "bt-find-" + i
      const pair = node.parentNode.querySelector(":scope > .bt-hit-paired > .bt-hit-text")
      if (!pair) return
      pair.id = node.id + "-pair"
      node.setAttribute("aria-describedby", pair.id)
    })
    input.setAttribute("aria-expanded", String(options.length > 0))
    list.hidden = !options.length
    // A reader who has gone down to a hit stays at it when the list is filled anew.
    choose(options.find((node) => (node.href || node.textContent) === held) || null, false)
  }

  function choose(node, seen = true) {
    if (active && active !== node) active.removeAttribute("aria-selected")
    active = node
    for (const one of options) one.setAttribute("aria-selected", String(one === node))
    if (node) input.setAttribute("aria-activedescendant", node.id)
    else input.removeAttribute("aria-activedescendant")
    if (node && seen) node.scrollIntoView({ block: "nearest" })
  }

  // --- asking and hearing -----------------------------------------------------------------------------

  const scope = () => (find.here && find.here.checked ? find.slug : "")
  function page() {
    const url = new URL(find.form.action)
    if (input.value.trim()) url.searchParams.set("q", input.value)
    if (scope()) url.searchParams.set("in", scope())
    return url.href
  }

  function ask() {
    delete list.dataset.btDone
    if (!input.value.trim()) { answer = null; choose(null); showEmpty(); list.dataset.btDone = input.value; btAsk.ask({ typed: "", most: MOST }) }
    else btAsk.ask({ typed: input.value, most: MOST, filters: scope() ? { in: scope() } : {} })
    clearTimeout(writing)
    writing = setTimeout(write, PAUSE)
  }

  btAsk.hear((data) => {
    if (data.pairs) return data.pairs.forEach(([i, one]) => pair(items[i], one))
    if (data.typed !== input.value || !data.typed.trim()) return
    if (data.why === "late" && answer && answer.typed === data.typed) return
    answer = data
    const text = summary(data, scope())
    if (said.textContent !== text) said.textContent = text
    show()
    if (place && data.done) { choose(options.find((node) => node.href === place) || null); place = null }
    if (data.done) list.dataset.btDone = data.typed
    finish()
  })

  /* Enter before the hits are there opens the first when it comes. */
  function finish() {
    if (entered === null || !answer || entered !== answer.typed || !(answer.done || (answer.hits || []).length)) return
    entered = null
    if (items.length) items[0].btOwn.click()
  }

  // --- the address ------------------------------------------------------------------------------------

  function write() {
    clearTimeout(writing)
    const url = new URL(location.href), typed = box.open ? input.value : ""
    if (typed.trim()) url.searchParams.set("q", typed)
    else url.searchParams.delete("q")
    if (typed.trim() && scope()) url.searchParams.set("in", scope())
    else url.searchParams.delete("in")
    if (url.href !== location.href) history.replaceState(history.state, "", url)
  }

  list.addEventListener("click", (event) => {
    const target = event.target.closest("a[href]")
    if (!target) return
    recent.add(input.value)
    const to = new URL(target.href), here = new URL(location.href)
    for (const name of ["q", "in"]) here.searchParams.delete(name)
    if (to.hash && to.pathname === here.pathname && to.search === here.search) return box.close()
    write()
    try { history.replaceState({ ...history.state, btFind: (target.closest(".bt-hit") || {}).btOwn?.href || null }, "") } catch { /* too often */ }
  })
  box.addEventListener("close", () => { choose(null); write() })
  box.addEventListener("click", (event) => { if (event.target === box) box.close() }) // beside it
  box.addEventListener("cancel", (event) => { if (composing()) event.preventDefault() })

  // --- every way of entering text ---------------------------------------------------------------------

  const composing = btAsk.entered(input, (event) => {
    if (event.type === "input") choose(null)
    ask()
  })
  if (find.here) find.here.addEventListener("change", () => { ask(); input.focus() })

  const to = (step) => {
    const at = options.indexOf(active) + step
    choose(options[at < -1 ? options.length - 1 : at] || null)
  }
  const press = (node, event) => node.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey: event.ctrlKey, metaKey: event.metaKey, shiftKey: event.shiftKey }))
  const KEYS = {
    ArrowDown: () => to(1),
    ArrowUp: () => to(active ? -1 : -2),
    Home: () => active && choose(options[0]),
    End: () => active && choose(options[options.length - 1]),
    ArrowLeft: () => choose(null), // the caret is the reader's again
    ArrowRight(event) {
      const { btTwin } = (active && active.closest(".bt-hit")) || {}
      return btTwin && press(btTwin, event)
    },
    Enter(event) {
      if (active) return press(active, event)
      // On a phone the key puts the keyboard away, and the list is seen.
      if (matchMedia("(pointer: coarse)").matches) return input.blur()
      entered = input.value
      finish()
    },
    Escape() {
      box.close()
      input.blur() // the browser does so with the next frame: a key that comes before is the page's
    },
  }
  input.addEventListener("keydown", (event) => {
    if (composing() || event.isComposing || event.keyCode === 229 || !KEYS[event.key]) return
    if ((event.key === "Home" || event.key === "End" || event.key === "ArrowLeft" || event.key === "ArrowRight") && (!active || event.shiftKey)) return
    if (event.key === "ArrowRight" && !active.closest(".bt-hit")?.btTwin) return
    if (event.key !== "ArrowLeft") event.preventDefault()
    KEYS[event.key](event)
  })
  list.addEventListener("pointerdown", (event) => { if (event.pointerType === "mouse") event.preventDefault() }) // the focus stays in the field

  find.ready = true
  find.lost.hidden = true
  if (input.value.trim()) ask()
  else { showEmpty(); list.dataset.btDone = "" }
})()
