"""Pairs -> what of them the page says of itself: told by its words, and by where and how it stands.

What reads like a page (text/furniture.py) goes at the edges of the text, alone or as a pair. What else is
left out tells as well: a text without a partner beside it needs to read less like a page, and not at all
if it translates it. Nor does a line without a sentence, behind all text of its language. What nearly went
is told.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import takewhile

import numpy as np

from bitext.align.confidence import Judge
from bitext.align.score import Scorer
from bitext.clean.boilerplate import ENDS, HEADS, LINES, WEAK
from bitext.model import LANGS
from bitext.pair.displaced import LEAST
from bitext.pair.records import MOST_LONE, Labels, Pair, Pairing, without
from bitext.segment.records import Block, Label
from bitext.text.furniture import odds
from bitext.text.habits import EDGE
from bitext.text.marks import LINE_ENDED, QUESTION_ENDED, SENTENCE_ENDED, SENTENCE_WITHIN
from bitext.text.scripts import language
from bitext.text.source import Cut, Document
from bitext.text.words import words

REASON = "notice of the page"
ANNOUNCING = words("furniture/announcing")
#: The odds of a text that is the page’s at an edge; that is told elsewhere; that is the page’s beside what is left out.
#: Hand-set, and checked on the lines of tests/cases/clean_lines.toml that are none of the page's.
ENOUGH, NEARLY, BESIDE = 0.75, 0.0, -0.5
#: What is left out as the page's own, and what stands between and is no line.
OF_PAGE = frozenset((REASON, "menu", *(reason for _, reason in (*LINES, *WEAK, *HEADS, *ENDS))))
UNSAID = frozenset(("markup", "separator", "rule", "rule between parts"))
#: No notice is longer.
LONGEST = 240


def without_furniture(
    pairing: Pairing, document: Document, cut: Sequence[Cut] = ()
) -> tuple[Pairing, tuple[Cut, ...]]:
    """The pairing without what the page says of itself at the edges of the text, and what was left out.

    `cut` is what was left out before.
    """
    voices = _voices(pairing.pairs)
    gone = _at_edges(pairing.pairs, voices)
    worth = _translations(pairing, document, cut)
    gone |= {k for k, nats in worth.items() if nats >= LEAST}
    gone |= _beside(pairing.pairs, gone, cut, worth, voices)
    glued = dict(_glued(pairing.pairs))
    if not (gone or glued) or len(gone) == len(pairing.pairs):
        return pairing, ()
    blocks = [b for k in sorted(gone | glued.keys()) for b in pairing.pairs[k].blocks if k in gone or b in glued[k]]  # fmt: skip
    spans = [s for b in blocks for s in (*b.label_spans, *b.passage.spans)]
    rest = tuple(_cut(p, glued.get(k, ())) for k, p in enumerate(pairing.pairs))
    left = without(replace(pairing, pairs=rest), gone)
    labels = tuple(_still_said(pairing.labels, blocks, left.pairs))
    return replace(left, labels=labels), tuple(Cut(span, REASON) for span in spans)


def _still_said(
    labels: Iterable[Labels], gone: Iterable[Block], left: Iterable[Pair]
) -> Iterator[Labels]:
    """The labels without those that stand before nothing any more: a speaker needs something to say."""
    lost = {b.label for b in gone} - {b.label for p in left for b in p.blocks}
    for zh, en in labels:
        row = (None if zh in lost else zh, None if en in lost else en)
        if any(row):
            yield row


def _at_edges(pairs: Sequence[Pair], voices: Set[Label]) -> set[int]:
    """What is the page's before the third thing that is not, from either end."""
    found: set[int] = set()
    for way in (1, -1):
        kept: list[Pair] = []
        for k in range(len(pairs))[::way]:
            item = pairs[k]
            last = way < 0 and not any(p.zh and p.en for p in kept)
            if _is_furniture(item, voices, last=last) or (last and _announces(item)):
                found.add(k)
                continue
            kept.append(item)
            if len(kept) == EDGE:
                break
    return found


def _is_furniture(item: Pair, voices: Set[Label], *, last: bool) -> bool:
    """Whether a text without partner reads like the page's, or a pair of which both do. Of pairs, what somebody
    says stays, and a heading, unless it is the last of all.
    """
    if item.zh and item.en:
        said = any(b.label or b.kind == "cue" for b in item.blocks)
        if said or (item.zh[0].kind == "heading" and not last):
            return False
    return read_so([_odds(side, voices) for side in (item.zh, item.en) if side])


def read_so(sides: Sequence[float]) -> bool:
    """Whether texts of these odds are the page's: one that is likely enough, or two that are together."""
    return min(sides) > 0 and sum(sides) >= ENOUGH * len(sides)


def _beside(
    pairs: Sequence[Pair],
    gone: Iterable[int],
    cut: Sequence[Cut],
    worth: Mapping[int, float],
    voices: Set[Label],
) -> set[int]:
    """The texts without a partner that are the page's: beside what is left out those that read a little like it
    or translate it, and behind all text of their language whatever has no sentence.
    """
    places: list[tuple[int, int | None, bool]] = [
        (c.span[0], None, c.reason in OF_PAGE) for c in cut if c.reason not in UNSAID
    ]
    places += [(b.passage.spans[0][0], k, k in gone) for k, p in enumerate(pairs) for b in p.blocks]
    places.sort(key=lambda place: place[0])
    last = {lang: _end_of_text(pairs, lang) for lang in LANGS}
    page = [of_page for _, _, of_page in places]
    found: set[int] = set()
    for way in (1, -1):
        for n in range(len(places))[::way]:
            at, k, _ = places[n]
            if k is None or page[n] or len(pairs[k].blocks) > 1:
                continue
            block = pairs[k].blocks[0]
            near = 0 <= n - way < len(places) and page[n - way]
            over = way > 0 and at > last[block.lang] and not _is_text(block)
            own = _odds((block,), voices)
            alone = over and (block.kind == "para" or own >= ENOUGH)
            if alone or (near and (over or own >= BESIDE or worth.get(k, 0.0) > 0)):
                page[n] = True
                found.add(k)
    return found


