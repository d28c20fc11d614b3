"""Sentence pairs of a library -> which words go together: for marks in the other language.

What no name tells: of a word that stands in many sentences, the words of the paired sentences that
come with it more than by chance.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, chain, islice

from bitext.glossary.cuts import dictionary
from bitext.model import LANGS
from bitext.search import fold
from bitext.text.scripts import HAN_CLASS
from bitext.text.words import words

HAN_RUN = re.compile(f"[{HAN_CLASS}]{{2,}}")
#: Texts from which on a lexicon is learnt, and sentence pairs that are read at most; hand-set: fewer
#: tell too little, more cost time and change little.
LEAST_TEXTS, MOST_PAIRS = 200, 20_000
#: Hand-set: so often a pair of words must come; so great must be the share of both words' places;
#: so many words are kept; a word in more than this share of the sentences tells nothing.
OFTEN, SHARE, KEPT, COMMON = 3, 0.15, 4, 0.2


def learnt(texts: int, count: int, known: Iterable[tuple[str, str]]) -> dict[str, dict[str, str]]:
    """By language: a word's key -> the keys of its likeliest words in the other one, parted by tabs.

    `known` has the pairs of so many texts, `count` of them. Empty for a library of few.
    """
    out: dict[str, dict[str, list[tuple[float, str]]]] = {lang: {} for lang in LANGS}
    some = islice(known, 0, None, count // MOST_PAIRS + 1) if texts >= LEAST_TEXTS else ()
    # Each word is held once, however many sentences have it.
    sides = [[tuple(map(sys.intern, filter(None, side.split("\t")))) for side in pair] for pair in some]  # fmt: skip
    single = [Counter(chain.from_iterable(pair[n] for pair in sides)) for n in range(len(LANGS))]
    zh_wanted, en_wanted = (
        {word for word, n in side.items() if OFTEN <= n <= COMMON * len(sides)} for side in single
    )
    beside: dict[str, list[tuple[str, ...]]] = {}  # the sentences that go with those of a word
    for zh, en in sides:
        for word in zh_wanted.intersection(zh):
            beside.setdefault(word, []).append(en)
    for one, sentences in beside.items():
        for two, times in Counter(chain.from_iterable(sentences)).items():
            share = 2 * times / (single[0][one] + single[1][two])
            if two in en_wanted and times >= OFTEN and share >= SHARE:
                out["zh"].setdefault(one, []).append((share, two))
                out["en"].setdefault(two, []).append((share, one))
    return {lang: {key: _best(found) for key, found in side.items()} for lang, side in out.items()}


def _best(found: Sequence[tuple[float, str]]) -> str:
    return "\t".join(word for _, word in sorted(found, key=lambda one: (-one[0], one[1]))[:KEPT])


def pairs(shown: Mapping[str, Sequence[Mapping]]) -> Iterator[tuple[str, str]]:
    """The words of each sure pair of sentences, by their keys, parted by tabs."""
    for pair in sentences(shown):
        zh, en = ("\t".join(sorted(keys(pair[lang], lang))) for lang in LANGS)
        yield zh, en


def sentences(shown: Mapping[str, Sequence[Mapping]]) -> Iterator[dict[str, str]]:
    """The sure sentence pairs of all blocks."""
    for zh, en in zip(shown["zh"], shown["en"], strict=True):
        for rows in zip(zh["r"], en["r"], strict=True):
            pair = dict(zip(LANGS, rows, strict=True))
            if not all(row and len(row) > LENGTHS and row[LENGTHS] for row in rows):
                continue
            lengths = {lang: pair[lang][LENGTHS] for lang in LANGS}
            ends = {lang: [0, *accumulate(n if n >= 0 else -n - 1 for n in lengths[lang])] for lang in LANGS}  # fmt: skip
            for k in range(min(len(lengths[lang]) for lang in LANGS)):
                if all(lengths[lang][k] > 0 for lang in LANGS):
                    yield {lang: pair[lang][2][ends[lang][k] : ends[lang][k + 1]] for lang in LANGS}


LEAST_WORD = 3  # letters of an English word that tells anything
#: Where a row has its sentences' lengths: see blocks.py.
LENGTHS = 4


def keys(text: str, lang: str) -> set[str]:
    """The words of a sentence: of Chinese all that a dictionary finds in it, of English its stems."""
    if lang == "en":
        idle = words("search/stop_en")
        return {
            key
            for key, form, cjk in fold.tokens(text)
            if not cjk and form not in idle and len(form) >= LEAST_WORD
        }
    return {word for run in HAN_RUN.findall(fold.fold(text)) for word in words_in(run)}


@lru_cache(1 << 10)
def words_in(run: str) -> tuple[str, ...]:
    """The words that a dictionary finds in a run of Chinese characters, by their starts. A text's runs are
    asked for twice, for its sentences and for its sounds."""
    return tuple(run[a:b] for a, b in dictionary().found(run))
