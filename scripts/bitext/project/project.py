"""data/ -> Project: all files, each read once, and each text with its proof."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bitext.glossary.listed import read_words, words_of
from bitext.glossary.people import People, read_people
from bitext.glossary.store import Glossary, read_glossary
from bitext.library.files import contents
from bitext.library.imports import NAME, Record
from bitext.library.register import Register, Withdrawn, read_register, read_withdrawn
from bitext.library.store import Library, load_library, read_entry
from bitext.model import Bitext, Problem
from bitext.project.proofs import keep, kept, key_of
from bitext.project.readers import Unreadable
from bitext.project.verify import verify
from bitext.project.visible import Visible, read_again


@dataclass(frozen=True, slots=True)
class Project:
    """All that people wrote or received, read once."""

    root: Path
    library: Library
    glossary: Glossary
    people: People
    register: Register
    withdrawn: tuple[Withdrawn, ...]
    problems: tuple[Problem, ...]  # of their files; what the proof says is with each bitext


def load_project(root: Path) -> Project:
    """The library and the glossary below `root`, with every problem of their files."""
    library = load_library(root)
    library = replace(
        library,
        bitexts=tuple(proved(b, library.records.get(b.slug), root) for b in library.bitexts),
    )
    path = root / "data" / "glossary.yml"
    glossary, problems = read_glossary(path, root) if path.exists() else (Glossary(), ())
    people, more = read_people(root / "data" / "people.yml", root)
    listed, amiss = read_words(root)
    glossary = replace(glossary, words=words_of(people, listed))
    register, faults = read_register(root)
    withdrawn, others = read_withdrawn(root)
    strangers = _strangers(library, people)
    told = (*library.problems, *problems, *more, *amiss, *strangers, *faults, *others)
    return Project(root, library, glossary, people, register, withdrawn, told)


def _strangers(library: Library, people: People) -> Iterator[Problem]:
    """Speakers who are said to be a person that people.yml has not, or has as a body."""
    known, bodies = {p.id for p in people.persons}, {b.id for b in people.bodies}
    for bitext in library.bitexts:
        for s in bitext.speakers:
            if not s.person or s.person in known:
                continue
            told = f"no person '{s.person}' in data/people.yml"
            if s.person in bodies:
                told = f"'{s.person}' is a body in data/people.yml, and bodies have no page; leave `person` out: the names in zh and en are enough"
            yield Problem(bitext.path, s.line, f"speaker {s.id}: {told}")


def load_bitext(path: Path) -> tuple[Bitext | None, list[Problem]]:
    """One bitext.yml, proved, and its problems; None where it cannot be read at all."""
    bitext, record, problems = read_entry(path)
    if bitext:
        bitext = proved(bitext, record, Path(), keeping=False)
    return bitext, problems


def proved(bitext: Bitext, record: Record | None, root: Path, *, keeping: bool = True) -> Bitext:
    """The bitext with its proof: its source read again, if it is there and untouched.

    With `keeping`, a proof that was made before of the very same bytes is taken, below `root`.
    """
    if record is None:
        return verify(bitext, None, None, "there is no import.json")
    folder = root / Path(bitext.path).parent
    files, problems = files_of(record, folder, str(Path(bitext.path).parent))
    if problems:
        out = verify(bitext, record, None, "the source is not as it was received")
        assert out.proof is not None  # `verify` always adds one
        return replace(out, proof=replace(out.proof, problems=tuple(problems)))
    key = _key(bitext, folder, files) if keeping else ""
    if key and (found := kept(root, bitext, key)):
        return found
    try:
        out = verify(bitext, record, read_again(files))
    except Unreadable as error:
        return verify(bitext, record, None, f"the source cannot be read again: {error}")
    if key:
        keep(root, out, key)
    return out


def _key(bitext: Bitext, folder: Path, files: Sequence[tuple[bytes, str, str]]) -> str:
    """The name under which the proof of these bytes is kept; '' where they cannot be read."""
    try:
        own = [contents(folder / name) for name in ("bitext.yml", NAME)]
    except OSError:
        return ""
    return key_of([bitext.path.encode(), *own, *(data for data, _, _ in files)])


def source_of(
    record: Record, folder: Path, shown: str
) -> tuple[Visible | None, str, list[Problem]]:
    """The visible characters of the source in a folder, which problems call `shown`; None and why,
    where it cannot be read again."""
    files, problems = files_of(record, folder, shown)
    if problems:
        return None, "the source is not as it was received", problems
    try:
        return read_again(files), "", []
    except Unreadable as error:
        return None, f"the source cannot be read again: {error}", []


def files_of(
    record: Record, folder: Path, shown: str
) -> tuple[list[tuple[bytes, str, str]], list[Problem]]:
    """A source's files as they are read again, and what is wrong with them."""
    files, problems = [], []
    for file in record.files:
        name = f"{shown}/{file.name}"
        try:
            data = contents(folder / Path(file.name).name)
        except OSError as error:
            problems.append(Problem(name, 0, f"the source cannot be read ({error.strerror}) — restore it", "E-SOURCE"))  # fmt: skip
            continue
        if hashlib.sha256(data).hexdigest() != file.sha256:
            problems.append(Problem(name, 1, "not the bytes that were received: the SHA-256 differs — restore the file", "E-SOURCE"))  # fmt: skip
        files.append((data, file.reader, file.encoding))
    return files, problems
