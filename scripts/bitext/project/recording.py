"""An import and its source's bytes -> the bitext as it is written, and the record of the import.

The import counts places in the text of its own reader. They are converted into places among the
visible characters that the proof reads, so that the proof does not need the import's reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bitext.library import lines
from bitext.library.imports import (
    LabelRecord,
    LeftOutRecord,
    Record,
    SideRecord,
    SourceFile,
    UnitRecord,
    digest,
)
from bitext.model import LANGS, Bitext, SentenceBead, Unit
from bitext.project.placing import Places
from bitext.project.spaces import canonical, recorded
from bitext.project.speaking import key_of, names_of
from bitext.project.visible import Visible, read_again
from bitext.text.source import Document, Span
from bitext.units.build import Imported
from bitext.units.ledger import Claim


def record_of(
    imported: Imported, document: Document, files: Sequence[tuple[SourceFile, bytes]]
) -> tuple[Bitext, Record]:
    """The bitext with the texts that its lines give, and what the import measured of it."""
    source = read_again([(data, file.reader, file.encoding) for file, data in files])
    where = Places(document.text, source)
    units, rows, removed = [], [], 0
    held: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in imported.claims:
        held.setdefault((claim.unit, claim.lang, claim.place), []).append(claim)
    labels = [claims for (_, _, place), claims in held.items() if place == "labels"]
    spelt = _spelt(imported.bitext)
    label_rows = [_label(c, document, where, spelt[c[0].unit]) for c in labels]
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
            lang: _side(text, unit.kind, lang, where, _claims(held, unit, lang))
            for lang in LANGS
            if (text := unit.text(lang))
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
        LeftOutRecord(where.place([c.span]), c.reason, c.key)
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
        tuple(item for item in left_out if item.at), dict(bitext.metadata),
        tuple((*s.labels_zh, *s.labels_en) for s in bitext.speakers),
    )  # fmt: skip
    return bitext, record


def _side(text: str, kind: str, lang: str, where: Places, claims: Sequence[Claim]) -> SideRecord:
    """What is recorded of a text: its place, and the text itself where it has none."""
    place = where.text(text, [c.span for c in claims])
    held = digest(canonical(text, kind, lang))
    if not place:
        return SideRecord((), held, text=text)
    return SideRecord(place, held, recorded(text, kind, lang, place, where.source))


def _label(
    claims: Sequence[Claim], document: Document, where: Places, spelt: Sequence[str]
) -> LabelRecord:
    """A label's place; the names in it too, where they are not the label itself or not seen there.

    `spelt` are the labels of its speaker.
    """
    spans: list[Span] = [c.span for c in claims]
    said = " ".join("".join(document.slice(s) for s in spans).split())
    label = LabelRecord(claims[0].lang, where.place(spans))
    keys = {key_of(name): name for name in spelt}
    if not keys or key_of(names_of(label, where.source)[0]) in keys:
        return label
    inside = [key for key in keys if key and key in key_of(said)]
    whole = [k for k in inside if not any(k != other and k in other for other in inside)]
    return replace(label, names=tuple(keys[k] for k in whole) or (said,))


def _spelt(bitext: Bitext) -> dict[str, tuple[str, ...]]:
    """For each unit the labels of its speaker, as the import spells them."""
    speakers = {s.id: (*s.labels_zh, *s.labels_en) for s in bitext.speakers}
    return {unit.id: speakers.get(unit.speaker or "", ()) for unit in bitext.units}


def _turn_labels(before: list[int], own: list[int] | None) -> list[int]:
    return before if own is None else [*before, *own] if before else own


def _claims(held, unit: Unit, lang: str) -> list[Claim]:
    """The claims of one text; of a unit's only text those in both languages: a vocabulary has both."""
    langs = (lang,) if unit.zh and unit.en else LANGS
    found = [c for at in langs for place in ("units", "notes") for c in held.get((unit.id, at, place), [])]  # fmt: skip
    return sorted(found, key=lambda c: c.span) if len(langs) > 1 else found


def _as_written(unit: Unit, written: lines.Written) -> Unit:
    """The unit with the texts and the beads that its lines give back."""
    if not written.posteriors:
        return replace(unit, zh=written.zh, en=written.en)
    zh, en = (
        lines.text_of(side, unit.kind, lang)[1]
        for side, lang in ((written.lines.zh, "zh"), (written.lines.en, "en"))
    )
    pairs = lines.beads_of(zh, en, (written.zh, written.en))
    beads = tuple(SentenceBead(*e, p) for e, p in zip(pairs, written.posteriors, strict=True))
    return replace(unit, zh=written.zh, en=written.en, beads=beads)


def _unread(
    source: Visible,
    units: Sequence[UnitRecord],
    labels: Sequence[LabelRecord],
    left_out: Sequence[LeftOutRecord],
) -> Iterator[LeftOutRecord]:
    """What the import's reader did not see at all: the format's own characters."""
    reason = "markup"
    sides = [u.side(lang) for u in units for lang in LANGS]
    places = [*(s.at for s in sides if s), *(x.at for x in labels), *(x.at for x in left_out)]
    taken = sorted(span for place in places for span in place)
    at = 0
    for start, end in [*taken, (len(source.text), len(source.text))]:
        if start > at:
            yield LeftOutRecord(((at, start),), reason)
        at = max(at, end)
