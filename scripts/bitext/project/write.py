"""Project -> docs/: the generated pages written, and those that are out of date told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bitext.files import write_atomically
from bitext.model import LANGS, Problem
from bitext.pages.build import pages
from bitext.project.project import Project

GENERATED = ("transcripts/*.md", "glossary.md", "glossary/*.md", "speakers/*.md")


def made_of(project: Project, problems: Sequence[Problem] = ()) -> dict[str, str]:
    """Every generated page of a project: its path below docs/ -> its text.

    With `problems` they are drafts, on which each problem stands at its unit.
    """
    return pages(project.library.bitexts, project.glossary, project.people, problems)


def stale(project: Project) -> Iterator[Problem]:
    """Generated pages that are not what data/ would give now."""
    docs, made = project.root / "docs", made_of(project)
    for path, text in made.items():
        file = docs / path
        if not file.exists():
            yield Problem(f"docs/{path}", 0, "missing; run `bitext build`")
        elif file.read_text("utf-8") != text:
            yield Problem(f"docs/{path}", 1, "out of date; run `bitext build`")
    for path in sorted(_on_disk(docs) - set(made)):
        yield Problem(f"docs/{path}", 1, "no data behind this page; run `bitext build`")


def write_pages(project: Project) -> tuple[list[str], list[str]]:
    """Writes what changed and removes what has no data; (written, removed), below docs/."""
    docs, made = project.root / "docs", made_of(project)
    written = []
    for path, text in made.items():
        file = docs / path
        if not file.exists() or file.read_text("utf-8") != text:
            write_atomically(file, text.encode("utf-8"))
            written.append(path)
    removed = sorted(_on_disk(docs) - set(made))
    for path in removed:
        (docs / path).unlink()
    return written, removed


def _on_disk(docs: Path) -> set[str]:
    return {
        str(file.relative_to(docs))
        for lang in LANGS
        for pattern in GENERATED
        for file in (docs / lang).glob(pattern)
    }
