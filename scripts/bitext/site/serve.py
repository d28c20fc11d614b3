"""`bitext serve`: the site on this machine, rebuilt whenever its data or pages change."""

from __future__ import annotations

import logging
import os
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bitext.project.project import load_project
from bitext.project.write import write_pages

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver as Observer

HOST = "127.0.0.1"
WRITTEN = "docs"  # by people and by `bitext build`
WATCHED = ("data", WRITTEN, "overrides", "mkdocs.yml")

State = tuple[int, int] | None


def quiet() -> None:
    """MkDocs says only what an editor can act on."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    logging.getLogger("mkdocs").setLevel(logging.WARNING)


def free_port(wanted: int) -> int:
    """`wanted`, or the next port on which nobody listens."""
    for port in range(wanted, wanted + 50):
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


def write_docs(root: Path) -> bool:
    """Writes the generated pages; False, with every problem told, when data/ has some."""
    project = load_project(root)
    for problem in project.problems:
        print(f"\n{problem}", file=sys.stderr, end="")
    if project.problems:
        print(file=sys.stderr)
        return False
    write_pages(project)
    return True


class Watched:
    """The files from which the site was built, as they were then."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.built: dict[str, State] = {}
        self.writing = threading.Lock()

    def build(self, write: Callable[[], bool]) -> bool:
        """Runs `write`, which writes into docs/; what it wrote there is part of what is built."""
        with self.writing:  # what is written meanwhile is told afterwards
            now = dict(self._files(name for name in WATCHED if name != WRITTEN))
            done = write()
            self.built = now | dict(self._files([WRITTEN]))
        return done

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

    observer.schedule = chosen


def serve(root: Path, port: int) -> int:
    """Serves until stopped; 0 then, 1 when the first build cannot be made."""
    quiet()
    from mkdocs.commands.build import build as build_site
    from mkdocs.config import load_config
    from mkdocs.livereload import LiveReloadServer

    root = root.resolve()
    port = free_port(port)
    url = f"http://{HOST}:{port}/"
    print("Two Tracks · 双轨")
    with tempfile.TemporaryDirectory(prefix="two-tracks-") as site_dir:

        def config():
            found = load_config(str(root / "mkdocs.yml"), site_dir=site_dir, site_url=url)
            found.plugins.on_startup(command="serve", dirty=False)
            return found

        def write() -> bool:
            return watched.build(lambda: write_docs(root))

        def rebuild() -> None:
            if write():
                build_site(config())

        watched = Watched(root)
        if not timed("writing the pages from data/", write):
            return 1
        timed("building the site", lambda: build_site(config()))
        server = LiveReloadServer(
            builder=lambda: timed("something changed; building again", rebuild),
            host=HOST, port=port, root=site_dir,
        )  # fmt: skip
        only(watched.changed, server.observer)
        missing = Path(site_dir) / "404.html"
        server.error_handler = lambda code: (
            missing.read_bytes() if code == 404 and missing.exists() else None
        )
        for name in WATCHED:
            server.watch(str(root / name))
        print(
            f"\n  Read it at  {url}   中文\n              {url}en/   English\n\n  Ctrl+C stops.",
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
    return 0
