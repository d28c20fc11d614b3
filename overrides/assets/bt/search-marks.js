/* The page was opened from a search hit: marks the words (?h=) in the unit that was opened. Only loaded
   then. The text stays what it was; the address loses the words. The words of the other language (?o=)
   wait for a switch of language, which takes both along and so keeps the marks. */
(() => {
  const url = new URL(location.href)
  const parted = (name) => (url.searchParams.get(name) || "").split("|").map((w) => w.trim()).filter(Boolean).slice(0, 12)
  const words = parted("h"), others = parted("o")
  const id = url.searchParams.get("at") || bt.named(url.hash)
  function place() {
    const target = id && document.getElementById(id)
    if (!target) return [document.querySelector("article.md-content__inner")]
    if (!/^H[1-6]$/.test(target.tagName)) return [target]
    const section = [target] // a heading stands for what follows it
    for (let next = target.nextElementSibling; next && !/^H[1-6]$/.test(next.tagName); next = next.nextElementSibling) section.push(next)
    return section
  }

  /* The element's text with white space as the index has it, and where each character comes from. */
  function read(element) {
    const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    let text = ""
    const from = []
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      [...node.data].reduce((at, char) => {
        const c = /\s/.test(char) ? " " : char
        if (c !== " " || !text.endsWith(" ")) {
          for (let i = 0; i < c.length; i++) from.push([node, at + i])
          text += c
        }
        return at + char.length
      }, 0)
    }
    return { text, from }
  }

  /* The page writes flattened punctuation at full width, the index has the source's marks. */
  const HALF = { "，": ",", "；": ";", "：": ":", "？": "?", "！": "!", "（": "(", "）": ")" }
  const plain = (text) => text.replace(/[，；：？！（）]/g, (c) => HALF[c])

  function mark(element, words) {
    const { text: shown, from } = read(element)
    const text = plain(shown)
    const low = text.toLowerCase(), same = low.length === text.length
    const spans = []
    for (const word of words) {
      const sought = plain(same ? word.toLowerCase() : word)
      for (let at = (same ? low : text).indexOf(sought); at >= 0; at = (same ? low : text).indexOf(sought, at + word.length)) spans.push([at, at + word.length])
    }
    const parts = new Map() // text node -> stretches of it
    for (const [a, b] of spans)
      for (let i = a; i < b; i++) {
        const [node, at] = from[i]
        const list = parts.get(node) || parts.set(node, []).get(node)
        const last = list.find((s) => s[1] === at)
        if (last) last[1] = at + 1
        else if (!list.some((s) => s[0] <= at && at < s[1])) list.push([at, at + 1])
      }
    for (const [node, list] of parts)
      for (const [a, b] of list.sort((x, y) => y[0] - x[0])) {
        const range = document.createRange()
        range.setStart(node, a)
        range.setEnd(node, b)
        const element = document.createElement("mark")
        element.className = "bt-found"
        range.surroundContents(element)
      }
    return spans.length
  }

  // A closed note opens when a hit leads into it.
  for (let node = id && document.getElementById(id); node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true
  place().filter(Boolean).forEach((element) => mark(element, words))
  /* The other language's text of the unit, where it is shown beside or below: now, or when it comes. */
  bt.markTwin = (unit, text) => { if (unit.id === id) mark(text, others) }
  for (let node = (id && document.getElementById(id)?.nextElementSibling) || null; node && !node.matches(".bt-u, .bt-tools"); node = node.nextElementSibling) {
    const text = node.matches(".bt-twin") ? node : node.querySelector(".bt-peek-text")
    if (text) mark(text, others)
  }
  for (const name of ["h", "o", "at"]) url.searchParams.delete(name)
  history.replaceState(history.state, "", url)
  /* The address of the twin page, with the marks: `at` is the unit, wherever the reader is by then. */
  bt.marked = (twin) => {
    for (const [name, list] of [["h", others], ["o", words]]) if (list.length) twin.searchParams.set(name, list.join("|"))
    if (others.length && id) twin.searchParams.set("at", id)
  }
})()
