"""Sentences are found, hold all of the text, and spaces are put in only where none can do harm."""

from __future__ import annotations

import time
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitext.text.cutting import split_finely
from bitext.text.gluing import space_repairs
from bitext.text.sentences import Sentence, split_sentences

CASES = Path(__file__).parent / "cases"


def cases(name: str):
    found = tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))["case"]
    return pytest.mark.parametrize("case", found, ids=[case["label"] for case in found])


def parts(text: str, sentences: list[Sentence]) -> str:
    return " ¦ ".join(text[s.start : s.end] for s in sentences)


@cases("sentences_en")
def test_english_sentences(case):
    found = split_sentences(case["text"], "en", clauses=case.get("clauses", False))
    assert parts(case["text"], found) == case["parts"]


@cases("sentences_zh")
def test_chinese_sentences(case):
    found = split_sentences(case["text"], "zh", clauses=case.get("clauses", False))
    assert parts(case["text"], found) == case["parts"]


@cases("space_repairs")
def test_spaces_are_put_in_where_a_sentence_ends_and_nowhere_else(case):
    text = case["text"].replace("␣", "")
    pieces = [
        text[a:b]
        for a, b in zip(
            [0, *space_repairs(text, "en")], [*space_repairs(text, "en"), None], strict=True
        )
    ]
    assert "␣".join(pieces) == case["text"]


TEXT = (
    st.text(alphabet=" 。.!?！？…;；,，:：a Bc.U.S.中文\n\t|“”\"'‘’()（）《》12", max_size=80)
    | st.text()
)


@given(TEXT, st.sampled_from(["zh", "en"]), st.booleans())
@settings(max_examples=300, deadline=None)
def test_sentences_hold_all_that_is_not_white_space_in_order(text, lang, clauses):
    end = 0
    for s in split_sentences(text, lang, clauses=clauses):
        assert end <= s.start < s.end and not text[end : s.start].strip()
        assert text[s.start : s.end] == text[s.start : s.end].strip()
        end = s.end
    assert not text[end:].strip()


@given(TEXT, st.sampled_from(["zh", "en"]))
@settings(max_examples=200, deadline=None)
def test_glued_says_that_nothing_stands_between_two_sentences(text, lang):
    found = split_sentences(text, lang)
    for s, following in pairwise(found):
        assert s.glued == (s.end == following.start)


@given(TEXT)
@settings(max_examples=200, deadline=None)
def test_a_sentence_cut_finely_is_still_the_sentence(text):
    for s in split_sentences(text, "en"):
        fine = split_finely(text, s)
        assert (fine[0].start, fine[-1].end) == (s.start, s.end)
        for one, other in pairwise(fine):
            assert not text[one.end : other.start].strip()


@given(TEXT)
@settings(max_examples=200, deadline=None)
def test_a_repaired_text_needs_no_second_repair(text):
    offsets = space_repairs(text, "en")
    assert offsets == sorted(set(offsets))
    assert all(0 < at < len(text) and not text[at - 1].isspace() for at in offsets)
    pieces = [text[a:b] for a, b in zip([0, *offsets], [*offsets, None], strict=True)]
    assert not set(space_repairs(" ".join(pieces), "en")) & {at + k for k, at in enumerate(offsets)}


@pytest.mark.parametrize(
    "text",
    [
        "a.A" * 70_000,
        "(" * 200_000,
        "好。" * 100_000,
        "（好。" * 70_000,
        '."' * 100_000,
        "'" * 200_000,
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_long_line_takes_time_in_proportion(text, lang):
    start = time.process_time()
    split_sentences(text, lang)
    assert time.process_time() - start < 20
