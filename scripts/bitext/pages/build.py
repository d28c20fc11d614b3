"""Bitexts, glossary and people -> every generated page and its text. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

from bitext.glossary.people import People
from bitext.glossary.store import Glossary
from bitext.library.kept import NO_MEMORY, Kept, Memory, digest
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
from bitext.pages.page import Draw, Page
from bitext.pages.phrases import Names
from bitext.pages.remarks import problems_by_unit

if TYPE_CHECKING:
    from bitext.glossary.concordance import InText
    from bitext.pages.concept import Drawer
    from bitext.pages.concepts import Used

LONG_TEXT = 60  # units from which a term is marked once a turn, not once a page
UNMARKED = ("heading",)  # kinds of units in which terms are not marked


def pages(
    bitexts: Sequence[Bitext],
    glossary: Glossary,
    people: People,
    withdrawn: Sequence[Withdrawn] = (),
    problems: Sequence[Problem] = (),
    memory: Memory = NO_MEMORY,
) -> dict[str, Page]:
    """Every generated page by its path below docs/. The same data, the same bytes.

    With `problems` some pages are drafts, never published: each problem stands at its unit. `memory` is
    what was made of the texts before.
    """
    from bitext.pages.concept import Drawer
    from bitext.pages.concepts import concept_pages

    out: dict[str, Page] = {}
    names = {person.id: person.name for person in people.persons}
    memory_of_terms, memory_of_names = memory.on(glossary), memory.on(glossary, names)
    drawer = Drawer(glossary, names)
    used: list[Used] = []
    drawn: dict[str, Mapping[str, Page]] = {}
    for bitext in bitexts:
        # Of a text that did not change nothing is read; of another one all is made before the next.
        again = partial(_text_read, bitext, glossary, memory_of_terms)
        read = cache(again)
        used.append(_used(bitext, memory_of_names, drawer, read, again))
        now, later = (
            {lang: partial(_text_page, r, glossary, lang, problems, names) for lang in LANGS}
            for r in (read, again)
        )
        on_page = NO_MEMORY if problems_by_unit(bitext, problems) else memory_of_names
        drawn[bitext.slug] = _pages_of(bitext, on_page, now, later)
    counts = {b.slug: one.outline.counts for b, one in zip(bitexts, used, strict=True)}
    listed = catalogue(bitexts, people, glossary, counts, memory)
    browsed = _browsed(listed, bitexts, people, memory_of_terms)
    for lang in LANGS:
        for bitext in bitexts:
            out[f"{lang}/transcripts/{bitext.slug}.md"] = drawn[bitext.slug][lang]
        made = _glossary_lists(glossary, lang, memory.kept) | browsed[lang]
        made |= moved_pages(bitexts, lang) | withdrawn_pages(withdrawn, lang)
        out |= {f"{lang}/{path}": Page.packed(text) for path, text in made.items()}
    out |= concept_pages(glossary, used, memory.kept)
    # One for both languages: below the root, as the Chinese pages are.
    return out | {f"zh/{ADDRESS}": Page.of(table(listed))}


def _used(
    bitext: Bitext, memory: Memory, drawer: Drawer,
    now: Callable[[], InText], later: Callable[[], InText],
) -> Used:  # fmt: skip
    """How a text uses terms. Where its pairs are kept they are not held."""
    from bitext.pages.concepts import OfText, Outline, Used

    def made(read: Callable[[], InText]) -> OfText:
        return memory.of(bitext, "uses", lambda: OfText.of(drawer.uses(read())))

    if memory.kept.folder is None:
        whole = made(now)
        return Used(Outline.of(whole), lambda: whole)
    outline = memory.of(bitext, "use", lambda: Outline.of(made(now)), often=True)
    return Used(outline, lambda: made(later))


def _pages_of(
    bitext: Bitext, memory: Memory, now: Mapping[str, Draw], later: Mapping[str, Draw]
) -> dict[str, Page]:
    """A text's pages by language. Where they are kept they are not held."""
    if memory.kept.folder is None:
        return {lang: Page.of(now[lang]()) for lang in LANGS}

    def text(lang: str, draw: Draw) -> str:
        return memory.of(bitext, f"{lang}-page", draw)

    hashes = memory.of(
        bitext, "pages", lambda: {x: Page.of(text(x, now[x])).sha256 for x in LANGS}, often=True
    )
    return {lang: Page(hashes[lang], partial(text, lang, later[lang])) for lang in LANGS}


def _text_read(bitext: Bitext, glossary: Glossary, memory: Memory) -> InText:
    """A text as the glossary reads it; one that did not change is not searched again."""
    from bitext.glossary.concordance import found_in, read_terms, with_found

    return with_found(
        bitext, memory.of(bitext, "terms", lambda: found_in(read_terms(bitext, glossary)))
    )


def _text_page(
    read: Callable[[], InText], glossary: Glossary, lang: str,
    problems: Sequence[Problem], names: Names,
) -> str:  # fmt: skip
    text = read()
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
    return _lists(listed, lang) | person_pages(listed.portraits, lang) | people_pages(listed, lang)


def _lists(listed: Catalogue, lang: str) -> dict[str, str]:
    """The lists that say nothing of what people say."""
    out = {"transcripts/index.md": library_page(listed, lang)}
    for ways in (years(listed), kinds(listed), topics(listed)):
        out |= list_pages(ways, lang)
    return out


def _browsed(
    listed: Catalogue, bitexts: Sequence[Bitext], people: People, memory: Memory
) -> dict[str, dict[str, str]]:
    """As `browse_pages`, by language: lists are made again where one of their rows is another, and a
    person's pages where a text is in which they speak or are named."""
    shown = {text.slug: digest(text) for text in listed.texts}
    by_slug = {bitext.slug: bitext for bitext in bitexts}
    out: dict[str, dict[str, str]] = {lang: {} for lang in LANGS}
    for lang in LANGS:
        ground = digest(lang, list(shown.values()), listed.glossary, people)
        out[lang] |= memory.kept.made("lists", lang, ground, partial(_lists, listed, lang))
    for portrait in listed.portraits:
        slugs = [said.text.slug for said in portrait.said]
        slugs += [mention.text.slug for mention in portrait.named]
        units = [mention.units for mention in portrait.named]
        for lang in LANGS:
            on = memory.on(lang, portrait.person, len(portrait.said), units, [shown[s] for s in slugs])  # fmt: skip
            out[lang] |= on.of_all(
                [by_slug[slug] for slug in slugs],
                "speakers",
                partial(person_pages, (portrait,), lang),
                f"{portrait.person.id}.{lang}",
            )
    places = [
        ([(s.text.slug, len(s.turns)) for s in p.said], len(p.named)) for p in listed.portraits
    ]
    for lang in LANGS:
        ground = digest(lang, list(shown.values()), places, people)
        out[lang] |= memory.kept.made("lists", f"people.{lang}", ground, partial(people_pages, listed, lang))  # fmt: skip
    return out


def _glossary_lists(glossary: Glossary, lang: str, kept: Kept) -> dict[str, str]:
    """The lists of terms, in which nothing of the texts stands."""
    from bitext.pages.glossary import terms_lists

    return kept.made(
        "lists", f"terms.{lang}", digest(glossary, lang), partial(terms_lists, glossary, lang)
    )


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
