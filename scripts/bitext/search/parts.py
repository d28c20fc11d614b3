"""What an index holds of some pages: a part. Two parts, one after the other, are one part again.

A part is ready for the files of the index: its blocks are packed, its keys say where they stand, counted
from the part's own first block. So a library's index is put together without a look at its texts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from bitext.model import LANGS
from bitext.search import blocks, fold, keys, lexicon, sounds
from bitext.search.files import packed
from bitext.search.records import Page

#: Where keys stand in the blocks of a part, by the key.
Table = Mapping[str, keys.Stands]


@dataclass(frozen=True, slots=True)
class Part:
    """Some pages' part of the index."""

    texts: int  # how many of the pages are transcripts
    packed: Mapping[str, Sequence[bytes]]  # the blocks by language
    one: Mapping[str, Table]  # by language, of single words
    two: Mapping[str, Table]  # and of neighbours
    terms: Mapping[str, int]  # the block of each entry of the glossary, and of each person
    persons: Mapping[str, int]
    chars: str  # all characters, folded
    runs: frozenset[
        str
    ]  # runs of Chinese characters, each with the words in it, as `sounds.spelt` has them
    pairs: Sequence[
        tuple[str, str]
    ]  # the words of sentences that go together, as `lexicon.pairs` has them

    @property
    def size(self) -> int:
        """How many blocks it has in each language."""
        return len(self.packed["zh"])


def part_of(page: Page) -> Part:
    """One page's part."""
    cut = list(blocks.cut([page]))
    shown = {lang: [blocks.shown(block, lang) for block in cut] for lang in LANGS}
    counts = {lang: [blocks.count(block, lang) for block in cut] for lang in LANGS}
    texts = {lang: [_json(block) for block in shown[lang]] for lang in LANGS}
    zh = shown["zh"]
    return Part(
        int(page.kind == "transcript"),
        {lang: tuple(map(packed, texts[lang])) for lang in LANGS},
        {lang: keys.standing([one for one, _ in counts[lang]]) for lang in LANGS},
        {lang: keys.standing([two for _, two in counts[lang]]) for lang in LANGS},
        {str(row[0]): n for n, b in enumerate(zh) if b.get("k") == "g" for row in b["r"] if row},  # type: ignore[attr-defined]
        {b["p"][0]: n for n, b in enumerate(zh) if b.get("k") == "p" and b.get("p")},  # type: ignore[index]
        "".join(sorted(set(fold.fold("".join(chain(*texts.values())))))),
        sounds.spelt(zh),
        tuple(lexicon.pairs(shown)),
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def joined(parts: Sequence[Part]) -> Part:
    """The parts as one, in this order."""
    starts = [0]
    for part in parts:
        starts.append(starts[-1] + part.size)
    at = list(zip(starts, parts, strict=False))
    return Part(
        sum(part.texts for part in parts),
        {lang: tuple(chain.from_iterable(part.packed[lang] for part in parts)) for lang in LANGS},
        {lang: keys.joined([(n, part.one[lang]) for n, part in at]) for lang in LANGS},
        {lang: keys.joined([(n, part.two[lang]) for n, part in at]) for lang in LANGS},
        _moved((n, part.terms) for n, part in at),
        _moved((n, part.persons) for n, part in at),
        "".join(sorted(set().union(*(part.chars for part in parts)))),
        frozenset().union(*(part.runs for part in parts)),
        tuple(chain.from_iterable(part.pairs for part in parts)),
    )


def _moved(found: Iterable[tuple[int, Mapping[str, int]]]) -> dict[str, int]:
    return {id: start + n for start, places in found for id, n in places.items()}
