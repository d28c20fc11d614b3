"""Texts that are made of several stretches of a document, and the way back from them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bitext.text.source import Span, is_blank


@dataclass(frozen=True, slots=True)
class Passage:
    """A text joined from spans of a document; a line feed stands where the source began a line."""

    text: str
    spans: tuple[Span, ...]
    starts: tuple[int, ...]  # where each span begins in `text`

    def part(self, start: int, end: int) -> Passage:
        """The stretch text[start:end], with the spans that it was joined from."""
        spans, starts = [], []
        for k in range(max(0, bisect_right(self.starts, start) - 1), len(self.spans)):
            (a, b), at = self.spans[k], self.starts[k]
            if at >= end:
                break
            lo, hi = max(start, at), min(end, at + b - a)
            if lo < hi:
                spans.append((a + lo - at, a + hi - at))
                starts.append(lo - start)
        return Passage(self.text[start:end], tuple(spans), tuple(starts))


def passage(document: str, spans: Iterable[Span]) -> Passage:
    """The spans joined: directly on one line (markup stood between), else with a line feed.

    >>> passage("It <b>was</b> so<br>and more", [(0, 3), (6, 9), (13, 16), (20, 28)]).text
    'It was so\\nand more'
    """
    parts: list[str] = []
    starts: list[int] = []
    kept: list[Span] = []
    at = 0
    for start, end in spans:
        if start >= end:
            continue
        if kept and _breaks(document, kept[-1][1], start):
            parts.append("\n")
            at += 1
        kept.append((start, end))
        starts.append(at)
        parts.append(document[start:end])
        at += end - start
    return Passage("".join(parts), tuple(kept), tuple(starts))


#: A tag that ends a line, in a text whose markup stands in it.
LINE_TAG = re.compile(
    r"</?(?:br|hr|p|div|li|ul|ol|t[dhr]|h[1-6]|blockquote)\b[^<>]*>", re.IGNORECASE
)


def _breaks(document: str, end: int, start: int) -> bool:
    between = document[end:start]
    return any(c in "\n\r\v\f\u2028\u2029\x85" for c in between) or bool(
        "<" in between and LINE_TAG.search(between)
    )


def without(span: Span, holes: Sequence[Span]) -> list[Span]:
    """The span minus the holes, in order.

    >>> without((0, 10), [(0, 2), (5, 6)])
    [(2, 5), (6, 10)]
    """
    left = []
    at, end = span
    for a, b in sorted(holes):
        a, b = max(a, span[0]), min(b, span[1])
        if a >= b:
            continue
        if at < a:
            left.append((at, a))
        at = max(at, b)
    if at < end:
        left.append((at, end))
    return left


def trim(document: str, span: Span) -> Span:
    """The span without the blanks at its two ends."""
    start, end = span
    while start < end and is_blank(document[start]):
        start += 1
    while end > start and is_blank(document[end - 1]):
        end -= 1
    return start, end


def letters(document: str, spans: Iterable[Span]) -> int:
    """How many characters that are not blank the spans hold."""
    return sum(not is_blank(c) for a, b in spans for c in document[a:b])
