"""A source's bytes -> Document: one function for any format, one file a format."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from bitext.model import Overridable, Refusal
from bitext.read.decode import decode
from bitext.read.looks import (
    looks_like_export,
    looks_like_html,
    looks_like_markdown,
    looks_like_subtitles,
    looks_like_tsv,
)
from bitext.read.unusable import refuse_unusable
from bitext.text.source import Cut, Document, Line

__all__ = ("read", "read_bytes", "read_pair", "refuse_unusable")
#: More than five million characters in one file is a mistake, or a book to be cut into chapters:
#: it would take minutes and more memory than a small machine has.
MOST_BYTES = 16 * 1024 * 1024
FORMATS = {
    ".md": "markdown", ".markdown": "markdown", ".mdx": "markdown", ".mkd": "markdown", ".qmd": "markdown",
    ".rst": "rst", ".rest": "rst", ".srt": "srt", ".vtt": "vtt", ".csv": "csv", ".tsv": "tsv", ".tab": "tsv",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html", ".json": "export",
}  # fmt: skip


def read(path: Path) -> Document:
    """The document at `path`, whatever its format; raises Refusal where it cannot be read."""
    path = Path(path)
    data = _load(path)
    if path.name.endswith((".yml", ".yaml")) and b"units:" in data:
        raise Refusal(
            "E-FORMAT", str(path), 1, "a bitext of this project, not a source",
            "take it over alone: bitext import FILE, without --zh and --en",
        )  # fmt: skip
    return read_bytes(data, str(path))


def _load(path: Path) -> bytes:
    name = str(path)
    try:
        if not path.exists():
            raise Refusal("E-MISSING", name, 1, "no such file", "check the path")
        if not path.is_file():
            raise Refusal("E-FORMAT", name, 1, "this is not a file", "name one file")
        size = path.stat().st_size
        if size > MOST_BYTES:
            found = f"{size / 1e6:.0f} MB in one file"
            raise Refusal("E-SIZE", name, 1, found, "cut it into parts of up to 16 MB")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        why = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
        raise Refusal(
            "E-MISSING", name, 1, f"cannot be read: {why}", "check the path and its permissions"
        ) from None


def read_bytes(data: bytes, path: str) -> Document:
    """The document that these bytes hold; the path's ending is a hint, its content decides."""
    suffix = Path(path).suffix.lower()
    if data.startswith(b"PK\x03\x04"):
        from bitext.read.docx import read_docx

        return read_docx(data, path)
    if suffix in (".docx", ".docm") and data.strip():
        text, encoding = decode(data, path)  # what else it is by its first bytes is said there
        found = f"named {suffix} but no Word file"
        raise Refusal("E-FORMAT", path, 1, found, "rename it to what it is: .txt, .html …")
    if suffix in (".mht", ".mhtml"):
        data = _page_of_archive(data, path)
        suffix = ".html"
    text, encoding = decode(data, path)
    return _by_format(format_of(text, suffix), text, path, encoding)


def format_of(text: str, suffix: str) -> str:
    """What a text is written in: by its ending where that says so, else by what it looks like."""
    if looks_like_html(text):
        return "html"
    if suffix in FORMATS:
        return FORMATS[suffix]
    if found := looks_like_subtitles(text):
        return found
    if looks_like_export(text):
        return "export"
    if looks_like_tsv(text):
        return "tsv"
    return "markdown" if looks_like_markdown(text) else "text"


def _by_format(format: str, text: str, path: str, encoding: str) -> Document:
    """The reader of a format, imported when it is needed: lxml and trafilatura take their time."""
    if format == "html":
        from bitext.read.html import read_html

        return read_html(text, path, encoding)
    if format == "markdown":
        from bitext.read.markdown import read_markdown

        return read_markdown(text, path, encoding)
    if format == "rst":
        from bitext.read.rst import read_rst

        return read_rst(text, path, encoding)
    if format in ("srt", "vtt"):
        from bitext.read.subtitles import read_subtitles

        return read_subtitles(text, path, encoding, format)
    if format in ("csv", "tsv"):
        from bitext.read.table import read_table

        return read_table(text, path, encoding, format)
    if format == "export":
        from bitext.read.own import read_export

        return read_export(text, path, encoding)
    from bitext.read.text import read_text

    return read_text(text, path, encoding)


