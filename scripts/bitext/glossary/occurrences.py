"""Text, glossary -> occurrences: where terms stand in running text, the longest one each time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from bitext.glossary.cuts import EDGE, Lexicon, Runs, dictionary
from bitext.glossary.senses import Place, ends_there, is_noun, spelled_out
from bitext.glossary.tokens import BREAK, HYPHEN, WORD, Token, fold, joined, tokenize
from bitext.library.lasting import large
from bitext.text import variants

if TYPE_CHECKING:
    from bitext.glossary.records import Glossary


@dataclass(frozen=True, slots=True)
class Occurrence:
    """The term `term_id` stands at text[start:end]."""

    term_id: str
    start: int
    end: int


# --- the forms of a term -------------------------------------------------------------------------

# After these an English noun phrase has its head: protocols for emergencies, games of cat and mouse.
AFTER_HEAD = frozenset(("of", "for", "in", "on", "to", "with", "by", "from", "at"))
ONE_NUMBER = frozenset(("news", "series", "species", "means", "ethics", "politics", "economics"))
# Abbreviations that are words as well: WHO is not who, and AI is not in this list.
WORDS_TOO = frozenset(
    [
        "act",
        "aid",
        "aids",
        "all",
        "am",
        "an",
        "and",
        "are",
        "arc",
        "arm",
        "art",
        "as",
        "at",
        "be",
        "best",
        "but",
        "by",
        "can",
        "car",
        "care",
        "case",
        "cat",
        "do",
        "eu",
        "fit",
        "for",
        "go",
        "has",
        "hat",
        "he",
        "her",
        "his",
        "if",
        "in",
        "is",
        "it",
        "its",
        "lead",
        "list",
        "may",
        "me",
        "met",
        "no",
        "not",
        "of",
        "off",
        "on",
        "one",
        "or",
        "our",
        "out",
        "safe",
        "sand",
        "scope",
        "so",
        "star",
        "step",
        "ten",
        "the",
        "them",
        "this",
        "to",
        "trips",
        "up",
        "us",
        "we",
        "who",
        "win",
    ]
)


def keys(form: str, lang: str) -> Iterator[tuple[str, ...]]:
    """The folded token sequences by which a form is found; in English in both numbers.

    >>> sorted(keys("Track-II dialogue", "en"))
    [('track', '2', 'dialogue'), ('track', '2', 'dialogues')]
    """
    found = tokenize(form, FOLDS[lang])
    # Nothing of a form may be lost: words round an address would match without it.
    if not found or any(token.joint == BREAK for token in found[1:]):
        return
    tokens = [token.key for token in found]
    heads = _heads(tokens) if lang == "en" else frozenset()
    paths: list[tuple[str, ...]] = [()]
    for i, token in enumerate(tokens):
        numbers = both_numbers(token) if i in heads else (token,)
        paths = [(*path, number) for path in paths for number in numbers]
        if len(paths) > MOST_PATHS:  # a form with many heads: only its own numbers from here
            heads = frozenset()
    yield from paths


#: Token sequences for one form, hand-set: four heads in both numbers; real terms have one or two.
MOST_PATHS = 16


def _heads(tokens: Sequence[str]) -> frozenset[int]:
    """Which of an English form's words may stand in singular or plural: the last, and heads."""
    return frozenset({len(tokens) - 1, *(i - 1 for i, t in enumerate(tokens) if i and t in AFTER_HEAD)})  # fmt: skip


#: An English word's other number, the first that fits: how the word ends, how many of its letters
#: are taken off, what is put on.
NUMBER_RULES = (
    (re.compile(r"..ies\Z"), 3, "y"),
    (re.compile(r"(?:ss|sh|ch|x|z)es\Z"), 2, ""),
    (re.compile(r"(?:ss|us|is)\Z"), 0, ""),
    (re.compile(r"s\Z"), 1, ""),
    (re.compile(r"[^aeiou]y\Z"), 1, "ies"),
    (re.compile(r"(?:sh|ch|x|z)\Z"), 0, "es"),
    (re.compile(r"\Z"), 0, "s"),
)


