"""One form for every kind of value: what has it passes, what has not is refused, whatever it is."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from bitext import forms
from bitext.glossary.people import parse_people
from bitext.glossary.store import parse_glossary
from bitext.library import shapes, store, yaml_lines
from bitext.metadata import METADATA, known_metadata
from bitext.model import Bitext, Correction, Note, Speaker, Unit
from bitext.pages.labels import LABELS
from bitext.project.project import load_project
from bitext.project.write import made_of
from bitext.text.fields import TYPES as FIELDS

CASES = Path(__file__).parent / "cases"
FORMS = tomllib.loads((CASES / "forms.toml").read_text("utf-8"))
HOSTILE = [json.loads(line) for line in (CASES / "hostile.txt").read_text("ascii").splitlines()]
NAMES = ("is_id", "is_slug", "is_person", "is_turn", "is_day", "is_date")


@pytest.mark.parametrize("name", FORMS)
def test_what_has_the_form_passes_and_nothing_else(name):
    fits = getattr(forms, name)
    assert [value for value in FORMS[name]["good"] if not fits(value)] == []
    assert [value for value in FORMS[name]["bad"] if fits(value)] == []


def test_no_hostile_string_is_an_id_a_slug_a_turn_or_a_date():
    assert len(set(HOSTILE)) >= 171
    numbers = [("is_slug", "1e999"), ("is_slug", "0x10")]  # of plain letters and digits: harmless
    found = [(n, text) for n in NAMES for text in HOSTILE if getattr(forms, n)(text)]
    assert found == numbers


# --- the same, through the doors -------------------------------------------------------------------

GOOD = Bitext(
    "talk", {"date": "2026-04-30"},
    units=(Unit("s1p1", "para", "你好", "Hello", "wang", "s1", formerly=("p9",)), Unit("n1", "note", "注", None, after="s1p1")),
    speakers=(Speaker("wang", "王", "Wang", person="wang"),),
    notes=(Note("e1", "s1p1", "editor", "注", "note", sources=(("x", "https://example.org/"),)),),
    corrections=(Correction("s1p1", "Hullo", "Hello", "2026-11-24", "因", "why", "same", lang="en"),),
    record={"date_local": "2026-04-29", "date_beijing": "2026-04-30", "received": "2026-11-24", "found": {"url": "https://example.org/"}},
)  # fmt: skip
#: The lines of a bitext, up to the value, in which a hostile string must be told.
FIELDS_OF_BITEXT = (
    "slug", "date", "date_local", "date_beijing", "received", "- id", "person", "turn",
    "speaker", "after", "- at", "at", "kind", "lang",
)  # fmt: skip


def hostile_bitext(text: str) -> tuple[str, list[int]]:
    """A bitext with the text in each such field, and the lines of these."""
    made, lines = [], []
    for number, line in enumerate(store.dump_bitext(GOOD).splitlines(), 1):
        key, colon, _ = line.partition(":")
        if key.strip() in FIELDS_OF_BITEXT and colon and line[-1] != ":":
            line = f"{key}: {yaml_lines.scalar(text)}"
            lines.append(number)
        if key.strip() == "formerly":
            [line] = yaml_lines.dump({key: [text]})
            lines.append(number)
        made.append(line)
    return "\n".join(made) + "\n", lines


def test_the_bitext_that_is_made_hostile_is_sound_before():
    assert store.parse_bitext(store.dump_bitext(GOOD), "x.yml", "talk", ["talk"])[1] == []
    assert len(hostile_bitext("x")[1]) >= 18


@pytest.mark.parametrize("part", range(8))
def test_every_hostile_string_is_told_in_every_field_of_a_bitext(part):
    for text in HOSTILE[part::8]:
        made, lines = hostile_bitext(text)
        bitext, problems = store.parse_bitext(made, "x.yml", "talk", ["talk"])
        assert set(lines) <= {problem.line for problem in problems}, text
        assert bitext.slug == "talk" and not bitext.units and not bitext.notes, text


def test_no_hostile_string_is_a_person_or_a_term():
    for text in HOSTILE:
        id = yaml_lines.scalar(text)
        people, told = parse_people(
            f"version: 1\npeople:\n  - id: {id}\n    zh: 王\n    en: W\n", "p"
        )
        assert people.persons == () and [p.line for p in told][:1] == [3], text
        row = f"{{id: {id}, subject: s, zh: 治理, en: governance, definition: {{zh: 义, en: x}}, basis: general}}"  # fmt: skip
        glossary, told = parse_glossary(f"version: 1\nsubjects: [{{id: s, zh: 主, en: S}}]\nterms:\n  - {row}\n", "g")  # fmt: skip
        assert glossary.terms == () and [p.line for p in told][:1] == [4], text


def test_no_hostile_address_becomes_a_link():
    for text in (t for t in HOSTILE if not forms.is_address(t)):
        made = store.dump_bitext(GOOD).replace('"https://example.org/"', yaml_lines.scalar(text))
        bitext, problems = store.parse_bitext(made, "x.yml")
        assert len(problems) == 2 and "found" not in bitext.record
        assert all(note.sources == () for note in bitext.notes)


# --- what has to be known in one place -------------------------------------------------------------


def test_the_ids_that_pages_have_for_themselves_are_the_ones_kept_free(root):
    project = load_project(root)
    bitexts = project.library.bitexts
    ours = {id for b in bitexts for u in b.units for id in (u.id, u.turn, *u.formerly)}
    ours |= {note.id for b in bitexts for note in b.notes} | {b.slug for b in bitexts}
    ours |= {term.id for term in project.glossary.terms}
    ours |= {person.id for person in project.people.persons}
    for path, text in made_of(project).items():
        if path.endswith((".json", "/index.md")) and "speakers" not in path:
            continue
        kind = re.search(r"^bt_page: (\w+)$", text, re.MULTILINE)[1]
        kind = {"list": "library", "people": "speaker"}.get(kind, kind)
        own = set(re.findall(r'\{ #([^\s}]+)| id="([^"]+)"', text))
        # Nothing that people name has two hyphens in its id.
        own = {id for id in (a or b for a, b in own) if "--" not in id} - ours
        assert own and all(forms.taken_by_page(id, kind) for id in own), (path, own)


def test_every_key_that_cleaning_reads_is_known():
    assert set(FIELDS) | {f"{key}_time" for key in ("updated", "received")} <= set(METADATA)


def test_a_note_can_only_be_what_the_page_has_a_word_for():
    for lang, labels in LABELS.items():
        assert [k for k in shapes.NOTE_KINDS if not labels.get(f"note_{k}")] == [], lang
    assert set(LABELS["zh"]) == set(LABELS["en"])


def test_what_the_source_says_is_metadata_only_in_its_form():
    said = {"date": "2026-02-31", "updated": "2026-02-28", "title_zh": "题", "zebra": "x"}
    assert known_metadata(said) == {"updated": "2026-02-28", "title_zh": "题"}
