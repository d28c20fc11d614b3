"""data/words.txt and people -> what is words in a text and no term."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bitext.glossary.cuts import EDGE
from bitext.glossary.people import People
from bitext.glossary.records import Forms
from bitext.library import yaml_lines
from bitext.model import LANGS, Problem
from bitext.text.scripts import HAN

WORDS = Path("data/words.txt")
REASON = re.compile(r"\s+#\s*")


def read_words(root: Path) -> tuple[Forms, list[Problem]]:
    """The listed words and all that is wrong with the list; none where there is no file."""
    path = root / WORDS
    if not path.exists():
        return Forms(), []
    text, problems = yaml_lines.read(path, str(WORDS))
    if text is None:
        return Forms(), [replace(problem, code="W-FILE") for problem in problems]
    return parse_words(text, str(WORDS))


def parse_words(text: str, path: str) -> tuple[Forms, list[Problem]]:
    """As `read_words`, from the file's text."""
    found: dict[str, list[str]] = {lang: [] for lang in LANGS}
    problems = []
    for n, line in enumerate(text.split("\n"), 1):
        entry, *reason = REASON.split(line.strip(), maxsplit=1)
        if not entry or entry.startswith("#"):
            continue
        lang = "zh" if HAN.search(entry) else "en"
        faults = list(_faults(entry, lang, bool(reason and reason[0])))
        problems += [Problem(path, n, fault, code) for code, fault in faults]
        if not any(code == "W-EDGE" for code, _ in faults):
            found[lang].append(entry)
    return Forms(tuple(found["zh"]), tuple(found["en"])), problems


def _faults(entry: str, lang: str, has_reason: bool) -> Iterator[tuple[str, str]]:
    """What is wrong with a line: code and words."""
    if not has_reason:
        yield "W-REASON", f"'{entry}' has no reason; add two spaces, # and why it is no term"
    if EDGE in entry and (lang == "en" or not all(entry.split(EDGE))):
        yield "W-EDGE", f"'{entry}': a {EDGE} stands between two Chinese words; put one at each side of it"  # fmt: skip


def words_of(people: People, listed: Forms) -> Forms:
    """The listed words, and all names of persons. A body's name may hold a term: an institute for AI
    safety is named after the concept."""
    names = {
        lang: tuple(
            form for one in people.persons for form in (one.name[lang], *one.variants[lang])
        )
        for lang in LANGS
    }
    return Forms((*listed.zh, *names["zh"]), (*listed.en, *names["en"]))
