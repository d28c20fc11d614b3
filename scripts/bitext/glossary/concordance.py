"""Bitexts, glossary -> where terms stand, read once; and the concordance: sentences and their twins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bitext.glossary.occurrences import Occurrence, matcher_of
from bitext.glossary.store import Glossary
from bitext.kinds import VERBATIM
from bitext.model import LANGS, Bitext, Unit

#: Half-open offsets in a unit's text.
Span = tuple[int, int]
#: Where terms stand in a text: by language, unit by unit, the terms' ids and spans.
Found = Mapping[str, Sequence[Sequence[tuple[str, int, int]]]]


@dataclass(frozen=True, slots=True)
class Reading:
    """The terms of one unit in one language."""

    unit: Unit
    text: str
    found: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class InText:
    """A text as the glossary reads it: by language the units in which terms are looked for."""

    bitext: Bitext
    sides: Mapping[str, tuple[Reading, ...]]


@dataclass(frozen=True, slots=True)
class Side:
    """A sentence in one language, and where the term stands; both count in the unit's text."""

    text: str  # of the whole unit
    span: Span
    marks: tuple[Span, ...] = ()

    def words(self) -> Iterator[str]:
        """The term as the text writes it, each time."""
        return (self.text[start:end] for start, end in self.marks)


@dataclass(frozen=True, slots=True)
class Pair:
    """A bead in which a term stands, in one of its languages or in both; None where there is no
    sentence."""

    bitext: Bitext = field(repr=False)
    unit: Unit
    zh: Side | None
    en: Side | None

    def __getitem__(self, lang: str) -> Side | None:
        return self.zh if lang == "zh" else self.en

    def has(self, lang: str) -> bool:
        """Whether the term stands in this language's sentence."""
        side = self[lang]
        return side is not None and bool(side.marks)


def searched_units(bitext: Bitext, lang: str) -> Iterator[tuple[Unit, str]]:
    """The units that have text in a language in which terms are looked for: not code."""
    for unit in bitext.units:
        text = unit.text(lang)
        if text and unit.kind not in VERBATIM:
            yield unit, text


def read_terms(bitext: Bitext, glossary: Glossary) -> InText:
    """Where terms stand in a text: the one time that it is read for them."""
    sides: dict[str, tuple[Reading, ...]] = {}
    for lang in LANGS:
        find = matcher_of(glossary, lang).find
        sides[lang] = tuple(Reading(u, text, find(text)) for u, text in searched_units(bitext, lang))  # fmt: skip
    return InText(bitext, sides)


def found_in(text: InText) -> Found:
    """Where terms stand, as plain values: by language, unit by unit."""
    return {
        lang: [[(o.term_id, o.start, o.end) for o in reading.found] for reading in text.sides[lang]]
        for lang in LANGS
    }


def with_found(bitext: Bitext, found: Found) -> InText:
    """The text of which `found_in` gave these values."""
    return InText(
        bitext,
        {
            lang: tuple(
                Reading(unit, text, tuple(Occurrence(*row) for row in rows))
                for (unit, text), rows in zip(
                    searched_units(bitext, lang), found[lang], strict=True
                )
            )
            for lang in LANGS
        },
    )


def terms_in_text(text: InText, glossary: Glossary) -> Mapping[str, Mapping[str, int]]:
    """How often each term that occurs stands in each language of a text, in the glossary's order."""
    counts: dict[str, dict[str, int]] = {}
    for lang in LANGS:
        for reading in text.sides[lang]:
            for occurrence in reading.found:
                count = counts.setdefault(occurrence.term_id, dict.fromkeys(LANGS, 0))
                count[lang] += 1
    return {term.id: counts[term.id] for term in glossary.terms if term.id in counts}


def concordance(texts: Iterable[InText]) -> dict[str, tuple[Pair, ...]]:
    """The pairs of each term that occurs, by its id: text by text, in the order of the text."""
    found: dict[str, list[Pair]] = {}
    for text in texts:
        for term_id, pair in _pairs(text):
            found.setdefault(term_id, []).append(pair)
    return {term_id: tuple(pairs) for term_id, pairs in found.items()}


def _pairs(text: InText) -> Iterator[tuple[str, Pair]]:
    """(term id, pair) for every bead and every term that stands in it."""
    found = {lang: {r.unit.id: r.found for r in text.sides[lang] if r.found} for lang in LANGS}
    for unit in text.bitext.units:
        here = {lang: found[lang].get(unit.id, ()) for lang in LANGS}
        if not any(here.values()):
            continue
        spans = spans_of(unit)
        marks: dict[tuple[int, str], dict[str, list[Span]]] = {}
        for lang in LANGS:
            for number, occurrence in _by_bead(here[lang], [span[lang] for span in spans]):
                bead = marks.setdefault((number, occurrence.term_id), {x: [] for x in LANGS})
                bead[lang].append((occurrence.start, occurrence.end))
        for (number, term_id), by_lang in sorted(marks.items()):
            sides = (_side(unit.text(x), spans[number][x], by_lang[x]) for x in LANGS)
            yield term_id, Pair(text.bitext, unit, *sides)


def spans_of(unit: Unit) -> Sequence[Mapping[str, Span]]:
    """A unit's beads as spans of its texts. Where the pair is doubtful or has no beads, the whole
    unit is one."""
    ends = [{x: len(unit.text(x) or "") for x in LANGS}]
    if not unit.review and len(unit.beads) > 1:
        ends = [{"zh": bead.zh_end, "en": bead.en_end} for bead in unit.beads[:-1]] + ends
    starts = [dict.fromkeys(LANGS, 0), *ends[:-1]]
    return [{x: (a[x], b[x]) for x in LANGS} for a, b in zip(starts, ends, strict=True)]


def _by_bead(
    found: Sequence[Occurrence], spans: Sequence[Span]
) -> Iterator[tuple[int, Occurrence]]:
    """Each occurrence with the number of the bead in which it begins."""
    number = 0
    for occurrence in found:
        while number + 1 < len(spans) and occurrence.start >= spans[number][1]:
            number += 1
        yield number, occurrence


def _side(text: str | None, span: Span, marks: Sequence[Span]) -> Side | None:
    """A bead's sentence in one language; None where it has none."""
    if not text or not text[slice(*span)].strip():
        return None
    return Side(text, span, tuple((a, min(b, span[1])) for a, b in marks))
