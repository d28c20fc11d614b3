"""Copies of this project that tests may change."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from build_edits import ENTRY, LISTED  # a correction of the article: its edit, and its entry

from tests.conftest import ROOT

__all__ = ["ARTICLE", "ENTRY", "LISTED", "PANEL", "contents", "copy_project", "edit", "unsettle"]

PANEL = "data/transcripts/sanders-xue-panel/bitext.yml"
ARTICLE = "data/transcripts/track-two-perspective/bitext.yml"


def copy_project(folder: Path) -> Path:
    """A copy of what a site is made from: data, pages, theme and settings."""
    for name in ("data", "docs", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "scripts").mkdir()
    shutil.copyfile(ROOT / "scripts/hooks.py", folder / "scripts/hooks.py")
    shutil.copyfile(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    return folder


def edit(file: Path, old: str, new: str, end: str = "") -> None:
    """Replaces the one place of `old` in a file, and adds `end` behind its last line."""
    text = file.read_text("utf-8")
    assert text.count(old) == 1, old
    file.write_text(text.replace(old, new) + end, "utf-8", newline="")


def unsettle(file: Path) -> None:
    """Takes the settlements out of a bitext.yml, so that its doubts stand again."""
    text = file.read_text("utf-8")
    rest = re.sub(r"^settled: \[.*\]\n", "", text, flags=re.MULTILINE)
    assert rest != text
    file.write_text(rest, "utf-8", newline="")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, but for what is kept only to be quicker."""
    found = {str(p.relative_to(folder)): p for p in folder.rglob("*") if p.is_file()}
    return {name: p.read_bytes() for name, p in found.items() if not name.startswith(".cache/")}
