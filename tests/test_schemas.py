"""data/schema/: generated from the forms, true of every data file, and of no broken one."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bitext.commands.terms import import_terms
from bitext.forms import ID, LONGEST_ID, NO_IDS, PAGE_IDS, PAGE_NAMES, URL
from bitext.glossary import people, store
from bitext.glossary import rows as g
from bitext.glossary.records import BASES, GLOSSARY_VERSION, MAX_FORM
from bitext.library.register import FORM
from bitext.library.schema import FOLDER, schemas
from bitext.library.store import parse_bitext
from bitext.library.yaml_lines import load
from tests.conftest import ROOT
from tests.json_schema import faults

BITEXTS = [
    *(ROOT / "data/transcripts").glob("*/bitext.yml"),
    *ROOT.glob("tests/golden/*/bitext.yml"),
]
FILES = {
    "bitext": sorted(BITEXTS),
    "people": [ROOT / "data/people.yml"],
    "glossary": [ROOT / "data/glossary.yml", ROOT / "tests/cases/glossary_good.yml"],
    "withdrawn": [ROOT / "data/withdrawn.yml"],
}
WITHDRAWAL = """\
withdrawn:
  - slug: tea-talk
    title_zh: 茶叙
    title_en: Tea Talk
    date: "2026-11-29"
    why_zh: 应要求。
    why_en: On request.
"""
#: A file with every row, sound.
TALK = """\
version: 2
slug: tea-talk
formerly: [old-talk]
metadata: {date: "2026-04-30", title_en: Tea Talk}
record:
  kind: {zh: 座谈, en: Panel}
  found: {zh: 转载, en: A repost, url: "https://example.org/x"}
  received: "2026-11-24"
settled: [s1p1]
speakers:
  - {id: wang, zh: 王, en: Wang, labels_zh: [王], person: wang-li}
units:
  - id: s1p1
    speaker: wang
    level: 0
    zh: 你好。
    en: Hello.
  - {id: p2, kind: note, after: s1p1, original: zh, zh: 注, speaker: }
notes:
  - {id: e1, at: s1p1, kind: editor, zh: 注, en: Note, sources: [{title: A book}]}
corrections:
  - {at: s1p1, lang: en, was: Hallo, is: Hello, date: "2026-11-29", why_zh: 误, why_en: Typo, twin: same}
left_out:
  - {was: 广告, why_zh: 广告, why_en: Advertising}
withdrawn:
  - {id: p9, date: "2026-11-29", why_zh: 误收, why_en: By mistake}
