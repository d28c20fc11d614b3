"""Two lists of sentences -> how well each window of the one translates each window of the other.

A score is a weighted sum of evidence, in nats, rounded to thousandths so that it is the same on
every machine. `evidence.py` says what the words tell; here lengths, marks and the bead's shape are
added. `weights.py` has the weights.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import reduce

import numpy as np

from bitext.align.evidence import (
    FOUND_EN,
    FOUND_ZH,
    MOST_EN,
    MOST_ZH,
    Gains,
    Lexical,
    Links,
    Order,
    Side,
)
from bitext.align.lexicon import Candidates
from bitext.align.weights import Weights

SPACE = re.compile(r"\s+")
NARROW = re.compile(r"[\x00-\u2e7f]+")


def length_en(text: str) -> float:
    """The text's length in characters, white space apart."""
    return len(SPACE.sub("", text)) + 0.1


def length_zh(text: str) -> float:
    """The text's length in Han characters; a Latin letter counts a third of one."""
    text = SPACE.sub("", text)
    wide = len(NARROW.sub("", text))
    return wide + (len(text) - wide) / 3 + 0.1


def length_ratio(zh: float, en: float) -> float:
    """English characters for a Chinese one, pulled towards the usual 2.8: unpaired text misleads."""
    return min(max((en + 280) / (zh + 100), 2.3), 3.8)


#: -log of how probable a deviation of at least z = k / FINE is, for each k; at most 12 nats.
FINE, FARTHEST = 500, 8
SURPRISE = np.array(
    [
        min(-math.log(max(math.erfc(k / FINE / math.sqrt(2)), 1e-12)), 12.0)
        for k in range(FARTHEST * FINE + 1)
    ],
    np.float32,
)


def length_cost(zh: np.ndarray, en: np.ndarray, ratio: float, variance: float) -> np.ndarray:
    """Gale and Church's cost of each length of the one beside each of the other."""
    zh = (zh * ratio)[:, None].astype(np.float32)
    en = en[None, :].astype(np.float32)
    spread = zh + en
    spread *= np.float32(variance / 2)
    np.sqrt(np.maximum(spread, variance, out=spread), out=spread)
    z = en - zh
    np.abs(z, out=z)
    z /= spread
    z *= FINE
    z += 0.5
    return SURPRISE.take(np.minimum(z, FARTHEST * FINE, out=z).astype(np.int32))


class Frame:
    """How each sentence begins and ends: in or out of a quotation, with which mark."""

    CLOSERS = re.compile(r"[”’\"'」』）)\s]+$")
    OPENS = re.compile(r"\s*[“\"‘「『']")
    CLOSES = re.compile(r"[”\"’」』']\s*$")
    ENDS = frozenset(".。．｡?？!！")

    def __init__(self, sentences: Sequence[str]):
        tails = [s[-40:] for s in sentences]
        marks = [self.CLOSERS.sub("", tail)[-1:] or "." for tail in tails]
        # 0: no mark that the languages share; 1, 2, 3: ? ! :
        self.marks = np.array([1 + max("?!:".find(m), "？！：".find(m)) for m in marks], np.int8)
        self.opens = np.array([bool(self.OPENS.match(s)) for s in sentences], np.int8)
        self.closes = np.array([bool(self.CLOSES.search(tail)) for tail in tails], np.int8)
        # 1: ends on a dash, a comma, a colon; 2: on no mark at all; 0: as a sentence does
        self.unended = np.array(
            [0 if mark in self.ENDS else 1 + mark.isalnum() for mark in marks], np.int8
        )


