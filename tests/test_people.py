"""data/people.yml: read once, in one place; every wrong shape is told, what can be used is there."""

from __future__ import annotations

import pytest

from bitext.glossary.people import parse_people, read_people
from bitext.project.project import load_project
from bitext.search.index import names_of
from tests.projects import PANEL, copy_project, edit

GOOD = """\
version: 1
people:
  - id: xue-lan
    zh: 薛澜
    en: Xue Lan
    variants: {zh: [薛教授], en: [Lan Xue, Dr. Xue]}
    role:
      zh: "院长 #1"
      en: |-
        Dean of *one* college
        and of another
    sources:
      - {title: A page, url: "https://example.org/"}
    basis: stored
bodies:
  - {id: fli, zh: 未来生命研究所, en: Future of Life Institute, variants: {en: [FLI]}}
"""


def test_people_and_bodies_are_read_whole():
    people, problems = parse_people(GOOD, "people.yml")
    assert problems == []
    [xue], [fli] = people.persons, people.bodies
    assert (
        xue.variants.en == ("Lan Xue", "Dr. Xue") and xue.sources[0].url == "https://example.org/"
    )
    assert xue.role.zh == "院长 #1" and xue.role.en == "Dean of *one* college\nand of another"
    assert (xue.line, fli.line) == (3, 16)


def test_the_search_knows_both_under_all_their_names():
    names = names_of(parse_people(GOOD, "people.yml")[0])
    assert names["xue-lan"].zh == ("薛澜", "薛教授")
    assert names["fli"].en == ("Future of Life Institute", "FLI")


#: What is put in the place of what, the line at which it is told, and words of the message.
WRONG = {
    "version": ("version: 1", "version: 2", 1, "this program reads 1"),
    "top key": ("bodies:", "boddies:", 15, "did you mean 'bodies'?"),
    "key": ("    basis:", "    basics:", 14, "did you mean 'basis'?"),
    "people a number": ("people:\n", "people: 5\nx:\n", 2, "people of the list of people is '5'; it is a list"),
    "a person a text": ("people:\n", "people:\n  - x\n", 2, "an item of people is 'x'"),
    "id a list": ("id: xue-lan", "id: [x]", 3, "id of a person is a list"),
    "id a path": ("id: xue-lan", "id: ../x", 3, "id of a person is '../x'"),
    "id of both": ("id: fli", "id: xue-lan", 16, "stands already at line 3"),
    "no name": ("    zh: 薛澜\n", "", 3, "'xue-lan' has no 'zh'"),
    "name a number": ("en: Xue Lan", "en: 5", 5, "it is text, so put it in quotes"),
    "name cut": ("en: Xue Lan", "en: Xue #Lan", 5, "begins a comment"),
    "variants a list": ("variants: {zh: [薛教授], en: [Lan Xue, Dr. Xue]}", "variants: [a]", 6, "it is a mapping"),
    "variants letter by letter": ("[薛教授]", "薛教授", 6, "it is a list"),
    "variants of lists": ("[薛教授]", "[[薛教授]]", 6, "it is text"),
    "variant twice": ("[薛教授]", "[薛教授, 薛教授]", 6, "stands twice"),
    "role in one language": ('      zh: "院长 #1"\n', "", 7, "has no zh"),
    "sources a mapping": ("sources:\n      - {title: A page, url: \"https://example.org/\"}", "sources: {a: b}", 12, "it is a list"),
    "sources of texts": ("{title: A page, url: \"https://example.org/\"}", "a", 12, "it is a mapping"),
    "source's address": ("https://example.org/", "javascript:alert(1)", 13, "https://"),
    "basis": ("basis: stored", "basis: hearsay", 14, "stored or general"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_shape_is_told_at_its_line(name):
    old, new, line, words = WRONG[name]
    assert old in GOOD
    people, problems = parse_people(GOOD.replace(old, new, 1), "people.yml")
    assert [p.line for p in problems if words in p.message] == [line], problems
    assert all(p.code.startswith("P-") for p in problems)
    names_of(people)


@pytest.mark.parametrize("data", [b"", b"x", b"- a", b"\xff", b"people: [", b"{a: " * 9999, None])
def test_a_file_that_is_none_is_told(tmp_path, data):
    path = tmp_path / "people.yml"
    path.mkdir() if data is None else path.write_bytes(data)
    people, problems = read_people(path, tmp_path)
    assert problems and problems[0].path == "people.yml"
    assert (people.persons, people.bodies) == ((), ())


def test_no_file_is_nobody(tmp_path):
    people, problems = read_people(tmp_path / "people.yml", tmp_path)
    assert (people.persons, people.bodies, problems) == ((), (), [])


def test_a_speaker_that_is_a_body_is_told_what_to_do(tmp_path):
    project = copy_project(tmp_path)
    edit(project / PANEL, "person: xue-lan", "person: fli")
    [told] = [p for p in load_project(project).problems if "fli" in p.message]
    assert "is a body" in told.message and "leave `person` out" in told.message and told.line > 1
