"""A saved web page -> Document: its visible text, a line a block; what is not the article left out.

The page is walked block by block. Where the article is, trafilatura says together with the blocks
themselves (running text has sentences and few links): it alone would now and then take one language
of a page and leave the other.
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from bitext.model import Refusal
from bitext.read.columns import (
    Columns,
    is_header,
    is_reference,
    labels_of,
    names_of,
    speaker_columns,
)
from bitext.read.lines import Builder
from bitext.read.listing import holds_text
from bitext.text.marks import SENTENCE_WITHIN
from bitext.text.matches import sure
from bitext.text.scripts import HAN, HAN_CLASS, WORD, count, folded, language
from bitext.text.source import Document, Span
from bitext.text.words import any_of, words

INVISIBLE = words("page/invisible_tags")
BLOCKS = words("page/block_tags")
CHROME_TAGS = frozenset("nav footer aside form button dialog menu search label".split())
CHROME_ROLES = frozenset(
    "navigation banner contentinfo complementary search dialog alert menu menubar toolbar tablist".split()
)
CHROME_NAME = re.compile(f"(?:^|[-_ ]){any_of('page/chrome_names')}(?:$|[-_ ])", re.IGNORECASE)
ZH_NAME = re.compile(
    "(?:^|[-_ ])(?:zh|cn|chinese|zhongwen|zh[-_]?(?:cn|hans|hant|tw|hk)|chs|cht|mandarin)(?:$|[-_ ])",
    re.I,
)
EN_NAME = re.compile("(?:^|[-_ ])(?:en|eng|english|yingwen|en[-_]?(?:us|gb))(?:$|[-_ ])", re.I)
BLANKS = re.compile("[ \t\r\n\f]+")
HAN_WRAP = re.compile(
    f"(?<=[{HAN_CLASS}，。、；：！？”’）》」])[ \t]*[\r\n][ \t\r\n]*(?=[{HAN_CLASS}“‘（《「])"
)
#: A page with less running text than this has no article.
LEAST = 60


@dataclass(slots=True)
class Block:
    """A paragraph-like stretch of the page, in document order; `lines` are parted by <br>."""

    path: tuple[int, ...]  # places of its ancestors, from the body down; names the subtree it is in
    number: int
    kind: str = ""
    level: int = 0
    lang: str = ""
    chrome: str = ""  # the element that makes it part of the page's frame
    frame: int = 0  # how deep in `path` that element is
    table: int = -1
    row: int = -1
    column: int = -1
    lines: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)  # the source line of each
    marks: list[tuple[int, int, int]] = field(default_factory=list)  # (line, start, end) of markup
    linked: int = 0  # characters inside links
    header: bool = False  # made of <th>
    matched: bool = False  # trafilatura has it in its main text
    kept: bool = False  # it counts for where the article is
    form: str = ""  # the elements that make it a paragraph: `div.text p`

    @property
    def text(self) -> str:
        return " ".join(self.lines)

    @property
    def is_prose(self) -> bool:
        """Whether this is running text: sentences, of some length, few of its words links."""
        text = self.text
        enough = count(HAN, text) >= 14 or len(WORD.findall(text)) >= 8
        return (
            enough and SENTENCE_WITHIN.search(text) is not None and self.linked <= 0.5 * len(text)
        )


@dataclass(slots=True)
class Frame:
    """What an open element says about the blocks inside it."""

    kind: str = ""
    level: int = 0
    lang: str = ""
    chrome: str = ""
    frame: int = 0
    depth: int = 0  # of lists
    table: int = -1
    row: int = -1
    column: int = -1
    pre: bool = False
    in_link: bool = False
    header: bool = False
    form: str = ""


def read_html(text: str, path: str, encoding: str) -> Document:
    """The article's blocks as lines, the rest of the page as cuts; refuses a page without an article."""
    from lxml import etree, html

    source = re.sub("[\x00-\x08\x0b\x0e-\x1f]|[\ud800-\udfff]", "", text)
    source = re.sub("^\\s*<\\?xml[^>]{0,200}\\?>", lambda m: "\n" * m[0].count("\n"), source)
    try:
        tree = html.document_fromstring(
            source, parser=html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        raise _no_content(path, "nothing in it can be read as a web page") from None
    body = tree.find("body")
    blocks = list(_blocks(body if body is not None else tree))
    _number(blocks, source)
    _judge(blocks, _main_text(source))
    root = _root(blocks, path)
    return _document(blocks, root, path, encoding, _head(tree))


#: How far behind its element's tag a text is looked for.
FARTHEST = 20_000


def _number(blocks: list[Block], source: str) -> None:
    """Give each line the source line on which it begins, where it stands there as it is.

    The parser knows the line of an element's tag, which may be far above: `<body>` of a page that
    parts its paragraphs with <br>.
    """
    starts = [0, *(m.end() for m in re.finditer("\n", source))]
    at = 0
    for block in blocks:
        number = block.number
        for line in block.lines:
            key = sure(re.match("\\s*([^\\s&<>]{0,24})", line))[1]
            low = max(at, starts[min(max(number, 1), len(starts)) - 1])
            found = source.find(key, low, low + FARTHEST) if key else -1
            if found >= 0:
                at = found + len(key)
                number = bisect_right(starts, found)
            block.numbers.append(number)


def _no_content(path: str, found: str) -> Refusal:
    return Refusal(
        "E-NO-CONTENT",
        path,
        1,
        found,
        "save the page of one article, or copy its text into a .txt file",
    )


# --- the walk -----------------------------------------------------------------------------------


def _blocks(body) -> Iterator[Block]:
    """The blocks of the page in order. No recursion: a hostile page nests a hundred thousand deep."""
    walk = _Walk()
    top: tuple[int, ...] = (0,)
    stack = [(body, iter(body), walk.open(body, Frame(), top), top)]
    walk.text(body.text, stack[-1][2], top, body)
    while stack:
        element, children, frame, path = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            walk.close(element)
            if stack:
                walk.text(element.tail, stack[-1][2], stack[-1][3], stack[-1][0])
        elif not isinstance(child.tag, str) or child.tag in INVISIBLE:
            walk.text(child.tail, frame, path, element)
        else:
            walk.counter += 1
            # Past a certain depth the path no longer tells an article from its frame.
            inner = (*path, walk.counter) if len(path) < 60 else path
            opened = walk.open(child, frame, inner)
            walk.text(child.text, opened, inner, child)
            stack.append((child, iter(child), opened, inner))
    walk.flush()
    yield from walk.blocks


class _Walk:
    """Collects text nodes into blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.current: Block | None = None
        self.counter = self.tables = self.rows = 0
        self.columns: list[int] = []

    def open(self, element, outer: Frame, path: tuple[int, ...]) -> Frame:
        """The frame inside an element; a block element ends the paragraph before it."""
        tag = element.tag
        frame = replace(outer)
        attributes = element.attrib
        if tag in BLOCKS:
            self.flush()
            above = frame.form.rpartition(" ")[2]
            frame.form = f"{above} {tag}.{'.'.join(attributes.get('class', '').split())}"
        if tag == "br":
            self.line_end()
            return frame
        names = f"{attributes.get('class', '')} {attributes.get('id', '')}"[:300]
        if tag not in ("html", "body"):
            frame.lang = (
                _lang(
                    attributes.get("lang")
                    or attributes.get("xml:lang")
                    or attributes.get("{http://www.w3.org/XML/1998/namespace}lang")
                    or "",
                    names,
                )
                or frame.lang
            )
            if not frame.chrome:
                frame.chrome = _chrome(tag, attributes.get("role", ""), names)
                if frame.chrome:
                    frame.frame = len(path)
        if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            frame.kind, frame.level = "heading", int(tag[1])
        elif tag in ("ul", "ol", "dl"):
            frame.depth += 1
        elif tag == "li":
            frame.kind, frame.level = "list", max(1, frame.depth)
        elif tag == "blockquote":
            frame.kind = "quote"
        elif tag == "pre":
            frame.kind, frame.pre = "code", True
        elif tag == "a":
            frame.in_link = bool(attributes.get("href"))
        elif tag == "table":
            self.tables += 1
            frame.table = self.tables
        elif tag == "tr":
            self.rows += 1
            frame.row, frame.column = self.rows, -1
            self.columns.append(-1)
        elif tag in ("td", "th") and self.columns:
            self.columns[-1] += 1
            frame.column, frame.header = self.columns[-1], tag == "th"
        elif tag == "sup" and any(isinstance(c.tag, str) and c.tag == "a" for c in element):
            frame.header = frame.header  # its mark is taken by text(), below
        return frame

    def close(self, element) -> None:
        if element.tag in BLOCKS:
            self.flush()
        if element.tag == "tr" and self.columns:
            self.columns.pop()

    def text(self, said: str | None, frame: Frame, path: tuple[int, ...], element) -> None:
        """A text node: added to the block that is open, or opening one."""
        if not said:
            return
        parts = said.split("\n") if frame.pre else [BLANKS.sub(" ", HAN_WRAP.sub("", said))]
        if self.current is None:
            if not said.strip():
                return
            self.current = Block(
                path, element.sourceline or 0, frame.kind, frame.level, frame.lang, frame.chrome, frame.frame,
                frame.table, frame.row, frame.column, [""], header=frame.header, form=frame.form,
            )  # fmt: skip
        elif not self.current.lang and frame.lang and not self.current.text.strip():
            self.current.lang = frame.lang
        elif self.current.lang != frame.lang and said.strip() and self.current.text.strip():
            self.split(self.current)
        block = self.current
        for index, part in enumerate(parts):
            if index:
                block.lines.append("")
            at = len(block.lines[-1])
            if (not frame.pre and block.lines[-1].endswith((" ", "\n"))) or (
                not frame.pre and not block.lines[-1]
            ):
                part = part.lstrip(" ")
            block.lines[-1] += part
            if frame.in_link:
                block.linked += len(part)
                if element.getparent() is not None and "sup" in (
                    element.tag,
                    element.getparent().tag,
                ):
                    block.marks.append((len(block.lines) - 1, at, at + len(part)))

    def split(self, block: Block) -> None:
        """Spans of two languages in one paragraph: each is a line of its own language."""
        if block.lines[-1].strip():
            block.lines.append("")
        # Two hints in one block: the lines' own letters tell them apart.
        block.lang = ""

    def line_end(self) -> None:
        if self.current is None:
            return
        if not self.current.lines[-1].strip() and len(self.current.lines) > 1:
            self.flush()  # <br><br> parts paragraphs
        else:
            self.current.lines.append("")

    def flush(self) -> None:
        block, self.current = self.current, None
        if block is None:
            return
        if block.kind == "code" and holds_text(block.lines):
            for paragraph in _paragraphs(block):
                self.add(paragraph)
            return
        self.add(block)

    def add(self, block: Block) -> None:
        if block.kind != "code":
            kept = [(i, ln) for i, ln in enumerate(block.lines) if ln.strip()]
            place = {i: n for n, (i, _) in enumerate(kept)}
            block.marks = [(place[i], a, b) for i, a, b in block.marks if i in place]
            block.lines = [ln.rstrip(" ") for _, ln in kept]
        if block.text.strip():
            if block.lang and not _may_be(block.lang, block.text):
                block.lang = ""
            self.blocks.append(block)


def _paragraphs(block: Block) -> Iterator[Block]:
    """The paragraphs of preformatted text, which blank lines part."""
    for full, group in groupby(enumerate(block.lines), key=lambda pair: bool(pair[1].strip())):
        if full:
            places = [n for n, _ in group]
            first, last = places[0], places[-1]
            marks = [(n - first, a, b) for n, a, b in block.marks if first <= n <= last]
            lines = block.lines[first : last + 1]
            yield replace(block, kind="", lines=lines, numbers=[], marks=marks)


def _may_be(lang: str, text: str) -> bool:
    """Whether a text can be in the language that its mark-up says.

    A Chinese line may be all names but for a word; a site that marks its menus wrongly has none.
    """
    seen = language(text)
    return not seen or seen == lang or (lang == "zh" and bool(HAN.search(text)))


def _lang(code: str, names: str) -> str:
    code = code.lower()
    if code:
        return (
            "zh" if code.startswith(("zh", "cmn", "yue")) else "en" if code.startswith("en") else ""
        )
    zh, en = ZH_NAME.search(names), EN_NAME.search(names)
    return "zh" if zh and not en else "en" if en and not zh else ""


def _chrome(tag: str, role: str, names: str) -> str:
    """What makes an element part of the page's frame, in words; '' where nothing does."""
    if tag in CHROME_TAGS:
        return f"<{tag}>"
    if role in CHROME_ROLES:
        return f"role {role}"
    match = CHROME_NAME.search(names)
    return f"“{match.group().strip('-_ ')}”" if match else ""


# --- where the article is -----------------------------------------------------------------------


def _main_text(source: str) -> list[str] | None:
    """The lines of the main text by trafilatura, folded; None where it finds none."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    if len(source) > 8_000_000:
        return None
    try:
        import trafilatura

        found = trafilatura.extract(
            source,
            favor_recall=True,
            include_comments=False,
            include_tables=True,
            deduplicate=False,
        )
    except Exception:  # a page may upset the library in any way; the blocks speak for themselves
        return None
    return [folded(line.lstrip("-•|# ")) for line in found.splitlines()] if found else None


def _judge(blocks: list[Block], main: list[str] | None) -> None:
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
        if (
            not block.matched
            and block.is_prose
            and not block.chrome
            and other[lang] > 0.5 * matched[lang]
        ):
            block.kept = True
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
    total = sum(len(b.text) for b in blocks if b.matched) or sum(
        len(b.text) for b in blocks if b.is_prose
    )
    inside: Counter[tuple[int, ...]] = Counter()
    any_matched = any(b.matched for b in blocks)
    for block in blocks:
        if block.chrome and (block.matched or (block.is_prose and not any_matched)):
            inside[block.path[: block.frame]] += len(block.text)
    for block in blocks:
        if block.chrome and inside[block.path[: block.frame]] > 0.3 * total:
            block.chrome = ""


def _weight(block: Block) -> int:
    """How much a block says for the article being where it is."""
    return len(block.text) if block.kept and (block.is_prose or block.matched) else 0


def _root(blocks: list[Block], path: str) -> tuple[int, ...]:
    """The path of the lowest element that holds nearly all of the running text."""
    weights = [(b, w) for b in blocks if (w := _weight(b))]
    total = sum(w for _, w in weights)
    said = [b.text for b, _ in weights if b.linked <= 0.5 * len(b.text)]
    if sum(map(len, said)) < LEAST and sum(count(HAN, text) for text in said) < LEAST // 3:
        links = sum(b.linked for b in blocks)
        size = sum(len(b.text) for b in blocks)
        found = "no article in this page" + (
            ": it is a list of links" if links > 0.5 * size > 0 else ""
        )
        raise _no_content(path, found)
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


# --- the document -------------------------------------------------------------------------------


def _document(
    blocks: list[Block], root: tuple[int, ...], path: str, encoding: str, head: dict[str, str]
) -> Document:
    built = Builder()
    columns, idle = _columns(blocks)
    rows = Counter(b.row for b in {(b.row, b.column): b for b in blocks if b.row >= 0}.values())
    inside = [b.path[: len(root)] == root for b in blocks]
    first = next((i for i, b in enumerate(blocks) if inside[i] and _weight(b)), 0)
    last = max((i for i, b in enumerate(blocks) if inside[i] and b.kept), default=len(blocks))
    title = _title_block(blocks, inside, first)
    heads = _table_heads(blocks)
    metadata = dict(head)
    voices = frozenset(_label_rows(blocks, columns))
    group = 0
    last_row = -1
    for index, block in enumerate(blocks):
        reason = _left_out(blocks, inside[index], index, title, first, last)
        tabular = block.row >= 0 and rows[block.row] > 1
        if tabular and not reason and block.row in heads:
            reason = "table header"
        if (
            tabular
            and not reason
            and (block.table, block.column) in columns
            and (
                (block.table, block.column) in idle
                or (not columns[block.table, block.column] and is_reference(block.text))
            )
        ):
            reason = "column without text"
        if reason and index < last and "date" not in metadata and not block.linked:
            metadata |= {"date": d} if (d := _date_beside(block.text)) else {}
        if tabular and block.row != last_row:
            group, last_row = group + 1, block.row
        built.blank(block.numbers[0] if block.numbers else block.number)
        for n, line in enumerate(block.lines):
            marks: tuple[Span, ...] = tuple((a, b) for i, a, b in block.marks if i == n and a < b)
            if not line.strip() and not reason:
                continue
            built.add(
                line, block.numbers[n], "cell" if tabular and block.kind in ("", "heading") else block.kind, block.level,
                block.lang or (columns.get((block.table, block.column), "") if tabular else ""),
                group if tabular else -1, reason, marks,
            )  # fmt: skip
    if title is not None or any(ln.kind == "heading" and ln.level == 1 for ln in built.lines):
        metadata = {k: v for k, v in metadata.items() if not k.startswith("title_")}
    return Document(
        path,
        built.text,
        tuple(built.lines),
        "html",
        encoding,
        metadata,
        tuple(c for c in built.cuts if built.text[slice(*c.span)].strip()),
        voices=voices,
    )


def _title_block(blocks: list[Block], inside: list[bool], first: int) -> int | None:
    """The page's <h1> where it stands above the article rather than in it."""
    heads = [i for i, b in enumerate(blocks) if b.kind == "heading" and b.level == 1]
    if not heads or any(inside[i] for i in heads):
        return None
    before = [i for i in heads if i < first and blocks[i].chrome not in ("<nav>", "<footer>")]
    return before[-1] if before else None


def _is_card(blocks: Sequence[Block], index: int) -> bool:
    """Whether an <aside> in the article is a note of its own, a box that explains: prose, no links."""
    frame = blocks[index].path[: blocks[index].frame]
    box = [b for b in blocks if b.chrome == "<aside>" and b.path[: len(frame)] == frame]
    linked = sum(b.linked for b in box) * 5 > sum(len(b.text) for b in box)
    return any(b.is_prose for b in box) and not linked


def _left_out(
    blocks: Sequence[Block], inside: bool, index: int, title: int | None, first: int, last: int
) -> str:
    """Why a block is not part of the article; '' where it is."""
    block = blocks[index]
    if index == title or block.kept:
        return ""
    if not inside:
        from bitext.text.fields import parse_fields

        # The publication line and the lead stand between the title and the text.
        between = title is not None and title < index < first and not block.chrome
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


def _table_heads(blocks: list[Block]) -> frozenset[int]:
    """The rows that name a table's columns: the first of each, or one made of header cells."""
    rows: dict[tuple[int, int], list[Block]] = {}
    for block in blocks:
        if block.table >= 0 and block.row >= 0:
            rows.setdefault((block.table, block.row), []).append(block)
    seen: set[int] = set()
    heads: set[int] = set()
    for (table, row), cells in rows.items():
        first = table not in seen
        seen.add(table)
        made = all(b.header for b in cells)
        if (made or (first and len(cells) >= 2)) and is_header([b.text for b in cells]):
            heads.add(row)
    return frozenset(heads)


def _label_rows(blocks: list[Block], columns: dict[tuple[int, int], str]) -> set[str]:
    """The speakers of tables, each put before what is said in the row: `Name: …`."""
    voices: set[str] = set()
    tables: dict[int, dict[int, dict[int, list[Block]]]] = {}
    for block in blocks:
        if (block.table, block.column) in columns and block.lines:
            row = tables.setdefault(block.table, {}).setdefault(block.row, {})
            row.setdefault(block.column, []).append(block)
    for table, rows in tables.items():
        width = 1 + max(c for t, c in columns if t == table)
        if width < 3:
            continue
        cells = [
            [" ".join(b.text for b in row.get(i, ())) for i in range(width)]
            for row in rows.values()
        ]
        langs = [columns.get((table, i), "") for i in range(width)]
        # A caption may stand across the table, above the row that names the columns.
        named = next((n + 1 for n, row in enumerate(cells[:2]) if is_header(row)), 0)
        speakers = speaker_columns(cells[0], cells[1:], langs)
        if not speakers:
            continue
        for row, said in list(zip(rows.values(), cells, strict=True))[named:]:
            texts = [lang if i not in speakers and said[i] else "" for i, lang in enumerate(langs)]
            names = names_of([said[i] for i in sorted(speakers)])
            labels, left = labels_of(names, texts)
            if left:
                continue
            voices.update(labels.values())
            for i, name in labels.items():
                block, lead = row[i][0], f"{name}: "
                block.lines[0] = lead + block.lines[0]
                block.marks = [
                    (n, a + len(lead), b + len(lead)) if n == 0 else (n, a, b)
                    for n, a, b in block.marks
                ]
            if labels:
                for block in (b for i in speakers for b in row.get(i, ())):
                    block.lines, block.marks = [], []
    return voices


def _columns(blocks: list[Block]) -> tuple[dict[tuple[int, int], str], set[tuple[int, int]]]:
    """Of each table in both languages the language of each column, and the columns without text."""
    idle: set[tuple[int, int]] = set()
    tables: dict[int, dict[int, dict[int, str]]] = {}
    for block in blocks:
        if block.table >= 0 and block.column >= 0:
            row = tables.setdefault(block.table, {}).setdefault(block.row, {})
            row[block.column] = f"{row.get(block.column, '')} {block.text}".strip()
    found: dict[tuple[int, int], str] = {}
    for table, rows in tables.items():
        width = 1 + max(max(row) for row in rows.values())
        if width > 40:
            continue
        cells = [[row.get(i, "") for i in range(width)] for row in rows.values()]
        columns = Columns.of(cells)
        if {"zh", "en"} <= set(columns.langs):
            found |= {(table, i): lang for i, lang in enumerate(columns.langs)}
            idle |= {(table, i) for i in columns.idle}
    return found, idle


#: Where an article of a public account says what, by the element's id.
ACCOUNT = {"publish_time": "date", "js_name": "source", "js_author_name": "author"}


def _account(tree, metadata: dict[str, str]) -> None:
    """What the lines below the title of a saved article of a public account say."""
    from bitext.text.dates import parse_date
    from bitext.text.names import is_name

    found = {i: e for i in ACCOUNT if (e := tree.find(f".//*[@id='{i}']")) is not None}
    for name, element in found.items():
        value, key = " ".join(element.text_content().split()), ACCOUNT[name]
        parsed = parse_date(value) if key == "date" else None
        if parsed:
            metadata.setdefault("date", parsed[0])
            if parsed[1]:
                metadata.setdefault("time", parsed[1])
        elif key != "date" and 0 < len(value) <= 40:
            metadata.setdefault(key, value)
    if "js_name" in found and "author" not in metadata:
        for element in tree.iterfind(".//span"):
            names = (element.get("class") or "").split()
            value = " ".join(element.text_content().split())
            if "rich_media_meta_text" in names and is_name(value):
                metadata["author"] = value
                break


#: A date with its label, in a line of the page that is no part of the text.
DATED = re.compile(any_of("labels/date"))


def _date_beside(text: str) -> str:
    """The date that a line of the page's frame gives with its label; '' where it gives none."""
    from bitext.text.dates import parse_date

    for match in DATED.finditer(text[:300]):
        if parsed := parse_date(text[match.end() : match.end() + 40].lstrip(" :：on\t\xa0\u3000")):
            return parsed[0]
    return ""


def _head(tree) -> dict[str, str]:
    """What the page's head says plainly: title, date, author, site, address."""
    said: dict[str, str] = {}
    for meta in tree.iterfind(".//meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        value = " ".join((meta.get("content") or "").split())
        if name and value and len(value) <= 300:
            said.setdefault(name, value)
    metadata: dict[str, str] = {}
    title = said.get("og:title") or said.get("twitter:title")
    if not title and (element := tree.find(".//title")) is not None:
        title = re.sub(
            "\\s*[-_|｜–—»]\\s*[^-_|｜–—»]{1,30}$", "", " ".join((element.text or "").split())
        )
    if title and (lang := language(title)):
        metadata[f"title_{lang}"] = title
    from bitext.text.dates import parse_date

    for name in (
        "article:published_time",
        "datepublished",
        "publishdate",
        "pubdate",
        "publish_date",
        "publication_date",
        "date",
        "dc.date",
        "dc.date.issued",
        "og:published_time",
        "citation_date",
        "citation_publication_date",
    ):
        if name in said and (parsed := parse_date(said[name])):
            metadata["date"] = parsed[0]
            break
    for key, names in (
        ("author", ("author", "article:author", "dc.creator", "citation_author")),
        ("source", ("og:site_name", "application-name", "source", "dc.publisher")),
    ):
        value = next((said[n] for n in names if n in said and not said[n].startswith("http")), "")
        if value:
            metadata[key] = value
    _account(tree, metadata)
    link = tree.find(".//link[@rel='canonical']")
    url = (link.get("href") if link is not None else "") or said.get("og:url", "")
    if url.startswith(("http://", "https://")):
        metadata["url"] = url
    return metadata
