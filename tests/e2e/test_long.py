"""A long text stands in parts, of which the browser lays out those in sight; the reader must not see it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from bitext.__main__ import main
from tests.e2e.conftest import FULL, Site, built, pages_of
from tests.e2e.test_place import (
    HELPERS,
    LINK,
    SIZES,
    VIEWS,
    back,
    put,
    ready,
    reload,
    toggle_view,
    top,
)
from tests.projects import copy_project

pytestmark = pytest.mark.e2e

PATH = "/transcripts/long-talk/"
SPEAKERS = (("王伟", "Wang Wei"), ("李娜", "Li Na"), ("陈静", "Chen Jing"))
ZH = "这是第{n}段，讲的是第{n}件事，机器怎样算，人怎样看。{more}"
EN = "This is paragraph {n}, which is about matter {n}: how machines count and how people see. {more}"
ZH_MORE = "它比别的段落长一些，因为有的话要多说一句，有的事要多想一天。"
EN_MORE = (
    "It is longer than others, because some things must be said twice and some must be slept on."
)
TURNS = 200
#: Views and widths; a plain run looks at two of the six.
LOOKS = (
    [(view, width) for view in VIEWS for width in SIZES]
    if FULL
    else [("single", 1280), ("parallel", 390)]
)


def source() -> str:
    """Six hundred paragraphs in two hundred turns, of unequal length."""
    lines = ["长谈 A Long Talk", ""]
    for n in range(1, 3 * TURNS + 1):
        turn, first = divmod(n - 1, 3)
        zh, en = SPEAKERS[turn % 3]
        more = n * n % 5
        lines += [
            (f"{zh}：" if not first else "") + ZH.format(n=n, more=ZH_MORE * more),
            (f"{en}: " if not first else "") + EN.format(n=n, more=" ".join([EN_MORE] * more)),
            "",
        ]
    return "\n".join(lines)


@pytest.fixture(scope="module")
def long(tmp_path_factory) -> Iterator[Site]:
    folder = copy_project(tmp_path_factory.mktemp("project"))
    text = folder / "long.txt"
    text.write_text(source(), "utf-8")
    transcripts = str(folder / "data/transcripts")
    assert main(["import", str(text), "--slug", "long-talk", "--output", transcripts]) in (0, 1)
    assert main(["build", "--root", str(folder)]) == 0
    with built(folder, folder / "site") as site:
        yield site


@pytest.fixture
def open_long(browser, long):
    """open_long(view, width, prefix, fragment) -> the long text's page, with the helpers of test_place."""
    with pages_of(browser, long.url) as open_page:

        def open_(view: str = "single", width: int = 1280, prefix: str = "", end: str = "") -> Page:
            page = open_page("/404.html", viewport={"width": width, "height": SIZES[width]})
            page.add_init_script(HELPERS)
            page.goto(f"{long.url}{prefix}{PATH}?view={view}{end}")
            ready(page)
            return page

        yield open_


def parts(page: Page) -> int:
    return page.locator(".bt-page > .bt-part").count()


def test_every_row_is_in_one_part_and_nothing_is_lost(open_long):
    page = open_long()
    assert parts(page) >= 10
    rows = page.locator(".bt-rows > .bt-u[id], .bt-rows > .bt-turn[id]")
    ids = rows.evaluate_all("all => all.map(node => node.id)")
    assert len(ids) == len(set(ids)) >= 4 * TURNS
    assert page.locator(".bt-part > .bt-u:last-of-type").count() == parts(page)
    held = page.evaluate("CSS.supports('content-visibility', 'auto')")
    assert held and page.locator(".bt-part").last.evaluate("p => getComputedStyle(p).contentVisibility") == "auto"  # fmt: skip


def test_short_texts_have_no_parts(open_page):
    page = open_page("/transcripts/sanders-xue-panel/")
    assert page.locator(".bt-u").count() > 10
    assert parts(page) == 0


@pytest.mark.parametrize(("view", "width"), LOOKS)
def test_a_part_moves_nothing(open_long, view, width):
    """Rows stand as they would without parts."""
    page = open_long(view, width)
    page.add_style_tag(content=".bt-part { content-visibility: visible !important }")
    tops = """() => {
      document.querySelectorAll(".bt-tools").forEach(t => t.remove())
      const tops = window.rows.map(r => r.getBoundingClientRect().top + scrollY)
      return tops.map(top => Math.round(top - tops[0]))
    }"""
    page.evaluate(
        "window.rows = [...document.querySelectorAll('.bt-part > :is(.bt-u, .bt-turn):not(.bt-twin)')]"
    )
    inside = page.evaluate(tops)
    page.evaluate("""() => {
      let row = 100
      document.querySelectorAll(".bt-part").forEach(part => {
        let first = row - 1
        for (const node of part.children) {
          const own = first + +node.style.gridRow
          node.style.gridRow = own
          row = Math.max(row, own + 1)
        }
        part.replaceWith(...part.childNodes)
      })
      document.querySelectorAll(".bt-page > section, .bt-take, .bt-address").forEach(n => { n.style.gridRow = row++ })
    }""")
    bare = page.evaluate(tops)
    off = [a - b for a, b in zip(inside, bare, strict=True)]
    assert max(map(abs, off)) <= 8, off  # rounding, a little a part


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(("view", "width"), LOOKS)
def test_a_fragment_is_reached(open_long, width, view, prefix):
    for unit in ("s7p2", "s100p3", "s199p1"):
        page = open_long(view, width, prefix, f"#{unit}")
        expect(page.locator(f"#{unit}")).to_be_in_viewport()
        page.wait_for_timeout(300)
        assert top(page, unit) == pytest.approx(76, abs=2), unit


