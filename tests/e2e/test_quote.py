"""What is copied: a quotation in both languages, or the text alone in one."""

from __future__ import annotations

import re

import pytest

from tests.e2e.test_light import PANEL, POINT, awake, sentences
from tests.e2e.test_views import HAN, LATIN_WORDS, SELECT, copied, reader

pytestmark = pytest.mark.e2e

ARTICLE = "/transcripts/track-two-perspective/"
DIFFER = "≠ 两种文本在此处说法不同 / The two versions differ here"
COPIED = {"": "已复制中英文", "/en": "Copied in both languages"}
HTML = "async () => (await (await navigator.clipboard.read())[0].getType('text/html')).text()"


def both(open_page, unit: str, path: str = PANEL) -> list[str]:
    """The unit's text as its Chinese and its English page show it."""
    return [open_page(p + path).locator(unit).text_content() for p in ("", "/en")]


def quoted(page, prefix="") -> str:
    page.get_by_role("status").get_by_text(COPIED[prefix]).wait_for()
    return page.evaluate("navigator.clipboard.readText()").replace("\r", "")


def quote(page, unit: str):
    return page.locator(f".bt-tools .bt-quote[data-id={unit}]")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_paragraph_is_quoted_in_both_languages(open_page, site, prefix):
    zh, en = both(open_page, "#s4p3")
    page = reader(open_page, prefix + PANEL + "?view=parallel")
    page.wait_for_selector(".bt-twin:visible")
    page.locator("#s4p3").scroll_into_view_if_needed()
    page.locator("#s4p3").hover(position={"x": 5, "y": 60})
    button = quote(page, "s4p3")
    assert button.evaluate("n => getComputedStyle(n).opacity") == "1"
    assert quote(page, "s4p2").evaluate("n => getComputedStyle(n).opacity") == "0"
    button.click()
    text = quoted(page, prefix)
    assert text.split("\n\n")[:2] == [zh, en]
    assert text.split("\n\n")[2].split("\n")[:2] == [
        "薛澜 / Lan Xue · 2026年4月29日 / 29 April 2026",
        site.url + prefix + PANEL + "#s4p3",
    ]
    html = page.evaluate(HTML)
    assert re.search(r'<p[^>]* lang="zh-Hans"', html) and re.search(r'<p[^>]* lang="en"', html)
    assert f'href="{site.url}{prefix}{PANEL}#s4p3"' in html


def test_a_quotation_says_where_the_two_versions_differ(open_page):
    page = reader(open_page, PANEL)
    assert page.locator(".bt-n--divergence").count() >= 2
    for unit, differs in (("s2p2", True), ("s1p1", False), ("s2p1", False)):
        quote(page, unit).evaluate("n => n.click()")
        page.wait_for_function("async id => (await navigator.clipboard.readText()).includes('#' + id)", arg=unit)  # fmt: skip
        assert quoted(page).endswith("\n" + DIFFER) == differs


def test_the_quote_button_is_in_an_open_peek_and_no_new_tab_stop(open_page):
    zh, en = both(open_page, "#s2p1")
    page = reader(open_page, PANEL, viewport={"width": 390, "height": 844}, has_touch=True)
    stops = ".bt-tools :is(a, button):not([tabindex='-1'])"
    units = page.locator(".bt-permalink").count()
    assert page.locator(stops).count() == units + page.locator(".bt-peek").count()
    page.locator("#s2p1").locator("xpath=preceding-sibling::div[1]").locator(".bt-peek").tap()
    button = page.locator(".bt-peeked").get_by_role("button", name="引用")
    button.tap()
    assert quoted(page).startswith(f"{zh}\n\n{en}\n\n")


def test_a_text_without_speakers_is_quoted_with_its_titles(open_page):
    page = reader(open_page, ARTICLE)
    quote(page, "p2").evaluate("n => n.click()")
    assert "人工智能安全的国际合作新视角 / A New Perspective" in quoted(page)


def test_a_paragraph_of_one_language_is_quoted_as_it_is(open_page):
    page = reader(open_page, PANEL)
    asked = []
    page.on("request", lambda r: asked.append(r.url))
    quote(page, "p1").evaluate("n => n.click()")
    text, _ = quoted(page).split("\n\n")
    assert text == page.locator("#p1").text_content()
    assert not [url for url in asked if "/en/" in url]


def test_a_paragraph_of_the_other_language_is_quoted_in_it(open_page):
    page = awake(reader(open_page, "/en" + PANEL))
    page.evaluate("document.querySelectorAll('.bt-page details').forEach(d => { d.open = true })")
    page.evaluate(SELECT, ["#p1", "#p1"])
    page.keyboard.press("q")
    assert quoted(page, "/en").startswith(page.locator("#p1").text_content() + "\n\n")
    assert re.search(r'<p[^>]* lang="zh-Hans"', page.evaluate(HTML))


@pytest.mark.parametrize("by", ["button", "key"])
def test_a_selection_is_quoted_with_the_twins_of_its_sentences(open_page, by):
    page = awake(reader(open_page, "/en" + PANEL + "?view=parallel"))
    page.wait_for_selector(".bt-twin:visible")
    page.evaluate("document.getElementById('s4p3').scrollIntoView()")
    own, twin = sentences(page, "#s4p3"), sentences(page, "#s4p3 + .bt-twin")
    (x, y), (x2, y2) = (page.evaluate(POINT, ["#s4p3", bead]) for bead in (1, 2))
    page.mouse.move(x + 40, y)
    page.mouse.down()
    page.mouse.move(x2 + 40, y2, steps=5)
    page.mouse.up()
    button = page.locator(".bt-quote--here")
    button.wait_for()
    assert button.bounding_box()["x"] + button.bounding_box()["width"] <= 1280
    if by == "button":
        button.click()
    else:
        page.keyboard.press("q")
    zh, en, _ = quoted(page, "/en").split("\n\n")
    assert (zh, en) == ("".join(twin[1:3]), " ".join(own[1:3]))
    assert button.count() == 0
    assert len(page.evaluate("String(getSelection())")) > 10, "the selection stays"


