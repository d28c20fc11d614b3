"""Writes scripts/publish/nginx.conf and Caddyfile from scripts/bitext/publish/headers.py.

python scripts/publish/write.py
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from bitext.publish.headers import caddyfile, nginx  # noqa: E402


def texts() -> dict[str, str]:
    """The files by their names."""
    return {"nginx.conf": nginx(), "Caddyfile": caddyfile()}


if __name__ == "__main__":
    for name, text in texts().items():
        (HERE / name).write_text(text, "utf-8", newline="")
