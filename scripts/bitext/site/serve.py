"""`bitext serve`: the site on this machine, rebuilt whenever its data or pages change."""

from __future__ import annotations

import logging
import os
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bitext.project.project import load_project
from bitext.project.write import write_pages

HOST = "127.0.0.1"
WATCHED = ("data", "docs", "overrides", "mkdocs.yml")


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

        def rebuild() -> None:
            if write_docs(root):
                build_site(config())

        if not timed("writing the pages from data/", lambda: write_docs(root)):
            return 1
        timed("building the site", lambda: build_site(config()))
        server = LiveReloadServer(
            builder=lambda: timed("something changed; building again", rebuild),
            host=HOST, port=port, root=site_dir,
        )  # fmt: skip
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
            server.serve()
        except KeyboardInterrupt:
            print("\nstopped")
        finally:
            server.shutdown()
    return 0
