"""Two lists of sentences -> how well each window of the one translates each window of the other.

Three kinds of evidence, in nats: the words (a log-likelihood ratio against the document's own
chance level, so that merging must pay for itself), the lengths, and how often a bead of that shape
occurs. Scores are whole thousandths of a nat, so that they are the same on every machine.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .embed import Encoder
from .lexicon import Candidates, read_dictionary, read_names, tokens_en, tokens_zh

#: The largest bead: so many Chinese and so many English sentences, and so many together.
MOST_ZH, MOST_EN, MOST = 4, 6, 7
#: How much of an overlong segment is read for its words: this many characters at either end.
READ_AT_MOST = 20_000

BEADS = {
    (1, 1): 0.60, (1, 2): 0.19, (1, 3): 0.06, (2, 1): 0.05, (1, 4): 0.02, (2, 2): 0.02,
    (2, 3): 0.01, (3, 1): 0.008, (1, 5): 0.006, (3, 2): 0.003, (1, 6): 0.002,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weights:
    """What the evidence weighs; chosen on development texts, see docs of scripts/score_align.py."""

    words: float = 0.4
    length: float = 1.0
    variance: float = 12.0
    prior: float = 1.0
    skip: float = -4.0
    found_en: float = 0.45  # how often a token of a true bead is covered by the dictionary
    found_zh: float = 0.50
    most_gain: float = 4.0
    most_loss: float = 0.5
    vectors: float = 0.0


WITH_VECTORS = Weights(words=0.3, length=0.5, variance=8.0, prior=0.8, skip=-3.0, vectors=8.0)


def length_zh(text: str) -> float:
    """The text's length in Han characters; a Latin letter counts a third of one."""
    wide = sum(1 for char in text if char > "\u2e7f")
    return wide + (len(text) - wide - sum(map(str.isspace, text))) / 3 + 0.1


def length_en(text: str) -> float:
    return len(text) - sum(map(str.isspace, text)) + 0.1


def length_ratio(zh: float, en: float) -> float:
    """English characters for a Chinese one, pulled towards the usual 2.8: unpaired text misleads."""
    return min(max((en + 280) / (zh + 100), 2.3), 3.8)


class Tokens:
    """One side's tokens as arrays: sentence by sentence, `types[starts[i]:starts[i + 1]]`."""

    def __init__(self, sentences: Sequence[Sequence[int]], vocabulary: int):
        counts = [len(tokens) for tokens in sentences]
        self.starts = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
        self.types = np.fromiter(
            (token for tokens in sentences for token in tokens), np.int32, int(self.starts[-1])
        )
        self.vocabulary = vocabulary

    def rows(self) -> np.ndarray:
        return np.repeat(np.arange(len(self.starts) - 1, dtype=np.int32), np.diff(self.starts))

    def between(self, first: int, last: int) -> tuple[np.ndarray, np.ndarray]:
        """The tokens of sentences first..last: (sentence counted from first, type)."""
        a, b = self.starts[first], self.starts[last]
        rows = np.repeat(np.arange(last - first), np.diff(self.starts[first : last + 1]))
        return rows, self.types[a:b]


