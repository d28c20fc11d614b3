"""A bitext and its source -> the turns whose speaker is not the one that the source's labels name.

`labels_zh` and `labels_en` of a speaker are the labels as the source spells them. Each must be in the
source, and a unit's speaker must have the label that stands before its turn there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from bitext.kinds import NO_SPEAKER
from bitext.library.imports import LabelRecord, Record, UnitRecord
from bitext.model import LANGS, Bitext, Correction, Problem, Speaker, Unit
from bitext.project.entries import CODE, correction, short
from bitext.project.sides import Side
from bitext.project.visible import Visible, bare

#: Fewer characters of a text in a unit may be there by chance.
SCRAP = 6
#: What stands around the name in a label: brackets, colons, marks of emphasis.
AROUND = re.compile(r"^[\W_]+|[\W_]+$")


def names_of(label: LabelRecord, source: Visible) -> tuple[str, ...]:
    """The names in a label, as the source has them."""
    return label.names or (" ".join(source.shown(a, b) for a, b in label.at),)


def key_of(name: str) -> str:
    """What two spellings of one label share: no white space, no marks around it.

    >>> key_of("**Mr. Li:**") == key_of("Mr.Li")
    True
    """
    return AROUND.sub("", bare(name)).casefold()


@dataclass(frozen=True)
class Labels:
    """The labels of the source as it spells them, a tuple of names each, and whose they are."""

    said: tuple[tuple[str, ...], ...]
    known: Mapping[str, set[str]]  # of each speaker the keys of its labels

    @cached_property
    def names(self) -> dict[str, str]:
        """Each key that the source has, with the name as it stands there."""
        return {key_of(name): name for spelt in self.said for name in spelt}

    @cached_property
    def held(self) -> set[str]:
        """The keys that some speaker has."""
        return {key for keys in self.known.values() for key in keys}

    @cached_property
    def nobodys(self) -> list[str]:
        """The names in the source that no speaker has."""
        names = (name for spelt in self.said for name in spelt)
        return list(dict.fromkeys(name for name in names if key_of(name) not in self.held))

    def wanted(self, rows: Sequence[UnitRecord]) -> list[str]:
        """The keys of the labels that stand before these texts in the source."""
        numbers = [k for row in rows for k in row.labels if k < len(self.said)]
        return [key_of(name) for k in numbers for name in self.said[k]]

    def holder(self, key: str) -> str:
        """The first speaker who has the label; '' where nobody does."""
        return next((id for id, held in self.known.items() if key in held), "")


def speaking(bitext: Bitext, record: Record, source: Visible, sides: Sequence[Side]) -> Iterator[Problem]:  # fmt: skip
    """Turns that another speaks than the source says, and labels and names that it has not."""
    labels = Labels(
        tuple(names_of(label, source) for label in record.labels),
        {s.id: {key_of(n) for lang in LANGS for n in _labels(s, lang)} for s in bitext.speakers},
    )
    yield from _units(bitext, labels, _imported(sides))
    yield from _listed(bitext)
    yield from _persons(bitext, record, labels)
    for speaker in bitext.speakers:
        for lang in LANGS:
            yield from _spelling(bitext, speaker, lang, labels)


def _spelling(bitext: Bitext, speaker: Speaker, lang: str, labels: Labels) -> Iterator[Problem]:
    """Labels that the source has not; else a name that is none of the labels."""
    own = _labels(speaker, lang)
    wrong = [name for name in own if key_of(name) not in labels.names]
    lost = ", but " + ", ".join(short(AROUND.sub("", n)) for n in labels.nobodys) if labels.nobodys else ""  # fmt: skip
    for name in wrong:
        yield Problem(bitext.path, speaker.line, f"speaker {speaker.id}: the source has no label {short(name)}{lost} — labels_{lang} holds the labels as the source spells them", CODE)  # fmt: skip
    if not wrong and not (own and labels.nobodys):  # else the speaker has lost a label: told before
        yield from _shown_name(bitext, speaker, lang)


def _persons(bitext: Bitext, record: Record, labels: Labels) -> Iterator[Problem]:
    """Speakers who hold labels that the import did not take for one person's, or those of another."""
    groups = [{key_of(name) for name in names} for names in record.speakers]
    taken: dict[int, Speaker] = {}
    for speaker in bitext.speakers:
        own = _unlisted(bitext, speaker).intersection(labels.names)
        if not own or not groups:
            continue
        best = _person_of(speaker, own, groups, taken)
        other = taken.setdefault(best, speaker)
        if other is not speaker:
            yield from _of_another(bitext, speaker, own, other)
        else:
            yield from _of_nobody(bitext, speaker, own - groups[best])


