"""A unit's two texts <-> its lines in bitext.yml, where line k of zh and line k of en are one bead.

Lines are joined without a space where either neighbour is Han or full-width (in Chinese also
“”‘’…—), else with one space. A blank line separates paragraphs and is not counted; ` ¶ ` is such a
break inside a bead; `∅` alone means no counterpart. A text that contains one of these two signs has
a backslash before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bitext.kinds import OWN_LINES
from bitext.model import SentenceBead, Unit

#: Kinds whose lines are the text's own: they are not joined, and hold no beads.
NONE = "∅"
BREAK = "¶"
PARAGRAPH = "\n\n"
#: A sign that belongs to the text, with the backslashes before it: each has one backslash more.
_SIGN = re.compile(r"\\*[∅¶]")
_ESCAPED = re.compile(r"\\(\\*[∅¶])")
_BREAK = re.compile(r"(?:(?<=\s)|^)¶(?=\s|$)")
_PARTED = re.compile(r"[^\S\n]*\n\s*")
#: Han, kana, hangul and full-width signs: they stand beside each other without a space.
WIDE = re.compile(r"[⺀-鿿가-힣豈-﫿︰-﹏！-･￠-￦\U00020000-\U0003ffff]")
#: Marks that both scripts use: full-width in a Chinese text.
EITHER = "“”‘’…—"
#: After these a space at a cut is no part of a Chinese text; taking it out is a counted repair.
STOPS = "。！？；：…”’）"


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a unit's two texts; None for a language that it does not have."""

    zh: tuple[str, ...] | None
    en: tuple[str, ...] | None

    @property
    def counts(self) -> tuple[int, int]:
        """How many beads each side has, blank lines apart."""
        zh, en = (sum(bool(line) for line in side or ()) for side in (self.zh, self.en))
        return zh, en


def joint(left: str, right: str, lang: str) -> str:
    """What stands between two lines that are joined: nothing, or one space.

    >>> joint("你好。", "AI", "zh"), joint("it.", "But", "en")
    ('', ' ')
    """
    ends = (left[-1:], right[:1])
    wide = any(WIDE.match(c) or (lang == "zh" and c in EITHER) for c in ends if c)
    return "" if wide else " "


def escape(text: str) -> str:
    """The text as a line: its own signs with a backslash before them."""
    return _SIGN.sub(lambda m: "\\" + m[0], text)


def unescape(line: str) -> str:
    """The text of a line; `escape` gives the line back."""
    return _ESCAPED.sub(r"\1", line)


# --- in ------------------------------------------------------------------------------------------


def text_of(
    lines: Sequence[str] | None, kind: str, lang: str
) -> tuple[str | None, tuple[int, ...]]:
    """The text that the lines make, and the offset at which each bead ends in it.

    A bead that has no counterpart ends where the one before it does.
    """
    if lines is None:
        return None, ()
    if kind in OWN_LINES:
        text = "\n".join(lines)
        return text or None, (len(text),)
    text, ends, parted = "", [], False
    for line in lines:
        if not line.strip():
            parted = bool(text)
            continue
        if line.strip() != NONE:
            text, parted = _with_line(text, _piece(line), parted, lang), False
        ends.append(len(text))
    return text or None, tuple(ends)


def _with_line(text: str, piece: str, parted: bool, lang: str) -> str:
    """The text with the piece of one more line; `parted` where a paragraph ends between them."""
    if not (text and piece):
        return text + piece
    return text + (PARAGRAPH if parted else joint(text, piece, lang)) + piece


def _piece(line: str) -> str:
    """A line's text: its breaks are the ends of paragraphs."""
    parts = (unescape(part.strip()) for part in _BREAK.split(line))
    return PARAGRAPH.join(part for part in parts if part)


def beads_of(
    zh: Sequence[int], en: Sequence[int], texts: tuple[str | None, str | None]
) -> tuple[tuple[int, int], ...]:
    """The beads' ends in both texts; one bead for the whole where the counts differ."""
    lengths = (len(texts[0] or ""), len(texts[1] or ""))
    if not all(texts):
        return ()
    if len(zh) != len(en):
        return (lengths,)
    ends = list(zip(zh, en, strict=True))
    ends[-1] = lengths
    return tuple(ends)


