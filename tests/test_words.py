"""Lists of words: each says where it comes from, holds nothing twice, and is used."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from bitext.clean import boilerplate
from bitext.text.fields import BARE, TYPES
from bitext.text.phrases import ROW, SLOTS, fold, phrases
from bitext.text.words import FOLDER, PART, any_of, entries, forms, pattern_of, words

PACKAGE = Path(__file__).resolve().parent.parent / "scripts" / "bitext"
NAMES = sorted(f.relative_to(FOLDER).with_suffix("").as_posix() for f in FOLDER.rglob("*.txt"))
#: Lists that are named by what a table of the program holds: `labels/` and a key of metadata.
FAMILIES = {
    "labels": [*TYPES],
    "labels/bare": [name for name in BARE.groupindex if not name.startswith(("a_", "b_"))],
}
#: Lists of phrases: what they hold may have slots.
SLOT = re.compile(r"(?<!\\)\{[^{}]+\}")
SLOTTED = sorted({n for n in NAMES if any(SLOT.search(e) for e in entries(n))})
KINDS = [
    *boilerplate.LINES,
    *boilerplate.WEAK,
    *boilerplate.ENDS,
    *boilerplate.HEADS,
    *boilerplate.INLINE,
]


def slots_of(name: str) -> set[str]:
    """What the phrases of a list name in braces."""
    found = [ROW.fullmatch(m[0]) for e in entries(name) for m in SLOT.finditer(e)]
    assert all(found)
    return {match[1] for match in found if match}


def plain(entry: str) -> str:
    """An entry with all that may be left out left out, and the first of each choice; its slots stay."""
    out, skipped, taken = "", 0, [True]
    for part in PART.finditer(entry):
        mark = part[2]
        if mark == "(" or skipped:
            skipped += (mark == "(") - (mark == ")")
        elif mark == "<":
            taken.append(True)
        elif mark == ">":
            taken.pop()
        elif mark == "|":
            taken[-1] = False
        elif all(taken):
            out += part[0]
    return out


@pytest.mark.parametrize("name", NAMES)
def test_a_list_says_what_it_is_and_holds_nothing_twice(name):
    first, *lines = (FOLDER / f"{name}.txt").read_text("utf-8").split("\n")
    assert re.match(r"# \S.*\S", first)
    assert lines[-1] == "" and all(line == line.strip() for line in lines)
    assert entries(name) and len(set(entries(name))) == len(entries(name))
    counts = Counter(form for e in entries(name) if not SLOT.search(e) for form in forms(e))
    assert [form for form, n in counts.items() if n > 1] == []
    assert "" not in counts


@pytest.mark.parametrize("name", SLOTTED)
def test_a_slot_is_known_or_is_a_list_beside_the_phrase(name):
    lists = {n.removeprefix("chrome/") for n in NAMES if n.startswith("chrome/")}
    assert slots_of(name) - set(SLOTS) - lists == set()


@pytest.mark.parametrize(("folder", "reason"), KINDS, ids=str)
def test_a_line_of_a_list_is_chrome_for_the_reason_the_list_is_named_by(folder, reason):
    """Each phrase without slots takes its own shortest form."""
    name = f"chrome/{folder}/{boilerplate.file_of(reason)}"
    pattern = phrases(name)
    own = [plain(e).replace("~", "so 也") for e in entries(name)]
    shown = [re.sub(r"\\(.)", r"\1", e) for e in own if not SLOT.search(e)]
    assert [e for e in shown if not pattern.fullmatch(fold(e))] == []


@pytest.mark.parametrize("name", [n for n in NAMES if n not in SLOTTED])
def test_a_list_finds_each_of_its_forms_and_that_whole(name):
    pattern = re.compile(any_of(name))
    assert [form for form in words(name) if pattern.fullmatch(form) is None] == []


def test_every_list_is_used():
    text = "\n".join(file.read_text("utf-8") for file in PACKAGE.rglob("*.py"))
    named = {name for name in re.findall(r"[\"']([\w/]+)[\"']", text) if "/" in name}
    named |= {f"{family}/{name}" for family, names in FAMILIES.items() for name in names}
    named |= {f"chrome/{slot}" for name in SLOTTED for slot in slots_of(name)}
    named |= {f"chrome/{folder}/{boilerplate.file_of(r)}" for folder, r in KINDS}
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
