/* Where the texts come from. A small library is one file a language, all of it in memory; a larger
   one is fetched piece by piece: which blocks hold a key, then those blocks. */
const btSource = (() => {
  const KEPT = 240 // pieces held in memory at most
  const OTHER = { zh: "en", en: "zh" }
  let base = ""
  const pieces = new Map() // path -> promise of its text
  const ready = new Map() // path -> what was made of it, in order of use
  const starts = {} // lang -> {names, blocks} or {names, stamp, count, one, two}

  async function text(path, stamp) {
    // The start file is asked for anew (the server answers 304); the rest never changes under its stamp.
    const response = await fetch(base + path + (stamp ? "?v=" + stamp : ""), stamp ? {} : { cache: "no-cache" })
    if (!response.ok) throw new Error(path + ": " + response.status)
    const bytes = new Uint8Array(await response.arrayBuffer())
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return new TextDecoder().decode(bytes) // the server unpacked it
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text()
  }

  /* A piece, made from its text once; the least used ones are dropped. */
  function piece(path, stamp, make) {
    let made = ready.get(path)
    if (made !== undefined) {
      ready.delete(path)
      ready.set(path, made)
      return made
    }
    if (!pieces.has(path)) {
      pieces.set(path, text(path, stamp).then(
        (t) => {
          made = make(t)
          ready.set(path, made)
          pieces.delete(path)
          while (ready.size > KEPT) ready.delete(ready.keys().next().value)
          return made
        },
        (error) => { pieces.delete(path); throw error },
      ))
    }
    return pieces.get(path)
  }

  const parse = (t) => JSON.parse(t)
  const lines = (t) => t.split("\n")

  function open(lang) {
    return (starts[lang] ||= text(lang + ".gz").then(
      (t) => {
        const start = parse(t)
        if (start.one) { start.one = lines(start.one); start.two = lines(start.two) }
        start.book = btQuery.nameBook(start.names)
        return (starts[lang] = start)
      },
      (error) => { delete starts[lang]; throw error },
    ))
  }

  /* The files of a table that may hold the keys from `low` to `high`. */
  function files(firsts, low, high) {
    let a = 0, z = firsts.length
    while (z - a > 1) { const mid = (a + z) >> 1; if (firsts[mid] <= low) a = mid; else z = mid }
    const out = [a]
    for (let n = a + 1; n < firsts.length && firsts[n] <= high; n++) out.push(n)
    return out
  }

  const VALUE = new Map([..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"].map((c, i) => [c, i]))

  /* Adds a key's blocks to `into` (block -> how often, 1 to 4). */
  function decode(postings, into) {
    let block = -1, number = 0, shift = 0
    for (const c of postings) {
      const v = VALUE.get(c)
      number += (v & 31) * 2 ** shift
      if (v & 32) { shift += 5; continue }
      block += Math.floor(number / 4)
      into.set(block, Math.max(into.get(block) || 0, (number % 4) + 1))
      number = shift = 0
    }
  }

  /* The lines of a table whose key `ok` accepts, from `low` to `high`, from at most `most` files. */
  async function range(start, lang, table, low, high, most, ok) {
    const wanted = files(start[table], low, high).slice(0, most)
    const found = await Promise.all(wanted.map((n) => piece(`${lang}/${table}/${n}.gz`, start.cut, lines)))
    const out = new Map()
    for (const list of found) {
      let a = 0, z = list.length
      while (a < z) { const mid = (a + z) >> 1; if (list[mid] < low) a = mid + 1; else z = mid }
      for (; a < list.length; a++) {
        const tab = list[a].indexOf("\t"), key = list[a].slice(0, tab)
        if (key > high) break
        if (ok(key)) decode(list[a].slice(tab + 1), out)
      }
    }
    return out
  }

  const LAST = "\uffff"

  /* Whether a key may belong to a word that begins with `typed`: longer, or short of an ending. */
  function mayBegin(key, typed) {
    if (key.startsWith(typed)) return true
    if (key.length < 3 || typed.length - key.length > 3) return false
    const rest = typed.slice(key.length), twin = key[key.length - 1]
    return typed.startsWith(key) ? ["ing", "ed", "es", "'s", twin + "ing", twin + "ed"].some((e) => e.startsWith(rest))
      : key.endsWith("y") && typed.startsWith(key.slice(0, -1)) && "ies".startsWith(typed.slice(key.length - 1))
  }

  /* The blocks that hold one token, and those that hold two side by side. */
  function single(start, lang, t) {
    if (t.near) return Promise.all([...t.near].map((k) => range(start, lang, "one", k, k, 1, (key) => key === k))).then(merged)
    if (!t.open || t.form.length < 2) return range(start, lang, "one", t.key, t.key, 1, (k) => k === t.key)
    const low = t.form.slice(0, Math.max(2, t.form.length - 3))
    return range(start, lang, "one", t.form.length > 4 ? low : t.key < t.form ? t.key : t.form, t.form + LAST, 4, (k) => k === t.key || mayBegin(k, t.form))
  }

  function double(start, lang, a, b) {
    const key = btFold.isCjk(b.form) ? a.key + b.key : a.key + " " + b.key
    if (!b.open || b.form.length < 2) return range(start, lang, "two", key, key, 1, (k) => k === key)
    const low = a.key + " " + b.form.slice(0, Math.max(1, b.form.length - 3)), cut = a.key.length + 1
    return range(start, lang, "two", low, a.key + " " + b.form + LAST, 3, (k) => k === key || mayBegin(k.slice(cut), b.form))
  }

  function merged(maps) {
    const out = new Map()
    for (const m of maps) for (const [n, w] of m) out.set(n, Math.max(out.get(n) || 0, w))
    return out
  }

  function both(maps) {
    const [first, ...rest] = [...maps].sort((a, b) => a.size - b.size)
    const out = new Map()
    for (const [n, w] of first || []) {
      const least = rest.reduce((low, m) => Math.min(low, m.get(n) || 0), w)
      if (least) out.set(n, least)
    }
    return out
  }

  /* The neighbours of a way that are looked up; of a long one, some spread over it. */
  function neighbours(way) {
    const all = []
    for (let i = 0; i + 1 < way.length; i++)
      if (!(btQuery.STOP.has(way[i].key) && btQuery.STOP.has(way[i + 1].key))) all.push([way[i], way[i + 1]])
    const most = 6
    return all.length <= most ? all : Array.from({ length: most }, (_, i) => all[Math.round((i * (all.length - 1)) / (most - 1))])
  }

  /* The blocks that may hold a way. */
  async function holding(start, lang, way) {
    if (way.length === 1) return single(start, lang, way[0])
    const near = neighbours(way)
    if (near.length) return both(await Promise.all(near.map(([a, b]) => double(start, lang, a, b))))
    return both(await Promise.all(way.map((t) => single(start, lang, t))))
  }

  /* The blocks worth judging, best first: {all: [...], some: [...]}: those that may hold every
     concept, and those that hold a part. In memory these are simply all blocks. */
  async function candidates(lang, query) {
    const start = await open(lang)
    if (start.blocks) return { all: start.blocks.map((_, n) => n), some: [], whole: start.blocks.length }
    const held = await Promise.all(query.concepts.map((c) =>
      Promise.all(btQuery.ways(c, lang).map((w, k) => holding(start, lang, w).then((m) => (k ? lowered(m) : m)))).then(merged)))
    const phrase = query.wholes ? merged(await Promise.all(query.wholes[lang].map((w) => holding(start, lang, w)))) : null
    const score = new Map()
    held.forEach((m) => {
      const rare = Math.log(1 + start.count / (1 + m.size))
      for (const [n, w] of m) {
        const s = score.get(n) || { held: 0, score: 0 }
        s.held++
        s.score += rare * (1 + w)
        score.set(n, s)
      }
    })
    if (phrase) for (const [n, w] of phrase) if (score.has(n)) score.get(n).score += 100 + 10 * w
    const order = [...score].sort((a, b) => b[1].score - a[1].score || a[0] - b[0])
    const full = order.filter(([, s]) => s.held === held.length)
    return {
      all: full.map(([n]) => n),
      some: full.length ? [] : order.filter(([, s]) => s.held < held.length).map(([n]) => n),
      unheld: held.filter((m) => !m.size).length,
    }
  }

  const lowered = (m) => new Map([...m].map(([n, w]) => [n, w / 2]))

  function block(lang, n) {
    const start = starts[lang]
    return start.blocks ? start.blocks[n] : piece(`${lang}/text/${n}.gz`, start.cut, parse)
  }

  /* Teaches the folding what a query's traditional characters are, once. */
  let learnt = null
  const traditional = () => (learnt ||= text("traditional.gz").then(btFold.learn, () => { learnt = null }))

  return { open, candidates, block, traditional, set base(url) { base = url }, OTHER, starts }
})()
