/* A block's own text, judged word by word: which rows answer the query, how well, and where.

   How well a hit answers is one list of numbers, compared one after another; the smaller, the better:
   tier (what of the query stands there, and how), late (pages about the site), turn (of its page),
   lacking (the share of the query that it has not), spread (how far apart), kind, times, length. */
var btRank = (() => {
  const EXACT = 3, INFLECTED = 2, BEGUN = 1, ACROSS = 0.5
  const TIER = { entry: 0, typed: 1, inflected: 2, named: 3, renamed: 4, all: 5, other: 6, headed: 7, apart: 8, some: 9 }
  const KIND = { t: 0, p: 1, g: 2, n: 3, r: 4, s: 5, c: 5 } // units, people, terms, notes, records, the site, what an entry rests on
  const STEP = 20 // characters in which a hit's spread is counted
  const LATE = 1, TURN = 2, SPREAD = 4 // places in a hit's list of numbers

  const NONE = Object.freeze([])

  /* How well a word of the text answers a token of the query; 0 is not at all. */
  function fits(asked, key, form) {
    if (form === asked.form) return EXACT
    if (asked.strict) return 0
    if (key === asked.key) return INFLECTED
    if (asked.near && asked.near.has(key)) return BEGUN
    return asked.open && form.startsWith(asked.form) ? (asked.capitals ? ACROSS : BEGUN) : 0
  }

  /* Some texts as numbers, one for each different word: a word is compared once, however often it stands there.
     `joint`: the numbers of two words that a hyphen joins. */
  function numbered(texts) {
    const words = { keys: [], forms: [], byKey: new Map(), joint: new Set() }, numbers = new Map()
    const number = (key, form) => {
      let n = numbers.get(form)
      if (n === undefined) {
        numbers.set(form, (n = words.forms.length))
        words.keys.push(key)
        words.forms.push(form)
        const same = words.byKey.get(key)
        if (same) same.push(n)
        else words.byKey.set(key, [n])
      }
      return n
    }
    for (const text of texts) {
      if (!text) continue
      const { keys, forms, joined } = text
      text.words = words
      text.row = new Int32Array(keys.length)
      for (let i = 0; i < keys.length; i++) text.row[i] = number(keys[i], forms[i])
      if (!joined) continue
      for (const [at, [key, form]] of joined) { joined.set(at, number(key, form)); words.joint.add(joined.get(at)) }
    }
    return words
  }

  /* A way among the words of some texts: [token, which words answer it, and how well]; null where one token has none. */
  function among(words, way) {
    const out = []
    for (const asked of way) {
      const found = new Map()
      const list = asked.open || asked.near ? words.forms.keys() : words.byKey.get(asked.key) || NONE
      for (const n of list) {
        const fit = fits(asked, words.keys[n], words.forms[n])
        if (fit) found.set(n, fit)
      }
      if (!found.size) return null
      out.push([asked, found])
    }
    return out
  }

  /* Where a way, as `among` gives it, stands in a text: [first token, after the last, quality]. */
  function find(way, text) {
    if (!way) return NONE
    const out = [], { row, gaps, joined, words } = text, lead = way[0][1], [only] = lead.keys()
    const one = lead.size === 1 && !(joined && words.joint.has(only)) // then it begins where that word stands
    for (let i = 0; i < row.length; i++) {
      if (one) { i = row.indexOf(only, i); if (i < 0) break } else if (!lead.has(row[i]) && !(joined && joined.has(i))) continue
      let worst = EXACT, at = i
      for (let k = 0; worst && k < way.length; k++) {
        if (at >= row.length) { worst = 0; break }
        const [asked, found] = way[k]
        // Past the end of a sentence or an item runs only what was typed, and it is worth little.
        if (k && gaps[at] === 2 && !asked.gap) worst = asked.typed && !asked.strict ? ACROSS : 0
        let fit = found.get(row[at]) || 0
        if (!fit && joined && joined.has(at)) { fit = found.get(joined.get(at)) || 0; at++ } // coauthored, co-authored
        worst = Math.min(worst, fit)
        at++
      }
      if (worst) { out.push([i, at, worst]); i = at - 1 }
    }
    return out
  }

  /* Whether a text has the first word of one of some ways; asked first, as most texts have not. */
  function beginners(words, ways) {
    const first = new Uint8Array(words.forms.length)
    for (const way of ways) if (way) for (const n of way[0][1].keys()) first[n] = 1
    return ({ row, joined }) => row.some((n) => first[n]) || (joined && [...joined.values()].some((n) => first[n]))
  }

  /* Where a way stands in a text that was read by itself. */
  const findIn = (way, text) => find(among(text.words || numbered([text]), way), text)

  /* Of places where letters in capitals stand, and where words only begin so, the first (AI, not aimed). */
  const surest = (found) => (found.some((f) => f[2] > ACROSS) ? found.filter((f) => f[2] > ACROSS) : found)

  /* A block's rows and heads as tokens, and their words; made once. */
  function prepare(block) {
    if (block.ready) return block.ready
    if (block.f) btFold.learn(block.f)
    const ready = {
      title: btFold.tokens(block.t),
      labels: block.l.map((label) => btFold.tokens(label)),
      rows: block.r.map((row) => row && btFold.tokens(row[2])),
    }
    ready.words = numbered([ready.title, ...ready.labels, ...ready.rows])
    return (block.ready = ready)
  }

  /* Whether a way stands in a row of a block. */
  function holds(block, way) {
    const { words, rows } = prepare(block), sought = among(words, way)
    return rows.some((text) => text && find(sought, text).length)
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
    const sought = (ways) => ways.map((way) => among(ready.words, way))
    const plans = btQuery.waysOf(query, lang).map(sought)
    const wholes = query.wholes ? sought(query.wholes[lang]) : [], idle = sought(query.idle)
    if (!wholes.some(Boolean) && !plans[floor < 1 ? "some" : "every"]((ways) => ways.some(Boolean))) return out
    const mayHold = beginners(ready.words, [...plans.flat(), ...wholes])
    const title = inHead(plans, ready.title)
    const labels = ready.labels.map((label) => inHead(plans, label))
    block.r.forEach((row, n) => {
      if (!row) return
      const label = labels[row[1]], text = ready.rows[n]
      if (!label.all && !mayHold(text)) return
      const hit = { ...held(query, plans, text, label, title), n, row }
      hit.runs = wholes.map((w) => find(w, text))
      hit.tier = tier(query, plans, hit, label, floor)
      if (!hit.tier) return
      if (block.k === "g" && query.entries.some((e) => !e[6] && e[2] === row[0])) hit.tier = TIER.entry
      if (query.entries.some((e) => e[6])) spoken(block, query, hit, label)
      if (query.entries.some((e) => row[5] && row[5].includes(e[2]))) hit.tier = TIER.apart
      if (row[3] === "c") { // the sources of an entry, whose heading is the entry's own
        if (!hit.here) return
        hit.tier = Math.max(hit.tier, TIER.headed)
      }
      out.push(finished(block, query, hit, label, title, ready, idle))
    })
    // The sources of an entry are shown only where the entry itself is no hit.
    const said = new Set(out.filter((h) => h.row[3] !== "c").map((h) => h.row[0]))
    const hits = out.filter((h) => h.row[3] !== "c" || !said.has(h.row[0]))
    const top = byTitle(block, wholes, hits, title)
    return top ? [top, ...hits.filter((h) => h.tier !== TIER.headed || block.l[h.row[1]] !== block.t)] : hits
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

  function finished(block, query, hit, label, title, ready, idle) {
    const { n, row, marks } = hit, [whole = [], ...renamed] = hit.runs, text = ready.rows[n]
    for (const f of hit.typed === query.concepts.length ? whole : [...whole, ...flat(renamed)]) marks.push({ ...span(text, f), way: 0, concept: -1 })
    const beside = idle.map((way) => find(way, text)).filter((f) => f.length)
    for (const f of beside.flat()) widen(marks, span(text, f))
    const kind = row[3] || block.k
    const spread = query.concepts.length > 1 && hit.tier >= TIER.all ? Math.min(99, Math.round(closest(marks, hit.here) / STEP)) : 0
    const lacking = (1 - share(query, hit)) * 100 + (hit.far ? 30 : 0) - 10 * beside.length - (hit.tier >= TIER.all ? 20 * hit.typed / query.concepts.length : 0)
    return {
      n, row, tier: hit.tier, exact: hit.exact, marks: typedFirst(marks),
      rank: [hit.tier, kind === "s" ? 1 : 0, 0, Math.round(lacking), spread, (title.all ? -1 : 0) + (kind === "g" && label.all ? 0 : KIND[kind]),
        -Math.min(3, Math.round(Math.log2(hit.times || 1))), Math.round(text.row.length / 10)],
      heads: label.found.flat().map((f) => span(ready.labels[row[1]], f)), titles: title.found.flat().map((f) => span(ready.title, f)),
    }
  }

  /* The page as a hit, by its title: of its first block, where no row there answers better; or null. */
  function byTitle(block, wholes, rows, title) {
    const text = prepare(block).title, n = block.r.findIndex(Boolean)
    const found = title.found.flat()
    const runs = wholes.length ? wholes.flatMap((w) => find(w, text)) : title.found.length === 1 ? found : []
    if (block.c || block.k === "p" || n < 0 || !(title.all || runs.length)) return null
    const level = runs.some(([from, to]) => to - from === text.row.length) ? TIER.typed : runs.length ? TIER.renamed : TIER.headed
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

  /* The shortest stretch of text, in characters, that holds so many concepts; in another order than they
     were typed they count as a step farther apart. */
  function closest(marks, concepts) {
    const list = marks.filter((m) => m.concept >= 0).sort((a, b) => a.from - b.from)
    const held = new Map()
    let shortest = Infinity, start = 0
    list.forEach((m, i) => {
      held.set(m.concept, (held.get(m.concept) || 0) + 1)
      while (held.get(list[start].concept) > 1) { held.set(list[start].concept, held.get(list[start].concept) - 1); start++ }
      if (held.size < concepts || m.to - list[start].from >= shortest) return
      const turned = list.slice(start, i).some((one, k) => one.concept > list[start + k + 1].concept)
      shortest = Math.min(shortest, m.to - list[start].from + (turned ? STEP : 0))
    })
    return shortest
  }

  /* Whether the best of some hits has the words far apart, or there is none. */
  const scattered = ([first]) => !first || first.hit.tier >= TIER.all

  return { judge, prepare, holds, order, findIn, span, scattered, TIER, LATE, TURN, SPREAD }
})()