def test_a_selection_of_two_paragraphs_is_quoted_whole_sentence_by_sentence(open_page, site):
    other = open_page(PANEL)
    zh = [other.locator(unit).text_content() for unit in ("#s6p1", "#s6p2")]
    page = awake(reader(open_page, "/en" + PANEL))
    page.evaluate(SELECT, ["#s6p1", "#s6p2"])
    page.keyboard.press("q")
    en = [page.locator(unit).text_content() for unit in ("#s6p1", "#s6p2")]
    parts = quoted(page, "/en").split("\n\n")
    assert parts[:4] == zh + en
    address = site.url + "/en" + PANEL
    assert f"{address}#s6p1 – {address}#s6p2" in parts[4]


def test_a_key_quotes_the_lit_sentence_or_the_paragraph_at_hand(open_page):
    page = awake(reader(open_page, PANEL))
    page.evaluate("document.getElementById('s6p2').scrollIntoView()")
    own = sentences(page, "#s6p2")
    page.keyboard.press(".")
    page.keyboard.press(".")
    page.keyboard.press("q")
    text = quoted(page)
    assert text.startswith(own[1] + "\n\n") and text.count("\n\n") == 2
    page.keyboard.press("Escape")
    page.keyboard.press("q")
    page.wait_for_function("async text => (await navigator.clipboard.readText()).startsWith(text)", arg=own[0] + own[1])  # fmt: skip


def test_a_refused_clipboard_is_told(open_page):
    page = awake(open_page(PANEL))
    page.evaluate("() => { navigator.clipboard.write = () => Promise.reject(new Error('no')) }")
    quote(page, "p1").evaluate("n => n.click()")
    page.get_by_role("status").get_by_text("未能复制").wait_for()


def test_on_touch_no_button_stands_by_a_selection(open_page):
    page = awake(reader(open_page, PANEL, viewport={"width": 390, "height": 844}, has_touch=True))
    page.locator("h1").tap()
    page.evaluate("getSelection().selectAllChildren(document.getElementById('s2p1'))")
    page.wait_for_timeout(200)
    assert page.locator(".bt-quote--here").count() == 0


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_copy_of_paragraphs_is_text_alone(open_page, prefix):
    """../shared/cases/site/c08: from the start of p1 to the end of p2, then to p3."""
    page = reader(open_page, prefix + ARTICLE, viewport={"width": 1280, "height": 2400})
    texts = [page.locator(f"#p{n}").text_content() for n in (1, 2, 3)]
    awake(page)
    for last in (2, 3):
        start, end = page.locator("#p1").bounding_box(), page.locator(f"#p{last}").bounding_box()
        page.mouse.click(5, 5)
        page.mouse.move(start["x"] + 1, start["y"] + 8)
        page.mouse.down()
        page.mouse.move(end["x"] + end["width"] - 1, end["y"] + end["height"] - 6, steps=8)
        page.mouse.up()
        found = copied(page).replace("\r", "").split("\n\n")
        assert [text for text in found if text in texts] == texts[:last]
        # What is left is text too: the source's own note stands between p2 and p3.
        note = page.locator("#n1").text_content().replace("\n", "")
        assert all(text in texts or text.replace("\n", "") in note for text in found)


@pytest.mark.parametrize(("column", "prefix"), [("own", ""), ("own", "/en"), ("twin", "/en"), (None, "/en")])  # fmt: skip
def test_all_of_a_parallel_page_is_copied_in_one_language(open_page, column, prefix):
    page = awake(reader(open_page, prefix + PANEL + "?view=parallel"))
    page.wait_for_selector(".bt-twin:visible")
    if column:
        page.evaluate("document.getElementById('s4p3').scrollIntoView()")
        page.mouse.click(*page.evaluate(POINT, ["#s4p3" if column == "own" else "#s4p3 + .bt-twin", 1]))  # fmt: skip
    page.keyboard.press("Control+a")
    text = copied(page).replace("\r", "")
    chinese = (prefix == "") == (column != "twin")
    own, other = ("#s6p3", "#s6p3 + .bt-twin")[:: 1 if column != "twin" else -1]
    assert page.locator(own).text_content() in text
    assert page.locator(other).text_content() not in text
    if not chinese:
        assert not HAN.search(text)
    else:
        assert [line for line in text.split("\n") if LATIN_WORDS.search(line)] == []
        assert prefix or page.locator("#p1").text_content() in text
    assert not re.search(
        "编者注|Editor’s notes|译文|术语：|全部发言|all turns|字数去向|Where every character", text
    )


def test_a_copy_within_one_paragraph_is_the_browsers_own(open_page):
    page = awake(reader(open_page, PANEL))
    page.locator("#s2p1").scroll_into_view_if_needed()
    page.evaluate(
        "() => { const [a, b] = bt.sentences(document.getElementById('s2p1')); a.setEnd(b.endContainer, b.endOffset); getSelection().addRange(a) }"
    )
    assert copied(page) == "".join(sentences(page, "#s2p1")[:2])


def test_text_in_an_open_peek_can_be_copied(open_page):
    page = reader(open_page, "/en" + PANEL)
    page.locator("#s2p1").locator("xpath=preceding-sibling::div[1]").locator(".bt-peek").click()
    text = page.locator(".bt-peek-text")
    text.click(click_count=3)
    assert copied(page).strip() == text.text_content().strip() != ""
