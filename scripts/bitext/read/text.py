"""Plain text -> Document: every line as it stands, but for the marks of emphasis pasted with it."""

from __future__ import annotations

from bitext.read.emphasis import mark_emphasis
from bitext.read.lines import split_lines
from bitext.text.source import Document, Line

#: So many pairs of marks show that a text was written with them.
LEAST = 2


def read_text(text: str, path: str, encoding: str) -> Document:
    """The lines of a text; stars that are pairs are markup, once there are two such pairs.

    Where a line begins with a star that closes nothing, stars are the marks of notes too: then a
    star behind a word opens no emphasis.
    """
    plain = split_lines(text)
    lines = list(plain)
    mark_emphasis(text, lines)
    if any(_begins_with_star(text, line) for line in lines):
        lines = plain
        mark_emphasis(text, lines, strict=True)
    if sum(len(line.markup) for line in lines) < 2 * LEAST:
        lines = split_lines(text)
    return Document(path, text, tuple(lines), "text", encoding)


def _begins_with_star(text: str, line: Line) -> bool:
    """Whether a line begins with a star that is no markup."""
    at = line.start + len(text[line.start : line.end]) - len(text[line.start : line.end].lstrip())
    return text[at : at + 1] in ("*", "＊") and not any(a <= at < b for a, b in line.markup)
