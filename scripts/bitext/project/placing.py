"""The import's text -> places among the source's visible characters.

The two differ in some formats: the import reads a table column by column, puts a speaker's name
before a cell, or leaves out a page's frame. Lines that occur once in both texts are anchors. Between
two anchors the other lines are searched in order, then in any free place. A place is given only where
the characters are exactly the same.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bitext.library.imports import Place, is_passage, merged
from bitext.project.visible import Visible, bare, visible
from bitext.text.source import Span

#: A line of fewer characters is no anchor: it may stand anywhere.
ANCHOR = 6
#: Fewer characters of a line that stands nowhere as a whole are not sought; a shorter line is.
LEAST_PIECE = 2
#: So many characters of markup may stand between two characters of a text.
BETWEEN = 12


class Places:
    """The way from offsets in the import's text to places among the source's visible characters."""

    def __init__(self, text: str, source: Visible):
        self.source = source
        self.seen = visible(text)
        self.same = self.seen.text == source.text
        # For each visible character of the import's text the one of the source; -1 where unknown.
        self.of = array("q", () if self.same else _mapped(self.seen, source))

    def place(self, spans: Sequence[Span]) -> Place:
        """Where the spans of the import's text stand; what has no place is left out."""
        ranges = [
            (bisect_left(self.seen.offsets, a), bisect_left(self.seen.offsets, b)) for a, b in spans
        ]
        if self.same:
            return merged(ranges)
        found = [self.of[k] for a, b in ranges for k in range(a, b)]
        return merged((k, k + 1) for k in found if k >= 0)

    def text(self, text: str, spans: Sequence[Span]) -> Place:
        """Where a text of these spans stands; empty where not exactly this text stands there."""
        place = self.place(spans)
        said = "".join([self.source.text[a:b] for a, b in place])
        return place if said == bare(text) and (self.same or is_passage(place)) else ()


def _mapped(seen: Visible, source: Visible) -> Iterator[int]:
    """For each visible character of the import's text that of the source which it is, or -1."""
    out = array("q", [-1]) * len(seen.text)
    free = _Free(len(source.text))
    for start, stop in list(_out_of_order(seen, source, free, out)):
        if not _anywhere(seen.text[start:stop], start, source.text, free, out):
            _by_parts(seen.text, start, stop, source.text, free, out)
    return iter(out)


def _out_of_order(seen: Visible, source: Visible, free: _Free, out: array[int]) -> Iterator[Span]:
    """Places the lines that stand between their anchors, in order; yields the others."""
    own = _lines(seen)
    anchors = _anchors(seen.text, own, source.text, _lines(source))
    edges = [(0, 0), *anchors, (len(own), len(source.text))]
    for (line, at), (last, end) in pairwise(edges):
        for start, stop in own[line:last]:
            found = find(seen.text[start:stop], source.text, at, end)
            if found is None or not free.take(found):
                yield start, stop
                continue
            _set(out, start, found)
            at = found[-1][1]


def _anywhere(line: str, start: int, source: str, free: _Free, out: array[int]) -> bool:
    """Places a line in the first free stretch that has it; whether there is one."""
    for a, b in list(free.spans):
        found = find(line, source, a, b)
        if found and free.take(found):
            _set(out, start, found)
            return True
    return False


def _by_parts(text: str, start: int, stop: int, source: str, free: _Free, out: array[int]) -> None:
    """A line that stands nowhere as a whole: its longest pieces that do, found from the left."""
    at = start
    while at < stop:
        for a, b in list(free.spans):
            size = _longest(text, at, stop, source, a, b)
            if size >= min(LEAST_PIECE, stop - start):
                found = source.find(text[at : at + size], a, b)
                free.take(((found, found + size),))
                _set(out, at, ((found, found + size),))
                at += size
                break
        else:
            at += 1


