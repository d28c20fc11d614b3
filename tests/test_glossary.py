"""data/glossary.yml: what is read, what is refused, and its pages."""

from __future__ import annotations

import html as html_entities
import re
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import lxml.html
import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitext.glossary import store as g
from bitext.glossary.concordance import read_terms
from bitext.glossary.store import (
    Both,
    Forms,
    Glossary,
    Source,
    Subject,
    Term,
    parse_glossary,
    read_glossary,
    to_row,
)
from bitext.model import LANGS, Bitext, SentenceBead, Speaker, Unit
from bitext.pages.concept import Book
from bitext.pages.escape import one_line
from bitext.pages.glossary import glossary_pages
from bitext.pages.labels import HTML_LANG

CASES = Path(__file__).parent / "cases"
GOOD = CASES / "glossary_good.yml"
BAD = sorted((CASES / "glossary_bad").glob("*.yml"))
EXTENSIONS = ["abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc", "pymdownx.details", "pymdownx.superfences"]  # fmt: skip


@pytest.mark.parametrize("path", BAD, ids=[path.stem for path in BAD])
def test_every_problem_is_said_at_its_line(path):
    """A file's `# problem: LINE CODE words` comments are all its problems; the words begin them."""
    text = path.read_text("utf-8")
    expected = sorted(
        (int(line), code, words)
        for line, code, words in re.findall(r"^# problem: (\d+) (\S+) (.*)$", text, re.MULTILINE)
    )
    _, problems = parse_glossary(text, "g.yml")
    found = sorted((p.line, p.code, p.message) for p in problems)
    assert [(line, code) for line, code, _ in found] == [(line, code) for line, code, _ in expected]
    for (_, _, message), (_, _, words) in zip(found, expected, strict=True):
        assert message.startswith(words)


def test_a_good_glossary_is_read_whole():
    glossary, problems = read_glossary(GOOD)
    assert problems == ()
    track, rail = glossary.terms
    assert track.forms("en") == ("Track II dialogue", "Track II")
    assert track.renderings("zh") == ("二轨对话", "二轨", "二轨机制")
    assert track.callout and not rail.callout
    assert track.sources[0].url == "https://example.org/primer?a=1&b=2"
    assert [(a.lang, a.form) for a in rail.avoid] == [("zh", "护拦"), ("en", "guiderail"), ("en", "handrail")]  # fmt: skip
    assert (track.line, track.doubt["en"]) == (10, "Most references give 1981.")


def test_missing_and_undecodable_files_are_problems(tmp_path):
    _, missing = read_glossary(tmp_path / "no.yml")
    (tmp_path / "gb.yml").write_bytes("术语".encode("gb18030"))
    _, undecodable = read_glossary(tmp_path / "gb.yml")
    assert [p.code for p in (*missing, *undecodable)] == ["G-FILE", "G-FILE"]


@given(st.text())
def test_no_text_breaks_the_reader(text):
    _, problems = parse_glossary(text, "g.yml")
    assert problems


def test_the_projects_own_glossary_has_no_problem(root):
    glossary, problems = read_glossary(root / "data/glossary.yml", root)
    assert problems == ()
    assert len(glossary.terms) >= 50


# --- pages -----------------------------------------------------------------------------------------

HOSTILE = 'a"b{c} { #x .y } <i>*x*</i> [l](u) & `k` | $m$ {{ j }} ~_y_ ![i](s) --8<-- x 敏捷'
BITEXT = Bitext("talk", {"title_zh": "谈话*", "title_en": "Talk [1]"}, (
    Unit("s1p1", "para", "谈二轨对话,再谈二轨。*", "On Track II dialogues <b> & guardrails."),
    Unit("s1p2", "para", "只有中文的护栏", None),
))  # fmt: skip


def render(text: str) -> str:
    """The page's HTML, without its front matter."""
    return markdown.markdown(text.split("---\n", 2)[2], extensions=EXTENSIONS)