@lru_cache(maxsize=1 << 16)
def both_numbers(word: str) -> tuple[str, ...]:
    """An English word in singular and plural, itself first, by the regular rules.

    >>> both_numbers("glossary"), both_numbers("measures"), both_numbers("ethics")
    (('glossary', 'glossaries'), ('measures', 'measure'), ('ethics',))
    """
    if not _has_numbers(word):
        return (word,)
    off, on = next((off, on) for end, off, on in NUMBER_RULES if end.search(word))
    other = word[: len(word) - off] + on
    return (word,) if other == word else (word, other)


def _has_numbers(word: str) -> bool:
    """Whether the word is an English one that is no single letter and has a plural."""
    return word.isascii() and word[-1:].isalpha() and len(word) > 1 and word not in ONE_NUMBER


@lru_cache(maxsize=1 << 16)
def simplify(text: str) -> str:
    """The folded form with traditional characters as simplified ones.

    >>> simplify("二軌對話")
    '二轨对话'
    """
    return variants.simplify(fold(text))


FOLDS = {"zh": simplify, "en": fold}


# --- finding -------------------------------------------------------------------------------------

LAST = ""  # no token has this key: under it stand the terms that end here
NO_TERM = ""  # in place of a term's id: a name or an expression, in which no term is meant


class Matcher:
    """Finds the terms of a glossary in texts of one language; build it once, use it often.

    A trie of folded tokens. A text is read from left to right and at each token the trie is
    followed as far as it goes, so the time is the text's length times, at worst, the tokens of the
    longest form, which glossary.MAX_FORM bounds. What is found is a term only where it is words of
    the sentence (cuts.py) and the noun that is meant (senses.py).
    """

    def __init__(
        self,
        glossary: Glossary,
        lang: str,
        forms: Iterable[tuple[str, str]] | None = None,
        lexicon: Callable[[Glossary], Lexicon] | None = None,
    ) -> None:
        """`forms` are (term id, form) to look for in place of the glossary's own; `lexicon` gives
        the words of Chinese, of the dictionary and the glossary if it is left out."""
        self.lang = lang
        self._root: dict = {}
        if forms is None:
            forms = ((t.id, form) for t in glossary.terms for form in t.forms(lang))
        for term_id, form in forms:
            self._add(term_id, form)
        for phrase in glossary.words[lang]:
            if EDGE not in phrase:
                self._add(NO_TERM, phrase)
        # Read when a term's characters are first met: an English text needs no dictionary.
        self._lexicon = (lambda: (lexicon or lexicon_of)(glossary)) if lang == "zh" else None

    def _add(self, term_id: str, form: str) -> None:
        caps = form.isupper() and fold(form) in WORDS_TOO
        for key in keys(form, self.lang):
            node = self._root
            for token in key:
                node = node.setdefault(token, {})
            node.setdefault(LAST, {}).setdefault(term_id, caps)

    def find(self, text: str) -> tuple[Occurrence, ...]:
        """The occurrences in order: leftmost first, at each place the longest, none overlapping."""
        reading, found, free = self._read(text), [], 0
        for i, token in enumerate(reading.tokens):
            if i < free or token.key not in self._root:
                continue
            for ids, last in self._at(reading, i):
                if ids[0] != NO_TERM:
                    end = reading.tokens[last].stem_end
                    found.append(Occurrence(ids[0], token.start, end))
                free = last + 1
                break
        return tuple(found)

    def present(self, text: str) -> frozenset[str]:
        """The ids of all terms that stand somewhere in the text, also inside longer ones."""
        reading = self._read(text)
        return frozenset(
            term_id
            for i, token in enumerate(reading.tokens)
            if token.key in self._root
            for term_ids, _ in self._at(reading, i)
            for term_id in term_ids
            if term_id != NO_TERM
        )

    def _read(self, text: str) -> _Reading:
        return _Reading(text, tokenize(text, FOLDS[self.lang]), self._lexicon)

    def _at(self, reading: _Reading, i: int) -> Iterator[tuple[Sequence[str], int]]:
        """(term ids, index of the last token) for each form that starts at token i, longest
        first; several ids only where concepts share a form, the glossary's first one first."""
        for forms, j in reversed(self._along(reading.tokens, i)):
            ids = [x for x, caps in forms.items() if self._is_meant(reading, i, j, x, caps)]
            if ids == [NO_TERM] or (ids and reading.are_words(i, j)):
                yield ids, j

    def _is_meant(self, reading: _Reading, i: int, j: int, term_id: str, caps: bool) -> bool:
        """Whether the letters of the tokens i to j can stand for the term."""
        if i == j and self._is_another(reading, i, term_id):
            return False
        return _is_spelled(reading.text, reading.tokens, i, j, caps)

    def _is_another(self, reading: _Reading, i: int, term_id: str) -> bool:
        """Whether the text says that an abbreviation stands for something else than the term."""
        if not reading.others:
            return False
        said = reading.others.get(reading.tokens[i].key.removesuffix("s"), ())
        return any(term_id not in self._forms(reading.tokens[a : b + 1]) for a, b in said)

    def _forms(self, tokens: Sequence[Token]) -> Mapping[str, bool]:
        """The terms of which exactly these tokens are a form."""
        node = self._root
        for token in tokens:
            node = node.get(token.key, {})
        return node.get(LAST, {})

    def _along(self, tokens: Sequence[Token], i: int) -> Sequence[tuple[Mapping[str, bool], int]]:
        """The terms that end at a token to which the trie leads from token i, with that token; the
        nearest first."""
        node, found, size = self._root[tokens[i].key], [], len(tokens)
        if tokens[i].kind == WORD and tokens[i].joint == HYPHEN:
            return ()
        j = i
        while True:
            if LAST in node:
                found.append((node[LAST], j))
            j += 1
            if j == size or not joined(tokens[j - 1], tokens[j]):
                return found
            node = node.get(tokens[j].key)
            if node is None:
                return found


