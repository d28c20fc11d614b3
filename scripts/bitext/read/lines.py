"""Text -> lines with their places; and a builder for texts put together from blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain

from bitext.text.marks import COLONS, SEMICOLONS, STOPS
from bitext.text.source import Cut, Line, Span

#: Line ends that an editor's line numbers count.
LINE_END = re.compile("\r\n|\n|\r")
#: Word's soft return, form feed, and the Unicode separators end a line only after a sentence; within
#: one they are white space that a converter left.
SOFT_END = re.compile(
    f"(?<=[{STOPS}{SEMICOLONS}{COLONS}”」』）)])[ \t\u3000]*[\x0b\x0c\x85\u2028\u2029]+"
)
#: So many blank lines of a gap are kept where it begins; more are worth no record.
KEPT_BLANK = 8


def split_lines(text: str) -> list[Line]:
    """The lines of a text in order, blank ones too; between them stand only line ends.

    Of a long gap only the first blank lines are listed: the numbers count them all.
    """
    lines: list[Line] = []
    start = gap = 0
    ends = (match.span() for match in LINE_END.finditer(text))
    for number, (end, following) in enumerate(chain(ends, [(len(text), len(text))]), 1):
        gap = 0 if text[start:end].strip() else gap + 1
        if gap <= KEPT_BLANK and start < len(text):
            lines += _soft_lines(text, start, end, number)
        start = following
    return lines


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
