"""An import and its source's bytes -> the bitext as it is written, and the record of the import.

The import's own places are in the text that its reader gave; here they become places among the
visible characters that the proof reads, so that the proof never needs the import's reader.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bitext.ledger import Claim
from bitext.library import lines
from bitext.library.imports import (
    LabelRecord,
    LeftOutRecord,
    Place,
    Record,
    SideRecord,
    SourceFile,
    UnitRecord,
    digest,
    merged,
)
from bitext.model import LANGS, Bitext, SentenceBead, Unit
from bitext.pipeline import Imported
from bitext.project.verify import bare, canonical
from bitext.project.visible import Visible, read_again
from bitext.source import Document, is_blank


def record_of(
    imported: Imported, document: Document, files: Sequence[tuple[SourceFile, bytes]]
) -> tuple[Bitext, Record]:
    """The bitext with the texts that its lines give, and what the import measured of it."""
    source = read_again([(data, file.reader, file.encoding) for file, data in files])
    where = _Places(document.text, source)
    units, rows, removed = [], [], 0
    held = {}
    for claim in imported.claims:
        held.setdefault((claim.unit, claim.lang, claim.place), []).append(claim)
    labels = [claims for (_, _, place), claims in held.items() if place == "labels"]
    label_rows = [LabelRecord(c[0].lang, where.place(c)) for c in labels]
    starts: dict[str, list[int]] = {}
    for k, claims in enumerate(labels):
        starts.setdefault(claims[0].unit, []).append(k)
    inherited: dict[str, list[int]] = {}
    for unit in imported.bitext.units:
        written = lines.write(unit)
        removed += written.removed
        unit = _as_written(unit, written)
        units.append(unit)
        if unit.turn:
            own = starts.get(unit.id)
            # A speaker's turn goes on to the next label, also over what is no speech.
            inherited[unit.turn] = _turn_labels(inherited.get(unit.turn, []), own)
        sides = {
            lang: SideRecord(place, digest(canonical(text, unit.kind, lang)))
            for lang in LANGS
            if (text := unit.text(lang)) and (place := where.text(text, _claims(held, unit, lang)))
        }
        rows.append(
            UnitRecord(
                unit.id, sides.get("zh"), sides.get("en"),
                labels=tuple(inherited.get(unit.turn or "", ())) if unit.speaker else (),
                confidence=unit.confidence, beads=tuple(b.posterior for b in unit.beads),
                doubts=unit.review,
            )
        )  # fmt: skip
    left_out = [
        LeftOutRecord(where.place([c]), c.reason, c.key)
        for c in imported.claims
        if c.place in ("dropped", "metadata")
    ]
    left_out += _unread(source, rows, label_rows, left_out)
    repairs = dict(imported.bitext.repairs)
    if removed:
        repairs["space after a Chinese stop"] = removed
    bitext = replace(imported.bitext, units=tuple(units), repairs=repairs)
    record = Record(
        tuple(file for file, _ in files), document.format, bitext.layout, bitext.truncated,
        dict(sorted(repairs.items())), tuple(rows), tuple(label_rows),
        tuple(item for item in left_out if item.at),
    )  # fmt: skip
    return bitext, record


def _turn_labels(before: list[int], own: list[int] | None) -> list[int]:
    return before if own is None else [*before, *own] if before else own


def _claims(held, unit: Unit, lang: str) -> list[Claim]:
    return held.get((unit.id, lang, "units"), []) + held.get((unit.id, lang, "notes"), [])


def _as_written(unit: Unit, written: lines.Written) -> Unit:
    """The unit with the texts and the beads that its lines give back."""
    if not written.posteriors:
        return replace(unit, zh=written.zh, en=written.en)
    ends = [
        lines.text_of(side, unit.kind, lang)[1]
        for side, lang in ((written.lines.zh, "zh"), (written.lines.en, "en"))
    ]
    pairs = lines.beads_of(*ends, (written.zh, written.en))
    beads = tuple(SentenceBead(*e, p) for e, p in zip(pairs, written.posteriors, strict=True))
    return replace(unit, zh=written.zh, en=written.en, beads=beads)


class _Places:
    """The way from offsets in the import's text to places among the source's visible characters."""

    def __init__(self, text: str, source: Visible):
        self.source = source
        self.offsets = [k for k, c in enumerate(text) if not is_blank(c)]
        seen = "".join(text[k] for k in self.offsets)
        self.same = seen == source.text
        self.cursor = 0

    def place(self, claims: Sequence[Claim]) -> Place:
        """Where the claimed spans stand; empty where the proof's reader does not see them so."""
        if not self.same:
            return ()
        return merged(
            (bisect_left(self.offsets, c.span[0]), bisect_left(self.offsets, c.span[1]))
            for c in claims
        )

    def text(self, text: str, claims: Sequence[Claim]) -> Place:
        """Where a unit's text stands: as claimed, if that says the same."""
        place = self.place(claims)
        said = "".join(self.source.text[a:b] for a, b in place)
        return place if said == bare(text) else ()


def _unread(
    source: Visible,
    units: Sequence[UnitRecord],
    labels: Sequence[LabelRecord],
    left_out: Sequence[LeftOutRecord],
) -> Iterator[LeftOutRecord]:
    """What the import's reader did not see at all: the format's own characters."""
    sides = [u.side(lang) for u in units for lang in LANGS]
    places = [*(s.at for s in sides if s), *(x.at for x in labels), *(x.at for x in left_out)]
    taken = sorted(span for place in places for span in place)
    at = 0
    for start, end in [*taken, (len(source.text), len(source.text))]:
        if start > at:
            yield LeftOutRecord(((at, start),), "markup")
        at = max(at, end)
