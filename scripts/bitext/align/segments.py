"""Sentences or paragraphs of both languages -> the beads that pair them, each with its confidence.

Structure comes before statistics: the caller's walls, anchors and paragraphs bound what the scores
may do. `score.py` says what a bead is worth, `lattice.py` finds the path.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from bitext.align.confidence import CUT_SHORT, Judge, cap_unpaired, of_beads, of_breaks
from bitext.align.corridor import MARGIN, NEAR_PATH, along_path, around, rare_matches, whole
from bitext.align.embed import encoder
from bitext.align.evidence import MOST_EN, MOST_ZH
from bitext.align.lattice import UNIT, Corridor, Grid, Lattice, Places, Step, best_path
from bitext.align.learn import FEWEST, learn_words
from bitext.align.lexicon import Candidates
from bitext.align.score import Scorer
from bitext.align.weights import FIRST, SECOND, WITH_VECTORS
from bitext.model import Bead, SentenceBead
from bitext.text.cutting import (
    open_marks,
    split_after_marks,
    split_at_toss_ups,
    split_finely,
)
from bitext.text.sentences import Sentence, split_sentences

#: How often a true break between paragraphs, and any other boundary, has lost its white space.
GLUED_BREAK, GLUED_OTHER = 0.55, 0.02
#: What a break is worth where it is a toss-up whether a sentence ends at all.
WEAK_BREAK = -3.0
#: What it costs when a paragraph ends on one side only; when that may never be.
LONE_END, NEVER = 3.0, 60.0
#: A paragraph that ends on one of these may stand beside a mere clause.
OPEN_ENDS = frozenset("；;，,：:、")


@dataclass(frozen=True, slots=True)
class Cut:
    """Where one paragraph of a blob ends: at `offset`; `glued`: no white space stood there."""

    offset: int
    posterior: float
    glued: bool


@dataclass(frozen=True, slots=True)
class Structure:
    """What is known of the paragraphs of a region besides their words.

    `match(i, j)`: what it is worth, for arrays of Chinese and of English paragraphs, that two of
    them begin in one bead; `lone_*`: what it costs, for each paragraph, that it begins inside a
    paragraph of the other side; `whole_*`: which are neither cut nor joined, as a heading is.
    """

    match: Callable[[np.ndarray, np.ndarray], np.ndarray]
    lone_zh: np.ndarray
    lone_en: np.ndarray
    whole_zh: np.ndarray
    whole_en: np.ndarray

    @classmethod
    def none(cls, n: int, m: int) -> Structure:
        return cls(
            lambda i, j: np.zeros((len(i), len(j))),
            np.full(n, LONE_END), np.full(m, LONE_END), np.zeros(n, bool), np.zeros(m, bool),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Region:
    """Paragraphs of both languages between which nothing is known but their order and structure."""

    zh: Sequence[str]
    en: Sequence[str]
    structure: Structure


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


def align_segments(
    zh: Sequence[str],
    en: Sequence[str],
    *,
    zh_walls: Collection[int] = (),
    en_walls: Collection[int] = (),
    zh_glued: Collection[int] = (),
    en_glued: Collection[int] = (),
    anchors: Collection[tuple[int, int]] = (),
    embed: bool = False,
) -> list[Bead]:
    """The beads of two lists of segments: they cover every segment of both sides once, in order.

    A wall at k forbids beads across the boundary before segment k; an anchor (i, j) makes the two
    boundaries meet; `glued` names the boundaries at which white space is missing. With `embed` the
    optional encoder is asked too, where it is installed.
    """
    layout = Layout.plain(len(zh), len(en))
    for flags, indexes, texts in ((layout.walls_zh, zh_walls, zh), (layout.walls_en, en_walls, en)):
        blank = [k + side for k, text in enumerate(texts) if not text.strip() for side in (0, 1)]
        flags[[k for k in (*indexes, *blank) if 0 < k < len(flags) - 1]] = True
    layout.glue_en[:] = _glue(len(en), en_glued, len(zh_walls))
    layout.glue_zh[:] = _glue(len(zh), zh_glued, len(en_walls))
    scorer = Scorer(zh, en, encoder() if embed else None)
    own, other = (
        frozenset(np.flatnonzero(flags).tolist()) for flags in (layout.walls_zh, layout.walls_en)
    )
    corners = frozenset(anchors)
    return cap_unpaired(_grown(scorer, solve_beads(scorer, layout, anchors), own, other, corners))


#: A bead is looked at that has so many sentences on a side, and whose lengths differ so much
#: (logarithmic): perhaps it goes on in what stands alone beside it.
LONG, TOO_SHORT = 4, 0.15


def _grown(
    scorer: Scorer, beads: Sequence[Bead], walls_zh: Collection[int], walls_en: Collection[int],
    anchors: Collection[tuple[int, int]],
) -> list[Bead]:  # fmt: skip
    """The beads, the largest with what stands alone beside them as long as that mends their lengths.

    The lattice has no larger beads; how sure such a one is is not known, so that it is not.
    """
    out: list[Bead] = []
    todo = list(beads)
    while todo:
        bead = todo.pop(0)
        for side, walls in (("zh", walls_zh), ("en", walls_en)):
            if _size(bead, side) < LONG or not _size(bead, _other(side)):
                continue
            off = _misfit(scorer, bead, side)
            while off < (0 if bead.posterior <= CUT_SHORT else -TOO_SHORT):
                ways = []
                if out and not _size(out[-1], _other(side)) and getattr(bead, side)[0] not in walls:
                    ways.append((_joined(out[-1], bead), True))
                if (
                    todo
                    and not _size(todo[0], _other(side))
                    and getattr(bead, side)[1] not in walls
                ):
                    ways.append((_joined(bead, todo[0]), False))
                mends = [
                    (abs(_misfit(scorer, made, side)), made, before) for made, before in ways
                    if not any(_inside_of(made, at) for at in anchors)
                ]  # fmt: skip
                if not mends or min(mends, key=lambda way: way[0])[0] >= -off:
                    break
                _, bead, before = min(mends, key=lambda way: way[0])
                (out if before else todo).pop(-1 if before else 0)
                off = _misfit(scorer, bead, side)
        out.append(bead)
    return out


def _other(side: str) -> str:
    return "en" if side == "zh" else "zh"


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
    longer = math.log((en + 10) / (zh * scorer.ratio + 10))
    return longer if side == "en" else -longer


def solve_beads(
    scorer: Scorer, layout: Layout, anchors: Collection[tuple[int, int]] = ()
) -> list[Bead]:
    """The beads of the scorer's sentences, each with its confidence as posterior."""
    steps, _, first = _solve(scorer, layout, anchors)
    beads = list(_beads(steps))
    return _with(beads, of_beads(Judge(scorer), beads, first))


