"""Pairs -> whether the two languages translate each other at all, against a shuffled baseline.

An aligner pairs whatever it is given. So a sample of the paired sentences is read twice: in its
order, and in shuffled orders with what was found before taken out. A translation has far more
common words in its order than out of it; two texts that only stand beside each other have not.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bitext.align.confidence import Judge
from bitext.align.score import Scorer
from bitext.pair.records import LONG, Pair
from bitext.segment.records import Block
from bitext.text.paths import in_order
from bitext.text.sentences import sentences_of

#: So many sentences of a language are looked at, in so many stretches of the document.
MOST, STRETCHES = 64, 4
#: In so many shuffled orders, always the same ones.
SHUFFLES = 12
#: Where any sentence beside any other is worth so much, all say the same, and order tells nothing.
ALIKE = 2.0
#: Fewer sentences tell too little.
FEW = 5
#: What a sentence of a translation has above chance, in nats of its words. Of 150 passages of novels
#: and 90 of news, 10 to 40 sentences long, none had less than 0.9, and news had 4.8 or more; beside
#: the next passage's translation nine in ten had less than 0.6. What is half untranslated has less.
LEAST = 0.6
#: With fewer sentences chance reaches further: less than this is asked then.
SURE = 10

Matrix = np.ndarray


@dataclass(frozen=True, slots=True)
class Match:
    """What the words of a sample say, in nats for a sentence: in order, and in shuffled orders."""

    sentences: int  # different ones, of the language that has fewer
    found: float = 0.0
    shuffled: float = 0.0
    alike: float = 0.0  # of any sentence beside any that it is not paired with

    @property
    def margin(self) -> float:
        """How much more the sentences say in their order."""
        return self.found - self.shuffled

    @property
    def least(self) -> float:
        """The margin that a translation of this size has."""
        return LEAST * min(1.0, (self.sentences - 2) / (SURE - 2))

    @property
    def judged(self) -> bool:
        """Whether order tells anything: not of a few sentences, nor where all say the same."""
        return self.sentences >= FEW and self.alike < ALIKE

    @property
    def parallel(self) -> bool:
        return not self.judged or self.margin >= self.least


def match(pairs: Sequence[Pair]) -> Match:
    """How far the pairs' texts match by their words above chance; the same for the same pairs."""
    zh, en = _sample([p for p in pairs if p.zh and p.en])
    if _size(zh, en) < FEW:  # hardly anything pairs: then what stands alone is asked too
        zh, en = _sample(pairs)
    size = _size(zh, en)
    if size < FEW:
        return Match(size)
    judge = Judge(Scorer(zh, en))
    worth = _worth(judge, len(zh), len(en))
    found, cells = in_order(worth)
    apart = np.ones(worth.shape, bool)
    apart[tuple(np.array(cells, np.int64).reshape(-1, 2).T)] = False
    rest = worth * apart
    shuffled = sum(in_order(rest[:, order])[0] for order in _orders(len(en))) / SHUFFLES
    # How well any two sentences match by what words are worth in general, and not in this text.
    of_zh, of_en = judge.counts
    judge.counts = (np.zeros_like(of_zh), np.zeros_like(of_en))
    alike = float(_worth(judge, len(zh), len(en))[apart].mean())
    return Match(size, found / size, shuffled / size, alike)


def _size(zh: Sequence[str], en: Sequence[str]) -> int:
    return min(len(set(zh)), len(set(en)))


def _sample(pairs: Sequence[Pair]) -> tuple[list[str], list[str]]:
    """The sentences of stretches that are evenly spread over the pairs; of a short text all."""
    zh: list[str] = []
    en: list[str] = []
    for k in range(STRETCHES):
        start, end = (n * len(pairs) // STRETCHES for n in (k, k + 1))
        some: list[str] = []
        others: list[str] = []
        for pair in pairs[start:end]:
            if max(len(some), len(others)) >= MOST // STRETCHES:
                break
            some += _sentences(pair.zh, "zh")
            others += _sentences(pair.en, "en")
        zh += some
        en += others
    return zh, en


def _sentences(blocks: Sequence[Block], lang: str) -> list[str]:
    """The first sentences of one side of a pair."""
    text = "\n".join(b.text for b in blocks)[:LONG]
    return sentences_of(text, lang)[: MOST // STRETCHES]


def _worth(judge: Judge, n: int, m: int) -> Matrix:
    """What the words of each Chinese sentence say for each English one; never less than nothing."""
    i, j = (k.ravel() for k in np.indices((n, m)))
    words, _ = judge.words(np.stack([i, i + 1], axis=1), np.stack([j, j + 1], axis=1))
    return np.maximum(words, 0.0).reshape(n, m)


def _orders(size: int) -> Iterator[Matrix]:
    """The shuffled orders; by sorting, which gives the same on every machine."""
    chance = random.Random(size)
    for _ in range(SHUFFLES):
        yield np.argsort([chance.random() for _ in range(size)], kind="stable")
