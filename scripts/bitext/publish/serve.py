"""`bitext serve`: the site on this machine, rebuilt when its data or pages change.

A text with problems is shown as a draft, each problem at its unit. docs/ is written only when there
are no problems.
"""

from __future__ import annotations

import logging
import os
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from bitext.library import yaml_lines
from bitext.model import LANGS
from bitext.project.check import false_claims
from bitext.project.project import Project, load_project
from bitext.project.write import made_of, write_pages
from bitext.publish import editor

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer
    from watchdog.observers.api import BaseObserver as Observer

HOST = "127.0.0.1"
WRITTEN = "docs"  # by people and by `bitext build`
WATCHED = ("data", WRITTEN, "overrides", "mkdocs.yml")

State = tuple[int, int] | None
HERE = Path(__file__).parent


def quiet() -> None:
    """MkDocs says only what an editor can act on."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    logging.getLogger("mkdocs").setLevel(logging.WARNING)


def free_port(wanted: int) -> int:
    """`wanted`, or the next port on which nobody listens."""
    for port in range(wanted, min(wanted + 50, 65536)):
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) != 0:
                return port
    return wanted


def timed(what: str, job: Callable[[], object]) -> object:
    """Runs `job`, saying what is done and how long it took."""
    print(f"  {what} …", end="", flush=True)
    start = time.perf_counter()
    result = job()
    print(f" {time.perf_counter() - start:.1f} s", flush=True)
    return result


def prepare(project: Project, draft: Path) -> Path:
    """The folder of pages to show: docs/, brought up to date; or, where something is wrong, a copy
    of it at `draft` that has the pages with their problems. Every problem is told."""
    problems = false_claims(project)
    if not problems:
        write_pages(project)
        return project.root / "docs"
    for problem in problems:
        print(f"\n{problem}", file=sys.stderr, end="")
    print("\n  shown as a draft; docs/ is not written", file=sys.stderr)
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(project.root / "docs", draft)
    for path, text in made_of(project, problems).items():
        file = draft / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", newline="")
    return draft


def add_editor(project: Project, site_dir: Path) -> None:
    """Adds the editor's view to the built site, in both languages: /editor/ and /en/editor/."""
    bitexts, problems = project.library.bitexts, false_claims(project)
    written = {b.slug: written_lines(project.root / b.path) for b in bitexts}
    for lang in LANGS:
        folder = site_dir / ("editor" if lang == "zh" else "en/editor")
        folder.mkdir(parents=True, exist_ok=True)
        page = editor.editor_page(bitexts, problems, written, lang)
        (folder / "index.html").write_text(page, "utf-8", newline="")
        for name in ("editor.css", "editor.js"):
            shutil.copyfile(HERE / name, folder / name)


def written_lines(path: Path) -> dict[str, editor.Written]:
    """The lines of each unit of a bitext.yml as they stand in the file, by the unit's id."""
    text, _ = yaml_lines.read(path, str(path))
    value, _ = yaml_lines.load(text or "", str(path))
    rows = value.get("units") if isinstance(value, yaml_lines.Map) else None
    out: dict[str, editor.Written] = {}
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, yaml_lines.Map):
            zh, en = (row.get(lang) for lang in LANGS)
            out[str(row.get("id"))] = (_split(zh), _split(en))
    return out


def _split(text: object) -> Sequence[str] | None:
    return str(text).removesuffix("\n").split("\n") if text is not None else None


