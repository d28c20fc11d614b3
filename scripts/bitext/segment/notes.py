"""Blocks -> the text, and what stands beside it: explainers, vocabulary, footnotes.

A note between a paragraph and its translation must not part the two, so notes are lifted out before
anything is paired, whole and with their lines, and attached to what they follow.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from statistics import median

from bitext.read.emphasis import emphasis
from bitext.segment.records import Block, Lifted
from bitext.text.language import WORD
from bitext.text.marks import SEMICOLONS, SENTENCE_ENDED, STOPS
from bitext.text.scripts import HAN, HAN_CASED, HAN_CLASS
from bitext.text.source import Line
from bitext.text.words import any_of, words

_POS = any_of("notes/parts_of_speech")
_VOCABULARY = f"{any_of('notes/vocabulary_before')}?\\s?{any_of('notes/vocabulary')}"
#: `*disconcerting(adj.)令人不安的`: a word, what part of speech it is, and its translation. Behind a heading
#: on the same line the part of speech may be missing: `【词汇】debt 债务　fault 缺点`.
VOCABULARY = re.compile(
    rf"\s*(?:(?P<head>[【\[（(*]*\s*(?i:{_VOCABULARY})\s*[】\])）:：*]+)|[*＊•·▪\-–—\d.、)）]*)"
    rf"\s*[A-Za-z][A-Za-z'’\- /]{{1,50}}?\s*(?:/[^/\n]{{1,40}}/|\[[^\]\n]{{1,40}}\])?"
    rf"\s*(?:[(（\[]\s*{_POS}s?\.?(?:\s*[&/,]\s*{_POS}\.?)*\s*[)）\]]|\b{_POS}\.|(?(head)|(?!)))\s*[:：=]?\s*[^A-Za-z\n]*[{HAN_CLASS}]"
)
#: Its word, where the colon shows that it opens a note.
_SHORT = any_of("notes/short_openings")
#: How a note begins. The colon or the bracket is needed where the word alone could begin a sentence.
NOTE = re.compile(
    rf"\s*(?:(?P<label>[【\[（(]?\s*{_SHORT}\s*\d{{0,2}}\s*[】\])）]?\s*[:：])"
    rf"|[*＊※†‡](?![*＊])\s*(?={HAN_CASED}|[A-Za-z“《(（])|[【\[（(]?\s*(?:{any_of('notes/openings')})\s*\d{{0,2}}\s*(?:[】\])）:：|｜—–-]|$))",
    re.I,
)
#: `* One thing. * Another thing.`: a list whose line ends were lost is no note behind a star.
FLAT_LIST = re.compile(rf"\s*[*＊][^*＊]*[{STOPS}{SEMICOLONS}]\s*[*＊]\s*[^\s*＊]")
#: `注意：…`, `Please note: …`: a sentence of the text.
HEED = frozenset(entry.lower() for entry in words("notes/heed"))
#: `*in conclusion 总之`: a word and its translation behind a mark, without what part of speech it is.
STARRED = re.compile(
    rf"\s*[*＊•·▪]\s*[A-Za-z][A-Za-z'’\- /]{{1,50}}?\s*[:：=]?\s*[{HAN_CLASS}][^A-Za-z。！？]{{0,40}}\Z"
)
VOCAB_HEAD = re.compile(
    rf"\s*[【\[（(#*]*\s*{_VOCABULARY}{any_of('notes/vocabulary_behind')}?(?:\s*[/|｜·—-]?\s*{_VOCABULARY})?\s*[】\])）:：]*\s*\Z",
    re.I,
)


def is_vocabulary(text: str) -> bool:
    """Whether a line explains a word of the text in the other language.

    >>> is_vocabulary("*disconcerting(adj.)令人不安的、令人困惑的"), is_vocabulary("We met in May. 大家好。")
    (True, False)
    """
    match = VOCABULARY.match(text)
    return match is not None and len(text) <= (400 if match["head"] else 160)


def lift(blocks: Sequence[Block]) -> tuple[list[Block], list[Lifted]]:
    """The text's own blocks, and what was lifted out from between them."""
    body: list[Block] = []
    lifted: list[Lifted] = []
    runs = [len([*group]) for _, group in groupby(blocks, key=lambda b: b.lang)]
    usual = median(runs or [1])
    alternating = len(runs) >= 4 and usual <= 6
    plain = _told_in_the_text(blocks)
    i = 0
    while i < len(blocks):
        kind, end = _kind_and_end(blocks, i, alternating, plain)
        if kind:
            lifted.append(Lifted(kind, tuple(blocks[i:end])))
        else:
            body.append(blocks[i])
        i = max(end, i + 1)
    return body, lifted


def _told_in_the_text(blocks: Sequence[Block]) -> frozenset[str]:
    """Languages whose `Note: …` is a sentence of the text, as the other's `注意：…` is beside it.

    What one language reads as text the other cannot read as a note: the pair would be lost. Where
    both have a note's own label, both are notes.
    """
    notes = Counter(b.lang for b in blocks if _is_labelled(b.text))
    heeds = Counter(b.lang for b in blocks if _tells_to_heed(b.text))
    sides = (("en", "zh"), ("zh", "en"))
    return frozenset(
        own for own, other in sides if notes[own] <= 2 * heeds[other] and not notes[other]
    )


def _is_labelled(text: str) -> bool:
    """`Note: …`, `注：…`: a note, unless the other language tells its readers to take note in the text."""
    match = NOTE.match(text)
    return match is not None and match["label"] is not None