"""


def schema(name: str) -> dict:
    return json.loads((ROOT / FOLDER / f"{name}.schema.json").read_text("utf-8"))


def told(name: str, text: str) -> list[str]:
    value, problems = load(text, "x.yml")
    assert problems == []
    return list(faults(value, schema(name), schema(name)))


@pytest.mark.parametrize("name", schemas())
def test_a_schema_is_what_the_forms_say(name, update_golden):
    file = ROOT / FOLDER / name
    if update_golden:
        file.write_text(schemas()[name], "utf-8")
    assert file.read_text("utf-8") == schemas()[name], "run pytest with --update-golden"


@pytest.mark.parametrize("file", [f for files in FILES.values() for f in files], ids=str)
def test_every_data_file_is_what_its_schema_says(file):
    [name] = [name for name, files in FILES.items() if file in files]
    assert told(name, file.read_text("utf-8")) == []


@pytest.mark.parametrize("file", [f for files in FILES.values() for f in files[:1]], ids=str)
def test_a_data_file_names_its_schema_in_its_first_line(file):
    first = file.read_text("utf-8").split("\n")[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert (file.parent / named[1]).resolve().is_relative_to(ROOT / FOLDER)
    assert (file.parent / named[1]).is_file()


#: What is changed in `TALK`: both the schema and `bitext check` say that it is wrong.
BROKEN = [
    ("version: 2", "version: 3"), ("version: 2\n", ""), ("slug: tea-talk", "slug: Tea Talk"),
    ("slug: tea-talk", "slug: index"), ("[old-talk]", "old-talk"), ("[old-talk]", "[old/talk]"),
    ('"2026-04-30"', '"30.4.2026"'), ('"2026-04-30"', '"2026-13"'), ("title_en", "titel_en"),
    ("title_en: Tea Talk", "title_en: [Tea]"), ("kind: {zh: 座谈", "kind: {cn: 座谈"),
    ("kind: {zh: 座谈, en: Panel}", "kind: [座谈]"), ("https://example.org", "javascript://x"),
    ("https://example.org/x", "https://"), ("received:", "recieved:"), ('"2026-11-24"', '"2026-11"'),
    ("settled: [s1p1]", "settled: s1p1"), ("id: wang,", "id: Wang,"), ("{id: wang, ", "{"),
    ("labels_zh: [王]", "labels_zh: 王"), ("person: wang-li", "person: index"),
    ("- id: s1p1\n", "- id: S1P1\n"), ("speaker: wang\n", "speakr: wang\n"),
    ("level: 0", "level: 7"), ("level: 0", "level: true"), ("zh: 你好。", "zh: 12"),
    ("kind: note", "kind: poem"), ("original: zh", "original: fr"), ("kind: editor", "kind: remark"),
    ("zh: 注, en: Note,", "zh: 注,"), ("{title: A book}", "{url: 'https://x.example/'}"),
    ("twin: same", "twin: maybe"), ("is: Hello, ", ""), ("why_en: Typo, ", ""),
    ('date: "2026-11-29", why_zh: 误,', "date: today, why_zh: 误,"), ("{was: 广告, ", "{text: 广告, "),
    (", why_en: By mistake", ""), ("notes:\n", "note:\n"), ("settled: [s1p1]", "settled: [constructor]"),
]  # fmt: skip


def test_a_file_with_every_kind_of_row_is_sound():
    assert told("bitext", TALK) == []
    assert told("withdrawn", WITHDRAWAL) == []


@pytest.mark.parametrize(("right", "wrong"), BROKEN, ids=[f"{a} -> {b}" for a, b in BROKEN])
def test_a_broken_transcript_is_told_by_the_schema_and_by_check(right, wrong):
    assert TALK.count(right) >= 1
    text = TALK.replace(right, wrong, 1)
    assert told("bitext", text) != []
    assert len(parse_bitext(text, "x.yml", "tea-talk")[1]) > 0


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("people", "  - id: xue-lan\n", "  - id: index\n"), ("people", "    zh: 薛澜\n", ""),
        ("people", "basis: stored", "basis: hearsay"), ("people", "variants:", "variant:"),
        ("people", "version: 1", "version: 2"), ("people", "{title: ", "{name: "),
        ("people", "{zh: [薛澜教授, 薛教授]", "{zh: 薛教授"), ("people", "people:\n", "persons:\n"),
        ("glossary", "  - id: track-1\n", "  - id: Track 1\n"), ("glossary", "    zh: 一轨对话\n", ""),
        ("glossary", "version: 1", "version: one"), ("glossary", "subject: diplomacy", "subject: []"),
        ("glossary", "zh: [官方外交]", "zh: [外]"), ("glossary", "search_only:", "search:"),
        ("glossary", 'url: "https://', 'url: "ftp://'), ("glossary", "basis: stored", "basis: read"),
        ("withdrawn", "slug: tea-talk", "slug: ../x"), ("withdrawn", "2026-11-29", "2026-11"),
        ("withdrawn", "    why_en: On request.\n", ""), ("withdrawn", "withdrawn:", "removed:"),
        ("withdrawn", "title_zh: 茶叙", "title_zh: [茶叙]"),
    ],
)  # fmt: skip
def test_other_broken_files_are_told_by_the_schema_and_by_their_reader(name, right, wrong):
    text = WITHDRAWAL if name == "withdrawn" else FILES[name][0].read_text("utf-8")
    assert right in text
    text = text.replace(right, wrong, 1)
    assert told(name, text) != []
    assert problems_of(name, text)


def problems_of(name: str, text: str) -> list:
    if name == "withdrawn":
        return list(FORM.faults(load(text, "x.yml")[0], 1, "the file"))
    read = people.parse_people if name == "people" else store.parse_glossary
    return list(read(text, "x.yml")[1])


# --- the two schemas that are written by hand ------------------------------------------------------


def test_the_glossarys_schema_says_what_its_reader_says():
    said = schema("glossary")
    term, subject = said["definitions"]["term"], said["properties"]["subjects"]["items"]
    assert tuple(said["properties"]) == g.TOP
    assert set(term["properties"]) == set(g.TERM) and tuple(term["required"]) == g.TERM_NEEDED
    assert tuple(subject["properties"]) == tuple(subject["required"]) == g.SUBJECT
    assert tuple(term["properties"]["basis"]["enum"]) == BASES
    assert said["definitions"]["form"]["maxLength"] == MAX_FORM
    assert said["properties"]["version"]["const"] == GLOSSARY_VERSION
    _same_patterns(said["definitions"]["id"], term, NO_IDS)


def test_the_peoples_schema_says_what_its_reader_says():
    said = schema("people")
    entry = said["definitions"]["entry"]
    assert tuple(said["properties"]) == people.TOP
    assert tuple(entry["properties"]) == people.KEYS and tuple(entry["required"]) == people.NEEDED
    assert tuple(entry["properties"]["basis"]["enum"]) == (*BASES, None)
    assert said["properties"]["version"]["const"] == people.VERSION
    _same_patterns(entry["properties"]["id"], entry, NO_IDS | PAGE_NAMES | {*PAGE_IDS["speaker"]})


def _same_patterns(id: dict, entry: dict, but: frozenset[str]) -> None:
    assert (id["pattern"], id["maxLength"]) == (f"^(?:{ID.pattern})$", LONGEST_ID)
    assert id["not"]["enum"] == sorted(but)
    url = entry["properties"]["sources"]["items"]["properties"]["url"]
    assert url["pattern"] == f"^(?:{URL.pattern})$"


def test_every_key_of_a_row_says_what_it_is_for():
    def silent(node: dict, at: str) -> list[str]:
        found = []
        for key, value in node.get("properties", {}).items():
            found += [] if value.get("description") else [f"{at}/{key}"]
            found += silent(value, f"{at}/{key}") + silent(value.get("items", {}), f"{at}/{key}")
        return found

    both = {"/zh", "/en"}
    for name in ("bitext", "withdrawn"):
        found = [path for path in silent(schema(name), "") if path[-3:] not in both]
        assert [path for path in found if not path.startswith("/metadata/")] == []


def test_import_terms_keeps_the_first_line(tmp_path: Path):
    (tmp_path / "data").mkdir()
    text = (ROOT / "data/glossary.yml").read_text("utf-8")
    (tmp_path / "data/glossary.yml").write_text(text, "utf-8")
    terms = tmp_path / "terms.csv"
    terms.write_text(
        "id,subject,zh,en,definition_zh,definition_en,basis\n"
        "red-line,risk,测试用红线,test red line,一条线。,A line.,general\n", "utf-8"
    )  # fmt: skip
    assert import_terms(terms, tmp_path) == 0
    now = (tmp_path / "data/glossary.yml").read_text("utf-8")
    assert now.startswith(text.split("terms:\n")[0]) and "test red line" in now
    assert told("glossary", now) == []
