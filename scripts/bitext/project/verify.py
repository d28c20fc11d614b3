"""Bitext, import record and source bytes -> Proof that what is published is what was received.

For each language it proves: the visible characters, with listed corrections undone and listed
omissions put back; the white space between them; each turn's label and speaker; and that every other
character of the source is a label, markup, metadata or left out with a reason. The pairing is not
made again, so a better aligner raises no false alarm.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bitext.library.imports import Record
from bitext.model import LANGS, Bitext, Proof
from bitext.project import entries
from bitext.project.account import altered, dropped, ends_behind, ledger_of, unaccounted, with_lines
from bitext.project.received import metadata, title, with_places
from bitext.project.sides import Side, side_of
from bitext.project.speaking import speaking
from bitext.project.visible import Visible, bare
from bitext.project.whitespace import white_space


def verify(bitext: Bitext, record: Record | None, source: Visible | None, why: str = "") -> Bitext:
    """The bitext with its proof, its ledger, what was left out, and the source lines of its units.

    `source` is None where the source cannot be read again; `why` says why.
    """
    if record is None or source is None:
        total = sum(len(bare(u.text(lang))) for u in bitext.units for lang in LANGS)
        return replace(bitext, proof=Proof(0, 0, total, None, (why or "no record of an import",)))
    record = with_places(record, bitext, source)
    beyond = list(unaccounted(bitext, record, source))
    if ends_behind(record, source):
        total = len(source.text)
        return replace(bitext, proof=Proof(0, total, 0, None, (), tuple(beyond)))
    sides = [side_of(bitext, record, source, lang) for lang in LANGS]
    found = [white_space(bitext, side) for side in sides]
    used = {name for f in found for name in f.used}
    used |= {name for side in sides for name in side.walk.used}
    problems = [p for side in sides for p in entries.differences(bitext, side, source)]
    for side, spaced in zip(sides, found, strict=True):
        problems += entries.spaces(bitext, side, source, spaced.places)
        problems += altered(bitext, side.lang, spaced.altered)
    problems += [p for side in sides for p in entries.respaced(bitext, side)]
    problems += entries.unused(bitext, sides, used)
    problems += [*metadata(bitext, record), *title(bitext)]
    problems += speaking(bitext, record, source, sides)
    problems += beyond
    unchecked = tuple(_unchecked(record, sides))
    ledger = ledger_of(bitext, record, source, sides)
    wrong = sum(max(d.b - d.a, d.d - d.c) for s in sides for d in s.walk.differences)
    wrong = min(ledger.total, wrong or int(bool(problems)))
    unknown = sum(len(i.chars) for s in sides for i in s.received if not i.place)
    unknown = min(unknown, ledger.total - wrong)
    proved = ledger.total - wrong - unknown
    fitting = tuple(entries.fitted(bitext, problem) for problem in problems)
    return replace(
        bitext, proof=Proof(proved, wrong, unknown, ledger, unchecked, fitting),
        ledger=ledger, units=tuple(with_lines(bitext, record, source)),
        dropped=tuple(dropped(bitext, record, source, sides)),
    )  # fmt: skip


def _unchecked(record: Record, sides: Sequence[Side]) -> Iterator[str]:
    """What the proof's reader does not find in the source: it is held to the import's own words."""
    for side in sides:
        for item in side.received:
            if not item.place:
                yield f"the {entries.SIDE[side.lang]} of {item.record.id}"
    for label in record.labels:
        if not label.at:
            yield f"the label {entries.short(' / '.join(label.names))}"
