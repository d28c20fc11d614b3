"""import.json <-> Record: what the program measured when it imported a source. Never edited by hand.

It says where in the source each unit, label and left-out text stands, how sure the pairing is, and
a digest of each text's white space. What can be computed from these, the source and bitext.yml
is not in it. A place is a half-open span of the source's visible characters, counted from 0 as
`project/visible.py` reads them; white space has no place.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from bitext.doubts import is_doubt
from bitext.model import Doubt, Problem

RECORD_VERSION = 1
NAME = "import.json"
Place = tuple[tuple[int, int], ...]
FILE_KEYS = ("name", "sha256", "reader", "encoding")


@dataclass(frozen=True, slots=True)
class SideRecord:
    """One text of a unit as it was imported: where it stands, and a digest of it as joined text.

    `gaps` are those that do not follow from the source's white space (project/spaces.py), by the
    number of the visible character behind them. `text` is the text itself, where the proof's reader
    does not find it in the source; then `at` is empty.
    """

    at: Place
    digest: str
    gaps: tuple[tuple[int, str], ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """One unit as it was imported. `beads` are the posteriors of its lines, in order."""

    id: str
    zh: SideRecord | None = None
    en: SideRecord | None = None
    labels: tuple[int, ...] = ()  # those of its turn, as indexes into the record's labels
    confidence: float | None = None
    beads: tuple[float, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def side(self, lang: str) -> SideRecord | None:
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class LabelRecord:
    """A speaker's label in the source. `names` as the import read them, where they are not the label
    itself: a role stands beside them, two languages are in one, or the proof's reader sees none."""

    lang: str
    at: Place
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOutRecord:
    """What is in no unit: markup, boilerplate, or (with a key) what was read as metadata."""

    at: Place
    reason: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as received: its name beside the bitext, the SHA-256 of its bytes, how it is read.

    `reader` is the proof's reader with its version (project/visible.py), such as `characters/1`.
    """

    name: str
    sha256: str
    reader: str
    encoding: str


@dataclass(frozen=True, slots=True)
class Record:
    """All that an import measured."""

    files: tuple[SourceFile, ...] = ()
    format: str = ""  # what the import read it as
    layout: str = ""
    truncated: bool = False
    repairs: Mapping[str, int] = field(default_factory=dict)
    units: tuple[UnitRecord, ...] = ()
    labels: tuple[LabelRecord, ...] = ()
    left_out: tuple[LeftOutRecord, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)  # as it was read out of the source
    speakers: tuple[tuple[str, ...], ...] = ()  # the labels that were taken for one person's

    def by_id(self) -> dict[str, UnitRecord]:
        return {unit.id: unit for unit in self.units}


def digest(text: str) -> str:
    """A short digest of a text with its white space: `nowhere` and `now here` differ."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


# --- out -----------------------------------------------------------------------------------------


def dump_record(record: Record) -> str:
    """The text of import.json, a unit a line; `parse_record` gives the same record back."""
    rows = [f'"{key}": {_json(value)}' for key, value in _head(record).items()]
    for name, items in _lists(record).items():
        body = ",\n".join("  " + _json(item) for item in items)
        rows.append(f'"{name}": [\n{body}\n]' if body else f'"{name}": []')
    rows.append(f'"seal": {_json(seal_of(record))}')
    return "{\n" + ",\n".join(rows) + "\n}\n"


def seal_of(record: Record) -> str:
    """A digest of all that an import measured, but for the places of texts: those are hints, which
    the text's own digest holds. A record that was edited by hand has another one."""
    lists = _lists(record)
    for row in lists["units"]:
        for lang in ("zh", "en"):
            if lang in row:
                row[lang] = {key: value for key, value in row[lang].items() if key != "at"}
    return digest(json.dumps(_head(record) | lists, sort_keys=True))


def _head(record: Record) -> dict[str, object]:
    head: dict[str, object] = {
        "version": RECORD_VERSION,
        "files": [{key: getattr(f, key) for key in FILE_KEYS} for f in record.files],
        "format": record.format,
        "layout": record.layout,
        "truncated": record.truncated,
        "repairs": dict(record.repairs),
    }
    head |= {"metadata": dict(record.metadata)} if record.metadata else {}
    return head | ({"speakers": record.speakers} if record.speakers else {})


