"""A bitext and its source -> where the white space differs from the import: `nowhere`, `now here`.

Only gaps between characters that are neighbours on both sides are compared. Breaks between units,
paragraphs and lines are free. Inside a correction's words the white space is as the correction has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bitext.kinds import VERBATIM
from bitext.library.imports import digest
from bitext.library.lines import joint
from bitext.model import Bitext
from bitext.project.sides import Given, Received, Side
from bitext.project.spaces import canon, canonical, text_of
from bitext.project.visible import bare
from bitext.project.walk import GRAM, Name, Same


@dataclass(frozen=True, slots=True)
class Spaced:
    """A place where the white space is another: before received[r] and given[t]."""

    r: int
    t: int


@dataclass(frozen=True, slots=True)
class Found:
    """Where one side's white space departs from the import's, entries apart; `used` are those.

    `altered` are the units whose digest is not that of the text that their record gives.
    """

    places: tuple[Spaced, ...]
    used: frozenset[Name]
    altered: tuple[str, ...] = ()


def white_space(bitext: Bitext, side: Side) -> Found:
    """Every place of a side where the white space is another and no entry says so."""
    places: list[Spaced] = []
    altered: list[str] = []
    numbers = {(side.received[i].start, side.given[k].start): (i, k) for i, k in side.anchors}
    for same in side.walk.same:
        i, k = numbers.get((same.r, same.t), (-1, -1))
        if i >= 0 and same.size == len(side.received[i].chars):
            found, is_altered = _of_anchor(side.received[i], side.given[k], side.lang)
            places += found
            altered += [side.received[i].record.id] if is_altered else []
        elif same.size >= GRAM or not side.walk.differences:  # a scrap between two differences
            places += _of_stretch(side, same)
    used = set()
    for name, was, now in _entries(bitext, side.lang) if places else ():
        left = _unexplained(side, places, bitext, name, was, now)
        if len(left) < len(places):
            places = left
            used.add(name)
    return Found(tuple(places), frozenset(used), tuple(altered))


def _digests(item: Received, lang: str) -> set[str]:
    """What the digest of a text of the import can be: it was code, or was not."""
    text = text_of(item.chars, item.gaps)
    return {digest(canonical(text, kind, lang)) for kind in ("para", *VERBATIM)}


def _of_anchor(item: Received, given: Given, lang: str) -> tuple[list[Spaced], bool]:
    """The places in a text whose visible characters are those of the import, and whether its
    recorded digest is that of another text."""
    recorded = item.side.digest
    if digest(canonical(given.text, given.unit.kind, lang)) == recorded:
        return [], False
    stretch = Same(item.start, given.start, len(item.chars))
    found = list(_within(item, given, stretch, lang))
    ends = ((0, 0), (len(item.chars), len(given.chars)))
    for k, m in ends:  # what is hidden at the ends of a text: marks of direction, joiners
        if canon(item.gaps[k], "", "", lang) != canon(given.gaps[m], "", "", lang):
            found.append(Spaced(item.start + min(k, len(item.chars) - 1), given.start + min(m, len(given.chars) - 1)))  # fmt: skip
    return found, recorded not in _digests(item, lang)


def _of_stretch(side: Side, same: Same) -> Iterator[Spaced]:
    """The places in a stretch that agrees, text by text."""
    for item in side.within(same.r, same.r + same.size):
        lo, hi = max(item.start, same.r), min(item.end, same.r + same.size)
        at = same.t + lo - same.r
        for given in side.givens(at, at + hi - lo):
            a, b = max(given.start, at), min(given.end, at + hi - lo)
            part = Same(lo + a - at, a, b - a)
            yield from _within(item, given, part, side.lang)
            if lo == item.start and a == at and a > given.start and lo > same.r:
                yield from _glued(item, given, lo, a, side.lang)


def _within(item: Received, given: Given, part: Same, lang: str) -> Iterator[Spaced]:
    code = given.unit.kind in VERBATIM
    r, t = part.r - item.start, part.t - given.start
    chars = given.chars
    for k in range(1, part.size):
        was, now = item.gaps[r + k], given.gaps[t + k]
        if was == now:
            continue
        left, right = chars[t + k - 1], chars[t + k]
        if code or canon(was, left, right, lang) != canon(now, left, right, lang):
            yield Spaced(part.r + k, part.t + k)


def _glued(item: Received, given: Given, r: int, t: int, lang: str) -> Iterator[Spaced]:
    """Two texts of the import that one unit holds now, two of their words made one."""
    k = t - given.start
    left, right = given.chars[k - 1], given.chars[k]
    apart = joint(left, right, lang) and left.isalnum() and right.isalnum()
    if apart and not given.gaps[k]:
        yield Spaced(r, t)


# --- entries that change nothing but white space -------------------------------------------------


def _entries(bitext: Bitext, lang: str) -> Iterator[tuple[Name, str, str]]:
    for k, c in enumerate(bitext.corrections):
        if c.what == "text" and c.lang in ("", lang) and c.was != c.now and bare(c.was) == bare(c.now):  # fmt: skip
            yield ("correction", k), c.was, c.now


def _unexplained(
    side: Side, places: Sequence[Spaced], bitext: Bitext, name: Name, was: str, now: str
) -> list[Spaced]:
    """The places that the entry does not explain: `now` stands around the others, where `was` was."""
    at = bitext.corrections[name[1]].at
    return [place for place in places if not _explains(side, place, at, was, now)]


def _explains(side: Side, place: Spaced, unit: str, was: str, now: str) -> bool:
    """Whether an entry at this unit has the white space of both sides around a place."""
    given, item = side.given_at(place.t), side.received_at(place.r)
    if given is None or item is None:
        return False
    if unit not in (given.unit.id, item.record.id, *given.unit.formerly):
        return False
    size = len(bare(now))
    for start in _around(given, bare(now), place.t - given.start):
        a, r = given.start + start, place.r - (place.t - given.start) + start
        says = given.stretch(a, a + size).split() == now.split()
        said = item.stretch(r, r + size).split() == was.split()
        if says and said and a < place.t < a + size:
            return True
    return False


def _around(given: Given, chars: str, at: int) -> Iterator[int]:
    """Where these characters begin in a text, before this place and reaching up to it."""
    end = at + len(chars)
    start = given.chars.find(chars, max(0, at - len(chars)), end)
    while 0 <= start < at:
        yield start
        start = given.chars.find(chars, start + 1, end)


def groups(side: Side, places: Sequence[Spaced]) -> list[list[Spaced]]:
    """The places, those of one unit together."""
    out: dict[str, list[Spaced]] = {}
    for place in places:
        given = side.given_at(place.t)
        out.setdefault(given.unit.id if given else "", []).append(place)
    return list(out.values())
