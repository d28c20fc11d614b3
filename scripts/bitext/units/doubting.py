"""Pairs and units -> the doubts about them."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bitext.align.confidence import REVIEW_PAIR
from bitext.kinds import SPEECH
from bitext.model import Doubt, Unit
from bitext.pair.furniture import nearly
from bitext.pair.records import Pair
from bitext.segment import speakers as speaking
from bitext.segment.records import Label
from bitext.text.numbering import number_of
from bitext.text.scripts import HAN, WORD
from bitext.text.sentences import label_at_end

#: English characters for one Han character: outside of it a pair of some length is doubtful.
#: Hand-set; it catches a paragraph of which one side lost a part.
RATIO = (1.5, 4.5)
#: The same for a pair of no more than so many Han characters, whose lengths say less: a name or a
#: number more changes the ratio much.
FEW_HAN, RATIO_OF_FEW = 40, (1.0, 7.0)
#: Han characters, hand-set: the lengths of shorter texts say nothing.
LEAST_HAN = 15
#: A pair of which the leading numbers differ is no surer than this.
NUMBERS_DIFFER = 0.6
#: Characters with which a text begins, hand-set: a label is not longer.
LABEL_WITHIN = 80
#: What may be the page's own, and no text.
TEXT = (*SPEECH, "heading")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def doubts_of(item: Pair, zh: str | None, en: str | None) -> Iterator[Doubt]:
    """What speaks against a pair, its texts being these; nothing where it has one text only."""
    if zh and en:
        for find in PAIR_DOUBTS:
            yield from find(item, zh, en)


def _length_doubts(item: Pair, zh: str, en: str) -> Iterator[Doubt]:
    """That one text is much longer than a translation of the other would be.

    Latin words in the Chinese are names, which the English has too, or glosses, which it translates:
    they are no length of the Chinese, and may or may not be one of the English.
    """
    han = len(HAN.findall(zh))
    if han <= LEAST_HAN:
        return
    names = WORD.findall(zh)
    both = Counter(names) & Counter(WORD.findall(en))
    size = _printed(zh) - sum(map(len, names))
    ratio, without = _printed(en) / size, (_printed(en) - sum(map(len, both.elements()))) / size
    least, most = RATIO if han > FEW_HAN else RATIO_OF_FEW
    for wrong, said in ((ratio < least, ratio), (without > most, without)):
        if wrong:
            yield Doubt("length", (f"{said:.1f}",))


def _printed(text: str) -> int:
    """How many characters of the text are no white space."""
    return sum(not c.isspace() for c in text)


def _label_doubts(item: Pair, zh: str, en: str) -> Iterator[Doubt]:
    """What looks like a label on one side, where the other side has one."""
    for own, other, lang in ((item.en, item.zh, "en"), (item.zh, item.en, "zh")):
        if other[0].label and not own[0].label:
            start = own[0].text[:LABEL_WITHIN]
            names = (x.names[0] for x in speaking.label_at_start(start) if _is_name(x))
            if name := next(names, None):
                yield Doubt(f"label-{lang}", (name,))


def _is_name(label: Label) -> bool:
    """Whether what a colon follows may be who speaks."""
    name = label.names[0]
    return label.form == "colon" and speaking.name_like(name) and not speaking.is_denied(name)


def _year_doubts(item: Pair, zh: str, en: str) -> Iterator[Doubt]:
    """Years that stand in one text only, where both name some."""
    zh_years, en_years = (set(YEAR.findall(text)) for text in (zh, en))
    if zh_years and en_years:
        for lang, only in (("zh", zh_years - en_years), ("en", en_years - zh_years)):
            if only:
                yield Doubt(f"year-{lang}", (", ".join(sorted(only)),))


#: What is looked for in a pair, in the order in which it is told.
PAIR_DOUBTS: tuple[Callable[[Pair, str, str], Iterator[Doubt]], ...] = (
    _length_doubts, _label_doubts, _year_doubts,
)  # fmt: skip


def _number_doubts(zh: str, en: str) -> Iterator[Doubt]:
    """What the labels of a list's items tell against a pair: two numbers, or the next item's label."""
    numbers = number_of(zh), number_of(en)
    if all(numbers) and numbers[0] != numbers[1]:
        yield Doubt("numbers", tuple(map(str, numbers)))
    for lang, text in (("zh", zh), ("en", en)):
        if label := label_at_end(text):
            yield Doubt(f"label-at-end-{lang}", (label,))


def mark_pairing(unit: Unit) -> Unit:
    """The unit, marked where it is doubtful that its two texts are a pair."""
    if unit.confidence is None:
        return unit
    doubts = tuple(_number_doubts(unit.zh or "", unit.en or ""))
    confidence = round(min(unit.confidence, NUMBERS_DIFFER) if doubts else unit.confidence, 2)
    unit = replace(unit, confidence=confidence, review=(*unit.review, *doubts))
    if confidence >= REVIEW_PAIR:
        return unit
    return replace(unit, review=(Doubt("pairing", (f"{confidence:.2f}",)), *unit.review))


def mark_displaced(units: Sequence[Unit], apart: Sequence[tuple[str, str]]) -> list[Unit]:
    """The units, those marked whose texts probably are halves of one pair, apart in the source."""
    why: dict[str, list[Doubt]] = {}
    for both in apart:
        for unit in both:
            why.setdefault(unit, []).append(Doubt("apart", both))
    return [replace(u, review=(*u.review, *why.get(u.id, ()))) for u in units]


def mark_neighbours(units: Sequence[Unit]) -> list[Unit]:
    """The units, those marked that stand alone beside one alone in the other language: perhaps a pair."""
    text = [u for u in units if u.kind in SPEECH]
    lone = [u.id for pair in itertools.pairwise(text) if _may_be_halves(*pair) for u in pair]
    alone = frozenset(lone)
    return [
        _doubted(u, Doubt("alone-zh" if u.zh else "alone-en")) if u.id in alone else u
        for u in units
    ]


def _may_be_halves(one: Unit, two: Unit) -> bool:
    """Whether one has Chinese only, the other English only, and nothing is known against either."""
    sides = {(bool(u.zh), bool(u.en)) for u in (one, two)}
    return sides == {(True, False), (False, True)} and not (one.review or two.review)


def _doubted(unit: Unit, doubt: Doubt) -> Unit:
    return replace(unit, review=(*unit.review, doubt))


def mark_page(units: Sequence[Unit]) -> list[Unit]:
    """The units, those marked that nearly were left out as the page's own words. Of pairs, not what somebody
    says, and no heading: such words are often a text's too.
    """
    return [_doubted(u, Doubt("page")) if _may_be_of_page(u) else u for u in units]


def _may_be_of_page(unit: Unit) -> bool:
    if unit.kind not in TEXT or (_is_paired(unit) and (unit.speaker or unit.kind == "heading")):
        return False
    return nearly([text for text in (unit.zh, unit.en) if text])


def mark_headings(units: Sequence[Unit]) -> list[Unit]:
    """The units, headings marked that lost their partner: in mid-text, or behind all of the text.

    A language that gives no heading at all has left them out, and none of them is marked.
    """
    text = [k for k, u in enumerate(units) if _is_paired(u) and u.kind != "heading"]
    if not text:
        return list(units)
    inner, behind = range(text[0], text[-1]), range(text[-1] + 1, len(units))
    given = any(_is_paired(units[k]) for k in inner if units[k].kind == "heading")
    lost = [k for k in inner if not _is_paired(units[k])] if given else ()
    codes = dict.fromkeys(lost, Doubt("heading-alone"))
    if units[-1].kind == "heading":
        codes |= dict.fromkeys(behind, Doubt("heading-last"))
    return [
        _doubted(u, codes[k]) if u.kind == "heading" and k in codes else u
        for k, u in enumerate(units)
    ]


def _is_paired(unit: Unit) -> bool:
    return bool(unit.zh and unit.en)
