"""Published addresses that changed: a renamed text, a withdrawn text, a withdrawn paragraph."""

from __future__ import annotations

import gzip
import io
import json
import re
import shutil
import zipfile

import pytest
from playwright.sync_api import expect

from bitext.__main__ import main
from tests.e2e.conftest import built, pages_of
from tests.projects import PANEL, copy_project, edit

pytestmark = pytest.mark.e2e

OLD, NEW = "/transcripts/sanders-xue-panel/", "/transcripts/capitol-hill-panel/"
GONE = "/transcripts/track-two-perspective/"
REASON = {"": "误收的一段。", "/en": "A paragraph taken in by mistake."}
WITHDRAWN = """\
withdrawn:
  - slug: track-two-perspective
    title_zh: 人工智能安全的国际合作新视角
    title_en: A New Perspective on International Cooperation on AI Safety
    date: "2026-11-29"
    why_zh: 应权利人要求撤下。
    why_en: Withdrawn at the request of the owner of the rights.
"""
WITHDRAWN_ID = """\
withdrawn:
  - id: p99
    date: "2026-11-29"
    why_zh: 误收的一段。
    why_en: A paragraph taken in by mistake.
"""


@pytest.fixture(scope="module")
def gone(tmp_path_factory):
    """The site with the panel renamed and without p99, the article withdrawn."""
    folder = copy_project(tmp_path_factory.mktemp("project"))
    register = folder / "data/published.txt"
    lines = [*register.read_text("utf-8").splitlines(), "transcripts/sanders-xue-panel/#p99"]
    register.write_text("\n".join([lines[0], *sorted(lines[1:])]) + "\n", "utf-8")
    panel = folder / PANEL
    edit(panel, "slug: sanders-xue-panel\n", "slug: capitol-hill-panel\nformerly: [sanders-xue-panel]\n", WITHDRAWN_ID)  # fmt: skip
    panel.parent.rename(panel.parent.with_name("capitol-hill-panel"))
    shutil.rmtree(folder / "data/transcripts/track-two-perspective")
    (folder / "data/withdrawn.yml").write_text(WITHDRAWN, "utf-8")
    for command in ("build", "check", "release"):
        assert main([command, "--root", str(folder)]) == 0, command
    with built(folder, folder / "site") as site:
        yield site


@pytest.fixture
def visit(browser, gone):
    with pages_of(browser, gone.url) as open_page:
        yield open_page


