"""A command that is killed leaves the old state or the new, and runs again (scripts/bench/fuzz_kills.py)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "bench" / "fuzz_kills.py"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_killed_command_leaves_the_old_state_or_the_new_and_runs_again():
    """At every third write of four commands; `make prove` kills at each write of all."""
    trials = ["import", "folder", "merge", "merge-into-pair"]
    command = [sys.executable, str(SCRIPT), *trials, "--every", "3"]
    done = subprocess.run(command, capture_output=True, text=True)
    rows = [line.split() for line in done.stdout.splitlines()[1:-1]]
    assert done.returncode == 0 and [row[0] for row in rows] == trials, done.stderr
    assert all(int(row[1]) >= 5 for row in rows)
    assert sum(int(row[4]) for row in rows) > 0, "no kill between two files was tried"
    assert sum(int(row[6]) for row in rows) > 0, "no editor's change was tried"
