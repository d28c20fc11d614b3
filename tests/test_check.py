"""`check` and `build`: what is wrong is told with its line, nothing is written where it must not be."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import breaks
import fuzz_projects
import pytest

from bitext.__main__ import main
from bitext.commands.jobs import slugify
from bitext.library.paths import below
from bitext.model import Refusal
from bitext.project.check import check
from bitext.project.project import load_project
from bitext.project.write import write_pages
from bitext.publish import finish
from bitext.publish.about import about
from bitext.publish.formats import files_of

BREAKS = fuzz_projects.BREAKS


@pytest.fixture(scope="module")
def sound():
    with fuzz_projects.sound_project() as place:
        yield place


@pytest.fixture
def project(sound, tmp_path):
    """A copy that a test may change."""
    fuzz_projects.shutil.copytree(sound, tmp_path / "project")
    return tmp_path / "project"


def test_the_project_itself_has_no_problem(root):
    assert check(root) == []


def test_there_are_enough_ways_to_break_a_project():
    assert len({broken.name for broken in BREAKS}) == len(BREAKS) >= 500


@pytest.mark.parametrize("broken", BREAKS[::16], ids=lambda broken: broken.name)
def test_a_broken_project_is_told_with_its_line(sound, broken):
    """One in sixteen; `make prove` tries all."""
    outcome = fuzz_projects.attempt(broken, sound)
    assert outcome.wrong == ""


def test_the_breaks_are_noticed_where_check_is_blind(sound, monkeypatch):
    monkeypatch.setattr(fuzz_projects, "_here", lambda *_: (0, "no problems"))
    assert fuzz_projects.attempt(BREAKS[1], sound).wrong == "check says nothing"


# --- nothing is written outside --------------------------------------------------------------------


@pytest.mark.parametrize("name", ["../x", "a/../../x", "/tmp/x", "", ".", "a\0b"])
def test_a_path_that_leads_out_is_refused(tmp_path, name):
    with pytest.raises(Refusal, match="E-PATH"):
        below(tmp_path, name)


def test_a_link_that_leads_out_is_refused(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "zh").symlink_to(tmp_path)
    with pytest.raises(Refusal, match="leads out of"):
        below(tmp_path / "docs", "zh/x.md")
    assert below(tmp_path / "docs", "en/x.md") == tmp_path / "docs" / "en" / "x.md"


def test_build_and_finish_write_nothing_where_an_id_leads_out(project, monkeypatch):
    """As if no door had checked it."""
    loaded = load_project(project)
    evil = replace(loaded.library.bitexts[0], slug="../../../../evil")
    loaded = replace(loaded, library=replace(loaded.library, bitexts=(evil,)))
    before = sorted(project.parent.rglob("*"))
    with pytest.raises(Refusal, match="E-PATH"):
        write_pages(loaded)
    monkeypatch.setattr(finish, "project_at", lambda root: loaded)
    monkeypatch.setattr(finish.index, "write", lambda *_, **__: None)
    (site := project.parent / "site").mkdir()
    with pytest.raises(Refusal, match="E-PATH"):
        finish.finish(project, site)
    after = [p for p in sorted(project.parent.rglob("*")) if site not in (p, *p.parents)]
    assert after == before and next(iter(files_of(evil, about(evil)))).startswith("../")


def test_a_bitext_that_is_taken_over_has_the_slug_that_it_gets(project, capsys):
    text = (project / breaks.ESSAY).read_text("utf-8")
    evil, out = project / "evil.yml", project / "out"
    line = text[: text.index("slug: ")].count("\n") + 1
    for slug in ("../../../../outside/pwned", "index", "nul", "track-two-perspective"):
        evil.write_text(text.replace("slug: track-two-perspective", f'slug: "{slug}"'), "utf-8")
        assert main(["import", str(evil), "--output", str(out)]) == 2
        assert capsys.readouterr().err.startswith(f"E-BITEXT {evil}:{line}: ")
        assert not out.exists()
    command = ["import", str(evil), "--output", str(out), "--slug", "track-two-perspective"]
    assert main(command) == 0
    assert (out / "track-two-perspective" / "bitext.yml").read_bytes() == evil.read_bytes()


@pytest.mark.parametrize("slug", ["index", "title", "../x", "Tea", "constructor", "a" * 81, "x\n"])
def test_import_refuses_a_slug_that_is_none(project, capsys, slug):
    source = (project / breaks.ESSAY).with_name("source.txt")
    assert main(["import", str(source), "--slug", slug, "--output", str(project / "out")]) == 2
    assert capsys.readouterr().err.startswith("E-SLUG ")
    assert not (project / "out").exists()


def test_a_file_called_as_a_page_gets_another_slug():
    assert [slugify(name) for name in ("index", "Title", "tea talk")] == ["index-text", "title-text", "tea-talk"]  # fmt: skip


# --- whatever the terminal -------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
def test_a_terminal_without_chinese_shows_escapes(project, encoding):
    """The file's name is Chinese too, and goes to stdout and stderr."""
    odd = project.rename(project.parent / "对话")
    (odd / "docs/zh/transcripts/多余.md").write_text("x", "utf-8")
    env = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": encoding}
    env["PYTHONPATH"] = str(Path(fuzz_projects.__file__).parent)
    for command, code in (("check", 1), ("build", 0), ("check", 0)):
        done = subprocess.run(
            [sys.executable, "-m", "bitext", command, "--root", str(odd)],
            env=env, capture_output=True,
        )  # fmt: skip
        assert done.returncode == code and b"Traceback" not in done.stderr, done.stderr
