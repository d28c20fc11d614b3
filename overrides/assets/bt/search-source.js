/* Where the texts come from. A small library is one file a language, all of it in memory; a larger
   one is fetched piece by piece: which blocks hold a key, then those blocks. */
var btSource = (() => {
  const KEPT = 480 // pieces held in memory at most
  const READ = 48 // keys of which the blocks are held
  const ENOUGH = 20 // blocks that hold the words as typed; with fewer, other names are looked up too
  const LAST = "\uffff"
  const FORM = "\u0002" // parts a key from one of the forms that it stands for
  const FACT = "\u0003" // begins a key that is no word: who speaks, the year, the kind, the text
  let base = ""
  const pieces = new Map() // path -> promise of what is made of it
  const ready = new Map() // path -> what was made of it, the least used first
  const starts = {} // lang -> promise of {names, said, book, blocks} or {…, cut, count, one, two, long, sound}; `two`: how many files

  const BRIEF = 200 // ms that a file takes at most on a line that is not slow
  let took = 0 // ms that the last file took

  /* On a slow line, waits for what shall come before all else, or a little: then the line is its own. */
  const slow = () => took > BRIEF
  const behind = (first) => slow() && Promise.race([Promise.resolve(first).catch(() => {}), new Promise((done) => setTimeout(done, BRIEF))])

  async function text(path, stamp) {
    const since = performance.now()
    // The start file is asked for anew (the server answers 304); a piece never changes under its stamp.
    const response = await fetch(base + path + (stamp ? "?v=" + stamp : ""), stamp ? {} : { cache: "no-cache" })
    if (!response.ok) throw new Error(path + ": " + response.status)
    const bytes = new Uint8Array(await response.arrayBuffer())
    took = performance.now() - since
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return new TextDecoder().decode(bytes) // unpacked on the way
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text()
  }

  /* A piece, at once when it is there. `may` is awaited before it is fetched. */
  function piece(path, stamp, make, may) {
    const made = ready.get(path)
    if (made !== undefined) {
      ready.delete(path)
      ready.set(path, made)
      return made
    }
    if (pieces.has(path)) return pieces.get(path)
    return may().then(() => {
      if (ready.has(path)) return ready.get(path)
      if (!pieces.has(path)) {
        pieces.set(path, text(path, stamp).then((t) => {
          const value = make(t)
          ready.set(path, value)
          while (ready.size > KEPT) ready.delete(ready.keys().next().value)
          return value
        }).finally(() => pieces.delete(path)))
      }
      return pieces.get(path)
    })
  }

  const lines = (t) => t.split("\n")

  /* A file of keys: the keys in order, and beside each what belongs to it. */
  function shard(t) {
    const [keys, values] = t.split("\n\n")
    return { keys: lines(keys), values: lines(values ?? "") }
  }

  /* What a language begins with; what failed is not kept, so that the next query tries again. */
  function open(lang) {
    return (starts[lang] ||= text(lang + ".gz").then((t) => {
      const start = JSON.parse(t)
      for (const table of ["one", "long", "sound", "also"]) if (start[table] !== undefined) start[table] = lines(start[table])
      start.book = btQuery.nameBook(start)
      return start
    }).catch((error) => { delete starts[lang]; throw error }))
  }

  function block({ lang, start, may }, n) {
    return start.blocks ? start.blocks[n] : piece(`${lang}/text/${n}.gz`, start.cut, JSON.parse, may)
  }

  // --- keys -> blocks -------------------------------------------------------------------------------

  /* The number of the file, of so many, in which a pair of neighbours stands, with all that begin alike up
     to the second letter of the second word: scripts/bitext/search/keys.py. */
  function bucket(pair, count) {
    const space = pair.indexOf(" "), end = space < 0 ? pair.length : space + 3
    let sum = -1
    for (let i = 0; i < 2 * Math.min(end, pair.length); i++) {
      sum ^= (pair.charCodeAt(i >> 1) >> (i % 2 ? 8 : 0)) & 255
      for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0) // CRC-32
    }
    return (~sum >>> 0) % count
  }

  /* The numbers of the files that may hold keys from `low` to `high`. */
  function files(firsts, low, high) {
    let a = 0, z = firsts.length
    while (z - a > 1) { const mid = (a + z) >> 1; if (firsts[mid] <= low) a = mid; else z = mid }
    const out = [a]
    for (let n = a + 1; n < firsts.length && firsts[n] <= high; n++) out.push(n)
    return out
  }

  /* The place of the first of sorted keys that is not before `low`. */
  function firstOf(keys, low) {
    let a = 0, z = keys.length
    while (a < z) { const mid = (a + z) >> 1; if (keys[mid] < low) a = mid + 1; else z = mid }
    return a
  }

  /* The keys of a file from `low` to `high`, each with what belongs to it. */
  function within({ keys, values }, low, high) {
    const out = []
    for (let a = firstOf(keys, low); a < keys.length && keys[a] <= high; a++) out.push([keys[a], values[a]])
    return out
  }

  /* The keys of a table from `low` to `high`, from at most `most` files. */
  async function range({ lang, start, may }, table, low, high, most = 1) {
    const wanted = table === "two" ? [bucket(low, start.two)] : files(start[table], low, high).slice(0, most)
    const folder = table === "sound" ? "zh" : lang
    const found = await Promise.all(wanted.map((n) => piece(`${folder}/${table}/${n}.gz`, start.cut, shard, may)))
    return found.flatMap((list) => within(list, low, high))
  }

  const VALUE = new Map([..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"].map((c, i) => [c, i]))

  /* Adds a key's blocks to `into`: block -> how often, 1 to 4. */
  function decode(postings, into) {
    let at = -1, number = 0, scale = 1
    for (const c of postings) {
      const v = VALUE.get(c)
      number += (v & 31) * scale
      scale *= 32
      if (v & 32) continue
      at += Math.floor(number / 4)
      into.set(at, Math.max(into.get(at) || 0, (number % 4) + 1))
      number = 0
      scale = 1
    }
  }

  const read = new Map() // postings -> their blocks: the last keys typed are looked up with each letter
  function blocksIn(postings) {
    let made = read.get(postings)
    if (!made) {
      decode(postings, (made = new Map()))
      if (read.size >= READ) read.clear()
      read.set(postings, made)
    }
    return made
  }

  /* The blocks that hold keys of some ranges; what comes of one key is shared, and not to be changed. */
  async function blocksOf(from, table, ranges) {
    const found = (await Promise.all(ranges.map(([low, high, most]) => range(from, table, low, high, most)))).flat()
    if (found.length === 1) return blocksIn(found[0][1])
    const out = new Map()
    for (const [, postings] of found) decode(postings, out)
    return out
  }

  /* The keys of the words that what was typed may be the beginning of, if it already runs into an
     ending: "governi" may become governing, "policie" policies, "stopp" stopped. */
  function shortened(form) {
    const out = []
    for (let n = 1; n <= 4 && form.length - n >= 3; n++) {
      const base = form.slice(0, -n), rest = form.slice(-n), twin = base[base.length - 1]
      if (["ing", "ed", "es", "'s", twin + "ing", twin + "ed"].some((end) => end.startsWith(rest))) out.push(base, base + "e")
      if ("ies".startsWith(rest)) out.push(base + "y")
    }
    return out
  }

  const exactly = (key) => [key, key, 1]

  /* The blocks that hold a token, `before` being the key of its neighbour and a space. A word that is
     still being typed is taken as it stands if enough blocks hold it, else as a beginning too. */
  async function token(from, table, t, before = "") {
    if (t.near) return blocksOf(from, table, [...t.near].map((key) => exactly(before + key)))
    const found = await blocksOf(from, table, [exactly(before + t.key)])
    if (!t.open || t.capitals || t.form.length < 2 || found.size >= ENOUGH) return found
    const longer = await blocksOf(from, table, [...shortened(t.form).map((key) => exactly(before + key)), [before + t.form, before + t.form + LAST, 3]])
    return merged([found, weaker(longer, 4)])
  }

  /* The blocks that hold a word; first those that hold it in the very form that was typed. */
  async function single(from, t) {
    if (btFold.isCjk(t.form)) return token(from, "one", t)
    const key = t.key + FORM + t.form
    const [found, same] = await Promise.all([token(from, "one", t), blocksOf(from, "one", [exactly(key)])])
    if (!same.size) return found
    return t.strict ? same : new Map([...found, ...stronger(same, 4)])
  }

  const double = (from, a, b) => btFold.isCjk(b.form) ? blocksOf(from, "two", [exactly(a.key + b.key)])
    : Promise.all([...(a.near || [a.key])].map((key) => token(from, "two", b, key + " "))).then(merged)

  function stronger(map, by) {
    const out = new Map()
    for (const [n, w] of map) out.set(n, w + by)
    return out
  }
  function weaker(map, by) {
    const out = new Map()
    for (const [n, w] of map) out.set(n, w / by)
    return out
  }

  function merged(maps) {
    const out = new Map()
    for (const m of maps) for (const [n, w] of m) out.set(n, Math.max(out.get(n) || 0, w))
    return out
  }

  function common(maps) {
    const [first, ...rest] = [...maps].sort((a, b) => a.size - b.size)
    const out = new Map()
    for (const [n, w] of first || []) {
      const least = rest.reduce((low, m) => Math.min(low, m.get(n) || 0), w)
      if (least) out.set(n, least)
    }
    return out
  }

  /* The blocks that may hold a way: all its neighbours, or of a long one some, spread over it. */
  async function holding(from, way) {
    if (way.length === 1) return single(from, way[0])
    const tail = way[way.length - 1]
    if (tail.open && tail.form.length < 2 && !btFold.isCjk(tail.form)) { // of one letter the index knows only words
      const [found, said] = await Promise.all([holding(from, way.slice(0, -1)), double(from, way[way.length - 2], tail)])
      return merged([found, stronger(common([found, said]), 2)])
    }
    const pairs = way.length - 1, looked = Math.min(pairs, 6)
    const look = (list) => Promise.all(list.map((i) => double(from, way[i], way[i + 1])))
    // The halves of a short name seldom stand in one block without it: every other pair tells as much.
    if ((way.name || way.named) && pairs < 4) return common(await look(Array.from({ length: pairs }, (_, i) => i).filter((i) => i % 2 === 0 || i === pairs - 1)))
    const places = Array.from({ length: looked }, (_, i) => (looked < 2 ? 0 : Math.round((i * (pairs - 1)) / (looked - 1))))
    const found = common(await look(places))
    if (found.size <= 2 * looked) return found
    const rest = Array.from({ length: pairs }, (_, i) => i).filter((i) => !places.includes(i)).slice(0, 6)
    return rest.length ? common([found, ...(await look(rest))]) : found
  }

  const holds = (way, part) => way.some((_, i) => part.every((t, k) => way[i + k] && way[i + k].key === t.key))

  /* The blocks that may hold one of the ways; the first one as typed, the rest only when few do.
     A way that holds a shorter one of the list needs no look-up of its own. */
  async function anyOf(from, [typed, ...rest], person = "") {
    const [found, spoken] = await Promise.all([holding(from, typed), person ? blocksOf(from, "one", [exactly(FACT + "s:" + person)]) : new Map()])
    if (spoken.size + found.size >= ENOUGH) return merged([stronger(found, 2), spoken])
    const list = rest.filter((w) => !rest.some((o) => o !== w && o.length < w.length && holds(w, o)) && !holds(w, typed))
    const others = await Promise.all(list.map((w) => holding(from, w)))
    const out = merged([stronger(found, 2), spoken, weaker(merged(others), 2)])
    const tail = typed[typed.length - 1]
    // Of letters in capitals nothing goes by that name: then they may be a beginning.
    return out.size || !tail?.capitals ? out : holding(from, typed.map((t) => (t === tail ? { ...t, capitals: false } : t)))
  }

  /* Under which fact a person's turns stand, if a concept is one. */
  function personOf(concept, { names }, lang) {
    const person = concept.known.map((n) => names[n]).find((n) => n[6])
    return person ? person[2] || person[lang === "zh" ? 0 : 1][0] || "" : ""
  }

  /* The blocks that a reader's filters leave; null for all. */
  async function allowed(from, facts) {
    if (from.start.blocks || !facts.length) return null
    const maps = await Promise.all(facts.map((fact) => blocksOf(from, "one", [exactly(FACT + fact)])))
    return new Set(common(maps).keys())
  }

  /* The blocks worth judging, the most promising first: `all` may hold every concept, `some` a part.
     Of a library in memory every block is worth it. */
  async function candidates(from, query) {
    const { lang, start } = from
    const only = (list) => (from.only ? list.filter((n) => from.only.has(n)) : list)
    if (start.blocks) return { all: start.blocks.map((_, n) => n), some: [] }
    // Of a word of which there is but one letter yet, nothing is known beforehand.
    const known = query.concepts.filter((c) => c.typed.length > 1 || !c.typed[0].open || c.typed[0].form.length > 1)
    const parts = () => Promise.all((known.length ? known : query.concepts).map((c) => anyOf(from, btQuery.ways(c, lang), personOf(c, start, lang))))
    const phrase = query.wholes ? anyOf(from, query.wholes[lang]) : Promise.resolve(new Map())
    // Two look-ups more cost less than waiting for what the phrase finds; not on a slow line.
    const early = known.length < 3 && !(query.wholes && slow()) ? parts() : null
    early?.catch(() => {}) // when another query comes, the phrase tells of it
    const run = await phrase
    if (run.size >= ENOUGH && !early) return { all: only(ranked([...run])), some: [] }
    const held = await (early || parts())
    const score = new Map()
    const enter = (n, weight, value) => {
      const s = score.get(n) || score.set(n, { held: 0, value: 0 }).get(n)
      s.held += weight
      s.value += value
    }
    held.forEach((m) => {
      const rare = Math.log(1 + start.count / (1 + m.size))
      for (const [n, w] of m) enter(n, 1, rare * (1 + w))
    })
    for (const [n, w] of run) enter(n, held.length, 100 + 10 * w)
    const list = [...score]
    const full = list.filter(([, s]) => s.held >= held.length), some = list.filter(([, s]) => s.held < held.length)
    const order = (l) => only(ranked(l.map(([n, s]) => [n, s.value])))
    return { all: order(full), some: order(some) }
  }

  const ranked = (list) => list.sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([n]) => n)

  /* How many blocks hold a way. */
  async function size(from, way) {
    if (!from.start.blocks) return (await holding(from, way)).size
    return from.start.blocks.filter((b) => btRank.holds(b, way)).length
  }

  /* Teaches the folding what a query's traditional characters are, once. */
  let learnt = null
  const traditional = () => (learnt ||= text("traditional.gz").then(btFold.learn, () => { learnt = null }))

  /* Teaches a language the general words, fetched once; without them what was typed is still found. */
  let words = null
  const fetchWords = () => (words ||= text("general.gz").then(JSON.parse).catch((error) => { words = null; throw error }))
  const general = ({ start }) => (start.book.taught ||= fetchWords().then(start.book.teach).catch(() => { start.book.taught = null }))

  /* The syllable of each character, from the one file of it; fetched when it is wanted. */
  let syllables = null
  const sounds = () => (syllables ||= text("chars.gz").then((t) => {
    const out = new Map()
    for (const line of lines(t)) {
      const [, sound, chars] = line.match(/^([a-z]*)(.*)$/u)
      for (const c of chars) out.set(c, sound)
    }
    return out
  }).catch((error) => { syllables = null; throw error }))

  /* The words that sound so. */
  let heard = null
  async function sounding(from, sound) {
    let found
    if (from.start.blocks) {
      heard ||= text("sound.gz").then(shard).catch((error) => { heard = null; throw error })
      found = within(await heard, sound, sound)
    } else found = await range(from, "sound", sound, sound)
    return found.length ? found[0][1].split(" ") : []
  }

  /* The words of the other language that go with a key, the likeliest first: a library of many texts
     has learnt them from its sentence pairs. */
  async function goingWith(from, key) {
    if (!from.start.also) return []
    const found = await range(from, "also", key, key)
    return found.length ? found[0][1].split("\t") : []
  }

  return { general, goingWith, open, slow, behind, candidates, block, allowed, size, single, range, traditional, sounds, sounding, parts: { firstOf, within, decode, shard, files, bucket }, set base(url) { base = url } }
})()
