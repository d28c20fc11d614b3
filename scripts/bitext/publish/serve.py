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
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from bitext.library import yaml_lines
from bitext.library.before import kept_whole
from bitext.library.kept import holding
from bitext.model import LANGS, Problem, Refusal
from bitext.project.check import false_claims
from bitext.project.project import Handed, Project, handed, load_project
from bitext.project.write import drafts, write_pages
from bitext.publish import editor
from bitext.publish.told import NO_PAGE, with_told
from bitext.publish.watching import WATCHED, Watched, Watchers

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

HOST = "127.0.0.1"
#: So many problems are told at the terminal, hand-set: a screen of them.
MOST_TOLD = 20
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


def prepare(project: Project, problems: Sequence[Problem]) -> Mapping[str, str]:
    """Brings docs/ up to date; or, where something is wrong, gives the pages that are shown in the place of
    those in docs/, with their problems. The first problems are told."""
    if not problems:
        write_pages(project)
        return {}
    for problem in problems[:MOST_TOLD]:
        print(f"\n{problem}", file=sys.stderr, end="")
    more = f"\n… and {len(problems) - MOST_TOLD} more: `bitext check` lists all"
    print(more if len(problems) > MOST_TOLD else "", end="", file=sys.stderr)
    print("\n  shown as a draft; docs/ is not written", file=sys.stderr)
    return drafts(project, problems)


def add_editor(project: Project, problems: Sequence[Problem], site_dir: Path) -> None:
    """Adds the editor's view to the built site, in both languages: /editor/ and /en/editor/."""
    for lang in LANGS:
        folder = site_dir / ("editor" if lang == "zh" else "en/editor")
        folder.mkdir(parents=True, exist_ok=True)
        page = editor.editor_page(
            project.library.bitexts,
            problems,
            lambda bitext: written_lines(project.root / bitext.path),
            lang,
            project.memory,
        )
        (folder / "index.html").write_text(page, "utf-8", newline="")
        for name in ("editor.css", "editor.js"):
            shutil.copyfile(HERE / name, folder / name)


def written_lines(path: Path) -> Mapping[str, editor.Written]:
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


def serve(root: Path, port: int) -> int:
    """Serves until stopped; 0 then."""
    quiet()
    root = root.resolve()
    port = free_port(port)
    url = f"http://{HOST}:{port}/"
    print("Two Tracks · 双轨")
    with tempfile.TemporaryDirectory(prefix="two-tracks-", ignore_cleanup_errors=True) as work:
        site_dir = Path(work) / "site"
        watched, told = Watched(root), Told()

        logging.getLogger("mkdocs").addHandler(told)

        def rebuild() -> None:
            told.warnings.clear()
            shown: list[tuple[Project, list[Problem], Mapping[str, str]]] = []

            def write() -> None:
                project = load_project(root)
                problems = false_claims(project)
                shown.append((project, problems, prepare(project, problems)))

            watched.build(write)
            [(project, problems, pages)] = shown

            def seen() -> None:
                add_editor(project, problems, site_dir)
                told.built(problems)
                _let_see(server)

            build(Handed(project, pages, seen), site_dir, url)

        def again() -> None:
            try:
                timed("something changed; building again", rebuild)
            except (
                Exception,
                SystemExit,
            ) as error:  # whatever was saved, the next save may mend it
                told.failed(error)

        server = _server(again, told, port, site_dir, watched)
        with holding():
            timed("building the site", rebuild)
            _run(server, watched, url)
    return 0


def build(given: Handed, site_dir: Path, url: str) -> None:
    """Builds the site of a project whose pages are written, or are drafts. Where that fails, the site stays
    as it was."""
    from mkdocs.commands.build import build as build_site

    with kept_whole(site_dir), handed(given):
        build_site(_config(given.project.root, site_dir, url))


def _config(root: Path, site_dir: Path, url: str):
    """The settings of MkDocs for a site that one person sees."""
    from mkdocs.config import load_config

    found = load_config(str(root / "mkdocs.yml"), site_dir=str(site_dir), site_url=url)
    found.extra["bt_draft"] = True  # nothing is refused: this site is for one pair of eyes
    found.plugins.on_startup(command="serve", dirty=False)
    return found


class Told(logging.Handler):
    """What is said at the head of every page: of the last build, with the warnings of MkDocs."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said = ""
        self.lines: list[str] = []
        self.warnings: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.warnings.append(" ".join(record.getMessage().split()))

    def built(self, problems: Sequence[Problem]) -> None:
        draft, warned = (
            "This is a draft; docs/ is not written until this is mended:",
            "MkDocs warns:",
        )
        self.lines = [*map(str, problems), *self.warnings]
        self.said = (draft if problems else warned) if self.lines else ""

    def failed(self, error: BaseException) -> None:
        """The site could not be built again."""
        from mkdocs.exceptions import MkDocsException

        if not isinstance(error, Refusal | SystemExit | MkDocsException):
            traceback.print_exception(error)
        self.said = "The site could not be built again; this is the last one that could:"
        self.lines = [" ".join(str(error).split()) or type(error).__name__, *self.warnings]
        print("\n".join(["", self.said, *self.lines]), file=sys.stderr)

    def on(self, page: bytes) -> bytes:
        return with_told(page, self.said, self.lines)


def _server(
    again: Callable[[], None], told: Told, port: int, site_dir: Path, watched: Watched
) -> LiveReloadServer:
    """A server of the site that builds it again when a watched file changes."""
    from mkdocs.livereload import LiveReloadServer

    server = LiveReloadServer(
        builder=again,
        host=HOST, port=port, root=str(site_dir),
    )  # fmt: skip
    server.observer = Watchers(watched.changed)  # type: ignore[assignment]  # all that it asks of one
    reloading = server._inject_js_into_html
    missing = site_dir / "404.html"

    def with_both(page: bytes, epoch: int) -> bytes:
        return reloading(told.on(page), epoch)

    def no_page(code: int) -> bytes | None:
        """Beside an address that is not there: what a failed build left out comes back with the next."""
        if code != HTTPStatus.NOT_FOUND:
            return None
        page = missing.read_bytes() if missing.exists() else NO_PAGE
        return with_both(page, server._visible_epoch)

    server._inject_js_into_html = with_both  # type: ignore[method-assign]  # nor has this one
    server.error_handler = no_page
    for name in WATCHED:
        server.watch(str(watched.root / name))
    return server


def _let_see(server: LiveReloadServer) -> None:
    """Has browsers read the site as it stands now; what is still made of it they do not wait for."""
    with server._epoch_cond:
        server._visible_epoch = server._wanted_epoch
        server._epoch_cond.notify_all()


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
