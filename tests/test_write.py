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
from bitext.glossary.people import People, Person
from bitext.glossary.records import Both
from bitext.kinds import KINDS
from bitext.model import LANGS, OTHER, Bitext, Correction, Dropped, Ledger, Note, Speaker, Unit
from bitext.pages import transcript
from bitext.pages.browse.catalogue import catalogue
from bitext.pages.browse.library import library_page
from bitext.pages.callouts import Entry
from bitext.pages.typography import FULL, widen
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


def on_page(unit: Unit, lang: str) -> str:
    """What a unit's element has to read: its text, but for flattened punctuation in Chinese."""
    side = lang if unit.text(lang) is not None else OTHER[lang]
    text = unit.text(side)
    return squeeze(widen(text) if side == "zh" and unit.kind != "code" else text)


def holds(zh: str, en: str) -> None:
    made = bitext(zh, en)
    trees = {lang: render(transcript.transcript_page(made, lang)) for lang in LANGS}
    ids = {lang: [e.get("id") for e in tree.iter() if e.get("id")] for lang, tree in trees.items()}
    assert ids["zh"] == ids["en"]
    assert len(set(ids["zh"])) == len(ids["zh"])
    for lang, tree in trees.items():
        assert not tree.xpath("//script | //img | //iframe | //*[@onerror]")
        for unit in made.units:
            assert unit_text(tree, unit.id) == on_page(unit, lang), (lang, unit.kind)


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
            "//pre[not(contains(@class, 'bt-u'))] | //ul//ul | //ol[not(ancestor::nav)]"
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
    entry = Entry("agile-governance", "敏捷治理", "agile *governance*", "“义”<b>", 0, callout=True)
    found = {"s1p1": [Occurrence("agile-governance", 2, 6)]}
    terms = transcript.Terms(found, {entry.id: entry, "x": Entry("x", "别的", "other", "义")})
    tree = render(transcript.transcript_page(made, "zh", terms))
    assert unit_text(tree, "s1p1") == "关于敏捷治理。"
    (link,) = tree.xpath("//a[contains(@class, 'bt-term')]")
    assert link.text == "敏捷治理"
    assert set(link.attrib) == {"class", "href"}
    (listed,) = tree.xpath("//section[@class='bt-terms']//dt")  # what its card is made of
    assert listed.find("a").get("href") == link.get("href")
    assert listed.text_content() == "敏捷治理 agile *governance*"
    assert listed.find("span").get("lang") == "en"
    assert listed.getnext().text_content() == "“义”<b>"
    assert len(tree.xpath("//details[contains(@class, 'bt-note--term')]")) == 1


def test_an_exclamation_mark_before_a_term_makes_no_picture():
    made = bitext("甲!AI", "Yes!AI")
    found = {"s1p1": [Occurrence("ai", 4, 6)]}
    terms = transcript.Terms(found, {"ai": Entry("ai", "AI", "AI", "Mind it!", callout=True)})
    tree = render(transcript.transcript_page(made, "en", terms))
    assert not tree.xpath("//img")
    assert unit_text(tree, "s1p1") == "Yes!AI"


def test_the_library_lists_each_text_in_both_languages():
    tree = render(library_page(catalogue([bitext("标题", "Title")]), "en"))
    assert [e.text for e in tree.xpath("//li/a")] == ["Title"]
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
    from bitext.glossary.concordance import read_terms
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
    glossary = Glossary((term,))
    page = transcript.transcript_page(
        made, "en", terms_of(read_terms(made, glossary), glossary, "en")
    )
    assert page.count("{ .bt-term }") == LONG_TEXT - 1
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


# --- the page is Markdown ------------------------------------------------------------------------

TAG = re.compile(r"<([a-z][a-z0-9]*)([^>]*)>")
#: A run of the other language, and one that is kept from changing places with its neighbours.
RUN = re.compile(r' ?(?:class="bt-other" )?(?:lang="[\w-]+")?')


def paragraphs(page: str):
    return [block for block in page.split("\n\n") if ".bt-u" in block.rpartition("\n")[2]]


@pytest.mark.parametrize("lang", LANGS)
def test_no_tag_but_a_foreign_run_stands_in_a_paragraph(root, lang):
    for slug in ("sanders-xue-panel", "track-two-perspective"):
        page = (root / f"docs/{lang}/transcripts/{slug}.md").read_text("utf-8")
        found = [m for p in paragraphs(page) for m in TAG.findall(p)]
        assert len(paragraphs(page)) >= 5
        assert [m for m in found if m[0] != "span" or not RUN.fullmatch(m[1])] == []


@pytest.mark.parametrize("lang", LANGS)
def test_a_note_has_four_tags_at_most(root, lang):
    for slug in ("sanders-xue-panel", "track-two-perspective"):
        page = (root / f"docs/{lang}/transcripts/{slug}.md").read_text("utf-8")
        notes = re.findall(r'<div class="bt-n .*?</div>', page, re.S)
        assert len(notes) >= 10
        tags = ([m for m in TAG.findall(n) if m[0] != "span"] for n in notes)
        assert max(map(len, tags)) <= 4


