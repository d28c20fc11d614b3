"""data/transcripts/<slug>/bitext.yml <-> Bitext: the one file an editor corrects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bitext import yaml_lines
from bitext.model import (  # fmt: skip
    BITEXT_VERSION,
    KINDS,
    LANGS,
    Bitext,
    Correction,
    Dropped,
    Ledger,
    Note,
    Problem,
    SentenceBead,
    Speaker,
    Unit,
)

HEADER = """\
# A bitext: one transcript in both languages, unit beside unit. Correct it here and nowhere else;
# then run `bitext build`. Ids are addresses that readers cite: never renumber them, give a later
# insertion a new one (s4p2a). The source's words stay as they are; a change to them is listed
# under `corrections`. `beads` are sentence pairs (end in zh, end in en, confidence).
"""

# What each record may hold: key -> the types allowed. Every key is optional unless in NEEDED.
TOP = {
    "version": int, "slug": str, "layout": str, "truncated": bool, "metadata": Mapping,
    "record": Mapping, "source": Mapping, "speakers": list, "units": list, "notes": list,
    "corrections": list, "dropped": list, "repairs": Mapping, "ledger": Mapping,
}  # fmt: skip
SPEAKER = {
    "id": str, "zh": str, "en": str, "labels_zh": list, "labels_en": list, "person": str,
    "role_zh": str, "role_en": str,
}  # fmt: skip
UNIT = {
    "id": str, "kind": str, "turn": str, "speaker": str, "level": int, "after": str,
    "formerly": list, "original": str, "zh": str, "en": str, "zh_lines": list, "en_lines": list,
    "confidence": (int, float), "review": list, "beads": list,
}  # fmt: skip
NOTE = {"id": str, "at": str, "kind": str, "quote": Mapping, "zh": str, "en": str, "sources": list}
CORRECTION = {
    "at": str, "date": str, "lang": str, "old": str, "new": str, "why_zh": str, "why_en": str,
    "by": str,
}  # fmt: skip
DROPPED = {"text": str, "reason": str, "line": int}
NEEDED = {
    "unit": ("id", "kind"), "speaker": ("id",), "note": ("id", "at", "kind", "zh", "en"),
    "correction": ("at", "date", "lang", "old", "new", "why_zh", "why_en"),
    "dropped": ("text", "reason"),
}  # fmt: skip
NOTE_KINDS = ("editor", "divergence", "sic")
#: What only an editor can say; `zh`/`en` below a key where it is words.
RECORD_KEYS = (
    "kind", "event", "date", "date_local", "date_beijing", "place", "spoken", "translation",
    "found", "rights", "title", "title_by", "summary", "published",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Library:
    """All transcripts, in order of their date, newest first, then slug."""

    bitexts: tuple[Bitext, ...]
    problems: tuple[Problem, ...]


def load_library(root: Path) -> Library:
    """The bitexts of data/transcripts below `root`, and what is wrong with them, all at once."""
    bitexts, problems = [], []
    for path in sorted((root / "data" / "transcripts").glob("[!.]*/bitext.yml")):
        bitext, found = read_bitext(path, root)
        problems += found
        if bitext:
            bitexts.append(bitext)
    bitexts.sort(key=lambda b: b.slug)
    bitexts.sort(key=day_of, reverse=True)
    return Library(tuple(bitexts), tuple(problems))


def day_of(bitext: Bitext) -> str:
    """The ISO date by which a text is listed: the event's own, else the source's; '' without."""
    return str(bitext.record.get("date_local") or bitext.metadata.get("date") or "")


def read_bitext(path: Path, root: Path | None = None) -> tuple[Bitext | None, list[Problem]]:
    """The bitext of a file, and its problems; None where the file cannot be read as one at all."""
    shown = str(path.relative_to(root)) if root and path.is_relative_to(root) else str(path)
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return None, [Problem(shown, 0, "no such file")]
    except UnicodeDecodeError as error:
        return None, [Problem(shown, 1, f"not UTF-8 (byte {error.start}); save it as UTF-8")]
    return parse_bitext(text, shown, path.parent.name)


def parse_bitext(text: str, path: str, slug: str = "") -> tuple[Bitext | None, list[Problem]]:
    """As `read_bitext`, from the file's text."""
    value, problems = yaml_lines.load(text, path)
    if not isinstance(value, yaml_lines.Map):
        return None, problems or [Problem(path, 1, "not a bitext: a mapping was expected")]
    problems += _check_keys(value, TOP, "bitext", path)
    if value.get("version") != BITEXT_VERSION:
        problems.append(
            Problem(path, value.at("version"), f"version is {value.get('version')!r}; this program reads {BITEXT_VERSION}")
        )  # fmt: skip
        return None, problems
    rows = {name: list(_rows(value, name, spec, path, problems)) for name, spec in ROWS.items()}
    ledger = value.get("ledger")
    bitext = Bitext(
        slug=str(value.get("slug") or slug),
        metadata={k: str(v) for k, v in _mapping(value, "metadata").items() if v is not None},
        record=_mapping(value, "record"),
        source=_mapping(value, "source"),
        repairs=_mapping(value, "repairs"),
        truncated=bool(value.get("truncated")),
        layout=str(value.get("layout") or ""),
        speakers=tuple(_speaker(row) for row in rows["speakers"]),
        units=tuple(_unit(row, path, problems) for row in rows["units"]),
        notes=tuple(_note(row) for row in rows["notes"]),
        corrections=tuple(_correction(row) for row in rows["corrections"]),
        dropped=tuple(
            Dropped(row["text"], row["reason"], row.get("line") or 0) for row in rows["dropped"]
        ),
        ledger=_ledger(ledger) if isinstance(ledger, Mapping) else None,
        path=path,
    )
    problems += check_references(bitext)
    return bitext, problems


