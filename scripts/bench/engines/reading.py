"""What a reader uses beside the text: peek, a term's card, search; and how the page is set."""

from __future__ import annotations

from collections.abc import Iterator

from engines.cells import ARTICLE, LANGS, PANEL, TRANSCRIPTS, Cell, Seen, other, unit
from engines.reader import Reader

#: A paragraph as its own page has it.
OF_TWIN = """async (path, id) => {
  const page = new DOMParser().parseFromString(await (await fetch(path)).text(), 'text/html')
  return page.getElementById(id).textContent.replace(/\\s+/g, ' ').trim()
}"""
IN_PEEK = """(id) => {
  const box = document.querySelector(`[id="${id}"] ~ .bt-peeked`)
  if (!box) return null
  const copy = box.cloneNode(true)
  copy.querySelectorAll('.bt-cite').forEach((n) => n.remove())
  return copy.textContent.replace(/\\s+/g, ' ').trim()
}"""
NO_PEEK = "() => !document.querySelector('.bt-peeked')"
FOCUS_PEEK = "(id) => bt.tools(document.getElementById(id)).querySelector('.bt-peek').focus()"
NTH_PEEK = "(id) => [...document.querySelectorAll('.bt-peek')].filter((n) => n.getClientRects().length).indexOf(bt.tools(document.getElementById(id)).querySelector('.bt-peek'))"
#: The nth term in sight; nothing in closed details is.
TERMS = """const shut = 'details:not([open]) > :not(summary)'
  const seen = (n) => n.getClientRects().length && !n.closest(shut)
  const term = [...document.querySelectorAll('.bt-u[id] a.bt-term')].filter(seen)[nth]
"""
#: The term's card in the window, with words in it. The term before it has one too, when it has the focus.
CARD = "(nth) => { " + TERMS + """
  const card = document.querySelector('.bt-card')
  if (!card || term.getAttribute('aria-describedby') !== card.id) return ''
  const box = card.getBoundingClientRect()
  if (box.left < 0 || box.right > innerWidth || box.top < 0 || box.bottom > innerHeight) return 'outside the window'
  return card.innerText.length > 20 ? 'open' : 'empty'
}"""  # fmt: skip
TO_TERM = "(nth) => { " + TERMS + "term.scrollIntoView({ block: 'center', behavior: 'instant' }) }"
TERM_AT = "(nth) => { " + TERMS + """
  const box = term.getClientRects()[0]
  return [box.left + box.width / 2, box.top + box.height / 2]
}"""  # fmt: skip
#: Focus on what stands before the term in the order of Tab.
BEFORE_TERM = "(nth) => { " + TERMS + """
  const stops = [...document.querySelectorAll('a[href], button, summary, input, [tabindex="0"]')].filter((n) => seen(n) && n.tabIndex >= 0)
  stops[stops.indexOf(term) - 1].focus({ preventScroll: true })
}"""  # fmt: skip
ON_TERM = "(nth) => { " + TERMS + "return document.activeElement === term }"
ASK = """(query) => {
  const box = document.querySelector('.bt-find-form [type=search]')
  if (document.activeElement !== box) return false
  box.value = query
  box.dispatchEvent(new Event('input', { bubbles: true }))
  return true
}"""
ANSWERED = "(query) => document.querySelector('.bt-find-list').dataset.btDone === query"
LEADS = """(place, mark) => {
  const links = [...document.querySelectorAll('.bt-hit-own')]
  const nth = links.findIndex((a) => new URL(a.href).pathname === place && decodeURIComponent(a.hash) === mark)
  if (nth < 0) return null
  links[nth].dataset.wanted = ''
  return links[nth].querySelectorAll('mark').length
}"""
FOUND = """(id) => {
  const marks = [...document.getElementById(id).querySelectorAll('mark')]
  const box = marks[0]?.getBoundingClientRect()
  return marks.length && box.top > 0 && box.bottom < innerHeight ? marks.map((m) => m.textContent) : null
}"""
#: The width in em of each mark between two Han characters of the text, the worst of its kind.
MARKS = """() => {
  const han = /\\p{Script=Han}/u, worst = {}
  for (const unit of document.querySelectorAll('.bt-page .bt-u[id]')) {
    const walk = document.createTreeWalker(unit, NodeFilter.SHOW_TEXT)
    const chars = []
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (node.parentElement.closest('[lang=en]')) continue
      for (let i = 0; i < node.data.length; i++) chars.push([node, i])
    }
    const at = (n) => chars[n] ? chars[n][0].data[chars[n][1]] : ''
    chars.forEach(([node, i], n) => {
      const mark = node.data[i]
      if (!'，。、：；？！（）“”'.includes(mark)) return
      const open = '（“'.includes(mark), close = '）”'.includes(mark)
      if ((!close && !open && !(han.test(at(n - 1)) && han.test(at(n + 1)))) || (open && !han.test(at(n - 1))) || (close && !han.test(at(n + 1)))) return
      const range = document.createRange()
      range.setStart(node, i); range.setEnd(node, i + 1)
      const box = range.getBoundingClientRect()
      if (range.getClientRects().length !== 1) return
      const size = box.width / parseFloat(getComputedStyle(node.parentElement).fontSize)
      const next = document.createRange()
      if (chars[n + 1]) { next.setStart(chars[n + 1][0], chars[n + 1][1]); next.setEnd(chars[n + 1][0], chars[n + 1][1] + 1) }
      // a mark at the end of its line may be cut, as the rules of setting allow
      if (!chars[n + 1] || next.getBoundingClientRect().top > box.top + box.height / 2) return
      if (worst[mark] === undefined || size < worst[mark]) worst[mark] = size
    })
  }
  return worst
}"""
LINE_BELOW = "() => [...new Set([...document.querySelectorAll('.bt-u[id] a.bt-term')].map((a) => { const s = getComputedStyle(a); return s.textDecorationLine + ' ' + s.textDecorationStyle }))]"
SIDE = """() => {
  const box = document.querySelector('.bt-bar a.bt-lang').getBoundingClientRect()
  const wide = document.documentElement.scrollWidth
  return [wide - innerWidth, box.width ? Math.max(0, box.right - innerWidth, -box.left) : 999, innerWidth]
}"""
#: Of the terms in sight the second.
NTH_TERM = 1
QUERIES = ("敏捷治理", "agile governance")
#: Every kind of page.
KINDS = ("/", "/transcripts/", PANEL, ARTICLE, "/glossary/", "/how-to-read/", "/about/", "/contribute/", "/speakers/xue-lan/")  # fmt: skip