def test_flattened_punctuation_is_the_only_difference_from_the_text():
    zh = "薛教授,您好(Mr. X, Esq.)!见https://a.example/b?c,d,或者18:39;a,b?"
    unit = Unit("p1", "para", zh, "Yes, (so): it is; no?")
    page = Bitext("t", {}, (unit,))
    shown = unit_text(render(transcript.transcript_page(page, "zh")), "p1")
    assert shown == "薛教授，您好（Mr. X, Esq.）！见https://a.example/b?c,d,或者18:39;a,b?"
    half = {full: half for half, full in FULL.items()}
    assert "".join(half.get(c, c) for c in shown) == zh
    assert unit_text(render(transcript.transcript_page(page, "en")), "p1") == unit.en


# --- the head ------------------------------------------------------------------------------------


def head(**record) -> Bitext:
    voices = (
        Speaker("a", "桑德斯参议员", "Senator Sanders", person="sanders"),
        Speaker("b", "薛澜", "Lan Xue", person="xue"),
    )
    units = (
        Unit("s1p1", "para", "问？", "Why?", "a", "s1"),
        Unit("s2p1", "para", "答。", "So.", "b", "s2"),
    )
    titles = {"title_zh": "问答", "title_en": "Q and A"}
    return Bitext("talk", titles, units, voices, record=record)


NAMES = {"sanders": Both("伯尼·桑德斯", "Bernie Sanders"), "xue": Both("薛澜", "Xue Lan")}
KIND = {"zh": "座谈实录（节选）", "en": "Transcript (part), of a panel"}


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("zh", "座谈实录 · 2026年4月29日 · 华盛顿 · 伯尼·桑德斯、薛澜"),
        ("en", "Transcript · 29 April 2026 · Washington · Bernie Sanders, Xue Lan"),
    ],
)
def test_one_line_below_the_title_says_what_when_where_and_who(lang, line):
    made = head(kind=KIND, date_local="2026-04-29", place={"zh": "华盛顿", "en": "Washington"})
    tree = render(transcript.transcript_page(made, lang, names=NAMES))
    below = tree.xpath("//p[contains(@class, 'bt-meta')]")[0]
    assert below.text_content() == line
    assert [a.get("href") for a in below.iter("a")] == [
        "../speakers/sanders.md",
        "../speakers/xue.md",
    ]


def test_what_is_not_known_is_not_in_the_line():
    tree = render(
        transcript.transcript_page(dataclasses.replace(head(), speakers=(), units=()), "en")
    )
    (line,) = tree.xpath("//p[contains(@class, 'bt-meta')]")  # the key to the signs
    assert line.xpath("a/@href") == ["../how-to-read.md#signs"]


def test_the_sites_lists_have_its_own_form_of_a_name_and_the_text_the_sources():
    made = head()
    tree = render(transcript.transcript_page(made, "en", names=NAMES))
    assert "Lan Xue" in tree.get_element_by_id("s2").text_content()
    listed = tree.xpath("//dl/dt[.='Speakers']/following-sibling::dd")[0].text_content()
    assert "Xue Lan" in listed and "Lan Xue" not in listed
    people = People(tuple(Person(id, name) for id, name in NAMES.items()))
    assert "Xue Lan" in render(library_page(catalogue([made], people), "en")).text_content()


def noted(*kinds: str) -> Bitext:
    notes = tuple(
        Note(f"e{n}", at, kind, "注", "Note")
        for n, (at, kind) in enumerate(zip(("s2p1", "s1p1", "s1p1"), kinds, strict=False), 1)
    )
    return dataclasses.replace(head(), notes=notes)


def test_where_the_texts_differ_is_counted_and_leads_from_one_to_the_next():
    made = noted("divergence", "divergence", "sic")
    for lang, words in (("zh", "两种文本有2处不同"), ("en", "the two versions differ at 2 places")):
        tree = render(transcript.transcript_page(made, lang))
        (link,) = tree.xpath("//p[contains(@class, 'bt-key-line')]/a[starts-with(., '≠')]")
        assert (
            link.text_content() == f"≠ {words}" and link.get("href") == "#e2"
        )  # the first on the page
        boxes = tree.xpath("//details[contains(@class, 'bt-differ')]")
        assert [b.xpath(".//div/@id") for b in boxes] == [["e2"], ["e1"]]
        assert all(b.findtext("summary").startswith("≠ ") for b in boxes)
        assert [b.xpath("./p/a/@href") for b in boxes] == [["#e1"], []]
        assert tree.get_element_by_id("s1p1").getnext() is boxes[0]
        assert "bt-differ" not in tree.get_element_by_id("e3").getparent().get("class")


def test_a_text_without_differences_claims_none():
    assert "≠" not in transcript.transcript_page(noted("sic"), "en")


LONG = "这一段只有中文。" * 20


