"""import.json <-> Record: what the program measured at import. Never edited by hand.

It holds the place of each unit, label and left-out text in the source, the confidence of each pair,
and a digest of each text with its white space. It holds nothing that can be computed from these, the
source and bitext.yml. A place is a half-open span of the source's visible characters, counted from 0
as `project/visible.py` reads them; white space is not counted.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from bitext.forms import FILE, SHA256
from bitext.library.files import NoFile, contents
from bitext.model import LANGS, Doubt, Problem
from bitext.text.source import is_blank
from bitext.units.doubts import is_doubt

RECORD_VERSION = 1
#: Decimals of a confidence in the file: the aligner's own error is larger than a thousandth.
DIGITS = 3
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
        for lang in LANGS:
            side = row.get(lang)
            if isinstance(side, dict):
                row[lang] = {key: value for key, value in side.items() if key != "at"}
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
    sides = {lang: _side_row(side) for lang in LANGS if (side := unit.side(lang))}
    row: dict[str, object] = {"id": unit.id, **sides}
    if unit.labels:
        row["labels"] = unit.labels
    if unit.confidence is not None:
        row["confidence"] = round(unit.confidence, DIGITS)
    if unit.beads:
        row["beads"] = [round(p, DIGITS) for p in unit.beads]
    if unit.doubts:
        row["doubts"] = [[d.code, *d.values] for d in unit.doubts]
    return row


def _side_row(side: SideRecord) -> dict[str, object]:
    row: dict[str, object] = {"at": side.at, "digest": side.digest}
    row |= {"gaps": side.gaps} if side.gaps else {}
    return row | ({"text": side.text} if side.text else {})


def _label_row(label: LabelRecord) -> dict[str, object]:
    row: dict[str, object] = {"lang": label.lang, "at": label.at}
    return row | {"names": label.names} if label.names else row


def _left_out_row(item: LeftOutRecord) -> dict[str, object]:
    row: dict[str, object] = {"at": item.at, "reason": item.reason}
    return row | {"key": item.key} if item.key else row


# --- in ------------------------------------------------------------------------------------------


class _Wrong(ValueError):
    """A value of import.json that has not its form; the message names its key."""


#: The keys of the file, and of the rows in it. Another key is a slip, or of another version.
TOP_KEYS = frozenset((
    "version", "files", "format", "layout", "truncated", "repairs", "units", "labels", "left_out",
    "metadata", "speakers", "seal",
))  # fmt: skip
UNIT_KEYS = frozenset(("id", "zh", "en", "labels", "confidence", "beads", "doubts"))
SIDE_KEYS = frozenset(("at", "digest", "gaps", "text"))
LABEL_KEYS = frozenset(("lang", "at", "names"))
LEFT_OUT_KEYS = frozenset(("at", "reason", "key"))
TODO = "restore it from the repository's history, or import the source anew"


def read_record(path: Path, shown: str = "") -> tuple[Record | None, list[Problem]]:
    """The record of a file; None, and one problem, where it is missing or is none."""
    try:
        text = contents(path).decode("utf-8")
        record = parse_record(text)
        if json.loads(text).get("seal") == seal_of(record):
            return record, []
        line, found = 1, "is not as the import wrote it: it was edited, or merged by hand"
    except (OSError, ValueError, RecursionError) as error:
        kind = next(kind for kind in FAULTS if isinstance(error, kind))
        line, found = FAULTS[kind](error)
    return None, [Problem(shown or str(path), line, f"{found} — {TODO}", "E-RECORD")]


#: Why import.json cannot be read: (line, words) of each error, the first that it is one of.
FAULTS: Mapping[type[Exception], Callable[..., tuple[int, str]]] = {
    FileNotFoundError: lambda e: (0, "is missing"),
    NoFile: lambda e: (0, f"{e.what} stands where the file should be"),
    OSError: lambda e: (0, f"cannot be read ({e.strerror or e})"),
    UnicodeDecodeError: lambda e: (e.object.count(b"\n", 0, e.start) + 1, "is not UTF-8"),
    json.JSONDecodeError: lambda e: (e.lineno, f"is not JSON ({e.msg})"),
    RecursionError: lambda e: (1, "is not a record of an import: nested far too deeply"),
    ValueError: lambda e: (1, f"is not a record of an import: {e}"),
}


def parse_record(text: str) -> Record:
    """The record of import.json's text; raises ValueError where it is none."""
    value = json.loads(text, parse_constant=_no_number)
    if "\\u" in text:  # half a pair of surrogates can stand in JSON, and nowhere else
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    if not isinstance(value, dict):
        raise _Wrong("it is no mapping")
    if type(value.get("version")) is not int or value["version"] != RECORD_VERSION:
        raise _Wrong(f"'version' is not {RECORD_VERSION}, which this program reads")
    _known(value, TOP_KEYS)
    record = Record(
        files=tuple(_files(value)),
        format=_text(value, "format"),
        layout=_text(value, "layout"),
        truncated=_flag(value, "truncated"),
        repairs=_counts(value, "repairs"),
        units=tuple(map(_unit, _rows(value, "units", UNIT_KEYS))),
        labels=tuple(map(_label, _rows(value, "labels", LABEL_KEYS))),
        left_out=tuple(map(_left_out, _rows(value, "left_out", LEFT_OUT_KEYS))),
        metadata=_said(value, "metadata"),
        speakers=tuple(_names(value, "speakers")),
    )
    _check_units(record)
    return record


