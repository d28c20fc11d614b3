"""The built site as a whole: every page, in both languages, with and without JavaScript."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.html
import pytest
from playwright.sync_api import expect

from bitext.model import LANGS
from bitext.pages.typography import set_in
from bitext.project.project import load_project
from bitext.publish.policy import POLICY
from tests.conftest import ROOT
from tests.e2e.conftest import ADDRESS, FULL
from tests.test_escape import squeeze
from tests.test_write import unit_text

pytestmark = pytest.mark.e2e

HTML_LANG = {"zh": "zh-Hans", "en": "en"}


def pages(site) -> list[str]:
    """The address of every page of the built site."""
    return sorted(
        "/" + str(file.parent.relative_to(site.path)).replace(".", "", 1).strip("/") + "/"
        for file in site.path.rglob("index.html")
    )


def addresses(site) -> list[str]:
    return [re.sub("/+", "/", page) for page in pages(site)]


def looked_at(site) -> list[str]:
    """The pages at which a browser looks: all, or of the many concepts those with most and least on them."""
    every = addresses(site)
    concepts = {a for a in every if re.match(r"(/en)?/glossary/[^/]+/", a)}
    by_size = sorted(
        concepts, key=lambda a: (site.path / a.strip("/") / "index.html").stat().st_size
    )
    return every if FULL else [a for a in every if a not in {*by_size[3:-9]}]


def tree(site, address: str) -> lxml.html.HtmlElement:
    file = site.path / address.strip("/") / "index.html"
    return lxml.html.fromstring(file.read_text("utf-8"))


def test_every_page_has_its_twin(site):
    found = set(addresses(site))
    for address in found:
        twin = address.removeprefix("/en") if address.startswith("/en/") else "/en" + address
        assert twin in found, f"{address} has no twin"
    for path in ("/", "/transcripts/", "/glossary/", "/how-to-read/", "/about/", "/contribute/"):
        assert path in found
    for slug in ("sanders-xue-panel", "track-two-perspective"):
        assert f"/transcripts/{slug}/" in found


def test_nothing_runs_that_stands_in_a_page(site):
    """Scripts and sheets are files of the site, and each page says so to the browser before anything else."""
    for address in [*addresses(site), "404"]:
        gone = address == "404"
        page = lxml.html.parse(site.path / "404.html").getroot() if gone else tree(site, address)
        head = page.find("head")
        assert head[0].get("http-equiv") == "Content-Security-Policy", address
        assert head[0].get("content") == POLICY
        inline = [s for s in page.iter("script") if not s.get("src")]
        assert {s.get("type") for s in inline} <= {"application/json", "application/ld+json"}
        assert not page.xpath("//style | //@style | //@*[starts-with(name(), 'on')]"), address


def test_a_reader_meets_no_bar_under_the_policy(open_page):
    """Both languages, a paragraph's twin, a term's card, search, the citation, a setting, the switch."""
    page = open_page("/transcripts/sanders-xue-panel/", bypass_csp=False)
    page.locator(".bt-peek").first.click()
    expect(page.locator(".bt-peeked")).to_be_visible()
    page.keyboard.press("v")
    expect(page.locator(".bt-twin:visible").first).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("敏捷治理")
    expect(page.locator(".bt-find .bt-hit").first).to_be_visible(timeout=15_000)
    page.keyboard.press("Escape")
    page.locator("a.bt-term").first.hover()
    expect(page.locator(".bt-card")).to_be_visible()
    page.mouse.move(2, 400)
    page.keyboard.press("c")
    expect(page.locator("dialog[open]")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".bt-bar a.bt-lang").click()
    expect(page.locator("html[lang=en]")).to_be_attached()


def test_every_page_loads_without_complaint(site, open_page):
    """No console error, no request to another origin: open_page fails the test otherwise."""
    page = open_page("/", bypass_csp=False)
    for address in looked_at(site):
        page.goto(site.url + address)
        expected = "en" if address.startswith("/en/") else "zh-Hans"
        assert page.locator("html").get_attribute("lang") == expected, address
        assert page.locator("h1").count() == 1, address


def test_the_text_of_each_unit_is_on_both_pages(site):
    """What is rendered, read back from the HTML, equals the bitext's text."""
    library = load_project(ROOT).library
    assert len(library.bitexts) >= 2
    for bitext in library.bitexts:
        for lang in LANGS:
            prefix = "" if lang == "zh" else "/en"
            page = tree(site, f"{prefix}/transcripts/{bitext.slug}/")
            for unit in bitext.units:
                shown = lang if unit.text(lang) is not None else ("en" if lang == "zh" else "zh")
                assert unit_text(page, unit.id) == squeeze(set_in(unit.text(shown), shown)), unit.id
                if shown != lang:
                    assert page.get_element_by_id(unit.id).get("lang") == HTML_LANG[shown]


