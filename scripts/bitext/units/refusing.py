"""A pairing -> the reasons why the source seems to be no bitext; `--anyway` overrides them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bitext.kinds import ASIDE
from bitext.model import LANGS, Bitext, Overridable, Unit
from bitext.pair import parallel
from bitext.pair.records import Pairing
from bitext.segment.records import Segmented
from bitext.text.source import Document

#: Of the pairs of a text, where there are so many, so great a part is right in any translation.
FEW_PAIRS, RIGHT = 5, 0.25
#: A confidence below this says that a pair is more likely wrong than right.
EVEN = 0.5
#: English letters for a Chinese character; and how many times the text of one language is no translation's.
LETTERS, MOST = 3, 8


def no_pairs(document: Document, segmented: Segmented) -> Overridable:
    counts = Counter(b.lang for b in segmented.blocks)
    found = f"{counts['zh']} Chinese and {counts['en']} English paragraphs, none of which translates another"
    todo = "check that both languages of one text are in it"
    return Overridable("E-UNBALANCED", document.path, 1, found, todo)


def strangers(document: Document, pairing: Pairing) -> Iterator[Overridable]:
    """The doubt that the two languages are not translations, where their words say so."""
    match = parallel.match(pairing.pairs)
    if not match.parallel:
        found = (
            f"the two languages do not translate each other: of {match.sentences} sentences the words "
            f"that match are worth {match.found:.1f} each, and {match.shuffled:.1f} in shuffled order"
        )
        todo = f"give a text with its translation, in which they are worth at least {match.least:.1f} more"
        yield Overridable("E-NOT-PARALLEL", document.path, 1, found, todo)


def hardly_a_pair(bitext: Bitext, path: str) -> Overridable | None:
    """The doubt that the two languages are not translations, where hardly any pair is likely.

    A few pairs are asked only where hardly anything is in the other language: an abstract, a notice.
    """
    pairs = [u for u in bitext.units if u.zh and u.en and u.confidence is not None]
    alone = sum(not (u.zh and u.en) for u in bitext.units if u.kind not in ASIDE)
    wrong = sum(_is_wrong(u) for u in pairs)
    if len(pairs) >= FEW_PAIRS:
        strange = wrong > (1 - RIGHT) * len(pairs)
    else:
        wrong = sum(bool(u.review) for u in pairs)
        strange = wrong == len(pairs) and alone >= FEW_PAIRS and _is_one_sided(bitext)
    if not strange:
        return None
    found = (
        "the two languages do not translate each other: "
        f"{wrong} of {len(pairs)} pairs are doubtful by their words, and {alone} texts have no partner"
    )
    todo = "give a text with its translation, each part beside its own"
    return Overridable("E-NOT-PARALLEL", path, 1, found, todo)


def _is_wrong(unit: Unit) -> bool:
    """Whether a pair is more likely wrong than right, or its words say that it is none."""
    return (unit.confidence or 0.0) < EVEN or any(d.code == "words" for d in unit.review)


def _is_one_sided(bitext: Bitext) -> bool:
    """Whether one language has hardly any text beside the other's."""
    zh, en = (sum(len(u.text(lang) or "") for u in bitext.units) for lang in LANGS)
    return min(zh * LETTERS, en) * MOST < max(zh * LETTERS, en)
