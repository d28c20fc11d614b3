"""A long list -> parts that make pages of a bounded size; the full ones stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")
#: Bytes of HTML of a part's rows, as estimated. A part has at most half as much again, and what stands
#: around rows at most 25 kB: below the 150 kB that no page may exceed.
BUDGET = 80_000


@dataclass(frozen=True, slots=True)
class Part(Generic[Item]):
    """Some of a list's items, and the path of their page below docs/<lang>, without `.md`."""

    path: str
    items: tuple[Item, ...]


def parts(
    path: str, items: Sequence[Item], weight: Callable[[Item], int], budget: int = BUDGET
) -> list[Part[Item]]:
    """The items in their order, in parts of at most one and a half budgets: the first one at `path`.

    They are filled from the end, which has the oldest texts, and numbered from there: so a new text
    changes the first part, and no other.

    >>> [(p.path, "".join(p.items)) for p in parts("years/2026", "gfedcba", lambda _: 1, 3)]
    [('years/2026', 'gfed'), ('years/2026/1', 'cba')]
    """
    filled: list[list[Item]] = [[]]
    size = 0
    for item in reversed(items):
        heavy = weight(item)
        if filled[-1] and size + heavy > budget:
            filled.append([])
            size = 0
        filled[-1].append(item)
        size += heavy
    if len(filled) > 1 and size < budget / 2:
        newest = filled.pop()
        filled[-1] += newest
    paths = [*(f"{path}/{n}" for n in range(1, len(filled))), path]
    made = [Part(at, tuple(reversed(part))) for at, part in zip(paths, filled, strict=True)]
    return made[::-1]
