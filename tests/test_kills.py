"""A killed command leaves the old state, or the next makes the new one (scripts/bench/fuzz_kills.py)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "bench" / "fuzz_kills.py"
NAMES = ("import", "folder", "merge-into-pair", "merge")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize(
    "asked", [("import", "folder", "merge-into-pair", "--every", "4"), ("merge",)], ids=str
)
def test_whichever_command_comes_next_the_state_is_old_or_new_and_nothing_is_lost(asked):
    """Every write of a merge, and every fourth of others; `make prove` kills at each write of all."""
    done = subprocess.run([sys.executable, str(SCRIPT), *asked], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    rows = [line.split() for line in done.stdout.splitlines()[1:-1]]
    assert [row[0] for row in rows] == [word for word in asked if word in NAMES]
    assert all(int(row[1]) >= 4 for row in rows)
    assert int(rows[-1][6]) > 0, "no editor's change was tried"
