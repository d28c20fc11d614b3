"""How sure a pairing is: the chance, from 0 to 1, that a person would pair just these texts.

The forward–backward pass says how a bead compares with the other beads of the same lattice. It
cannot say that the texts do not translate each other at all, nor that it mistook the document's
habits: a single sentence beside a stranger has no rival. So its posterior is one feature among
others of a small logistic model: whether the words translate each other, how the lengths compare,
what stands beside. `WEIGHTS` were fitted by scripts/bench/fit_confidence.py on development texts only (MAC
dev, a third of NTREX), so that on those of all that is given 0.9 about nine in ten are right. What a
unit of a bitext, a sentence bead and a line of `bitext align` show is this number, not the posterior.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

import numpy as np

from bitext.align.evidence import (
    CHARACTER,
    CONTENT,
    FOUND_EN,
    FOUND_ZH,
    LITERAL,
    MOST_GAIN,
    MOST_ZH,
    NUMBER,
    WORD,
    Tokens,
    distinct,
)
from bitext.align.score import Scorer
from bitext.model import Bead

#: Below these a person should look: at a break in a blob, at a bead of sentences, at a pair of units.
#: Chosen on the development texts: nine in ten of what is wrong lie below, in news and in fiction; of
#: news it is 2 % of the breaks, 3 % of the pairs and 11 % of the sentence beads.
REVIEW_BREAK = 0.96
REVIEW_BEAD = 0.97
REVIEW_PAIR = 0.92

#: How often a word is covered by a sentence that has nothing to do with it, by kind; a document
#: adds what it knows, and weighs as much as this from so many sentences on.
CHANCE_EN = {CONTENT: 0.03, NUMBER: 0.02}
CHANCE_ZH = {WORD: 0.03, CHARACTER: 0.1, LITERAL: 0.02}
KNOWN = 10.0
#: Posteriors nearer to 0 or 1 than this tell no more.
NEAREST = 5e-4
VARIANCE = 12.0
#: So many windows are asked for their words in one go.
AT_ONCE = 512

Span = tuple[int, int]

# What the models look at; the weights are listed in this order, the constant first.
OF_BEAD = (
    "constant", "posterior", "words each", "words", "few words", "length", "ratio", "large",
    "new in the second pass", "beside unpaired", "neighbours", "words against",
)  # fmt: skip
OF_UNPAIRED = ("constant", "posterior", "neighbours", "size", "new in the second pass")
OF_BREAK = (
    "constant", "posterior", "words each", "ratio", "unpaired", "unpaired beside", "words beside",
    "words across", "open ends", "bare ends",
)  # fmt: skip
OF_PAIR = (
    "constant", "posterior", "words each", "few words", "ratio", "unpaired", "beads",
    "beside unpaired", "rival", "first and last words", "bare ends", "quotes differ",
    "words against",
)  # fmt: skip
WEIGHTS: dict[str, tuple[float, ...]] = {
    "bead": (
        0.549,
        0.955,
        0.437,
        0.033,
        3.622,
        0.014,
        -1.692,
        -0.097,
        2.132,
        -0.976,
        -0.008,
        -0.526,
    ),
    "unpaired": (7.07, 0.058, -0.061, -0.577, -5.61),
    "break": (-0.339, 0.795, -1.198, 0.511, -3.903, -1.66, 1.052, -3.07, -3.711, -4.044),
    "pair": (
        -1.582,
        0.61,
        -0.721,
        -1.477,
        -0.603,
        -3.303,
        0.37,
        0.303,
        -0.988,
        0.65,
        -0.282,
        -0.293,
        -0.35,
    ),
}


def estimate(kind: str, features: np.ndarray) -> np.ndarray:
    """The confidence of each row of features, to four places."""
    value = features @ np.array(WEIGHTS[kind])
    return np.round(1 / (1 + np.exp(-np.clip(value, -30, 30))), 4)


#: How much surer than a paragraph a form is than the model says, by its kind: a constant, and what its
#: logit is multiplied by. Paragraphs taught the model that a pair without a full stop at both ends is
#: cut short; cues end anywhere. Fitted by scripts/bench/fit_cues.py on subtitles whose cues differ, made
#: of 23 documents: with each document left out in turn, 190 of 756 pairs are doubted falsely, 314 before,
#: and of 50 wrong ones 38 are told, 39 before.
BY_FORM = {"cue": (-0.18, 1.33)}


def for_form(sure: np.ndarray, kinds: Sequence[str]) -> np.ndarray:
    """The confidence of pairs of these kinds, of which the model says that it is `sure`.

    >>> for_form(np.array([0.88, 0.88, 0.4]), ("para", "cue", "cue")).round(2).tolist()
    [0.88, 0.92, 0.33]
    """
    constant, times = np.array([BY_FORM.get(kind, (0.0, 1.0)) for kind in kinds]).reshape(-1, 2).T
    return np.where(times == 1, sure, 1 / (1 + np.exp(-constant - times * logit(sure))))


def logit(p: np.ndarray) -> np.ndarray:
    p = np.clip(p, NEAREST, 1 - NEAREST)
    return np.log(p / (1 - p))


class Judge:
    """What the words and lengths of a document say of any windows of its sentences."""

    def __init__(self, scorer: Scorer):
        self.scorer = scorer
        lexical, links = scorer.lexical, scorer.lexical.strict
        self.tokens = (lexical.zh, lexical.en)
        self.tables = (links.from_zh, links.from_en)
        self.chance = (
            _chances(lexical.kinds_zh, lexical.zh.vocabulary, CHANCE_ZH),
            _chances(lexical.kinds_en, lexical.en.vocabulary, CHANCE_EN),
        )
        self.counts = (links.share_zh * len(lexical.en), links.share_en * len(lexical.zh))

    def words(self, zh: np.ndarray, en: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """For windows of sentences, rows (first, last + 1): their evidence in nats; how many words.

        Log-likelihood ratio that the words of either side are covered by the other's, against the
        chance that they are covered anyhow.
        """
        if len(zh) > AT_ONCE:  # what the words of all windows cover would fill memory
            places = range(0, len(zh), AT_ONCE)
            parts = [self.words(zh[k : k + AT_ONCE], en[k : k + AT_ONCE]) for k in places]
            worth, words = (np.concatenate(each) for each in zip(*parts, strict=True))
            return worth, words
        total, number = np.zeros(len(zh)), np.zeros(len(zh))
        for side, own, other, found in ((0, zh, en, FOUND_ZH), (1, en, zh, FOUND_EN)):
            keys = _types(self.tokens[side], own)
            window, types = (
                keys // self.tokens[side].vocabulary,
                keys % self.tokens[side].vocabulary,
            )
            kept = self.chance[side][types] > 0
            window, types, keys = window[kept], types[kept], keys[kept]
            seen = _covered(self.tokens[1 - side], self.tables[1 - side], other)
            covered = np.isin(keys, seen, assume_unique=True)
            here = np.maximum(self.counts[side][types] - covered, 0)
            prior = self.chance[side][types]
            chance = (here + KNOWN * prior) / (len(self.tokens[1 - side]) + KNOWN)
            size = (other[:, 1] - other[:, 0])[window]
            chance = np.clip(1 - (1 - chance) ** size, 1e-3, 0.95)
            truth = found + (1 - found) * chance
            gain = np.where(covered, np.log(truth / chance), np.log((1 - truth) / (1 - chance)))
            total += np.bincount(window, np.minimum(gain, MOST_GAIN), len(zh)) / 2
            number += np.bincount(window, minlength=len(zh)) / 2
        return total, number

    def word_features(self, zh: np.ndarray, en: np.ndarray) -> tuple[np.ndarray, ...]:
        """`words each`, `words`, `few words`."""
        total, number = self.words(zh, en)
        return total / (number + 2), np.sign(total) * np.log1p(np.abs(total)), 1 / (number + 1)

    def words_against(self, zh: np.ndarray, en: np.ndarray) -> np.ndarray:
        """How many nats of words speak against the windows: hardly any of them translate."""
        return np.clip(-self.words(zh, en)[0], 0, 6)

    def length_features(self, zh: np.ndarray, en: np.ndarray) -> tuple[np.ndarray, ...]:
        """`length`: by how many deviations the lengths differ; `ratio`: by what factor, logarithmic."""
        chars_zh, chars_en = self.scorer.chars_zh, self.scorer.chars_en
        a = (chars_zh[zh[:, 1]] - chars_zh[zh[:, 0]]) * self.scorer.ratio
        b = chars_en[en[:, 1]] - chars_en[en[:, 0]]
        z = np.abs(b - a) / np.sqrt(np.maximum((a + b) * VARIANCE / 2, VARIANCE))
        return np.minimum(z, 6), np.minimum(np.abs(np.log((b + 10) / (a + 10))), 2)

    def unpaired(self, beads: Sequence[Bead], zh: np.ndarray, en: np.ndarray) -> np.ndarray:
        """The share of the windows' characters that stand in beads without a partner, as far as
        these are sure; the greater one of the two languages.
        """
        lone_zh = np.zeros(len(self.scorer.chars_zh))
        lone_en = np.zeros(len(self.scorer.chars_en))
        for bead in beads:
            if bead.en[0] == bead.en[1]:
                lone_zh[bead.zh[0] + 1 : bead.zh[1] + 1] = _sure(bead)
            elif bead.zh[0] == bead.zh[1]:
                lone_en[bead.en[0] + 1 : bead.en[1] + 1] = _sure(bead)
        shares = []
        for lone, chars, spans in (
            (lone_zh, self.scorer.chars_zh, zh),
            (lone_en, self.scorer.chars_en, en),
        ):
            alone = np.cumsum(lone * np.diff(chars, prepend=0))
            size = np.maximum(chars[spans[:, 1]] - chars[spans[:, 0]], 1)
            shares.append((alone[spans[:, 1]] - alone[spans[:, 0]]) / size)
        return np.maximum(*shares)

    def sizes(self, beads: Sequence[Bead]) -> list[float]:
        """The beads' characters, of both languages together."""
        zh, en = self.scorer.chars_zh, self.scorer.chars_en
        return [
            float(zh[b.zh[1]] - zh[b.zh[0]] + (en[b.en[1]] - en[b.en[0]]) / self.scorer.ratio)
            for b in beads
        ]

    def end_features(self, at: np.ndarray) -> tuple[np.ndarray, ...]:
        """Of windows that both end before the sentences `at`, rows (Chinese, English).

        `ends differ`: one ends in ? ! or :, the other not; `open ends`, `bare ends`: one ends
        on a mark of mid-sentence, or on none; `quotes differ`: at the end or at what follows.
        """
        a, b = self.scorer.frame_zh, self.scorer.frame_en
        if not (len(a.marks) and len(b.marks)):
            return (np.zeros(len(at)),) * 4
        i, j = (np.maximum(at[:, k] - 1, 0) for k in (0, 1))
        after = [np.minimum(at[:, k], len(f.marks) - 1) for k, f in ((0, a), (1, b))]
        return (
            (a.marks[i] != b.marks[j]).astype(float),
            *(((a.unended[i] == x) != (b.unended[j] == x)).astype(float) for x in (1, 2)),
            (a.closes[i] != b.closes[j]).astype(float)
            + (a.opens[after[0]] != b.opens[after[1]]).astype(float),
        )


