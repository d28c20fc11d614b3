"""A page and a paragraph are cited: without script, by button, by key, by touch; nothing is invented."""

from __future__ import annotations

import json
import re

import pytest

from bitext.citing.records import Slot, fill
from bitext.citing.styles import STYLES
from bitext.pages.cited import voices, work_of
from bitext.project.project import load_project
from tests.conftest import ROOT
from tests.e2e.conftest import ADDRESS
from tests.e2e.test_light import PANEL, awake
from tests.e2e.test_views import reader

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def panel():
    """The text, its work, and the site's names of people."""
    project = load_project(ROOT)
    names = {p.id: p.name for p in project.people.persons}
    bitext = next(b for b in project.library.bitexts if b.slug == "sanders-xue-panel")
    return bitext, work_of(bitext, names), names


def today(page) -> dict[Slot, str]:
    day = page.evaluate("new Date().toLocaleDateString('sv')")
    return {Slot.DAY: day, Slot.DAY_RIS: day.replace("-", "/")}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_without_script_the_page_is_cited_and_its_files_are_there(open_page, site, panel, lang):
    prefix = "/en" if lang == "en" else ""
    page = open_page(prefix + PANEL, java_script_enabled=False)
    page.locator(".bt-citing > summary").click()
    shown = page.locator(".bt-citing dd").all_inner_texts()
    _, work, _ = panel
    url = ADDRESS.rstrip("/") + prefix + PANEL
    day = {"zh": "引用日期", "en": "date of access"}[lang]
    for text, (style, _) in zip(shown, STYLES.values(), strict=False):
        assert text == fill(style(work, work.authors, lang), {Slot.URL: url, Slot.DAY: day})
    for link in page.locator(".bt-citing a[download]").all():
        file = site.path / "data" / link.get_attribute("href").rsplit("/", 1)[1]
        size = link.locator("xpath=following-sibling::span[1]").inner_text()
        assert file.stat().st_size > 100 and re.fullmatch(r"\d+\sKB", size)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_paragraph_is_cited_by_button_as_python_says_it(open_page, panel, lang):
    prefix = "/en" if lang == "en" else ""
    page = awake(reader(open_page, prefix + PANEL))
    page.locator("#s4p2").hover(position={"x": 5, "y": 5})
    page.locator(".bt-cites .bt-cite-it[data-id=s4p2]").click()
    dialog = page.get_by_role("dialog", name=re.compile("s4p2"))
    dialog.wait_for()
    bitext, work, names = panel
    who = voices(bitext, names)["lan-xue"]
    for quoted in (lang, {"zh": "en", "en": "zh"}[lang]):
        dialog.locator(f"input[value={quoted}]").check()
        url = ADDRESS.rstrip("/") + ("/en" if quoted == "en" else "") + PANEL + "#s4p2"
        at = {Slot.URL: url, Slot.ID: "s4p2", **today(page)}
        shown = dialog.locator("dd > span").all_inner_texts()
        assert shown == [fill(style(work, who, quoted), at) for style, _ in STYLES.values()]
    dialog.locator("dd button").first.click()
    dialog.get_by_role("status").get_by_text(re.compile("Copied|已复制")).wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == shown[0]
    with page.expect_download() as saved:
        dialog.locator("[data-bt-do=cite-save][data-of=csl]").click()
    [item] = json.loads(saved.value.path().read_text("utf-8"))
    assert item["section"] == "s4p2" and item["URL"] == url and len(item["accessed"]["date-parts"][0]) == 3  # fmt: skip
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")


@pytest.mark.parametrize(
    ("path", "unit", "quoted"),
    [("/en/transcripts/track-two-perspective/", "n1", "zh"), ("/en" + PANEL, "p1", "zh"), ("/en" + PANEL, "h1", "en zh")],
)  # fmt: skip
def test_what_stands_in_a_fold_is_cited_too_and_only_a_text_that_is_there(open_page, path, unit, quoted):  # fmt: skip
    page = awake(reader(open_page, path))
    page.locator(f"#{unit}").evaluate(
        "n => { const fold = n.closest('details'); if (fold) fold.open = true }"
    )
    page.locator(f"#{unit}").hover(position={"x": 5, "y": 5})
    page.locator(f".bt-cites .bt-cite-it[data-id={unit}]").click()
    dialog = page.get_by_role("dialog", name=re.compile(f"{unit}$"))
    dialog.wait_for()
    offered = [field for field in dialog.locator("input").all() if field.is_visible()]
    assert sorted(field.get_attribute("value") for field in offered) == sorted(quoted.split())
    assert dialog.locator(f"input[value={'zh' if quoted == 'zh' else 'en'}]").is_checked()
    text = {"zh": "Chinese text", "en": "English text"}[quoted.split()[0]]
    assert text in dialog.locator("dd > span").nth(1).inner_text()


def test_the_key_cites_the_paragraph_at_hand_and_nothing_is_fetched_before(open_page):
    page = awake(reader(open_page, PANEL))
    asked = []
    page.on("request", lambda r: asked.append(r.url))
    page.locator("#s4p2").scroll_into_view_if_needed()
    assert not any("cite.json" in url for url in asked)
    page.keyboard.press("c")
    page.get_by_role("dialog", name=re.compile("引用")).wait_for()
    assert sum("cite.json" in url for url in asked) == 1


def test_machines_find_title_people_date_and_language(site):
    import lxml.html

    for lang, prefix in (("zh", ""), ("en", "en/")):
        tree = lxml.html.fromstring((site.path / f"{prefix}{PANEL[1:]}index.html").read_bytes())
        tags = {
            m.get("name") or m.get("property"): m.get("content") for m in tree.xpath("//head/meta")
        }
        assert tags["citation_publication_date"] == "2026/04/29" and tags["DC.type"] == "webpage"
        assert tags["citation_language"][:2] == lang and tags["og:title"] == tags["citation_title"]
        assert (site.path / tags["og:image"].removeprefix(ADDRESS)).exists()
        [icon] = tree.xpath("//link[@rel='apple-touch-icon']/@href")
        assert icon.endswith("assets/bt/icon.png")
        [data] = tree.xpath("//script[@type='application/ld+json']")
        assert json.loads(data.text)["inLanguage"][:2] == lang
    for name in ("robots.txt", "llms.txt", "data/two-tracks.zip", "data/export.schema.json"):
        assert (site.path / name).stat().st_size > 20
    for address in re.findall(
        rf"\({re.escape(ADDRESS)}([^)]+)\)", (site.path / "llms.txt").read_text("utf-8")
    ):
        assert (site.path / address).exists(), address
