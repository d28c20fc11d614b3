"""The reader's place in every cell of its matrix (view, width, event, line) and for every sentence at the switch.

python scripts/bench/prove_place.py
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def main() -> int:
    """The result of tests/e2e/test_place.py with all its cells."""
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "worksteal", "tests/e2e/test_place.py"]  # fmt: skip
    return subprocess.run(command, cwd=ROOT, env=os.environ | {"BT_FULL": "1"}).returncode


if __name__ == "__main__":
    sys.exit(main())
