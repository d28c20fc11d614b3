"""A source as its reader delivers it, and what cleaning says of it.

Every place is a half-open span (start, end) of offsets into `Document.text`, so that the ledger can
prove that each of its characters went somewhere, and exactly once.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

Span = tuple[int, int]


@lru_cache(1 << 12)
def is_blank(char: str) -> bool:
    """Whether the ledger counts `char` as white space: blanks, zero-width and control characters."""
    return char.isspace() or unicodedata.category(char) in ("Cc", "Cf")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source: `Document.text[start:end]`, with what its markup said of it."""

    start: int
    end: int
    number: int  # in the file, from 1
    kind: str = ""  # hint: heading | list | quote | code | cue | cell | footnote; "" = not known
    level: int = 0  # heading level, list depth
    lang: str = ""  # hint: 'zh' | 'en' from markup (lang attribute, column, --zh/--en)
    group: int = -1  # lines of one cue or one table row share a group
    markup: tuple[Span, ...] = ()  # characters that are markup, not text (#, **, list marks, |)


@dataclass(frozen=True, slots=True)
class Document:
    """A source read: its visible text, one string, and its lines in order, blank ones included."""

    path: str
    text: str
    lines: tuple[Line, ...]
    format: str  # text | markdown | rst | srt | vtt | html | docx | csv | tsv | pair | bitext
    encoding: str
    metadata: Mapping[str, str] = field(
        default_factory=dict
    )  # from the format itself (HTML head …)
    left_out: tuple[Cut, ...] = ()  # what the reader itself knows is not content, with reasons
    voices: frozenset[str] = frozenset()  # names that the format says speak: a table's column
    files: tuple[
        tuple[int, str], ...
    ] = ()  # of a document of two files: where each begins, its path

    def path_at(self, offset: int) -> str:
        """The path of the file that holds this offset."""
        return next((path for start, path in reversed(self.files) if start <= offset), self.path)

    def slice(self, span: Span) -> str:
        return self.text[span[0] : span[1]]


@dataclass(frozen=True, slots=True)
class Cut:
    """A span that is not published in a unit. `key` names the metadata it was read as, if any."""

    span: Span
    reason: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Truncation:
    """Where a text seems to be cut off, and what shows it."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A document without its boilerplate. lines + cuts cover all non-blank text exactly once.

    A line may be a part of a source line, where something was cut out of its middle or an end.
    """

    document: Document
    lines: tuple[Line, ...]
    cuts: tuple[Cut, ...]
    metadata: Mapping[str, str]
    truncation: Truncation | None = None
    title: Cut | None = None  # the title in one language: left out if nothing pairs with it
