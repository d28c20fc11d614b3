"""The sentences of a scorer, and what is known of them -> the most probable beads.

`score.py` says what a bead is worth, `lattice.py` finds the path.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from bitext.align.confidence import Judge, of_beads
from bitext.align.corridor import MARGIN, NEAR_PATH, along_path, around, rare_matches, whole
from bitext.align.evidence import MOST_EN, MOST_ZH
from bitext.align.lattice import UNIT, Corridor, Grid, Lattice, Places, Step, best_path
from bitext.align.layout import Layout, Starts
from bitext.align.learn import FEWEST, learn_words
from bitext.align.score import Scorer
from bitext.align.weights import FIRST, SECOND
from bitext.model import Bead


def solve_beads(
    scorer: Scorer, layout: Layout, anchors: Collection[tuple[int, int]] = ()
) -> list[Bead]:
    """The beads of the scorer's sentences, each with its confidence as posterior."""
    steps, _, first = solve(scorer, layout, anchors)
    beads = list(beads_of(steps))
    return _with(beads, of_beads(Judge(scorer), beads, first))


def _with(beads: Iterable[Bead], confidences: np.ndarray) -> list[Bead]:
    return [replace(b, posterior=p) for b, p in zip(beads, confidences.tolist(), strict=True)]


def beads_of(steps: Iterable[Step]) -> Iterator[Bead]:
    i = j = 0
    for step in steps:
        yield Bead((i, i + step.zh), (j, j + step.en), step.posterior)
        i, j = i + step.zh, j + step.en


def solve(
    scorer: Scorer,
    layout: Layout,
    anchors: Collection[tuple[int, int]] = (),
    watch: Collection[int] = (),
) -> tuple[list[Step], Places, set[tuple[int, int]]]:
    """The path from corner to corner; what was asked of the watched rows; the first pass' places.

    `watch`: the Chinese boundaries of which it is told how probably each English one meets them. A
    text of some length is gone through twice: the first path shows where to look more closely, and
    teaches the document's own words.
    """
    corners = [(0, 0), *_monotone(anchors, scorer.n, scorer.m), (scorer.n, scorer.m)]
    if min(scorer.n, scorer.m) < FEWEST and whole(scorer.n, scorer.m):
        return *_go(scorer.weigh(SECOND, {}), layout, corners, (), watch), set()
    steps, _ = _go(scorer.weigh(FIRST), layout, corners, None, ())
    path = along_path((s.zh, s.en) for s in steps)
    learned = learn_words(scorer.lexical, list(beads_of(steps)))
    found = _go(scorer.weigh(SECOND, learned), layout, corners, path, watch)
    return *found, {*path, (0, 0)} if path else set()


def _go(
    scorer: Scorer,
    layout: Layout,
    corners: Sequence[tuple[int, int]],
    path: Sequence[tuple[int, int]] | None,
    watch: Collection[int],
) -> tuple[list[Step], Places]:
    """One pass, through each rectangle between two corners, near the path where one is known."""
    steps: list[Step] = []
    places: Places = {}
    for (top, left), (bottom, right) in pairwise(corners):
        corridor = _corridor(scorer, (top, bottom), (left, right), path)
        grid = _grid(scorer, layout, (top, left), corridor)
        if path is None:
            steps += best_path(grid)
            continue
        part, found = Lattice(grid).solve({i - top for i in watch if top <= i <= bottom})
        steps += part
        places |= {i + top: (first + left, shares) for i, (first, shares) in found.items()}
    return steps, places


def _corridor(
    scorer: Scorer,
    rows: tuple[int, int],
    columns: tuple[int, int],
    path: Sequence[tuple[int, int]] | None,
) -> Corridor:
    """The part of a rectangle through which paths may run: all of it, if it is small."""
    (top, bottom), (left, right) = rows, columns
    n, m = bottom - top, right - left
    if whole(n, m):
        return Corridor.whole(n, m)
    if path is None:
        points = rare_matches(scorer.lexical, top, bottom, left, right)
        return around(points, n, m, MARGIN)
    inside = [(i - top, j - left) for i, j in path if top < i < bottom and left <= j <= right]
    return around(inside, n, m, NEAR_PATH)


