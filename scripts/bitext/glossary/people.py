"""data/people.yml -> people and bodies: one form of each name, and who they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from bitext.forms import PERSON_FORM, is_person, shown
from bitext.glossary.records import BASES, Both, Forms, Source
from bitext.glossary.rows import RowReader
from bitext.library import yaml_lines
from bitext.model import LANGS, Problem

VERSION = 1
TOP = ("version", "people", "bodies")
KEYS = ("id", "zh", "en", "variants", "role", "note", "sources", "basis")
NEEDED = ("id", "zh", "en")


@dataclass(frozen=True, slots=True)
class Person:
    """A person or a body named in the library; roles are those of the time of the text."""

    id: str
    name: Both
    variants: Forms = Forms()
    role: Both | None = None
    note: Both | None = None
    sources: tuple[Source, ...] = ()
    basis: str = ""  # 'stored', 'general', or '' where nothing is said
    line: int = 0  # in people.yml


@dataclass(frozen=True, slots=True)
class People:
    """Who is named in the library, in the order of the file; no id stands twice in both lists."""

    persons: tuple[Person, ...] = ()
    bodies: tuple[Person, ...] = ()


def read_people(path: Path, root: Path) -> tuple[People, list[Problem]]:
    """The people in a file and all that is wrong with it; none where there is no file."""
    if not path.exists():
        return People(), []
    name = str(path.relative_to(root))
    text, problems = yaml_lines.read(path, name)
    if text is None:
        return People(), [replace(problem, code="P-FILE") for problem in problems]
    return parse_people(text, name)


def parse_people(text: str, path: str) -> tuple[People, list[Problem]]:
    """As `read_people`, from the file's text."""
    value, found = yaml_lines.load(text, path)
    problems = [replace(problem, code="P-YAML") for problem in found]
    if value is None and problems:
        return People(), problems
    reader = _Reader(path, "P")
    top = reader.row(value, 1, TOP, "the list of people")
    if top.get("version") != VERSION or isinstance(top.get("version"), bool):
        reader.say(top.at("version"), "VERSION", f"version is {shown(top.get('version'))}; this program reads {VERSION}")  # fmt: skip
    first: dict[str, int] = {}
    people = People(
        reader.persons(top, "people", "a person", first),
        reader.persons(top, "bodies", "a body", first),
    )
    return people, sorted((*problems, *reader.problems), key=lambda p: p.line)


class _Reader(RowReader):
    """Takes the rows of people.yml apart."""

    def persons(
        self, top: yaml_lines.Map, key: str, what: str, first: dict[str, int]
    ) -> tuple[Person, ...]:
        """The rows of a list that can be used; `first` has the lines of all ids so far."""
        found = []
        for row in self.rows(top, key, "the list of people"):
            if not self.is_row(row, top.at(key), KEYS, f"an item of {key}"):
                continue
            person = self.person(row, what)
            if person is None:
                continue
            if person.id in first:
                self.say(row.at("id"), "DUPLICATE", f"the id '{person.id}' stands already at line {first[person.id]}; give this one its own")  # fmt: skip
                continue
            first[person.id] = row.line
            found.append(person)
        return tuple(found)

    def person(self, value: yaml_lines.Map, what: str) -> Person | None:
        row = self.row(value, value.line, KEYS, what)
        id = said if is_person(said := row.get("id")) else ""
        if row.get("id") is not None and not id:
            self.say(row.at("id"), "ID", f"id of {what} is {shown(row['id'])}; {PERSON_FORM.words}")
        what = f"'{id}'" if id else what
        self.missing(row, NEEDED, what)
        name = {x: self.text(row.get(x), row.at(x), f"{x} of {what}", plain=False) for x in LANGS}
        if row.get("basis") not in (None, *BASES):
            self.say(row.at("basis"), "TYPE", f"basis of {what} is {shown(row['basis'])}; it is {' or '.join(BASES)}")  # fmt: skip
        person = Person(
            id=id, name=Both(**name), variants=self.forms(row, "variants", what, form=False),
            role=self.worded(row, "role", what), note=self.worded(row, "note", what),
            sources=self.sources(row, what), basis=said if (said := row.get("basis")) in BASES else "",
            line=row.line,
        )  # fmt: skip
        return person if id and all(name.values()) else None