@pytest.mark.parametrize("id", ["s4p2", "s3", "e1", "p99"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_an_old_address_leads_on_with_its_fragment(visit, gone, prefix, id):
    page = visit(f"{prefix}{OLD}#{id}")
    page.wait_for_url(f"{gone.url}{prefix}{NEW}#{id}")
    expect(page.locator(f"#{id}").first).to_be_in_viewport()


def test_back_from_where_an_old_address_led_leaves_the_text(visit, gone):
    page = visit("/")
    page.goto(f"{gone.url}{OLD}#s4p2")
    page.wait_for_url(f"{gone.url}{NEW}#s4p2")
    page.go_back()
    page.wait_for_url(f"{gone.url}/")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_without_script_an_old_address_leads_on_too(visit, gone, prefix):
    page = visit(prefix + OLD, java_script_enabled=False)
    page.wait_for_url(f"{gone.url}{prefix}{NEW}")


@pytest.mark.parametrize(
    ("prefix", "said"),
    [("", "这里原来的文本，现在的地址是"), ("/en", "The text that stood here is now at")],
)
def test_an_old_address_has_a_link_where_nothing_leads_on(visit, gone, prefix, said):
    """As where a reader's browser takes neither scripts nor a refresh."""
    page = visit("/404.html", java_script_enabled=False)
    html = (gone.path / f"{prefix}{OLD}index.html".lstrip("/")).read_text("utf-8")
    page.set_content(re.sub(r"<noscript><meta.*?</noscript>", "", html))
    lead = page.locator(".bt-moved")
    expect(lead).to_contain_text(said)
    expect(lead.get_by_role("link")).to_have_attribute("href", "../capitol-hill-panel/")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
@pytest.mark.parametrize(
    ("prefix", "title", "when", "why"),
    [
        ("", "人工智能安全的国际合作新视角", "本文已于2026年11月29日撤下。", "应权利人要求撤下。"),
        ("/en", "A New Perspective on International Cooperation on AI Safety",
         "This text was withdrawn on 29 November 2026", "at the request of the owner"),
    ],
)  # fmt: skip
def test_a_withdrawn_text_says_so_at_any_of_its_addresses(
    visit, gone, prefix, title, when, why, script
):
    page = visit(f"{prefix}{GONE}#p2", java_script_enabled=script)
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    expect(page.get_by_role("main")).to_contain_text(when)
    expect(page.get_by_role("main")).to_contain_text(why)
    assert page.url == f"{gone.url}{prefix}{GONE}#p2"


def test_the_language_switch_of_a_withdrawn_text_leads_to_its_twin(visit, gone):
    page = visit(GONE)
    page.locator("a[hreflang=en]:visible").first.click()
    page.wait_for_url(re.compile(rf"{re.escape(gone.url)}/en{GONE}"))
    expect(page.get_by_role("main")).to_contain_text("This text was withdrawn")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_address_of_a_withdrawn_paragraph_leads_to_its_reason(visit, prefix, script):
    page = visit(f"{prefix}{NEW}#p99", java_script_enabled=script)
    reason = page.locator("#p99")
    expect(reason).to_have_count(1)
    expect(reason).to_contain_text(REASON[prefix])
    expect(reason).to_be_in_viewport()


def unpacked(data: bytes):
    """The bytes themselves, and where they are an archive, those of each file in it."""
    yield data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from unpacked(archive.read(name))


def test_these_pages_are_in_no_list(gone):
    """Neither in the sitemap, nor in the library, nor in what the search or a reader downloads."""
    site = gone.path
    for file in (*site.glob("sitemap*.xml"), site / "transcripts/index.html", site / "en/transcripts/index.html"):  # fmt: skip
        text = file.read_text("utf-8")
        assert "capitol-hill-panel" in text, file
        assert "sanders-xue-panel" not in text and "track-two-perspective" not in text, file
    searched = {
        block["u"]
        for lang in ("zh", "en")
        for block in json.loads(gzip.decompress((site / f"assets/bt/search/{lang}.gz").read_bytes()))["blocks"]
    }  # fmt: skip
    texts = {path for path in searched if "transcripts/" in path}
    assert texts == {"transcripts/capitol-hill-panel/"}
    taken = [(f, f.read_bytes()) for f in (site / "data").rglob("*") if f.is_file()]
    assert any(zipfile.is_zipfile(file) for file, _ in taken)
    for file, data in taken:
        for part in unpacked(data):
            assert b"track-two-perspective" not in part, file
    assert not list((site / "data").glob("track-two-perspective*"))


def test_these_pages_ask_not_to_be_indexed(gone):
    for path in (OLD, GONE):
        for lang in ("", "/en"):
            html = (gone.path / f"{lang}{path}index.html".lstrip("/")).read_text("utf-8")
            assert '<meta name="robots" content="noindex">' in html


@pytest.mark.parametrize("width", [320, 1280])
def test_these_pages_fit(visit, width):
    for path in (GONE, "/en" + GONE, f"{NEW}#p99"):
        page = visit(path, viewport={"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_no_generated_page_links_to_a_former_address(gone):
    site = gone.path
    former = re.compile(r"(sanders-xue-panel|track-two-perspective)")
    generated = [p for part in ("transcripts", "glossary", "speakers") for p in site.rglob(f"{part}/**/*.html")]  # fmt: skip
    assert len(generated) > 10
    for page in generated:
        if not former.search(str(page.relative_to(site))):
            links = re.findall(r'href="([^"]*)"', page.read_text("utf-8"))
            assert [link for link in links if former.search(link)] == [], page
