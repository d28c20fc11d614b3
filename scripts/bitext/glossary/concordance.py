"""Bitexts, glossary -> concordance: every occurrence of every term, in its context."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bitext.glossary.occurrences import Occurrence, matcher_of
from bitext.glossary.store import Glossary
from bitext.kinds import VERBATIM
from bitext.model import LANGS, Bitext, Unit

#: How many characters of context stand on each side; a Chinese one is twice as wide.
CONTEXT = {"zh": 18, "en": 42}
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Line:
    """One occurrence: `key` as the text writes it, what stands left and right of it, and where."""

    slug: str
    unit_id: str
    lang: str
    left: str
    key: str
    right: str


def searched_units(bitext: Bitext, lang: str) -> Iterator[tuple[Unit, str]]:
    """The units that have text in a language in which terms are looked for: not code."""
    for unit in bitext.units:
        text = unit.text(lang)
        if text and unit.kind not in VERBATIM:
            yield unit, text


def concordance(bitexts: Iterable[Bitext], glossary: Glossary) -> dict[str, tuple[Line, ...]]:
    """The lines of each term that occurs, by its id: text by text, Chinese before English."""
    found: dict[str, list[Line]] = {}
    for bitext in bitexts:
        for lang in LANGS:
            matcher = matcher_of(glossary, lang)
            for unit, text in searched_units(bitext, lang):
                for occurrence in matcher.find(text):
                    line = Line(bitext.slug, unit.id, lang, *keyword_in_context(text, occurrence, lang))  # fmt: skip
                    found.setdefault(occurrence.term_id, []).append(line)
    return {term_id: tuple(lines) for term_id, lines in found.items()}


def keyword_in_context(text: str, occurrence: Occurrence, lang: str) -> tuple[str, str, str]:
    """What stands left of an occurrence, the occurrence, what stands right of it; cut between
    words, and only inside the paragraph."""
    start, end = occurrence.start, occurrence.end
    from_ = text.rfind("\n", 0, start) + 1
    to = text.find("\n", end)
    left, right = text[from_:start], text[end : to if to >= 0 else len(text)]
    width = CONTEXT[lang]
    if len(left) > width:
        left = left[-width:]
        if lang == "en" and " " in left.rstrip():
            left = left[left.index(" ") + 1 :]
        left = ELLIPSIS + left.lstrip()
    if len(right) > width:
        right = right[:width]
        if lang == "en" and " " in right.lstrip():
            right = right[: right.rindex(" ")]
        right = right.rstrip() + ELLIPSIS
    return left, text[start:end], right


def terms_in_text(bitext: Bitext, glossary: Glossary) -> Mapping[str, Mapping[str, int]]:
    """How often each term that occurs stands in each language of a text, in the glossary's order."""
    counts: dict[str, dict[str, int]] = {}
    for lang in LANGS:
        matcher = matcher_of(glossary, lang)
        for _, text in searched_units(bitext, lang):
            for occurrence in matcher.find(text):
                count = counts.setdefault(occurrence.term_id, dict.fromkeys(LANGS, 0))
                count[lang] += 1
    return {term.id: counts[term.id] for term in glossary.terms if term.id in counts}
