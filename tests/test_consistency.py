"""Where texts and glossary do not agree."""

from __future__ import annotations

import pytest

from bitext.glossary.consistency import check_terms, notices_of_terms
from bitext.glossary.store import Avoided, Both, Forms, Glossary, Term, read_glossary
from bitext.library.store import load_library
from bitext.model import Bitext, Note, Unit

WHY = Both("笔误", "a slip.")
RAIL = Term(
    "rail", "s", Both("护栏", "guardrail"), Both("义", "x"), Forms((), ("safeguard",)),
    Forms((), ("barrier",)), (Avoided("en", "guiderail", WHY), Avoided("zh", "护拦", WHY)), line=4,
)  # fmt: skip
SAFETY = Term("safety", "s", Both("人工智能安全", "AI safety"), Both("义", "x"), avoid=(Avoided("en", "AI security", WHY),), line=5)  # fmt: skip
SECURITY = Term("security", "s", Both("人工智能安保", "AI security"), Both("义", "x"), line=6)
REPORT = Term("report", "s", Both("国际人工智能安全报告", "International AI Safety Report"), Both("义", "x"), line=7)  # fmt: skip
GLOSSARY = Glossary((RAIL, SAFETY, SECURITY, REPORT), path="data/glossary.yml")


def problems(zh: str | None, en: str | None, *notes: Note, kind: str = "para") -> list[str]:
    bitext = Bitext("talk", {}, (Unit("s1p1", kind, zh, en, line=9),), notes=notes, path="b.yml")
    found = list(check_terms([bitext], GLOSSARY))
    assert all((p.path, p.line) == ("b.yml", 9) for p in found)
    return [f"{p.code} {p.message}" for p in found]


def test_agreeing_units_are_no_problem():
    assert problems("构建护栏", "to build guardrails") == []
    assert problems("构建护栏", "a barrier") == []  # known to the search only, and yet a rendering
    assert problems("《国际人工智能安全报告》", "the report on AI safety: International AI Safety Report") == []  # fmt: skip
    assert problems("只有中文的护栏", None) == []
    assert problems("护栏", "rails", kind="code") == []


def test_a_term_in_one_language_only_is_a_problem_in_both_directions():
    assert problems("构建护栏与护栏", "to build rails") == [
        "T-ONE-SIDED s1p1: zh has '护栏' (rail) and en none of 'guardrail', 'safeguard', 'barrier'; "
        "add the form it has to data/glossary.yml, or explain it with a note at s1p1"
    ]
    assert [p[:30] for p in problems("构建栏杆", "safeguards")] == [
        "T-ONE-SIDED s1p1: en has 'safe"
    ]


def test_characters_of_two_other_words_are_no_term_in_one_language():
    assert problems("报社维护栏目质量", "The paper keeps its columns good") == []
    assert problems("维护栏目，构建护栏", "columns and guardrails") == []


def test_words_to_avoid_are_problems_where_they_stand():
    (found,) = problems("护栏", "a guiderail here")
    assert found.startswith("T-AVOID s1p1: 'guiderail' (en) is to be avoided for 'guardrail': a slip;")  # fmt: skip
    (found,) = problems("护拦", None)
    assert found.startswith("T-AVOID s1p1: '护拦' (zh)")


def test_a_word_right_for_one_concept_is_wrong_only_for_the_other():
    assert problems("谈人工智能安保", "on AI security") == []
    found = problems("谈人工智能安全", "on AI security")
    assert [p.split(" ")[0] for p in found] == ["T-AVOID"]


@pytest.mark.parametrize("kind", ["editor", "divergence", "sic"])
def test_a_note_at_the_unit_explains_it(kind):
    note = Note("e1", "s1p1", kind, "说明", "explained")
    assert problems("护栏", "a guiderail; AI safety", note) == []
    elsewhere = Note("e1", "s9p9", kind, "说明", "explained")
    assert len(problems("护栏", "a guiderail; AI safety", elsewhere)) == 2


def test_terms_that_occur_nowhere_are_notices():
    bitext = Bitext("talk", {}, (Unit("s1p1", "para", "护栏", "AI safety"),))
    found = list(notices_of_terms([bitext], GLOSSARY))
    assert [(p.path, p.line, p.code) for p in found] == [
        ("data/glossary.yml", 6, "T-UNUSED"),
        ("data/glossary.yml", 7, "T-UNUSED"),
    ]


def test_an_empty_glossary_finds_nothing():
    bitext = Bitext("talk", {}, (Unit("s1p1", "para", "护栏", "AI"),))
    assert list(check_terms([bitext], Glossary())) == []


def test_the_opening_transcripts_raise_no_false_alarm(root):
    glossary, _ = read_glossary(root / "data/glossary.yml")
    bitexts = load_library(root).bitexts
    assert len(bitexts) >= 2
    assert [str(p) for p in check_terms(bitexts, glossary)] == []


def test_without_their_notes_two_places_are_found(root):
    """The check is awake: the slip `guiderail`, and 国际社会 that the English turns otherwise."""
    glossary, _ = read_glossary(root / "data/glossary.yml")
    bare = [
        Bitext(b.slug, b.metadata, b.units, path=b.path)
        for b in load_library(root).bitexts
        if b.slug in ("sanders-xue-panel", "track-two-perspective")
    ]
    found = [(p.code, p.message.split(" ")[0]) for p in check_terms(bare, glossary)]
    assert sorted(found) == [("T-AVOID", "s2p3:"), ("T-ONE-SIDED", "p2:")]
