"""Where search is measured: an index of any size, and the engine that answers from it, in Node.

The engine is a worker that needs no page; how its box and page show the answers is tested in
tests/e2e. Node is wanted for the measuring only.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import search_corpus

from bitext.model import LANGS
from bitext.project.project import load_project
from bitext.project.write import on_disk
from bitext.search import index
from bitext.search import rows as searchtext

ROOTS = {"zh": "", "en": "en/"}
ROOT = Path(__file__).resolve().parent.parent.parent
SCRIPTS = ROOT / "overrides" / "assets" / "bt"


@dataclass(frozen=True)
class Library:
    """A library of one size: its index, and its texts by the address of their unit."""

    size: int
    files: Mapping[str, bytes]
    units: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Hit:
    """A result: the address of its unit, its marks, and whether it stands in the other's group."""

    unit: str
    marks: tuple[str, ...]
    other: bool


@dataclass(frozen=True)
class Answer:
    """What the engine said last of a query, and what that cost."""

    hits: Sequence[Hit]
    state: str
    ms: float  # until the first list
    bytes: int
    raw: Mapping


class Engine:
    """The engine of one language over an index on disk. `slow`: milliseconds a file takes."""

    def __init__(self, folder: Path, lang: str, slow: int = 0) -> None:
        script = Path(__file__).with_name("search_ask.js")
        command = ["node", str(script), str(SCRIPTS), str(folder), lang, *([str(slow)] if slow else [])]  # fmt: skip
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")  # fmt: skip

    def ask(self, typed: str, **more: object) -> Answer:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps({"typed": typed, **more}) + "\n")
        self.process.stdin.flush()
        raw = json.loads(self.process.stdout.readline())
        hits = [_hit(hit, other) for key, other in (("hits", False), ("others", True)) for hit in raw[key]]  # fmt: skip
        return Answer(hits, raw["state"], raw["first"] or raw["ms"], raw["bytes"], raw)

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()


def _hit(raw: Mapping, other: bool) -> Hit:
    url = urlsplit(raw["href"])
    unit = url.path + ("#" + unquote(url.fragment) if url.fragment else "")
    return Hit(unit, tuple(s for s, marked in (*raw["title"], *raw["text"]) if marked), other)


def build_site(config: Path, folder: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config), "-d", str(folder)],
        check=True, capture_output=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip


def write_index(folder: Path, library: Library) -> None:
    """Puts the library's index into a folder."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in library.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


@contextmanager
def built_site(root: Path) -> Iterator[Path]:
    """The site, built into a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="two-tracks-search-") as folder:
        build_site(root / "mkdocs.yml", Path(folder))
        yield Path(folder)


def libraries(root: Path, sizes: list[int], site: Path) -> Iterator[Library]:
    """A library of each size: the real transcripts and pages, and generated transcripts."""
    project = load_project(root)
    people = index.names_of(project.people)
    texts = index.built_texts(root, site, on_disk(root / "docs"))
    for size in sizes:
        bitexts = search_corpus.library(size, project.library.bitexts, project.glossary)
        pages = tuple(searchtext.all_pages(bitexts, project.glossary, project.people, texts))
        named = searchtext.names(project.glossary, people, bitexts)
        units = {
            lang: {
                ROOTS[lang]
                + page.url
                + (f"#{row.id}" if row.id else ""): f"{row.text} ¦ {row.label}"
                for page in pages
                for pair in page.pairs
                if (row := pair[lang])
            }
            | {
                f"{ROOTS[lang]}{page.url}#title": page.title(lang)
                for page in pages
                if page.kind == "transcript"
            }
            for lang in LANGS
        }
        yield Library(size, index.files(pages, named), units)
