"""Scores of beads -> the alignment, and how probable each of its beads is.

A path through the grid of (Chinese, English) boundaries is an alignment. The forward–backward pass
sums over all paths; the alignment taken is the path whose beads are together the most probable,
which is right more often than the single most probable path. Long texts are computed in bands of
rows, each over the columns that the path can reach.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import as_strided

from bitext.align.evidence import MOST_EN, MOST_ZH

#: Posteriors are whole ten-thousandths, so that the choice between paths is made on integers.
UNIT = 10_000
#: A bead is worth taking from this probability on; otherwise fewer and larger ones are taken.
WORTH = 4_500
#: The most cells of scores that one band of rows may have, and that are kept for the way back.
BAND_CELLS, KEPT_CELLS = 1 << 20, 1 << 23
#: How a path leaves a place: by a bead (a - 1) * MOST_EN + b - 1, down, along.
DOWN, ALONG = MOST_ZH * MOST_EN, MOST_ZH * MOST_EN + 1


@dataclass(frozen=True, slots=True)
class Corridor:
    """The columns low[i]..high[i] that the path may meet in row i; neither ever falls."""

    low: np.ndarray
    high: np.ndarray

    @classmethod
    def whole(cls, n: int, m: int) -> Corridor:
        return cls(np.zeros(n + 1, np.int64), np.full(n + 1, m, np.int64))


@dataclass(frozen=True, slots=True)
class Grid:
    """What the paths are made of.

    `beads(top, bottom, left, right)`: as Scorer.block. `down(i)`: what it costs to step from row
    i - 1 to i, an unpaired Chinese sentence, at each column. `along(i)`: the same for unpaired
    English in row i, summed up from column 0 on.
    """

    corridor: Corridor
    beads: Callable[[int, int, int, int], np.ndarray]
    down: Callable[[int], np.ndarray]
    along: Callable[[int], np.ndarray]


@dataclass(frozen=True, slots=True)
class Step:
    """A bead of the path: so many Chinese and English sentences, and its posterior."""

    zh: int
    en: int
    posterior: float


@dataclass(frozen=True, slots=True)
class Band:
    """Rows top + 1..bottom of the grid over the columns left..right."""

    top: int
    bottom: int
    left: int
    right: int

    @property
    def width(self) -> int:
        return self.right - self.left + 1


#: Row -> (its first column; how probable it is, in UNITs, that the path meets this column and those
#: after it).
Places = dict[int, tuple[int, np.ndarray]]


def cut_bands(corridor: Corridor, rows: int = 32) -> list[Band]:
    """The grid cut into bands of rows, none with too many cells; row 0 belongs to none."""
    bands, top, last = [], 0, len(corridor.low) - 1
    while top < last:
        height = min(rows, last - top)
        left = int(corridor.low[max(0, top + 1 - MOST_ZH)])
        while (
            height > 1 and height * (int(corridor.high[top + height]) - left) * ALONG > BAND_CELLS
        ):
            height //= 2
        bands.append(Band(top, top + height, left, int(corridor.high[top + height])))
        top += height
    return bands


class Rows:
    """What the backward pass knows of the rows of one band and of the MOST_ZH rows above it.

    Row r is grid row band.top + 1 - MOST_ZH + r. `sum`: of all paths to the end; `best`: the worth
    of the best of them, a whole number; `how`, `share`: how that one leaves the place, and how
    probable the step is. The first two have room to the right for beads that would end beyond it.
    """

    def __init__(self, band: Band):
        shape = (MOST_ZH + band.bottom - band.top, band.width)
        self.band = band
        self.sum = np.full((shape[0], shape[1] + MOST_EN), -np.inf)
        self.best = np.full((shape[0], shape[1] + MOST_EN), -np.inf)
        self.how = np.zeros(shape, np.uint8)
        self.share = np.zeros(shape, np.int16)

    def above(self, band: Band) -> Rows:
        """The rows of the band above, with what this band has already told of them."""
        rows = Rows(band)
        start = self.band.left - band.left
        stop = min(band.width, start + self.band.width)
        for mine, theirs in (
            (rows.sum, self.sum), (rows.best, self.best), (rows.how, self.how), (rows.share, self.share),
        ):  # fmt: skip
            mine[-MOST_ZH:, start:stop] = theirs[:MOST_ZH, : stop - start]
        return rows

    def finish(self) -> None:
        """Let go of what only the way back needed."""
        self.sum = self.best = np.zeros((0, 0))

    def offer(self, row: int, worth: np.ndarray, how: np.ndarray | int, share: np.ndarray) -> None:
        """Take the step wherever it is worth more than what was known."""
        best = self.best[row, : self.band.width]
        better = worth > best
        np.copyto(best, worth, where=better)
        np.copyto(self.how[row], np.asarray(how, np.uint8), where=better)
        np.copyto(self.share[row], share.astype(np.int16), where=better)

    def offer_along(self, row: int, share: np.ndarray) -> None:
        """Let paths step along the row; share[j] is how probable the step from j to j + 1 is."""
        run = np.zeros(self.band.width)
        run[:-1] = np.cumsum((share - WORTH)[::-1])[::-1]
        best = self.best[row, : self.band.width]
        reach = np.maximum.accumulate((best - run)[::-1])[::-1] + run
        self.offer(row, reach, ALONG, np.append(share, 0))


#: The ways to leave a place, as `Rows.how` names them, in the order in which they are weighed: of
#: steps that are worth the same the first is taken.
LEAVING = np.array(
    [
        (a - 1) * MOST_EN + b - 1 if a else DOWN
        for a in (*range(MOST_ZH, 1, -1), 0, 1)
        for b in range(1, MOST_EN + 1 if a else 2)
    ],
    np.uint8,
)


class Lattice:
    """The sums over all paths of one grid, first forward; `solve` goes back, once."""

    def __init__(self, grid: Grid):
        self.grid = grid
        self.bands = cut_bands(grid.corridor)
        self._kept: dict[Band, tuple[np.ndarray, np.ndarray]] = {}
        self._room = KEPT_CELLS
        self._run_forward()

    def _scores(self, band: Band) -> np.ndarray:
        """The band's scores, kept for the way back while there is room."""
        scores = self.grid.beads(band.top, band.bottom, band.left, band.right)
        shapes = np.isfinite(scores).any(axis=(0, 3))  # a fourth of the beads is never allowed
        kept = scores[:, shapes]
        if kept.size <= self._room:
            self._room -= kept.size
            self._kept[band] = shapes, kept
        return scores

    def _scores_again(self, band: Band) -> np.ndarray:
        """The band's scores, with room for MOST_EN more columns to the right."""
        shape = (band.bottom - band.top, MOST_ZH, MOST_EN, band.width + MOST_EN)
        scores = np.full(shape, -np.inf)
        if band in self._kept:
            shapes, kept = self._kept.pop(band)
            scores[..., : band.width][:, shapes] = kept
        else:
            scores[..., : band.width] = self.grid.beads(
                band.top, band.bottom, band.left, band.right
            )
        return scores

    def _run_forward(self) -> None:
        """self.tables: the sums for each band, with the MOST_ZH rows above it and room to the left."""
        self.first_row = self.grid.along(0).astype(float)
        above, left = self.first_row[None, :], 0
        self.tables: list[np.ndarray] = []
        for band in self.bands:
            table = _table(band, above, left)
            scores = self._scores(band)
            for row in range(MOST_ZH, len(table)):
                i = band.top + 1 + row - MOST_ZH
                into = _starts(table, row) + scores[row - MOST_ZH]
                here = np.logaddexp(
                    _log_sum(into.reshape(-1, band.width)),
                    table[row - 1, MOST_EN:] + self.grid.down(i)[band.left : band.right + 1],
                )
                cost = self.grid.along(i)[band.left : band.right + 1]
                table[row, MOST_EN:] = np.logaddexp.accumulate(here - cost) + cost
            self.tables.append(table)
            above, left = table[-MOST_ZH:, MOST_EN:], band.left
        self.total = float(above[-1, -1])

    def solve(self, watch: Collection[int] = ()) -> tuple[list[Step], Places]:
        """The steps of the best path; and for each watched row where the paths cross it."""
        places: Places = {}
        chosen: list[Rows] = []
        m = int(self.grid.corridor.high[-1])
        end = Band(-1, 0, 0, m) if not self.bands else self.bands[-1]
        rows = Rows(end)
        rows.sum[-1, end.width - 1] = rows.best[-1, end.width - 1] = 0
        for k in range(len(self.bands) - 1, -1, -1):
            if k < len(self.bands) - 1:
                rows = rows.above(self.bands[k])
            self._go_back(k, rows, watch, places)
            self.tables.pop()
            chosen.append(rows)
            if len(chosen) > 1:
                chosen[-2].finish()  # all that it told the band above has been taken over
        first = MOST_ZH - 1 if self.bands else MOST_ZH
        self._along_row(rows, first, 0, self.first_row[: rows.band.width], watch, places)
        chosen.append(rows)
        return self._trace(chosen[::-1], first), places

    def _go_back(self, k: int, rows: Rows, watch: Collection[int], places: Places) -> None:
        """Fill the band's rows; tell those above it of the beads that end in the band."""
        band, table = self.bands[k], self.tables[-1]
        scores = self._scores_again(band)
        for row in range(len(table) - 1, -1, -1):
            i = band.top + 1 + row - MOST_ZH
            if i >= 0 and row + 1 < len(table):
                self._leave(rows, row, scores, table[row, MOST_EN:])
            if row >= MOST_ZH:
                self._along_row(rows, row, i, table[row, MOST_EN:], watch, places)

    def _leave(self, rows: Rows, row: int, scores: np.ndarray, forward: np.ndarray) -> None:
        """Weigh the steps that leave a row and end in the band: beads, and a Chinese sentence alone."""
        width = rows.band.width
        first, last = max(1, MOST_ZH - row), min(MOST_ZH, len(rows.sum) - 1 - row)
        sums = np.empty((len(LEAVING), width))  # over the paths that take each step
        worth = np.empty((len(LEAVING), width))
        start = at = MOST_EN * (MOST_ZH - last)
        for a in range(last, first - 1, -1):
            if a == 1:
                i = rows.band.top + 2 + row - MOST_ZH
                down = self.grid.down(i)[rows.band.left : rows.band.right + 1]
                np.add(down, rows.sum[row + 1, :width], out=sums[at])
                worth[at] = rows.best[row + 1, :width]
                at += 1
            into = slice(at, at + MOST_EN)
            np.add(
                _shifted(scores[row + a - MOST_ZH, a - 1]),
                _shifted(rows.sum[row + a]),
                out=sums[into],
            )
            worth[into] = _shifted(rows.best[row + a])
            at += MOST_EN
        sums, worth = sums[start:at], worth[start:at]
        top = sums.max(axis=0)
        top[np.isneginf(top)] = 0.0
        sums -= top
        never = np.isneginf(sums)
        share = np.exp(sums, out=sums)
        with np.errstate(divide="ignore"):
            whole = np.log(share.sum(axis=0)) + top
        share *= UNIT * np.exp(np.minimum(top + forward - self.total, 0.0))
        np.rint(share, out=share)
        worth += share
        worth -= WORTH
        worth[never] = -np.inf
        best = np.argmax(worth, axis=0)
        place = best * width + np.arange(width)
        here = rows.sum[row, :width]
        np.logaddexp(here, whole, out=here)
        rows.offer(row, worth.take(place), LEAVING[start + best], share.take(place))

    def _along_row(self, rows, row, i, forward, watch, places) -> None:
        """Unpaired English, within row i; from then on the row is complete."""
        left, width = rows.band.left, rows.band.width
        cost = self.grid.along(i)[left : left + width]
        back = rows.sum[row, :width]
        back[:] = np.logaddexp.accumulate((back + cost)[::-1])[::-1] - cost
        rows.offer_along(row, self._share(forward[:-1] + np.diff(cost) + back[1:]))
        if i in watch:
            places[i] = (left, self._share(forward + back).astype(np.int16))

    def _share(self, log_sum: np.ndarray) -> np.ndarray:
        """The posterior as whole UNITs."""
        return np.rint(np.exp(np.minimum(log_sum - self.total, 0.0)) * UNIT)

    def _trace(self, chosen: list[Rows], first: int) -> list[Step]:
        """`chosen[0]` holds row 0 at `first`, then there is one Rows for each band."""
        steps, i, j, k = [], 0, 0, 0
        end = (len(self.grid.corridor.low) - 1, int(self.grid.corridor.high[-1]))
        while (i, j) != end:
            while i and i > self.bands[k].bottom:
                k += 1
            rows = chosen[k + 1] if i else chosen[0]
            at = (i - rows.band.top - 1 + MOST_ZH if i else first, j - rows.band.left)
            how = int(rows.how[at])
            a, b = _step(how)
            steps.append(Step(a, b, int(rows.share[at]) / UNIT))
            i, j = i + a, j + b
        return steps