def _expand(tokens: Tokens, table: Tokens) -> Tokens:
    """Each sentence's tokens replaced by all that the table lists for them, every type once."""
    sizes = np.diff(table.starts)[tokens.types]
    rows = np.repeat(tokens.rows(), sizes).astype(np.int64)
    first = np.repeat(table.starts[tokens.types], sizes)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    keys = np.unique(rows * table.vocabulary + table.types[first + within])
    found = Tokens((), table.vocabulary)
    found.types = (keys % table.vocabulary).astype(np.int32)
    counts = np.bincount(keys // table.vocabulary, minlength=len(tokens.starts) - 1)
    found.starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return found


def _read(text: str) -> str:
    return text if len(text) <= 2 * READ_AT_MOST else text[:READ_AT_MOST] + text[-READ_AT_MOST:]


class Lexical:
    """The words of both sides: which tokens stand where, and which of them translate each other."""

    def __init__(self, zh: Sequence[str], en: Sequence[str]):
        zh, en = [_read(s) for s in zh], [_read(s) for s in en]
        dictionary, names = read_dictionary(zh), read_names(en)
        self.candidates: Candidates = {}
        self.words_zh = [tokens_zh(s, dictionary, names, self.candidates) for s in zh]
        self.words_en = [tokens_en(s) for s in en]
        self.ids_zh = {token: k for k, token in enumerate(self.candidates)}
        self.ids_en: dict[str, int] = {}
        for tokens in self.words_en:
            for token in tokens:
                self.ids_en.setdefault(token, len(self.ids_en))
        self.zh = Tokens([[self.ids_zh[t] for t in s] for s in self.words_zh], len(self.ids_zh))
        self.en = Tokens([[self.ids_en[t] for t in s] for s in self.words_en], len(self.ids_en))
        self.link({})

    def link(self, learned: Candidates) -> None:
        """Note which types translate each other: by the dictionary and by what was learned."""
        pairs = [
            (z, e)
            for token, z in self.ids_zh.items()
            for other in self.candidates[token] | learned.get(token, frozenset())
            if (e := self.ids_en.get(other)) is not None
        ]
        pairs.sort()
        from_zh: list[list[int]] = [[] for _ in self.ids_zh]
        from_en: list[list[int]] = [[] for _ in self.ids_en]
        for z, e in pairs:
            from_zh[z].append(e)
            from_en[e].append(z)
        self.covered = _expand(self.zh, Tokens(from_zh, max(1, len(self.ids_en))))
        self.hit = _expand(self.en, Tokens(from_en, max(1, len(self.ids_zh))))


class Gains:
    """What a covered and an uncovered token tell, for windows of one to `most` sentences."""

    def __init__(self, tokens: Tokens, seen: Tokens, found: float, most: int, weights: Weights):
        """`seen`: the types that each sentence of the other side would cover."""
        count = max(1, len(seen.starts) - 1)
        share = np.bincount(seen.types, minlength=tokens.vocabulary) / count
        share = np.clip(share, 0.3 / count, 0.95)
        sizes = np.arange(1, most + 1)[:, None]
        chance = np.clip(1 - (1 - share) ** sizes, 1e-3, 0.98)
        truth = found + (1 - found) * chance
        self.loss = np.maximum(np.log((1 - truth) / (1 - chance)), -weights.most_loss)
        self.gain = np.minimum(np.log(truth / chance), weights.most_gain) - self.loss
        rows = tokens.rows()
        # what each sentence scores when nothing of it is covered
        self.base = np.stack(
            [
                np.bincount(rows, loss[tokens.types], minlength=len(tokens.starts) - 1)
                for loss in self.loss
            ]
        )


def _windows_any(dense: np.ndarray, most: int) -> list[np.ndarray]:
    """For windows of 1..most rows that start at each row: whether any of their rows has it."""
    out = [dense]
    for size in range(1, most):
        longer = out[-1].copy()
        kept = max(0, len(dense) - size)
        longer[:kept] = np.maximum(longer[:kept], dense[size:])
        out.append(longer)
    return out


_GRID = np.arange(0, 8, 0.002)
_SURPRISE = np.array([-math.log(max(math.erfc(z / math.sqrt(2)), 1e-12)) for z in _GRID])


def length_cost(zh: np.ndarray, en: np.ndarray, ratio: float, variance: float) -> np.ndarray:
    """Gale and Church's cost of two lengths standing beside each other, at most 12 nats."""
    zh = zh * ratio
    z = np.abs(en - zh) / np.sqrt(np.maximum((zh + en) / 2, 1) * variance)
    return np.minimum(np.interp(z, _GRID, _SURPRISE), 12.0)


class Vectors:
    """The encoder's vectors of both sides, and those of what stands around each sentence."""

    NEIGHBOURS = 10

    def __init__(self, zh: Sequence[str], en: Sequence[str], encode: Encoder):
        self.sums, self.around = [], []
        for side, length in ((zh, length_zh), (en, length_en)):
            vectors = encode(side).astype(np.float64)
            weights = np.array([length(s) for s in side])[:, None]
            zero = np.zeros((1, vectors.shape[1]))
            self.sums.append(np.concatenate([zero, np.cumsum(vectors * weights, 0)]))
            plain = np.concatenate([zero, np.cumsum(vectors, 0)])
            at = np.arange(len(side) + 1)
            low, high = (
                np.maximum(at - self.NEIGHBOURS, 0),
                np.minimum(at + self.NEIGHBOURS, len(side)),
            )
            self.around.append((plain[high] - plain[low]) / np.maximum(high - low, 1)[:, None])

    def margin(self, rows: np.ndarray, a: int, columns: np.ndarray, b: int) -> np.ndarray:
        """How much nearer the windows that end at rows and columns are than what surrounds them."""
        zh, en = self._window(0, rows, a), self._window(1, columns, b)
        around_zh, around_en = self.around[0][rows], self.around[1][columns]
        return zh @ en.T - (zh @ around_en.T + around_zh @ en.T) / 2

    def _window(self, side: int, ends: np.ndarray, size: int) -> np.ndarray:
        total = self.sums[side][ends] - self.sums[side][ends - size]
        return total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-9)