def _check_units(record: Record) -> None:
    """Raises where an id stands twice, or a unit names a label that is not there."""
    ids = set()
    for unit in record.units:
        if unit.id in ids:
            raise _Wrong(f"the unit {unit.id} stands twice")
        ids.add(unit.id)
        if any(k >= len(record.labels) for k in unit.labels):
            raise _Wrong(f"'labels' of {unit.id} leads to no label")


def _no_number(word: str) -> float:
    raise _Wrong(f"{word} is no number of JSON")


def _known(row: Mapping, keys: frozenset[str]) -> None:
    if other := row.keys() - keys:
        raise _Wrong(f"unknown key '{min(other)[:60]}'")


def _rows(value: Mapping, key: str, keys: frozenset[str]) -> Iterator[Mapping]:
    rows = value.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _Wrong(f"'{key}' is no list of mappings")
    for row in rows:
        _known(row, keys)
        yield row


def _files(value: Mapping) -> Iterator[SourceFile]:
    for row in _rows(value, "files", frozenset(FILE_KEYS)):
        file = SourceFile(*(_text(row, key) for key in FILE_KEYS))
        if not FILE.fullmatch(file.name):
            raise _Wrong("'name' is not that of a file in this folder")
        if not SHA256.fullmatch(file.sha256):
            raise _Wrong("'sha256' is no SHA-256")
        yield file


def _text(row: Mapping, key: str) -> str:
    if not isinstance(row.get(key), str):
        raise _Wrong(f"'{key}' is no text")
    return row[key]


def _texts(row: Mapping, key: str) -> tuple[str, ...]:
    values = row.get(key, [])
    if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
        raise _Wrong(f"'{key}' is no list of texts")
    return tuple(values)


def _flag(row: Mapping, key: str) -> bool:
    if not isinstance(row.get(key, False), bool):
        raise _Wrong(f"'{key}' is neither true nor false")
    return row.get(key, False)


def _counts(row: Mapping, key: str) -> dict[str, int]:
    values = row.get(key, {})
    if not isinstance(values, dict) or not all(type(n) is int and n >= 0 for n in values.values()):
        raise _Wrong(f"'{key}' is no mapping to counts")
    return values


def _said(row: Mapping, key: str) -> dict[str, str]:
    values = row.get(key, {})
    if not isinstance(values, dict) or not all(isinstance(text, str) for text in values.values()):
        raise _Wrong(f"'{key}' is no mapping to texts")
    return values


def _names(row: Mapping, key: str) -> Iterator[tuple[str, ...]]:
    values = row.get(key, [])
    for names in values if isinstance(values, list) else [None]:
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise _Wrong(f"'{key}' is no list of lists of names")
        yield tuple(names)


def _shares(values: object, key: str) -> tuple[float, ...]:
    if not isinstance(values, list) or not all(
        type(n) in (int, float) and 0 <= n <= 1 for n in values
    ):
        raise _Wrong(f"'{key}' is not from 0 to 1")
    return tuple(values)


def _indexes(values: object, key: str) -> tuple[int, ...]:
    if not isinstance(values, list) or not all(type(n) is int and n >= 0 for n in values):
        raise _Wrong(f"'{key}' is no list of indexes")
    return tuple(values)


def _place(row: Mapping) -> Place:
    at = row.get("at")
    if not isinstance(at, list):
        raise _Wrong("'at' is no list of spans")
    if not all(map(_is_span, at)):
        raise _Wrong("'at' has what is no span [first, behind the last]")
    return tuple((first, end) for first, end in at)


def _is_span(value: object) -> bool:
    match value:
        case [first, end] if type(first) is int and type(end) is int:
            return 0 <= first <= end
    return False


def _unit(row: Mapping) -> UnitRecord:
    sides = {lang: _side(row[lang]) if lang in row else None for lang in LANGS}
    doubts = row.get("doubts", [])
    if not isinstance(doubts, list):
        raise _Wrong("'doubts' is no list")
    return UnitRecord(
        _text(row, "id"), sides["zh"], sides["en"],
        labels=_indexes(row.get("labels", []), "labels"),
        confidence=_shares([row["confidence"]], "confidence")[0] if "confidence" in row else None,
        beads=_shares(row.get("beads", []), "beads"),
        doubts=tuple(map(_doubt, doubts)),
    )  # fmt: skip


def _doubt(row: object) -> Doubt:
    if not isinstance(row, list) or not row or not is_doubt(row[0], row[1:]):
        raise _Wrong("'doubts' has what is no doubt")
    return Doubt(row[0], tuple(row[1:]))


def _label(row: Mapping) -> LabelRecord:
    if row.get("lang") not in LANGS:
        raise _Wrong("'lang' is neither zh nor en")
    return LabelRecord(row["lang"], _place(row), _texts(row, "names"))


def _left_out(row: Mapping) -> LeftOutRecord:
    return LeftOutRecord(
        _place(row), _text(row, "reason"), _text(row, "key") if "key" in row else ""
    )


def _side(row: object) -> SideRecord:
    if not isinstance(row, dict):
        raise _Wrong("a text of a unit is no mapping")
    _known(row, SIDE_KEYS)
    gaps = row.get("gaps", [])
    if not isinstance(gaps, list) or not all(map(_is_gap, gaps)):
        raise _Wrong("'gaps' has what is no gap")
    at, text = _place(row), _text(row, "text") if "text" in row else ""
    if at and text:
        raise _Wrong("'text' stands beside a place")
    return SideRecord(at, _text(row, "digest"), tuple((k, g) for k, g in gaps), text)


def _is_gap(value: object) -> bool:
    match value:
        case [at, str(gap)] if type(at) is int:
            return at >= 0 and all(map(is_blank, gap))
    return False


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
