"""Text, glossary -> occurrences: where terms stand in running text, the longest one each time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from bitext.glossary.tokens import BREAK, HYPHEN, WORD, Token, fold, joined, tokenize

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


@lru_cache(maxsize=1)
def _simplified() -> dict[int, str]:
    """Traditional characters and their simplified ones, as far as one stands for one."""
    from opencc import OpenCC  # late: it reads its tables

    convert = OpenCC("t2s").convert
    block = [chr(c) for c in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    pairs = zip(block, convert("\n".join(block)).split("\n"), strict=True)
    return {ord(a): b for a, b in pairs if a != b and len(b) == 1}


@lru_cache(maxsize=1 << 16)
def simplify(text: str) -> str:
    """The folded form with traditional characters as simplified ones.

    >>> simplify("二軌對話")
    '二轨对话'
    """
    key = fold(text)
    return key if key.isascii() else key.translate(_simplified())


FOLDS = {"zh": simplify, "en": fold}


# --- finding -------------------------------------------------------------------------------------

LAST = ""  # no token has this key: under it stand the terms that end here


class Matcher:
    """Finds the terms of a glossary in texts of one language; build it once, use it often.

    A trie of folded tokens. A text is read from left to right and at each token the trie is
    followed as far as it goes, so the time is the text's length times, at worst, the tokens of the
    longest form, which glossary.MAX_FORM bounds.
    """

    def __init__(
        self, glossary: Glossary, lang: str, forms: Iterable[tuple[str, str]] | None = None
    ) -> None:
        """`forms` are (term id, form) to look for in place of the glossary's own."""
        self.lang = lang
        self._root: dict = {}
        if forms is None:
            forms = ((t.id, form) for t in glossary.terms for form in t.forms(lang))
        for term_id, form in forms:
            caps = form.isupper() and fold(form) in WORDS_TOO
            for key in keys(form, lang):
                node = self._root
                for token in key:
                    node = node.setdefault(token, {})
                node.setdefault(LAST, {}).setdefault(term_id, caps)

    def find(self, text: str) -> tuple[Occurrence, ...]:
        """The occurrences in order: leftmost first, at each place the longest, none overlapping."""
        tokens, found, i = tokenize(text, FOLDS[self.lang]), [], 0
        while i < len(tokens):
            longest = None
            if tokens[i].key in self._root:
                for longest in self._at(text, tokens, i):  # noqa: B007 the last is the longest
                    pass
            if longest is None:
                i += 1
                continue
            term_ids, last = longest
            found.append(Occurrence(term_ids[0], tokens[i].start, tokens[last].stem_end))
            i = last + 1
        return tuple(found)

    def present(self, text: str) -> frozenset[str]:
        """The ids of all terms that stand somewhere in the text, also inside longer ones."""
        tokens = tokenize(text, FOLDS[self.lang])
        return frozenset(
            term_id
            for i in range(len(tokens))
            for term_ids, _ in self._at(text, tokens, i)
            for term_id in term_ids
        )

    def _at(
        self, text: str, tokens: Sequence[Token], i: int
    ) -> Iterator[tuple[Sequence[str], int]]:
        """(term ids, index of the last token) for each form that starts at token i, shortest
        first; several ids only where concepts share a form, the glossary's first one first."""
        for node, j in self._along(tokens, i):
            if LAST in node and _ends(tokens, j):
                ids = [x for x, caps in node[LAST].items() if _is_meant(text, tokens, i, j, caps)]
                if ids:
                    yield ids, j

    def _along(self, tokens: Sequence[Token], i: int) -> Iterator[tuple[dict, int]]:
        """The nodes of the trie to which token i leads and those after it, each with its token."""
        node = self._root.get(tokens[i].key)
        if node is None or (tokens[i].kind == WORD and tokens[i].joint == HYPHEN):
            return
        yield node, i
        for j in range(i + 1, len(tokens)):
            if not joined(tokens[j - 1], tokens[j]):
                return
            node = node.get(tokens[j].key)
            if node is None:
                return
            yield node, j


@lru_cache(maxsize=8)
def matcher_of(glossary: Glossary, lang: str) -> Matcher:
    """The one matcher of a glossary for a language, built when it is first asked for."""
    return Matcher(glossary, lang)


def _ends(tokens: Sequence[Token], j: int) -> bool:
    """Whether a term may end with token j: no hyphen ties the next word to it (AI-enabled)."""
    after = tokens[j + 1] if j + 1 < len(tokens) else None
    return not (after and tokens[j].kind == after.kind == WORD and after.joint == HYPHEN)


def _is_meant(text: str, tokens: Sequence[Token], i: int, j: int, caps: bool) -> bool:
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
    units: Iterable[tuple[str, str]], matcher: Matcher, *, per_turn: bool = False
) -> dict[str, tuple[Occurrence, ...]]:
    """For each unit (id, text) the occurrences that are the first of their term in the page, or
    in the turn; units without any are left out."""
    seen: set[tuple[str, str]] = set()
    found: dict[str, tuple[Occurrence, ...]] = {}
    for unit_id, text in units:
        match = TURN.match(unit_id) if per_turn else None
        place = match[1] if match else ""
        firsts = []
        for occurrence in matcher.find(text):
            if (place, occurrence.term_id) not in seen:
                seen.add((place, occurrence.term_id))
                firsts.append(occurrence)
        if firsts:
            found[unit_id] = tuple(firsts)
    return found
