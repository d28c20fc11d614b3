"""Bitext -> EPUB 3: both languages paragraph by paragraph, or one of them; notes as pop-ups.

The text is verbatim. A paragraph that the book's language lacks stands in the other, as on the page.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bitext.citing.records import NOT_CLEARED, SITE
from bitext.kinds import KINDS
from bitext.library.shapes import NOTE_KINDS
from bitext.model import LANGS, OTHER, Bitext, Note, Unit
from bitext.pages.labels import HTML_LANG, show_date
from bitext.pages.phrases import is_web
from bitext.publish.about import About
from bitext.publish.archive import zipped
from bitext.publish.export import xml_text

#: So many units stand in one file of a book: e-readers are slow with long ones.
UNITS_A_FILE = 80
#: What a book says of itself, by the language it is read in; both where it has both.
WORDS = {
    "zh": {"about": "关于这本电子书", "contents": "目录", "note": "注", "only": "原文只有{lang}", "text": "正文",
           "title": "标题", "date": "日期", "edition": "版本", "found": "出处", "rights": "权利", "address": "网址", "zh": "中文", "en": "英文"},
    "en": {"about": "About this book", "contents": "Contents", "note": "note", "only": "The source has this in {lang} only", "text": "Text",
           "title": "Title", "date": "Date", "edition": "Edition", "found": "Found at", "rights": "Rights", "address": "Address", "zh": "Chinese", "en": "English"},
}  # fmt: skip
STYLE = """\
body { margin: 0 4%; line-height: 1.6; }
h1, h2, h3 { line-height: 1.35; page-break-after: avoid; break-after: avoid; }
h1 span + br + span { font-size: .8em; font-weight: normal; }
.who { margin: 1.6em 0 .4em; font-size: 1em; }
p { margin: 0 0 .5em; }
.u { margin: 0 0 1.1em; }
.u p + p[lang="en"] { padding-left: .8em; border-left: 2px solid #888; }
.only { font-size: .8em; font-style: italic; }
.li { margin-left: 1.2em; }
.box { padding: .4em .8em; border: 1px solid #999; }
pre { white-space: pre-wrap; }
aside { margin: .6em 0; font-size: .9em; }
a.note { font-size: .75em; vertical-align: super; line-height: 0; text-decoration: none; }
dt { font-weight: bold; }
dd { margin: 0 0 .4em; overflow-wrap: anywhere; }
"""
CONTAINER = """\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
#: What the table of contents lists: a heading, by the id of its section, or who speaks.
ENTRY = re.compile(
    r'(?:<section class="u" id="([^"]+)"><h\d class="head">|<h\d class="who" id="([^"]+)">)(.*?)</h\d>'
)
UNPLAIN = re.compile(r"[^A-Za-z0-9._-]")


@dataclass(frozen=True, slots=True)
class Book:
    """A book to be made: the text, what it says of itself, and in which languages."""

    bitext: Bitext
    about: About
    langs: tuple[str, ...]  # one, or both, in the order in which they stand

    @property
    def lang(self) -> str:
        """The language in which the book's own words are."""
        return self.langs[0]

    def said(self, key: str) -> str:
        """A word of the book's own, in each of its languages."""
        return " · ".join(WORDS[lang][key] for lang in self.langs)

    def title(self) -> str:
        titles = self.about.work.titles
        return " · ".join(dict.fromkeys(titles[lang] for lang in self.langs))


def to_epub(bitext: Bitext, about: About, langs: Sequence[str] = LANGS) -> bytes:
    """The book's bytes: the same text and edition, the same bytes."""
    book = Book(bitext, about, tuple(langs))
    parts = _parts(book)
    files = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "EPUB/package.opf": _package(book, parts),
        "EPUB/nav.xhtml": _nav(book, parts),
        "EPUB/about.xhtml": _about(book),
        "EPUB/style.css": STYLE,
    } | {f"EPUB/{name}": text for name, text in parts.items()}
    return zipped({name: text.encode("utf-8") for name, text in files.items()}, first="mimetype")


def _xid(text: str) -> str:
    """An id of the source as one of XML."""
    plain = UNPLAIN.sub("_", text)
    return plain if plain[:1].isalpha() else f"x{plain}"


def _lang(lang: str) -> str:
    return f' lang="{HTML_LANG[lang]}" xml:lang="{HTML_LANG[lang]}"'


def _attr(text: str) -> str:
    return xml_text(text).replace('"', "&quot;")


def _page(book: Book, title: str, body: str, kind: str = "") -> str:
    """A page of the book."""
    of = f' epub:type="{kind}"' if kind else ""
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"{_lang(book.lang)}>
<head><title>{xml_text(title) or "—"}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>
<body{of}>
{body}
</body>
</html>
"""


# --- the text ------------------------------------------------------------------------------------


def _parts(book: Book) -> dict[str, str]:
    """The files of the text, by name: units in order, a turn's head before its first, notes behind."""
    units, out = book.bitext.units, {}
    titles = book.about.work.titles
    head = _headed(1, "title", [(lang, titles[lang]) for lang in book.langs])
    deep, turn = 1, None  # of the last heading of the text
    for number, start in enumerate(range(0, len(units) or 1, UNITS_A_FILE), 1):
        some = units[start : start + UNITS_A_FILE]
        lines, notes = [head] if number == 1 else [], []
        for unit in some:
            if unit.turn and unit.turn != turn:
                turn = unit.turn
                lines += _who(book, unit, min(6, deep + 1))
            if _shape(unit) == "heading":
                deep = min(max(2, unit.level), deep + 1, 6)
            found = [n for n in book.bitext.notes if n.at == unit.id]
            lines.append(_unit(book, unit, found, deep))
            notes += [_note(book, note) for note in found]
        body = "\n".join(filter(None, [*lines, *notes])) or "<p>—</p>"
        out[f"text{number}.xhtml"] = _page(book, book.title(), body, "bodymatter")
    return out


def _headed(deep: int, kind: str, texts: Sequence[tuple[str, str]], id: str = "") -> str:
    """One heading, with a line a language; nothing where none has words."""
    said = [
        f"<span{_lang(lang)}>{xml_text(text.strip()).replace(chr(10), '<br/>')}</span>"
        for lang, text in dict(texts).items()
        if xml_text(text).strip()
    ]
    at = f' id="{id}"' if id else ""
    return f'<h{deep} class="{kind}"{at}>{"<br/>".join(said)}</h{deep}>' if said else ""


def _shape(unit: Unit) -> str:
    return KINDS[unit.kind].shape if unit.kind in KINDS else "para"


def _who(book: Book, unit: Unit, deep: int) -> Iterator[str]:
    speaker = book.bitext.speaker(unit.speaker)
    names = [speaker.zh if lang == "zh" else speaker.en for lang in book.langs] if speaker else []
    shown = " · ".join(dict.fromkeys(n for n in names if n)) or (speaker.id if speaker else "")
    if xml_text(shown).strip():
        yield f'<h{deep} class="who" id="{_xid(f"turn-{unit.turn}")}">{xml_text(shown)}</h{deep}>'


def _unit(book: Book, unit: Unit, notes: Sequence[Note], deep: int) -> str:
    """A unit in the book's languages; in the other one where it lacks them all."""
    sides = [lang for lang in book.langs if unit.text(lang) is not None]
    missing = [] if sides else [OTHER[book.lang]]
    shape, langs = _shape(unit), (*sides, *missing)
    if shape == "heading":
        lines = [_headed(deep, "head", [(lang, unit.text(lang) or "") for lang in langs])]
    else:
        lines = [line for lang in langs for line in _text(unit, lang, shape)]
    if len(book.langs) > len(sides) and (missing or len(book.langs) > 1):
        has = langs[0]
        only = " · ".join(WORDS[lang]["only"].format(lang=WORDS[lang][has]) for lang in book.langs)
        lines.append(f'<p class="only">{xml_text(only)}</p>')
    if notes:
        refs = " ".join(
            f'<a class="note" epub:type="noteref" role="doc-noteref" href="#{_xid(n.id)}" id="{_xid(f"ref-{n.id}")}">'
            f"[{WORDS[book.lang]['note']} {xml_text(n.id)}]</a>"
            for n in notes
        )
        lines.append(f"<p>{refs}</p>")
    box = " box" if shape == "box" else ""
    return f'<section class="u{box}" id="{_xid(unit.id)}">{"".join(lines)}</section>'


def _text(unit: Unit, lang: str, shape: str) -> Iterator[str]:
    """The text of a unit in a language, a paragraph an element."""
    text, of = unit.text(lang) or "", _lang(lang)
    if shape == "code":
        yield f"<pre{of}>{xml_text(text)}</pre>"
        return
    css = ' class="li"' if shape == "list" else ""
    paragraphs = [p for p in text.split("\n\n") if xml_text(p).strip()]
    shown = "".join(f"<p{css}{of}>{xml_text(p).replace(chr(10), '<br/>')}</p>" for p in paragraphs)
    yield f"<blockquote>{shown}</blockquote>" if shape == "quote" and shown else shown


def _note(book: Book, note: Note) -> str:
    """An editor's note: a pop-up where the reader's program has them, else at the end of the file."""
    lines = []
    for lang in book.langs:
        quote = note.quote_zh if lang == "zh" else note.quote_en
        kind = NOTE_KINDS.get(note.kind, {}).get(lang, note.kind)
        quoted = f" “{xml_text(quote)}”" if quote else ""
        said = xml_text(note.zh if lang == "zh" else note.en)
        lines.append(f"<p{_lang(lang)}><b>{xml_text(kind)}</b>{quoted} {said}</p>")
    for title, url in note.sources:
        shown = xml_text(title) or xml_text(url)
        lines.append(f'<p><a href="{_attr(url)}">{shown}</a></p>' if is_web(url) else f"<p>{shown}</p>")  # fmt: skip
    back = f'<p><a href="#{_xid(f"ref-{note.id}")}" role="doc-backlink">↩</a></p>'
    return f'<aside epub:type="footnote" role="doc-footnote" id="{_xid(note.id)}">{"".join(lines)}{back}</aside>'


# --- the book ------------------------------------------------------------------------------------


def _about(book: Book) -> str:
    """The page that says whence the text comes and whose it is."""
    about = book.about
    rows = [
        *(("title", about.titles[lang], lang) for lang in LANGS),
        *(("date", show_date(lang, about.day), lang) for lang in book.langs),
        *(("edition", about.edition, lang) for lang in book.langs[:1]),
        *(("found", f"{about.found[lang]} {about.url}".strip(), lang) for lang in book.langs),
        *(("rights", f"{NOT_CLEARED[lang]} {about.rights[lang]}", lang) for lang in book.langs),
        *(("address", about.addresses[lang], lang) for lang in book.langs),
    ]
    shown = "".join(
        f"<dt>{xml_text(WORDS[lang if lang in book.langs else book.lang][key])}</dt><dd{_lang(lang)}>{xml_text(value)}</dd>\n"
        for key, value, lang in rows
        if xml_text(value).strip()
    )
    site = " · ".join(SITE[lang] for lang in book.langs)
    body = f"<h1>{xml_text(book.said('about'))}</h1>\n<p>{site}</p>\n<dl>\n{shown}</dl>"
    return _page(book, book.said("about"), body, "frontmatter")


def _nav(book: Book, parts: dict[str, str]) -> str:
    """The table of contents: turns and headings of the text, else the text as a whole."""
    rows = [
        f'<li><a href="{name}#{found[1] or found[2]}">{found[3].replace("<br/>", " ")}</a></li>'
        for name, text in parts.items()
        for found in ENTRY.finditer(text)
    ] or [f'<li><a href="text1.xhtml">{xml_text(book.said("text"))}</a></li>']
    about = f'<li><a href="about.xhtml">{xml_text(book.said("about"))}</a></li>'
    body = f'<nav epub:type="toc" id="toc" role="doc-toc"><h1>{xml_text(book.said("contents"))}</h1>\n<ol>\n{about}\n{chr(10).join(rows)}\n</ol></nav>'
    return _page(book, book.said("contents"), body)


def _package(book: Book, parts: dict[str, str]) -> str:
    """The list of all files, their order, and the book's data."""
    about, slug = book.about, book.bitext.slug
    which = "parallel" if len(book.langs) > 1 else book.lang
    made = uuid.uuid5(uuid.NAMESPACE_URL, f"two-tracks/{slug}/{which}/{about.work.edition}")
    changed = next(filter(re.compile(r"\d{4}-\d\d-\d\d").fullmatch, (about.work.edition_day, about.received)), "1980-01-01")  # fmt: skip
    creators = dict.fromkeys(a.form(book.lang).whole for a in about.work.authors)
    data = [
        f'<dc:identifier id="id">urn:uuid:{made}</dc:identifier>',
        f"<dc:title>{xml_text(book.title()).strip() or '—'}</dc:title>",
        *(f"<dc:language>{HTML_LANG[lang]}</dc:language>" for lang in book.langs),
        *(f"<dc:creator>{xml_text(name)}</dc:creator>" for name in creators if xml_text(name).strip()),
        *([f"<dc:date>{xml_text(about.work.day)}</dc:date>"] if about.work.day else []),
        *([f"<dc:source>{xml_text(about.source)}</dc:source>"] if about.source else []),
        f"<dc:rights>{xml_text(' '.join(NOT_CLEARED[lang] + ' ' + about.rights[lang] for lang in book.langs))}</dc:rights>",
        f"<dc:description>{xml_text(f'edition {about.edition}; {about.addresses[book.lang]}')}</dc:description>",
        f"<dc:publisher>{' · '.join(SITE[lang] for lang in book.langs)}</dc:publisher>",
        f'<meta property="dcterms:modified">{changed}T00:00:00Z</meta>',
    ]  # fmt: skip
    pages = {"about": "about.xhtml"} | {name.partition(".")[0]: name for name in parts}
    items = [
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
        '<item id="style" href="style.css" media-type="text/css"/>',
        *(f'<item id="{id}" href="{href}" media-type="application/xhtml+xml"/>' for id, href in pages.items()),
    ]  # fmt: skip
    spine = ['<itemref idref="nav"/>', *(f'<itemref idref="{id}"/>' for id in pages)]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{HTML_LANG[book.lang]}">',
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">', *data, "</metadata>",
        "<manifest>", *items, "</manifest>", "<spine>", *spine, "</spine>", "</package>",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"
