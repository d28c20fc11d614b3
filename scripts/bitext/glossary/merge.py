"""glossary.yml, rows -> the file's new text: what it lacks is added, what it has stays.

Rows are merged by id. The file is edited as text, so that comments, order and quoting stay as the
editor left them: new entries go to the end of `terms`, and an entry gets a value only where it has
none. Where both have one and they differ, the file's stays and the difference is listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bitext.glossary.store import TERM
from bitext.library import yaml_lines
from bitext.library.yaml_lines import Map, scalar
from bitext.text.matches import sure

# The values of an entry that are merged one by one: a key, or a language below it.
BELOW = ("variants", "search_only", "avoid", "definition", "sides", "doubt")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two values for one thing; the file's one was kept."""

    term_id: str
    field: str  # 'definition.zh'
    kept: str
    offered: str
    line: int  # in the file that was imported

    def __str__(self) -> str:
        return f"'{self.term_id}' {self.field}: kept {self.kept}; not taken: {self.offered}"


@dataclass(frozen=True, slots=True)
class Merge:
    """What merging came to. `lines` has the line in the import of every entry that changed."""

    text: str
    added: tuple[str, ...] = ()
    filled: tuple[tuple[str, str], ...] = ()  # (term id, field)
    conflicts: tuple[Conflict, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)


def merge_terms(text: str, rows: Sequence[Map], subjects: Sequence[Map] = ()) -> Merge:
    """The text of a glossary file without problems, with the rows merged into it."""
    top, _ = yaml_lines.load(text, "")
    assert isinstance(top, Map)  # as of every glossary without problems
    entries = {entry["id"]: entry for entry in top.get("terms") or ()}
    merger = _Merger(text, entries)
    for row in rows:
        merger.take(row)
    out = _Lines(text)
    for id, values in merger.edits.items():
        out.fill(entries[id], values)
    out.append("terms", top, [list(_entry(row)) for row in merger.new.values()])
    out.append("subjects", top, [[_subject(s)] for s in _new_subjects(top, merger.new, subjects)])
    return Merge(
        out.text(), tuple(merger.new), tuple(merger.filled), tuple(merger.conflicts), merger.lines
    )


def _new_subjects(top: Map, new: Mapping[str, Map], subjects: Sequence[Map]) -> list[Map]:
    """Of the subjects offered those that new entries have and the file does not."""
    known = {subject["id"] for subject in top.get("subjects") or ()}
    wanted = [row.get("subject") for row in new.values()]
    return [s for s in subjects if s["id"] not in known and s["id"] in wanted]


def _subject(subject: Map) -> str:
    return f"- {_flow({key: subject.get(key, '') for key in ('id', 'zh', 'en')})}"


@dataclass(slots=True)
class _Merger:
    """Takes row after row, and keeps what is to be added, filled in and told."""

    text: str
    entries: Mapping[str, Map]  # of the file, by id
    new: dict[str, Map] = field(default_factory=dict)
    edits: dict[str, dict[str, object]] = field(default_factory=dict)  # id -> key -> merged value
    filled: list[tuple[str, str]] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    def take(self, row: Map) -> None:
        id = str(row["id"])
        ours = self.new[id] if id in self.new else self.entries.get(id)
        if ours is None:
            self.new[id], self.lines[id] = row, row.line
            return
        for value in _values(row):
            self._offer(id, ours, value, row.line)

    def _offer(self, id: str, ours: Map, value: _Value, line: int) -> None:
        """Take a value where the entry has none; tell where it has another."""
        have = value.of(ours)
        if have not in NOTHING:
            if _plain(have) != _plain(value.value):
                self._refuse(id, value, _shown(have), line)
        elif id in self.new or not _editable(self.text, ours, value.key):
            self._refuse(id, value, "nothing (fill it by hand)", line)
        else:
            self._fill(id, ours, value, line)

    def _refuse(self, id: str, value: _Value, kept: str, line: int) -> None:
        self.conflicts.append(Conflict(id, value.name, kept, _shown(value.value), line))

    def _fill(self, id: str, ours: Map, value: _Value, line: int) -> None:
        merged = self.edits.setdefault(id, {})
        base = merged.get(value.key, ours.get(value.key))
        others = base if isinstance(base, Mapping) else {}
        merged[value.key] = {**others, value.below: value.value} if value.below else value.value
        self.filled.append((id, value.name))
        self.lines[id] = line


#: What an entry has where nobody gave a value.
NOTHING: tuple[object, ...] = (None, "", [], False)


@dataclass(frozen=True, slots=True)
class _Value:
    """What a row gives under a key, or under a language below it."""

    key: str
    below: str  # a language, or ''
    value: object

    @property
    def name(self) -> str:
        return f"{self.key}.{self.below}" if self.below else self.key

    def of(self, entry: Mapping) -> object:
        """What the entry has there."""
        value = entry.get(self.key)
        return (value or {}).get(self.below) if self.below else value


def _values(row: Mapping) -> Iterator[_Value]:
    """Everything that a row gives, but its id."""
    for key in TERM:
        value = row.get(key)
        if key == "id" or value is None or value in (*NOTHING, {}):
            continue
        if key in BELOW:
            yield from (_Value(key, lang, item) for lang, item in value.items() if item)
        else:
            yield _Value(key, "", value)


