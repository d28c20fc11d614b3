"""data/glossary.yml: what is read, what is refused, and its pages."""

from __future__ import annotations

import html as html_entities
import re
from pathlib import Path

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.glossary import store as g
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
from bitext.model import Bitext, Unit
from bitext.pages.glossary import PAGE_SIZE, glossary_pages

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


def test_pages_of_both_languages_have_the_same_ids_and_every_occurrence():
    glossary, _ = read_glossary(GOOD)
    pages = {lang: render(glossary_pages(glossary, [BITEXT], lang)["glossary.md"]) for lang in ("zh", "en")}  # fmt: skip
    ids = {lang: set(re.findall(r'id="([^"]+)"', html)) for lang, html in pages.items()}
    assert ids["zh"] == ids["en"] >= {"track-2", "guardrail", "subject-diplomacy", "alphabetical"}
    for html in pages.values():
        assert html.count('href="transcripts/talk.md#s1p1"') == 4  # 2 zh and 2 en
        assert html.count('href="transcripts/talk.md#s1p2"') == 1
        assert 'href="https://example.org/primer?a=1&amp;b=2"' in html.replace("&#38;", "&amp;")
    assert "出现3次：中文2次，英文1次" in visible(pages["zh"])
    assert "Occurs 3 times in the library: 2 in Chinese, 1 in English" in visible(pages["en"])
    assert "谈二轨对话，再谈二轨。*" in visible(pages["zh"]).replace(" ", "")


def test_whatever_a_glossary_says_is_shown_as_it_is():
    both = Both(HOSTILE + "中", HOSTILE + "E")
    term = Term(
        "evil", "s", both, both, Forms((HOSTILE,), (HOSTILE,)), Forms((HOSTILE,), (HOSTILE,)),
        (g.Avoided("en", HOSTILE, both),), both,
        (Source(HOSTILE, "https://a.b/c(d)_e*f*?x=1&y=2"),), "general", both, ("evil",),
    )  # fmt: skip
    for lang in ("zh", "en"):
        page = glossary_pages(Glossary((term,), (Subject("s", both),)), [BITEXT], lang)
        html = render(page["glossary.md"])
        text = " ".join(HOSTILE.split())
        assert visible(html).count(text) >= 12
        assert "<i>" not in html and "<img" not in html and "<code>" not in html
        assert set(re.findall(r'id="([^"]+)"', html)) == {"title", "subject-s", "evil", "alphabetical"}  # fmt: skip


def test_chinese_terms_stand_in_the_order_of_their_pinyin():
    glossary, _ = read_glossary(GOOD)
    html = render(glossary_pages(glossary, [], "zh")["glossary.md"])
    listed = html[html.index('id="alphabetical"') :]
    assert re.findall(r"<dt>(.)</dt>", listed) == ["E", "H"]


def test_a_large_glossary_splits_and_keeps_its_addresses():
    count = PAGE_SIZE + 1
    terms = tuple(
        Term(f"t{n}", "s" if n else "r", Both(f"术语{n}号", f"term {n}"), Both("义", "x"), related=("t0",))
        for n in range(count)
    )  # fmt: skip
    subjects = (Subject("r", Both("甲", "A")), Subject("s", Both("乙", "B")))
    for lang in ("zh", "en"):
        pages = glossary_pages(Glossary(terms, subjects), [], lang)
        assert list(pages) == ["glossary.md", "glossary/r.md", "glossary/s.md"]
        index, part = render(pages["glossary.md"]), render(pages["glossary/s.md"])
        for n in range(count):
            home = "r" if n == 0 else "s"
            assert f'href="glossary/{home}.md#t{n}" id="t{n}"' in index
        assert part.count('href="../glossary/r.md#t0"') == count - 1
        assert part.count("bt-term-entry") == count - 1


def test_an_empty_glossary_has_a_page():
    assert "The glossary holds no entry yet." in glossary_pages(Glossary(), [], "en")["glossary.md"]


def test_to_row_gives_what_was_read():
    glossary, _ = read_glossary(GOOD)
    assert to_row(glossary.terms[1])["avoid"]["en"][1] == {
        "term": "handrail", "why": {"zh": "扶手。", "en": "For hands."},
    }  # fmt: skip
