/* The engine behind Material's search box: a classic worker that speaks its four messages
   (0 set-up, 1 ready, 2 query, 3 result). search-box.js starts it when the box is opened. */
const btHere = new URL(self.btScript || self.location.href)
const btLang = btHere.searchParams.get("lang") === "en" ? "en" : "zh"
const btEdition = btHere.searchParams.get("v") || ""
importScripts(...["fold", "query", "source", "rank", "show"].map((part) => new URL(`search-${part}.js${btEdition && "?v=" + btEdition}`, btHere).href))
btSource.base = new URL("search/", btHere).href

const btSearch = (() => {
  const FIRST = 10, MORE = 30, SHOWN = 40
  const other = btSource.OTHER[btLang]
  let asked = 0

  const tell = (note) => self.btTell && self.btTell(note)
  const show = (items, note) => { tell(note); postMessage({ type: 3, data: { items } }) }

  /* Judges the blocks in order until `enough` pages are found or the blocks give out. */
  async function judged(lang, numbers, query, least, enough, alive) {
    const hits = []
    let at = 0
    const pages = new Set()
    while (at < numbers.length && pages.size < enough && alive()) {
      const memory = Boolean(btSource.starts[lang].blocks)
      const batch = numbers.slice(at, memory ? numbers.length : at + Math.max(4, enough - pages.size))
      at += batch.length
      const blocks = await Promise.all(batch.map((n) => btSource.block(lang, n)))
      blocks.forEach((block, i) => {
        for (const hit of btRank.judge(block, query, lang, least)) {
          hits.push({ block, hit, n: batch[i] })
          pages.add(pageOf(block, hit))
        }
      })
      if (at > 120 && !memory) break
    }
    return { hits, rest: numbers.slice(at) }
  }

  const pageOf = (block, hit) => (block.k === "gl" && hit.entry ? block.u + hit.row[0] : block.u)

  /* The hits, page by page, the best page first. */
  function grouped(hits) {
    const pages = new Map()
    for (const h of hits) {
      const key = pageOf(h.block, h.hit)
      if (!pages.has(key)) pages.set(key, [])
      pages.get(key).push(h)
    }
    const list = [...pages.values()]
    for (const p of list) p.sort((a, b) => b.hit.score - a.hit.score || a.n - b.n || a.hit.n - b.hit.n)
    const weight = (p) => p[0].hit.score + Math.min(8, 2 * Math.log2(p.length))
    return list.sort((a, b) => weight(b) - weight(a) || a[0].n - b[0].n)
  }

  /* A term's own entry stands first when the query is the term. */
  function lift(hits, query) {
    for (const h of hits)
      if (h.block.k === "gl" && query.entries.some((e) => e[2] === h.hit.row[0])) { h.hit.entry = true; h.hit.score += 5000 }
  }

  async function inLanguage(lang, query, enough, alive) {
    const found = await btSource.candidates(lang, query)
    const entries = [...new Set(query.entries.map((e) => e[3]))].filter((n) => n >= 0)
    const { hits, rest } = await judged(lang, [...new Set([...entries, ...found.all])], query, Infinity, enough, alive)
    let some = false
    if (!hits.length && query.concepts.length > 1 && !query.strict && !found.unheld) {
      const numbers = found.some.length ? found.some : found.all
      const partial = await judged(lang, numbers, query, 1, enough, alive)
      hits.push(...partial.hits)
      some = hits.length > 0
    }
    lift(hits, query)
    return { hits: some ? onlyIfAllOccur(hits, query) : hits, rest, some }
  }

  /* "Some of the words" is an answer only when each of them occurs somewhere. */
  function onlyIfAllOccur(hits, query) {
    const met = new Set(hits.flatMap((h) => h.hit.marks.map((m) => m.concept)))
    return query.concepts.every((_, i) => met.has(i)) ? hits : []
  }

  async function twins(hits) {
    return Promise.all(hits.map(async (h) => {
      const block = await btSource.block(btLang, h.n)
      const row = block.r[h.hit.n]
      return { ...h, twin: row ? { row } : null }
    }))
  }

  async function search(typed) {
    const mine = ++asked, alive = () => mine === asked
    const start = await btSource.open(btLang)
    let query = btQuery.parse(typed, btLang, start.book)
    if (!query.tokens.length) return alive() && show([], { typed, state: "empty" })
    let own = await inLanguage(btLang, query, FIRST, alive)
    if (!own.hits.length && query.tokens.some((t) => btFold.isCjk(t.form))) {
      await btSource.traditional()
      const again = btQuery.parse(typed, btLang, start.book)
      if (again.tokens.some((t, i) => t.key !== query.tokens[i].key)) {
        query = again
        own = await inLanguage(btLang, query, FIRST, alive)
      }
    }
    if (!alive()) return
    const pages = grouped(own.hits).slice(0, SHOWN)
    const items = pages.map((p) => btShow.group(p, btLang))
    const note = { typed, state: own.hits.length ? (own.some ? "some" : "found") : "none", count: own.hits.length, open: own.rest.length > 0 }
    if (items.length) show(items, note)

    await btSource.open(other)
    const foreign = await inLanguage(other, query, 5, alive)
    if (!alive()) return
    // "Some of the words" in the other language is no help beside real answers.
    const far = foreign.some && items.length ? [] : grouped(foreign.hits).flatMap((p) => p.slice(0, 3)).slice(0, 15)
    note.other = far.length
    if (far.length) items.push(btShow.otherGroup(await twins(far), other, btLang, typed, foreign.hits.length))
    if (!items.length) note.near = nearest(query, start)
    if (alive()) show(items, note)
  }

  /* The terms whose names share most with a query that found nothing. */
  function nearest(query, start) {
    const asked = new Set(query.tokens.flatMap((t) => (btFold.isCjk(t.form) ? [t.key] : bigrams(t.key))))
    const scored = start.names.filter((n) => n[2]).map((name) => {
      let best = 0
      for (const text of [...name[0], ...name[1]]) {
        const parts = new Set(btFold.tokens(text).keys.flatMap((k) => (btFold.isCjk(k) ? [k] : bigrams(k))))
        let same = 0
        for (const p of parts) if (asked.has(p)) same++
        best = Math.max(best, (2 * same) / (parts.size + asked.size))
      }
      return [best, name]
    })
    return scored.filter(([s]) => s >= 0.25).sort((a, b) => b[0] - a[0]).slice(0, 3)
      .map(([, n]) => n[btLang === "zh" ? 0 : 1][0] || n[0][0] || n[1][0])
  }

  const bigrams = (word) => Array.from({ length: Math.max(1, word.length - 1) }, (_, i) => word.slice(i, i + 2))

  return {
    open: () => btSource.open(btLang).catch(() => {}),
    async query(typed) {
      try {
        await search(typed)
      } catch (error) {
        show([], { typed, state: "failed", why: String(error && error.message) })
      }
    },
  }
})()

if (!self.btScript) {
  // Started by the theme itself, without search-box.js.
  postMessage({ type: 1 })
  addEventListener("message", ({ data }) => { if (data.type === 2) btSearch.query(data.data) })
}