@lru_cache(maxsize=8)
def matcher_of(glossary: Glossary, lang: str) -> Matcher:
    """The one matcher of a glossary for a language, built when it is first asked for."""
    return Matcher(glossary, lang)


class _Reading:
    """One text as a matcher reads it: its tokens, and what can be asked about them."""

    def __init__(self, text: str, tokens: Sequence[Token], lexicon: Callable[[], Lexicon] | None) -> None:  # fmt: skip
        self.text, self.tokens, self.lexicon = text, tokens, lexicon
        self.runs: Runs | None = None
        #: By abbreviation what the text itself says that it stands for.
        self.others: dict[str, list[tuple[int, int]]] = {}
        if lexicon is None and "(" in text:
            for short, first, last in spelled_out(text, tokens):
                self.others.setdefault(short, []).append((first, last))

    def are_words(self, i: int, j: int) -> bool:
        """Whether the tokens i to j can be a term by what stands around them."""
        if self.lexicon is None:
            return ends_there(self.tokens, j) and is_noun(Place(self.text, self.tokens, i, j))
        if not ends_there(self.tokens, j):
            return False
        self.runs = self.runs or Runs(self.tokens, self.lexicon())
        return self.runs.are_words(i, j)


@large
def lexicon_of(glossary: Glossary) -> Lexicon:
    """The words of Chinese, with a glossary's own."""
    forms = (simplify(form) for term in glossary.terms for form in term.renderings("zh"))
    return dictionary().also(map(simplify, glossary.words.zh), forms)


def _is_spelled(text: str, tokens: Sequence[Token], i: int, j: int, caps: bool) -> bool:
    """Whether the letters say what the folded keys say: WHO is not who, and neither 'we track
    two of them' nor 'the track I took' is Track II or Track I."""
    last = text[tokens[j].start : tokens[j].stem_end]
    if caps and not last.isupper():
        return False
    if j > i and tokens[j].key.isdigit() and last.isalpha() and last.lower() != "ii":
        return text[tokens[j - 1].start].isupper()
    return True


# --- in a page -----------------------------------------------------------------------------------

TURN = re.compile(r"(s\d+[a-z]*)p\d")


def first_occurrences(
    units: Iterable[tuple[str, Sequence[Occurrence]]], *, per_turn: bool = False
) -> dict[str, tuple[Occurrence, ...]]:
    """For each unit (id, what was found in it) the occurrences that are the first of their term in
    the page, or in the turn; units without any are left out."""
    seen: set[tuple[str, str]] = set()
    firsts_of: dict[str, tuple[Occurrence, ...]] = {}
    for unit_id, found in units:
        match = TURN.match(unit_id) if per_turn else None
        place = match[1] if match else ""
        firsts = []
        for occurrence in found:
            if (place, occurrence.term_id) not in seen:
                seen.add((place, occurrence.term_id))
                firsts.append(occurrence)
        if firsts:
            firsts_of[unit_id] = tuple(firsts)
    return firsts_of
