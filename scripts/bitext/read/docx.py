"""A Word file -> Document: a line a paragraph, in order; footnotes last, deleted text left out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from bitext.model import Refusal
from bitext.read.columns import Columns
from bitext.read.lines import Builder
from bitext.text.source import Document

#: More than this unpacked is no text but a bomb, or a book of pictures.
MOST_UNPACKED = 256 * 1024 * 1024
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: What holds paragraphs and tables, or words of a paragraph, and what holds none that is shown.
HOLDERS = frozenset(f"{W}{tag}" for tag in ("sdt", "sdtContent", "customXml", "ins", "smartTag"))
HIDDEN = frozenset(f"{W}{tag}" for tag in ("del", "moveFrom", "pPr", "rPr", "p"))
SHOWN = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011"}
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
HEADINGS = ("heading", "标题", "標題", "überschrift", "titre")
TITLE = frozenset(("title", "标题", "標題", "文档标题"))
OFFICE = (
    ("xl/workbook.xml", "an Excel workbook", "save the sheet as .csv"),
    ("ppt/presentation.xml", "a PowerPoint file", "save its text and import that"),
    ("META-INF/container.xml", "an EPUB book", "save the chapter as .html or text"),
    ("content.xml", "an OpenDocument file", "save it as .docx or as text"),
)


def read_docx(data: bytes, path: str) -> Document:
    """The paragraphs, tables and footnotes of a Word file; refuses any other archive."""
    _check(data, path)
    try:
        import docx

        file = docx.Document(io.BytesIO(data))
        return _read(file, path)
    except Refusal:
        raise
    except Exception as error:  # a damaged file fails in whatever part is damaged
        found = f"a damaged Word file ({type(error).__name__})"
        raise Refusal("E-FORMAT", path, 1, found, "open it in Word and save it again") from None


def _check(data: bytes, path: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {i.filename: i.file_size for i in archive.infolist()}
    except Exception:
        raise Refusal(
            "E-FORMAT", path, 1, "a damaged zip archive or Word file", "fetch it again"
        ) from None
    if "word/document.xml" not in names:
        for name, what, todo in OFFICE:
            if name in names:
                raise Refusal("E-FORMAT", path, 1, f"this is {what}", todo)
        raise Refusal(
            "E-FORMAT", path, 1, "this is a zip archive", "unpack it and import the file inside"
        )
    if sum(names.values()) > MOST_UNPACKED:
        found = f"{sum(names.values()) / 1e6:.0f} MB unpacked"
        raise Refusal("E-SIZE", path, 1, found, "save it without its pictures")


def _read(file, path: str) -> Document:
    built = Builder()
    names = {style.style_id: style.name or "" for style in file.styles if style.style_id}
    reader = _Reader(built, names)
    reader.container(file.element.body)
    reader.footnotes(file)
    for part in _parts(file, "/header", "/footer"):
        text = " ".join(
            "".join(t.text or "" for t in p.iter(f"{W}t")) for p in part.iter(f"{W}p")
        ).strip()
        if text:
            built.add(text, reader.number, reason="page header or footer")
    if not any(ln.start < ln.end for ln in built.lines):
        found = "the Word file holds no text"
        raise Refusal("E-EMPTY", path, 1, found, "check that its text is not a picture")
    return Document(
        path, built.text, tuple(built.lines), "docx", "utf-8",
        left_out=tuple(built.cuts), voices=frozenset(reader.voices),
    )  # fmt: skip


class _Reader:
    """Walks the body; a paragraph's number is its place in the file."""

    def __init__(self, built: Builder, names: dict[str, str]):
        self.built, self.names = built, names
        self.number = self.group = 0
        self.notes: list[str] = []
        self.voices: set[str] = set()

    def container(self, element) -> None:
        """Paragraphs and tables of the body, or of a content control."""
        stack = [iter(element)]
        while stack:
            child = next(stack[-1], None)
            if child is None:
                stack.pop()
            elif child.tag == f"{W}p":
                self.paragraph(child)
            elif child.tag == f"{W}tbl":
                self.table(child)
            elif child.tag in HOLDERS:
                stack.append(iter(child))

    def paragraph(self, element, speaker: str = "", **cell) -> None:
        self.number += 1
        text, boxes = self.text(element)
        text = f"{speaker}: {text}" if speaker else text
        kind, level = self.kind(element)
        if cell:
            kind, level = "cell", 0
        else:
            self.built.blank(self.number)
        for line in text.split("\n"):
            if line.strip():
                self.built.add(line, self.number, kind, level, **cell)
        for box in boxes:
            self.container(box)

    def text(self, element) -> tuple[str, list]:
        """The paragraph's visible text, and the text boxes anchored in it."""
        parts: list[str] = []
        boxes = []
        stack = [iter(element)]
        while stack:
            child = next(stack[-1], None)
            if child is None:
                stack.pop()
                continue
            tag = child.tag
            if tag == f"{W}t":
                parts.append(child.text or "")
            elif tag in SHOWN:
                parts.append(SHOWN[tag])
            elif tag == f"{W}footnoteReference":
                self.notes.append(child.get(f"{W}id") or "")
            elif tag == f"{W}txbxContent":
                boxes.append(child)
            elif tag not in HIDDEN and tag != FALLBACK:
                stack.append(iter(child))
        return "".join(parts), boxes

    def kind(self, element) -> tuple[str, int]:
        properties = element.find(f"{W}pPr")
        if properties is None:
            return "", 0
        style = properties.find(f"{W}pStyle")
        name = self.names.get(style.get(f"{W}val") or "", "") if style is not None else ""
        name = name.lower()
        outline = properties.find(f"{W}outlineLvl")
        if name.startswith(HEADINGS) and name[-1:].isdecimal():
            return "heading", int(name[-1])
        if name in TITLE:
            return "heading", 1
        if name == "subtitle":
            return "heading", 2
        depth = outline.get(f"{W}val") if outline is not None else None
        if depth and depth.isdigit() and int(depth) < 9:
            return "heading", int(depth) + 1
        numbering = properties.find(f"{W}numPr")
        if numbering is not None or name.startswith(("list", "列表")):
            level = numbering.find(f"{W}ilvl") if numbering is not None else None
            depth = level.get(f"{W}val") if level is not None else "0"
            return "list", 1 + (int(depth) if depth and depth.isdigit() else 0)
        if any(word in name for word in ("quote", "引用", "引文")):
            return "quote", 0
        return "", 0

    def table(self, element) -> None:
        """A table's cells, row by row; a table of one column is layout, its cells paragraphs."""
        rows = [
            [c for c in row.iter(f"{W}tc") if next(c.iterancestors(f"{W}tr")) is row]
            for row in element.iter(f"{W}tr")
            if next(row.iterancestors(f"{W}tbl")) is element
        ]
        texts = [["\n".join(self.text(p)[0] for p in c.iter(f"{W}p")) for c in row] for row in rows]
        if max((len(r) for r in rows), default=0) < 2:
            for row in rows:
                for cell in row:
                    self.container(cell)
            return
        columns = Columns.of(texts)
        for index, row in enumerate(rows):
            self.group += 1
            self.built.blank(self.number)
            found, left = columns.read(texts[index], first=not index)
            self.voices.update(left, (cell.name for cell in found if cell.name))
            for cell in found:
                if cell.reason:
                    self.number += 1
                    self.built.add(texts[index][cell.column], self.number, reason=cell.reason)
                    continue
                name = cell.name
                for paragraph in row[cell.column].iter(f"{W}p"):
                    self.paragraph(paragraph, name, lang=cell.lang, group=self.group)
                    name = ""
            for name in left:
                self.built.add(name, self.number, reason="speaker's name without a text")

    def footnotes(self, file) -> None:
        """The footnotes that the text refers to, in that order."""
        parts = _parts(file, "/footnotes") if self.notes else ()
        found = {n.get(f"{W}id"): n for root in parts for n in root.iter(f"{W}footnote")}
        for note in dict.fromkeys(self.notes):
            if note not in found:
                continue
            for paragraph in found[note].iter(f"{W}p"):
                self.number += 1
                text, _ = self.text(paragraph)
                if text.strip():
                    self.built.blank(self.number)
                    self.built.add(text, self.number, "footnote")


def _parts(file, *kinds: str) -> Iterator:
    """The roots of the file's parts of these kinds, each once."""
    from lxml import etree

    relations = (r for r in file.part.rels.values() if not r.is_external)
    parts = [r.target_part for r in relations if r.reltype.endswith(kinds)]
    for part in {str(part.partname): part for part in parts}.values():
        yield etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
