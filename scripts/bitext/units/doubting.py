"""Pairs and units -> the doubts about them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bitext.align.confidence import REVIEW_PAIR
from bitext.kinds import SPEECH
from bitext.model import Doubt, Unit
from bitext.pair.records import Pair
from bitext.segment import speakers as speaking
from bitext.text.numbering import number_of
from bitext.text.scripts import HAN
from bitext.text.sentences import label_at_end

#: English characters for one Han character; outside of it a pair of some length is doubtful.
RATIO = (1.5, 4.5)


#: The same for shorter texts, whose lengths say less: from so many characters on.
SHORT, SHORT_RATIO = 15, (1.0, 7.0)


#: A pair of which the leading numbers differ is no surer than this.
NUMBERS_DIFFER = 0.6


def doubts_of(item: Pair, zh: str | None, en: str | None) -> Iterator[Doubt]:
    if not zh or not en:
        return
    han = len(HAN.findall(zh))
    if han > SHORT:
        ratio = sum(not c.isspace() for c in en) / sum(not c.isspace() for c in zh)
        least, most = RATIO if han > 40 else SHORT_RATIO
        if not least <= ratio <= most:
            yield Doubt("length", (f"{ratio:.1f}",))
    yield from _label_doubts(item)
    years = [set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", t)) for t in (zh, en)]
    for lang, only in (("zh", years[0] - years[1]), ("en", years[1] - years[0])):
        if only and years[0] and years[1]:
            yield Doubt(f"year-{lang}", (", ".join(sorted(only)),))


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


def _label_doubts(item: Pair) -> Iterator[Doubt]:
    """What looks like a label on one side, where the other side has one."""
    for own, other, lang in ((item.en, item.zh, "en"), (item.zh, item.en, "zh")):
        if own[0].label or not other[0].label:
            continue
        for label in speaking.label_at_start(own[0].text[:80]):
            found = label.names[0]
            if (
                label.form == "colon"
                and speaking.name_like(found)
                and not speaking.is_denied(found)
            ):
                yield Doubt(f"label-{lang}", (found,))
                break


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
    alone = {
        unit.id
        for pair in itertools.pairwise(text)
        for unit in pair
        if {(bool(u.zh), bool(u.en)) for u in pair} == {(True, False), (False, True)}
        and not any(u.review for u in pair)
    }
    return [
        replace(u, review=(*u.review, Doubt("alone-zh" if u.zh else "alone-en")))
        if u.id in alone
        else u
        for u in units
    ]


def mark_headings(units: Sequence[Unit]) -> list[Unit]:
    """The units, headings marked that lost their partner: in mid-text, or behind all of the text.

    A language that gives no heading at all has left them out, and none of them is marked.
    """
    text = [k for k, u in enumerate(units) if u.zh and u.en and u.kind != "heading"]
    inner = units[text[0] : text[-1]] if text else ()
    given = any(u.kind == "heading" and u.zh and u.en for u in inner)
    marked = []
    for k, unit in enumerate(units):
        why = ""
        if unit.kind == "heading" and text:
            if k > text[-1] and units[-1].kind == "heading":
                why = "heading-last"
            elif text[0] < k < text[-1] and given and not (unit.zh and unit.en):
                why = "heading-alone"
        marked.append(replace(unit, review=(*unit.review, Doubt(why))) if why else unit)
    return marked
