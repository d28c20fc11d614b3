"""Where the article of a web page is: which of its blocks are text, and which the page's own."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence

from bitext.model import Refusal
from bitext.read.html_walk import Block
from bitext.text.marks import SENTENCE_WITHIN
from bitext.text.scripts import HAN, count, folded, language

#: A page with less running text than this has no article.
LEAST = 60


def no_content(path: str, found: str) -> Refusal:
    """The refusal of a page without an article; `found` says what there is instead."""
    todo = "save the page of one article, or copy its text into a .txt file"
    return Refusal("E-NO-CONTENT", path, 1, found, todo)


def main_text(source: str) -> list[str] | None:
    """The lines of the main text by trafilatura, folded; None where it finds none."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    if len(source) > 8_000_000:
        return None
    try:
        import trafilatura

        found = trafilatura.extract(source, favor_recall=True, include_comments=False)
    except Exception:  # a page may upset the library in any way; the blocks speak for themselves
        return None
    return [folded(line.lstrip("-•|# ")) for line in found.splitlines()] if found else None


def judge_blocks(blocks: list[Block], main: list[str] | None) -> None:
    """Mark the blocks that trafilatura has, and those that count though it has not."""
    whole, lines = "".join(main or ()), set(main or ())
    for block in blocks:
        text = folded(block.text)
        # A short text may stand in the main text by chance: it must be a line there.
        block.matched = bool(text) and (text in lines or (len(text) >= 16 and text in whole))
    rows = {(b.table, b.row) for b in blocks if b.matched and b.row >= 0}
    for block in blocks:
        block.matched |= (block.table, block.row) in rows and folded(block.text) in whole
    _forgive(blocks)
    matched: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for block in blocks:
        block.kept = block.matched
        if block.matched or (block.is_prose and not block.chrome):
            (matched if block.matched else other)[language(block.text)] += len(block.text)
    # Where it has lost a language, or found nothing, that language's running text speaks for itself.
    for block in blocks:
        lang = language(block.text)
        said = block.is_prose and not block.matched and not block.chrome
        block.kept |= said and other[lang] > 0.5 * matched[lang]
    _spread(blocks)


def _spread(blocks: Sequence[Block]) -> None:
    """Keep sentences directly beside kept ones and made like them: the text's first and last."""
    forms = {b.form for b in blocks if b.kept and b.is_prose}
    for order in (blocks, reversed(blocks)):
        beside = False
        for block in order:
            if beside and not block.chrome and block.form in forms and not block.kept:
                block.kept = bool(SENTENCE_WITHIN.search(block.text)) and not block.linked
            beside = block.kept


def _forgive(blocks: list[Block]) -> None:
    """A frame that holds much of the main text is none: `<div class="content with-sidebar">`."""
    main = [b for b in blocks if b.matched] or [b for b in blocks if b.is_prose]
    total = sum(len(b.text) for b in main)
    inside: Counter[tuple[int, ...]] = Counter()
    for block in main:
        if block.chrome:
            inside[block.path[: block.frame]] += len(block.text)
    for block in blocks:
        if block.chrome and inside[block.path[: block.frame]] > 0.3 * total:
            block.chrome = ""


def weight_of(block: Block) -> int:
    """How much a block says for the article being where it is."""
    return len(block.text) if block.kept and (block.is_prose or block.matched) else 0


def root_of(blocks: list[Block], path: str) -> tuple[int, ...]:
    """The path of the lowest element that holds nearly all of the running text."""
    weights = [(b, w) for b in blocks if (w := weight_of(b))]
    total = sum(w for _, w in weights)
    said = [b.text for b, _ in weights if b.linked <= 0.5 * len(b.text)]
    if sum(map(len, said)) < LEAST and sum(count(HAN, text) for text in said) < LEAST // 3:
        links = sum(b.linked for b in blocks)
        size = sum(len(b.text) for b in blocks)
        found = "no article in this page" + (
            ": it is a list of links" if links > 0.5 * size > 0 else ""
        )
        raise no_content(path, found)
    root: tuple[int, ...] = (0,)
    while True:
        inside: Counter[int] = Counter()
        for block, weight in weights:
            if len(block.path) > len(root) and block.path[: len(root)] == root:
                inside[block.path[len(root)]] += weight
        best = max(inside, key=inside.__getitem__, default=None)
        if best is None or inside[best] < 0.93 * total:
            return root
        root = (*root, best)
        if all(b.path == root for b, _ in weights):
            return root[:-1] or root
