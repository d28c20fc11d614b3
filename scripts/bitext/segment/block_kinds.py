"""Blocks -> the same with their kinds named: heading, quotation, footnote, record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bitext.segment.paragraphs import FOOTNOTE, is_item
from bitext.segment.records import Block
from bitext.text.language import weigh
from bitext.text.marks import COLONS, COMMAS, LINE_ENDED, QUESTION_ENDED, in_brackets
from bitext.text.numbering import PARTS, Form, number_at, number_of
from bitext.text.words import finder

#: Words of a heading that ends in a colon: `全文如下：`.
RECORD = finder("headings/record")


def name_kinds(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with a kind each: what the markup said, else what the text looks like."""
    plain = [b for b in blocks if b.kind in ("", "cell")]
    ended = sum(bool(LINE_ENDED.search(b.text)) for b in plain if not b.label)
    punctuated = ended * 2 >= len([b for b in plain if not b.label]) * 0.9 or any(
        len(b.text) > 200 for b in plain
    )
    for i, block in enumerate(blocks):
        if block.kind == "cell":
            yield replace(block, kind="para")
        elif block.kind:
            yield block
        elif _is_footnote(blocks, block):
            yield replace(block, kind="footnote")
        elif punctuated and _is_heading(blocks, i):
            yield replace(block, kind="heading", level=block.level or 2)
        elif is_item(block.text) and _numbered_neighbour(blocks, i):
            yield replace(block, kind="list", level=block.level or 1)
        else:
            yield replace(block, kind="para")


def _is_footnote(blocks: Sequence[Block], block: Block) -> bool:
    """Whether a block is a footnote; one numbered `[3]` only if the text refers to that."""
    if not FOOTNOTE.match(block.text) or block.label or is_item(block.text):
        return False
    number = f"[{number_of(block.text)}]"
    refers = (number in b.text.lstrip()[1:] for b in blocks)
    return not block.text.lstrip().startswith(number) or any(refers)


#: What an item or a note begins with, and marks that a heading may begin with.
MARKS, OPENERS = "*※•·▪-", '“"《「【（(#_'


def _is_heading(blocks: Sequence[Block], i: int) -> bool:
    """Whether a block without markup is a heading: short, without a full stop, before some text."""
    if i + 1 >= len(blocks) or any(sign(blocks, i) for sign in AGAINST):
        return False
    if _stands_over_all(blocks, i):
        return True
    following = (b for b in blocks[i + 1 : i + 7] if b.kind == "")
    return any(LINE_ENDED.search(b.text) or b.label for b in following) or bool(
        number_at(blocks[i].text.strip(), PARTS)
    )


def _is_of_a_turn(blocks: Sequence[Block], i: int) -> bool:
    block = blocks[i]
    return bool(block.label) or block.inside or block.group >= 0


def _begins_as_none(blocks: Sequence[Block], i: int) -> bool:
    """An item, a remark as `(laughter)`, half of a sentence, a line of several."""
    text = blocks[i].text.strip()
    head = text[:1]
    odd = head in MARKS or not (head.isalnum() or head in OPENERS)
    small = blocks[i].lang == "en" and head.islower()
    return odd or small or "\n" in text or (head in "(（" and in_brackets(text))


def _has_no_size(blocks: Sequence[Block], i: int) -> bool:
    han, words = weigh(blocks[i].text)
    return not (2 <= han <= 45 if blocks[i].lang == "zh" else 1 <= words <= 20)


def _is_sentence(blocks: Sequence[Block], i: int) -> bool:
    """A line that ends as a sentence does; a question above the text is none, nor `全文如下：`."""
    text = blocks[i].text.strip()
    if not LINE_ENDED.search(text) or (text[-1] in COLONS and RECORD.search(text)):
        return False
    return not _stands_over_all(blocks, i)


def _stands_over_all(blocks: Sequence[Block], i: int) -> bool:
    """A question stands above a text; in a talk of short turns it is the first of them."""
    text = blocks[i].text.strip()
    first = i == 0 or (i == 1 and blocks[0].lang != blocks[i].lang)
    return first and bool(QUESTION_ENDED.search(text)) and len(_next(blocks, i)) > 1.5 * len(text)


def _goes_on(blocks: Sequence[Block], i: int) -> bool:
    """Half a line of running text, or of a clause: `(b) users of systems, unless`, before `(i) …`."""
    text = blocks[i].text.strip()
    if text[-1] in COMMAS or not {"=", "＝"}.isdisjoint(text):
        return True
    if blocks[i].lang == "zh" and not {"。", "；"}.isdisjoint(text):
        return True
    clause = number_at(text, {Form.CLAUSE})
    small = clause and text[clause.end :].lstrip()[:1].islower()
    return bool(clause and (small or number_at(_next(blocks, i), {Form.CLAUSE})))


#: What speaks against a heading, each by itself.
AGAINST = (_is_of_a_turn, _begins_as_none, _has_no_size, _is_sentence, _goes_on)


def _next(blocks: Sequence[Block], i: int) -> str:
    """The next text of the same language."""
    return next((b.text for b in blocks[i + 1 :] if b.lang == blocks[i].lang), "")


def _numbered_neighbour(blocks: Sequence[Block], i: int) -> bool:
    """Whether another numbered block of the same language stands near: a list has two items."""
    near = [
        b for b in (*blocks[max(0, i - 4) : i], *blocks[i + 1 : i + 5]) if b.lang == blocks[i].lang
    ]
    return any(is_item(b.text) for b in near[-8:])
