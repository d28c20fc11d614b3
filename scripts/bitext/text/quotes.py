"""Quotation marks that do not say whether they open -> which of them do, by what stands around."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: Quotation marks that do not say whether they open: straight ones, but for the apostrophe within a
#: word; and curly ones, of which many a text puts the opening one at both ends.
QUOTES = re.compile(r"[\"＂“”]|(?<![A-Za-z])['＇]|['＇](?![A-Za-z])")
#: Before these stands an opening mark, or behind those a closing one, whatever came before.
BEFORE_OPENING = frozenset("：:（(《〈「『‘【[")
BEHIND_CLOSING = frozenset("，、。；！？：,;!?:）)》〉」』’】]")

#: What it costs that a quotation mark opens, or closes, against what stands beside it or how it is
#: written; that the next does the same; that the last opens or the first closes; that it is none.
#: Hand-set, in the order of how rarely a text does so.
AGAINST, AGAIN, UNFINISHED, NONE = 2.0, 1.5, 1.0, 0.8


def find_quotes(text: str, start: int, stop: int) -> dict[int, bool]:
    """Where in the line text[start:stop] quotation marks stand, and whether each opens a quotation.

    They open and close in turn, as far as the marks and what stands beside them allow.
    """
    found = [q.start() for q in QUOTES.finditer(text, start, stop)]
    single = [at for at in found if text[at] in "'＇"]
    double = [at for at in found if text[at] not in "'＇"]
    return _in_turn(text, start, stop, single) | _in_turn(text, start, stop, double)


#: Marks read so far, the last one first: where it is, and whether it opens.
Read = tuple[()] | tuple["Read", tuple[int, bool]]
#: By whether the last mark opens: the cheapest reading of all so far, with what it costs.
Best = dict[bool, tuple[float, Read]]


def _in_turn(text: str, start: int, stop: int, marks: Sequence[int]) -> dict[int, bool]:
    """Which of the marks of one size open: the cheapest reading of them all."""
    best: Best = {False: (0.0, ()), True: (UNFINISHED + NONE, ())}
    for at in marks:
        left = text[at - 1] if at > start else " "
        right = text[at + 1] if at + 1 < stop else " "
        best = _read_on(best, at, _costs(text[at], left, right), may_be_none=left.isdigit())
    read = best[best[True][0] + UNFINISHED < best[False][0]][1]
    found: dict[int, bool] = {}
    while read:
        read, (at, value) = read
        found[at] = value
    return found


def _costs(mark: str, left: str, right: str) -> dict[bool, float]:
    """What it costs that the mark closes (False), and that it opens (True)."""
    opening = left.isspace() or left in BEFORE_OPENING or mark == "“"
    closing = right.isspace() or right in BEHIND_CLOSING or mark == "”"
    costs = {True: AGAINST * (closing and not opening), False: AGAINST * (opening and not closing)}
    if mark == "“" and left in "。！？":  # the wrong mark, or reopened with a new paragraph
        costs[False] = UNFINISHED
    return costs


def _read_on(best: Best, at: int, costs: dict[bool, float], *, may_be_none: bool) -> Best:
    """The readings with one more mark; behind a digit it may be none, but inches or minutes."""
    following: Best = {}
    for opens, cost in sorted(costs.items()):
        ways = ((c + AGAIN * (before == opens), r) for before, (c, r) in best.items())
        least, read = min(ways, key=lambda way: way[0])
        following[opens] = (least + cost, (read, (at, opens)))
        if may_be_none and best[opens][0] + NONE < following[opens][0]:
            following[opens] = (best[opens][0] + NONE, best[opens][1])
    return following