ROWS = {
    "speakers": ("speaker", SPEAKER), "units": ("unit", UNIT), "notes": ("note", NOTE),
    "corrections": ("correction", CORRECTION), "dropped": ("dropped", DROPPED),
}  # fmt: skip


def _mapping(value: Mapping, key: str) -> Mapping:
    item = value.get(key)
    return item if isinstance(item, Mapping) else {}


def _rows(value, key, spec, path, problems) -> Iterator[yaml_lines.Map]:
    name, keys = spec
    rows = value.get(key) or []
    for row in rows if isinstance(rows, list) else []:
        if not isinstance(row, yaml_lines.Map):
            problems.append(Problem(path, value.at(key), f"{key}: each {name} is a mapping"))
            continue
        problems += _check_keys(row, keys, name, path)
        for bad in [k for k, v in row.items() if not _has_form(v, keys.get(k))]:
            del row[bad]  # reported; the rest of the row can still be used
        if all(row.get(k) is not None for k in NEEDED[name]):
            yield row


def _check_keys(row: yaml_lines.Map, keys: Mapping, name: str, path: str) -> Iterator[Problem]:
    for key, item in row.items():
        if key not in keys:
            yield Problem(path, row.at(key), f"unknown key '{key}' in a {name}; known: {', '.join(keys)}")  # fmt: skip
        elif not _has_form(item, keys[key]):
            yield Problem(path, row.at(key), f"'{key}' of a {name} has the wrong form: {str(item)[:40]!r}; put text in quotes")  # fmt: skip
    for key in NEEDED.get(name, ()):
        if row.get(key) is None:
            yield Problem(path, row.line, f"a {name} needs '{key}'")


def _has_form(item: object, form: type | tuple[type, ...] | None) -> bool:
    if item is None or form is None:
        return form is not None
    return isinstance(item, form) and (form is bool or not isinstance(item, bool))


def _text(row: Mapping, key: str) -> str | None:
    """A text, or None where there is none; an empty text is none."""
    item = row.get(key)
    return str(item) if item not in (None, "") else None


def _speaker(row: yaml_lines.Map) -> Speaker:
    return Speaker(
        id=str(row["id"]), zh=_text(row, "zh"), en=_text(row, "en"),
        labels_zh=tuple(map(str, row.get("labels_zh") or ())),
        labels_en=tuple(map(str, row.get("labels_en") or ())),
        person=_text(row, "person"), role_zh=_text(row, "role_zh"), role_en=_text(row, "role_en"),
        line=row.line,
    )  # fmt: skip


