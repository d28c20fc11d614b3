"""Pairs of a term -> how it was put in the other language: which of its names stand in the twin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bitext.glossary.concordance import Pair, Side
from bitext.glossary.occurrences import FOLDS, Matcher, keys
from bitext.glossary.store import Glossary, Term
from bitext.glossary.tokens import tokenize
from bitext.model import LANGS, OTHER


@dataclass(frozen=True, slots=True)
class Rendered:
    """What stands for a term in the twins of the sentences that have it."""

    sentences: int
    names: Sequence[tuple[str, int]]  # a name and in how many twins it stands, the most first
    none: int  # twins that have no name of it
    alone: int  # sentences without a twin


class Names:
    """Every name of one term, also those that are only searched for or are to be avoided."""

    def __init__(self, term: Term, glossary: Glossary) -> None:
        self.term, self.glossary = term, glossary
        self._forms = {x: _forms(term, x) for x in LANGS}
        self._by_key: dict[str, dict[tuple[str, ...], str]] = {
            x: {key: form for form in reversed(self._forms[x]) for key in keys(form, x)}
            for x in LANGS
        }
        self._matchers: dict[str, Matcher] = {}
        self._known: dict[tuple[str, str], str] = {}

    def name(self, words: str, lang: str) -> str:
        """The name as the glossary writes it that these words of a text are a form of."""
        at = words, lang
        if at not in self._known:
            key = tuple(token.key for token in tokenize(words, FOLDS[lang]))
            self._known[at] = self._by_key[lang].get(key, self.term.name[lang])
        return self._known[at]

    def marked(self, pair: Pair) -> Pair:
        """The pair with every name of the term marked in both sentences.

        In a sentence whose twin has the term and that has none of the forms that are marked in texts,
        the others are looked for, inside longer terms too.
        """
        if pair.has("zh") == pair.has("en"):
            return pair
        lang = "en" if pair.has("zh") else "zh"
        side = pair[lang]
        if side is None or not (marks := self._found(side, lang)):
            return pair
        found = replace(side, marks=marks)
        return replace(pair, zh=found) if lang == "zh" else replace(pair, en=found)

    def _found(self, side: Side, lang: str) -> tuple[tuple[int, int], ...]:
        if lang not in self._matchers:
            forms = [(self.term.id, form) for form in self._forms[lang]]
            self._matchers[lang] = Matcher(self.glossary, lang, forms)
        start, end = side.span
        found = self._matchers[lang].find(side.text[start:end])
        return tuple((start + o.start, start + o.end) for o in found)


def _forms(term: Term, lang: str) -> tuple[str, ...]:
    return (*term.renderings(lang), *(a.form for a in term.avoid if a.lang == lang))


@dataclass(frozen=True, slots=True)
class Put:
    """How a pair puts a term: the languages that have a sentence, those whose sentence has the term, and
    by language the names of it that stand there."""

    sides: Sequence[str]
    has: Sequence[str]
    called: Mapping[str, Sequence[str]]


def put_of(pair: Pair, names: Names) -> Put:
    """How a pair puts the term of these names, which are marked in it."""
    sides = {lang: side for lang in LANGS if (side := pair[lang]) is not None}
    called = {x: tuple(sorted(set(_names_in(side, x, names)))) for x, side in sides.items()}
    return Put(tuple(sides), tuple(x for x in LANGS if pair.has(x)), called)


def rendered(pairs: Sequence[Put]) -> Mapping[str, Rendered]:
    """By the language that has the term: how the other one puts it."""
    return {lang: _rendered(pairs, lang) for lang in LANGS}


def _rendered(pairs: Sequence[Put], lang: str) -> Rendered:
    other, counts, none, alone = OTHER[lang], Counter[str](), 0, 0
    having = [pair for pair in pairs if lang in pair.has]
    for pair in having:
        if other not in pair.sides:
            alone += 1
        elif other not in pair.has:
            none += 1
        else:
            counts.update(pair.called[other])
    most = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return Rendered(len(having), tuple(most), none, alone)


def _names_in(side: Side, lang: str, names: Names) -> Iterator[str]:
    return (names.name(words, lang) for words in side.words())
