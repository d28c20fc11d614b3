"""A web page's elements -> its visible text as blocks, each with what its elements say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace

from bitext.read.listing import holds_text
from bitext.text.marks import SENTENCE_WITHIN
from bitext.text.scripts import HAN, HAN_CLASS, WORD, count, language
from bitext.text.words import words

LANG = ("lang", "xml:lang", "{http://www.w3.org/XML/1998/namespace}lang")
INVISIBLE, BLOCKS = words("page/invisible_tags"), words("page/block_tags")
CHROME_TAGS = frozenset("nav footer aside form button dialog menu search label".split())
CHROME_ROLES = frozenset(
    "navigation banner contentinfo complementary search dialog alert menu menubar toolbar tablist".split()
)
#: How a page's names say in which language a part is.
LANGUAGES = {"zh": "page/zh", "en": "page/en"}
#: White space that a page shows as one blank; as none, where a line was wrapped between two Chinese characters.
BLANKS = re.compile(
    f"(?<=[{HAN_CLASS}，。、；：！？”’）》」])[ \t]*[\r\n][ \t\r\n]*(?=[{HAN_CLASS}“‘（《「])|(?P<blank>[ \t\r\n\f]+)"
)


@dataclass(slots=True)
class Frame:
    """What an open element says about the text inside it."""

    kind: str = ""
    level: int = 0
    lang: str = ""
    chrome: str = ""  # the element that makes it part of the page's frame
    frame: int = 0  # how deep in a block's `path` that element is
    table: int = -1
    row: int = -1
    column: int = -1
    header: bool = False  # made of <th>
    form: str = ""  # the elements that make it a paragraph: `div.text p`
    depth: int = 0  # of lists
    pre: bool = False
    in_link: bool = False


OF_FRAME = tuple(each.name for each in fields(Frame))


@dataclass(slots=True)
class Block(Frame):
    """A paragraph-like stretch of the page, in document order; `lines` are parted by <br>."""

    path: tuple[int, ...] = ()  # places of its ancestors, from the body down; names the subtree
    number: int = 0
    lines: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)  # the source line of each
    marks: list[tuple[int, int, int]] = field(default_factory=list)  # (line, start, end) of markup
    linked: int = 0  # characters inside links
    matched: bool = False  # trafilatura has it in its main text
    kept: bool = False  # it counts for where the article is
    reason: str = ""  # why it is no text, of a table's cell

    @property
    def text(self) -> str:
        return " ".join(self.lines)

    @property
    def is_prose(self) -> bool:
        """Whether this is running text: sentences, of some length, few of its words links."""
        text = self.text
        enough = count(HAN, text) >= 14 or len(WORD.findall(text)) >= 8
        said = enough and SENTENCE_WITHIN.search(text) is not None
        return said and self.linked <= 0.5 * len(text)


def walked(body) -> Iterator[Block]:
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
            said = next((attributes[name] for name in LANG if attributes.get(name)), "")
            frame.lang = _lang(said, names) or frame.lang
            if not frame.chrome and (chrome := _chrome(tag, attributes.get("role", ""))):
                frame.chrome, frame.frame = chrome, len(path)
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
        parts = (
            said.split("\n")
            if frame.pre
            else [BLANKS.sub(lambda m: " " if m["blank"] else "", said)]
        )
        if self.current is None:
            if not said.strip():
                return
            said_of = {name: getattr(frame, name) for name in OF_FRAME}
            self.current = Block(**said_of, path=path, number=element.sourceline or 0, lines=[""])
        elif not self.current.lang and frame.lang and not self.current.text.strip():
            self.current.lang = frame.lang
        elif self.current.lang != frame.lang and said.strip() and self.current.text.strip():
            self.split(self.current)
        block = self.current
        for index, part in enumerate(parts):
            if index:
                block.lines.append("")
            at = len(block.lines[-1])
            if not frame.pre and block.lines[-1][-1:] in ("", " ", "\n"):
                part = part.lstrip(" ")
            block.lines[-1] += part
            if frame.in_link:
                block.linked += len(part)
                if "sup" in (element.tag, getattr(element.getparent(), "tag", "")):
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
            block.kind = ""
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


def _may_be(lang: str, text: str) -> bool:
    """Whether a text can be in the language that its mark-up says.

    A Chinese line may be all names but for a word; a site that marks its menus wrongly has none.
    """
    seen = language(text)
    return not seen or seen == lang or (lang == "zh" and bool(HAN.search(text)))


def _lang(code: str, names: str) -> str:
    code = code.lower()
    if code:
        chinese = code.startswith(("zh", "cmn", "yue"))
        return "zh" if chinese else "en" if code.startswith("en") else ""
    parts = names.lower().replace("-", " ").replace("_", " ").split()
    said = [lang for lang, name in LANGUAGES.items() if not words(name).isdisjoint(parts)]
    return said[0] if len(said) == 1 else ""


def _chrome(tag: str, role: str) -> str:
    """What makes an element part of the page's frame, in words; '' where nothing does."""
    if tag in CHROME_TAGS:
        return f"<{tag}>"
    return f"role {role}" if role in CHROME_ROLES else ""
