"""Two strings that should be the same, but for listed omissions -> where else they differ.

`received` is what the source says on one side, in order; `given` is what the bitext says. Both are
without white space, and corrections are undone in `given` already.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

#: Two texts are taken up again where so many characters agree.
GRAM = 12
#: Stretches up to this length are compared character by character.
CLOSE = 1200


@dataclass(frozen=True, slots=True)
class Difference:
    """received[a:b] stands in the bitext as given[c:d]; either may be empty."""

    a: int
    b: int
    c: int
    d: int


@dataclass(frozen=True, slots=True)
class Omission:
    """Listed text number `which`, found at received[start:start + size]; given goes on at `at`."""

    which: int
    start: int
    size: int
    at: int


@dataclass(frozen=True, slots=True)
class Walk:
    """How `given` follows `received`: stretches that agree, in order, and what lies between them."""

    same: tuple[tuple[int, int, int], ...]  # (start in received, start in given, length)
    differences: tuple[Difference, ...]
    omissions: tuple[Omission, ...]

    def given_span(self, start: int, end: int) -> tuple[int, int] | None:
        """Where received[start:end] stands in given; None where not all of it agrees in one piece."""
        at = bisect_right(self.same, start, key=lambda s: s[0]) - 1
        if at < 0:
            return None
        r, t, size = self.same[at]
        return (t + start - r, t + end - r) if end <= r + size else None


def walk(received: str, given: str, omissions: Sequence[str] = ()) -> Walk:
    """Follows both strings from the left. Each omission is used at most once, where it explains
    a difference."""
    same: list[tuple[int, int, int]] = []
    found: list[Difference] = []
    omitted: list[Omission] = []
    left = {k: text for k, text in enumerate(omissions) if text}
    grams: dict[str, list[int]] | None = None
    r = t = floor = 0  # up to `floor` received is settled: an omission cannot begin before it
    while r < len(received) or t < len(given):
        size = _same(received, r, given, t)
        same.append((r, t, size))
        r, t = r + size, t + size
        if r == len(received) and t == len(given):
            break
        taken = _omission(received, r, given, t, left, floor)
        if taken:
            k, start = taken
            back = r - start
            t -= back
            same[-1] = (same[-1][0], same[-1][1], size - back)
            length = len(left.pop(k))
            omitted.append(Omission(k, start, length, t))
            r = floor = start + length
            continue
        if grams is None:
            grams = _grams(received)
        b, d = _resume(received, r, given, t, grams)
        found += _tight(received, given, Difference(r, b, t, d), same)
        r, t = b, d
        floor = r
    return Walk(tuple(s for s in same if s[2] > 0), tuple(found), tuple(omitted))


def _same(a: str, i: int, b: str, j: int) -> int:
    """How many characters agree from a[i] and b[j] on."""
    most, n, step = min(len(a) - i, len(b) - j), 0, 64
    while n < most:
        step = min(step, most - n)
        if a[i + n : i + n + step] == b[j + n : j + n + step]:
            n, step = n + step, step * 2
        elif step == 1:
            break
        else:
            step //= 2
            most = min(most, n + 2 * step + 1)  # they part within this stretch
    return n


def _omission(
    received: str, r: int, given: str, t: int, left: dict[int, str], floor: int
) -> tuple[int, int] | None:
    """The omission that explains a difference at (r, t), and where in `received` it begins.

    Its first characters may agree with what follows it, so that the strings part only later.
    """
    for k, text in left.items():
        start = received.find(text, max(floor, r - len(text)), r + len(text))
        while start != -1 and start <= r:
            back, behind = r - start, start + len(text)
            ahead = back + GRAM
            mine, theirs = given[t - back : t + GRAM], received[behind : behind + ahead]
            agrees = _same(mine, 0, theirs, 0)
            if back <= t and (agrees > back or agrees >= min(len(mine), len(theirs))):
                return k, start
            start = received.find(text, start + 1, r + len(text))
    return None


def _grams(text: str) -> dict[str, list[int]]:
    out: dict[str, list[int]] = {}
    for at in range(len(text) - GRAM + 1):
        out.setdefault(text[at : at + GRAM], []).append(at)
    return out


def _resume(
    received: str, r: int, given: str, t: int, grams: dict[str, list[int]]
) -> tuple[int, int]:
    """Where the two agree again behind a difference at (r, t): the nearest place, both ways."""
    best: tuple[int, int, int] | None = None
    for d in range(t, len(given) - GRAM + 1):
        if best and d - t >= best[0]:
            break
        for b in grams.get(given[d : d + GRAM], ()):
            if b >= r:
                cost = (b - r) + (d - t)
                if best is None or cost < best[0]:
                    best = (cost, b, d)
                break
    if best is None:
        return len(received), len(given)
    return best[1], best[2]


def _tight(
    received: str, given: str, whole: Difference, same: list[tuple[int, int, int]]
) -> list[Difference]:
    """The difference parted where its middle agrees; what agrees is added to `same`."""
    a, b, c, d = whole.a, whole.b, whole.c, whole.d
    if not (a < b and c < d) or max(b - a, d - c) > CLOSE:
        return [whole]
    blocks = SequenceMatcher(None, received[a:b], given[c:d], autojunk=False).get_matching_blocks()
    out, x, y = [], 0, 0
    for block in blocks:
        at_end = block.a + block.size == b - a and block.b + block.size == d - c
        if block.size and block.size < GRAM // 2 and not at_end:
            continue
        if x < block.a or y < block.b:
            out.append(Difference(a + x, a + block.a, c + y, c + block.b))
        same.append((a + block.a, c + block.b, block.size))
        x, y = block.a + block.size, block.b + block.size
    return out