def _unlisted(bitext: Bitext, speaker: Speaker) -> set[str]:
    """The keys of a speaker's labels, but for those that a correction lists."""
    listed = {key_of(c.was) for c in bitext.corrections if (c.what, c.at) == ("speaker", speaker.id)}  # fmt: skip
    return {key_of(name) for lang in LANGS for name in _labels(speaker, lang)} - listed


def _person_of(
    speaker: Speaker, own: set[str], groups: Sequence[set[str]], taken: Mapping[int, Speaker]
) -> int:
    """The number of the imported person who is this speaker: of most labels, not taken, of the name."""
    name = {key_of(n) for n in _names(speaker, "")}

    def fits(k: int) -> tuple[int, bool, int]:
        return len(own & groups[k]), k not in taken, len(name & groups[k])

    return max(range(len(groups)), key=fits)


def _of_another(
    bitext: Bitext, speaker: Speaker, own: set[str], other: Speaker
) -> Iterator[Problem]:
    """The first label of a speaker who has those of another one."""
    labels = (name for lang in LANGS for name in _labels(speaker, lang))
    label = next(name for name in labels if key_of(name) in own)
    yield Problem(bitext.path, speaker.line, f"speaker {speaker.id}: the label {short(label)} is that of {other.id} — take it out, and list each turn that {speaker.id} speaks", CODE)  # fmt: skip


def _of_nobody(bitext: Bitext, speaker: Speaker, strange: set[str]) -> Iterator[Problem]:
    """Labels that were not this person's in the import, each with the entry that would list it."""
    for lang in LANGS:
        shown = (speaker.zh if lang == "zh" else speaker.en) or ""
        for label in _labels(speaker, lang):
            if key_of(label) in strange:
                yield Problem(bitext.path, speaker.line, f"speaker {speaker.id}: the label {short(label)} was not this person's in the import — take it out, or list it", CODE, correction(speaker.id, lang, label, shown, what="speaker"))  # fmt: skip


def _labels(speaker: Speaker, lang: str) -> tuple[str, ...]:
    return speaker.labels_zh if lang == "zh" else speaker.labels_en


def _imported(sides: Sequence[Side]) -> dict[str, list[UnitRecord]]:
    """For each unit id the records of the texts that it holds now, scraps of them apart."""
    out: dict[str, dict[str, UnitRecord]] = {}
    for side in sides:
        for same in side.walk.same:
            for given in side.givens(same.t, same.t + same.size):
                a, b = max(given.start, same.t), min(given.end, same.t + same.size)
                shift = same.r - same.t
                for item in side.within(a + shift, b + shift):
                    size = min(b + shift, item.end) - max(a + shift, item.start)
                    if size >= SCRAP or size == len(given.chars):
                        out.setdefault(given.unit.id, {})[item.record.id] = item.record
    return {id: list(rows.values()) for id, rows in out.items()}


class _Fault(NamedTuple):
    """A speaker and a label that do not belong together; '' where the source has no label."""

    own: str | None
    key: str
    turn: str | None  # None where one problem tells of all turns


def _units(
    bitext: Bitext, labels: Labels, imported: Mapping[str, Sequence[UnitRecord]]
) -> Iterator[Problem]:
    """One problem for each speaker and label that do not belong together."""
    turns = {c.at: c for c in bitext.corrections if c.what == "speaker"}
    wrong: dict[_Fault, list[Unit]] = {}
    for unit in bitext.units:
        rows = imported.get(unit.id)
        fault = _fault(unit, _before(unit, turns), labels, rows) if rows else None
        if fault:
            wrong.setdefault(fault, []).append(unit)
    for fault, units in wrong.items():
        if not _is_misspelt(fault, labels):
            yield _wrong(bitext, fault, units, labels)


def _fault(
    unit: Unit, own: str | None, labels: Labels, rows: Sequence[UnitRecord]
) -> _Fault | None:
    """Why a unit's speaker is not the one whom the source names; None where it is."""
    wanted = labels.wanted(rows)
    if not wanted:
        speaks = own is not None and unit.kind not in NO_SPEAKER
        return _Fault(own, "", unit.turn) if speaks else None
    held = labels.known.get(own or "", ())
    missing = next((key for key in wanted if key not in held), None)
    if missing is None:
        return None
    # Of an unnamed speaker each turn is told: nothing else ties them.
    return _Fault(own, missing, None if own else unit.turn)


def _is_misspelt(fault: _Fault, labels: Labels) -> bool:
    """Whether the speaker has a label that the source has not: that is told once, as such."""
    strange = labels.known.get(fault.own or "", set()) - labels.names.keys()
    return bool(fault.key and fault.key not in labels.held and strange)


