"""Pairs -> what of them the page says of itself: weighed by its words, and by where and how it stands.

A phrase more is an entry of the lists words/furniture, and no rule. A line's weight is how much of it
such words are; whether it goes is decided where the pairs are known. What has no partner goes at the
edges of the text, a pair only if both its texts weigh enough, and what nearly went is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bitext.pair.records import Pair, Pairing
from bitext.segment.records import Block
from bitext.text.habits import EDGE
from bitext.text.marks import QUESTION_ENDED, SENTENCE_ENDED
from bitext.text.scripts import HAN, WORD
from bitext.text.source import Cut
from bitext.text.variants import simplify
from bitext.text.words import whole_finder, words

REASON = "notice of the page"
ADDRESS = r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.]+|\b[\w-]+\.(?:com|org|net|ai|io|cn)\b"
LISTS = ("furniture/telling", "furniture/beside", "chrome/networks_en", "chrome/networks_zh")
#: Words of a page. Without those of the first list the others say nothing.
WEIGHED = re.compile(f"{ADDRESS}|{whole_finder(*LISTS).pattern}", re.IGNORECASE)
ANNOUNCING = words("furniture/announcing")
#: So many such words, different ones, and so great a part of a text, are the page's. Hand-set, and
#: checked on the lines of tests/cases/clean_lines.toml that are none of the page's: no one has both.
WORDS, SHARE = 2, 0.7
#: From this on it is told.
DOUBTED = 0.5
#: No notice is longer.
LONGEST = 240


@dataclass(frozen=True, slots=True)
class Weight:
    """How many different words of a page a text has, whether one tells it, how great a part they are."""

    words: int
    share: float
    told: bool = False

    def reaches(self, share: float) -> bool:
        return self.told and self.words >= WORDS and self.share >= share


def weigh(text: str) -> Weight:
    """What of a text its page may say of itself; a Latin word counts as two Chinese characters.

    >>> weigh("Thanks for reading! Subscribe for free to receive new posts.").share
    1.0
    >>> weigh("She put up a newsletter about water on the door of the shop.").words
    1
    """
    if len(text) > LONGEST:
        return Weight(0, 0.0)
    folded = simplify(text)
    found = {m.group().lower() for m in WEIGHED.finditer(folded)}
    small = whole_finder("furniture/small")
    left, all_of = _size(small.sub(" ", WEIGHED.sub(" ", folded))), _size(small.sub(" ", folded))
    share = 1 - min(1.0, left / all_of) if all_of else float(bool(found))
    return Weight(len(found), share, whole_finder(LISTS[0]).search(folded) is not None)


def _size(text: str) -> int:
    return len(HAN.findall(text)) + 2 * len(WORD.findall(text))


def without_furniture(pairing: Pairing) -> tuple[Pairing, tuple[Cut, ...]]:
    """The pairing without what the page says of itself at the edges of the text, and what was left out."""
    last = max(
        (k for k, p in enumerate(pairing.pairs) if p.zh and p.en), default=len(pairing.pairs)
    )
    gone = [
        k for k in _edges(pairing.pairs)
        if _is_furniture(pairing.pairs[k]) or (k > last and _announces(pairing.pairs[k]))
    ]  # fmt: skip
    if not gone or len(gone) == len(pairing.pairs):
        return pairing, ()
    spans = [
        s for k in gone for b in pairing.pairs[k].blocks for s in (*b.label_spans, *b.passage.spans)
    ]
    left = [p for k, p in enumerate(pairing.pairs) if k not in gone]
    asides = tuple(
        replace(a, after=a.after - sum(k <= a.after for k in gone)) for a in pairing.asides
    )
    cuts = tuple(Cut(span, REASON) for span in spans)
    return replace(pairing, pairs=tuple(left), asides=asides), cuts


def _edges(pairs: Sequence[Pair]) -> Iterator[int]:
    """The places of the first pairs and of the last."""
    size = len(pairs)
    yield from (k for k in range(size) if k < EDGE or k >= size - EDGE)


def _is_furniture(item: Pair) -> bool:
    """Whether a text without partner is the page's, or both texts of a pair that is no heading."""
    if item.zh and item.en and item.zh[0].kind == "heading":
        return False
    return all(_reaches(side, SHARE) for side in (item.zh, item.en) if side)


def _announces(item: Pair) -> bool:
    """Whether a text behind all pairs gives another page's title: `Up next: How to repair a telescope`."""
    before, colon, title = _said(item.blocks[0]).replace("：", ":").partition(":")
    said = SENTENCE_ENDED.search(title) and not QUESTION_ENDED.search(title)
    short = len(item.blocks) == 1 and len(title) <= LONGEST and not said
    return short and bool(colon) and before.strip().lower() in ANNOUNCING


def _reaches(blocks: Sequence[Block], share: float) -> bool:
    return weigh("\n".join(_said(b) for b in blocks)).reaches(share)


def _said(block: Block) -> str:
    """The block's text behind its label: a credit's label is a word too."""
    names = block.label.names if block.label else ()
    return ": ".join((*names, block.text))


def nearly(text: str) -> bool:
    """Whether a text has so many of a page's words that a reader of it should look."""
    return weigh(text).reaches(DOUBTED)
