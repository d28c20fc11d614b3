"""A reader in any engine: opens pages, points, presses, looks where a paragraph stands."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from engines.engine import Engine, until
from engines.served import EMPTY

HEIGHTS = {320: 640, 390: 844, 820: 1180, 1280: 800}
#: So long must everything stand still, in milliseconds and in frames: on a busy machine a page may not
#: draw, and so not move, for longer than that.
STILL, FRAMES = 120, 4

#: A place that was scrolled to is noted by the page after a moment, in seconds.
REST = 0.3

MARK = "() => { document.documentElement.dataset.before = ''; return true }"
#: The empty page that a browser has between two is no page.
LEFT = "() => document.readyState === 'complete' && location.protocol !== 'about:' && !('before' in document.documentElement.dataset)"
CALM = """(still, enough) => new Promise((done) => {
  let last = '', since = performance.now(), frames = 0, over = false
  const first = since
  const draw = () => { frames++; if (!over) requestAnimationFrame(draw) }
  draw()
  const look = () => {
    const units = [...document.querySelectorAll('.bt-u[id], h1, h2, h3')]
    const now = [scrollY, innerWidth, document.documentElement.scrollHeight, ...units.map((u) => u.getBoundingClientRect().top)].join()
    if (now !== last) { since = performance.now(); frames = 0 }
    last = now
    const waits = location.protocol === 'about:' || document.readyState !== 'complete' || document.fonts.status !== 'loaded' || 'btWait' in document.documentElement.dataset
    const rests = performance.now() - since >= still && frames >= enough
    over = (!waits && rests) || performance.now() - first > 8000
    if (over) done(true)
    else setTimeout(look, 30)
  }
  look()
})"""
HERE = """() => {
  for (const unit of document.querySelectorAll('.bt-page .bt-u[id]')) {
    const box = unit.getBoundingClientRect()
    if (box.height && box.top >= 57) return [unit.id, box.top]
  }
}"""
#: Scrolled as by a wheel, so that what is left of the page's own settling ends. The timer begins after
#: the page's, which notes the place: however busy the machine is, it rings later.
STAND = """(id, top, rest) => new Promise((done) => {
  if (location.hash) history.replaceState(history.state, '', location.pathname + location.search)
  const node = document.getElementById(id)
  node.dispatchEvent(new WheelEvent('wheel', { bubbles: true }))
  scrollTo({ top: scrollY + node.getBoundingClientRect().top - top, behavior: 'instant' })
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(true), rest * 1000)))
})"""
TOP = "(id) => document.getElementById(id)?.getBoundingClientRect().top"
BOX = """(selector, nth) => {
  const seen = [...document.querySelectorAll(selector)].filter((n) => n.getClientRects().length)
  const node = seen[nth]
  if (!node) return null
  let box = node.getClientRects()[0]
  if (box.top < 70 || box.bottom > innerHeight - 10) {
    if (!node.closest('.bt-header')) node.scrollIntoView({ block: 'center', behavior: 'instant' })
    box = node.getClientRects()[0]
  }
  return [box.left + box.width / 2, box.top + Math.min(box.height / 2, 12)]
}"""


@dataclass(frozen=True, slots=True)
class Spot:
    """A paragraph and how far below the window's edge it begins."""

    id: str
    top: float


class Reader:
    """Reads the site at `url` in an engine."""

    def __init__(self, engine: Engine, url: str, heard: list[str]) -> None:
        self.engine, self.url, self.heard = engine, url, heard

    def fresh(self, path: str, width: int, view: str = "") -> None:
        """Opens a page as for the first time, nothing remembered; in the parallel view if asked to."""
        self.engine.resize(width, HEIGHTS[width])
        self.engine.open(self.url + EMPTY)
        self.until("() => { localStorage.clear(); sessionStorage.clear(); return true }")
        self.engine.open(self.url + path + ("?view=parallel" if view == "parallel" else ""))
        if view == "parallel":
            self.until("() => document.querySelector('.bt-twin')?.getClientRects().length")
        self.calm()

    def js(self, function: str, *words: Any) -> Any:
        return self.engine.evaluate(function, *words)

    def until(self, function: str, *words: Any) -> Any:
        """The function's first true result."""
        return until(lambda: self.js(function, *words), what=" ".join(function.split())[:100])

    def calm(self) -> None:
        """Waits until the page is loaded and nothing moves."""
        until(lambda: self.js(CALM, STILL, FRAMES), what="a page that stands still")

    def leaving(self, action: Any) -> None:
        """Does what leads to another page, and waits until that stands still."""
        self.until(MARK)
        action()
        self.until(LEFT)
        self.calm()

    def traverse(self, steps: int, path: str) -> None:
        """Back or forward to the page with this path, after a moment on this one.

        The page may be the very one that was left.
        """
        time.sleep(REST)
        self.engine.go(steps)
        self.arrived(path)

    def arrived(self, path: str) -> None:
        """Waits until the page with this path is there and stands still."""
        self.until(
            "(path) => document.readyState === 'complete' && location.pathname === path", path
        )
        self.calm()

    def stand(self, id_: str, top: float) -> Spot:
        """Scrolls so that the paragraph begins at `top`, and rests there for a moment, as readers do."""
        self.until(STAND, id_, top, REST)
        return Spot(id_, float(self.js(TOP, id_)))

    def here(self) -> Spot:
        """The first paragraph that begins below the header."""
        return Spot(*self.js(HERE))

    def off(self, spot: Spot) -> float:
        """How far the paragraph is from where it was, in pixels."""
        top = self.js(TOP, spot.id)
        if top is None:
            raise LookupError(f"{spot.id} is not on the page")
        return float(top) - spot.top

    def hover(self, selector: str, nth: int = 0, press: bool = False) -> None:
        """Points at the element, from elsewhere; it is scrolled into sight only if it is out of it."""
        box = self.js(BOX, selector, nth)
        if box is None:
            raise LookupError(f"nothing to point at: {selector}")
        self.engine.point(2, 400)
        self.engine.point(*box, press)

    def click(self, selector: str, nth: int = 0) -> None:
        self.hover(selector, nth, press=True)

    def key(self, name: str) -> None:
        self.engine.key(name)

    def complaints(self) -> list[str]:
        """What the pages have complained of since it was last asked."""
        said, self.heard[:] = list(self.heard), []
        return said

    def listen(self, wanted: int) -> list[str]:
        """Waits for so many complaints."""
        end = time.monotonic() + 5
        while len(self.heard) < wanted and time.monotonic() < end:
            time.sleep(0.05)
        return self.complaints()
