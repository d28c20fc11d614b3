"""data/ -> docs/: which generated page has which text. Pure but for reading data/."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bitext.files import write_atomically
from bitext.glossary.store import Glossary, read_glossary
from bitext.model import LANGS, Bitext, Problem, Refusal
from bitext.pages import library, transcript
from bitext.pages.labels import OTHER
from bitext.pages.speakers import speaker_pages
from bitext.paths import below
from bitext.people import People, read_people
from bitext.store import Library, load_library

GENERATED = ("transcripts/*.md", "glossary.md", "glossary/*.md", "speakers/*.md")
LONG_TEXT = 60  # units from which a term is marked once a turn, not once a page
UNMARKED = ("heading",)  # kinds of units in which terms are not marked


@dataclass(frozen=True, slots=True)
class Project:
    """All that people wrote or received, read once."""

    root: Path
    library: Library
    glossary: Glossary
    people: People
    problems: tuple[Problem, ...]  # of all three


def load_project(root: Path) -> Project:
    """The library and the glossary below `root`, with every problem of their files."""
    library = load_library(root)
    path = root / "data" / "glossary.yml"
    glossary, problems = read_glossary(path, root) if path.exists() else (Glossary(), ())
    people, more = read_people(root / "data" / "people.yml", root)
    known = {p.id for p in people.persons}
    more += [
        Problem(b.path, s.line, f"speaker {s.id}: no person '{s.person}' in data/people.yml")
        for b in library.bitexts
        for s in b.speakers
        if s.person and s.person not in known
    ]
    return Project(root, library, glossary, people, (*library.problems, *problems, *more))


def pages(project: Project) -> dict[str, str]:
    """Every generated page: its path below docs/ -> its Markdown. The same data, the same bytes."""
    bitexts, glossary = project.library.bitexts, project.glossary
    out: dict[str, str] = {}
    for lang in LANGS:
        for bitext in bitexts:
            terms = terms_of(bitext, glossary, lang)
            out[f"{lang}/transcripts/{bitext.slug}.md"] = transcript.transcript_page(
                bitext, lang, terms
            )
        out[f"{lang}/transcripts/index.md"] = library.library_page(bitexts, lang)
        made = _glossary(glossary, bitexts, lang) | speaker_pages(
            project.people.persons, bitexts, lang
        )
        out |= {f"{lang}/{path}": text for path, text in made.items()}
    return out


def _glossary(glossary: Glossary, bitexts: Sequence[Bitext], lang: str) -> dict[str, str]:
    from bitext.pages.glossary import glossary_pages

    return glossary_pages(glossary, bitexts, lang)


def terms_of(bitext: Bitext, glossary: Glossary, lang: str) -> transcript.Terms:
    """What the glossary has to say on one page: marks, definitions, callouts and counts."""
    from bitext.glossary.concordance import searched_units, terms_in_text
    from bitext.glossary.occurrences import first_occurrences, matcher_of

    # A unit that only the other language has stands on this page too, in its language.
    found: dict[str, Sequence] = {}
    marked: set[str] = set()
    for side in (lang, OTHER[lang]):
        texts = [
            (unit.id, text)
            for unit, text in searched_units(bitext, side)
            if unit.kind not in UNMARKED and (side == lang or unit.text(lang) is None)
        ]
        firsts = first_occurrences(
            texts, matcher_of(glossary, side), per_turn=len(texts) > LONG_TEXT
        )
        for unit_id, occurrences in firsts.items():
            found[unit_id] = [o for o in occurrences if side == lang or o.term_id not in marked]
        marked |= {o.term_id for occurrences in firsts.values() for o in occurrences}
    counts = terms_in_text(bitext, glossary)
    return transcript.Terms(
        found=found,
        titles={t.id: (t.definition[lang], t.name[OTHER[lang]]) for t in glossary.terms},
        callouts={
            t.id: (t.name.zh, t.name.en, t.definition[lang]) for t in glossary.terms if t.callout
        },
        counts=[
            (term.id, term.name[lang], counts[term.id][lang])
            for term in glossary.terms
            if counts.get(term.id, {}).get(lang)
        ],
    )


def stale(project: Project) -> Iterator[Problem]:
    """Generated pages that are not what data/ would give now."""
    docs, made = project.root / "docs", pages(project)
    for path, text in made.items():
        try:
            file = below(docs, path)
        except Refusal as refusal:
            yield Problem(f"docs/{path}", 1, f"leads out of docs/; {refusal.todo}")
            continue
        if file.is_dir():
            yield Problem(f"docs/{path}", 0, "a folder stands where the page should be; remove it")
        elif not file.exists():
            yield Problem(f"docs/{path}", 0, "missing; run `bitext build`")
        elif file.read_bytes() != text.encode("utf-8"):
            yield Problem(f"docs/{path}", 1, "out of date; run `bitext build`")
    for path in sorted(on_disk(docs) - set(made)):
        yield Problem(f"docs/{path}", 1, "no data behind this page; run `bitext build`")


def write_pages(project: Project) -> tuple[list[str], list[str]]:
    """Writes what changed and removes what has no data; (written, removed), below docs/.

    Raises Refusal, before anything is written, where a page would not stand below docs/.
    """
    docs, made = project.root / "docs", pages(project)
    files = {below(docs, path): text.encode("utf-8") for path, text in made.items()}
    gone = {below(docs, path): path for path in sorted(on_disk(docs) - set(made))}
    for file in (*files, *gone):
        if file.is_dir():
            raise Refusal("E-WRITE", str(file), 1, "a folder stands where a page should be", "remove it")  # fmt: skip
    try:
        written = [file for file, data in files.items() if _write(file, data)]
        for file in gone:
            file.unlink()
    except OSError as error:
        raise Refusal(
            "E-WRITE", str(error.filename or docs), 1, error.strerror or str(error),
            "let the folder be written, then build again",
        ) from None  # fmt: skip
    return [str(file.relative_to(docs)) for file in written], list(gone.values())


def _write(file: Path, data: bytes) -> bool:
    """Whether the file was another before."""
    if file.exists() and file.read_bytes() == data:
        return False
    write_atomically(file, data)
    return True


def on_disk(docs: Path) -> set[str]:
    """The pages below docs/ that stand where generated ones do."""
    return {
        str(file.relative_to(docs))
        for lang in LANGS
        for pattern in GENERATED
        for file in (docs / lang).glob(pattern)
    }
