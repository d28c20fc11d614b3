"""Units -> the same units with their sentence beads, all found in one alignment of the document.

What the sentences say of each other also tells how sure the pairing of the two texts is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from bitext.align.confidence import Judge, cap_unpaired, for_form, most_sure, of_pairs
from bitext.align.layout import Layout
from bitext.align.pieces import end_of
from bitext.align.score import Scorer
from bitext.align.segments import rounded_down
from bitext.align.solving import solve_beads
from bitext.kinds import OWN_LINES
from bitext.model import Bead, Doubt, SentenceBead, Unit
from bitext.text.sentences import Sentence, split_sentences

#: Units are aligned in groups of about so many sentences: the alignment of many small rectangles
#: costs more than that of one with walls between the units.
GROUP = 24
#: In two texts that are a pair a sentence without a partner is so much rarer (in nats) than where
#: paragraphs may be missing.
LONE = 1.5


@dataclass(frozen=True, slots=True)
class _Item:
    """A paired unit: its sentences, and where they begin among those of the document."""

    index: int
    unit: Unit
    zh: Sequence[Sentence]
    en: Sequence[Sentence]
    first: tuple[int, int]

    @property
    def last(self) -> tuple[int, int]:
        return self.first[0] + len(self.zh), self.first[1] + len(self.en)

    @property
    def texts(self) -> tuple[str, str]:
        """Its Chinese and its English, both of which a paired unit has."""
        return self.unit.zh or "", self.unit.en or ""

    @property
    def spans(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Its Chinese and its English sentences among those of the document."""
        return (self.first[0], self.last[0]), (self.first[1], self.last[1])


def add_beads(units: Sequence[Unit], *, judged: bool = False) -> list[Unit]:
    """The units, those in both languages with beads that cover both of their texts in order.

    With `judged` their confidence, so far the pairing's posterior, takes up what the beads tell.
    """
    out = list(units)
    items = list(_items(units))
    missed = _align(items, _group_corners(items), out, judged)
    if missed:  # a path that left a unit: there every unit is held by its corners
        again = [item for item in items if item.index in missed]
        moved, at = [], (0, 0)
        for item in again:
            moved.append(replace(item, first=at))
            at = moved[-1].last
        _align(moved, [item.last for item in moved], out, judged)
    return out


def _items(units: Sequence[Unit]) -> Iterator[_Item]:
    at = (0, 0)
    for index, unit in enumerate(units):
        if unit.zh and unit.en and unit.kind not in OWN_LINES:
            item = _Item(
                index, unit, split_sentences(unit.zh, "zh"), split_sentences(unit.en, "en"), at
            )
            at = item.last
            yield item


def _group_corners(items: Sequence[_Item]) -> list[tuple[int, int]]:
    """The corners of groups of units, none with many more than GROUP sentences."""
    corners = []
    start = (0, 0)
    for item in items:
        if item.last[0] - start[0] > GROUP and item.first != start:
            corners.append(item.first)
            start = item.first
    return corners


def _align(
    items: Sequence[_Item], corners: Sequence[tuple[int, int]], out: list[Unit], judged: bool
) -> set[int]:  # fmt: skip
    """Set the beads of the items in `out`; the indexes of those whose corners the path missed."""
    zh = [item.texts[0][s.start : s.end] for item in items for s in item.zh]
    en = [item.texts[1][s.start : s.end] for item in items for s in item.en]
    if not zh or not en:
        return set()
    lone = _Lone(items if judged else (), out, zh, en)
    scorer = Scorer(zh + lone.zh, en + lone.en)
    scorer.n, scorer.m = len(zh), len(en)
    layout = _layout(items, len(zh), len(en))
    del zh, en  # of a long text, much
    found = solve_beads(scorer, layout, corners)
    missed = _missed(items, found)
    good = [item for item in items if item.index not in missed]
    beads = _shared_out(good, found)
    _set_beads(good, beads, out)
    if judged:
        _judge(good, beads, scorer, lone, out)
    return missed


def _layout(items: Sequence[_Item], n: int, m: int) -> Layout:
    """A wall behind each unit; in two texts that are a pair hardly a sentence stands alone."""
    layout = replace(Layout.plain(n, m), lone=LONE)
    layout.walls_zh[[i.last[0] for i in items if i.last[0] < n]] = True
    layout.walls_en[[i.last[1] for i in items if i.last[1] < m]] = True
    return layout


