"""Copies of this project that tests may change."""

from __future__ import annotations

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


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
