"""Bitexts, glossary and people -> every generated page and its text. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bitext.glossary.people import People
from bitext.glossary.store import Glossary
from bitext.library.register import Withdrawn
from bitext.model import LANGS, OTHER, Bitext, Problem
from bitext.pages import transcript
from bitext.pages.browse.catalogue import Catalogue, Counts, catalogue
from bitext.pages.browse.everyone import people_pages
from bitext.pages.browse.library import library_page
from bitext.pages.browse.lists import kinds, list_pages, topics, years
from bitext.pages.browse.people import person_pages
from bitext.pages.browse.table import ADDRESS, table
from bitext.pages.callouts import Entry
from bitext.pages.moved import moved_pages, withdrawn_pages

LONG_TEXT = 60  # units from which a term is marked once a turn, not once a page
UNMARKED = ("heading",)  # kinds of units in which terms are not marked


def pages(
    bitexts: Sequence[Bitext],
    glossary: Glossary,
    people: People,
    withdrawn: Sequence[Withdrawn] = (),
    problems: Sequence[Problem] = (),
    listed: Catalogue | None = None,
) -> dict[str, str]:
    """Every generated page: its path below docs/ -> its Markdown. The same data, the same bytes.

    With `problems` the pages are drafts, never published: each problem stands at its unit. `listed` is
    the catalogue of the same library, where it is there already.
    """
    out: dict[str, str] = {}
    listed = listed or catalogue_of(bitexts, glossary, people)
    names = {person.id: person.name for person in people.persons}
    for lang in LANGS:
        for bitext in bitexts:
            terms = terms_of(bitext, glossary, lang)
            out[f"{lang}/transcripts/{bitext.slug}.md"] = transcript.transcript_page(
                bitext, lang, terms, problems, names
            )
        made = _glossary(glossary, bitexts, lang) | browse_pages(listed, lang)
        made |= moved_pages(bitexts, lang) | withdrawn_pages(withdrawn, lang)
        out |= {f"{lang}/{path}": text for path, text in made.items()}
    # One for both languages: below the root, as the Chinese pages are.
    return out | {f"zh/{ADDRESS}": table(listed)}


def catalogue_of(bitexts: Sequence[Bitext], glossary: Glossary, people: People) -> Catalogue:
    """The library as its lists show it."""
    from bitext.glossary.concordance import terms_in_text

    counts: dict[str, Counts] = {b.slug: terms_in_text(b, glossary) for b in bitexts}
    return catalogue(bitexts, people, glossary, counts)


def browse_pages(listed: Catalogue, lang: str) -> dict[str, str]:
    """The pages on which one finds a text, by their paths below docs/<lang>."""
    out = {"transcripts/index.md": library_page(listed, lang)}
    for ways in (years(listed), kinds(listed), topics(listed)):
        out |= list_pages(ways, lang)
    return out | person_pages(listed.portraits, lang) | people_pages(listed, lang)


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
