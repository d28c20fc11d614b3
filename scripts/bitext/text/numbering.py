"""A number at a line's head -> its value and its form: `1.`, `（二）`, `第三章`, `Part IV`, `⑤`, `[6]`.

Which forms count is the user's to say: `1.` is the item of a list, `第三章` the head of a part.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

#: Chinese numerals, for a set of a pattern: one to nine; to ten; all that write a number below a thousand.
TO_NINE = "一二三四五六七八九"
TO_TEN = f"{TO_NINE}十"
NUMERALS = f"零〇{TO_TEN}百"
#: All numerals that a number can hold, and those that are one alone (万 is, in 万一, a word's part).
ALL_NUMERALS = f"{NUMERALS}千万亿两"

DIGITS = {char: value for value, char in enumerate(f"零{TO_NINE}")} | {"〇": 0, "两": 2}
POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")  # fmt: skip
WORDS = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
CIRCLED = "①-⑳⑴-⒇"

_ARABIC = r"\d{1,3}"
_HAN = f"[{NUMERALS}]{{1,7}}"
_MARK = r"(?:[、)）．]|\.(?!\d))"  # but 1.5 is no item


class Form(Enum):
    """How a number at a line's head is written."""

    ARABIC = auto()  # 1. 2、 3) 4）
    BRACKETED = auto()  # (1) （2）
    COLON = auto()  # 1: 二：
    SECTION = auto()  # Sec. 3. Article 4)
    HAN = auto()  # 一、 二. 三）
    HAN_BRACKETED = auto()  # （一）
    ORDINAL = auto()  # 第一， 第二、
    PART = auto()  # 第三章 第一部分
    ARTICLE = auto()  # 第四条
    ENGLISH_PART = auto()  # Chapter 5, Part II, Session Three
    ROMAN = auto()  # IV. V)
    SMALL_ROMAN = auto()  # iv. v)
    LETTER = auto()  # a) B.
    CLAUSE = auto()  # (a) （ii）
    CIRCLED = auto()  # ① ⑴
    NOTE = auto()  # [3] [^3]


#: A form -> what stands before the number, the number itself, what stands behind it.
_WRITTEN = {
    Form.NOTE: (r"\[\^?", _ARABIC, r"\]"),
    Form.SECTION: (r"(?:Sec(?:tion)?|Art(?:icle)?|Cl(?:ause)?|§)\.?\s*", _ARABIC, rf"\s*{_MARK}"),
    Form.ARABIC: ("", _ARABIC, _MARK),
    Form.BRACKETED: (r"[（(]", _ARABIC, r"[)）]"),
    Form.COLON: ("", rf"(?:{_ARABIC}|{_HAN}|[IVX]{{1,5}})", r"[:：](?!\d)"),
    Form.HAN: ("", _HAN, "[、.．)）]"),
    Form.HAN_BRACKETED: (r"[（(]", _HAN, r"[)）]"),
    Form.ORDINAL: ("第", _HAN, "[、，,]"),
    # `第一部` is a part where nothing is counted by it, as in 第一部法律.
    Form.PART: (r"第\s?", rf"(?:{_HAN}|{_ARABIC})", r"\s?(?:[章节節篇讲講场場编編回]|部分|部(?=\W|\Z))"),
    Form.ARTICLE: (r"第\s?", rf"(?:{_HAN}|{_ARABIC})", r"\s?[条條]"),
    Form.ENGLISH_PART: (
        r"(?:Part|Chapter|Section|Article|Session|Panel)\s+",
        rf"(?:{_ARABIC}|[IVX]{{1,5}}|{'|'.join(WORDS)})",
        r"\b",
    ),
    Form.ROMAN: ("", "[IVX]{1,5}", r"[.)](?=\s)"),
    Form.SMALL_ROMAN: ("", "[ivx]{1,5}", r"[.)](?=\s)"),
    Form.LETTER: ("", "[a-zA-Z]", r"[)）.](?=\s)"),
    Form.CLAUSE: (r"[（(]", "(?:[a-zA-Z]{1,2}|[ivxIVX]{1,5})", r"[)）]"),
    Form.CIRCLED: ("", f"[{CIRCLED}]", ""),
}  # fmt: skip

