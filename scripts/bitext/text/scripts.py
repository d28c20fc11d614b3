"""Which script a piece of text is written in: counts of Han, Latin words, kana, hangul.

And what of a text counts when it is compared with another one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

#: What is a Han character, for a set of a pattern: the ideographs with their compatibility forms
#: and the planes that Unicode keeps for them, and the two signs that words are written with, 々 and 〇.
HAN_CLASS = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
#: The same as a part of a pattern that ignores case: without this, each of 100,000 characters is asked
#: for its other case when the pattern is compiled, which takes 2 ms.
HAN_CASED = f"(?-i:[{HAN_CLASS}])"
HAN = re.compile(f"[{HAN_CLASS}]")
LATIN = re.compile("[A-Za-zÀ-ÖØ-öø-ʯ]")
#: Latin letters, with the apostrophes and hyphens that stand inside a word.
WORD = re.compile("[A-Za-zÀ-ÖØ-öø-ʯ]+(?:['’\\-][A-Za-zÀ-ÖØ-öø-ʯ]+)*")
KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff\uff66-\uff9d]")
HANGUL = re.compile("[\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f]")
#: Letters of scripts that belong to neither side: Greek, Cyrillic, Hebrew, Arabic, the Indic ones, Thai.
OTHER = re.compile(
    "[\u0370-\u03ff\u0400-\u052f\u0590-\u05ff\u0600-\u06ff\u0900-\u0dff\u0e00-\u0eff]"
)


#: Of a long text so many characters are looked at in one go: what is found takes memory.
AT_ONCE = 1 << 16


def count(pattern: re.Pattern[str], text: str) -> int:
    """How often a one-character pattern occurs."""
    if len(text) <= AT_ONCE:
        return len(pattern.findall(text))
    pieces = (text[at : at + AT_ONCE] for at in range(0, len(text), AT_ONCE))
    return sum(len(pattern.findall(piece)) for piece in pieces)


def language(text: str) -> str:
    """'zh' or 'en' by weight, '' where there are letters of neither.

    A Han character carries about as much as two thirds of an English word, so a Chinese sentence
    full of Latin names stays Chinese.

    >>> language("关于 Track II Dialogue 的说明"), language("The word 轻推 means nudge"), language("42")
    ('zh', 'en', '')
    """
    han, words = count(HAN, text), len(WORD.findall(text))
    if not han and not words:
        return ""
    return "zh" if han >= 1.2 * words else "en"


def folded(text: str) -> str:
    """The text as it is compared with another: without width, accents, blanks and what shows nothing.

    A page holds soft hyphens and zero-width characters that a second reader of it does not return.

    >>> folded("Ｔｈｅ co\\u00adde of\\u200b café\\n") == folded("The code of cafe")
    True
    """
    parts = unicodedata.normalize("NFKD", text)
    return "".join(c for c in parts if not c.isspace() and unicodedata.category(c)[0] not in "CM")


#: What shows nothing: pages hold it at the ends of lines and within names.
UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
#: The same, and Latin letters and digits as wide as a Chinese character.
ODD = re.compile(f"{UNSEEN.pattern}|[０-９Ａ-Ｚａ-ｚ]")


def as_seen(text: str) -> tuple[str, Sequence[int]]:
    """The text without what shows nothing, its letters narrow; and where each character stood, with the end.

    >>> as_seen("Ｌi\u200b Mei")
    ('Li Mei', [0, 1, 3, 4, 5, 6, 7])
    """
    if not ODD.search(text):
        return text, range(len(text) + 1)
    places = [k for k, c in enumerate(text) if not UNSEEN.match(c)]
    return "".join(_narrow(text[k]) for k in places), [*places, len(text)]


def _narrow(char: str) -> str:
    return unicodedata.normalize("NFKC", char) if ODD.match(char) else char
