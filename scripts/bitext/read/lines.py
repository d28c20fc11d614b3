"""Text -> lines with their places; and a builder for texts put together from blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from bitext.text.marks import COLONS, SEMICOLONS, STOPS
from bitext.text.source import Cut, Line, Span

#: Line ends that an editor's line numbers count.
LINE_END = re.compile("\r\n|\n|\r")
#: Word's soft return, form feed, and the Unicode separators end a line only after a sentence; within
#: one they are white space that a converter left.
SOFT_END = re.compile(
    f"(?<=[{STOPS}{SEMICOLONS}{COLONS}”」』）)])[ \t\u3000]*[\x0b\x0c\x85\u2028\u2029]+"
)


#: A gap that is worth no record for each of its lines; so many are kept where it begins.
LONG_GAP = re.compile("[ \t\u3000\xa0\r\n]{64,}")
KEPT_BLANK = 8


def split_lines(text: str) -> list[Line]:
    """The lines of a text in order, blank ones too; between them stand only line ends.

    Of a very long gap only the first blank lines are listed: the numbers count them all.
    """
    lines: list[Line] = []
    start, number = 0, 1
    for first, last in _stretches(text):
        if first > start:  # the rest of a long gap
            number, start = number + _line_ends(text, start, first), first
        for match in LINE_END.finditer(text, first, last):
            lines.extend(_soft_lines(text, start, match.start(), number))
            start, number = match.end(), number + 1
    if start < len(text):
        lines.extend(_soft_lines(text, start, len(text), number))
    return lines


def _stretches(text: str) -> Iterator[Span]:
    """The text but for the inside of long gaps; each stretch behind one begins with a line."""
    at = 0
    for gap in LONG_GAP.finditer(text):
        ends = LINE_END.finditer(text, *gap.span())
        head = next(islice(ends, KEPT_BLANK, None), None)
        if head is None:
            continue
        yield at, head.end()
        at = 1 + max(text.rfind("\n", *gap.span()), text.rfind("\r", *gap.span()))
    yield at, len(text)


def _line_ends(text: str, start: int, end: int) -> int:
    counted = (text.count(mark, start, end) for mark in ("\n", "\r", "\r\n"))
    return next(counted) + next(counted) - next(counted)


def _soft_lines(text: str, start: int, end: int, number: int) -> list[Line]:
    lines = []
    for match in SOFT_END.finditer(text, start, end):
        if match.end() < end:
            lines.append(Line(start, match.start(), number))
            start = match.end()
    lines.append(Line(start, end, number))
    return lines


@dataclass(slots=True)
class Builder:
    """A visible text put together block by block, for formats whose bytes are not their text."""

    parts: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)
    length: int = 0

    def add(
        self,
        text: str,
        number: int,
        kind: str = "",
        level: int = 0,
        lang: str = "",
        group: int = -1,
        reason: str = "",
        markup: tuple[Span, ...] = (),
    ) -> None:
        """One block a line, its markup counted from the block's start; a reason leaves it out."""
        text = LINE_END.sub(" ", text)
        if self.parts:
            self.parts.append("\n")
            self.length += 1
        start, end = self.length, self.length + len(text)
        self.parts.append(text)
        self.length = end
        if reason:
            self.cuts.append(Cut((start, end), reason))
            self.lines.append(Line(start, start, number))  # so that its number can be told
            return
        spans = tuple((start + a, start + b) for a, b in markup)
        self.lines.append(Line(start, end, number, kind, level, lang, group, spans))

    def blank(self, number: int = 0) -> None:
        """A blank line, so that what follows is a block of its own."""
        if self.lines and self.lines[-1].start < self.lines[-1].end:
            self.add("", number or self.lines[-1].number)

    @property
    def text(self) -> str:
        return "".join(self.parts)