def _lists(record: Record) -> dict[str, list[dict[str, object]]]:
    return {
        "units": list(map(_unit_row, record.units)),
        "labels": list(map(_label_row, record.labels)),
        "left_out": list(map(_left_out_row, record.left_out)),
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _unit_row(unit: UnitRecord) -> dict[str, object]:
    sides = {
        lang: {"at": side.at, "digest": side.digest}
        | ({"gaps": side.gaps} if side.gaps else {})
        | ({"text": side.text} if side.text else {})
        for lang in ("zh", "en")
        if (side := unit.side(lang))
    }
    row: dict[str, object] = {"id": unit.id, **sides}
    if unit.labels:
        row["labels"] = unit.labels
    if unit.confidence is not None:
        row["confidence"] = round(unit.confidence, 3)
    if unit.beads:
        row["beads"] = [round(p, 3) for p in unit.beads]
    if unit.doubts:
        row["doubts"] = [[d.code, *d.values] for d in unit.doubts]
    return row


def _label_row(label: LabelRecord) -> dict[str, object]:
    row: dict[str, object] = {"lang": label.lang, "at": label.at}
    return row | {"names": label.names} if label.names else row


def _left_out_row(item: LeftOutRecord) -> dict[str, object]:
    row: dict[str, object] = {"at": item.at, "reason": item.reason}
    return row | {"key": item.key} if item.key else row


# --- in ------------------------------------------------------------------------------------------


class _Wrong(Exception):
    """A value of import.json that has not its form."""


def read_record(path: Path, shown: str = "") -> tuple[Record | None, list[Problem]]:
    """The record of a file; None, and one problem, where it is missing or is none."""
    shown = shown or str(path)
    todo = "restore it from the repository's history, or import the source anew"
    try:
        text = path.read_text("utf-8")
        record = parse_record(text)
        if json.loads(text).get("seal") == seal_of(record):
            return record, []
        return None, [Problem(shown, 1, f"is not as the import wrote it: it was edited, or merged by hand — {todo}", "E-RECORD")]  # fmt: skip
    except FileNotFoundError:
        return None, [Problem(shown, 0, f"is missing — {todo}", "E-RECORD")]
    except (TypeError, AttributeError):  # a list where a mapping stands, and the like
        return None, [Problem(shown, 1, f"is not a record of an import — {todo}", "E-RECORD")]
    except (OSError, UnicodeDecodeError, ValueError, RecursionError, _Wrong) as error:
        why = "is not a record of an import" if not str(error) else f"cannot be read ({error})"
        return None, [Problem(shown, 1, f"{why} — {todo}", "E-RECORD")]


def parse_record(text: str) -> Record:
    """The record of import.json's text; raises ValueError or _Wrong where it is none."""
    value = json.loads(text)
    if not isinstance(value, dict) or value.get("version") != RECORD_VERSION:
        raise _Wrong("version")
    return Record(
        files=tuple(
            SourceFile(*(_text(row, key) for key in FILE_KEYS)) for row in _rows(value, "files")
        ),
        format=_text(value, "format"),
        layout=_text(value, "layout"),
        truncated=value.get("truncated") is True,
        repairs={str(k): int(v) for k, v in (value.get("repairs") or {}).items()},
        units=tuple(_unit(row) for row in _rows(value, "units")),
        labels=tuple(
            LabelRecord(_text(r, "lang"), _place(r), tuple(map(str, r.get("names") or ())))
            for r in _rows(value, "labels")
        ),
        left_out=tuple(
            LeftOutRecord(_place(r), _text(r, "reason"), str(r.get("key") or ""))
            for r in _rows(value, "left_out")
        ),
        metadata={str(k): str(v) for k, v in (value.get("metadata") or {}).items()},
        speakers=tuple(tuple(map(str, names)) for names in value.get("speakers") or ()),
    )


def _rows(value: Mapping, key: str) -> Iterator[Mapping]:
    rows = value.get(key) or []
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _Wrong(key)
    yield from rows


def _text(row: Mapping, key: str) -> str:
    if not isinstance(row.get(key), str):
        raise _Wrong(key)
    return row[key]


def _numbers(values: object, key: str) -> tuple[float, ...]:
    if not isinstance(values, list) or not all(type(n) in (int, float) for n in values):
        raise _Wrong(key)
    return tuple(values)


def _place(row: Mapping) -> Place:
    at = row.get("at")
    if not isinstance(at, list):
        raise _Wrong("at")
    spans = []
    for span in at:
        ok = isinstance(span, list) and len(span) == 2 and all(type(n) is int for n in span)
        if not ok or not 0 <= span[0] <= span[1]:
            raise _Wrong("at")
        spans.append((span[0], span[1]))
    return tuple(spans)


def _unit(row: Mapping) -> UnitRecord:
    sides = {lang: _side(row[lang]) if lang in row else None for lang in ("zh", "en")}
    sure = row.get("confidence")
    return UnitRecord(
        _text(row, "id"), sides["zh"], sides["en"],
        labels=tuple(int(n) for n in _numbers(row.get("labels", []), "labels")),
        confidence=None if sure is None else _numbers([sure], "confidence")[0],
        beads=_numbers(row.get("beads", []), "beads"),
        doubts=tuple(map(_doubt, row.get("doubts") or ())),
    )  # fmt: skip


def _doubt(row: object) -> Doubt:
    if not isinstance(row, list) or not row or not is_doubt(row[0], row[1:]):
        raise _Wrong("doubts")
    return Doubt(row[0], tuple(row[1:]))


def _side(row: object) -> SideRecord:
    if not isinstance(row, dict):
        raise _Wrong("a text of a unit")
    gaps = row.get("gaps", [])
    if not isinstance(gaps, list) or not all(map(_is_gap, gaps)):
        raise _Wrong("gaps")
    text = _text(row, "text") if "text" in row else ""
    return SideRecord(_place(row), _text(row, "digest"), tuple((k, g) for k, g in gaps), text)


def _is_gap(value: object) -> bool:
    is_pair = isinstance(value, list) and len(value) == 2
    return is_pair and type(value[0]) is int and value[0] >= 0 and isinstance(value[1], str)


#: So many characters in one piece are no chance.
PIECE = 6


def is_passage(place: Place) -> bool:
    """Whether what stands at a place is a passage of the source: its pieces follow each other, or
    each is long. Any text could be put together from single letters.

    >>> is_passage(((0, 2), (9, 12))), is_passage(((9, 12), (0, 2))), is_passage(((9, 19), (0, 8)))
    (True, False, True)
    """
    rising = all(a[1] <= b[0] for a, b in pairwise(place))
    return rising or all(b - a >= PIECE for a, b in place)


def merged(spans: Iterable[tuple[int, int]]) -> Place:
    """The spans in their order, those that touch made one; empty ones go.

    >>> merged([(0, 2), (2, 5), (7, 7), (8, 9)])
    ((0, 5), (8, 9))
    """
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if start >= end:
            continue
        if out and out[-1][1] == start:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return tuple(out)
