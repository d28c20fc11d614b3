"""A text in one block, paragraphs of the other language -> where the block is cut to pair with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bitext.align.confidence import Judge, of_breaks
from bitext.align.lattice import Places
from bitext.align.layout import Layout, glue_worth
from bitext.align.pieces import (
    Pieces,
    corners_of,
    cut_paragraphs,
    end_of,
    inside,
    scorer_of,
    texts_of,
)
from bitext.align.solving import beads_of, probability, solve
from bitext.text.cutting import (
    open_marks,
    split_after_marks,
    split_at_toss_ups,
    split_finely,
)
from bitext.text.sentences import Sentence, split_sentences

#: What a break is worth where it is a toss-up whether a sentence ends at all.
WEAK_BREAK = -3.0
#: A paragraph that ends on one of these may stand beside a mere clause.
OPEN_ENDS = frozenset("；;，,：:、")


@dataclass(frozen=True, slots=True)
class Cut:
    """Where one paragraph of a blob ends: at `offset`; `glued`: no white space stood there."""

    offset: int
    posterior: float
    glued: bool


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
    left, right = [s.zh for s in stretches], [s.en for s in stretches]
    corners = corners_of(left, right)
    texts = texts_of(left), texts_of(right)
    scorer = scorer_of(*texts, background)
    watch = range(len(texts[0]) + 1)
    steps, places, _ = solve(scorer, _layout(stretches, corners), corners[1:-1], watch)
    beads, judge = list(beads_of(steps)), Judge(scorer)
    path = [(0, 0), *((b.zh[1], b.en[1]) for b in beads)]
    cuts = []
    for stretch, corner, end in zip(stretches, corners, corners[1:], strict=False):
        met = _met(stretch, corner, inside(path, corner, end), places)
        shares, meets = [share for share, _ in met], [place for _, place in met]
        sure = of_breaks(judge, beads, [corner, *meets, end], shares)
        cuts.append(list(_cuts(stretch, corner, meets, sure.tolist())))
    return cuts


def _cuts(
    stretch: Stretch, corner: tuple[int, int], meets: Iterable[tuple[int, int]],
    sure: Iterable[float],
) -> Iterator[Cut]:  # fmt: skip
    """The cuts of a blob at these places of the path, each as sure as this."""
    side = 1 if stretch.lang == "en" else 0
    for place, confidence in zip(meets, sure, strict=True):
        yield _cut_at(place[side] - corner[side], stretch.whole, confidence)


def _layout(stretches: Sequence[Stretch], corners: Sequence[tuple[int, int]]) -> Layout:
    """Walls between the paragraphs, and what breaks in the blobs are worth."""
    layout = Layout.plain(*corners[-1])
    for stretch, (i, j) in zip(stretches, corners, strict=False):
        walls, glue = stretch.walls, stretch.glue
        if stretch.lang == "en":
            layout.walls_zh[[i + k for k in walls]] = True
            layout.glue_en[j : j + len(glue)] = glue
        else:
            layout.walls_en[[j + k for k in walls]] = True
            layout.glue_zh[i : i + len(glue)] = glue
    return layout


def _met(
    stretch: Stretch, corner: tuple[int, int], path: Sequence[tuple[int, int]], places: Places
) -> list[tuple[float, tuple[int, int]]]:
    """For each wall the most probable place of the path at which it is met, and how probable it is."""
    side = 0 if stretch.lang == "en" else 1
    at_wall: dict[int, list[tuple[int, int]]] = {}
    for place in path:
        at_wall.setdefault(place[side] - corner[side], []).append(place)
    shares = (
        ((probability(places, *place), place) for place in at_wall[wall])
        for wall in stretch.parts.starts[1:-1]
    )
    return [max(some, key=lambda found: found[0]) for some in shares]


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
        value = glue_worth(len(spans), glued, len(self.parts.starts) - 2)
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
    return Stretch(lang, whole, cut_paragraphs(paragraphs, other, clauses=clauses), tuple(weak))


def _cut_at(k: int, whole: Pieces, confidence: float) -> Cut:
    """The cut after the blob's first k sentences."""
    glued = 0 < k < len(whole.spans) and whole.spans[k - 1].glued
    return Cut(end_of(whole.spans, k, whole.lengths[0]), confidence, glued)
