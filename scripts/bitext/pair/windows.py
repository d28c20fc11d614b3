"""Scores asked for in small pieces along a path, computed in large ones: numpy is quick only so."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Block = Callable[[int, int, int, int], np.ndarray]

#: How many rows a computed piece has, and how many columns more than the path needs.
ROWS, SPARE = 48, 24
#: The requests may step back a little.
BACK = 6


class Windows:
    """A function of (top, bottom, left, right) as Scorer.block, that keeps the last large pieces.

    Beads that begin before the piece asked for are in the answer; whoever asks counts for that.
    """

    def __init__(self, block: Block, n: int, m: int, kept: int = 4):
        self.block, self.n, self.m, self.kept = block, n, m, kept
        self.pieces: list[tuple[tuple[int, int, int, int], np.ndarray]] = []

    def __call__(self, top: int, bottom: int, left: int, right: int) -> np.ndarray:
        """The scores [i - top - 1, a - 1, b - 1, j - left] of the rectangle."""
        for (t, b, lo, hi), scores in reversed(self.pieces):
            if t <= top and bottom <= b and lo <= left and right <= hi:
                return scores[top - t : bottom - t, :, :, left - lo : right - lo + 1]
        place = self._around(top, bottom, left, right)
        if place == (top, bottom, left, right):
            return self.block(*place)
        self.pieces = [*self.pieces[-self.kept + 1 :], (place, self.block(*place))]
        return self(top, bottom, left, right)

    def _around(self, top: int, bottom: int, left: int, right: int) -> tuple[int, int, int, int]:
        """A piece that holds the rectangle and what is likely to be asked for next."""
        width = ROWS * self.m // max(1, self.n) + SPARE
        if bottom - top > ROWS or right - left > width:
            return top, bottom, left, right
        return (
            max(0, top - BACK), min(self.n, max(bottom, top + ROWS)),
            max(0, left - BACK), min(self.m, max(right, left + width)),
        )  # fmt: skip
