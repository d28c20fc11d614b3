"""The built site on a free port, and a real browser. Each worker has its own server."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from bed import Quiet, chromium, served

from tests.conftest import ROOT

#: Whether every cell of each matrix runs (`make prove`), or a part that meets every kind (`make test`).
FULL = os.environ.get("BT_FULL") == "1"
#: How long an expectation waits, in ms: a busy machine fails nothing.
PATIENCE = 20_000

#: The address that the built site is told that it has.
ADDRESS = "https://two-tracks.example/"


@dataclass(frozen=True)
class Site:
    """The built site: its folder and the address at which it is served."""

    path: Path
    url: str  # without a slash at the end


class Handler(Quiet):
    """Serves as a plain web host does: index files, and 404.html with status 404."""

    def send_error(self, code, message=None, explain=None):
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.exists():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return self.wfile.write(body)


@contextmanager
def built(project: Path, folder: Path, *options: str) -> Iterator[Site]:
    """The site of a project, built into `folder` with MkDocs' `options` and served on a free port."""
    build = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", *options, "--site-dir", str(folder)],
        cwd=project, capture_output=True, text=True, timeout=300,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": ADDRESS},
    )  # fmt: skip
    assert build.returncode == 0, build.stdout + build.stderr
    with served(folder, Handler) as url:
        yield Site(folder, url)


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[Site]:
    """The site, built once per worker."""
    with built(ROOT, tmp_path_factory.mktemp("site"), "--strict") as found:
        yield found


@pytest.fixture(scope="session")
def browser():
    """Chromium, headless: the installed one, else the one that Playwright downloaded."""
    from playwright.sync_api import expect

    expect.set_options(timeout=PATIENCE)
    with chromium() as started:
        yield started


@contextmanager
def pages_of(browser, url: str):
    """open_page(path, **context options) -> a Page at 1280 px of the site at `url`. At the end it is an
    error when a page has written one to the console or asked another origin for anything."""
    contexts, complaints = [], []

    def open_(path: str = "/", *, allow: tuple[str, ...] = (), **options):
        options.setdefault("viewport", {"width": 1280, "height": 800})
        # The tests' own waiting evaluates text, which the pages' policy forbids; test_site asks under it.
        options.setdefault("bypass_csp", True)
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()

        def complain(kind: str, text: str) -> None:
            if not any(part in text for part in allow):
                complaints.append(f"{path}: {kind}: {text}")

        page.on("console", lambda m: complain("console", m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: complain("page error", str(e)))
        page.on(
            "request",
            lambda r: (
                None
                if r.url.startswith((url, "data:", "blob:", "about:"))
                else complain("request to another origin", r.url)
            ),
        )
        page.goto(url + path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def open_page(site, browser):
    """open_page(path, **context options) -> a Page of the site; see `pages_of`."""
    with pages_of(browser, site.url) as open_:
        yield open_
