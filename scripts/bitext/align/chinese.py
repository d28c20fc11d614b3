"""A Chinese sentence -> its tokens, and what can translate them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from bitext.align.lexicon import (
    EMPTY_ZH,
    HAN_NUMBER,
    HAN_RUN,
    LATIN_TOKEN,
    MARKERS,
    MIXED_NUMBER,
    MONTH,
    MONTHS,
    POWERS,
    Candidates,
    Dictionary,
    Placed,
    han_number,
    marks_of,
    number,
    segment_words,
    stem,
    word_token,
)
from bitext.align.names import Names


def tokens_zh(
    sentence: str, dictionary: Dictionary, names: Names, found: Candidates
) -> list[Placed]:
    """The Chinese sentence's tokens; what can translate them is added to `found`."""
    sentence = unicodedata.normalize("NFKC", sentence) if not sentence.isascii() else sentence
    tokens: list[Placed] = []

    def add(some: Iterable[Translated]) -> None:
        for token, at, translation in some:
            tokens.append((token, at))
            if token not in found:
                found[token] = frozenset((translation,))

    add(_literals(sentence, dictionary))
    for run in HAN_RUN.finditer(sentence):
        for word, at in _words(run, dictionary):
            tokens.append((word, at))
            if word not in found:
                found[word] = _candidates(word, dictionary)
        named = names.find(run[0], dictionary)
        add((name, run.start() + at, token) for name, at, token in named)
    add((mark, at, mark) for mark, at in marks_of(sentence))
    return tokens


#: A token, where it stands in its sentence, and the one English token that translates it.
Translated = tuple[str, int, str]


def _literals(sentence: str, dictionary: Dictionary) -> Iterator[Translated]:
    """Numbers, months and Latin words."""
    simple = sentence.translate(dictionary.simplified)
    for value, at in _numbers(simple):
        yield "#" + value, at, "#" + value
    for month, at in _months(simple):
        yield f"#month{month}", at, stem(MONTHS[month - 1])
    for token, at in _latin_words(sentence):
        yield "@" + token, at, token


def _numbers(text: str) -> Iterator[Placed]:
    """Numbers in digits, in digits before 万 or 亿, in characters; 一 alone is no number."""
    for found in LATIN_TOKEN.finditer(text):
        if found[0][0].isdigit():
            yield number(found[0]), found.start()
    for found in MIXED_NUMBER.finditer(text):
        amount = float(found[1].replace(",", "")) * POWERS[found[2]]
        yield f"{amount:.0f}", found.start()
    for run in HAN_RUN.finditer(text):
        for found in HAN_NUMBER.finditer(run[0]):
            value = han_number(found[0])
            if value is not None and value > 1:
                yield str(value), run.start() + found.start()


def _months(text: str) -> Iterator[tuple[int, int]]:
    """The months, from 1, and where each stands."""
    for found in MONTH.finditer(text):
        month = int(found[1]) if found[1].isdigit() else han_number(found[1])
        assert month is not None  # MONTH has the numerals from one to twelve
        yield month, found.start()


def _latin_words(text: str) -> Iterator[Placed]:
    """The Latin words that are no grammar, as English tokens."""
    for found in LATIN_TOKEN.finditer(text):
        token = None if found[0][0].isdigit() else word_token(found[0])
        if token and token[0] != "=":
            yield token, found.start()


def _words(run: re.Match[str], dictionary: Dictionary) -> Iterator[Placed]:
    """The run's words that say something."""
    at = run.start()
    for piece in segment_words(run[0], dictionary.entries):
        if piece not in EMPTY_ZH:
            yield piece, at
        at += len(piece)


def _candidates(word: str, dictionary: Dictionary) -> frozenset[str]:
    """The English tokens that the dictionary and our own list of markers give for a word."""
    glosses = dictionary.glosses(word)
    marker = MARKERS.get(word.translate(dictionary.simplified), ())
    grammar = {token for w in marker if (token := word_token(w))}
    return glosses | grammar if grammar else glosses