def _missed(items: Sequence[_Item], found: Sequence[Bead]) -> set[int]:
    """The indexes of the items whose corners are not among those of the beads."""
    met = {(0, 0), *((bead.zh[1], bead.en[1]) for bead in found)}
    return {item.index for item in items if item.first not in met or item.last not in met}


def _shared_out(items: Sequence[_Item], found: Sequence[Bead]) -> list[list[Bead]]:
    """For each item the beads between its corners."""
    starts = {(bead.zh[0], bead.en[0]): k for k, bead in enumerate(found)}
    return [list(_between(found, starts.get(i.first, len(found)), i.last)) for i in items]


def _set_beads(items: Sequence[_Item], beads: Sequence[Sequence[Bead]], out: list[Unit]) -> None:
    """Set the items' beads in `out`, those without a partner no surer than all beads allow."""
    sure = iter(cap_unpaired([bead for some in beads for bead in some]))
    for item, some in zip(items, beads, strict=True):
        own = _within(item, islice(sure, len(some)))
        out[item.index] = replace(item.unit, beads=tuple(own))


def _judge(
    items: Sequence[_Item],
    beads: Sequence[Sequence[Bead]],
    scorer: Scorer,
    lone: _Lone,
    out: list[Unit],
) -> None:
    """Set the confidence of those of the items in `out` that have one."""
    known = {k: c for k, item in enumerate(items) if (c := item.unit.confidence) is not None}
    some = [items[k] for k in known]
    judge = Judge(scorer)
    most = most_sure(judge, [item.spans for item in some])
    sure = of_pairs(
        judge,
        [beads[k] for k in known],
        [item.spans for item in some],
        list(known.values()),
        [lone.rivals(item) for item in some],
    )
    sure = for_form(sure, [item.unit.kind for item in some])
    for item, value, cap in zip(some, sure.tolist(), most.tolist(), strict=True):
        unit = replace(out[item.index], confidence=min(value, cap))
        told = (*unit.review, Doubt("words")) if cap < 1 else unit.review
        out[item.index] = replace(unit, review=told)


def _is_lone(unit: Unit) -> bool:
    """Whether the unit is a text in one language only."""
    return unit.kind not in OWN_LINES and bool(unit.zh) != bool(unit.en)


class _Lone:
    """The sentences of units without a partner that stand beside paired ones: whether they fit."""

    def __init__(
        self, items: Sequence[_Item], units: Sequence[Unit], zh: Sequence[str], en: Sequence[str]
    ):
        self.zh: list[str] = []
        self.en: list[str] = []
        self.spans: dict[int, tuple[str, tuple[int, int]]] = {}
        for k in sorted({item.index + step for item in items for step in (-1, 1)}):
            if 0 <= k < len(units) and _is_lone(units[k]):
                self._add(k, units[k], (len(zh), len(en)))

    def _add(self, k: int, unit: Unit, before: tuple[int, int]) -> None:
        """Take the unit's sentences, which stand behind so many of the paired ones."""
        lang, into, first = ("zh", self.zh, before[0]) if unit.zh else ("en", self.en, before[1])
        text = unit.text(lang) or ""
        start = first + len(into)
        into.extend(text[s.start : s.end] for s in split_sentences(text, lang))
        self.spans[k] = lang, (start, first + len(into))

    def rivals(self, item: _Item) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """The pairs that the item's neighbours could make with one of its sides."""
        pairs = []
        for k in (item.index - 1, item.index + 1):
            if k in self.spans:
                lang, span = self.spans[k]
                zh, en = item.spans
                pairs.append((span, en) if lang == "zh" else (zh, span))
        return pairs


def _between(found: Sequence[Bead], k: int, last: tuple[int, int]) -> Iterator[Bead]:
    while k < len(found) and found[k].zh[1] <= last[0] and found[k].en[1] <= last[1]:
        yield found[k]
        k += 1


def _within(item: _Item, beads: Iterable[Bead]) -> Iterator[SentenceBead]:
    """The beads with their ends counted in the unit's texts."""
    for bead in beads:
        yield SentenceBead(
            end_of(item.zh, bead.zh[1] - item.first[0], len(item.texts[0])),
            end_of(item.en, bead.en[1] - item.first[1], len(item.texts[1])),
            rounded_down(bead.posterior),
        )
