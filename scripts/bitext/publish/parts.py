"""A long text's page -> the same page with its rows in parts, which browsers lay out as they come near.

All of a text of two thousand paragraphs is styled and laid out again whenever the view changes or controls
come into a row; where a part is out of sight, nothing in it is. A part is cut at a turn, a heading, or
between two paragraphs, never between a paragraph and what stands at it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import pairwise

#: Rows from which on a page is parted: below, laying out all of it takes less than a tenth of a second on a phone.
LONG = 400
#: Rows of a part: some three screens.
PART = 50
#: Rows after which a part ends between two paragraphs too.
LONGEST = 2 * PART
PAGE = 'class="bt-page bt-page--transcript'
#: Elements without an end.
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
#: A row of the text has one of these; what stands at a row, as a note, has none.
ROWS = frozenset(("bt-u", "bt-turn"))
HEADS = ("h1", "h2", "h3")
#: What leads on to the row below it.
AHEAD = frozenset(("bt-turn", "bt-role", "bt-spoken", "bt-only", "bt-problem"))
#: What stands after the text, for both languages.
AFTER = frozenset(("bt-terms", "bt-account", "bt-take", "bt-address", "bt-truncated"))


@dataclass(frozen=True, slots=True)
class Child:
    """A child of the page's element: where it begins, its element and classes."""

    at: int
    tag: str
    classes: frozenset[str]

    def has(self, names: frozenset[str]) -> bool:
        return not self.classes.isdisjoint(names)


def parted(page: str) -> str:
    """The page, parted where it is a long transcript; as it came where it is not."""
    if PAGE not in page or page.count('class="bt-u') + page.count('class="bt-turn') < LONG:
        return page
    cuts = list(_cuts(_children(page)))
    text = "".join(_part(page[a.at : b.at], b) for a, b in pairwise(cuts))
    return f"{page[: cuts[0].at]}{text}{page[cuts[-1].at :]}" if text else page


def _part(rows: str, after: Child) -> str:
    """Rows as a part. The last row's margin gives way to that of a heading below, as it would without parts."""
    closed = "" if after.tag == "p" and after.has(ROWS) else " bt-part--closed"
    return f'<div class="bt-part bt-rows{closed}">\n{rows}</div>\n'


def _cuts(children: Sequence[Child]) -> Iterator[Child]:
    """What parts begin with, and what follows the last one."""
    rows = LONGEST  # so that the first row begins a part
    for before, child in pairwise(children):
        if child.has(AFTER):
            yield child
            return
        if child.has(ROWS) and rows >= PART and _may_part(before, child, rows):
            yield child
            rows = 0
        rows += child.has(ROWS)


def _may_part(before: Child, child: Child, rows: int) -> bool:
    """Whether a part may begin with this row: nothing that stands before it belongs to it."""
    alone = not (before.has(AHEAD) or before.tag in HEADS)
    return "bt-turn" in child.classes or (alone and (child.tag in HEADS or rows >= LONGEST))


def _children(page: str) -> list[Child]:
    reader = _Reader(page)
    reader.feed(page)
    return reader.found


class _Reader(HTMLParser):
    """Collects the children of the page's element."""

    def __init__(self, page: str):
        super().__init__(convert_charrefs=False)
        self.found: list[Child] = []
        self.depth = 0  # within the page's element; 0 outside of it
        self.over = False
        self.lines = [0]  # where each line begins
        for line in page.split("\n"):
            self.lines.append(self.lines[-1] + len(line) + 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.over or tag in VOID:
            return
        classes = frozenset((dict(attrs).get("class") or "").split())
        if self.depth == 1:
            line, column = self.getpos()
            self.found.append(Child(self.lines[line - 1] + column, tag, classes))
        if self.depth or "bt-page" in classes:
            self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        if self.depth and tag not in VOID:
            self.depth -= 1
            self.over = not self.depth
