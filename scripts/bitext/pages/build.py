"""Bitexts, glossary and people -> every generated page and its text. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bitext.glossary.people import People
from bitext.glossary.store import Glossary
from bitext.library.register import Withdrawn
from bitext.model import LANGS, OTHER, Bitext, Problem
from bitext.pages import library, transcript
from bitext.pages.callouts import Entry
from bitext.pages.moved import moved_pages, withdrawn_pages
from bitext.pages.speakers import speaker_pages

if TYPE_CHECKING:
    from bitext.glossary.concordance import InText

LONG_TEXT = 60  # units from which a term is marked once a turn, not once a page
UNMARKED = ("heading",)  # kinds of units in which terms are not marked


def pages(
    bitexts: Sequence[Bitext],
    glossary: Glossary,
    people: People,
    withdrawn: Sequence[Withdrawn] = (),
    problems: Sequence[Problem] = (),
) -> dict[str, str]:
    """Every generated page: its path below docs/ -> its Markdown. The same data, the same bytes.

    With `problems` the pages are drafts, never published: each problem stands at its unit.
    """
    from bitext.glossary.concordance import read_terms
    from bitext.pages.concept import Book
    from bitext.pages.glossary import glossary_pages

    out: dict[str, str] = {}
    names = {person.id: person.name for person in people.persons}
    texts = [read_terms(bitext, glossary) for bitext in bitexts]
    book = Book.of(glossary, texts)
    for lang in LANGS:
        for text in texts:
            terms = terms_of(text, glossary, lang)
            out[f"{lang}/transcripts/{text.bitext.slug}.md"] = transcript.transcript_page(
                text.bitext, lang, terms, problems, names
            )
        out[f"{lang}/transcripts/index.md"] = library.library_page(bitexts, lang, names)
        made = glossary_pages(book, lang, names) | speaker_pages(people.persons, bitexts, lang)
        made |= moved_pages(bitexts, lang) | withdrawn_pages(withdrawn, lang)
        out |= {f"{lang}/{path}": text for path, text in made.items()}
    return out


def terms_of(text: InText, glossary: Glossary, lang: str) -> transcript.Terms:
    """What the glossary has to say on one page: marks, definitions, callouts and counts."""
    from bitext.glossary.concordance import terms_in_text
    from bitext.glossary.occurrences import first_occurrences

    # A unit that only the other language has stands on this page too, in its language.
    found: dict[str, Sequence] = {}
    marked: set[str] = set()
    for side in (lang, OTHER[lang]):
        units = [
            (reading.unit.id, reading.found)
            for reading in text.sides[side]
            if reading.unit.kind not in UNMARKED
            and (side == lang or reading.unit.text(lang) is None)
        ]
        firsts = first_occurrences(units, per_turn=len(units) > LONG_TEXT)
        for unit_id, occurrences in firsts.items():
            found[unit_id] = [o for o in occurrences if side == lang or o.term_id not in marked]
        marked |= {o.term_id for occurrences in firsts.values() for o in occurrences}
    counts = terms_in_text(text, glossary)
    entries = (
        Entry(
            term.id, term.name[lang], term.name[OTHER[lang]], term.definition[lang],
            counts.get(term.id, {}).get(lang, 0), term.callout,
        )
        for term in glossary.terms
    )  # fmt: skip
    return transcript.Terms(found, {entry.id: entry for entry in entries})
