"""The pages of a bitext: same ids in both, each unit's element reads exactly the unit's text."""

from __future__ import annotations

import dataclasses
import re
from urllib.parse import unquote

import lxml.html
import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitext.glossary.occurrences import Occurrence
from bitext.kinds import KINDS
from bitext.model import LANGS, Bitext, Correction, Dropped, Ledger, Note, Speaker, Unit
from bitext.pages import library, transcript
from tests.test_escape import EXTENSIONS, ODD, squeeze

TEXT = st.text(st.characters(blacklist_categories=("Cs",)), min_size=1)

INDENTED = [
    "x\n\n    y{", "    y", "\ty", "one\n  - two", "\u3000\u30001. 乙", " !!! note", "a\u2028: b",
    "\xa0/// x", "a\r===", "\x85> b", "a\v# b", "why\n\nbecause",
]  # fmt: skip


def render(page: str) -> lxml.html.HtmlElement:
    body = re.sub(r"^---\n.*?\n---\n", "", page, flags=re.S)
    html = markdown.markdown(body, extensions=[*EXTENSIONS, "tables"])
    return lxml.html.fromstring(f"<article>{html}</article>")


def unit_text(tree: lxml.html.HtmlElement, id: str) -> str:
    """What the unit's element reads; an empty string between blocks counts as white space."""
    element = tree.get_element_by_id(id)
    parts = [element.text_content()]
    if element.tag == "div":
        parts = [child.text_content() for child in element]
    return squeeze(" ".join(parts))


def bitext(zh: str, en: str) -> Bitext:
    units = [Unit(f"p{n}", kind, zh, en, level=2) for n, kind in enumerate(KINDS, 1)]
    units += [
        Unit("s1p1", "para", zh, en, speaker="a", turn="s1", original="en"),
        Unit("s1p2", "para", zh + "\n\n" + zh, en, speaker="a", turn="s1"),
        Unit("s2p1", "para", None, en, speaker="b", turn="s2"),
        Unit("s3p1", "para", zh, None, speaker="a", turn="s3"),
        Unit("n1", "note", zh + "\n1." + zh + "\n一、" + zh, None, after="s1p1"),
    ]
    return Bitext(
        "tea-talk",
        {"title_zh": zh, "title_en": en, "date": "2026-04-30", "source": zh, "byline_en": en},
        tuple(units),
        (Speaker("a", zh, en, role_zh=zh, role_en=en), Speaker("b", None, en)),
        (Dropped(zh, "why: " + en, 3),),
        (Note("e1", "s1p1", "divergence", zh, en, zh, en, ((en, "https://x.example/"),)),),
        corrections=(Correction("s1p1", en, zh, "2026-11-24", zh, en, "open", "en"),),
        record={"kind": {"zh": zh, "en": en}, "found": {"url": "https://x.example/", "zh": zh}},
        source={"file": "source.txt", "sha256": "0"},
        ledger=Ledger(10, 5, 0, 5, 0, 0),
        truncated=True,
    )


def holds(zh: str, en: str) -> None:
    made = bitext(zh, en)
    trees = {lang: render(transcript.transcript_page(made, lang)) for lang in LANGS}
    ids = {lang: [e.get("id") for e in tree.iter() if e.get("id")] for lang, tree in trees.items()}
    assert ids["zh"] == ids["en"]
    assert len(set(ids["zh"])) == len(ids["zh"])
    for lang, tree in trees.items():
        assert not tree.xpath("//script | //img | //iframe | //*[@onerror]")
        for unit in made.units:
            text = unit.text(lang) or unit.text("en" if lang == "zh" else "zh")
            assert unit_text(tree, unit.id) == squeeze(text), (lang, unit.kind)


def test_every_kind_of_unit_reads_its_text():
    holds("你好，世界。", "Hello, world.")


@pytest.mark.parametrize("text", ODD)
def test_odd_text_reads_as_it_is(text):
    holds(text, text)


@settings(max_examples=60, deadline=None)
@given(TEXT, TEXT)
def test_any_text_reads_as_it_is(zh, en):
    if squeeze(zh) and squeeze(en):
        holds(zh, en)


@pytest.mark.parametrize("text", INDENTED)
def test_an_indented_line_is_text_in_every_field(text):
    holds(text, text)
    for lang in LANGS:
        tree = render(transcript.transcript_page(bitext(text, text), lang))
        assert not tree.xpath(
            "//pre[not(contains(@class, 'bt-u'))] | //ul//ul | //ol[not(parent::nav)]"
        )
        (item,) = tree.xpath("//li[q and a]")  # a correction
        assert [squeeze(q.text_content()) for q in item.iter("q")] == [squeeze(text)] * 2
        assert [squeeze(e.text_content()) for e in item.find_class("bt-why")] == [squeeze(text)]
        (role,) = tree.xpath("//p[contains(@class, 'bt-role')]")
        assert squeeze(role.text_content()) == squeeze(text)


@pytest.mark.parametrize("lang", LANGS)
def test_a_correction_is_a_sentence_of_its_language(lang):
    made = bitext("甲", "A")
    item = Correction("s1p1", "中文段", "中文段落", "2026-11-24", "错字。", "A typo", "same", "zh")
    page = transcript.transcript_page(dataclasses.replace(made, corrections=(item,)), lang)
    (shown,) = render(page).xpath("//li[q and a]")
    assert (
        shown.text_content()
        == {
            "zh": "s1p1 中文更正 2026年11月24日：原作中文段，改作中文段落。错字。英文无须改动。",
            "en": "s1p1 Correction to the Chinese 24 November 2026: was 中文段, now 中文段落. A typo. The English needed no change.",
        }[lang]
    )
    assert {q.get("lang") for q in shown.iter("q")} == {None if lang == "zh" else "zh-Hans"}


