"""Blocks of both languages -> what each pairing of them is worth, by words, lengths and structure.

Structure comes before statistics: what kind of block it is, whose label it carries, its number in a
list, the row or the cue it stands in, and whether it stands beside its partner in the source.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bitext.align import lattice
from bitext.align.corridor import MARGIN, around, rare_matches, whole
from bitext.align.evidence import MOST_EN, MOST_ZH
from bitext.align.lattice import Corridor, Grid, Lattice
from bitext.align.score import Scorer, length_cost
from bitext.align.weights import Weights
from bitext.pair.windows import Windows
from bitext.segment.records import Block
from bitext.segment.speakers import key_of
from bitext.text.habits import MOSTLY
from bitext.text.language import WORD
from bitext.text.names import sounds_alike
from bitext.text.numbering import number_of
from bitext.text.sentences import sentences_of
from bitext.text.variants import simplify
from bitext.text.words import entries

#: How paragraphs pair: merging is rare, and rarer the more it merges.
SHAPES = {
    (1, 1): 0.86, (1, 2): 0.02, (2, 1): 0.02, (2, 2): 0.006, (1, 3): 0.01, (3, 1): 0.01,
    (1, 4): 0.004, (4, 1): 0.004, (2, 3): 0.001, (3, 2): 0.001,
}  # fmt: skip
#: Words and lengths as measured for sentences; for blocks the shapes above are the prior.
WEIGHTS = Weights(
    strict_en=((0.2, 0.2),) * 4,
    strict_zh=((0.2, 0.2),) * 5,
    beads=dict.fromkeys(SHAPES, 0.0),
    length=1.0,
    skip_zh=(-4.0, 0.0),
    skip_en=(-4.0, 0.0),
)
#: What it costs to leave a block without a partner, or to pair labels of which one fits a third.
SKIP = -4.0
FORBIDDEN = -60.0

KINDS = {"para": 0, "heading": 1, "list": 2, "quote": 3, "cue": 4, "code": 5}
#: Headings and code: neither cut nor joined.
STIFF = (1, 5)
KIND_MATCH = np.zeros((6, 6))
KIND_MATCH[1, :] = KIND_MATCH[:, 1] = -5.0
KIND_MATCH[2, 0] = KIND_MATCH[0, 2] = KIND_MATCH[3, 0] = KIND_MATCH[0, 3] = -1.0
KIND_MATCH[2, 3] = KIND_MATCH[3, 2] = -2.0
KIND_MATCH[5, :] = KIND_MATCH[:, 5] = -20.0
KIND_MATCH[1, 1], KIND_MATCH[2, 2], KIND_MATCH[3, 3], KIND_MATCH[5, 5] = 3.0, 1.0, 1.0, 3.0

#: The words of an office in both languages: [Chinese ones, English ones].
ROLE_PAIRS = tuple(
    [side.split(", ") for side in entry.split(" = ")] for entry in entries("speakers/pairs")
)


def label_affinity(zh: str, en: str) -> float:
    """How well two labels fit by themselves: by sound, by role, by the same Latin or number."""
    if key_of(zh) == key_of(en):
        return 4.0
    value = 0.0
    if sounds_alike(zh, en):
        value += 5.0
    if _is_one_office(simplify(zh), en.lower()):
        value += 2.5
    digits = ["".join(filter(str.isdecimal, n)) for n in (zh, en)]
    if digits[0] or digits[1]:
        value += 2.0 if digits[0] == digits[1] else -2.0
    return value


def _is_one_office(zh: str, en: str) -> bool:
    words = WORD.findall(en)
    return any(
        any(a in zh for a in chinese) and any(b in (en if len(b) > 1 else words) for b in english)
        for chinese, english in ROLE_PAIRS
    )


def _affinities(zh: Sequence[str], en: Sequence[str]) -> np.ndarray:
    """How well each Chinese label fits each English one; strangers, where one fits another, do not."""
    fit = np.array([[label_affinity(a, b) for b in en] for a in zh]).reshape(len(zh), len(en))
    if not fit.size:
        return fit
    better = np.maximum(fit.max(axis=1, keepdims=True), fit.max(axis=0, keepdims=True))
    return np.where((fit <= 0) & (better > 0), fit + SKIP, fit)


@dataclass(frozen=True, slots=True)
class Side:
    """One language's blocks as arrays."""

    kind: np.ndarray
    label: np.ndarray  # index into the names of its language, -1 without
    number: np.ndarray
    group: np.ndarray
    order: np.ndarray
    gap: np.ndarray  # a blank line before it
    inner: np.ndarray  # what it costs to stand second or later in a bead
    head: np.ndarray  # what it costs to stand first in a bead of several

    @classmethod
    def of(
        cls, blocks: Sequence[Block], names: Mapping[str, int], rows: bool, lost_label: float
    ) -> Side:
        kind = np.array([KINDS.get(b.kind, 0) for b in blocks], np.int8)
        label = np.array([names[label_name(b)] if b.label else -1 for b in blocks], np.int32)
        number = np.array(
            [number_of(b.text) if b.kind in ("list", "heading") else 0 for b in blocks], np.int32
        )
        stiff = np.isin(kind, STIFF)
        groups = [b.group if rows else -1 for b in blocks]
        rowed = np.array([g >= 0 for g in groups], bool)
        inner = np.where(stiff | rowed, FORBIDDEN, 0.0) + np.where(label >= 0, lost_label, 0.0)
        inner = inner + np.where((kind == 2) | (number > 0), -2.0, 0.0)
        return cls(
            kind, label, number, np.array(groups, np.int64),
            np.array([b.order for b in blocks], np.int64), np.array([b.gap for b in blocks], bool),
            inner, np.where(stiff | rowed, FORBIDDEN, 0.0),
        )  # fmt: skip


