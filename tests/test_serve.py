"""`serve` builds once a save, and the step after MkDocs runs once a build."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bitext.publish.serve import Watched

ROOT = Path(__file__).resolve().parent.parent
NEEDED = ("data", "docs", "overrides", "scripts", "mkdocs.yml")
#: Builds the site and says each time the step begins which pages are there.
COUNTED = """
import sys
from pathlib import Path
from bitext.publish import finish
plain = finish.finish
def counted(root, site, *more):
    print("finish", *(int((site / p / "index.html").exists()) for p in ("about", "en/about")))
    plain(root, site, *more)
finish.finish = counted  # before the hook is loaded
from mkdocs.__main__ import cli
cli(["build", "--strict", "--site-dir", sys.argv[1]])
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    for name in NEEDED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))  # fmt: skip
        else:
            shutil.copy(ROOT / name, folder / name)
    return folder


def environment(project: Path) -> dict[str, str]:
    own = {"PYTHONPATH": str(project / "scripts"), "NO_MKDOCS_2_WARNING": "1"}
    return {**os.environ, **own, "PYTHONUNBUFFERED": "1"}


def test_the_step_after_mkdocs_runs_once_with_the_pages_of_both_languages(project, tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", COUNTED, str(tmp_path / "site")],
        capture_output=True, text=True, cwd=project, env=environment(project),
    )  # fmt: skip
    assert done.stdout.splitlines() == ["finish 1 1"], done.stderr
    assert not (tmp_path / "site/search/search_index.json").exists()  # the theme's own


def until(holds: Callable[[], bool], seconds: float = 120) -> bool:
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.1)
    return holds()


def test_a_save_is_one_build(project, tmp_path):
    log = tmp_path / "log"
    with log.open("w") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "bitext", "serve", "--port", "8765"],
            cwd=project, env=environment(project), stdout=out, stderr=subprocess.STDOUT,
            # a shell's background jobs would else not hear of Ctrl-C
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )  # fmt: skip

    def builds(ended: str = "") -> int:
        return len(re.findall(f"building again …{ended}", log.read_text("utf-8")))

    try:
        assert until(lambda: "Ctrl+C" in log.read_text("utf-8")), log.read_text("utf-8")
        time.sleep(1)
        terms = project / "data" / "glossary.yml"
        written = project / "docs" / "en" / "glossary.md"
        before = written.read_bytes()
        terms.write_text(terms.read_text("utf-8").replace("artificial", "Artificial"), "utf-8")
        for number in (1, 2):
            assert until(lambda n=number: builds(r" [\d.]+ s\n") >= n), log.read_text("utf-8")
            time.sleep(2)  # the watcher looks twice a second
            assert builds() == number, log.read_text("utf-8")
            page = project / "docs" / "en" / "about.md"
            if number == 1:
                assert written.read_bytes() != before
                (project / "docs" / "en" / ".about.md.swp").write_text("an editor's", "utf-8")
                page.write_text(page.read_text("utf-8") + "\nMore.\n", "utf-8")
    finally:
        server.send_signal(signal.SIGINT)
        assert server.wait(30) == 0


def test_what_a_build_writes_is_no_change_and_what_people_write_meanwhile_is_one(tmp_path):
    docs, data = tmp_path / "docs" / "page.md", tmp_path / "data" / "talk.yml"
    for file in (docs, data):
        file.parent.mkdir()
        file.write_text("old", "utf-8")
    watched = Watched(tmp_path)

    def write(meanwhile: bool) -> None:
        docs.write_text(f"new {meanwhile}", "utf-8")
        if meanwhile:
            data.write_text("edited", "utf-8")

    watched.build(lambda: write(False))
    assert not watched.anything_changed()
    watched.build(lambda: write(True))
    assert watched.anything_changed()
    assert watched.changed(str(data)) and not watched.changed(str(docs), "")
    watched.build(lambda: None)
    docs.unlink()
    assert watched.changed(str(docs)) and watched.anything_changed()