def _end_of_text(pairs: Sequence[Pair], lang: str) -> float:
    """Where the last text of a language stands that is paired or has a sentence; nowhere, if most texts have none."""
    own = [(b, bool(p.zh and p.en)) for p in pairs for b in p.side(lang)]
    sentences = [_has_sentence(b.text) for b, is_paired in own if is_paired]
    if 2 * sum(sentences) <= len(sentences):
        return math.inf
    return max(b.passage.spans[0][0] for b, is_paired in own if is_paired or _is_text(b))


def _glued(pairs: Sequence[Pair]) -> Iterator[tuple[int, Sequence[Block]]]:
    """The last pair, by its place, with the lines in it that stand behind all text of their language: they have no
    partner, but the pair is nearer to them than nothing."""
    last = max((k for k, p in enumerate(pairs) if p.zh and p.en), default=0)
    found: list[Block] = []
    for lang in LANGS if pairs else ():
        side = pairs[last].side(lang)
        rest = list(takewhile(lambda b: b.kind == "para" and not _is_text(b), side[::-1]))
        of_text = (
            len(rest) < len(side) and _end_of_text(pairs, lang) == side[-1].passage.spans[0][0]
        )
        found += rest if of_text else ()
    if found:
        yield last, found


def _cut(item: Pair, blocks: Sequence[Block]) -> Pair:
    zh, en = (tuple(b for b in item.side(lang) if b not in blocks) for lang in LANGS)
    return replace(item, zh=zh, en=en)


def _is_text(block: Block) -> bool:
    """Whether somebody says a block, or it is no line; a single character is torn off a text."""
    torn = len(block.text) == 1 and not block.text.isdigit()
    line = len(block.text) <= LONGEST and not torn and not _has_sentence(block.text)
    return bool(block.label) or not line


def _has_sentence(text: str) -> bool:
    """Whether a sentence ends in a text, or at its end."""
    return bool(SENTENCE_WITHIN.search(text) or LINE_ENDED.search(text))


def _translations(pairing: Pairing, document: Document, cut: Sequence[Cut]) -> dict[int, float]:
    """What the words of each text without a partner say, in nats, that it translates what is left out as the
    page's: its notices go in both languages. The more there is to choose from, the less.
    """
    lone = [k for k, p in enumerate(pairing.pairs) if not (p.zh and p.en)]
    said = [document.slice(c.span) for c in cut if c.reason in OF_PAGE]
    found: dict[int, float] = {}
    for lang, other in (("zh", "en"), ("en", "zh")) if len(lone) <= MOST_LONE else ():
        own = [k for k in lone if pairing.pairs[k].side(lang)]
        theirs = [text for text in said if len(text) <= LONGEST and language(text) == other]
        if not own or not theirs:
            continue
        texts = ["\n".join(b.text for b in pairing.pairs[k].blocks)[:LONGEST] for k in own]
        sides = (texts, theirs) if lang == "zh" else (theirs, texts)
        judge = Judge(Scorer(*sides))
        i, j = (n.ravel() for n in np.indices(tuple(map(len, sides))))
        worth = judge.words(np.stack([i, i + 1], axis=1), np.stack([j, j + 1], axis=1))[0]
        best = worth.reshape(*map(len, sides)).max(axis=1 if lang == "zh" else 0)
        found |= zip(own, (best - math.log(worth.size)).tolist(), strict=True)
    return found


def _announces(item: Pair) -> bool:
    """Whether a text without partner gives another page's title: `Up next: How to repair a telescope`."""
    before, colon, title = _said(item.blocks[0]).replace("：", ":").partition(":")
    said = SENTENCE_ENDED.search(title) and not QUESTION_ENDED.search(title)
    short = len(item.blocks) == 1 and len(title) <= LONGEST and not said
    return short and bool(colon) and before.strip().lower() in ANNOUNCING


def _voices(pairs: Sequence[Pair]) -> frozenset[Label]:
    """The labels of those who speak more than once: what they say is text, whatever they say."""
    labels = Counter(b.label for p in pairs for b in p.blocks if b.label)
    return frozenset(label for label, n in labels.items() if n > 1)


def _odds(blocks: Sequence[Block], voices: Set[Label]) -> float:
    """The log-odds that blocks are the page's; what somebody says and what is longer than a notice is none."""
    text = "\n".join(map(_said, blocks))
    said = len(text) > LONGEST or any(b.label in voices for b in blocks)
    return -math.inf if said else odds(text)


def _said(block: Block) -> str:
    """The block's text behind its label: a credit's label is a word too."""
    names = block.label.names if block.label else ()
    return ": ".join((*names, block.text))


def nearly(texts: Sequence[str]) -> bool:
    """Whether a unit reads so much like a page that a reader of it should look: a text without a partner, or
    what it says before a colon; or two of which both do.
    """
    found = [odds(text) if len(text) <= LONGEST else -math.inf for text in texts]
    if len(found) > 1:
        return read_so(found)
    before, colon, _ = texts[0].partition(":")
    return max(found[0], odds(before) if colon else -math.inf) >= NEARLY
