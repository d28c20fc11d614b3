"""A name -> where it stands in an alphabetical list: Chinese by pinyin with tones."""

from __future__ import annotations

from functools import lru_cache

from bitext.library.lasting import Lasting

#: Behind all letters: what begins with a figure or a sign.
LAST = "~"


@lru_cache(maxsize=1 << 16)
def place_of(name: str) -> tuple[str, tuple[str, ...]]:
    """The letter a name stands under, and its place there.

    >>> place_of("敏捷治理")[0], place_of("AI鸿沟")[0], place_of("1.5轨")[0]
    ('M', 'A', '~')
    """
    syllables = _syllables(name)
    first = syllables[0].upper()[:1] if syllables else ""  # ß has two
    return (first if first.isascii() and first.isalpha() else LAST, syllables)


def spelled(name: str) -> str:
    """A Chinese name in letters without tones, as one types it.

    >>> spelled("敏捷治理")
    'minjiezhili'
    """
    return "".join(s.rstrip("12345") for s in place_of(name)[1]).replace(" ", "")


@Lasting
def _syllables(name: str) -> tuple[str, ...]:
    if name.isascii():
        return tuple(name.lower().split())
    from pypinyin import Style, lazy_pinyin  # late: it reads its dictionaries

    return tuple(s.lower() for s in lazy_pinyin(name, style=Style.TONE3, neutral_tone_with_five=True))  # fmt: skip