def test_both_pages_of_a_text_have_the_same_ids_in_the_same_order(site):
    for bitext in load_project(ROOT).library.bitexts:
        ids = []
        for prefix in ("", "/en"):
            page = tree(site, f"{prefix}/transcripts/{bitext.slug}/")
            ids.append([e.get("id") for e in page.xpath("//article//*[@id]")])
        assert ids[0] == ids[1]


def test_the_page_shows_the_account_of_every_character(site, open_page):
    bitext = next(b for b in load_project(ROOT).library.bitexts if b.slug == "sanders-xue-panel")
    for prefix in ("", "/en"):
        page = open_page(f"{prefix}/transcripts/sanders-xue-panel/")
        assert f"{bitext.ledger.total:,}" in page.locator(".bt-ledger").inner_text()


def test_a_truncated_text_says_so_in_both_languages(open_page):
    assert "并不完整" in open_page("/transcripts/track-two-perspective/").locator(".bt-truncated").inner_text()  # fmt: skip
    assert "incomplete" in open_page("/en/transcripts/track-two-perspective/").locator(".bt-truncated").inner_text()  # fmt: skip


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_text_can_be_read_without_javascript(open_page, prefix):
    page = open_page(f"{prefix}/transcripts/sanders-xue-panel/", java_script_enabled=False)
    first = page.locator("#s2p1")
    assert first.is_visible()
    page.get_by_role("link", name="English" if not prefix else "中文").first.click()
    assert page.url.endswith("/transcripts/sanders-xue-panel/")
    assert ("/en/" in page.url) == (not prefix)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_no_page_scrolls_sideways(site, open_page, width, prefix):
    page = open_page("/", viewport={"width": width, "height": 800})
    for address in looked_at(site):
        if address.startswith("/en/") == bool(prefix):
            page.goto(site.url + address)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{address} is {wide} px wide"


def test_the_missing_page_speaks_both_languages(site, open_page):
    page = open_page("/no/such/page/", allow=("404",))
    text = page.locator("body").inner_text()
    assert "没有" in text or "找不到" in text
    assert "not" in text.lower()
    assert page.locator('a[href$="/en/"]').count() >= 1


def test_the_aligned_text_can_be_taken_away(site):
    for suffix in ("json", "tmx", "csv", "txt"):
        assert (site.path / "data" / f"sanders-xue-panel.{suffix}").stat().st_size > 1000


def test_a_second_build_gives_the_same_bytes(site, tmp_path):
    """Pages, index, downloads, feeds: nothing carries the time of the build."""
    import os
    import subprocess
    import sys

    again = tmp_path / "site"
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(again)],
        cwd=ROOT, check=True, capture_output=True,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": ADDRESS},
    )  # fmt: skip

    def files(root: Path) -> dict[str, bytes]:
        return {
            str(file.relative_to(root)): file.read_bytes()
            for file in root.rglob("*")
            if file.is_file()
        }

    first, second = files(site.path), files(again)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