def _with(beads: Iterable[Bead], confidences: np.ndarray) -> list[Bead]:
    return [replace(b, posterior=p) for b, p in zip(beads, confidences.tolist(), strict=True)]


def _glue(size: int, glued: Collection[int], breaks: int) -> np.ndarray:
    """What a break at each boundary is worth: missing white space marks a lost line break.

    Only where it is rare enough to mean that: in a text without any spaces it tells nothing.
    """
    value = np.zeros(size + 1)
    inner = [k for k in glued if 0 < k < size]
    if inner and breaks and len(inner) <= max(1, 1.6 * breaks):
        value[1:size] = math.log((1 - GLUED_BREAK) / (1 - GLUED_OTHER))
        value[inner] = math.log(GLUED_BREAK / GLUED_OTHER)
    return value


def _beads(steps: Iterable[Step]) -> Iterator[Bead]:
    i = j = 0
    for step in steps:
        yield Bead((i, i + step.zh), (j, j + step.en), step.posterior)
        i, j = i + step.zh, j + step.en


def _solve(
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
    path: Sequence[tuple[int, int]] = ()
    learned: Candidates = {}
    if min(scorer.n, scorer.m) >= FEWEST or not whole(scorer.n, scorer.m):
        steps, _ = _go(scorer.weigh(FIRST), layout, corners, None, ())
        path = along_path((s.zh, s.en) for s in steps)
        learned = learn_words(scorer.lexical, list(_beads(steps)))
    weights = WITH_VECTORS if scorer.vectors else SECOND
    return *_go(scorer.weigh(weights, learned), layout, corners, path, watch), {
        *path,
        (0, 0),
    } if path else set()


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
        n, m = bottom - top, right - left
        if whole(n, m):
            corridor = Corridor.whole(n, m)
        elif path is None:
            points = rare_matches(scorer.lexical, top, bottom, left, right)
            corridor = around(points, n, m, MARGIN)
        else:
            inside = [
                (i - top, j - left) for i, j in path if top < i < bottom and left <= j <= right
            ]
            corridor = around(inside, n, m, NEAR_PATH)
        grid = _grid(scorer, layout, (top, left), corridor)
        if path is None:
            steps += best_path(grid)
            continue
        part, found = Lattice(grid).solve({i - top for i in watch if top <= i <= bottom})
        steps += part
        places |= {i + top: (first + left, shares) for i, (first, shares) in found.items()}
    return steps, places


def _probability(places: Places, i: int, j: int) -> float:
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


# Paragraphs -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pieces:
    """Paragraphs cut into sentences; starts[p] sentences stand before paragraph p."""

    texts: list[str]
    spans: list[Sentence]  # each within its paragraph
    starts: list[int]  # one more than there are paragraphs
    lengths: list[int]  # of the paragraphs

    def flags(self) -> np.ndarray:
        """For each boundary between sentences, whether a paragraph ends there."""
        flags = np.zeros(len(self.texts) + 1, bool)
        flags[self.starts] = True
        return flags

    def is_end(self, k: int) -> bool:
        at = bisect_left(self.starts, k)
        return at < len(self.starts) and self.starts[at] == k

    def paragraph(self, k: int) -> int:
        """How many paragraphs end at or before boundary k, empty ones among them."""
        return bisect_right(self.starts, k) - 1

    def beginning(self, boundaries: np.ndarray) -> np.ndarray:
        """The paragraph that begins at each of the boundaries, -1 where none does."""
        starts = np.array(self.starts)
        at = np.searchsorted(starts, boundaries, side="right") - 1
        return np.where((starts[at] == boundaries) & (at < len(self.lengths)), at, -1)


def _cut(
    paragraphs: Sequence[str], lang: str, *, clauses: bool = False, whole: Sequence[bool] = ()
) -> Pieces:
    """The paragraphs cut into sentences, those that are `whole` left in one piece."""
    pieces = Pieces([], [], [0], [len(text) for text in paragraphs])
    for k, text in enumerate(paragraphs):
        some = split_sentences(text, lang, clauses=clauses)
        if some and k < len(whole) and whole[k]:
            some = [Sentence(some[0].start, some[-1].end, glued=False)]
        for s in some:
            pieces.spans.append(s)
            pieces.texts.append(text[s.start : s.end])
        pieces.starts.append(len(pieces.texts))
    return pieces


def align_sentences(zh: str, en: str) -> tuple[SentenceBead, ...]:
    """The sentence beads of one pair of texts; white space belongs to the sentence before it."""
    left, right = _cut([zh], "zh"), _cut([en], "en")
    beads = align_segments(left.texts, right.texts)
    return tuple(
        SentenceBead(
            _end(left.spans, bead.zh[1], len(zh)),
            _end(right.spans, bead.en[1], len(en)),
            bead.posterior,
        )
        for bead in beads
    )


def _end(spans: Sequence[Sentence], k: int, length: int) -> int:
    """Where the first k sentences end, with the white space that follows them."""
    if k == len(spans):
        return length
    return spans[k].start if k else 0


#: So many Chinese and so many English paragraphs, and how probable their place is.
ParagraphStep = tuple[int, int, float]


def align_paragraphs(
    regions: Sequence[Region], background: tuple[Sequence[str], Sequence[str]] = ((), ())
) -> list[list[ParagraphStep]]:
    """For each region of one document the steps that pair its paragraphs, n to m.

    They are found through the sentences, so that it does not matter how a language cuts its text
    into paragraphs: a step ends wherever a paragraph ends on both sides at once. They cover every
    paragraph once, in order. `background`: as of `cut_blobs`.
    """
    left, right = (
        [_cut(getattr(r, lang), lang, whole=getattr(r.structure, f"whole_{lang}")) for r in regions]
        for lang in ("zh", "en")
    )
    corners = [(0, 0)]
    for zh, en in zip(left, right, strict=True):
        corners.append((corners[-1][0] + len(zh.texts), corners[-1][1] + len(en.texts)))
    n, m = corners[-1]
    layout = replace(
        Layout.plain(n, m),
        starts={
            corner: _starts(zh, en, region.structure.match)
            for region, zh, en, corner in zip(regions, left, right, corners, strict=False)
            if zh.texts and en.texts
        },
    )
    for region, zh, en, (i, j) in zip(regions, left, right, corners, strict=False):
        known = region.structure
        _set_ends(layout.ends_zh[i : i + len(zh.texts) + 1], zh, known.lone_zh, known.whole_zh)
        _set_ends(layout.ends_en[j : j + len(en.texts) + 1], en, known.lone_en, known.whole_en)
    scorer = _scorer_of(
        [t for zh in left for t in zh.texts], [t for en in right for t in en.texts], background
    )
    watch = {i + k for zh, (i, _) in zip(left, corners, strict=False) for k in zh.starts}
    steps, places, _ = _solve(scorer, layout, corners[1:-1], watch)
    path = [(0, 0), *along_path((s.zh, s.en) for s in steps)]
    paired = {b: s.zh > 0 and s.en > 0 for b, s in zip(path[1:], steps, strict=True)}
    found = []
    for zh, en, corner, end in zip(left, right, corners, corners[1:], strict=False):
        near = path[bisect_left(path, corner) : bisect_right(path, end)]
        inside = [b for b in near if corner[1] <= b[1] <= end[1]]
        found.append(list(_paragraph_steps(zh, en, corner, inside, paired, places)))
    return found


def _starts(zh: Pieces, en: Pieces, match: Starts) -> Starts:
    """What it is worth that a bead begins at two of the boundaries at which paragraphs do."""

    def starts(rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        worth = np.zeros((len(rows), len(columns)))
        i, j = zh.beginning(rows), en.beginning(columns)
        some, others = i >= 0, j >= 0
        if some.any() and others.any():
            worth[np.ix_(some, others)] = match(i[some], j[others])
        return worth

    return starts


def _set_ends(ends: np.ndarray, pieces: Pieces, lone: np.ndarray, whole: np.ndarray) -> None:
    """Set what it costs that a paragraph begins, or ends, where none does on the other side."""
    first, last = np.array(pieces.starts[:-1], int), np.array(pieces.starts[1:], int)
    np.maximum.at(ends, last, np.where(whole, NEVER, LONE_END))
    np.maximum.at(ends, first, np.where(whole, NEVER, lone))


def _paragraph_steps(
    zh: Pieces, en: Pieces, corner: tuple[int, int], path: Sequence[tuple[int, int]],
    paired: Mapping[tuple[int, int], bool], places: Places,
) -> Iterator[ParagraphStep]:  # fmt: skip
    """The path's steps from one place where a paragraph ends on both sides to the next.

    An empty paragraph goes with the one before it.
    """
    p = q = 0
    before, together = 1.0, False
    for i, j in path[1:]:
        together |= paired[i, j]
        k, n = i - corner[0], j - corner[1]
        if not (zh.is_end(k) and en.is_end(n)):
            continue
        share = _probability(places, i, j)
        a, b = zh.paragraph(k) - p, en.paragraph(n) - q
        if together or not (a and b):
            yield a, b, min(before, share)
        else:  # they met by chance: nothing in them is paired
            yield a, 0, 0.0
            yield 0, b, 0.0
        p, q, before, together = p + a, q + b, share, False
    if p < len(zh.lengths) or q < len(en.lengths):  # paragraphs without a sentence
        yield len(zh.lengths) - p, len(en.lengths) - q, 0.0


def _scorer_of(
    zh: list[str], en: list[str], background: tuple[Sequence[str], Sequence[str]]
) -> Scorer:
    """The scorer of these sentences, which weighs a word by what the background says of it too."""
    more = [
        [t[s.start : s.end] for t in side for s in split_sentences(t, lang)]
        for side, lang in zip(background, ("zh", "en"), strict=True)
    ]
    scorer = Scorer(zh + more[0], en + more[1])
    scorer.n, scorer.m = len(zh), len(en)
    return scorer


def cut_blob(paragraphs: Sequence[str], blob: str, lang: str = "en") -> list[Cut]:
    """Where the blob, a text in `lang`, is cut so that its pieces pair with the paragraphs.

    One cut fewer than there are paragraphs of the other language; the pieces blob[:cut], and so on,
    hold the whole blob.
    """
    return cut_blobs([(paragraphs, blob, lang)])[0] if len(paragraphs) > 1 else []


def cut_blobs(
    blobs: Sequence[tuple[Sequence[str], str, str]],
    background: tuple[Sequence[str], Sequence[str]] = ((), ()),
) -> list[list[Cut]]:
    """As `cut_blob` for several (paragraphs, blob, lang) of one document, in order.

    `background` are Chinese and English texts of the same document: a word's weight is what the
    whole document says of it, so that a short turn is cut as well as a long one.
    """
    stretches = [_stretch(*blob) for blob in blobs]
    found = _cut_stretches(stretches, background)
    for k, ((paragraphs, blob, lang), stretch) in enumerate(zip(blobs, stretches, strict=True)):
        starved = _starved(paragraphs, blob, found[k])
        if starved:  # two paragraphs end in what was taken for one sentence: look inside it
            closer = _stretch(paragraphs, blob, lang, refine=stretch.near(starved))
            again = _cut_stretches([closer], background)[0]
            if len(_starved(paragraphs, blob, again)) < len(starved):
                found[k] = again
    return found


def _starved(paragraphs: Sequence[str], blob: str, cuts: Sequence[Cut]) -> list[int]:
    """The offsets at which a paragraph that says something was given nothing of the blob."""
    ends = [0, *(cut.offset for cut in cuts), len(blob)]
    return [
        start
        for text, start, end in zip(paragraphs, ends, ends[1:], strict=False)
        if text.strip() and not blob[start:end].strip()
    ]


def _cut_stretches(
    stretches: Sequence[Stretch], background: tuple[Sequence[str], Sequence[str]]
) -> list[list[Cut]]:
    texts: tuple[list[str], list[str]] = ([], [])
    corners = [(0, 0)]
    for stretch in stretches:
        texts[0].extend(stretch.zh.texts)
        texts[1].extend(stretch.en.texts)
        corners.append((len(texts[0]), len(texts[1])))
    n, m = corners[-1]
    layout = Layout.plain(n, m)
    for stretch, (i, j) in zip(stretches, corners, strict=False):
        walls, glue = stretch.walls, stretch.glue
        if stretch.lang == "en":
            layout.walls_zh[[i + k for k in walls]] = True
            layout.glue_en[j : j + len(glue)] = glue
        else:
            layout.walls_en[[j + k for k in walls]] = True
            layout.glue_zh[i : i + len(glue)] = glue
    scorer = _scorer_of(*texts, background)
    steps, places, _ = _solve(scorer, layout, corners[1:-1], watch=range(n + 1))
    beads, judge = list(_beads(steps)), Judge(scorer)
    path = [(0, 0), *((b.zh[1], b.en[1]) for b in beads)]
    cuts = []
    for stretch, (i, j), (i_end, j_end) in zip(stretches, corners, corners[1:], strict=False):
        side, shift = (0, i) if stretch.lang == "en" else (1, j)
        near = path[bisect_left(path, (i, j)) : bisect_right(path, (i_end, j_end))]
        inside: dict[int, list[tuple[int, int]]] = {}
        for place in near:
            if i <= place[0] <= i_end and j <= place[1] <= j_end:
                inside.setdefault(place[side], []).append(place)
        met = [
            max(
                ((_probability(places, *p), p) for p in inside[wall + shift]),
                key=lambda found: found[0],
            )
            for wall in stretch.parts.starts[1:-1]
        ]
        meets = [(i, j), *(place for _, place in met), (i_end, j_end)]
        sure = of_breaks(judge, beads, meets, [share for share, _ in met])
        at = [place[1 - side] - (i + j - shift) for _, place in met]
        cuts.append([_cut_at(k, stretch.whole, p) for k, p in zip(at, sure.tolist(), strict=True)])
    return cuts


@dataclass(frozen=True, slots=True)
class Stretch:
    """A blob in `lang` cut into sentences, and the paragraphs of the other language that it holds."""

    lang: str
    whole: Pieces
    parts: Pieces
    weak: tuple[int, ...] = ()  # the boundaries in the blob that are no plain ends of a sentence

    @property
    def zh(self) -> Pieces:
        return self.whole if self.lang == "zh" else self.parts

    @property
    def en(self) -> Pieces:
        return self.whole if self.lang == "en" else self.parts

    @property
    def walls(self) -> list[int]:
        """The boundaries in the other language at which the blob is to be cut."""
        return [k for k in self.parts.starts if 0 < k < len(self.parts.texts)]

    @property
    def glue(self) -> np.ndarray:
        """What each boundary in the blob is worth as a break."""
        spans = self.whole.spans
        glued = [k + 1 for k, s in enumerate(spans) if s.glued and k + 1 not in self.weak]
        value = _glue(len(spans), glued, len(self.parts.starts) - 2)
        value[list(self.weak)] = WEAK_BREAK
        return value

    def near(self, offsets: Collection[int]) -> set[int]:
        """The starts of the blob's sentences that begin or end at one of these offsets."""
        spans = self.whole.spans
        ends = [s.start for s in spans[1:]] + [self.whole.lengths[0]] * bool(spans)
        return {
            s.start
            for s, end in zip(spans, ends, strict=True)
            if s.start in offsets or end in offsets
        }


def _stretch(
    paragraphs: Sequence[str], blob: str, lang: str, refine: Collection[int] = ()
) -> Stretch:
    """`refine`: the starts of sentences of the blob that are cut as finely as can be."""
    clauses = any(text.rstrip()[-1:] in OPEN_ENDS for text in paragraphs[:-1])
    other = "zh" if lang == "en" else "en"
    spans: list[Sentence] = []
    weak: list[int] = []
    marks = frozenset(mark for text in paragraphs[:-1] for mark in open_marks(text))
    sentences = [
        part
        for sentence in split_sentences(blob, lang, clauses=clauses)
        for part in split_after_marks(blob, sentence, marks)
    ]
    for sentence in sentences:
        closer = split_finely if sentence.start in refine else split_at_toss_ups
        found = closer(blob, sentence)
        weak += range(len(spans) + 1, len(spans) + len(found))
        spans += found
    whole = Pieces([blob[s.start : s.end] for s in spans], spans, [0, len(spans)], [len(blob)])
    return Stretch(lang, whole, _cut(paragraphs, other, clauses=clauses), tuple(weak))


def _cut_at(k: int, whole: Pieces, confidence: float) -> Cut:
    """The cut after the blob's first k sentences."""
    glued = 0 < k < len(whole.spans) and whole.spans[k - 1].glued
    return Cut(_end(whole.spans, k, whole.lengths[0]), confidence, glued)


def format_ladder(beads: Iterable[Bead]) -> Iterator[str]:
    """The beads as lines `[0]:[0,1]:0.97`: the indexes of either side, then the confidence, rounded down."""
    for bead in beads:
        zh, en = (",".join(map(str, range(*side))) for side in (bead.zh, bead.en))
        yield f"[{zh}]:[{en}]:{rounded_down(bead.posterior):.2f}"


def rounded_down(share: float) -> float:
    """The share in hundredths, never more than it is: .9699 is below a mark of .97.

    >>> rounded_down(0.9699), rounded_down(0.97), rounded_down(0.29)
    (0.96, 0.97, 0.29)
    """
    return round(share * 10_000) // 100 / 100
