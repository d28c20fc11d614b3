"""The two forms of a name -> which part of it is the family's, where both forms agree on that.

Nothing is guessed: a name whose parts are not known is cited as it is written.
"""

from __future__ import annotations

from bitext.citing.records import Author, Name
from bitext.library.lasting import Lasting
from bitext.text.scripts import HAN
from bitext.text.words import words as listed

#: The Chinese surnames of one character.
SURNAMES = listed("names/surnames")
#: Characters of a Chinese person's name: a surname of one and one or two more.
CHINESE = (2, 3)
#: Marks between the parts of a foreign name in Chinese.
DOTS = "·•・‧"


def author_of(zh: str, en: str) -> Author:
    """An author from both forms of the name; where one is missing the other stands for it.

    >>> author_of("薛澜", "Xue Lan").en
    Name(whole='Xue Lan', family='Xue', given='Lan', family_first=True)
    >>> author_of("伯尼·桑德斯", "Bernie Sanders").en
    Name(whole='Bernie Sanders', family='Sanders', given='Bernie', family_first=False)
    >>> author_of("桑德斯参议员", "Senator Sanders").en
    Name(whole='Senator Sanders', family='', given='', family_first=False)
    """
    zh, en = _tidy(zh), _tidy(en)
    return _chinese(zh, en) or _foreign(zh, en) or Author(Name(zh or en), Name(en or zh))


def _tidy(name: str) -> str:
    return " ".join(name.split())


def _chinese(zh: str, en: str) -> Author | None:
    """A Chinese name whose surname is read as the English form writes it."""
    words = en.split()
    if len(zh) not in CHINESE or not all(map(HAN.match, zh)) or zh[0] not in SURNAMES:
        return None
    if len(words) != 2:  # noqa: PLR2004 - the family's part and the given one
        return None
    family, given = (_plain(_sound(part)) for part in (zh[0], zh[1:]))
    first = [_plain(word) for word in words] == [family, given]
    if not first and [_plain(word) for word in words] != [given, family]:
        return None
    parts = words if first else words[::-1]
    return Author(Name(zh, zh[0], zh[1:]), Name(en, parts[0], parts[1], first))


@Lasting
def _sound(part: str) -> str:
    """A part of a Chinese name in letters without tones."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(part))


def _plain(word: str) -> str:
    return "".join(char for char in word.lower() if char.isalpha()).replace("ü", "v")


def _foreign(zh: str, en: str) -> Author | None:
    """A foreign name that Chinese writes with a dot: given names first in both."""
    words = en.split()
    parts = zh.translate(dict.fromkeys(map(ord, DOTS), "·")).split("·")
    if len(parts) != len(words) or len(words) < 2 or not all(parts):  # noqa: PLR2004
        return None
    if "," in en or HAN.search(en):
        return None
    return Author(Name(zh), Name(en, words[-1], " ".join(words[:-1])))
