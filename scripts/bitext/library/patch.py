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
#: How far `unit_lines` sets in the keys of a row, in blanks: behind "  - ".
KEY_INDENT = 4


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
    old = {u.id: unit_lines(u, ahead) for ahead, u in zip((None, *before), before, strict=False)}
    out = list(_comments_of_gone(lines, rows, {u.id for u in after}))
    for ahead, unit in zip((None, *after), after, strict=False):
        row, new = by_id.get(unit.id), unit_lines(unit, ahead)
        if row is None:
            out += new
            continue
        out += lines[row.head : row.span[0]]
        same = new == old[unit.id]
        out += lines[slice(*row.span)] if same else _changed(lines, row, old[unit.id], new)
    return (rows[0].head, rows[-1].span[1]), out


def _comments_of_gone(lines: Sequence[str], rows: Sequence[Row], kept: set[str]) -> Iterator[str]:
    """The comments above units that go: they stay, above the first that follows."""
    for row in rows:
        if row.id not in kept:
            yield from (line for line in lines[row.head : row.span[0]] if line.strip())


def _changed(lines: Sequence[str], row: Row, was: Sequence[str], now: Sequence[str]) -> list[str]:
    """The unit's lines with those keys written anew that differ; comments between them stay."""
    old, new = _by_key(was), _by_key(now)
    out: list[str] = []
    at = row.span[0]
    for key, (start, end) in sorted(row.keys.items(), key=lambda k: k[1]):
        out += lines[at:start]
        # What the program would not write is a person's own way, and stays.
        same = new.get(key) == old.get(key)
        out += lines[start:end] if same else new.get(key, [])
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
        if number == 0 or _indent(line) == KEY_INDENT:
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
    for item, begin, limit in zip(node.value, starts, [*starts[1:], stop], strict=False):
        if not isinstance(item, yaml.MappingNode) or item.flow_style:
            raise NotBlock(str(key.value))
        end = _last(lines, begin, limit)
        id = next((v.value for sub, v in item.value if sub.value == "id"), "")
        yield Row(id, head, (begin, end), dict(_keys(lines, item, end)))
        head = end


def _keys(lines: Sequence[str], node: yaml.MappingNode, end: int) -> Iterator[tuple[str, Span]]:
    """Each key of a mapping with its lines, without what follows them."""
    begins = [sub.start_mark.line for sub, _ in node.value]
    for (sub, _), begin, limit in zip(node.value, begins, [*begins[1:], end], strict=True):
        yield sub.value, (begin, _last(lines, begin, limit))


def _last(lines: Sequence[str], start: int, limit: int) -> int:
    """Where what begins at `start` ends: without blank lines and comments before `limit`."""
    end = min(limit, len(lines))
    while end > start + 1 and (not lines[end - 1].strip() or _is_comment(lines[end - 1])):
        end -= 1
    return end


def _indent(line: str) -> int:
    """How many blanks stand before a line; of a blank line none that could be a key's."""
    return len(line) - len(line.lstrip()) if line.strip() else -1


def _is_comment(line: str) -> bool:
    """A comment above a row or a key; a deeper `#` is a text's own."""
    return line.lstrip().startswith("#") and _indent(line) <= KEY_INDENT


def _metadata(
    lines: Sequence[str], sections: Mapping, before: Bitext, after: Bitext
) -> Iterator[tuple[Span, list[str]]]:
    """The lines of metadata that change; all of them where it is not written a key a line."""
    changed = {k: v for k, v in after.metadata.items() if before.metadata.get(k) != v}
    if not changed:
        return
    key, node = sections.get("metadata", (None, None))
    if not isinstance(node, yaml.MappingNode) or node.flow_style or not node.value:
        whole = list(yaml_lines.dump({"metadata": dict(after.metadata)}))
        yield _place_of_metadata(lines, sections, key, node), whole
        return
    stop = _last(lines, node.value[-1][0].start_mark.line, node.end_mark.line)
    for name, span in _keys(lines, node, stop):
        if name in changed:
            yield span, list(yaml_lines.dump({name: changed.pop(name)}, 2))
    if changed:
        yield (stop, stop), list(yaml_lines.dump(changed, 2))


def _place_of_metadata(lines: Sequence[str], sections: Mapping, key, node) -> Span:
    """Where metadata stands, or would stand: behind the slug, else at the end."""
    if key is not None:
        return key.start_mark.line, node.end_mark.line
    at = sections["slug"][0].start_mark.line + 1 if "slug" in sections else len(lines)
    return at, at


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