def _for_both(zh: Sequence[Block], en: Sequence[Block]) -> bool:
    """Whether a label speaks for both languages: most have text of both below them.

    Who speaks is then named once, in the language in which they speak, and no label answers another.
    """
    below: list[set[str]] = []
    for block in sorted(
        (*zh, *en), key=lambda b: b.passage.spans[0] if b.passage.spans else (0, 0)
    ):
        if block.label:
            below.append(set())
        if below:
            below[-1].add(block.lang)
    return sum(len(langs) == 2 for langs in below) >= MOSTLY * len(below) > 0


def label_name(block: Block) -> str:
    """The label's key in the block's own language if it has one there."""
    assert block.label is not None  # only labelled blocks are asked
    names = block.label.names  # Chinese first, and one at least
    return key_of(names[0] if block.lang == "zh" else names[-1])


class Evidence:
    """The worth of every bead of blocks, in nats."""

    def __init__(self, zh: Sequence[Block], en: Sequence[Block], lost_label: float = -6.0):
        self.zh_blocks, self.en_blocks = list(zh), list(en)
        self.scorer = _scorer([_spoken(b) for b in zh], [_spoken(b) for b in en])
        names = [list(dict.fromkeys(label_name(b) for b in side if b.label)) for side in (zh, en)]
        self.names = names
        rows = share_rows(zh, en)
        self.zh = Side.of(zh, {n: i for i, n in enumerate(names[0])}, rows, lost_label)
        self.en = Side.of(en, {n: i for i, n in enumerate(names[1])}, rows, lost_label)
        self.labelled = bool(names[0]) and bool(names[1]) and not _for_both(zh, en)
        self.affinity = _affinities(*names)
        self.lone_label = -3.0 if self.labelled else 0.0
        self.raw = Windows(self.scorer.block, len(zh), len(en), kept=64)
        self.beads = Windows(self._beads, len(zh), len(en))

    def know_labels(self, together: Mapping[tuple[int, int], int]) -> None:
        """Take up which labels were found on paired blocks; others then count against a pair."""
        if not self.labelled:
            return
        counts = np.zeros(self.affinity.shape)
        for (a, b), n in together.items():
            counts[a, b] = n
        most = np.maximum(counts.max(axis=1, keepdims=True), counts.max(axis=0, keepdims=True))
        sure = (counts >= 0.6 * most) & (counts >= 1)
        rival = np.where(counts < 0.3 * most, 5.0, np.where(counts < 0.6 * most, 2.5, 0.0))
        self.beads = Windows(self._beads, self.beads.n, self.beads.m)
        self.affinity = (
            self.affinity
            + np.where(sure, np.minimum(counts, 3), 0)
            - np.where(most >= 2, rival, 0.0)
        )

    def _beads(self, top: int, bottom: int, left: int, right: int) -> np.ndarray:
        """Scores by where a bead ends, as Scorer.block: [i - top - 1, a - 1, b - 1, j - left]."""
        scores = self.raw(top, bottom, left, right).astype(np.float64)
        zh, en = self.zh, self.en
        for a in range(1, MOST_ZH + 1):
            for b in range(1, MOST_EN + 1):
                prior = SHAPES.get((a, b))
                if prior is None:
                    scores[:, a - 1, b - 1, :] = -np.inf
                    continue
                rows = np.arange(max(top + 1, a), bottom + 1)
                columns = np.arange(max(left, b), right + 1)
                if not len(rows) or not len(columns):
                    continue
                i, j = rows - a, columns - b
                term = self.match(i, j) + math.log(prior)
                if a + b > 2:
                    term = term + zh.head[i][:, None] + en.head[j][None, :]
                for k in range(1, a):
                    term = term + zh.inner[i + k][:, None]
                for k in range(1, b):
                    term = term + en.inner[j + k][None, :]
                scores[rows[0] - top - 1 :, a - 1, b - 1, columns[0] - left :] += term
        return scores

    def match(self, i: np.ndarray, j: np.ndarray) -> np.ndarray:
        """What the structure says of the blocks zh[i] and en[j] standing first in one bead."""
        zh, en = self.zh, self.en
        term = KIND_MATCH[zh.kind[i][:, None], en.kind[j][None, :]]
        a, b = zh.label[i][:, None], en.label[j][None, :]
        both = (a >= 0) & (b >= 0)
        if self.labelled:
            fit = self.affinity[np.maximum(a, 0), np.maximum(b, 0)]
            term = term + np.where(
                both, 2.0 + fit, np.where((a >= 0) != (b >= 0), self.lone_label, 0.0)
            )
        m, n = zh.number[i][:, None], en.number[j][None, :]
        term = term + np.where((m > 0) & (n > 0), np.where(m == n, 1.5, -2.5), 0.0)
        g, h = zh.group[i][:, None], en.group[j][None, :]
        term = term + np.where((g >= 0) & (h >= 0), np.where(g == h, 15.0, -15.0), 0.0)
        step = en.order[j][None, :] - zh.order[i][:, None]
        beside = ((step == 1) & ~en.gap[j][None, :]) | ((step == -1) & ~zh.gap[i][:, None])
        return term + np.where(beside, 1.5, 0.0)


