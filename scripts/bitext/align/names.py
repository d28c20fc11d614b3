"""English words that read as pinyin <-> the Chinese characters that sound like them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product

from bitext.align.lexicon import Dictionary, word_token

INITIALS = ("", *"b p m f d t n l g k h j q x zh ch sh r z c s y w".split())
FINALS = """
    a o e ai ei ao ou an en ang eng ong i ia ie iao iu ian in iang ing iong u ua uo uai ui uan un
    uang ue v ve er
""".split()
SYLLABLES = frozenset(a + b for a, b in product(INITIALS, FINALS))
#: The longest name that is looked for, a surname of one and a name of two; and the longest syllable.
SYLLABLES_OF_NAME, LETTERS_OF_SYLLABLE = 3, 6
CAPITALISED = re.compile(r"[A-Z][a-z]+(?:[-'’][A-Za-z]?[a-z]+)*")


@dataclass(frozen=True, slots=True)
class Names:
    """The document's capitalised English words that read as pinyin: syllables -> token."""

    by_syllables: Mapping[tuple[str, ...], str]
    following: Mapping[str, frozenset[str]]  # a name's first syllable -> what can come second
    begins: dict[str, frozenset[str] | None] = field(default_factory=dict)  # of characters seen

    def find(self, run: str, dictionary: Dictionary) -> list[tuple[str, int, str]]:
        """The pieces of the run that sound like a name: as a token, its place, the name's token."""
        if not self.by_syllables:
            return []
        found: list[tuple[str, int, str]] = []
        begins = self.begins
        for at, char in enumerate(run):
            if char not in begins:
                begins[char] = self._following(char, dictionary)
            second = begins[char]
            if second is not None:
                found += self._names_at(run, at, second, dictionary)
        return found

    def _names_at(
        self, run: str, at: int, second: frozenset[str], dictionary: Dictionary
    ) -> Iterator[tuple[str, int, str]]:
        """The names that begin here, the shortest first; `second`: what can come second in them."""
        # a single character is a name only where it follows a surname
        shortest = 1 if at and dictionary.is_surname(run[at - 1]) else 2
        longest = min(SYLLABLES_OF_NAME, len(run) - at)
        if longest == 1 or second.isdisjoint(dictionary.readings(run[at + 1])):
            longest = 1
        for length in range(shortest, longest + 1):
            sounds = (dictionary.readings(char) for char in run[at : at + length])
            tokens = map(self.by_syllables.get, product(*sounds))
            if token := next(filter(None, tokens), None):
                yield "@" + run[at : at + length], at, token

    def _following(self, char: str, dictionary: Dictionary) -> frozenset[str] | None:
        """What can come second in the names that the character may begin; None where it begins none."""
        some = [self.following[s] for s in dictionary.readings(char) if s in self.following]
        return frozenset().union(*some) if some else None


def read_names(texts: Sequence[str]) -> Names:
    """The capitalised words of the English side that split into one to three pinyin syllables."""
    names: dict[tuple[str, ...], str] = {}
    for word in sorted({word for text in texts for word in CAPITALISED.findall(text)}):
        token = word_token(word)
        letters = re.sub(r"[^a-z]", "", word.lower())
        if token and token[0] != "=" and len(letters) <= SYLLABLES_OF_NAME * LETTERS_OF_SYLLABLE:
            for syllables in _syllables(letters, SYLLABLES_OF_NAME):
                names.setdefault(syllables, token)
    following: dict[str, set[str]] = {}
    for first, *others in names:
        following.setdefault(first, set()).update(others[:1])
    return Names(names, {first: frozenset(some) for first, some in following.items()})


@lru_cache(1 << 14)
def _syllables(letters: str, most: int) -> tuple[tuple[str, ...], ...]:
    """The ways to read the letters as at most `most` pinyin syllables."""
    ways: list[tuple[str, ...]] = [(letters,)] if letters in SYLLABLES else []
    if most > 1:
        for cut in range(1, min(LETTERS_OF_SYLLABLE, len(letters))):
            if letters[:cut] in SYLLABLES:
                ways += [(letters[:cut], *rest) for rest in _syllables(letters[cut:], most - 1)]
    return tuple(ways)
