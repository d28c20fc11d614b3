"""A unit's text -> the same characters with their white space in order, each kind of repair counted.

Only blanks are touched: what is not white space, zero-width or control stays as and where it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from bitext.text.gluing import space_repairs
from bitext.text.scripts import HAN_CLASS
from bitext.text.source import is_blank

#: White space that is not a line end, as Python and Unicode have it.
_BLANK = "\t \xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
#: Word's soft return, form feed, separators: within a text they are line ends a converter left.
ODD_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
PARAGRAPH = re.compile(f"[{_BLANK}]*\n(?:[{_BLANK}]*\n)+[{_BLANK}]*")
LINE_END = re.compile(f"[{_BLANK}]*\n[{_BLANK}]*")
RUN = re.compile(f"[{_BLANK}]+")
WIDE = re.compile(f"[\u2e80-\u2fdf\u3000-\u303f{HAN_CLASS}\ufe30-\ufe4f\uff00-\uffef]")
#: Punctuation of both scripts: its width shows from the letters about it.
EITHER = "“”‘’…—·"
HAN = f"[{HAN_CLASS}]"
TIGHT_MIX = re.compile(f"{HAN}[A-Za-z0-9]|[A-Za-z0-9]{HAN}")
LOOSE_MIX = re.compile(f"{HAN}[ \xa0][A-Za-z0-9]|[A-Za-z0-9][ \xa0]{HAN}")
SOFT_HYPHEN = "\xad"
#: A zero-width joiner holds a picture of several signs together and is no dirt between them.
JOINER = (
    "(?<=[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d(?=[\u2640-\u2bff\U0001f000-\U0001faff])"
)


def normalize(text: str, lang: str, *, keep_lines: bool = False) -> tuple[str, Counter[str]]:
    """The text as it is published, and how many repairs of each kind it took.

    A blank line parts paragraphs and stays one; any other line end is a hard wrap and is joined, but
    for `keep_lines` (a note's lines are its structure).

    >>> normalize("multi-\\nlayered  risk\\u200b system.It  works.", "en")[0]
    'multi-layered risk system. It works.'
    >>> normalize("人工智能\\n治理。\\n\\n第二段", "zh")[0]
    '人工智能治理。\\n\\n第二段'
    """
    repairs: Counter[str] = Counter()
    text = _drop_invisible(text, repairs)
    text = ODD_LINE_END.sub("\n", text).strip(_STRIP)
    parts = PARAGRAPH.split(text)
    if keep_lines:
        parts = [line for part in parts for line in part.split("\n")]
    parts = [_collapse(_join(part, lang, repairs), repairs) for part in parts]
    parts = [_part_sentences(part, lang, repairs) for part in parts if part]
    return ("\n" if keep_lines else "\n\n").join(parts), +repairs


_STRIP = "\t\n \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"


def _kind(char: str) -> str:
    if char == SOFT_HYPHEN:
        return "soft hyphen"
    return "control character" if unicodedata.category(char) == "Cc" else "zero-width character"


def _drop_invisible(text: str, repairs: Counter[str]) -> str:
    """The text without zero-width and control characters; a soft hyphen joins the halves of its word."""
    if text.isprintable():
        return text
    odd = {c for c in set(text) if is_blank(c) and not c.isspace()}
    if not odd:
        return text
    text = re.sub(f"{SOFT_HYPHEN}[{_BLANK}]*\r?\n[{_BLANK}]*", SOFT_HYPHEN, text)

    def drop(match: re.Match[str]) -> str:
        if match.lastgroup:
            return match.group()
        repairs[_kind(match.group())] += 1
        return ""

    return re.sub(f"(?P<held>{JOINER})|[{re.escape(''.join(odd))}]", drop, text)


def _join(text: str, lang: str, repairs: Counter[str]) -> str:
    """Hard wraps joined: with nothing between Han, with one space between Latin words."""
    if "\n" not in text:
        return text
    loose: list[bool] = []  # whether this text writes a space between Han and Latin; counted once

    def space(match: re.Match[str]) -> str:
        repairs["hard wrap"] += 1
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if not before or not after:
            return ""
        if not loose:
            loose.append(len(LOOSE_MIX.findall(text)) > len(TIGHT_MIX.findall(text)))
        parted = Parted(
            before, after, text[match.start() - 2 : match.start() - 1],
            text[match.end() + 1 : match.end() + 2],
        )  # fmt: skip
        return _glue(parted, lang, loose[0])

    return LINE_END.sub(space, text)


def _glue(parted: Parted, lang: str, loose: bool) -> str:
    """What stands between two characters that a line end parted: a space or nothing."""
    before, after = parted.before, parted.after
    wide = [bool(WIDE.match(c)) or (c in EITHER and lang == "zh") for c in (before, after)]
    if all(wide):
        return ""
    if any(wide):
        # Full-width punctuation brings its own space; between Han and Latin the text's habit counts.
        mark = before if wide[0] else after
        return " " if loose and mark.isalpha() else ""
    return "" if any(holds(parted) for holds in TIGHT) else " "


class Parted(NamedTuple):
    """Two characters that a line end parted, the one that stands before both, and the one behind."""

    before: str
    after: str
    second: str
    third: str


def _hyphenated(p: Parted) -> bool:
    return p.before in "-\u2010" and p.second.isalpha() and p.after.islower()


def _behind_a_dash(p: Parted) -> bool:
    return p.before in "—–/" and not p.second.isspace()


def _before_a_dash(p: Parted) -> bool:
    return p.after in "—/" and p.before.isalnum() and not p.third.isspace()


#: Where two Latin characters stand without a space.
TIGHT = (_hyphenated, _behind_a_dash, _before_a_dash)


def _collapse(text: str, repairs: Counter[str]) -> str:
    """Each run of blanks one space, none at the ends."""
    text = text.strip(_STRIP)

    def one(match: re.Match[str]) -> str:
        run = match.group()
        if run != " ":
            repairs[_kind_of_blanks(run)] += 1
        return " "

    return RUN.sub(one, text)


#: What a run of blanks is counted as, by what it holds; the first that it holds counts.
BLANKS = (
    ("\xa0", "non-breaking space"),
    ("\u202f", "non-breaking space"),
    ("\u3000", "ideographic space"),
    ("\t", "tab"),
)


def _kind_of_blanks(run: str) -> str:
    named = (name for blank, name in BLANKS if blank in run)
    return next(named, "run of spaces" if len(run) > 1 else "odd space")


def _part_sentences(text: str, lang: str, repairs: Counter[str]) -> str:
    """The space put back that is missing between two English sentences."""
    # A space that is put in may show the next one to be missing: `0?.A-00.A`.
    while places := space_repairs(text, lang):
        cuts = [0, *places, len(text)]
        text = " ".join(text[a:b] for a, b in pairwise(cuts))
        repairs["missing space"] += len(places)
    return text
