"""The proof's own readers, one for each format: a source's bytes -> its characters.

Only the proof uses them. They are small on purpose and ignore markup and layout. A reader never
changes what it gives: a different result is a new reader with a new version.
"""

from __future__ import annotations

import codecs
import email
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from xml.parsers import expat


class Unreadable(Exception):
    """The bytes cannot be read again: an unknown reader, or bytes that are not what it reads."""


#: Encodings that the import names otherwise than Python does.
NAMES = {"big5": "big5hkscs"}
MARKS = {
    "utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE, "utf-32-be": codecs.BOM_UTF32_BE,
}  # fmt: skip


def decoded(data: bytes, encoding: str) -> str:
    """The text of the bytes in an encoding as import.json names it; raises Unreadable."""
    name = encoding.removesuffix(" with BOM")
    if name != encoding:
        # The mark of UTF-8 may stand before bytes of another encoding.
        mark = MARKS.get(name, codecs.BOM_UTF8)
        if not data.startswith(mark):
            raise Unreadable(f"no byte order mark of {name}")
        data = data[len(mark) :]
    if name == "windows-1252":  # five bytes have no meaning there; the import drops them
        return data.decode("cp1252", "replace").replace("\ufffd", "")
    try:
        return data.decode(NAMES.get(name, name))
    except (ValueError, LookupError) as error:  # ValueError: a name with a NUL, too
        raise Unreadable(str(error)) from None


def read_characters(data: bytes, encoding: str) -> str:
    """Plain text, Markdown, subtitles, tables: every character of the file."""
    return decoded(data, encoding).replace("\r\n", "\n").replace("\r", "\n")


#: What stands for a character in subtitles.
ESCAPES = {"amp": "&", "lt": "<", "gt": ">", "nbsp": "\xa0", "lrm": "\u200e", "rlm": "\u200f"}


def read_subtitles(data: bytes, encoding: str) -> str:
    """Subtitles: every character of the file, what stands for another as that other."""
    text = read_characters(data, encoding)
    return re.sub(r"&(amp|lt|gt|nbsp|lrm|rlm);", lambda m: ESCAPES[m[1]], text)


# --- web pages -----------------------------------------------------------------------------------


class _Page(HTMLParser):
    """Collects the text of a page, each piece on the line on which it stands in the file."""

    UNSEEN = ("script", "style")
    BLOCKS = frozenset(
        "address article aside blockquote body br button caption center dd details dialog dir div dl dt"
        " fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html input label legend"
        " li main menu nav ol option p pre search section select summary table tbody td tfoot th thead"
        " title tr ul".split()
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.line, self.unseen = 1, ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in self.UNSEEN:
            self.unseen = tag
        self._block(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == self.unseen:
            self.unseen = ""
        self._block(tag)

    def _block(self, tag: str) -> None:
        if tag in self.BLOCKS:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if self.unseen:
            return
        ahead = self.getpos()[0] - self.line
        self.parts.append("\n" * ahead + data)
        self.line += max(0, ahead) + data.count("\n")


def read_page(data: bytes, encoding: str) -> str:
    """A web page: the text of its elements, but for scripts and styles."""
    page = _Page()
    try:
        page.feed(read_characters(data, encoding))
        page.close()
    except (AssertionError, ValueError, RecursionError) as error:  # what upsets the parser
        raise Unreadable(f"no web page: {error}") from None
    return "".join(page.parts)


def page_of_archive(data: bytes) -> bytes:
    """The web page inside a browser's archive; raises Unreadable where there is none."""
    for part in email.message_from_bytes(data).walk():
        page = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and page and isinstance(page, bytes):
            return page
    raise Unreadable("no web page in the archive")


def read_archived_page(data: bytes, encoding: str) -> str:
    """The web page inside a browser's archive (.mhtml), as any other page."""
    return read_page(page_of_archive(data), encoding)


# --- Word files ----------------------------------------------------------------------------------

#: More than this unpacked is no text.
MOST_UNPACKED = 64 * 1024 * 1024
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PARTS = re.compile(r"word/(document|footnotes|endnotes|header\d*|footer\d*)\.xml")
ORDER = ("document", "footnotes", "endnotes", "header", "footer")


#: Elements whose text is gone, and those that stand for a character.
GONE = ("del", "moveFrom", "Fallback")
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}


class _Word:
    """Collects the text of one part of a Word file; what was deleted in it is not its text."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.gone = self.text = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.data
        self.parser.StartDoctypeDeclHandler = self.refuse

    def refuse(self, *_: object) -> None:
        raise Unreadable("a Word file with entities of its own")

    def start(self, name: str, attributes: object) -> None:
        space, _, tag = name.rpartition(" ")
        self.gone += tag in GONE
        self.text += space == WORD and tag == "t"
        if space == WORD and tag in SIGNS and not self.gone:
            self.parts.append(SIGNS[tag])

    def end(self, name: str) -> None:
        space, _, tag = name.rpartition(" ")
        self.gone -= tag in GONE
        self.text -= space == WORD and tag == "t"
        if space == WORD and tag == "p":
            self.parts.append("\n")

    def data(self, text: str) -> None:
        if self.text and not self.gone:
            self.parts.append(text)


def read_word(data: bytes, encoding: str) -> str:
    """A Word file: its body, notes, page headers and footers; a paragraph a line."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(m[1], i) for i in archive.infolist() if (m := PARTS.fullmatch(i.filename))]
            if sum(info.file_size for _, info in parts) > MOST_UNPACKED:
                raise Unreadable("far too large when unpacked")
            parts.sort(key=lambda p: (ORDER.index(p[0].rstrip("0123456789")), p[1].filename))
            return "".join(_word_part(archive, info) for _, info in parts)
    except (zipfile.BadZipFile, expat.ExpatError, OSError, ValueError, RuntimeError, EOFError, NotImplementedError, zlib.error) as error:  # fmt: skip
        raise Unreadable(f"no Word file: {error}") from None


def _word_part(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> str:
    word = _Word()
    with archive.open(info) as file:  # what the archive says of a part's size may be untrue
        xml = file.read(info.file_size + 1)
    if len(xml) > info.file_size:
        raise Unreadable("larger than it says")
    word.parser.Parse(xml, True)
    return "".join(word.parts) + "\n"


# --- exported bitexts ----------------------------------------------------------------------------


def read_export(data: bytes, encoding: str) -> str:
    """An exported bitext: the texts in its JSON, in order, a line each."""
    try:
        value = json.loads(decoded(data, encoding).removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"no JSON: {error}") from None
    return "\n".join(_texts(value))


def _texts(value: object) -> Iterator[str]:
    """The texts of a JSON value in order; no recursion, so that no nesting can exhaust it."""
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            stack += reversed(item.values())
        elif isinstance(item, list):
            stack += reversed(item)


#: Reader and its version, as import.json names them -> the function.
READERS: dict[str, Callable[[bytes, str], str]] = {
    "characters/1": read_characters,
    "subtitles/1": read_subtitles,
    "html/1": read_page,
    "mhtml/1": read_archived_page,
    "docx/1": read_word,
    "json/1": read_export,
}
