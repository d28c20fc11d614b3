/* A date in any spelling -> the spellings in which the texts have it: 2026.6.7, June 7, 2026, 六月七日. */
var btDate = (() => {
  const DIGITS = "〇一二三四五六七八九"
  const COUNT = "[〇零○Ｏ一二三四五六七八九十廿\\d]"
  const HAN = new RegExp(`(?:(${COUNT}{4})\\s*年\\s*)?(?:(${COUNT}{1,3})\\s*月(?:份)?\\s*)?(?:(${COUNT}{1,3})\\s*[日号號])?`, "g")
  const YEAR = "((?:19|20)\\d\\d)", NUMBER = "(\\d{1,2})"

  /* A number in digits or in Chinese: 31, 三十一, 二〇二六; NaN if it is none. */
  function number(text) {
    const plain = text.normalize("NFKC").replace(/[零○O]/g, "〇").replace("廿", "二十")
    if (!plain.includes("十")) return Number([...plain].map((c) => (DIGITS.includes(c) ? DIGITS.indexOf(c) : c)).join(""))
    const [tens, ones] = plain.split("十").map((part) => (part ? DIGITS.indexOf(part) : -1))
    return (tens < 0 ? 1 : tens) * 10 + Math.max(0, ones)
  }

  const there = ({ year, month, day }) => (!month || (month > 0 && month < 13)) && (!day || (month && day > 0 && day < 32)) && (month || year) && (day || year)
  const dateOf = (year, month, day) => ({ year: year ? Number(year) : 0, month: month ? Number(month) : 0, day: day ? Number(day) : 0 })

  /* The dates that a text may mean which is nothing but a date: [{ year, month, day }], 0 for what is not
     said. `months`: the names of each month, the whole one last. */
  function read(typed, months) {
    const text = typed.trim().normalize("NFKC").replace(/^(?:on|in)\s+/i, "")
    const han = [...text.matchAll(HAN)].find((m) => m[0] && m[0] === text)
    if (han) return [{ year: han[1] ? number(han[1]) : 0, month: han[2] ? number(han[2]) : 0, day: han[3] ? number(han[3]) : 0 }].filter((d) => d.month && there(d))
    const whole = (pattern) => text.match(new RegExp(`^${pattern}$`, "i"))
    const first = whole(`${YEAR}([-/.\\s])${NUMBER}(?:\\2${NUMBER})?`), packed = whole(`${YEAR}(\\d\\d)(\\d\\d)`), last = whole(`${NUMBER}[-/.]${NUMBER}[-/.]${YEAR}`)
    if (first) return [dateOf(first[1], first[3], first[4])].filter(there)
    if (packed) return [dateOf(packed[1], packed[2], packed[3])].filter(there)
    // Which of two numbers is the month, no one can tell: both are looked for.
    if (last) return [[last[2], last[1]], [last[1], last[2]]].map(([month, day]) => dateOf(last[3], month, day)).filter(there).filter((d, i, all) => !i || d.month !== all[0].month)
    const name = `(${months.flat().sort((a, b) => b.length - a.length).join("|")})\\.?`, day = `${NUMBER}(?:st|nd|rd|th)?`
    const month = (said) => months.findIndex((names) => names.includes(said.toLowerCase())) + 1
    const before = whole(`${name}\\s*${day}(?:\\s*,?\\s*${YEAR})?`), behind = whole(`(?:the\\s+)?${day}\\s*(?:of\\s+)?${name}(?:\\s*,?\\s*${YEAR})?`), only = whole(`${name}\\s*,?\\s*${YEAR}`)
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

  /* A query that is nothing but a date, so that it finds the date in every spelling; null if it is none.
     `whole`: it says the day. */
  function dated(query, { months }) {
    const dates = months ? read(query.text, months) : []
    if (!dates.length) return null
    const all = dates.map((date) => spelled(date, months)), typed = query.tokens.map((t) => ({ ...t, open: false, typed: true }))
    const names = Object.fromEntries(["zh", "en"].map((lang) => [lang, all.flatMap((one) => [...one[lang], one.iso]).filter(Boolean).map((name) => btQuery.way(name))]))
    return { ...query, whole: dates.every((date) => date.day), concepts: [{ typed, names, known: [], idle: false }], idle: [], wholes: null, entries: [] }
  }

  return { read, spelled, dated }
})()