class Watched:
    """The files from which the site was built, as they were then."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.built: dict[str, State] = {}
        self.writing = threading.Lock()

    def build(self, write: Callable[[], None]) -> None:
        """Runs `write`, which writes into docs/; what it wrote there is part of what is built."""
        with self.writing:  # what is written meanwhile is told afterwards
            now = dict(self._files(name for name in WATCHED if name != WRITTEN))
            write()
            self.built = now | dict(self._files([WRITTEN]))

    def changed(self, *paths: str) -> bool:
        """Whether any of these files is not as it was when the site was built."""
        with self.writing:
            return any(self.built.get(p) != state(p) for p in paths if p and not is_passing(p))

    def anything_changed(self) -> bool:
        """Whether any watched file is not as it was when the site was built."""
        now = dict(self._files(WATCHED))
        return self.changed(*(now.keys() | self.built.keys()))

    def _files(self, names: Iterable[str]) -> Iterator[tuple[str, State]]:
        for name in names:
            path = self.root / name
            for file in (path, *path.rglob("*")):
                if not file.is_dir() and not is_passing(str(file)):
                    yield str(file), state(str(file))


def state(path: str) -> State:
    """When a file was written and how long it is; None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def is_passing(path: str) -> bool:
    """Whether a file is an editor's or a command's own, for the time of writing."""
    name = os.path.basename(path)
    return name.startswith((".", "#")) or name.endswith("~")


def only(changed: Callable[..., bool], observer: Observer) -> None:
    """Makes `observer` tell of those files alone that `changed` confirms."""
    schedule = observer.schedule

    def chosen(handler, path, **options):
        tell = handler.on_any_event
        handler.on_any_event = lambda event: (
            tell(event) if changed(event.src_path, event.dest_path) else None
        )
        return schedule(handler, path, **options)

    # The observer has no door for this: who builds the server gives it handlers of its own.
    observer.schedule = chosen  # type: ignore[method-assign, assignment]


def serve(root: Path, port: int) -> int:
    """Serves until stopped; 0 then."""
    quiet()
    from mkdocs.commands.build import build as build_site

    root = root.resolve()
    port = free_port(port)
    url = f"http://{HOST}:{port}/"
    print("Two Tracks · 双轨")
    with tempfile.TemporaryDirectory(prefix="two-tracks-") as work:
        site_dir, draft = Path(work) / "site", Path(work) / "docs"
        watched = Watched(root)

        def rebuild() -> None:
            shown: list[tuple[Project, Path]] = []

            def write() -> None:
                project = load_project(root)
                shown.append((project, prepare(project, draft)))

            watched.build(write)
            [(project, pages)] = shown
            build_site(_config(root, site_dir, pages, url))
            add_editor(project, site_dir)

        def again() -> None:
            timed("something changed; building again", rebuild)

        timed("building the site", rebuild)
        _run(_server(again, root, port, site_dir, watched), watched, url)
    return 0


def _config(root: Path, site_dir: Path, docs: Path, url: str):
    """The settings of MkDocs for a site that one person sees."""
    from mkdocs.config import load_config

    found = load_config(
        str(root / "mkdocs.yml"), site_dir=str(site_dir), docs_dir=str(docs), site_url=url
    )
    found.extra["bt_draft"] = True  # nothing is refused: this site is for one pair of eyes
    found.plugins.on_startup(command="serve", dirty=False)
    return found


def _server(
    again: Callable[[], None], root: Path, port: int, site_dir: Path, watched: Watched
) -> LiveReloadServer:
    """A server of the site that builds it again when a watched file changes."""
    from mkdocs.livereload import LiveReloadServer

    server = LiveReloadServer(
        builder=again,
        host=HOST, port=port, root=str(site_dir),
    )  # fmt: skip
    only(watched.changed, server.observer)
    missing = site_dir / "404.html"
    server.error_handler = lambda code: (
        missing.read_bytes() if code == HTTPStatus.NOT_FOUND and missing.exists() else None
    )
    for name in WATCHED:
        server.watch(str(root / name))
    return server


def _run(server: LiveReloadServer, watched: Watched, url: str) -> None:
    """Says where the site is, and serves it until it is stopped."""
    print(
        f"\n  Read it at  {url}   中文\n              {url}en/   English"
        f"\n  For editors {url}editor/   {url}en/editor/\n\n  Ctrl+C stops.",
        flush=True,
    )
    try:
        if watched.anything_changed():  # while the first build went on
            server.builder()
        server.serve()
    except KeyboardInterrupt:
        print("\nstopped")
    finally:
        server.shutdown()
