"""Whether a fenced or preformatted block holds sentences to be read, or a listing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bitext.text.marks import SENTENCE_WITHIN
from bitext.text.scripts import HAN, WORD, count
from bitext.text.words import finder

#: Marks that code is full of and sentences are not.
SIGNS = re.compile(r"[{}<>=;$\\|&+/^~@%]|[A-Za-z_\])]\(")
#: So many marks for a hundred characters of a line: more make it code.
MOST_SIGNS = 4
#: A remark in a listing, which may hold a sentence.
REMARK = ("#", "//", "--", "/*", ";", "%", "REM ", '"' * 3, "'" * 3, "<!--")
#: So many words or Chinese characters say something.
LEAST = 4


def holds_text(lines: Iterable[str]) -> bool:
    """Whether most of a block is running text, with a sentence that ends: it is read like any other.

    >>> holds_text(["会议在一座老图书馆里举行。"]), holds_text(["if slope > limit:", "    stop()"])
    (True, False)
    """
    full = [line.strip() for line in lines if line.strip()]
    said = [line for line in full if _is_said(line)]
    coded = sum(_is_coded(line) for line in full)
    enough = sum(map(len, said)) * 2 > sum(map(len, full)) and coded * 4 <= len(full)
    return enough and any(SENTENCE_WITHIN.search(line) for line in said)


def is_verse(lines: Sequence[str]) -> bool:
    """Whether lines are words alone, each from a capital or in Chinese: commands have neither.

    >>> is_verse(["Snow closed the road", "Nobody walks"]), is_verse(["git add notes", "make all"])
    (True, False)
    """
    first = [line.lstrip("“‘")[:1] for line in lines]
    begun = all(char.isupper() or HAN.match(char) for char in first)
    return len(lines) > 1 and begun and not any(map(SIGNS.search, lines))


def _is_said(line: str) -> bool:
    """Whether a line is words: enough of them, and few of the marks of code."""
    if line.lstrip().startswith(REMARK) or _is_coded(line):
        return False
    return count(HAN, line) + len(WORD.findall(line)) >= LEAST


def _is_coded(line: str) -> bool:
    return len(SIGNS.findall(line)) * 100 > MOST_SIGNS * len(line)


def is_script(line: str) -> bool:
    """Whether a line is a statement of a page's script.

    >>> is_script('var t = (+new Date()); window.go(t);'), is_script("Let x = 3 be given.")
    (True, False)
    """
    return (
        _is_coded(line)
        and finder("page/script").search(line) is not None
        and line.rstrip()[-1:] in (";", "}", ")", ",")
    )
