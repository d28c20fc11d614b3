"""A line -> which list of phrases has it whole, whatever the width of its marks and blanks.

A phrase is an entry of a list (see words.py) in which `{name}` stands for one of SLOTS or for any entry
of the list `name` in the same folder, and `{name 2-12}` for a row of so many of them with gaps between;
with `glued` they need no gap, with `listed` the gap has no word and no colon, as a sentence would have
(`WeChat, TikTok and X:`). Both the line and the phrase are folded before they are compared.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from bitext.text.dates import DAY_NEAR
from bitext.text.numbering import TO_TEN
from bitext.text.scripts import HAN, HAN_CASED
from bitext.text.words import ANYTHING, ANYTHING_ZH, MEANING, PART, entries, longest

#: What parts the names of a row of buttons.
GAP = r"(?:[\s,、|/·()\[\]:+-]|and\s|on\s|via\s|和|与|及)"
#: What stands behind each name of a row, by its last word.
GAPS = {
    "": rf"(?:{GAP}+|(?<=\))|$)",
    " glued": f"{GAP}*",
    " listed": r"(?:[\s,、|/·]+|$)",
}
#: What a phrase names beside the lists.
SLOTS = {
    "gap": f"{GAP}{{0,12}}", "han": HAN_CASED, "numeral": f"[{TO_TEN}]", "near_day": DAY_NEAR,
    # numbers
    "number": r"\s?\d[\d,.]*\+?(?:\s?[万千kKwW])?\+?\s?", "page": r"\s?\d{1,4}\s?", "leaf": r"\s?\d{1,3}\s?", "year": r"(?:19|20)\d\d",
    "bracketed_number": r"\s?\(\d*\)", "clock": r"\d{1,2}:\d\d(?::\d\d)?",
    # names and addresses
    "name": r"(?-i:[A-Z©@*_《\"][\w’'&.\"》-]*(?:[\s/,|]{1,2}(?:[A-Z0-9©@][\w’'&.-]*|of|the|and|for|via|at|in)){0,9})",
    "handle": r"@\w{2,30}", "email": r"[^\s<>]+@[\w-]+(?:\.[\w-]+)+", "address": r"(?:https?://|www\.)\S+",
    "reach": r"(?:www\.|https?://|\S@\S|\d{3}[\s-]?\d{3,4}|\w\.(?:com|org|net|edu|cn|gov)\b)\S{0,60}",
    "quoted": r'"[^,。"]{1,20}"', "account": r'[\w"·@-]{2,22}', "filename": r"[\w\s.()-]{0,40}",
    "place_zh": f"{HAN_CASED}{{2,8}}(?<![章文刊报后前])", "follow": "(?-i:Follow)",
    # some words: of a call, of a Chinese or an English sentence, up to its end or the line's
    "few": "[^,。!?的了是]{0,16}", "bit": "[^。]{1,24}", "said": "[^。!?]{1,40}", "titled": "[^.?!:]{0,80}",
    "home": "[^。!?,<>:]{2,14}", "crumb": "[^。!?<>]{2,40}", "impersonal": "[^。我]{1,40}", "phrase": "[^.]{1,100}", "sentence": "[^。]{0,160}",
    "rest": ".{1,100}", "tail": ".{0,260}", "unended": r"(?!.*(?:[a-z]{4}[.!](?:\s|$)|[。!])).{0,100}",
    # marks
    "edges": r"[-=*~#※<>()\[\]|\s]+", "arrows": "[↑↓▲▼☝👆👇⬆⬇>→….!~]{0,12}", "arrow": "[△▲▼◀▶↑↓]",
    "onward": "(?:>|&gt;)", "sign": r":[a-z_]{2,24}:\s?",
}  # fmt: skip
ROW = re.compile(r"\{(\w+)(?: (\d+-\d+)( glued| listed)?)?\}")
#: Marks of one meaning, and the one that stands for all of them.
SAME = str.maketrans(dict(zip(
    "，；：！？（）【】［］〔〕「」『』“”‘’｜／＞›»→«‹＃＋－–—―─•∙\u3000＊～", ",;:!?()[][][]\"\"\"\"\"\"''|/>>>><<#+-----··\x20*~",
    strict=True,
)) | {"…": "..."})  # fmt: skip
BLANKS = re.compile(r"\s+")
#: A blank beside a mark that parts words says nothing, but behind a stop or a comma of an English sentence.
LOOSE = re.compile(
    rf"\s(?=[,;:!?.|/<>\[\]*=+-])|(?<=[:|/<>\[\]*=+-])\s|(?<=[.,;!?])\s(?={HAN.pattern})"
)


@lru_cache(maxsize=256)
def fold(text: str) -> str:
    """The text with one form of each mark, no blank but one between two words, and no last exclamation mark.

    >>> fold("分享到 ：  微信 | QQ"), fold("Read  more …")
    ('分享到:微信|QQ', 'Read more...')
    """
    return LOOSE.sub("", BLANKS.sub(" ", text.translate(SAME)).strip()).rstrip("!~")


@cache
def phrases(name: str) -> re.Pattern[str]:
    """A pattern that takes a folded line whole which is an entry of a list, its slots filled."""
    return re.compile(_any_of(name), re.IGNORECASE)


@cache
def _any_of(name: str) -> str:
    """One entry of a list of phrases, the longest first."""
    found = sorted(entries(name), key=longest, reverse=True)
    return f"(?:{'|'.join(_pattern_of(e, name.partition('/')[0]) for e in found)})"


def _pattern_of(entry: str, folder: str) -> str:
    """The pattern of one phrase."""
    meaning = {**MEANING, "~": ANYTHING_ZH if HAN.search(entry) else ANYTHING}

    def meant(part: re.Match[str]) -> str:
        if part[1]:
            return re.escape(part[1].translate(SAME))
        if len(part[2]) > 1:
            return _slot(part[2], folder)
        return meaning.get(part[2]) or re.escape(part[2].translate(SAME))

    return PART.sub(meant, entry)


def _slot(slot: str, folder: str) -> str:
    """What `{name}` or `{name 2-12}` stands for."""
    match = ROW.fullmatch(slot)
    if match is None:
        raise ValueError(f"{slot} is no slot; write {{name}} or {{name 2-12}}")
    one = SLOTS.get(match[1]) or _any_of(f"{folder}/{match[1]}")
    if not match[2]:
        return one
    between = GAPS[match[3] or ""]
    return f"(?:{one}{between}){{{match[2].replace('-', ',')}}}"
