"""Lists of words: each says where it comes from, holds nothing twice, and is used."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from bitext.clean.rules import LIST
from bitext.text.fields import BARE, TYPES
from bitext.text.words import FOLDER, any_of, entries, forms, pattern_of, words

PACKAGE = Path(__file__).resolve().parent.parent / "scripts" / "bitext"
CLEAN = PACKAGE / "clean"
NAMES = sorted(f.relative_to(FOLDER).with_suffix("").as_posix() for f in FOLDER.rglob("*.txt"))
#: Lists that are named by what a table of the program holds: `labels/` and a key of metadata.
FAMILIES = {
    "labels": [*TYPES],
    "labels/bare": [name for name in BARE.groupindex if not name.startswith(("a_", "b_"))],
    "chrome": [m[1] for file in CLEAN.glob("*.py") for m in LIST.finditer(file.read_text("utf-8"))],
}


@pytest.mark.parametrize("name", NAMES)
def test_a_list_says_what_it_is_and_holds_nothing_twice(name):
    first, *lines = (FOLDER / f"{name}.txt").read_text("utf-8").split("\n")
    assert re.match(r"# \S.*\S", first)
    assert lines[-1] == "" and all(line == line.strip() for line in lines)
    counts = Counter(form for entry in entries(name) for form in forms(entry))
    assert counts and [form for form, n in counts.items() if n > 1] == []
    assert "" not in counts


@pytest.mark.parametrize("name", NAMES)
def test_a_list_finds_each_of_its_forms_and_that_whole(name):
    pattern = re.compile(any_of(name))
    assert [form for form in words(name) if pattern.fullmatch(form) is None] == []


def test_every_list_is_used():
    text = "\n".join(file.read_text("utf-8") for file in PACKAGE.rglob("*.py"))
    named = {name for name in re.findall(r"[\"']([\w/]+)[\"']", text) if "/" in name}
    named |= {f"{family}/{name}" for family, names in FAMILIES.items() for name in names}
    assert [name for name in NAMES if name not in named] == []


@pytest.mark.parametrize(
    "entry, said",
    [
        ("no.", ["no."]),
        ("view(s)", ["views", "view"]),
        ("(re)post<ed|ing>", ["reposted", "reposting", "posted", "posting"]),
        ("a<b|c(d)>", ["ab", "acd", "ac"]),
        (r"author\(s\)", ["author(s)"]),
        (r"\#", ["#"]),
    ],
)
def test_the_notation_of_an_entry(entry, said):
    assert forms(entry) == said
    assert all(re.fullmatch(pattern_of(entry), form) for form in said)


@pytest.mark.parametrize("text", ["nox", "author", "a|b", "<a>"])
def test_a_mark_of_a_pattern_is_a_character_of_an_entry(text):
    assert not re.fullmatch(pattern_of("no."), text)
    assert not re.fullmatch(pattern_of(r"author\(s\)"), text)
    assert re.fullmatch(pattern_of(re.sub(r"([<|>])", r"\\\1", text)), text)


def test_no_long_list_stands_in_a_pattern():
    """A dozen words are a list. A rule may hold a few words: what it says is then seen at once."""
    many = re.compile(r"(?:[\w '’-]{2,}\|){15,}")
    files = [f for room in ("read", "clean", "segment", "text") for f in (PACKAGE / room).rglob("*.py")]  # fmt: skip
    assert [(f.name, m[0][:40]) for f in files for m in many.finditer(f.read_text("utf-8"))] == []
