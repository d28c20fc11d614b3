/* The engine: a classic worker by address, search-worker.js?lang=zh&v=EDITION. What it is asked and
   what it answers is told in docs/en/architecture.md, search. */
var btHere = new URL(self.location.href)
var btLang = btHere.searchParams.get("lang") === "en" ? "en" : "zh"
var btEdition = btHere.searchParams.get("v") || ""
var btPart = (part) => new URL(`search-${part}.js${btEdition && "?v=" + btEdition}`, btHere).href
if (typeof btFold === "undefined") importScripts(...["fold", "query", "rank", "source", "hit"].map(btPart))
btSource.base = new URL("search/", btHere).href

var btSearch = (() => {
  const OTHER = { zh: "en", en: "zh" }
  const FIRST = 10 // hits of the other language
  const BREADTH = 10, FAR = 5 // pages that are looked into before the best hits are thought known
  const BATCH = 4 // blocks fetched at first
  const DEEP = 60 // blocks judged for a page of results
  const PAUSE = 60 // ms of no typing before anything is fetched for a query
  const WAIT = 500 // ms after which what was found so far is shown
  const BRIEF = 200 // ms after which the first blocks of a slow line are shown before the others come
  const PASTED = { zh: 10, en: 6 } // tokens of a pasted sentence
  // What may be an id, an address or a citation; and what is in the other language's letters.
  const PLACE = /(?:^|[^a-z\d])[a-z]{1,3}\d|^\s*[a-z\d]+(?:-[a-z\d]+)+(?:[\s/#·,:]+[a-z]+\d\w*)?\s*$|\/|\d\s*轮|turn \d|\[EB|edition \d|第\d+版/i
  const DATE = /(?:19|20)\d\d|[〇零一二三四五六七八九十廿\d]\s*[月日号號]|\d(?:st|nd|rd|th)?\s*(?:of\s+)?[a-z]{3}|[a-z]{3}\.?\s*\d/i, DATED = 40 // letters of a date
  const unescaped = (text) => { try { return /%[\da-f]{2}/i.test(text) ? decodeURIComponent(text) : text } catch { return text } } // from an address
  const CROSSES = { zh: /\p{sc=Latn}/u, en: /\p{sc=Han}/u }
  const STALE = new Error("another query came")
  let asked = 0

  // --- one language -------------------------------------------------------------------------------

  /* Judges blocks in order until there are `enough.hits` fair hits on `enough.pages` pages or the
     blocks give out. `early` is told of the hits so far when the rest keeps a reader waiting. */
  async function judged(from, numbers, query, enough, floor, early) {
    const hits = [], beside = [], pages = new Set(), since = performance.now()
    // Of a part of the query, and of the beginning of a word in capitals, no hit is better than fair.
    const rough = floor < 1 || query.tokens.some((t) => t.capitals)
    let exact = 0, fair = 0
    const add = (block, n) => {
      for (const hit of btRank.judge(block, query, from.lang, floor)) {
        const found = { block, hit, n }
        const left = from.narrow ? btNarrow.against(found, from.filters) : []
        if (left.length === 1) beside.push([left[0], found])
        if (left.length) continue
        hits.push(found)
        if (hit.tier < btRank.TIER.headed || rough) { pages.add(block.u); fair++ }
        if (hit.exact) exact++
      }
    }
    let at = 0
    // What was typed stands first: where it occurs at all, it is looked for a little longer.
    const more = () => pages.size < enough.pages || fair < enough.hits || (exact && exact < enough.hits && at < 2 * enough.hits) || at < enough.deep
    while (at < numbers.length && more() && at < Math.max(enough.deep, 3 * enough.hits)) {
      const batch = from.start.blocks ? numbers : numbers.slice(at, at + (at ? Math.max(4, enough.pages - pages.size) : BATCH))
      at += batch.length
      const kept = performance.now() - since
      const late = early && setTimeout(() => hits.length && early(hits, query), at > BATCH && kept > WAIT ? 0 : WAIT)
      const look = async (n) => {
        add(await btSource.block(from, n), n)
        // On a slow line the first block is seen before the others come.
        if (early && hits.length && !from.start.blocks && performance.now() - since > BRIEF) early(hits, query)
      }
      const first = look(batch[0])
      if (early) await btSource.behind(first)
      await Promise.all([first, ...batch.slice(1).map(look)])
      clearTimeout(late)
    }
    return { hits: ordered(hits), beside, more: at < numbers.length }
  }

  /* The hits, the best first: within a tier each page's best stands before any page's second. */
  function ordered(hits) {
    const turns = new Map(), compare = (a, b) => btRank.order(a.hit, b.hit) || a.n - b.n || a.hit.n - b.hit.n
    const list = hits.map((h) => ({ ...h, hit: { ...h.hit, rank: [...h.hit.rank] } }))
    for (const { hit } of list) hit.rank[btRank.TURN] = 0
    list.sort(compare)
    for (const { block, hit } of list) {
      const page = hit.tier + block.u, turn = turns.get(page) || 0
      turns.set(page, turn + 1)
      hit.rank[btRank.TURN] = turn
    }
    return list.sort(compare)
  }

  async function attempt(from, query, enough, floor = 1, early = null) {
    const entries = [...new Set(query.entries.map((e) => e[3]))].filter((n) => n >= 0 && (!from.only || from.only.has(n)))
    let answered = false
    if (early && entries.length && !from.start.blocks) {
      // The entry's block is known beforehand: on a slow line it is what is seen first.
      const lead = judged(from, entries, query, enough, 1).catch(() => ({ hits: [] }))
      setTimeout(() => lead.then(({ hits }) => hits.length && !answered && early(hits, query)), btSource.slow() ? 0 : WAIT)
      await btSource.behind(lead)
    }
    const { all, some } = await btSource.candidates(from, query)
    const list = [...new Set([...entries, ...all, ...(floor < 1 ? some : [])])]
    const found = await judged(from, list, query, enough, floor, early)
    answered = true
    return { ...found, query }
  }

  /* Whether a part of the engine is there: it is fetched when the first query needs it. */
  const there = new Set()
  function fetched(part) {
    try {
      if (!there.has(part)) importScripts(btPart(part))
    } catch { return false } // the next query tries again
    return there.add(part)
  }

  /* The hits of a query in one language, by the first of its readings that has any. */
  async function inLanguage(from, query, enough, early) {
    const first = await attempt(from, query, enough, 1, early)
    const asks = btQuery.asks(query.text)
    if (first.hits.length >= enough.hits && !(asks && btRank.scattered(first.hits))) return first
    if (early && first.hits.length && btSource.slow()) early(first.hits, query) // more may be found, when more has come
    btSource.general(from) // it comes while the script does
    return fetched("meant") ? btMeant.further(from, query, enough, first, asks, attempt, early) : first
  }

  /* The first hit where all of a pasted sentence stands there as it was pasted; null else. */
  const pasted = (hits, query) => {
    const least = PASTED[btQuery.isHan(query.tokens) ? "zh" : "en"]
    const [first] = hits
    return first && first.hit.exact && query.tokens.length >= least && hits.filter((h) => h.hit.exact).length === 1 ? first : null
  }

  // --- an answer -----------------------------------------------------------------------------------

  const EMPTY = { done: true, total: 0, exact: true, hits: [], others: [], othersTotal: 0, partial: false, meant: [], near: [], failed: [], jump: null, facets: null }

  async function search({ ask, typed, from: first = 0, most = FIRST, filters = {}, sort = "best", here = "" }) {
    const mine = (asked = ask), since = performance.now(), text = unescaped(typed)
    const alive = () => { if (mine !== asked) throw STALE }
    const say = (answer) => { alive(); postMessage({ ask, typed, ...EMPTY, ...answer }) }
    // What is there is answered at once; what must be fetched waits for a pause in the typing.
    const may = async () => {
      const wait = PAUSE - (performance.now() - since)
      if (wait > 0) await new Promise((done) => setTimeout(done, wait))
      alive()
    }
    if (!typed.trim()) return say({ state: "empty" })
    const narrow = most > FIRST || Object.values(filters).some(Boolean)
    if (narrow && !fetched("narrow")) throw new Error("narrow")
    const failed = []
    const side = async (lang) => {
      const start = await btSource.open(lang)
      const from = { lang, start, may, filters, narrow }
      return { ...from, only: narrow ? await btSource.allowed(from, btNarrow.factsOf(filters)) : null }
    }
    const show = (list, query, lang) => list.map((h) => btHit.hit(h, query, lang))
    const wide = most > FIRST ? { hits: first + most, pages: BREADTH, deep: Math.max(DEEP, 2 * (first + most)) } : { hits: first + most, pages: BREADTH, deep: 0 }

    /* One language's part of the answer. */
    const half = async (lang, enough, early) => {
      const from = await side(lang)
      alive()
      let query = btQuery.parse(text, btLang, from.start.book)
      if (!query.tokens.length) return { hits: [], query, from }
      // Words of the other language that have no name in this one may be general words.
      if (query.concepts.some((c) => !c.names[lang].length && c.typed.some((t) => CROSSES[lang].test(t.form)))) {
        await btSource.general(from)
        query = btQuery.parse(text, btLang, from.start.book)
      }
      const held = await (places ||= PLACE.test(text.normalize("NFKC")) && fetched("place") ? placed() : Promise.resolve(null))
      if (held) return { hits: held[lang], query: { ...query, concepts: [], idle: [] }, from, jump: held[lang].length === 1 ? held[lang][0] : null }
      const date = DATE.test(text) && text.length < DATED && fetched("date") && (await btSource.general(from), btDate.dated(query, from.start.book))
      let found = date ? await attempt(from, date, enough) : null
      if (date?.whole && !found.hits.length) return { ...found, from } // its numbers elsewhere are no answer
      if (!found?.hits.length) found = await inLanguage(from, query, enough, early && ((hits, q, reading) => early(from, hits, q, reading)))
      alive()
      if ((!found.hits.length || found.some) && query.tokens.some((t) => btFold.isCjk(t.form))) {
        await btSource.traditional()
        const again = btQuery.parse(text, btLang, from.start.book)
        if (again.tokens.some((t, i) => t.key !== query.tokens[i].key)) found = await inLanguage(from, (query = again), enough)
        alive()
      }
      return { ...found, from, jump: found.meant ? null : pasted(found.hits, found.query) }
    }
    /* Where what was typed names a place: its hits by language. A side that fails has none. */
    let places = null
    const placed = async () => {
      const langs = filters.side ? [filters.side] : [btLang, OTHER[btLang]]
      const sides = (await Promise.all(langs.map((lang) => side(lang).catch((error) => { if (error === STALE) throw error })))).filter(Boolean)
      const found = await btPlace.find(sides, text, here, btLang)
      return found && { zh: [], en: [], ...Object.fromEntries(sides.map(({ lang }, i) => [lang, found[i]])) }
    }
    const guarded = async (lang, enough, early) => {
      try { return await half(lang, enough, early) } catch (error) {
        if (error === STALE) throw error
        failed.push(lang)
        return { hits: [], query: null }
      }
    }
    let shown = false
    const early = (from, found, query, { some, meant } = {}) => {
      if (shown || mine !== asked || first || sort === "date") return
      shown = true
      say({ done: false, state: some ? "partial" : "found", partial: !!some, meant: meant || [], total: found.length, exact: false, hits: show(ordered(found).slice(0, most), query, from.lang) })
    }
    const near = filters.side || btLang, other = OTHER[near] // the language of the hits, and of the others
    const own = await guarded(near, wide, early)
    const list = sort === "date" ? btNarrow.byDate(own.hits) : own.hits
    const page = list.slice(first, first + most)
    const answer = {
      done: false, state: own.some ? "partial" : list.length ? "found" : "none", partial: !!own.some,
      total: list.length, exact: !own.more, hits: own.query ? show(page, own.query, near) : [],
      meant: own.meant || [], jump: own.jump ? show([own.jump], own.query, near)[0] : null,
      facets: list.length && narrow && (!own.more || most > FIRST) ? btNarrow.facets(list, own.beside || []) : null, failed: [...failed],
    }
    if (page.length) say(answer)

    const far = filters.side ? { hits: [], query: null } : await guarded(other, { hits: FIRST, pages: FAR, deep: 0 })
    // Some of the words in the other language are no help beside real answers.
    const others = (far.some && list.length && !own.some ? [] : far.hits).slice(0, FIRST)
    const last = { ...answer, done: true, othersTotal: others.length ? far.hits.length : 0, failed, others: far.query ? show(others, far.query, other) : [] }
    // A guess, or a part, is no help where the language in which it was typed has all of it.
    if (own.some && others.length && !far.some && btQuery.isHan(own.query.tokens) === (other === "zh")) Object.assign(last, { hits: [], total: 0, facets: null })
    if (!last.hits.length && others.length) {
      Object.assign(last, { state: far.some ? "partial" : "found", partial: !!far.some, meant: far.meant || [] })
    }
    if (!last.jump && far.jump && (!list.length || own.some)) last.jump = show([far.jump], far.query, other)[0]
    if (!page.length && !others.length) {
      if (failed.length === (filters.side ? 1 : 2)) last.state = "failed"
      else last.near = own.from && own.query.tokens.length && !own.query.whole && fetched("meant") ? btMeant.nearest(own.query, own.from.start, btLang) : []
    }
    say(last)
    if (!fetched("pair")) return
    const pairs = await btPair.of([...(last.hits.length ? page : []).map((h) => [h, own.query, near]), ...others.map((h) => [h, far.query, other])], side, STALE)
    alive()
    if (pairs.length) postMessage({ ask, pairs })
  }

  async function query(data) {
    try {
      await search(data)
    } catch (error) {
      if (error !== STALE && data.ask === asked) postMessage({ ask: data.ask, typed: data.typed, ...EMPTY, state: "failed", failed: [btLang] })
    }
  }

  return { query, open: () => btSource.open(btLang).then(() => postMessage({ ready: true }), () => {}) }
})()

addEventListener("message", ({ data }) => btSearch.query(data))
btSearch.open()
