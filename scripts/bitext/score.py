"""Two lists of sentences -> how well each window of the one translates each window of the other.

A score is a weighted sum of evidence, in nats, rounded to thousandths so that it is the same on
every machine. `evidence.py` says what the words tell; here lengths, marks and the bead's shape are
added. `weights.py` has the weights.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np

from .embed import Encoder
from .evidence import (
    FOUND_EN,
    FOUND_ZH,
    MOST,
    MOST_EN,
    MOST_ZH,
    Gains,
    Lexical,
    Links,
    Order,
    Side,
    Vectors,
)
from .lexicon import Candidates
from .weights import Weights


def length_zh(text: str) -> float:
    """The text's length in Han characters; a Latin letter counts a third of one."""
    if text.isascii():
        return (len(text) - sum(map(text.count, " \t\n"))) / 3 + 0.1
    wide = len(NARROW.sub("", text))
    return wide + (len(text) - wide - len(SPACE.findall(text))) / 3 + 0.1


def length_en(text: str) -> float:
    return len(text) - len(SPACE.findall(text)) + 0.1


NARROW = re.compile(r"[\x00-\u2e7f]+")
SPACE = re.compile(r"\s")


def length_ratio(zh: float, en: float) -> float:
    """English characters for a Chinese one, pulled towards the usual 2.8: unpaired text misleads."""
    return min(max((en + 280) / (zh + 100), 2.3), 3.8)


_GRID = np.arange(0, 8, 0.002)
_SURPRISE = np.array([-math.log(max(math.erfc(z / math.sqrt(2)), 1e-12)) for z in _GRID])


def length_cost(zh: np.ndarray, en: np.ndarray, ratio: float, variance: float) -> np.ndarray:
    """Gale and Church's cost of two lengths standing beside each other, at most 12 nats."""
    zh = zh * ratio
    z = np.abs(en - zh) / np.sqrt(np.maximum((zh + en) / 2, 1) * variance)
    return np.minimum(np.interp(z, _GRID, _SURPRISE), 12.0)


class Frame:
    """How each sentence begins and ends: with which mark, in or out of a quotation."""

    CLOSERS = re.compile(r"[”’\"'」』）)\s]+$")
    MARKS = {"？": "?", "！": "!", "：": ":"}
    OPENS = re.compile(r"\s*[“\"‘「『']")
    CLOSES = re.compile(r"[”\"’」』']\s*$")

    def __init__(self, sentences: Sequence[str]):
        tails = [s[-40:] for s in sentences]
        last = [self.CLOSERS.sub("", tail)[-1:] for tail in tails]
        last = [self.MARKS.get(mark, mark) for mark in last]
        self.mark = np.array([("?!:".find(mark) if mark else -1) for mark in last], np.int8)
        self.opens = np.array([bool(self.OPENS.match(s)) for s in sentences], bool)
        self.closes = np.array([bool(self.CLOSES.search(tail)) for tail in tails], bool)

    @staticmethod
    def agreement(
        zh: Frame,
        first_zh: np.ndarray,
        last_zh: np.ndarray,
        en: Frame,
        first_en: np.ndarray,
        last_en: np.ndarray,
        weights: Weights,
    ) -> np.ndarray:
        """What it is worth how the windows' first and last sentences look beside each other."""
        mark_zh, mark_en = zh.mark[last_zh][:, None], en.mark[last_en][None, :]
        open_zh, open_en = zh.opens[first_zh][:, None], en.opens[first_en][None, :]
        close_zh, close_en = zh.closes[last_zh][:, None], en.closes[last_en][None, :]
        return (
            weights.mark_same * ((mark_zh == mark_en) & (mark_zh >= 0))
            + weights.mark_other * (mark_zh != mark_en)
            + weights.open_same * (open_zh & open_en)
            + weights.open_other * (open_zh != open_en)
            + weights.close_other * (close_zh != close_en)
        )


