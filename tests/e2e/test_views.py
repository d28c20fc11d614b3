"""Parallel view, peek, clean copy, print: two languages on one page, never mixed."""

from __future__ import annotations

import re

import pytest

from bitext.text.scripts import HAN

pytestmark = pytest.mark.e2e

PANEL = "/transcripts/sanders-xue-panel/"
LATIN_WORDS = re.compile(r"[A-Za-z]+(?: [A-Za-z]+){3}")
SELECT = """([from, to]) => {
  const all = [...document.querySelectorAll(from)], range = document.createRange()
  range.setStartBefore(all[0])
  range.setEndAfter([...document.querySelectorAll(to)].pop())
  getSelection().removeAllRanges()
  getSelection().addRange(range)
}"""
PAIRS = """() => [...document.querySelectorAll('.bt-page > .bt-twin')].filter(twin => twin.offsetHeight).map(twin => {
  let own = twin.previousElementSibling
  const a = own.getBoundingClientRect(), b = twin.getBoundingClientRect()
  return { id: own.id, top: a.top - b.top, left: a.left - b.left, below: b.top - a.bottom }
})"""


def copied(page) -> str:
    page.keyboard.press("Control+c")
    return page.evaluate("navigator.clipboard.readText()")


def reader(open_page, path: str, **options):
    """A text with the scripts that come at the first sign of a hand, which selects and copies."""
    options.setdefault("permissions", ["clipboard-read", "clipboard-write"])
    page = open_page(path, **options)
    page.evaluate("dispatchEvent(new Event('scroll'))")
    page.wait_for_function("() => !!(window.bt && bt.selected)")
    return page


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_side_by_side_the_tops_are_level(open_page, prefix):
    page = open_page(prefix + PANEL)
    page.keyboard.press("v")
    page.wait_for_selector(".bt-twin:visible")
    pairs = page.evaluate(PAIRS)
    assert len(pairs) >= 13 + 6  # paragraphs and turns
    for pair in pairs:
        assert abs(pair["top"]) <= 2, pair
        assert (pair["left"] < -300) if not prefix else (pair["left"] > 300), "Chinese on the left"
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_on_a_narrow_screen_the_twin_follows_its_unit(open_page):
    page = open_page(PANEL, viewport={"width": 390, "height": 844}, has_touch=True)
    page.get_by_role("button", name="对照").tap()
    page.wait_for_selector(".bt-twin:visible")
    for pair in page.evaluate(PAIRS):
        assert -20 < pair["below"] < 60, pair
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


THERE = """(id) => {
  const node = document.getElementById(id), seen = () => Math.abs(node.getBoundingClientRect().top) < 400
  if (seen()) return true
  node.scrollIntoView()
  return false
}"""


@pytest.mark.parametrize("width", [390, 1280])
def test_toggling_holds_the_place_to_the_pixel(open_page, width):
    page = open_page(PANEL, viewport={"width": width, "height": 800})
    for id_ in ("s2p2", "s4p3", "s6p3"):
        # The page's own settling after the toggle before may still undo the first try.
        page.wait_for_function(THERE, arg=id_, polling=100)
        top = f"document.getElementById('{id_}').getBoundingClientRect().top"
        before = page.evaluate(top)
        for state in ("parallel", None):
            page.keyboard.press("v")
            page.wait_for_function("s => (document.documentElement.dataset.btView || null) === s", arg=state)  # fmt: skip
            assert page.evaluate(top) == pytest.approx(before, abs=1), (id_, state)


def test_the_view_is_in_the_address_and_kept_on_the_next_page(site, open_page):
    page = open_page(PANEL)
    button = page.get_by_role("button", name="对照")
    button.click()
    page.wait_for_url("**/?view=parallel")
    assert button.get_attribute("aria-pressed") == "true"
    page.goto(site.url + "/en/transcripts/track-two-perspective/")
    page.wait_for_selector(".bt-twin:visible")
    page.get_by_role("button", name="Parallel").click()
    page.goto(site.url + PANEL)
    page.wait_for_load_state("networkidle")
    assert page.locator(".bt-twin:visible").count() == 0


def test_a_shared_address_opens_the_view_at_the_unit(open_page):
    page = open_page(PANEL + "?view=parallel#s4p2")
    page.wait_for_selector(".bt-twin:visible")
    page.wait_for_timeout(150)
    top = page.evaluate("document.getElementById('s4p2').getBoundingClientRect().top")
    assert 56 <= top <= 120


def test_the_twin_is_fetched_once_and_only_when_wanted(open_page):
    page = open_page(PANEL)
    asked = []
    page.on("request", lambda r: asked.append(r.url) if "/en/transcripts/" in r.url else None)
    assert asked == []
    page.locator(".bt-peek").first.click()
    page.wait_for_selector(".bt-peeked")
    page.keyboard.press("v")
    page.wait_for_selector(".bt-twin:visible")
    assert len(asked) == 1


def test_when_the_twin_cannot_be_had_the_page_says_so(open_page):
    page = open_page(PANEL, allow=("Failed to load", "ERR_FAILED"))
    page.route("**/en/transcripts/**", lambda route: route.abort())
    page.keyboard.press("v")
    page.get_by_role("status").get_by_text("未能取得").wait_for()
    assert page.locator("html").get_attribute("data-bt-view") is None
    assert page.locator("#s1p1").is_visible()


