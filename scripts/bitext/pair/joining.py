"""Pairs -> pairs: a paragraph without a partner joins the neighbour whose sentences it translates.

Blocks are paired by their words and lengths as wholes, so that the short second half of a paragraph
which one language has in one piece may stay alone. Its sentences tell where it belongs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bitext.align.segments import align_segments
from bitext.kinds import CUTTABLE
from bitext.model import OTHER, Bead
from bitext.pair.records import MOST_LONE, SURE, Pair
from bitext.segment.records import Block
from bitext.text.habits import MOSTLY
from bitext.text.sentences import sentences_of

#: So many sentences on a side are looked at.
WINDOW = 40


def join_lone(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs in order, each block in one of them; none is taken apart.

    Most of a paragraph must stand in beads of its own that are sure: an alignment would rather pair two
    sentences than leave one, so that less says little.
    """
    done = list(pairs)
    lone = [k for k, p in enumerate(done) if _is_lone(p)]
    if len(lone) > MOST_LONE:
        return done
    for k in reversed(lone):  # from the end, so that indexes before k stay
        side = "zh" if done[k].zh else "en"
        found = [
            (value, n) for n in _neighbours(done, k, side)
            if (value := _share(done[n], done[k].blocks[0], side, after=n < k)) >= MOSTLY
        ]  # fmt: skip
        if found:
            _, n = max(found)
            done[n] = _joined(done[n], done[k].blocks[0], side, after=n < k)
            del done[k]
    return done


def _is_lone(pair: Pair) -> bool:
    return len(pair.blocks) == 1 and _may_join(pair.blocks[0]) and pair.blocks[0].label is None


def _may_join(block: Block) -> bool:
    return block.kind in CUTTABLE and block.group < 0


def _neighbours(pairs: Sequence[Pair], k: int, side: str) -> Iterator[int]:
    """The nearest pairs before and behind that have the block's own neighbours, if it may join them."""
    for step in (-1, 1):
        n = k + step
        while 0 <= n < len(pairs) and not pairs[n].side(side):
            n += step
        if not 0 <= n < len(pairs) or not (pairs[n].zh and pairs[n].en):
            continue
        own, other = pairs[n].side(side), pairs[n].side(OTHER[side])
        if step == 1 and own[0].label:
            continue  # another speaker begins
        if len(other) == 1 and len(own) <= 2 and all(map(_may_join, (*own, *other))):
            yield n


def _share(pair: Pair, block: Block, side: str, *, after: bool) -> float:
    """The part of the block, by its characters, that translates sentences of the pair which nothing else does."""
    whole = [s for b in pair.side(OTHER[side]) for s in sentences_of(b.text, OTHER[side])]
    mine = [s for b in pair.side(side) for s in sentences_of(b.text, side)]
    more = sentences_of(block.text, side)
    if len(whole) < 2 or max(len(whole), len(mine) + len(more)) > WINDOW:
        return 0.0
    row = mine + more if after else more + mine
    first = len(mine) if after else 0
    zh, en = (row, whole) if side == "zh" else (whole, row)
    sizes = [len(s) for s in row]
    covered = kept = 0
    for bead in align_segments(zh, en):
        a, b = bead.zh if side == "zh" else bead.en
        inside = first <= a and b <= first + len(more)
        outside = b <= first or a >= first + len(more)
        if not _is_pair(bead):
            continue
        if inside and bead.posterior >= SURE:
            covered += sum(sizes[a:b])
        kept += outside
    return covered / max(1, sum(map(len, more))) if kept else 0.0


def _is_pair(bead: Bead) -> bool:
    return bead.zh[0] < bead.zh[1] and bead.en[0] < bead.en[1]


def _joined(pair: Pair, block: Block, side: str, *, after: bool) -> Pair:
    own = pair.side(side)
    row = (*own, block) if after else (block, *own)
    return replace(pair, zh=row) if side == "zh" else replace(pair, en=row)