class Scorer:
    """Scores of all beads of a rectangle of sentences, computed block by block."""

    def __init__(
        self,
        zh: Sequence[str],
        en: Sequence[str],
        encode: Encoder | None = None,
        weights: Weights | None = None,
    ):
        self.n, self.m = len(zh), len(en)
        self.weights = weights or (WITH_VECTORS if encode else Weights())
        self.vectors = Vectors(zh, en, encode) if encode else None
        self.lexical = Lexical(zh, en)
        self.chars_zh = np.concatenate([[0], np.cumsum([length_zh(s) for s in zh])])
        self.chars_en = np.concatenate([[0], np.cumsum([length_en(s) for s in en])])
        self.ratio = length_ratio(self.chars_zh[-1], self.chars_en[-1])
        self.prior = np.full((MOST_ZH, MOST_EN), -np.inf)
        for a in range(1, MOST_ZH + 1):
            for b in range(1, MOST_EN + 1):
                if a + b <= MOST:
                    self.prior[a - 1, b - 1] = math.log(BEADS.get((a, b), 0.001))
        self.refresh()

    def refresh(self) -> None:
        """Take up what the document has of each word, after the links have changed."""
        lexical, weights = self.lexical, self.weights
        self.gains_en = Gains(lexical.en, lexical.covered, weights.found_en, MOST_ZH, weights)
        self.gains_zh = Gains(lexical.zh, lexical.hit, weights.found_zh, MOST_EN, weights)

    def block(self, top: int, bottom: int, left: int, right: int) -> np.ndarray:
        """Scores by the place where a bead ends: [i - top - 1, a - 1, b - 1, j - left].

        The bead zh[i - a:i], en[j - b:j]; i in top + 1..bottom, j in left..right; -inf where there
        is no such bead.
        """
        first, before = max(0, top + 1 - MOST_ZH), max(0, left - MOST_EN)
        words_en = self._side(
            self.lexical.covered,
            self.lexical.en,
            self.gains_en,
            MOST_ZH,
            (first, bottom),
            (before, right),
        )
        words_zh = self._side(
            self.lexical.hit,
            self.lexical.zh,
            self.gains_zh,
            MOST_EN,
            (before, right),
            (first, bottom),
        )
        scores = np.full((bottom - top, MOST_ZH, MOST_EN, right - left + 1), -np.inf, np.float32)
        w = self.weights
        for a in range(1, MOST_ZH + 1):
            rows = np.arange(max(top + 1, a), bottom + 1)
            for b in range(1, min(MOST_EN, MOST - a) + 1):
                columns = np.arange(max(left, b), right + 1)
                if not len(rows) or not len(columns):
                    continue
                i, j = rows - a - first, columns - b - before
                en = words_en[a - 1]  # prefix sums over English sentences
                zh = words_zh[b - 1]  # prefix sums over Chinese sentences
                words = en[i][:, j + b] - en[i][:, j]
                words += (zh[j][:, i + a] - zh[j][:, i]).T
                cost = length_cost(
                    (self.chars_zh[rows] - self.chars_zh[rows - a])[:, None],
                    (self.chars_en[columns] - self.chars_en[columns - b])[None, :],
                    self.ratio,
                    w.variance,
                )
                value = w.words * words / 2 - w.length * cost + w.prior * self.prior[a - 1, b - 1]
                if self.vectors:
                    value = value + w.vectors * self.vectors.margin(rows, a, columns, b)
                scores[rows[0] - top - 1 :, a - 1, b - 1, columns[0] - left :] = (
                    np.rint(value * 1000) / 1000
                )
        return scores

    @staticmethod
    def _side(
        seen: Tokens,
        tokens: Tokens,
        gains: Gains,
        most: int,
        windows: tuple[int, int],
        span: tuple[int, int],
    ) -> list[np.ndarray]:
        """What the tokens of sentences `span` score beside each window of the other side.

        One array for each size of window: [window's start, k] the sum over the first k sentences.
        """
        rows, types = seen.between(*windows)
        columns, others = tokens.between(*span)
        mark = np.zeros(tokens.vocabulary + 1, np.int32)
        mark[types] = 1
        mark[others] |= 2
        local = np.flatnonzero(mark == 3)
        place = np.full(len(mark), -1, np.int32)
        place[local] = np.arange(len(local))
        dense = np.zeros((windows[1] - windows[0], len(local)), np.float32)
        kept = place[types] >= 0
        dense[rows[kept], place[types[kept]]] = 1
        counts = np.zeros((span[1] - span[0], len(local)), np.float32)
        kept = place[others] >= 0
        np.add.at(counts, (columns[kept], place[others[kept]]), 1)
        out = []
        for size, window in enumerate(_windows_any(dense, most)):
            score = (window * gains.gain[size, local].astype(np.float32)) @ counts.T
            score = score + gains.base[size, span[0] : span[1]]
            out.append(np.concatenate([np.zeros((len(score), 1)), np.cumsum(score, 1)], 1))
        return out
