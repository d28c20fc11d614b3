"""The reader's place: a line of text, at the same height after whatever happens to the page.

The matrix is view × width × event × line. A plain run takes every event in both views, each at one width;
with `BT_FULL=1` (make prove) every cell runs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import FULL

pytestmark = pytest.mark.e2e

PANEL = "/transcripts/sanders-xue-panel/"
LINK = ".bt-bar a.bt-lang"
SIZES = {390: 844, 820: 1180, 1280: 800}
VIEWS = ("single", "parallel")

#: topOf(unit, k): where the line stands on which sentence k begins; counted from `data-b`, not by the site's scripts.
HELPERS = """
window.topOf = (id, k) => {
  const unit = document.getElementById(id), top = unit.getBoundingClientRect().top
  const walker = document.createTreeWalker(unit, NodeFilter.SHOW_TEXT), range = document.createRange()
  const want = k ? +unit.dataset.b.split(" ")[k - 1] : 0
  let seen = 0, first = null, node
  while ((node = walker.nextNode())) for (let i = 0; i < node.length; i++) {
    if (/\\s/.test(node.data[i])) continue
    range.setStart(node, i)
    range.setEnd(node, i + 1)
    const box = range.getBoundingClientRect()
    if (box.height && first === null) first = box.top
    if (box.height && seen >= want) return top + box.top - first
    seen++
  }
}
window.ends = id => (document.getElementById(id).dataset.b || "0").split(" ").map(Number)
// a sentence that one language lacks has no line there
window.there = (id, k) => !!document.getElementById(id).offsetHeight && (k ? ends(id)[k] > ends(id)[k - 1] : true)
"""
SENTENCES = """() => [...document.querySelectorAll('.bt-rows > .bt-u[id]')].flatMap(
  u => ends(u.id).map((_, k) => [u.id, k, ends(u.id).length]).filter(([id, k]) => there(id, k)))"""


def top(page: Page, unit: str, k: int = 0) -> float:
    return page.evaluate("([id, k]) => topOf(id, k)", [unit, k])


def put(page: Page, unit: str, k: int, height: int) -> float:
    """Scrolls until sentence k of a unit begins `height` px below the window's edge, and waits for the page to note it."""
    page.evaluate("history.replaceState(null, '')")
    page.evaluate(
        "([id, k, at]) => scrollTo({ top: scrollY + topOf(id, k) - at, behavior: 'instant' })",
        [unit, k, height],
    )
    page.wait_for_function("history.state && history.state.bt")
    return top(page, unit, k)


def first_on_line(page: Page, unit: str, k: int) -> int:
    """Of the sentences that begin on the line where sentence k does, the first: the line may part after it."""
    line = top(page, unit, k)
    return next(n for n in range(k + 1) if abs(top(page, unit, n) - line) < 1)


def ready(page: Page) -> None:
    """Waits until nothing moves any more."""
    page.wait_for_load_state("load")
    if page.locator("html").get_attribute("data-bt-view") == "parallel":
        page.wait_for_selector(".bt-rows > .bt-twin:visible")
    page.wait_for_timeout(150)


def start(open_page, path: str, view: str, width: int, **options) -> Page:
    page = open_page("/404.html", viewport={"width": width, "height": SIZES[width]}, **options)
    page.add_init_script(HELPERS)
    again(page, path, view)
    return page


def again(page: Page, path: str, view: str) -> None:
    page.goto(re.sub(r"(//[^/]+)/.*", rf"\1{path}?view={view}", page.url))
    ready(page)


# What happens to the page.


def back(page: Page) -> None:
    page.goto(re.sub(r"(//[^/]+)/.*", r"\1/about/", page.url))
    page.go_back()


def forward(page: Page) -> None:
    page.go_back()  # to where start() came from
    page.wait_for_url("**/404.html")
    page.go_forward()


def glossary(page: Page) -> None:
    page.locator("#s4p3 a.bt-term").first.evaluate("a => a.click()")
    page.wait_for_url("**/glossary/**")
    page.go_back()


def rotate(page: Page) -> None:
    size = page.viewport_size
    page.set_viewport_size({"width": size["height"], "height": size["width"]})


