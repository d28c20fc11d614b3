"""Edits of a project, as people make them between two builds. Each leaves it such that it can be built."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

#: A text that a copy is made of, and one with a listed correction: the words, and its entry.
PANEL, ARTICLE = "sanders-xue-panel", "track-two-perspective"
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

Edit = Callable[[Path, Random], None]


def _texts(root: Path) -> Path:
    return root / "data" / "transcripts"


def _copies(root: Path) -> list[Path]:
    return sorted(_texts(root).glob("copy-*"))


def _change(file: Path, old: str, new: str) -> None:
    """Puts `new` in the first place of `old`."""
    text = file.read_text("utf-8")
    assert old in text, f"{file}: {old}"
    file.write_text(text.replace(old, new, 1), "utf-8", newline="")


def a_word(root: Path, _: Random) -> None:
    """A listed correction of one word, or that correction taken back."""
    file = _texts(root) / ARTICLE / "bitext.yml"
    text = file.read_text("utf-8")
    corrected = LISTED[1] in text
    old, new = reversed(LISTED) if corrected else LISTED
    text = text.replace(old, new, 1)
    text = text.replace(ENTRY, "") if corrected else text + ENTRY
    file.write_text(text, "utf-8", newline="")


def a_title(root: Path, pick: Random) -> None:
    file = pick.choice([*_copies(root), _texts(root) / PANEL]) / "bitext.yml"
    _change(
        file,
        "    zh: 美国华盛顿，国会山",
        f"    zh: 美国华盛顿，国会山，{pick.randint(1, 999)}号厅",
    )


def a_definition(root: Path, pick: Random) -> None:
    file = root / "data" / "glossary.yml"
    found = pick.choice(re.findall(r"\n    en: (Track [^\n]*|[A-Z][a-z][^\n\"]*)\n", file.read_text("utf-8")))  # fmt: skip
    _change(file, f"\n    en: {found}\n", f"\n    en: {found} {pick.choice('abcdef')}\n")


def a_person(root: Path, pick: Random) -> None:
    file = root / "data" / "people.yml"
    text = re.sub(
        "（2026年[^）]*）", f"（2026年，{pick.randint(1, 999)}）", file.read_text("utf-8"), count=1
    )
    file.write_text(text, "utf-8", newline="")


def a_word_that_is_no_term(root: Path, pick: Random) -> None:
    with (root / "data" / "words.txt").open("a", encoding="utf-8") as file:
        file.write(f"对话{pick.choice('的和与在')}{pick.choice('人我他')}  # for a test\n")


def a_new_text(root: Path, pick: Random) -> None:
    slug = f"copy-{pick.randint(1, 9_999)}"
    if not (_texts(root) / slug).exists():
        _copied(root, PANEL, slug)


def _copied(root: Path, old: str, slug: str) -> Path:
    folder = _texts(root) / slug
    shutil.copytree(_texts(root) / old, folder)
    _change(folder / "bitext.yml", f"slug: {old}\n", f"slug: {slug}\n")
    return folder


def a_text_less(root: Path, pick: Random) -> None:
    for folder in _copies(root)[:1]:
        shutil.rmtree(folder)


def a_new_name(root: Path, pick: Random) -> None:
    for old in _copies(root)[-1:]:
        folder = old.with_name(f"copy-{pick.randint(10_000, 99_999)}")
        old.rename(folder)
        file = folder / "bitext.yml"
        text = re.sub(r"formerly: .*\n", "", file.read_text("utf-8"), count=1)
        text = text.replace(f"slug: {old.name}\n", f"slug: {folder.name}\nformerly: [{old.name}]\n")
        file.write_text(text, "utf-8", newline="")


def a_template(root: Path, pick: Random) -> None:
    file = root / "overrides" / "main.html"
    text = re.sub(r'<main class="md-main"[^>]*>', f'<main class="md-main" data-n="{pick.randint(1, 999)}">', file.read_text("utf-8"))  # fmt: skip
    file.write_text(text, "utf-8", newline="")


def a_sheet(root: Path, pick: Random) -> None:
    with (root / "overrides" / "assets" / "bt" / "base.css").open("a", encoding="utf-8") as file:
        file.write(f".bt-{pick.randint(1, 999)} {{ color: red }}\n")


def a_page(root: Path, pick: Random) -> None:
    """A hand-written page in both languages says something more, and links to a text that is there."""
    slug = pick.choice([f.name for f in _texts(root).iterdir() if f.is_dir()])
    for lang in ("zh", "en"):
        with (root / "docs" / lang / "about.md").open("a", encoding="utf-8") as file:
            file.write(f"\n[{slug}](transcripts/{PANEL}.md) {pick.randint(1, 999)}\n")


def a_setting(root: Path, pick: Random) -> None:
    file = root / "mkdocs.yml"
    text = re.sub(r"^site_description: .*$", f"site_description: Dialogues {pick.randint(1, 999)}", file.read_text("utf-8"), flags=re.MULTILINE)  # fmt: skip
    file.write_text(text, "utf-8", newline="")


EDITS: tuple[Edit, ...] = (
    a_word, a_title, a_definition, a_person, a_word_that_is_no_term, a_new_text, a_new_name,
    a_template, a_sheet, a_page, a_setting, a_text_less,
)  # fmt: skip
