"""Beads of a first pass -> the words that translate each other in this document.

Names, titles and terms that no dictionary has come again and again, always beside the same words.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from bitext.align.evidence import CONTENT, MARK_ZH, NUMBER, Lexical, Tokens, distinct
from bitext.align.lexicon import Candidates
from bitext.model import Bead

#: So many beads are needed, and more than so many are not read.
FEWEST, MOST_BEADS = 30, 20_000
#: A pair must come so often, with so great a share of both words' places, and so unlikely by chance.
OFTEN, SHARE, SURPRISE = 2, 0.4, 16.0
#: A word in more than this share of the beads is no name.
COMMON = 0.25
#: The pairs of so many Chinese words are counted in one go.
AT_ONCE = 512


def learn_words(lexical: Lexical, beads: Sequence[Bead]) -> Candidates:
    """For Chinese tokens the English ones that they go with, beyond what the dictionary says."""
    paired = [b for b in beads if b.zh[1] > b.zh[0] and b.en[1] > b.en[0]][:MOST_BEADS]
    if len(paired) < FEWEST:
        return {}
    zh = _by_bead(lexical.zh, [b.zh for b in paired], lexical.kinds_zh != MARK_ZH)
    en = _by_bead(lexical.en, [b.en for b in paired], np.isin(lexical.kinds_en, (CONTENT, NUMBER)))
    pairs, times = _pairs(zh, en)
    z, e = pairs // en.vocabulary, pairs % en.vocabulary
    of_z = np.bincount(zh.types, minlength=zh.vocabulary)[z]
    of_e = np.bincount(en.types, minlength=en.vocabulary)[e]
    good = (2 * times >= SHARE * (of_z + of_e)) & (
        _surprise(times, of_z, of_e, len(paired)) >= SURPRISE
    )
    tokens_zh, tokens_en = list(lexical.ids_zh), list(lexical.ids_en)
    learned: dict[str, set[str]] = {}
    for a, b in zip(z[good].tolist(), e[good].tolist(), strict=True):
        if tokens_en[b] not in lexical.candidates[tokens_zh[a]]:
            learned.setdefault(tokens_zh[a], set()).add(tokens_en[b])
    return {token: frozenset(others) for token, others in learned.items()}


def _by_bead(tokens: Tokens, spans: Sequence[tuple[int, int]], wanted: np.ndarray) -> Tokens:
    """The wanted types of each bead, once, those left out that come only once or everywhere."""
    sizes = [tokens.starts[b] - tokens.starts[a] for a, b in spans]
    types = np.concatenate([tokens.types[tokens.slice(span)] for span in spans])
    keys = distinct(np.repeat(np.arange(len(spans)), sizes) * tokens.vocabulary + types)
    types = keys % tokens.vocabulary
    count = np.bincount(types, minlength=tokens.vocabulary)
    kept = (count >= OFTEN) & (count <= max(OFTEN, COMMON * len(spans)))
    kept[: len(wanted)] &= wanted
    keys = keys[kept[types]]
    per_bead = np.bincount(keys // tokens.vocabulary, minlength=len(spans))
    starts = np.concatenate([[0], np.cumsum(per_bead)]).astype(np.int64)
    return Tokens(starts, (keys % tokens.vocabulary).astype(np.int32), tokens.vocabulary)


def _pairs(zh: Tokens, en: Tokens) -> tuple[np.ndarray, np.ndarray]:
    """The pairs of types that stand in OFTEN beads or more, as zh * vocabulary + en; in how many."""
    order = np.argsort(zh.types, kind="stable")
    types, rows = zh.types[order].astype(np.int64), zh.rows()[order]
    edges = [*range(0, zh.vocabulary, AT_ONCE), zh.vocabulary]
    found = []
    for start, end in pairwise(np.searchsorted(types, edges).tolist()):
        some = slice(start, end)
        partners = np.diff(en.starts)[rows[some]]
        first = np.repeat(en.starts[:-1][rows[some]], partners)
        within = np.arange(len(first)) - np.repeat(np.cumsum(partners) - partners, partners)
        keys = np.repeat(types[some], partners) * en.vocabulary + en.types[first + within]
        keys, times = np.unique(keys, return_counts=True)
        found.append((keys[times >= OFTEN], times[times >= OFTEN]))
    pairs, beads = (np.concatenate(each) for each in zip(*found, strict=True))
    return pairs, beads


def _surprise(both: np.ndarray, of_z: np.ndarray, of_e: np.ndarray, total: int) -> np.ndarray:
    """Dunning's log-likelihood ratio that the two go together."""

    def entropy(*counts: np.ndarray) -> np.ndarray:
        each = (np.where(x > 0, x * np.log(np.maximum(x, 1)), 0.0) for x in counts)
        return sum(each, start=np.zeros(()))

    inner = entropy(both, of_z - both, of_e - both, total - of_z - of_e + both)
    outer = entropy(of_z, total - of_z, of_e, total - of_e)
    return 2 * (inner - outer + entropy(np.array(float(total))))
