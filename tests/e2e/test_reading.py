"""The reading page: permalinks, turns, terms, typography, weight."""

from __future__ import annotations

import gzip
import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.e2e

PANEL = "/transcripts/sanders-xue-panel/"
HAN = re.compile("[\u4e00-\u9fff]")
KB = 1024


@pytest.mark.parametrize("width", [390, 1280])
def test_a_link_to_a_unit_lands_below_the_header_and_marks_it(open_page, width):
    page = open_page(PANEL + "#s4p2", viewport={"width": width, "height": 800})
    unit = page.locator("#s4p2")
    header = page.locator(".bt-header").bounding_box()["height"]
    assert header <= unit.bounding_box()["y"] <= header + 60
    shown, plain = (
        page.locator(i).evaluate("n => getComputedStyle(n).backgroundColor")
        for i in ("#s4p2", "#s4p3")
    )
    assert shown != plain


def test_every_unit_has_a_link_that_shows_on_focus(site, open_page):
    page = open_page(PANEL, permissions=["clipboard-read", "clipboard-write"])
    units = page.locator(".bt-page > .bt-u").all()
    for unit in units:  # the links are made as their units come near
        unit.scroll_into_view_if_needed()
    links = page.locator(".bt-permalink")
    expect(links).to_have_count(len(units))
    assert len(units) >= 15
    link = page.get_by_role("link", name="本段链接 s2p2")
    assert link.evaluate("n => getComputedStyle(n).opacity") == "0"
    link.focus()
    assert link.evaluate("n => getComputedStyle(n).opacity") == "1"
    page.keyboard.press("Enter")
    page.wait_for_url(site.url + PANEL + "#s2p2")
    page.get_by_role("status").get_by_text("链接已复制").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == site.url + PANEL + "#s2p2"


def test_a_link_into_a_closed_note_opens_it(open_page):
    page = open_page(PANEL)
    note = page.locator(".bt-note--editor [id]").first
    id_ = note.get_attribute("id")
    assert not note.is_visible()
    page.evaluate("id => { location.hash = id }", id_)
    note.wait_for(state="visible")
    assert page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", id_) < 800


def test_keys_go_from_turn_to_turn(open_page):
    page = open_page(PANEL)
    for turn in ("s1", "s2", "s3"):
        page.keyboard.press("j")
        expect(page.locator(f"#{turn}")).to_be_focused()
        assert 50 < page.locator(f"#{turn}").bounding_box()["y"] < 120
    page.keyboard.press("k")
    expect(page.locator("#s2")).to_be_focused()


def test_single_keys_can_be_switched_off(open_page):
    page = open_page(PANEL)
    page.locator(".bt-settings summary").click()
    page.get_by_label("单键快捷键").uncheck()
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    for key in ("v", "j", "/", "f", "s"):
        page.keyboard.press(key)
    assert page.locator("html").get_attribute("data-bt-view") is None
    assert page.evaluate("scrollY") == 0
    assert not page.locator(".bt-find").is_visible()


def test_the_jump_list_names_each_turn_and_its_question(open_page):
    page = open_page("/en" + PANEL)
    links = page.get_by_role("navigation", name="Turns").get_by_role("link")
    assert links.count() == 6
    assert re.match(r"Bernie Sanders\s+.*\?", links.nth(2).inner_text(), re.DOTALL)
    links.nth(3).click()
    page.wait_for_url(re.compile("#s4$"))
    page.wait_for_function("document.querySelectorAll('.bt-contents a')[3].ariaCurrent === 'true'")


def test_a_term_card_opens_on_focus_and_closes_on_escape(open_page):
    page = open_page("/en" + PANEL)
    term = page.locator("#s1p1 a.bt-term").first
    term.scroll_into_view_if_needed()
    page.keyboard.press("Tab")
    term.focus()
    card = page.get_by_role("tooltip")
    card.wait_for()
    assert term.get_attribute("aria-describedby") == card.get_attribute("id")
    assert len(card.inner_text()) > 40
    page.keyboard.press("Escape")
    assert card.count() == 0
    term.hover()
    card.wait_for()


def test_a_term_card_opens_on_the_first_tap_inside_the_window(open_page):
    page = open_page(PANEL, viewport={"width": 390, "height": 844}, has_touch=True)
    term = page.locator('a.bt-term[href$="/agile-governance/"]')
    term.scroll_into_view_if_needed()
    term.tap()
    card = page.get_by_role("tooltip")
    card.wait_for()
    assert page.url.endswith(PANEL), "the first tap stays on the page"
    box = card.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    card.get_by_role("link").tap()
    page.wait_for_url(re.compile(r"/glossary/agile-governance/$"))


