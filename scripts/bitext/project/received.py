"""A bitext and the record of its import -> the places of its texts, and the metadata that differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bitext.library.imports import Record, SideRecord, digest
from bitext.library.yaml_lines import Map
from bitext.model import LANGS, Bitext, Problem, Unit
from bitext.project.entries import CODE, correction, short
from bitext.project.placing import find
from bitext.project.spaces import canonical
from bitext.project.visible import Visible, bare


def with_places(record: Record, bitext: Bitext, source: Visible) -> Record:
    """The record, a text that does not stand at its place sought from the end of the one before it.

    A place is a hint. Where something else stands there, and the unit's text has the digest of the
    import, the place is wrong and not the text.
    """
    units, rows = {unit.id: unit for unit in bitext.units}, []
    ends = dict.fromkeys(LANGS, 0)
    for row in record.units:
        for lang in LANGS:
            side = row.side(lang)
            if side is None or side.text:
                continue
            side = _placed(side, units.get(row.id), lang, source, ends[lang])
            if side is not row.side(lang):
                row = replace(row, zh=side) if lang == "zh" else replace(row, en=side)
            ends[lang] = max((end for _, end in side.at), default=ends[lang])
        rows.append(row)
    return replace(record, units=tuple(rows))


def _placed(side: SideRecord, unit: Unit | None, lang: str, source: Visible, start: int) -> SideRecord:  # fmt: skip
    if unit is None:
        return side
    text = unit.text(lang) or ""
    chars = bare(text)
    if not chars or chars == "".join([source.text[a:b] for a, b in side.at]):
        return side
    if digest(canonical(text, unit.kind, lang)) != side.digest:
        return side
    found = find(chars, source.text, start, len(source.text))
    return replace(side, at=found) if found else side


def metadata(bitext: Bitext, record: Record) -> Iterator[Problem]:
    """What is said to be read out of the source and was not, entries apart; and entries that are not so."""
    entries = [c for c in bitext.corrections if c.what == "metadata"]
    listed = {(c.at, c.was, c.now) for c in entries}
    there = list(_differing(record.metadata, bitext.metadata))
    for key, was, now in there:
        if (key, was, now) not in listed:
            line = bitext.metadata.at(key) if isinstance(bitext.metadata, Map) else 1
            yield Problem(bitext.path, line, f"metadata {key}{_found(was, now)}", CODE, correction(key, "", was, now, what="metadata"))  # fmt: skip
    for c in entries:
        if (c.at, c.was, c.now) not in there:
            yield Problem(bitext.path, c.line, f"the correction of {c.at} did not happen: metadata does not say {short(c.now)} where the import read {short(c.was)} — mend the entry, or remove it", CODE)  # fmt: skip


def _differing(was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """The keys whose values differ in more than white space, with both values."""
    for key in {**was, **now}:
        old, new = was.get(key, ""), now.get(key, "")
        if old.split() != new.split():
            yield key, old, new


def _found(was: str, now: str) -> str:
    """What is wrong with a value that was another one in the import."""
    if not was:
        return f": {short(now)} was not read out of the source — put what you know under record, or list it"  # fmt: skip
    if not now:
        return f" is gone; the import read {short(was)} — restore it, or list it"
    return f": the import read {short(was)}, not {short(now)} — restore it, or list it"


def title(bitext: Bitext) -> Iterator[Problem]:
    """A title that is not the source's, and nobody says whose."""
    given = bitext.record.get("title")
    if not isinstance(given, Map) or bitext.record.get("title_by"):
        return
    for lang in LANGS:
        said, own = given.get(lang), bitext.metadata.get(f"title_{lang}")
        if said and bare(str(said)) != bare(own):
            found = f"{short(own)} in the source" if own else "none in the source"
            yield Problem(bitext.path, given.at(lang), f"the title {short(str(said))} is {found} — say under title_by whose it is, in both languages", CODE)  # fmt: skip
