"""Lists of the library: every text is found by year, kind, topic and person, on pages of a bounded size."""

from __future__ import annotations

import json
import posixpath
import re
from dataclasses import replace

import browse_bed
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitext.glossary.people import People, Person
from bitext.glossary.records import Both, Forms
from bitext.model import LANGS, Bitext, Speaker, Unit
from bitext.pages.alphabet import place_of
from bitext.pages.browse import home
from bitext.pages.browse.catalogue import Listed, catalogue
from bitext.pages.browse.lists import kinds, list_pages, topics, years
from bitext.pages.browse.parts import parts
from bitext.pages.browse.people import person_pages
from bitext.pages.browse.record_kinds import kind_of
from bitext.pages.browse.rows import row
from bitext.pages.browse.table import table
from bitext.pages.build import browse_pages
from bitext.project.check import unpublishable
from bitext.project.project import load_project
from bitext.project.write import made_of
from tests.projects import copy_project, edit
from tests.test_write import render

#: No page of lists may have more; in Markdown it has less than in HTML, and the frame of a page is on top.
LIMIT = 150_000


# --- kinds -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zh", "en", "kind"),
    [
        (
            "公开座谈实录（节选：两人的问答）",
            "Transcript of a public panel (two speakers)",
            "panel",
        ),
        ("评论文章（节录），未署作者", "Opinion article (excerpt), no author given", "article"),
        ("对话实录", "", "dialogue"),
        ("", "Transcript of a conversation", "dialogue"),
        ("关于对话的评论文章", "", "article"),  # Chinese has the head at the end
        ("", "Interview about a forum", "interview"),  # English at the beginning
        ("专访", "Article", "interview"),  # the two differ: the Chinese decides
        ("听证会记录", "Hearing", "hearing"),
        ("记者会实录", "", "press"),
        ("主旨演讲", "Keynote address", "speech"),
        ("联合声明", "Joint statement", "statement"),
        ("实录", "Transcript", "transcript"),
        ("影片字幕", "Subtitles", "recording"),
        ("尚未查明", "Not yet established", "other"),
        ("", "", "other"),
    ],
)
def test_a_text_is_of_the_kind_that_its_record_says(zh, en, kind):
    assert kind_of({"zh": zh, "en": en}).id == kind


# --- parts -----------------------------------------------------------------------------------------

WEIGHTS = st.lists(st.integers(1, 50), max_size=60)


@given(WEIGHTS)
def test_parts_hold_every_item_once_in_order_and_none_is_too_heavy(weights):
    items = list(enumerate(weights))
    made = parts("a", items, lambda item: item[1], 100)
    assert [item for part in made for item in part.items] == items
    assert all(sum(weight for _, weight in part.items) <= 150 for part in made)
    assert [part.path for part in made] == ["a", *(f"a/{n}" for n in range(len(made) - 1, 0, -1))]


@given(WEIGHTS, WEIGHTS)
def test_what_is_new_changes_no_part_but_the_first(old, new):
    def made(items: list[int]) -> dict[str, tuple[int, ...]]:
        return {part.path: part.items for part in parts("a", items, lambda w: w, 100)}

    before, after = made(old), made(new + old)
    assert {path: after[path] for path in before if path != "a"} == {
        path: items for path, items in before.items() if path != "a"
    }


# --- rows ------------------------------------------------------------------------------------------


def text(slug: str, **fields) -> Bitext:
    record = {"title": {"zh": "对话", "en": "A talk"}, "date_local": "2026-04-29"} | fields
    speakers = record.pop("speakers", ())
    return Bitext(slug, {}, (), tuple(speakers), record=record)


def shown(one: Listed, lang: str) -> str:
    return " ".join(render("\n".join(row(one, lang, "years/2026"))).text_content().split())


ALIKE = st.fixed_dictionaries(
    {
        "date_local": st.sampled_from(["2026-04-29", "2026-04"]),
        "title": st.sampled_from([{"zh": "对话", "en": "A talk"}, {"zh": "对话", "en": "Two talks"}]),
        "place": st.sampled_from([{"zh": "北京", "en": "Beijing"}, {"zh": "日内瓦", "en": "Geneva"}, None]),
        "speakers": st.sampled_from([(), (Speaker("a", "王", "Wang"),), (Speaker("a", None, "Li"),)]),
    }
)  # fmt: skip


@given(st.lists(ALIKE, min_size=2, max_size=6))
def test_no_two_rows_of_a_list_read_the_same(found):
    listed = catalogue([text(f"t{n}", **one) for n, one in enumerate(found)])
    for lang in LANGS:
        rows = [shown(one, lang) for one in listed.texts]
        assert len(set(rows)) == len(rows), rows


