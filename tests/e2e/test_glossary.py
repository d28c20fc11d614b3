"""The glossary in a browser: old addresses, filters, a concept's page, downloads."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from lxml import etree
from playwright.sync_api import expect

pytestmark = pytest.mark.e2e
LANGS = pytest.mark.parametrize("prefix", ["", "/en"])


@LANGS
def test_an_old_address_leads_on_and_is_not_gone_back_to(open_page, site, prefix):
    page = open_page(f"{prefix}/about/")
    for old, new in (("agile-governance", "agile-governance"), ("subject-governance", "governance")):  # fmt: skip
        page.goto(f"{site.url}{prefix}/about/")
        page.goto(f"{site.url}{prefix}/glossary/#{old}")
        page.wait_for_url(f"{site.url}{prefix}/glossary/{new}/")
        page.go_back()
        page.wait_for_url(f"{site.url}{prefix}/about/")


@LANGS
def test_an_old_address_within_the_list_leads_on(open_page, site, prefix):
    """A link to it on the page itself, as a reader who edits the address makes."""
    page = open_page(f"{prefix}/glossary/")
    page.evaluate("location.hash = 'track-2'")
    page.wait_for_url(f"{site.url}{prefix}/glossary/track-2/")


@LANGS
def test_without_script_the_row_of_an_old_address_links_on(open_page, prefix):
    page = open_page(f"{prefix}/glossary/#agile-governance", java_script_enabled=False)
    row = page.locator("#agile-governance")
    expect(row).to_be_in_viewport()
    row.get_by_role("link").click()
    assert page.url.endswith(f"{prefix}/glossary/agile-governance/")


def test_an_address_that_is_none_stays_on_the_list(open_page):
    for hash_ in ("#nothing", "#%E0%A4%A", "#bt-a", "#title", "#alphabetical"):
        page = open_page("/glossary/" + hash_)
        expect(page.locator(".bt-filter output")).to_have_text(re.compile(r"^(\d+) / \1$"))
        assert "/glossary/#" in page.url


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("how", ["key", "pointer"])
def test_the_list_is_filtered_by_subject_and_letter(open_page, how, script):
    page = open_page("/en/glossary/", java_script_enabled=script)
    go = (lambda link: (link.focus(), link.press("Enter"))) if how == "key" else (lambda link: link.click())  # fmt: skip
    go(page.get_by_role("navigation", name="Subjects").get_by_role("link", name="Technology"))
    page.wait_for_url("**/en/glossary/technology/")
    rows = page.locator(".bt-words li")
    few = rows.count()
    assert few == int(page.locator(".bt-subjects [aria-current] span").inner_text())
    go(page.get_by_role("navigation", name="Subjects").get_by_role("link", name="All"))
    page.wait_for_url("**/en/glossary/")
    assert rows.count() > few
    go(page.get_by_role("navigation", name="A to Z").get_by_role("link", name="S", exact=True))
    expect(page.get_by_role("heading", name="S", exact=True)).to_be_in_viewport()


@LANGS
def test_the_filter_shows_the_letters_that_have_rows(open_page, prefix):
    page = open_page(f"{prefix}/glossary/")
    page.get_by_role("searchbox").fill("erguiduihua")  # how a Chinese name is typed
    expect(page.locator(".bt-words li:visible")).to_have_count(1)
    expect(page.locator(".bt-words h2:visible")).to_have_text("T" if prefix else "E")


@LANGS
@pytest.mark.parametrize("width", [320, 390, 820, 1280])
def test_a_concept_fits_and_its_pairs_lead_to_their_unit(open_page, site, prefix, width):
    page = open_page(f"{prefix}/glossary/agile-governance/", viewport={"width": width, "height": 800})  # fmt: skip
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    pair = page.locator(".bt-pairs > li").first
    zh, en = (pair.locator("p").nth(n).bounding_box() for n in (0, 1))
    assert (zh["y"] == en["y"]) == (width >= 820)
    words = pair.locator("p").first.inner_text()
    pair.get_by_role("link").click()
    page.wait_for_url(f"{site.url}{prefix}/transcripts/sanders-xue-panel/#s4p2")
    assert words[:20] in page.locator("#s4p2").inner_text()


def test_the_switch_leads_to_the_concept_in_the_other_language(open_page, site):
    page = open_page("/glossary/track-2/")
    page.locator("header a.bt-lang").click()
    page.wait_for_url(f"{site.url}/en/glossary/track-2/**")
    expect(page.get_by_role("heading", level=1)).to_have_text("Track II dialogue")


@LANGS
def test_the_downloads_are_read_by_others(open_page, prefix):
    """And are as large as the page says."""
    page = open_page(f"{prefix}/glossary/governance/")
    ids = {}
    for link in page.locator(".bt-take a").all():
        with page.expect_download() as got:
            link.click()
        data = got.value.path().read_bytes()
        said = link.evaluate("a => a.nextElementSibling.textContent").split()
        assert int(said[0].replace(",", "")) == round(len(data) / 1000)
        ids[link.inner_text()] = READ[link.inner_text()](data)
    assert set(ids) == set(READ) and len(ids["TBX"]) >= 50
    assert ids["TBX"] == ids["CSV"] == ids["JSON"]


READ = {
    "TBX": lambda data: [e.get("id") for e in etree.fromstring(data).iter("termEntry")],
    "CSV": lambda data: [r["id"] for r in csv.DictReader(io.StringIO(data.decode("utf-8-sig")))],
    "JSON": lambda data: [term["id"] for term in json.loads(data)["terms"]],
}


def test_no_transcript_loads_what_only_the_glossary_needs(open_page):
    page = open_page("/transcripts/sanders-xue-panel/")
    asked = page.evaluate("performance.getEntriesByType('resource').map(e => e.name)")
    assert asked and not any("glossary" in name for name in asked)
