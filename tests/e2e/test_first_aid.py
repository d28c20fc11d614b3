"""The page works where the browser refuses storage, and under an address that was cut."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.e2e

PANEL = "/transcripts/sanders-xue-panel/"
#: What Chromium does when all cookies are blocked: the mere name throws.
REFUSED = """for (const name of ['localStorage', 'sessionStorage'])
  Object.defineProperty(window, name, { get() { throw new DOMException('Access is denied', 'SecurityError') } })"""
CONTROLS = ".bt-header [data-bt-do], .bt-header summary"
CUT = ["#%E4", "#100%", "#%", "#%E4%BA", "#s4p2%", "#%FF%FE"]


def without_storage(open_page, path: str):
    """The page, opened anew in a browser that refuses storage."""
    page = open_page("/about/")
    page.add_init_script(REFUSED)
    page.goto(page.url.replace("/about/", path))
    return page


@pytest.mark.parametrize("path", [PANEL, "/en" + PANEL, "/glossary/"])
def test_refused_storage_hides_no_control(open_page, path):
    known = open_page(path).locator(CONTROLS).filter(visible=True).count()
    page = without_storage(open_page, path)
    expect(page.locator("html")).not_to_have_class("no-js")
    assert known and page.locator(CONTROLS).filter(visible=True).count() == known


def test_refused_storage_leaves_every_tool_working(open_page):
    page = without_storage(open_page, PANEL)
    page.locator(".bt-scheme").click()
    expect(page.locator("html")).to_have_attribute("data-bt-scheme", "dark")
    page.keyboard.press("v")
    expect(page.locator(".bt-page > .bt-twin").first).to_be_visible()
    page.keyboard.press("v")
    page.locator("a.bt-lang[hreflang]").filter(visible=True).first.click()
    page.wait_for_url("**/en" + PANEL + "*")
    page.keyboard.press("/")
    page.keyboard.type("governance")
    expect(page.locator(".bt-hit").first).to_be_visible()


@pytest.mark.parametrize("cut", CUT)
def test_a_cut_fragment_stops_no_tool(open_page, cut):
    page = open_page(PANEL + cut)
    expect(page.locator(".bt-permalink").first).to_be_attached()
    page.keyboard.press("v")
    expect(page.locator(".bt-page > .bt-twin").first).to_be_visible()


@pytest.mark.parametrize("cut", CUT[:2])
def test_a_cut_fragment_stops_neither_marks_nor_the_switch(open_page, cut):
    page = open_page(f"{PANEL}?h=%E6%B2%BB%E7%90%86{cut}")
    expect(page.locator("mark").first).to_be_attached()
    page.locator("a.bt-lang[hreflang]").filter(visible=True).first.click()
    page.wait_for_url("**/en" + PANEL + "*")


def test_a_fragment_in_percent_signs_opens_what_it_names(open_page):
    page = open_page("/transcripts/track-two-perspective/#%6E1")
    expect(page.locator("#n1")).to_be_in_viewport()
