"""Bitexts, glossary and people -> every generated page and its text. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from bitext.glossary.people import People
from bitext.glossary.store import Glossary
from bitext.library.kept import NO_MEMORY, Memory
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
from bitext.pages.phrases import Names

if TYPE_CHECKING:
    from bitext.glossary.concordance import Found, InText

LONG_TEXT = 60  # units from which a term is marked once a turn, not once a page
UNMARKED = ("heading",)  # kinds of units in which terms are not marked


def pages(
    bitexts: Sequence[Bitext],
    glossary: Glossary,
    people: People,
    withdrawn: Sequence[Withdrawn] = (),
    problems: Sequence[Problem] = (),
    texts: Sequence[InText] | None = None,
    memory: Memory = NO_MEMORY,
) -> dict[str, str]:
    """Every generated page: its path below docs/ -> its Markdown. The same data, the same bytes.

    With `problems` the pages are drafts, never published: each problem stands at its unit. `texts` are
    the bitexts as the glossary reads them, where that is done already; `memory` is what was made of
    them before.
    """
    from bitext.pages.concept import Book
    from bitext.pages.glossary import glossary_pages

    out: dict[str, str] = {}
    names = {person.id: person.name for person in people.persons}
    texts = texts or texts_read(bitexts, glossary, memory)
    listed = catalogue_of(texts, glossary, people, memory)
    book = Book.of(glossary, texts)
    on_page = (NO_MEMORY if problems else memory).on(glossary, names)
    for lang in LANGS:
        for text in texts:
            draw = partial(_text_page, text, glossary, lang, problems, names)
            page = on_page.of(text.bitext, f"{lang}-page", draw)
            out[f"{lang}/transcripts/{text.bitext.slug}.md"] = page
        made = glossary_pages(book, lang, names) | browse_pages(listed, lang)
        made |= moved_pages(bitexts, lang) | withdrawn_pages(withdrawn, lang)
        out |= {f"{lang}/{path}": text for path, text in made.items()}
    # One for both languages: below the root, as the Chinese pages are.
    return out | {f"zh/{ADDRESS}": table(listed)}


def texts_read(
    bitexts: Sequence[Bitext], glossary: Glossary, memory: Memory = NO_MEMORY
) -> list[InText]:
    """The texts as the glossary reads them; one that did not change is not searched again."""
    from bitext.glossary.concordance import found_in, read_terms, with_found

    memory = memory.on(glossary)

    def found(bitext: Bitext) -> Found:
        return memory.of(bitext, "terms", lambda: found_in(read_terms(bitext, glossary)))

    return [with_found(bitext, found(bitext)) for bitext in bitexts]


def _text_page(
    text: InText, glossary: Glossary, lang: str, problems: Sequence[Problem], names: Names
) -> str:
    terms = terms_of(text, glossary, lang)
    return transcript.transcript_page(text.bitext, lang, terms, problems, names)


def catalogue_of(
    texts: Sequence[InText], glossary: Glossary, people: People, memory: Memory = NO_MEMORY
) -> Catalogue:
    """The library as its lists show it."""
    from bitext.glossary.concordance import terms_in_text

    counts: dict[str, Counts] = {t.bitext.slug: terms_in_text(t, glossary) for t in texts}
    return catalogue([text.bitext for text in texts], people, glossary, counts, memory)


def browse_pages(listed: Catalogue, lang: str) -> dict[str, str]:
    """The pages on which one finds a text, by their paths below docs/<lang>."""
    out = {"transcripts/index.md": library_page(listed, lang)}
    for ways in (years(listed), kinds(listed), topics(listed)):
        out |= list_pages(ways, lang)
    return out | person_pages(listed.portraits, lang) | people_pages(listed, lang)


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
