"""English text -> where a space is missing between two sentences, beyond doubt."""

from __future__ import annotations

import re

from bitext.text.matches import sure
from bitext.text.sentences import (
    ADDRESS,
    CLOSERS,
    SENTENCE_END,
    WORD_WITHIN,
    ends_en,
    filled_lines,
)


def space_repairs(text: str, lang: str) -> list[int]:
    """Where a space is missing after an English sentence: offsets at which one is to be put in.

    Stricter than the splitter: a wrong split is merged again, a wrong space would change the text.

    >>> space_repairs("regional initiatives.But the U.S.A. and Track 1.5 stay", "en")
    [21]
    """
    if lang != "en":
        return []
    return [
        end
        for start, stop in filled_lines(text)
        for end in ends_en(text, start, stop, SENTENCE_END)
        if end < stop and not text[end].isspace() and _surely_glued(text, start, end)
    ]


#: A word that surely opens a sentence, and is no part of a name of code or of an address.
SURE_OPENING = re.compile(r"[“‘\"(\[]*(?:[A-Z][a-zà-ÿ]+|I|A)(?:['’]\w+)?(?!\.?[\w/\\@(_=])")
#: How far behind a glued end that word may reach.
LOOK_AHEAD = 60


def _surely_glued(text: str, start: int, end: int) -> bool:
    """Whether a glued sentence end is beyond doubt, so that a space may be put in."""
    at = _before_marks(text, start, end)
    word = sure(re.search(r"\S*$", text[max(start, at - WORD_WITHIN) : at])).group()
    if text[at] not in ".!?" or ADDRESS.search(word):
        return False
    last = re.search(r"[\w)\]”’%]+$", word)
    if not last or not SURE_OPENING.match(text[end : end + LOOK_AHEAD]):
        return False
    single = text[at] == "." and text[at + 1 : at + 2] != "."
    return not single or word.endswith((")", "”")) or _is_no_dotted(word, last.group())


def _before_marks(text: str, start: int, end: int) -> int:
    """Where the marks begin with which a sentence ends at `end`."""
    at = end
    while text[at - 1] in CLOSERS:
        at -= 1
    while at > start and text[at - 1] in ".!?…。！？｡":
        at -= 1
    return at


def _is_no_dotted(word: str, last: str) -> bool:
    """Whether a word before a full stop is neither a letter nor has full stops within."""
    return len(last) > 1 and "." not in word.strip(".")