def _tells_to_heed(text: str) -> bool:
    head, colon, _ = text.replace("：", ":").partition(":")
    return bool(colon) and head.strip().lower() in HEED


def _kind_and_end(
    blocks: Sequence[Block], i: int, alternating: bool, plain: frozenset[str]
) -> tuple[str, int]:
    """What kind of lifted thing begins at block i, if any, and where it ends."""
    block = blocks[i]
    if block.kind in ("footnote", "code"):
        return block.kind, i + 1
    if block.label is not None or block.group >= 0:
        return "", i
    if block.kind == "vocab" or (VOCAB_HEAD.match(block.text) and _words_follow(blocks, i + 1)):
        return "vocab", _end_of_vocabulary(blocks, i)
    told = block.lang in plain and _is_labelled(block.text)
    if NOTE.match(block.text) and not told and not _star_is_text(block.text):
        return "note", _end_of_note(blocks, i, alternating)
    return "", i


def _star_is_text(text: str) -> bool:
    """Whether the star at a text's head has another that closes it, or begins a flattened list."""
    at = len(text) - len(text.lstrip())
    marks = emphasis(text, [Line(at, len(text), 1)])
    return bool(FLAT_LIST.match(text)) or any(a == at for _, (a, _) in marks)


def _words_follow(blocks: Sequence[Block], i: int) -> bool:
    return i < len(blocks) and (blocks[i].kind == "vocab" or _is_entry(blocks[i]))


def _is_entry(block: Block) -> bool:
    """Whether under a heading `Vocabulary` this is an entry: both languages, short, no sentence."""
    text = block.text
    return (
        block.kind != "heading" and len(text) <= 120 and bool(HAN.search(text)) and bool(WORD.search(text))
        and not SENTENCE_ENDED.search(text) and block.label is None
    )  # fmt: skip


def _end_of_vocabulary(blocks: Sequence[Block], i: int) -> int:
    j = i + 1
    while j < len(blocks) and (
        blocks[j].kind == "vocab"
        or (blocks[i].kind != "vocab" and _is_entry(blocks[j]))
        or (not blocks[j].gap and STARRED.match(blocks[j].text))
    ):
        j += 1
    return j


def _end_of_note(blocks: Sequence[Block], i: int, alternating: bool) -> int:
    """Where the note that begins at block i ends: with the first block that is clearly the text."""
    block = blocks[i]
    if STARRED.match(block.text):
        # A word and its translation: what stands behind a blank line is the text's own again.
        j = i + 1
        while j < len(blocks) and not blocks[j].gap and STARRED.match(blocks[j].text):
            j += 1
        return j
    whole = bool(SENTENCE_ENDED.search(block.text)) and len(block.text) > 30
    limit = i + 1
    while limit < len(blocks) and blocks[limit].lang == block.lang and _may_belong(blocks[limit]):
        limit += 1
    if whole:
        j = i + 1
        while j < limit and _is_item(blocks[j]):
            j += 1
        return j
    if alternating and limit < len(blocks) and limit - i <= 40 and blocks[limit].lang != block.lang:
        # The text's own next paragraph stands at the end of the run only if nothing else would
        # be left to pair with the translation that follows; it was seen before the note began.
        seen = i > 0 and blocks[i - 1].lang == block.lang
        return limit if seen else max(i + 1, min(_tail(blocks, i, limit), limit - 1))
    j = i + 1
    said = _says_something(block)
    while j < limit and _is_note_like(blocks[j]):
        if said and blocks[j].gap and not _is_item(blocks[j]):
            break  # it began as a note of one block: a blank line ends it
        j += 1
    return j


def _says_something(block: Block) -> bool:
    """Whether the note's first block is more than its heading."""
    opening = NOTE.match(block.text)
    rest = block.text[opening.end() :] if opening else block.text
    return len(rest.strip(" 】])）:：*")) >= 6


def is_open(lifted: Lifted) -> bool:
    """Whether the note began with a heading, so that more may belong to it than was lifted."""
    first = lifted.blocks[0].text
    return lifted.kind == "note" and not (SENTENCE_ENDED.search(first) and len(first) > 30)


def rest_of(lifted: Lifted, following: Sequence[Block]) -> int:
    """How many of the blocks that follow a note, none of which has a partner, belong to it.

    All up to the last that looks like a note's; behind a heading alone, one in any case. A note that
    began as one block, with more than its heading, goes past a blank line only with its items.
    """
    if _says_something(lifted.blocks[0]):
        ends = (k for k, b in enumerate(following) if b.gap and not _is_item(b))
        following = following[: next(ends, len(following))]
    last = max((k for k, b in enumerate(following, 1) if _is_note_like(b)), default=0)
    return last or min(len(following), int(len(lifted.blocks) == 1))


def _may_belong(block: Block) -> bool:
    return (
        block.label is None and block.group < 0 and block.kind not in ("footnote", "code", "vocab")
    )


def _is_item(block: Block) -> bool:
    """Whether this can be an item of a note that began with a sentence: no heading of the text."""
    return block.kind == "list" and not VOCAB_HEAD.match(block.text)


def _is_note_like(block: Block) -> bool:
    if block.kind in ("list", "quote"):
        return True
    return len(block.text) <= 40 and not SENTENCE_ENDED.search(block.text)


def _tail(blocks: Sequence[Block], i: int, limit: int) -> int:
    """The last block of the run that is still note-like, plus one."""
    j = limit
    while j > i + 1 and not _is_note_like(blocks[j - 1]):
        j -= 1
    return j if j > i + 1 else limit - 1