def _shown(unit: Unit) -> str | None:
    """Who speaks the unit on its page: nobody speaks a note or a heading."""
    return None if unit.kind in NO_SPEAKER else unit.speaker


def _before(unit: Unit, turns: Mapping[str, Correction]) -> str | None:
    """The unit's speaker, a listed correction of it or of its turn undone."""
    own = _shown(unit)
    for at in (unit.id, unit.turn or ""):
        entry = turns.get(at)
        if entry and entry.now == (own or ""):
            own = entry.was or None
    return own


def _wrong(bitext: Bitext, fault: _Fault, units: Sequence[Unit], labels: Labels) -> Problem:
    more = f" and {len(units) - 1} more" if len(units) > 1 else ""
    right = labels.holder(fault.key)
    if fault.key and not right and fault.own in labels.known:
        return _unheld(bitext, fault, units[0], more, labels)
    return _spoken_by(bitext, fault, units, more, right, labels)


def _unheld(bitext: Bitext, fault: _Fault, unit: Unit, more: str, labels: Labels) -> Problem:
    """A label of the source that no speaker has."""
    speaker = bitext.speaker(fault.own)
    name = short(labels.names.get(fault.key, ""))
    return Problem(
        bitext.path, speaker.line if speaker else unit.line,
        f"speaker {fault.own}: the source's label at {unit.id}{more} is {name}, which no speaker has — put it into labels_zh or labels_en",
        CODE,
    )  # fmt: skip


def _spoken_by(
    bitext: Bitext, fault: _Fault, units: Sequence[Unit], more: str, right: str, labels: Labels
) -> Problem:
    """Units that another speaks than the source says, with the entries that would list them."""
    name = short(labels.names.get(fault.key, ""))
    why = f"the source's label is {name}" if fault.key else "the source has no label there"
    was = right or ("<id of the speaker before>" if fault.key else "")
    return Problem(
        bitext.path, units[0].line,
        f"{units[0].id}{more}: spoken by '{fault.own or 'nobody'}', but {why} — restore it, or list it",
        CODE, "\n".join(
            correction(at, "", was, fault.own or "", what="speaker", first=not k)
            for k, at in enumerate(_places(bitext, units))
        ),
    )  # fmt: skip


def _places(bitext: Bitext, units: Sequence[Unit]) -> list[str]:
    """Where corrections of these units' speaker belong: at their turns, or at single units."""
    wrong = {u.id for u in units}
    out = []
    for unit in units:
        turn = {u.id for u in bitext.units if u.turn == unit.turn and u.kind not in NO_SPEAKER}
        out.append(unit.turn if unit.turn and len(turn) > 1 and turn <= wrong else unit.id)
    return list(dict.fromkeys(out))


def _listed(bitext: Bitext) -> Iterator[Problem]:
    """Corrections of a speaker that are not so."""
    for c in (c for c in bitext.corrections if c.what == "speaker"):
        if c.now not in _now_at(bitext, c) or c.was == c.now:
            yield Problem(bitext.path, c.line, f"the correction at {c.at} says the speaker is now '{c.now}', which is not so — remove it, or set the speaker", CODE)  # fmt: skip


def _now_at(bitext: Bitext, c: Correction) -> set[str]:
    """Who speaks where the correction stands, and the names of the speaker of whom it is."""
    now = {_shown(u) or "" for u in bitext.units if c.at in (u.id, u.turn)}
    return now | {n for s in bitext.speakers if s.id == c.at for n in _names(s, c.lang)}


def _names(speaker: Speaker, lang: str) -> list[str]:
    return [n for n, of in ((speaker.zh, "zh"), (speaker.en, "en")) if n and lang in ("", of)]


def _shown_name(bitext: Bitext, speaker: Speaker, lang: str) -> Iterator[Problem]:
    """A name is one of the speaker's labels, unless a correction says where it is from."""
    name, labels = speaker.zh if lang == "zh" else speaker.en, _labels(speaker, lang)
    keys = {key_of(n) for n in labels}
    if not name or not labels or key_of(name) in keys:
        return
    for c in bitext.corrections:
        if (c.what, c.at, c.now) == ("speaker", speaker.id, name) and key_of(c.was) in keys:
            return
    yield Problem(
        bitext.path, speaker.line,
        f"speaker {speaker.id}: {short(name)} is none of its labels_{lang} — restore the name, or list it",
        CODE, correction(speaker.id, lang, labels[0], name, what="speaker"),
    )  # fmt: skip
