"""A disk that fails, and two commands at once, leave nothing torn (scripts/bench/fuzz_faults.py)."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bitext.__main__ import DISK, main
from bitext.library import files
from bitext.project import releases
from tests.projects import copy_project

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "bench" / "fuzz_faults.py"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_failing_disk_is_told_plainly_and_two_at_once_end_as_one():
    """Some writes of an import; `make prove` fails every ninth of all commands."""
    command = [sys.executable, str(SCRIPT), "import", "--every", "7"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    failed, once = (int(done.stdout.splitlines()[-1].split()[n]) for n in (0, 3))
    assert failed >= 6 and once >= 4


@pytest.mark.parametrize("code", DISK)
def test_whatever_the_disk_says_is_one_line_with_what_to_do(tmp_path, monkeypatch, capsys, code):
    project = copy_project(tmp_path)
    (project / "data/published.txt").write_text("", "utf-8")

    def fails(*_, **__):
        raise OSError(code, os.strerror(code), str(project / f"data/.published.txt.x{files.PART}"))

    monkeypatch.setattr(releases, "write_atomically", fails)
    assert main(["release", "--root", str(project)]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1 and told.startswith("E-WRITE bitext release: ")
    assert f"{os.strerror(code)}: {project / 'data'} — {DISK[code]}, then" in told


def test_what_is_no_fault_of_a_disk_is_not_hidden(tmp_path, monkeypatch):
    def fails(*_, **__):
        raise OSError(errno.EBADF, "x")

    project = copy_project(tmp_path)
    (project / "data/published.txt").write_text("", "utf-8")
    monkeypatch.setattr(releases, "write_atomically", fails)
    with pytest.raises(OSError, match="x"):
        main(["release", "--root", str(project)])
