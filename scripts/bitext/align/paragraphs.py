"""Paragraphs of both languages -> the steps that pair them, found through their sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bitext.align.corridor import along_path
from bitext.align.lattice import Places
from bitext.align.layout import Layout, Starts
from bitext.align.pieces import (
    Pieces,
    corners_of,
    cut_paragraphs,
    end_of,
    inside,
    scorer_of,
    texts_of,
)
from bitext.align.segments import align_segments
from bitext.align.solving import probability, solve
from bitext.model import LANGS, SentenceBead

#: What it costs when a paragraph ends on one side only; when that may never be.
LONE_END, NEVER = 3.0, 60.0


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


def align_sentences(zh: str, en: str) -> tuple[SentenceBead, ...]:
    """The sentence beads of one pair of texts; white space belongs to the sentence before it."""
    left, right = cut_paragraphs([zh], "zh"), cut_paragraphs([en], "en")
    beads = align_segments(left.texts, right.texts)
    return tuple(
        SentenceBead(
            end_of(left.spans, bead.zh[1], len(zh)),
            end_of(right.spans, bead.en[1], len(en)),
            bead.posterior,
        )
        for bead in beads
    )


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
        [
            cut_paragraphs(getattr(r, lang), lang, whole=getattr(r.structure, f"whole_{lang}"))
            for r in regions
        ]
        for lang in LANGS
    )
    corners = corners_of(left, right)
    layout = _layout(regions, left, right, corners)
    scorer = scorer_of(texts_of(left), texts_of(right), background)
    watch = {i + k for zh, (i, _) in zip(left, corners, strict=False) for k in zh.starts}
    steps, places, _ = solve(scorer, layout, corners[1:-1], watch)
    path = [(0, 0), *along_path((s.zh, s.en) for s in steps)]
    paired = {b: s.zh > 0 and s.en > 0 for b, s in zip(path[1:], steps, strict=True)}
    return [
        list(_paragraph_steps(zh, en, corner, inside(path, corner, end), paired, places))
        for zh, en, corner, end in zip(left, right, corners, corners[1:], strict=False)
    ]


def _layout(
    regions: Sequence[Region], left: Sequence[Pieces], right: Sequence[Pieces],
    corners: Sequence[tuple[int, int]],
) -> Layout:  # fmt: skip
    """What the regions' structure says of the boundaries between sentences."""
    starts: dict[tuple[int, int], Starts] = {}
    layout = replace(Layout.plain(*corners[-1]), starts=starts)
    for region, zh, en, corner in zip(regions, left, right, corners, strict=False):
        known, (i, j) = region.structure, corner
        if zh.texts and en.texts:
            starts[corner] = _starts(zh, en, known.match)
        _set_ends(layout.ends_zh[i : i + len(zh.texts) + 1], zh, known.lone_zh, known.whole_zh)
        _set_ends(layout.ends_en[j : j + len(en.texts) + 1], en, known.lone_en, known.whole_en)
    return layout


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
        share = probability(places, i, j)
        a, b = zh.paragraph(k) - p, en.paragraph(n) - q
        if together or not (a and b):
            yield a, b, min(before, share)
        else:  # they met by chance: nothing in them is paired
            yield a, 0, 0.0
            yield 0, b, 0.0
        p, q, before, together = p + a, q + b, share, False
    if p < len(zh.lengths) or q < len(en.lengths):  # paragraphs without a sentence
        yield len(zh.lengths) - p, len(en.lengths) - q, 0.0
