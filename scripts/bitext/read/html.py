"""A saved web page -> Document: its visible text, a line a block; what is not the article left out.

The page is walked block by block. Where the article is, trafilatura says together with the blocks
themselves (running text has sentences and few links): it alone would now and then take one language
of a page and leave the other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, takewhile

from bitext.read.html_article import judge_blocks, main_text, no_content, root_of, weight_of
from bitext.read.html_head import date_beside, head_of
from bitext.read.html_tables import read_tables
from bitext.read.html_walk import Block, walked
from bitext.read.lines import Builder
from bitext.text.scripts import language
from bitext.text.source import Document


def read_html(text: str, path: str, encoding: str) -> Document:
    """The article's blocks as lines, the rest of the page as cuts; refuses a page without an article."""
    from lxml import etree, html

    source = text.translate(UNREADABLE)
    if source.lstrip().startswith("<?xml") and (end := source.find("?>") + 2) > 1:
        source = "\n" * source.count("\n", 0, end) + source[end:]
    try:
        tree = html.document_fromstring(
            source, parser=html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        raise no_content(path, "nothing in it can be read as a web page") from None
    body = tree.find("body")
    blocks = list(walked(body if body is not None else tree))
    _number(blocks, source)
    judge_blocks(blocks, main_text(source))
    root = root_of(blocks, path)
    return _document(blocks, root, path, encoding, head_of(tree))


#: What no page may hold.
UNREADABLE = dict.fromkeys((*range(9), 11, *range(14, 32), *range(0xD800, 0xE000)))
#: How far behind its element's tag a text is looked for.
FARTHEST = 20_000


def _number(blocks: list[Block], source: str) -> None:
    """Give each line the source line on which it begins, where it stands there as it is.

    The parser knows the line of an element's tag, which may be far above: `<body>` of a page that
    parts its paragraphs with <br>.
    """
    starts = [0, *accumulate(len(line) + 1 for line in source.split("\n"))][:-1]
    at = 0
    for block in blocks:
        number = block.number
        for line in block.lines:
            key = "".join(
                takewhile(lambda c: c not in "&<>" and not c.isspace(), line.lstrip()[:24])
            )
            low = max(at, starts[min(max(number, 1), len(starts)) - 1])
            found = source.find(key, low, low + FARTHEST) if key else -1
            if found >= 0:
                at = found + len(key)
                number = bisect_right(starts, found)
            block.numbers.append(number)


def _document(
    blocks: list[Block], root: tuple[int, ...], path: str, encoding: str, head: dict[str, str]
) -> Document:
    built = Builder()
    rows = Counter(row for row, _ in {(b.row, b.column) for b in blocks if b.row >= 0})
    inside = [b.path[: len(root)] == root for b in blocks]
    first = next((i for i, b in enumerate(blocks) if inside[i] and weight_of(b)), 0)
    last = max((i for i, b in enumerate(blocks) if inside[i] and b.kept), default=len(blocks))
    titles = _title_blocks(blocks, inside, first)
    metadata = dict(head)
    voices = read_tables(blocks)
    group, last_row = 0, -1
    for index, block in enumerate(blocks):
        reason = _left_out(blocks, inside[index], index, titles, first, last)
        tabular = rows[block.row] > 1
        if tabular:
            reason = reason or block.reason
        if reason and index < last and "date" not in metadata and not block.linked:
            near = titles and titles[-1] < index < first
            metadata |= {"date": d} if (d := date_beside(block.text, labelled=not near)) else {}
        if tabular and block.row != last_row:
            group, last_row = group + 1, block.row
        built.blank(block.numbers[0] if block.numbers else block.number)
        kind = "cell" if tabular and block.kind in ("", "heading") else block.kind
        for n, line in enumerate(block.lines):
            marks = tuple((a, b) for i, a, b in block.marks if i == n and a < b)
            if line.strip() or reason:
                built.add(
                    line, block.numbers[n], kind, block.level, block.lang,
                    group if tabular else -1, reason, marks,
                )  # fmt: skip
    if titles or any(ln.kind == "heading" and ln.level == 1 for ln in built.lines):
        metadata = {k: v for k, v in metadata.items() if not k.startswith("title_")}
    cuts = tuple(c for c in built.cuts if built.text[slice(*c.span)].strip())
    lines = tuple(built.lines)
    return Document(path, built.text, lines, "html", encoding, metadata, cuts, voices=voices)


def _title_blocks(blocks: list[Block], inside: list[bool], first: int) -> list[int]:
    """The page's <h1> where it stands above the article rather than in it; and the heading beside it in the other language."""
    heads = [i for i, b in enumerate(blocks) if b.kind == "heading" and b.level == 1]
    if not heads or any(inside[i] for i in heads):
        return []
    before = [i for i in heads if i < first and blocks[i].chrome not in ("<nav>", "<footer>")]
    if not before:
        return []
    own = language(blocks[before[-1]].text)
    beside = (i for i in (before[-1] - 1, before[-1] + 1) if 0 <= i < first)
    twin = (
        i for i in beside
        if blocks[i].kind == "heading" and {own, language(blocks[i].text)} == {"zh", "en"}
    )  # fmt: skip
    return sorted([before[-1], *list(twin)[:1]])


def _is_card(blocks: Sequence[Block], index: int) -> bool:
    """Whether an <aside> in the article is a note of its own, a box that explains: prose, no links."""
    frame = blocks[index].path[: blocks[index].frame]
    box = [b for b in blocks if b.chrome == "<aside>" and b.path[: len(frame)] == frame]
    linked = sum(b.linked for b in box) * 5 > sum(len(b.text) for b in box)
    return any(b.is_prose for b in box) and not linked


def _left_out(
    blocks: Sequence[Block], inside: bool, index: int, titles: Sequence[int], first: int, last: int
) -> str:
    """Why a block is not part of the article; '' where it is."""
    block = blocks[index]
    if index in titles or block.kept:
        return ""
    if not inside:
        from bitext.text.fields import parse_fields

        # The publication line and the lead stand between the title and the text.
        between = titles and titles[-1] < index < first and not block.chrome
        if between and (block.is_prose or parse_fields(block.text)):
            return ""
        return f"outside the article: {block.chrome}" if block.chrome else "outside the article"
    if block.chrome and not (block.chrome == "<aside>" and _is_card(blocks, index)):
        return f"page frame: {block.chrome}"
    if block.linked > 0.8 * len(block.text) and block.kind != "heading" and block.row < 0:
        return "link to another page"
    if first <= index <= last or block.kind == "heading" or block.row >= 0:
        return ""
    from bitext.text.fields import parse_fields

    # At the head and the tail of the article only what is plainly its own: a date, a byline, a source.
    if len(block.text) <= 300 and parse_fields(block.text):
        return ""
    return "page frame: before or after the text" if not block.is_prose else "outside the main text"
