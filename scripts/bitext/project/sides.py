"""One language of a bitext and its source -> what was received, what is given, and where they agree.

A unit with the text that was imported is taken as equal. What lies between two such units is compared
as one string. So a change is reported at its place only, and splitting a unit, merging two or moving a
sentence over their border is no difference.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from bitext.library.imports import Place, Record, SideRecord, UnitRecord, merged
from bitext.model import Bitext, Unit
from bitext.project import spaces
from bitext.project.listed import Entries
from bitext.project.placing import longest_rise
from bitext.project.visible import Visible, bare
from bitext.project.walk import GRAM, Change, Same, Walk, walk

#: More differences than these in one unit are told as one.
MOST_IN_UNIT = 3
#: A text that was moved has at least so many characters; fewer may stand anywhere.
MOVED = 4


@dataclass(frozen=True)
class Given:
    """A unit's text on one side, as it stands in bitext.yml."""

    unit: Unit
    text: str
    chars: str  # without white space
    start: int  # of these among those of the side

    @property
    def end(self) -> int:
        return self.start + len(self.chars)

    @cached_property
    def gaps(self) -> list[str]:
        """What stands before each visible character, and behind the last one."""
        return spaces.gaps_of(self.text)

    def stretch(self, start: int, end: int) -> str:
        """The text of these visible characters of the side, with the white space between them."""
        return _stretch(self, start, end)


@dataclass(frozen=True)
class Received:
    """A text of the source as the import placed it in a unit."""

    record: UnitRecord
    lang: str
    place: Place
    chars: str
    start: int  # among the characters of the side
    source: Visible

    @property
    def end(self) -> int:
        return self.start + len(self.chars)

    @property
    def side(self) -> SideRecord:
        """What the import recorded of the text."""
        side = self.record.side(self.lang)
        assert side is not None  # `_received` makes one of recorded texts only
        return side

    @cached_property
    def gaps(self) -> list[str]:
        """What stood before each visible character at import, and behind the last one."""
        if self.side.text:
            return spaces.gaps_of(self.side.text)
        return spaces.received(self.place, self.side.gaps, self.source, self.lang)

    def stretch(self, start: int, end: int) -> str:
        """As imported, with its white space: these characters of the side."""
        return _stretch(self, start, end)


def _stretch(text: Given | Received, start: int, end: int) -> str:
    """Those of the side's characters that stand in this text, with the white space between them."""
    a, b = max(start, text.start) - text.start, min(end, text.end) - text.start
    if a >= b:
        return ""
    return text.chars[a] + "".join([text.gaps[k] + text.chars[k] for k in range(a + 1, b)])


@dataclass(frozen=True)
class Side:
    """One language: what was received, what is given, and how the second follows the first."""

    lang: str
    given: tuple[Given, ...]
    received: tuple[Received, ...]
    walk: Walk
    anchors: tuple[tuple[int, int], ...]  # texts that are as imported: (received, given) by number

    @cached_property
    def starts(self) -> tuple[list[int], list[int]]:
        return [r.start for r in self.received], [g.start for g in self.given]

    def given_at(self, at: int) -> Given | None:
        """The given text that holds this character of the side; the last one behind all of them."""
        k = bisect_right(self.starts[1], at) - 1
        return self.given[k] if k >= 0 else next(iter(self.given), None)

    def received_at(self, at: int) -> Received | None:
        """The received text that holds this character of the side; the last one behind them all."""
        k = bisect_right(self.starts[0], at) - 1
        return self.received[k] if k >= 0 else next(iter(self.received), None)

    def within(self, start: int, end: int) -> Iterator[Received]:
        """The received texts that hold any of these characters of the side."""
        k = max(0, bisect_right(self.starts[0], start) - 1)
        for item in self.received[k:]:
            if item.start >= end:
                return
            if item.end > start:
                yield item

    def givens(self, start: int, end: int) -> Iterator[Given]:
        """The given texts that hold any of these characters of the side."""
        k = max(0, bisect_right(self.starts[1], start) - 1)
        for item in self.given[k:]:
            if item.start >= end:
                return
            if item.end > start:
                yield item

    def place_of(self, start: int, end: int) -> Place:
        """Where in the source these received characters of the side stand."""
        spans = []
        for item in self.within(start, end):
            at = item.start
            for a, b in item.place:
                lo, hi = max(start, at), min(end, at + b - a)
                if lo < hi:
                    spans.append((a + lo - at, a + hi - at))
                at += b - a
        return merged(spans)

    def received_text(self, start: int, end: int) -> str:
        """Received characters with the white space of the import."""
        return " ".join(
            " ".join(item.stretch(start, end).split()) for item in self.within(start, end)
        )

    def given_text(self, start: int, end: int) -> str:
        """Given characters with their white space."""
        return " ".join(
            " ".join(item.stretch(start, end).split()) for item in self.givens(start, end)
        )

    def changed(self, id: str) -> bool:
        """Whether the text of this id is another one than the import's, or only one of both is there."""
        texts = [next((x.chars for x in self.received if x.record.id == id), None),
                 next((x.chars for x in self.given if x.unit.id == id), None)]  # fmt: skip
        return texts[0] != texts[1]