def _unit(row: yaml_lines.Map, path: str, problems: list[Problem]) -> Unit:
    beads, spans = [], {}
    for bead in row.get("beads") or ():
        if (
            isinstance(bead, list)
            and len(bead) == 3
            and all(isinstance(n, int | float) for n in bead)
        ):
            beads.append(SentenceBead(int(bead[0]), int(bead[1]), float(bead[2])))
        else:
            problems.append(
                Problem(path, row.at("beads"), "a bead is [end in zh, end in en, confidence]")
            )
            beads = []
            break
    for lang in LANGS:
        lines = row.get(f"{lang}_lines")
        ok = isinstance(lines, list) and len(lines) == 2 and all(isinstance(n, int) for n in lines)
        spans[lang] = tuple(lines) if ok else None
        if lines and not ok:
            problems.append(
                Problem(path, row.at(f"{lang}_lines"), f"{lang}_lines is [first, last]")
            )
    return Unit(
        id=str(row["id"]), kind=str(row["kind"]), zh=_text(row, "zh"), en=_text(row, "en"),
        speaker=_text(row, "speaker"), turn=_text(row, "turn"), level=int(row.get("level") or 0),
        after=_text(row, "after"), formerly=tuple(map(str, row.get("formerly") or ())),
        original=_text(row, "original"),
        confidence=row.get("confidence"), review=tuple(map(str, row.get("review") or ())),
        beads=tuple(beads), zh_span=spans["zh"], en_span=spans["en"], line=row.line,
    )  # fmt: skip


def _note(row: yaml_lines.Map) -> Note:
    quote = row.get("quote") or {}
    sources = [s for s in row.get("sources") or () if isinstance(s, Mapping)]
    return Note(
        id=str(row["id"]), at=str(row["at"]), kind=str(row["kind"]), zh=row["zh"], en=row["en"],
        quote_zh=quote.get("zh"), quote_en=quote.get("en"),
        sources=tuple((str(s.get("title") or ""), str(s.get("url") or "")) for s in sources),
        line=row.line,
    )  # fmt: skip


def _correction(row: yaml_lines.Map) -> Correction:
    return Correction(**{k: str(v) for k, v in row.items() if k in CORRECTION}, line=row.line)


def _ledger(row: Mapping) -> Ledger:
    names = ("total", "units", "labels", "notes", "metadata", "dropped")
    return Ledger(*(row.get(n) if isinstance(row.get(n), int) else 0 for n in names))


def check_references(bitext: Bitext) -> Iterator[Problem]:
    """What inside one bitext does not fit together."""
    path = bitext.path
    ids: dict[str, int] = {}
    speakers = {s.id for s in bitext.speakers}
    for unit in bitext.units:
        if unit.id in ids:
            yield Problem(path, unit.line, f"the id '{unit.id}' stands already at line {ids[unit.id]}; give this unit one of its own")  # fmt: skip
        ids.setdefault(unit.id, unit.line)
        if unit.kind not in KINDS:
            yield Problem(
                path, unit.line, f"unknown kind '{unit.kind}'; kinds are {', '.join(KINDS)}"
            )
        if unit.zh is None and unit.en is None:
            yield Problem(path, unit.line, f"unit {unit.id} has no text in either language; remove it or give it one")  # fmt: skip
        if unit.speaker and unit.speaker not in speakers:
            yield Problem(path, unit.line, f"unknown speaker '{unit.speaker}'; speakers are {', '.join(sorted(speakers))}")  # fmt: skip
        if unit.original not in (None, *LANGS):
            yield Problem(path, unit.line, f"original is '{unit.original}'; it is zh or en")
        if unit.beads and not _beads_fit(unit):
            yield Problem(path, unit.line, f"the beads of {unit.id} no longer fit its texts; run `bitext realign {bitext.slug}`")  # fmt: skip
    for unit in bitext.units:
        for old in unit.formerly:
            if old in ids:
                yield Problem(path, unit.line, f"unit {unit.id} was formerly '{old}', which is another unit's id")  # fmt: skip
        if unit.after and unit.after not in ids:
            yield Problem(
                path, unit.line, f"unit {unit.id} stands after '{unit.after}', which is no unit"
            )
    for note in bitext.notes:
        if note.at not in ids:
            yield Problem(path, note.line, f"note {note.id} is at '{note.at}', which is no unit")
            continue
        if note.kind not in NOTE_KINDS:
            yield Problem(path, note.line, f"note {note.id}: kind '{note.kind}'; kinds are {', '.join(NOTE_KINDS)}")  # fmt: skip
        unit = next(u for u in bitext.units if u.id == note.at)
        for lang, quote in (("zh", note.quote_zh), ("en", note.quote_en)):
            if quote and quote not in (unit.text(lang) or ""):
                yield Problem(path, note.line, f"note {note.id} quotes {quote[:30]!r}, which does not stand in the {lang} text of {note.at}")  # fmt: skip
    for correction in bitext.corrections:
        if correction.at not in ids:
            yield Problem(path, correction.line, f"a correction is at '{correction.at}', which is no unit")  # fmt: skip
        elif correction.lang not in LANGS:
            yield Problem(path, correction.line, f"a correction's lang is zh or en, not '{correction.lang}'")  # fmt: skip


