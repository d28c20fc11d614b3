"""Where search is measured: the built site, an index of any size put into it, and Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import search_corpus
from bed import Quiet, chromium, served

from bitext.model import LANGS
from bitext.project.project import load_project
from bitext.project.write import on_disk
from bitext.search import index
from bitext.search import rows as searchtext

ROOTS = {"zh": "", "en": "en/"}
#: Types a query, waits until the engine says that this was all, and reads the list.
ASK = """
window.ask = (query) => new Promise((done) => {
  const input = document.querySelector('.bt-find-form [type=search]')
  const list = document.querySelector('.bt-find-list')
  const other = '[aria-labelledby=bt-find-group-other]'
  const start = performance.now()
  let first = 0
  const finish = () => {
    clearTimeout(limit)
    seen.disconnect()
    const items = [...list.querySelectorAll('.bt-hit-own')].map((link) => ({
      href: link.href, other: Boolean(link.closest(other)),
      marks: link.closest(other) ? [] : [...link.querySelectorAll('mark')].map((m) => m.textContent)}))
    done({items, ms: (first || performance.now()) - start})
  }
  const limit = setTimeout(finish, 20000)
  const seen = new MutationObserver((changes) => {
    if (changes.some((c) => c.addedNodes.length)) first = first || performance.now()
    if (list.dataset.btDone === query) setTimeout(finish, 30)
  })
  delete list.dataset.btDone
  seen.observe(list, {childList: true, attributes: true})
  input.value = ''
  input.dispatchEvent(new InputEvent('input', {bubbles: true}))
  input.value = query
  input.dispatchEvent(new InputEvent('input', {bubbles: true}))
})
"""


@dataclass(frozen=True)
class Library:
    """A library of one size: its index, and its texts by the address of their unit."""

    size: int
    files: Mapping[str, bytes]
    units: Mapping[str, Mapping[str, str]]


@dataclass
class Bed:
    """The site on a port, and a browser."""

    site: Path
    url: str
    browser: object

    def open(self, lang: str):
        """A page whose box is open."""
        page = self.browser.new_page(bypass_csp=True)  # our waiting is text to evaluate
        page.goto(self.url + ROOTS[lang] + "about/")
        page.evaluate(ASK)
        page.keyboard.press("/")
        page.wait_for_function("bt.find.ready")
        page.evaluate("window.ask('人工智能')")
        return page


class _Handler(Quiet):
    protocol_version = "HTTP/1.1"


def build_site(config: Path, folder: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config), "-d", str(folder)],
        check=True, capture_output=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip


def index_site(site: Path, library: Library) -> None:
    """Puts the library's index into the built site."""
    folder = site / index.FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in library.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


@contextmanager
def bed(root: Path) -> Iterator[Bed]:
    """Builds the site into a temporary folder, serves it and starts the browser."""
    with tempfile.TemporaryDirectory(prefix="two-tracks-search-") as folder:
        build_site(root / "mkdocs.yml", Path(folder))
        with served(Path(folder), _Handler) as url, chromium() as browser:
            yield Bed(Path(folder), f"{url}/", browser)


def address(page: searchtext.Page, row: searchtext.Row) -> str:
    """Where a row stands below its language: a concept has a page of its own."""
    if page.kind == "glossary":
        return f"{page.url}{row.id}/"
    return page.url + (f"#{row.id}" if row.id else "")


def _texts(pages: Iterable[searchtext.Page], lang: str) -> dict[str, str]:
    """Address -> all that is said there: an entry, and what it rests on, have one."""
    out: dict[str, str] = {}
    for page in pages:
        for row in (pair[lang] for pair in page.pairs if pair[lang]):
            place = ROOTS[lang] + address(page, row)
            out[place] = " ¦ ".join((*filter(None, [out.get(place)]), row.text, row.label))
        if page.kind == "transcript":
            out[f"{ROOTS[lang]}{page.url}#title"] = page.title(lang)
    return out


def libraries(root: Path, sizes: list[int], site: Path) -> Iterator[Library]:
    """A library of each size: the real transcripts and pages, and generated transcripts."""
    project = load_project(root)
    people = index.names_of(project.people)
    texts = index.built_texts(root, site, on_disk(root / "docs"))
    for size in sizes:
        bitexts = search_corpus.library(size, project.library.bitexts, project.glossary)
        pages = tuple(searchtext.all_pages(bitexts, project.glossary, project.people, texts))
        named = searchtext.names(project.glossary, people, bitexts)
        units = {lang: _texts(pages, lang) for lang in LANGS}
        yield Library(size, index.files(pages, named), units)
