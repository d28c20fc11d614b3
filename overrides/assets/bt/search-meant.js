/* Words that may be meant by one with a slip. */
var btSlip = (() => {
  /* Whether two words differ by one letter: one wrong, missing or too many, or two in each other's place. */
  function oneOff(a, b) {
    if (a === b) return true
    let i = 0, j = 0
    while (a[i] !== undefined && a[i] === b[i]) i++
    while (j < a.length - i && j < b.length - i && a[a.length - 1 - j] === b[b.length - 1 - j]) j++
    const x = a.slice(i, a.length - j), y = b.slice(i, b.length - j)
    return Math.max(x.length, y.length) === 1 || (x.length === 2 && y.length === 2 && x[0] === y[1] && x[1] === y[0])
  }

  /* The same of two such moves at most, of words that begin alike: the first move is where they part. */
  function twoOff(a, b) {
    let i = 0
    while (i < a.length && a[i] === b[i]) i++
    const x = a.slice(i), y = b.slice(i)
    return i > 0 && (oneOff(x.slice(1), y) || oneOff(x, y.slice(1)) || oneOff(x.slice(1), y.slice(1))
      || (x[0] === y[1] && x[1] === y[0] && oneOff(x.slice(2), y.slice(2))))
  }

  /* The form of the word with this key that a typed word may be meant to be; "" if it may not. */
  function near(t, key, off = oneOff) {
    if (Math.abs(t.form.length - key.length) > 5) return ""
    const base = key.replace(/e$/, ""), twin = key[key.length - 1]
    const forms = [key, ...["e", "s", "es", "ed", "ing", "ings", twin + "ed", twin + "ing", twin + "e"].map((end) => base + end)]
    if (key.endsWith("y")) forms.push(key.slice(0, -1) + "ies", key.slice(0, -1) + "ied")
    return forms.find((form) => form.length > 2 && off(t.form, form)) || (key.length > 2 && off(t.key, key) ? key : "")
  }

  /* Whether two words begin alike, or with the same two letters in each other's place: few mistake a short
     word's first letter. */
  const begin = (a, b) => a[0] === b[0] || (a[0] === b[1] && a[1] === b[0])

  return { near, oneOff, twoOff, begin }
})()

/* Other ways to take what was typed: in the names it is made of, without what only asks, as a person's name
   with a slip. */
