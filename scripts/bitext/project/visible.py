"""A source's bytes -> its visible characters, read a second time for the proof."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from bitext.project.readers import READERS, Unreadable, decoded, page_of_archive
from bitext.source import is_blank


@dataclass(frozen=True)
class Visible:
    """The visible characters of a source's files, one string; white space is between them only."""

    text: str  # without white space, zero-width and control characters
    raw: str  # with them
    offsets: array[int]  # of each visible character in `raw`
    starts: tuple[int, ...] = (0,)  # where in `raw` each file begins

    @cached_property
    def _ends(self) -> list[int]:
        return [k for k, c in enumerate(self.raw) if c == "\n"]

    def line(self, at: int) -> int:
        """The line, in its own file and from 1, of a visible character."""
        if not self.offsets:
            return 1
        offset = self.offsets[min(at, len(self.offsets) - 1)]
        begin = self.starts[bisect_right(self.starts, offset) - 1]
        return bisect_right(self._ends, offset - 1) - bisect_right(self._ends, begin - 1) + 1

    def shown(self, start: int, end: int) -> str:
        """The stretch with its white space, each run of it one space."""
        if start >= end:
            return ""
        return " ".join(self.raw[self.offsets[start] : self.offsets[end - 1] + 1].split())

    def gap(self, left: int, right: int) -> str:
        """What stands between two visible characters, where the second follows the first."""
        return self.raw[self.offsets[left] + 1 : self.offsets[right]]


def blanks(text: str) -> set[str]:
    """The characters of a text that count as white space."""
    return {c for c in set(text) if is_blank(c)}


def bare(text: str | None) -> str:
    """The text without white space, zero-width and control characters."""
    blank = blanks(text) if text else ()
    return "".join([c for c in text if c not in blank]) if blank else text or ""


def visible(raw: str, starts: Sequence[int] = (0,)) -> Visible:
    """The visible characters of a text.

    >>> visible("你 好\\n").text
    '你好'
    """
    blank = blanks(raw)
    offsets = array("q", [k for k, c in enumerate(raw) if c not in blank])
    return Visible("".join([c for c in raw if c not in blank]), raw, offsets, tuple(starts))


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


def spans_of_files(source: Visible) -> list[tuple[int, int]]:
    """The visible characters of each file."""
    edges = [bisect_right(source.offsets, start - 1) for start in source.starts]
    return list(pairwise([*edges, len(source.offsets)]))


#: What bytes can be behind the mark of UTF-8 that are not UTF-8.
UNDER_A_MARK = tuple(f"{name} with BOM" for name in ("gb18030", "big5", "windows-1252"))


def _gives(data: bytes, encoding: str, text: str) -> bool:
    try:
        return decoded(data, encoding) == text
    except Unreadable:
        return False


def reader_of(data: bytes, path: str) -> tuple[str, str]:
    """The reader that gives a source's visible characters again, and the encoding of its bytes.

    What a file is written in is told as the import does.
    """
    from bitext.read import format_of
    from bitext.read.decode import decode

    if data.startswith(b"PK\x03\x04"):
        return "docx/1", "utf-8"
    suffix = Path(path).suffix.lower()
    archive = suffix in (".mht", ".mhtml")
    page = page_of_archive(data) if archive else data
    text, encoding = decode(page, path)
    encoding = next((e for e in (encoding, *UNDER_A_MARK) if _gives(page, e, text)), encoding)
    named = {"html": "html/1", "export": "json/1"}
    return "mhtml/1" if archive else named.get(format_of(text, suffix), "characters/1"), encoding
