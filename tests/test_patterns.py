"""Patterns run on every Python that is promised, and in time that grows as the text does."""

from __future__ import annotations

import ast
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from re import _constants, _parser

import pytest

from bitext.glossary.tokens import tokenize

SCRIPTS = Path(__file__).resolve().parent.parent / "scripts"
#: Python 3.11 has them, and until 3.11.5 they fail on some texts.
NEWER = {"POSSESSIVE_REPEAT", "ATOMIC_GROUP"}
#: Imports every module and prints each pattern that one of them compiles, with its flags.
COMPILED = """
import importlib, pkgutil, re, sys
plain = re._compiler.compile
def recorded(pattern, flags=0):
    frame = sys._getframe()
    while frame and ("/re/" in frame.f_code.co_filename or frame.f_code is recorded.__code__):
        frame = frame.f_back
    if isinstance(pattern, str) and "/bitext/" in frame.f_code.co_filename:
        print(repr((pattern, int(flags))))
    return plain(pattern, flags)
re._compiler.compile = recorded
import bitext
for module in pkgutil.walk_packages(bitext.__path__, "bitext."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
"""


def operations(value: object) -> Iterator[str]:
    """The names of all that a parsed pattern does."""
    if isinstance(value, (_parser.SubPattern, list, tuple)):
        for item in value:
            yield from operations(item)
    elif isinstance(value, type(_constants.LITERAL)):
        yield str(value)


def is_newer(pattern: str, flags: int = 0) -> bool:
    return not NEWER.isdisjoint(operations(_parser.parse(pattern, flags)))


def inline_patterns() -> Iterator[str]:
    """The patterns that stand as a plain text in a call such as `re.sub("…", …)`."""
    for file in SCRIPTS.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and isinstance(node.args[0].value, str)
            ):
                yield node.args[0].value


def test_no_pattern_needs_a_newer_python_than_is_promised():
    done = subprocess.run(
        [sys.executable, "-c", COMPILED], capture_output=True, text=True, check=True, cwd=SCRIPTS
    )
    compiled = [ast.literal_eval(line) for line in done.stdout.splitlines()]
    assert len(compiled) > 200
    patterns = [*compiled, *((text, 0) for text in inline_patterns())]
    assert [text for text, flags in patterns if is_newer(text, flags)] == []


@pytest.mark.parametrize("pattern", ["a*+", "a++b", "x?+", "a{2}+", "(?>a|b)", "c|(?:(x*+))"])
def test_what_is_newer_is_seen(pattern):
    assert is_newer(pattern)


#: Each is repeated until a scan that takes back what it took would be quadratic.
REPEATED = [
    "a", "e\u0301", "a\u200b", "\u200b", "\u0301", "a'", "a\u0301'", "'", "1,234", "1.", "9,", " ", " \n",
    "\n", "中", "中\u0301", "a.", "a-", " - ", "/", "https://a", "x.com/", "`", "[", "[a](", "<a", "@",
    "a@", "a@b.",
]  # fmt: skip


def seconds(text: str) -> float:
    """The least CPU time of three scans."""

    def once() -> float:
        start = time.process_time()
        tokenize(text, str)
        return time.process_time() - start

    return min(once() for _ in range(3))


@pytest.mark.parametrize("unit", REPEATED, ids=ascii)
def test_four_times_the_text_takes_no_more_than_about_four_times_the_time(unit):
    few, many = seconds(unit * 3000), seconds(unit * 12000)
    assert many < 9 * few + 0.01