var btTaken = (() => {
  const TOKENS = 64 // of a text in which names are looked for
  const LEAST_NAME = { term: 4, person: 3 }, HAN_NAME = /^[\u3400-\u9fff]{3,}$/ // of a shorter name, one other character makes another
  const TOPICS = 3 // entries that are shown for a question

  const longestFirst = (list) => [...list].sort((a, b) => b.length - a.length).join("|")
  const anyOf = (list) => new RegExp(`(?<![\\p{L}'’-])(?:${longestFirst(list)})(?![\\p{L}'’-])|[?？]`, "giu")

  const JOINS = /^[的了吗呢呀吧和与及在是对\u0001]+$/ // says nothing by itself

  /* Finds the words that only ask; and what joins words, but not in 对话 or 和平. */
  const asking = (words) => new RegExp(longestFirst(words.split("|")) + "|[的了吗呢呀吧]|[和与及在](?![平会线])|是|(?<![二一半轨])对(?![话齐抗立])|[？?。]", "gu")

  /* Where names stand in a text, the longest: what asks or joins is part of them there (房间里的大象). */
  function called(text, book) {
    const { keys, from, to } = btFold.tokens(text, TOKENS), out = []
    const known = (key) => book.book.has(key) || book.alike.has(key) || book.pairs.has(key)
    for (let i = 0; i < keys.length; ) {
      let n = Math.min(book.longest, keys.length - i)
      while (n > 1 && !known(keys.slice(i, i + n).join("\u0001"))) n--
      if (n > 1) out.push([from[i], to[i + n - 1]])
      i += n
    }
    return out
  }

  /* A piece of a run, [its tokens, the names it has], as a concept. */
  const asConcept = (book) => ([own, found]) => ({ typed: Object.assign(own, { named: !!found }), names: found || { zh: [], en: [] }, known: found ? btQuery.conceptsOf(own, book) : [], idle: false })

  /* A query parted into what it is made of, in place of one run of Chinese: names (薛澜护栏), and what
     stands between them; null when there is nothing to part. */
  function parted(query, book) {
    let changed = false
    const concepts = query.concepts.flatMap((c) => {
      if (c.known.length || !btQuery.isHan(c.typed) || c.typed.some((t) => t.strict)) return [c]
      const parts = btQuery.pieces(c.typed, book)
      const said = ([own, found]) => found || (own.length > 1 && !JOINS.test(btQuery.keyOf(own)))
      if (parts.length < 2 || !parts.every(said)) return [c]
      changed = true
      return parts.map(asConcept(book))
    })
    return changed ? { ...query, concepts, wholes: null, entries: [] } : null
  }

  /* A query with the words of its runs one by one, where they are no entry's name (regulating AI); null where it has none. */
  function inWords(query, book) {
    const run = (c) => c.typed.length > 1 && c.typed.named && !c.known.length && !btQuery.isHan(c.typed) && !c.typed.some((t) => t.strict)
    if (!query.concepts.some(run)) return null
    const alone = (t) => ({ typed: [t], names: btQuery.renamed(t.key, book) || { zh: [], en: [] }, known: [], idle: false })
    return { ...query, concepts: query.concepts.flatMap((c) => (run(c) ? c.typed.filter((t) => !book.stop.has(t.form)).map(alone) : [c])), wholes: null, entries: [] }
  }

  /* A run that occurs nowhere as concepts: the names in it, and what stands between them. */
  const inNames = ({ typed }, book) => btQuery.pieces(typed, book).map(asConcept(book))

  /* The person who is meant by a name with one letter wrong (Xue Lang), as it is written; "" if none is. */
  function person(query, { names, book }) {
    const { tokens } = query
    if (query.strict || tokens.length < 2 || tokens.length > 4 || book.has(btQuery.keyOf(tokens)) || tokens.some((t) => btFold.isCjk(t.form))) return ""
    for (const [, en, , , , , isPerson] of names) {
      for (const name of isPerson ? en : []) {
        const { forms } = btFold.tokens(name)
        if (forms.length !== tokens.length) continue
        const other = forms.filter((form, i) => form !== tokens[i].form), at = forms.indexOf(other[0])
        if (other.length === 1 && other[0].length > 1 && btSlip.oneOff(tokens[at].form, other[0])) return name
      }
    }
    return ""
  }

  /* The name of an entry in Chinese that differs from what was typed in one character (能力建没); "" if none does. */
  function named({ text, strict }, { names }) {
    const typed = text.trim().replace(/·/g, "")
    if (strict || !HAN_NAME.test(typed)) return ""
    const alike = (name, least) => name.length >= least && HAN_NAME.test(name) && btSlip.oneOff(typed, name)
    for (const [zh, , term, , , , person] of names) {
      const found = (term || person) && zh.find((name) => alike(name.replace(/·/g, ""), person ? LEAST_NAME.person : LEAST_NAME.term))
      if (found) return found
    }
    return ""
  }

  /* What a question is about, as queries: the names in it that have an entry, terms or else persons; of
     names of which one is a part of another, the longer. */
  function topics(query, book) {
    const entries = (c) => c.known.map((n) => book.names[n]).filter((n) => n[2] || n[6]), person = (c) => entries(c).some((n) => n[6])
    const known = query.concepts.flatMap((c) => (c.known.length ? [c] : inNames(c, book))).filter((c) => entries(c).length)
    const terms = known.filter((c) => !person(c))
    return (terms.length ? terms : known).slice(0, TOPICS).map((c) => ({ ...query, concepts: [c], wholes: null, entries: entries(c) }))
  }

  /* A query without the words that ask and join: 什么是敏捷治理; null if none is in it. */
  function loosened(query, lang, book) {
    if (query.strict) return null
    const han = btQuery.isHan(query.tokens), asks = han ? asking(book.ask) : anyOf(book.asking)
    const held = called(query.text, book)
    const parts = query.text.replace(asks, (word, ...at) => {
      const from = at[at.length - 2], to = from + word.length
      return held.some(([a, b]) => a < to && from < b) ? word : " "
    })
    const pieces = parts.split(/\s+/).filter(Boolean), text = pieces.join(" ")
    if (!pieces.length || text === query.text.trim()) return null
    // 的的 joins nothing, and of a single character is no telling what it was meant for.
    const sure = !han || (!/[的了和与及在是对]{2}/.test(query.text) && pieces.every((piece) => piece.length > 1))
    return { ...btQuery.parse(text, lang, book), sure, said: han ? [...new Set(pieces)] : [text] }
  }

  /* Whether two readings of one query say it in the same ways. */
  const same = (a, b) => a.concepts.length === b.concepts.length && a.concepts.every((c, i) => ["zh", "en"].every((side) => c.names[side].length === b.concepts[i].names[side].length))

  return { parted, inNames, inWords, named, person, topics, same, loosened }
})()

