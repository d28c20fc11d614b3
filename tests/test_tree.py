"""The tree of the project: nothing in it is hidden from git or from the style check."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
KEPT = ("data", "docs", "overrides", "requirements", "scripts", "tests")


def output(*command: str, stdin: str = "") -> list[str]:
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, cwd=ROOT)
    return done.stdout.splitlines()


def folders() -> list[Path]:
    found = [d for name in KEPT for d in (ROOT / name, *(ROOT / name).rglob("*"))]
    return [d.relative_to(ROOT) for d in found if d.is_dir() and d.name != "__pycache__"]


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
def test_git_ignores_no_new_file_in_any_folder_that_is_kept():
    names = [str(d / f"new{ending}") for d in folders() for ending in (".py", ".md", ".txt")]
    assert len(names) > 100
    assert output("git", "check-ignore", "--no-index", "--stdin", stdin="\n".join(names)) == []


def test_the_style_check_looks_at_every_script_and_test():
    shown = output(sys.executable, "-m", "ruff", "check", "--show-files", "scripts", "tests")
    looked_at = {Path(line).resolve() for line in shown}
    written = {f for name in ("scripts", "tests") for f in (ROOT / name).rglob("*.py")}
    assert sorted(written - looked_at) == []
