/* A block's own text, judged word by word: which rows answer the query, how well, and where. */
var btRank = (() => {
  const EXACT = 3, INFLECTED = 2, BEGUN = 1, ACROSS = 0.5
  // What a row is worth. Within a step the smaller things count; no sum of them reaches the next.
  const PHRASE = 1000, NAMED = 800, LESS = [450, 180, 100, 0] // what a phrase loses by its quality
  const ALL = 600, HEAD = 500, SOME = 100

  /* How well a token of the text answers one of the query; 0 is not at all. */
  function fits(asked, key, form) {
    if (form === asked.form) return EXACT
    if (asked.strict) return 0
    if (key === asked.key) return INFLECTED
    if (asked.near && asked.near.has(key)) return BEGUN
    return asked.open && form.startsWith(asked.form) ? BEGUN : 0
  }

  /* Where a way stands in a tokenised text: [first token, after the last, quality]. */
  function find(way, text) {
    const out = [], { keys, forms, gaps, joined } = text
    for (let i = 0; i < keys.length; i++) {
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

  /* A block's rows and heads as tokens, made once. */
  function prepare(block) {
    if (block.ready) return block.ready
    if (block.f) btFold.learn(block.f)
    return (block.ready = {
      title: btFold.tokens(block.t),
      labels: block.l.map((label) => btFold.tokens(label)),
      rows: block.r.map((row) => row && btFold.tokens(row[2])),
    })
  }

  const span = (text, [a, b, q]) => ({ from: text.from[a], to: text.to[b - 1], q })

  function best(found) {
    return found.reduce((top, f) => Math.max(top, f[2]), 0)
  }

  /* The hits of one block: {row, score, marks in the text, in the label and in the title}. */
  function judge(block, query, lang, least) {
    const ready = prepare(block), out = []
    const plans = query.concepts.map((c) => btQuery.ways(c, lang))
    const inTitle = plans.map((ways) => ways.map((w) => find(w, ready.title)).find((f) => f.length) || [])
    const titled = inTitle.every((f) => f.length)
    const inLabels = ready.labels.map((label) => plans.map((ways) => ways.map((w) => find(w, label)).find((f) => f.length) || []))
    block.r.forEach((row, n) => {
      if (!row) return
      const text = ready.rows[n], heads = inLabels[row[1]]
      let score = 0, here = 0, held = 0, typed = 0, far = 0, sure = true, chief = false
      const marks = []
      plans.forEach((ways, i) => {
        let quality = 0, times = 0, asTyped = false
        ways.forEach((w, k) => {
          const found = find(w, text)
          if (!found.length) return
          const q = best(found) - (k ? 0.5 : 0)
          if (q > quality) quality = q
          times += found.length
          asTyped = asTyped || !k
          chief = chief || k === 1
          for (const f of found) marks.push({ ...span(text, f), way: k, concept: i })
        })
        if (times) { here++; held++; score += (quality * 30 + Math.min(12, 4 * Math.log2(1 + times))) / plans.length }
        else if (heads[i].length) { held++; score += 2 }
        else if (inTitle[i].length) { held++; far = 1 }
        if (asTyped) typed++
        sure = sure && asTyped && quality === EXACT
      })
      const labelled = heads.every((f) => f.length)
      const single = plans.length === 1 && !query.wholes
      const runs = query.wholes ? query.wholes[lang].map((w) => find(w, text)) : []
      const whole = runs.length ? runs[0] : [], renamed = runs.slice(1).flat()
      let step = 0
      if (whole.length || (single && marks.some((m) => m.way === 0))) step = PHRASE
      else if ((single && here) || renamed.length) step = NAMED
      else if (held === plans.length && here) step = ALL
      else if (labelled) step = HEAD
      else if (here >= least) step = SOME * (here / plans.length)
      if (!step) return
      const q = whole.length ? best(whole) : single ? Math.max(0, ...marks.filter((m) => m.way === 0).map((m) => m.q)) : 0
      for (const f of typed === plans.length ? whole : [...whole, ...renamed]) marks.push({ ...span(text, f), way: 0, concept: -1 })
      if (step === PHRASE) score -= LESS[Math.floor(q)]
      const beside = query.idle.map((way) => find(way, text)).filter((f) => f.length)
      if (beside.length) score += (20 * beside.length) / query.idle.length
      for (const f of beside.flat()) widen(marks, span(text, f))
      score += step + (titled ? 12 : 0) + (labelled ? 8 : 0) - Math.min(6, Math.log2(1 + text.keys.length / 40))
      if (far) score -= 80
      if (step === ALL) score += 40 / (1 + closest(marks, plans.length) / 20) + 40 * (typed / plans.length)
      if (block.k === "gl") score += labelled ? 30 : -60
      if (block.k === "te") score -= 80
      if (row[3]) score -= 40
      out.push({ n, row, score, step, far, exact: step === PHRASE && q === EXACT, tier: tier(step, q, sure, chief), marks: typedFirst(marks), heads: heads.flat().map((f) => span(ready.labels[row[1]], f)), titles: inTitle.flat().map((f) => span(ready.title, f)) })
    })
    const top = byTitle(block, query, lang, out, inTitle)
    return (top ? [top, ...out.filter((h) => h.step !== HEAD || block.l[h.row[1]] !== block.t)] : out)
      .sort((a, b) => b.score - a.score || a.n - b.n)
  }

  /* The page as a hit, by its title: of its first block, where no row there answers better; or null. */
  function byTitle(block, query, lang, rows, inTitle) {
    const { title } = prepare(block), n = block.r.findIndex(Boolean)
    const titled = inTitle.every((f) => f.length)
    const found = inTitle.flat()
    const runs = query.wholes ? query.wholes[lang].flatMap((w) => find(w, title)) : inTitle.length === 1 ? found : []
    if (block.c || n < 0 || !(titled || runs.length)) return null
    const step = runs.some(([from, to]) => to - from === title.keys.length) ? PHRASE : runs.length ? NAMED : HEAD
    if (step !== PHRASE && rows.some((h) => h.step >= NAMED || (h.step >= ALL && !h.far))) return null
    return { n, row: block.r[n], score: step + 10, step, tier: tier(step, EXACT, true, true), marks: [], heads: [], titles: [...runs, ...found].map((f) => span(title, f)), top: true }
  }

  /* How a hit answers: the smaller, the better. Within a tier every page has its turn. `sure`: all
     words as typed; `chief`: a concept's first name. */
  function tier(step, q, sure, chief) {
    if (step === PHRASE) return q >= EXACT ? 1 : q >= INFLECTED ? 2 : q >= BEGUN ? 3 : 9
    return step === NAMED ? (chief ? 3 : 4) : step === ALL ? (sure ? 5 : 6) : step === HEAD ? 7 : 8
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

  /* The shortest stretch of text, in characters, that holds every concept. */
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

  /* Whether two words differ by one letter: one wrong, missing or too many, or two in each other's place. */
  function oneOff(a, b) {
    if (a === b) return true
    let i = 0, j = 0
    while (a[i] !== undefined && a[i] === b[i]) i++
    while (j < a.length - i && j < b.length - i && a[a.length - 1 - j] === b[b.length - 1 - j]) j++
    const x = a.slice(i, a.length - j), y = b.slice(i, b.length - j)
    return Math.max(x.length, y.length) === 1 || (x.length === 2 && y.length === 2 && x[0] === y[1] && x[1] === y[0])
  }

  /* The form of the word with this key that a typed word may be meant to be; "" if it may not. */
  function near(t, key) {
    if (Math.abs(t.form.length - key.length) > 5) return ""
    const base = key.replace(/e$/, ""), twin = key[key.length - 1]
    const forms = [key, ...["e", "s", "es", "ed", "ing", "ings", twin + "ed", twin + "ing", twin + "e"].map((end) => base + end)]
    if (key.endsWith("y")) forms.push(key.slice(0, -1) + "ies", key.slice(0, -1) + "ied")
    return forms.find((form) => form.length > 4 && oneOff(t.form, form)) || (key.length > 4 && oneOff(t.key, key) ? key : "")
  }

  return { judge, prepare, near }
})()
