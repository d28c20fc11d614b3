"""Plain text -> Document: every line as it stands."""

from __future__ import annotations

from bitext.read.lines import split_lines
from bitext.source import Document


def read_text(text: str, path: str, encoding: str) -> Document:
    return Document(path, text, tuple(split_lines(text)), "text", encoding)