def cells() -> Iterator[Cell]:
    for path in (PANEL, "/en" + ARTICLE):
        for width in (390, 1280):
            for action in ("pointer", "key"):
                yield Cell("peek", action, path, width)
                yield Cell("card", action, path, width)
    for path in TRANSCRIPTS:
        yield Cell("set", "underline", path, 1280)
        if not path.startswith("/en"):
            yield Cell("set", "punctuation", path, 1280)
    for lang in LANGS:
        for query in QUERIES:
            for width in (390, 1280):
                yield Cell("search", query, lang + "/", width)
        for path in KINDS:
            yield Cell("sideways", "no scroll", lang + path, 320)
        for path in KINDS[:5]:
            for width in (390, 820):
                yield Cell("sideways", "no scroll", lang + path, width)
        yield Cell("link", "to the twin", lang + PANEL, 320)


def peek(reader: Reader, cell: Cell) -> Seen:
    """The twin opens below its paragraph and closes on Escape; the paragraph does not move."""
    reader.fresh(cell.path, cell.width)
    id_ = unit(cell)
    spot = reader.stand(id_, 200)
    if cell.action == "pointer":
        reader.click(".bt-peek", reader.js(NTH_PEEK, id_))
    else:
        reader.js(FOCUS_PEEK, id_)
        reader.key("Enter")
    shown = reader.until(IN_PEEK, id_)
    twin = reader.js(OF_TWIN, other(cell.path), id_)
    reader.key("Escape")
    reader.until(NO_PEEK)
    reader.calm()
    return Seen(reader.off(spot), wrong="" if shown == twin else f"the peek shows {shown[:40]!r}")


def card(reader: Reader, cell: Cell) -> Seen:
    """A term's card opens in the window; it closes on Escape, or when the pointer leaves. Nothing moves."""
    reader.fresh(cell.path, cell.width)
    reader.js(TO_TERM, NTH_TERM)
    reader.calm()
    spot = reader.here()
    if cell.action == "pointer":
        reader.engine.point(2, 400)
        reader.engine.point(*reader.js(TERM_AT, NTH_TERM))
    else:
        reader.js(BEFORE_TERM, NTH_TERM)
        reader.key("Tab")
        if not reader.js(ON_TERM, NTH_TERM):
            return Seen(wrong="Tab does not lead to the term")
    state = reader.until(CARD, NTH_TERM)
    off = reader.off(spot)
    if cell.action == "pointer":
        reader.engine.point(2, 400)  # Escape: a page that moved under the mouse would open it again
    else:
        reader.key("Escape")
    reader.until("() => !document.querySelector('.bt-card')")
    return Seen(off, wrong="" if state == "open" else f"the card is {state}")


def search(reader: Reader, cell: Cell) -> Seen:
    """The term is found in the page's language, and its hit leads to the marked words."""
    reader.fresh(cell.path, cell.width)
    reader.key("/")
    reader.until(ASK, cell.action)
    reader.until(ANSWERED, cell.action)
    marks = reader.js(LEADS, cell.lang + PANEL, "#s4p2")
    if not marks:
        return Seen(wrong="no hit leads to s4p2" if marks is None else "the hit has no marks")
    reader.leaving(lambda: reader.click("a[data-wanted]"))
    reader.until(FOUND, "s4p2")
    here = reader.js("() => location.pathname + location.search + location.hash")
    wanted = f"{cell.lang}{PANEL}#s4p2"
    return Seen(wrong="" if here == wanted else f"leads to {here}, not {wanted}")


def punctuation(reader: Reader) -> Seen:
    marks = reader.js(MARKS)
    if len(marks) < 5:
        return Seen(wrong=f"only {len(marks)} kinds of marks on the page: {''.join(marks)}")
    narrow = {mark: round(em, 2) for mark, em in marks.items() if em < 0.95}
    words = ", ".join(f"{mark} {em} em" for mark, em in narrow.items())
    return Seen(many=len(marks), wrong=f"not a full em wide: {words}" if narrow else "")


def set_(reader: Reader, cell: Cell) -> Seen:
    """Chinese punctuation is a full em wide; terms are underlined with dots."""
    reader.fresh(cell.path, cell.width)
    if cell.action == "punctuation":
        return punctuation(reader)
    lines = reader.js(LINE_BELOW)
    return Seen(wrong="" if lines == ["underline dotted"] else f"terms have {lines}")


def sideways(reader: Reader, cell: Cell) -> Seen:
    """No scroll sideways, and the language link stands within the window."""
    reader.fresh(cell.path, cell.width)
    more, out, wide = reader.js(SIDE)
    if wide != cell.width:
        return Seen(wrong=f"the window is {wide} px wide, not {cell.width}")
    return Seen(max(more, out), 0.5, f"scrolls {more} px, link {out:.0f} px out" if max(more, out) > 0.5 else "")  # fmt: skip
