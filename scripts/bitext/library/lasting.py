"""Keeps the answers of functions of words from one command to the next, so that what they ask of large
tables is asked once, and the tables are not even read.

Such a function depends on nothing but its word and the program. `use` says where the answers are kept;
until then, and for a word that is new, the function itself answers. `save` keeps what is new.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Generic, TypeVar

from bitext.library.kept import NO_MEMORY, Kept

Answer = TypeVar("Answer")
#: So many answers of a function are kept; beyond, those that nobody asked for in this command go.
MOST = 20_000

_IN_USE: list[Kept] = [NO_MEMORY.kept]
ALL: list[Lasting] = []
#: Of a function that gives a large table, so many are held: a glossary's words are one.
FEW = 8
#: What lets go of each function's tables.
LARGE: list[Callable[[], None]] = []
#: A package that holds its tables, and has no door through which it would let go of them.
HOLDS = "pypinyin"


class Lasting(Generic[Answer]):
    """A function of a word, with its answers."""

    def __init__(self, ask: Callable[[str], Answer]) -> None:
        self.ask = ask
        self.name = f"{ask.__module__}.{ask.__qualname__}"
        self.__doc__ = ask.__doc__
        self.forget()
        ALL.append(self)

    def __call__(self, word: str) -> Answer:
        if word not in self.asked:
            self.asked[word] = self._kept()[word] if word in self._kept() else self.ask(word)
        return self.asked[word]

    def forget(self) -> None:
        """Makes it know nothing."""
        self.asked: dict[str, Answer] = {}
        self.kept: dict[str, Answer] | None = None

    def save(self) -> None:
        """Keeps the answers that are new."""
        if self.asked.keys() - self._kept().keys():
            both = {**self._kept(), **self.asked}
            self.kept = both if len(both) <= MOST else dict(self.asked)
            _IN_USE[0].put("words", self.name, b"", self.kept)

    def _kept(self) -> dict[str, Answer]:
        if self.kept is None:
            found = _IN_USE[0].get("words", self.name, b"")
            self.kept = found if isinstance(found, dict) else {}
        return self.kept


def use(kept: Kept) -> None:
    """Takes the answers that are kept there."""
    if _IN_USE[0] != kept:
        _IN_USE[0] = kept
        for one in ALL:
            one.forget()


def table(name: str, make: Callable[[], Answer]) -> Answer:
    """A table that is made of nothing but the program's own files; it is read as it is kept."""
    return _IN_USE[0].made("words", name, b"", make)


def large(make: Callable[..., Answer]) -> Callable[..., Answer]:
    """The same function; what it gives is held until `let_go`."""
    held: Any = lru_cache(FEW)(make)
    LARGE.append(held.cache_clear)
    return held


def let_go() -> None:
    """Lets go of all large tables, some 100 MB; for a word that is new they are read again."""
    for one in LARGE:
        one()
    for name in [name for name in sys.modules if name.partition(".")[0] == HOLDS]:
        del sys.modules[name]
    gc.collect()  # what a package's modules hold of each other


def save() -> None:
    """Keeps the answers that are new."""
    for one in ALL:
        one.save()
