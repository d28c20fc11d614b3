"""Punctuation of both scripts by what it does: ends a sentence, parts clauses, opens, closes, lists.

By strength: a stop ends a sentence; a semicolon ends a clause; behind a colon the line is whole, and
something follows; a comma ends nothing.
"""

from __future__ import annotations

import re

#: Marks that end a sentence: the full-width ones wherever they stand, the others before a blank.
WIDE_STOPS = "。！？｡"
NARROW_STOPS = ".!?…"
STOPS = WIDE_STOPS + NARROW_STOPS
QUESTION_MARKS = "?？"
SEMICOLONS = "；;"
COLONS = "：:"
COMMAS = "，,、"
#: The full-width marks between words.
WIDE_MARKS = "，。、；：？！"
CLOSERS = "”’\"'＂＇»)]】）」』》〉"
OPENERS = "“‘\"'＂＇«([【（「『《—–-•"
#: Signs that stand before an item of a list and are nothing else.
BULLETS = "•▪◦‣●"

#: What closes, for a set of a pattern.
CLOSING = re.escape(CLOSERS)
#: What may stand behind a text's last mark: closing marks, the end of a Markdown emphasis.
_BEHIND = rf"[{CLOSING}*_]*\s*\Z"

#: What opens a remark beside the text, and what closes it.
BRACKETS = {"(": ")）", "（": ")）", "[": "]", "【": "】"}

#: Between the names or words of a list on one line.
LISTED = re.compile(rf"\s*[{COMMAS}{SEMICOLONS}|｜/]\s*|\s{{2,}}")
#: Between the parts of a line that a page made of several: a bar, a dot, a wide space.
PARTED = re.compile(r"\s*[|｜·•]\s*|[ \t\xa0]{2,}|\s*\u3000+\s*")

#: The text ends as a sentence does.
SENTENCE_ENDED = re.compile(rf"[{STOPS}]{_BEHIND}")
#: The same, or a footnote's number stands behind the mark.
NOTED_ENDED = re.compile(rf"[{STOPS}][{CLOSING}*_\d]*\s*\Z")
QUESTION_ENDED = re.compile(rf"[{QUESTION_MARKS}]{_BEHIND}")
#: The text ends as a sentence or a clause does.
CLAUSE_ENDED = re.compile(rf"[{STOPS}{SEMICOLONS}]{_BEHIND}")
#: The text ends with any mark but a comma: nothing is missing of the line.
LINE_ENDED = re.compile(rf"[{STOPS}{SEMICOLONS}{COLONS}]{_BEHIND}")

#: A sentence ends within the text or with it; the full stop behind a name's initial ends none.
SENTENCE_WITHIN = re.compile(
    rf"[{WIDE_STOPS}]|(?:[!?…]|(?<!\b[A-Z])[.])[{CLOSING}*_]*(?:\s|\Z)|[.]{_BEHIND}"
)
#: A sentence ends and something goes on behind it, with a blank or without.
SENTENCE_BEFORE_MORE = re.compile(rf"[{STOPS}][{CLOSING}]*\s*(?=[^\s{STOPS}{CLOSING}])")


def in_brackets(text: str) -> bool:
    """Whether one pair of brackets holds all of a text: `(laughter)`, `[music]`.

    >>> in_brackets("（掌声）"), in_brackets("(a) and (b)")
    (True, False)
    """
    text = text.strip()
    closing = BRACKETS.get(text[:1], "")
    return len(text) > 1 and text[-1] in closing and not any(c in text[1:-1] for c in closing)