def _sure(bead: Bead) -> float:
    """How sure it is that a bead without a partner has none: nothing where it is a toss-up."""
    return max(0.0, 2 * bead.posterior - 1)


def _chances(kinds: np.ndarray, vocabulary: int, known: dict[int, float]) -> np.ndarray:
    """For each type its chance by kind; 0 for words of grammar and marks, which are not asked."""
    each = np.zeros(vocabulary)
    for kind, chance in known.items():
        each[: len(kinds)][kinds == kind] = chance
    return each


def _places(tokens: Tokens, spans: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """All tokens of windows that may overlap: (window, type)."""
    starts, ends = tokens.starts[spans[:, 0]], tokens.starts[spans[:, 1]]
    sizes = ends - starts
    window = np.repeat(np.arange(len(spans)), sizes)
    within = np.arange(len(window)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return window, tokens.types[starts[window] + within]


def _types(tokens: Tokens, spans: np.ndarray) -> np.ndarray:
    """window * vocabulary + type for each type of each window, once, in order."""
    window, types = _places(tokens, spans)
    return distinct(window * tokens.vocabulary + types)


def _covered(tokens: Tokens, table: Tokens, spans: np.ndarray) -> np.ndarray:
    """window * vocabulary + type for each type that the windows' tokens cover, once, in order."""
    keys = _types(tokens, spans)
    window, types = keys // tokens.vocabulary, keys % tokens.vocabulary
    sizes = np.diff(table.starts)[types]
    row = np.repeat(np.arange(len(types)), sizes)
    within = np.arange(len(row)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    listed = table.types[table.starts[types[row]] + within]
    return distinct(window[row] * table.vocabulary + listed)


def _spans(pieces: Sequence[tuple[Span, Span]]) -> tuple[np.ndarray, np.ndarray]:
    both = np.array(pieces, np.int64).reshape(len(pieces), 2, 2)
    return both[:, 0], both[:, 1]


def _beside(values: np.ndarray, edge: float, least: bool = True) -> np.ndarray:
    """The least (or greatest) of the values before and after each; `edge` beyond both ends."""
    padded = np.concatenate([[edge], values, [edge]])
    return (np.minimum if least else np.maximum)(padded[:-2], padded[2:])


def of_beads(judge: Judge, beads: Sequence[Bead], first: set[tuple[int, int]]) -> np.ndarray:
    """The confidence of each bead of a path; `first`: the places that the first pass went through."""
    if not beads:
        return np.zeros(0)
    zh, en = _spans([(b.zh, b.en) for b in beads])
    posterior = logit(np.array([b.posterior for b in beads]))
    alone = (zh[:, 0] == zh[:, 1]) | (en[:, 0] == en[:, 1])
    places = [(0, 0), *((b.zh[1], b.en[1]) for b in beads)]
    known = np.array([not first or place in first for place in places])
    new = 1.0 - (known[:-1] & known[1:])
    neighbours = _beside(posterior, 7.0)
    size = (zh[:, 1] - zh[:, 0] + en[:, 1] - en[:, 0]).astype(float)
    one = np.ones(len(beads))
    paired = np.stack(
        [
            one, posterior, *judge.word_features(zh, en), *judge.length_features(zh, en),
            np.minimum(size - 2, 4), new, _beside(alone.astype(float), 0.0, least=False), neighbours,
            judge.words_against(zh, en),
        ],
        axis=1,
    )  # fmt: skip
    chars = judge.scorer.chars_zh[zh[:, 1]] - judge.scorer.chars_zh[zh[:, 0]]
    chars = chars + (judge.scorer.chars_en[en[:, 1]] - judge.scorer.chars_en[en[:, 0]]) / 3
    lone = np.stack([one, posterior, neighbours, np.log(chars + 1), new], axis=1)
    out = np.zeros(len(beads))
    out[~alone] = estimate("bead", paired[~alone])
    out[alone] = estimate("unpaired", lone[alone])
    return out


#: Where fewer of the pairs are one to one the translation is free: a sentence that seems alone is
#: as often a part of what stands beside it.
CLOSE = 0.8
#: How sure a bead can be beside a large one, which may be cut short there; and one with so many
#: sentences of a language is large: the lattice has hardly any with more.
CUT_SHORT, LARGE = 0.5, MOST_ZH - 1


def cap_unpaired(beads: Sequence[Bead]) -> list[Bead]:
    """The beads, those without a partner no surer than their evidence.

    A run of them is in doubt beside a bead that is, or that is large, and where it has sentences
    of both languages: they may translate each other.
    """
    most = _surest(beads)
    out: list[Bead] = []
    for lone, group in groupby(range(len(beads)), key=lambda k: _is_lone(beads[k])):
        run = list(group)
        some = beads[run[0] : run[-1] + 1]
        if not lone:
            out += some
            continue
        edges = [beads[k] for k in (run[0] - 1, run[-1] + 1) if 0 <= k < len(beads)]
        cap = min(most, CUT_SHORT) if _is_doubtful(some, edges) else most
        out += [replace(b, posterior=min(b.posterior, cap)) for b in some]
    return out


def _surest(beads: Sequence[Bead]) -> float:
    """How sure it can be that a sentence has no partner: less where the translation is free."""
    paired = [b for b in beads if not _is_lone(b)]
    literal = sum(b.kind == "1-1" for b in paired) / len(paired) if paired else 0.0
    return 1.0 if literal >= CLOSE else literal


def _is_doubtful(run: Sequence[Bead], edges: Sequence[Bead]) -> bool:
    """Whether beads without a partner may belong to what stands beside them, or to each other."""
    beside = any(_is_large(b) or b.posterior < CUT_SHORT for b in edges)
    return beside or {b.zh[0] == b.zh[1] for b in run} == {True, False}


def _is_lone(bead: Bead) -> bool:
    return bead.zh[0] == bead.zh[1] or bead.en[0] == bead.en[1]


def _is_large(bead: Bead) -> bool:
    """Whether more sentences of one language may belong to the bead than it could take in."""
    return max(bead.zh[1] - bead.zh[0], bead.en[1] - bead.en[0]) >= LARGE


def of_breaks(
    judge: Judge, beads: Sequence[Bead], meets: Sequence[tuple[int, int]], shares: Sequence[float]
) -> np.ndarray:
    """The confidence of breaks meets[1:-1] between the pieces from place to place of a path.

    `shares[k]`: the posterior of meets[k + 1].
    """
    breaks = meets[1:-1]
    if not breaks:
        return np.zeros(0)
    zh, en = _spans([((a, c), (b, d)) for (a, b), (c, d) in pairwise(meets)])
    each, _, _ = judge.word_features(zh, en)
    _, ratio = judge.length_features(zh, en)
    lone = judge.unpaired(beads, zh, en)
    local = _local(judge, beads, breaks)
    posterior = logit(np.array(shares))
    pairwise_least = lambda x: np.minimum(x[:-1], x[1:])  # noqa: E731
    open_ends, bare_ends = judge.end_features(np.array(breaks))[1:3]
    features = np.stack(
        [
            np.ones(len(posterior)), posterior, pairwise_least(each), -pairwise_least(-ratio),
            -pairwise_least(-lone), *local, open_ends, bare_ends,
        ],
        axis=1,
    )  # fmt: skip
    return estimate("break", features)


def _local(judge: Judge, beads: Sequence[Bead], places: Sequence[tuple[int, int]]):
    """`unpaired beside`, `words beside`: of the beads that meet at each place; `words across`: how
    well a sentence next to the place translates the bead beyond it, where the break may belong.
    """
    if not beads:
        return (np.zeros(len(places)),) * 3
    zh, en = _spans([(b.zh, b.en) for b in beads])
    each, _, _ = judge.word_features(zh, en)
    lone = (zh[:, 0] == zh[:, 1]) | (en[:, 0] == en[:, 1])
    alone = np.where(lone, [_sure(b) for b in beads], 0.0)
    each = np.where(lone, 0.0, each)
    ends = {(b.zh[1], b.en[1]): k for k, b in enumerate(beads)}
    before = np.array([ends.get(place, -1) for place in places])
    after = np.minimum(before + 1, len(beads) - 1)
    before = np.maximum(before, 0)
    (i, j), one = np.array(places).T, np.array([0, 1])
    last_zh, first_zh = (np.clip(i[:, None] + one - k, 0, judge.scorer.n) for k in (1, 0))
    last_en, first_en = (np.clip(j[:, None] + one - k, 0, judge.scorer.m) for k in (1, 0))
    left = np.concatenate([last_zh, first_zh, zh[after], zh[before]])
    right = np.concatenate([en[after], en[before], last_en, first_en])
    across, _, _ = judge.word_features(left, right)
    across[(left[:, 0] == left[:, 1]) | (right[:, 0] == right[:, 1])] = 0.0
    return (
        np.maximum(alone[before], alone[after]),
        np.minimum(each[before], each[after]),
        across.reshape(4, -1).max(axis=0),
    )


def of_pairs(
    judge: Judge,
    beads: Sequence[Sequence[Bead]],
    pieces: Sequence[tuple[Span, Span]],
    posteriors: Sequence[float],
    rivals: Sequence[Sequence[tuple[Span, Span]]],
) -> np.ndarray:
    """The confidence of paired units: sentences `pieces`, of which `beads` were found.

    `rivals`: for each unit the pairs that its neighbours without a partner could make with it instead.
    """
    if not pieces:
        return np.zeros(0)
    zh, en = _spans(pieces)
    each, _, few = judge.word_features(zh, en)
    flat = [bead for some in beads for bead in some]
    _, ratio = judge.length_features(zh, en)
    inside = [_posterior_of(some, judge.sizes(some)) for some in beads]
    ends = [end for piece, some in zip(pieces, beads, strict=True) for end in _ends(piece, some)]
    at_ends, _, _ = judge.word_features(*_spans(ends))
    rival = _best_rivals(judge, rivals)
    beside = np.array([float(bool(some)) for some in rivals])
    _, _, bare_ends, quotes = judge.end_features(np.stack([zh[:, 1], en[:, 1]], axis=1))
    features = np.stack(
        [
            np.ones(len(pieces)), logit(np.array(posteriors)), each, few, ratio,
            judge.unpaired(flat, zh, en), logit(np.array(inside)), beside,
            np.where(beside > 0, np.maximum(rival - each, -1.0), -1.0),
            at_ends.reshape(-1, 2).min(axis=1), bare_ends, quotes, judge.words_against(zh, en),
        ],
        axis=1,
    )  # fmt: skip
    return estimate("pair", features)


def _posterior_of(beads: Sequence[Bead], sizes: Sequence[float]) -> float:
    """The beads' posterior, by the characters of each."""
    weighed = sum(b.posterior * size for b, size in zip(beads, sizes, strict=True))
    return weighed / max(1, sum(sizes))


def _ends(piece: tuple[Span, Span], beads: Sequence[Bead]) -> Iterator[tuple[Span, Span]]:
    """The first and the last bead of a piece; twice the piece where none was found."""
    for bead in (beads[0], beads[-1]) if beads else (Bead(*piece, 0.0),) * 2:
        yield bead.zh, bead.en


def _best_rivals(judge: Judge, rivals: Sequence[Sequence[tuple[Span, Span]]]) -> np.ndarray:
    """For each unit what the words of its best rival say each, -1 where it has none."""
    best = np.full(len(rivals), -1.0)
    flat = [pair for some in rivals for pair in some]
    if flat:
        other, _, _ = judge.word_features(*_spans(flat))
        owner = np.repeat(np.arange(len(rivals)), [len(some) for some in rivals])
        np.maximum.at(best, owner, other)
    return best


#: Nats of words from which on they speak against a pair: they hardly match, or hardly anything
#: matches where a neighbour's text matches so well. The second is true of two in a thousand right
#: pairs (MAC, NTREX, sentence by sentence) and of eight in ten that are shifted by one. The first is
#: true of four in a thousand in news and of two in a hundred in fiction at -4, of ten and four at -3.
#: So sure such a pair is at most.
AGAINST, LITTLE, RIVAL = -3.5, 1.0, 4.0
MOST_AGAINST, MOST_RIVAL = 0.8, 0.4
#: The neighbours whose text may belong to a pair's instead, by how far they stand from it.
NEAR = (-2, -1, 1, 2)


def most_sure(judge: Judge, pieces: Sequence[tuple[Span, Span]]) -> np.ndarray:
    """How sure each of these pairs, in order, can be for its words; 1 where they say nothing against it."""
    most = np.ones(len(pieces))
    if not pieces:
        return most
    zh, en = _spans(pieces)
    own = judge.words(zh, en)[0]
    best = np.full(len(own), -np.inf)
    weak = np.flatnonzero(own < LITTLE)
    for step in NEAR:
        at = weak[(weak + step >= 0) & (weak + step < len(own))]
        for left, right in ((at, at + step), (at + step, at)):
            best[at] = np.maximum(best[at], judge.words(zh[left], en[right])[0])
    most[own < AGAINST] = MOST_AGAINST
    most[(own < LITTLE) & (best >= RIVAL)] = MOST_RIVAL
    return most