#: With fewer blocks than this a word's chance level is taken from their sentences.
FEW = 4


def _scorer(zh: list[str], en: list[str]) -> Scorer:
    """The scores of these texts; of a short document, by what its sentences say of each word."""
    if min(len(zh), len(en)) < FEW:
        zh = zh + [s for text in zh for s in sentences_of(text, "zh")]
        en = en + [s for text in en for s in sentences_of(text, "en")]
    return Scorer(zh, en).weigh(WEIGHTS)


def share_rows(zh: Sequence[Block], en: Sequence[Block]) -> bool:
    """Whether the languages share rows or the times of cues: else these tell nothing."""
    groups = [{b.group for b in side if b.group >= 0} for side in (zh, en)]
    least = min(map(len, groups))
    return least > 0 and len(groups[0] & groups[1]) * 2 >= least


def _spoken(block: Block) -> str:
    """The block's text with its label before it: names in the labels are evidence too."""
    if not block.label:
        return block.text
    name = (block.label.zh if block.lang == "zh" else block.label.en) or ""
    return f"{name} {block.text}"


# --- paths ---------------------------------------------------------------------------------------

Step = tuple[int, int, float]  # so many zh blocks, so many en blocks, posterior


def best_path(evidence: Evidence, zh: tuple[int, int], en: tuple[int, int]) -> list[Step]:
    """The path of most probable beads through zh[a:b] × en[c:d]."""
    n, m = zh[1] - zh[0], en[1] - en[0]
    if not n or not m:
        return [(1, 0, 1.0)] * n + [(0, 1, 1.0)] * m
    found, _ = Lattice(_grid(evidence, zh, en)).solve()
    steps: list[Step] = []
    for step in found:
        # Two blocks pair, or stay alone with either of them first: the likeliest of three ways has a third.
        if step.zh == step.en == 1 and step.posterior < 1 / 3:
            steps += [(1, 0, 1 - step.posterior), (0, 1, 1 - step.posterior)]
        else:
            steps.append((step.zh, step.en, step.posterior))
    return steps


def worth_of_path(evidence: Evidence, zh: tuple[int, int], en: tuple[int, int]) -> float:
    """What the single most probable path through zh[a:b] × en[c:d] is worth."""
    score, i, j = 0.0, zh[0], en[0]
    for step in lattice.best_path(_grid(evidence, zh, en)):
        i, j = i + step.zh, j + step.en
        if step.zh and step.en:
            one = evidence.beads(i - step.zh, i, j - step.en, j)
            score += float(one[-1, step.zh - 1, step.en - 1, -1])
        else:
            score += SKIP
    return score