def _plain(value: object) -> object:
    """A value for comparison: white space as YAML folds it."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items() if v not in (None, "")}
    return [_plain(v) for v in value] if isinstance(value, list) else value


#: Characters of a value in a message, hand-set: a terminal's line or two.
MOST_SHOWN = 120


def _shown(value: object) -> str:
    shown = _flow(value)
    return shown if len(shown) <= MOST_SHOWN else shown[: MOST_SHOWN - 1] + "…"


def _editable(text: str, entry: Map, key: str) -> bool:
    """Whether lines can be put into an entry: it has lines of its own, and those of the key that
    are written anew hold no comment."""
    lines = text.split("\n")
    if lines[entry.line - 1].lstrip().startswith(("- {", "{")):
        return False
    start, end = _span(lines, entry, key)
    return not any("#" in line for line in lines[start:end])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _span(lines: Sequence[str], entry: Map, key: str) -> tuple[int, int]:
    """The lines [start, end) of a key in an entry; an empty span where it has none."""
    if key not in entry.lines:
        return 0, 0
    start = entry.lines[key] - 1
    column = entry_indent(lines, entry)
    end = start + 1
    while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) > column):
        end += 1
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    return start, end


def entry_indent(lines: Sequence[str], entry: Map) -> int:
    """The column at which the keys of a list's item stand, its dash counted in."""
    line = lines[entry.line - 1]
    match = re.match(r"\s*-\s+", line)
    return len(match[0]) if match else _indent(line)


class _Lines:
    """A file's lines and what is to change in them; nothing moves until `text` is asked for."""

    def __init__(self, text: str) -> None:
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self.lines = text.replace("\r\n", "\n").rstrip("\n").split("\n")
        self.changes: list[tuple[int, int, list[str]]] = []  # replace [start, end) by these

    def text(self) -> str:
        lines = list(self.lines)
        # From the end, so that places stay true; of two changes at one place the later one comes
        # first, so that it stands below.
        ordered = sorted(enumerate(self.changes), key=lambda c: (c[1][0], c[0]), reverse=True)
        for _, (start, end, new) in ordered:
            lines[start:end] = new
        return self.newline.join(lines) + self.newline

    def fill(self, entry: Map, values: Mapping[str, object]) -> None:
        """Writes keys of an entry: anew where they stand, after its last line where they do not."""
        pad = " " * entry_indent(self.lines, entry)
        after: list[str] = []
        for key in (k for k in TERM if k in values):
            new = [pad + line for line in _key(key, values[key])]
            start, end = _span(self.lines, entry, key)
            if end:
                first = self.lines[start]
                if first.lstrip().startswith("- "):  # the key stands beside the dash
                    new[0] = first[: len(pad)] + new[0].lstrip()
                self.changes.append((start, end, new))
            else:
                after += new
        if after:
            end = self._end(entry)
            self.changes.append((end, end, after))

    def _end(self, entry: Map) -> int:
        """The line after an entry's last one."""
        spans = [_span(self.lines, entry, key)[1] for key in entry]
        return max([entry.line, *spans])

    def append(self, key: str, top: Map, items: Sequence[Sequence[str]]) -> None:
        """Puts items at the end of a list of the file's own keys."""
        if not items:
            return
        start = top.at(key) - 1
        end = self._end_of_list(key, top)
        old = top.get(key) or []
        if old:
            pad = sure(re.match(r"\s*", self.lines[old[0].line - 1]))[0]
            gap = [""] if len(items[0]) > 1 else []
        else:
            pad, gap = "  ", []
            self.changes.append((start, start + 1, [f"{key}:"]))
        new = [line for item in items for line in (*gap, *(pad + one for one in item))]
        self.changes.append((end, end, new))

    def _end_of_list(self, key: str, top: Map) -> int:
        """The line behind the last one of a list, what stands before the next key left out."""
        start = top.at(key) - 1
        later = [line - 1 for name, line in top.lines.items() if line - 1 > start and name != key]
        end = min(later, default=len(self.lines))
        while end > start + 1 and _is_blank(self.lines[end - 1], end < len(self.lines)):
            end -= 1
        return end


def _is_blank(line: str, before_key: bool) -> bool:
    """White space, or a comment at the margin that introduces the key after it."""
    return not line.strip() or (before_key and line.startswith("#"))


# --- an entry as YAML ------------------------------------------------------------------------------


def _entry(row: Mapping) -> Iterator[str]:
    """The lines of a new entry; what rests on nothing named is general knowledge."""
    row = {"basis": "general", **row}
    lines = [line for key in TERM if row.get(key) for line in _key(key, row[key])]
    yield f"- {lines[0]}"
    yield from (f"  {line}" for line in lines[1:])


def _key(key: str, value: object) -> Iterator[str]:
    """A key of an entry, at the margin, in the manner of the file."""
    if key == "sources" and isinstance(value, list):
        yield f"{key}:"
        yield from (f"  - {_flow(item)}" for item in value)
    elif isinstance(value, Mapping):
        yield f"{key}:"
        below = _avoided if key == "avoid" else _worded
        for lang, item in value.items():
            yield from below(lang, item)
    else:
        yield f"{key}: {_flow(value)}"


def _worded(lang: str, item: object) -> Iterator[str]:
    yield f"  {lang}: {_flow(item)}"


def _avoided(lang: str, items: Sequence[object]) -> Iterator[str]:
    yield f"  {lang}:"
    yield from (f"    - {_flow(one)}" for one in items)


def _flow(value: object) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{k}: {_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return scalar(value)
