"""The evidence that two windows of sentences translate each other: words, their order, vectors.

Every class here is built once for a document and then asked for blocks of it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

import numpy as np

from bitext.align.embed import Encoder
from bitext.align.lexicon import (
    Candidates,
    Placed,
    loose_candidates,
    read_dictionary,
    read_names,
    tokens_en,
    tokens_zh,
)

#: The largest bead: so many Chinese and so many English sentences, and so many together.
MOST_ZH, MOST_EN, MOST = 4, 6, 7
#: How much of an overlong segment is read for its words: this many characters at either end.
READ_AT_MOST = 20_000
#: How often a token of a true bead is covered by the dictionary.
FOUND_EN, FOUND_ZH = 0.45, 0.50
MOST_GAIN, MOST_LOSS = 4.0, 0.5

Span = tuple[int, int]  # of sentences, half-open

# Kinds of tokens, which count differently: words' weights are listed in this order.
CONTENT, GRAMMAR, NUMBER, MARK = range(4)  # English
WORD, CHARACTER, GRAMMAR_ZH, LITERAL, MARK_ZH = range(5)  # Chinese; literal: number, Latin, name


def kind_en(token: str) -> int:
    return {"=": GRAMMAR, "#": NUMBER, "~": MARK}.get(token[0], CONTENT)


def kind_zh(token: str, candidates: frozenset[str]) -> int:
    if token[0] in "~#@":
        return MARK_ZH if token[0] == "~" else LITERAL
    if candidates and all(other[0] == "=" for other in candidates):
        return GRAMMAR_ZH
    return CHARACTER if len(token) == 1 else WORD


class Tokens:
    """One side's tokens as arrays, sentence by sentence: types[starts[i]:starts[i + 1]]."""

    def __init__(self, starts: np.ndarray, types: np.ndarray, vocabulary: int):
        self.starts, self.types, self.vocabulary = starts, types, max(1, vocabulary)

    @classmethod
    def of(cls, sentences: Sequence[Sequence[int]], vocabulary: int) -> Tokens:
        starts = np.concatenate([[0], np.cumsum([len(s) for s in sentences], dtype=np.int64)])
        flat = (token for tokens in sentences for token in tokens)
        return cls(starts, np.fromiter(flat, np.int32, int(starts[-1])), vocabulary)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def rows(self) -> np.ndarray:
        return np.repeat(np.arange(len(self), dtype=np.int64), np.diff(self.starts))

    def slice(self, span: Span) -> slice:
        return slice(int(self.starts[span[0]]), int(self.starts[span[1]]))

    def between(self, span: Span) -> tuple[np.ndarray, np.ndarray]:
        """The tokens of these sentences: (sentence counted from the span's first, type)."""
        sizes = np.diff(self.starts[span[0] : span[1] + 1])
        return np.repeat(np.arange(span[1] - span[0]), sizes), self.types[self.slice(span)]

    def expand(self, span: Span, table: Tokens, wanted: np.ndarray) -> tuple[np.ndarray, ...]:
        """All wanted types that the table lists for the tokens of these sentences.

        Three arrays: the sentence, counted from the span's first; the type; the token's index.
        """
        rows, types = self.between(span)
        sizes = np.diff(table.starts)[types]
        token = np.repeat(np.arange(len(types)), sizes)
        within = np.arange(len(token)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        listed = table.types[table.starts[types[token]] + within]
        kept = wanted[listed]
        token = token[kept]
        return rows[token], listed[kept], token + self.starts[span[0]]


def distinct(keys: np.ndarray) -> np.ndarray:
    """The keys in order, each once; by sorting, which is quicker here than numpy's hashing."""
    keys = np.sort(keys)
    return keys[np.diff(keys, prepend=-1) != 0]


class Lexical:
    """The words of both sides: which tokens stand where, of what kind, and what translates what."""

    def __init__(self, zh: Sequence[str], en: Sequence[str]):
        zh, en = [_read(s) for s in zh], [_read(s) for s in en]
        self.dictionary = read_dictionary()
        names = read_names(en)
        self.candidates: Candidates = {}
        self.ids_zh: dict[str, int] = {}
        self.ids_en: dict[str, int] = {}
        self.zh, self.at_zh = _placed(
            (tokens_zh(s, self.dictionary, names, self.candidates) for s in zh), self.ids_zh
        )
        self.en, self.at_en = _placed((tokens_en(s) for s in en), self.ids_en)
        self.sizes_zh = np.array([max(1, len(s)) for s in zh], float)
        self.sizes_en = np.array([max(1, len(s)) for s in en], float)
        self.kinds_en = np.array([kind_en(t) for t in self.ids_en], np.int8)
        self.kinds_zh = np.array([kind_zh(t, self.candidates[t]) for t in self.ids_zh], np.int8)
        self.strict = self.link({})

    def link(self, learned: Candidates, *, loose: bool = False) -> Links:
        """What translates what: by the dictionary, loosely by the parts of words, as learned."""
        from_zh: list[list[int]] = [[] for _ in self.ids_zh]
        from_en: list[list[int]] = [[] for _ in self.ids_en]
        for token, z in self.ids_zh.items():
            others = self.candidates[token] | learned.get(token, frozenset())
            if loose:
                others |= loose_candidates(token, self.dictionary)
            from_zh[z] = sorted(e for other in others if (e := self.ids_en.get(other)) is not None)
            for e in from_zh[z]:
                from_en[e].append(z)
        return Links(
            self, Tokens.of(from_zh, len(self.ids_en)), Tokens.of(from_en, len(self.ids_zh))
        )


def _read(text: str) -> str:
    return text if len(text) <= 2 * READ_AT_MOST else text[:READ_AT_MOST] + text[-READ_AT_MOST:]


def _placed(
    sentences: Iterable[Sequence[Placed]], ids: dict[str, int]
) -> tuple[Tokens, np.ndarray]:
    """The sentences' tokens by number, new ones numbered in `ids`; and where each stands."""
    types, places, counts = array("i"), array("i"), array("i")
    for sentence in sentences:
        counts.append(len(sentence))
        types.extend([ids.setdefault(token, len(ids)) for token, _ in sentence])
        places.extend([at for _, at in sentence])
    starts = np.concatenate([[0], np.cumsum(np.array(counts, np.int64))])
    return Tokens(starts, np.array(types, np.int32), len(ids)), np.array(places, np.int32)


class Links:
    """Which types translate which; and in how many sentences each type would be covered.

    What a sentence covers is worked out anew for each block: for a long text it would fill memory.
    """

    AT_ONCE = 256  # sentences

    def __init__(self, lexical: Lexical, from_zh: Tokens, from_en: Tokens):
        self.from_zh, self.from_en = from_zh, from_en
        self.share_en = self._shares(lexical.zh, from_zh)
        self.share_zh = self._shares(lexical.en, from_en)

    def _shares(self, tokens: Tokens, table: Tokens) -> np.ndarray:
        """For each type of the other side, the share of the sentences that cover it."""
        count = np.zeros(table.vocabulary)
        everything = np.ones(table.vocabulary, bool)
        for first in range(0, len(tokens), self.AT_ONCE):
            span = (first, min(first + self.AT_ONCE, len(tokens)))
            rows, types, _ = tokens.expand(span, table, everything)
            seen = np.zeros((span[1] - span[0], table.vocabulary), bool)
            seen[rows, types] = True
            count += seen.sum(axis=0)
        sentences = max(1, len(tokens))
        return np.clip(count / sentences, 0.3 / sentences, 0.95)


class Gains:
    """What covered and uncovered tokens tell, for windows of 1..most sentences of the other side.

    A log-likelihood ratio: how probable it is that a token is covered in a true bead, against how
    probable by chance in this document. Merging raises the chance, so merging must pay for itself.
    """

    def __init__(self, share: np.ndarray, found: float, most: int):
        """`share`: of the other side's sentences that would cover each type."""
        sizes = np.arange(1, most + 1)[:, None]
        chance = np.clip(1 - (1 - share) ** sizes, 1e-3, 0.98)
        truth = found + (1 - found) * chance
        self.covered = np.minimum(np.log(truth / chance), MOST_GAIN)
        self.uncovered = np.maximum(np.log((1 - truth) / (1 - chance)), -MOST_LOSS)


class Side:
    """The score of one side's tokens beside windows of the other side's sentences."""

    AT_ONCE = 4096  # sentences

    def __init__(
        self, tokens: Tokens, others: Tokens, table: Tokens, gains: Gains, weights: np.ndarray
    ):
        """`table`: for the types of `others`, the types of `tokens` that they cover.

        `weights`: what each type's gain, and what its loss, weighs.
        """
        self.tokens, self.others, self.table = tokens, others, table
        loss = gains.uncovered * weights[1]
        self.gain = (gains.covered * weights[0] - loss).astype(np.float32)
        self.matters = np.any(self.gain != 0, axis=0)
        # what each sentence scores when nothing of it is covered
        self.base = np.zeros((len(loss), len(tokens)), np.float32)
        for first in range(0, len(tokens), self.AT_ONCE):
            rows, types = tokens.between((first, min(first + self.AT_ONCE, len(tokens))))
            for size, each in enumerate(loss):
                sums = np.bincount(rows, each[types])
                self.base[size, first : first + len(sums)] = sums

    def block(self, windows: Span, span: Span) -> list[np.ndarray]:
        """One array for each size of window: [window's start, k], the sum over span's first k."""
        columns, types = self.tokens.between(span)
        place, local = _places(types, self.matters)
        rows, seen, _ = self.others.expand(windows, self.table, place >= 0)
        shape = (windows[1] - windows[0], len(local))
        covered = np.minimum(_dense(rows, place[seen], shape), 1)
        counts = _dense(columns, place[types], (span[1] - span[0], len(local))).T
        out = []
        for size, window in enumerate(_any_of(covered, len(self.gain))):
            score = (window * self.gain[size, local]) @ counts
            score += self.base[size, span[0] : span[1]]
            sums = np.zeros((len(score), score.shape[1] + 1), np.float32)
            np.cumsum(score, axis=1, out=sums[:, 1:])
            out.append(sums)
        return out


def _places(types: np.ndarray, matters: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For every type its place among those that occur and matter, or -1; and these types."""
    mark = np.zeros(len(matters), bool)
    mark[types] = True
    local = np.flatnonzero(mark & matters)
    place = np.full(len(matters), -1, np.int64)
    place[local] = np.arange(len(local))
    return place, local


def _dense(rows: np.ndarray, columns: np.ndarray, shape: Span, values=None) -> np.ndarray:
    """The values (or ones) summed up as a matrix, those in column -1 left out."""
    kept = columns >= 0
    flat = np.bincount(
        rows[kept] * shape[1] + columns[kept],
        None if values is None else values[kept],
        minlength=shape[0] * shape[1],
    )
    return flat.reshape(shape).astype(np.float32)


def _any_of(dense: np.ndarray, most: int) -> list[np.ndarray]:
    """For windows of 1..most rows that start at each row: whether any of their rows has it."""
    out = [dense]
    for size in range(1, most):
        longer = out[-1].copy()
        kept = max(0, len(dense) - size)
        longer[:kept] = np.maximum(longer[:kept], dense[size:])
        out.append(longer)
    return out


class Order:
    """Whether the words that translate each other stand at like places of their windows.

    A translation keeps, roughly, the order of what is said: a match at the start of one window and
    in the middle of the other is more likely chance. With p and q the places, from 0 to 1, a match
    scores cos(k pi (p - q)), split into cosines and sines so that a block is one matrix product.
    """

    def __init__(self, lexical: Lexical, links: Links, harmonics: Sequence[tuple[float, float]]):
        """`harmonics`: k and its weight."""
        self.lexical, self.links, self.harmonics = lexical, links, harmonics
        gain = np.maximum(np.minimum(-np.log(links.share_en), MOST_GAIN) - 0.7, 0)
        gain[: len(lexical.kinds_en)][lexical.kinds_en == MARK] = 0
        self.gain = gain

    def block(self, zh: Span, en: Span) -> tuple[list[np.ndarray], list[np.ndarray]]:
        """Factors for windows of 1..MOST sentences of either side; a product of two is the score."""
        lexical = self.lexical
        columns, types = lexical.en.between(en)
        place, local = _places(types, self.gain > 0)
        rows, seen, token = lexical.zh.expand(zh, self.links.from_zh, place >= 0)
        return (
            self._factors_zh(rows, place[seen], lexical.at_zh[token], zh, len(local)),
            self._factors_en(columns, place[types], self.gain[types], en, len(local)),
        )

    def _factors_zh(self, rows, types, at, span: Span, count: int) -> list[np.ndarray]:
        shape = (span[1] - span[0], count)
        times = _dense(rows, types, shape)
        places = _dense(rows, types, shape, at)
        sizes = self.lexical.sizes_zh[span[0] : span[1]]
        before = np.concatenate([[0], np.cumsum(sizes)])
        out = []
        sum_times = times.copy()
        sum_places = places + times * before[:-1, None].astype(np.float32)
        absolute = sum_places.copy()
        for size in range(1, MOST_ZH + 1):
            if size > 1:
                kept = max(0, shape[0] - size + 1)
                sum_times[:kept] += times[size - 1 :]
                sum_places[:kept] += absolute[size - 1 :]
            stop = np.minimum(np.arange(shape[0]) + size, shape[0])
            total = before[stop] - before[:-1]
            where = np.nonzero(sum_times)
            place = sum_places[where] / sum_times[where] - before[:-1][where[0]]
            place /= total[where[0]]
            factors = np.zeros((len(self.harmonics) * 2, *shape), np.float32)
            for h, (k, weight) in enumerate(self.harmonics):
                factors[2 * h][where] = weight * np.cos(k * np.pi * place)
                factors[2 * h + 1][where] = weight * np.sin(k * np.pi * place)
            out.append(np.concatenate(factors, axis=1))
        return out

    def _factors_en(self, columns, types, gain, span: Span, count: int) -> list[np.ndarray]:
        shape = (span[1] - span[0], count)
        kept = types >= 0
        columns, types, gain = columns[kept], types[kept], gain[kept]
        places = self.lexical.at_en[self.lexical.en.slice(span)][kept]
        sizes = self.lexical.sizes_en[span[0] : span[1]]
        before = np.concatenate([[0], np.cumsum(sizes)])
        out = []
        for size in range(1, MOST_EN + 1):
            # a token of sentence j stands in the windows that start at j, j - 1 .. j - size + 1
            starts = np.concatenate([columns - back for back in range(size)])
            inside = starts >= 0
            starts = starts[inside]
            stop = np.minimum(starts + size, shape[0])
            place = np.tile(before[columns] + places, size)[inside] - before[starts]
            place /= before[stop] - before[starts]
            every_type, every_gain = np.tile(types, size)[inside], np.tile(gain, size)[inside]
            factors = []
            for k, _ in self.harmonics:
                for wave in (np.cos, np.sin):
                    values = every_gain * wave(k * np.pi * place)
                    factors.append(_dense(starts, every_type, shape, values))
            out.append(np.concatenate(factors, axis=1))
        return out


class Vectors:
    """The encoder's vectors of both sides, and those of what stands around each sentence."""

    NEIGHBOURS = 10

    def __init__(self, sides: Sequence[tuple[Sequence[str], np.ndarray]], encode: Encoder):
        """`sides`: the sentences of either side with their lengths."""
        self.sums, self.around = [], []
        for sentences, lengths in sides:
            vectors = encode(sentences).astype(np.float64)
            zero = np.zeros((1, vectors.shape[1]))
            self.sums.append(np.concatenate([zero, np.cumsum(vectors * lengths[:, None], 0)]))
            plain = np.concatenate([zero, np.cumsum(vectors, 0)])
            at = np.arange(len(sentences) + 1)
            low = np.maximum(at - self.NEIGHBOURS, 0)
            high = np.minimum(at + self.NEIGHBOURS, len(sentences))
            self.around.append((plain[high] - plain[low]) / np.maximum(high - low, 1)[:, None])

    def margin(self, rows: np.ndarray, a: int, columns: np.ndarray, b: int) -> np.ndarray:
        """How much nearer the windows that end at rows and columns are than what surrounds them."""
        zh, en = self._window(0, rows, a), self._window(1, columns, b)
        around_zh, around_en = self.around[0][rows], self.around[1][columns]
        return zh @ en.T - (zh @ around_en.T + around_zh @ en.T) / 2

    def _window(self, side: int, ends: np.ndarray, size: int) -> np.ndarray:
        total = self.sums[side][ends] - self.sums[side][ends - size]
        return total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-9)