@pytest.mark.parametrize(
    ("units", "folded"),
    [
        ([("p1", LONG, None), ("p2", "甲", "A")], ["p1"]),
        (
            [("p1", LONG, None), ("p2", LONG, None), ("p3", "甲", "A"), ("p4", LONG, None)],
            ["p1", "p2"],
        ),
        ([("p1", "短。", None), ("p2", "甲", "A")], []),
        ([("p1", LONG, None)], []),  # then it is the text
        ([("s1p1", LONG, None), ("s1p2", "甲", "A")], []),  # a turn is no opening
    ],
)
def test_an_opening_of_the_other_language_is_folded(units, folded):
    made = Bitext(
        "t",
        {},
        tuple(Unit(i, "para", zh, en, turn=i[:2] if i[0] == "s" else None) for i, zh, en in units),
    )
    tree = render(transcript.transcript_page(made, "en"))
    fold = tree.xpath("//details[contains(@class, 'bt-fold')]")
    assert [i for f in fold for i in f.xpath(".//*[contains(@class, 'bt-u')]/@id")] == folded
    for box in fold:
        assert (
            f"Chinese only, {len(LONG) * len(folded)} characters"
            in box.find("summary").text_content()
        )
        assert box.find("summary/span").get("lang") == "zh-Hans" and box.get("open") is None
    assert not render(transcript.transcript_page(made, "zh")).xpath(
        "//details[contains(@class, 'bt-fold')]"
    )
    for unit in made.units:
        assert unit_text(tree, unit.id) == on_page(unit, "en")


def test_key_terms_of_a_paragraph_stand_in_one_box():
    entries = {
        i: Entry(i, n, t, "义", 1, callout=True)
        for i, n, t in (("a", "甲词", "A"), ("b", "乙词", "B"))
    }
    found = {"s1p1": [Occurrence("a", 0, 1), Occurrence("b", 1, 2)]}
    tree = render(transcript.transcript_page(head(), "zh", transcript.Terms(found, entries)))
    (box,) = tree.xpath("//details[contains(@class, 'bt-note--term')]")
    assert box.findtext("summary") == "术语：甲词、乙词"
    assert [p.text_content() for p in box.iter("p")] == ["甲词 A：义词条", "乙词 B：义词条"]


# --- languages and directions --------------------------------------------------------------------


def test_every_foreign_run_says_its_language():
    """A title, a name or a quotation that only the other language has."""
    speakers = (Speaker("a", "王芳", None), Speaker("b", None, "Maria Ruiz"))
    units = (
        Unit("s1p1", "para", "各位好。", "Good morning.", "a", "s1"),
        Unit("s2p1", "para", "谢谢。", "Thank you.", "b", "s2"), Unit("s3p1", "para", "好。", "Well.", "a", "s3"),
    )  # fmt: skip
    fix = Correction(
        "s1p1", "大家好", "各位好", "2026-03-04", "照录音", "as recorded", "open", "zh"
    )
    made = Bitext("c10", {"title_zh": "没有英文标题的座谈"}, units, speakers, corrections=(fix,))
    han, foreign = re.compile("[\u4e00-\u9fff]"), {}
    for page in (transcript.transcript_page(made, "en"), library_page(catalogue([made]), "en")):
        for node in render(page).iter():
            for text, owner in ((node.text, node), (node.tail, node.getparent())):
                if text and han.search(text) and owner is not None:
                    marked = owner.xpath("ancestor-or-self::*[@lang][1]/@lang")
                    foreign.setdefault(marked[-1] if marked else "", []).append(text)
    assert set(foreign) == {"zh-Hans"} and len(foreign["zh-Hans"]) >= 8, foreign
    tree = render(transcript.transcript_page(made, "zh"))
    names = tree.xpath("//*[text()='Maria Ruiz']")
    assert len(names) >= 4 and {n.get("lang") for n in names} == {"en"}


def test_names_that_run_from_right_to_left_keep_their_places():
    voices = [
        Speaker(f"a{n}", name, name)
        for n, name in enumerate(("فاطمة النجار", "مريم الزهراء", "Li Wei"))
    ]
    made = dataclasses.replace(
        bitext("甲", "A"), speakers=tuple(voices), units=(), notes=(), corrections=()
    )
    for page in (library_page(catalogue([made]), "en"), transcript.transcript_page(made, "en")):
        isolated = [b.text_content() for b in render(page).iter("bdi")]
        assert isolated[:2] == ["فاطمة النجار", "مريم الزهراء"]
        assert "Li Wei" not in isolated


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("桑德斯参议员与薛澜问答", "桑德斯|参议员|与薛澜|问答"),
        ("人工智能安全的国际合作新视角", "人工智能|安全的|国际|合作|新视角"),
        ("人類與機器的國際對話", "人類|與|機器的|國際|對話"),
        ("AI and 法", "AI and 法"),
        ("1. 题目很长很长", None),
        ("# x", "# x"),
    ],
)
def test_a_chinese_title_breaks_between_words(title, shown):
    made = Bitext("t", {"title_zh": title, "title_en": "T"}, ())
    heading = render(transcript.transcript_page(made, "zh")).get_element_by_id("title")
    assert heading.text_content() == title
    if shown:
        html = lxml.html.tostring(heading, encoding="unicode", with_tail=False)
        inner = html.partition(">")[2].removesuffix("</h1>")
        assert inner.replace("<wbr>", "|").replace("</wbr>", "") == shown
