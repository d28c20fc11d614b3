"""The search box on the built site: with the library in one file, and cut."""

from __future__ import annotations

import functools
import http.server
import json
import random
import re
import shutil
import threading
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bitext.project.project import load_project
from bitext.project.write import on_disk
from bitext.search import fold, index
from bitext.search import rows as searchtext
from bitext.text.variants import simplified
from tests.e2e.conftest import Handler, Site

pytestmark = pytest.mark.e2e
FIELD, LIST, SAID = ".bt-find-form [type=search]", ".bt-find-list", ".bt-find-said:not([hidden])"
OTHER = "[aria-labelledby=bt-find-group-other]"
FOLD = json.loads((Path(__file__).parents[1] / "search" / "fold.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def cut_site(site, root, tmp_path_factory):
    """The same site, its index cut as that of a library of thousands is."""
    path = tmp_path_factory.mktemp("cut") / "site"
    shutil.copytree(site.path, path)
    project = load_project(root)
    pages = searchtext.all_pages(
        project.library.bitexts,
        project.glossary,
        project.people,
        index.built_texts(root, path, on_disk(root / "docs")),
    )
    people = index.names_of(project.people)
    named = searchtext.names(project.glossary, people, project.library.bitexts)
    folder = path / index.FOLDER
    shutil.rmtree(folder)
    for name, data in index.files(tuple(pages), named, one_file=0).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Handler, directory=str(path))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Site(path, f"http://127.0.0.1:{server.server_address[1]}")
    server.shutdown()


@pytest.fixture(params=["whole", "cut"])
def opened(request, open_page, site):
    """opened(path) -> a page of the site, its index in one file or cut."""
    if request.param == "whole":
        return open_page
    cut = request.getfixturevalue("cut_site")

    def open_(path="/", **options):
        page = open_page("/", **options)
        page.route(
            re.compile(r".*/assets/bt/search/.*"),
            lambda route: route.fulfill(
                path=cut.path / route.request.url.split(site.url + "/")[1].split("?")[0]
            ),
        )
        page.goto(site.url + path)
        return page

    return open_


def search(page: Page, query: str):
    """Types the query into the box and waits until the engine is done; the hits."""
    box = page.locator(FIELD)
    if not box.evaluate("e => e === document.activeElement"):
        page.keyboard.press("/")
    box.fill(query)
    expect(page.locator(LIST)).to_have_attribute("data-bt-done", query)
    return page.locator(".bt-hit")


def go_down_to(page: Page, link):
    """Presses the arrow key until it is at the link."""
    for _ in range(12):
        page.keyboard.press("ArrowDown")
        if link.get_attribute("aria-selected") == "true":
            return
    pytest.fail("the arrow key does not come to the hit")


def own(hits):
    """The hits in the page's language."""
    return hits.page.locator(f".bt-hit:not({OTHER} .bt-hit)")


def other(hits):
    """The hits in the other language."""
    return hits.page.locator(f"{OTHER} .bt-hit")


def active(page: Page):
    """The item of the list that the keys are at."""
    return page.locator(f"{LIST} [aria-selected=true]")


SEVEN = {
    "敏捷治理": "/transcripts/sanders-xue-panel/#s4p2",
    "二轨对话": "/transcripts/track-two-perspective/#p2",
    "人工智能安全": "/transcripts/track-two-perspective/#p5",
    "步调失调": "/transcripts/sanders-xue-panel/#s2p3",
    "Track II": "/transcripts/track-two-perspective/#p2",
    "agile governance": "/transcripts/sanders-xue-panel/#s4p2",
    "pacing problem": "/transcripts/sanders-xue-panel/#s2p3",
}


@pytest.mark.parametrize("lang", ["", "/en"])
def test_the_seven_searches_find_their_unit(opened, lang):
    box = opened(lang + "/")
    for query, place in SEVEN.items():
        page, unit = place.split("#")
        link = own(search(box, query)).locator(
            f"a.bt-hit-own[href*='{lang}{page}'][href$='#{unit}']"
        )
        expect(link).to_have_count(1)
        expect(link.locator("mark").first).to_be_attached()


@pytest.mark.parametrize("lang", ["", "/en"])
def test_a_term_stands_first_when_the_query_is_a_term(opened, lang):
    page = opened(lang + "/")
    for query in ("敏捷治理", "agile governance"):
        first = search(page, query).first.locator("a.bt-hit-own")
        expect(first).to_have_attribute(
            "href", re.compile(rf"{lang}/glossary/agile-governance/(\?h=.*)?$")
        )


@pytest.mark.parametrize("lang", ["", "/en"])
def test_the_other_language_is_one_labelled_group_at_the_end(opened, lang):
    hits = search(opened(lang + "/"), "敏捷治理")
    expect(hits.page.locator(OTHER)).to_have_count(1)
    expect(hits.page.locator(f"{LIST} > :last-child")).to_contain_text(
        "Chinese" if lang else "英文"
    )
    for link in own(hits).locator("a.bt-hit-own").all():
        assert ("/en/" in link.get_attribute("href")) == bool(lang)


def test_nothing_of_search_is_fetched_before_the_box_is_opened(open_page):
    page = open_page("/transcripts/sanders-xue-panel/")
    page.wait_for_load_state("networkidle")
    fetched = page.evaluate("performance.getEntriesByType('resource').map(e => e.name)")
    assert [url for url in fetched if "search" in url or "find-" in url] == []
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator(".bt-seek").hover()
    page.locator(".bt-seek").focus()
    page.wait_for_timeout(300)
    own = ("later.js", "cite.css")  # a text's own, at the first sign of a hand
    assert [url for url in asked if not any(name in url for name in own)] == []


WRITTEN = {
    "": [
        "捷治",  # cuts across words
        "轨",
        "AI治理",  # the text has 人工智能治理
        "步調失調",  # traditional
        "ＡＩ安全",  # full width
        "人工智能“竞赛”",
        "薛澜 护栏",
        "薛澜护栏",
        "Track 2",
        "agile governnace",
    ],
    "/en": [
        "Guardrails",  # the text has guardrail
        "loss of control",  # the text has loss-of-control
        "gover",
        "govening",
        "Dr. Xue",
        "薛澜",
        "“agile governance”",
        "biosecurty",
    ],
}


@pytest.mark.parametrize("lang", ["", "/en"])
def test_however_it_is_written(opened, lang):
    page = opened(lang + "/")
    for query in WRITTEN[lang]:
        assert own(search(page, query)).count(), query


@pytest.mark.parametrize("lang", ["", "/en"])
def test_what_is_not_there_is_not_found(opened, lang):
    page = opened(lang + "/")
    for query in [
        "xyzzy",
        "量子披萨",
        "agile xyzzy",
        '"治理敏捷"',
        ".*(",
        "<xyzzy>",
        "😀",
        "\x01\x07",
    ]:
        assert search(page, query).count() == 0, query


def test_no_result_says_what_was_sought_and_offers_near_terms(opened):
    page = opened("/")
    search(page, "敏捷整治")
    expect(page.locator(SAID)).to_contain_text("敏捷整治")
    page.keyboard.press("ArrowDown")
    expect(active(page)).to_have_text("敏捷治理")
    page.keyboard.press("Enter")
    expect(page.locator(".bt-hit").first).to_be_visible()
    expect(page.locator(FIELD)).to_have_value("敏捷治理")


@pytest.mark.parametrize("how", ["click", "Enter"])
def test_a_hit_opens_its_unit_with_the_words_marked(opened, how):
    page = opened("/en/")
    hits = own(search(page, "pacing problem"))
    link = hits.locator("a.bt-hit-own[href*='sanders-xue-panel'][href$='#s2p3']")
    expect(link).to_be_visible()
    if how == "click":
        link.click()
    else:
        go_down_to(page, link)
        page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/en/transcripts/sanders-xue-panel/#s2p3$"))
    unit = page.locator("#s2p3")
    expect(unit.locator("mark")).to_have_text(["pacing problem"])
    expect(unit).to_be_in_viewport()


@pytest.mark.parametrize("query", ["形成合力,共同应对", "形成合力，共同应对"])
def test_flattened_punctuation_is_found_and_marked_however_it_is_typed(opened, query):
    """The source and its index have it half-width, the page full-width."""
    page = opened("/")
    hits = own(search(page, query))
    hits.locator("a.bt-hit-own[href*='sanders-xue-panel'][href$='#s1p1']").first.click()
    page.wait_for_url(re.compile("#s1p1$"))
    expect(page.locator("#s1p1 mark").first).to_be_visible()
    marked = "".join(page.locator("#s1p1 mark").all_text_contents())
    assert marked.replace("，", "") == "形成合力共同应对"


@pytest.mark.parametrize("path", ["/en/", "/en/transcripts/sanders-xue-panel/#s2p3"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_box_opens_again_and_again(open_page, path, width):
    page = open_page(path, viewport={"width": width, "height": 800})
    for query in ["nudge", "guardrail", "agile"]:
        page.keyboard.press("/")
        page.keyboard.press("Control+A")
        page.keyboard.type(query)
        first = page.locator(".bt-hit").first
        expect(page.locator(LIST)).to_have_attribute("data-bt-done", query)
        expect(first).to_be_visible()
        page.keyboard.press("Escape")
        expect(first).to_be_hidden()


def test_enter_without_a_hit_loses_nothing(open_page):
    page = open_page("/en/")
    search(page, "zzzqq")
    page.locator(FIELD).press("Enter")
    expect(page.locator(FIELD)).to_have_value("zzzqq")
    assert "/en/search/" not in page.url


def test_enter_before_the_hits_opens_the_first_one(open_page):
    page = open_page("/en/")
    held = []
    page.route("**/find-box-*.js*", lambda route: held.append(route))
    page.keyboard.press("/")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.type("nuclear war")
    page.keyboard.press("Enter")
    for _ in range(200):
        if not held:
            page.wait_for_timeout(100)
    held.pop().continue_()  # what was typed while the script came is not lost
    page.wait_for_url(re.compile("/en/transcripts/sanders-xue-panel/#s1p1$"))


def test_quick_typing_throws_nothing(opened):
    page = opened("/en/")
    errors = []
    page.on("pageerror", lambda error: errors.append(error))
    page.keyboard.press("/")
    for query in ["learning by doing", "cat and mouse game", "agile governance"]:
        page.locator(FIELD).fill("")
        page.keyboard.type(query, delay=20)
    expect(page.locator(LIST)).to_have_attribute("data-bt-done", "agile governance")
    assert errors == []


@pytest.mark.parametrize(
    "lang, query, place",
    [
        ("/", "什么是敏捷治理", "/glossary/agile-governance/"),
        ("/", "中美的共同利益", "/transcripts/"),
        ("/en/", "what is the pacing problem", "/en/glossary/pacing-problem/"),
        ("/en/", "Montvilxle", "/en/speakers/montville/"),
        ("/", "房间里的大象指的是什么", "/glossary/elephant-in-the-room/"),
        ("/en/", "Xue Lang", "/en/speakers/xue-lan/"),
    ],
)
def test_a_question_finds_its_answer(opened, lang, query, place):
    first = own(search(opened(lang), query)).first
    expect(first.locator("a.bt-hit-own")).to_have_attribute(
        "href", re.compile(place.replace("#", ".*#"))
    )


CITED = "Xue Lan. “Senator Sanders and Xue Lan: Questions and Answers.” April 29, 2026. Two Tracks, English text, edition 1, s4p3."


@pytest.mark.parametrize(
    "lang, query, place",
    [
        ("/", "https://two-tracks.example/base/glossary/nudge/", "/glossary/nudge/"),
        ("/en/", "https://two-tracks.example/en/speakers/sanders/", "/en/speakers/sanders/"),
        ("/en/", "/en/transcripts/sanders-xue-panel/?q=x#s2p3", "/en/transcripts/sanders-xue-panel/#s2p3"),
        ("/", "https://two-tracks.example/about/", "/about/"),
        ("/en/", CITED, "/en/transcripts/sanders-xue-panel/#s4p3"),
        ("/", CITED, "/transcripts/sanders-xue-panel/#s4p3"),
    ],
)  # fmt: skip
def test_an_address_or_a_citation_leads_to_its_place(opened, lang, query, place):
    hits = own(search(opened(lang), query))
    expect(hits).to_have_count(1)
    href = hits.first.locator("a.bt-hit-own").get_attribute("href")
    assert re.sub(r"\?[^#]*", "", href).endswith(place)


def test_an_id_that_one_language_has_is_found_in_it(opened):
    hits = search(opened("/en/transcripts/sanders-xue-panel/"), "p1")
    expect(own(hits)).to_have_count(0)
    expect(other(hits).locator("a.bt-hit-own[href$='/transcripts/sanders-xue-panel/#p1']")).to_have_count(1)  # fmt: skip


def test_the_twin_beside_is_marked_too(opened):
    page = opened("/en/transcripts/sanders-xue-panel/?view=parallel&h=nuclear+war&o=核战争#s1p1")
    expect(page.locator("#s1p1 mark")).to_have_text("nuclear war")
    expect(page.locator("#s1p1 ~ .bt-twin mark")).to_have_text("核战争")


@pytest.mark.parametrize("query", ["Future of Life Institute", "FLI"])
def test_a_body_is_found_under_its_other_names(opened, query):
    first = (
        other(search(opened("/en/"), query)).locator("a.bt-hit-own[href*='/transcripts/']").first
    )
    expect(first).to_contain_text("未来生命研究所")


def test_what_the_box_does_not_show_is_on_the_page_of_results(open_page):
    page = open_page("/en/")
    expect(own(search(page, "AI"))).to_have_count(10)
    page.keyboard.press("End")  # in the field: nothing is chosen yet
    expect(active(page)).to_have_count(0)
    go_down_to(page, page.locator(".bt-find-all"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/?q=AI")
    expect(page.locator(LIST)).to_have_attribute("data-bt-done", "AI")
    expect(page.locator("ol.bt-find-hits").first.locator(".bt-hit")).to_have_count(20)


def test_marking_leaves_the_text_as_it_was(open_page):
    plain = open_page("/transcripts/sanders-xue-panel/").locator("#s4p2").text_content()
    page = open_page("/transcripts/sanders-xue-panel/?h=%E6%95%8F%E6%8D%B7%E6%B2%BB%E7%90%86#s4p2")
    expect(page.locator("#s4p2 mark").first).to_have_text("敏捷治理")
    assert page.locator("#s4p2").text_content() == plain
    fetched = page.evaluate("performance.getEntriesByType('resource').map(e => e.name)")
    assert [url for url in fetched if "search-worker" in url or "/search/" in url] == []


@pytest.mark.parametrize("how", ["key", "click"])
def test_a_hit_in_the_other_language_leads_to_its_twin(opened, how):
    page = opened("/")
    hit = other(search(page, "moves much faster")).filter(
        has=page.locator("a.bt-hit-own[href*='/en/transcripts/'][href$='#s2p3']")
    )
    if how == "key":
        go_down_to(page, hit.locator("a.bt-hit-own"))
        page.keyboard.press("ArrowRight")
    else:
        hit.locator("a.bt-hit-twin").click()
    page.wait_for_url(re.compile(r"(?<!/en)/transcripts/sanders-xue-panel/#s2p3$"))


@pytest.mark.parametrize(
    "lang, query, place, rank",
    [
        ("/", "术语表", "/glossary/", 1),  # after a term whose name holds the word
        ("/", "新视角", "/transcripts/track-two-perspective/#title", 0),
        ("/en/", "how to read", "/en/how-to-read/", 0),
        ("/en/", "new perspective", "/en/transcripts/track-two-perspective/#title", 0),
    ],
)
def test_a_page_is_found_by_its_title_once(opened, lang, query, place, rank):
    hits = own(search(opened(lang), query))
    links = hits.locator(f"a.bt-hit-own[href$='{place}']")
    expect(links).to_have_count(1)
    expect(hits.nth(rank).locator("a.bt-hit-own")).to_have_attribute(
        "href", re.compile(place + "$")
    )
    expect(links.locator(".bt-hit-title mark")).to_have_text(query, ignore_case=True)


def test_deep_link_searches(opened):
    page = opened("/en/?q=pacing+problem")
    expect(page.locator(".bt-hit").first).to_be_visible()


def test_composing_does_not_search_and_committing_does(open_page):
    page = open_page("/")
    page.keyboard.press("/")
    box = page.locator(FIELD)
    expect(box).to_be_focused()
    expect(page.locator(LIST)).to_have_attribute("data-bt-done", "")
    keyboard = page.context.new_cdp_session(page)
    keyboard.send(
        "Input.imeSetComposition", {"text": "agile", "selectionStart": 5, "selectionEnd": 5}
    )
    box.dispatch_event("keyup", {"key": "e", "isComposing": True})
    expect(box).to_have_value("agile")
    expect(page.locator(".bt-hit")).to_have_count(0, timeout=1500)
    keyboard.send("Input.insertText", {"text": "敏捷治理"})
    expect(page.locator(".bt-hit").first).to_be_visible()


def test_paste_and_the_clear_button_search_without_a_key(open_page):
    page = open_page("/")
    page.keyboard.press("/")
    box = page.locator(FIELD)
    box.evaluate(
        "e => { e.value = '敏捷治理'; e.dispatchEvent(new InputEvent('input', {bubbles: true})) }"
    )
    expect(page.locator(".bt-hit").first).to_be_visible()
    page.get_by_role("button", name="清空").click()
    expect(page.locator(".bt-hit")).to_have_count(0)


LOST = {
    "blocked": lambda route: route.abort(),
    "missing": lambda route: route.fulfill(status=404, body="no"),
    "a page in its place": lambda route: route.fulfill(content_type="text/html", body="<p>no"),
    "cut short": lambda route: route.fulfill(body=b"\x1f\x8b\x08\0\0\0\0\0\2\xffabc"),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "what, how",
    [("**/assets/bt/search/*", how) for how in LOST]
    + [("**/search-worker.js*", how) for how in ("blocked", "missing")],
)
def test_an_index_that_does_not_load_is_said_and_tried_again(open_page, what, how, lang):
    page = open_page("/" if lang == "zh" else "/en/", allow=("404", "ERR_FAILED"))
    page.route(what, LOST[how])
    hits = search(page, "敏捷治理")
    said = "没有载入" if lang == "zh" else "did not load"
    expect(page.locator(SAID)).to_contain_text(said)
    expect(hits).to_have_count(0)
    page.unroute(what)
    expect(search(page, "敏捷").first).to_be_visible()


def test_every_hit_is_to_be_seen_and_the_other_language_stands_last(opened):
    hits = search(opened("/"), "人工智能")
    expect(own(hits)).to_have_count(10)
    expect(hits.page.locator(f"{LIST} > :last-child")).to_contain_text("英文文本里的结果")
    assert not hits.page.locator(".bt-find details").count()


def test_nothing_of_the_themes_search_is_fetched_or_needed(open_page):
    page = open_page("/")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    expect(own(search(page, "敏捷治理")).first).to_be_visible()
    assert asked and [url for url in asked if "javascripts" in url or "search_index" in url] == []
    assert [url for url in asked if url.startswith("blob:")] == []


def test_a_reader_at_a_hit_stays_there_when_the_list_is_filled_anew(opened):
    page = opened("/en/")
    hit = own(search(page, "pacing problem")).locator(
        "a.bt-hit-own[href*='/transcripts/'][href$='#s2p3']"
    )
    go_down_to(page, hit)
    page.evaluate("document.querySelector('.bt-find-list').dataset.btDone = ''")
    page.locator(FIELD).dispatch_event("compositionend")  # asked once more
    expect(page.locator(LIST)).to_have_attribute("data-bt-done", "pacing problem")
    expect(hit).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/en/transcripts/sanders-xue-panel/#s2p3$"))


@pytest.mark.parametrize(
    "query, text",
    [
        ("countries", "countries"),  # the form that was typed before the other one
        ("coauthored", "co-authored"),
        ("technoloiges", "technologies"),
        ("lecture by Xue Lan; the source does not", "lecture by Xue Lan; the source does not"),
    ],
)
def test_the_whole_query_is_marked(opened, query, text):
    first = own(search(opened("/en/"), query)).first
    expect(first.locator(".bt-hit-text mark").first).to_have_text(text)


def test_bad_input_does_no_harm(opened):
    page = opened("/")
    page.on("dialog", lambda d: pytest.fail("something was executed"))
    for query in [
        "敏捷治理" * 2500,
        "<img src=x onerror=alert(1)>敏捷",
        "(((敏捷",
        "\\敏捷[",
        "敏捷\u202e\x01",
        "'\"><script>alert(1)</script>",
    ]:
        search(page, query)
    expect(search(page, "敏捷治理").first).to_be_visible()
    assert page.locator(".bt-find-list img, .bt-find-list script").count() == 0


def test_the_browser_makes_the_same_tokens(open_page, root):
    page = open_page("/")
    page.add_script_tag(content=(root / "overrides/assets/bt/search-fold.js").read_text("utf-8"))
    pairs = "".join(a + b for a, b in simplified().items())
    page.evaluate("pairs => btFold.learn(pairs)", pairs)
    chance = random.Random(7)
    odd = ["".join(chance.choices("abes'’-‐–。.\n 1漢灣Ａﬁéー", k=24)) for _ in range(400)]
    texts = [case["text"] for case in FOLD] + odd
    joined = "[...(all.joined || new Map()).values()].map(([key]) => key)"
    made = page.evaluate(
        f"texts => texts.map(t => {{ const all = btFold.tokens(t); return [all.keys, all.forms, {joined}] }})",
        texts,
    )
    for text, (keys, forms, compounds) in zip(texts, made, strict=True):
        found = list(fold.tokens(text))
        assert keys == [key for key, *_ in found], text
        assert forms == [form for _, form, _ in found], text
        assert compounds == list(fold.compounds(text)), text
