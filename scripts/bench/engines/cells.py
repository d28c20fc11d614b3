"""What is tried where, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engines.reader import Reader

LANGS = ("", "/en")
PANEL = "/transcripts/sanders-xue-panel/"
ARTICLE = "/transcripts/track-two-perspective/"
TRANSCRIPTS = tuple(lang + path for path in (PANEL, ARTICLE) for lang in LANGS)
#: A paragraph in the middle of each transcript, and one with an open note before it.
UNITS = {PANEL: ("s4p3", "s2p3"), ARTICLE: ("p3", "p2")}
VIEWS = ("single", "parallel")


class Untried(Exception):
    """Cannot be tried: the site has not got it yet, or the browser does not do it. Says which."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing that is done on one page at one width."""

    scenario: str
    action: str
    path: str
    width: int
    view: str = "single"

    def __str__(self) -> str:
        return f"{self.scenario}: {self.action}, {self.path} at {self.width}, {self.view}"

    @property
    def page(self) -> str:
        """The path without its language."""
        return self.path.removeprefix("/en")

    @property
    def lang(self) -> str:
        """What the page's language adds to a path."""
        return "/en" if self.path.startswith("/en/") else ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was measured: how far off, in pixels, how far is right, and what else is wrong."""

    off: float = 0.0
    most: float = 1.0
    wrong: str = ""
    many: int = 1  # so many things were measured; `off` is the worst

    @property
    def fault(self) -> str:
        """'' when all is right."""
        far = f"off by {self.off:.1f} px, at most {self.most:.0f}" if abs(self.off) > self.most else ""  # fmt: skip
        return "; ".join(filter(None, (far, self.wrong)))


#: Does what the cell says. Raises Untried where that cannot be done.
Scenario = Callable[[Reader, Cell], Seen]


def unit(cell: Cell, nth: int = 0) -> str:
    return UNITS[cell.page][nth]


def other(path: str) -> str:
    """The path of the twin page."""
    return path.removeprefix("/en") if path.startswith("/en/") else "/en" + path
