"""What each kind of evidence weighs in a bead's score.

Chosen by maximum likelihood over all alignments (a conditional random field on the lattice, with
the forward–backward pass for its gradient and a Gaussian prior) on development texts only: the MAC
development chapters and a third of NTREX-128's documents with lines deleted. What a posterior is
worth is the matter of confidence.py. Nothing here depends on a text's subject.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

Pair = tuple[float, float]  # what a covered and what an uncovered token of one kind weighs


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights in nats; the kinds of tokens are in the order of evidence.py."""

    strict_en: tuple[Pair, ...]
    strict_zh: tuple[Pair, ...]
    beads: dict[tuple[int, int], float]
    length: float
    skip_zh: Pair  # constant, and for each log of the sentence's length
    skip_en: Pair
    variance: float = 12.0
    loose_en: tuple[Pair, ...] = ()
    loose_zh: tuple[Pair, ...] = ()
    order: tuple[Pair, ...] = ()  # harmonic, weight
    mark_same: float = 0.0  # both windows end with the same of ? ! :
    mark_other: float = 0.0
    open_same: float = 0.0  # both begin with a quotation mark
    open_other: float = 0.0
    close_other: float = 0.0  # one ends with a quotation mark, the other not

    @property
    def marks(self) -> np.ndarray:
        same = np.diag([0.0, *[self.mark_same] * 3])
        return (same + self.mark_other * (1 - np.eye(4))).astype(np.float32)

    @property
    def opens(self) -> np.ndarray:
        return np.array([[0, self.open_other], [self.open_other, self.open_same]], np.float32)

    @property
    def closes(self) -> np.ndarray:
        return np.array([[0, self.close_other], [self.close_other, 0]], np.float32)


#: The first pass: the dictionary alone.
FIRST = Weights(
    strict_en=(
        (0.318, 0.626),
        (0.203, 0.052),
        (0.587, 1.093),
        (0.059, 1.287),
    ),
    strict_zh=(
        (0.294, 0.56),
        (0.032, 0.267),
        (-0.02, 0.554),
        (0.173, 1.117),
        (0.342, 0.533),
    ),
    length=1.051,
    mark_same=0.598,
    mark_other=-0.108,
    open_same=0.726,
    open_other=-0.249,
    close_other=-1.606,
    beads={
        (1, 1): 0.352,
        (1, 2): -1.066,
        (1, 3): -2.55,
        (1, 4): -3.624,
        (1, 5): -5.681,
        (1, 6): -6.057,
        (2, 1): -2.209,
        (2, 2): -3.855,
        (2, 3): -4.847,
        (2, 4): -6.76,
        (2, 5): -7.347,
        (3, 1): -5.041,
        (3, 2): -5.505,
        (3, 3): -6.826,
        (3, 4): -7.291,
        (4, 1): -6.908,
        (4, 2): -6.939,
        (4, 3): -7.395,
    },
    skip_zh=(-4.484, -0.38),
    skip_en=(-3.878, -0.374),
)

#: The second pass: also what the parts of words mean, what was learned, and the order of words.
SECOND = Weights(
    strict_en=(
        (0.078, 0.566),
        (0.13, 0.084),
        (0.558, 0.967),
        (-0.065, 1.09),
    ),
    strict_zh=(
        (0.297, 0.171),
        (-0.043, -0.319),
        (-0.031, 0.454),
        (0.013, 0.921),
        (0.457, 0.492),
    ),
    loose_en=((0.177, 0.18),),
    loose_zh=(
        (0.073, 0.265),
        (0.064, 0.716),
    ),
    order=((1.6, 0.215),),
    length=0.927,
    mark_same=0.543,
    mark_other=-0.258,
    open_same=0.717,
    open_other=-0.064,
    close_other=-1.369,
    beads={
        (1, 1): 0.592,
        (1, 2): -0.915,
        (1, 3): -2.546,
        (1, 4): -3.705,
        (1, 5): -5.603,
        (1, 6): -6.117,
        (2, 1): -2.11,
        (2, 2): -3.935,
        (2, 3): -4.912,
        (2, 4): -6.742,
        (2, 5): -7.202,
        (3, 1): -4.965,
        (3, 2): -5.688,
        (3, 3): -6.854,
        (3, 4): -7.388,
        (4, 1): -6.908,
        (4, 2): -6.951,
        (4, 3): -7.35,
    },
    skip_zh=(-4.429, -0.088),
    skip_en=(-3.933, -0.322),
)
