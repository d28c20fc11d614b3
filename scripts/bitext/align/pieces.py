"""Paragraphs -> their sentences, with where each paragraph begins among them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bitext.align.score import Scorer
from bitext.text.sentences import Sentence, split_sentences


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


def cut_paragraphs(
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


def corners_of(left: Sequence[Pieces], right: Sequence[Pieces]) -> list[tuple[int, int]]:
    """Where each pair of pieces begins among all their sentences, and where the last one ends."""
    corners = [(0, 0)]
    for zh, en in zip(left, right, strict=True):
        corners.append((corners[-1][0] + len(zh.texts), corners[-1][1] + len(en.texts)))
    return corners


def texts_of(pieces: Sequence[Pieces]) -> list[str]:
    return [text for some in pieces for text in some.texts]


def inside(
    path: Sequence[tuple[int, int]], corner: tuple[int, int], end: tuple[int, int]
) -> list[tuple[int, int]]:
    """The places of a path between two corners, the corners with them."""
    near = path[bisect_left(path, corner) : bisect_right(path, end)]
    return [b for b in near if corner[1] <= b[1] <= end[1]]


def end_of(spans: Sequence[Sentence], k: int, length: int) -> int:
    """Where the first k sentences end, with the white space that follows them."""
    if k == len(spans):
        return length
    return spans[k].start if k else 0


def scorer_of(
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
