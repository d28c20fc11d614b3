"""A newer source into an edited bitext: people's edits stay, changes of the source come in.

Three versions are compared: the import of the old source (base), the edited bitext (ours) and the
import of the new source (theirs). Units keep their ids. Where both changed the same text, ours stays
and the conflict is listed. A language that a unit had is never lost. Where it is not clear which unit
is which, the merge is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from pathlib import Path

from bitext.library.imports import Record
from bitext.library.patch import patched
from bitext.library.store import entry_of
from bitext.library.yaml_lines import decoded
from bitext.model import LANGS, Bitext, Problem, Refusal, Unit
from bitext.project.project import source_of
from bitext.project.verify import bare
from bitext.project.visible import Visible

#: Of the old units at least so many must be found again; else it is another text.
LEAST_FOUND = 0.6
#: How alike two texts must be to be one unit in two versions.
ALIKE = 0.6
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(slots=True)
class Changes:
    """What a merge did, by unit id; `conflicts` are for a person."""

    updated: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # people's edits
    conflicts: list[dict[str, str]] = field(default_factory=list)

    def to_mapping(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge gives: the new text of bitext.yml, what it says, and the record that goes with it."""

    text: str
    bitext: Bitext
    record: Record
    changes: Changes


def merge_file(
    path: Path, before: bytes, theirs: Bitext, record: Record, source: Visible
) -> Merged:
    """The bitext at `path` with the newer import taken in; only lines that change are written anew.

    `before` are the bytes that were read there: the file itself may change meanwhile. `record` and
    `source` are those of the new import; the old ones stand beside the bitext, so the old source is not
    imported again. Raises Refusal.
    """
    text, problems = decoded(before, str(path))
    ours, old = None, None
    if text is not None:
        ours, old, problems = entry_of(text, path, str(path))
    if text is None or ours is None or old is None or problems:
        first = problems[0] if problems else Problem(str(path), 1, "not a bitext")
        raise Refusal("E-BITEXT", first.path, first.line, first.message, "mend it, then merge")
    was, why, faults = source_of(old, path.parent, str(path.parent))
    if was is None or faults:
        found = faults[0].message if faults else why
        raise Refusal("E-MERGE", str(path), 1, f"the source beside this bitext is not the one it was made from: {found}", "put the old source back, then merge")  # fmt: skip
    base = replace(ours, units=tuple(_received(old, was)), metadata=_read_as(old, was))
    said = _read_as(record, source)
    merged, names, changes = merge(base, ours, replace(theirs, metadata=dict(theirs.metadata)), said, str(path))  # fmt: skip
    merged = replace(merged, units=tuple(_with_beads(merged.units)))
    rows = tuple(replace(row, id=names.get(row.id, row.id)) for row in record.units)
    return Merged(patched(text, ours, merged), merged, replace(record, units=rows), changes)


def _received(record: Record, source: Visible) -> Iterator[Unit]:
    """The units as the source has them, without white space."""
    for row in record.units:
        texts = {
            lang: "".join([source.text[a:b] for a, b in side.at]) or None
            for lang in LANGS
            if (side := row.side(lang))
        }
        yield Unit(row.id, "para", texts.get("zh"), texts.get("en"))


def _read_as(record: Record, source: Visible) -> dict[str, str]:
    """What of the source was read as metadata, by key, without white space."""
    out: dict[str, str] = {}
    for item in record.left_out:
        if item.key:
            out[item.key] = out.get(item.key, "") + "".join([source.text[a:b] for a, b in item.at])
    return out


def _with_beads(units: Sequence[Unit]) -> Iterator[Unit]:
    """The units, those of which the texts changed with new beads."""
    from bitext.align.units import add_beads

    bare_units = [u for u in units if u.zh and u.en and not u.beads]
    renewed = {u.id: u for u in add_beads(bare_units)}
    for unit in units:
        yield renewed.get(unit.id, unit)


def merge(
    base: Bitext,
    ours: Bitext,
    theirs: Bitext,
    said: Mapping[str, str] | None = None,
    path: str = "",
) -> tuple[Bitext, dict[str, str], Changes]:
    """Ours with what changed from base to theirs, and for each unit of theirs the id that it has now.

    The texts and the metadata of `base` are the old source's own, `said` is what the new source
    says as metadata; all three without white space. Raises Refusal where the texts do not fit.
    """
    changes = Changes()
    found = match(base.units, theirs.units)
    _refuse_strangers(base, theirs, found, path)
    units, names = _in_their_order(base, ours, theirs, found, changes)
    kept = {u.id for u in ours.units}
    units = [u if u.id in kept else _behind(u, names) for u in units]
    units = _put_back(units, base, ours, changes)
    speakers = (*ours.speakers, *_new_speakers(ours, theirs, units))
    merged = replace(
        ours, units=tuple(units), speakers=speakers,
        metadata=_metadata(base.metadata, ours.metadata, theirs.metadata, said or {}, changes),
    )  # fmt: skip
    return merged, names, changes


