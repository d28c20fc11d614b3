"""Bitexts, glossary and people -> every generated page and its text. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bitext.glossary.people import People
from bitext.glossary.store import Glossary
from bitext.library.register import Withdrawn
from bitext.model import LANGS, OTHER, Bitext, Problem
from bitext.pages import library, transcript
from bitext.pages.callouts import Entry
from bitext.pages.moved import moved_pages, withdrawn_pages
from bitext.pages.speakers import speaker_pages

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
    out: dict[str, str] = {}
    names = {person.id: person.name for person in people.persons}
    for lang in LANGS:
        for bitext in bitexts:
            terms = terms_of(bitext, glossary, lang)
            out[f"{lang}/transcripts/{bitext.slug}.md"] = transcript.transcript_page(
                bitext, lang, terms, problems, names
            )
        out[f"{lang}/transcripts/index.md"] = library.library_page(bitexts, lang, names)
        made = _glossary(glossary, bitexts, lang) | speaker_pages(people.persons, bitexts, lang)
        made |= moved_pages(bitexts, lang) | withdrawn_pages(withdrawn, lang)
        out |= {f"{lang}/{path}": text for path, text in made.items()}
    return out


def _glossary(glossary: Glossary, bitexts: Sequence[Bitext], lang: str) -> dict[str, str]:
    from bitext.pages.glossary import glossary_pages

    return glossary_pages(glossary, bitexts, lang)


def terms_of(bitext: Bitext, glossary: Glossary, lang: str) -> transcript.Terms:
    """What the glossary has to say on one page: marks, definitions, callouts and counts."""
    from bitext.glossary.concordance import searched_units, terms_in_text
    from bitext.glossary.occurrences import first_occurrences, matcher_of

    # A unit that only the other language has stands on this page too, in its language.
    found: dict[str, Sequence] = {}
    marked: set[str] = set()
    for side in (lang, OTHER[lang]):
        texts = [
            (unit.id, text)
            for unit, text in searched_units(bitext, side)
            if unit.kind not in UNMARKED and (side == lang or unit.text(lang) is None)
        ]
        firsts = first_occurrences(
            texts, matcher_of(glossary, side), per_turn=len(texts) > LONG_TEXT
        )
        for unit_id, occurrences in firsts.items():
            found[unit_id] = [o for o in occurrences if side == lang or o.term_id not in marked]
        marked |= {o.term_id for occurrences in firsts.values() for o in occurrences}
    counts = terms_in_text(bitext, glossary)
    entries = (
        Entry(
            term.id, term.name[lang], term.name[OTHER[lang]], term.definition[lang],
            counts.get(term.id, {}).get(lang, 0), term.callout,
        )
        for term in glossary.terms
    )  # fmt: skip
    return transcript.Terms(found, {entry.id: entry for entry in entries})
