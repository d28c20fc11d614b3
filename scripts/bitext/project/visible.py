"""A source's bytes -> its visible characters, read a second time for the proof.

These readers are used by nothing else and are small on purpose: what the import reads with care
for markup and layout, the proof reads again without any. A change in what a reader gives raises
its version, and records of older versions are read with the older one.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bitext.source import is_blank


@dataclass(frozen=True, slots=True)
class Visible:
    """The visible characters of a source's files, one string; white space is between them only."""

    text: str  # without white space, zero-width and control characters
    raw: str  # with them
    offsets: array[int]  # of each visible character in `raw`
    starts: tuple[int, ...] = (0,)  # where in `raw` each file begins

    def line(self, at: int) -> int:
        """The line, in its own file and from 1, of a visible character."""
        if not self.offsets:
            return 1
        offset = self.offsets[min(at, len(self.offsets) - 1)]
        begin = self.starts[bisect_right(self.starts, offset) - 1]
        return self.raw.count("\n", begin, offset) + 1

    def shown(self, start: int, end: int) -> str:
        """The stretch with its white space, each run of it one space."""
        if start >= end:
            return ""
        return " ".join(self.raw[self.offsets[start] : self.offsets[end - 1] + 1].split())


class Unreadable(Exception):
    """The bytes cannot be read again: an unknown reader, or bytes that are not what it reads."""


def visible(raw: str, starts: Sequence[int] = (0,)) -> Visible:
    """The visible characters of a text.

    >>> visible("你 好\\n").text
    '你好'
    """
    blank = {c for c in set(raw) if is_blank(c)}
    offsets = array("q", [k for k, c in enumerate(raw) if c not in blank])
    return Visible("".join([c for c in raw if c not in blank]), raw, offsets, tuple(starts))


def read_characters(data: bytes, encoding: str) -> str:
    """Plain text, Markdown, subtitles, tables: every character of the file."""
    try:
        return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
    except (UnicodeDecodeError, LookupError) as error:
        raise Unreadable(str(error)) from None


#: Reader and its version, as import.json names them -> the function.
READERS: dict[str, Callable[[bytes, str], str]] = {"characters/1": read_characters}
#: The reader that an import of today uses, by the format that it read.
TODAY = dict.fromkeys(("text", "markdown", "rst", "srt", "vtt", "csv", "tsv"), "characters/1")


def reader_of(data: bytes, path: str, format: str) -> tuple[str, str]:
    """The reader that gives a source's visible characters again, and the encoding of its bytes."""
    from bitext.read.decode import decode

    return TODAY.get(format, "characters/1"), decode(data, path)[1]


def read_again(files: Sequence[tuple[bytes, str, str]]) -> Visible:
    """The visible characters of a source's files, each (bytes, reader, encoding); raises Unreadable."""
    raw, starts = "", []
    for data, reader, encoding in files:
        if reader not in READERS:
            raise Unreadable(f"no reader '{reader}'")
        raw += "\n" if raw else ""
        starts.append(len(raw))
        raw += READERS[reader](data, encoding)
    return visible(raw, starts or (0,))
