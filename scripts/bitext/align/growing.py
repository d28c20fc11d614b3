"""Beads -> the largest of them with what stands alone beside them, as far as that mends their lengths."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Collection, Iterator, Sequence

from bitext.align.confidence import CUT_SHORT
from bitext.align.score import Scorer
from bitext.model import LANGS, OTHER, Bead

#: A bead is looked at that has so many sentences on a side, and whose lengths differ so much
#: (logarithmic): perhaps it goes on in what stands alone beside it. Hand-set.
LONG, TOO_SHORT = 4, 0.15
#: Characters added to both lengths before they are compared, hand-set: short texts differ by chance.
SMOOTH = 10


def grown(
    scorer: Scorer, beads: Sequence[Bead], walls_zh: Collection[int], walls_en: Collection[int],
    anchors: Collection[tuple[int, int]],
) -> list[Bead]:  # fmt: skip
    """The beads, the largest with what stands alone beside them as long as that mends their lengths.

    The lattice has no larger beads; how sure such a one is is not known, so that it is not.
    """
    grower = _Grower(scorer, {"zh": walls_zh, "en": walls_en}, anchors)
    grower.todo.extend(beads)
    while grower.todo:
        bead = grower.todo.popleft()
        for side in LANGS:
            if _size(bead, side) >= LONG and _size(bead, OTHER[side]):
                bead = grower.grow(bead, side)
        grower.done.append(bead)
    return grower.done


class _Grower:
    """The beads before and behind the one that grows."""

    def __init__(
        self,
        scorer: Scorer,
        walls: dict[str, Collection[int]],
        anchors: Collection[tuple[int, int]],
    ):
        self.scorer, self.walls, self.anchors = scorer, walls, anchors
        self.done: list[Bead] = []
        self.todo: deque[Bead] = deque()

    def grow(self, bead: Bead, side: str) -> Bead:
        """The bead with its neighbours as long as its side is too short and they mend that."""
        off = _misfit(self.scorer, bead, side)
        while off < (0 if bead.posterior <= CUT_SHORT else -TOO_SHORT):
            mends = [
                (abs(_misfit(self.scorer, made, side)), made, before)
                for made, before in self._ways(bead, side)
                if not any(_inside_of(made, at) for at in self.anchors)
            ]
            least, made, before = min(mends, key=lambda way: way[0], default=(-off, bead, False))
            if least >= -off:
                break
            bead = made
            if before:
                self.done.pop()
            else:
                self.todo.popleft()
            off = _misfit(self.scorer, bead, side)
        return bead

    def _ways(self, bead: Bead, side: str) -> Iterator[tuple[Bead, bool]]:
        """The bead joined with what stands alone before it (True), or behind it."""
        start, end = getattr(bead, side)
        if self.done and self._may_join(self.done[-1], start, side):
            yield _joined(self.done[-1], bead), True
        if self.todo and self._may_join(self.todo[0], end, side):
            yield _joined(bead, self.todo[0]), False

    def _may_join(self, bead: Bead, boundary: int, side: str) -> bool:
        """Whether the bead has sentences of this side only, and no wall stands before it."""
        return not _size(bead, OTHER[side]) and boundary not in self.walls[side]


def _size(bead: Bead, side: str) -> int:
    start, end = getattr(bead, side)
    return end - start


def _joined(first: Bead, second: Bead) -> Bead:
    return Bead(
        (first.zh[0], second.zh[1]),
        (first.en[0], second.en[1]),
        min(CUT_SHORT, first.posterior, second.posterior),
    )


def _inside_of(bead: Bead, at: tuple[int, int]) -> bool:
    """Whether the place where two boundaries meet lies within the bead."""
    return bead.zh[0] <= at[0] <= bead.zh[1] and bead.en[0] <= at[1] <= bead.en[1] and at not in (
        (bead.zh[0], bead.en[0]), (bead.zh[1], bead.en[1])
    )  # fmt: skip


def _misfit(scorer: Scorer, bead: Bead, side: str) -> float:
    """By what factor (logarithmic) the text of the side is longer than the other's tells; negative: shorter."""
    zh = scorer.chars_zh[bead.zh[1]] - scorer.chars_zh[bead.zh[0]]
    en = scorer.chars_en[bead.en[1]] - scorer.chars_en[bead.en[0]]
    longer = math.log((en + SMOOTH) / (zh * scorer.ratio + SMOOTH))
    return longer if side == "en" else -longer
