"""A reader reports a problem: a link that begins the message, for a page and for a paragraph; none set."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from bitext.citing.desk import MOST, desk_of, link
from bitext.project.project import load_project
from bitext.publish.about import about
from bitext.publish.reporting import Reach, links_of, reached
from tests.conftest import ROOT
from tests.e2e.conftest import ADDRESS
from tests.e2e.test_light import PANEL, awake
from tests.e2e.test_views import reader

pytestmark = pytest.mark.e2e

SLUG = "sanders-xue-panel"
DESKS = [
    "https://github.com/o/n/issues/new?labels=text",
    "https://codeberg.org/o/n/issues/new",
    "https://code.example/g/n/-/issues/new",
    "mailto:tracks@example.org",
]
#: Longer than any link may be, and full of what a link could be broken with.
LONG = "甲&b=1#c \U0001f600<script>%0A'\"\r\n" * 300


@pytest.fixture(scope="module")
def panel():
    project = load_project(ROOT)
    bitext = next(b for b in project.library.bitexts if b.slug == SLUG)
    return bitext, about(bitext, {p.id: p.name for p in project.people.persons}, ADDRESS)


def with_desk(page, site, address):
    """The page as if this address were set: its data are what the script reads."""
    data = json.loads((site.path / "data" / f"{SLUG}.cite.json").read_text("utf-8"))
    data["report"]["desk"] = dict(desk_of(address).as_json()) if address else None
    page.route("**/*.cite.json", lambda route: route.fulfill(json=data))


def asked(page, unit):
    """The part of the dialog that reports, once both texts are there."""
    awake(page)
    with page.expect_response(re.compile(r"/transcripts/sanders-xue-panel/$")):
        # As its button does, which is made when the paragraph is pointed at.
        page.evaluate(
            "id => bt.make('button', {'data-bt-do': 'cite', 'data-id': id}, bt.page).click()", unit
        )
    part = page.get_by_role("dialog").locator(".bt-report")
    part.wait_for()
    page.evaluate("() => bt.twin().then(() => new Promise(done => setTimeout(done)))")
    return part


def letters(text):
    """Without marks, which the page writes full-width."""
    return re.sub(r"\W", "", text)


def fields(url, address):
    found = parse_qs(urlsplit(url).query)
    return [found[name][0].replace("\r\n", "\n") for name in desk_of(address).fields]


@pytest.mark.parametrize("address", DESKS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_paragraph_is_reported_with_both_texts_its_number_edition_and_address(
    open_page, site, panel, lang, address
):
    bitext, said = panel
    unit = next(u for u in bitext.units if u.id == "s3p1")
    page = reader(open_page, ("/en" if lang == "en" else "") + PANEL)
    with_desk(page, site, address)
    part = asked(page, unit.id)
    url = part.get_by_role("link").get_attribute("href")
    title, body = fields(url, address)
    assert len(url) <= MOST and unit.id in title and SLUG in title
    assert unquote(link(desk_of(address), title, body)).split() == unquote(url).split()
    for part_of in (f"{said.addresses[lang]}#{unit.id}", unit.id, {"zh": "第1版", "en": "edition 1"}[lang]):  # fmt: skip
        assert part_of in body
    for side, text in (("zh", unit.zh), ("en", unit.en)):
        name = {"zh": {"zh": "中文：", "en": "英文："}, "en": {"zh": "Chinese: ", "en": "English: "}}[lang][side]  # fmt: skip
        shown = re.search(f"{name}(.*)", body)[1]
        assert letters(shown)[:12] == letters(text)[:12]
    part.get_by_role("button").click()
    page.get_by_role("dialog").get_by_text(re.compile("^(已复制|Copied)$")).wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert unit.id in copied and "…" not in copied and len(copied) > len(unit.en)


@pytest.mark.parametrize("address", DESKS)
def test_texts_of_any_length_and_kind_are_cut_and_ids_are_not(open_page, site, panel, address):
    _, said = panel
    page = reader(open_page, "/en" + PANEL)
    with_desk(page, site, address)
    page.evaluate("text => { document.getElementById('s4p2').prepend(text) }", LONG)
    url = asked(page, "s4p2").get_by_role("link").get_attribute("href")
    title, body = fields(url, address)
    assert MOST - 40 <= len(url) <= MOST
    assert "s4p2" in title and f"{said.addresses['en']}#s4p2" in body
    assert body.count("…\n") == 2 and "�" not in body and body.endswith("grounds:\n")
    assert set(parse_qs(urlsplit(url).query)) <= {*desk_of(address).fields, "labels"}


def test_where_no_address_is_set_the_dialog_says_what_is_known(open_page, site):
    page = reader(open_page, PANEL)
    part = asked(page, "s4p2")
    assert (
        "本站没有设定接收报告的地址" in part.inner_text() and part.get_by_role("link").count() == 0
    )
    assert "two-tracks.example" in part.inner_text()
    part.get_by_role("button").click()
    page.get_by_role("dialog").get_by_text("已复制", exact=True).wait_for()
    assert "s4p2" in page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_without_script_the_page_has_its_links_or_says_what_is_known(open_page, site, panel, lang):
    bitext, said = panel
    prefix = "/en" if lang == "en" else ""
    page = open_page(prefix + PANEL, java_script_enabled=False)
    page.locator(".bt-record > summary").first.click()
    place = page.locator(".bt-record .bt-reach")
    assert place.inner_text() == Reach(host="two-tracks.example").known(lang)
    # The same page with an address: what is written into it is what a browser reads there.
    reach = Reach(desk_of(DESKS[0]), host="two-tracks.example")
    links = links_of(bitext, said, reach, lang)
    made = reached(page.content(), reach, lang, links)
    page.set_content(made)  # with the panel open
    for name, url in links.items():
        shown = page.locator(".bt-record .bt-reach").get_by_role("link", name=name, exact=True)
        assert shown.get_attribute("href") == url and shown.is_visible()
