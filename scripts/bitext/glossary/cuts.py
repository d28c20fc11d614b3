"""A run of Chinese, words -> where words can begin and end, and what each way to cut it costs.

The fewest words win, and a character that is no word of its own costs more than a word. A term is
words of the sentence if the cheapest cut that has it as a piece costs less than the cheapest one
with a word across its edge: 预算|力度, not 预|算力|度.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate

from bitext.glossary.tokens import CHAR, TIGHT, Token
from bitext.library.lasting import large, table
from bitext.text.words import words

#: Costs, hand-set: of a character of grammar; of a word, and of a character that is one; of a
#: character that is none.
GRAMMAR, WORD, LOOSE = 3, 4, 6
#: Characters, hand-set: a dictionary's sayings are longer, and no term ends within one.
LONGEST = 8
#: A term of so many characters, hand-set, is one word; a longer one costs the words it is made of,
#: less one half for being known as one.
SHORT_TERM = 3
#: What stands in a listed word where words have an edge: 总|算力.
EDGE = "|"

#: Where a word stands in a run: start and end.
Span = tuple[int, int]
#: Characters in which words have their edges at known places.
Edges = tuple[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words of Chinese and how to find them.

    `lengths` has for two characters how long the words are that begin with them; `terms` are words
    of the glossary that no dictionary has; `edges` are found by their first character.
    """

    words: Set[str]
    lengths: Mapping[str, Sequence[int]]
    terms: Set[str] = frozenset()
    edges: Mapping[str, Sequence[Edges]] = field(default_factory=dict)
    costs: dict[str, int] = field(default_factory=dict)  # of terms that were asked for

    @classmethod
    def of(cls, words: Set[str]) -> Lexicon:
        return cls(words, _lengths({}, words))

    def also(self, listed: Iterable[str], terms: Iterable[str]) -> Lexicon:
        """With more words, as people list them, in which EDGE may stand, and a glossary's forms."""
        listed, terms = list(listed), frozenset(terms) - self.words
        more = {word for word in listed if EDGE not in word}
        edges: dict[str, list[Edges]] = {}
        for parts in (item.split(EDGE) for item in listed if EDGE in item):
            places = tuple(accumulate(map(len, parts[:-1])))
            edges.setdefault(parts[0][:1], []).append(("".join(parts), places))
        lengths = _lengths(dict(self.lengths), more | terms)
        return Lexicon(self.words | more | terms, lengths, terms - more, edges)

    def found(self, run: str) -> Iterator[Span]:
        """The words of two characters and more that stand in a run: start and end, by their starts."""
        words, lengths, size = self.words, self.lengths, len(run)
        for start in range(size - 1):
            for length in lengths.get(run[start : start + 2], ()):
                end = start + length
                if end <= size and run[start:end] in words:
                    yield start, end

    def fixed(self, run: str) -> set[int]:
        """The places of a run at which a list says that words have an edge."""
        return {
            start + place
            for start, char in enumerate(run)
            for text, places in self.edges.get(char, ())
            if run.startswith(text, start)
            for place in places
        }

    def is_made_of(self, word: str, start: int, end: int) -> bool:
        """Whether a word is made of other words, word[start:end] being one: 外交 in 外交政策, not 助推
        in 助推器."""
        left = word[:start]
        return (left in single_costs() or self._are_words(left)) and self._are_words(word[end:])

    def _are_words(self, text: str) -> bool:
        """Whether a short text can be cut into words of two characters and more, or is empty."""
        return not text or any(
            text[:end] in self.words and self._are_words(text[end:])
            for end in range(2, len(text) + 1)
        )

    def cost(self, term: str) -> int:
        """What a term costs as a piece of a sentence: a short one as a word, a longer one a little
        less than the words it is made of."""
        if len(term) <= SHORT_TERM:
            return WORD
        if term not in self.costs:
            found = [(a, b) for a, b in self.found(term) if term[a:b] not in self.terms]
            least = _least([WORD] * len(term), found)[0][-1]
            self.costs[term] = max(WORD, least - WORD // 2)
        return self.costs[term]


def _lengths(known: dict[str, Sequence[int]], words: Iterable[str]) -> dict[str, Sequence[int]]:
    """The lengths of words by their first two characters, these words added."""
    for word in words:
        size, first = len(word), word[:2]
        if 1 < size <= LONGEST and size not in known.get(first, ()):
            known[first] = (*known.get(first, ()), size)
    return known


#: Knows no word: by it words may have an edge anywhere.
NOTHING = Lexicon(frozenset(), {})


@large
def dictionary() -> Lexicon:
    """The words of CC-CEDICT in simplified characters, and the compounds that it has not."""
    return table("dictionary", _dictionary)


def _dictionary() -> Lexicon:
    from bitext.align.lexicon import headwords  # late: mostly the table is kept

    return Lexicon.of(frozenset(headwords()) | words("terms/compounds_zh"))


@cache
def single_costs() -> Mapping[str, int]:
    """What the characters cost that are words of their own."""
    return dict.fromkeys(words("terms/free_zh"), WORD) | dict.fromkeys(
        words("terms/grammar_zh"), GRAMMAR
    )


class Cuts:
    """All ways to cut one run into words, by their costs."""

    def __init__(self, run: str, lexicon: Lexicon) -> None:
        self.run, self.lexicon = run, lexicon
        self.fixed = lexicon.fixed(run) if lexicon.edges else set()
        found = list(lexicon.found(run))
        if self.fixed:
            found = [(a, b) for a, b in found if self.fixed.isdisjoint(range(a + 1, b))]
        self.found = found
        self._costs: tuple[list[int], list[int]] | None = None

    def has_piece(self, start: int, end: int, cost: int) -> bool:
        """Whether run[start:end], a piece of this cost, is words of the run."""
        if self.fixed and not self.fixed.isdisjoint(range(start + 1, end)):
            return False
        across = self._across(start, end)
        if not across:
            return True
        before, behind = self.costs()
        with_it = before[start] + cost + behind[end]
        return all(with_it < before[a] + WORD + behind[b] for a, b in across)

    def costs(self) -> tuple[list[int], list[int]]:
        """The costs of the cheapest cuts of all before each place, and of all behind it."""
        if self._costs is None:
            known = single_costs()
            self._costs = _least([known.get(char, LOOSE) for char in self.run], self.found)
        return self._costs

    def _across(self, start: int, end: int) -> Sequence[Span]:
        """The words across an edge of run[start:end]. Of two terms that overlap the first is marked,
        so a term is none of them; nor is 外交政策 for 外交, which is a part of it."""
        across, found = [], self.found
        for k in range(bisect_left(found, (start - LONGEST, 0)), len(found)):
            a, b = found[k]
            if a >= end:
                break
            if (a < start < b or a < end < b) and (word := self.run[a:b]) not in self.lexicon.terms:
                inside = a <= start and end <= b
                if not (inside and self.lexicon.is_made_of(word, start - a, end - a)):
                    across.append((a, b))
        return across


def _least(single: Sequence[int], found: Sequence[Span]) -> tuple[list[int], list[int]]:
    """For each place of a run the cost of the cheapest cut of all before it, and of all behind it;
    `single` are the costs of its characters, `found` its words by their starts."""
    loose = list(accumulate(single, initial=0))
    before = [cost - less for cost, less in zip(loose, _saved_before(loose, found), strict=True)]
    behind = [
        loose[-1] - cost - less
        for cost, less in zip(loose, _saved_behind(loose, found), strict=True)
    ]
    return before, behind


def _saved_before(loose: Sequence[int], found: Sequence[Span]) -> list[int]:
    """What words save before each place; `loose` are the costs of single characters up to it."""
    saved, at, size = [0] * len(loose), 0, len(loose) - 1
    for start, end in (*found, (size, size)):  # the last one carries what is saved to the end
        while at < start:
            at += 1
            if saved[at - 1] > saved[at]:
                saved[at] = saved[at - 1]
        more = saved[start] + loose[end] - loose[start] - WORD
        if more > saved[end]:
            saved[end] = more
    return saved


def _saved_behind(loose: Sequence[int], found: Sequence[Span]) -> list[int]:
    """What words save behind each place."""
    saved, at = [0] * len(loose), len(loose) - 1
    for start, end in (*reversed(found), (0, 0)):
        while at > start:
            at -= 1
            if saved[at + 1] > saved[at]:
                saved[at] = saved[at + 1]
        more = saved[end] + loose[end] - loose[start] - WORD
        if more > saved[start]:
            saved[start] = more
    return saved


class Runs:
    """The runs of characters of one text, each cut when it is first asked about."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        #: The characters of the text; one with marks on it is in no word.
        self.text = "".join([t.key if len(t.key) == 1 else "\0" for t in tokens])
        self.starts = _starts(tokens)
        self.cuts: dict[int, Cuts] = {}

    def are_words(self, i: int, j: int) -> bool:
        """Whether the tokens i to j, which are a term, are words where they stand.

        A term with letters or signs in it has its edges in two runs; each is looked at by itself.
        """
        first, last = self.starts[i], self.starts[j]
        if first == last:
            return first < 0 or self._is_piece(first, i, j + 1)
        inner = next(k for k in range(i + 1, j + 1) if self.starts[k] != first)
        return (first < 0 or self._is_piece(first, i, inner)) and (
            last < 0 or self._is_piece(last, last, j + 1)
        )

    def _is_piece(self, first: int, start: int, end: int) -> bool:
        """Whether these tokens are words of the run that begins with token `first`."""
        cuts = self.cuts.get(first)
        if cuts is None:
            stop = first + 1
            while stop < len(self.starts) and self.starts[stop] == first:
                stop += 1
            cuts = self.cuts[first] = Cuts(self.text[first:stop], self.lexicon)
        cost = self.lexicon.cost(self.text[start:end])
        return cuts.has_piece(start - first, end - first, cost)


def _starts(tokens: Sequence[Token]) -> list[int]:
    """For each token the first one of its run of characters; -1 for a word or a sign."""
    starts: list[int] = []
    before = -1
    for i, token in enumerate(tokens):
        if token.kind != CHAR:
            before = -1
        elif before < 0 or token.joint != TIGHT:
            before = i
        starts.append(before)
    return starts
