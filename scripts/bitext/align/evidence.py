"""The evidence that two windows of sentences translate each other: words and their order.

Every class here is built once for a document and then asked for blocks of it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

import numpy as np

from bitext.align.chinese import tokens_zh
from bitext.align.lexicon import Candidates, Placed, parts_of, read_dictionary, tokens_en
from bitext.align.names import read_names

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
    def table(cls, rows: np.ndarray, types: np.ndarray, count: int, vocabulary: int) -> Tokens:
        """The types of each of `count` rows in order, each once."""
        keys = distinct(rows * max(1, vocabulary) + types)
        sizes = np.bincount(keys // max(1, vocabulary), minlength=count)
        starts = np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])
        return cls(starts, (keys % max(1, vocabulary)).astype(np.int32), vocabulary)

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

    def expand(
        self, span: Span, table: Tokens, wanted: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
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
        found: list[np.ndarray] = []
        owners: list[int] = []
        parts: dict[str, np.ndarray] = {}  # of words -> what in this document may translate them
        for token, z in self.ids_zh.items():
            some = [self._numbers(self.candidates[token])]
            if token in learned:
                some.append(self._numbers(learned[token]))
            for part in parts_of(token) if loose else ():
                if part not in parts:
                    glosses = self.dictionary.glosses(part)
                    parts[part] = self._numbers(w for w in glosses if w[0] != "=")
                some.append(parts[part])
            found += some
            owners += [z] * len(some)
        sizes = [len(some) for some in found]
        zh = np.repeat(np.array(owners, np.int64), sizes)
        en = np.concatenate([np.zeros(0, np.int64), *found])
        return Links(
            self,
            Tokens.table(zh, en, len(self.ids_zh), len(self.ids_en)),
            Tokens.table(en, zh, len(self.ids_en), len(self.ids_zh)),
        )

    def _numbers(self, tokens: Iterable[str]) -> np.ndarray:
        """The numbers of those of the English tokens that occur."""
        ids = self.ids_en
        return np.array([ids[token] for token in tokens if token in ids], np.int64)


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
            seen = distinct(rows * table.vocabulary + types) % table.vocabulary
            count += np.bincount(seen, minlength=table.vocabulary)
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

    def block(self, windows: Span, span: Span) -> np.ndarray:
        """For each size of window: [size - 1, window's start, k], the sum over span's first k."""
        columns, types = self.tokens.between(span)
        wanted = np.zeros(len(self.matters), bool)
        wanted[types] = True
        wanted &= self.matters
        rows, seen, _ = self.others.expand(windows, self.table, wanted)
        place, local = _places(seen, len(wanted))
        many, wide = windows[1] - windows[0], span[1] - span[0]
        covered = _any_of(
            np.minimum(_dense(rows, place[seen], (many, len(local))), 1), len(self.gain)
        )
        covered *= self.gain[:, None, local]
        counts = _dense(columns, place[types], (wide, len(local)))
        flat = covered.reshape(len(covered) * many, len(local))
        scores = (flat @ counts.T).reshape(len(covered), many, wide)
        scores += self.base[:, None, span[0] : span[1]]
        sums = np.zeros((len(scores), many, wide + 1), np.float32)
        np.cumsum(scores, axis=2, out=sums[:, :, 1:])
        return sums


def _places(types: np.ndarray, vocabulary: int) -> tuple[np.ndarray, np.ndarray]:
    """For every type its place among those that occur, or -1; and these types."""
    mark = np.zeros(vocabulary, bool)
    mark[types] = True
    local = np.flatnonzero(mark)
    place = np.full(vocabulary, -1, np.int64)
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


def _any_of(dense: np.ndarray, most: int) -> np.ndarray:
    """[size - 1, row, column]: for windows of 1..most rows from each row, whether any row has it."""
    out = np.empty((most, *dense.shape), dense.dtype)
    out[0] = dense
    for size in range(1, most):
        out[size] = out[size - 1]
        kept = max(0, len(dense) - size)
        np.maximum(out[size, :kept], dense[size:], out=out[size, :kept])
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
        wanted = np.zeros(len(self.gain), bool)
        wanted[types] = True
        wanted &= self.gain > 0
        rows, seen, token = lexical.zh.expand(zh, self.links.from_zh, wanted)
        place, local = _places(seen, len(wanted))
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
            out.append(self._waves(where, place, shape))
        return out

    def _waves(self, where, place: np.ndarray, shape: Span) -> np.ndarray:
        """The cosines and sines of the places, one beside the other, each as a matrix."""
        factors = np.zeros((shape[0], 2 * len(self.harmonics), shape[1]), np.float32)
        for h, (k, weight) in enumerate(self.harmonics):
            angle = (k * np.pi * place).astype(np.float32)
            factors[:, 2 * h][where] = weight * np.cos(angle)
            factors[:, 2 * h + 1][where] = weight * np.sin(angle)
        return factors.reshape(shape[0], factors.shape[1] * shape[1])

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
            factors = np.empty((shape[0], 2 * len(self.harmonics), count), np.float32)
            for h, (k, _) in enumerate(self.harmonics):
                angle = (k * np.pi * place).astype(np.float32)
                for wave, turned in enumerate((np.cos(angle), np.sin(angle))):
                    factors[:, 2 * h + wave] = _dense(
                        starts, every_type, shape, every_gain * turned
                    )
            out.append(factors.reshape(shape[0], factors.shape[1] * count))
        return out