def _beads_fit(unit: Unit) -> bool:
    ends = [(b.zh_end, b.en_end) for b in unit.beads]
    return ends == sorted(ends) and ends[-1] == (len(unit.zh or ""), len(unit.en or ""))


# --- out ---------------------------------------------------------------------------------------


def _without_empty(record: Mapping[str, object]) -> dict[str, object]:
    return {k: v for k, v in record.items() if v not in (None, "", 0, [], {}, ())}


def to_mapping(bitext: Bitext) -> dict[str, object]:
    """The bitext as plain values, in the order and under the keys of bitext.yml."""
    ledger = bitext.ledger
    out = {
        "version": BITEXT_VERSION,
        "slug": bitext.slug,
        "layout": bitext.layout,
        "truncated": bitext.truncated or None,
        "metadata": dict(bitext.metadata),
        "record": bitext.record,
        "source": bitext.source,
        "speakers": [_speaker_row(s) for s in bitext.speakers],
        "units": [_unit_row(u) for u in bitext.units],
        "notes": [_note_row(n) for n in bitext.notes],
        "corrections": [
            _without_empty({k: getattr(c, k) for k in CORRECTION}) for c in bitext.corrections
        ],
        "dropped": [
            {"text": d.text, "reason": d.reason, "line": d.line} for d in bitext.dropped
        ],
        "repairs": dict(bitext.repairs),
        "ledger": None if ledger is None else {
            name: getattr(ledger, name)
            for name in ("total", "units", "labels", "notes", "metadata", "dropped")
        },
    }  # fmt: skip
    return {k: v for k, v in out.items() if v not in (None, "", [], {})}


def _speaker_row(s: Speaker) -> dict[str, object]:
    row = {k: getattr(s, k) for k in SPEAKER}
    row["labels_zh"], row["labels_en"] = list(s.labels_zh), list(s.labels_en)
    return _without_empty(row)


def _unit_row(u: Unit) -> dict[str, object]:
    row = {
        "id": u.id, "kind": u.kind, "turn": u.turn, "speaker": u.speaker, "level": u.level,
        "after": u.after, "formerly": list(u.formerly), "original": u.original,
    }  # fmt: skip
    row = _without_empty(row) | {"zh": u.zh, "en": u.en}
    row |= {
        "zh_lines": list(u.zh_span or ()) or None,
        "en_lines": list(u.en_span or ()) or None,
        "confidence": None if u.confidence is None else round(u.confidence, 3),
        "review": list(u.review) or None,
        "beads": [[b.zh_end, b.en_end, round(b.posterior, 3)] for b in u.beads] or None,
    }
    return {k: v for k, v in row.items() if v is not None or k in LANGS}


def _note_row(n: Note) -> dict[str, object]:
    return _without_empty({
        "id": n.id, "at": n.at, "kind": n.kind,
        "quote": _without_empty({"zh": n.quote_zh, "en": n.quote_en}),
        "zh": n.zh, "en": n.en,
        "sources": [_without_empty({"title": t, "url": u}) for t, u in n.sources],
    })  # fmt: skip


def dump_bitext(bitext: Bitext) -> str:
    """The text of bitext.yml; `parse_bitext` gives the same bitext back."""
    return HEADER + "\n".join(yaml_lines.dump(to_mapping(bitext))) + "\n"
