"""A project -> every problem in data/ and docs/ that an editor should correct."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bitext.kinds import OWN_LINES
from bitext.library import yaml_lines
from bitext.library.imports import NAME, TODO
from bitext.model import LANGS, OTHER, Bitext, Problem
from bitext.project.project import Project, load_project
from bitext.project.provenance import (
    check_record,
    check_rights,
    rights_notices,
    unknown_notices,
)
from bitext.project.releases import check_concepts, check_published
from bitext.project.reporting import check_report, report_notices
from bitext.project.write import on_disk, stale, write_pages
from bitext.units.doubts import english

#: A link of Markdown or HTML to a text, and its slug.
LINK = re.compile(r"[(\"'/]transcripts/([a-z0-9-]+)(?:\.md|/)")


def check(root: Path, *, write: bool = False) -> list[Problem]:
    """Every problem of the project at `root`, in the order of its files and lines.

    With `write` docs/ is brought up to date first, where no claim is false.
    """
    from bitext.glossary.consistency import check_terms

    project = load_project(root)
    problems = false_claims(project)
    if write and not problems:
        write_pages(project)
    problems += vanished(project)
    told = {p.path for p in problems}
    for bitext in project.library.bitexts:
        problems += check_lines(bitext)
        problems += (p for p in check_readable(bitext) if p.path not in told)
    problems += check_terms(project.library.bitexts, project.glossary)
    if not problems:  # `build` makes no page of what is not sound
        problems += stale(project)
    problems += check_docs(root)
    problems += check_report(root)
    for bitext in project.library.bitexts:
        problems += check_record(bitext)
        problems += check_rights(bitext, root)
    return sorted(problems, key=lambda p: (p.path, p.line))


def false_claims(project: Project) -> list[Problem]:
    """What forbids publication: files that cannot be used, and all that the proofs contradict."""
    problems = list(project.problems)
    for bitext in project.library.bitexts:
        problems += bitext.proof.problems if bitext.proof else ()
    return problems


def unpublishable(project: Project) -> list[Problem]:
    """What forbids publication of docs/ as it is: false claims, and pages that data/ would not
    give now."""
    return [*false_claims(project), *vanished(project)] or list(stale(project))


def vanished(project: Project) -> Iterator[Problem]:
    """Published addresses that would lead nowhere."""
    yield from check_published(project.register, project.library.bitexts, project.withdrawn)
    if project.glossary.terms or not project.problems:  # one that cannot be read has lost nothing
        yield from check_concepts(project.register, project.glossary)


def check_lines(bitext: Bitext) -> Iterator[Problem]:
    """Units whose lines do not stand against each other: they are one bead until they do."""
    for unit in bitext.units:
        zh, en = unit.lines
        if unit.zh and unit.en and unit.kind not in OWN_LINES and zh != en:
            yield Problem(
                bitext.path, unit.line,
                f"{unit.id} has {zh} lines of Chinese and {en} of English — put what translates each other on lines of the same number, ∅ where there is nothing",
                "E-LINES",
            )  # fmt: skip


def check_readable(bitext: Bitext) -> Iterator[Problem]:
    """A source that is as it was received but cannot be read again: nothing is proved of its page,
    and the page says so."""
    proof = bitext.proof
    if proof and proof.ledger is None and not proof.problems:
        path = str(Path(bitext.path).with_name(NAME))
        yield Problem(path, 1, f"{proof.unchecked[0]} — {TODO}", "E-RECORD")


def check_docs(root: Path) -> Iterator[Problem]:
    """The pages that people write: text in UTF-8, each in both languages."""
    docs = root / "docs"
    made = {docs / name for name in on_disk(docs)}
    for lang in LANGS:
        for file in sorted((docs / lang).rglob("*.md")):
            if file in made:
                continue
            shown = str(file.relative_to(root))
            yield from yaml_lines.read(file, shown)[1]
            twin = docs / OTHER[lang] / file.relative_to(docs / lang)
            if not twin.exists():
                yield Problem(shown, 1, f"has no twin in the other language; write {twin.relative_to(root)}")  # fmt: skip


def former_links(project: Project) -> Iterator[Problem]:
    """Links of hand-written pages to a text that was renamed or withdrawn: they work, and say less."""
    become = {text.slug: "was withdrawn" for text in project.withdrawn}
    become |= {old: f"is {b.slug} now" for b in project.library.bitexts for old in b.formerly}
    docs = project.root / "docs"
    made = {docs / name for name in on_disk(docs)}
    for file in sorted(set(docs.rglob("*.md")) - made):
        shown = str(file.relative_to(project.root))
        text, _ = yaml_lines.read(file, shown)
        for number, slug in _linked(text or ""):
            if slug in become:
                yield Problem(shown, number, f"links to {slug}, which {become[slug]}")


def _linked(text: str) -> Iterator[tuple[int, str]]:
    """The texts to which a page links: (line, slug), each once a line."""
    for number, line in enumerate(text.split("\n"), 1):
        for slug in dict.fromkeys(LINK.findall(line)):
            yield number, slug


def notices(root: Path) -> list[Problem]:
    """What is worth knowing but fails nothing: terms that occur nowhere, doubtful pairs, what is not
    established of a text, links to texts that have gone, no address for reports."""
    from bitext.glossary.consistency import notices_of_terms

    project = load_project(root)
    found = list(notices_of_terms(project.library.bitexts, project.glossary))
    found += former_links(project)
    found += report_notices(root)
    for bitext in project.library.bitexts:
        found += unknown_notices(bitext)
        found += rights_notices(bitext, project.library.sources[bitext.slug], root)
        found += [
            Problem(bitext.path, unit.line, f"{unit.id}: {doubt}")
            for unit in bitext.units
            for doubt in english(unit.review)
        ]
    return sorted(found, key=lambda p: (p.path, p.line))
