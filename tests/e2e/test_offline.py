"""The offline copy, opened from a disk: reading, links and the switch work; the search says why it does not."""

from __future__ import annotations

import io
import zipfile

import pytest

from bitext.publish.offline import FOLDER, offline

pytestmark = pytest.mark.e2e
TEXT = "transcripts/sanders-xue-panel/index.html"


@pytest.fixture(scope="module")
def copy(site, tmp_path_factory) -> str:
    """The address of the unpacked copy."""
    folder = tmp_path_factory.mktemp("disk")
    zipfile.ZipFile(io.BytesIO(offline(site.path))).extractall(folder)
    return (folder / FOLDER).as_uri()


@pytest.fixture
def page(browser):
    # Our waiting evaluates text, which the pages' policy forbids: see conftest.pages_of.
    context = browser.new_context(viewport={"width": 900, "height": 700}, bypass_csp=True)
    shown = context.new_page()
    shown.faults = []
    shown.on("pageerror", lambda error: shown.faults.append(str(error)))
    shown.on("requestfailed", lambda request: shown.faults.append(request.url))
    yield shown
    context.close()


def test_a_reader_finds_a_text_and_switches_in_place(copy, page):
    page.goto(f"{copy}/index.html")
    page.click(".bt-nav a >> nth=1")
    page.wait_for_url(f"{copy}/transcripts/index.html")
    page.click(f'main a[href*="{TEXT.split("/")[1]}"]')
    page.wait_for_url(f"{copy}/{TEXT}*")
    assert "js" in page.get_attribute("html", "class").split()
    assert page.evaluate("getComputedStyle(document.querySelector('.bt-page')).maxWidth") != "none"
    page.evaluate("document.getElementById('s5p1').scrollIntoView()")
    page.wait_for_function("bt.reading().id === 's5p1'")
    page.click("a.bt-lang")
    page.wait_for_url(f"{copy}/en/{TEXT}#s5p1")
    page.wait_for_function("bt.reading().id === 's5p1'")
    assert page.faults == []


def test_the_home_page_leads_back_to_what_was_read(copy, page):
    page.goto(f"{copy}/{TEXT}")
    page.evaluate("document.getElementById('s5p1').scrollIntoView()")
    page.wait_for_function("bt.reading().id === 's5p1'")
    page.wait_for_function("!!bt.light")  # what keeps the place has come
    page.goto(f"{copy}/index.html")  # leaving the text keeps the place
    page.click(".bt-read a")
    page.wait_for_url(f"{copy}/{TEXT}*")


def test_every_link_of_the_copy_leads_to_a_file(copy, page):
    for path in (
        "index.html",
        TEXT,
        f"en/{TEXT}",
        "en/glossary/compute/index.html",
        "search/index.html",
    ):
        page.goto(f"{copy}/{path}")
        links = page.eval_on_selector_all(
            "a[href], form[action]", "all => all.map(a => (a.action || a.href).split(/[?#]/)[0])"
        )
        own = {link for link in links if link.startswith("file:")}
        assert len(own) > 5
        assert [link for link in own if link.endswith("/") or not link.startswith(copy)] == []


@pytest.mark.parametrize(
    ("path", "said"), [(TEXT, "直接打开的文件不能搜索"), (f"en/{TEXT}", "opened directly")]
)
def test_the_search_says_that_it_is_not_there(copy, page, path, said):
    page.goto(f"{copy}/{path}")
    page.keyboard.press("/")
    page.keyboard.type("risk")
    page.wait_for_function(
        "word => document.querySelector('.bt-find').innerText.includes(word)", arg=said
    )


def test_the_other_language_below_a_paragraph_is_said_to_need_its_page(copy, page):
    page.goto(f"{copy}/en/{TEXT}")
    page.locator("#s2p1").locator("xpath=preceding-sibling::div[1]").locator(".bt-peek").click()
    page.wait_for_selector("text=Open its page instead")
