"""The place survives: a paragraph stands where it stood after everything a reader may do."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engines.cells import ARTICLE, PANEL, VIEWS, Cell, Seen, Untried, other, unit
from engines.reader import HEIGHTS, Reader, Spot
from engines.served import EMPTY

LINK = ".bt-bar a.bt-lang"
GO = "(path) => { location.href = path }"
#: The first term in sight, followed as a link.
FOLLOW = """() => {
  const seen = (a) => { const box = a.getBoundingClientRect(); return box.height && box.top > 60 && box.bottom < innerHeight }
  const term = [...document.querySelectorAll('.bt-page .bt-u[id] a.bt-term')].find(seen)
  term.click()
}"""
SET = "(name) => document.querySelector(`[data-bt-set=${name}]`).click()"
VIEW = "() => document.documentElement.dataset.btView || 'single'"
SIZE = "() => !!document.querySelector('[data-bt-set=size]')"
PEEK = """(id) => { bt.tools(document.getElementById(id)).querySelector('.bt-peek').click() }"""
PEEKED = "() => [...document.querySelectorAll('.bt-peeked')].filter((n) => n.getClientRects().length).length"
#: More than a browser keeps.
PAGES_AWAY = 4
TERM = {PANEL: "s4p2", ARTICLE: "p2"}  # a paragraph with a term of the glossary


def switch(reader: Reader, cell: Cell, spot: Spot) -> None:
    reader.leaving(lambda: reader.click(LINK))


def reload(reader: Reader, cell: Cell, spot: Spot) -> None:
    reader.leaving(reader.engine.reload)


def back(reader: Reader, cell: Cell, spot: Spot) -> None:
    reader.leaving(lambda: reader.js(GO, "/about/"))
    reader.traverse(-1, cell.path)


def back_anew(reader: Reader, cell: Cell, spot: Spot) -> None:
    """Back to a page that the browser has not kept, as on a phone with little memory.

    Firefox does not keep a page that listens for `unload`, WebKit keeps the last two only.
    """
    reader.js("() => { window.kept = true; addEventListener('unload', () => {}) }")
    for n in range(PAGES_AWAY):
        reader.leaving(lambda n=n: reader.js(GO, f"{EMPTY}?{n}"))
    reader.js("(steps) => { setTimeout(() => history.go(steps)) }", -PAGES_AWAY)
    reader.arrived(cell.path)
    if reader.js("() => window.kept"):
        raise Untried("this browser keeps the page whatever it does")


def forward(reader: Reader, cell: Cell, spot: Spot) -> None:
    """The page was come to from another; back to that, and forward again."""
    before = reader.js("() => document.referrer && new URL(document.referrer).pathname")
    reader.traverse(-1, before)
    reader.traverse(1, cell.path)


def glossary(reader: Reader, cell: Cell, spot: Spot) -> None:
    reader.leaving(lambda: reader.js(FOLLOW))
    reader.traverse(-1, cell.path)


def switch_and_back(reader: Reader, cell: Cell, spot: Spot) -> None:
    switch(reader, cell, spot)
    reader.traverse(-1, cell.path)


def rotate(reader: Reader, cell: Cell, spot: Spot) -> None:
    reader.engine.resize(HEIGHTS[cell.width], cell.width)
    reader.calm()


def rotate_and_back(reader: Reader, cell: Cell, spot: Spot) -> None:
    rotate(reader, cell, spot)
    reader.engine.resize(cell.width, HEIGHTS[cell.width])
    reader.calm()


def narrower(reader: Reader, cell: Cell, spot: Spot) -> None:
    reader.engine.resize(cell.width - 60, HEIGHTS[cell.width])
    reader.calm()


def notes_off(reader: Reader, cell: Cell, spot: Spot) -> None:
    reader.js(SET, "notes")
    reader.calm()


def toggled(reader: Reader, cell: Cell, spot: Spot) -> None:
    """The other view and back, ten times: what is lost each time adds up."""
    for _ in range(10):
        before = reader.js(VIEW)
        reader.key("v")
        reader.until("(before) => (document.documentElement.dataset.btView || 'single') !== before && !('btWait' in document.documentElement.dataset)", before)  # fmt: skip
    reader.calm()


def other_view(reader: Reader, cell: Cell, spot: Spot) -> None:
    before = reader.js(VIEW)
    reader.key("v")
    reader.until("(before) => (document.documentElement.dataset.btView || 'single') !== before", before)  # fmt: skip
    reader.calm()


def peek_then_parallel(reader: Reader, cell: Cell, spot: Spot) -> None:
    """An open peek is closed by the parallel view, which has the twin anyway."""
    reader.js(PEEK, spot.id)
    reader.until(PEEKED)
    other_view(reader, cell, spot)
    if reader.js(PEEKED):
        raise AssertionError("the twin stands twice: the peek is still open in the parallel view")


def text_size(reader: Reader, cell: Cell, spot: Spot) -> None:
    if not reader.js(SIZE):
        raise Untried("no text sizes yet")
    reader.js("() => document.querySelectorAll('[data-bt-set=size]')[3].click()")
    reader.calm()


Action = Callable[[Reader, Cell, Spot], None]
EVERYWHERE: dict[str, Action] = {
    "reload": reload,
    "back": back,
    "back, page anew": back_anew,
    "forward": forward,
    "back from the glossary": glossary,
    "switch, back": switch_and_back,
    "rotate": rotate,
    "narrower": narrower,
    "notes off": notes_off,
    "other view": other_view,
}
ONCE: dict[str, Action] = {  # in single view only
    "rotate twice": rotate_and_back,
    "ten times parallel": toggled,
    "peek, then parallel": peek_then_parallel,
    "text size": text_size,
}
ACTIONS = EVERYWHERE | ONCE
#: Where the paragraph begins: at the reader's eye, where the site takes the place to be.
TOP = 150.0
#: A paragraph that begins in sight is held by its beginning, unless a sentence starts on the eye line itself.
#: Here the paragraph begins above that line, and its second and third lines stand on either side of it.
IN_SIGHT = 110.0
#: Both pages and both languages, half of what could be combined; the switch goes both ways.
PATHS = (PANEL, "/en" + ARTICLE)


def cells() -> Iterator[Cell]:
    for path in PATHS:
        for width in (390, 1280):
            for view in VIEWS:
                yield Cell("switch", "there and back", path, width, view)
                for action in EVERYWHERE:
                    yield Cell("place", action, path, width, view)
            for action in ONCE:
                yield Cell("place", action, path, width)
        for view in VIEWS:
            yield Cell("place", "rotate", path, 820, view)


def place(reader: Reader, cell: Cell) -> Seen:
    """The paragraph is where it was."""
    if cell.action == "forward":
        reader.fresh("/about/", cell.width)
        reader.leaving(lambda: reader.js(GO, cell.path + ("?view=parallel" if cell.view == "parallel" else "")))  # fmt: skip
    else:
        reader.fresh(cell.path, cell.width, cell.view)
    where = TERM[cell.page] if cell.action == "back from the glossary" else unit(cell)
    spot = reader.stand(where, TOP)
    try:
        ACTIONS[cell.action](reader, cell, spot)
    except AssertionError as fault:
        return Seen(reader.off(spot), wrong=str(fault))
    return Seen(reader.off(spot))


def switched(reader: Reader, cell: Cell) -> Seen:
    """The paragraph is where it was, in the other language, and again in the first."""
    reader.fresh(cell.path, cell.width, cell.view)
    worst, where = 0.0, cell.path
    tried = [unit(cell, nth) for nth in (0, 1, 1, 0)]
    for id_ in tried:
        spot = reader.stand(id_, IN_SIGHT)
        reader.leaving(lambda: reader.click(LINK))
        where = other(where)
        if (here := reader.js("() => location.pathname")) != where:
            return Seen(worst, wrong=f"the language link leads to {here}")
        off = reader.off(spot)
        worst = off if abs(off) > abs(worst) else worst
    return Seen(worst, many=len(tried))


def lands(reader: Reader, cell: Cell) -> Seen:
    """The language link leads to the twin page."""
    reader.fresh(cell.path, cell.width)
    reader.leaving(lambda: reader.click(LINK))
    here = reader.js("() => location.pathname")
    return Seen(wrong="" if here == other(cell.path) else f"the language link leads to {here}")
