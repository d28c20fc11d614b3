"""The reader's place in every cell of its matrix (view, width, event, line) and for every sentence at the
switch; and every page of the site in every scheme and width, of which `make test` takes a part.

python scripts/bench/prove_place.py
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def main() -> int:
    """The result of the tests that have such a matrix, with all their cells."""
    tests = [f"tests/e2e/test_{name}.py" for name in ("place", "long", "site", "comfort", "a11y")]
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "worksteal", *tests]
    return subprocess.run(command, cwd=ROOT, env=os.environ | {"BT_FULL": "1"}).returncode


if __name__ == "__main__":
    sys.exit(main())
