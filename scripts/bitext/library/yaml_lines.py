"""YAML in, with the line of every key; YAML out, with texts as readable blocks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import yaml

from bitext.forms import Cut
from bitext.library.files import NoFile, contents
from bitext.model import Problem
from bitext.text.scripts import HAN_CLASS

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 32  # no honest file nests deeper
TOO_DEEP = "nested far too deeply; no file of this project is"
#: What YAML does not take, and a place to say so: the parser itself gives none.
NOT_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
COMMENT = re.compile(r"[ \t]+#")
#: What ends a line for YAML, and for an editor that counts lines.
YAML_LINE = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
EDITORS_LINE = re.compile("\r\n|[\n\r]")
#: Which plain words are numbers, true, or nothing.
RESOLVER = yaml.resolver.Resolver()


class Map(dict):
    """A YAML mapping that knows its line, and the line of each of its keys."""

    line: int = 0
    lines: Mapping[str, int]

    def at(self, key: str) -> int:
        """The line of `key`, or of the mapping where it has no such key."""
        return self.lines.get(key, self.line)


def read(path: Path, shown: str) -> tuple[str | None, list[Problem]]:
    """The text of a file, or None and why it cannot be read."""
    try:
        data = contents(path)
    except FileNotFoundError:
        return None, [Problem(shown, 0, "no such file; restore it")]
    except NoFile as error:
        return None, [Problem(shown, 0, f"{error.what} stands where the file should be; remove it")]
    except OSError as error:
        return None, [Problem(shown, 0, f"{error.strerror or error}; make it readable")]
    return decoded(data, shown)


def decoded(data: bytes, shown: str) -> tuple[str | None, list[Problem]]:
    """The text of a file's bytes, or None and where they are not UTF-8."""
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, [Problem(shown, line, f"not UTF-8 (byte {error.start}); save it as UTF-8")]


def load(text: str, path: str) -> tuple[object, list[Problem]]:
    """The value of a YAML document and what is wrong with it. Dates stay text; no aliases, no tags."""
    text = text.removeprefix("\ufeff")
    if found := NOT_YAML.search(text):
        line = text.count("\n", 0, found.start()) + 1
        return None, [Problem(path, line, f"the character U+{ord(found[0]):04X} cannot stand in YAML; remove it")]  # fmt: skip
    reader = _Reader(text, path)
    try:
        return reader.document(), reader.problems
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        # The parser has a limit of its own, which some forms meet before ours.
        deep = "nesting depth" in str(error.problem)
        said = TOO_DEEP if deep else f"not YAML here: {error.problem}"
        return None, [Problem(path, reader.number(mark) if mark else 1, said)]
    except (yaml.YAMLError, ValueError) as error:
        return None, [Problem(path, 1, f"not YAML: {error}")]


class _Mark(Protocol):
    """A place in the file, from 0, as either of the two parsers gives it."""

    line: int
    column: int


