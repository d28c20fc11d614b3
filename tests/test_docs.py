"""What the documents say exists: commands, make targets, files; and lock files name no address."""

from __future__ import annotations

import re

import pytest

from bitext.__main__ import parser

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "docs/zh/contribute.md", "docs/en/contribute.md")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_that_a_document_names_exists(root, name):
    text = (root / name).read_text("utf-8")
    known = set(parser()._subparsers._group_actions[0].choices)
    named = set(re.findall(r"(?:`|bin/|^    )bitext ([a-z][a-z-]+)", text, re.MULTILINE))
    assert named
    assert named <= known
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^    )make ([a-z-]+)", text, re.MULTILINE)) <= targets


def test_every_file_that_the_readme_names_exists(root):
    text = (root / "README.md").read_text("utf-8")
    for path in re.findall(r"`((?:scripts|data|docs|overrides|tests)/[\w./-]*)`", text):
        assert "/talk/" in path or (root / path).exists(), path  # talk: the example
    for path in re.findall(r"\]\((\.github/[^)]+)\)", text):
        assert (root / path).exists(), path


def test_lock_files_pin_versions_and_hashes_and_name_no_address(root):
    for file in (root / "requirements").glob("*.txt"):
        text = file.read_text("utf-8")
        assert "://" not in text
        for block in re.split(r"\n(?=\S)", text):
            if re.match(r"[\w.-]+(\[[\w,-]+\])?==", block):
                assert "--hash=sha256:" in block, block


def test_both_languages_have_the_same_hand_written_pages(root):
    pages = {lang: {p.name for p in (root / "docs" / lang).glob("*.md")} for lang in ("zh", "en")}
    assert pages["zh"] == pages["en"]
    for name in pages["zh"]:
        shape = [
            re.findall(r"^(#+) .*?(\{[^}]*\})?$", (root / "docs" / lang / name).read_text("utf-8"), re.M)
            for lang in ("zh", "en")
        ]  # fmt: skip
        assert [h[0] for h in shape[0]] == [h[0] for h in shape[1]], name
