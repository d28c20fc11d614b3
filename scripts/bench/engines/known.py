"""What does not hold yet, with the reason. One that holds again is told, and must leave this list."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True, slots=True)
class Known:
    """A fault of the cells whose names match, in the engines whose names match."""

    engine: str  # as in "Firefox*"
    cell: str  # as in "place: reload, *, parallel"
    reason: str

    def of(self, engine: str, cell: str) -> bool:
        return fnmatchcase(engine, self.engine) and fnmatchcase(cell, self.cell)


KNOWN: tuple[Known, ...] = ()
