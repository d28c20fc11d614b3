"""What an editor should mend in data/ and docs/: every problem, all at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bitext import yaml_lines
from bitext.evidence import FORM, source_files
from bitext.files import digest
from bitext.model import LANGS, Bitext, Problem
from bitext.pages import build
from bitext.pages.labels import OTHER

#: Sources whose lines are those of the file.
PLAIN = (".txt", ".md", ".srt", ".vtt")


def check(root: Path) -> list[Problem]:
    """Every problem of the project at `root`, in the order of its files and lines."""
    project = build.load_project(root)
    problems = list(project.problems)
    for bitext in project.library.bitexts:
        problems += check_source(bitext, root)
        problems += check_lines(bitext, root)
        problems += check_ledger(bitext)
    from bitext.glossary.consistency import check_terms

    problems += check_terms(project.library.bitexts, project.glossary)
    if not problems:  # `build` makes no page of what is not sound
        problems += build.stale(project)
    problems += check_docs(root)
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


def check_lines(bitext: Bitext, root: Path) -> Iterator[Problem]:
    """The places that units give must be lines of the source, where it is plain text."""
    files = [bitext.source, *bitext.source.get("files", ())]
    for lang in LANGS:
        name = next((f["file"] for f in files if "file" in f and f.get("lang") in (None, lang)), "")
        file = root / Path(bitext.path).parent / name
        if file.suffix not in PLAIN or not file.is_file():
            continue
        data = file.read_bytes()
        last = 1 + data.count(b"\n") + data.count(b"\r")
        for unit in bitext.units:
            span = unit.zh_span if lang == "zh" else unit.en_span
            if span and span[1] > last:
                yield Problem(bitext.path, unit.line, f"{lang}_lines of {unit.id} go to {span[1]}, and {name} has at most {last} lines; name the lines that the text came from")  # fmt: skip


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


def check_docs(root: Path) -> Iterator[Problem]:
    """The pages that people write: text in UTF-8, each in both languages."""
    docs = root / "docs"
    made = {docs / name for name in build.on_disk(docs)}
    for lang in LANGS:
        for file in sorted((docs / lang).rglob("*.md")):
            if file in made:
                continue
            shown = str(file.relative_to(root))
            yield from yaml_lines.read(file, shown)[1]
            twin = docs / OTHER[lang] / file.relative_to(docs / lang)
            if not twin.exists():
                yield Problem(shown, 1, f"has no twin in the other language; write {twin.relative_to(root)}")  # fmt: skip


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
