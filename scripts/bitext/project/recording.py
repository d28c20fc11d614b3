"""An import and its source's bytes -> the bitext as it is written, and the record of the import.

The import counts places in the text of its own reader. They are converted into places among the
visible characters that the proof reads, so that the proof does not need the import's reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
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

Held = dict[tuple[str, str, str], list[Claim]]


def record_of(
    imported: Imported, document: Document, files: Sequence[tuple[SourceFile, bytes]]
) -> tuple[Bitext, Record]:
    """The bitext with the texts that its lines give, and what the import measured of it."""
    source = read_again([(data, file.reader, file.encoding) for file, data in files])
    where = Places(document.text, source)
    held = _held(imported.claims)
    written = [lines.write(unit) for unit in imported.bitext.units]
    units = tuple(map(_as_written, imported.bitext.units, written))
    labels = [claims for (_, _, place), claims in held.items() if place == "labels"]
    spelt = _spelt(imported.bitext)
    owners = _owners(units, {claims[0].unit for claims in labels})
    at = [owners[claims[0].unit] for claims in labels]
    label_rows = [_label(c, document, where, spelt[id]) for c, id in zip(labels, at, strict=True)]
    numbers = _label_numbers(units, at)
    rows = tuple(_row(u, k, where, held) for u, k in zip(units, numbers, strict=True))
    left_out = list(_left_out(imported.claims, where))
    left_out += _unread(source, rows, label_rows, left_out)
    repairs = _repairs(imported.bitext.repairs, sum(w.removed for w in written))
    bitext = replace(imported.bitext, units=units, repairs=repairs)
    record = Record(
        tuple(file for file, _ in files), document.format, bitext.layout, bitext.truncated,
        dict(sorted(repairs.items())), rows, tuple(label_rows),
        tuple(item for item in left_out if item.at), dict(bitext.metadata),
        tuple((*s.labels_zh, *s.labels_en) for s in bitext.speakers),
    )  # fmt: skip
    return bitext, record


def _held(claims: Sequence[Claim]) -> Held:
    """The claims of each unit, language and part of the account."""
    held: Held = {}
    for claim in claims:
        held.setdefault((claim.unit, claim.lang, claim.place), []).append(claim)
    return held


def _owners(units: Sequence[Unit], labelled: Set[str]) -> dict[str, str]:
    """For each unit the one to which its labels belong. Most are their own; a heading is in no turn, and its
    label belongs to the first text of the turn behind it. `labelled` are the units that have labels."""
    owners, behind = {unit.id: unit.id for unit in units}, ""
    for unit in reversed(units):
        if unit.turn:
            behind = unit.id
        elif unit.kind == "heading" and unit.id in labelled and behind:
            owners[unit.id], behind = behind, ""
    return owners


def _label_numbers(units: Sequence[Unit], labels: Sequence[str]) -> Iterator[tuple[int, ...]]:
    """For each unit the numbers of its turn's labels; none for what nobody says. `labels` has of each
    label the unit that it belongs to.

    A speaker's turn goes on to the next label, also over what is no speech.
    """
    starts: dict[str, list[int]] = {}
    for k, unit_id in enumerate(labels):
        starts.setdefault(unit_id, []).append(k)
    of_turn: dict[str, list[int]] = {}
    for unit in units:
        turn = unit.turn or ""
        if turn:
            of_turn[turn] = [*of_turn.get(turn, ()), *starts.get(unit.id, ())]
        yield tuple(of_turn.get(turn, ())) if unit.speaker else ()


def _row(unit: Unit, labels: tuple[int, ...], where: Places, held: Held) -> UnitRecord:
    """What is recorded of a unit."""
    sides = {
        lang: _side(text, unit.kind, lang, where, _claims(held, unit, lang))
        for lang in LANGS
        if (text := unit.text(lang))
    }
    return UnitRecord(
        unit.id, sides.get("zh"), sides.get("en"), labels=labels, confidence=unit.confidence,
        beads=tuple(b.posterior for b in unit.beads), doubts=unit.review,
    )  # fmt: skip


def _left_out(claims: Sequence[Claim], where: Places) -> Iterator[LeftOutRecord]:
    """What the import left out of the units, or read as metadata."""
    for claim in claims:
        if claim.place in ("dropped", "metadata"):
            yield LeftOutRecord(where.place([claim.span]), claim.reason, claim.key)


def _repairs(counted: Mapping[str, int], removed: int) -> dict[str, int]:
    """The repairs of the import, with the spaces that its lines took out."""
    return dict(counted) | ({"space after a Chinese stop": removed} if removed else {})


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
    label = LabelRecord(claims[0].lang, where.place(spans))
    keys = {key_of(name): name for name in spelt}
    if not keys or key_of(names_of(label, where.source)[0]) in keys:
        return label
    said = " ".join("".join(document.slice(s) for s in spans).split())
    return replace(label, names=tuple(keys[k] for k in _inside(keys, said)) or (said,))


def _inside(keys: Iterable[str], said: str) -> list[str]:
    """The keys that stand in a label, but for parts of another one that does."""
    there = [key for key in keys if key and key in key_of(said)]
    return [k for k in there if not any(k != other and k in other for other in there)]


def _spelt(bitext: Bitext) -> dict[str, tuple[str, ...]]:
    """For each unit the labels of its speaker, as the import spells them."""
    speakers = {s.id: (*s.labels_zh, *s.labels_en) for s in bitext.speakers}
    return {unit.id: speakers.get(unit.speaker or "", ()) for unit in bitext.units}


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
    sides = [side for unit in units for lang in LANGS if (side := unit.side(lang))]
    rows: tuple[SideRecord | LabelRecord | LeftOutRecord, ...] = (*sides, *labels, *left_out)
    taken = sorted(span for row in rows for span in row.at)
    at = 0
    for start, end in [*taken, (len(source.text), len(source.text))]:
        if start > at:
            yield LeftOutRecord(((at, start),), "markup")
        at = max(at, end)
