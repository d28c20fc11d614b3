"""`serve` builds once a save, and the step after MkDocs runs once a build."""

from __future__ import annotations

import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
import watchdog.events
import watchdog.observers

from bitext.library.before import Standing, aside, kept_whole, set_aside
from bitext.library.kept import holding
from bitext.model import Refusal
from bitext.project.check import false_claims
from bitext.project.project import Handed, load_project
from bitext.publish import serve
from bitext.publish.serve import Told
from bitext.publish.told import MOST, NO_PAGE, with_told
from bitext.publish.watching import Watched, Watchers
from bitext.search import index
from tests.projects import ARTICLE, ENTRY, LISTED, contents, edit

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


def test_a_save_is_one_build_and_an_error_stands_on_the_page_until_it_is_mended(project, tmp_path):
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

    def shown(path: str) -> str:
        try:
            with urlopen(f"http://127.0.0.1:8765/{path}", timeout=20) as answer:
                return answer.read().decode()
        except HTTPError as answer:
            return answer.read().decode()

    try:
        assert until(lambda: "Ctrl+C" in log.read_text("utf-8")), log.read_text("utf-8")
        time.sleep(1)
        terms = project / "data" / "glossary.yml"
        written = project / "docs" / "en" / "glossary.md"
        before = written.read_bytes()
        terms.write_text(terms.read_text("utf-8").replace("artificial", "Artificial"), "utf-8")
        for number in (1, 2):
            assert until(lambda n=number: builds(r" [\d.]+ s\n") >= n), log.read_text("utf-8")
            time.sleep(4)  # the slower watcher looks every three seconds
            assert builds() == number, log.read_text("utf-8")
            page = project / "docs" / "en" / "about.md"
            if number == 1:
                assert written.read_bytes() != before
                (project / "docs" / "en" / ".about.md.swp").write_text("an editor's", "utf-8")
                page.write_text(page.read_text("utf-8") + "\nMore.\n", "utf-8")
        assert "bt-told" not in shown("en/about/")
        for name, good, bad, said in (
            ("data/transcripts/track-two-perspective/bitext.yml", "\nunits:", "\nunits: [", "bitext.yml:47: not YAML here"),
            ("mkdocs.yml", "theme:", "theme: [", "could not be built again"),
            ("docs/en/about.md", "# ", "[no](nothing.md)\n\n# ", "nothing.md"),
        ):  # fmt: skip
            file = project / name
            whole = file.read_text("utf-8")
            file.write_text(whole.replace(good, bad, 1), "utf-8")
            assert until(lambda s=said: s in shown("en/about/")), log.read_text("utf-8")
            assert "bt-told" in shown("nowhere/") and "livereload" in shown("nowhere/")
            file.write_text(whole, "utf-8")
            assert until(lambda: "bt-told" not in shown("en/about/")), log.read_text("utf-8")
            assert "bt-told" not in shown("nowhere/") and "More." in shown("en/about/")
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


