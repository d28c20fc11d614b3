"""An English text, a place with a term's letters -> whether the term's noun is meant.

A light rule by what stands around: no tagger, lists of words that a person can edit (text/words/terms).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bitext.glossary.tokens import BREAK, HYPHEN, SPACE, WORD, Token, fold
from bitext.text.words import words

PLAIN_S = ("ss", "us", "is")  # words with these ends are in the singular


@dataclass(frozen=True, slots=True)
class Place:
    """The tokens i to j of a text, of which a term's form has the letters."""

    text: str
    tokens: Sequence[Token]
    i: int
    j: int

    @property
    def last(self) -> str:
        """The last word, folded, in the number in which it stands."""
        return self.tokens[self.j].key

    @property
    def before(self) -> str:
        """The word before it in the sentence, folded; '' where there is none."""
        return self.word_before(self.i)

    @property
    def after(self) -> str:
        """The word behind it in the sentence, folded; '' where there is none."""
        return _spaced(self.tokens, self.j + 1)

    def word_before(self, i: int) -> str:
        return self.tokens[i - 1].key if i and _spaced(self.tokens, i) and self._is_word(i - 1) else ""  # fmt: skip

    def _is_word(self, i: int) -> bool:
        return self.tokens[i].kind == WORD

    @property
    def is_owned(self) -> bool:
        """Whether the word before is a possessive: the treaty's nudge."""
        if not self.before:
            return False
        word = self.tokens[self.i - 1]
        return word.stem_end < word.end


def _spaced(tokens: Sequence[Token], i: int) -> str:
    """The word that is token i, if white space stands before it."""
    found = i < len(tokens) and tokens[i].kind == WORD and tokens[i].joint == SPACE
    return tokens[i].key if found else ""


def is_noun(place: Place) -> bool:
    """Whether the term is the noun there: not in `AI races ahead`, `we compute`, `the Track I took`."""
    return not (_is_pronoun(place) or _is_verb(place))


def ends_there(tokens: Sequence[Token], j: int) -> bool:
    """Whether a term may end with token j: a hyphen may tie few words to it (LLM-based)."""
    after = tokens[j + 1] if j + 1 < len(tokens) else None
    if not (after and tokens[j].kind == after.kind == WORD and after.joint == HYPHEN):
        return True
    return after.key in words("terms/after_hyphen_en") or after.key.endswith("ed")


# --- the numeral that is a pronoun ---------------------------------------------------------------


def _is_pronoun(place: Place) -> bool:
    """Whether a term's numeral is the pronoun: the Track I took."""
    token = place.tokens[place.j]
    if place.text[token.start : token.end] != "I" or place.i == place.j:
        return False
    if place.before in ("the", "this", "that", "a", "which", "every", "each"):
        return place.after in words("terms/after_i_en") or place.after.endswith("ed")
    return False


# --- the verb ------------------------------------------------------------------------------------


def _is_verb(place: Place) -> bool:
    verb = _verb_of(place.last)
    if _tied(place):
        return False
    if verb and place.last != verb and verb in words("terms/no_plural_en"):
        return True
    if place.before == "that" and verb:
        return _behind_that(place, verb)
    if place.is_owned or place.before in words("terms/before_noun_en"):
        return False
    if (place.i == place.j and verb) or _words_of(place) in words("terms/compound_verbs_en"):
        return _alone(place, verb or place.last)
    return bool(verb) and _behind_its_subject(place, verb)


def _behind_that(place: Place, verb: str) -> bool:
    """Whether `that` stands for what the verb's subject is: programs that compute primes."""
    if place.last != verb:
        return True  # that audits: with -s no noun
    return _is_plural(place.word_before(place.i - 1)) and bool(place.after)


def _words_of(place: Place) -> str:
    """The term's words, the last without a plural's s."""
    keys = [token.key for token in place.tokens[place.i : place.j + 1]]
    return " ".join((*keys[:-1], keys[-1].removesuffix("s")))


def _verb_of(word: str) -> str:
    """The verb of which this is the plain form or that in -s; '' if there is none."""
    verbs = words("terms/verbs_en")
    return next((w for w in (word, word.removesuffix("s"), word.removesuffix("es")) if w in verbs), "")  # fmt: skip