def visible(html: str) -> str:
    return " ".join(html_entities.unescape(re.sub(r"<[^>]*>", " ", html)).split())


def pages_of(
    glossary: Glossary, bitexts: Sequence[Bitext] = (), lang: str = "en"
) -> dict[str, str]:
    """The glossary's pages in a language, as HTML."""
    book = Book.of(glossary, [read_terms(bitext, glossary) for bitext in bitexts])
    return {path: render(text) for path, text in glossary_pages(book, lang).items()}


def tree(html: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(f"<div>{html}</div>")


def ids(html: str) -> set[str]:
    return set(tree(html).xpath("//@id"))


def sized(count: int, subject: str = "s") -> Glossary:
    """A glossary of so many terms, all of one subject."""
    terms = tuple(Term(f"a-term-of-many-{n}", subject, Both(f"第{n}号的术语", f"the term no. {n} of all"), Both("义" * 80, "meaning " * 30)) for n in range(count))  # fmt: skip
    return Glossary(terms, (Subject("s", Both("甲", "A")),))


def test_a_concept_is_a_page_and_the_list_leads_to_it():
    glossary, _ = read_glossary(GOOD)
    for lang in LANGS:
        pages = pages_of(glossary, [BITEXT], lang)
        assert list(pages) == [
            "glossary.md", "glossary/diplomacy.md", "glossary/governance.md",
            "glossary/second-track.md", "glossary/track-2.md", "glossary/guardrail.md",
        ]  # fmt: skip
        for path, up in (("glossary.md", ""), ("glossary/diplomacy.md", "../")):
            row = tree(pages[path]).get_element_by_id("track-2")
            assert row.xpath("a[@href]")[0].get("href") == f"{up}track-2/"
            assert row.xpath("a[@id]")[0].get("id") == "second-track"  # an id that it had before
        assert 'href="track-2.md"' in pages["glossary/second-track.md"]


def test_both_languages_have_the_same_ids_and_every_sentence_with_its_twin():
    glossary, _ = read_glossary(GOOD)
    pages = {lang: pages_of(glossary, [BITEXT], lang) for lang in LANGS}
    assert set(pages["zh"]) == set(pages["en"])
    for path, html in pages["zh"].items():
        own = {id for id in ids(html) if not id.startswith("bt-")}  # the letters are its own
        assert own == {id for id in ids(pages["en"][path]) if not id.startswith("bt-")}
    assert ids(pages["zh"]["glossary.md"]) >= {"track-2", "guardrail", "subject-diplomacy", "alphabetical"}  # fmt: skip
    for lang, other in (("zh", "en"), ("en", "zh")):
        [pair] = tree(pages[lang]["glossary/track-2.md"]).xpath("//ol[@class='bt-pairs']/li")
        sides = dict(zip((lang, other), pair.xpath("p")[:2], strict=True))
        assert sides["zh"].text_content() == "谈二轨对话，再谈二轨。*"
        assert sides["zh"].xpath("mark/text()") == ["二轨对话", "二轨"]
        assert sides["en"].text_content() == "On Track II dialogues <b> & guardrails."
        assert sides["en"].xpath("mark/text()") == ["Track II dialogues"]
        assert [side.get("lang") for side in sides.values()] == [None, HTML_LANG[other]]
        assert pair.xpath("p[3]/a/@href") == ["../../transcripts/talk/#s1p1"]
    alone = visible(pages["en"]["glossary/guardrail.md"])
    assert "2 sentences, in 1 text." in alone and "No counterpart in English" in alone
    assert "Where the Chinese has it (1 sentence), the English has: no counterpart 1" in alone
    assert "Where the English has it (1 sentence), the Chinese has: no name of it 1" in alone


def test_whatever_a_glossary_says_is_shown_as_it_is():
    both = Both(HOSTILE + "中", HOSTILE + "E")
    term = Term(
        "evil", "s", both, both, Forms((HOSTILE,), (HOSTILE,)), Forms((HOSTILE,), (HOSTILE,)),
        (g.Avoided("en", HOSTILE, both),), both,
        (Source(HOSTILE, "https://a.b/c(d)_e*f*?x=1&y=2"),), "general", both, ("evil",),
    )  # fmt: skip
    for lang in LANGS:
        pages = pages_of(Glossary((term,), (Subject("s", both),)), [BITEXT], lang)
        text = " ".join(HOSTILE.split())
        for path, times in (("glossary.md", 3), ("glossary/s.md", 4), ("glossary/evil.md", 13)):
            html = pages[path]
            assert visible(html).count(text) >= times, path
            assert "<i>" not in html and "<img" not in html and "<code>" not in html
        assert ids(pages["glossary/evil.md"]) == {"title", "sentences"}
        assert ids(pages["glossary.md"]) == {"title", "subject-s", "evil", "alphabetical", "bt-a"}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_a_text_says_stands_in_the_pair_as_it_is(before, after):
    """For any text around the term: read back from the HTML it is that text, the term marked."""
    text = f"{before} Track II {after}"
    bitext = Bitext("talk", {}, (Unit("p1", "para", None, text),))
    glossary, _ = read_glossary(GOOD)
    html = pages_of(glossary, [bitext])["glossary/track-2.md"]
    pairs = tree(html).xpath("//ol[@class='bt-pairs']/li")
    found = read_terms(bitext, glossary).sides["en"][0].found
    marks = [o for o in found if o.term_id == "track-2"]
    assert len(pairs) == bool(marks)
    if marks:
        said = next(p for p in pairs[0].xpath("p") if not p.get("class"))
        assert said.text_content() == one_line(text)
        assert {one_line(m) for m in said.xpath("mark/text()")} <= {one_line(text[o.start : o.end]) for o in marks}  # fmt: skip


def test_terms_stand_in_the_order_of_their_pinyin_or_their_letters():
    glossary, _ = read_glossary(GOOD)
    for lang, letters in (("zh", ["E", "H"]), ("en", ["G", "T"])):
        page = tree(pages_of(glossary, [], lang)["glossary.md"])
        assert page.xpath("//h2/text()") == letters
        assert page.xpath("//nav[@class='bt-letters']/a/@href") == [f"#bt-{x.lower()}" for x in letters]  # fmt: skip


def test_a_thousand_concepts_are_one_light_list():
    """Where there is no room for definitions the names stay, and every id."""
    glossary = sized(1000)
    for lang in LANGS:
        html = pages_of(glossary, (), lang)["glossary.md"]
        assert len(html.encode()) <= 138_000  # the frame has 12,000
        assert {term.id for term in glossary.terms} <= ids(html)
        assert len(tree(html).xpath("//li[a[@href]]")) == 1000
        assert "<p>义" not in html and "<p>meaning" not in html
    assert "<p>meaning" in pages_of(sized(50))["glossary.md"]


def test_a_subjects_list_gives_way_to_a_concept_of_its_name():
    glossary = Glossary((Term("s", "s", Both("术语", "term"), Both("义", "x")),), (Subject("s", Both("甲", "A")),))  # fmt: skip
    assert list(pages_of(glossary)) == ["glossary.md", "glossary/subject-s.md", "glossary/s.md"]


def test_five_pairs_stand_first_and_the_rest_by_text():
    """The first ones are of different texts, those with the term in both sentences before others."""
    texts = [
        Bitext(f"t{n}", {"title_en": f"Talk {n}"}, (
            Unit("p1", "para", "谈二轨。" if n else None, "On Track II."),
            Unit("p2", "para", "谈二轨。", "On Track II again."),
        ))
        for n in range(7)
    ]  # fmt: skip
    glossary, _ = read_glossary(GOOD)
    page = tree(pages_of(glossary, texts)["glossary/track-2.md"])
    first, *rest = page.xpath("//ol[@class='bt-pairs']")
    assert first.xpath("li/p[3]/a/@href") == [
        f"../../transcripts/{place}" for place in ("t0/#p2", "t1/#p1", "t2/#p1", "t3/#p1", "t4/#p1")
    ]
    assert page.xpath("//summary/text()")[0] == "Talk 0 · 1 sentence"
    assert [len(ol) for ol in rest] == [1, 1, 1, 1, 1, 2, 2]


def test_a_long_concordance_is_parted_into_light_pages_and_loses_nothing():
    words = "They spoke of Track II dialogues at length, and of what may come of them. " * 6
    texts = [Bitext(f"t{n}", {}, tuple(Unit(f"p{k}", "para", f"第{k}段谈二轨。", words) for k in range(40))) for n in range(25)]  # fmt: skip
    glossary, _ = read_glossary(GOOD)
    made = {lang: pages_of(glossary, texts, lang) for lang in LANGS}
    assert list(made["zh"]) == list(made["en"])
    for lang in LANGS:
        parts = {path: html for path, html in made[lang].items() if "track-2" in path}
        assert list(parts)[:3] == ["glossary/track-2.md", "glossary/track-2/2.md", "glossary/track-2/3.md"]  # fmt: skip
        assert max(len(html.encode()) for html in parts.values()) <= 138_000
        links = []
        for path, html in parts.items():
            up = "../../" if path == "glossary/track-2.md" else "../../../"
            here = tree(html).xpath("//ol[@class='bt-pairs']/li/p[3]/a/@href")
            assert all(link.startswith(f"{up}transcripts/") for link in here)
            links += [link.removeprefix(up) for link in here]
            ways = tree(html).xpath("//nav[@class='bt-parts']/a/@href")
            assert len(ways) == len(parts) - 1
        assert len(links) == len(set(links)) == 1000


def test_an_empty_glossary_has_a_page():
    assert "The glossary holds no entry yet." in pages_of(Glossary())["glossary.md"]


def test_to_row_gives_what_was_read():
    glossary, _ = read_glossary(GOOD)
    assert to_row(glossary.terms[1])["avoid"]["en"][1] == {
        "term": "handrail", "why": {"zh": "扶手。", "en": "For hands."},
    }  # fmt: skip


def spoken(n: int) -> Bitext:
    """A talk with a speaker, a date, and sentences of which each language puts some in its own way."""
    zh = ("我们谈过二轨。", "那是第一次。", "再谈二轨对话机制?")
    en = ("We spoke of Track II. ", "It was the first time. ", "Let us speak of the back channel again.")  # fmt: skip
    ends = zip(accumulate(map(len, zh)), accumulate(map(len, en)), strict=True)
    beads = tuple(SentenceBead(a, b, 1.0) for a, b in ends)
    units = (
        Unit("s1p1", "para", "".join(zh), "".join(en), speaker="wang", turn="s1", beads=beads),
        Unit("n1", "note", "二轨即Track II。", None),
    )
    titles = {"title_zh": f"第{n}次谈话", "title_en": f"Talk {n}", "date": f"2026-04-{n:02d}"}
    return Bitext(f"talk-{n}", titles, units, (Speaker("wang", "王老师", "Mr. Wang"),))


@pytest.mark.parametrize("lang", LANGS)
def test_a_concepts_page_is_the_golden_one(lang, update_golden):
    glossary, _ = read_glossary(GOOD)
    texts = [read_terms(spoken(n), glossary) for n in range(1, 4)]
    made = glossary_pages(Book.of(glossary, texts), lang)["glossary/track-2.md"]
    golden = CASES.parent / "golden" / "concept" / f"{lang}.md"
    if update_golden:
        golden.write_text(made, "utf-8")
    assert made == golden.read_text("utf-8")
