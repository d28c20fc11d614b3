"""Whether lines are hard-wrapped, and where: how wide they are, and what had no room on one.

Two measures are tried. A mail program counts columns, in which a Chinese character takes two; a
program that knows nothing of Chinese counts characters, and its Chinese lines with Latin words are
narrower than those without.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bitext.text.scripts import HAN


def columns(text: str) -> int:
    """How many columns a text takes: two a Chinese character or mark, one all else."""
    return sum(
        2 if HAN.match(c) or "\u3000" <= c <= "\u303f" or "\uff00" <= c <= "\uffef" else 1
        for c in text
    )


MEASURES: Mapping[str, Callable[[str], int]] = {"columns": columns, "characters": len}
#: By how much widths may differ: marks hang over a line's end, a first line is indented.
OVER = 3
#: In columns: narrower lines are a poem's, which are even but not full.
LEAST = 24
#: No line that was broken for its width is wider.
MOST = 130
#: Breaks in mid-sentence from which on they show a width, and how many of ten have to.
BREAKS, AGREE = 2, 8


@dataclass(frozen=True, slots=True)
class Wrap:
    """How the lines of one language are wrapped."""

    width: int
    measure: str = "columns"
    slack: int = 1

    def fills(self, line: str, indent: int, after: str, lang: str) -> bool:
        """Whether a line is as full as greedy filling makes it: the next word had no room."""
        if lang == "zh":
            return _room(line, indent, after, self.measure) > self.width - self.slack
        word = after.split(maxsplit=1)[0] if after.split() else ""
        return columns(line) + indent + 1 + len(word) > self.width - 8


#: What is not parted from what stands before it: a Latin word, or a character, and marks behind.
TOKEN = re.compile(
    r"\s*(?:[\"“‘「『《（(\[<]*(?:[\w./+#&@:~%'’-]+(?<![^\x00-\u024f])|.))[，。、；：？！）」』》”’,.;:?!)\]]*",
    re.A,
)


def _token(text: str) -> str:
    match = TOKEN.match(text)
    return match.group().strip() if match else ""


def _room(line: str, indent: int, after: str, measure: str) -> int:
    """How wide the line would be with the next word on it."""
    of = MEASURES[measure]
    return of(line) + (indent if measure == "columns" else indent // 2) + of(_token(after))


Break = tuple[str, int, str]  # a line, how far it is indented, the line below it


def chinese_wrap(breaks: Sequence[Break], longest: int) -> Wrap | None:
    """The wrap that breaks in mid-sentence show; None where they agree on no width.

    `longest` is the width of the longest line, be it broken or not.
    """
    if len(breaks) < BREAKS or longest > MOST:
        return None
    if longest < LEAST:
        even = sum(columns(line) >= longest - OVER for line, _, _ in breaks)
        return Wrap(longest, slack=OVER) if even * 10 >= AGREE * len(breaks) else None
    best: tuple[int, Wrap] | None = None
    for measure, of in MEASURES.items():
        sizes = Counter(of(line) for line, _, _ in breaks)
        width = max(sizes, key=lambda w: (sizes[w] + sizes[w - 1] + sizes[w + 1] / 2, sizes[w], w))
        wrap = Wrap(width, measure, slack=2 if measure == "columns" else 1)
        agree = sum(
            of(line) <= width + OVER and wrap.fills(line, indent, after, "zh")
            for line, indent, after in breaks
        )
        if agree * 10 >= AGREE * len(breaks) and (best is None or agree > best[0]):
            best = agree, wrap
    return best and best[1]