def side_of(bitext: Bitext, record: Record, source: Visible, lang: str) -> Side:
    """One language of the bitext, compared."""
    received = tuple(_received(record, source, lang))
    given = tuple(_given(bitext, lang))
    anchors = _anchors(received, given)
    listed = Entries(bitext, lang)
    same: list[Same] = []
    changes: list[Change] = []
    edges = [(-1, -1), *anchors, (len(received), len(given))]
    for (i, k), (j, m) in pairwise(edges):
        own, theirs = received[i + 1 : j], given[k + 1 : m]
        start = (received[i].end if i >= 0 else 0, given[k].end if k >= 0 else 0)
        found = _between(own, theirs, start, listed)
        same += found.same
        changes += found.changes
        if j < len(received):
            same.append(Same(received[j].start, given[m].start, len(received[j].chars)))
    whole = Walk(tuple(s for s in same if s.size), tuple(_joined(changes, given)))
    return Side(lang, given, received, whole, tuple(anchors))


def _received(record: Record, source: Visible, lang: str) -> Iterator[Received]:
    at = 0
    for unit in record.units:
        side = unit.side(lang)
        if side:
            chars = bare(side.text) or "".join([source.text[a:b] for a, b in side.at])
            yield Received(unit, lang, side.at if not side.text else (), chars, at, source)
            at += len(chars)


def _given(bitext: Bitext, lang: str) -> Iterator[Given]:
    at = 0
    for unit in bitext.units:
        text = unit.text(lang)
        if text and (chars := bare(text)):
            yield Given(unit, text, chars, at)
            at += len(chars)


def _anchors(received: Sequence[Received], given: Sequence[Given]) -> list[tuple[int, int]]:
    """Texts that are as imported, under their own ids and in their order: (received, given)."""
    numbers: dict[str, int] = {}
    for k, item in enumerate(given):
        numbers.setdefault(item.unit.id, k)
    pairs = [
        (i, at)
        for i, item in enumerate(received)
        if (at := numbers.get(item.record.id)) is not None and given[at].chars == item.chars
    ]
    return longest_rise(pairs)


def _between(
    received: Sequence[Received], given: Sequence[Given], start: tuple[int, int], listed: Entries
) -> Walk:
    """How the texts between two that are as imported follow each other; they begin at `start`."""
    if not received and not given:
        return Walk()
    found = walk(_chars(received), _chars(given), listed.of(_ids(received, given)))
    listed.used |= found.used
    r, t = start
    return Walk(
        tuple(Same(s.r + r, s.t + t, s.size) for s in found.same),
        tuple(Change(c.a + r, c.b + r, c.c + t, c.d + t, c.listed) for c in found.changes),
    )


def _chars(texts: Iterable[Received | Given]) -> str:
    return "".join([x.chars for x in texts])


def _ids(received: Sequence[Received], given: Sequence[Given]) -> set[str]:
    """The units whose entries can explain a change in these texts."""
    ids = {x.record.id for x in received} | {x.unit.id for x in given}
    return ids | {old for x in given for old in x.unit.formerly}


def _joined(changes: Sequence[Change], given: Sequence[Given]) -> Iterator[Change]:
    """The changes; differences that stand close together in one text are one."""
    starts = [g.start for g in given]

    def number(change: Change) -> int:
        return bisect_right(starts, change.c if change.c < change.d else max(0, change.c - 1)) - 1

    counts = Counter(number(change) for change in changes if change.listed is None)

    def is_one(last: Change, change: Change) -> bool:
        if last.listed is not None or change.listed is not None or number(change) != number(last):
            return False
        near = change.a - last.b < GRAM and change.c - last.d < GRAM
        return near or counts[number(change)] > MOST_IN_UNIT

    out: list[Change] = []
    for change in changes:
        if out and is_one(out[-1], change):
            out[-1] = replace(out[-1], b=change.b, d=change.d)
        else:
            out.append(change)
    return iter(out)


def moved(side: Side) -> list[tuple[Change, Change]]:
    """Texts that stand elsewhere than in the source: (what is missing there, what is added here)."""
    if not side.walk.differences:
        return []
    gone: dict[str, list[Change]] = {}
    received, given = _chars(side.received), _chars(side.given)
    for change in side.walk.differences:
        if change.c == change.d and change.b - change.a >= MOVED:
            gone.setdefault(received[change.a : change.b], []).append(change)
    out = []
    for change in side.walk.differences if gone else ():
        found = gone.get(given[change.c : change.d]) if change.a == change.b else None
        if found:
            out.append((found.pop(0), change))
    return out