def resize(page: Page) -> None:
    size = page.viewport_size
    page.set_viewport_size({"width": size["width"] * 4 // 5, "height": size["height"]})


def toggle_view(page: Page) -> None:
    before = page.locator("html").get_attribute("data-bt-view")
    page.keyboard.press("v")
    page.wait_for_function("v => (document.documentElement.dataset.btView || null) !== v", arg=before)  # fmt: skip


def toggle_often(page: Page) -> None:
    for _ in range(40):
        toggle_view(page)


def hide_notes(page: Page) -> None:
    page.locator(".bt-settings summary").click()
    page.locator("[data-bt-set=notes]").click()


def larger(page: Page) -> None:
    page.locator(".bt-settings summary").click()
    page.locator("[data-bt-set=size]:checked").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.locator("html").get_attribute("data-bt-size") == "4"


def reload(page: Page) -> None:
    page.reload()


SAME: tuple[Callable[[Page], None], ...] = (reload, back, forward, glossary)
#: After these the line at the eye is held; what stands further down may move.
OTHER: tuple[Callable[[Page], None], ...] = (
    rotate,
    resize,
    toggle_view,
    toggle_often,
    hide_notes,
    larger,
)
CELLS = [
    (event, height)
    for event in (*SAME, *OTHER)
    for height in ((150, 300) if event in SAME else (150,))
]


@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("view", VIEWS)
def test_the_line_stays_where_it_was(open_page, view, width):
    page = start(open_page, PANEL, view, width)
    turn = list(SIZES).index(width)
    off = {}
    for n, (event, height) in enumerate(CELLS):
        if not FULL and n % len(SIZES) != turn:
            continue
        for unit, k in (("s4p3", 0), ("s4p3", 3), ("s6p1", 1)) if FULL else (("s4p3", 0),):
            if event is toggle_often and k and not FULL:
                continue
            page.goto(page.url.split("/transcripts")[0] + "/404.html")
            page.set_viewport_size({"width": width, "height": SIZES[width]})
            page.evaluate("localStorage.clear()")
            again(page, PANEL, view)
            k = first_on_line(page, unit, k)
            before = put(page, unit, k, height)
            event(page)
            ready(page)
            off[event.__name__, unit, k, height] = round(top(page, unit, k) - before, 1)
    assert len(off) >= 4
    assert {cell: px for cell, px in off.items() if abs(px) > 1} == {}


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("view", VIEWS)
def test_the_switch_holds_the_sentence(open_page, view, prefix, width):
    """Off by at most one line, for every sentence that both languages have."""
    page = start(open_page, prefix + PANEL, view, width)
    asked = page.evaluate(SENTENCES)
    if not FULL:
        asked = asked[VIEWS.index(view) + 2 * bool(prefix) :: 8]
    off, lines = {}, 0
    for unit, k, count in asked:
        again(page, prefix + PANEL, view)
        before = put(page, unit, k, 150)
        if abs(before - 150) > 1:
            continue  # too near the page's end
        page.locator(LINK).click()
        page.wait_for_url(lambda url: ("/en/" in url) != bool(prefix))
        ready(page)
        known = page.evaluate("([id, k, n]) => there(id, k) && ends(id).length === n", [unit, k, count])  # fmt: skip
        if not known:
            continue
        lines += 1
        off[unit, k] = top(page, unit, k) - before
        assert page.url.endswith("#" + unit) or abs(off[unit, k]) > 0.5, "a neighbour on the line"
    assert lines >= (30 if FULL else 3)
    assert {cell: px for cell, px in off.items() if abs(px) > 36} == {}


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("fragment", ["e1", "e10", "account", "corrections", "s4"])
def test_the_switch_keeps_what_the_address_names(open_page, fragment, width):
    """A note or a section, at its height; the note open on both pages."""
    page = start(open_page, PANEL, "single", width)
    named = page.locator(f"#{fragment}")
    if not named.count():
        pytest.skip("not on this page")
    page.evaluate("id => { location.hash = id }", fragment)
    expect(named).to_be_in_viewport()
    ready(page)
    before = named.bounding_box()["y"]
    page.locator(LINK).click()
    page.wait_for_url(f"**/en{PANEL}?view=single#{fragment}")
    ready(page)
    expect(named).to_be_in_viewport()
    assert named.bounding_box()["y"] == pytest.approx(before, abs=1.5)


@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("view", VIEWS)
def test_the_controls_of_a_unit_move_nothing(open_page, view, width):
    """They are made when the unit comes near; the text stands as it stood, and they at its first line."""
    page = start(open_page, PANEL, view, width)
    bare, made, beside = page.evaluate("""() => {
      const units = [...document.querySelectorAll(".bt-rows > .bt-u[id]")]
      const tops = () => units.map(u => [u.id, u.getBoundingClientRect().top + scrollY])
      document.querySelectorAll(".bt-tools").forEach(t => t.remove())
      const bare = tops()
      const beside = units.map(u => [u.id, bt.tools(u).getBoundingClientRect().top - u.getBoundingClientRect().top])
      return [bare, tops(), beside]
    }""")
    assert len(bare) > 10
    assert made == bare
    assert [(unit, off) for unit, off in beside if abs(off) > 1] == []


@pytest.mark.parametrize("event", [reload, back, toggle_view], ids=lambda e: e.__name__)
def test_an_open_peek_moves_nothing(open_page, event):
    page = start(open_page, PANEL, "single", 390)
    page.locator("#s4p2").evaluate("u => bt.tools(u).querySelector('.bt-peek').click()")
    page.wait_for_selector("#s4p2 + .bt-peeked")
    before = put(page, "s4p3", 0, 200)
    event(page)
    ready(page)
    assert top(page, "s4p3") == pytest.approx(before, abs=1)


def test_opened_notes_are_open_after_the_switch_and_a_reload(open_page):
    page = start(open_page, PANEL, "single", 1280)
    panels = page.locator(".bt-page details")
    note = page.locator("details.bt-note:has(#e1)")
    note.locator("summary").first.click()
    states = "all => all.filter(d => d.open).map(d => d.querySelector('[id]').id)"
    opened = panels.evaluate_all(states)
    assert any(opened)
    note.evaluate("d => scrollTo({ top: scrollY + d.getBoundingClientRect().top - 90 })")
    before = note.bounding_box()["y"]
    for leave in (lambda: page.locator(LINK).click(), page.reload):
        leave()
        ready(page)
        assert panels.evaluate_all(states) == opened
        assert note.bounding_box()["y"] == pytest.approx(before, abs=36)


GLUED = ["#s4p2。", "#s4p2，", "#s4p2,", "#s4p2)", "#s4p2）", "#s4p2&from=wx", "#S4P2", "#s4p2%", "#%20s4p2"]  # fmt: skip


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("fragment", GLUED)
def test_a_glued_fragment_arrives(open_page, fragment, view):
    page = open_page(f"{PANEL}?view={view}{fragment}")
    ready(page)
    assert 56 <= page.locator("#s4p2").bounding_box()["y"] <= 120
    expect(page.locator("#s4p2:target")).to_be_visible()


def test_back_within_a_page_leads_to_the_line(open_page):
    page = start(open_page, PANEL, "single", 1280)
    before = put(page, "s2p3", 0, 200)
    page.locator(".bt-contents a").nth(3).click()
    page.wait_for_function("location.hash === '#s4'")
    page.wait_for_timeout(250)
    page.go_back()
    page.wait_for_function("!location.hash")
    page.wait_for_timeout(100)
    assert top(page, "s2p3") == pytest.approx(before, abs=1)


@pytest.mark.parametrize("view", VIEWS)
def test_a_page_that_was_kept_is_shown_at_the_line(open_page, view):
    """WebKit shows such a page from its top, and tells it by nothing but `pageshow`."""
    page = start(open_page, PANEL, view, 390)
    before = put(page, "s4p3", 0, 200)
    page.evaluate("""() => {
      dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
      scrollTo({ top: 0, behavior: 'instant' })
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    }""")
    page.wait_for_timeout(100)
    assert top(page, "s4p3") == pytest.approx(before, abs=1)


HELD_BACK = """
  window.late = true
  addEventListener('resize', (event) => { if (late) event.stopImmediatePropagation() }, true)
"""


def test_lines_that_moved_before_the_page_was_told_are_no_new_place(open_page):
    """A busy Firefox lays the page out anew, and tells of the new width only later."""
    page = open_page("/404.html", viewport={"width": 390, "height": SIZES[390]})
    page.add_init_script(HELPERS)
    page.add_init_script(HELD_BACK)
    again(page, PANEL, "single")
    before = put(page, "s4p3", 0, 200)
    rotate(page)
    page.evaluate("dispatchEvent(new Event('scroll'))")
    page.wait_for_timeout(400)  # long enough for the page to note where it is
    page.evaluate("late = false; dispatchEvent(new Event('resize'))")
    page.wait_for_timeout(100)
    assert top(page, "s4p3") == pytest.approx(before, abs=1)


def test_a_width_of_which_the_page_is_never_told_stops_no_noting(open_page):
    """Some browsers call it another width when a page is pinched larger, and send no `resize`."""
    page = start(open_page, PANEL, "single", 390)
    put(page, "s4p3", 0, 200)
    page.evaluate("Object.defineProperty(window, 'innerWidth', { get: () => 260 })")
    for unit in ("s5p1", "s6p2"):
        page.evaluate(
            "id => document.getElementById(id).scrollIntoView({ behavior: 'instant' })", unit
        )
        page.wait_for_timeout(1500)
    assert page.evaluate("history.state.bt.id") == "s6p2"


def test_at_the_top_one_stays_at_the_top(open_page):
    page = start(open_page, PANEL, "single", 1280)
    for event in (toggle_view, reload, resize, rotate, larger):
        event(page)
        ready(page)
        assert page.evaluate("scrollY") == 0, event.__name__


CORRUPT = [
    None, 1, "s4p2", [], {}, {"id": 5}, {"id": "s4p2", "top": "x"}, {"start": 1},
    {"id": "s4p2", "step": 0, "bead": 9, "beads": 2, "more": 0, "at": 0, "of": 1, "share": 0, "top": 1},
    {"id": "s4p2", "step": -1e9, "bead": -3, "beads": 4, "more": 0, "at": -5, "of": 0, "share": -1, "top": 1, "open": {"of": 1}},
    {"start": True, "open": {"of": 17, "list": 3}},
]  # fmt: skip


@pytest.mark.parametrize("place", CORRUPT, ids=str)
def test_a_corrupt_place_stops_nothing(open_page, place):
    page = open_page(PANEL)
    page.evaluate("place => history.replaceState({ bt: place }, '')", place)
    stored = {"path": "/en" + PANEL, "place": place, "at": 1e15}
    page.evaluate("s => sessionStorage.setItem('bt.place', s)", json.dumps(stored))
    page.goto(page.url.replace(PANEL, "/en" + PANEL))
    ready(page)
    page.keyboard.press("v")
    expect(page.locator(".bt-page > .bt-twin").first).to_be_visible()


SENTENCE = """([id, k]) => {
  const unit = document.getElementById(id), next = unit.nextElementSibling
  const top = (node) => node ? bt.sentences(node)[k].getClientRects()[0]?.top ?? null : null
  return { own: top(unit), twin: top(next.matches('.bt-twin') ? next : null) }
}"""
CHANGES = {
    "switch": (lambda page: page.locator(LINK).click(), "own"),
    "single": (lambda page: page.keyboard.press("v"), "own"),
    "size": (lambda page: page.evaluate("document.querySelector('[data-bt-set=size][value=\"4\"]').click()"), "twin"),
    "reload": (lambda page: page.reload(), "twin"),
    "width": (lambda page: page.set_viewport_size({"width": 320, "height": 844}), "twin"),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_where_both_languages_stand_in_one_column_the_twin_is_read_too(open_page, prefix, change):
    page = open_page(f"{prefix}{PANEL}?view=parallel", viewport={"width": 390, "height": 844})
    page.wait_for_selector(".bt-twin:visible")
    ready(page)
    page.mouse.move(200, 400)
    page.mouse.wheel(0, page.evaluate(SENTENCE, ["s4p3", 3])["twin"] - 140)
    page.wait_for_timeout(500)
    before = page.evaluate(SENTENCE, ["s4p3", 3])["twin"]
    act, side = CHANGES[change]
    act(page)
    ready(page)
    page.wait_for_timeout(600)
    assert page.evaluate(SENTENCE, ["s4p3", 3])[side] == pytest.approx(before, abs=5)
