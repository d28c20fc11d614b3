"""Where a paragraph's asterisks and underscores are emphasis: each that opens has one that closes.

A star that closes nothing is text, or the mark of a note. Unlike CommonMark, emphasis may stand
directly beside a Chinese character, and a star between two Latin letters is always text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bitext.text.source import Line, Span

RUN = re.compile(r"\*+|＊+|_+")
OPENING, CLOSING = "“‘「『《（([【〈", "，。、；：！？）」』》】〉”’,.;:!?)]}"


def emphasis(
    text: str, lines: Sequence[Line], *, strict: bool = False
) -> Iterator[tuple[int, Span]]:
    """The marks of emphasis in the lines of one paragraph, each with the index of its line.

    With `strict`, a single mark opens nothing directly behind a word, where a note's mark may stand.
    """
    runs = [
        (index, match.span())
        for index, line in enumerate(lines)
        for match in RUN.finditer(text, line.start, line.end)
        if not any(a < match.end() and match.start() < b for a, b in line.markup)
        if match.start() == line.start or text[match.start() - 1] != "\\"
    ]
    yield from _strong(text, [r for r in runs if r[1][1] - r[1][0] > 1])
    yield from _single(text, [r for r in runs if r[1][1] - r[1][0] == 1], strict)


def _strong(text: str, runs: Iterable[tuple[int, Span]]) -> Iterator[tuple[int, Span]]:
    """Runs of two or three, where the paragraph has an even number; four close one and open the next."""
    found: list[tuple[int, Span]] = []
    is_open = False
    for index, (a, b) in runs:
        if text[a] == "＊" or b - a > 4 or (b - a > 3 and text[a] == "_"):  # `____` to fill in
            continue
        if _inside_word(text, a, b) and (text[a] == "_" or not is_open):
            continue
        if b - a == 4:
            if is_open:
                found.append((index, (a, b)))
            continue
        is_open = not is_open
        found.append((index, (a, b)))
    if not is_open:
        yield from found


def _single(
    text: str, runs: Iterable[tuple[int, Span]], strict: bool
) -> Iterator[tuple[int, Span]]:
    """Single marks, each pair the nearest two of one kind of which one opens and one closes."""
    waiting: dict[str, tuple[int, Span]] = {}
    for index, (a, b) in runs:
        if _inside_word(text, a, b):
            continue
        mark, before, after = text[a], text[a - 1 : a], text[b : b + 1]
        first = waiting.get(mark)
        closes = bool(before.strip()) and before not in OPENING
        if mark == "_":
            closes = closes and not _is_latin(after)
        if first and closes and a - first[1][0] > 1:
            yield from (first, (index, (a, b)))
            del waiting[mark]
            continue
        opens = bool(after.strip()) and after not in CLOSING
        if (mark == "_" and _is_latin(before)) or (strict and before.isalnum()):
            opens = False
        if opens:
            waiting[mark] = (index, (a, b))


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _inside_word(text: str, start: int, end: int) -> bool:
    """Whether a mark stands between two Latin letters or digits: `a*b`, `__init__`, `f**k`."""
    return _is_latin(text[start - 1 : start]) and _is_latin(text[end : end + 1])


def mark_emphasis(
    text: str, lines: list[Line], *, strict: bool = False, marks: str = "*＊_"
) -> None:
    """Add the marks of emphasis to the markup of the lines, paragraph by paragraph."""
    for block in _paragraphs(text, lines):
        found: dict[int, list[Span]] = {}
        for k, span in emphasis(text, [lines[i] for i in block], strict=strict):
            if text[span[0]] in marks:
                found.setdefault(block[k], []).append(span)
        for index, spans in found.items():
            markup = tuple(sorted([*lines[index].markup, *spans]))
            lines[index] = replace(lines[index], markup=markup)


def _paragraphs(text: str, lines: Sequence[Line]) -> Iterator[list[int]]:
    """The indexes of the lines of each paragraph, heading, item or cell; code is none."""
    block: list[int] = []
    for index, line in enumerate(lines):
        if not text[line.start : line.end].strip() or line.kind == "code":
            yield block
            block = []
            continue
        if line.kind not in ("", "quote") or (
            block and lines[block[-1]].kind in ("heading", "cell")
        ):
            yield block
            block = []
        block.append(index)
    yield block
