"""Only white space changes, each kind is counted, and doing it twice changes nothing more."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bitext.text.source import is_blank
from bitext.text.spacing import normalize

CASES = tomllib.loads((Path(__file__).parent / "cases" / "spacing.toml").read_text("utf-8"))["case"]
TEXT = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(
            [
                "人",
                "工",
                "，",
                "。",
                "A",
                "b",
                "word",
                ".",
                "-",
                "—",
                "“",
                "”",
                " ",
                "\n",
                "\r\n",
                "\n\n",
                "\t",
                "\xa0",
                "\u3000",
                "\u200b",
                "\xad",
                "\u200d",
                "\U0001f468",
                "\x0b",
                "\u2028",
                "e.g.",
                "end.But",
            ]
        )
    ).map("".join),
)


def letters(text: str) -> str:
    return "".join(c for c in text if not is_blank(c))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_cases(case: dict):
    text, kinds = normalize(case["text"], case["lang"])
    assert text == case["want"]
    assert dict(kinds) == case.get("kinds", {})


@settings(max_examples=400, deadline=None)
@given(TEXT, st.sampled_from(["zh", "en"]), st.booleans())
@example("\ud800\n\udc00", "en", False)
@example("a\u200d\ue000\ue001\ue002", "en", False)
def test_no_letter_changes(text: str, lang: str, keep: bool):
    assert letters(normalize(text, lang, keep_lines=keep)[0]) == letters(text)


@settings(max_examples=400, deadline=None)
@given(TEXT, st.sampled_from(["zh", "en"]))
def test_a_text_in_order_stays_as_it_is(text: str, lang: str):
    once, _ = normalize(text, lang)
    again, kinds = normalize(once, lang)
    assert again == once
    assert not kinds


@settings(max_examples=200, deadline=None)
@given(TEXT, st.sampled_from(["zh", "en"]))
def test_no_blank_stands_beside_another(text: str, lang: str):
    once, _ = normalize(text, lang)
    assert once == once.strip()
    assert not any(c in once for c in ("  ", " \n", "\n ", "\n\n\n", "\t", "\xa0", "\u3000"))


def test_a_notes_lines_are_kept():
    text, kinds = normalize("一、区别\n1.一轨\n\n官方 谈判", "zh", keep_lines=True)
    assert text == "一、区别\n1.一轨\n官方 谈判"
    assert not kinds
