"""What is known of the boundaries between sentences before they are aligned."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

#: How often a true break between paragraphs, and any other boundary, has lost its white space.
GLUED_BREAK, GLUED_OTHER = 0.55, 0.02
#: Boundaries without white space for each break that is sought, hand-set: where there are more of
#: them the whole text is written without spaces.
MOST_GLUED = 1.6

#: For arrays of boundaries of both sides: what it is worth that a bead begins there.
Starts = Callable[[np.ndarray, np.ndarray], np.ndarray]


@dataclass(frozen=True, slots=True)
class Layout:
    """What is known of the boundaries before the alignment: arrays over boundaries 0..n and 0..m.

    `walls_*`: no bead may cross; `ends_*`: what it costs when a paragraph ends here and none on the
    other side, 0 where none ends; `glue_*`: what a break at this boundary is worth when a paragraph
    of the other side ends there; `lone`: what it costs more to leave a sentence without a partner;
    `starts`: what else is known of the places in the rectangles that begin at these corners.
    """

    walls_zh: np.ndarray
    walls_en: np.ndarray
    ends_zh: np.ndarray
    ends_en: np.ndarray
    glue_zh: np.ndarray
    glue_en: np.ndarray
    lone: float = 0.0
    starts: Mapping[tuple[int, int], Starts] = field(default_factory=dict)

    @classmethod
    def plain(cls, n: int, m: int) -> Layout:
        return cls(
            np.zeros(n + 1, bool), np.zeros(m + 1, bool),
            np.zeros(n + 1), np.zeros(m + 1), np.zeros(n + 1), np.zeros(m + 1),
        )  # fmt: skip

    def part(self, zh: slice, en: slice) -> Layout:
        """The layout of a rectangle, its `starts` apart."""
        return replace(
            self, walls_zh=self.walls_zh[zh], walls_en=self.walls_en[en],
            ends_zh=self.ends_zh[zh], ends_en=self.ends_en[en],
            glue_zh=self.glue_zh[zh], glue_en=self.glue_en[en],
        )  # fmt: skip

    def crossed(self, side: str, size: int) -> np.ndarray:
        """What it costs a bead of `size` sentences ending at each boundary to span what it spans."""
        walls, ends = (getattr(self, f"{kind}_{side}") for kind in ("walls", "ends"))
        cost = np.zeros(len(walls))
        each = np.where(walls, -np.inf, -ends)
        for back in range(1, size):
            cost[back:] += each[:-back]
        return cost

    def arriving(self, rows: slice, columns: slice) -> np.ndarray:
        """What it is worth that a bead ends at these boundaries, for each pair of them."""
        zh, en = self.ends_zh[rows][:, None], self.ends_en[columns][None, :]
        value = np.where((zh > 0) & (en > 0), 0.0, -zh - en)
        value = value + np.where(self.walls_zh[rows][:, None], self.glue_en[columns][None, :], 0.0)
        return value + np.where(self.walls_en[columns][None, :], self.glue_zh[rows][:, None], 0.0)


def glue_worth(size: int, glued: Collection[int], breaks: int) -> np.ndarray:
    """What a break at each boundary is worth: missing white space marks a lost line break.

    Only where it is rare enough to mean that: in a text without any spaces it tells nothing.
    """
    value = np.zeros(size + 1)
    inner = [k for k in glued if 0 < k < size]
    if inner and breaks and len(inner) <= max(1, MOST_GLUED * breaks):
        value[1:size] = math.log((1 - GLUED_BREAK) / (1 - GLUED_OTHER))
        value[inner] = math.log(GLUED_BREAK / GLUED_OTHER)
    return value
