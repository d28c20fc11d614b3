"""A mark that may end a sentence, and what stands around it: what the rules look at."""

from __future__ import annotations

from typing import NamedTuple


class Mark(NamedTuple):
    """What may end the sentence that begins at `start`: text[at:end]; the next begins at `after`."""

    text: str
    start: int
    at: int
    end: int
    after: int
    char: str  # the mark itself
    closers: str  # the quotation marks and brackets that close behind it
    following: str  # the character with which the next sentence would begin

    @property
    def glued(self) -> bool:
        """Whether no white space stands behind it."""
        return self.after == self.end


def mark_at(text: str, start: int, at: int, end: int, after: int) -> Mark:
    """The mark text[at:end] of a sentence that begins at `start`, more text following at `after`."""
    closers = text[at:end].lstrip(".!?…。！？｡;；")
    return Mark(text, start, at, end, after, text[at], closers, text[after])
