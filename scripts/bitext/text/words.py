"""The name of a list -> its words, or a pattern that finds one of them.

A list is the file words/NAME.txt, one entry a line. Lines that begin with `#` are comments; the
first says what the list holds and where it comes from. Two spaces and a `#` begin a comment behind
an entry. Some marks have a meaning in an entry, any other character stands for itself:

    (s)          may be there or not: `editor(s)`; `(us|me)` is one of the two or none
    <man|woman>  one of them is there: `chair<man|woman>`
    a blank      is one character of white space
    ~            is what stands there of one sentence, up to sixty characters: `Sign in to ~`; in a
                 Chinese entry of one clause, up to twenty-four
    \\(           is the bracket itself; so with the other marks
    {name}       is what phrases.py says of it, in a list of phrases alone
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

from bitext.text.scripts import HAN

FOLDER = Path(__file__).parent / "words"
COMMENT = re.compile("(?:^|  )#.*")
#: A mark, or a character that stands for itself, with or without a backslash.
PART = re.compile(r"\\(.)|(\{[^{}]+\}|.)")
MARKED = re.compile(r"[(<|>)~\\]")
#: What each mark is in a pattern.
MEANING = {"(": "(?:", ")": ")?", "<": "(?:", ">": ")", "|": "|", " ": r"\s"}
ANYTHING, ANYTHING_ZH = "[^.!?。！？\n]{0,60}", "[^.!?。！？，,；;\n]{0,24}"


@cache
def entries(name: str) -> tuple[str, ...]:
    """The entries of a list as they are written, in the order of the file."""
    with open(f"{FOLDER}/{name}.txt", encoding="utf-8") as file:
        lines = file.read().split("\n")
    bare = (COMMENT.sub("", line).strip() if "#" in line else line for line in lines)
    return tuple(entry for entry in bare if entry)


@cache
def words(name: str) -> frozenset[str]:
    """All words that the entries of a list stand for.

    >>> "etc" in words("sentences/abbreviations")
    True
    """
    return frozenset(form for entry in entries(name) for form in forms(entry))


@cache
def any_of(*names: str) -> str:
    """A pattern that finds one entry of these lists, the longest that fits.

    >>> re.match(any_of("dates/months"), "Sept. 3", re.I)[0]
    'Sept'
    """
    found = sorted({e for name in names for e in entries(name)}, key=longest, reverse=True)
    plain = "".join(map(re.escape, (e for e in found if len(e) == 1)))
    parts = [*(pattern_of(e) for e in found if len(e) > 1), *([f"[{plain}]"] if plain else ())]
    return f"(?:{'|'.join(parts)})"


@cache
def finder(name: str) -> re.Pattern[str]:
    """The pattern that finds an entry of a list in either case."""
    return re.compile(any_of(name), re.IGNORECASE)


#: No border within a Latin word: Chinese has none between its words.
_BORDER = "(?:(?<![A-Za-z])|(?![A-Za-z]))"


@cache
def whole_finder(*names: str) -> re.Pattern[str]:
    """The pattern that finds an entry of these lists in either case, and in no Latin word a part of it.

    >>> [bool(whole_finder("markers/english").search(text)) for text in ("中文English", "then", "EN")]
    [True, False, True]
    """
    return re.compile(f"{_BORDER}{any_of(*names)}{_BORDER}", re.IGNORECASE)


def pattern_of(entry: str) -> str:
    """The pattern of one entry.

    >>> pattern_of("no. one"), pattern_of("view(s)"), pattern_of("chair<man|woman>")
    ('no\\\\.\\\\sone', 'view(?:s)?', 'chair(?:man|woman)')
    """
    if not MARKED.search(entry):
        return re.escape(entry).replace("\\ ", "\\s")
    meaning = {**MEANING, "~": ANYTHING_ZH if HAN.search(entry) else ANYTHING}
    return PART.sub(
        lambda part: re.escape(part[1]) if part[1] else meaning.get(part[2]) or re.escape(part[2]),
        entry,
    )


def longest(entry: str) -> int:
    """The length of an entry's longest form."""
    return _longest(PART.finditer(entry)) if MARKED.search(entry) else len(entry)


def _longest(parts: Iterator[re.Match[str]]) -> int:
    """The length of the longest form up to the bracket that closes this part, or to the end."""
    most = here = 0
    for part in parts:
        if part[2] in ("(", "<"):
            here += _longest(parts)
        elif part[2] == "|":
            most, here = max(most, here), 0
        elif part[2] in (")", ">"):
            break
        else:
            here += 1
    return max(most, here)


def forms(entry: str) -> list[str]:
    """All that an entry stands for.

    >>> forms("<we|they> say(s)")
    ['we says', 'we say', 'they says', 'they say']
    """
    return _choices(PART.finditer(entry))


def _choices(parts: Iterator[re.Match[str]]) -> list[str]:
    """The forms of what stands up to the bracket that closes this part, or to the end."""
    choices: list[str] = []
    sequence: list[list[str]] = []
    for part in parts:
        if part[2] in ("(", "<"):
            sequence.append([*_choices(parts), *([""] if part[2] == "(" else [])])
        elif part[2] == "|":
            choices += map("".join, product(*sequence))
            sequence = []
        elif part[2] in (")", ">"):
            break
        else:
            sequence.append([part[1] or part[2]])
    return choices + list(map("".join, product(*sequence)))
