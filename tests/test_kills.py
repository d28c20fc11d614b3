"""A command that is killed leaves the old state or the new, and runs again (scripts/fuzz_kills.py)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "fuzz_kills.py"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_killed_command_leaves_the_old_state_or_the_new_and_runs_again():
    trials = ["import", "folder", "merge", "merge-pair"]
    command = [sys.executable, str(SCRIPT), *trials]
    done = subprocess.run(command, capture_output=True, text=True)
    rows = [line.split() for line in done.stdout.splitlines()[1:]]
    assert done.returncode == 0 and [row[0] for row in rows] == trials, done.stderr
    for _, killed, old, new, between, *_ in rows:
        assert int(killed) > 10 and int(old) + int(new) == int(killed) and between == "0"