def test_the_card_of_a_term_speaks_in_the_languages_of_its_parts(open_page):
    """In a paragraph of the other language too: the word, its name in this language, the definition."""
    page = open_page("/en" + PANEL)
    page.locator(".bt-fold > summary").click()
    for unit, own, other in (("s4p2", "en", "zh-Hans"), ("p1", "zh-Hans", "en")):
        page.locator(f"#{unit} a.bt-term").first.hover()
        card = page.get_by_role("tooltip")
        card.wait_for()
        parts = card.evaluate("c => [c.lang, ...[...c.children].map(n => n.lang)]")
        assert parts[:3] == ["en", own, other], unit
        assert HAN.search(card.locator("b" if unit == "p1" else "span").inner_text())
        assert not HAN.search(card.locator("p").inner_text())
        page.keyboard.press("Escape")


def test_without_javascript_a_term_leads_to_the_glossary(open_page):
    page = open_page(PANEL, java_script_enabled=False)
    page.locator("a.bt-term").first.click()
    assert re.search(r"/glossary/[a-z0-9-]+/$", page.url)


def test_punctuation_is_written_full_width(open_page, site):
    """It is the page's text, copied and read out as it stands; the download has the source's."""
    page = open_page(PANEL)
    text = page.locator("#s1p1").text_content()
    assert text.startswith("薛教授，国际社会") and not re.search("[,;:?!]", text)
    kept = (site.path / "data/sanders-xue-panel.txt").read_text("utf-8")
    assert "薛教授,国际社会" in kept


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", [PANEL, "/transcripts/track-two-perspective/"])
def test_the_first_sentence_of_the_language_is_on_the_first_screen(open_page, prefix, path):
    page = open_page(prefix + path, viewport={"width": 390, "height": 844})
    unit = page.locator(".bt-page > p.bt-u:not(.bt-foreign)").first
    assert unit.bounding_box()["y"] < 844


def test_an_opening_of_the_other_language_opens_without_script(open_page):
    page = open_page("/en" + PANEL, java_script_enabled=False)
    assert not page.locator("#p1").is_visible()
    page.locator(".bt-fold > summary").click()
    assert page.locator("#p1").is_visible()
    assert page.locator("#p1").get_attribute("lang") == "zh-Hans"
    page.goto("about:blank")
    page = open_page("/en" + PANEL + "#p1")
    assert page.locator("#p1").is_visible(), "an address in it opens it"


@pytest.mark.parametrize("width", [390, 1280])
def test_the_sign_of_a_difference_stands_on_the_rails_and_takes_no_room(open_page, width):
    page = open_page(PANEL, viewport={"width": width, "height": 844})
    unit, sign = page.locator("#s2p2"), page.locator("#s2p2 + .bt-differ > summary")
    before, box = unit.bounding_box(), sign.bounding_box()
    assert page.locator("#s2p2 + .bt-differ").evaluate("d => d.offsetHeight") == 0
    assert box["x"] + box["width"] <= before["x"] + 1 and min(box["width"], box["height"]) >= 24
    end = (
        before["y"] + before["height"]
    )  # beside its last line, not in the gap to the next paragraph
    assert end - 36 <= box["y"] and box["y"] + box["height"] <= end + 4
    sign.click()
    assert page.locator("#e5").is_visible()
    assert (
        page.locator("#s2p2 + .bt-differ > summary").evaluate("s => s.innerText").startswith("≠ ")
    )
    page.get_by_role("link", name="≠ 两种文本有4处不同").click()
    assert page.url.endswith("#e5")


HEIGHTS = """() => {
  const nodes = [...document.querySelectorAll('.bt-page > *')].filter((n) => getComputedStyle(n).position !== 'absolute')
  const text = nodes.filter((n) => n.matches('.bt-u, .bt-turn, .bt-role, .bt-note--source, .bt-note--vocab'))
  const ours = nodes.filter((n) => n.matches('.bt-meta, .bt-record, .bt-contents, .bt-fold, .bt-only, .bt-beside, .bt-note--term, .bt-note--editor'))
  return [text, ours].map((all) => all.reduce((sum, n) => sum + n.offsetHeight, 0))
}"""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", [PANEL, "/transcripts/track-two-perspective/"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_text_takes_the_room_and_not_what_we_add(open_page, width, path, prefix):
    text, ours = open_page(prefix + path, viewport={"width": width, "height": 800}).evaluate(
        HEIGHTS
    )
    assert text > 1000 and ours <= 0.35 * text


