"""What an index holds of some pages: a part. Two parts, one after the other, are one part again.

A part is ready for the files of the index: its blocks are packed, its keys say where they stand, counted
from the part's own first block. So a library's index is put together without a look at its texts. It is
put together a piece at a time, so that of a large one no more than a piece is held.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from bitext.model import LANGS
from bitext.search import blocks, fold, keys, lexicon, sounds
from bitext.search.files import packed
from bitext.search.records import Page

#: Where keys stand in the blocks of a part, by the key.
Table = Mapping[str, keys.Stands]
#: The words of two sentences that go together, as `lexicon.pairs` has them.
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Head:
    """What a part is, without its keys."""

    texts: int  # how many of the pages are transcripts
    packed: Mapping[str, Sequence[bytes]]  # the blocks by language
    terms: Mapping[str, int]  # the block of each entry of the glossary, and of each person
    persons: Mapping[str, int]
    chars: str  # all characters, folded
    words: Mapping[str, int]  # Chinese words, as `sounds.words_of` counts them
    pairs: int  # how many pairs of sentences it has

    @property
    def size(self) -> int:
        """How many blocks it has in each language."""
        return len(self.packed["zh"])


@dataclass(frozen=True, slots=True)
class Part:
    """Some pages' part of the index."""

    head: Head
    tables: Mapping[str, Table]  # by kind and language: `one` of single words, `two` of neighbours
    pairs: Sequence[Pair]


#: The names of a part's tables.
TABLES = tuple(f"{kind}.{lang}" for kind in ("one", "two") for lang in LANGS)
#: The names of all its pieces.
PIECES = ("head", "pairs", *TABLES)
#: Gives a piece of a part by its name.
Shelf = Callable[[str], Any]


def pieces(part: Part) -> dict[str, object]:
    """A part in pieces, each by its name."""
    return {"head": part.head, "pairs": part.pairs, **part.tables}


def part_of(page: Page) -> Part:
    """One page's part."""
    cut = list(blocks.cut([page]))
    shown = {lang: [blocks.shown(block, lang) for block in cut] for lang in LANGS}
    counts = {lang: [blocks.count(block, lang) for block in cut] for lang in LANGS}
    texts = {lang: [_json(block) for block in shown[lang]] for lang in LANGS}
    zh, pairs = shown["zh"], tuple(lexicon.pairs(shown))
    head = Head(
        int(page.kind == "transcript"),
        {lang: tuple(map(packed, texts[lang])) for lang in LANGS},
        {str(row[0]): n for n, b in enumerate(zh) if b.get("k") == "g" for row in b["r"] if row},  # type: ignore[attr-defined]
        {b["p"][0]: n for n, b in enumerate(zh) if b.get("k") == "p" and b.get("p")},  # type: ignore[index]
        "".join(sorted(set(fold.fold("".join(chain(*texts.values())))))),
        sounds.words_of(zh),
        len(pairs),
    )
    tables = {}
    for n, kind in enumerate(("one", "two")):
        for lang in LANGS:
            tables[f"{kind}.{lang}"] = keys.standing([block[n] for block in counts[lang]])
    return Part(head, tables, pairs)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def joined(parts: Sequence[Part]) -> Part:
    """The parts as one, in this order."""
    whole = Whole([pieces(part).__getitem__ for part in parts])
    return Part(whole.head, {name: whole.table(name) for name in TABLES}, tuple(whole.pairs()))


class Whole:
    """Parts as one, in this order, of which a piece is put together when it is asked for."""

    def __init__(self, shelves: Sequence[Shelf]) -> None:
        heads = [shelf("head") for shelf in shelves]
        self._shelves = shelves
        self._starts = [0]
        for head in heads:
            self._starts.append(self._starts[-1] + head.size)
        self.head = _one_head(self._starts, heads)

    def table(self, name: str) -> dict[str, keys.Stands]:
        """Where its keys stand, of one of TABLES."""
        return keys.joined((n, shelf(name)) for n, shelf in zip(self._starts, self._shelves, strict=False))  # fmt: skip

    def pairs(self) -> Iterator[Pair]:
        """All pairs, in order."""
        return chain.from_iterable(shelf("pairs") for shelf in self._shelves)


def _one_head(starts: Sequence[int], heads: Sequence[Head]) -> Head:
    at, words = list(zip(starts, heads, strict=False)), Counter[str]()
    for head in heads:
        words.update(head.words)
    return Head(
        sum(head.texts for head in heads),
        {lang: tuple(chain.from_iterable(head.packed[lang] for head in heads)) for lang in LANGS},
        _moved((n, head.terms) for n, head in at),
        _moved((n, head.persons) for n, head in at),
        "".join(sorted(set().union(*(head.chars for head in heads)))),
        dict(words),
        sum(head.pairs for head in heads),
    )


def _moved(found: Iterable[tuple[int, Mapping[str, int]]]) -> dict[str, int]:
    return {id: start + n for start, places in found for id, n in places.items()}
