/* The sentence of the other language that belongs to a hit: fetched and sent when the list stands. */
var btPair = (() => {
  const { pieced, sentences, ordered, fits, reach, typeset } = btHit
  const PARAGRAPH = 600 // half-widths of a paragraph that is shown whole

  /* The sentence, or where there is no sure one its paragraph, with what of the query stands there
     marked; `learnt`: words that go with each concept of which no name stands there. */
  function pair({ hit }, twin, query, lang, learnt) {
    const [main] = ordered(hit.marks), own = sentences(hit.row), text = typeset(twin[2])
    const at = main ? own.findIndex(([, b]) => main.from < b) : -1
    const [from, to, sure] = (at >= 0 && sentences(twin)[at]) || [0, text.length, !own.length]
    const found = sure && to > from && own[at]?.[2] !== false ? [from, to] : [0, text.length]
    const whole = found[1] - found[0] === text.length
    const marks = marksIn(twin[2], query, lang, found, learnt)
    let [a, b] = found
    if (!fits(text, a, b, PARAGRAPH)) {
      const first = marks.find((m) => m.from >= a && m.to <= b)
      if (first && first.from > a) a = Math.max(a, reach(text, first.from, 120, -1))
      b = Math.min(b, reach(text, a, PARAGRAPH, 1))
    }
    a += text.slice(a, b).match(/^\s*/)[0].length
    return { lang, text: pieced(text.trimEnd(), marks, [[a, b]]).filter(([s, m]) => m || s !== "…" || whole), doubtful: whole && at >= 0 && own.length > 1 }
  }

  function marksIn(text, query, lang, [from, to], learnt) {
    const read = btFold.tokens(text), inside = (m) => m.from >= from && m.to <= to
    return query.concepts.flatMap((c, i) => {
      const named = btQuery.ways(c, lang).flatMap((w) => btRank.findIn(w, read)).map((f) => btRank.span(read, f))
      if (named.some(inside)) return named
      for (const word of learnt[i] || []) {
        const { keys, forms } = btFold.tokens(word)
        const way = keys.map((_, k) => ({ key: lang === "en" ? word : keys[k], form: forms[k], gap: 0 }))
        const marks = btRank.findIn(way, read).map((f) => btRank.span(read, f)).filter(inside)
        if (marks.length) return [...named, ...marks]
      }
      return named
    })
  }

  /* The ways in the other language that go with each concept of a query, by what the library learnt. */
  async function learnt(from, query) {
    const keys = query.concepts.map((c) => {
      const run = c.typed.map((t) => t.key).join("")
      return btQuery.isHan(c.typed) ? [run, ...c.typed.slice(1).map((t, i) => c.typed[i].key + t.key)] : c.typed.map((t) => t.key)
    })
    const found = await Promise.all(keys.map((list) => Promise.all([...new Set(list)].slice(0, 4).map((key) => btSource.goingWith(from, key)))))
    return found.map((lists) => (lists[0].length ? lists[0] : lists.flat()))
  }

  /* The same query, with the general words of a language where a concept has no name in it. */
  const completed = (query, lang, book) => ({ ...query, concepts: query.concepts.map((c) => {
    if (c.names[lang].length || c.typed.some((t) => t.strict)) return c
    const found = btQuery.renamed(btQuery.keyOf(c.typed), book) || btQuery.composed(c.typed, book)
    return { ...c, names: { ...c.names, [lang]: found[lang] } }
  }) })

  /* The pairs of some hits, [[hit, its query, its language], …]: [[number of the hit, pair], …]. What can
     not be fetched is left out; `stale`: the error that says that another query came. */
  async function of(list, side, stale) {
    const sides = {}, words = new Map()
    const found = await Promise.all(list.map(async ([h, query, lang], i) => {
      if (h.block.k !== "t" || h.hit.top || h.hit.row[3]) return null
      try {
        const other = btQuery.OTHER[lang], from = await (sides[other] ||= side(other))
        const twin = (await btSource.block(from, h.n)).r[h.hit.n]
        if (!twin) return null
        const own = await (sides[lang] ||= side(lang))
        await btSource.general(from)
        const named = completed(query, other, from.start.book)
        words.set(query, await (words.get(query) || learnt(own, query)))
        return [i, pair(h, twin, named, other, words.get(query))]
      } catch (error) {
        if (error === stale) throw error
        return null
      }
    }))
    return found.filter(Boolean)
  }

  return { of }
})()
