"""The workflows: fixed commits, few rights, no secrets, and commands that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from bitext.__main__ import parser

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted((ROOT / ".github/workflows").glob("*.yml"))
PINNED = re.compile(r"^\s+(?:- )?uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")


def jobs(file: Path) -> dict:
    return yaml.safe_load(file.read_text("utf-8"))["jobs"]


def commands(file: Path) -> list[str]:
    steps = (step for job in jobs(file).values() for step in job["steps"])
    return [line.strip() for step in steps for line in step.get("run", "").splitlines()]


def test_there_is_one_that_tests_and_one_that_publishes():
    assert [file.stem for file in FILES] == ["publish", "test"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_action_is_a_fixed_commit_with_its_version_beside_it(file):
    uses = [line for line in file.read_text("utf-8").splitlines() if "uses:" in line]
    assert uses and [line for line in uses if not PINNED.match(line)] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_rights_are_few_and_nothing_is_secret(file):
    assert yaml.safe_load(file.read_text("utf-8"))["permissions"] == {"contents": "read"}
    assert "secrets." not in file.read_text("utf-8")
    assert all("timeout-minutes" in job for job in jobs(file).values())
    writing = {
        name for name, job in jobs(file).items() if "write" in job.get("permissions", {}).values()
    }
    assert writing <= {"deploy"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_command_is_one_of_ours(file):
    made = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    known = parser()._subparsers._group_actions[0].choices
    asked = [line.split() for line in commands(file)]
    for words in asked:
        if words[0] == "make":
            assert set(words[1:]) <= made
        if words[0].endswith("bitext"):
            assert words[1] in known
    assert any(words[0] == "make" for words in asked)


def test_a_strict_build_hears_its_warnings():
    """MkDocs counts only the warnings that it also tells: `--quiet` silences both."""
    files = [ROOT / "Makefile", *FILES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "scripts").rglob("*.py")]  # fmt: skip
    builds = [line for f in files for line in f.read_text("utf-8").splitlines() if "--" + "strict" in line]  # fmt: skip
    assert len(builds) >= 5
    assert [line for line in builds if "--quiet" in line] == []
