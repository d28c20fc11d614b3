"""data/glossary.yml -> Glossary: one concept, one entry, both languages; and what is wrong in it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bitext.forms import ID, shown
from bitext.glossary.occurrences import keys
from bitext.glossary.records import (  # fmt: skip
    BASES,
    GLOSSARY_VERSION,
    MAX_FORM,
    Avoided,
    Both,
    Forms,
    Glossary,
    Source,
    Subject,
    Term,
    to_row,
)
from bitext.glossary.rows import SUBJECT, TERM, TERM_NEEDED, TOP, RowReader
from bitext.library import yaml_lines
from bitext.model import LANGS, Problem

__all__ = (
    "BASES", "GLOSSARY_VERSION", "ID", "MAX_FORM", "SUBJECT", "TERM", "TERM_NEEDED", "TOP",
    "Avoided", "Both", "Forms", "Glossary", "Source", "Subject", "Term", "parse_glossary",
    "read_glossary", "to_row",
)  # fmt: skip


def read_glossary(path: Path, root: Path | None = None) -> tuple[Glossary, tuple[Problem, ...]]:
    """The glossary in a file and everything that is wrong with it; what can be used is there."""
    name = str(path.relative_to(root)) if root and path.is_relative_to(root) else str(path)
    text, problems = yaml_lines.read(path, name)
    if text is None:
        return Glossary(path=name), tuple(replace(p, code="G-FILE") for p in problems)
    return parse_glossary(text, name)


def parse_glossary(text: str, path: str) -> tuple[Glossary, tuple[Problem, ...]]:
    """As `read_glossary`, from the file's text."""
    reader = RowReader(path)
    value, found = yaml_lines.load(text, path)
    reader.problems += [Problem(p.path, p.line, p.message, p.code or "G-YAML") for p in found]
    if value is None and found:
        return Glossary(path=path), tuple(reader.problems)
    top = reader.row(value, 1, TOP, "the glossary")
    if top.get("version") != GLOSSARY_VERSION or isinstance(top["version"], bool):
        reader.say(top.at("version"), "VERSION", f"version is {shown(top.get('version'))}; this program reads {GLOSSARY_VERSION}")  # fmt: skip
    for key in ("subjects", "terms"):
        if not top.get(key):
            reader.say(top.at(key), "MISSING", f"the glossary has no {key}; give it a list")
    subjects = [
        reader.subject(row, top.at("subjects"))
        for n, row in enumerate(reader.rows(top, "subjects", "the glossary"), 1)
        if reader.is_row(row, top.at("subjects"), SUBJECT, f"subject {n} of the list")
    ]
    terms = [
        reader.term(row, top.at("terms"))
        for n, row in enumerate(reader.rows(top, "terms", "the glossary"), 1)
        if reader.is_row(row, top.at("terms"), TERM, f"term {n} of the list")
    ]
    glossary = Glossary(tuple(t for t in terms if t), tuple(s for s in subjects if s), path)
    reader.problems += _check_ids(glossary)
    reader.problems += _check_forms(glossary)
    problems = sorted(reader.problems, key=lambda p: p.line)
    return _without_duplicates(glossary), tuple(dict.fromkeys(problems))


def _without_duplicates(glossary: Glossary) -> Glossary:
    """Of several entries with one id the first, so that what comes after can rely on ids."""
    terms = {t.id: t for t in reversed(glossary.terms)}
    subjects = {s.id: s for s in reversed(glossary.subjects)}
    return Glossary(
        tuple(reversed(terms.values())), tuple(reversed(subjects.values())), glossary.path
    )


def _check_ids(glossary: Glossary) -> Iterator[Problem]:
    """Ids that stand twice, and relations that lead nowhere."""
    path = glossary.path
    first: dict[str, int] = {}
    subjects = [s.id for s in glossary.subjects]
    for id in sorted({s for s in subjects if subjects.count(s) > 1}):
        yield Problem(path, 1, f"the subject '{id}' stands twice; keep one", "G-DUPLICATE")
    for term in glossary.terms:
        if term.id in first:
            yield Problem(path, term.line, f"the id '{term.id}' stands already at line {first[term.id]}; one concept is one entry, so join them or give this one its own id", "G-DUPLICATE", about=(term.id,))  # fmt: skip
        first.setdefault(term.id, term.line)
    for term in glossary.terms:
        if term.subject and term.subject not in subjects:
            yield Problem(path, term.line, f"'{term.id}' has the unknown subject '{term.subject}'; subjects are {', '.join(subjects)}", "G-RELATED", about=(term.id,))  # fmt: skip
        for other in term.related:
            if other == term.id:
                yield Problem(path, term.line, f"'{term.id}' is related to itself; remove that", "G-RELATED", about=(term.id,))  # fmt: skip
            elif other not in first:
                near = difflib.get_close_matches(other, first, 1) if len(first) < 5000 else []
                todo = f"did you mean '{near[0]}'?" if near else "name the id of an entry"
                yield Problem(path, term.line, f"'{term.id}' is related to '{other}', which is no entry; {todo}", "G-RELATED", about=(term.id, other))  # fmt: skip


def _check_forms(glossary: Glossary) -> Iterator[Problem]:
    """Forms that two concepts share: a reader could not know which of them is meant."""
    for lang in LANGS:
        owner: dict[tuple[str, ...], tuple[Term, str]] = {}
        for term in glossary.terms:
            clashes: dict[tuple[str, str], tuple[Term, str]] = {}
            for form in term.forms(lang):
                for key in keys(form, lang):
                    other, words = owner.setdefault(key, (term, form))
                    if other is not term and other.id != term.id:
                        clashes.setdefault((form, other.id), (other, words))
            for (form, _), (other, words) in clashes.items():
                same = "" if words == form else f" (there '{words}')"
                yield Problem(glossary.path, term.line, f"'{form}' ({lang}) is a form of '{term.id}' and of '{other.id}', line {other.line}{same}; keep it at one of them, or put it under search_only", "G-CLASH", about=(term.id, other.id))  # fmt: skip
            own = {key for form in term.forms(lang) for key in keys(form, lang)}
            for avoided in term.avoid:
                if avoided.lang == lang and own & set(keys(avoided.form, lang)):
                    yield Problem(glossary.path, term.line, f"'{avoided.form}' ({lang}) of '{term.id}' is to be avoided and is one of its forms; keep one of the two", "G-CLASH", about=(term.id,))  # fmt: skip
