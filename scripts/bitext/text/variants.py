"""Traditional characters, read as their simplified forms.

The table beside this file is OpenCC's `t2s`, a pair of characters a line, as far as one character
stands for one: so places in a simplified text are places in the text. The text itself is never
changed. tests/test_variants.py makes the table and says how to renew it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "variants.txt"


@cache
def simplified() -> Mapping[str, str]:
    """Each traditional character and its simplified form."""
    lines = TABLE.read_text("utf-8").split("\n")
    return {line[0]: line[1] for line in lines if line and line[0] != "#"}


@cache
def _codes() -> dict[int, str]:
    return {ord(a): b for a, b in simplified().items()}


def simplify(text: str) -> str:
    """The text with its traditional characters simplified, each in its place.

    >>> simplify("責任編輯：王芳　閱讀 12")
    '责任编辑：王芳　阅读 12'
    """
    return text if text.isascii() else text.translate(_codes())
