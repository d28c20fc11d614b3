"""Terms in running text: each odd place is a case in tests/cases/occurrences.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.glossary.cuts import NOTHING
from bitext.glossary.occurrences import Matcher, Occurrence, first_occurrences, keys
from bitext.glossary.store import Both, Forms, Glossary, Term
from bitext.glossary.tokens import tokenize

CASES = tomllib.loads((Path(__file__).parent / "cases/occurrences.toml").read_text("utf-8"))["case"]


def glossary_of(terms: dict[str, list[str]], lang: str) -> Glossary:
    """A glossary with these forms in one language; the other one has words that occur nowhere."""

    def term(id: str, forms: list[str]) -> Term:
        name = Both(forms[0], "zzzz") if lang == "zh" else Both("某某某某", forms[0])
        others = Forms(tuple(forms[1:])) if lang == "zh" else Forms((), tuple(forms[1:]))
        return Term(id, "s", name, Both("义", "meaning"), others)

    return Glossary(tuple(term(*item) for item in terms.items()))


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_terms_are_found(case, request):
    if "known_failure" in case:
        request.applymarker(pytest.mark.xfail(reason=case["known_failure"], strict=True))
    matcher = Matcher(glossary_of(case["terms"], case["lang"]), case["lang"])
    text = case["text"]
    found = [f"{o.term_id} {text[o.start : o.end]}" for o in matcher.find(text)]
    assert found == case["found"]


PIECES = ["Track", "II", "2", "AI", "-", " ", "二轨", "对话", "AI safety", "’s", "\n", "https://a.b/", "é", "é", "😀", "`", "ｓ"]  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join))
TERMS = {"a": ["二轨对话", "二轨"], "b": ["Track II", "Track II 对话"], "c": ["AI safety", "AI"]}


@given(TEXTS)
def test_occurrences_are_in_order_apart_and_inside(text):
    for lang in ("zh", "en"):
        at = 0
        for found in Matcher(glossary_of(TERMS, lang), lang).find(text):
            assert at <= found.start < found.end <= len(text)
            at = found.end


@given(TEXTS)
def test_tokens_cover_words_in_order(text):
    at = 0
    for token in tokenize(text):
        assert at <= token.start < token.stem_end <= token.end <= len(text)
        at = token.end


@given(st.lists(st.sampled_from("甲乙丙丁戊"), max_size=60).map("".join))
def test_chinese_matching_is_that_of_a_slow_search(text):
    forms = {"a": ["甲乙"], "b": ["甲乙丙"], "c": ["丙丁戊"], "d": ["戊甲乙丙丁"]}
    by_length = sorted(((f, id) for id, fs in forms.items() for f in fs), key=lambda x: -len(x[0]))
    expected, at = [], 0
    while at < len(text):
        hit = next(((f, id) for f, id in by_length if text.startswith(f, at)), None)
        if hit:
            expected.append(Occurrence(hit[1], at, at + len(hit[0])))
        at += len(hit[0]) if hit else 1
    matcher = Matcher(glossary_of(forms, "zh"), "zh", lexicon=lambda _: NOTHING)
    assert list(matcher.find(text)) == expected


def test_present_sees_terms_inside_longer_ones():
    glossary = glossary_of({"a": ["人工智能安全"], "b": ["国际人工智能安全报告"]}, "zh")
    matcher = Matcher(glossary, "zh")
    assert matcher.present("《国际人工智能安全报告》") == {"a", "b"}
    assert [o.term_id for o in matcher.find("《国际人工智能安全报告》")] == ["b"]


def test_first_occurrences_are_one_for_each_term_in_page_or_turn():
    matcher = Matcher(glossary_of({"a": ["二轨对话", "二轨"], "b": ["敏捷治理"]}, "zh"), "zh")
    texts = [("s1p1", "二轨对话与二轨"), ("s1p2", "敏捷治理，二轨"), ("s2p1", "二轨"), ("n1", "无")]
    units = [(unit_id, matcher.find(text)) for unit_id, text in texts]
    page = first_occurrences(units)
    assert {u: [o.term_id for o in found] for u, found in page.items()} == {
        "s1p1": ["a"], "s1p2": ["b"],
    }  # fmt: skip
    turns = first_occurrences(units, per_turn=True)
    assert {u: [o.term_id for o in found] for u, found in turns.items()} == {
        "s1p1": ["a"], "s1p2": ["b"], "s2p1": ["a"],
    }  # fmt: skip


def test_a_form_with_an_address_in_it_is_not_found_without_it():
    assert list(keys("see https://a.org/x now", "en")) == []


@pytest.mark.parametrize(
    "text", ["a.", "[", "`", "<a", "a-", "1,", "a@", "\n ", "a\u0301", "[a](", "x@a.", "甲"]
)
def test_a_long_run_of_one_thing_is_read_through(text):
    """Quadratic reading would not come to an end here; `make bench` shows the speed."""
    matcher = Matcher(glossary_of(TERMS | {"long": ["甲" * 100 + "乙"]}, "en"), "en")
    assert matcher.find(text * 50_000) == matcher.find(text * 50_000)
