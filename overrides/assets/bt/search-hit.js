/* Hits as data: what of the text is shown, which of it is marked, where it leads, and the sentence of
   the other language. All strings are plain text; the page writes them as text. */
var btHit = (() => {
  const ROOT = { zh: "", en: "en/" }
  const KINDS = { t: "text", n: "note", p: "person", g: "term", r: "record", s: "page" }
  const SENTENCE = 260 // half-widths of a sentence that is shown whole

  /* Marks that overlap, touch or have only spaces between them, joined. */
  function joined(text, marks) {
    const out = []
    for (const m of [...marks].sort((a, b) => a.from - b.from || b.to - a.to)) {
      const last = out[out.length - 1]
      if (last && (m.from <= last.to || !text.slice(last.to, m.from).trim())) last.to = Math.max(last.to, m.to)
      else out.push({ from: m.from, to: m.to })
    }
    return out
  }

  const FULL = { ",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）" }
  const HAN = "\\u3005\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}"
  const BEFORE = new RegExp(`[${HAN}，。、；：？！”’》」』）】…]$`, "u")
  const AFTER = new RegExp(`^(?:[${HAN}“‘《「『（【]|\\d+[${HAN}])`, "u")
  const NOT_HERE = new RegExp(`https?://[^\\s${HAN}]+|[\\w.+\\-]+@[\\w.\\-]+|\\d[:,]\\d`, "gu")
  const ANY_HAN = new RegExp(`[${HAN}]`, "u")

  /* The text with half-width marks at full width where the page writes them so, each in its place:
     scripts/bitext/pages/typography.py. */
  function typeset(text) {
    if (!/[,;:?!(]/.test(text) || !ANY_HAN.test(text)) return text
    const closed = [...text.matchAll(NOT_HERE)].map((m) => [m.index, m.index + m[0].length])
    const open = (i) => !closed.some(([a, b]) => i >= a && i < b)
    const beside = (a, b) => BEFORE.test(text.slice(Math.max(0, a - 2), a)) || AFTER.test(text.slice(b, b + 12))
    const wide = new Set()
    for (const m of text.matchAll(/[,;:?!]/g)) if (open(m.index) && beside(m.index, m.index + 1)) wide.add(m.index)
    for (const m of text.matchAll(/\(([^()\n]{1,80})\)/g)) {
      const end = m.index + m[0].length
      if (open(m.index) && (beside(m.index, end) || ANY_HAN.test(m[1]))) wide.add(m.index).add(end - 1)
    }
    return wide.size ? text.replace(/[,;:?!()]/g, (c, i) => (wide.has(i) ? FULL[c] : c)) : text
  }

  /* text[from:to] as pieces: [string, 1 if it is marked]. */
  function marked(shown, marks, from = 0, to = shown.length) {
    const out = []
    let at = from
    const say = (a, b, mark) => { if (b > a) out.push([shown.slice(a, b), mark]) }
    for (const m of joined(shown, marks)) {
      if (m.to <= from || m.from >= to) continue
      const a = Math.max(m.from, from), b = Math.min(m.to, to)
      say(at, a, 0)
      say(a, b, 1)
      at = b
    }
    say(at, to, 0)
    return out
  }

  const width = (char) => (char > "\u2e7f" ? 2 : 1)
  const splits = (text, i) => /[\ud800-\udbff]/.test(text[i - 1] || "") || (/\w/.test(text[i - 1] || "") && /\w/.test(text[i] || ""))

  /* Where a stretch of about `room` half-widths ends that goes from `at` on (step 1) or back (-1);
     no word and no character is cut in two. */
  function reach(text, at, room, step) {
    let i = at
    const more = () => (step > 0 ? i < text.length : i > 0)
    while (room > 0 && more()) {
      room -= width(text[step > 0 ? i : i - 1])
      i += step
    }
    for (let n = 0; n < 24 && more() && splits(text, i); n++) i += step
    return i
  }

  const fits = (text, a, b, room) => reach(text, a, room, 1) >= b

  /* The mark that tells most of a hit: of the whole query, of words as typed. */
  function ordered(marks) {
    const rank = (m) => (m.concept === -1 ? 1000 : 0) + (m.way ? 0 : 100) + m.q * 10 - m.from / 1e6
    return [...marks].sort((a, b) => rank(b) - rank(a))
  }

  /* The parts of the text that show every concept of the query: the sentence of the best mark, or what
     stands around it, and a short one for each concept that it does not hold. */
  function snippet(row, marks) {
    const text = row[2], order = ordered(marks), [main] = order
    const sentence = main && row[4] && sentences(row).find(([, b]) => main.from < b)
    let from = main && main.from > 60 ? reach(text, main.from, 48, -1) : 0
    let to = reach(text, main ? main.to : 0, Math.max(60, 200 - (main ? main.to - from : 0)), 1)
    if (sentence && main.to <= sentence[1] && fits(text, ...sentence, SENTENCE)) [from, to] = sentence
    const parts = [[from, to]]
    const within = (m) => parts.some(([a, b]) => m.from >= a && m.to <= b)
    const shown = new Set(order.filter(within).map((m) => m.concept))
    for (const m of shown.has(-1) ? [] : order) {
      if (shown.has(m.concept) || parts.length > 5) continue
      parts.push([reach(text, m.from, 20, -1), reach(text, m.to, 20, 1)])
      for (const o of order) if (within(o)) shown.add(o.concept)
    }
    return pieced(typeset(text), marks, parts.sort((a, b) => a[0] - b[0]))
  }

  function pieced(text, marks, parts) {
    const out = []
    let end = 0
    for (const [a, b] of parts) {
      if (a > end && text.slice(end, a).trim()) out.push(["…", 0])
      out.push(...marked(text, marks, Math.max(a, end), b))
      end = Math.max(end, b)
    }
    if (text.slice(end).trim()) out.push(["…", 0])
    return out
  }

  /* Where a row's sentences begin and end, and whether they are surely those of the other language. */
  function sentences(row) {
    let at = 0
    return (row[4] || []).map((length) => {
      const from = at
      at += length < 0 ? -length - 1 : length
      return [from, at, length >= 0]
    })
  }

  /* The words as they stand in the text: what the page marks when the hit is opened. */
  function surfaces(hit) {
    const words = new Map()
    const order = [...hit.marks].sort((a, b) => a.concept - b.concept || a.way - b.way || b.q - a.q)
    const phrase = order.some((m) => m.concept === -1)
    for (const m of order) {
      if (phrase && m.concept !== -1) continue
      const word = hit.row[2].slice(m.from, m.to)
      if (word.length <= 80) words.set(word, true)
      if (words.size === 6) break
    }
    return [...words.keys()].join("|")
  }

  /* The names of a query in a language, as they are written: what is marked on the other page. */
  function namesIn(query, lang) {
    const own = (c) => (btQuery.isHan(c.typed) === (lang === "zh") ? [c.typed] : [])
    const said = (w) => w.name || w.map((t) => t.form).join(lang === "zh" ? "" : " ")
    return [...new Set(query.concepts.flatMap((c) => [...own(c), ...c.names[lang]].slice(0, 4).map(said)))].slice(0, 6).join("|")
  }

  const address = (lang, block, id, words) => {
    const query = words ? "?" + new URLSearchParams({ h: words }) : "", place = id && encodeURIComponent(id)
    // A concept has a page of its own; of any other page a row is a place.
    return ROOT[lang] + block.u + (place && block.k === "g" ? place + "/" + query : query + (place && "#" + place))
  }

  /* What kind a hit's row is; the sources of an entry are a part of it. */
  const kindOf = ({ block, hit }) => (hit.row[3] && hit.row[3] !== "c" ? hit.row[3] : block.k)

  /* A hit as the page takes it. */
  function hit({ block, hit, twin }, query, lang) {
    const { row } = hit, kind = row[3] || block.k, id = hit.top ? (block.k === "t" ? "title" : "") : row[0]
    const other = btQuery.OTHER[lang], label = block.l[row[1]]
    // A page found by its title shows that title, not the name of its first row.
    const named = !hit.top && (block.k === "g" || (kind === "s" && label)), spoken = kind === "t" && !hit.top
    return {
      href: address(lang, block, id, surfaces(hit)),
      twin: twin === false ? "" : address(other, block, id, namesIn(query, other)),
      lang, kind: KINDS[hit.top ? block.k : kindOf({ block, hit })],
      title: named ? marked(label, hit.heads) : marked(typeset(block.t), hit.titles),
      speaker: spoken ? label : "",
      named: spoken && hit.heads.length ? marked(label, hit.heads) : null, // why a turn is a hit of which no word is
      date: block.d || "",
      unit: block.k === "t" && !hit.top ? row[0] : "",
      slug: block.k === "t" ? block.u.split("/")[1] : "",
      text: snippet(row, hit.marks),
      pairable: block.k === "t" && kind === "t" && !hit.top && twin !== false,
      also: also(hit, query),
    }
  }

  /* The names under which a hit was found, if not the typed ones. */
  function also(hit, query) {
    if (hit.marks.some((m) => m.way === 0) || !query.concepts.some((c) => c.known.length)) return []
    return [...new Set(hit.marks.map((m) => hit.row[2].slice(m.from, m.to)))].slice(0, 3)
  }

  return { hit, kindOf, pieced, sentences, ordered, fits, reach, typeset, marked }
})()
