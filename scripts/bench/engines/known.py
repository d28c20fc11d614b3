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


KNOWN = (
    Known("*", "place: reload, *, parallel", "the scroll is restored before the twins are there"),
    Known("*", "place: back, page anew, *, parallel", "likewise"),
    Known("*", "place: rotate, *", "nothing holds the place when the width changes"),
    Known("*", "place: rotate twice, *", "likewise"),
    Known("*", "place: narrower, *", "likewise"),
    Known("*", "place: peek, then parallel, *", "an open peek stays in the parallel view"),
    Known("WebKit*", "place: ten times parallel, *", "half a pixel is lost each time"),
    Known("Firefox*", "set: punctuation, *", "kern in font-feature-settings halves the marks"),
    Known("WebKit*", "set: underline, *", "the shorthand of text-decoration is not known there"),
    Known("*", "sentences: switch at 150, *", "the switch carries the paragraph, not the sentence"),
    Known("*", "sideways: no scroll, /en/transcripts/*/ at 320, *", "the language link stands out"),
    Known("*", "link: to the twin, /en/* at 320, *", "likewise"),
)
