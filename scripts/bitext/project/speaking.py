"""A bitext and its source -> the turns whose speaker is not the one that the source's labels name.

`labels_zh` and `labels_en` of a speaker are the labels as the source spells them. Each must be in the
source, and a unit's speaker must have the label that stands before its turn there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

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


def speaking(bitext: Bitext, record: Record, source: Visible, sides: Sequence[Side]) -> Iterator[Problem]:  # fmt: skip
    """Turns that another speaks than the source says, and labels and names that it has not."""
    said = [names_of(label, source) for label in record.labels]
    labels = [tuple(map(key_of, names)) for names in said]
    known = {s.id: {key_of(n) for lang in LANGS for n in _labels(s, lang)} for s in bitext.speakers}
    there = {key for keys in labels for key in keys}
    yield from _units(bitext, said, labels, known, _imported(sides))
    yield from _listed(bitext)
    yield from _persons(bitext, record, there)
    for speaker in bitext.speakers:
        for lang in LANGS:
            wrong = [name for name in _labels(speaker, lang) if key_of(name) not in there]
            for name in wrong:
                yield Problem(bitext.path, speaker.line, f"speaker {speaker.id}: the source has no label {short(name)}{_lost(said, known)} — labels_{lang} holds the labels as the source spells them", CODE)  # fmt: skip
            if not wrong and not _lacks(labels, known, _labels(speaker, lang)):
                yield from _shown_name(bitext, speaker, lang)


def _persons(bitext: Bitext, record: Record, there: set[str]) -> Iterator[Problem]:
    """Speakers who hold labels that the import did not take for one person's, or those of another."""
    groups = [{key_of(name) for name in names} for names in record.speakers]
    taken: dict[int, Speaker] = {}
    for speaker in bitext.speakers:
        listed = {key_of(c.was) for c in bitext.corrections if (c.what, c.at) == ("speaker", speaker.id)}  # fmt: skip
        labels = [(name, lang) for lang in LANGS for name in _labels(speaker, lang)]
        own = {key for name, _ in labels if (key := key_of(name)) in there and key not in listed}
        if not own or not groups:
            continue
        name = {key_of(n) for n in _names(speaker, "")}
        best = max(range(len(groups)), key=lambda k: (len(own & groups[k]), k not in taken, len(name & groups[k])))  # fmt: skip
        other = taken.setdefault(best, speaker)
        for label, lang in labels:
            if other is not speaker and key_of(label) in own:
                yield Problem(bitext.path, speaker.line, f"speaker {speaker.id}: the label {short(label)} is that of {other.id} — take it out, and list each turn that {speaker.id} speaks", CODE)  # fmt: skip
                break
            if key_of(label) in own - groups[best]:
                shown = (speaker.zh if lang == "zh" else speaker.en) or ""
                yield Problem(bitext.path, speaker.line, f"speaker {speaker.id}: the label {short(label)} was not this person's in the import — take it out, or list it", CODE, correction(speaker.id, lang, label, shown, what="speaker"))  # fmt: skip


def _lost(said: Sequence[tuple[str, ...]], known: Mapping[str, set[str]]) -> str:
    """The labels of the source that no speaker has, as a part of a sentence."""
    held = {key for keys in known.values() for key in keys}
    names = dict.fromkeys(n for spelt in said for n in spelt if key_of(n) not in held)
    return ", but " + ", ".join(short(AROUND.sub("", n)) for n in names) if names else ""


def _lacks(
    labels: Sequence[tuple[str, ...]], known: Mapping[str, set[str]], own: Sequence[str]
) -> bool:
    """Whether a speaker with labels has lost one: some label of the source is no speaker's."""
    held = {key for keys in known.values() for key in keys}
    return bool(own) and any(key not in held for keys in labels for key in keys)


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


def _units(
    bitext: Bitext,
    said: Sequence[tuple[str, ...]],
    labels: Sequence[tuple[str, ...]],
    known: Mapping[str, set[str]],
    imported: Mapping[str, Sequence[UnitRecord]],
) -> Iterator[Problem]:
    """One problem for each speaker and label that do not belong together."""
    turns = {c.at: c for c in bitext.corrections if c.what == "speaker"}
    wrong: dict[tuple[str | None, str, str | None], list[Unit]] = {}
    for unit in bitext.units:
        rows = imported.get(unit.id)
        if not rows:
            continue
        own = _before(unit, turns)
        wanted = [key for row in rows for k in row.labels if k < len(labels) for key in labels[k]]
        if unit.kind in NO_SPEAKER and not wanted:
            continue
        missing = next((key for key in wanted if key not in known.get(own or "", ())), None)
        if missing is not None:  # of an unnamed speaker each turn is told: nothing else ties them
            wrong.setdefault((own, missing, None if own else unit.turn), []).append(unit)
        elif not wanted and own is not None:
            wrong.setdefault((own, "", unit.turn), []).append(unit)
    names = {key: name for keys, spelt in zip(labels, said, strict=True) for key, name in zip(keys, spelt, strict=True)}  # fmt: skip
    held = {key for keys in known.values() for key in keys}
    there = set(names)
    for (own, key, _), units in wrong.items():
        # A label that was misspelt is told once, as what the source has not.
        if key and key not in held and own and known.get(own, set()) - there:
            continue
        yield _wrong(bitext, own, key, names.get(key, ""), units, known)


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


def _wrong(
    bitext: Bitext,
    own: str | None,
    key: str,
    name: str,
    units: Sequence[Unit],
    known: Mapping[str, set[str]],
) -> Problem:
    unit, more = units[0], f" and {len(units) - 1} more" if len(units) > 1 else ""
    right = next((id for id, held in known.items() if key in held), "")
    if key and not right and own in known:
        speaker = bitext.speaker(own)
        return Problem(
            bitext.path, speaker.line if speaker else unit.line,
            f"speaker {own}: the source's label at {unit.id}{more} is {short(name)}, which no speaker has — put it into labels_zh or labels_en",
            CODE,
        )  # fmt: skip
    why = f"the source's label is {short(name)}" if key else "the source has no label there"
    was = right or ("<id of the speaker before>" if key else "")
    return Problem(
        bitext.path, unit.line,
        f"{unit.id}{more}: spoken by '{own or 'nobody'}', but {why} — restore it, or list it",
        CODE, "\n".join(
            correction(at, "", was, own or "", what="speaker", first=not k)
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
    for c in bitext.corrections:
        if c.what != "speaker":
            continue
        now = {_shown(u) or "" for u in bitext.units if c.at in (u.id, u.turn)}
        now |= {n for s in bitext.speakers if s.id == c.at for n in _names(s, c.lang)}
        if c.now not in now or c.was == c.now:
            yield Problem(bitext.path, c.line, f"the correction at {c.at} says the speaker is now '{c.now}', which is not so — remove it, or set the speaker", CODE)  # fmt: skip


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
