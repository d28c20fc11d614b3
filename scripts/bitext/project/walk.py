"""Two strings and a list of allowed changes -> where the strings differ without an allowed change.

`received` is what the source has, in order; `given` is what the bitext has; both without white space.
Each allowed change is used once, where it explains a difference.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

#: Two texts are taken up again where so many characters agree.
GRAM = 12
#: An agreement is worth going on for as far as it reaches, up to so many characters.
WORTH = 400
#: Stretches up to this length are compared character by character.
CLOSE = 1200
#: A change may have begun so many characters before the strings part: until then they agree by chance.
BACK = 1500
#: So many listed changes may stand closer together than GRAM.
DEEPEST = 6
#: Places that are tried for one group of them.
MOST_TRIED = 400

Name = tuple[str, int]  # ("correction", 3): which entry, by its number in its list


@dataclass(frozen=True, slots=True)
class Listed:
    """A change that an entry lists: `was` became `now`, both without white space."""

    names: tuple[Name, ...]  # more than one where one entry changes what another gave
    was: str
    now: str
    text: str = ""  # `now` with its white space


@dataclass(frozen=True, slots=True)
class Same:
    """received[r:r + size] is given[t:t + size]."""

    r: int
    t: int
    size: int


@dataclass(frozen=True, slots=True)
class Change:
    """received[a:b] stands in the bitext as given[c:d]; either may be empty.

    `listed` is the entry that says so; None where there is none: then it is a difference.
    """

    a: int
    b: int
    c: int
    d: int
    listed: Listed | None = None


@dataclass(frozen=True, slots=True)
class Walk:
    """How `given` follows `received`: what agrees and what changed; together they are both strings."""

    same: tuple[Same, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def differences(self) -> tuple[Change, ...]:
        return tuple(c for c in self.changes if c.listed is None)

    @property
    def used(self) -> frozenset[Name]:
        """The entries that explained something."""
        return frozenset(n for c in self.changes if c.listed for n in c.listed.names)


def walk(received: str, given: str, listed: Sequence[Listed] = ()) -> Walk:
    """Follows both strings from the left, each listed change at most once."""
    return _Walker(received, given, listed).walk()


@dataclass(frozen=True, slots=True)
class _Try:
    """A listed change tried at (q, p); behind it the strings agree up to (r, t)."""

    entry: Listed
    q: int
    p: int
    r: int
    t: int


class _Walker:
    def __init__(self, received: str, given: str, listed: Sequence[Listed]):
        self.received, self.given = received, given
        self.left = [e for e in listed if e.was != e.now]
        self.grams: dict[str, list[int]] | None = None
        self.same: list[Same] = []
        self.changes: list[Change] = []
        self.tried = 0

    def walk(self) -> Walk:
        r = t = 0
        while True:
            size = _same(self.received, r, self.given, t)
            r, t = self._agree(r, t, size)
            if r == len(self.received) and t == len(self.given):
                return Walk(tuple(self.same), tuple(self.changes))
            self.tried = 0
            chain = self._explained(r, t, self._back(r, t), self.left, 0)
            if chain:
                r, t = self._take(chain, r, t)
            else:
                r, t = self._differ(r, t)

    def _back(self, r: int, t: int) -> int:
        """How far back from (r, t) the strings agree without a change between."""
        last = self.same[-1] if self.same else None
        return last.size if last and (last.r + last.size, last.t + last.size) == (r, t) else 0

    def _agree(self, r: int, t: int, size: int) -> tuple[int, int]:
        if size:
            last = self.same[-1] if self.same else None
            if last and (last.r + last.size, last.t + last.size) == (r, t):
                self.same[-1] = Same(last.r, last.t, last.size + size)
            else:
                self.same.append(Same(r, t, size))
        return r + size, t + size

    def _take(self, chain: Sequence[_Try], r: int, t: int) -> tuple[int, int]:
        """Notes the changes of a chain; what agreed behind the first of them is cut off again."""
        for step in chain:
            back = r - step.q
            if back:
                last = self.same.pop()
                if last.size > back:
                    self.same.append(Same(last.r, last.t, last.size - back))
            b, d = step.q + len(step.entry.was), step.p + len(step.entry.now)
            self.changes.append(Change(step.q, b, step.p, d, step.entry))
            used = set(step.entry.names)
            self.left = [e for e in self.left if not used & set(e.names)]
            r, t = self._agree(b, d, step.r - b)
        return r, t

    def _explained(
        self, r: int, t: int, back: int, left: Sequence[Listed], depth: int
    ) -> list[_Try]:
        """Listed changes that explain that the strings part at (r, t); none where nothing does."""
        tries = sorted(self._tries(r, t, back, left), key=lambda x: x.r + x.t, reverse=True)
        ends = (len(self.received), len(self.given))
        for x in tries:
            reach = min(x.r - x.q - len(x.entry.was), x.t - x.p - len(x.entry.now))
            if (x.r, x.t) == ends or reach >= GRAM:
                return [x]
            self.tried += 1
            if depth < DEEPEST and self.tried < MOST_TRIED:
                rest = [e for e in left if not set(x.entry.names) & set(e.names)]
                if chain := self._explained(x.r, x.t, reach, rest, depth + 1):
                    return [x, *chain]
        # Something that is not listed stands close behind.
        return tries[:1] if not depth else []

    def _tries(self, r: int, t: int, back: int, left: Sequence[Listed]) -> Iterator[_Try]:
        """Every place, from (r, t) back as far as the strings agree, at which an entry can stand."""
        received, given = self.received, self.given
        for entry in left:
            for p in _places(given, entry.now, max(0, t - min(back, BACK)), t):
                q = r - (t - p)
                if not received.startswith(entry.was, q):
                    continue
                b, d = q + len(entry.was), p + len(entry.now)
                size = _same(received, b, given, d)
                if b + size >= r and d + size >= t and b + d + 2 * size > r + t:
                    yield _Try(entry, q, p, b + size, d + size)

    def _differ(self, r: int, t: int) -> tuple[int, int]:
        """Notes a difference at (r, t); where the strings agree again."""
        if self.grams is None:
            self.grams = _grams(self.received)
        b, d = _resume(self.received, r, self.given, t, self.grams)
        found, agreed = _tight(self.received, self.given, Change(r, b, t, d))
        self.changes += found
        self.same += agreed
        return b, d


def _places(text: str, part: str, start: int, end: int) -> Iterator[int]:
    """Where `part` begins in `text`, between start and end, both included; the nearest to the end first."""
    at = end
    while at >= start:
        at = text.rfind(part, start, at + len(part))
        if at < 0:
            return
        yield at
        at -= 1


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
            most = n + step - 1  # they part within this stretch
            step = max(1, step // 2)
            if a[i + n : i + n + most - n] == b[j + n : j + n + most - n]:
                return most
    return n


def _grams(text: str) -> dict[str, list[int]]:
    out: dict[str, list[int]] = {}
    for at in range(len(text) - GRAM + 1):
        out.setdefault(text[at : at + GRAM], []).append(at)
    return out


def _resume(
    received: str, r: int, given: str, t: int, grams: dict[str, list[int]]
) -> tuple[int, int]:
    """Where the two agree again behind a difference at (r, t): near, and for long.

    Of two places the nearer may be a phrase that comes again; what agrees for longer is worth it.
    """
    best: tuple[int, int, int] | None = None
    d = t
    while d <= len(given) - GRAM and not (best and d - t - WORTH >= best[0]):
        places = grams.get(given[d : d + GRAM], ())
        k, step = bisect_left(places, r), 1
        for b in places[k : k + 4]:
            size = _same(received, b, given, d)
            cost = (b - r) + (d - t) - min(size, WORTH)
            if best is None or cost < best[0]:
                best = (cost, b, d)
            step = max(
                step, min(size - GRAM, WORTH)
            )  # inside an agreement there is no better place
        d += step
    return best[1:] if best else (len(received), len(given))


def _tight(received: str, given: str, whole: Change) -> tuple[list[Change], list[Same]]:
    """The difference parted where its middle agrees, and what agrees there."""
    a, b, c, d = whole.a, whole.b, whole.c, whole.d
    if not (a < b and c < d) or max(b - a, d - c) > CLOSE:
        return [whole], []
    found, agreed, x, y = [], [], 0, 0
    for i, j, size in _agreements(received[a:b], given[c:d]):
        if x < i or y < j:
            found.append(Change(a + x, a + i, c + y, c + j))
        if size:
            agreed.append(Same(a + i, c + j, size))
        x, y = i + size, j + size
    return found, agreed


def _agreements(was: str, now: str) -> Iterator[tuple[int, int, int]]:
    """Where two strings agree for long, or at their ends; an empty one at the end of both is last."""
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    for block in matcher.get_matching_blocks():
        ends = (block.a + block.size, block.b + block.size)
        at_edge = (block.a, block.b) == (0, 0) or ends == (len(was), len(now))
        if at_edge or not 0 < block.size < GRAM // 2:
            yield block.a, block.b, block.size
