"""YAML in, with the line of every key; YAML out, with texts as readable blocks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

import yaml

from bitext.model import Problem

# What nests deeper than any honest file would overflow the composer's stack.
DEEP = re.compile(r"(?:[\[{]\s*){64}|(?:[-?]\s+){64}|^ {512}", re.MULTILINE)
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Map(dict):
    """A YAML mapping that knows its line, and the line of each of its keys."""

    line: int = 0
    lines: Mapping[str, int]

    def at(self, key: str) -> int:
        """The line of `key`, or of the mapping where it has no such key."""
        return self.lines.get(key, self.line)


def load(text: str, path: str) -> tuple[object, list[Problem]]:
    """The value of a YAML document and what is wrong with it. Dates stay text; no aliases."""
    deep = DEEP.search(text)
    if deep:
        line = text.count("\n", 0, deep.start()) + 1
        return None, [Problem(path, line, "nested far too deeply; no file of this project is")]
    try:
        node = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return None, [
            Problem(path, mark.line + 1 if mark else 1, f"not YAML here: {error.problem}")
        ]
    except (yaml.YAMLError, ValueError) as error:
        return None, [Problem(path, 1, f"not YAML: {error}")]
    if node is None:
        return None, [Problem(path, 1, "the file is empty")]
    problems: list[Problem] = []
    return _value(node, path, problems, set()), problems


def _value(node: yaml.Node, path: str, problems: list[Problem], seen: set[int]) -> object:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    if id(node) in seen:
        problems.append(Problem(path, line, "a YAML alias (*name); write the value out"))
        return None
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, path, problems, seen) for child in node.value]
    out = Map()
    out.line, out.lines = line, {}
    for key_node, child in node.value:
        key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
        if key in out:
            problems.append(Problem(path, key_node.start_mark.line + 1, f"'{key}' stands twice"))
        out[key] = _value(child, path, problems, seen)
        out.lines[key] = key_node.start_mark.line + 1
    return out


def _scalar(node: yaml.ScalarNode) -> object:
    kind = node.tag.rpartition(":")[2]
    if kind == "null":
        return None
    if kind == "bool":
        return node.value.lower() in ("true", "yes", "on")
    if kind in ("int", "float"):
        try:
            return int(node.value) if kind == "int" else float(node.value)
        except ValueError:
            return node.value
    return node.value


# --- out ---------------------------------------------------------------------------------------

PLAIN = re.compile(r"[A-Za-z㐀-鿿][\w㐀-鿿 ./()+;（）《》“”、，。；？！·—-]*")
NOT_TEXT = {"true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan", "inf"}
UNPRINTABLE = re.compile(
    "[^\n\x20-\x7e\xa1-\u200a\u2010-\u2027\u202f-\u205f\u2065-\ud7ff\ue000-\ufefe\uff00-\ufffd"
    "\U00010000-\U0010ffff]"
)
LONG = 80  # characters from which a text is set as a block of its own


def scalar(value: object) -> str:
    """One YAML scalar on one line; any text, quoted where YAML would read it otherwise."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    text = str(value)
    if PLAIN.fullmatch(text) and text == text.strip() and text.lower() not in NOT_TEXT:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return UNPRINTABLE.sub(_escape, quoted)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _is_block(text: str) -> bool:
    return (
        (len(text) >= LONG or "\n" in text)
        and not UNPRINTABLE.search(text)
        and not text[0].isspace()
        and not text[-1].isspace()
    )


def dump(value: Mapping[str, object], indent: int = 0) -> Iterator[str]:
    """The lines of a YAML mapping. Short lists of scalars and of numbers stay on one line."""
    pad = " " * indent
    for key, item in value.items():
        if isinstance(item, Mapping) and item:
            yield f"{pad}{key}:"
            yield from dump(item, indent + 2)
        elif isinstance(item, Mapping):
            yield f"{pad}{key}: {{}}"
        elif isinstance(item, Sequence) and not isinstance(item, str):
            yield from _dump_list(key, item, indent)
        elif isinstance(item, str) and _is_block(item):
            yield f"{pad}{key}: |-"
            yield from (f"{pad}  {line}" if line else "" for line in item.split("\n"))
        else:
            yield f"{pad}{key}: {scalar(item)}"


def _dump_list(key: str, items: Sequence[object], indent: int) -> Iterator[str]:
    pad = " " * indent
    if not any(isinstance(item, Mapping) for item in items):
        yield f"{pad}{key}: {_flow(items)}"
        return
    yield f"{pad}{key}:"
    for item in items:
        lines = list(dump(item, indent + 4))
        yield f"{pad}  - {lines[0].lstrip()}"
        yield from lines[1:]


def _flow(value: object) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    if isinstance(value, str):
        return (
            UNPRINTABLE.sub(_escape, json.dumps(value, ensure_ascii=False))
            if not PLAIN.fullmatch(value) or re.search(r"[,;]", value)
            else scalar(value)
        )
    return scalar(value)