def _tied(place: Place) -> bool:
    """Whether a hyphen stands in the term, before or behind it: a noun's sign."""
    inner = place.tokens[place.i : place.j + 2]
    return any(token.joint == HYPHEN for token in inner)


def _alone(place: Place, verb: str) -> bool:
    """Whether a term of one word is the verb: we compute, to compute the sum, studios watermark all."""
    before, after = place.before, place.after
    if place.last != verb:
        return _is_third_person(before, after)
    if before in words("terms/before_verb_en"):
        return True
    if before == "to":
        governing = place.word_before(place.i - 1)
        return governing not in words("terms/noun_to_en") and bool(after)
    if after in words("terms/after_verb_en"):
        return True
    return bool(after) and _is_plural(before) and not _is_grammar(after)


def _is_third_person(before: str, after: str) -> bool:
    """Whether a word in -s between these is a verb: it nudges us, regulation nudges firms."""
    if not before or before in words("terms/before_plain_en"):
        return False
    if before in words("terms/before_verb_en") or after in words("terms/after_verb_en"):
        return True
    return _is_plural(after)


def _behind_its_subject(place: Place, verb: str) -> bool:
    """Whether the last word of a longer term is the verb of what stands before it: AI races ahead."""
    if place.tokens[place.j - 1].key not in words("terms/mass_en"):
        return False
    before, after = place.before, place.after
    if after in ("ahead", "forward") or after in words("terms/after_verb_en"):
        return True
    if place.last == verb or (before and before not in words("terms/before_clause_en")):
        return False
    return _is_plural(after) or (verb == "race" and after in words("terms/after_race_en"))


def _is_plural(word: str) -> bool:
    """Whether the word looks like a noun in the plural."""
    return word.endswith("s") and not word.endswith(PLAIN_S) and word not in words("terms/no_objects_en")  # fmt: skip


def _is_grammar(word: str) -> bool:
    """Whether the word is no verb's object: and, is, of, that."""
    lists = ("terms/before_noun_en", "terms/before_clause_en", "terms/before_verb_en", "terms/no_objects_en", "terms/after_race_en")  # fmt: skip
    return any(word in words(name) for name in lists) or word in ("are", "were", "be", "been")


# --- the abbreviation of another thing -----------------------------------------------------------


def spelled_out(text: str, tokens: Sequence[Token]) -> Iterator[tuple[str, int, int]]:
    """The abbreviations that a text explains in brackets, folded and without a plural's s, with the
    first and the last token of what they stand for: CBM (coal bed methane), coal bed methane (CBM)."""
    for i in (n for n, token in enumerate(tokens) if token.key == "("):
        end = _closing(tokens, i)
        inside = tokens[i + 1 : end]
        short = _abbreviation(text, tokens[i - 1]) if i else ""
        if short and _initials(inside) == short:
            yield short, i + 1, end - 1
        short = _abbreviation(text, inside[0]) if len(inside) == 1 else ""
        first = i - len(short)
        if short and first >= 0 and _initials(tokens[first:i]) == short:
            yield short, first, i - 1


def _closing(tokens: Sequence[Token], i: int) -> int:
    """The token that closes the bracket i; the bracket itself if it is not near."""
    near = range(i + 1, min(i + MOST_WORDS, len(tokens)))
    return next((k for k in near if tokens[k].key == ")"), i)


#: Words in brackets, hand-set: an abbreviation's letters and what stands between them.
MOST_WORDS = 10


def _abbreviation(text: str, token: Token) -> str:
    """The abbreviation that a token is, folded; '' if it is none."""
    raw = text[token.start : token.stem_end].removesuffix("s")
    return fold(raw) if token.kind == WORD and len(raw) > 1 and raw.isupper() else ""


def _initials(tokens: Sequence[Token]) -> str:
    """The first letters of words that follow one another."""
    if any(token.kind != WORD or (n and token.joint == BREAK) for n, token in enumerate(tokens)):
        return ""
    return "".join(token.key[:1] for token in tokens)