def test_a_site_is_replaced_whole_or_stays(tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    for number in range(4):  # at first there is none
        with kept_whole(site):
            set_aside(site)
            (site / "below").mkdir()
            (site / "below" / "page").write_text(str(number), "utf-8")
            Standing(site).settle()
        assert (site / "below" / "page").read_text("utf-8") == str(number)
    for begun in (0, 1, 2):
        with pytest.raises(KeyError), kept_whole(site):
            if begun:
                set_aside(site)
            if begun == 2:
                (site / "half").touch()
                (site / "below").mkdir()
            raise KeyError
        assert [str(p.relative_to(site)) for p in site.rglob("*")] == ["below", "below/page"]
        assert (site / "below" / "page").read_text("utf-8") == "3"
    assert not aside(site).exists()


def test_a_first_build_that_fails_says_why(tmp_path):
    site = tmp_path / "site"
    with pytest.raises(KeyError), kept_whole(site):
        set_aside(site)
        raise KeyError
    assert not aside(site).exists()


def made(project: Path, site: Path, seen: Callable[[], None] | None = None) -> dict[str, bytes]:
    """The files of the site as `serve` builds it."""
    loaded = load_project(project)
    drafts = serve.prepare(loaded, false_claims(loaded))
    serve.build(Handed(loaded, drafts, seen), site, "http://127.0.0.1:8000/")
    return contents(site)


SLUG = "transcripts/track-two-perspective"


def test_pages_are_seen_before_the_search_is_made_and_in_the_end_all_is_as_made_anew(
    project, tmp_path
):
    site, at = tmp_path / "site", []
    with holding():
        first = made(project, site, lambda: None)
        edit(project / ARTICLE, *LISTED, ENTRY)
        last = made(project, site, lambda: at.append(contents(site)))
    [seen] = at
    later = {name for name in last if seen[name] != last[name]}
    assert later and all(name.startswith(f"{index.FOLDER}/") for name in later)
    assert {name: seen[name] for name in later} == {name: first[name] for name in later}
    assert seen.keys() == last.keys()
    assert LISTED[1].encode() in seen[f"{SLUG}/index.html"]
    shutil.rmtree(project / ".cache")
    assert made(project, tmp_path / "anew") == last


def test_a_draft_is_shown_where_docs_has_another_page_or_none(project, tmp_path):
    site = tmp_path / "site"
    with holding():
        first = made(project, site)
        docs = contents(project / "docs")
        edit(project / ARTICLE, *LISTED)
        new = project / "data" / "transcripts" / "not-yet-there"
        shutil.copytree((project / ARTICLE).parent, new)
        draft = made(project, site)
        assert contents(project / "docs") == docs
        for lang in ("", "en/"):
            for name in (SLUG, "transcripts/not-yet-there"):
                page = draft[f"{lang}{name}/index.html"]
                assert b"bt-problem" in page and LISTED[1].encode() in draft[f"{name}/index.html"]
        shutil.rmtree(new)
        edit(project / ARTICLE, *reversed(LISTED))
        assert made(project, site) == first


def test_what_is_told_stands_escaped_at_the_head_of_the_page():
    page = b'<html><body class="x" dir="ltr"><main>Text</main></body></html>'
    assert with_told(page, "", ["never"]) == page
    told = with_told(page, "Mend & save:", ["a.yml:1: <b>\ud800 — do", *"x" * MOST]).decode()
    head, _, rest = told.partition("<main>")
    assert head.startswith('<html><body class="x" dir="ltr"><div role="alert" lang="en"')
    assert "Mend &amp; save:" in head and "a.yml:1: &lt;b&gt;" in head and "… and 1 more" in head
    assert rest == "Text</main></body></html>"
    assert b"never" in with_told(NO_PAGE, "Said", ["never"])


@pytest.mark.parametrize(
    ("error", "line", "traced"),
    [
        (Refusal("E-X", "a", 1, "found", "do"), "E-X a:1: found — do", False),
        (SystemExit("Aborted\n  twice"), "Aborted twice", False),
        (ValueError("of ours"), "of ours", True),
        (RecursionError(), "RecursionError", True),
    ],
)
def test_a_build_that_failed_is_told_in_a_line_and_forgotten_by_the_next(
    capsys, error, line, traced
):
    told = Told()
    told.failed(error)
    assert told.lines == [line] and line in capsys.readouterr().err.splitlines()[-1]
    assert line.encode() in told.on(b"<body>")
    told.built([])
    assert told.on(b"<body>") == b"<body>"


def test_a_warning_of_mkdocs_is_told_beside_the_problems():
    told = Told()
    logger = logging.getLogger("a-logger-of-this-test")
    logger.addHandler(told)
    logger.warning("a link\n  to %s", "nothing")
    logger.info("not this")
    told.built([])
    assert told.lines == ["a link to nothing"] and told.said == "MkDocs warns:"


@pytest.mark.parametrize("without", [False, True])
def test_a_file_that_is_replaced_or_changed_is_told_by_either_watcher(
    tmp_path, monkeypatch, without
):
    """Editors write a new file and give it the old one's name; some disks tell nothing."""
    if without:
        monkeypatch.setattr(watchdog.observers.Observer, "start", unable)
    settings, talk = tmp_path / "mkdocs.yml", tmp_path / "data" / "a" / "talk.yml"
    talk.parent.mkdir(parents=True)
    for file in (settings, talk):
        file.write_text("old", "utf-8")
    watched, heard = Watched(tmp_path), []
    watched.build(lambda: None)
    watchers = Watchers(watched.changed)
    for file in (settings, talk):
        handler = watchdog.events.FileSystemEventHandler()
        handler.on_any_event = lambda event: heard.append(event)
        watchers.schedule(handler, str(file if file == settings else tmp_path / "data"))
    watchers.start()
    try:
        for file in (talk, settings, settings):
            assert len(watchers.running) == 2 - without
            new = tmp_path / ".new"
            new.write_text(f"new, longer {len(heard)}", "utf-8")
            new.replace(file)
            assert until(lambda: heard), file
            watched.build(lambda: None)
            heard.clear()
        talk.read_text("utf-8")
        (talk.parent / ".talk.swp").write_text("an editor's", "utf-8")
        time.sleep(1)
        assert heard == []
    finally:
        watchers.stop()
        watchers.join()


def unable(*_: object) -> None:
    raise OSError(28, "the system watches only so many folders")
