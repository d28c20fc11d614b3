"""tests/browser.sh on a machine without a browser asks for one; where one is installed it asks for nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent / "browser.sh"
NOBODY = "1000"


def program(folder: Path, name: str, line: str) -> None:
    (folder / name).write_text(f"#!{shutil.which('sh')}\n{line}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


def asked(folder: Path) -> str:
    """What the script asks Python for where only the programs of `folder` are installed."""
    heard = folder / "heard"
    program(folder, "id", f"echo {NOBODY}")
    program(folder, "fake-python", f'echo "$@" > {heard}')
    run = subprocess.run(
        [shutil.which("sh") or "sh", str(SCRIPT), str(folder / "fake-python")],
        env=os.environ | {"PATH": str(folder)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert (run.stdout, run.stderr) == ("", "")
    return heard.read_text(encoding="utf-8").strip() if heard.exists() else ""


def test_without_a_browser_it_asks_for_one(tmp_path):
    assert asked(tmp_path) == "-m playwright install chromium"


@pytest.mark.parametrize("name", ["chromium-headless-shell", "chromium", "google-chrome"])
def test_with_a_browser_it_asks_for_nothing(tmp_path, name):
    program(tmp_path, name, "exit 0")
    assert asked(tmp_path) == ""
