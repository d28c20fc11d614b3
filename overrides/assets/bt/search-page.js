/* The page of results: everything that is asked stands in the address, so that Back, reload and a copied
   address lead to the same list at the same place. */
(() => {
  const { find } = bt, { form, input, said } = find, list = find.box.querySelector(".bt-find-list")
  const { zh, say, make, link, hit, pair, summary, recent, count } = btList
  const MOST = 20, PAUSE = 400
  const LAST = 50 // pages: what is further on is narrowed by a filter
  const FILTERS = ["speaker", "year", "kind", "in", "side"]
  const words = zh
    ? { speaker: "发言者", year: "年份", kind: "类别", in: "文本", side: "语言", sort: "排序", all: "全部", both: "两种语言", zh: "中文", en: "英文", best: "按相关程度", date: "按日期，新的在前",
        of: (n, all) => (all ? `第${n}页，共${all}页` : `第${n}页`), before: "上一页", after: "下一页", every: "全部", reset: "清除筛选", pages: "结果分页", filters: "筛选" }
    : { speaker: "Speaker", year: "Year", kind: "Kind", in: "Text", side: "Language", sort: "Order", all: "All", both: "Both languages", zh: "Chinese", en: "English", best: "By relevance", date: "By date, newest first",
        of: (n, all) => (all ? `Page ${n} of ${all}` : `Page ${n}`), before: "Previous", after: "Next", every: "All", reset: "Clear filters", pages: "Pages of results", filters: "Filters" }
  const title = document.title
  let answer = null, items = [], arrival = bt.arrival, moved = false, typing = 0

  // --- the address ------------------------------------------------------------------------------------

  function read() {
    const params = new URLSearchParams(location.search)
    const now = { q: params.get("q") || "", sort: params.get("sort") === "date" ? "date" : "best", page: Math.min(LAST, Math.max(1, parseInt(params.get("page"), 10) || 1)) }
    for (const name of FILTERS) now[name] = params.get(name) || ""
    if (!/^(zh|en)$/.test(now.side)) now.side = ""
    return now
  }

  function address(change) {
    const now = { ...read(), page: 1, ...change }, url = new URL(location.pathname, location.href)
    if (now.q.trim()) url.searchParams.set("q", now.q)
    for (const name of FILTERS) if (now[name]) url.searchParams.set(name, now[name])
    if (now.sort === "date") url.searchParams.set("sort", "date")
    if (now.page > 1) url.searchParams.set("page", now.page)
    return url.href
  }

  /* To another question, filter or page: a step of its own in the history. */
  function go(change) {
    const url = address(change)
    if (url !== location.href) history.pushState({}, "", url)
    arrival = null
    ask()
  }

  // --- the filters ------------------------------------------------------------------------------------

  const panel = bt.page.querySelector(".bt-find-filters"), bar = panel.lastElementChild, picks = {}
  for (const name of [...FILTERS, "sort"]) {
    const pick = (picks[name] = make("select"))
    pick.name = name
    pick.addEventListener("change", () => go({ [name]: pick.value }))
    bar.append(make("label", "", make("span", "", words[name]), pick))
  }
  const reset = Object.assign(make("a", "bt-find-reset", words.reset), { href: "#" })
  reset.addEventListener("click", (event) => { event.preventDefault(); go(Object.fromEntries(FILTERS.map((name) => [name, ""]))) })
  bar.append(reset)
  panel.open = matchMedia("(min-width: 600px)").matches || FILTERS.some((name) => read()[name])

  function choices(name, facets) {
    if (name === "sort") return [["best", words.best], ["date", words.date]]
    if (name === "side") return [["", words.both], ["zh", words.zh], ["en", words.en]]
    const known = ((facets && facets[name]) || []).map((one) => (name === "speaker" || name === "in" ? one : [one[0], say.kinds[one[0]] || one[0], one[1]]))
    return [["", words.all], ...known.map(([value, text, n]) => [value, n === undefined ? text : `${text} (${n})`])]
  }

  function fillFilters(now, facets) {
    for (const [name, pick] of Object.entries(picks)) {
      if (!facets && pick.options.length) { pick.value = now[name]; if (pick.value === now[name]) continue }
      const known = choices(name, facets)
      if (!known.some(([value]) => value === now[name])) known.push([now[name], (answer && answer.inTitle) || now[name]])
      pick.replaceChildren(...known.map(([value, text]) => Object.assign(make("option", "", text), { value })))
      pick.value = now[name]
    }
    reset.hidden = !FILTERS.some((name) => now[name])
  }

  // --- the list ---------------------------------------------------------------------------------------

  const rows = (hits, start, name) => {
    const out = make("ol", "bt-find-hits", ...hits)
    hits.forEach((item, i) => { item.id = `${name}-${start + i}` }) // the reader's place is told by it
    out.start = start
    return out
  }

  function show(now) {
    const { state, hits = [], others = [], near = [], total = 0, exact } = answer
    const node = (one) => hit(one, { option: false, jump: answer.jump && answer.jump.href === one.href })
    items = [...hits, ...others].map(node)
    const own = items.slice(0, hits.length), far = items.slice(hits.length), parts = []
    const head = btList.heading(answer)
    if (hits.length) parts.push(head && make("h2", "bt-find-group", head), rows(own, (now.page - 1) * MOST + 1, "hit"), pages(now, total, exact, hits.length))
    if (near.length) parts.push(make("p", "bt-find-near", say.near + " ", ...near.map((text) => Object.assign(link([text, address({ q: text })]), { className: "bt-find-way" }))))
    if (far.length) {
      const every = link([say.other(count(answer.othersTotal || far.length, exact)), address({ side: btList.OTHER[zh ? "zh" : "en"] })])
      parts.push(make("h2", "bt-find-group", every), rows(far, 1, "other"))
    }
    if (state === "failed" || (state === "none" && !far.length)) parts.push(make("p", "bt-find-near", say.look + " ", ...btList.ways().map((way) => Object.assign(link(way), { className: "bt-find-way" }))))
    list.replaceChildren(...parts.filter(Boolean))
  }

  function pages(now, total, exact, shown) {
    const last = exact === false ? 0 : Math.ceil(total / MOST)
    if (now.page === 1 && (last ? last < 2 : shown < MOST)) return null
    const step = (text, page, there) => (there ? Object.assign(link([text, address({ page })]), { rel: page < now.page ? "prev" : "next" }) : make("span", "", text))
    const nav = make("nav", "bt-find-pages", step(words.before, now.page - 1, now.page > 1), make("span", "", words.of(now.page, last)), step(words.after, now.page + 1, now.page < LAST && (last ? now.page < last : shown === MOST)))
    nav.setAttribute("aria-label", words.pages)
    return nav
  }

  function showEmpty() {
    items = []
    said.textContent = say.empty
    const known = recent.list()
    if (!known.length) return list.replaceChildren()
    const clear = Object.assign(make("button", "bt-find-clear", say.clear), { type: "button" })
    clear.addEventListener("click", () => { recent.clear(); showEmpty(); input.focus() })
    list.replaceChildren(
      make("h2", "bt-find-group", say.recent),
      make("ul", "bt-find-recent", ...known.map((text) => make("li", "", link([text, address({ q: text })])))),
      make("p", "bt-find-aside", say.kept + " ", clear),
    )
  }

  // --- asking and hearing -----------------------------------------------------------------------------

  function ask() {
    const now = read()
    if (input.value !== now.q && document.activeElement !== input) input.value = now.q
    document.title = now.q.trim() ? `${btList.short(now.q)} · ${title}` : title
    delete list.dataset.btDone
    fillFilters(now, null)
    if (!now.q.trim()) showEmpty()
    btAsk.ask({ typed: now.q, from: (now.page - 1) * MOST, most: MOST, sort: now.sort, filters: Object.fromEntries(FILTERS.map((name) => [name, now[name]])) })
  }

  btAsk.hear((data) => {
    if (data.pairs) {
      data.pairs.forEach(([i, one]) => pair(items[i], one, true))
      return settle()
    }
    const now = read()
    if (data.typed !== now.q || (data.why === "late" && answer && answer.typed === now.q)) return
    if (data.facets) fillFilters(now, data.facets)
    if (!now.q.trim()) return
    const last = Math.ceil(data.total / MOST)
    if (data.done && last && now.page > last && !data.hits.length) { // a page beyond the last one
      history.replaceState(history.state, "", address({ page: last }))
      return ask()
    }
    answer = data
    const text = summary(data, FILTERS.some((name) => now[name]))
    if (said.textContent !== text) said.textContent = text
    show(now)
    if (!data.done) return
    list.dataset.btDone = data.typed
    settle()
  })

  /* After Back or reload: the place as it was, once the list stands and again when the pairs have come. */
  function settle() {
    if (arrival && !moved) bt.settle(arrival)
  }

  // --- what the reader does ---------------------------------------------------------------------------

  for (const name of ["wheel", "touchstart", "keydown", "pointerdown"]) addEventListener(name, () => { moved = true }, { passive: true })
  const typed = () => {
    clearTimeout(typing)
    typing = setTimeout(() => {
      history.replaceState({}, "", address({ q: input.value }))
      arrival = null
      ask()
    }, PAUSE)
  }
  btAsk.entered(input, typed)
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    clearTimeout(typing)
    recent.add(input.value)
    go({ q: input.value })
    if (matchMedia("(pointer: coarse)").matches) input.blur()
  })
  list.addEventListener("click", (event) => {
    const target = event.target.closest("a[href]")
    if (!target) return
    if (target.closest(".bt-hit")) return recent.add(read().q)
    const url = new URL(target.href)
    if (url.pathname !== location.pathname || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    history.pushState({}, "", url)
    arrival = null
    input.value = read().q
    ask()
    said.tabIndex = -1
    said.focus({ preventScroll: true })
    form.scrollIntoView({ block: "start", behavior: "instant" })
  })
  addEventListener("popstate", (event) => {
    moved = false
    arrival = bt.place(event.state && event.state.bt)
    input.value = read().q
    ask()
  })

  find.ready = true
  find.lost.hidden = true
  if (!input.value) input.value = read().q
  else if (input.value !== read().q) history.replaceState(history.state, "", address({ q: input.value })) // typed while this came
  if (!read().q && matchMedia("(pointer: fine)").matches) input.focus()
  ask()
})()
