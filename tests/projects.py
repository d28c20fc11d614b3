"""Copies of this project that tests may change."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.conftest import ROOT

PANEL = "data/transcripts/sanders-xue-panel/bitext.yml"
ARTICLE = "data/transcripts/track-two-perspective/bitext.yml"
#: A listed correction of the article: the edit of its text, and its entry.
LISTED = ("保持着低调的沟通", "保持着高调的沟通")
ENTRY = """\
corrections:
  - at: p2
    lang: zh
    was: 低调
    is: 高调
    date: "2026-11-29"
    why_zh: 为测试而改
    why_en: Changed for a test
    twin: open
"""


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