def best_path(grid: Grid) -> list[Step]:
    """The steps of the single most probable path, without posteriors: much quicker."""
    above, left = grid.along(0).astype(float)[None, :], 0
    bands, ways = cut_bands(grid.corridor), []
    for band in bands:
        table = _table(band, above, left)
        scores = grid.beads(band.top, band.bottom, band.left, band.right)
        how = np.zeros((len(scores), band.width), np.uint8)
        for row in range(MOST_ZH, len(table)):
            i = band.top + 1 + row - MOST_ZH
            choices = np.concatenate(
                [
                    (_starts(table, row) + scores[row - MOST_ZH]).reshape(-1, band.width),
                    (table[row - 1, MOST_EN:] + grid.down(i)[band.left : band.right + 1])[None],
                ]
            )
            how[row - MOST_ZH] = best = np.argmax(choices, axis=0)
            here = np.take_along_axis(choices, best[None], axis=0)[0]
            cost = grid.along(i)[band.left : band.right + 1]
            run = here - cost
            reach = np.maximum.accumulate(run)
            how[row - MOST_ZH][reach > run] = ALONG
            table[row, MOST_EN:] = reach + cost
        ways.append(how)
        above, left = table[-MOST_ZH:, MOST_EN:], band.left
    return _trace_back(grid.corridor, bands, ways)


