"""The text of a bitext.yml with some units, names and fields changed; all other lines stay as they are.

Comments, the order of keys and the quoting of unchanged values stay. A comment above a row moves
with the row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import yaml

from bitext.library import yaml_lines
from bitext.library.store import speaker_row, unit_lines
from bitext.model import Bitext, Unit

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """An item of a list: its lines, and those of each of its keys; both without what follows them."""

    id: str
    head: int  # where the comments above it begin
    span: Span
    keys: Mapping[str, Span]


class NotBlock(ValueError):
    """A list that is not written a row a line: it cannot be changed row by row."""


def patched(text: str, before: Bitext, after: Bitext) -> str:
    """The file's text with what differs between two bitexts; `before` is what the text says."""
    lines = text.split("\n")
    root = yaml.compose(text, Loader=yaml_lines.Loader)
    assert isinstance(root, yaml.MappingNode)  # `before` was read from it
    sections = {key.value: (key, value) for key, value in root.value}
    edits: list[tuple[Span, list[str]]] = []
    edits += _metadata(lines, sections, before, after)
    edits += _speakers(lines, sections, before, after)
    if before.units != after.units:
        edits.append(_units(lines, sections["units"], before.units, after.units))
    for (start, end), new in sorted(edits, key=lambda e: e[0], reverse=True):
        lines[start:end] = new
    return "\n".join(lines)


def _units(
    lines: Sequence[str], section, before: Sequence[Unit], after: Sequence[Unit]
) -> tuple[Span, list[str]]:
    """The lines of all units, in the new order; those of an unchanged one as they were."""
    rows = list(_rows(lines, section))
    by_id = {row.id: row for row in rows}
    old = {u.id: (u, b) for b, u in zip((None, *before), before, strict=False)}
    kept = {u.id for u in after}
    out: list[str] = []
    for gone in rows:  # comments above a unit that goes stay, above the first that follows it
        if gone.id not in kept:
            out += [line for line in lines[gone.head : gone.span[0]] if line.strip()]
    for ahead, unit in zip((None, *after), after, strict=False):
        row = by_id.get(unit.id)
        new = unit_lines(unit, ahead)
        if row is None:
            out += new
            continue
        out += lines[row.head : row.span[0]]
        was, was_ahead = old[unit.id]
        same = new == unit_lines(was, was_ahead)
        out += (
            lines[slice(*row.span)] if same else _changed(lines, row, was, was_ahead, unit, ahead)
        )
    return (rows[0].head, rows[-1].span[1]), out


def _changed(
    lines: Sequence[str], row: Row, was: Unit, was_ahead: Unit | None, now: Unit, ahead: Unit | None
) -> list[str]:
    """The unit's lines with those keys written anew that differ; comments between them stay."""
    old, new = _by_key(unit_lines(was, was_ahead)), _by_key(unit_lines(now, ahead))
    out: list[str] = []
    at = row.span[0]
    for key, (start, end) in sorted(row.keys.items(), key=lambda k: k[1]):
        out += lines[at:start]
        if key not in new and key in old:
            pass
        elif key in new and new[key] != old.get(key):
            out += new[key]
        else:
            out += lines[start:end]
        at = end
    out += lines[at : row.span[1]]
    for key, block in new.items():
        if key not in row.keys and block != old.get(key):
            out += block
    if out and not out[0].lstrip().startswith("- "):
        out[0] = "  - " + out[0].lstrip()
    return out


def _by_key(block: Sequence[str]) -> dict[str, list[str]]:
    """The lines of a row as `unit_lines` writes them, by key."""
    out: dict[str, list[str]] = {}
    key = ""
    for number, line in enumerate(block):
        if number == 0 or (line.startswith("    ") and line[4:5] not in (" ", "")):
            key = line.lstrip(" -").partition(":")[0]
        out.setdefault(key, []).append(line)
    return out


def _rows(lines: Sequence[str], section: tuple[yaml.Node, yaml.Node]) -> Iterator[Row]:
    """The rows of a list, in order. Raises NotBlock."""
    key, node = section
    if not isinstance(node, yaml.SequenceNode) or node.flow_style:
        raise NotBlock(str(key.value))
    head = key.start_mark.line + 1
    starts = [item.start_mark.line for item in node.value]
    stop = _last(lines, starts[-1], node.end_mark.line) if starts else head
    for k, item in enumerate(node.value):
        if not isinstance(item, yaml.MappingNode) or item.flow_style:
            raise NotBlock(str(key.value))
        limit = starts[k + 1] if k + 1 < len(starts) else stop
        end = _last(lines, starts[k], limit)
        begins = [sub.start_mark.line for sub, _ in item.value]
        keys = {
            sub.value: (begin, _last(lines, begin, begins[n + 1] if n + 1 < len(begins) else end))
            for n, ((sub, _), begin) in enumerate(zip(item.value, begins, strict=True))
        }
        id = next((v.value for sub, v in item.value if sub.value == "id"), "")
        yield Row(id, head, (starts[k], end), keys)
        head = end


def _last(lines: Sequence[str], start: int, limit: int) -> int:
    """Where what begins at `start` ends: without blank lines and comments before `limit`."""
    end = min(limit, len(lines))
    while end > start + 1 and (not lines[end - 1].strip() or _is_comment(lines[end - 1])):
        end -= 1
    return end


def _is_comment(line: str) -> bool:
    """A comment above a row or a key; a deeper `#` is a text's own."""
    return line.lstrip().startswith("#") and len(line) - len(line.lstrip()) <= 4


def _metadata(
    lines: Sequence[str], sections: Mapping, before: Bitext, after: Bitext
) -> Iterator[tuple[Span, list[str]]]:
    changed = {k: v for k, v in after.metadata.items() if before.metadata.get(k) != v}
    if not changed:
        return
    key, node = sections.get("metadata", (None, None))
    if not isinstance(node, yaml.MappingNode) or node.flow_style or not node.value:
        at = sections["slug"][0].start_mark.line + 1 if "slug" in sections else len(lines)
        end = at if key is None else node.end_mark.line
        yield (key.start_mark.line if key else at, end), list(yaml_lines.dump({"metadata": dict(after.metadata)}))  # fmt: skip
        return
    begins = [sub.start_mark.line for sub, _ in node.value]
    stop = _last(lines, begins[-1], node.end_mark.line)
    for n, (sub, _) in enumerate(node.value):
        if sub.value in changed:
            end = _last(lines, begins[n], begins[n + 1] if n + 1 < len(begins) else stop)
            yield (begins[n], end), list(yaml_lines.dump({sub.value: changed.pop(sub.value)}, 2))
    if changed:
        yield (stop, stop), list(yaml_lines.dump(changed, 2))


def _speakers(
    lines: Sequence[str], sections: Mapping, before: Bitext, after: Bitext
) -> Iterator[tuple[Span, list[str]]]:
    known = {s.id for s in before.speakers}
    new = [speaker_row(s) for s in after.speakers if s.id not in known]
    if not new:
        return
    rows = list(yaml_lines.dump({"speakers": new}))[1:]
    if "speakers" in sections and not sections["speakers"][1].flow_style:
        node = sections["speakers"][1]
        stop = _last(lines, node.value[-1].start_mark.line, node.end_mark.line)
        yield (stop, stop), rows
    else:
        at = sections["units"][0].start_mark.line
        end = at
        if "speakers" in sections:  # an empty list
            at = sections["speakers"][0].start_mark.line
            end = at + 1
        yield (at, end), ["speakers:", *rows]
