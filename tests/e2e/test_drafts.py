"""`bitext serve` on a changed copy of the project: corrections, problems and the editor's view."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.request

import pytest
from playwright.sync_api import expect

from bitext.publish.serve import free_port
from tests.e2e.test_a11y import violations
from tests.projects import ARTICLE, ENTRY, LISTED, PANEL, contents, copy_project, edit, unsettle

pytestmark = pytest.mark.e2e

FIXED = "/transcripts/track-two-perspective/"
WRONG = "/transcripts/sanders-xue-panel/"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """The article with a listed correction; the panel with its doubts, with an edit that nothing
    lists, and with two lines joined."""
    folder = copy_project(tmp_path_factory.mktemp("project"))
    edit(folder / ARTICLE, *LISTED, ENTRY)
    unsettle(folder / PANEL)
    edit(folder / PANEL, "并以一种敏捷、适应性的方式", "并以一种灵活的方式")
    edit(folder / PANEL, "也可在后续加以完善。\n      其次,", "也可在后续加以完善。其次,")
    return folder


@pytest.fixture(scope="module")
def served(project):
    """The address of `bitext serve` in the copy; docs/ is as it was before."""
    before, port = contents(project / "docs"), free_port(8100 + os.getpid() % 1000)
    process = subprocess.Popen(
        [sys.executable, "-m", "bitext", "serve", "--port", str(port), "--root", str(project)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"},
    )  # fmt: skip
    try:
        said = ""
        for line in process.stdout:
            said += line
            found = re.search(r"For editors (http://\S+?)/editor/", line)
            if found:
                break
        assert found, said
        assert "E-PROOF" in said and "docs/ is not written" in said
        _wait(found[1])
        yield found[1]
        assert contents(project / "docs") == before
    finally:
        process.terminate()
        process.wait(20)


def _wait(url: str) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)


@pytest.fixture
def visit(browser, served):
    """visit(path, **context options) -> a Page that fails the test on any error in its console."""
    contexts, complaints = [], []

    def visit_(path: str, **options):
        context = browser.new_context(viewport={"width": 1280, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: complaints.append(str(e)))
        page.goto(served + path)
        return page

    yield visit_
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
@pytest.mark.parametrize(
    ("prefix", "more", "old", "open_"),
    [
        ("", "见更正表", "原作", "英文是否也要改，尚未核对。"),
        ("/en", "All corrections", "was", "The English has not been compared yet."),
    ],
)
def test_a_correction_leads_to_the_list_and_back(visit, prefix, more, old, open_, script):
    page = visit(prefix + FIXED, java_script_enabled=script)
    block = page.locator("#p2 ~ .bt-fix").first
    expect(block).to_contain_text(old)
    expect(block).to_contain_text("低调")
    expect(block.locator(".bt-twin-open")).to_have_text(open_)
    block.get_by_role("link", name=more).click()
    assert page.url.endswith("#correction--1")
    item = page.locator("#correction--1")
    expect(item).to_be_in_viewport()
    expect(item.locator(".bt-twin-open")).to_have_text(open_)
    item.get_by_role("link", name="p2").click()
    assert page.url.endswith("#p2")
    expect(page.locator("#p2")).to_be_in_viewport()


def test_a_correction_is_printed(visit):
    page = visit("/en" + FIXED)
    page.emulate_media(media="print")
    expect(page.locator("#p2 ~ .bt-fix").first).to_be_visible()
    expect(page.locator("#correction--1")).to_be_visible()


def test_a_text_that_is_contradicted_is_shown_with_its_problem(visit):
    for prefix in ("", "/en"):
        page = visit(prefix + WRONG)
        box = page.locator(".bt-problem")
        expect(box).to_have_count(1)
        expect(box).to_contain_text(re.compile(rf"{PANEL}:\d+"))
        expect(box.locator("pre")).to_contain_text("- at: s4p1")
        # Between the two may stand the unit's controls.
        after = "box => [box.nextElementSibling, box.nextElementSibling.nextElementSibling].map(n => n.id)"
        assert "s4p1" in box.evaluate(after)
        expect(page.locator(".bt-account > dl strong").nth(1)).not_to_have_text("0")


def test_the_editors_view_goes_from_doubt_to_doubt_by_key(visit):
    page = visit("/en/editor/")
    items = page.locator(".item")
    count = items.count()
    assert count >= 4
    for key in ("n", "j"):
        page.keyboard.press(key)
    expect(items.nth(1)).to_be_focused()
    expect(items.nth(1)).to_be_in_viewport()
    page.keyboard.press("p")
    expect(items.nth(0)).to_be_focused()
    page.keyboard.press("k")
    expect(items.nth(0)).to_be_focused()  # there is none before
    for _ in range(count + 2):
        page.keyboard.press("n")
    expect(items.nth(count - 1)).to_be_focused()


def test_the_editors_view_says_why_and_where_line_against_line(visit):
    page = visit("/en/editor/")
    wrong = page.locator("#sanders-xue-panel--s4p1")
    expect(wrong.get_by_role("heading")).to_contain_text(re.compile(rf"{PANEL}:\d+"))
    expect(wrong).to_contain_text("the pairing is doubtful")
    expect(wrong.locator("pre")).to_contain_text("why_zh:")
    unequal = page.locator("#sanders-xue-panel--s4p2")
    expect(unequal).to_contain_text("2 lines of Chinese, 3 of English")
    expect(unequal.locator("tr")).to_have_count(3)
    expect(unequal.locator("pre")).to_contain_text("\n      其次,政府与企业")
    fixed = page.locator("#track-two-perspective--p2")
    expect(fixed).to_contain_text("the other language has not been compared yet")
    low = page.locator("tr.low").first
    expect(low.locator(".sure")).to_have_text(re.compile(r"sure 0\.\d\d"))


def test_what_an_entry_says_is_copied_by_a_press(visit):
    page = visit("/editor/", permissions=["clipboard-read", "clipboard-write"])
    paste = page.locator("#sanders-xue-panel--s4p2 .paste")
    paste.get_by_role("button", name="复制").click()
    expect(paste.get_by_role("button", name="已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith("    zh: |\n      首先,")


@pytest.mark.parametrize("width", [320, 390, 820, 1280])
def test_the_editors_view_fits(visit, width):
    for path in ("/editor/", "/en/editor/"):
        page = visit(path)
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [FIXED, "/en" + FIXED, "/en" + WRONG, "/editor/", "/en/editor/"])
def test_no_draft_has_a_violation(visit, path, scheme):
    page = visit(path, color_scheme=scheme)
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert violations(page) == []


def test_the_editors_view_is_never_published(site):
    assert not [p for p in site.path.rglob("*") if "editor" in p.name]
    for page in site.path.rglob("*.html"):
        assert "bt-problem" not in page.read_text("utf-8")
