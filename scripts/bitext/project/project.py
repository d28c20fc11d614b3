"""data/ -> Project: all files, each read once, and each text with its proof."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from bitext.glossary.listed import read_words, words_of
from bitext.glossary.people import People, read_people
from bitext.glossary.store import Glossary, read_glossary
from bitext.library import hashes, lasting
from bitext.library.files import contents
from bitext.library.imports import Record
from bitext.library.kept import NO_MEMORY, Kept, Memory, digest
from bitext.library.register import Register, Withdrawn, read_register, read_withdrawn
from bitext.library.store import Held, Library, load_library, read_entry
from bitext.model import Bitext, Problem
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
    memory: Memory = NO_MEMORY  # what was made of the texts before


def load_project(root: Path) -> Project:
    """The library and the glossary below `root`, with every problem of their files."""
    reader = _Reader(Kept.below(root))
    lasting.use(reader.kept)
    hashes.use(reader.kept)
    library = load_library(root, reader.read)
    path = root / "data" / "glossary.yml"
    glossary, problems = read_glossary(path, root) if path.exists() else (Glossary(), ())
    people, more = read_people(root / "data" / "people.yml", root)
    listed, amiss = read_words(root)
    glossary = replace(glossary, words=words_of(people, listed))
    register, faults = read_register(root)
    withdrawn, others = read_withdrawn(root)
    strangers = _strangers(library, people)
    told = (*library.problems, *problems, *more, *amiss, *strangers, *faults, *others)
    memory = Memory(reader.kept, reader.known)
    return Project(root, library, glossary, people, register, withdrawn, told, memory)


@dataclass(frozen=True, slots=True)
class Handed:
    """What a command hands to the build of a site that it calls, which need not read data/ again. The command
    has looked for what forbids publication, and has written the pages."""

    project: Project
    drafts: Mapping[str, str] = field(
        default_factory=dict
    )  # pages as they are shown, not written: text by path below docs/
    seen: Callable[[], None] | None = (
        None  # called when the pages can be seen, where somebody waits
    )


#: What is handed on, by the project's folder.
_HANDED: dict[Path, Handed] = {}


@contextmanager
def handed(it: Handed) -> Iterator[None]:
    """Makes `project_at` and `handed_at` give this meanwhile."""
    root = it.project.root.resolve()
    _HANDED[root] = it
    try:
        yield
    finally:
        del _HANDED[root]


def project_at(root: Path) -> Project:
    """The project below `root` that is handed on, or else as it is loaded now."""
    found = handed_at(root)
    return found.project if found else load_project(root)


def handed_at(root: Path) -> Handed | None:
    return _HANDED.get(root.resolve())


class _Reader:
    """Reads and proves texts; each is kept with its proof under the hash of all that is in its folder."""

    def __init__(self, kept: Kept) -> None:
        self.kept = kept
        self.known: dict[str, tuple[Bitext, bytes]] = {}  # by slug

    def read(self, path: Path, root: Path, folders: Collection[str]) -> Held:
        """A bitext with its proof, the files of its source, and its problems."""
        ground = _ground(path.parent, root)
        slug = path.parent.name
        kept = self.kept.of(slug) if ground else Kept()
        held: Held | None = kept.get("", "text", ground, often=True)  # type: ignore[assignment]
        if held is None:
            bitext, record, problems = read_entry(path, root, folders)
            # What has problems or former names is read with a look at the other folders.
            sound = not problems and bitext is not None and not bitext.formerly
            if bitext:
                prove = partial(proved, bitext, record, root)
                bitext = prove() if sound else kept.made("", "proof", ground, prove)
            held = bitext, record.files if record else (), problems
            if sound:
                kept.put("", "text", ground, held, often=True)
        if ground and held[0]:
            self.known[slug] = (held[0], ground)
        return held


def _ground(folder: Path, root: Path) -> bytes:
    """The hash of all files in a text's folder, by name; nothing where one cannot be read."""
    try:
        files = {f.name: hashes.sha256_of(f) for f in sorted(folder.iterdir())}
    except OSError:
        return b""
    return digest(str(folder.relative_to(root)), files)


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
        bitext = proved(bitext, record, Path())
    return bitext, problems


def proved(bitext: Bitext, record: Record | None, root: Path) -> Bitext:
    """The bitext with its proof: its source read again, if it is there and untouched."""
    if record is None:
        return verify(bitext, None, None, "there is no import.json")
    folder = root / Path(bitext.path).parent
    files, problems = files_of(record, folder, str(Path(bitext.path).parent))
    if problems:
        out = verify(bitext, record, None, "the source is not as it was received")
        assert out.proof is not None  # `verify` always adds one
        return replace(out, proof=replace(out.proof, problems=tuple(problems)))
    try:
        return verify(bitext, record, read_again(files))
    except Unreadable as error:
        return verify(bitext, record, None, f"the source cannot be read again: {error}")


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
