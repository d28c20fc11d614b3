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
    places, altered = [], []
    known = {(i, k) for i, k in side.anchors}
    by_start = {(side.received[i].start, side.given[k].start): (i, k) for i, k in known}
    for same in side.walk.same:
        pair = by_start.get((same.r, same.t))
        if pair and same.size == len(side.received[pair[0]].chars):
            item, given = side.received[pair[0]], side.given[pair[1]]
            recorded = item.side.digest
            if digest(canonical(given.text, given.unit.kind, side.lang)) != recorded:
                places += _of_anchor(item, given, side.lang)
                if recorded not in _digests(item, side.lang):
                    altered.append(item.record.id)
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


def _of_anchor(item: Received, given: Given, lang: str) -> list[Spaced]:
    """The places in a text whose visible characters are those of the import."""
    stretch = Same(item.start, given.start, len(item.chars))
    found = list(_within(item, given, stretch, lang))
    ends = ((0, 0), (len(item.chars), len(given.chars)))
    for k, m in ends:  # what is hidden at the ends of a text: marks of direction, joiners
        if canon(item.gaps[k], "", "", lang) != canon(given.gaps[m], "", "", lang):
            found.append(Spaced(item.start + min(k, len(item.chars) - 1), given.start + min(m, len(given.chars) - 1)))  # fmt: skip
    return found


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
    entry, chars = bitext.corrections[name[1]], bare(now)
    left = []
    for place in places:
        given, item = side.given_at(place.t), side.received_at(place.r)
        if given is None or item is None or entry.at not in (given.unit.id, item.record.id, *given.unit.formerly):  # fmt: skip
            left.append(place)
            continue
        at = place.t - given.start
        start = given.chars.find(chars, max(0, at - len(chars)), at + len(chars))
        while start >= 0 and start < at:
            a, b = given.start + start, given.start + start + len(chars)
            r = place.r - at + start
            says = (
                given.stretch(a, b).split() == now.split()
                and item.stretch(r, r + len(chars)).split() == was.split()
            )
            if says and a < place.t < b:
                break
            start = given.chars.find(chars, start + 1, at + len(chars))
        else:
            left.append(place)
    return left


def groups(side: Side, places: Sequence[Spaced]) -> list[list[Spaced]]:
    """The places, those of one unit together."""
    out: dict[str, list[Spaced]] = {}
    for place in places:
        given = side.given_at(place.t)
        out.setdefault(given.unit.id if given else "", []).append(place)
    return list(out.values())
