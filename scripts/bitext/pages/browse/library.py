"""Catalogue -> the page that lists the library: the ways in, and the newest texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bitext.pages.browse.catalogue import Catalogue, Listed
from bitext.pages.browse.everyone import people_links
from bitext.pages.browse.lists import Way, kinds, topics, years
from bitext.pages.browse.parts import BUDGET
from bitext.pages.browse.rows import (
    counted,
    definitions,
    filter_box,
    head,
    link_to,
    page,
    row,
    rows,
    weight,
)
from bitext.pages.browse.words import say
from bitext.pages.escape import address
from bitext.pages.labels import label
from bitext.pages.phrases import prose_markdown

HERE = "transcripts/index"
#: So many people stand at the top, those with most texts; all stand on a page of their own.
MOST_PEOPLE = 8


def library_page(catalogue: Catalogue, lang: str) -> str:
    """The ways into the library and its newest texts: all of them, where they fit on a page."""

    def lines() -> Iterator[str]:
        texts = catalogue.texts
        yield from head(label(lang, "library"), label(lang, "library_lead"), "library")
        if not texts:
            yield label(lang, "empty")
            return
        yield from filter_box(lang, "texts")
        yield from definitions(ways_in(catalogue, lang, HERE))
        shown = newest(texts)
        if len(shown) < len(texts):
            yield from (say(lang, "the_rest", n=len(shown)), "{ .bt-rest }", "")
        yield from rows([row(text, lang, HERE) for text in shown])

    return page(lines())


def newest(texts: Sequence[Listed], budget: int = BUDGET) -> Sequence[Listed]:
    """The newest texts, as many as fit on a page."""
    size = 0
    for n, text in enumerate(texts):
        size += weight(text)
        if n and size > budget:
            return texts[:n]
    return texts


def ways_in(catalogue: Catalogue, lang: str, here: str) -> list[tuple[str, list[str]]]:
    """The years, people, kinds and topics of the library, each a link with how many texts it has."""

    def links(ways: Sequence[Way]) -> list[str]:
        shown = [w for w in ways if w.texts]
        return [_link(w.name[lang], w.path, len(w.texts), lang, here) for w in shown]

    speaking = [p for p in catalogue.portraits if p.said]
    speaking.sort(key=lambda p: -len(p.said))
    people = [
        _link(p.person.name[lang], f"speakers/{address(p.person.id)}", len(p.said), lang, here)
        for p in speaking[:MOST_PEOPLE]
    ]
    if catalogue.portraits or catalogue.strangers():
        people += people_links(catalogue, lang, here)
    return [
        (say(lang, "years"), links(years(catalogue))),
        (say(lang, "people"), people),
        (say(lang, "kinds"), links(kinds(catalogue))),
        (say(lang, "topics"), links(topics(catalogue))),
    ]


def _link(name: str, path: str, n: int, lang: str, here: str) -> str:
    shown = prose_markdown(name, lang)
    return f"[{shown}]({link_to(path, here)}){counted(n)}"