def probability(places: Places, i: int, j: int) -> float:
    """How probable it is that the boundaries i and j meet."""
    first, shares = places[i]
    return int(shares[j - first]) / UNIT if 0 <= j - first < len(shares) else 0.0


def _monotone(anchors: Collection[tuple[int, int]], n: int, m: int) -> list[tuple[int, int]]:
    """The anchors in order, without those that contradict an earlier one."""
    kept = [(0, 0)]
    for i, j in sorted(set(anchors)):
        if kept[-1][0] <= i <= n and kept[-1][1] <= j <= m and (i, j) not in ((0, 0), (n, m)):
            kept.append((i, j))
    return kept[1:]


def _grid(scorer: Scorer, layout: Layout, corner: tuple[int, int], corridor: Corridor) -> Grid:
    """The rectangle as a grid of its own, with the layout's costs added to the scores."""
    top, left = corner
    n, m = len(corridor.low) - 1, int(corridor.high[-1])
    bottom, right = top + n, left + m
    part = layout.part(slice(top, bottom + 1), slice(left, right + 1))
    across_zh = [part.crossed("zh", size) for size in range(1, MOST_ZH + 1)]
    across_en = [part.crossed("en", size) for size in range(1, MOST_EN + 1)]
    skip_zh = scorer.skip_zh[top:bottom] - part.lone
    skip_en = scorer.skip_en[left:right] - part.lone
    along = np.concatenate([[0.0], np.cumsum(skip_en)])
    along_inside = along - np.cumsum(np.where(np.arange(m + 1) > 0, part.ends_en, 0.0))
    starts = layout.starts.get(corner)
    ends = np.flatnonzero(part.ends_zh), np.flatnonzero(part.ends_en)

    def beads(first: int, last: int, low: int, high: int) -> np.ndarray:
        scores = scorer.block(top + first, top + last, left + low, left + high)
        scores = _inside(scores, first, low)
        rows, columns = slice(first + 1, last + 1), slice(low, high + 1)
        scores += part.arriving(rows, columns)[:, None, None, :]
        for a in range(MOST_ZH):
            scores[:, a] += across_zh[a][rows, None, None]
        for b in range(MOST_EN):
            scores[:, :, b] += across_en[b][None, None, columns]
        if starts:
            _add_starts(scores, starts, ends, (first, last, low, high))
        return scores

    def down(i: int) -> np.ndarray:
        if part.ends_zh[i]:
            return skip_zh[i - 1] - np.where(part.ends_en > 0, 0.0, part.ends_zh[i])
        return np.broadcast_to(skip_zh[i - 1], m + 1)  # takes no room, however long the row

    def along_row(i: int) -> np.ndarray:
        return along if part.ends_zh[i] else along_inside

    return Grid(corridor, beads, down, along_row)


def _add_starts(
    scores: np.ndarray, starts: Starts, ends: tuple[np.ndarray, np.ndarray],
    span: tuple[int, int, int, int],
) -> None:  # fmt: skip
    """Add what it is worth that beads begin where paragraphs do, on both sides."""
    first, last, low, high = span
    rows, columns = (
        some[slice(*np.searchsorted(some, edges))]
        for some, edges in zip(
            ends, ((first + 1 - MOST_ZH, last), (low - MOST_EN, high)), strict=True
        )
    )
    worth = starts(rows, columns)
    if not worth.any():
        return
    for a in range(1, MOST_ZH + 1):
        i = rows + a - first - 1
        down = (i >= 0) & (i < last - first)
        for b in range(1, MOST_EN + 1):
            j = columns + b - low
            right = (j >= 0) & (j <= high - low)
            scores[i[down][:, None], a - 1, b - 1, j[right][None, :]] += worth[down][:, right]


def _inside(scores: np.ndarray, first: int, low: int) -> np.ndarray:
    """Without the beads that would begin before the rectangle does."""
    for a in range(1, MOST_ZH):
        scores[: max(0, a - first), a] = -np.inf
    for b in range(1, MOST_EN):
        scores[:, :, b, : max(0, b + 1 - low)] = -np.inf
    scores[:, :, 0, : max(0, 1 - low)] = -np.inf
    return scores
