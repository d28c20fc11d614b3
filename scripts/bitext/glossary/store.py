"""data/glossary.yml -> Glossary: one concept, one entry, both languages; and what is wrong in it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bitext.forms import ID, shown
from bitext.glossary.occurrences import keys
from bitext.glossary.records import (  # fmt: skip
    BASES,
    GLOSSARY_VERSION,
    LICENCE,
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
    "BASES", "GLOSSARY_VERSION", "ID", "LICENCE", "MAX_FORM", "SUBJECT", "TERM", "TERM_NEEDED", "TOP",
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
    _check_top(reader, top)
    subjects = [
        reader.subject(row, top.at("subjects")) for row in _rows(reader, top, "subject", SUBJECT)
    ]
    terms = [reader.term(row, top.at("terms")) for row in _rows(reader, top, "term", TERM)]
    glossary = Glossary(tuple(t for t in terms if t), tuple(s for s in subjects if s), path)
    for check in CHECKS:
        reader.problems += check(glossary)
    problems = sorted(reader.problems, key=lambda p: p.line)
    return _without_duplicates(glossary), tuple(dict.fromkeys(problems))


def _check_top(reader: RowReader, top: yaml_lines.Map) -> None:
    """Report a version that is not read, and lists that are missing."""
    if top.get("version") != GLOSSARY_VERSION or isinstance(top["version"], bool):
        reader.say(top.at("version"), "VERSION", f"version is {shown(top.get('version'))}; this program reads {GLOSSARY_VERSION}")  # fmt: skip
    for key in ("subjects", "terms"):
        if not top.get(key):
            reader.say(top.at(key), "MISSING", f"the glossary has no {key}; give it a list")


def _rows(
    reader: RowReader, top: yaml_lines.Map, what: str, known: Sequence[str]
) -> Iterator[yaml_lines.Map]:
    """The rows of one of the file's lists that are mappings; the others are reported."""
    key = f"{what}s"
    for n, row in enumerate(reader.rows(top, key, "the glossary"), 1):
        if reader.is_row(row, top.at(key), known, f"{what} {n} of the list"):
            yield row


def _without_duplicates(glossary: Glossary) -> Glossary:
    """Of several entries with one id the first, so that what comes after can rely on ids."""
    terms = {t.id: t for t in reversed(glossary.terms)}
    subjects = {s.id: s for s in reversed(glossary.subjects)}
    return Glossary(
        tuple(reversed(terms.values())), tuple(reversed(subjects.values())), glossary.path
    )


def _double_ids(glossary: Glossary) -> Iterator[Problem]:
    """Ids that stand twice."""
    path = glossary.path
    subjects = [s.id for s in glossary.subjects]
    for id in sorted({s for s in subjects if subjects.count(s) > 1}):
        yield Problem(path, 1, f"the subject '{id}' stands twice; keep one", "G-DUPLICATE")
    first: dict[str, int] = {}
    for term in glossary.terms:
        if term.id in first:
            yield Problem(path, term.line, f"the id '{term.id}' stands already at line {first[term.id]}; one concept is one entry, so join them or give this one its own id", "G-DUPLICATE", about=(term.id,))  # fmt: skip
        first.setdefault(term.id, term.line)
    former: dict[str, str] = {}
    for term in glossary.terms:
        for old in term.formerly:
            if old in first:
                yield Problem(path, term.line, f"'{term.id}' was formerly '{old}', which is an entry, line {first[old]}; remove it from formerly", "G-DUPLICATE", about=(term.id, old))  # fmt: skip
            elif former.setdefault(old, term.id) != term.id:
                yield Problem(path, term.line, f"'{old}' is formerly of '{former[old]}' and of '{term.id}'; keep it at one of them", "G-DUPLICATE", about=(term.id, former[old]))  # fmt: skip


def _broken_relations(glossary: Glossary) -> Iterator[Problem]:
    """Subjects and related entries that there are none of."""
    subjects = [s.id for s in glossary.subjects]
    known = dict.fromkeys(term.id for term in glossary.terms)
    for term in glossary.terms:
        if term.subject and term.subject not in subjects:
            yield Problem(glossary.path, term.line, f"'{term.id}' has the unknown subject '{term.subject}'; subjects are {', '.join(subjects)}", "G-RELATED", about=(term.id,))  # fmt: skip
        for other in term.related:
            if other == term.id:
                yield Problem(glossary.path, term.line, f"'{term.id}' is related to itself; remove that", "G-RELATED", about=(term.id,))  # fmt: skip
            elif other not in known:
                todo = _meant(other, known)
                yield Problem(glossary.path, term.line, f"'{term.id}' is related to '{other}', which is no entry; {todo}", "G-RELATED", about=(term.id, other))  # fmt: skip


#: Entries, hand-set: among more of them the likeliest one is not looked for, which takes long.
FEW_ENTRIES = 5_000


def _meant(id: str, known: Collection[str]) -> str:
    """What to do about an id that is none: the likeliest one, or in general."""
    near = difflib.get_close_matches(id, known, 1) if len(known) < FEW_ENTRIES else []
    return f"did you mean '{near[0]}'?" if near else "name the id of an entry"


#: The concept and the form that own a key.
Owner = tuple[Term, str]


def _clashing_forms(glossary: Glossary) -> Iterator[Problem]:
    """Forms that two concepts share, or one has and avoids: a reader could not know what is meant."""
    for lang in LANGS:
        owners: dict[tuple[str, ...], Owner] = {}
        for term in glossary.terms:
            for form, (other, words) in _shared(term, lang, owners).items():
                same = "" if words == form[0] else f" (there '{words}')"
                yield Problem(glossary.path, term.line, f"'{form[0]}' ({lang}) is a form of '{term.id}' and of '{other.id}', line {other.line}{same}; keep it at one of them, or put it under search_only", "G-CLASH", about=(term.id, other.id))  # fmt: skip
            for words in _avoids_its_own(term, lang):
                yield Problem(glossary.path, term.line, f"'{words}' ({lang}) of '{term.id}' is to be avoided and is one of its forms; keep one of the two", "G-CLASH", about=(term.id,))  # fmt: skip


def _shared(
    term: Term, lang: str, owners: dict[tuple[str, ...], Owner]
) -> dict[tuple[str, str], Owner]:
    """By a term's form and the other's id: who owned a key of it before; new keys become its own."""
    clashes: dict[tuple[str, str], Owner] = {}
    for form in term.forms(lang):
        for key in keys(form, lang):
            other, words = owners.setdefault(key, (term, form))
            if other is not term and other.id != term.id:
                clashes.setdefault((form, other.id), (other, words))
    return clashes


def _avoids_its_own(term: Term, lang: str) -> Iterator[str]:
    """The words that a term avoids and has as a form."""
    own = {key for form in term.forms(lang) for key in keys(form, lang)}
    for avoided in term.avoid:
        if avoided.lang == lang and own & set(keys(avoided.form, lang)):
            yield avoided.form


#: What is looked for among all entries, in the order in which it is told.
CHECKS: tuple[Callable[[Glossary], Iterator[Problem]], ...] = (
    _double_ids, _broken_relations, _clashing_forms,
)  # fmt: skip
