"""Two rows of things that may go together, in order -> the best way to pair them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def in_order(worth: NDArray[np.float64]) -> tuple[float, list[tuple[int, int]]]:
    """The most that pairs one to one and in order are worth together, and which they are, the last first.

    >>> in_order(np.array([[1.0, 0.0], [0.0, 2.0]]))
    (3.0, [(1, 1), (0, 0)])
    """
    n, m = worth.shape
    best = np.zeros((n + 1, m + 1))
    for i in range(n):
        here = best[i].copy()
        here[1:] = np.maximum(here[1:], best[i, :-1] + worth[i])
        best[i + 1] = np.maximum.accumulate(here)
    cells = []
    i, j = n, m
    while i and j:
        if best[i, j] == best[i - 1, j]:
            i -= 1
        elif best[i, j] == best[i, j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            cells.append((i, j))
    return float(best[n, m]), cells
