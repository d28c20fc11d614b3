"""Units -> the title in one language, if the text begins with one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bitext.model import Unit
from bitext.text.numbering import PARTS, TO_TEN, number_at
from bitext.text.scripts import folded

#: `问题1：…`, `Q1: …`: a question of the text is no title.
ASKED = re.compile(
    rf"\s*(?:(?:问题|提问|问|Q|Question)\s?[\d{TO_TEN}]+\s?[:：.、]|(?:问|Q)\s?[:：])",
    re.IGNORECASE,
)


def title_of(units: Sequence[Unit], lang: str, known: Mapping[str, str]) -> str | None:
    """The first heading, if it stands before the text proper begins and the other title's pair is no other."""
    other = "en" if lang == "zh" else "zh"
    title = folded(known.get(f"title_{other}", ""))
    for unit in units[:6]:
        said = unit.text(lang)
        if unit.kind == "heading" and said:
            if number_at(said, PARTS) or ASKED.match(said):
                return None
            beside = folded(unit.text(other) or "")
            if title and beside and beside not in title and title not in beside:
                return None  # the heading of a part: its other half is known not to be the title
            return re.sub(r"\s*[:：]\s*\Z", "", said)
        if unit.turn or (unit.kind == "para" and unit.zh and unit.en):
            return None
    return None
