"""The white space of a text as imported: computed from the source by a rule, with listed exceptions.

A gap is what stands between two visible characters of a text. Most gaps follow from the source's
white space by a fixed rule; import.json lists those that do not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bitext.kinds import VERBATIM
from bitext.library.imports import Place
from bitext.library.lines import joint
from bitext.project.visible import Visible, blanks
from bitext.text.source import is_blank

Gaps = tuple[tuple[int, str], ...]


def canonical(text: str, kind: str, lang: str) -> str:
    """The text as its digest takes it: runs of white space are one space, and paragraphs join as
    lines do, so that parting a text anew changes nothing."""
    if kind in VERBATIM:
        return text.strip("\n")
    parts = [" ".join(p.split()) for p in re.split(r"\n+", text)]
    out = ""
    for part in filter(None, parts):
        out += (joint(out, part, lang) if out else "") + part
    return out


def gaps_of(text: str) -> list[str]:
    """What stands before each visible character of a text, and behind the last one.

    >>> gaps_of("a bc")
    ['', ' ', '', '']
    """
    blank = blanks(text)
    out, at = [], 0
    for k, char in enumerate(text):
        if char not in blank:
            out.append(text[at:k])
            at = k + 1
    return [*out, text[at:]]


def canon(gap: str, left: str, right: str, lang: str) -> str:
    """A gap as two texts are compared: white space as one space, a line's end as lines join."""
    hidden = "".join(c for c in gap if not c.isspace())
    if "\n" in gap:
        return joint(left, right, lang) + hidden if left and right else hidden
    return (" " if len(hidden) < len(gap) and left and right else "") + hidden


def _ruled(place: Place, source: Visible, lang: str) -> list[str]:
    """The gaps that follow from the source's white space, the ends of the text included."""
    numbers = [k for start, end in place for k in range(start, end)]
    offsets = source.offsets
    between = (
        # Most characters stand side by side.
        "" if b == a + 1 and offsets[b] == offsets[a] + 1 else _ruled_gap(a, b, source, lang)
        for a, b in pairwise(numbers)
    )
    return ["", *between, ""]


def _ruled_gap(before: int, k: int, source: Visible, lang: str) -> str:
    """The gap that follows from what stands between two visible characters of the source."""
    gap = source.raw[source.offsets[before] + 1 : source.offsets[k]] if before < k else ""
    if k != before + 1:
        # Markup between two characters parts them only where white space does too.
        gap = "".join(c for c in gap if is_blank(c))
    gap = "".join(c for c in gap if c.isspace())
    return canon(gap, source.text[before], source.text[k], lang) if gap else ""


def recorded(text: str, kind: str, lang: str, place: Place, source: Visible) -> Gaps:
    """The gaps of an imported text that do not follow from its source, with their places."""
    chars = "".join([source.text[a:b] for a, b in place])
    found = gaps_of(text)
    if kind not in VERBATIM:
        found = _canonical_gaps(found, chars, lang)
    ruled = _ruled(place, source, lang)
    return tuple((k, gap) for k, (gap, rule) in enumerate(zip(found, ruled, strict=True)) if gap != rule)  # fmt: skip


def received(place: Place, gaps: Gaps, source: Visible, lang: str) -> list[str]:
    """The gaps of a text as it was imported, as `recorded` wrote down where they depart."""
    out = _ruled(place, source, lang)
    for k, gap in gaps:
        if k < len(out):
            out[k] = gap
    return out


def _canonical_gaps(gaps: Sequence[str], chars: str, lang: str) -> list[str]:
    ends = ("", *chars), (*chars, "")
    return [canon(g, a, b, lang) if g else "" for g, a, b in zip(gaps, *ends, strict=True)]


def text_of(chars: str, gaps: Sequence[str]) -> str:
    """The text that these visible characters and gaps make."""
    return "".join([g + c for g, c in zip(gaps, (*chars, ""), strict=True)])
