"""A name -> its letter and its place in an alphabetical list: Chinese by pinyin."""

from __future__ import annotations

from functools import lru_cache

#: Sorts behind every letter: names that begin with none.
NO_LETTER = "~"


def sort_key(name: str) -> tuple[str, tuple[str, ...]]:
    """The letter a name stands under and its place there: Chinese by pinyin with tones.

    >>> sort_key("敏捷治理")[0], sort_key("AI鸿沟")[0], sort_key("1.5轨")[0]
    ('M', 'A', '~')
    """
    syllables = _pinyin(name)
    first = syllables[0][:1].upper() if syllables else ""
    return (first if first.isascii() and first.isalpha() else NO_LETTER, syllables)


def spelled(name: str) -> str:
    """A Chinese name in letters without tones, as one types it.

    >>> spelled("敏捷治理")
    'minjiezhili'
    """
    return "".join(syllable.rstrip("12345") for syllable in _pinyin(name)).replace(" ", "")


@lru_cache(maxsize=1 << 16)
def _pinyin(name: str) -> tuple[str, ...]:
    if name.isascii():
        return tuple(name.lower().split())
    from pypinyin import Style, lazy_pinyin  # late: it reads its dictionaries

    return tuple(s.lower() for s in lazy_pinyin(name, style=Style.TONE3, neutral_tone_with_five=True))  # fmt: skip
