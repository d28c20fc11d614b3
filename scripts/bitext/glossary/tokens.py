"""Running text -> tokens, folded so that two spellings of the same words have the same keys.

Words of alphabets are one token each and have real boundaries; scripts written without spaces
(Chinese, Japanese, Thai …) give a token for each character. White space and hyphens between words
are no tokens but the *joint* before the next one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from bitext.text.scripts import HAN_CLASS

#: How a token is joined to the one before it.
TIGHT, SPACE, HYPHEN, BREAK = range(4)
#: What a token is: a word of an alphabet, one character of a script without spaces, or a sign.
WORD, CHAR, SIGN = "wcs"


class Token(NamedTuple):
    """text[start:end] and its folded form; `stem_end` leaves out a possessive 's."""

    key: str
    start: int
    end: int
    stem_end: int
    kind: str
    joint: int


UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3006\u3040-\u3096\u30a1-\u30fa\u30fc-\u30ff"
    f"\uac00-\ud7af\uff66-\uff9f{HAN_CLASS}"
)
MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
# Soft hyphen, zero-width characters and variation selectors: there, and yet not a letter.
UNSEEN = "\u00ad\u200b-\u200d\u2060\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef"
LETTER = rf"[^\W{UNSPACED}]"
PIECE = rf"{LETTER}+(?:[{MARKS}{UNSEEN}]+{LETTER}*){{0,99}}"
HYPHENS = "-\u2010\u2011\u2013\uff0d"
APOSTROPHES = "'\u2018\u2019\u02bc\uff07"
TLD = "com|org|net|edu|gov|int|mil|info|io|ai|cn|uk|us|eu|de|fr|jp|hk|tw|sg|ch|in|ca|au|dev|app"
# An address goes on past its host only after one of / ? #, and then up to white space or a
# Chinese sign: 见https://a.org关于 ends at 关, https://zh.wikipedia.org/wiki/助推 is one address.
PATH = r"(?:[/?#][^\s<>，。；：、！？（）《》“”「」…]*)?"

# In one pass; the first that fits at a place wins. Every repetition is bounded, or nothing that can
# fail stands after it, so it never gives back what it took and no text makes the scan slower than
# linear. (`*+` would say so, but `re` before Python 3.11.5 fails on it.) A repeated group is bounded
# always: the engine remembers each of its rounds.
TOKEN = re.compile(
    rf"""
      (?P<char>  [{UNSPACED}][{MARKS}{UNSEEN}]* )
    | (?P<line>  \s*\n\s* )
    | (?P<space> \s+ )
    | (?P<address>
          `[^`\n]{{1,300}}`                                         # code
        | !?\[[^\[\]\n]{{0,300}}\]\([^()\s]{{0,1000}}\)             # a Markdown link
        | <[A-Za-z/!][^<>\n]{{0,1000}}>                             # a tag
        | (?<![A-Za-z0-9])(?:https?|ftp)://[A-Za-z0-9.:@%_-]+{PATH}
        | (?<![\w.%+-])[A-Za-z0-9._%+-]{{1,64}}@[A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}}){{1,8}}
        | (?<![\w.-])(?:[A-Za-z0-9-]{{1,63}}\.){{1,8}}(?:{TLD})(?![A-Za-z0-9-]|\.[A-Za-z]){PATH}
      )
    | (?P<word>  {PIECE}(?:(?:[{APOSTROPHES}]
                    |(?<=\d)[.\uff0e](?=\d)|(?<=\d)[,\uff0c](?=\d{{3}}(?!\d))){PIECE}){{0,99}} )
    | (?P<hyphen> (?<={LETTER})[{HYPHENS}][ ]?(?={LETTER}) )
    | (?P<unseen> [{UNSEEN}]+ )
    | (?P<sign>  .[{MARKS}{UNSEEN}]* )
    """,
    re.VERBOSE | re.DOTALL,
)
REMOVED = re.compile(f"[{UNSEEN}]")
SIGNS = str.maketrans(
    dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u300c\u300d\u300e\u300f\u00ab\u00bb", '"')
    | dict.fromkeys(APOSTROPHES, "'")
    | dict.fromkeys("\u2027\u2022\u30fb\uff65\u2219", "·")
    | dict.fromkeys(HYPHENS, "-")
)
POSSESSIVE = re.compile(f"(?<=.)[{APOSTROPHES}][sSｓ]$")
NUMERALS = {
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "one": "1", "two": "2", "three": "3",
    "four": "4", "five": "5",
}  # fmt: skip
# After these words II, 2 and Two are one thing.
NUMBERED = frozenset(("track", "phase", "stage", "tier", "level", "part", "annex", "article"))


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """One spelling for all: width, case, quotation marks, possessive, invisible characters.

    >>> fold("ＡＩ’s"), fold("Gover\\u00adnance")
    ('ai', 'governance')
    """
    text = POSSESSIVE.sub("", REMOVED.sub("", text))
    text = unicodedata.normalize("NFKC", text.translate(SIGNS)).casefold()
    return unicodedata.normalize("NFKC", text).translate(SIGNS)


@lru_cache(maxsize=1 << 16)
def _stem_length(word: str) -> int:
    match = POSSESSIVE.search(word)
    return match.start() if match else len(word)


def tokenize(text: str, folded: Callable[[str], str] = fold) -> list[Token]:
    """The tokens of a text in order; what lies inside an address, link, tag or code is none.
    `folded` gives their keys.

    >>> [t.key for t in tokenize("Track-II对话，see a@b.org")]
    ['track', '2', '对', '话', ',', 'see']
    """
    tokens: list[Token] = []
    joint, before = BREAK, None
    for match in TOKEN.finditer(text):
        group = match.lastgroup or ""
        kind = KINDS.get(group)
        if kind is None:
            joint = max(joint, JOINTS.get(group, BREAK))
            continue
        start, end = match.span()
        raw = match[0]
        key = folded(raw)
        if before in NUMBERED and kind == WORD and joint in (SPACE, HYPHEN):
            key = NUMERALS.get(key, key)
        stem = start + _stem_length(raw) if kind == WORD else end
        tokens.append(Token(key, start, end, stem, kind, joint))
        joint, before = TIGHT, key
    return tokens


#: The groups of TOKEN that are tokens, and of what kind; how others join what stands around them.
#: An address and a line's end break.
KINDS = {"char": CHAR, "word": WORD, "sign": SIGN}
JOINTS = {"unseen": TIGHT, "space": SPACE, "hyphen": HYPHEN}


def joined(before: Token, after: Token) -> bool:
    """Whether two neighbours may belong to one term: not over a line or an address, and two
    characters of Chinese only without a space (人工智能 安全 is a list)."""
    if before.kind == after.kind == CHAR:
        return after.joint == TIGHT
    return after.joint != BREAK