def test_peek_opens_and_closes_below_its_unit(open_page):
    page = open_page("/en" + PANEL)
    button = page.locator("#s2p1").locator("xpath=preceding-sibling::div[1]").locator(".bt-peek")
    button.focus()
    page.keyboard.press("Enter")
    box = page.locator("#s2p1 + .bt-peeked")
    box.wait_for()
    assert box.get_attribute("lang") == "zh-Hans"
    assert "感谢您" in box.inner_text()
    assert button.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert box.count() == 0
    assert button.get_attribute("aria-expanded") == "false"
    button.click()
    box.wait_for()
    button.click()
    assert box.count() == 0


def test_peek_by_touch_leaves_selection_alone(open_page):
    page = open_page(PANEL, viewport={"width": 390, "height": 844}, has_touch=True)
    page.locator("#s2p2").tap()
    assert page.locator(".bt-peeked").count() == 0
    page.locator("#s2p2").locator("xpath=preceding-sibling::div[1]").locator(".bt-peek").tap()
    page.wait_for_selector("#s2p2 + .bt-peeked")
    page.evaluate(SELECT, ["#s2p2", "#s2p2"])
    page.locator("#s2p2 .bt-term").first.tap()
    assert len(page.evaluate("String(getSelection())")) > 20


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_copy_is_the_text_and_nothing_else(open_page, prefix):
    """Across three units: no number, no control, no zero-width character, the source's own marks."""
    page = reader(open_page, prefix + PANEL)
    page.locator(".bt-peek").first.click()
    page.wait_for_selector(".bt-peeked")
    texts = [page.locator(f"#s2p{i}").text_content() for i in (1, 2)]
    page.locator("#s2p1").dispatch_event("pointerdown")
    page.evaluate(SELECT, ["#s2p1", "#s2p2"])
    assert [p for p in copied(page).replace("\r", "").split("\n") if p.strip()] == texts


@pytest.mark.parametrize(
    ("path", "units"),
    [
        ("/transcripts/track-two-perspective/", ["#p1", "#p2", "#p3"]),  # a note and a term between
        (PANEL, ["#s1p1", "#s2p1"]),  # a turn between
        (PANEL, ["#s2p2", "#s2p3"]),  # a doubt between
    ],
)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_our_notes_do_not_stand_in_a_copy(open_page, prefix, path, units):
    page = reader(open_page, prefix + path, viewport={"width": 1280, "height": 2400})
    texts = [page.locator(unit).text_content() for unit in units]
    page.locator(units[0]).scroll_into_view_if_needed()
    start, end = page.locator(units[0]).bounding_box(), page.locator(units[-1]).bounding_box()
    page.mouse.move(start["x"] + 1, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] - 1, end["y"] + end["height"] - 6, steps=8)
    page.mouse.up()
    lines = [line for line in copied(page).replace("\r", "").split("\n") if line.strip()]
    assert [line for line in lines if line in texts] == texts
    own = re.compile("编者注|Editor|术语|Term:|译文|原话|As spoken|Translated|只有|only")
    assert not [line for line in lines if line not in texts and own.search(line)]


def test_a_note_of_ours_can_be_copied(open_page):
    page = reader(open_page, "/en/transcripts/track-two-perspective/")
    note = page.locator(".bt-note--editor").first
    note.locator("summary").click()
    text = note.locator(".bt-n > p").nth(1)
    text.click(click_count=3)
    assert copied(page).strip() == text.text_content().strip()


@pytest.mark.parametrize("column", ["own", "twin"])
def test_a_selection_in_one_column_copies_one_language(open_page, column):
    page = reader(open_page, "/en" + PANEL + "?view=parallel")
    page.wait_for_selector(".bt-twin:visible")
    page.evaluate("document.getElementById('s4p1').scrollIntoView()")
    own, twin = page.locator("#s4p1"), page.locator("#s4p1 + .bt-twin")
    start = (own if column == "own" else twin).bounding_box()
    end = page.locator("#s4p2" if column == "own" else "#s4p2 + .bt-twin").bounding_box()
    page.mouse.move(start["x"] + 3, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(end["x"] + 200, end["y"] + 60, steps=8)
    page.mouse.up()
    text = copied(page)
    assert len(text) > 60
    if column == "own":
        assert not HAN.search(text)
    else:
        assert not LATIN_WORDS.search(text)


@pytest.mark.parametrize("both", [False, True])
def test_the_printed_sheet_has_text_ids_and_address(open_page, both):
    page = open_page(PANEL + ("?view=parallel" if both else ""))
    if both:
        page.wait_for_selector(".bt-twin:visible")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".bt-note--editor").first.evaluate("d => d.open")
    assert page.locator("#s4p2").is_visible()
    assert page.locator(".bt-twin:visible").count() == (0 if not both else 19 + 1)
    assert "sanders-xue-panel" in page.locator(".bt-address").inner_text()
    assert page.locator(".bt-record:not(.bt-citing) dl").is_visible()
    for hidden in (".bt-header", ".bt-nav", ".bt-footer", ".bt-contents", ".bt-peek"):
        assert page.locator(hidden).first.is_hidden()
    shown = page.evaluate("getComputedStyle(document.getElementById('s4p2'), '::after').content")
    assert "s4p2" in shown
    rows = page.evaluate("[...document.querySelectorAll('.bt-page > .bt-u')].map(u => getComputedStyle(u).breakInside)")  # fmt: skip
    assert set(rows) == {"avoid"}
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not page.locator(".bt-record[open]").count()
    assert len(page.pdf()) > 20_000


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_without_script_the_record_and_the_notes_are_printed(open_page, prefix):
    page = open_page(prefix + PANEL, java_script_enabled=False)
    page.emulate_media(media="print")
    for closed in (".bt-record dl", "#e5", "#e3", "#p1"):
        box = page.locator(closed).first.bounding_box()
        assert box and box["height"] > 20, closed
    assert not page.locator(".bt-contents").is_visible()
