"""A fact about the two scripts stands once, in `text/`: no other file writes it down again."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from bitext.text.marks import (
    CLAUSE_ENDED,
    LINE_ENDED,
    NOTED_ENDED,
    QUESTION_ENDED,
    SENTENCE_BEFORE_MORE,
    SENTENCE_ENDED,
    SENTENCE_WITHIN,
)
from bitext.text.numbering import Form, Number, number_at

TESTS = Path(__file__).resolve().parent
SCRIPTS = TESTS.parent / "scripts"
MARKS = tomllib.loads((TESTS / "cases" / "marks.toml").read_text("utf-8"))["case"]
NUMBERS = tomllib.loads((TESTS / "cases" / "numbers.toml").read_text("utf-8"))["case"]
#: A fact -> how a file looks that has its own of it.
FACTS = {
    "Han": r"(?:\\u4e00|一)-(?:\\{1,2}u9f|[鿿龥])|\\u3400-\\{1,2}u(?:4dbf|9fff)|㐀-",
    # In a set; what is not to stand in a stretch, `[^。！？]`, is for the rule to say.
    "where a sentence ends": r"\[[^\]\n^]*。[！？]{1,2}[^\]\n]*[!?]",
    "Chinese numerals": "[一两二][二三][三四][四五]",
}
#: Rules for what a page puts around a text: a phrase in them ends with some marks, and with others not.
NOT_YET = {
    ("where a sentence ends", "clean/boilerplate.py"),
}


def holders(fact: str) -> set[str]:
    """The files that write the fact down, by where they lie in the package or beside it."""
    package = SCRIPTS / "bitext"
    files = [f for f in SCRIPTS.rglob("*.py") if re.search(FACTS[fact], f.read_text("utf-8"))]
    return {str(f.relative_to(package if package in f.parents else SCRIPTS)) for f in files}


@pytest.mark.parametrize("fact", FACTS)
def test_only_the_ground_floor_writes_the_fact_down(fact):
    found = {file for file in holders(fact) if (fact, file) not in NOT_YET}
    assert {file.partition("/")[0] for file in found} <= {"text"}


def test_no_file_is_excused_that_holds_no_fact():
    assert [file for fact, file in NOT_YET if file not in holders(fact)] == []


@pytest.mark.parametrize(
    ("fact", "own"),
    [
        ("Han", r"[\u4e00-\u9fff]{2}"),
        ("Han", r"[\\u4e00-\\u9fff·]"),
        ("Han", "[一-龥]"),
        ("where a sentence ends", r"[。！？!?.…][”’]*\s*\Z"),
        ("where a sentence ends", "[。？！?!.”]"),
        ("Chinese numerals", "第[一二三四五六七八九十]章"),
        ("Chinese numerals", "零一二三四"),
    ],
)
def test_a_second_one_would_be_seen(fact, own):
    assert re.search(FACTS[fact], own)


def test_han_stands_in_one_file_alone():
    assert holders("Han") == {"text/scripts.py"}


@pytest.mark.parametrize("case", NUMBERS, ids=lambda c: c["text"])
def test_the_number_at_a_lines_head(case):
    wanted = Number(case["value"], Form[case["form"]], case["end"]) if "form" in case else None
    assert number_at(case["text"], set(Form)) == wanted


def test_every_form_has_a_case():
    assert {case.get("form") for case in NUMBERS} - {None} == {form.name for form in Form}


@pytest.mark.parametrize("form", Form)
def test_a_form_is_found_where_it_is_asked_for_and_not_where_it_is_not(form):
    for case in NUMBERS:
        if case.get("form") == form.name:
            assert number_at(case["text"], {form}) is not None
            assert number_at(case["text"], set()) is None


#: From the strongest to the weakest.
ENDED = {"sentence": SENTENCE_ENDED, "clause": CLAUSE_ENDED, "line": LINE_ENDED}


@pytest.mark.parametrize("case", MARKS, ids=lambda c: c["text"])
def test_how_a_text_ends(case):
    strongest = next((n for n, p in ENDED.items() if p.search(case["text"])), None)
    assert strongest == case.get("ended")
    assert bool(SENTENCE_WITHIN.search(case["text"])) == case["within"]


@pytest.mark.parametrize("case", MARKS, ids=lambda c: c["text"])
def test_what_ends_a_text_ends_all_weaker_ones_too(case):
    found = [bool(pattern.search(case["text"])) for pattern in ENDED.values()]
    assert found == sorted(found)


def test_a_question_and_a_footnotes_number_end_a_text():
    assert [bool(QUESTION_ENDED.search(t)) for t in ("谁？”", "Who?**", "Who.")] == [
        True,
        True,
        False,
    ]
    assert NOTED_ENDED.search("The river rose.3") and not SENTENCE_ENDED.search("The river rose.3")


def test_a_sentence_ends_and_more_is_glued_to_it():
    text = "河水涨了。”分享到：微信"
    assert [text[m.end() :] for m in SENTENCE_BEFORE_MORE.finditer(text)] == ["分享到：微信"]
