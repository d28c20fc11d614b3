"""A generated page, by its hash and its text."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable
from dataclasses import dataclass

Draw = Callable[[], str]
#: How hard a page is packed: fast, since it is for a moment only.
PACKED = 1


@dataclass(frozen=True, slots=True)
class Page:
    """A generated page: the hash of its bytes, and its Markdown, which may not be held."""

    sha256: str
    text: Draw

    @classmethod
    def of(cls, text: str) -> Page:
        return cls(hashlib.sha256(text.encode("utf-8")).hexdigest(), lambda: text)

    @classmethod
    def packed(cls, text: str) -> Page:
        """The same, held in a fraction of the room: of a large library some are megabytes."""
        data = text.encode("utf-8")
        held = zlib.compress(data, PACKED)
        return cls(hashlib.sha256(data).hexdigest(), lambda: zlib.decompress(held).decode("utf-8"))
