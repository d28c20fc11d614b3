"""The entries of a bitext (corrections, omissions) -> the changes that `walk` may use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bitext.model import Bitext, Correction
from bitext.project.visible import bare
from bitext.project.walk import Listed, Name

#: So many combinations of the corrections of one unit are tried.
MOST_COMBINED = 200


class Entries:
    """The entries of a bitext that can explain a change on one side, each until it is used."""

    def __init__(self, bitext: Bitext, lang: str):
        self.used: frozenset[Name] = frozenset()
        self.at: dict[str, list[Listed]] = {}
        corrections: dict[str, list[tuple[int, Correction]]] = {}
        for k, c in enumerate(bitext.corrections):
            if c.what == "text" and c.lang in ("", lang):
                corrections.setdefault(c.at, []).append((k, c))
        for at, items in corrections.items():
            self.at[at] = list(_combined(items))
        self.left_out = [
            Listed((("left_out", k),), bare(o.was), "")
            for k, o in enumerate(bitext.left_out)
            if bare(o.was)
        ]

    def of(self, ids: set[str]) -> list[Listed]:
        """What is listed at these units and not used, and what is listed as left out."""
        rows = [*(e for at, found in self.at.items() if at in ids for e in found), *self.left_out]
        return [e for e in rows if not set(e.names) & self.used]


def _combined(items: Sequence[tuple[int, Correction]]) -> Iterator[Listed]:
    """The corrections of one unit, and those that follow from two or more of them on one spot."""
    rows = [Listed((("correction", k),), bare(c.was), bare(c.now), c.now) for k, c in items]
    yield from rows
    made = rows
    for _ in range(3):
        made = [
            both
            for first in made
            for then in rows
            if first.names[-1] < then.names[0]
            for both in _after(first, then)
        ][:MOST_COMBINED]
        yield from made


def _after(first: Listed, then: Listed) -> Iterator[Listed]:
    """Two changes of one spot as one: the second changed what the first gave, or a part of it."""
    names = (*first.names, *then.names)
    now, was = first.now, then.was
    if now and now in was:
        yield Listed(names, was.replace(now, first.was, 1), then.now)
    elif was and was in now:
        yield Listed(names, first.was, now.replace(was, then.now, 1))
    for size in range(1, min(len(now), len(was))):
        if now.endswith(was[:size]):
            yield Listed(names, first.was + was[size:], now[:-size] + then.now)
        if now.startswith(was[-size:]):
            yield Listed(names, was[:-size] + first.was, then.now + now[size:])