EVENTS = {
    "reload": reload,
    "switch": lambda page: page.locator(LINK).click(),
    "toggle": toggle_view,
    "back": back,
}


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize(("view", "width"), LOOKS)
def test_the_line_stays_where_it_was(open_long, width, view, event):
    page, off = open_long(view, width), {}
    for unit in ("s30p2", "s120p1", "s180p3"):
        page.locator(f"#{unit}").evaluate("u => u.scrollIntoView()")
        page.wait_for_timeout(400)  # parts near by are laid out
        before = put(page, unit, 0, 150)
        EVENTS[event](page)
        page.wait_for_timeout(300)
        ready(page)
        off[unit] = round(top(page, unit) - before, 1)
    line = 36 if event == "switch" else 1  # sentences on one line there may begin on two here
    assert {unit: px for unit, px in off.items() if abs(px) > line} == {}


@pytest.mark.parametrize(("view", "width"), LOOKS)
def test_scrolling_up_from_the_middle_goes_up_evenly(open_long, width, view):
    """What is laid out above, higher or lower than was thought, does not push the text about."""
    page = open_long(view, width, end="#s150p1")
    page.mouse.move(width // 2, 400)
    jumps = []
    for _ in range(30):
        unit = page.evaluate("""() => [...document.querySelectorAll(".bt-rows > .bt-u[id]")].find(
          u => !bt.away(u) && u.getBoundingClientRect().top > 120 && u.offsetHeight).id""")
        before = top(page, unit)
        at = page.evaluate("scrollY")
        page.mouse.wheel(0, -400)
        page.wait_for_function("at => scrollY !== at", arg=at)
        page.wait_for_timeout(120)
        jumps.append(round(top(page, unit) - before))
    assert set(jumps) <= {399, 400, 401}


@pytest.mark.parametrize("width", [390, 1280])
def test_the_contents_lead_to_a_far_turn_and_back(open_long, width):
    page = open_long(width=width, end="#s20p1")
    before = put(page, "s20p2", 0, 150)
    page.locator(".bt-contents a[href='#s190']").evaluate("a => a.click()")
    expect(page.locator("#s190")).to_be_in_viewport()
    page.wait_for_timeout(400)
    assert top(page, "s190") == pytest.approx(76, abs=2)
    page.go_back()
    page.wait_for_timeout(400)
    assert top(page, "s20p2") == pytest.approx(before, abs=1)


def test_keys_lead_from_part_to_part(open_long):
    page = open_long(end="#s40p1")
    for key, expected in (("j", 41), ("j", 42), ("k", 41), ("k", 40), ("k", 39)):
        page.keyboard.press(key)
        turn = page.locator(f"#s{expected}")
        expect(turn).to_be_focused()
        expect(turn).to_be_in_viewport()


def test_sentences_are_lit_across_parts(open_long):
    page = open_long("parallel", end="#s40p1")
    page.mouse.move(300, 300)
    page.wait_for_function("() => !!bt.lit")
    ids = []
    for _ in range(60):
        page.keyboard.press(".")
        ids.append(page.evaluate("bt.lit().id"))
    numbers = [int(re.search(r"s(\d+)", unit)[1]) for unit in ids]
    assert numbers == sorted(numbers)
    assert numbers[-1] > numbers[0] + 3
    assert page.locator(f"#{ids[-1]}").bounding_box()["y"] < 800


def test_all_of_it_is_printed_and_found_in_the_page(open_long):
    page = open_long()
    page.emulate_media(media="print")
    assert page.locator(".bt-part").last.evaluate("p => getComputedStyle(p).contentVisibility") == "visible"  # fmt: skip
    page.emulate_media(media="screen")
    assert page.evaluate("window.find('讲的是第555件事')")
    expect(page.locator("#s185p3")).to_be_in_viewport()


def test_a_selection_across_parts_is_copied_in_one_language(open_long):
    page = open_long("parallel", end="#s40p1")
    page.mouse.move(300, 300)
    page.wait_for_function("() => !!bt.selected")
    text = page.evaluate("""() => {
      const all = [...document.querySelectorAll(".bt-rows > .bt-u[id]")], edge = all.findIndex((u, i) => i > 60 && u.parentNode !== all[i - 1].parentNode)
      getSelection().setBaseAndExtent(all[edge - 1], 0, all[edge + 1], all[edge + 1].childNodes.length)
      return bt.selected().map(one => bt.textOf(one.range))
    }""")
    assert len([t for t in text if "这是第" in t]) == 3
    assert not [t for t in text if "paragraph" in t]