def _trace_back(corridor: Corridor, bands: list[Band], ways: list[np.ndarray]) -> list[Step]:
    i, j, k = len(corridor.low) - 1, int(corridor.high[-1]), len(bands) - 1
    steps = []
    while i or j:
        while i and i <= bands[k].top:
            k -= 1
        how = int(ways[k][i - bands[k].top - 1, j - bands[k].left]) if i else ALONG
        a, b = _step(how)
        steps.append(Step(a, b, 0.0))
        i, j = i - a, j - b
    return steps[::-1]


def _step(how: int) -> tuple[int, int]:
    return {DOWN: (1, 0), ALONG: (0, 1)}.get(how, (how // MOST_EN + 1, how % MOST_EN + 1))


def _table(band: Band, above: np.ndarray, left: int) -> np.ndarray:
    """Room for the sums of a band's rows, below the rows above it, with room to the left."""
    table = np.full((MOST_ZH + band.bottom - band.top, MOST_EN + band.width), -np.inf)
    piece = above[-MOST_ZH:, band.left - left :][:, : band.width]
    table[MOST_ZH - len(piece) : MOST_ZH, MOST_EN : MOST_EN + piece.shape[1]] = piece
    return table


def _log_sum(values: np.ndarray) -> np.ndarray:
    """log(sum(exp(values))) over the first axis, -inf where there is nothing."""
    top = values.max(axis=0)
    top[np.isneginf(top)] = 0.0
    with np.errstate(divide="ignore"):
        return np.log(np.exp(values - top).sum(axis=0)) + top


def _starts(table: np.ndarray, row: int) -> np.ndarray:
    """A view [a - 1, b - 1, j] of the sums where the beads start that end in this row at j."""
    down, right = table.strides
    shape = (MOST_ZH, MOST_EN, table.shape[1] - MOST_EN)
    return as_strided(table[row - 1, MOST_EN - 1 :], shape, (-down, -right, right), writeable=False)


def _shifted(ends: np.ndarray) -> np.ndarray:
    """A view [b - 1, j] of values [b - 1, j + b] or [j + b]: from where beads end to their start.

    The values have room for MOST_EN more columns.
    """
    right = ends.strides[-1]
    down = ends.strides[0] + right if ends.ndim > 1 else right
    shape = (MOST_EN, ends.shape[-1] - MOST_EN)
    return as_strided(ends[..., 1:], shape, (down, right), writeable=False)
