"""Unit -> where its sentences end in one language, as its paragraph's attribute `data-b` holds it.

The browser finds a sentence and its twin by these numbers, so that no mark-up stands inside a
paragraph. They count what rendering cannot change: UTF-16 units that are not white space.
"""

from __future__ import annotations

import re

from bitext.model import Unit
from bitext.pages.escape import UNSEEN

#: White space for Python, which a page shows as a space, and the one more that JavaScript's `\s` has.
SPACE = re.compile(r"[\s\ufeff]+")


def bead_ends(unit: Unit, lang: str) -> str:
    """One number a bead, parted by spaces: how much of the text it ends after. A bead that has no
    sentence in `lang` repeats the number before it. Empty where the whole paragraph is one bead, or
    where the pair is doubtful: then the paragraph answers for its sentences.

    >>> from bitext.model import SentenceBead
    >>> unit = Unit("p1", "para", "先试。再改。", "Try first. Then mend.",
    ...             beads=(SentenceBead(3, 10, 1.0), SentenceBead(6, 21, 1.0)))
    >>> bead_ends(unit, "zh"), bead_ends(unit, "en")
    ('3 6', '9 18')
    """
    text = unit.text(lang)
    if text is None or unit.review or len(unit.beads) <= 1:  # one is the paragraph itself
        return ""
    ends = (bead.zh_end if lang == "zh" else bead.en_end for bead in unit.beads)
    return " ".join(str(_weight(text[:end])) for end in ends)


def _weight(text: str) -> int:
    return len(UNSEEN.sub("", SPACE.sub("", text)).encode("utf-16-le")) // 2
