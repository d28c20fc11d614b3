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
NEVER = -(1 << 60)


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


#: Row -> (its first column, how probable it is that the path meets this column and those after it).
Places = dict[int, tuple[int, np.ndarray]]


def cut_bands(corridor: Corridor, rows: int = 64) -> list[Band]:
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
    of the best of them; `how`, `share`: how that one leaves the place, and how probable the step is.
    """

    def __init__(self, band: Band):
        shape = (MOST_ZH + band.bottom - band.top, band.width)
        self.band = band
        self.sum = np.full(shape, -np.inf)
        self.best = np.full(shape, NEVER, np.int64)
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
        better = worth > self.best[row]
        np.copyto(self.best[row], worth, where=better)
        np.copyto(self.how[row], np.asarray(how, np.uint8), where=better)
        np.copyto(self.share[row], share.astype(np.int16), where=better)

    def offer_along(self, row: int, share: np.ndarray) -> None:
        """Let paths step along the row; share[j] is how probable the step from j to j + 1 is."""
        run = np.zeros(self.band.width, np.int64)
        run[:-1] = np.cumsum((share - WORTH)[::-1])[::-1]
        reach = np.maximum.accumulate((self.best[row] - run)[::-1])[::-1] + run
        self.offer(row, reach, ALONG, np.append(share, 0))


class Lattice:
    """The sums over all paths of one grid, first forward; `solve` goes back."""

    def __init__(self, grid: Grid):
        self.grid = grid
        self.bands = cut_bands(grid.corridor)
        self._kept: dict[Band, np.ndarray] = {}
        self._room = KEPT_CELLS
        self._run_forward()

    def _scores(self, band: Band) -> np.ndarray:
        """The band's scores, kept for the way back while there is room."""
        if band in self._kept:
            return self._kept[band]
        scores = self.grid.beads(band.top, band.bottom, band.left, band.right)
        if scores.size <= self._room:
            self._room -= scores.size
            self._kept[band] = scores
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
        rows.sum[-1, -1] = rows.best[-1, -1] = 0
        for k in range(len(self.bands) - 1, -1, -1):
            if k < len(self.bands) - 1:
                rows = rows.above(self.bands[k])
            self._go_back(k, rows, watch, places)
            chosen.append(rows)
            if len(chosen) > 1:
                chosen[-2].finish()  # all that it told the band above has been taken over
        first = MOST_ZH - 1 if self.bands else MOST_ZH
        self._along_row(rows, first, 0, self.first_row[: rows.band.width], watch, places)
        chosen.append(rows)
        return self._trace(chosen[::-1], first), places

    def _go_back(self, k: int, rows: Rows, watch: Collection[int], places: Places) -> None:
        band, table, scores = self.bands[k], self.tables[k], self._scores(self.bands[k])
        for row in range(len(table) - 1, MOST_ZH - 1, -1):
            i = band.top + 1 + row - MOST_ZH
            self._along_row(rows, row, i, table[row, MOST_EN:], watch, places)
            back, best = rows.sum[row], rows.best[row]
            # an unpaired Chinese sentence
            down = self.grid.down(i)[band.left : band.right + 1]
            share = self._share(table[row - 1, MOST_EN:] + down + back)
            np.logaddexp(rows.sum[row - 1], back + down, out=rows.sum[row - 1])
            rows.offer(row - 1, best + share - WORTH, DOWN, share)
            # beads, seen from where they start
            after = np.full((MOST_ZH, MOST_EN, band.width + MOST_EN), -np.inf)
            after[:, :, : band.width] = scores[row - MOST_ZH] + back
            worth = np.full((MOST_EN, band.width + MOST_EN), NEVER, np.int64)
            worth[:, : band.width] = best
            after, worth = _from_starts(after), _from_starts(worth[None])
            starts = table[row - MOST_ZH : row][::-1, MOST_EN:]
            share = self._share(after + starts[:, None, :])
            value = np.where(np.isneginf(after), NEVER, worth + share - WORTH)
            best_b = np.argmax(value, axis=1)
            value = np.take_along_axis(value, best_b[:, None], axis=1)[:, 0]
            share = np.take_along_axis(share, best_b[:, None], axis=1)[:, 0]
            sums = _log_sum(after.swapaxes(0, 1))
            above = slice(row - MOST_ZH, row)
            rows.sum[above] = np.logaddexp(rows.sum[above], sums[::-1])
            for a in range(MOST_ZH):
                rows.offer(row - 1 - a, value[a], a * MOST_EN + best_b[a], share[a])

    def _along_row(self, rows, row, i, forward, watch, places) -> None:
        """Unpaired English, within row i; from then on the row is complete."""
        left = rows.band.left
        cost = self.grid.along(i)[left : left + rows.band.width]
        back = np.logaddexp.accumulate((rows.sum[row] + cost)[::-1])[::-1] - cost
        rows.sum[row] = back
        rows.offer_along(row, self._share(forward[:-1] + np.diff(cost) + back[1:]))
        if i in watch:
            places[i] = (left, self._share(forward + back) / UNIT)

    def _share(self, log_sum: np.ndarray) -> np.ndarray:
        """The posterior as whole UNITs."""
        return np.rint(np.exp(np.minimum(log_sum - self.total, 0.0)) * UNIT).astype(np.int64)

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


def _from_starts(ends: np.ndarray) -> np.ndarray:
    """A view [a, b - 1, j] of values [a, b - 1, j + b]: from where a bead ends to where it starts."""
    a, b, j = ends.strides
    shape = (ends.shape[0], MOST_EN, ends.shape[2] - MOST_EN)
    return as_strided(ends[:, :, 1:], shape, (a, b + j, j), writeable=False)
