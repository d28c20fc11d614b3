/* Hits -> the items that Material's box shows. All text is escaped; only <mark> and the few tags
   written here are markup. */
var btShow = (() => {
  const LANG = { zh: "zh-Hans", en: "en" }
  const ROOT = { zh: "", en: "en/" }
  const WORDS = {
    zh: { other: "英文文本里的结果", pair: "中文对应段落", glossary: "术语表" },
    en: { other: "In the Chinese texts", pair: "The same passage in English", glossary: "Glossary" },
  }
  const ENTITY = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" }
  const escape = (text) => text.replace(/[&<>"']/g, (c) => ENTITY[c])

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

  /* The places of half-width marks that the page writes at full width: scripts/bitext/pages/typography.py. */
  function flattened(text) {
    const out = new Set()
    if (!/[,;:?!(]/.test(text) || !ANY_HAN.test(text)) return out
    const closed = [...text.matchAll(NOT_HERE)].map((m) => [m.index, m.index + m[0].length])
    const open = (i) => !closed.some(([a, b]) => i >= a && i < b)
    const beside = (a, b) => BEFORE.test(text.slice(Math.max(0, a - 2), a)) || AFTER.test(text.slice(b, b + 12))
    for (const m of text.matchAll(/[,;:?!]/g)) if (open(m.index) && beside(m.index, m.index + 1)) out.add(m.index)
    for (const m of text.matchAll(/\(([^()\n]{1,80})\)/g)) {
      const end = m.index + m[0].length
      if (open(m.index) && (beside(m.index, end) || ANY_HAN.test(m[1]))) out.add(m.index).add(end - 1)
    }
    return out
  }

  function marked(text, marks, from = 0, to = text.length) {
    const wide = flattened(text)
    const plain = (a, b) => {
      let html = ""
      for (let i = a; i < b; i++) {
        if (!wide.has(i)) continue
        html += escape(text.slice(a, i)) + FULL[text[i]]
        a = i + 1
      }
      return html + escape(text.slice(a, b))
    }
    let html = "", at = from
    for (const m of joined(text, marks)) {
      if (m.to <= from || m.from >= to) continue
      const a = Math.max(m.from, from), b = Math.min(m.to, to)
      html += plain(at, a) + "<mark>" + plain(a, b) + "</mark>"
      at = b
    }
    return html + plain(at, to)
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

  /* The parts of the text that show every concept of the query, all marks in them marked: one around
     the best mark, and a short one for each concept that it does not hold. */
  function snippet(text, marks) {
    const rank = (m) => (m.concept === -1 ? 1000 : 0) + (m.way ? 0 : 100) + m.q * 10 - m.from / 1e6
    const order = [...marks].sort((a, b) => rank(b) - rank(a)), [main] = order
    const from = main && main.from > 60 ? reach(text, main.from, 48, -1) : 0
    const to = reach(text, main ? main.to : 0, Math.max(60, 200 - (main ? main.to - from : 0)), 1)
    const parts = [[from, to]]
    const within = (m) => parts.some(([a, b]) => m.from >= a && m.to <= b)
    const shown = new Set(order.filter(within).map((m) => m.concept))
    for (const m of shown.has(-1) ? [] : order) {
      if (shown.has(m.concept) || parts.length > 5) continue
      parts.push([reach(text, m.from, 20, -1), reach(text, m.to, 20, 1)])
      for (const o of order) if (within(o)) shown.add(o.concept)
    }
    parts.sort((a, b) => a[0] - b[0])
    let html = "", end = 0
    for (const [a, b] of parts) {
      if (a > end) html += "…"
      html += marked(text, marks, Math.max(a, end), b).trim()
      end = Math.max(end, b)
    }
    return html + (end < text.length ? "…" : "")
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

  const idOf = (block, hit, row = hit.row) => (hit.top ? (block.k === "tr" ? "title" : "") : row[0])

  function address(block, hit, lang, plain = false) {
    const id = idOf(block, hit)
    const query = new URLSearchParams()
    const words = surfaces(hit)
    if (words) query.set("h", words)
    if (plain && id) query.set("at", id)
    const search = query.toString()
    return ROOT[lang] + block.u + (search ? "?" + search : "") + (!plain && id ? "#" + encodeURIComponent(id) : "")
  }

  function heading(block, hit) {
    const label = block.l[hit.row[1]]
    const title = marked(block.t, hit.titles)
    return label && label !== block.t && !hit.top ? title + " · " + marked(label, hit.heads) : title
  }

  const inLang = (tag, lang, html, more = "") => `<${tag} lang="${LANG[lang]}"${more}>${html}</${tag}>`

  /* A html string of marked text -> [[text, marked]]. */
  const unescape = (html) => html.replace(/&(amp|lt|gt|quot|#39);/g, (m) => Object.keys(ENTITY).find((c) => ENTITY[c] === m))
  const parts = (html) => html.split(/(<mark>.*?<\/mark>)/).filter(Boolean).map((one) => (one.startsWith("<mark>") ? [unescape(one.slice(6, -7)), 1] : [unescape(one), 0]))
  const KIND = { tr: "text", gl: "term", te: "page", sp: "person" }

  function item({ block, hit }, lang, twin) {
    const words = surfaces(hit), slug = block.u.startsWith("transcripts/") ? block.u.split("/")[1] : ""
    const label = block.l[hit.row[1]]
    const id = idOf(block, hit)
    const other = lang === "zh" ? "en" : "zh"
    const id2 = twin ? idOf(block, hit, twin) : ""
    return {
      href: address(block, hit, lang), twin: twin ? ROOT[other] + block.u + (id2 ? "#" + encodeURIComponent(id2) : "") : "",
      lang, kind: hit.row[3] ? "note" : KIND[block.k] || "page", title: parts(marked(block.t, hit.titles)),
      speaker: block.k === "tr" && label && label !== block.t ? label : "", date: "", unit: block.k === "tr" ? id : "", slug,
      text: parts(snippet(hit.row[2], hit.marks)), pairable: Boolean(twin && block.k === "tr"), also: [], pair: twin ? [[twin[2], 0]] : null,
    }
  }

  return { item, escape, surfaces }
})()
