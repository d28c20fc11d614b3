/* What a reader chose: hits of one speaker, year, kind or text, how many there are of each, and their
   order by date. Fetched for the page of results, and where the search is in one text. */
var btNarrow = (() => {
  const KIND = { text: "t", note: "n", person: "p", term: "g", record: "r", page: "s" }

  const speakerOf = (block, hit) => (block.k !== "t" || hit.row[3] || hit.top ? "" : (block.p && block.p[hit.row[1]]) || block.l[hit.row[1]])

  /* The filters of a reader that leave a hit out. */
  function against({ block, hit }, { speaker, year, kind, in: slug }) {
    return [
      speaker && speakerOf(block, hit) !== speaker && "speaker", year && !(block.d || "").startsWith(year) && "year",
      kind && KIND[kind] !== btHit.kindOf({ block, hit }) && "kind", slug && block.u !== `transcripts/${slug}/` && "in",
    ].filter(Boolean)
  }

  /* The keys under which the filters stand in the index. */
  const factsOf = ({ speaker, year, kind, in: slug }) => [speaker && "s:" + speaker, year && "y:" + year, kind && "k:" + KIND[kind], slug && "i:" + slug].filter(Boolean)

  /* How many hits there are by speaker, year, kind and text; each list counts what its own filter left
     out (`beside`), so that a reader sees what else could be chosen. */
  function facets(hits, beside) {
    const out = { speaker: new Map(), year: new Map(), kind: new Map(), in: new Map() }
    const name = Object.fromEntries(Object.entries(KIND).map(([k, v]) => [v, k]))
    const add = (map, key, label) => { if (key) (map.get(key) || map.set(key, [key, label, 0]).get(key))[2]++ }
    const count = {
      speaker: ({ block, hit }) => add(out.speaker, speakerOf(block, hit), block.l[hit.row[1]]),
      kind: (found) => add(out.kind, name[btHit.kindOf(found)]),
      year: ({ block }) => add(out.year, block.k === "t" && (block.d || "").slice(0, 4)),
      in: ({ block }) => add(out.in, block.k === "t" && block.u.split("/")[1], block.t),
    }
    for (const hit of hits) for (const key of Object.keys(count)) count[key](hit)
    for (const [key, hit] of beside) count[key](hit)
    const most = (map) => [...map.values()].sort((a, b) => b[2] - a[2])
    return {
      speaker: most(out.speaker), in: most(out.in), kind: most(out.kind).map(([k, , n]) => [k, n]),
      year: most(out.year).map(([y, , n]) => [y, n]).sort((a, b) => (a[0] < b[0] ? 1 : -1)),
    }
  }

  const byDate = (hits) => [...hits].sort((a, b) => (a.block.d || "") < (b.block.d || "") ? 1 : (a.block.d || "") > (b.block.d || "") ? -1 : 0)

  return { against, factsOf, facets, byDate }
})()
