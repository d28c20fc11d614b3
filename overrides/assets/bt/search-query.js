/* What was typed -> what is looked for.

   A query is a list of concepts. A concept is a list of ways to say it (`ways`), the typed one
   first, then the other names that the glossary, the people's list and the lists of words know for
   it. A way is a list of tokens that must stand side by side; between them punctuation and spaces do
   not count. */
var btQuery = (() => {
  const MOST = 64 // tokens; what is pasted beyond them adds nothing
  const LETTERS = 600 // of what is typed; a longer paste is told by its beginning
  const WAYS = 8 // of one concept in one language
  const QUOTED = /"([^"]+)"|“([^”]+)”|「([^」]+)」|『([^』]+)』|《([^》]+)》/g
  const JOIN = "\u0001"
  const OTHER = { zh: "en", en: "zh" }
  const PART = "part"
  const QUESTION = /^\s*(?:wh\w+|how|is|are|was|were|do|does|did|has|have|can|could|should|will)\s|[?？吗呢]\s*$|什么|谁|怎|如何|为何|哪|何时|多少/i
  const PINYIN = /^(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?[aeiouü]{1,3}(?:ng|n|r)?)+$/i // what may be a Chinese name
  const RUN = /^[a-z]+(?: [a-z]+){1,2}$/i // a term that may be typed without its spaces
  const SURNAMED = /^[\u3400-\u9fff]{2,4}$/ // a name in Chinese that begins with the family's

  /* All names, each under the tokens it consists of: key -> [which concept, how it is named].
     How: "" by a name of its own, PART by a family name, "zh" or "en" by one too general to be found in its stead. */
  function nameBook({ names, said }) {
    const book = new Map(), words = new Set(), pairs = new Map(), alike = new Map()
    const out = { names, book, words, pairs, alike, longest: 0, stop: new Set(said.stop.split(" ")), taught: null }
    out.titles = said.titles.split(" ").map((title) => btFold.tokens(title).keys.join(JOIN))
    const put = (map, name, value) => {
      const { keys } = btFold.tokens(name, MOST)
      if (!keys.length) return
      out.longest = Math.max(out.longest, keys.length)
      if (!map.has(keys.join(JOIN))) map.set(keys.join(JOIN), value())
      return map.get(keys.join(JOIN))
    }
    const enter = (list, n, how) => {
      for (const name of list) {
        const known = put(book, name, () => new Map())
        if (!known) continue
        btFold.tokens(name, MOST).keys.forEach((k) => words.add(k))
        if (!known.has(n)) known.set(n, how)
      }
    }
    names.forEach(([zh, en], n) => { enter(zh, n, ""); enter(en, n, "") })
    names.forEach(([, , , , zh, en], n) => { enter(zh, n, "zh"); enter(en, n, "en") })
    // A person goes by either order of the names, by initials, and by a part that no other person has.
    const parts = new Map()
    names.forEach(([zh, en, row, page, , , person], n) => {
      const words = (row && !person) || zh.includes(en[0]) || !en[0] ? [] : en[0].split(" ")
      if (row && !person) enter(en.filter((name) => RUN.test(name)).map((name) => name.replace(/ /g, "")), n, "")
      if (words.length < 2) return
      const turned = [...words].reverse(), both = words.length === 2 && words.every((word) => PINYIN.test(word))
      if (words.length === 2) enter([turned.join(" "), words.join(""), turned.join("")], n, "")
      if (row && page < 0) return // a body, which has no page
      for (const order of both ? [words, turned] : [words]) enter(shortened(order), n, "")
      // A family name leads to the person; of a given name there may be many, and some are words.
      words.forEach((word, i) => { if (word.length > 2) parts.set(word, parts.has(word) ? [] : [n, both || i === words.length - 1 ? PART : "en"]) })
    })
    for (const [word, [n, how]] of parts) if (how !== undefined) enter([word], n, how)
    /* General words: pairs of both languages, other spellings, and the words that ask. */
    out.teach = (general) => {
      for (const [zh, en] of general.pairs) {
        for (const name of zh) put(pairs, name, () => ({ zh: [], en: [] })).en.push(...en)
        for (const name of en) put(pairs, name, () => ({ zh: [], en: [] })).zh.push(...zh)
      }
      for (const [a, b] of general.alike) { put(alike, a, () => []).push(b); put(alike, b, () => []).push(a) }
      Object.assign(out, { ask: general.ask, asking: [...out.stop, ...general.asking.split("|")], months: general.months })
    }
    return out
  }

  /* A name with the given names as initials, before and behind: J. V. Montville, Montville J. V. */
  function shortened(words) {
    const family = words[words.length - 1], first = words.slice(0, -1).map((word) => word[0])
    return [[...first, family], [family, ...first], [first[0], family], [family, first[0]]].map((name) => name.join(" "))
  }

  /* The other ways to say what is known under this key, by language; null if nothing is. */
  function renamed(key, { names, book, pairs, alike }) {
    const known = book.get(key), pair = pairs.get(key), same = alike.get(key)
    if (!known && !pair && !same) return null
    const out = { zh: [], en: [] }, seen = { zh: new Set([key]), en: new Set([key]) }
    const add = (side, name) => {
      const w = way(name), k = keyOf(w)
      if (!w.length || seen[side].has(k)) return
      seen[side].add(k)
      w.name = name
      out[side].push(w)
    }
    for (const [n, how] of known || []) {
      const [zh, en, row, , looseZh, looseEn, person] = names[n]
      // The names of people, and abbreviations, stand in Latin letters in Chinese texts too.
      const latin = row && !person ? en.filter((name) => /^[A-Z]\w*[A-Z]\w*$/.test(name)) : en
      const lists = { zh: how === "en" ? [...zh, ...looseZh, ...latin] : [...zh, ...latin], en: how === "zh" ? [...en, ...looseEn] : en }
      // In the other language a person is also called by a part of the name.
      if (person && zh[0]) lists.zh.push(...zh[0].split("·").slice(-1).filter((part) => part.length > 2))
      for (const side of ["zh", "en"]) for (const name of lists[side]) add(side, name)
    }
    for (const name of same || []) {
      const k = keyOf(way(name)), more = book.get(k) && renamed(k, { names, book, pairs, alike: new Map() })
      add(/[\u3400-\u9fff]/.test(name) ? "zh" : "en", name)
      if (more) for (const side of ["zh", "en"]) for (const w of more[side]) if (out[side].length < WAYS) add(side, w.name)
    }
    if (pair) for (const side of ["zh", "en"]) for (const name of pair[side]) add(side, name)
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
  const isHan = (tokens) => tokens.some((t) => btFold.isCjk(t.form))

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

  function parse(typed, lang, book) {
    const text = typed.slice(0, LETTERS)
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
    // Letters in capitals are an abbreviation before they are a beginning.
    const capitals = tail?.open && /(?:^|[^\p{L}])\p{Lu}{2,}$/u.test(text)
    if (capitals) tail.capitals = true

    const concepts = []
    for (let i = 0; i < said.length; ) {
      let take = 1, found = null
      for (let n = said.length - i; n >= 1 && !found; n--) {
        const run = said.slice(i, i + n)
        if (run.some((t) => t.strict)) continue
        const flat = run.flatMap((t) => t.tokens)
        found = (flat.length <= book.longest && renamed(keyOf(flat), book)) || asOne(run, flat, book) || titled(flat, book)
        if (found) take = n
      }
      concepts.push(concept(said.slice(i, i + take), found, book))
      i += take
    }
    // "the pacing problem" must not fail for want of a "the".
    const needed = concepts.filter((c) => !c.idle)
    const used = needed.length ? needed : concepts
    // "and Xue" is a piece of a sentence, "who is Xue" asks for the person.
    const one = used.length === 1 && (concepts.length === 1 || !partOnly(used[0].typed, book) || asks(text))
    return {
      text, lang, tokens, concepts: used,
      idle: needed.length ? concepts.filter((c) => c.idle).map((c) => c.typed) : [],
      wholes: concepts.length > 1 ? { zh: wholes(concepts, "zh"), en: wholes(concepts, "en") } : null,
      strict: said.some((t) => t.strict),
      entries: one ? used[0].known.map((n) => book.names[n]).filter((n) => n[2] || n[6]) : [],
    }
  }

  /* Of which concepts these tokens are a name of their own. */
  const conceptsOf = (typed, { book }) => [...(book.get(keyOf(typed)) || [])].filter(([, how]) => !how || how === PART).map(([n]) => n)
  const partOnly = (typed, { book }) => [...(book.get(keyOf(typed)) || [])].some(([, how]) => how === PART)
  const asks = (text) => QUESTION.test(text)

  /* A name that was typed as two words (guard rail), or with a hyphen or points (A.I.), as `renamed` gives names. */
  function asOne(run, flat, book) {
    const [a, b] = flat, both = run.length === 2 && flat.length === 2 && together(a, b)
    const one = run.length === 1 ? unhyphened(run[0].text || "", flat)[0] : both && [both]
    const found = one && renamed(keyOf(one), book)
    if (!found) return null
    for (const side of ["zh", "en"]) found[side].unshift(one)
    return { ...found, one }
  }

  /* A person with a title (Mr Sanders, 桑德斯先生, 薛老师), as `renamed` gives names. */
  function titled(flat, book) {
    const persons = (key) => [...(book.book.get(key) || new Map()).keys()].filter((n) => book.names[n][6])
    for (const title of book.titles) {
      const size = title.split(JOIN).length
      for (const rest of flat.length > size ? [keyOf(flat.slice(0, size)) === title && flat.slice(size), keyOf(flat.slice(-size)) === title && flat.slice(0, -size)] : []) {
        if (!rest) continue
        let who = persons(keyOf(rest)), name = rest
        if (!who.length && isHan(rest)) {
          const begins = ([zh, , , , , , person]) => person && zh[0] && SURNAMED.test(zh[0]) && zh[0].startsWith(rest.map((t) => t.form).join("")) && zh[0].length > rest.length
          who = book.names.flatMap((one, n) => (begins(one) ? [n] : []))
          if (who.length === 1) name = way(book.names[who[0]][0][0])
        }
        if (who.length !== 1) continue
        const found = renamed(keyOf(name), book), plain = name.map((t) => ({ ...t, open: false }))
        found[isHan(name) ? "zh" : "en"].unshift(plain)
        return { ...found, persons: who }
      }
    }
    return null
  }

  function concept(terms, found, book) {
    const typed = terms.flatMap((t) => t.tokens), [only] = terms
    for (const t of typed) t.typed = true
    typed.named = !!found
    const names = found || (only.strict ? { zh: [], en: [] } : composed(typed, book))
    const one = terms.length === 1 && only.text && !found?.one ? unhyphened(only.text, typed) : []
    names.zh.push(...one)
    names.en.push(...one)
    const known = book.book.get(keyOf(typed))
    return {
      typed, names,
      known: only.strict ? [] : found?.persons || conceptsOf(found?.one || typed, book),
      idle: !known && typed.every((t) => book.stop.has(t.form)) && !only.strict && !/^\p{Lu}{2,}$/u.test(only.text), // US is no "us"
    }
  }

  /* The pieces of a run of tokens, the longest names first: [tokens, their other names or null]. */
  function pieces(typed, book) {
    const out = []
    for (let i = 0; i < typed.length; ) {
      let n = Math.min(book.longest, typed.length - i), found = null
      for (; n > 0 && !found; n--) found = n < typed.length || i ? renamed(keyOf(typed.slice(i, i + n)), book) : null
      const size = found ? n + 1 : 1, last = out[out.length - 1]
      if (!found && last && !last[1]) last[0].push(typed[i])
      else out.push([typed.slice(i, i + size), found])
      i += size
    }
    return out
  }

  /* A term that is no name but holds some (AI治理): the same with other names in their place. */
  function composed(typed, book) {
    const out = { zh: [], en: [] }, parts = pieces(typed, book)
    if (!parts.some(([, found]) => found)) return out
    for (const side of ["zh", "en"]) {
      // In the other script nothing may stay as it was typed.
      const choices = parts.map(([own, found]) => (found && found[side].length ? (isHan(own) === (side === "zh") ? [own, ...found[side]] : [...found[side], own]) : [own]))
      out[side] = product(choices).filter((w) => keyOf(w) !== keyOf(typed))
    }
    return out
  }

  /* Ways made of one choice each, those with few changes first. */
  function product(choices) {
    let out = [[[], 0]]
    for (const list of choices) {
      out = out.flatMap(([w, cost]) => list.slice(0, 3).map((c, i) => [[...w, ...c], cost + i])).sort((a, b) => a[1] - b[1]).slice(0, WAYS)
    }
    return out.map(([w]) => w)
  }

  /* The whole query as one way: as typed, with one concept under another name, with all, and with
     two words as one (guard rail). */
  function wholes(concepts, lang) {
    const out = [concepts.flatMap((c) => c.typed)], seen = new Set([keyOf(out[0])])
    const add = (w) => { if (out.length <= WAYS && !seen.has(keyOf(w))) { seen.add(keyOf(w)); out.push(w) } }
    concepts.forEach((c, i) => {
      const next = concepts[i + 1]
      if (next && c.typed.length === 1 && next.typed.length === 1) {
        const both = together(c.typed[0], next.typed[0])
        if (both) add(concepts.flatMap((d, k) => (k === i ? [both] : k === i + 1 ? [] : d.typed)))
      }
    })
    add(concepts.flatMap((c) => (isHan(c.typed) === (lang === "zh") ? c.typed : c.names[lang][0] || c.typed)))
    concepts.forEach((c, i) => {
      for (const w of c.names[lang].slice(0, 3)) add(concepts.flatMap((d, k) => (k === i ? w : d.typed)))
    })
    product(concepts.map((c) => [c.typed, ...c.names[lang]])).forEach(add)
    return out
  }

  /* Two words as one, or null. */
  function together(a, b) {
    const plain = (t) => /^[a-z]{2,}$/.test(t.form) && !t.strict
    return plain(a) && plain(b) ? { ...b, key: btFold.stem(a.form + b.form), form: a.form + b.form } : null
  }

  /* The ways to say a concept in one language. */
  const ways = (concept, lang) => [concept.typed, ...concept.names[lang]]

  /* The ways of each concept of a query, listed once. */
  function waysOf(query, lang) {
    const known = (listed.get(query) || listed.set(query, {}).get(query))
    return (known[lang] ||= query.concepts.map((c) => ways(c, lang)))
  }
  const listed = new WeakMap()

  return { parse, asks, way, pieces, conceptsOf, renamed, composed, nameBook, ways, waysOf, isHan, keyOf, together, OTHER }
})()
