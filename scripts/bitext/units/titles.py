"""Units -> the title in one language, if the text begins with one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bitext.model import OTHER, Unit
from bitext.segment.blocks import HEADING_NUMBER
from bitext.text.scripts import folded

#: `问题1：…`, `Q1: …`: a question of the text is no title.
ASKED = re.compile(
    r"\s*(?:(?:问题|提问|问|Q|Question)\s?[\d一二三四五六七八九十]+\s?[:：.、]|(?:问|Q)\s?[:：])",
    re.IGNORECASE,
)


#: A title stands among so many first units, hand-set: a heading further down is that of a part.
FIRST_UNITS = 6


def title_of(units: Sequence[Unit], lang: str, known: Mapping[str, str]) -> str | None:
    """The first heading, if it stands before the text proper begins and the other title's pair is no other."""
    other = OTHER[lang]
    title = folded(known.get(f"title_{other}", ""))
    for unit in units[:FIRST_UNITS]:
        said = unit.text(lang)
        if unit.kind == "heading" and said:
            if _is_of_a_part(said) or _is_of_another(unit.text(other), title):
                return None
            return re.sub(r"\s*[:：]\s*\Z", "", said)
        if _begins_the_text(unit):
            return None
    return None


def _is_of_a_part(heading: str) -> bool:
    """Whether the heading is numbered or asks: then it is that of a section."""
    return bool(HEADING_NUMBER.match(heading) or ASKED.match(heading))


def _is_of_another(beside: str | None, title: str) -> bool:
    """Whether the heading's other half is known not to be the title: then it is that of a part."""
    half = folded(beside or "")
    return bool(title and half) and half not in title and title not in half


def _begins_the_text(unit: Unit) -> bool:
    return bool(unit.turn or (unit.kind == "para" and unit.zh and unit.en))
