/* A block's own text, judged word by word: which rows answer the query, how well, and where.

   How well a hit answers is one list of numbers, compared one after another; the smaller, the better:
   tier (what of the query stands there, and how), late (pages about the site), turn (of its page),
   lacking (the share of the query that it has not), spread (how far apart), kind, times, length. */
var btRank = (() => {
  const EXACT = 3, INFLECTED = 2, BEGUN = 1, ACROSS = 0.5
  const TIER = { entry: 0, typed: 1, inflected: 2, named: 3, renamed: 4, all: 5, other: 6, headed: 7, apart: 8, some: 9 }
  const KIND = { t: 0, p: 1, g: 2, n: 3, r: 4, s: 5 } // units, people, terms, notes, records, the site
  const LATE = 1, TURN = 2 // places in a hit's list of numbers

  const NONE = Object.freeze([])

  /* How well a token of the text answers one of the query; 0 is not at all. */
  function fits(asked, key, form) {
    if (form === asked.form) return EXACT
    if (asked.strict) return 0
    if (key === asked.key) return INFLECTED
    if (asked.near && asked.near.has(key)) return BEGUN
    return asked.open && form.startsWith(asked.form) ? (asked.capitals ? ACROSS : BEGUN) : 0
  }

  /* Whether a way can begin at a token; said quickly, as it seldom can. */
  const begins = (asked, key, form, joint) => key === asked.key || joint || asked.near !== undefined || (asked.open && form.startsWith(asked.form))

  /* Where a way stands in a tokenised text: [first token, after the last, quality]. */
  function find(way, text) {
    if (!way) return NONE
    const out = [], { keys, forms, gaps, joined } = text, [lead] = way
    const sought = !lead.open && !lead.near && !joined // then it begins where its first key stands
    for (let i = 0; i < keys.length; i++) {
      if (sought) { i = keys.indexOf(lead.key, i); if (i < 0) break } else if (!begins(lead, keys[i], forms[i], joined && joined.has(i))) continue
      let worst = EXACT, at = i
      for (let k = 0; worst && k < way.length; k++) {
        if (at >= keys.length) { worst = 0; break }
        // Past the end of a sentence or an item runs only what was typed, and it is worth little.
        if (k && gaps[at] === 2 && !way[k].gap) worst = way[k].typed && !way[k].strict ? ACROSS : 0
        let fit = fits(way[k], keys[at], forms[at])
        if (!fit && joined && joined.has(at)) { fit = fits(way[k], ...joined.get(at)); at++ } // coauthored, co-authored
        worst = Math.min(worst, fit)
        at++
      }
      if (worst) { out.push([i, at, worst]); i = at - 1 }
    }
    return out
  }

  /* Of places where letters in capitals stand, and where words only begin so, the first (AI, not aimed). */
  const surest = (found) => (found.some((f) => f[2] > ACROSS) ? found.filter((f) => f[2] > ACROSS) : found)

  /* A block's rows and heads as tokens, made once. */
  function prepare(block) {
    if (block.ready) return block.ready
    if (block.f) btFold.learn(block.f)
    const ready = {
      title: btFold.tokens(block.t),
      labels: block.l.map((label) => btFold.tokens(label)),
      rows: block.r.map((row) => row && btFold.tokens(row[2])),
      keys: new Set(),
    }
    for (const text of [ready.title, ...ready.labels, ...ready.rows]) {
      if (!text) continue
      for (const key of text.keys) ready.keys.add(key)
      if (text.joined) for (const [key] of text.joined.values()) ready.keys.add(key)
    }
    return (block.ready = ready)
  }

  /* Whether a block has all words of a way; asked first, as most blocks have not. */
  function mayHold({ keys }, way) {
    for (const t of way) if (!t.open && !t.near && !keys.has(t.key)) return false
    return true
  }

  const span = (text, [a, b, q]) => ({ from: text.from[a], to: text.to[b - 1], q })

  function best(found) {
    return found.reduce((top, f) => Math.max(top, f[2]), 0)
  }

  const flat = (found) => found.flatMap((list) => list)

  /* What the plans find in one text: {found: per concept, all: whether each is there}. */
  function inHead(plans, text) {
    const found = plans.map((ways) => {
      for (const w of ways) { const there = find(w, text); if (there.length) return there }
      return NONE
    })
    return { found, all: found.every((f) => f.length) }
  }

  /* The hits of one block: {n, row, rank, exact, marks in the text, in the label and in the title}.
     `floor`: the share of the query, by weight, that a row must have; 1 for all of it. */
  function judge(block, query, lang, floor = 1) {
    const ready = prepare(block), out = []
    const plans = btQuery.waysOf(query, lang).map((ways) => ways.map((w) => (mayHold(ready, w) ? w : null)))
    const wholes = query.wholes ? query.wholes[lang].map((w) => (mayHold(ready, w) ? w : null)) : []
    if (!wholes.some(Boolean) && !plans[floor < 1 ? "some" : "every"]((ways) => ways.some(Boolean))) return out
    const title = inHead(plans, ready.title)
    const labels = ready.labels.map((label) => inHead(plans, label))
    block.r.forEach((row, n) => {
      if (!row) return
      const label = labels[row[1]], text = ready.rows[n]
      const hit = { ...held(query, plans, text, label, title), n, row }
      hit.runs = wholes.map((w) => find(w, text))
      hit.tier = tier(query, plans, hit, label, floor)
      if (!hit.tier) return
      if (block.k === "g" && query.entries.some((e) => !e[6] && e[2] === row[0])) hit.tier = TIER.entry
      if (query.entries.some((e) => e[6])) spoken(block, query, hit, label)
      if (query.entries.some((e) => row[5] && row[5].includes(e[2]))) hit.tier = TIER.apart
      out.push(finished(block, query, hit, label, title, ready))
    })
    const top = byTitle(block, query, lang, out, title)
    return top ? [top, ...out.filter((h) => h.tier !== TIER.headed || block.l[h.row[1]] !== block.t)] : out
  }

  /* Which concepts a row has, in its text, its label or its page's title, and where. */
  function held(query, plans, text, label, title) {
    const out = { marks: [], has: [], typed: 0, here: 0, times: 0, sure: true, chief: false, far: false, quality: EXACT }
    plans.forEach((ways, i) => {
      let quality = 0, asTyped = false, times = 0
      ways.forEach((w, k) => {
        const found = surest(find(w, text))
        if (!found.length) return
        times += found.length
        quality = Math.max(quality, best(found) - (k ? 0.5 : 0))
        asTyped = asTyped || !k
        out.chief = out.chief || k === 1
        for (const f of found) out.marks.push({ ...span(text, f), way: k, concept: i })
      })
      if (times) out.here++
      else if (title.found[i].length && !label.found[i].length) out.far = true
      out.has.push(times > 0 || label.found[i].length > 0 || title.found[i].length > 0)
      out.times += times
      if (asTyped) out.typed++
      out.sure = out.sure && asTyped && quality === EXACT
      if (times) out.quality = Math.min(out.quality, quality)
    })
    return out
  }

  /* How a row answers: what of the query stands there, and how; 0 if it does not. */
  function tier(query, plans, hit, label, floor) {
    const single = plans.length === 1 && !query.wholes, [whole = [], ...renamed] = hit.runs
    const asTyped = single ? hit.marks.filter((m) => m.way === 0).map((m) => m.q) : whole.map((f) => f[2])
    const quality = Math.max(0, ...asTyped)
    hit.exact = quality === EXACT
    if (quality >= EXACT) return TIER.typed
    if (quality >= INFLECTED) return TIER.inflected
    if (quality >= BEGUN) return TIER.named
    if ((single && hit.here && hit.marks.some((m) => m.way)) || flat(renamed).length) return hit.chief || !single ? TIER.named : TIER.renamed
    if (quality) return TIER.apart
    if (hit.has.every(Boolean) && hit.here) return hit.sure ? TIER.all : TIER.other
    if (label.all) return TIER.headed
    if (floor >= 1 || !hit.here) return 0
    return share(query, hit) >= floor ? TIER.some : 0
  }

  /* The share of the query, by the weight of its concepts, that a row has in its text. */
  function share(query, hit) {
    const weights = query.weights || query.concepts.map(() => 1)
    const all = weights.reduce((a, b) => a + b, query.lost || 0)
    return weights.reduce((sum, w, i) => sum + (hit.has[i] ? w : 0), 0) / all
  }

  /* A person's page stands first, then what they say, then where others name them. */
  function spoken(block, query, hit, label) {
    if (block.k === "p") { if (query.entries.some((e) => block.p && block.p.includes(e[2]))) hit.tier = TIER.entry }
    else if (label.all && block.k === "t" && !hit.row[3]) hit.tier = TIER.typed
    else hit.tier = Math.max(hit.tier, TIER.inflected)
  }

  function finished(block, query, hit, label, title, ready) {
    const { n, row, marks } = hit, [whole = [], ...renamed] = hit.runs, text = ready.rows[n]
    for (const f of hit.typed === query.concepts.length ? whole : [...whole, ...flat(renamed)]) marks.push({ ...span(text, f), way: 0, concept: -1 })
    const beside = query.idle.map((way) => find(way, text)).filter((f) => f.length)
    for (const f of beside.flat()) widen(marks, span(text, f))
    const kind = row[3] || block.k
    const spread = query.concepts.length > 1 && hit.tier >= TIER.all ? Math.min(99, Math.round(closest(marks, hit.here) / 20)) : 0
    const lacking = (1 - share(query, hit)) * 100 + (hit.far ? 30 : 0) - 10 * beside.length - (hit.tier >= TIER.all ? 20 * hit.typed / query.concepts.length : 0)
    return {
      n, row, tier: hit.tier, exact: hit.exact, marks: typedFirst(marks),
      rank: [hit.tier, kind === "s" ? 1 : 0, 0, Math.round(lacking), spread, (title.all ? -1 : 0) + (kind === "g" && label.all ? 0 : KIND[kind]),
        -Math.min(3, Math.round(Math.log2(hit.times || 1))), Math.round(text.keys.length / 10)],
      heads: label.found.flat().map((f) => span(ready.labels[row[1]], f)), titles: title.found.flat().map((f) => span(ready.title, f)),
    }
  }

  /* The page as a hit, by its title: of its first block, where no row there answers better; or null. */
  function byTitle(block, query, lang, rows, title) {
    const text = prepare(block).title, n = block.r.findIndex(Boolean)
    const found = title.found.flat()
    const runs = query.wholes ? query.wholes[lang].flatMap((w) => find(w, text)) : title.found.length === 1 ? found : []
    if (block.c || block.k === "p" || n < 0 || !(title.all || runs.length)) return null
    const level = runs.some(([from, to]) => to - from === text.keys.length) ? TIER.typed : runs.length ? TIER.renamed : TIER.headed
    if (level !== TIER.typed && rows.some((h) => h.tier <= TIER.renamed || (h.tier < TIER.headed && h.rank[3] < 0))) return null
    return { n, row: block.r[n], tier: level, marks: [], heads: [], exact: false, titles: [...runs, ...found].map((f) => span(text, f)), top: true, rank: [level, block.k === "s" ? 1 : 0, 0, 0, 0, KIND[block.k], 0, 0] }
  }

  /* Which of two hits stands first. */
  function order(a, b) {
    for (let i = 0; i < a.rank.length; i++) if (a.rank[i] !== b.rank[i]) return a.rank[i] - b.rank[i]
    return 0
  }

  /* Takes a little word that was typed too into the mark that it stands beside. */
  function widen(marks, { from, to }) {
    for (const m of marks) {
      if (m.from >= to && m.from - to < 2) m.from = from
      if (m.to <= from && from - m.to < 2) m.to = to
    }
  }

  /* Without the marks of other names that only widen or cross those of the words as typed. */
  function typedFirst(marks) {
    const typed = marks.filter((m) => m.way === 0)
    return marks.filter((m) => m.way === 0 || !typed.some((t) => t.from < m.to && m.from < t.to))
  }

  /* The shortest stretch of text, in characters, that holds so many concepts. */
  function closest(marks, concepts) {
    const list = marks.filter((m) => m.concept >= 0).sort((a, b) => a.from - b.from)
    const held = new Map()
    let shortest = Infinity, start = 0
    list.forEach((m) => {
      held.set(m.concept, (held.get(m.concept) || 0) + 1)
      while (held.get(list[start].concept) > 1) { held.set(list[start].concept, held.get(list[start].concept) - 1); start++ }
      if (held.size === concepts) shortest = Math.min(shortest, m.to - list[start].from)
    })
    return shortest
  }

  /* Whether the best of some hits has the words far apart, or there is none. */
  const scattered = ([first]) => !first || first.hit.tier >= TIER.all

  return { judge, prepare, order, find, span, scattered, TIER, LATE, TURN }
})()