class Scorer:
    """Scores of all beads of two lists of sentences, computed block by block."""

    def __init__(self, zh: Sequence[str], en: Sequence[str]):
        self.n, self.m = len(zh), len(en)
        self.lexical = Lexical(zh, en)
        lengths_zh = np.array([length_zh(s) for s in zh])
        lengths_en = np.array([length_en(s) for s in en])
        self.chars_zh = np.concatenate([[0], np.cumsum(lengths_zh)])
        self.chars_en = np.concatenate([[0], np.cumsum(lengths_en)])
        self.log_zh, self.log_en = np.log(lengths_zh + 1), np.log(lengths_en + 1)
        self.ratio = length_ratio(self.chars_zh[-1], self.chars_en[-1])
        self.frame_zh, self.frame_en = Frame(zh), Frame(en)

    def weigh(self, weights: Weights, learned: Candidates | None = None) -> Scorer:
        """Take these weights for the scores; with `learned`, count what the document taught."""
        self.weights = weights
        self.sides_en: list[Side] = []
        self.sides_zh: list[Side] = []
        self._add_sides(self.lexical.strict, weights.strict_en, weights.strict_zh)
        self.order = None
        if weights.loose_en or weights.order:
            loose = self.lexical.link(learned or {}, loose=True)
            self._add_sides(loose, weights.loose_en, weights.loose_zh)
            self.order = Order(self.lexical, loose, weights.order)
        self.skip_zh = _milli(weights.skip_zh[0] + weights.skip_zh[1] * self.log_zh)
        self.skip_en = _milli(weights.skip_en[0] + weights.skip_en[1] * self.log_en)
        return self

    def _add_sides(self, links: Links, pairs_en: tuple, pairs_zh: tuple) -> None:
        zh, en = self.lexical.zh, self.lexical.en
        if pairs_en:
            gains = Gains(links.share_en, FOUND_EN, MOST_ZH)
            each = _per_type(pairs_en, self.lexical.kinds_en, en.vocabulary)
            self.sides_en.append(Side(en, zh, links.from_zh, gains, each))
        if pairs_zh:
            gains = Gains(links.share_zh, FOUND_ZH, MOST_EN)
            each = _per_type(pairs_zh, self.lexical.kinds_zh, zh.vocabulary)
            self.sides_zh.append(Side(zh, en, links.from_en, gains, each))

    def block(self, top: int, bottom: int, left: int, right: int) -> np.ndarray:
        """Scores by the place where a bead ends: [i - top - 1, a - 1, b - 1, j - left].

        The bead zh[i - a:i], en[j - b:j]; i in top + 1..bottom, j in left..right; -inf where there
        is no such bead.
        """
        zh, en = (max(0, top + 1 - MOST_ZH), bottom), (max(0, left - MOST_EN), right)
        # Of each side there is one at least: all weights have the strict pairs.
        words_en: np.ndarray = reduce(np.add, (s.block(zh, en) for s in self.sides_en))
        words_zh: np.ndarray = reduce(np.add, (s.block(en, zh) for s in self.sides_zh))
        words_zh = np.ascontiguousarray(words_zh.transpose(0, 2, 1))
        order = self.order.block(zh, en) if self.order else None
        frames = self._frames(zh, en)
        scores = np.full((bottom - top, MOST_ZH, MOST_EN, right - left + 1), -np.inf, np.float32)
        for (a, b), prior in self.weights.beads.items():
            # where the windows start and end, counted from the block's first sentences
            i, j = max(top + 1, a) - zh[0], max(left, b) - en[0]
            rows, columns = bottom - zh[0] - i + 1, right - en[0] - j + 1
            if rows <= 0 or columns <= 0:
                continue
            i0, i1 = slice(i - a, i - a + rows), slice(i, i + rows)
            j0, j1 = slice(j - b, j - b + columns), slice(j, j + columns)
            value = scores[zh[0] + i - top - 1 :, a - 1, b - 1, en[0] + j - left :]
            np.subtract(words_en[a - 1][i0, j1], words_en[a - 1][i0, j0], out=value)
            value += words_zh[b - 1][i1, j0] - words_zh[b - 1][i0, j0]
            if order:
                value += order[0][a - 1][i0] @ order[1][b - 1][j0].T
            shape = self._lengths((zh[0] + i, a, rows), (en[0] + j, b, columns))
            shape += frames[0][i - 1 : i - 1 + rows, j - 1 : j - 1 + columns]
            shape += frames[1][i0, j0]
            shape += frames[2][i - 1 : i - 1 + rows, j - 1 : j - 1 + columns]
            value += shape
            value += prior
        return _milli(scores)

    def _lengths(self, zh: tuple[int, int, int], en: tuple[int, int, int]) -> np.ndarray:
        """What the lengths of windows say: (first window's end, size, how many of them)."""
        chars_zh, chars_en = (
            chars[end : end + count] - chars[end - size : end - size + count]
            for chars, (end, size, count) in ((self.chars_zh, zh), (self.chars_en, en))
        )
        cost = length_cost(chars_zh, chars_en, self.ratio, self.weights.variance)
        cost *= -self.weights.length
        return cost

    def _frames(self, zh: tuple[int, int], en: tuple[int, int]) -> tuple[np.ndarray, ...]:
        """What it is worth that windows end with, begin with, close with these sentences' marks."""
        rows, columns = slice(*zh), slice(*en)
        a, b, weights = self.frame_zh, self.frame_en, self.weights
        return (
            weights.marks[a.marks[rows]][:, b.marks[columns]],
            weights.opens[a.opens[rows]][:, b.opens[columns]],
            weights.closes[a.closes[rows]][:, b.closes[columns]],
        )


def _per_type(pairs: tuple, kinds: np.ndarray, vocabulary: int) -> np.ndarray:
    """The pairs of the types' kinds, as two rows; kinds that are not listed weigh nothing."""
    listed = np.zeros((2, max(len(pairs), int(kinds.max(initial=0)) + 1)))
    listed[:, : len(pairs)] = np.array(pairs).T
    each = np.zeros((2, vocabulary))
    each[:, : len(kinds)] = listed[:, kinds]
    return each


def _milli(value: np.ndarray) -> np.ndarray:
    """The values as whole thousandths, in their place."""
    value *= 1000
    np.rint(value, out=value)
    value /= 1000
    return value