class _Reader:
    """Events -> values. The parser only walks on, so that no nesting can exhaust it."""

    def __init__(self, text: str, path: str) -> None:
        self.path = path
        self.lines = YAML_LINE.split(text)
        self.numbers = list(_numbers(text))  # of each of these lines, as editors count
        self.problems: list[Problem] = []
        self.events = yaml.parse(text, Loader=Loader)

    def say(self, event: yaml.Event, message: str) -> None:
        self.problems.append(Problem(self.path, self.number(event.start_mark), message))

    def number(self, mark: _Mark | None) -> int:
        """The line of a place in the file, from 1."""
        assert mark is not None  # every event of a parser has its places
        return self.numbers[min(mark.line, len(self.numbers) - 1)]

    def document(self) -> object:
        """The value of the one document; None where there is none, or none that can be used."""
        value, documents = None, 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.say(event, "a second document begins here (---); keep one")
                    return None
                try:
                    value = self.value(next(self.events), 0)
                except _TooDeep as deep:
                    self.say(deep.event, TOO_DEEP)
                    return None
        if not documents:
            self.problems.append(Problem(self.path, 1, "the file is empty"))
        return value

    def value(self, event: yaml.Event, depth: int) -> object:
        """The value that begins with this event."""
        if depth > DEEPEST:
            raise _TooDeep(event)
        if isinstance(event, yaml.AliasEvent):
            self.say(event, "a YAML alias (*name); write the value out")
            return None
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag:
            self.say(event, f"a YAML tag ({event.tag[:40]}); write the plain value, text in quotes")
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.items(depth)
        return self.mapping(event, depth)

    def items(self, depth: int) -> list[object]:
        out = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            out.append(self.value(event, depth + 1))
        return out

    def mapping(self, start: yaml.Event, depth: int) -> Map:
        out = Map()
        out.line, out.lines = self.number(start.start_mark), {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if isinstance(event, yaml.ScalarEvent):
                key = event.value
            else:
                self.value(event, depth + 1)
                key = "?"  # told as unknown by who knows the keys
            if key in out:
                self.say(event, f"'{key[:60]}' stands twice; put all of it under the one at line {out.lines[key]}")  # fmt: skip
            out[key] = self.value(next(self.events), depth + 1)
            out.lines[key] = self.number(event.start_mark)
        return out

    def scalar(self, event: yaml.ScalarEvent) -> object:
        """The value of a scalar; a plain text before a comment knows that (see `Cut`)."""
        if not event.implicit[0] or event.tag:
            return event.value
        tag = RESOLVER.resolve(yaml.ScalarNode, event.value, event.implicit)
        value = plain(event.value, tag.rpartition(":")[2])
        end = event.end_mark
        if end and isinstance(value, str) and end.line < len(self.lines):
            rest = self.lines[end.line][end.column :]
            return Cut(value) if COMMENT.match(rest) else value
        return value


def _numbers(text: str) -> Iterator[int]:
    """For each line as YAML counts them its number as an editor counts."""
    yield 1
    number = 1
    for end in YAML_LINE.finditer(text):
        number += EDITORS_LINE.fullmatch(end[0]) is not None
        yield number


class _TooDeep(Exception):
    """A value nests deeper than any of this project."""

    def __init__(self, event: yaml.Event) -> None:
        self.event = event


def plain(text: str, kind: str) -> object:
    """The value of a word without quotes."""
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() in ("true", "yes", "on")
    if kind in ("int", "float"):
        try:
            return int(text) if kind == "int" else float(text)
        except ValueError:
            return text
    return text


# --- out ---------------------------------------------------------------------------------------

PLAIN = re.compile(rf"[A-Za-z{HAN_CLASS}][\w ./()+;（）《》“”、，。；？！·—-]*")
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
    return quoted(text)


#: The last code point that \\u with four digits can write; YAML takes eight behind \\U.
LAST_SHORT = 0xFFFF


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\u{code:04x}" if code <= LAST_SHORT else f"\\U{code:08x}"


def quoted(text: str) -> str:
    """The text in double quotes, on one line."""
    return UNPRINTABLE.sub(_escape, json.dumps(text, ensure_ascii=False))


def is_plain_block(text: str) -> bool:
    """Whether a block (`|`) gives the text back: no odd characters, no blanks at its ends."""
    return not UNPRINTABLE.search(text) and not text[0].isspace() and not text[-1].isspace()


def _is_block(text: str) -> bool:
    return (len(text) >= LONG or "\n" in text) and is_plain_block(text)


def dump(value: Mapping[str, object], indent: int = 0) -> Iterator[str]:
    """The lines of a YAML mapping. Short lists of scalars and of numbers stay on one line."""
    pad = " " * indent
    for key, item in value.items():
        if isinstance(item, Mapping):
            yield f"{pad}{key}:" + ("" if item else " {}")
            yield from dump(item, indent + 2)
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
        assert isinstance(item, Mapping)  # a list of rows has nothing else
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
