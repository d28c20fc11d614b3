"""A kind of unit or of note is one row, in both languages; nothing else lists the kinds."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from bitext.kinds import KINDS, SHAPES
from bitext.library.shapes import NOTE_KINDS
from bitext.pages.shapes import RENDER
from bitext.text.scripts import HAN

PACKAGE = Path(__file__).resolve().parent.parent / "scripts" / "bitext"
#: Codes of the features by which blocks are scored: measured for these, 0 for any other.
LISTED = {"pair/blockscore.py"}
#: What a reader marks in lines, before there are units.
BEFORE = ("read", "clean", "segment")


def test_every_kind_has_both_languages():
    words = [*((k.zh, k.en) for k in KINDS.values()), *((n["zh"], n["en"]) for n in NOTE_KINDS.values())]  # fmt: skip
    assert [pair for pair in words if not HAN.search(pair[0]) or not re.match("[A-Za-z]", pair[1])] == []  # fmt: skip


def test_every_kind_has_a_shape_that_the_page_can_draw():
    assert set(RENDER) == set(SHAPES)
    assert {kind.shape for kind in KINDS.values()} <= set(SHAPES)
    assert [name for name, k in KINDS.items() if bool(k.css) != (k.shape == "box")] == []


def test_no_two_kinds_share_a_letter():
    letters = Counter(kind.letter for kind in KINDS.values() if kind.letter != "p")
    assert letters and max(letters.values()) == 1
    assert "s" not in letters  # a turn's


def names_in(node: ast.AST) -> list[str]:
    """The strings of a literal tuple, list or set, or the keys of a dict; [] where it has others."""
    items = node.keys if isinstance(node, ast.Dict) else getattr(node, "elts", [])
    texts = [item.value for item in items if isinstance(item, ast.Constant)]
    return texts if len(texts) == len(items) else []


def test_nothing_else_lists_kinds():
    found = [
        f"{file.relative_to(PACKAGE)}:{node.lineno}"
        for file in PACKAGE.rglob("*.py")
        if file.parent.name not in BEFORE and file.name != "kinds.py"
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if len(names := names_in(node)) >= 2 and set(names) <= set(KINDS)
    ]
    assert [place for place in found if place.partition(":")[0] not in LISTED] == []


NEW_KIND = """
from bitext import kinds
kinds.KINDS["verse"] = kinds.Kind("诗行", "line of a poem", "w", "quote")
from bitext.library.store import dump_bitext, parse_bitext
from bitext.library.schema import schemas
from bitext.pages.transcript import transcript_page
text = "version: 2\\nslug: a\\nunits:\\n- id: w1\\n  kind: verse\\n  zh: 床前明月光\\n  en: Moonlight\\n"
bitext, problems = parse_bitext(text, "a/bitext.yml")
assert not problems and bitext.units[0].kind == "verse", problems
assert "kind: verse" in dump_bitext(bitext)
assert "> 床前明月光" in transcript_page(bitext, "zh") and "> Moonlight" in transcript_page(bitext, "en")
assert any("verse: line of a poem" in text for text in schemas().values())
"""


def test_a_new_kind_needs_one_row():
    subprocess.run([sys.executable, "-c", NEW_KIND], check=True, env={"PYTHONPATH": str(PACKAGE.parent), "PYTHONUTF8": "1"})  # fmt: skip
