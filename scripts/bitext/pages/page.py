"""A generated page, by its hash and its text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

Draw = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Page:
    """A generated page: the hash of its bytes, and its Markdown, which may not be held."""

    sha256: str
    text: Draw

    @classmethod
    def of(cls, text: str) -> Page:
        return cls(hashlib.sha256(text.encode("utf-8")).hexdigest(), lambda: text)
