"""What an editor should mend in data/ and docs/: every problem, all at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

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
    """The evidence must be there, byte for byte."""
    name, digest = bitext.source.get("file"), bitext.source.get("sha256")
    if not name:
        yield Problem(bitext.path, 1, "names no source file; add source: {file: …, sha256: …}")
        return
    file = root / Path(bitext.path).parent / str(name)
    shown = str(Path(bitext.path).parent / str(name))
    if not file.exists():
        yield Problem(shown, 0, "the source file is missing; restore it")
    elif hashlib.sha256(file.read_bytes()).hexdigest() != digest:
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
