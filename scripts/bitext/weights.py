"""What each kind of evidence weighs in a bead's score.

Chosen by maximum likelihood over all alignments (a conditional random field on the lattice, with
the forward–backward pass for its gradient and a Gaussian prior) on development texts only: the MAC
development chapters and a third of NTREX-128's documents with lines deleted. The posteriors are
calibrated for that reason. Nothing here depends on a text's subject.
"""

from __future__ import annotations

from dataclasses import dataclass

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
    mark_same: float = 0.0
    mark_other: float = 0.0
    open_same: float = 0.0
    open_other: float = 0.0
    close_other: float = 0.0
    vectors: float = 0.0


#: The first pass: the dictionary alone.
FIRST = Weights(
    strict_en=((0.317, 0.627), (0.203, 0.053), (0.584, 1.089), (0.062, 1.281)),
    strict_zh=((0.294, 0.559), (0.032, 0.266), (-0.018, 0.553), (0.177, 1.107), (0.345, 0.532)),
    beads={
        (1, 1): 0.352,
        (1, 2): -1.068,
        (1, 3): -2.55,
        (1, 4): -3.629,
        (1, 5): -5.677,
        (1, 6): -6.058,
        (2, 1): -2.21,
        (2, 2): -3.859,
        (2, 3): -4.844,
        (2, 4): -6.76,
        (2, 5): -7.345,
        (3, 1): -5.041,
        (3, 2): -5.506,
        (3, 3): -6.826,
        (3, 4): -7.29,
        (4, 1): -6.908,
        (4, 2): -6.939,
        (4, 3): -7.393,
    },
    length=1.067,
    skip_zh=(-4.482, -0.378),
    skip_en=(-3.88, -0.374),
    mark_same=0.597,
    mark_other=-0.106,
    open_same=0.723,
    open_other=-0.247,
    close_other=-1.607,
)
SECOND = FIRST