class Scorer:
    """Scores of all beads of two lists of sentences, computed block by block."""

    def __init__(self, zh: Sequence[str], en: Sequence[str], encode: Encoder | None = None):
        self.n, self.m = len(zh), len(en)
        self.lexical = Lexical(zh, en)
        lengths_zh = np.array([length_zh(s) for s in zh])
        lengths_en = np.array([length_en(s) for s in en])
        self.chars_zh = np.concatenate([[0], np.cumsum(lengths_zh)])
        self.chars_en = np.concatenate([[0], np.cumsum(lengths_en)])
        self.log_zh, self.log_en = np.log(lengths_zh + 1), np.log(lengths_en + 1)
        self.ratio = length_ratio(self.chars_zh[-1], self.chars_en[-1])
        self.frame_zh, self.frame_en = Frame(zh), Frame(en)
        self.vectors = Vectors([(zh, lengths_zh), (en, lengths_en)], encode) if encode else None

    def weigh(self, weights: Weights, learned: Candidates | None = None) -> Scorer:
        """Take these weights for the scores; with `learned`, count what the document taught."""
        self.weights = weights
        self.sides_en, self.sides_zh = [], []
        self._add_sides(self.lexical.strict, weights.strict_en, weights.strict_zh)
        self.order = None
        if weights.loose_en or weights.order:
            loose = self.lexical.link(learned or {}, loose=True)
            self._add_sides(loose, weights.loose_en, weights.loose_zh)
            self.order = Order(self.lexical, loose, weights.order)
        self.prior = np.full((MOST_ZH, MOST_EN), -np.inf)
        for (a, b), value in weights.beads.items():
            self.prior[a - 1, b - 1] = value
        return self

    def _add_sides(self, links: Links, weights_en: tuple, weights_zh: tuple) -> None:
        lexical = self.lexical
        for sides, tokens, seen, found, most, kinds, weights in (
            (
                self.sides_en,
                lexical.en,
                links.covered,
                FOUND_EN,
                MOST_ZH,
                lexical.kinds_en,
                weights_en,
            ),
            (self.sides_zh, lexical.zh, links.hit, FOUND_ZH, MOST_EN, lexical.kinds_zh, weights_zh),
        ):
            if weights:
                each = np.zeros((2, tokens.vocabulary))
                listed = np.zeros((2, max(len(weights), kinds.max(initial=0) + 1)))
                listed[:, : len(weights)] = np.array(weights).T  # kinds beyond them weigh nothing
                each[:, : len(kinds)] = listed[:, kinds]
                sides.append(Side(tokens, seen, Gains(tokens, seen, found, most), *each))

    @property
    def skip_zh(self) -> np.ndarray:
        """What it costs to leave each Chinese sentence without a partner."""
        return _milli(self.weights.skip_zh[0] + self.weights.skip_zh[1] * self.log_zh)

    @property
    def skip_en(self) -> np.ndarray:
        return _milli(self.weights.skip_en[0] + self.weights.skip_en[1] * self.log_en)

    def block(self, top: int, bottom: int, left: int, right: int) -> np.ndarray:
        """Scores by the place where a bead ends: [i - top - 1, a - 1, b - 1, j - left].

        The bead zh[i - a:i], en[j - b:j]; i in top + 1..bottom, j in left..right; -inf where there
        is no such bead.
        """
        w = self.weights
        zh, en = (max(0, top + 1 - MOST_ZH), bottom), (max(0, left - MOST_EN), right)
        words_en = [sum(x) for x in zip(*(s.block(zh, en) for s in self.sides_en), strict=True)]
        words_zh = [sum(x) for x in zip(*(s.block(en, zh) for s in self.sides_zh), strict=True)]
        order = self.order.block(zh, en) if self.order else None
        scores = np.full((bottom - top, MOST_ZH, MOST_EN, right - left + 1), -np.inf, np.float32)
        for a in range(1, MOST_ZH + 1):
            ends_zh = np.arange(max(top + 1, a), bottom + 1)
            for b in range(1, min(MOST_EN, MOST - a) + 1):
                ends_en = np.arange(max(left, b), right + 1)
                if not len(ends_zh) or not len(ends_en):
                    continue
                i, j = ends_zh - a - zh[0], ends_en - b - en[0]  # where the windows start
                rows, columns = slice(i[0], i[-1] + 1), slice(j[0], j[-1] + 1)
                value = words_en[a - 1][rows, j + b] - words_en[a - 1][rows, columns]
                value += (words_zh[b - 1][columns, i + a] - words_zh[b - 1][columns, rows]).T
                if order:
                    value += order[0][a - 1][rows] @ order[1][b - 1][columns].T
                value += w.length * -length_cost(
                    (self.chars_zh[ends_zh] - self.chars_zh[ends_zh - a])[:, None],
                    (self.chars_en[ends_en] - self.chars_en[ends_en - b])[None, :],
                    self.ratio,
                    w.variance,
                )
                value += self.prior[a - 1, b - 1]
                value += Frame.agreement(
                    self.frame_zh,
                    ends_zh - a,
                    ends_zh - 1,
                    self.frame_en,
                    ends_en - b,
                    ends_en - 1,
                    w,
                )
                if self.vectors:
                    value += w.vectors * self.vectors.margin(ends_zh, a, ends_en, b)
                scores[ends_zh[0] - top - 1 :, a - 1, b - 1, ends_en[0] - left :] = _milli(value)
        return scores


def _milli(value: np.ndarray) -> np.ndarray:
    return np.rint(value * 1000) / 1000