#: `问题1：…`, `Q1: …`: a question of the text, with its number or without.
ASKED = re.compile(
    rf"\s*(?:(?:问题|提问|问|Q|Question)\s?[\d{TO_TEN}]+\s?[:：.、—–-]|(?:问|Q)\s?[:：])",
    re.IGNORECASE,
)
#: The forms that head a part of a text, those of a list's items, and those that are counted.
PARTS = frozenset({Form.PART, Form.ARTICLE, Form.HAN, Form.HAN_BRACKETED, Form.ENGLISH_PART, Form.ROMAN})  # fmt: skip
ITEMS = frozenset({
    Form.ARABIC, Form.BRACKETED, Form.HAN, Form.HAN_BRACKETED, Form.ROMAN, Form.SMALL_ROMAN, Form.LETTER,
    Form.CLAUSE, Form.CIRCLED,
})  # fmt: skip
COUNTED = PARTS | {Form.ARABIC, Form.BRACKETED, Form.CIRCLED, Form.NOTE}


@dataclass(frozen=True, slots=True)
class Number:
    """A number at a line's head: its value, 0 where it has none, and text[:end] that writes it."""

    value: int
    form: Form
    end: int


def number_at(text: str, forms: Set[Form]) -> Number | None:
    """The number that the line begins with in one of these forms.

    >>> number_at("（二）背景", ITEMS)
    Number(value=2, form=<Form.HAN_BRACKETED: 6>, end=3)
    >>> number_at("1.5 million people", ITEMS), number_at("1. 背景", PARTS)
    (None, None)
    """
    match = _pattern(frozenset(forms)).match(text)
    if not match or not match.lastgroup:
        return None
    form = Form[match.lastgroup]
    return Number(value_of(match[f"{form.name}_"]) or 0, form, match.end())


def number_of(text: str) -> int:
    """The number a list item, a heading or a footnote starts with; 0 where there is none."""
    number = number_at(text, COUNTED)
    return number.value if number else 0


@lru_cache(64)
def _pattern(forms: frozenset[Form]) -> re.Pattern[str]:
    written = (
        rf"(?P<{form.name}>{before}(?P<{form.name}_>{number}){behind})"
        for form, (before, number, behind) in _WRITTEN.items()
        if form in forms
    )
    return re.compile(rf"\s*(?:{'|'.join(written)})")


def value_of(number: str) -> int | None:
    """What a number is, written in digits, in Chinese, as a Roman one, a word, a letter or in a circle.

    >>> [value_of(n) for n in ("17", "一百零五", "IV", "Three", "⑳", "⑴", "b", "ii")]
    [17, 105, 4, 3, 20, 1, 2, 2]
    """
    if number.isdecimal():
        return int(number)
    if all(char in ALL_NUMERALS for char in number):
        return han_number(number)
    for written in (ROMAN, WORDS):
        for value, name in enumerate(written, 1):
            if number in (name, name.lower()):
                return value
    if re.fullmatch(f"[{CIRCLED}]", number):
        return int(unicodedata.numeric(number))
    return ord(number.lower()) - ord("a") + 1 if len(number) == 1 and number.isalpha() else None


def han_number(text: str) -> int | None:
    """The value of a Chinese numeral: 二十三 -> 23, 二〇二六 -> 2026; None for 万一, 千万 …

    >>> han_number("一百零五"), han_number("三万二千"), han_number("二〇二六")
    (105, 32000, 2026)
    """
    if all(char in DIGITS for char in text):
        return int("".join(str(DIGITS[char]) for char in text[:15]))
    total = section = digit = 0
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
        elif POWERS[char] < 10**4:
            section += (digit or 1) * POWERS[char]
            digit = 0
        else:
            total = (total + section + digit) * POWERS[char]
            section = digit = 0
    return (total + section + digit) or None