def _in_their_order(
    base: Bitext, ours: Bitext, theirs: Bitext, found: Mapping[str, str], changes: Changes
) -> tuple[list[Unit], dict[str, str]]:
    """The units of the new import, merged with ours, and the id that each has now."""
    mine, of_base = ({u.id: u for u in side.units} for side in (ours, base))
    came_from = {new: old for old, new in found.items()}
    turns = _turns(
        theirs.units, {new: mine[old] for new, old in came_from.items() if old in mine}, ours
    )
    taken = set(mine) | set(of_base)
    units: list[Unit] = []
    names: dict[str, str] = {}
    before = ""
    for unit in theirs.units:
        old = came_from.get(unit.id)
        if old is None:
            id = _fresh(before, unit.id, taken)
            taken.add(id)
            units.append(replace(unit, id=id, turn=turns.get(unit.turn or "")))
            changes.added.append(id)
        elif old in mine:
            id = old
            units.append(_merged(of_base[old], mine[old], unit, changes))
        else:
            names[unit.id] = old
            continue  # people took it out
        names[unit.id] = before = id
    return units, names


def _behind(unit: Unit, names: Mapping[str, str]) -> Unit:
    """A new unit, behind the one that it follows under the id that this has now."""
    return replace(unit, after=names.get(unit.after, unit.after)) if unit.after else unit


def _turns(theirs: Sequence[Unit], found: Mapping[str, Unit], ours: Bitext) -> dict[str, str]:
    """For each turn of the new import its id: ours where it is there, else one that is free."""
    known = [(u.turn, found[u.id].turn) for u in theirs if u.turn and u.id in found]
    out = {turn: own for turn, own in known if own}
    taken = {u.turn for u in ours.units if u.turn}
    before = ""
    for unit in theirs:
        if unit.turn and unit.turn not in out:
            out[unit.turn] = _fresh(before, unit.turn, taken)
            taken.add(out[unit.turn])
        before = out.get(unit.turn or "", before)
    return out


# --- which unit is which -------------------------------------------------------------------------


def match(old: Sequence[Unit], new: Sequence[Unit]) -> dict[str, str]:
    """The ids of old units and those of the new units that they are, in the same order."""
    found: dict[str, str] = {}
    was, now = ([(bare(u.zh), bare(u.en)) for u in side] for side in (old, new))
    for tag, a, a_end, b, b_end in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal":
            found.update((old[a + k].id, new[b + k].id) for k in range(a_end - a))
        elif tag == "replace":
            found.update(_alike(old[a:a_end], new[b:b_end]))
    return found


