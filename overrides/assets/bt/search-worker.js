/* The engine behind Material's search box: a classic worker that speaks its four messages
   (0 set-up, 1 ready, 2 query, 3 result). search-box.js starts it when the box is opened. */
var btHere = new URL(self.btScript || self.location.href)
var btLang = btHere.searchParams.get("lang") === "en" ? "en" : "zh"
var btEdition = btHere.searchParams.get("v") || ""
if (typeof btFold === "undefined") importScripts(...["fold", "query", "rank", "source", "show"].map((part) => new URL(`search-${part}.js${btEdition && "?v=" + btEdition}`, btHere).href))
btSource.base = new URL("search/", btHere).href

var btSearch = (() => {
  const OTHER = { zh: "en", en: "zh" }
  const FIRST = 60, SHOWN = 60 // hits shown; and in the other language no more than FIRST
  const BREADTH = 10, FAR = 5 // pages that are looked into before the best hits are thought known
  const BATCH = 6 // blocks fetched at first
  const PAUSE = 60 // ms of no typing before anything is fetched for a query
  const WAIT = 500 // ms after which what was found so far is shown
  const LONG = 6 // letters of a word in which a slip is looked for
  const STALE = new Error("another query came")
  let asked = 0, last = ""

  // ADAPTER: the present engine in the words of the new one.
  let current = { ask: 0, from: 0, most: 10, filters: {} }
  const strip = ({ pair, ...hit }) => hit
  const fits = (hit) => Object.entries(current.filters || {}).every(([k, v]) => !v || (k === "in" ? hit.slug === v : k === "speaker" ? hit.speaker === v : k === "kind" ? hit.kind === v : true))
  function tally(hits) {
    const count = (key) => { const m = new Map(); for (const h of hits) if (h[key]) m.set(h[key], (m.get(h[key]) || 0) + 1); return [...m] }
    return { speaker: count("speaker").map(([n, c]) => [n, n, c]), year: [], kind: count("kind"), in: count("slug").map(([n, c]) => [n, n, c]) }
  }
  const show = (items, note) => {
    const all = items.filter(fits), others = note.list || []
    const swap = current.filters && current.filters.side && current.filters.side !== btLang
    const own = swap ? others : all, far = swap || (current.filters || {}).side ? [] : others
    const hits = own.slice(current.from, current.from + current.most), most = far.slice(0, 10)
    const state = note.state === "some" ? "partial" : note.state === "found" && !own.length ? "none" : note.state === "none" && swap && own.length ? "found" : note.state
    postMessage({ ask: current.ask, typed: current.typed, done: Boolean(note.done), state, total: own.length, exact: !note.more, hits: hits.map(strip), others: most.map(strip), othersTotal: far.length, partial: state === "partial", meant: note.meant || [], near: note.near || [], failed: [], jump: null, facets: own.length ? tally(own) : null })
    if (note.done) {
      const pairs = [...hits, ...most].map((h, i) => [i, h]).filter(([, h]) => h.pairable && h.pair).map(([i, h]) => [i, { lang: OTHER[h.lang], text: h.pair, doubtful: false }])
      if (pairs.length) setTimeout(() => postMessage({ ask: current.ask, pairs }), 60)
    }
  }

  // --- one language -------------------------------------------------------------------------------

  /* Judges blocks in order until there are `enough.hits` fair hits on `enough.pages` pages or the
     blocks give out. `early` is told of the hits so far when the rest keeps a reader waiting. */
  async function judged(from, numbers, query, least, enough, early) {
    const hits = [], pages = new Set()
    const since = performance.now()
    const exact = new Set()
    let fair = 0
    const add = (block, n) => {
      for (const hit of btRank.judge(block, query, from.lang, least)) {
        // A term's own entry stands first when the query is the term.
        if (block.k === "gl" && query.entries.some((e) => e[2] === hit.row[0])) { hit.tier = 0; hit.score += 5000 }
        hits.push({ block, hit, n })
        if (hit.score > query.fair) { pages.add(block.u); fair++ }
        if (hit.exact) exact.add(block.u)
      }
    }
    let at = 0
    // What was typed stands first: where it occurs at all, it is looked for a little longer.
    const more = () => pages.size < enough.pages || fair < enough.hits || (exact.size && exact.size < enough.hits && at < 2 * enough.hits)
    while (at < numbers.length && more() && at < (hits.length ? 3 : 6) * enough.hits) {
      const batch = from.start.blocks ? numbers : numbers.slice(at, at + (at ? Math.max(4, enough.pages - pages.size) : BATCH))
      at += batch.length
      const kept = performance.now() - since
      const late = early && setTimeout(() => hits.length && early(hits), at > BATCH && kept > WAIT ? 0 : WAIT)
      await Promise.all(batch.map(async (n) => add(await btSource.block(from, n), n)))
      clearTimeout(late)
    }
    return { hits: ordered(hits), more: at < numbers.length }
  }

  /* The hits, the best tier first. Within a tier each page's best stands before any page's second,
     and pages about the site come a turn later. */
  function ordered(hits) {
    const turns = new Map()
    const list = [...hits].sort((a, b) => b.hit.score - a.hit.score || a.n - b.n || a.hit.n - b.hit.n)
    for (const h of list) {
      const page = h.hit.tier + h.block.u
      h.turn = turns.get(page) ?? (h.block.k === "te" ? 1 : 0)
      turns.set(page, h.turn + 1)
    }
    return list.sort((a, b) => a.hit.tier - b.hit.tier || a.turn - b.turn)
  }

  async function attempt(from, query, enough, early) {
    const entries = [...new Set(query.entries.map((e) => e[3]))].filter((n) => n >= 0)
    let answered = false
    if (early && entries.length && !from.start.blocks) {
      // The entry's block is known beforehand: on a slow line it is what is seen first.
      const lead = judged(from, entries, query, Infinity, enough, null).catch(() => ({ hits: [] }))
      setTimeout(() => lead.then(({ hits }) => hits.length && !answered && early(hits)), WAIT)
    }
    const found = await btSource.candidates(from, query)
    const list = [...new Set([...entries, ...found.all])]
    const { hits, more } = await judged(from, list, query, Infinity, enough, early)
    answered = true
    return { found, hits, more, query }
  }

  /* The hits of a query in one language; and what had to be done to find any: `meant` words for
     mistyped ones, or `some` of the words only. */
  async function inLanguage(from, query, enough, early) {
    let result = await attempt(from, query, enough, early)
    if (result.hits.length || query.strict) return result
    const parted = btQuery.parted(query, from.start.book)
    if (parted) {
      result = await attempt(from, parted, enough, early)
      if (result.hits.length) return result
    }
    const loose = btQuery.loosened(query, btLang, from.start.book)
    if (loose) {
      const meant = loose.text.split(" ")
      const found = await inLanguage(from, loose, enough, early && ((hits) => early(hits, meant)))
      if (found.hits.length && !found.some) return { ...found, meant }
    }
    const meant = await corrected(from, query)
    if (meant) {
      result = await attempt(from, meant, enough, early && ((hits) => early(hits, true)))
      if (result.hits.length) return { ...result, meant: true }
    }
    if (query.concepts.length < 2 || result.found.unheld) return result
    const numbers = result.found.some.length ? result.found.some : result.found.all
    const { hits, more } = await judged(from, numbers, query, 1, enough)
    // Some of the words are an answer only when each of them occurs somewhere.
    const met = new Set(hits.flatMap((h) => h.hit.marks.map((m) => m.concept)))
    return query.concepts.every((_, i) => met.has(i)) ? { ...result, hits, more, some: true } : result
  }

  /* The query with words that occur in place of long ones that do not but for one letter; or null. */
  async function corrected(from, query) {
    let text = query.text, changed = false
    const several = new Map()
    for (const t of query.tokens) {
      if (t.form.length < LONG || !/^[a-z]+$/.test(t.form)) continue
      const words = await btSource.similar(from, t)
      if (!words.length) continue
      changed = true
      text = text.replace(new RegExp(t.form, "i"), words[0])
      if (words.length > 1) several.set(words[0], new Set(words.map(btFold.stem)))
    }
    if (!changed) return null
    const meant = btQuery.parse(text, btLang, from.start.book)
    for (const t of meant.tokens) if (several.has(t.form)) t.near = several.get(t.form)
    return meant
  }

  // --- a query ------------------------------------------------------------------------------------

  async function search(typed, most) {
    const enough = { hits: most, pages: Math.max(BREADTH, most / 2) }
    const mine = ++asked, since = performance.now()
    const alive = () => { if (mine !== asked) throw STALE }
    // What is there is answered at once; what must be fetched waits for a pause in the typing.
    const may = async () => {
      const wait = PAUSE - (performance.now() - since)
      if (wait > 0) await new Promise((done) => setTimeout(done, wait))
      alive()
    }
    const start = await btSource.open(btLang)
    alive()
    const here = { lang: btLang, start, may }
    let query = btQuery.parse(typed, btLang, start.book)
    if (!query.tokens.length) return show([], { typed, state: "empty", done: true })
    // On a slow line: what is there so far, once, so that the list does not keep changing.
    let shown = false
    const early = (found, meant) => {
      if (shown || mine !== asked) return
      shown = true
      const hits = ordered(found)
      show(hits.slice(0, most).map((h) => btShow.item(h, btLang, null)), { typed, state: "found", count: hits.length, more: true, meant: meantWords({ hits, meant }) })
    }
    let own = await inLanguage(here, query, enough, early)
    alive()
    if (!own.hits.length && query.tokens.some((t) => btFold.isCjk(t.form))) {
      await btSource.traditional()
      const again = btQuery.parse(typed, btLang, start.book)
      if (again.tokens.some((t, i) => t.key !== query.tokens[i].key)) own = await inLanguage(here, (query = again), enough)
      alive()
    }
    const other = await Promise.resolve(btSource.open(OTHER[btLang])).catch(() => null)
    const across = other ? { lang: OTHER[btLang], start: other, may } : null
    const items = await Promise.all(own.hits.slice(0, most).map(async (h) => btShow.item(h, btLang, across && (await btSource.block(across, h.n)).r[h.hit.n])))
    const note = {
      typed, state: own.some ? "some" : items.length ? "found" : "none",
      count: own.hits.length, more: own.more, meant: meantWords(own),
      further: most < SHOWN && (own.more || own.hits.length > most),
    }
    if (items.length) show(items, note)

    const there = { lang: OTHER[btLang], start: await btSource.open(OTHER[btLang]), may }
    const far = await inLanguage(there, btQuery.parse(typed, btLang, start.book), { hits: FIRST, pages: FAR })
    alive()
    // Some of the words in the other language are no help beside real answers.
    const list = far.some && items.length ? [] : far.hits.slice(0, FIRST)
    const last = { ...note, done: true, list: [] }
    if (list.length) last.list = (await withTwins(list, here)).map((h) => btShow.item(h, OTHER[btLang], h.twin))
    else if (!items.length) last.near = nearest(query, start)
    if (!items.length && list.length) last.meant = meantWords(far)
    alive()
    show(items, last)
  }

  const withTwins = (hits, here) => Promise.all(hits.map(async (h) => ({ ...h, twin: (await btSource.block(here, h.n)).r[h.hit.n] })))

  /* What was looked for instead: the parts of a question, or the words found for mistyped ones, as
     they stand in the first hits. */
  function meantWords({ hits, meant }) {
    if (!meant || meant !== true) return meant || []
    const words = hits.slice(0, 3).flatMap((h) => h.hit.marks.map((m) => h.hit.row[2].slice(m.from, m.to).toLowerCase()))
    return [...new Set(words)].slice(0, 2)
  }

  /* The terms whose names share most with a query that found nothing. */
  function nearest(query, start) {
    const parts = (keys) => new Set(keys.flatMap((k) => (btFold.isCjk(k) ? [k] : Array.from({ length: Math.max(1, k.length - 1) }, (_, i) => k.slice(i, i + 2)))))
    const asked = parts(query.tokens.map((t) => t.key))
    const alike = (name) => {
      const own = parts(btFold.tokens(name).keys)
      return (2 * [...own].filter((p) => asked.has(p)).length) / (own.size + asked.size)
    }
    return start.names.filter((n) => n[2])
      .map((n) => [Math.max(...[...n[0], ...n[1]].map(alike)), n[btLang === "zh" ? 0 : 1][0]])
      .filter(([s]) => s >= 0.3).sort((a, b) => b[0] - a[0]).slice(0, 3).map(([, name]) => name)
  }

  async function query(data) {
    current = data
    last = data.typed
    try {
      await search(data.typed, SHOWN)
    } catch (error) {
      if (error !== STALE && last === data.typed) show([], { typed: data.typed, state: "failed", done: true })
    }
  }

  return { query, open: () => Promise.resolve(btSource.open(btLang)).then(() => postMessage({ ready: true }), () => {}) }
})()

btSearch.open()
addEventListener("message", ({ data }) => btSearch.query(data))