def _page_of_archive(data: bytes, path: str) -> bytes:
    """The web page inside a browser's .mhtml file."""
    import email

    for part in email.message_from_bytes(data).walk():
        page = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and page and isinstance(page, bytes):
            return page
    raise Refusal("E-NO-CONTENT", path, 1, "no web page in this archive", "save the page as .html")


def read_pair(zh: Path, en: Path, *, anyway: bool = False) -> Document:
    """Two files, a language each, as one document; each line knows its language and its file's line.

    With `anyway` the files are taken for what they are given as, whatever they seem to hold.
    """
    sides = [(lang, read(path)) for lang, path in (("zh", zh), ("en", en))]
    if not anyway:
        _refuse_sides(sides)
    text = ""
    lines: list[Line] = []
    cuts: list[Cut] = []
    metadata: dict[str, str] = {}
    files = []
    subtitles = all(d.format in ("srt", "vtt") for _, d in sides)
    group = 0
    for lang, document in sides:
        if text:
            text += "\n\n"
            lines.append(Line(len(text) - 1, len(text) - 1, lines[-1].number if lines else 0))
        shift = len(text)
        files.append((shift, document.path))
        text += document.text
        for line in document.lines:
            lines.append(_shifted(line, shift, lang, 0 if subtitles else group))
        cuts += [
            Cut((c.span[0] + shift, c.span[1] + shift), c.reason, c.key) for c in document.left_out
        ]
        for key, value in document.metadata.items():
            metadata.setdefault(key, value)
        group = 1 + max((ln.group for ln in lines), default=-1)
    first, second = (d for _, d in sides)
    encoding = ", ".join(dict.fromkeys((first.encoding, second.encoding)))
    return Document(
        first.path, text, tuple(lines), first.format if subtitles else "pair", encoding,
        metadata, tuple(cuts), first.voices | second.voices, tuple(files),
    )  # fmt: skip


def _refuse_sides(sides: list[tuple[str, Document]]) -> None:
    """Refuse two files that were given the wrong way round, or one that is not in its language."""
    from bitext.read.unusable import prose

    wrong: list[tuple[str, Document, float]] = []
    for lang, document in sides:
        han, words = prose(document.text)
        mass = {"zh": float(han), "en": 1.6 * words}
        share = 1 - mass[lang] / sum(mass.values()) if sum(mass.values()) else 0.0
        if share > 0.4:
            wrong.append((lang, document, share))
    if not wrong:
        return
    (_, zh), (_, en) = sides
    lang, document, share = wrong[0]
    if len(wrong) == 2 and all(share > 0.7 for _, _, share in wrong):
        raise Overridable(
            "E-LANGUAGE", zh.path, 1, f"this file is in English and {en.path} in Chinese",
            f"give them the other way round: --zh {en.path} --en {zh.path}",
        )  # fmt: skip
    name, other = ("Chinese", "English") if lang == "zh" else ("English", "Chinese")
    if share > 0.7:
        raise Overridable(
            "E-LANGUAGE", document.path, 1, f"given as the {name} file, but its text is in {other}",
            f"give the {name} file with --{lang}",
        )  # fmt: skip
    raise Overridable(
        "E-LANGUAGE", document.path, 1, f"given as the {name} file, but it holds both languages",
        f"import it alone: bitext import {document.path}",
    )  # fmt: skip


def _shifted(line: Line, shift: int, lang: str, group: int) -> Line:
    markup = tuple((a + shift, b + shift) for a, b in line.markup)
    number = line.group + group if line.group >= 0 else -1
    return replace(
        line, start=line.start + shift, end=line.end + shift, lang=lang, group=number, markup=markup
    )
