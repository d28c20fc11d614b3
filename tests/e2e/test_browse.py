"""Finding a text: the filter by key, pointer and touch, its address, Back, and all of it without script."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.e2e

PANEL, ARTICLE = "sanders-xue-panel", "track-two-perspective"
SAID = {"": "1 / 2", "/en": "1 of 2"}


def listed(page: Page) -> list[str]:
    """The texts that the list shows, by their addresses."""
    links = page.locator(".bt-rows > ul > li > a").evaluate_all("all => all.map(a => a.href)")
    return [link.rstrip("/").rpartition("/")[2] for link in links]


def box(page: Page):
    return page.get_by_role("searchbox").last


#: What is typed, and what is left: either script, any width and case, days and kinds in words.
TYPED = [
    ("薛澜", [PANEL]), ("xue LAN", [PANEL]), ("ＸＵＥ", [PANEL]), ("lan xue", [PANEL]),
    ("伯尼桑德斯", [PANEL]), ("2026年6月", [ARTICLE]), ("june 2026", [ARTICLE]), ("2026-04-29", [PANEL]),
    ("文章", [ARTICLE]), ("panels", [PANEL]), ("国际合作 perspective", [ARTICLE]),
    ("2026", [ARTICLE, PANEL]), ("zebra", []),
]  # fmt: skip


@pytest.mark.parametrize("prefix", SAID)
def test_the_filter_finds_titles_names_days_and_kinds_in_either_language(open_page, prefix):
    page = open_page(f"{prefix}/transcripts/")
    for typed, left in TYPED:
        box(page).fill(typed)
        if left:
            expect(page.locator(".bt-filter output")).to_have_text(re.compile(rf"^{len(left)}\b"))
        else:
            expect(page.locator(".bt-filter output")).not_to_have_text(re.compile(r"^\d"))
        assert listed(page) == left, typed
        if left == [PANEL]:
            expect(page.locator(".bt-filter output")).to_have_text(SAID[prefix])
    page.keyboard.press("Escape")
    assert listed(page) == [ARTICLE, PANEL]
    expect(page.locator(".bt-filter output")).to_be_empty()


@pytest.mark.parametrize("prefix", SAID)
def test_the_filter_stands_in_the_address_for_back_reload_and_the_other_language(open_page, prefix):
    page = open_page(f"{prefix}/transcripts/")
    page.get_by_role("searchbox").last.click()
    page.keyboard.type("薛澜")
    expect(page).to_have_url(re.compile(r"\?f=%E8%96%9B%E6%BE%9C$"))
    page.reload()
    expect(box(page)).to_have_value("薛澜")
    expect(page.locator(".bt-rows > ul > li")).to_have_count(1)
    page.keyboard.press("Tab")  # nothing has the focus yet: the field is asked for by name
    box(page).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # the first row has the focus now
    expect(page).to_have_url(re.compile(f"/{PANEL}/$"))
    page.go_back()
    expect(box(page)).to_have_value("薛澜")
    expect(page.locator(".bt-rows > ul > li")).to_have_count(1)
    page.locator("a.bt-lang[hreflang]").first.click()
    expect(box(page)).to_have_value("薛澜")
    expect(page.locator(".bt-rows > ul > li")).to_have_count(1)


def test_a_finger_filters_and_opens(open_page):
    page = open_page("/transcripts/", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)  # fmt: skip
    box(page).tap()
    page.keyboard.insert_text("二轨")
    expect(page.locator(".bt-filter output")).not_to_have_text(re.compile(r"^\d"))
    box(page).fill("新视角")
    expect(page.locator(".bt-rows > ul > li")).to_have_count(1)
    page.locator(".bt-rows > ul > li > a").tap()
    expect(page).to_have_url(re.compile(f"/{ARTICLE}/$"))


def test_people_are_found_by_any_form_of_their_names(open_page):
    page = open_page("/en/speakers/")
    for typed, left in (("本希奥", ["bengio"]), ("dean xue", ["xue-lan"]), ("yi", ["zeng-yi"])):
        box(page).fill(typed)
        expect(page.locator(".bt-rows > ul > li")).to_have_count(len(left))
        assert listed(page) == left
    page.locator(".bt-rows a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Zeng Yi")
    assert page.locator(".bt-rows a[href*='#']").count() >= 1


def test_where_the_table_cannot_be_fetched_the_rows_of_the_page_are_filtered(open_page):
    page = open_page("/en/transcripts/", allow=("rows.json", "ERR_FAILED", "net::"))
    page.route("**/rows.json", lambda route: route.abort())
    box(page).fill("perspective")
    expect(page.locator(".bt-filter output")).to_have_text(re.compile("could not be fetched"))
    assert listed(page) == [ARTICLE]


def test_nothing_is_fetched_before_one_types(open_page):
    page = open_page("/transcripts/")
    asked = []
    page.on("request", lambda r: asked.append(r.url))
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "rows.json" in url]
    with page.expect_request("**/rows.json"):
        box(page).fill("a")


@pytest.mark.parametrize("prefix", SAID)
def test_without_script_every_way_leads_to_a_text_in_three_actions(open_page, prefix):
    page = open_page(f"{prefix}/transcripts/", java_script_enabled=False)
    expect(page.locator(".bt-filter")).to_be_hidden()
    ways = page.locator(".bt-ways dd").all()
    assert len(ways) == 4
    for n in range(4):
        page.locator(".bt-ways dd").nth(n).locator("a").first.click()
        page.locator(f".bt-rows a[href*='transcripts/{PANEL}/']").first.click()
        expect(page).to_have_url(re.compile(f"/{PANEL}/"))
        page.goto(page.url.split(f"{PANEL}/")[0])


def test_the_navigation_leads_to_the_lists(open_page):
    page = open_page("/en/kinds/panel/")
    expect(page.get_by_role("link", name="Library").first).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="People", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("People")


def test_home_shows_the_newest_texts(open_page):
    page = open_page("/")
    titles = page.locator(".bt-home-dialogue h3 a").all_text_contents()
    assert titles == ["人工智能安全的国际合作新视角", "桑德斯参议员与薛澜问答"]


@pytest.mark.parametrize("prefix", SAID)
def test_a_page_names_the_feed_of_its_language(open_page, site, prefix):
    for path in ("/", "/transcripts/", f"/transcripts/{PANEL}/"):
        page = open_page(prefix + path)
        link = page.locator("link[type='application/atom+xml']")
        where = page.evaluate("n => n.href", link.element_handle())
        assert where == f"{site.url}{prefix}/feed.xml"
    root = ElementTree.fromstring(page.request.get(where).text())
    links = [n.get("href") for n in root.iter("{http://www.w3.org/2005/Atom}link")]
    assert f"transcripts/{PANEL}/" in links  # relative: this site has not been told its address