/* A query that is found nowhere as it stands -> other readings of it, one after another: without the
   words that ask, parted into names, with slips mended, by its sound, and last in parts. */
var btMeant = (() => {
  const LAST = "\uffff"
  // Letters of a word in which a slip is looked for; from which it is one; and in which there may be two.
  const LEAST = 3, SURE = 6, LONG = 8
  const KIN = 6 // letters of a word of which others are looked for that begin alike
  // The share of a query, by weight, that a hit must have at least: where a name or a general word of
  // the field is in it, and where none is; and of a question, which is asked in other words than the texts have.
  const FLOOR = 0.45, FLOOR_UNKNOWN = 0.75, FLOOR_ASKED = 0.25
  const NAME = 1.5 // times as much as a word says a name that is no entry's, or a run
  const MOST_HEARD = 6 // characters of a name that is told by its sound
  const NEAR = 0.5, NEAR_BEST = 0.6 // of a name's letters, and of what the nearest has, that one shares which is offered
  const CLOSE = 0 // of a hit’s spread, in steps of twenty characters: words so near each other are meant together
  const FEW = 3 // hits of a question: with fewer, those with its words apart are shown too
  const MOST_MEANT = 6 // words that are said to be looked for instead

  // --- words -------------------------------------------------------------------------------------------

  function knownWords(start) {
    if (!start.words) {
      start.words = new Set()
      for (const b of start.blocks) {
        for (const key of btRank.prepare(b).words.keys) start.words.add(key)
      }
    }
    return start.words
  }

  const reversed = (text) => [...text].reverse().join("")

  /* Whether a word occurs in the library, or is a name's. */
  async function occurs(from, t) {
    const { start } = from, is = (key) => key === t.key || (t.open && !t.capitals && key.startsWith(t.form))
    if (start.book.words.has(t.key) || [...start.book.words].some(is)) return true
    return start.blocks ? [...knownWords(start)].some(is) : (await btSource.single(from, t)).size > 0
  }

  /* The words that are so far `off` a token, in one of whose `parts` there is no slip; the likelier ones first. */
  async function similar(from, t, parts, off) {
    const { start } = from
    let known
    if (start.blocks) known = [...knownWords(start)]
    else {
      // One of the two is right, wherever the slip is: the head, or the tail that all but touches it. Of
      // two slips, both are seldom at the ends.
      // A slip in a vowel can make a word of one syllable, which keeps its e: hnllside, for hillsid.
      const lows = ["<" + t.form.slice(0, Math.max(1, Math.floor((t.key.length - 1) / parts)))]
      for (const key of new Set([t.key, t.key.replace(/e$/, "")])) lows.push(">" + reversed(key).slice(0, Math.max(1, Math.ceil((key.length - 1) / parts))))
      const found = await Promise.all(lows.map((low) => btSource.range(from, "long", low, low + LAST, 6)))
      known = found.flat().map(([key]) => (key[0] === "<" ? key.slice(1) : reversed(key.slice(1))))
    }
    const { words } = start.book
    const fits = [...new Set([...words, ...known])].filter((key) => /^[a-z]+$/.test(key)).map((key) => [btSlip.near(t, key, off), words.has(key)])
      .filter(([form]) => form && (t.form.length >= SURE || btSlip.begin(t.form, form)))
    // People mistake the beginning of a word least, and a name of the library is what is asked for most.
    const cost = ([form, name]) => (form[0] === t.form[0] ? 0 : 4) + (name ? 0 : 1) + (form.length === t.form.length ? 0 : 0.5)
    return fits.sort((a, b) => cost(a) - cost(b)).map(([form]) => form).slice(0, 4)
  }

  // Endings by which English makes one word of another, as they stand in keys.
  const ENDINGS = ["", ..."able abl al ally anc ance ant ary at ation ative ator e enc ence ent er ful hood ial ian ible ic ical ied ier ing ion ism ist ity iv ive ivity ization isation iz is les ly ment nes or ory ous ship tion ty ur".split(" ")]
  /* What a word may be made of, its ending cut off. */
  const bases = (word) => ENDINGS.filter((end) => word.endsWith(end) && word.length - end.length > KIN - 2).map((end) => word.slice(0, word.length - end.length))

  /* The words that are made of the same as a token, with another ending: cooperation, for cooperate; not police, for policy. */
  async function kin(from, t) {
    if (t.key.length < KIN) return []
    const head = t.key.slice(0, Math.max(KIN - 1, t.key.length - 3))
    const keys = from.start.blocks ? [...knownWords(from.start)].filter((k) => k.startsWith(head))
      : (await btSource.range(from, "long", "<" + head, "<" + head + LAST, 2)).map(([k]) => k.slice(1))
    const own = new Set(bases(t.key))
    return keys.filter((k) => k !== t.key && /^[a-z]+$/.test(k) && bases(k).some((base) => own.has(base))).slice(0, 12)
  }

  /* A word in two where both stand side by side: cyber attack, for cyberattack; "" if they nowhere do. */
  async function inTwo(from, t) {
    for (let i = 3; i + 3 <= t.form.length; i++) {
      const parts = [t.form.slice(0, i), t.form.slice(i)]
      const way = parts.map((form) => ({ key: btFold.stem(form), form, gap: 0 }))
      if (await btSource.size(from, way)) return parts.join(" ")
    }
    return ""
  }

  /* Whether a word stands in a text just so, in these capitals. */
  const stands = (text, word) => new RegExp("(?:^|\\P{L})" + btFold.literal(word) + "(?!\\p{L})", "u").test(text)

  /* The query with words that occur in place of those that do not; null if there is nothing to mend. */
  async function mended(from, query) {
    const { tokens } = query
    let { text } = query, changed = false, sure = true
    const several = new Map(), slips = []
    const put = (was, now) => { text = text.replace(new RegExp(btFold.literal(was), "i"), now); changed = true }
    for (let i = 0; i < tokens.length; i++) {
      const t = tokens[i], next = tokens[i + 1]
      if (!/^[a-z]{2,}$/.test(t.form) || t.strict) continue
      const both = next && btQuery.together(t, next)
      if (both && (await occurs(from, { ...both, open: false }))) {
        text = text.replace(new RegExp(t.form + "[^a-z]+" + btFold.literal(next.form), "i"), both.form)
        changed = true
        i++
        continue
      }
      if (t.form.length < LEAST || from.start.book.stop.has(t.form) || (await occurs(from, t))) continue
      if (t.form.length < SURE && stands(query.text, t.form.toUpperCase())) continue // an abbreviation is no slip in a word (GPT, gets)
      const meant = (words) => {
        put(t.form, words[0])
        if (words.length > 1) several.set(words[0], new Set(words.map(btFold.stem)))
      }
      const words = await similar(from, t, 2, btSlip.oneOff)
      if (words.length) {
        meant(words)
        if (t.key.length < SURE) slips.push(t.form)
        // A name that the texts do not have is seldom a slip in another word (Homans, humans).
        sure = sure && (t.form.length >= SURE || tokens.length > 1) && !stands(query.text, t.form[0].toUpperCase() + t.form.slice(1))
        continue
      }
      const two = await inTwo(from, t)
      if (two) { put(t.form, two); continue }
      const alike = await kin(from, t)
      if (alike.length) { several.set(t.form, new Set(alike)); changed = true; sure = false; continue }
      const far = t.form.length < LONG ? [] : await similar(from, t, 3, btSlip.twoOff)
      if (far.length) { meant(far); sure = false }
    }
    if (!changed) return null
    const meant = btQuery.parse(text, query.lang, from.start.book)
    for (const t of meant.tokens) {
      t.open = false // what is mended is no beginning
      if (several.has(t.form)) t.near = several.get(t.form)
    }
    return { query: meant, sure, slips }
  }

  /* Whether each of some short words that were mended is one letter off a word that the first hits have:
     not "cable", of which "called" was made by way of its stem. */
  function borne(slips = [], hits) {
    const words = markedIn(hits).flatMap((run) => run.split(/[^a-z]+/))
    return slips.every((form) => words.some((word) => btSlip.oneOff(form, word)))
  }

  /* The query with each long word in its kindred forms too (cooperate, cooperation); null if it has none. */
  async function widened(from, query) {
    const wide = btQuery.parse(query.text, query.lang, from.start.book)
    const words = wide.tokens.filter((t) => /^[a-z]+$/.test(t.form) && !t.strict && !from.start.book.stop.has(t.form))
    const found = await Promise.all(words.map((t) => kin(from, t)))
    found.forEach((alike, i) => { if (alike.length) words[i].near = new Set([words[i].key, ...alike]) })
    return found.some((alike) => alike.length) && wide.concepts.length > 1 ? wide : null
  }

  // --- sounds ------------------------------------------------------------------------------------------

  const HAN = /[\u3400-\u9fff]/, INITIALS = 9 // letters: a name's first ones are fewer
  const SYLLABLE = "(?:[bpmfdtnlgkhjqxrzcsyw]h?)?[aeiouv]{1,3}(?:ng|n|r)?"
  const SYLLABLES = new RegExp(`^(?:${SYLLABLE}['’\\s]*)+$`, "i"), ALONE = new RegExp(`^${SYLLABLE}$`)

  /* Whether a text may be pinyin: a word of it is made of syllables, or all of it may be first letters. */
  const maySpell = (text) => /^[a-z'’\s]+$/.test(text) && (text.replace(/[^a-z]/g, "").length < INITIALS || text.split(/\s+/).some((word) => word.length > 2 && SYLLABLES.test(word)))

  /* The query with words of the library in place of what sounds like them: minjie zhili, 敏杰治理. */
  async function bySound(from, query) {
    if (query.strict) return null
    const latin = query.text.trim().toLowerCase().normalize("NFD").replace(/\p{Mn}/gu, "")
    if (maySpell(latin)) {
      const found = await spelled(from, latin)
      if (found) return { query: btQuery.parse(found, query.lang, from.start.book), sure: true }
    }
    if (!btQuery.isHan(query.tokens)) return null
    const sounds = await btSource.sounds()
    let text = "", changed = false, sure = true
    for (let rest = [...query.text]; rest.length; ) {
      let take = 1, word = rest[0]
      for (let n = Math.min(MOST_HEARD, rest.length); n > 1 && take === 1; n--) {
        const part = rest.slice(0, n)
        if (!part.every((c) => HAN.test(c))) continue
        const typed = part.join("")
        if (n < 3 && (await btSource.size(from, wayOf(typed)))) { take = n; word = typed; continue }
        const heard = await btSource.sounding(from, part.map((c) => sounds.get(c) || sounds.get(folded(c)) || "?").join(""))
        const same = heard.find((w) => [...w].length === n)
        if (heard.includes(typed)) { take = n; word = typed }
        else if (same) {
          take = n
          word = same
          changed = true
          sure = sure && from.start.book.book.has(btQuery.keyOf(wayOf(same))) // names are meant, other words may be
        }
      }
      text += word
      rest = rest.slice(take)
    }
    return changed ? { query: btQuery.parse(text, query.lang, from.start.book), sure } : null
  }

  const folded = (c) => btFold.tokens(c).forms[0]

  function wayOf(text) {
    const { keys, forms } = btFold.tokens(text)
    return keys.map((key, i) => ({ key, form: forms[i], gap: 0 }))
  }

  /* What a query in pinyin spells: a name, also by its first letters, or words; "" if it is none. */
  async function spelled(from, text) {
    const all = text.replace(/[^a-z]/g, "")
    const [whole] = await btSource.sounding(from, all)
    if (whole) return whole
    if (all.length > 1 && all.length < INITIALS) {
      const [name] = await btSource.sounding(from, "~" + all)
      if (name) return name
    }
    const words = []
    let heard = false
    for (const part of text.split(/\s+/).filter(Boolean)) {
      const found = await parts(from, part.replace(/[^a-z]/g, ""))
      if (found) heard = true
      else if (!from.start.book.words.has(btFold.stem(part))) return "" // AI stays as it is: AI jingsai
      words.push(...(found || [part]))
    }
    return heard ? words.join(" ") : ""
  }

  /* A run of pinyin as words of the library, the longest first; null if it is none. */
  async function parts(from, run) {
    const out = []
    for (let at = 0; at < run.length; ) {
      let found = "", end = Math.min(run.length, at + 24)
      for (; end - at > 2 && !found; end--) {
        if (!/[aeiouvngr]$/.test(run.slice(at, end))) continue
        ;[found] = await btSource.sounding(from, run.slice(at, end))
        found ||= ""
        if (found) break
      }
      if (!found) return null
      out.push(found)
      at = end
    }
    return out
  }

  // --- parts -------------------------------------------------------------------------------------------

  /* The query in the pieces that occur, each with its weight by rarity, and the weight that is lost; the share
     of the query that they are, and that which a hit must have (`floor`); null where nothing occurs. */
  async function partial(from, query) {
    if (query.strict) return null
    const count = from.start.blocks ? from.start.blocks.length : from.start.count
    const rare = (size) => Math.log(1 + count / (0.5 + size))
    const concepts = [], weights = []
    let lost = 0, known = false
    const take = async (c) => {
      const sizes = await Promise.all(btQuery.ways(c, from.lang).slice(0, 5).map((w) => btSource.size(from, w)))
      const size = Math.max(...sizes)
      if (!size) return false
      concepts.push(c)
      known = known || c.known.length > 0 || c.names.zh.length + c.names.en.length > 0
      // A name of the library says more than any word.
      weights.push(rare(size) * (c.known.length ? 2.5 : c.typed.length > 2 ? NAME : 1))
      return true
    }
    // A name that stands nowhere is not found by its words: the AI Act is not what says AI.
    const missed = (c) => c.typed.length > 1 && c.typed.named && (lost += NAME * rare(0))
    for (const c of query.concepts.slice(0, 12)) {
      if ((await take(whole(c))) || missed(c)) continue
      for (const part of c.typed.length > 1 && !c.typed.some((t) => t.strict) ? btTaken.inNames(c, from.start.book) : [c]) {
        if (part.typed.length < c.typed.length && (part.typed.length > 1 || part.known.length) && (await take(whole(part)))) continue
        if (missed(part)) continue
        if (part.typed.length > 1) lost += await inPieces(from, part.typed.slice(0, 24), take, rare)
        else lost += rare(0) * (btFold.isCjk(part.typed[0].form) ? 0.25 : said(query.text, part.typed[0]))
      }
    }
    const most = Math.max(0, ...weights)
    concepts.forEach((c, i) => { if (c.known.length) weights[i] = most }) // no other word says more than a name
    // What has the term or the person that was typed is a help, whatever else was asked of it.
    if (concepts.some((c) => c.known.some((n) => from.start.book.names[n][2]))) lost = Math.min(lost, most)
    const kept = weights.reduce((a, b) => a + b, 0)
    // Where every word of it occurs somewhere, half of it is a help.
    const floor = known || !lost ? FLOOR : FLOOR_UNKNOWN
    if (!kept) return null
    const entries = concepts.flatMap((c) => c.known.map((n) => from.start.book.names[n])).filter((n) => n[2])
    return { query: { ...query, concepts, weights, lost, wholes: null, entries }, floor, share: kept / (kept + lost) }
  }

  /* A concept of which nothing is still being typed: parts of words are not what is meant. */
  const whole = (c) => ({ ...c, typed: c.typed.map((t) => ({ ...t, open: false })) })

  /* How much a word that does not occur says: a short one little, an abbreviation in capitals all. */
  const said = (text, t) => (new RegExp("(?:^|\\W)" + btFold.literal(t.form.toUpperCase()) + "(?:\\W|$)").test(text) ? 1 : Math.min(1, t.form.length / 5))

  /* A run that occurs nowhere, in pairs that do, so that the fewest characters are left; their weight. */
  async function inPieces(from, run, take, rare) {
    const held = await Promise.all(run.slice(1).map((_, i) => btSource.size(from, [run[i], run[i + 1]].map((t) => ({ ...t, open: false })))))
    const best = [[0, null]] // by place: characters lost up to it, and the piece that ends there
    for (let i = 1; i <= run.length; i++) {
      best[i] = [best[i - 1][0] + 1, null]
      if (i > 1 && held[i - 2] && best[i - 2][0] + 0.1 < best[i][0]) best[i] = [best[i - 2][0] + 0.1, i - 2]
    }
    const found = []
    for (let i = run.length; i > 0; ) {
      const [, start] = best[i]
      if (start !== null) { found.unshift(run.slice(start, i)); i = start } else i--
    }
    for (const typed of found) await take({ typed: typed.map((t) => ({ ...t, open: false })), names: { zh: [], en: [] }, known: [], idle: false })
    return rare(0) * 0.5 * Math.floor(best[run.length][0])
  }

  /* The readings of a query that found nothing, each when it is asked for: { query, meant, floor }; of one that
     `asks`, last one with less of it.
     `meant`: the words that are looked for instead, true where the first hits say it. */
  async function* readings(from, query, book, asks) {
    const loose = btTaken.loosened(query, query.lang, book)
    if (loose && loose.sure) {
      const meant = loose.said.slice(0, MOST_MEANT)
      yield { query: loose, meant, asks: true }
      const both = btTaken.parted(loose, book)
      if (both) yield { query: both, meant, asks: true }
    }
    const parted = btTaken.parted(query, book)
    if (parted) yield { query: parted, meant: [...new Set(parted.concepts.map((c) => c.typed.map((t) => t.form).join("")))].slice(0, MOST_MEANT), apart: parted.concepts.some((c) => !c.known.length) }
    if (query.strict) return
    const left = loose || query
    const words = await mended(from, left)
    // What reads as pinyin is that before it is a slip in a short word; syllable by syllable it is nothing else.
    const syllables = left.tokens.length > 1 && left.tokens.every((t) => ALONE.test(t.form))
    const heard = async () => (words && words.sure && !syllables ? null : bySound(from, left))
    const pinyin = SYLLABLES.test(left.text.trim()) ? await heard() : null
    for (const found of [pinyin, words, pinyin ? null : await heard()]) {
      if (!found) continue
      const { sure, slips } = found
      yield { query: found.query, meant: true, unsure: !sure, slips }
      const both = btTaken.parted(found.query, book)
      if (both) yield { query: both, meant: true, unsure: !sure, slips }
    }
    const name = btTaken.named(left, book)
    if (name) yield { query: btQuery.parse(name, left.lang, book), meant: [name], unsure: true }
    const wide = await widened(from, left)
    if (wide) yield { query: wide, meant: true, unsure: true }
    const whole = words ? words.query : left
    const some = await partial(from, btTaken.parted(whole, book) || whole)
    for (const floor of some ? [some.floor, ...(asks ? [FLOOR_ASKED] : [])] : []) if (some.share >= floor) yield { ...some, floor }
  }

  /* The same hits, and where a run of names (中美合作) is seldom found as one, those that have its parts. */
  async function apart(from, query, enough, result, attempt) {
    const parts = result.hits.length && result.hits.length < enough.hits && (btTaken.parted(query, from.start.book) || btTaken.inWords(query, from.start.book))
    if (!parts) return result
    return following(result, await attempt(from, parts, enough))
  }

  /* Two lists of hits, one behind the other, each hit once. */
  function following(first, more) {
    const has = ({ n, hit }) => first.hits.some((h) => h.n === n && h.hit.n === hit.n)
    return { ...first, more: first.more || more.more, hits: [...first.hits, ...more.hits.filter((h) => !has(h))] }
  }

  /* What is found of a query beyond its `first` hits: under general words, as its parts, by another of its
     readings; `attempt` looks for one, and `early` is told what it found so far. */
  async function further(from, query, enough, first, asks, attempt, early) {
    await btSource.general(from)
    const { book } = from.start, again = btQuery.parse(query.text, query.lang, book)
    if (!btTaken.same(query, again)) first = await attempt(from, (query = again), enough)
    const result = await apart(from, query, enough, first, attempt), scattered = btRank.scattered(result.hits)
    const name = scattered && btTaken.person(query, book)
    if (name) {
      const found = await attempt(from, btQuery.parse(name, query.lang, book), enough)
      if (found.hits.length) return { ...found, meant: [name] }
    }
    if (result.hits.length) return asks ? led(from, query, enough, await asked(from, query, enough, result, attempt), attempt) : result
    for await (const reading of readings(from, query, book, asks)) {
      const told = (hits) => ({ meant: meantWords({ hits }, reading.meant), some: !!(reading.floor || reading.unsure || !borne(reading.slips, hits) || (reading.apart && hits[0]?.hit.rank[btRank.SPREAD] > CLOSE)) })
      let found = await attempt(from, reading.query, enough, reading.floor, early && ((hits, q) => early(hits, q, told(hits))))
      if (!found.hits.length) continue
      if (reading.asks) found = await led(from, reading.query, enough, await loosely(from, reading.query, enough, found, attempt), attempt, true)
      return { ...found, ...told(found.hits) }
    }
    return result
  }

  /* The hits of a question as it was typed, and where they are few, those of what it is about. */
  async function asked(from, query, enough, result, attempt) {
    const loose = result.hits.length < FEW && btTaken.loosened(query, query.lang, from.start.book)
    return loose && loose.sure ? following(result, await attempt(from, loose, enough)) : result
  }

  /* What is found of a question, and of a Chinese one that is found very seldom, the hits that have its words apart (避免重罚). */
  async function loosely(from, query, enough, result, attempt) {
    const [c] = query.concepts, concepts = []
    if (result.hits.length >= FEW || query.concepts.length > 1 || !btQuery.isHan(c.typed) || c.typed.length < 4 || c.typed.named) return result
    const lost = await inPieces(from, c.typed.slice(0, 24), async (part) => concepts.push(part), () => 1)
    return lost || concepts.length < 2 ? result : following(result, await attempt(from, { ...query, concepts, wholes: null, entries: [] }, enough))
  }

  /* What is found of a question; where its words stand far apart, the entries of what it is about: first, or
     of another reading only before the pages about the site. */
  async function led(from, query, enough, result, attempt, later = false) {
    if (!btRank.scattered(result.hits)) return result
    const found = await Promise.all(btTaken.topics(query, from.start.book).map((topic) => attempt(from, topic, enough)))
    const entries = found.flatMap(({ hits }) => hits.filter((h) => h.hit.tier === btRank.TIER.entry).map((h) => ({ ...h, hit: { ...h.hit, exact: false } })))
    const first = later ? result.hits.filter((h) => !h.hit.rank[btRank.LATE]) : []
    return following({ ...result, hits: first }, following({ ...result, hits: entries }, result))
  }

  /* What was looked for instead: the parts of a question, or the words found for mistyped ones, as
     they stand in the first hits. */
  function meantWords({ hits }, meant) {
    if (!meant || meant !== true) return meant || []
    return [...new Set(markedIn(hits))].slice(0, 2)
  }

  /* What is marked in the first hits, as it stands there. */
  const markedIn = (hits) => hits.slice(0, 3).flatMap((h) => h.hit.marks.map((m) => h.hit.row[2].slice(m.from, m.to).toLowerCase()))

  const known = new Map() // name -> its parts
  /* The names that share most with a query that found nothing. */
  function nearest(query, start, lang) {
    const parts = (keys) => new Set(keys.flatMap((k) => (btFold.isCjk(k) ? [k] : Array.from({ length: Math.max(1, k.length - 1) }, (_, i) => k.slice(i, i + 2)))))
    const asked = parts(query.tokens.map((t) => t.key))
    const alike = (name) => {
      const own = known.get(name) || known.set(name, parts(btFold.tokens(name).keys)).get(name)
      return (2 * [...own].filter((p) => asked.has(p)).length) / (own.size + asked.size)
    }
    const list = start.names.filter((n) => n[2]).map((n) => [Math.max(...[...n[0], ...n[1]].map(alike)), n[lang === "zh" ? 0 : 1][0]]).sort((a, b) => b[0] - a[0])
    return list.filter(([s]) => s >= NEAR && s >= NEAR_BEST * list[0][0]).slice(0, 3).map(([, name]) => name)
  }

  return { further, nearest }
})()
