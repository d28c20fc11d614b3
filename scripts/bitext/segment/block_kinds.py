"""Blocks -> the same with their kinds named: heading, quotation, footnote, record."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from bitext.segment.paragraphs import FOOTNOTE, is_item
from bitext.segment.records import Block
from bitext.text.language import weigh
from bitext.text.marks import LINE_ENDED, QUESTION_ENDED
from bitext.text.numbering import PARTS, Form, number_at
from bitext.text.scripts import HAN_CLASS

#: The number of a footnote in brackets, and the same in running text.
NUMBER_IN_BRACKETS = re.compile(r"\[(\d{1,3})\]")
RECORD = re.compile(
    r"(?:实录|實錄|全文|记录|紀錄|记要|纪要|文字稿|如下)[)）】]?\s*[:：]\s*\Z|(?i:transcript|full text|record).{0,80}\Z"
)


def name_kinds(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with a kind each: what the markup said, else what the text looks like."""
    plain = [b for b in blocks if b.kind in ("", "cell")]
    ended = sum(bool(LINE_ENDED.search(b.text)) for b in plain if not b.label)
    punctuated = ended * 2 >= len([b for b in plain if not b.label]) * 0.9 or any(
        len(b.text) > 200 for b in plain
    )
    referred = {
        match[1]
        for b in blocks
        for match in NUMBER_IN_BRACKETS.finditer(b.text)
        if b.text[: match.start()].strip()
    }
    for i, block in enumerate(blocks):
        if block.kind == "cell":
            yield replace(block, kind="para")
        elif block.kind:
            yield block
        elif _is_footnote(block, referred):
            yield replace(block, kind="footnote")
        elif punctuated and _is_heading(blocks, i):
            yield replace(block, kind="heading", level=block.level or 2)
        elif is_item(block.text) and _numbered_neighbour(blocks, i):
            yield replace(block, kind="list", level=block.level or 1)
        else:
            yield replace(block, kind="para")


def _is_footnote(block: Block, referred: Collection[str]) -> bool:
    """Whether a block is a footnote; one numbered `[3]` only if the text refers to that."""
    if not FOOTNOTE.match(block.text) or block.label or is_item(block.text):
        return False
    number = NUMBER_IN_BRACKETS.match(block.text.lstrip())
    return number is None or number[1] in referred


#: A line that is in brackets as a whole.
IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


def _is_heading(blocks: Sequence[Block], i: int) -> bool:
    """Whether a block without markup is a heading: short, without a full stop, before some text."""
    block = blocks[i]
    text = block.text.strip()
    if (
        block.label
        or block.inside
        or block.group >= 0
        or "\n" in text
        or re.match(r"[*※•·▪\-]", text)
    ):
        return False
    if IN_BRACKETS.fullmatch(text):
        return False  # `(laughter)`
    han, words = weigh(text)
    if (block.lang == "zh" and (han < 2 or han > 45)) or (
        block.lang == "en" and not 1 <= words <= 20
    ):
        return False
    if i + 1 >= len(blocks) or not re.match(rf"[\w“\"《「【（(#{HAN_CLASS}]", text):
        return False
    if LINE_ENDED.search(text) and not (text[-1] in ":：" and RECORD.search(text)):
        if not (i == 0 or (i == 1 and blocks[0].lang != block.lang)):
            return False
        after = next((b.text for b in blocks[i + 1 :] if b.lang == block.lang), "")
        # A question stands above a text; in a talk of short turns it is the first of them.
        return bool(QUESTION_ENDED.search(text)) and len(after) > 1.5 * len(text)
    if re.search(r"[，,、]\s*\Z|[=＝]", text):
        return False
    if block.lang == "en" and text[:1].islower():
        return False
    if clause := number_at(text, {Form.CLAUSE}):
        after = next((b.text for b in blocks[i + 1 :] if b.lang == block.lang), "")
        if text[clause.end :].lstrip()[:1].islower() or number_at(after, {Form.CLAUSE}):
            return False  # `(b) users of systems, unless`, before `(i) …`
    if block.lang == "zh" and re.search("[。；]", _without_quotes(text)):
        return False  # half a line of running text
    following = [b for b in blocks[i + 1 : i + 7] if b.kind == ""]
    return any(LINE_ENDED.search(b.text) or b.label for b in following) or bool(
        number_at(text, PARTS)
    )


def _without_quotes(text: str) -> str:
    return re.sub("“[^“”]*”|「[^「」]*」|《[^《》]*》", "", text)


def _numbered_neighbour(blocks: Sequence[Block], i: int) -> bool:
    """Whether another numbered block of the same language stands near: a list has two items."""
    near = [
        b for b in (*blocks[max(0, i - 4) : i], *blocks[i + 1 : i + 5]) if b.lang == blocks[i].lang
    ]
    return any(is_item(b.text) for b in near[-8:])


def blocks_of(blocks: Iterable[Block], lang: str) -> list[Block]:
    """The blocks of one language, in order."""
    return [b for b in blocks if b.lang == lang]
