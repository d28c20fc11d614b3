"""Every occurrence in context; the counts are those of a plain search of the text."""

from __future__ import annotations

import re

import pytest

from bitext.glossary.concordance import CONTEXT, concordance, keyword_in_context, terms_in_text
from bitext.glossary.occurrences import Occurrence
from bitext.glossary.store import Both, Forms, Glossary, Term, read_glossary
from bitext.library.store import load_library
from bitext.model import LANGS, Bitext, Unit

AGILE = Term("agile", "s", Both("敏捷治理", "agile governance"), Both("义", "x"))
TRACK = Term("track", "s", Both("二轨对话", "Track II dialogue"), Both("义", "x"), Forms(("二轨",), ("Track II",)))  # fmt: skip
GLOSSARY = Glossary((TRACK, AGILE))
BITEXT = Bitext("talk", {}, (
    Unit("h1", "heading", "敏捷治理", "Agile governance"),
    Unit("s1p1", "para", "谈二轨,再谈二轨对话。", "On Track-II dialogues."),
    Unit("c1", "code", "敏捷治理", "agile governance"),
    Unit("n1", "note", "二轨\n敏捷治理", None),
))  # fmt: skip


def test_lines_say_where_a_term_stands():
    lines = concordance([BITEXT], GLOSSARY)
    assert [(x.unit_id, x.lang, x.left, x.key, x.right) for x in lines["track"]] == [
        ("s1p1", "zh", "谈", "二轨", ",再谈二轨对话。"),
        ("s1p1", "zh", "谈二轨,再谈", "二轨对话", "。"),
        ("n1", "zh", "", "二轨", ""),
        ("s1p1", "en", "On ", "Track-II dialogues", "."),
    ]
    assert [(x.unit_id, x.lang) for x in lines["agile"]] == [("h1", "zh"), ("n1", "zh"), ("h1", "en")]  # fmt: skip


def test_terms_in_text_counts_each_language_in_the_glossarys_order():
    assert dict(terms_in_text(BITEXT, GLOSSARY)) == {
        "track": {"zh": 3, "en": 1},
        "agile": {"zh": 2, "en": 1},
    }
    assert list(terms_in_text(BITEXT, GLOSSARY)) == ["track", "agile"]


@pytest.mark.parametrize(
    ("lang", "text", "left", "right"),
    [
        ("en", "x" * 60 + " two KEY one " + "y" * 60, "…two ", " one…"),
        ("en", "x" * 80 + "KEY" + "y" * 80, "…" + "x" * CONTEXT["en"], "y" * CONTEXT["en"] + "…"),
        ("zh", "甲" * 30 + "KEY" + "乙" * 30, "…" + "甲" * 18, "乙" * 18 + "…"),
        ("en", "one\n\ntwo KEY\nthree", "two ", ""),
        ("en", "KEY", "", ""),
    ],
)
def test_context_is_cut_between_words_and_inside_the_paragraph(lang, text, left, right):
    start = text.index("KEY")
    assert keyword_in_context(text, Occurrence("t", start, start + 3), lang) == (left, "KEY", right)


def test_counts_equal_a_plain_search_of_the_two_opening_transcripts(root):
    """A search that knows nothing of the matcher: literal forms, longest first, no overlap."""
    glossary, _ = read_glossary(root / "data/glossary.yml")
    bitexts = load_library(root).bitexts
    assert {b.slug for b in bitexts} >= {"sanders-xue-panel", "track-two-perspective"}
    for bitext in bitexts:
        counts = terms_in_text(bitext, glossary)
        for lang in LANGS:
            forms = {form.lower(): t.id for t in glossary.terms for form in t.forms(lang)}
            if lang == "en":  # the plural is all that the two texts need besides
                plurals = {f"{form}s": id for form, id in forms.items()}
                singulars = {form[:-1]: id for form, id in forms.items() if form.endswith("s")}
                forms = plurals | singulars | forms
            longest_first = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
            edge = r"(?![\w-])" if lang == "en" else ""
            search = re.compile(rf"(?<![A-Za-z0-9-])(?:{longest_first}){edge}" if lang == "en" else longest_first)  # fmt: skip
            found: dict[str, int] = {}
            for unit in bitext.units:
                for match in search.finditer((unit.text(lang) or "").lower()):
                    id = forms[match[0]]
                    found[id] = found.get(id, 0) + 1
            assert found == {id: n[lang] for id, n in counts.items() if n[lang]}
