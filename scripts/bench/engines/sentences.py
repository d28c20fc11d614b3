"""Sentence against sentence: the switch carries the sentence, and lighting its twin changes nothing.

The page gives, by `bt.sentences(unit)`, a range for each bead of a unit, or null where the page's
language has no sentence in that bead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engines.cells import ARTICLE, PANEL, TRANSCRIPTS, Cell, Seen, unit
from engines.place import LINK, PEEK, TOP
from engines.reader import Reader

#: [unit, bead] of every sentence of the page; a closed fold shows none.
BEADS = """() => [...document.querySelectorAll('.bt-page .bt-u[id]')].filter((u) => u.getClientRects().length && !u.closest('details:not([open])'))
  .flatMap((u) => Array.from(bt.sentences(u)).map((range, n) => range && range.getClientRects().length ? [u.id, n] : null)).filter(Boolean)"""
RANGE = "const range = bt.sentences(document.getElementById(id))[n]"
#: The top of the line on which the bead begins, and the height of a line; null where it has no sentence
#: here. Letters stand lower than their line begins, and by script at various heights: the unit's own top
#: is that of its first line, and the rest stand below it as their letters do.
LINE = "(id, n) => { " + RANGE + """
  const letter = (r) => [...r.getClientRects()].find((b) => b.width > 1)
  const unit = document.getElementById(id), whole = document.createRange()
  const box = range && !unit.closest('details:not([open])') && letter(range)
  if (!box) return null
  whole.selectNodeContents(unit)
  const line = parseFloat(getComputedStyle(unit).lineHeight)
  return [unit.getBoundingClientRect().top + box.top - letter(whole).top, line || box.height * 1.5]
}"""  # fmt: skip
UNNAMED = "() => { if (location.hash) history.replaceState(history.state, '', location.pathname + location.search) }"
#: With a wheel, as readers do: until one moves, the page brings them back to where they arrived.
TO_LINE = "(by) => { dispatchEvent(new Event('wheel')); scrollTo({ top: scrollY + by, behavior: 'instant' }) }"
MIDDLE = "(id, n) => { " + RANGE + """
  const box = [...range.getClientRects()].find((b) => b.width > 20)
  return [box.left + box.width / 2, box.top + box.height / 2]
}"""  # fmt: skip
#: Counts what is added or removed, and notes where everything stands.
WATCH = """() => {
  window.watched = { changed: 0, requests: performance.getEntriesByType('resource').length, tops: watchedTops() }
  function watchedTops() { return [...document.querySelectorAll('.bt-page > *')].map((n) => n.getBoundingClientRect().top) }
  window.watched.now = watchedTops
  new MutationObserver((list) => { watched.changed += list.filter((m) => m.type !== 'attributes').length })
    .observe(document.querySelector('.bt-page'), { childList: true, characterData: true, subtree: true })
}"""
#: Is a range of a twin lit, or where the browser has no custom highlights the twin's paragraph?
LIT = """(twin) => {
  if (!window.CSS || !CSS.highlights) return !!document.querySelector(`${twin}[class*=lit], ${twin} [class*=lit]`)
  for (const highlight of CSS.highlights.values())
    for (const range of highlight) if (range.startContainer.parentElement?.closest(twin)) return true
  return false
}"""
CHANGED = """() => {
  const now = watched.now()
  const moved = Math.max(...now.map((top, n) => Math.abs(top - (watched.tops[n] ?? 1e4))))
  return [watched.changed, moved, performance.getEntriesByType('resource').length - watched.requests]
}"""

#: Pages are scrolled by whole pixels.
ROUND = 1.0


def cells() -> Iterator[Cell]:
    for width in (390, 1280):
        for path in TRANSCRIPTS:
            yield Cell("sentences", "switch at 150", path, width)
        for path in (PANEL, "/en" + ARTICLE):
            yield Cell("light", "parallel", path, width, "parallel")
            yield Cell("light", "peek", path, width)


def shares(beads: Sequence[tuple[str, int]], first: bool) -> Sequence[tuple[str, int]]:
    """Of every four sentences two that follow one another: one is switched from each language."""
    return [bead for n, bead in enumerate(beads) if (n % 4 < 2) == first]


def switched(reader: Reader, cell: Cell) -> Seen:
    """A sentence at 150 px is off by at most one line after the switch.

    The next one is switched from the language that this led to. A page's cell tries half of its
    sentences, its twin's the other half; the halves change places with the width.
    """
    reader.fresh(cell.path, cell.width, cell.view)
    beads = [(str(id_), int(n)) for id_, n in reader.js(BEADS)]
    worst, most, where, tried = 0.0, 1.0, "", 0
    for id_, n in shares(beads, (cell.lang == "") == (cell.width < 800)):
        if not (now := reader.js(LINE, id_, n)):
            continue  # the language that we are in now has no sentence in this bead
        reader.js(UNNAMED)
        reader.js(TO_LINE, now[0] - TOP)
        before, line = reader.js(LINE, id_, n)
        reader.leaving(lambda: reader.click(LINK))
        if after := reader.js(LINE, id_, n):
            off, tried = after[0] - before, tried + 1
            most = max(most, line + ROUND, after[1] + ROUND)
            if abs(off) > abs(worst):
                worst, where = off, f"{id_}, sentence {n + 1}"
    if not tried:
        return Seen(wrong="no sentence has a twin")
    return Seen(worst, most, f"worst at {where}" if abs(worst) > most else "", tried)


def lit(reader: Reader, cell: Cell) -> Seen:
    """Pointing at a sentence lights its twin: nothing is added, moves or is fetched."""
    reader.fresh(cell.path, cell.width, cell.view)
    id_ = unit(cell)
    reader.stand(id_, 200)
    reader.until("() => !!bt.light")  # it is fetched when the page is first scrolled
    twin = f"[id='{id_}'] + .bt-twin"
    if cell.action == "peek":
        reader.js(PEEK, id_)
        reader.until("() => document.querySelector('.bt-peeked')?.getClientRects().length")
        twin = ".bt-peeked"
    reader.calm()
    reader.js(WATCH)
    x, y = reader.js(MIDDLE, id_, 0)
    reader.engine.point(2, 400)  # from elsewhere: a mouse that does not move points at nothing
    reader.engine.point(x, y)
    reader.until(LIT, twin)
    reader.calm()
    changed, moved, asked = reader.js(CHANGED)
    wrong = [f"{changed} elements changed"] * bool(changed) + [f"{asked} requests"] * bool(asked)
    return Seen(moved, 0.0, ", ".join(wrong))