def _longest(text: str, at: int, stop: int, source: str, a: int, b: int) -> int:
    """How many characters from text[at] on stand together in source[a:b]."""
    low, high = 0, min(stop - at, b - a)
    while low < high:
        middle = (low + high + 1) // 2
        if source.find(text[at : at + middle], a, b) >= 0:
            low = middle
        else:
            high = middle - 1
    return low


def _set(out: array[int], start: int, place: Place) -> None:
    for a, b in place:
        for k in range(a, b):
            out[start] = k
            start += 1


def _lines(text: Visible) -> list[Span]:
    """The lines that hold anything, as spans of visible characters."""
    spans, at = [], 0
    for line in text.raw.split("\n"):
        end = at + len(line)
        a, b = bisect_left(text.offsets, at), bisect_left(text.offsets, end)
        if a < b:
            spans.append((a, b))
        at = end + 1
    return spans


def _anchors(
    text: str, own: Sequence[Span], source: str, theirs: Sequence[Span]
) -> list[tuple[int, int]]:
    """Lines that stand once in both, as (number of the line, its place), in the order of both."""
    mine = [text[a:b] for a, b in own]
    counts = Counter(mine)
    places: dict[str, int] = {}
    twice = set()
    for a, b in theirs:
        line = source[a:b]
        twice |= {line} if line in places else set()
        places[line] = a
    pairs = [
        (k, places[line])
        for k, line in enumerate(mine)
        if len(line) >= ANCHOR and counts[line] == 1 and line in places and line not in twice
    ]
    return longest_rise(pairs)


def longest_rise(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs, in their order, whose second members rise.

    >>> longest_rise([(0, 5), (1, 1), (2, 2), (3, 9)])
    [(1, 1), (2, 2), (3, 9)]
    """
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for k, (_, at) in enumerate(pairs):
        n = bisect_left(tops, at)
        before.append(ends[n - 1] if n else -1)
        tops[n : n + 1] = [at]
        ends[n : n + 1] = [k]
    out, k = [], ends[-1] if ends else -1
    while k >= 0:
        out.append(pairs[k])
        k = before[k]
    return out[::-1]


def find(text: str, source: str, start: int, end: int) -> Place | None:
    """The first place of the text in source[start:end], markup between its characters allowed."""
    at = source.find(text, start, end)
    if at >= 0:
        return ((at, at + len(text)),)
    head = text[:ANCHOR]
    at = source.find(head, start, end)
    while at >= 0 and len(text) > ANCHOR:
        place = _threaded(text, source, at, end)
        if place:
            return place
        at = source.find(head, at + 1, end)
    return None


def _threaded(text: str, source: str, start: int, end: int) -> Place | None:
    """The text from source[start] on, over markup: characters that are no letters or in a tag."""
    spans: list[Span] = []
    at = start
    for char in text:
        here = at
        while here < end and source[here] != char:
            if source[here] == "<" and (close := source.find(">", here, here + 200)) >= 0:
                here = close
            elif here - at >= BETWEEN:
                return None
            here += 1
        if here >= end:
            return None
        spans.append((here, here + 1))
        at = here + 1
    return merged(spans)


class _Free:
    """The stretches of the source's visible characters that no text has taken."""

    def __init__(self, size: int):
        self.spans: list[Span] = [(0, size)] if size else []

    def take(self, place: Place) -> bool:
        """Takes the place, if all of it is free."""
        if not all(self._holder(a, b) is not None for a, b in place):
            return False
        for a, b in place:
            k = self._holder(a, b)
            assert k is not None  # the spans of a place do not overlap: each is still free
            start, end = self.spans.pop(k)
            for span in ((start, a), (b, end)):
                if span[0] < span[1]:
                    insort(self.spans, span)
        return True

    def _holder(self, a: int, b: int) -> int | None:
        k = bisect_right(self.spans, (a, len(self.spans) + (1 << 60))) - 1
        return k if k >= 0 and self.spans[k][0] <= a and b <= self.spans[k][1] else None
