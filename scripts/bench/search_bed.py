"""Where search is measured: the built site, an index of any size put into it, and Chromium."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import search_corpus
from playwright.sync_api import sync_playwright

from bitext.model import LANGS
from bitext.project.project import load_project
from bitext.search import index
from bitext.search import rows as searchtext

BROWSER_ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
ROOTS = {"zh": "", "en": "en/"}
#: Types a query, waits until the engine says that this was all, and reads the list.
ASK = """
window.ask = (query) => new Promise((done) => {
  const input = document.querySelector('.md-search__input')
  const list = document.querySelector('.md-search-result__list')
  const start = performance.now()
  let first = 0
  const finish = () => {
    clearTimeout(limit)
    seen.disconnect()
    const items = [...list.children].map((li) => {
      const link = li.querySelector('.bt-search-other') ? null : li.querySelector('a')
      return link && {href: link.href, other: false, marks: [...link.querySelectorAll('mark')].map((m) => m.textContent)}
    })
    const other = [...list.querySelectorAll('li:has(.bt-search-other) a')].slice(1).map((a) => ({href: a.href, other: true, marks: []}))
    done({items: [...items.filter(Boolean), ...other], ms: (first || performance.now()) - start})
  }
  const limit = setTimeout(finish, 20000)
  const seen = new MutationObserver((changes) => {
    if (changes.some((c) => c.addedNodes.length)) first = first || performance.now()
    if (list.dataset.btDone === query) setTimeout(finish, 30)
  })
  delete list.dataset.btDone
  seen.observe(list, {childList: true, attributes: true})
  input.value = ''
  input.dispatchEvent(new KeyboardEvent('keyup', {bubbles: true}))
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
        page = self.browser.new_page()
        page.goto(self.url + ROOTS[lang] + "about/")
        page.evaluate(ASK)
        page.keyboard.press("/")
        page.wait_for_function(
            "document.querySelector('.md-search__form').name == 'bt-search' && window.document$"
        )
        page.evaluate("window.ask('人工智能')")
        return page


class _Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass


def chromium() -> str | None:
    """The installed browser, or None for the one that Playwright has."""
    return next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )


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
        handler = functools.partial(_Handler, directory=folder)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=BROWSER_ARGS)
            yield Bed(Path(folder), f"http://127.0.0.1:{server.server_address[1]}/", browser)
            browser.close()
        server.shutdown()


def libraries(root: Path, sizes: list[int], site: Path) -> Iterator[Library]:
    """A library of each size: the real transcripts and pages, and generated transcripts."""
    project = load_project(root)
    people = index.names_of(project.people)
    texts = index.built_texts(root, site)
    for size in sizes:
        bitexts = search_corpus.library(size, project.library.bitexts, project.glossary)
        pages = tuple(searchtext.all_pages(bitexts, project.glossary, texts))
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
