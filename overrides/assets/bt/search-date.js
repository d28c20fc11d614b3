/* A date in any spelling -> the spellings in which the texts have it: 2026.6.7, June 7, 2026, 六月七日. */
var btDate = (() => {
  const DIGITS = "〇一二三四五六七八九"
  const COUNT = "[〇零○Ｏ一二三四五六七八九十廿\\d]"
  const HAN = new RegExp(`(?:(${COUNT}{4})\\s*年\\s*)?(?:(${COUNT}{1,3})\\s*月(?:份)?\\s*)?(?:(${COUNT}{1,3})\\s*[日号號])?`, "g")
  const YEAR = "((?:19|20)\\d\\d)", NUMBER = "(\\d{1,2})"
  const whole = (pattern) => new RegExp(`^${pattern}$`, "i")
  const NUMERIC = [`${YEAR}([-/.\\s])${NUMBER}(?:\\2${NUMBER})?`, `${YEAR}(\\d\\d)(\\d\\d)`, `${NUMBER}[-/.]${NUMBER}[-/.]${YEAR}`].map(whole)
  const LONGEST = 12 // tokens of a date: 二〇二六年十二月三十一日

  /* A number in digits or in Chinese: 31, 三十一, 二〇二六; NaN if it is none. */
  function number(text) {
    const plain = text.normalize("NFKC").replace(/[零○O]/g, "〇").replace("廿", "二十")
    if (!plain.includes("十")) return Number([...plain].map((c) => (DIGITS.includes(c) ? DIGITS.indexOf(c) : c)).join(""))
    const [tens, ones] = plain.split("十").map((part) => (part ? DIGITS.indexOf(part) : -1))
    return (tens < 0 ? 1 : tens) * 10 + Math.max(0, ones)
  }

  const there = ({ year, month, day }) => (!month || (month > 0 && month < 13)) && (!day || (month && day > 0 && day < 32)) && (month || year) && (day || year)
  const dateOf = (year, month, day) => ({ year: year ? Number(year) : 0, month: month ? Number(month) : 0, day: day ? Number(day) : 0 })

  /* The forms of a date in English; `months`: the names of each month, the whole one last. */
  const forms = new Map()
  function formsOf(months) {
    if (!forms.has(months)) {
      const name = `(${months.flat().sort((a, b) => b.length - a.length).join("|")})\\.?`, day = `${NUMBER}(?:st|nd|rd|th)?`
      forms.set(months, [`${name}\\s*${day}(?:\\s*,?\\s*${YEAR})?`, `(?:the\\s+)?${day}\\s*(?:of\\s+)?${name}(?:\\s*,?\\s*${YEAR})?`, `${name}\\s*,?\\s*${YEAR}`].map(whole))
    }
    return forms.get(months)
  }

  /* The dates that a text may mean which is nothing but a date: [{ year, month, day }], 0 for what is not
     said. */
  function read(typed, months) {
    const text = typed.trim().normalize("NFKC").replace(/^(?:on|in)\s+/i, "")
    const han = [...text.matchAll(HAN)].find((m) => m[0] && m[0] === text)
    if (han) return [{ year: han[1] ? number(han[1]) : 0, month: han[2] ? number(han[2]) : 0, day: han[3] ? number(han[3]) : 0 }].filter((d) => d.month && there(d))
    const [first, packed, last] = NUMERIC.map((form) => text.match(form))
    if (first) return [dateOf(first[1], first[3], first[4])].filter(there)
    if (packed) return [dateOf(packed[1], packed[2], packed[3])].filter(there)
    // Which of two numbers is the month, no one can tell: both are looked for.
    if (last) return [[last[2], last[1]], [last[1], last[2]]].map(([month, day]) => dateOf(last[3], month, day)).filter(there).filter((d, i, all) => !i || d.month !== all[0].month)
    const [before, behind, only] = formsOf(months).map((form) => text.match(form))
    const month = (said) => months.findIndex((names) => names.includes(said.toLowerCase())) + 1
    if (before) return [dateOf(before[3], month(before[1]), before[2])].filter(there)
    if (behind) return [dateOf(behind[3], month(behind[2]), behind[1])].filter(there)
    return only ? [dateOf(only[2], month(only[1]), 0)].filter(there) : []
  }

  /* How a date is written, by language, the usual way first. */
  function spelled({ year, month, day }, months) {
    const name = months[month - 1].slice(-1)[0], two = (n) => String(n).padStart(2, "0")
    const en = day ? [`${day} ${name}${year ? " " + year : ""}`, `${name} ${day}${year ? ", " + year : ""}`] : [`${name} ${year}`]
    return { zh: [(year ? year + "年" : "") + month + "月" + (day ? day + "日" : ""), ...en], en, iso: year && day ? `${year}-${two(month)}-${two(day)}` : "" }
  }

  /* A date as a concept, which is found in every spelling. */
  function concept(typed, dates, months) {
    const all = dates.map((date) => spelled(date, months))
    const names = Object.fromEntries(["zh", "en"].map((lang) => [lang, all.flatMap((one) => [...one[lang], one.iso]).filter(Boolean).map((name) => btQuery.way(name))]))
    return { typed: typed.map((t) => ({ ...t, open: false, typed: true })), names, known: [], idle: false }
  }

  /* The first and longest date in a text: [its beginning, its end, what it may mean]; null if there is none. */
  function within(text, months) {
    const { from, to } = btFold.tokens(text)
    for (let i = 0; i < from.length; i++) {
      for (let n = Math.min(LONGEST, from.length - i); n; n--) {
        const dates = read(text.slice(from[i], to[i + n - 1]), months)
        if (dates.length) return [from[i], to[i + n - 1], dates]
      }
    }
    return null
  }

  /* A query with its date in every spelling; null if it has none. `whole`: it is nothing but a date, and says the day. */
  function dated(query, book) {
    const { months } = book, { text, lang } = query
    const alone = months ? read(text, months) : []
    if (alone.length) return { ...query, whole: alone.every((date) => date.day), concepts: [concept(query.tokens, alone, months)], idle: [], wholes: null, entries: [] }
    const found = months && !query.strict && within(text, months)
    if (!found) return null
    const [from, to, dates] = found, rest = btQuery.parse(text.slice(0, from) + " " + text.slice(to), lang, book)
    return { ...query, concepts: [...rest.concepts, concept(btQuery.way(text.slice(from, to)), dates, months)], idle: rest.idle, wholes: null, entries: rest.entries }
  }

  return { read, spelled, dated }
})()
