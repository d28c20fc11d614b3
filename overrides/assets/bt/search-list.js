/* What the engine answers, as nodes and sentences: the same in the box and on the page of results.
   All text becomes text nodes; nothing here is read as markup. */
var btList = (() => {
  const site = new URL(bt.data.find.root + "/", location.href).href, zh = bt.data.lang !== "en"
  const LANG = { zh: "zh-Hans", en: "en" }
  const OTHER = { zh: "en", en: "zh" }
  const KEPT = 8 // searches remembered
  const say = btSay

  bt.action("find-empty", () => {
    bt.find.input.value = ""
    bt.find.input.dispatchEvent(new Event("input", { bubbles: true }))
    bt.find.input.focus()
  })

  const make = (tag, className, ...inside) => {
    const node = document.createElement(tag)
    if (className) node.className = className
    node.append(...inside.filter((one) => one !== null && one !== ""))
    return node
  }
  const marked = (parts) => parts.map(([text, mark]) => (mark ? make("mark", "", text) : text))
  const inLang = (node, lang) => { node.lang = LANG[lang]; return node }
  const short = (text) => { const all = [...text.trim()]; return all.length > 40 ? all.slice(0, 40).join("") + "…" : all.join("") }

  // --- a hit ----------------------------------------------------------------------------------------

  const words = (href) => new URL(href, site).searchParams.get("h") || ""

  /* The address of a hit, or of its twin, that carries the marks of both sides: `h` for the page that
     opens, `o` for the other, so that a switch of language keeps them. */
  function address(href, others) {
    const url = new URL(href, site)
    if (others) url.searchParams.set("o", others)
    return url.href
  }

  function aim(item) {
    const { hit, pair } = item.btHit
    const found = pair ? pair.text.filter(([, mark]) => mark).map(([text]) => text) : []
    const far = [...new Set(found)].slice(0, 6).join("|") || (hit.twin ? words(hit.twin) : "")
    item.btOwn.href = address(hit.href, far)
    if (!item.btTwin) return
    const url = new URL(address(hit.twin, words(hit.href)))
    if (far) url.searchParams.set("h", far)
    item.btTwin.href = url.href
  }

  /* One hit: who said it, when, where; the sentence; and below it the place of its pair, which is kept
     free so that nothing moves when the pair comes. `option`: it is an item of the box's list. */
  function hit(hit, { option, jump }) {
    const own = make("a", "bt-hit-own",
      make("span", "bt-hit-head", jump ? make("b", "bt-hit-jump", say.jump) : null,
        inLang(make("span", "bt-hit-title", ...marked(hit.title)), hit.lang), details(hit)),
      inLang(make("span", "bt-hit-text", ...marked(hit.text)), hit.lang))
    const item = make(option ? "div" : "li", "bt-hit bt-hit--" + hit.lang, own)
    Object.assign(item, { btOwn: own, btTwin: null, btHit: { hit, pair: null } })
    if (option) { own.tabIndex = -1; own.setAttribute("role", "option") }
    if (hit.twin) {
      const twin = (item.btTwin = make("a", "bt-hit-twin", make("span", "bt-hit-go", twinWords(hit))))
      twin.hreflang = LANG[OTHER[hit.lang]]
      if (hit.pairable) twin.classList.add("bt-hit-awaits")
      if (option) { twin.tabIndex = -1; twin.setAttribute("aria-hidden", "true"); own.setAttribute("aria-keyshortcuts", "ArrowRight") }
      item.append(twin)
    }
    aim(item)
    return item
  }

  const twinWords = (hit) => ((hit.lang === "zh") === zh ? say.twin : say.back) + " →"

  function details(hit) {
    const kind = hit.kind === "text" ? "" : say.kinds[hit.kind] || ""
    const parts = [kind && [kind], hit.speaker && (hit.named ? marked(hit.named) : [hit.speaker]), hit.date && [hit.date], hit.unit && [hit.unit]].filter(Boolean)
    return parts.length ? make("span", "bt-hit-meta", ...parts.flatMap((part, i) => (i ? [" · ", ...part] : part))) : null
  }

  /* A long sentence from a little before its first mark on. */
  function cut(parts) {
    const width = (text) => [...text].reduce((sum, char) => sum + (char > "\u2e7f" ? 2 : 1), 0)
    const at = parts.findIndex(([, mark]) => mark)
    let before = parts.slice(0, at).map(([text]) => text).join("")
    if (at < 1 || width(before) + width(parts[at][0]) <= 60) return parts
    while (width(before) > 24) before = before.slice(1)
    return [["…" + before.replace(/^[\udc00-\udfff]|^\w+(?=\s)/, ""), 0], ...parts.slice(at)]
  }

  /* The sentence of the other language that belongs to a hit's own. */
  function pair(item, pair, whole) {
    if (!item || !item.btTwin) return
    item.btHit.pair = pair
    const unsure = pair.doubtful ? Object.assign(make("span", "bt-hit-unsure", say.unsure), { lang: bt.data.lang }) : null
    const text = inLang(make("span", "bt-hit-text", unsure, ...marked(whole ? pair.text : cut(pair.text))), pair.lang)
    if (item.btOwn.id) {
      text.id = item.btOwn.id + "-pair"
      item.btOwn.setAttribute("aria-describedby", text.id)
    }
    item.btTwin.replaceChildren(text)
    item.btTwin.classList.remove("bt-hit-awaits")
    item.btTwin.classList.add("bt-hit-paired")
    aim(item)
  }

  // --- what is said ---------------------------------------------------------------------------------

  const count = (n, exact) => (exact === false ? n + "+" : String(n))
  /* The ways on, where nothing can be found: as they stand in the page for the case that no script comes. */
  const ways = () => [...bt.find.lost.querySelectorAll("a")].map((one) => [one.textContent, one.href])
  const link = ([name, href]) => Object.assign(make("a", "", name), { href })

  /* The sentence that says what the list alone cannot. */
  function summary(answer, limited) {
    const typed = short(answer.typed)
    const lost = (answer.failed || []).map((lang) => say.half[lang]).join(zh ? "" : " ")
    const others = answer.othersTotal || (answer.others || []).length
    const meant = short((answer.meant || []).join(say.join)), own = answer.total || (answer.hits || []).length
    const whole = {
      empty: () => "",
      failed: () => say[answer.why] || say.lost,
      partial: () => (meant ? say.guess : say.inPart)(typed, count(own || others, answer.exact), meant),
      none: () => (limited ? say.noneHere(typed) : say.none(typed)),
      found: () => {
        if (!own) return lost ? say.other(count(others, answer.exact)) + (zh ? "。" : ".") : say.only(typed)
        return (meant ? say.meant(typed, meant) : "") + (answer.exact === false ? say.least(own) : say.found(own)) + (others ? say.and(count(others, answer.exact)) : "") + (zh ? "。" : ".")
      },
    }[answer.state]()
    // Of a side whose files did not come nothing is known: nothing is said to be "not found" there.
    if (answer.state === "none" && lost && !others) return lost
    return lost && answer.state !== "failed" ? whole + (zh ? "" : " ") + lost : whole
  }

  /* What heads the hits that do not have all that was typed; "" for other hits. */
  const heading = ({ state, meant = [] }) => (state !== "partial" ? "" : meant.length ? say.guessed : say.partial)

  // --- what was searched for, on this device --------------------------------------------------------

  const recent = {
    list() {
      try { return JSON.parse(bt.load("asked") || "[]").filter((one) => typeof one === "string").slice(0, KEPT) } catch { return [] }
    },
    add(typed) {
      const text = typed.trim().slice(0, 200)
      if (text) bt.save("asked", JSON.stringify([text, ...recent.list().filter((one) => one !== text)].slice(0, KEPT)))
    },
    clear() { bt.forget("asked") },
  }

  return { say, make, link, ways, zh, hit, pair, summary, heading, recent, count, short, LANG, OTHER }
})()
