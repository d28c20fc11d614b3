"""A fact about the two scripts stands once, in `text/`: no other file writes it down again."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from bitext.text.numbering import Form, Number, number_at

TESTS = Path(__file__).resolve().parent
SCRIPTS = TESTS.parent / "scripts"
NUMBERS = tomllib.loads((TESTS / "cases" / "numbers.toml").read_text("utf-8"))["case"]
#: A fact -> how a file looks that has its own of it.
FACTS = {
    "Han": r"(?:\\u4e00|一)-(?:\\{1,2}u9f|[鿿龥])|\\u3400-\\{1,2}u(?:4dbf|9fff)|㐀-",
    "Chinese numerals": "[一两二][二三][三四][四五]",
}
#: Its lists of words hold some.
NOT_YET = {("Chinese numerals", "segment/speakers.py")}


def holders(fact: str) -> set[str]:
    """The files that write the fact down, by where they lie in the package or beside it."""
    package = SCRIPTS / "bitext"
    files = [f for f in SCRIPTS.rglob("*.py") if re.search(FACTS[fact], f.read_text("utf-8"))]
    return {str(f.relative_to(package if package in f.parents else SCRIPTS)) for f in files}


@pytest.mark.parametrize("fact", FACTS)
def test_only_the_ground_floor_writes_the_fact_down(fact):
    found = {file for file in holders(fact) if (fact, file) not in NOT_YET}
    assert found and {file.partition("/")[0] for file in found} == {"text"}


def test_han_stands_in_one_file_alone():
    assert holders("Han") == {"text/scripts.py"}


@pytest.mark.parametrize("case", NUMBERS, ids=lambda c: c["text"])
def test_the_number_at_a_lines_head(case):
    wanted = Number(case["value"], Form[case["form"]], case["end"]) if "form" in case else None
    assert number_at(case["text"], set(Form)) == wanted


def test_every_form_has_a_case():
    assert {case.get("form") for case in NUMBERS} - {None} == {form.name for form in Form}


@pytest.mark.parametrize("form", Form)
def test_a_form_is_found_where_it_is_asked_for_and_not_where_it_is_not(form):
    for case in NUMBERS:
        if case.get("form") == form.name:
            assert number_at(case["text"], {form}) is not None
            assert number_at(case["text"], set()) is None