def test_two_texts_of_one_title_and_day_are_told_apart_by_their_places():
    places = ({"zh": "北京", "en": "Beijing"}, {"zh": "日内瓦", "en": "Geneva"})
    listed = catalogue([text(f"t{n}", place=place) for n, place in enumerate(places)])
    assert [shown(one, "en") for one in listed.texts] == [
        "29 April 2026 A talk 对话 Beijing",
        "29 April 2026 A talk 对话 Geneva",
    ]
    assert (
        shown(catalogue([text("t", place=places[0])]).texts[0], "en") == "29 April 2026 A talk 对话"
    )


def test_a_row_has_the_sites_form_of_a_name_and_leads_to_the_person():
    people = People((Person("xue", Both("薛澜", "Xue Lan")),))
    speakers = (
        Speaker("a", "薛澜教授", "Lan Xue", person="xue"),
        Speaker("b", None, "A. Stranger"),
    )
    one = catalogue([text("t", speakers=speakers)], people).texts[0]
    tree = render("\n".join(row(one, "en", "years/2026")))
    (who,) = tree.xpath("//*[@class='bt-who']")
    assert who.text_content() == "Xue Lan, A. Stranger"
    assert who.xpath("a/@href") == ["../speakers/xue.md"]
    assert tree.xpath("//time/@datetime") == ["2026-04-29"]


def test_texts_without_a_date_are_listed_last_and_say_so():
    listed = catalogue([text("a"), text("b", date_local="")])
    ways = years(listed)
    assert [(w.path, len(w.texts)) for w in ways] == [("years/2026", 1), ("years/undated", 1)]
    page = list_pages(ways, "zh")["years/undated.md"]
    assert "日期不详" in render(page).xpath("//li")[0].text_content()


# --- people ----------------------------------------------------------------------------------------

WANG = Person("wang", Both("王芳", "Wang Fang"), Forms(("王教授",), ("Fang Wang",)))


def talk(slug: str, day: str, turns: int, role: str = "") -> Bitext:
    speaker = Speaker("w", "王芳", "Fang Wang", person="wang", role_zh=role, role_en=role)
    units = [
        Unit(f"s{n}p{k}", "para", f"第{n}轮。", f"Turn {n}.", "w", f"s{n}")
        for n in range(1, turns + 1)
        for k in (1, 2)
    ]
    return replace(text(slug, date_local=day), units=tuple(units), speakers=(speaker,))


def test_a_persons_page_links_each_turn_and_says_the_roles_by_time():
    texts = [talk("new", "2026-01-02", 2, "院长"), talk("mid", "2025-01-02", 1, "教授"), talk("old", "2024-03-01", 30, "教授")]  # fmt: skip
    made = person_pages(catalogue(texts, People((WANG,))).portraits, "en")
    tree = render(made["speakers/wang.md"])
    for slug, turns in (("new", 2), ("mid", 1), ("old", 30)):
        links = tree.xpath(f"//a[starts-with(@href, '../transcripts/{slug}.md#')]/@href")
        assert links == [f"../transcripts/{slug}.md#s{n}" for n in range(1, turns + 1)]
    heads = [" ".join(li.text_content().split()) for li in tree.xpath("//h2[@id='roles--list']/following::ul[1]/li")]  # fmt: skip
    assert heads == ["2 January 2026 院长", "1 March 2024 教授"]
    assert "3 texts, 33 turns." in tree.text_content()


def test_who_is_only_named_has_a_page_with_the_places():
    units = (Unit("p1", "para", "感谢王教授。", "Thanks to Fang Wang."), Unit("p2", "para", "好。", "Well."))  # fmt: skip
    made = replace(text("t"), units=units)
    listed = catalogue([made], People((WANG, Person("li", Both("李强", "Li Qiang")))))
    pages = person_pages(listed.portraits, "zh")
    links = render(pages["speakers/wang.md"]).xpath("//ul//ul//a/@href")
    assert links == ["../transcripts/t.md#p1"]
    assert "尚未出现" in pages["speakers/li.md"]


# --- a library that is generated -------------------------------------------------------------------


@pytest.fixture(scope="module")
def large():
    project, listed = browse_bed.library(120)
    return project, listed, {lang: browse_pages(listed, lang) for lang in LANGS}


def links_of(path: str, page: str) -> set[str]:
    """The pages and places to which a page leads, as paths below the language."""
    found = re.findall(r"\]\(([^)\s:]+\.md)(#[^)\s]+)?\)", page)
    return {
        posixpath.normpath(posixpath.join(posixpath.dirname(path), to)) + at for to, at in found
    }


