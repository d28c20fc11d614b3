"""What the documents say exists: commands, make targets, files; and lock files name no address."""

from __future__ import annotations

import re

import pytest

from bitext.__main__ import parser

DOCUMENTS = (
    "README.md", "CONTRIBUTING.md", "docs/zh/contribute.md", "docs/en/contribute.md",
    "docs/zh/architecture.md", "docs/en/architecture.md",
)  # fmt: skip
#: Where a short path in a document may begin.
STARTS = ("", "scripts/bitext", "overrides/assets/bt", "data/transcripts/sanders-xue-panel")
#: A file or folder in backticks: with a folder in it, or with an ending that files here have.
PATH = re.compile(r"`((?:[\w.*-]+/)+[\w.*-]*|[\w*-]+\.(?:py|js|css|md|toml|yml|json|txt))`")
#: Names in a document's examples.
EXAMPLES = re.compile(
    r"some-dialogue|^\.venv/|transcripts/talk/|NAME|^characters/|^(?:one|two|long|sound|text|site|tests/cases/NAME|editor)/$"
)
#: "`KINDS` and `KIND_MATCH` in `scripts/…`": names, and the file that has them; in Chinese the file first.
NAMES = r"`\w+`(?:(?:,? and |、|和|或)`\w+`)*"
HELD = re.compile(
    rf"(?P<names>{NAMES}) (?:in|of) `(?P<file>[\w./-]+\.py)`|`(?P<file_zh>[\w./-]+\.py)`的(?P<names_zh>{NAMES})"
)


def of(root, name: str) -> str:
    return (root / name).read_text("utf-8")


def missing_commands(text: str) -> set[str]:
    known = set(parser()._subparsers._group_actions[0].choices)
    return set(re.findall(r"(?:`|bin/|^    |^)bitext ([a-z][a-z-]+)", text, re.MULTILINE)) - known


def missing_targets(text: str, makefile: str) -> set[str]:
    named = set(re.findall(r"(?:`|^    |^)make ([a-z-]+)", text, re.MULTILINE))
    return named - set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


def missing_paths(text: str, root) -> set[str]:
    named = {p for p in PATH.findall(text) if not EXAMPLES.search(p)}
    return {p for p in named if not any(next((root / s).glob(p.rstrip("/")), None) for s in STARTS)}


def missing_names(text: str, root) -> set[tuple[str, str]]:
    """Names that a document says a file has, and that are not in it."""
    out = set()
    for match in HELD.finditer(text):
        file = match["file"] or match["file_zh"]
        path = next(root / s / file for s in STARTS if (root / s / file).exists())
        names = re.findall(r"`(\w+)`", match["names"] or match["names_zh"])
        out |= {
            (n, file)
            for n in names
            if not re.search(rf"^(?:def |class )?{n}\b", path.read_text("utf-8"), re.M)
        }
    return out


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_a_document_names_exists(root, name):
    text = of(root, name)
    assert missing_commands(text) == set()
    assert missing_targets(text, of(root, "Makefile")) == set()
    assert missing_paths(text, root) == set()
    assert missing_names(text, root) == set()


def test_what_does_not_exist_is_noticed(root):
    text = "`bitext realign`, `make tea`, `scripts/bitext/site/`, `gone.py`, `TEA` in `model.py`"
    assert missing_commands(text) == {"realign"}
    assert missing_targets(text, of(root, "Makefile")) == {"tea"}
    assert missing_paths(text, root) == {"scripts/bitext/site/", "gone.py"}
    assert missing_names(text, root) == {("TEA", "model.py")}


def test_the_documents_name_something(root):
    texts = "\n".join(of(root, name) for name in DOCUMENTS)
    assert len(set(PATH.findall(texts))) > 40
    assert len(HELD.findall(of(root, "docs/en/architecture.md"))) > 12
    assert len(HELD.findall(of(root, "docs/zh/architecture.md"))) > 12


def test_every_picture_of_the_readme_exists(root):
    found = re.findall(r"\]\((\.github/[^)]+)\)", of(root, "README.md"))
    assert found and all((root / path).exists() for path in found)


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
