"""Units -> the same units with their sentence beads, all found in one alignment of the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bitext.align.segments import align_segments
from bitext.align.sentences import Sentence, split_sentences
from bitext.model import Bead, SentenceBead, Unit

#: What is not prose has no sentences to pair.
WITHOUT = ("note", "vocab", "code", "glossary")
#: Units are aligned in groups of about so many sentences: the alignment of many small rectangles
#: costs more than that of one with walls between the units.
GROUP = 24


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


def add_beads(units: Sequence[Unit]) -> list[Unit]:
    """The units, those in both languages with beads that cover both of their texts in order."""
    out = list(units)
    items = list(_items(units))
    missed = _align(items, _group_corners(items), out)
    if missed:  # a path that left a unit: there every unit is held by its corners
        again = [item for item in items if item.index in missed]
        moved, at = [], (0, 0)
        for item in again:
            moved.append(replace(item, first=at))
            at = moved[-1].last
        _align(moved, [item.last for item in moved], out)
    return out


def _items(units: Sequence[Unit]) -> Iterator[_Item]:
    at = (0, 0)
    for index, unit in enumerate(units):
        if unit.zh and unit.en and unit.kind not in WITHOUT:
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


def _align(items: Sequence[_Item], corners: Sequence[tuple[int, int]], out: list[Unit]) -> set[int]:
    """Set the beads of the items in `out`; the indexes of those whose corners the path missed."""
    zh = [item.unit.zh[s.start : s.end] for item in items for s in item.zh]
    en = [item.unit.en[s.start : s.end] for item in items for s in item.en]
    if not zh or not en:
        return set()
    found = align_segments(
        zh, en, zh_walls=[i.last[0] for i in items], en_walls=[i.last[1] for i in items],
        anchors=corners,
    )  # fmt: skip
    met = {(0, 0), *((bead.zh[1], bead.en[1]) for bead in found)}
    starts = {(bead.zh[0], bead.en[0]): k for k, bead in enumerate(found)}
    missed = set()
    for item in items:
        if item.first not in met or item.last not in met:
            missed.add(item.index)
            continue
        beads = _between(found, starts.get(item.first, len(found)), item.last)
        out[item.index] = replace(item.unit, beads=tuple(_within(item, beads)))
    return missed


def _between(found: Sequence[Bead], k: int, last: tuple[int, int]) -> Iterator[Bead]:
    while k < len(found) and found[k].zh[1] <= last[0] and found[k].en[1] <= last[1]:
        yield found[k]
        k += 1


def _within(item: _Item, beads: Iterable[Bead]) -> Iterator[SentenceBead]:
    """The beads with their ends counted in the unit's texts."""
    for bead in beads:
        yield SentenceBead(
            _end(item.zh, bead.zh[1] - item.first[0], len(item.unit.zh)),
            _end(item.en, bead.en[1] - item.first[1], len(item.unit.en)),
            round(bead.posterior, 2),
        )


def _end(sentences: Sequence[Sentence], count: int, length: int) -> int:
    """Where the first sentences end, with the white space that follows them."""
    if count == len(sentences):
        return length
    return sentences[count].start if count else 0
