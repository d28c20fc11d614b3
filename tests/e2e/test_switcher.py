"""The language switcher: one visible link, and the reader stays where they were reading."""

from __future__ import annotations

import re

import lxml.etree
import lxml.html
import pytest

pytestmark = pytest.mark.e2e

PANEL = "/transcripts/sanders-xue-panel/"
SIZES = [{"width": 390, "height": 844}, {"width": 1280, "height": 800}]
LINK = ".bt-bar a.bt-lang"
ALIGN = """([id, top]) => {
  const node = document.getElementById(id)
  scrollTo({ top: scrollY + node.getBoundingClientRect().top - top, behavior: "instant" })
}"""
TOP = "id => document.getElementById(id).getBoundingClientRect().top"


def settled(page, id_: str) -> float:
    """The unit's offset in the window once nothing moves any more."""
    page.wait_for_load_state("load")
    page.wait_for_timeout(120)
    return page.evaluate(TOP, id_)


@pytest.mark.parametrize("size", SIZES, ids=["390", "1280"])
@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("how", ["mouse", "keyboard", "touch"])
def test_the_reader_stays_in_the_paragraph(open_page, size, prefix, how):
    page = open_page(prefix + PANEL, viewport=size, has_touch=how == "touch")
    page.evaluate(ALIGN, ["s4p3", 150])
    link = page.locator(LINK)
    if how == "mouse":
        link.click()
    elif how == "touch":
        link.tap()
    else:
        link.focus()
        page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/sanders-xue-panel/#s4p3$"))
    assert ("/en/" in page.url) == (not prefix)
    assert settled(page, "s4p3") == pytest.approx(150, abs=1.5)


@pytest.mark.parametrize("size", SIZES, ids=["390", "1280"])
def test_a_fragment_and_a_query_are_kept(site, open_page, size):
    page = open_page(PANEL + "?view=single&x=1#s2p3", viewport=size)
    before = settled(page, "s2p3")
    page.locator(LINK).click()
    page.wait_for_url(site.url + "/en" + PANEL + "?view=single&x=1#s2p3")
    assert settled(page, "s2p3") == pytest.approx(before, abs=1.5)


def test_there_and_back_is_where_one_was(open_page):
    page = open_page(PANEL)
    for id_ in ("s1p1", "s2p3", "s4p2", "s6p3"):
        page.evaluate(ALIGN, [id_, 90])
        for _ in range(2):
            page.locator(LINK).click()
            page.wait_for_url(re.compile(f"#{id_}$"))
            assert settled(page, id_) == pytest.approx(90, abs=1.5)


def test_a_fragment_left_behind_does_not_pull_the_reader_back(open_page):
    page = open_page(PANEL + "#s1p1")
    page.evaluate(ALIGN, ["s5p1", 120])
    page.locator(LINK).click()
    page.wait_for_url(re.compile(r"/en/.*#s5p1$"))


def test_at_the_top_the_address_stays_plain(site, open_page):
    page = open_page(PANEL)
    page.locator(LINK).click()
    page.wait_for_url(site.url + "/en" + PANEL)
    assert page.evaluate("scrollY") == 0


def test_plain_pages_keep_their_section(open_page):
    page = open_page("/how-to-read/")
    page.evaluate(ALIGN, ["notes", 160])
    page.locator(LINK).click()
    page.wait_for_url(re.compile(r"/en/how-to-read/"))
    assert settled(page, "notes") == pytest.approx(160, abs=1.5)


def test_the_link_can_be_opened_elsewhere(site, open_page):
    page = open_page(PANEL)
    page.evaluate(ALIGN, ["s3p1", 140])
    with page.context.expect_page() as opened:
        page.locator(LINK).click(button="middle")
    opened.value.wait_for_url(re.compile("^http"))  # it begins as about:blank
    assert opened.value.url == site.url + "/en" + PANEL + "#s3p1"
    assert page.url == site.url + PANEL


def test_without_javascript_it_is_a_plain_link(site, open_page):
    page = open_page("/en" + PANEL, java_script_enabled=False)
    page.locator(LINK).click()
    assert page.url == site.url + PANEL


def test_every_page_names_itself_its_twin_and_the_default(site):
    """Absolute and reciprocal; the canonical address is the page's own."""
    named: dict[str, dict[str, str]] = {}
    for file in site.path.rglob("index.html"):
        head = lxml.html.fromstring(file.read_text("utf-8"))
        canonical = head.xpath("//link[@rel='canonical']/@href")
        links = head.xpath("//link[@rel='alternate'][@hreflang]")
        assert len(canonical) == 1, file
        named[canonical[0]] = {link.get("hreflang"): link.get("href") for link in links}
    assert len(named) >= 16
    for address, links in named.items():
        assert set(links) == {"zh-Hans", "en", "x-default"}
        assert links["x-default"] == links["zh-Hans"]
        assert address in links.values()
        for other in links.values():
            assert other.startswith("https://")
            assert named[other] == links, f"{address} and {other} disagree"


def test_the_sitemap_has_every_page_with_both_languages(site):
    """All but the results of a search, which no engine is to list."""
    tree = lxml.etree.fromstring((site.path / "sitemap.xml").read_bytes())
    spaces = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}  # fmt: skip
    urls = tree.findall("s:url", spaces)
    pages = (lxml.html.parse(str(file)) for file in site.path.rglob("index.html"))
    listed = [page for page in pages if not page.xpath("//meta[@name='robots'][contains(@content, 'noindex')]")]  # fmt: skip
    assert len(urls) == len(listed) >= 16
    for url in urls:
        links = {x.get("hreflang"): x.get("href") for x in url.findall("x:link", spaces)}
        assert set(links) == {"zh-Hans", "en", "x-default"}
        assert url.findtext("s:loc", namespaces=spaces) in links.values()


@pytest.mark.parametrize(
    ("locale", "path", "offered"),
    [("en-GB", "/", True), ("zh-CN", "/", False), ("zh-TW", "/en/", True), ("fr-FR", "/", False)],
)
def test_a_first_visit_in_the_wrong_language_is_offered_the_other(open_page, locale, path, offered):
    page = open_page(path, locale=locale)
    offer = page.locator(".bt-offer")
    assert offer.is_visible() == offered
    assert page.evaluate("location.pathname") == path, "never a redirect"
    if offered:
        offer.get_by_role("button").click()
        assert not offer.is_visible()
        page.reload()
        assert not page.locator(".bt-offer").is_visible()
