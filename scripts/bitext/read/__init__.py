"""A source's bytes -> Document: one function for any format, one file a format."""

from __future__ import annotations

import os
from pathlib import Path

from bitext.model import Refusal
from bitext.read.decode import decode, sniff
from bitext.read.unusable import refuse_unusable
from bitext.source import Document

__all__ = ("read", "read_bytes", "read_pair", "refuse_unusable")

#: More than a thousand pages in one file is a mistake, or a book to be cut into chapters.
MOST_BYTES = 32 * 1024 * 1024


def read(path: Path) -> Document:
    """The document at `path`, whatever its format; raises Refusal where it cannot be read."""
    return read_bytes(_load(Path(path)), str(path))


def _load(path: Path) -> bytes:
    name = str(path)
    try:
        if not path.exists():
            raise Refusal("E-MISSING", name, 1, "no such file", "check the path")
        if not path.is_file():
            raise Refusal("E-FORMAT", name, 1, "this is not a file", "name one file")
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise Refusal(
                "E-SIZE",
                name,
                1,
                f"{size / 1e6:.0f} MB in one file",
                "cut it into parts of up to 32 MB",
            )
        return path.read_bytes()
    except (OSError, ValueError) as error:
        why = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
        raise Refusal(
            "E-MISSING", name, 1, f"cannot be read: {why}", "check the path and its permissions"
        ) from None


def read_bytes(data: bytes, path: str) -> Document:
    """The document that these bytes hold; `path` gives the format's hint and stands in messages."""
    Path(path).suffix.lower()
    text, encoding = decode(data, path)
    from bitext.read.text import read_text

    return read_text(text, path, encoding)
