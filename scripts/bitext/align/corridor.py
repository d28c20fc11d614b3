"""The part of the grid that is worth computing, so that long texts cost time in proportion.

At first from rare words that translate each other: those that keep the same order on both sides
show where the path runs. Then, more narrowly, from the path that the first pass found.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from bitext.align.evidence import Lexical, distinct
from bitext.align.lattice import Corridor

Point = tuple[int, int]

#: A grid of no more places than this is computed whole.
WHOLE = 40_000
#: How many sentences to either side of the path may run: of rare words, of a path once found.
MARGIN, NEAR_PATH = 30, 16
#: Between two known points far apart the straight line must do: rows are no wider than this, and
#: narrower where there are very many, so that the grid has no more places than `PLACES`.
WIDEST, NARROWEST, PLACES = 1_200, 120, 12_000_000
#: A word is rare that stands in no more sentences than this on either side.
RARE = 4
#: A point counts only with another one as near as this on the chain.
NEAR = 20


def whole(n: int, m: int) -> bool:
    return n * m <= WHOLE


def around(points: Sequence[Point], n: int, m: int, margin: int) -> Corridor:
    """The corridor around the points, which rise on both sides; it joins (0, 0) and (n, m)."""
    known = np.array([(0, 0), *points, (n, m)], dtype=np.int64)
    rows = np.arange(n + 1)
    before = np.maximum(np.searchsorted(known[:, 0], rows - margin, side="left") - 1, 0)
    after = np.minimum(np.searchsorted(known[:, 0], rows + margin, side="right"), len(known) - 1)
    low, high = known[before, 1] - margin, known[after, 1] + margin
    middle = np.interp(rows, known[:, 0], known[:, 1]).astype(np.int64)
    half = min(WIDEST, max(NARROWEST, PLACES // (n + 1))) // 2
    low = np.clip(np.maximum(low, middle - half), 0, m)
    high = np.clip(np.minimum(high, middle + half), 0, m)
    low[0], high[-1] = 0, m
    low, high = np.maximum.accumulate(low), np.maximum.accumulate(high)
    high[:-1] = np.maximum(high[:-1], low[1:])  # each row is reached from the one above
    return Corridor(low, high)


def rare_matches(lexical: Lexical, top: int, bottom: int, left: int, right: int) -> list[Point]:
    """Points of the rectangle where rare words meet, the weightiest chain of them that rises."""
    en, table = lexical.en, lexical.strict.from_zh
    columns, others = _once(en.between((left, right)), en.vocabulary)
    in_en = np.bincount(others, minlength=en.vocabulary)
    rare = (in_en > 0) & (in_en <= RARE)
    rows, types = _once(lexical.zh.expand((top, bottom), table, rare)[:2], en.vocabulary)
    in_zh = np.bincount(types, minlength=en.vocabulary)
    rare &= in_zh <= RARE
    rows, types = rows[rare[types]], types[rare[types]]
    columns, others = columns[rare[others]], others[rare[others]]
    order = np.argsort(others, kind="stable")
    columns, others = columns[order], others[order]
    first, last = np.searchsorted(others, types), np.searchsorted(others, types, side="right")
    weights: dict[Point, float] = {}
    for i, t, a, b in zip(
        rows.tolist(), types.tolist(), first.tolist(), last.tolist(), strict=True
    ):
        for j in columns[a:b].tolist():
            weights[i, j] = weights.get((i, j), 0.0) + 1.0 / (in_zh[t] * in_en[t])
    return _supported(_heaviest_chain(weights, right - left))


def _once(placed: tuple[np.ndarray, np.ndarray], vocabulary: int) -> tuple[np.ndarray, np.ndarray]:
    """The (sentence, type) pairs, each once."""
    keys = distinct(placed[0] * vocabulary + placed[1])
    return keys // vocabulary, keys % vocabulary


def _heaviest_chain(weights: dict[Point, float], width: int) -> list[Point]:
    """The rising chain with the greatest sum, by a tree of prefix maxima over the columns."""
    tree: list[tuple[float, int]] = [(0.0, -1)] * (width + 1)
    points = sorted(weights, key=lambda point: (point[0], -point[1]))
    came_from = []
    for k, (i, j) in enumerate(points):
        best, at = (0.0, -1), j
        while at > 0:
            best = max(best, tree[at])
            at -= at & -at
        came_from.append(best[1])
        here = (best[0] + weights[i, j], k)
        at = j + 1
        while at <= width:
            if tree[at] < here:
                tree[at] = here
            at += at & -at
    k = max(tree, default=(0.0, -1))[1] if points else -1
    chain = []
    while k >= 0:
        chain.append(points[k])
        k = came_from[k]
    return chain[::-1]


def _supported(chain: Sequence[Point]) -> list[Point]:
    """The chain without points that stand alone: those may be chance."""

    def near(a: Point, b: Point) -> bool:
        return abs(a[0] - b[0]) <= NEAR and abs(a[1] - b[1]) <= 2 * NEAR

    return [
        point
        for k, point in enumerate(chain)
        if any(0 <= o < len(chain) and near(point, chain[o]) for o in (k - 1, k + 1))
    ]


def along_path(steps: Iterable[tuple[int, int]]) -> list[Point]:
    """The points that a path of (Chinese, English) steps runs through."""
    i = j = 0
    points = []
    for a, b in steps:
        i, j = i + a, j + b
        points.append((i, j))
    return points
