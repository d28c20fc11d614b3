"""A value against a JSON Schema: as much of draft-07 as the schemas of data/schema/ use.

A keyword that is not known here is an error, so that no schema says more than is checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

TYPES = {
    "object": dict, "array": list, "string": str, "integer": int, "number": (int, float),
    "boolean": bool, "null": type(None),
}  # fmt: skip
#: What says nothing of a value.
WORDS = {"$schema", "$id", "title", "description", "definitions"}


def faults(value: object, schema: Mapping, root: Mapping, at: str = "") -> Iterator[str]:
    """Where the value is not what the schema says, and by which keyword."""
    for keyword, said in schema.items():
        if keyword not in WORDS:
            yield from CHECKS[keyword](value, said, schema, root, at)


def _type(value, said, schema, root, at):
    names = [said] if isinstance(said, str) else said
    if not any(_is(value, name) for name in names):
        yield f"{at}: type"


def _is(value: object, name: str) -> bool:
    return isinstance(value, TYPES[name]) and not (
        name in ("integer", "number") and isinstance(value, bool)
    )


def _ref(value, said, schema, root, at):
    found = root
    for part in said.removeprefix("#/").split("/"):
        found = found[part]
    assert set(schema) == {"$ref"}, "draft-07 ignores what stands beside $ref"
    yield from faults(value, found, root, at)


def _any_of(value, said, schema, root, at):
    if all(list(faults(value, one, root, at)) for one in said):
        yield f"{at}: anyOf"


def _all_of(value, said, schema, root, at):
    for one in said:
        yield from faults(value, one, root, at)


def _not(value, said, schema, root, at):
    if not list(faults(value, said, root, at)):
        yield f"{at}: not"


def _properties(value, said, schema, root, at):
    if isinstance(value, dict):
        for key in said.keys() & value.keys():
            yield from faults(value[key], said[key], root, f"{at}/{key}")


def _additional(value, said, schema, root, at):
    assert said is False
    if isinstance(value, dict) and (unknown := value.keys() - schema["properties"].keys()):
        yield f"{at}: unknown {sorted(unknown)}"


def _required(value, said, schema, root, at):
    if isinstance(value, dict) and (missing := set(said) - value.keys()):
        yield f"{at}: needs {sorted(missing)}"


def _items(value, said, schema, root, at):
    if isinstance(value, list):
        for k, item in enumerate(value):
            yield from faults(item, said, root, f"{at}/{k}")


def _plain(name, wrong):
    def check(value, said, schema, root, at):
        if wrong(value, said):
            yield f"{at}: {name}"

    return check


def _text(wrong):
    return lambda value, said: isinstance(value, str) and wrong(value, said)


def _number(wrong):
    return lambda value, said: isinstance(value, int) and wrong(value, said)


CHECKS = {
    "type": _type, "$ref": _ref, "anyOf": _any_of, "allOf": _all_of, "not": _not,
    "properties": _properties, "additionalProperties": _additional, "required": _required,
    "items": _items,
    "enum": _plain("enum", lambda v, said: v not in said),
    "const": _plain("const", lambda v, said: v != said or isinstance(v, bool)),
    "pattern": _plain("pattern", _text(lambda v, p: not re.search(p[:-1] + r"\Z", v))),
    "minLength": _plain("minLength", _text(lambda v, n: len(v) < n)),
    "maxLength": _plain("maxLength", _text(lambda v, n: len(v) > n)),
    "minimum": _plain("minimum", _number(lambda v, n: v < n)),
    "maximum": _plain("maximum", _number(lambda v, n: v > n)),
    "minItems": _plain("minItems", lambda v, n: isinstance(v, list) and len(v) < n),
    "uniqueItems": _plain(
        "uniqueItems", lambda v, _: isinstance(v, list) and len({*map(repr, v)}) < len(v)
    ),
}  # fmt: skip
