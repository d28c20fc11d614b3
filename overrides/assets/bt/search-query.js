/* What was typed -> what is looked for.

   A query is a list of concepts. A concept is a list of ways to say it (`ways`), the typed one
   first, then the other names that the glossary and the people's list know for it. A way is a list
   of tokens that must stand side by side; between them punctuation and spaces do not count. */
var btQuery = (() => {
  const MOST = 64 // tokens; what is pasted beyond them adds nothing
  const STOP = new Set("a an and are as at be but by for from has have i in is it its of on or that the this to was we were will with you not can they their our what who how why when where which does did do".split(" "))
  const QUOTED = /"([^"]+)"|“([^”]+)”|「([^」]+)」|『([^』]+)』|《([^》]+)》/g
  const JOIN = "\u0001"

  /* All names, each under the tokens it consists of: key -> [which concept, whether loosely]. */
  function nameBook(names) {
    const book = new Map(), words = new Set()
    let longest = 0
    const enter = (list, n, loose) => {
      for (const name of list) {
        const { keys } = btFold.tokens(name, MOST)
        const key = keys.join(JOIN)
        if (!keys.length) continue
        longest = Math.max(longest, keys.length)
        keys.forEach((k) => words.add(k))
        if (!book.has(key)) book.set(key, new Map())
        if (!book.get(key).has(n)) book.get(key).set(n, loose)
      }
    }
    names.forEach(([zh, en], n) => { enter(zh, n, ""); enter(en, n, "") })
    names.forEach(([, , , , zh, en], n) => { enter(zh, n, "zh"); enter(en, n, "en") })
    // A person goes by either order of the names, and by a part that no other person has.
    const parts = new Map()
    names.forEach(([zh, en, row], n) => {
      const words = row || zh.includes(en[0]) || !en[0] ? [] : en[0].split(" ")
      if (words.length === 2) enter([words[1] + " " + words[0]], n, "")
      if (words.length > 1) for (const word of words) if (word.length > 2) parts.set(word, parts.has(word) ? -1 : n)
    })
    for (const [word, n] of parts) if (n >= 0) enter([word], n, "en")
    return { names, book, longest, words }
  }

  /* The other names of the concepts in `known`, by language, each as a way. */
  function others(known, names, typedKey) {
    const out = { zh: [], en: [] }
    const seen = { zh: new Set([typedKey]), en: new Set([typedKey]) }
    for (const [n, loose] of known) {
      const [zh, en, row, , looseZh, looseEn] = names[n]
      // The names of people, and abbreviations, stand in Latin letters in Chinese texts too.
      const latin = row ? en.filter((name) => /^[A-Z]\w*[A-Z]\w*$/.test(name)) : en
      const lists = { zh: loose === "en" ? [...zh, ...looseZh, ...latin] : [...zh, ...latin], en: loose === "zh" ? [...en, ...looseEn] : en }
      for (const side of ["zh", "en"])
        for (const name of lists[side]) {
          const w = way(name), key = keyOf(w)
          if (w.length && !seen[side].has(key)) { seen[side].add(key); out[side].push(w) }
        }
    }
    return out
  }

  /* Words that a hyphen joins, as one word: co-authored, coauthored; none if there are none. */
  function unhyphened(text, typed) {
    const { joined } = btFold.tokens(text, MOST)
    if (!joined || typed.some((t) => t.strict)) return []
    const out = []
    for (let i = 0; i < typed.length; i++) {
      const both = joined.get(i)
      out.push(both ? { ...typed[i], key: both[0], form: both[1] } : typed[i])
      if (both) i++
    }
    return [out]
  }

  const keyOf = (tokens) => tokens.map((t) => t.key).join(JOIN)

  function way(text, strict = false) {
    const { keys, forms, gaps } = btFold.tokens(text, MOST)
    return keys.map((key, i) => ({ key, form: forms[i], gap: gaps[i], strict }))
  }

  /* The terms as typed: quoted ones whole, the others parted at spaces. */
  function terms(text) {
    const out = []
    let last = 0
    const plain = (part) => part.split(/\s+/u).forEach((word) => out.push({ tokens: way(word), text: word }))
    for (const m of text.matchAll(QUOTED)) {
      plain(text.slice(last, m.index))
      const inner = m[1] ?? m[2] ?? m[3] ?? m[4] ?? m[5]
      // Straight quotes ask for these very words; Chinese ones often come along with a paste.
      const strict = m[1] !== undefined || (m[2] !== undefined && !/[\u3400-\u9fff]/.test(inner))
      out.push({ tokens: way(inner, strict), strict })
      last = m.index + m[0].length
    }
    plain(text.slice(last))
    return out.filter((t) => t.tokens.length)
  }

  function parse(typed, lang, { names, book, longest }) { // longest: of a name, in tokens
    const text = typed.slice(0, 600)
    const list = terms(text).slice(0, MOST)
    let room = MOST
    for (const t of list) { t.tokens = t.tokens.slice(0, Math.max(0, room)); room -= t.tokens.length }
    const said = list.filter((t) => t.tokens.length)
    const tokens = said.flatMap((t) => t.tokens)
    // A sign at the end of a word parts it from the next one.
    const { keys, gaps } = btFold.tokens(text, MOST)
    if (keys.length === tokens.length) tokens.forEach((t, i) => { t.gap = gaps[i] })
    const tail = tokens[tokens.length - 1]
    // A word that is still being typed stands for all words that begin with it.
    if (tail && !tail.strict && /[\p{L}\p{M}\p{N}]$/u.test(text) && !btFold.isCjk(tail.form)) tail.open = true

    const concepts = []
    for (let i = 0; i < said.length; ) {
      let take = 1, known = null
      for (let n = said.length - i; n >= 1 && !known; n--) {
        const run = said.slice(i, i + n)
        if (run.some((t) => t.strict)) continue
        const flat = run.flatMap((t) => t.tokens)
        known = (flat.length <= longest && book.get(keyOf(flat))) || null
        if (known) take = n
      }
      const typedWay = said.slice(i, i + take).flatMap((t) => t.tokens)
      for (const t of typedWay) t.typed = true
      const renamed = known ? others(known, names, keyOf(typedWay))
        : said[i].strict ? { zh: [], en: [] } : replaced(typedWay, names, book, longest)
      const one = take === 1 && said[i].text ? unhyphened(said[i].text, typedWay) : []
      renamed.zh.push(...one)
      renamed.en.push(...one)
      concepts.push({
        typed: typedWay,
        names: renamed,
        known: known ? [...known].filter(([, loose]) => !loose).map(([n]) => n) : [],
        idle: typedWay.every((t) => STOP.has(t.key)),
      })
      i += take
    }
    // "the pacing problem" must not fail for want of a "the".
    const needed = concepts.filter((c) => !c.idle)
    const used = needed.length ? needed : concepts
    const idle = needed.length ? concepts.filter((c) => c.idle).map((c) => c.typed) : []
    return {
      text, lang, tokens,
      fair: needed.length > 1 ? 560 : 0, // of several words, hits that have all of them
      concepts: used, idle,
      wholes: concepts.length > 1 ? { zh: wholes(concepts, "zh"), en: wholes(concepts, "en") } : null,
      strict: said.some((t) => t.strict),
      entries: used.length === 1 ? used[0].known.filter((n) => names[n][2]).map((n) => names[n]) : [],
    }
  }

  /* A term that is no name but holds some (AI治理): the same with other names in their place. */
  function replaced(typed, names, book, longest) {
    const out = { zh: [], en: [] }
    for (let i = 0; i < typed.length; i++)
      for (let n = Math.min(longest, typed.length - i); n > 0; n--) {
        if (n === typed.length) continue
        const known = book.get(keyOf(typed.slice(i, i + n)))
        if (!known) continue
        const other = others(known, names, keyOf(typed.slice(i, i + n)))
        for (const side of ["zh", "en"])
          for (const w of other[side]) if (out[side].length < 4) out[side].push([...typed.slice(0, i), ...w, ...typed.slice(i + n)])
        i += n - 1
        break
      }
    return out
  }

  /* The whole query as one way: as typed, and with one concept under another name. */
  function wholes(concepts, lang) {
    const out = [concepts.flatMap((c) => c.typed)]
    concepts.forEach((c, i) => {
      for (const w of c.names[lang]) if (out.length < 5) out.push(concepts.flatMap((d, k) => (k === i ? w : d.typed)))
    })
    return out
  }

  /* A query without spaces that is found nowhere as it stands, parted into the names it is made of
     (薛澜护栏); null when names do not make up most of it. */
  function parted(query, book) {
    const [only, ...rest] = query.concepts
    if (rest.length || only.known.length || !only.typed.some((t) => btFold.isCjk(t.form))) return null
    const { typed } = only, found = []
    let covered = 0
    for (let i = 0; i < typed.length; ) {
      let n = Math.min(book.longest, typed.length - i)
      while (n > 1 && !book.book.has(keyOf(typed.slice(i, i + n)))) n--
      if (n > 1) {
        const part = typed.slice(i, i + n), known = book.book.get(keyOf(part))
        found.push({ typed: part, names: others(known, book.names, keyOf(part)), known: [], idle: false })
        covered += n
      }
      i += n
    }
    return found.length > 1 && covered >= 0.7 * typed.length ? { ...query, concepts: found, wholes: null } : null
  }

  // What asks or joins in a Chinese query that is found nowhere as it stands, but not in 对话 or 和平.
  const GLUE = /什么是|是什么|什么叫|怎么样|怎么看|怎么|怎样|如何|为什么|为何|谁说了?|有哪些|哪些|哪个|有没有|是不是|不是|是否|[的了吗呢]|[和与及在](?![平会线])|是|对(?![话齐抗立])/gu

  /* A Chinese query without the words that ask and join: 什么是敏捷治理, 人工智能的风险; null if none is in it. */
  function loosened(query, lang, book) {
    if (query.strict || !query.tokens.some((t) => btFold.isCjk(t.form))) return null
    const text = query.text.replace(GLUE, "\n").replace(/[？?]/g, "").trim()
    // 的的 joins nothing, and of a single character is no telling what it was meant for.
    const pieces = text.split("\n")
    return pieces.every((p) => p.trim().length > 1) && text !== query.text.trim() ? parse(pieces.join(" "), lang, book) : null
  }

  /* The ways to say a concept in one language. */
  const ways = (concept, lang) => [concept.typed, ...concept.names[lang]]

  return { parse, parted, loosened, nameBook, ways }
})()
