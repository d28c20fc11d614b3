"""A source's bytes -> its visible characters, read again for the proof."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bitext.project.readers import READERS, Unreadable, decoded, page_of_archive
from bitext.text.source import is_blank

#: In a longer line it is quicker to know the places of all characters of the source.
LONG_LINE = 2000


@dataclass(frozen=True)
class Visible:
    """The visible characters of a source's files, one string; white space is between them only."""

    text: str  # without white space, zero-width and control characters
    raw: str  # with them
    starts: tuple[int, ...] = (0,)  # where in `raw` each file begins

    @cached_property
    def offsets(self) -> array[int]:
        """Of each visible character its offset in `raw`."""
        blank = blanks(self.raw)
        return array("q", [k for k, c in enumerate(self.raw) if c not in blank])

    @cached_property
    def _lines(self) -> tuple[list[int], list[int]]:
        """Of each line where it begins: in `raw`, and among the visible characters."""
        begins, counts = [0], [0]
        for line in self.raw.split("\n"):
            begins.append(begins[-1] + len(line) + 1)
            counts.append(counts[-1] + len(bare(line)))
        return begins, counts

    def line(self, at: int) -> int:
        """The line, in its own file and from 1, of a visible character."""
        begins, counts = self._lines
        number = bisect_right(counts, min(at, len(self.text) - 1)) - 1
        start = self.starts[bisect_right(self.starts, begins[max(0, number)]) - 1]
        return max(0, number) - bisect_right(begins, start) + 2

    def shown(self, start: int, end: int) -> str:
        """The stretch with its white space, each run of it one space."""
        if start >= end:
            return ""
        return " ".join(self.raw[self._offset(start) : self._offset(end - 1) + 1].split())

    def _offset(self, at: int) -> int:
        """The offset in `raw` of one visible character, without those of all others."""
        begins, counts = self._lines
        number = bisect_right(counts, at) - 1
        begin, end = begins[number], begins[number + 1] - 1
        if end - begin > LONG_LINE:
            return self.offsets[at]
        left = at - counts[number]
        for k in range(begin, end):
            if not is_blank(self.raw[k]):
                left -= 1
                if left < 0:
                    return k
        raise IndexError(at)


def blanks(text: str) -> set[str]:
    """The characters of a text that count as white space."""
    return {c for c in set(text) if is_blank(c)}


def bare(text: str | None) -> str:
    """The text without white space, zero-width and control characters.

    >>> bare("a b\\n")
    'ab'
    """
    text = "".join(text.split()) if text else ""
    hidden = blanks(text)
    return "".join([c for c in text if c not in hidden]) if hidden else text


def visible(raw: str, starts: Sequence[int] = (0,)) -> Visible:
    """The visible characters of a text.

    >>> visible("你 好\\n").text
    '你好'
    """
    return Visible(bare(raw), raw, tuple(starts))


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
    named = {"html": "html/1", "export": "json/1", "srt": "subtitles/1", "vtt": "subtitles/1"}
    return "mhtml/1" if archive else named.get(format_of(text, suffix), "characters/1"), encoding
