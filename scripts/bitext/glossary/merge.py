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
    new: dict[str, Map] = {}
    edits: dict[str, dict[str, object]] = {}  # id -> key -> its merged value
    filled: list[tuple[str, str]] = []
    conflicts: list[Conflict] = []
    lines: dict[str, int] = {}
    for row in rows:
        id = str(row["id"])
        ours = new.get(id) if id in new else entries.get(id)
        if ours is None:
            new[id], lines[id] = row, row.line
            continue
        for key, below, value in _values(row):
            have = _value(ours, key, below)
            name = f"{key}.{below}" if below else key
            if have in (None, "", [], False):
                if id in new or not _editable(text, ours, key):
                    conflicts.append(Conflict(id, name, "nothing (fill it by hand)", _shown(value), row.line))  # fmt: skip
                    continue
                merged = edits.setdefault(id, {})
                base = merged.get(key, ours.get(key))
                others = base if isinstance(base, Mapping) else {}
                merged[key] = {**others, below: value} if below else value
                filled.append((id, name))
                lines[id] = row.line
            elif _plain(have) != _plain(value):
                conflicts.append(Conflict(id, name, _shown(have), _shown(value), row.line))
    known = {subject["id"] for subject in top.get("subjects") or ()}
    extra = [s for s in subjects if s["id"] not in known and any(r.get("subject") == s["id"] for r in new.values())]  # fmt: skip
    out = _Lines(text)
    for id, values in edits.items():
        out.fill(entries[id], values)
    out.append("terms", top, [list(_entry(row)) for row in new.values()])
    out.append("subjects", top, [[f"- {_flow({k: s.get(k, '') for k in ('id', 'zh', 'en')})}"] for s in extra])  # fmt: skip
    return Merge(out.text(), tuple(new), tuple(filled), tuple(conflicts), lines)


def _values(row: Mapping) -> Iterator[tuple[str, str, object]]:
    """(key, language or '', value) of everything a row gives, but its id."""
    for key in TERM:
        value = row.get(key)
        if key == "id" or value in (None, "", [], {}, False):
            continue
        if key in BELOW:
            yield from ((key, lang, item) for lang, item in value.items() if item)
        else:
            yield key, "", value


def _value(entry: Mapping, key: str, below: str) -> object:
    value = entry.get(key)
    return (value or {}).get(below) if below else value


def _plain(value: object) -> object:
    """A value for comparison: white space as YAML folds it."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items() if v not in (None, "")}
    return [_plain(v) for v in value] if isinstance(value, list) else value


def _shown(value: object) -> str:
    shown = _flow(value)
    return shown if len(shown) <= 120 else shown[:119] + "…"


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
        old = top.get(key) or []
        later = [line - 1 for name, line in top.lines.items() if line - 1 > start and name != key]
        end = min(later, default=len(self.lines))
        while end > start + 1 and _is_blank(self.lines[end - 1], end < len(self.lines)):
            end -= 1
        pad, gap = "  ", []
        if not old:
            self.changes.append((start, start + 1, [f"{key}:"]))
        else:
            pad = sure(re.match(r"\s*", self.lines[old[0].line - 1]))[0]
            gap = [""] if len(items[0]) > 1 else []
        new = []
        for item in items:
            new += [*gap, *(pad + line for line in item)]
        self.changes.append((end, end, new))


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
        for lang, item in value.items():
            if key == "avoid":
                yield f"  {lang}:"
                yield from (f"    - {_flow(one)}" for one in item)
            else:
                yield f"  {lang}: {_flow(item)}"
    else:
        yield f"{key}: {_flow(value)}"


def _flow(value: object) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{k}: {_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return scalar(value)
