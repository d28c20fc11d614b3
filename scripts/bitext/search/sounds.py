"""Chinese words of the library -> how they sound, without tones: for pinyin and for homophones.

Pinyin by pypinyin (MIT), the words by CC-CEDICT's headwords.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice, product

from bitext.library.lasting import Lasting
from bitext.search import fold
from bitext.search.lexicon import words_in
from bitext.search.records import Name
from bitext.text.scripts import HAN_CLASS

HAN_RUN = re.compile(f"[{HAN_CLASS}]+")
INITIALS = "~"  # begins a key of first letters: names only
MOST_WAYS = 4  # ways to read a word, where its characters have several


def table(runs: Iterable[str], named: Iterable[Name]) -> dict[str, str]:
    """'minjie' -> the names and the words of the texts that sound so, the commonest first, parted by spaces."""
    forms = (fold.fold(form).replace("·", "") for name in named for form in name.zh)
    called = dict.fromkeys(form for form in forms if HAN_RUN.fullmatch(form))
    words = Counter(dict.fromkeys(called, 1))
    for run in runs:
        words.update(run.split("\t")[1:])
    heard: dict[str, list[str]] = {}
    for word in words:
        if len(word) > 1:
            for sound in sounds_of(word):
                heard.setdefault("".join(sound), []).append(word)
                if word in called:
                    heard.setdefault(INITIALS + "".join(s[0] for s in sound), []).append(word)
    return {
        sound: " ".join(sorted(set(found), key=lambda w: (w not in called, -words[w], w)))
        for sound, found in heard.items()
    }


def spelt(shown: Sequence[Mapping]) -> frozenset[str]:
    """The runs of Chinese characters of some blocks, each with the words in it, parted by tabs."""
    return frozenset("\t".join((run, *sorted(words_in(run)))) for run in _runs(shown))


def seen_in(runs: Iterable[str]) -> str:
    """The characters that stand in these runs, and those that are common."""
    return "".join(sorted({c for run in runs for c in run.partition("\t")[0]} | _common()))


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


def _runs(shown: Sequence[Mapping]) -> dict[str, None]:
    """The runs of Chinese characters of the texts, titles and labels, each once."""
    out: dict[str, None] = {}
    for block in shown:
        texts = [block["t"], *block["l"], *(row[2] for row in block["r"] if row)]
        for text in texts:
            out.update(dict.fromkeys(HAN_RUN.findall(fold.fold(text))))
    return out


@lru_cache(maxsize=1 << 14)
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
