"""Texts -> the pages of all concepts; a concept's are made again where a text uses it otherwise."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from bitext.glossary.store import Glossary
from bitext.library.kept import Kept, digest, packed, unpacked
from bitext.model import LANGS
from bitext.pages.concept import Book, Uses
from bitext.pages.glossary import Entry, entries, entry_pages
from bitext.pages.page import Page
from bitext.pages.pairs import DrawnText


@dataclass(frozen=True, slots=True)
class OfText:
    """How one text uses terms: how often each stands in each language, and its pairs, packed."""

    counts: Mapping[str, Mapping[str, int]]
    pairs: Mapping[str, bytes]

    @classmethod
    def of(cls, uses: Uses) -> OfText:
        return cls(uses.counts, {id: packed(uses.of(id)) for id in uses.terms})


@dataclass(frozen=True, slots=True)
class Outline:
    """How one text uses terms, in short: how often each stands in each language, and the hash of its
    pairs."""

    counts: Mapping[str, Mapping[str, int]]
    hashes: Mapping[str, bytes]

    @classmethod
    def of(cls, text: OfText) -> Outline:
        hashes = {id: hashlib.sha256(data).digest() for id, data in text.pairs.items()}
        return cls(text.counts, hashes)


@dataclass(frozen=True, slots=True)
class Used:
    """A text's outline, and what gives the whole, which is read when it is asked for."""

    outline: Outline
    whole: Callable[[], OfText]


def concept_pages(glossary: Glossary, used: Sequence[Used], kept: Kept) -> dict[str, Page]:
    """The pages of every concept in both languages, by their paths below docs/. Those of a concept that
    is used as before are not held: they are drawn where their file is another."""
    texts = [(one.outline.hashes, cache(one.whole)) for one in used]

    def found(id: str) -> list[DrawnText]:
        return [unpacked(whole().pairs[id]) for hashes, whole in texts if id in hashes]

    book, ground = Book(glossary, glossary.by_id(), found), digest(glossary)
    before: Any = kept.get("concepts", "", ground) or {}
    out: dict[str, Page] = {}
    after: dict[str, tuple[bytes, dict[str, str]]] = {}
    for entry in entries(glossary):
        id = entry[0].id
        own = digest([hashes.get(id) for hashes, _ in texts])
        known, hashes = before.get(id, (b"", {}))
        draw = cache(partial(_drawn, book, entry))
        made = _again(hashes, draw) if known == own else _pages(draw())
        out |= made
        after[id] = (own, {path: page.sha256 for path, page in made.items()})
    if after != before:
        kept.put("concepts", "", ground, after)
    return out


def _pages(texts: Mapping[str, str]) -> dict[str, Page]:
    return {path: Page.packed(text) for path, text in texts.items()}


def _again(hashes: Mapping[str, str], draw: Callable[[], Mapping[str, str]]) -> dict[str, Page]:
    """Pages of which the hashes are known; all are drawn with the first of which the text is asked."""

    def text(path: str) -> str:
        return draw()[path]

    return {path: Page(sha256, partial(text, path)) for path, sha256 in hashes.items()}


def _drawn(book: Book, entry: Entry) -> dict[str, str]:
    made = entry_pages(book, entry)
    return {f"{lang}/{path}": text for lang in LANGS for path, text in made[lang].items()}