@pytest.mark.parametrize("id", ['n1" onclick="alert(1)', "a b", "{ .x }", "<b>", "a#b", "二轨"])
def test_an_odd_id_is_an_id_and_nothing_else(id):
    made = bitext("甲", "A")
    units = tuple(
        dataclasses.replace(u, id=f"{id}{u.id}", turn=u.turn and id + u.turn) for u in made.units
    )
    made = dataclasses.replace(
        made, slug=id, units=units, notes=(dataclasses.replace(made.notes[0], id=id, at=units[0].id),),
        source={"received": id}, corrections=(dataclasses.replace(made.corrections[0], at=id, date=id),),
    )  # fmt: skip
    for lang in LANGS:
        tree = render(transcript.transcript_page(made, lang))
        ids = {e.get("id") for e in tree.iter() if e.get("id")}
        assert {id, *(u.id for u in units), *(u.turn for u in units if u.turn)} <= ids
        assert not tree.xpath("//*[@onclick] | //b[not(@class or ancestor::nav)]")
        anchors = {unquote(a.get("href")[1:]) for a in tree.xpath("//nav//a")}
        assert anchors == {u.turn for u in units if u.turn}


def test_a_text_in_one_language_says_so_and_carries_its_lang():
    tree = render(transcript.transcript_page(bitext("中文", "English"), "zh"))
    element = tree.get_element_by_id("s2p1")
    assert element.get("lang") == "en"
    assert "原文只有英文" in element.getprevious().text_content()


def test_terms_link_to_the_glossary_and_leave_the_text_alone():
    made = bitext("关于敏捷治理。", "On agile governance.")
    terms = transcript.Terms(
        found={"s1p1": [Occurrence("agile-governance", 2, 6)]},
        titles={"agile-governance": ('a "quoted" <definition>', "agile *governance*")},
        callouts={"agile-governance": ("敏捷治理", "agile governance", "a definition")},
    )
    tree = render(transcript.transcript_page(made, "zh", terms))
    assert unit_text(tree, "s1p1") == "关于敏捷治理。"
    (link,) = tree.xpath("//a[contains(@class, 'bt-term')]")
    assert link.text == "敏捷治理"
    assert link.get("title") == 'a "quoted" <definition>'
    assert len(tree.xpath("//details[contains(@class, 'bt-note--term')]")) == 1


def test_an_exclamation_mark_before_a_term_makes_no_picture():
    made = bitext("甲!AI", "Yes!AI")
    found = {"s1p1": [Occurrence("ai", 4, 6)]}
    terms = transcript.Terms(found, {"ai": ("AI", "AI")}, {"ai": ("AI", "AI", "Mind it!")})
    tree = render(transcript.transcript_page(made, "en", terms))
    assert not tree.xpath("//img")
    assert unit_text(tree, "s1p1") == "Yes!AI"


def test_the_library_lists_each_text_in_both_languages():
    tree = render(library.library_page([bitext("标题", "Title")], "en"))
    assert [e.text_content().strip() for e in tree.xpath("//h2")] == ["Title"]
    assert "标题" in tree.text_content()
    assert "30 April 2026" in tree.text_content()


def test_an_old_id_still_leads_to_its_unit():
    made = bitext("甲", "A")
    units = [dataclasses.replace(u, formerly=("p99",)) if u.id == "s1p1" else u for u in made.units]
    for lang in LANGS:
        page = transcript.transcript_page(dataclasses.replace(made, units=tuple(units)), lang)
        old = render(page).get_element_by_id("p99")
        place = old if old.getparent().tag != "p" else old.getparent()
        assert place.getnext().get("id") == "s1p1"


def test_in_a_long_text_a_term_is_marked_once_a_turn_and_explained_once():
    from bitext.glossary.store import Both, Glossary, Term
    from bitext.pages.build import LONG_TEXT, terms_of

    term = Term("agile", "s", Both("敏捷治理", "agile governance"), Both("义", "x"), callout=True)
    units = [
        Unit(
            f"s{n}p{k}", "para", "谈谈敏捷治理。", "On agile governance.", speaker="a", turn=f"s{n}"
        )
        for n in range(1, LONG_TEXT)
        for k in (1, 2)
    ]
    made = dataclasses.replace(bitext("甲", "A"), units=tuple(units), notes=(), corrections=())
    page = transcript.transcript_page(made, "en", terms_of(made, Glossary((term,)), "en"))
    assert page.count(".bt-term ") == LONG_TEXT - 1
    assert page.count("bt-note--term") == 1


@pytest.mark.parametrize("lang", LANGS)
def test_a_turn_of_nobody_who_is_named_has_a_heading_and_an_address(lang):
    turns = [Unit(f"s{n}p1", "para", "问？", "Why?", turn=f"s{n}") for n in (1, 2, 3)]
    turns[0] = dataclasses.replace(turns[0], speaker="q")
    text = Bitext("talk", {}, tuple(turns), (Speaker("q", "问", "Q"),))
    tree = render(transcript.transcript_page(text, lang))
    assert [tree.get_element_by_id(f"s{n}").tag for n in (1, 2, 3)] == ["h2"] * 3
    assert "Q" not in tree.get_element_by_id("s2").text_content()
    links = {a.get("href").lstrip("#") for a in tree.xpath("//nav[@class='bt-contents']//a")}
    assert links == {"s1", "s2", "s3"}