def _grid(evidence: Evidence, zh: tuple[int, int], en: tuple[int, int]) -> Grid:
    """The paths through zh[a:b] × en[c:d]; through much text only near where rare words say it runs."""
    (z0, z1), (e0, e1) = zh, en
    n, m = z1 - z0, e1 - e0
    corridor = (
        Corridor.whole(n, m)
        if whole(n, m)
        else around(rare_matches(evidence.scorer.lexical, z0, z1, e0, e1), n, m, MARGIN)
    )

    def beads(top: int, bottom: int, left: int, right: int) -> np.ndarray:
        scores = evidence.beads(z0 + top, z0 + bottom, e0 + left, e0 + right).copy()
        for a in range(1, MOST_ZH):  # none begins before the section does
            scores[: max(0, a - top), a] = -np.inf
        for b in range(MOST_EN):
            scores[:, :, b, : max(0, b + 1 - left)] = -np.inf
        return scores

    down, along = np.full(m + 1, SKIP), SKIP * np.arange(m + 1.0)
    return Grid(corridor, beads, lambda _: down, lambda _: along)


#: A block beside more blocks than SHAPES has: at so many nats for each more, in grids of no more
#: places, and only where the lengths agree, in English characters for a Chinese one.
EACH_MORE, LONG_PLACES = -0.5, 2_500
LENGTHS = (1.5, 5.0)


def _long_beads(
    evidence: Evidence, zh: tuple[int, int], en: tuple[int, int], single: str
) -> Iterator[tuple[int, np.ndarray]]:
    """How many blocks a bead has, and what it is worth: [which single block, where it begins].

    `single`: the language of which it has one block. Only that block's words can cover the others'.
    """
    n, m = zh[1] - zh[0], en[1] - en[0]
    if not 0 < n * m <= LONG_PLACES:
        return
    scorer, many = evidence.scorer, en if single == "zh" else zh
    one = zh if single == "zh" else en
    sides = scorer.sides_en if single == "zh" else scorer.sides_zh
    words = sum(side.block(one, many)[0] for side in sides)
    chars, others = scorer.chars_zh[zh[0] : zh[1] + 1], scorer.chars_en[en[0] : en[1] + 1]
    if single == "en":
        chars, others = others, chars
    match = evidence.match(np.arange(*zh), np.arange(*en))
    inner = evidence.en.inner if single == "zh" else evidence.zh.inner
    inside = np.concatenate([[0.0], np.cumsum(inner[slice(*many)])])
    size = np.diff(chars)
    most = math.log(SHAPES[1, 4])
    for count in range(5, many[1] - many[0] + 1):
        long = others[count:] - others[:-count]
        ratio = long / size[:, None] if single == "zh" else size[:, None] / long
        if (ratio > LENGTHS[1] if single == "zh" else ratio < LENGTHS[0]).all():
            return  # with more blocks too
        lengths = (size, long) if single == "zh" else (long, size)
        cost = length_cost(lengths[0], lengths[1], scorer.ratio, 12.0)
        worth = words[:, count:] - words[:, :-count] - (cost if single == "zh" else cost.T)
        worth = worth + (match if single == "zh" else match.T)[:, : 1 - count]
        worth = worth + inside[count:] - inside[1 : len(inside) - count + 1]
        worth = worth + most + EACH_MORE * (count - 4)
        yield count, np.where((ratio >= LENGTHS[0]) & (ratio <= LENGTHS[1]), worth, -np.inf)


def prefix_scores(
    evidence: Evidence, zh: tuple[int, int], en: tuple[int, int], along_zh: bool
) -> np.ndarray:
    """The best score of pairing the whole of one side with each prefix of the other.

    With `along_zh` the prefixes are those of zh[a:b], else of en[c:d]; index k is its length.
    """
    (z0, z1), (e0, e1) = zh, en
    n, m = z1 - z0, e1 - e0
    best = np.full((n + 1, m + 1), -np.inf)
    best[0] = SKIP * np.arange(m + 1.0)
    block = evidence.beads(z0, z1, e0, e1) if n and m else None
    drop = SKIP * np.arange(m + 1.0)
    long_zh, long_en = (list(_long_beads(evidence, zh, en, lang)) for lang in ("zh", "en"))
    for i in range(1, n + 1):
        here = best[i - 1] + SKIP
        for count, worth in long_zh:
            here[count:] = np.maximum(here[count:], best[i - 1, :-count] + worth[i - 1])
        for count, worth in long_en:
            if count <= i:
                here[1:] = np.maximum(here[1:], best[i - count, :-1] + worth[:, i - count])
        for a, b in SHAPES:
            if block is not None and a <= i and b <= m:
                here[b:] = np.maximum(here[b:], best[i - a, :-b] + block[i - 1, a - 1, b - 1, b:])
        best[i] = np.maximum.accumulate(here - drop) + drop
    return best[:, m] if along_zh else best[n]
