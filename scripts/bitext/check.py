"""What an editor should mend in data/ and docs/: every problem, all at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bitext.evidence import FORM, source_files
from bitext.files import digest
from bitext.model import Bitext, Problem
from bitext.pages import build


def check(root: Path) -> list[Problem]:
    """Every problem of the project at `root`, in the order of its files and lines."""
    project = build.load_project(root)
    problems = list(project.problems)
    for bitext in project.library.bitexts:
        problems += check_source(bitext, root)
        problems += check_ledger(bitext)
    from bitext.glossary.consistency import check_terms

    problems += check_terms(project.library.bitexts, project.glossary)
    problems += build.stale(project)
    return sorted(problems, key=lambda p: (p.path, p.line))


def check_source(bitext: Bitext, root: Path) -> Iterator[Problem]:
    """The evidence must be there, every file byte for byte."""
    folder = Path(bitext.path).parent
    files = source_files(bitext.source)
    if not files:
        line = getattr(bitext.source, "line", 0) or 1
        yield Problem(bitext.path, line, f"names no source beside it; add {FORM}")
    for file in files:
        shown, found = str(folder / file.name), digest(root / folder / file.name)
        if found is None:
            yield Problem(shown, 0, "the source file is missing; restore it")
        elif found != file.sha256:
            yield Problem(
                shown, 1, "not the bytes that were received (SHA-256 differs); restore the file"
            )


def check_ledger(bitext: Bitext) -> Iterator[Problem]:
    """Every character of the source must be accounted for."""
    ledger = bitext.ledger
    if ledger is None:
        yield Problem(bitext.path, 1, "has no ledger; import the source anew")
    elif not ledger.complete:
        yield Problem(
            bitext.path, 1,
            f"the ledger accounts for {ledger.accounted} of {ledger.total} characters; import the source anew",
        )  # fmt: skip


def notices(root: Path) -> list[Problem]:
    """What is worth knowing but fails nothing: terms that occur nowhere, doubtful pairs."""
    from bitext.glossary.consistency import notices_of_terms

    project = build.load_project(root)
    found = list(notices_of_terms(project.library.bitexts, project.glossary))
    for bitext in project.library.bitexts:
        found += [
            Problem(bitext.path, unit.line, f"{unit.id}: {doubt}")
            for unit in bitext.units
            for doubt in unit.review
        ]
    return sorted(found, key=lambda p: (p.path, p.line))
