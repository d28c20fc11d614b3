/* Text -> the tokens that search compares. scripts/bitext/search/fold.py does exactly the same at
   build time; tests/search/fold.json holds both to it. */
var btFold = (() => {
  const CJK = /[\u3005\u3007\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\u{20000}-\u{3ffff}]/u
  const APOSTROPHE = /[‘’ʼ′`＇]/
  const simplified = new Map() // traditional -> simplified, as far as it was needed and fetched
  const chars = new Map() // character -> [folded, kind]; kind: "c" CJK, "l" letter, "n" digit, "'" or ""

  function learn(pairs) {
    const list = [...pairs]
    for (let i = 0; i + 1 < list.length; i += 2) simplified.set(list[i], list[i + 1])
    if (list.length) chars.clear()
  }

  function foldChar(char) {
    if (APOSTROPHE.test(char)) return "'"
    return char.normalize("NFKD").toLowerCase().replace(/[\p{Mn}\p{Cf}]/gu, "").normalize("NFC")
      .replace(/(?![0-9〇])\p{N}/gu, " ").replace(/./gsu, (c) => simplified.get(c) || c)
  }

  function kindOf(char) {
    return CJK.test(char) ? "c" : char >= "0" && char <= "9" ? "n" : char === "'" ? "'" : /\p{L}/u.test(char) ? "l" : ""
  }

  function look(char) {
    let known = chars.get(char)
    if (!known) chars.set(char, (known = [...foldChar(char)].map((c) => [c, kindOf(c)])))
    return known
  }

  const stems = new Map()
  function stem(word) {
    let known = stems.get(word)
    if (known === undefined) {
      if (stems.size > 50000) stems.clear()
      stems.set(word, (known = cut(word)))
    }
    return known
  }

  const SHORT = /^[^aeiouy]*[aeiouy][^aeiouywx]$/

  function cut(word) {
    let w = word.replace(/'s$/, "").replace(/'/g, "")
    if (w.length < 4 || !/^[a-z][\x00-\x7f]*$/.test(w)) return w
    // British and American endings, each written in one way.
    w = w.replace(/(?<=[a-z]{2})([iy])z(?=(?:e|ed|es|er|ers|ing|ation|ations|ational)$)/, "$1s")
      .replace(/(?<=[a-z]{2})our(?=(?:s|ed|ing|able|ite|ites|al|ally|hood|hoods)?$)/, "or").replace(/(?<=[a-z]{2})tre(?=s?$)/, "ter")
    if (/ie[sd]$/.test(w) && w.length > 4) return w.slice(0, -3) + "y"
    if (/(x|ch|sh|ss|zz|o)es$/.test(w)) w = w.slice(0, -2)
    else if (/s$/.test(w) && !/(ss|us|is|ias)$/.test(w)) w = w.slice(0, -1)
    if (/eed$/.test(w)) w = w.slice(0, -1)
    else {
      const base = /ed$/.test(w) ? w.slice(0, -2) : /ing$/.test(w) ? w.slice(0, -3) : ""
      if (base.length > 1 && /[aeiouy]/.test(base))
        w = base.length > 3 && /([^lsz])\1$/.test(base) ? base.slice(0, -1) : SHORT.test(base) ? base + "e" : base
    }
    if (/e$/.test(w) && w.length > 3 && !SHORT.test(w.slice(0, -1))) w = w.slice(0, -1)
    return /ll$/.test(w) && /[aeiouy][^aeiouy]+[aeiouy]/.test(w) ? w.slice(0, -1) : w
  }

  const HYPHEN = /^[-‐]$/
  // C++, C#, .NET: words with their signs, as long as they are, of which no letter and no digit follows.
  const SIGNED = [[/^[+＋]{2}/, "++"], [/^[#＃]/, "#"]], DOT_NET = /^[.．][nＮNｎ][eEＥｅ][tTＴｔ]/u
  const SIGNS = "+＋#＃", DOTS = ".．"
  const isHigh = (unit) => unit >= 0xd800 && unit < 0xdc00
  const isHan = (unit) => (unit >= 0x4e00 && unit < 0xa000) || (unit >= 0x3400 && unit < 0x4dc0)
  /* Where a run of plain letters ends that begins at a place. */
  function plainRun(text, at) {
    for (;; at++) {
      const code = text.charCodeAt(at) | 32 // capitals too; NaN | 32 is no letter
      if (code < 97 || code > 122) return at
    }
  }
  const isPlain = (char) => char !== undefined && look(char).some(([, k]) => k === "l" || k === "n")
  const ends = (text, at) => at >= text.length || !isPlain(String.fromCodePoint(text.codePointAt(at)))
  const STOPS = /[。！？；、!?;\n]/

  /* The tokens of a text: parallel lists of the key compared (`keys`), the folded form as written
     (`forms`), where each stands in the text (`from`, `to`) and what parts it from the one before
     (`gaps`: 0 spaces at most, 1 a sign, 2 a sign that ends a sentence or an item). `joined`: the
     place of the first of two words that a hyphen joins, or of two letters that a point does (U.S.) ->
     both as one, [key, form]; or null. */
  function tokens(text, limit = Infinity) {
    const out = { keys: [], forms: [], from: [], to: [], gaps: [], joined: null }
    let form = "", kind = "", from = 0, end = 0, gap = 0, sign = "", before = "", link = "", skip = 0, last
    const close = () => {
      if (form) {
        const word = form.endsWith("'") ? form.replace(/'+$/, "") : form
        out.keys.push(kind === "l" ? stem(word) : word)
        out.forms.push(word)
        out.from.push(from)
        out.to.push(end)
        out.gaps.push(gap)
        const n = out.forms.length - 2
        if (kind === "l" && (link === "-" || (link === "." && [...out.forms[n] + word].length === 2))) (out.joined ||= new Map()).set(n, [stem(out.forms[n] + word), out.forms[n] + word])
        before = kind
        gap = 0
        sign = ""
      }
      form = kind = ""
    }
    const begin = (c, k, at, to) => { form = c; kind = k; from = at; end = to; link = before !== "l" ? "" : HYPHEN.test(sign) ? "-" : sign }
    /* A word with its signs, as long as it is. */
    const signed = (word, at, to) => {
      form = word
      kind = "s"
      skip = end = to
      from = at
      close()
    }
    for (let at = 0; at < text.length && out.keys.length < limit; ) {
      const run = plainRun(text, at)
      if (run > at) { // most of English, and quickly read
        const word = text.slice(at, run).toLowerCase()
        if (kind === "l" && !form.endsWith("''")) { form += word; end = run } else { close(); begin(word, "l", at, run) }
        last = text[run - 1]
        at = run
        continue
      }
      if (isHan(text.charCodeAt(at))) { // most of Chinese: a token each, which has no other form but the simplified
        close()
        last = text[at]
        const han = simplified.get(last) || last
        begin(han, "c", at, ++at)
        continue
      }
      const char = isHigh(text.charCodeAt(at)) ? String.fromCodePoint(text.codePointAt(at)) : text[at], next = at + char.length
      if (kind === "l" && SIGNS.includes(char) && [...form].length === 1) {
        const found = SIGNED.find(([sign]) => sign.test(text.slice(at, at + 2)))
        if (found && ends(text, at + found[1].length)) {
          signed(form + found[1], from, at + found[1].length)
          last = char
          at = skip
          continue
        }
      }
      if (DOTS.includes(char) && DOT_NET.test(text.slice(at, at + 4)) && !isPlain(last) && ends(text, at + 4)) {
        close()
        link = ""
        signed(".net", at, at + 4)
        last = "t"
        at = skip
        continue
      }
      last = char
      for (const [c, k] of look(char)) {
        if (k === "'" && kind === "l") { form += c; continue }
        if (k && k === kind && k !== "c" && !form.endsWith("''")) { form += c; end = next; continue }
        close()
        if (k && k !== "'") begin(c, k, at, next)
        else sign += c
        if (!k && c !== " ") gap = Math.max(gap, STOPS.test(c) ? 2 : 1)
      }
      at = next
    }
    close()
    return out
  }

  /* A word as a pattern that matches it and nothing else (C++). */
  const literal = (word) => word.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&")

  return { tokens, stem, learn, literal, isCjk: (c) => CJK.test(c) }
})()
