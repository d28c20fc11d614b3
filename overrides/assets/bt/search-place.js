/* What names a place -> its hits: an id (s4p2), an address of any page, a citation with or without one. */
var btPlace = (() => {
  const ID = "\\d+(?:[a-z]+\\d+)*[a-z]?" // of a unit, behind its first letters
  const UNIT = new RegExp(`^[a-z]+${ID}$`)
  const ADDRESS = /(?:^|\/)(transcripts|speakers|glossary)\/([a-z0-9-]+)\/?(?:\?[^\s#]*)?(?:#([\w-]+))?/
  const PAGE = /^(?:https?:\/\/\S+?|\/?(?:en)?)\/([a-z0-9-]+)\/?(?:\?[^\s#]*)?(?:#([\w-]+))?$/
  const BOTH = /^([a-z0-9]+(?:-[a-z0-9]+)+)(?:[\s/#·,:]+([a-z]\w*))?$/
  const CITES = /\[EB\/OL\]|edition \d|第\d+版/
  const AMONG = new RegExp(`(?<![\\w-])[a-z]{1,2}${ID}(?![\\w-])`, "gi") // an id among other words
  const SURE = /^[a-z]+\d+[a-z]+\d/ // an id that is nothing else
  const ONLY = /^(?:see|cf|ids?|no|unit|paragraph|edition|见|参见|编号|第|段|版|\d+)$/i // words beside an id that name nothing
  const SPOKEN = /第\s*(\d+)\s*轮\s*,?\s*第\s*(\d+)\s*段|\bturn (\d+),? paragraph (\d+)/i // an id, as it is read aloud
  const LEAST = 2 // words or characters of a title
  const MOST = 20 // blocks that are looked into for a title

  /* What was typed, as a place: { kind, slug, id }, or { titles, id } of a citation without
     address, { of, id } of a paragraph of somebody or of a title; or null. */
  function named(typed, here) {
    const spoken = typed.normalize("NFKC").replace(SPOKEN, (_, ...n) => ` s${n[0] || n[2]}p${n[1] || n[3]} `)
    const text = spoken.replace(/\b(s\d+)\s+(p\d+)\b/i, "$1$2").trim().replace(/^[#§]\s*/, "")
    const url = text.match(ADDRESS), page = text.match(PAGE), both = text.match(BOTH), among = [...text.matchAll(AMONG)].pop()
    if (url) return { kind: url[1], slug: url[2], id: url[3] || "" }
    if (both && (!both[2] || UNIT.test(both[2]))) return { kind: "transcripts", slug: both[1], id: both[2] || "" }
    if (page) return { kind: "", slug: page[1], id: page[2] || "" }
    const id = among ? among[0].toLowerCase() : ""
    if (!CITES.test(text)) {
      if (!among) return null
      const left = text.slice(0, among.index) + " " + text.slice(among.index + id.length)
      const of = left.split(/[^\p{L}\p{N}.·’'-]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word) && !ONLY.test(word)).join(" ")
      return of ? { of, id } : { kind: "transcripts", slug: here || "", id, loose: true }
    }
    const titles = text.split(/[“”"=[\]]|\.\s|\.$/).map((s) => s.replace(/[.。\s]+$/, "").trim())
    return { titles: titles.filter((s) => btFold.tokens(s).keys.length >= LEAST).sort((a, b) => b.length - a.length).slice(0, 4), id }
  }

  const KINDS = { transcripts: "t", speakers: "p", glossary: "g", "": "s" }
  const urlOf = ({ kind, slug }) => (kind === "glossary" ? "glossary/" : `${kind && kind + "/"}${slug}/`)

  /* The numbers of the blocks in which a place can be. */
  async function blocks({ start, ...from }, { kind, slug }) {
    if (start.blocks) return start.blocks.map((_, n) => n)
    const entry = start.names.find((name) => name[2] === slug && name[3] >= 0 && !!name[6] === (kind === "speakers"))
    if (entry && (kind === "speakers" || kind === "glossary")) return [entry[3]]
    return [...(await btSource.allowed({ start, ...from }, [kind === "transcripts" ? "i:" + slug : "k:" + KINDS[kind]]))]
  }

  /* The hits of a place in one language: one, or where only an id is known, one of each text that has it. */
  async function at(from, place) {
    if (!place.slug && !from.start.blocks) return []
    const found = [], { kind, slug, id } = place, held = kind === "glossary" ? slug : id
    for (const n of await blocks(from, place)) {
      const block = await btSource.block(from, n)
      if (block.k !== KINDS[kind] || (slug && block.u !== urlOf(place))) continue
      const i = block.r.findIndex((row) => row && (held ? row[0] === held || (kind === "transcripts" && row[0].startsWith(held + "p")) : kind !== "transcripts" || row[3] === "r"))
      if (i < 0 || found.some((h) => h.block.u === block.u)) continue
      found.push({ block, n, hit: { n: i, row: block.r[i], marks: [], heads: [], titles: [], top: !held, tier: 0 } })
      if (slug) break
    }
    return found
  }

  /* The text whose title a citation has; "" if none has. */
  async function cited(from, { titles }, lang) {
    for (const title of titles) {
      const query = btQuery.parse(title, lang, from.start.book), keys = btFold.tokens(title).keys.join(" ")
      const { all } = await btSource.candidates(from, query)
      for (const n of from.start.blocks ? all : all.slice(0, MOST)) {
        const block = await btSource.block(from, n)
        if (block.k === "t" && btFold.tokens(block.t).keys.join(" ") === keys) return block.u.split("/")[1]
      }
    }
    return ""
  }

  /* The paragraphs with an id in texts of which a title or a speaker was typed, of that speaker first. */
  async function ofWhom(from, { of, id }, lang) {
    const way = btQuery.parse(of, lang, from.start.book), found = new Map()
    const says = (text) => btRank.judge({ u: "", k: "t", t: text, l: [""], r: [["", 0, text]] }, way, from.lang).some((hit) => hit.tier < btRank.TIER.headed)
    const { all } = await btSource.candidates(from, way)
    for (const n of from.start.blocks ? all : all.slice(0, MOST)) {
      const block = await btSource.block(from, n), slug = block.k === "t" && block.u.split("/")[1]
      if (slug && !found.has(slug) && [block.t, ...block.l].some(says)) found.set(slug, await at(from, { kind: "transcripts", slug, id }))
    }
    const hits = [...found.values()].flat(), spoken = ({ block, hit }) => says(block.l[hit.row[1]])
    return [...hits.filter(spoken), ...hits.filter((hit) => !spoken(hit))]
  }

  /* The hits of what was typed, in each of some languages: [from, …] -> [hits, …]; null if it names no place there is. */
  async function find(sides, typed, here, lang) {
    const place = named(typed, here)
    if (!place) return null
    if (place.of) {
      const found = await Promise.all(sides.map((from) => ofWhom(from, place, lang)))
      if (found.some((list) => list.length)) return found
    }
    if (place.titles) for (const from of sides) place.slug ||= await cited(from, place, lang)
    if (place.of || place.titles) {
      if (!place.slug && !SURE.test(place.id)) return null
      place.kind = "transcripts"
    }
    for (const one of place.loose && here ? [place, { ...place, slug: "" }] : [place]) { // an id that this text has not may be another's
      const found = await Promise.all(sides.map((from) => at(from, one)))
      if (found.some((list) => list.length)) return found
    }
    return null
  }

  return { find, named }
})()
