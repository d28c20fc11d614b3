"""`bitext finish` does after any renderer what the hook does after MkDocs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from build_edits import a_word

from bitext.__main__ import main
from bitext.model import Refusal
from bitext.publish.settings import UNADDRESSED, read_config, settings_of
from tests.conftest import ROOT
from tests.projects import ARTICLE, LISTED, contents, copy_project, edit

ADDRESS = "https://tracks.example/sub/"


def build(project: Path, to: Path, address: str = ADDRESS) -> tuple[Path, str]:
    """The site that MkDocs makes of a project, and what it says."""
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": address, "PYTHONPATH": str(ROOT / "scripts")}  # fmt: skip
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(to)]
    done = subprocess.run(command, cwd=project, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return to, done.stderr


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return copy_project(folder)


def test_the_command_makes_the_same_site_as_the_hook(project, tmp_path, monkeypatch, capsys):
    by_hook, said = build(project, tmp_path / "hook")
    assert "address" not in said
    edit(project / "scripts/hooks.py", "def on_post_build(", "def nothing(")
    by_command, _ = build(project, tmp_path / "command")
    assert contents(by_command) != contents(by_hook)
    monkeypatch.setenv("SITE_URL", ADDRESS)
    finish = ["finish", str(by_command), "--root", str(project)]
    assert main(finish) == 0
    assert contents(by_command) == contents(by_hook)
    assert main(finish) == 2  # its scripts would be joined twice
    assert "build it again" in capsys.readouterr().err
    assert contents(by_command) == contents(by_hook)


def test_after_an_edit_the_site_in_place_is_the_one_made_anew(project, tmp_path):
    """Whole, in one command or two; a page that is damaged comes back, another is not even touched."""
    site, env = project / "site", os.environ | {"PYTHONPATH": str(ROOT / "scripts"), "SITE_URL": ADDRESS}  # fmt: skip

    def both() -> dict[str, bytes]:
        command = [sys.executable, "-m", "bitext", "build", "--site"]
        done = subprocess.run(command, cwd=project, env=env, capture_output=True, text=True)
        assert done.returncode == 0 and "site/ is built" in done.stdout, done.stderr
        return contents(site)

    first = both()
    damaged, kept = (
        site / f"transcripts/{slug}/index.html"
        for slug in ("track-two-perspective", "sanders-xue-panel")
    )
    inode = kept.stat().st_ino
    damaged.write_text("damaged", "utf-8")
    assert both() == first and kept.stat().st_ino == inode
    a_word(project, Random(1))
    after = both()
    assert after != first and kept.stat().st_ino == inode
    shutil.rmtree(project / ".cache")
    again, _ = build(project, tmp_path / "anew")
    assert contents(again) == after


def test_a_site_without_an_address_says_so_and_names_none(project, tmp_path):
    site, said = build(project, tmp_path / "bare", "")
    assert UNADDRESSED in said
    for page in (site / "index.html", site / "en/transcripts/sanders-xue-panel/index.html"):
        head = page.read_text("utf-8").partition("</head>")[0]
        assert 'rel="canonical"' not in head and "og:url" not in head
        assert set(re.findall(r'hreflang="[^"]*" href="(https?:)', head)) == set()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A built site of one page."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("<title>x</title>", "utf-8")
    return tmp_path / "site"


def test_a_false_claim_is_not_finished(project, site, capsys):
    edit(project / ARTICLE, *LISTED)
    before = contents(site)
    assert main(["finish", str(site), "--root", str(project)]) == 1
    assert "E-PROOF" in capsys.readouterr().err
    assert contents(site) == before


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "  generator: false",
            "  report: javascript:x",
            "E-REPORT {}:1: extra.report begins neither",
        ),
        ("site_dir: site", "site_dir: [", "E-CONFIG {}:"),
    ],
)
def test_settings_that_cannot_be_used_are_refused(project, site, capsys, old, new, told):
    edit(project / "mkdocs.yml", old, new)
    assert main(["finish", str(site), "--root", str(project)]) == 2
    assert told.format(project / "mkdocs.yml") in capsys.readouterr().err


def test_where_nothing_was_built_nothing_is_finished(project, tmp_path, capsys):
    assert main(["finish", str(tmp_path / "none"), "--root", str(project)]) == 2
    assert "make site" in capsys.readouterr().err


def test_settings_are_read_with_the_tags_of_mkdocs(tmp_path, monkeypatch):
    file = tmp_path / "mkdocs.yml"
    file.write_text(
        'site_url: !ENV [A_URL, B_URL, "https://default.example/"]\nsite_author: !ENV AN_AUTHOR\n'
        "extra: {report: !ENV A_DESK}\nother: !!python/name:a.b\n",
        "utf-8",
    )
    monkeypatch.setenv("AN_AUTHOR", "A")
    found = settings_of(read_config(file))
    assert (found.url, found.reach.author, found.reach.desk) == ("https://default.example/", "A", None)  # fmt: skip
    monkeypatch.setenv("B_URL", "https://b.example/")
    assert settings_of(read_config(file)).reach.host == "b.example"
    assert read_config(file)["other"] is None


@pytest.mark.parametrize("text", ["- a\n", "", "a: [\n"])
def test_what_is_no_configuration_is_refused_at_its_line(tmp_path, text):
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    with pytest.raises(Refusal, match=r"E-CONFIG .*mkdocs.yml:\d+: "):
        read_config(tmp_path / "mkdocs.yml")
