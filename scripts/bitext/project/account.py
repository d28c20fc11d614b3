"""A bitext and its source -> the ledger: where every visible character went, and what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bitext.kinds import ASIDE
from bitext.library.imports import NAME, Place, Record, is_passage
from bitext.model import CALLED, LANGS, Bitext, Dropped, Ledger, LeftOut, Problem, Unit
from bitext.project.entries import CODE
from bitext.project.sides import Received, Side
from bitext.project.visible import Visible
from bitext.project.walk import Change

BEHIND = "a place behind the end of the source"
TODO = "restore import.json from the repository's history, or import the source anew"


def ledger_of(bitext: Bitext, record: Record, source: Visible, sides: Sequence[Side]) -> Ledger:
    """The account. What is gone from the units without a word is in none of its parts."""
    kinds = {u.id: u.kind for u in bitext.units}
    out: Counter[str] = Counter()
    for side in sides:
        for item in side.received:
            out[_part(kinds, item)] += size_of(item.place)
        for change in side.walk.changes:
            size, part = size_of(side.place_of(change.a, change.b)), _part(kinds, side.received_at(change.a))  # fmt: skip
            out[part] -= size if _is_gone(change) else 0
            out["dropped"] += size if _is_left_out(change) else 0
    out["labels"] = sum(size_of(label.at) for label in record.labels)
    for left in record.left_out:
        out["metadata" if left.key else "dropped"] += size_of(left.at)
    parts = (max(0, out[k]) for k in ("units", "labels", "notes", "metadata", "dropped"))
    return Ledger(len(source.text), *parts)


def _part(kinds: dict[str, str], item: Received | None) -> str:
    """Where the text of a unit is counted."""
    return "notes" if item and kinds.get(item.record.id) in ASIDE else "units"


def _is_gone(change: Change) -> bool:
    """Whether what was received is in no unit any more: listed as left out, or not listed at all."""
    return _is_left_out(change) or (change.listed is None and change.c == change.d)


def _is_left_out(change: Change) -> bool:
    return change.listed is not None and change.listed.names[0][0] == "left_out"


def size_of(place: Place) -> int:
    """How many characters a place has."""
    return sum(b - a for a, b in place)


def dropped(bitext: Bitext, record: Record, source: Visible, sides: Sequence[Side]) -> Iterator[Dropped]:  # fmt: skip
    """What is not published, with its line and its reason; the markup of a line is one entry."""
    by_people = (item for side in sides for item in _by_people(bitext, source, side))
    yield from sorted((*_by_import(record, source), *by_people), key=lambda d: d.line)


def _by_import(record: Record, source: Visible) -> list[Dropped]:
    """What the import left out, or read as metadata."""
    rows: dict[tuple[int, str, object], list[str]] = {}
    for left in record.left_out:
        if not left.at:
            continue
        alone = left.at if left.reason != "markup" else None
        reason = f"metadata: {left.key}" if left.key else left.reason
        texts = [source.shown(a, b) for a, b in left.at]
        rows.setdefault((source.line(left.at[0][0]), reason, alone), []).extend(texts)
    return [Dropped(" ".join(texts), reason, line) for (line, reason, _), texts in rows.items()]


def _by_people(bitext: Bitext, source: Visible, side: Side) -> Iterator[Dropped]:
    """What a person listed as left out."""
    for change in side.walk.changes:
        if change.listed is not None and _is_left_out(change):
            item: LeftOut = bitext.left_out[change.listed.names[0][1]]
            place = side.place_of(change.a, change.b)
            line = source.line(place[0][0]) if place else 0
            text = side.received_text(change.a, change.b)
            yield Dropped(text, item.why_en, line, item.why_zh)


def with_lines(bitext: Bitext, record: Record, source: Visible) -> Iterator[Unit]:
    """The units with the source lines that they came from."""
    known = record.by_id()
    for unit in bitext.units:
        row = known.get(unit.id)
        spans = {
            lang: (source.line(side.at[0][0]), source.line(side.at[-1][1] - 1))
            if row and (side := row.side(lang)) and side.at
            else None
            for lang in LANGS
        }
        yield replace(unit, zh_span=spans["zh"], en_span=spans["en"])


def _record_path(bitext: Bitext) -> str:
    folder = bitext.path.rpartition("/")[0]
    return f"{folder}/{NAME}" if folder else NAME


def altered(bitext: Bitext, lang: str, ids: Sequence[str]) -> Iterator[Problem]:
    """Texts whose digest is not that of what their record gives: the record was changed."""
    for id in ids:
        yield Problem(_record_path(bitext), 1, f"the digest of the {CALLED[lang]} of {id} is not that of its text — {TODO}", CODE)  # fmt: skip


def unaccounted(bitext: Bitext, record: Record, source: Visible) -> Iterator[Problem]:
    """Characters of the source that the record leaves out of account, or counts twice."""
    path = _record_path(bitext)
    for said in _miscounted(record, source):
        yield Problem(path, 1, f"{said} — {TODO}", CODE)
        if said is BEHIND:
            return
    for unit in record.units:
        for lang in LANGS:
            if (side := unit.side(lang)) and not is_passage(side.at):
                yield Problem(path, 1, f"the {CALLED[lang]} of {unit.id} is put together from scattered characters of the source — {TODO}", CODE)  # fmt: skip


def _miscounted(record: Record, source: Visible) -> Iterator[str]:
    """Gaps between the places of a record, places that overlap, and the first behind the end."""
    at, size = 0, len(source.text)
    for start, end in sorted((*_all_places(record), (size, size))):
        if start > at:
            yield f"{start - at} characters of the source at line {source.line(at)} are in no unit and not left out"  # fmt: skip
        elif start < at and end > start:
            yield f"characters of the source at line {source.line(start)} are counted twice"
        if end > size:
            yield BEHIND
            return
        at = max(at, end)


def ends_behind(record: Record, source: Visible) -> bool:
    """Whether the record has a place behind the end of the source."""
    return any(end > len(source.text) for _, end in _all_places(record))


def _all_places(record: Record) -> Iterator[tuple[int, int]]:
    for unit in record.units:
        for lang in LANGS:
            side = unit.side(lang)
            yield from side.at if side and not side.text else ()
    for label in record.labels:
        yield from label.at
    for left in record.left_out:
        yield from left.at