# --- out -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Written:
    """A unit as lines, its texts as those lines give them back, and the spaces that this took out."""

    lines: Lines
    zh: str | None
    en: str | None
    posteriors: tuple[float, ...]
    removed: int = 0  # spaces after a Chinese stop, at a cut


def write(unit: Unit) -> Written:
    """The unit's lines: cut at its beads where that returns the text, and nowhere else.

    A space after a Chinese stop at a cut goes, and is counted. Other cuts that would change the
    text are not made: those beads share a line.
    """
    if unit.kind in OWN_LINES or not (unit.zh and unit.en):
        lines = Lines(_alone(unit.zh, unit.kind, "zh"), _alone(unit.en, unit.kind, "en"))
        return Written(lines, unit.zh, unit.en, ())
    pieces, posteriors = _cut(unit, unit.beads or (SentenceBead(len(unit.zh), len(unit.en), 1.0),))
    lines = Lines(_laid([zh for zh, _ in pieces]), _laid([en for _, en in pieces]))
    zh = text_of(lines.zh, unit.kind, "zh")[0]
    en = text_of(lines.en, unit.kind, "en")[0]
    return Written(lines, zh, en, tuple(posteriors), len(unit.zh) - len(zh or ""))


def _alone(text: str | None, kind: str, lang: str) -> tuple[str, ...] | None:
    """The lines of a text that has no twin: a sentence each, or its own."""
    if text is None:
        return None
    if kind in OWN_LINES:
        return tuple(text.split("\n"))
    # Imported late: its patterns are many, and seldom asked for.
    from bitext.text.sentences import split_sentences

    starts = [s.start for s in split_sentences(text, lang)][1:]
    cuts = [0, *(at for at in starts if keeps(text, at, lang)), len(text)]
    return _laid([text[a:b] for a, b in pairwise(cuts)])


def _cut(unit: Unit, beads: Iterable[SentenceBead]) -> tuple[list[tuple[str, str]], list[float]]:
    """The stretches of both texts, a pair a bead, and each bead's posterior."""
    pieces: list[tuple[str, str]] = []
    posteriors: list[float] = []
    at = (0, 0)
    held: list[float] = []
    for bead in beads:
        end = (bead.zh_end, bead.en_end)
        held.append(bead.posterior)
        texts = ((unit.zh or "", "zh"), (unit.en or "", "en"))
        last = end == (len(unit.zh or ""), len(unit.en or ""))
        if not last and not all(
            _may_cut(text, stop, lang) for (text, lang), stop in zip(texts, end, strict=True)
        ):
            continue
        zh, en = (text[a:b] for (text, _), a, b in zip(texts, at, end, strict=True))
        pieces.append((zh, en))
        posteriors.append(min(held))
        at, held = end, []
    return pieces, posteriors


def _may_cut(text: str, end: int, lang: str) -> bool:
    """Whether two lines that meet here give the text back, but for a space after a Chinese stop."""
    if keeps(text, end, lang):
        return True
    left, right = _blank_around(text, end)
    return lang == "zh" and text[left:right] == " " and text[left - 1] in STOPS


def keeps(text: str, end: int, lang: str) -> bool:
    """Whether two lines that meet here give the text back as it is."""
    left, right = _blank_around(text, end)
    if left == 0 or right == len(text):
        return True
    return text[left:right] in (joint(text[left - 1], text[right], lang), PARAGRAPH)


def _blank_around(text: str, at: int) -> tuple[int, int]:
    """Where the white space around an offset begins and ends."""
    left = right = at
    while left and text[left - 1].isspace():
        left -= 1
    while right < len(text) and text[right].isspace():
        right += 1
    return left, right


def _laid(pieces: Sequence[str]) -> tuple[str, ...]:
    """The pieces as lines, a blank line where a paragraph ended between two of them."""
    lines: list[str] = []
    text = False  # whether a line of text stands before
    parted = False
    for piece in pieces:
        body = piece.strip()
        if not body:
            parted = parted or "\n" in piece
            lines.append(NONE)
            continue
        head = piece[: len(piece) - len(piece.lstrip())]
        if text and (parted or "\n" in head):
            lines.append("")
        lines.append(f" {BREAK} ".join(escape(p) for p in _PARTED.split(body)))
        text, parted = True, "\n" in piece[len(piece.rstrip()) :]
    return tuple(lines)