def test_each_script_has_its_own_type(open_page):
    page = open_page(PANEL)
    style = "n => { const s = getComputedStyle(n); return [s.textAutospace, s.fontFamily, parseFloat(s.lineHeight) / parseFloat(s.fontSize), n.offsetWidth / parseFloat(s.fontSize)] }"  # fmt: skip
    space, family, height, measure = page.locator("#s2p1").evaluate(style)
    assert space == "normal"
    assert "Songti SC" in family
    assert 1.7 <= height <= 2.1
    assert 33 <= measure <= 37
    page = open_page("/en" + PANEL)
    _, family, height, measure = page.locator("#s2p1").evaluate(style)
    assert "Georgia" in family
    assert 1.5 <= height <= 1.7
    assert 28 <= measure <= 32
    assert page.evaluate("[...document.fonts].length") == 0, "no web font"


STRAY = """except => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), out = []
  while (walk.nextNode()) {
    const node = walk.currentNode, at = node.parentElement
    if (/[\\u4e00-\\u9fff]/.test(node.data) && !at.closest('[lang^=zh], script, style, code, pre, ' + except)) out.push(node.data.trim())
  }
  return out
}"""
OURS = ".bt-note--editor, .bt-record, .bt-term-entry dl, .bt-definition"


@pytest.mark.parametrize("path", ["/en/", "/en" + PANEL, "/en/glossary/", "/en/transcripts/"])
def test_no_han_text_stands_outside_a_chinese_element(open_page, path):
    """Else the browser may give it Japanese glyphs."""
    assert open_page(path).evaluate(STRAY, OURS) == []


@pytest.mark.parametrize("path", ["/en" + PANEL, "/en/glossary/", "/en/how-to-read/", "/en/about/"])
def test_chinese_words_in_our_english_prose_are_marked(open_page, path):
    assert open_page(path).evaluate(STRAY, "nothing") == []


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_glossary_narrows_as_one_types(open_page, prefix):
    page = open_page(f"{prefix}/glossary/")
    entries = page.locator(".bt-words li:visible")
    everything = entries.count()
    assert everything >= 12
    box = page.locator(".bt-filter").get_by_role("searchbox")
    for text, id_ in (
        ("敏捷", "agile-governance"),
        ("PACING", "pacing-problem"),
        ("二轨", "track-2"),
    ):
        box.fill(text)
        assert 0 < entries.count() < everything
        assert page.locator(f"#{id_}").is_visible()
    box.fill("zzz")
    assert entries.count() == 0
    page.keyboard.press("Escape")
    assert entries.count() == everything


def test_a_first_view_is_light(open_page, site):
    """Bytes as a host with gzip sends them; the search box costs nothing until it is wanted."""
    page = open_page("/404.html")
    asked = []
    page.on("request", lambda r: asked.append(r.url))
    for path in (PANEL, "/en" + PANEL):
        asked.clear()
        page.goto(site.url + path, wait_until="networkidle")
        page.wait_for_timeout(300)
        names = {re.sub(r"[?#].*", "", url).removeprefix(site.url) for url in asked}
        sizes = {
            name: len(gzip.compress(
                (site.path / (name.strip("/") + ("/index.html" if name.endswith("/") else ""))).read_bytes(), 6
            ))
            for name in names
        }  # fmt: skip
        assert len(names) <= 5, names
        assert sum(sizes.values()) <= 40 * KB, sizes
        assert sizes["/assets/bt/all.js"] <= 9 * KB
        assert sizes["/assets/bt/all.css"] <= 10 * KB
        assert not any("search" in name or "find-" in name for name in names)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", [PANEL, "/en/", "/glossary/", PANEL + "?view=parallel"])
def test_nothing_shifts_while_a_page_loads(open_page, site, path, width):
    page = open_page("/404.html", viewport={"width": width, "height": 800}, locale="fr-FR")
    page.add_init_script(
        "window.shifts = []; new PerformanceObserver(l => l.getEntries().forEach(e => shifts.push(e.value))).observe({ type: 'layout-shift', buffered: true })"
    )
    page.goto(site.url + path, wait_until="networkidle")
    page.wait_for_timeout(300)
    assert sum(page.evaluate("shifts")) == pytest.approx(0, abs=0.0005)


def test_the_tools_of_a_heading_move_nothing(open_page, site):
    """They come with the script, perhaps after the first paint."""
    tops = []
    for script in (False, True):
        page = open_page("/404.html", viewport={"width": 1280, "height": 800})
        if not script:
            page.route("**/all.js*", lambda route: route.fulfill(body=""))
        page.goto(f"{site.url}/transcripts/sanders-xue-panel/", wait_until="networkidle")
        tops.append(page.locator("#h1, .bt-turn").evaluate_all("all => all.map(e => e.offsetTop)"))
    assert tops[0] == tops[1] and len(tops[0]) == 7


def test_the_chosen_scheme_is_kept(open_page):
    page = open_page("/", color_scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("button", name="浅色或深色").click()
    dark = page.evaluate(ground)
    assert light != dark
    page.reload()
    assert page.evaluate(ground) == dark
