"""Chinese words of the library -> how they sound, without tones: for pinyin and for homophones.

Pinyin by pypinyin (MIT), the words by CC-CEDICT's headwords.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice, product

from bitext.library.lasting import Lasting
from bitext.search import fold
from bitext.search.lexicon import words_in
from bitext.search.records import Name
from bitext.text.scripts import HAN_CLASS

HAN_RUN = re.compile(f"[{HAN_CLASS}]+")
INITIALS = "~"  # begins a key of first letters: names only
MOST_WAYS = 4  # ways to read a word, where its characters have several


def table(words: Mapping[str, int], named: Iterable[Name]) -> dict[str, str]:
    """'minjie' -> the names, and of these words those that sound so, the commonest first, parted by spaces."""
    forms = (fold.fold(form).replace("·", "") for name in named for form in name.zh)
    called = dict.fromkeys(form for form in forms if HAN_RUN.fullmatch(form))
    often = Counter(dict.fromkeys(called, 1))
    often.update(words)
    heard: dict[str, list[str]] = {}
    for word in often:
        for sound in sounds_of(word) if len(word) > 1 else ():
            heard.setdefault("".join(sound), []).append(word)
            if word in called:
                heard.setdefault(INITIALS + "".join(s[0] for s in sound), []).append(word)
    return {
        sound: " ".join(sorted(set(found), key=lambda w: (w not in called, -often[w], w)))
        for sound, found in heard.items()
    }


def words_of(shown: Sequence[Mapping]) -> dict[str, int]:
    """The words in the Chinese of some blocks, and in how many different runs of it each stands."""
    texts = ((block["t"], *block["l"], *(row[2] for row in block["r"] if row)) for block in shown)
    return dict(Counter(chain.from_iterable(map(_different, _runs(chain.from_iterable(texts))))))


def words_in_texts(texts: Iterable[str]) -> set[str]:
    """The words in the Chinese of some texts."""
    return set(chain.from_iterable(map(words_in, _runs(texts))))


def _different(run: str) -> list[str]:
    return sorted(set(words_in(run)))


def seen_in(chars: Iterable[str]) -> str:
    """The Chinese ones of these characters, and those that are common."""
    return "".join(sorted({*filter(HAN_RUN.match, chars)} | _common()))


def characters(seen: str) -> str:
    """A syllable and the characters read so, a line each: what is typed may stand in no text."""
    by: dict[str, list[str]] = {}
    for char in seen:
        for sound in readings(char)[:1]:
            by.setdefault(sound, []).append(char)
    return "\n".join(sound + "".join(chars) for sound, chars in sorted(by.items()))


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """The 6,763 characters of GB 2312: those of the second level stand in many names."""
    rows = range(0xB0, 0xF8)
    return frozenset("".join(bytes((a, b)).decode("gb2312", "ignore") for a in rows for b in range(0xA1, 0xFF)))  # fmt: skip


def _runs(texts: Iterable[str]) -> dict[str, None]:
    """The runs of Chinese characters of some texts, each once."""
    return dict.fromkeys(chain.from_iterable(HAN_RUN.findall(fold.fold(text)) for text in texts))


@Lasting
def readings(char: str) -> tuple[str, ...]:
    """The syllables of a character without tones, the most usual first."""
    from pypinyin import Style, pinyin  # its tables are large, and not always wanted

    found = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(s.replace("ü", "v") for s in found[0])) if found else ()


@Lasting
def sounds_of(word: str) -> list[tuple[str, ...]]:
    """How a word can be read: as the dictionary of words says first, then each character as usual."""
    from pypinyin import Style, pinyin

    said = [s[0].replace("ü", "v") for s in pinyin(word, style=Style.NORMAL, errors="ignore")]
    every = [readings(char)[:2] for char in word]
    ways = [tuple(said)] if len(said) == len(word) else []
    if all(every):
        ways += islice(product(*every), MOST_WAYS)
    return list(dict.fromkeys(ways))