def test_both_languages_have_the_same_pages_with_the_same_texts(large):
    _, _, made = large
    assert made["zh"].keys() == made["en"].keys()
    for path, page in made["zh"].items():
        if path.startswith("speakers") and "/" not in path.removeprefix("speakers/"):
            continue  # in the order of each language's alphabet
        ids = re.findall(r"\{ #(\S+) \}", page)
        assert ids == re.findall(r"\{ #(\S+) \}", made["en"][path]), path


def test_every_link_of_a_list_leads_somewhere(large):
    project, _, made = large
    here = {f"transcripts/{b.slug}.md" for b in project.library.bitexts}
    here |= {f"transcripts/{b.slug}.md#{id}" for b in project.library.bitexts for u in b.units for id in (u.id, u.turn)}  # fmt: skip
    here |= {"glossary.md", *(f"glossary/{term.id}.md" for term in project.glossary.terms)}
    for lang in LANGS:
        here |= made[lang].keys() | {f"{path}#{id}" for path, page in made[lang].items() for id in re.findall(r"\{ #(\S+) \}", page)}  # fmt: skip
        for path, page in made[lang].items():
            assert links_of(path, page) <= here, path


def test_every_text_stands_under_its_year_kind_topics_and_people(large):
    _, listed, made = large
    for slug in (one.slug for one in listed.texts):
        one = next(t for t in listed.texts if t.slug == slug)
        ways = [f"years/{one.year}", f"kinds/{one.kind}", *(w.path for w in topics(listed) if one in w.texts)]  # fmt: skip
        ways += [f"speakers/{voice.person}" for voice in one.voices if voice.person]
        for way in ways:
            pages = [page for path, page in made["zh"].items() if path == f"{way}.md" or path.startswith(f"{way}/")]  # fmt: skip
            assert any(f"{{ #{slug} }}" in page for page in pages), (slug, way)
    assert sum(len(way.texts) for way in kinds(listed)) == len(listed.texts)
    assert sum(len(way.texts) for way in years(listed)) == len(listed.texts)


def test_no_page_grows_beyond_its_bounds(large):
    _, _, made = large
    sizes = {path: len(page.encode()) for pages in made.values() for path, page in pages.items()}
    assert max(sizes.values()) < LIMIT, max(sizes, key=sizes.__getitem__)
    assert any(re.search(r"/\d+\.md$", path) for path in sizes)  # some had to be parted


def test_the_filters_table_has_every_text_and_person(large):
    project, listed, _ = large
    made = json.loads(table(listed))
    assert [one[0] for one in made["texts"]] == [one.slug for one in listed.texts]
    assert {p[0] for p in made["people"]} - {""} == {p.id for p in project.people.persons}
    for row_, one in zip(made["texts"], listed.texts, strict=True):
        assert made["kinds"][row_[5]][0] == one.kind
        assert [made["people"][n][0] for n in row_[4]] == [voice.person for voice in one.voices]
        assert {made["topics"][n][0] for n in row_[6]} == {w.id for w in topics(listed) if one in w.texts}  # fmt: skip


# --- home ------------------------------------------------------------------------------------------


def test_the_home_page_has_the_newest_texts_where_it_keeps_a_place_for_them(tmp_path):
    project = load_project(copy_project(tmp_path))
    assert not {f"{lang}/index.md" for lang in LANGS} & made_of(project).keys()  # as written
    edit(tmp_path / "docs/en/index.md", "[The whole library: 2 texts]", "[All]")
    assert [p.path for p in unpublishable(load_project(tmp_path))] == ["docs/en/index.md"]


def test_a_home_page_without_the_place_stays_as_it_is():
    listed = catalogue([text("t")])
    for page in ("# Home\n", f"{home.BEGIN}\n", f"{home.END}\n{home.BEGIN}\n"):
        assert home.with_newest(page, listed.texts, {}, 1, "en") == page
    filled = home.with_newest(
        f"a\n{home.BEGIN}\nold\n{home.END}\nb\n", listed.texts, {"t": "Why."}, 1, "en"
    )
    assert "old" not in filled and "Why." in filled and filled.endswith(f"{home.END}\nb\n")
    assert home.with_newest(filled, listed.texts, {"t": "Why."}, 1, "en") == filled


# --- the alphabet ----------------------------------------------------------------------------------


@settings(max_examples=50)
@given(st.text())
def test_every_name_has_a_letter(name):
    letter, _ = place_of(name)
    assert letter == "~" or re.fullmatch("[A-Z]", letter)
