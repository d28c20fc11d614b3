"""Every reason that the import can give is a row of the table, in both languages."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bitext.clean import boilerplate
from bitext.metadata import KEYS
from bitext.reasons import DETAILS, REASONS, is_known, words_of
from bitext.text.scripts import HAN

PACKAGE = Path(__file__).resolve().parent.parent / "scripts" / "bitext"
ROOMS = ("read", "clean", "segment", "pair", "units", "project")
#: Who makes a cut, and where its reason stands among the arguments.
MAKERS = {"Cut": 1, "cut": 1, "LeftOutRecord": 1, "add": 6}


def said_in(node: ast.AST) -> Iterator[str]:
    """The reasons that an expression can give; `{…}` in it stands for what is known at run time."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(p.value if isinstance(p, ast.Constant) else "{}" for p in parts)
        case ast.IfExp(body=a, orelse=b) | ast.BinOp(left=a, right=b, op=ast.BitOr()):
            yield from (*said_in(a), *said_in(b))
        case ast.BinOp(left=a, op=ast.Add()):
            yield from (f"{text}{{}}" for text in said_in(a))
        case ast.BoolOp(values=values) | ast.Tuple(elts=values):
            for value in values:
                yield from said_in(value)


def returned(tree: ast.Module) -> dict[str, list[ast.expr]]:
    """For each function of a file, what it gives back."""
    return {
        f.name: [n.value for n in ast.walk(f) if isinstance(n, ast.Return) and n.value]
        for f in ast.walk(tree)
        if isinstance(f, ast.FunctionDef)
    }


def bound_to(name: str, scope: ast.FunctionDef) -> Iterator[ast.expr]:
    """The values that a name takes in a function: by assignment, or from the rows of a loop."""
    for node in ast.walk(scope):
        match node:
            case ast.Assign(targets=[ast.Name(id=other)], value=value) if other == name:
                yield value
            case ast.NamedExpr(target=ast.Name(id=other), value=value) if other == name:
                yield value
            case ast.For(target=ast.Tuple(elts=targets), iter=ast.Tuple(elts=rows)):
                at = [k for k, t in enumerate(targets) if isinstance(t, ast.Name) and t.id == name]
                yield from (row.elts[k] for k in at for row in rows if isinstance(row, ast.Tuple))


def reasons_in(tree: ast.Module) -> Iterator[str]:
    """What a file gives as reasons: at each cut, and wherever the name of its argument comes from."""
    gives = returned(tree)
    for scope in (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)):
        for call in (n for n in ast.walk(scope) if isinstance(n, ast.Call)):
            maker = getattr(call.func, "attr", "") or getattr(call.func, "id", "")
            values = [k.value for k in call.keywords if k.arg == "reason" and maker != "has"]
            values += call.args[MAKERS[maker] :][:1] if maker in MAKERS else []
            for value in [*values]:
                values += bound_to(value.id, scope) if isinstance(value, ast.Name) else []
            for value in [*values]:
                called = getattr(value.func, "id", "") if isinstance(value, ast.Call) else ""
                values += gives.get(called, [])
            for value in values:
                yield from said_in(value)


def filled(text: str) -> str:
    """A reason with something in place of what is known at run time: a key, or a language."""
    return text.replace(": {}", ": date").replace("_{}", "_zh")


FILES = [file for room in ROOMS for file in sorted((PACKAGE / room).glob("*.py"))]


@pytest.mark.parametrize("file", FILES, ids=lambda f: f"{f.parent.name}/{f.stem}")
def test_a_reason_in_the_code_is_in_the_table(file):
    found = set(reasons_in(ast.parse(file.read_text("utf-8")))) - {"", "{}"}
    assert {text for text in found if not is_known(filled(text))} == set()


def test_the_code_s_reasons_are_found():
    found = {r for f in FILES for r in reasons_in(ast.parse(f.read_text("utf-8")))}
    assert {"page number", "metadata: {}", "markup", "table header", "cue number"} <= found
    assert {"shortcode", "outside the main text", "page frame: {}", "link target"} <= found


def test_every_rule_of_boilerplate_has_a_reason_of_the_table():
    tables = (
        boilerplate.LINES,
        boilerplate.WEAK,
        boilerplate.ENDS,
        boilerplate.HEADS,
        boilerplate.INLINE,
    )
    rules = {reason for table in tables for _, reason in table}
    assert len(rules) > 30
    assert {r for r in rules if r not in REASONS} == set()


def test_every_reason_and_every_key_has_both_languages():
    zh = {**REASONS, **{name: key.zh for name, key in KEYS.items()}}
    zh |= {name: words for details in DETAILS.values() for name, words in details.items()}
    assert [name for name, words in zh.items() if not HAN.search(words)] == []
    assert [name for name, key in KEYS.items() if not key.en or HAN.search(key.en)] == []
    assert [name for name, words in zh.items() if re.search("[,;:()]", words)] == []  # half-width


def test_no_row_is_left_without_a_use():
    code = "".join(f.read_text("utf-8") for f in PACKAGE.rglob("*.py") if f.name != "reasons.py")
    assert [name for name in REASONS if name not in code] == []


@pytest.mark.parametrize(
    ("reason", "zh", "en"),
    [
        ("mail header", "邮件头", "mail header"),
        ("metadata: proofreader", "读作元数据：校对", "metadata: proofreader"),
        ("metadata: date, title_zh", "读作元数据：日期、中文标题", "metadata: date, Chinese title"),
        ("metadata: the original's title", "读作元数据：原文标题", "metadata: the original's title"),
        ("page frame: <nav>", "页面框架：<nav>", "page frame: <nav>"),
        ("page frame: before or after the text", "页面框架：正文之前或之后", "page frame: before or after the text"),
        ("outside the article", "不在文章之内", "outside the article"),
        ("of an older program", "of an older program", "of an older program"),
        ("metadata: zebra", "metadata: zebra", "metadata: zebra"),
        ("menu: x", "menu: x", "menu: x"),
    ],
)  # fmt: skip
def test_a_reason_is_said_in_the_page_s_language(reason, zh, en):
    assert (words_of(reason, "zh"), words_of(reason, "en")) == (zh, en)


def test_every_reason_of_the_library_is_known(root):
    records = (root / "data" / "transcripts").glob("*/import.json")
    rows = [row for file in records for row in json.loads(file.read_text("utf-8"))["left_out"]]
    assert rows and [row for row in rows if not is_known(row["reason"])] == []
