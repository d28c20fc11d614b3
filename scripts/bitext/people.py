"""data/people.yml -> people: one form of each name, and who they are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bitext.glossary.records import Both, Forms, Source
from bitext.library import yaml_lines
from bitext.model import Problem

KEYS = ("id", "zh", "en", "variants", "role", "note", "sources", "basis")


@dataclass(frozen=True, slots=True)
class Person:
    """A person named in the library; roles are those of the time of the text."""

    id: str
    name: Both
    variants: Forms = Forms()
    role: Both | None = None
    note: Both | None = None
    sources: tuple[Source, ...] = ()
    line: int = 0  # in people.yml


def read_people(path: Path, root: Path) -> tuple[tuple[Person, ...], list[Problem]]:
    """The people in a file, in its order, and what is wrong with it; none where there is none."""
    if not path.exists():
        return (), []
    shown = str(path.relative_to(root))
    value, problems = yaml_lines.load(path.read_text("utf-8"), shown)
    if not isinstance(value, yaml_lines.Map):
        return (), problems or [Problem(shown, 1, "a mapping with `people` was expected")]
    people: dict[str, Person] = {}
    for row in value.get("people") or ():
        if not isinstance(row, yaml_lines.Map):
            problems.append(Problem(shown, value.at("people"), "each person is a mapping"))
            continue
        for key in row:
            if key not in KEYS:
                problems.append(
                    Problem(shown, row.at(key), f"unknown key '{key}'; known: {', '.join(KEYS)}")
                )
        missing = [key for key in ("id", "zh", "en") if not row.get(key)]
        if missing:
            problems.append(Problem(shown, row.line, f"a person needs {', '.join(missing)}"))
        elif row["id"] in people:
            problems.append(Problem(shown, row.line, f"the id '{row['id']}' stands already"))
        else:
            people[str(row["id"])] = _person(row)
    return tuple(people.values()), problems


def _person(row: yaml_lines.Map) -> Person:
    variants = row.get("variants") or {}
    return Person(
        id=str(row["id"]),
        name=Both(str(row["zh"]), str(row["en"])),
        variants=Forms(
            tuple(map(str, variants.get("zh") or ())), tuple(map(str, variants.get("en") or ()))
        ),
        role=_both(row.get("role")),
        note=_both(row.get("note")),
        sources=tuple(
            Source(str(s.get("title") or ""), str(s.get("url") or ""))
            for s in row.get("sources") or ()
        ),
        line=row.line,
    )


def _both(value: object) -> Both | None:
    if not isinstance(value, dict) or not (value.get("zh") and value.get("en")):
        return None
    return Both(str(value["zh"]), str(value["en"]))
