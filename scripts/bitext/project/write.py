"""Project -> docs/: writes the generated pages, or reports those that are out of date."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from bitext.library import hashes, lasting
from bitext.library.files import NoFile, contents, write_atomically
from bitext.library.kept import TEXTS
from bitext.library.paths import below
from bitext.library.yaml_lines import read
from bitext.model import LANGS, Problem, Refusal
from bitext.pages.browse.catalogue import texts_of
from bitext.pages.browse.home import MOST, with_newest
from bitext.pages.build import Page, pages
from bitext.pages.phrases import summary_of
from bitext.project.project import Project
from bitext.search import index

GENERATED = (
    "transcripts/*.md", "transcripts/*.json", "glossary.md", "glossary/*.md", "glossary/*/*.md",
    *(f"{sort}/**/*.md" for sort in ("speakers", "years", "kinds", "topics")),
)  # fmt: skip
HOME = "index.md"


def made_of(project: Project) -> dict[str, str]:
    """Every generated page of a project: its path below docs/ -> its text."""
    return {path: page.text() for path, page in _pages(project).items()}


def drafts(project: Project, problems: Sequence[Problem]) -> dict[str, str]:
    """The pages that would not stand in docs/ as they do, with each problem at its unit: text by path."""
    docs, made = project.root / "docs", _pages(project, problems)
    return {path: page.text() for path, page in made.items() if not _stands(docs / path, page)}


def _pages(project: Project, problems: Sequence[Problem] = ()) -> dict[str, Page]:
    """As `made_of`, and the texts are not held."""
    bitexts = project.library.bitexts
    made = pages(
        bitexts, project.glossary, project.people, project.withdrawn, problems,
        memory=project.memory,
    )  # fmt: skip
    return made | _homes(project)


def _homes(project: Project) -> dict[str, Page]:
    """The home pages, which people write, with the newest texts in them; none that cannot be read."""
    out: dict[str, Page] = {}
    bitexts = project.library.bitexts[:MOST]
    newest, n = texts_of(bitexts, project.people), len(project.library.bitexts)
    for lang in LANGS:
        file = project.root / "docs" / lang / HOME
        text = read(file, str(file))[0] if file.is_file() else None
        if text is not None:
            summaries = {b.slug: summary_of(b, lang) for b in bitexts}
            filled = with_newest(text, newest, summaries, n, lang)
            out |= {f"{lang}/{HOME}": Page.of(filled)} if filled != text else {}
    return out


def stale(project: Project) -> Iterator[Problem]:
    """Generated pages that are not what data/ would give now."""
    docs, made = project.root / "docs", _hashes(project)
    for path, known in made.items():
        yield from _not_as_made(docs, path, known)
    for path in sorted(on_disk(docs) - set(made)):
        yield Problem(f"docs/{path}", 1, "no data behind this page; run `bitext build`")


def _hashes(project: Project, made: Mapping[str, Page] | None = None) -> dict[str, str]:
    """The hash of every generated page by its path, of `made` where they are made already."""
    homes = [contents(f) for lang in LANGS if (f := project.root / "docs" / lang / HOME).is_file()]
    memory = project.memory.on(project.glossary, project.people, project.withdrawn, homes)
    return memory.of_all(
        project.library.bitexts,
        "pages",
        lambda: {path: page.sha256 for path, page in (made or _pages(project)).items()},
    )


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _not_as_made(docs: Path, path: str, known: str) -> Iterator[Problem]:
    """A page that is not there as it would be made, and why."""
    try:
        file = below(docs, path)
    except Refusal as refusal:
        yield Problem(f"docs/{path}", 1, f"leads out of docs/; {refusal.todo}")
        return
    if not file.exists():
        yield Problem(f"docs/{path}", 0, "missing; run `bitext build`")
    elif not file.is_file():
        what = NoFile(file).what
        yield Problem(f"docs/{path}", 0, f"{what} stands where the page should be; remove it")
    elif _hash(file.read_bytes()) != known:
        yield Problem(f"docs/{path}", 1, "out of date; run `bitext build`")


def write_pages(project: Project) -> tuple[list[str], list[str]]:
    """Writes what changed and removes what has no data; (written, removed), below docs/.

    Raises Refusal, before anything is written, where one that is written would not stand below docs/.
    """
    docs, made = project.root / "docs", _pages(project)
    new = {path: page for path, page in made.items() if not _stands(docs / path, page)}
    files = {below(docs, path): page for path, page in new.items()}
    gone = {below(docs, path): path for path in sorted(on_disk(docs) - set(made))}
    _refuse_no_files((*files, *gone))
    try:
        for file, page in files.items():
            write_atomically(file, page.text().encode("utf-8"))
        for file in gone:
            file.unlink()
    except OSError as error:
        raise Refusal(
            "E-WRITE", str(error.filename or docs), 1, error.strerror or str(error),
            "let the folder be written, then build again",
        ) from None  # fmt: skip
    # The site's build asks for these next.
    _hashes(project, made)
    library = project.library.bitexts
    written = (read(file, str(file))[0] or "" for file in (docs / "zh").glob("*.md"))
    index.prepare(library, project.glossary, project.people, written, project.memory)
    lasting.save()
    hashes.save()
    _forget(project)
    return list(new), list(gone.values())


def _forget(project: Project) -> None:
    """Removes what is kept of texts and people that are no more."""
    kept, persons = project.memory.kept, project.people.persons
    kept.only(TEXTS, (bitext.slug for bitext in project.library.bitexts))
    kept.only("speakers", (f"{person.id}.{lang}" for person in persons for lang in LANGS))


def _refuse_no_files(files: Iterable[Path]) -> None:
    """Raises Refusal where something else stands in the place of a page."""
    for file in files:
        if file.exists() and not file.is_file():
            raise Refusal("E-WRITE", str(file), 1, f"{NoFile(file).what} stands where a page should be", "remove it")  # fmt: skip


def _stands(file: Path, page: Page) -> bool:
    """Whether the page is in the file already."""
    try:
        return hashes.sha256_of(file).hex() == page.sha256
    except OSError:
        return False


def on_disk(docs: Path) -> set[str]:
    """The pages below docs/ that stand where generated ones do."""
    return {
        str(file.relative_to(docs))
        for lang in LANGS
        for pattern in GENERATED
        for file in (docs / lang).glob(pattern)
    }
