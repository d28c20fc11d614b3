"""A newer source into an edited bitext: what people changed stays, what the source changed comes in.

Three versions meet: the import of the old source (base), the bitext as people left it (ours) and
the import of the new source (theirs). Units keep their ids. Where both changed the same text, ours
stays and the conflict is listed. A language that a unit had is never lost. What cannot be told is
refused, not guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from pathlib import Path

from bitext.model import LANGS, Bitext, Problem, Refusal, Unit
from bitext.source import is_blank

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


def merge_file(path: Path, theirs: Bitext) -> tuple[Bitext, dict[str, object]]:
    """The bitext at `path` with the newer import taken in, and what changed. Raises Refusal."""
    from bitext.store import check_references, read_bitext

    ours, problems = read_bitext(path)
    if ours is not None:  # an edited text no longer fits its beads: they are found again below
        ours = replace(
            ours, units=tuple(u if _fits(u) else replace(u, beads=()) for u in ours.units)
        )
        problems = list(check_references(ours)) if _only_beads(problems) else problems
    if ours is None or problems:
        first = problems[0] if problems else None
        line, found = (first.line, first.message) if first else (1, "not a bitext")
        raise Refusal("E-BITEXT", str(path), line, found, "mend it, then merge")
    base = _import_again(path, ours)
    merged, changes = merge(base, ours, theirs, str(path))
    return replace(merged, units=tuple(_with_beads(merged.units))), changes.to_mapping()


def _only_beads(problems: Sequence[Problem]) -> bool:
    return all("the beads of" in p.message for p in problems)


def _fits(unit: Unit) -> bool:
    """Whether the unit's beads end where its texts do."""
    if not unit.beads:
        return True
    last = unit.beads[-1]
    return (last.zh_end, last.en_end) == (len(unit.zh or ""), len(unit.en or ""))


def _with_beads(units: Sequence[Unit]) -> Iterator[Unit]:
    """The units, those of which the texts changed with new beads."""
    from bitext.align.units import add_beads

    bare_units = [u for u in units if u.zh and u.en and not u.beads]
    renewed = {u.id: u for u in add_beads(bare_units)}
    for unit in units:
        yield renewed.get(unit.id, unit)


def _import_again(path: Path, ours: Bitext) -> Bitext:
    """The import of the source that lies beside the bitext: what it was before people edited it."""
    import hashlib

    from bitext import read
    from bitext.pipeline import import_source

    names = [n.strip() for n in str(ours.source.get("file") or "").split(" + ") if n.strip()]
    files = [path.parent / name for name in names]
    sums = [s.strip() for s in str(ours.source.get("sha256") or "").split(" + ")]
    there = files and all(f.is_file() for f in files)
    if not there or [hashlib.sha256(f.read_bytes()).hexdigest() for f in files] != sums:
        raise Refusal(
            "E-MERGE", str(path), 1, "the source beside this bitext is not the one it was made from",
            "put the old source back (its SHA-256 is in the bitext), then merge",
        )  # fmt: skip
    document = (
        read.read(files[0])
        if len(files) == 1
        else read.read_pair(*sorted(files, reverse=True), anyway=True)
    )
    return import_source(document, ours.slug, anyway=True).bitext


def merge(base: Bitext, ours: Bitext, theirs: Bitext, path: str = "") -> tuple[Bitext, Changes]:
    """Ours with what changed from base to theirs. Raises Refusal where the texts do not fit."""
    changes = Changes()
    found = match(base.units, theirs.units)
    _refuse_strangers(base, theirs, found, path)
    mine = {u.id: u for u in ours.units}
    of_base = {u.id: u for u in base.units}
    came_from = {new: old for old, new in found.items()}
    taken = set(mine) | set(of_base)
    units: list[Unit] = []
    renamed: dict[str, str] = {}
    before = ""
    for unit in theirs.units:
        old = came_from.get(unit.id)
        if old is None:
            id = _fresh(before, unit.id, taken)
            taken.add(id)
            units.append(replace(unit, id=id))
            changes.added.append(id)
        elif old in mine:
            id = old
            units.append(_merged(of_base[old], mine[old], unit, changes))
        else:
            continue  # people took it out
        renamed[unit.id] = before = id
    units = [replace(u, after=renamed.get(u.after, u.after)) if u.after else u for u in units]
    units = _put_back(units, base, ours, changes)
    speakers = (*ours.speakers, *_new_speakers(ours, theirs, units))
    merged = replace(
        theirs, slug=ours.slug, units=tuple(units), speakers=speakers, notes=ours.notes,
        corrections=ours.corrections, record=ours.record, path=ours.path,
        metadata=_metadata(base.metadata, ours.metadata, theirs.metadata, changes),
        source={**ours.source, **theirs.source},
    )  # fmt: skip
    return merged, changes


def bare(text: str | None) -> str:
    return "".join(c for c in text or "" if not is_blank(c))


# --- which unit is which -------------------------------------------------------------------------


def match(old: Sequence[Unit], new: Sequence[Unit]) -> dict[str, str]:
    """The ids of old units and those of the new units that they are, in the same order."""
    found: dict[str, str] = {}
    keys = [[(u.kind, bare(u.zh), bare(u.en)) for u in side] for side in (old, new)]
    for tag, a, a_end, b, b_end in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
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
    old, mine, new = base.text(lang), ours.text(lang), theirs.text(lang)
    if bare(new) == bare(old):
        if mine != old:
            changes.kept.append(ours.id)
        return mine
    if not new:
        _conflict(changes, ours.id, lang, mine, new, "the new source lacks this text; ours stays")
        return mine
    if mine == old:
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
    there = {u.id for u in out}
    of_base = {u.id: u for u in base.units}
    referred = {n.at for n in ours.notes} | {c.at for c in ours.corrections}
    for k, unit in enumerate(ours.units):
        if unit.id in there:
            continue
        old = of_base.get(unit.id)
        if old and (old.zh, old.en) == (unit.zh, unit.en) and unit.id not in referred:
            changes.removed.append(unit.id)
            continue
        if old:
            for lang in LANGS:
                if unit.text(lang):
                    _conflict(
                        changes,
                        unit.id,
                        lang,
                        unit.text(lang),
                        None,
                        "not in the new source; ours stays",
                    )
        before = next((u.id for u in reversed(ours.units[:k]) if u.id in there), None)
        at = next((n + 1 for n, u in enumerate(out) if u.id == before), 0)
        out.insert(at, unit)
        there.add(unit.id)
        changes.kept.append(unit.id)
    return out


def _new_speakers(ours: Bitext, theirs: Bitext, units: Sequence[Unit]) -> list:
    known = {s.id for s in ours.speakers}
    used = {u.speaker for u in units}
    return [s for s in theirs.speakers if s.id not in known and s.id in used]


def _metadata(
    base: Mapping[str, str], ours: Mapping[str, str], theirs: Mapping[str, str], changes: Changes
) -> dict[str, str]:
    """Ours, with the fields that only the source changed."""
    out = dict(ours)
    for key in {**base, **theirs}:
        if ours.get(key) == base.get(key):
            if key in theirs:
                out[key] = theirs[key]
        elif key in theirs and theirs[key] not in (base.get(key), ours.get(key)):
            _conflict(
                changes,
                f"metadata.{key}",
                "",
                ours.get(key),
                theirs[key],
                "both were changed; ours stays",
            )
    return out