def _alike(old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[tuple[str, str]]:
    """Units that changed but are clearly the same, in order."""
    start = 0
    for unit in old:
        values = [_likeness(unit, other) for other in new[start:]]
        best = max(range(len(values)), key=values.__getitem__, default=None)
        if best is not None and values[best] >= ALIKE:
            yield unit.id, new[start + best].id
            start += best + 1


def _likeness(a: Unit, b: Unit) -> float:
    """How alike two units are: by the language in which they are more so."""
    ratios = [
        SequenceMatcher(None, bare(a.text(lang)), bare(b.text(lang)), autojunk=False).ratio()
        for lang in LANGS
        if a.text(lang) and b.text(lang)
    ]
    return max(ratios, default=0.0)


def _refuse_strangers(base: Bitext, theirs: Bitext, found: Mapping[str, str], path: str) -> None:
    for lang, name in zip(LANGS, ("Chinese", "English"), strict=True):
        had = sum(bool(u.text(lang)) for u in base.units)
        has = sum(bool(u.text(lang)) for u in theirs.units)
        if had and has * 2 < had:
            raise Refusal(
                "E-MERGE", path, 1, f"the new source has {has} of {had} units in {name}",
                "a language would be lost; check that the source is whole",
            )  # fmt: skip
    if len(found) < LEAST_FOUND * len(base.units):
        raise Refusal(
            "E-MERGE", path, 1, f"only {len(found)} of {len(base.units)} units are found again",
            "this is another text: import it under a --slug of its own",
        )  # fmt: skip


def _fresh(before: str, own: str, taken: set[str]) -> str:
    """An id for a new unit: its own if that is free, else the one before it with a letter."""
    if not before and own not in taken:
        return own
    stem = before or own
    for suffix in (*LETTERS, *(a + b for a in LETTERS for b in LETTERS)):
        if f"{stem}{suffix}" not in taken:
            return f"{stem}{suffix}"
    raise ValueError(f"no id left after {stem}")


# --- one unit ------------------------------------------------------------------------------------


def _merged(base: Unit, ours: Unit, theirs: Unit, changes: Changes) -> Unit:
    """Our unit with the texts that only the source changed."""
    texts = {lang: _text(base, ours, theirs, lang, changes) for lang in LANGS}
    if texts == {lang: ours.text(lang) for lang in LANGS}:
        return ours
    same = texts == {lang: theirs.text(lang) for lang in LANGS}
    changes.updated.append(ours.id)
    return replace(
        ours, zh=texts["zh"], en=texts["en"], beads=theirs.beads if same else (),
        confidence=theirs.confidence if same else ours.confidence,
        review=theirs.review if same else ours.review, zh_span=theirs.zh_span, en_span=theirs.en_span,
    )  # fmt: skip


def _text(base: Unit, ours: Unit, theirs: Unit, lang: str, changes: Changes) -> str | None:
    old, mine, new = bare(base.text(lang)), ours.text(lang), theirs.text(lang)
    if bare(new) == old:
        if bare(mine) != old:
            changes.kept.append(ours.id)
        return mine
    if not new:
        _conflict(changes, ours.id, lang, mine, new, "the new source lacks this text; ours stays")
        return mine
    if bare(mine) == old:
        return new
    if bare(mine) != bare(new):
        _conflict(changes, ours.id, lang, mine, new, "both were changed; ours stays")
    return mine


def _conflict(
    changes: Changes, id: str, lang: str, ours: str | None, theirs: str | None, why: str
) -> None:
    changes.conflicts.append(
        {"id": id, "lang": lang, "ours": ours or "", "theirs": theirs or "", "why": why}
    )


def _put_back(units: list[Unit], base: Bitext, ours: Bitext, changes: Changes) -> list[Unit]:
    """The units with those that only the bitext has: people's own, edited, or referred to."""
    out = list(units)
    of_base = {u.id: u for u in base.units}
    referred = {n.at for n in ours.notes} | {c.at for c in ours.corrections}
    found = {u.id for u in units}
    for k, unit in enumerate(ours.units):
        if unit.id in found:
            continue
        old = of_base.get(unit.id)
        if old and unit.id not in referred and _is_as_received(unit, old):
            changes.removed.append(unit.id)
            continue
        if old:
            _tell_missing(unit, changes)
        out.insert(_behind_last(out, ours.units[:k]), unit)
        changes.kept.append(unit.id)
    return out


def _tell_missing(unit: Unit, changes: Changes) -> None:
    """A unit that people edited and the new source has not: each of its texts is a conflict."""
    for lang in LANGS:
        if text := unit.text(lang):
            _conflict(changes, unit.id, lang, text, None, "not in the new source; ours stays")


def _behind_last(units: Sequence[Unit], before: Sequence[Unit]) -> int:
    """The place behind the last of `before` that is among the units; 0 where none is."""
    places = {u.id: n for n, u in enumerate(units)}
    return next((places[u.id] + 1 for u in reversed(before) if u.id in places), 0)


def _is_as_received(unit: Unit, old: Unit) -> bool:
    """Whether a unit has the texts of the old source, white space apart."""
    return all(bare(unit.text(lang)) == bare(old.text(lang)) for lang in LANGS)


def _new_speakers(ours: Bitext, theirs: Bitext, units: Sequence[Unit]) -> list:
    known = {s.id for s in ours.speakers}
    used = {u.speaker for u in units}
    return [s for s in theirs.speakers if s.id not in known and s.id in used]


def _metadata(
    old: Mapping[str, str],
    ours: Mapping[str, str],
    theirs: Mapping[str, str],
    said: Mapping[str, str],
    changes: Changes,
) -> dict[str, str]:
    """Ours, with the fields that only the source changed.

    A field of ours that stands in what the old source says was left as it was read.
    """
    out = dict(ours)
    for key, value in theirs.items():
        mine = ours.get(key)
        if mine == value or (key in said and said.get(key) == old.get(key)):
            continue
        if mine is None or bare(mine) in bare(old.get(key)):
            out[key] = value
        elif key in said:
            _conflict(changes, f"metadata.{key}", "", mine, value, "both were changed; ours stays")
    return out
