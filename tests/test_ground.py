"""A fact about the two scripts stands once, in `text/`: no other file writes it down again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parent.parent / "scripts"
#: A fact -> how a file looks that has its own of it, and the one file that holds it.
FACTS = {
    "Han": (r"(?:\\u4e00|一)-(?:\\{1,2}u9f|[鿿龥])|\\u3400-\\{1,2}u(?:4dbf|9fff)|㐀-", "text/scripts.py"),
}  # fmt: skip


def holders(fact: str) -> list[str]:
    """The files that write the fact down."""
    package = SCRIPTS / "bitext"
    return sorted(
        str(file.relative_to(package if package in file.parents else SCRIPTS))
        for file in SCRIPTS.rglob("*.py")
        if re.search(FACTS[fact][0], file.read_text("utf-8"))
    )


@pytest.mark.parametrize("fact", FACTS)
def test_each_fact_stands_in_one_file(fact):
    assert holders(fact) == [FACTS[fact][1]]
