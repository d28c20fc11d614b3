"""Chinese text whose full-width punctuation was flattened: where, and what it would be.

That is typography, not text: a page has the full-width mark, the bitext and the exports keep the
source's. Nothing else of a text differs between the two.
"""

from __future__ import annotations

import re

from bitext.text.marks import WIDE_MARKS
from bitext.text.scripts import HAN_CLASS

FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
# Beside Han, a full-width mark or a closing quotation mark, the half-width one is a flattened one.
BEFORE = re.compile(f"[{HAN_CLASS}{WIDE_MARKS}”’》」』）】…]$")
AFTER = re.compile(f"[{HAN_CLASS}“‘《「『（【]|\\d+[{HAN_CLASS}]")
MARK = re.compile(r"[,;:?!]")
BRACKETS = re.compile(r"\(([^()\n]{1,80})\)")
HALF_WIDTH = re.compile(r"[,;:?!(]")
NOT_HERE = re.compile(rf"https?://[^\s{HAN_CLASS}]+|[\w.+-]+@[\w.-]+|\d[:,]\d")


def flattened(text: str) -> dict[int, str]:
    """Offsets of half-width marks in a Chinese text that stand for full-width ones.

    >>> flattened("薛教授,您好(Mr. X, Esq.)。At 18:39, go")
    {3: '，', 6: '（', 18: '）'}
    """
    if not HALF_WIDTH.search(text):
        return {}
    closed = {i for m in NOT_HERE.finditer(text) for i in range(m.start(), m.end())}
    found: dict[int, str] = {}
    for match in MARK.finditer(text):
        i = match.start()
        if i not in closed and (BEFORE.search(text[:i][-1:]) or AFTER.match(text, i + 1)):
            found[i] = FULL[match[0]]
    for match in BRACKETS.finditer(text):
        start, end = match.start(), match.end() - 1
        beside = BEFORE.search(text[:start][-1:]) or AFTER.match(text, end + 1)
        if start not in closed and (beside or re.search(f"[{HAN_CLASS}]", match[1])):
            found[start], found[end] = "（", "）"
    return dict(sorted(found.items()))


def widen(text: str) -> str:
    """A Chinese text with its flattened marks at full width; no character more or less."""
    marks = flattened(text)
    if not marks:
        return text
    return "".join(marks.get(i, char) for i, char in enumerate(text))


def set_in(text: str, lang: str) -> str:
    """A text of either language as a page has it."""
    return widen(text) if lang == "zh" else text
