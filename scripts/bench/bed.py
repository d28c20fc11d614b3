"""What several benches and fuzzers stand on: the project's folder, a copy of it, a site served, a browser."""

from __future__ import annotations

import functools
import http.server
import shutil
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
#: Quiet start-up: no look-ups of the maker's hosts, which would hang where there is no network.
BROWSER_ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
#: The first of them is the one without windows: a page costs it a third.
BROWSERS = (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
)  # fmt: skip
#: A talk in both languages, a paragraph each.
ZH = ("人工智能的治理需要各国共同努力。", "任何一个国家都无法独自应对这些风险。", "对话应当继续下去。")  # fmt: skip
EN = (
    "Governing AI takes the effort of every country.",
    "No country can meet these risks alone.",
    "The dialogue should go on.",
)


def copy_project(folder: Path) -> None:
    """Copies what people wrote and what was made of it: data/ and docs/."""
    for name in ("data", "docs"):
        shutil.copytree(ROOT / name, folder / name)


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, *_: object) -> None:
        pass


class Server(http.server.ThreadingHTTPServer):
    """Keeps silent when a browser leaves before it has heard the whole answer."""

    request_queue_size = 64  # a browser asks for many files at once

    def handle_error(self, request, client_address):
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def served(site: Path, handler: type[Quiet] = Quiet) -> Iterator[str]:
    """The address at which `site` is served meanwhile."""
    server = Server(("127.0.0.1", 0), functools.partial(handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def installed_browser() -> str | None:
    """The browser of this machine; None where only Playwright may have one."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@contextmanager
def chromium() -> Iterator:
    """The installed browser, else the one that Playwright downloaded."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed_browser(), args=BROWSER_ARGS)
        yield browser
        browser.close()


def numbers(said: Sequence[str], *usual: int) -> tuple[int, ...]:
    """The numbers that a command line gives, in order; those that it lacks are the usual ones."""
    return (*map(int, said[: len(usual)]), *usual[len(said) :])
