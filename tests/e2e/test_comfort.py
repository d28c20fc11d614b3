"""Reading comfort: text size, settings in every tab, continue reading, every width."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_site import looked_at

pytestmark = pytest.mark.e2e

PANEL = "/transcripts/sanders-xue-panel/"
NAMES = {
    "": ("小", "标准", "大", "更大", "最大"),
    "/en": ("Small", "Standard", "Large", "Larger", "Largest"),
}
LOOK = """n => { const s = getComputedStyle(n), size = parseFloat(s.fontSize)
  return [size, n.offsetWidth / size, parseFloat(s.lineHeight) / size] }"""


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("how", ["pointer", "keys"])
def test_five_text_sizes_with_measure_and_line_height(open_page, prefix, how):
    page = open_page(prefix + PANEL, viewport={"width": 1600, "height": 900})
    page.locator(".bt-settings summary").click()
    looks = []
    page.get_by_role("radio", name=NAMES[prefix][0], exact=True).check(force=True)
    for n, name in enumerate(NAMES[prefix]):
        radio = page.get_by_role("radio", name=name, exact=True)
        if n and how == "pointer":
            box = radio.locator("xpath=..").bounding_box()
            page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        elif n:
            page.keyboard.press("ArrowRight")
        expect(radio).to_be_checked()
        looks.append(page.locator("#s2p1").evaluate(LOOK))
    sizes = [size for size, _, _ in looks]
    assert all(b > a * 1.1 for a, b in pairwise(sizes)), sizes
    for _, measure, height in looks:
        assert measure == pytest.approx(looks[1][1], rel=0.03)
        assert height == pytest.approx(looks[1][2], rel=0.03)
    page.reload()
    assert page.locator("#s2p1").evaluate(LOOK)[0] == sizes[-1]


def test_the_settings_stand_on_every_page(open_page, site):
    page = open_page("/")
    for address in ("/", "/en/", "/glossary/", "/en/about/", "/transcripts/"):
        page.goto(site.url + address)
        page.locator(".bt-settings summary").click()
        assert page.locator("[name=bt-size]").count() == 5
        assert not page.locator("[data-bt-set=notes]").count()


def test_every_open_tab_follows(open_page, site):
    page = open_page(PANEL, color_scheme="light")
    other = page.context.new_page()
    other.goto(site.url + "/en" + PANEL)
    page.locator(".bt-scheme").click()
    expect(other.locator("html")).to_have_attribute("data-bt-scheme", "dark")
    page.locator(".bt-settings summary").click()
    page.locator("[data-bt-set=notes]").uncheck()
    expect(other.locator("html")).to_have_attribute("data-bt-notes", "off")
    page.locator("[name=bt-size]").nth(4).check(force=True)
    expect(other.locator("html")).to_have_attribute("data-bt-size", "5")
    expect(other.locator("[name=bt-size]").nth(4)).to_be_checked()
    page.evaluate("localStorage.clear()")
    for name in ("scheme", "notes", "size"):
        expect(other.locator("html")).not_to_have_attribute(f"data-bt-{name}", re.compile(""))
    expect(other.locator("[data-bt-set=notes]")).to_be_checked()


@pytest.mark.parametrize("value", ["", "6", "0", "purple", "<b>", '{"path":1}', "null"])
def test_a_value_that_is_not_known_changes_nothing(open_page, site, value):
    page = open_page("/en/", locale="fr-FR")
    state = "Object.entries(document.documentElement.dataset).sort().join(';')"
    plain = page.evaluate(state)
    for name in ("scheme", "size", "notes", "keys", "view", "read"):
        page.evaluate("([name, value]) => localStorage.setItem('bt.' + name, value)", [name, value])
    page.reload()
    assert page.evaluate(state) == plain
    expect(page.locator(".bt-read")).to_be_hidden()
    page.goto(site.url + PANEL)
    assert page.evaluate(state) == plain


def read_to(page: Page, unit: str, top: int = 150) -> None:
    page.evaluate(
        "([id, at]) => scrollTo({ top: scrollY + document.getElementById(id).getBoundingClientRect().top - at, behavior: 'instant' })",
        [unit, top],
    )
    page.wait_for_function("history.state && history.state.bt")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_reading_goes_on_where_it_stopped(open_page, site, prefix):
    """After a restart (a new page), from home and library, in either language, to the pixel."""
    reader = open_page(PANEL)
    read_to(reader, "s4p2")
    context = reader.context
    reader.close(run_before_unload=False)
    page = context.new_page()
    for address in ("/", "/transcripts/"):
        page.goto(site.url + prefix + address)
        row = page.locator(".bt-read")
        expect(row).to_contain_text("s4p2")
        link = row.get_by_role("link")
        expect(link).to_have_text(re.compile("Sanders" if prefix else "桑德斯"))
        link.click()
        page.wait_for_url(f"**{prefix}{PANEL}#s4p2")
        page.wait_for_load_state("load")
        page.wait_for_timeout(120)
        assert page.locator("#s4p2").bounding_box()["y"] == pytest.approx(150, abs=1)


def test_the_offer_to_go_on_can_be_removed_and_ends_with_the_text(open_page, site):
    page = open_page(PANEL)
    read_to(page, "s4p2")
    page.goto(site.url + "/en/")
    row = page.locator(".bt-read")
    row.get_by_role("button", name="Remove").click()
    expect(row).to_be_hidden()
    page.reload()
    expect(row).to_be_hidden()
    page.goto(site.url + PANEL)
    read_to(page, "s4p2", 149)
    page.goto(site.url + "/en/")
    expect(row).to_be_visible()
    page.goto(site.url + PANEL)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_function("history.state && history.state.bt")
    page.goto(site.url + "/en/")
    expect(row).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_offer_to_go_on_shifts_nothing(open_page, site, width):
    page = open_page(PANEL, viewport={"width": width, "height": 800}, locale="fr-FR")
    read_to(page, "s4p2")
    page.add_init_script(
        "window.shifts = []; new PerformanceObserver(l => l.getEntries().forEach(e => shifts.push(e.value))).observe({ type: 'layout-shift', buffered: true })"
    )
    for address in ("/", "/en/transcripts/"):
        page.goto(site.url + address, wait_until="networkidle")
        expect(page.locator(".bt-read")).to_be_visible()
        assert sum(page.evaluate("shifts")) == pytest.approx(0, abs=0.0005)


def test_without_javascript_nothing_is_offered(open_page):
    page = open_page("/en/", java_script_enabled=False)
    expect(page.locator(".bt-read")).to_be_hidden()
    expect(page.locator(".bt-settings")).to_be_hidden()


@pytest.mark.parametrize("size", ["2", "5"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_at_320_px_no_page_scrolls_sideways_and_the_other_language_is_in_reach(site, open_page, prefix, size):  # fmt: skip
    """400 % zoom of a window of 1280 px (WCAG 1.4.10), in the usual size and the largest."""
    page = open_page("/404.html", viewport={"width": 320, "height": 800})
    page.evaluate("size => localStorage.setItem('bt.size', size)", size)
    wide = {}
    for address in looked_at(site):
        if address.startswith("/en/") != bool(prefix):
            continue
        page.goto(site.url + address)
        right = page.locator(".bt-bar a.bt-lang").bounding_box()
        found = page.evaluate("document.documentElement.scrollWidth"), right["x"] + right["width"]
        if max(found) > 320:
            wide[address] = found
    assert wide == {}


@pytest.mark.parametrize(("width", "columns"), [(739, 1), (740, 2), (820, 2), (1280, 2)])
def test_the_parallel_view_has_two_columns_from_740_px(open_page, width, columns):
    page = open_page("/en" + PANEL + "?view=parallel#s4p2", viewport={"width": width, "height": 900})  # fmt: skip
    page.wait_for_selector(".bt-twin:visible")
    own, twin = (page.locator(at).bounding_box() for at in ("#s4p2", "#s4p2 + .bt-twin"))
    assert (abs(own["y"] - twin["y"]) < 3) == (columns == 2)
    if columns == 2:
        assert min(own["width"], twin["width"]) > 280
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_one_column_in_both_languages_names_each_speaker_once(open_page):
    page = open_page(PANEL + "?view=parallel", viewport={"width": 390, "height": 844})
    page.wait_for_selector(".bt-twin:visible")
    seen = page.locator(".bt-page > .bt-turn").filter(visible=True)
    assert seen.count() == 6
    assert [text.count("薛澜") for text in seen.all_inner_texts()] == [0, 1, 0, 1, 0, 1]


def test_an_addressed_paragraph_is_marked_in_both_columns(open_page):
    page = open_page(PANEL + "?view=parallel#s4p2")
    page.wait_for_selector(".bt-twin:visible")
    own, twin = (
        page.locator(at).evaluate("n => getComputedStyle(n).backgroundColor")
        for at in ("#s4p2", "#s4p2 + .bt-twin")
    )
    assert own == twin != "rgba(0, 0, 0, 0)"


@pytest.mark.parametrize("lang", ["", "/en"])
def test_chinese_brackets_are_as_wide_as_characters(open_page, lang):
    """Also where the source's mark was half-width: measured as it is seen."""
    page = open_page(lang + PANEL)
    widths = page.evaluate(
        """() => { const p = document.createElement("p")
          p.className = "bt-u"; p.lang = "zh-Hans"; p.innerHTML = "美国（<i>甲</i>）在，<i>乙</i>在：<i>丙</i>"
          document.querySelector(".bt-page").append(p)
          const size = parseFloat(getComputedStyle(p).fontSize), range = document.createRange()
          return [[p.firstChild, 2], [p.childNodes[2], 0], [p.childNodes[2], 2], [p.childNodes[4], 1]].map(([node, i]) => {
            range.setStart(node, i); range.setEnd(node, i + 1)
            return range.getBoundingClientRect().width / size }) }"""
    )
    assert all(0.95 < width < 1.1 for width in widths), widths
    assert page.evaluate("getComputedStyle(document.querySelector('.bt-u')).fontFeatureSettings") == "normal"  # fmt: skip


def test_a_term_has_a_dotted_line_in_longhands(open_page):
    """WebKit drops the shorthand `underline dotted`."""
    page = open_page(PANEL)
    style = page.locator("a.bt-term").first.evaluate("n => getComputedStyle(n).textDecorationStyle")
    assert style == "dotted"
    sheet = page.evaluate("fetch([...document.styleSheets].find(s => /all.css/.test(s.href)).href).then(r => r.text())")  # fmt: skip
    assert "text-decoration-style:dotted" in re.search(r"\.md-typeset a\.bt-term\{[^}]*\}", sheet)[0]  # fmt: skip
