"""All texts -> one zip of the library, and what tells machines where things are."""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path

from bitext.citing.records import NOT_CLEARED, SITE
from bitext.model import LANGS, Bitext
from bitext.publish.about import About, page_address
from bitext.publish.archive import Content, Part, contents, part_of, zipped
from bitext.publish.export_schema import SCHEMA
from bitext.publish.formats import FORMATS, made
from bitext.publish.pairs import card, citation_cff

NAME = "two-tracks.zip"
SCHEMA_NAME = "export.schema.json"
#: The format of which the zip has one file of all texts, and that file.
PAIRS, ALL_PAIRS = "jsonl", "data/pairs.jsonl"
#: The formats of which something is in the zip.
IN_ZIP = tuple(name for name, form in FORMATS.items() if form.in_library or name == PAIRS)
#: What the zip has of a text, packed, by the names of the formats.
Packed = Mapping[str, Part]
#: Sections of llms.txt, the texts first: the folders whose pages each lists, and its name.
SECTIONS: Mapping[tuple[str, ...], Mapping[str, str]] = {
    ("transcripts",): {"zh": "中文：文本", "en": "English: texts"},
    ("",): {"zh": "中文：本站", "en": "English: this site"},
    ("speakers",): {"zh": "中文：人物", "en": "English: people"},
    ("glossary",): {"zh": "中文：术语", "en": "English: glossary"},
    ("topics", "kinds", "years"): {"zh": "中文：分类目录", "en": "English: lists of texts"},
}
#: The front matter of a page, and one of its values.
FRONT = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
HEADING = re.compile(r"^# (.+?)(?: *\{.*\})?$", re.MULTILINE)
VALUE = re.compile(r"^(title|description|bt_page): (.*)$", re.MULTILINE)


def library_zip(texts: Sequence[tuple[Bitext, About]], site: str) -> bytes:
    """Every text in the formats of data, pairs of all texts in one file, README and CITATION.cff."""
    return zipped(in_zip(texts, site))


def in_zip(
    texts: Sequence[tuple[Bitext, About]],
    site: str,
    written: Callable[[str], Path] | None = None,
    keep: Callable[[Bitext, Callable[[], Packed]], Packed] = lambda _, pack: pack(),
) -> dict[str, Content]:
    """The files of the library's zip, most of them made when it is their turn.

    `written` says where a file stands that `files_of` gives of a text, where all are written already; `keep`
    gives what is packed of a text, as it is kept or as it is packed now.
    """

    def file(bitext: Bitext, about: About, name: str) -> bytes | Path:
        own = f"{bitext.slug}.{FORMATS[name].ending}"
        return written(own) if written else made(name, bitext, about)

    def packed(bitext: Bitext, about: About) -> Packed:
        def pack() -> Packed:
            return {name: part_of(contents(file(bitext, about, name))) for name in IN_ZIP}

        return keep(bitext, pack)

    abouts = [about for _, about in texts]
    lines = size = crc = 0  # of all pairs, which are megabytes: they are never held together
    for text in texts:
        data = contents(file(*text, PAIRS))
        lines, size, crc = lines + data.count(b"\n"), size + len(data), zlib.crc32(data, crc)
    files: dict[str, Content] = {
        "README.md": card(abouts, lines, site).encode("utf-8"),
        "CITATION.cff": citation_cff(abouts, site).encode("utf-8"),
        SCHEMA_NAME: schema_text().encode("utf-8"),
        ALL_PAIRS: lambda: Part(b"".join(packed(*text)[PAIRS].data for text in texts), size, crc),
    }
    last = lru_cache(1)(lambda n: packed(*texts[n]))  # the files of a text stand together
    for n, (bitext, _) in enumerate(texts):
        for name in IN_ZIP:
            if name != PAIRS:
                own = f"texts/{bitext.slug}/{bitext.slug}.{FORMATS[name].ending}"
                files[own] = partial(lambda n, name: last(n)[name], n, name)
    return files


def schema_text() -> str:
    """The form of the JSON of a text."""
    return json.dumps(SCHEMA, ensure_ascii=False, indent=1) + "\n"


def robots(site: str) -> str:
    """robots.txt: everything may be read; the sitemap where the site has an address."""
    return "User-agent: *\nAllow: /\n" + (f"\nSitemap: {site}sitemap.xml\n" if site else "")


def is_listed(text: str) -> bool:
    """Whether programs are told of a page, by its Markdown: of one that leads on to another they are not."""
    return front(text).get("bt_page") != "moved"


def outline(text: str) -> str:
    """As much of a page's Markdown as `llms` reads: its front matter and its first heading."""
    head, title = FRONT.match(text), HEADING.search(text)
    return (head[0] if head else "") + (f"{title[0]}\n" if title else "")


def front(text: str) -> dict[str, str]:
    """Title, description and kind of a page, as far as its head gives them."""
    head = FRONT.match(text)
    found = dict(VALUE.findall(head[1])) if head else {}
    return {key: _plain(value) for key, value in found.items()}


def _plain(value: str) -> str:
    try:
        return str(json.loads(value)) if value.startswith('"') else value.strip()
    except ValueError:
        return value.strip('"')


def llms(pages: Mapping[str, str], site: str) -> str:
    """llms.txt: what the site is, whose the texts are, and the Markdown of each page."""
    lines = [
        f"# {SITE['en']} · {SITE['zh']}", "",
        "> A bilingual library of AI-governance dialogues: every paragraph in Chinese and English, with an address of its own. 人工智能治理对话的中英双语文库，逐段对照。", "",
        f"{NOT_CLEARED['en']} {NOT_CLEARED['zh']}", "",
        f"- [All texts as data]({page_address(site, 'zh', f'data/{NAME}')}): {NAME}", "",
    ]  # fmt: skip
    for lang in LANGS:
        for folders, name in SECTIONS.items():
            own = {
                p: text for p, text in pages.items() if _place(p) in {(lang, f) for f in folders}
            }
            lines += [f"## {name[lang]}", "", *_listed(own, site), ""] if own else []
    return "\n".join(lines)


def _place(path: str) -> tuple[str, str]:
    """The language of a page, and the section of llms.txt that its folder belongs to."""
    lang, below = ("en", path[3:]) if path.startswith("en/") else ("zh", path)
    folder = below.partition("/")[0] if "/" in below else ""
    return lang, folder if any(folder in folders for folders in SECTIONS) else ""


def _listed(pages: Mapping[str, str], site: str) -> Iterable[str]:
    """A line a page; pages of one title are told apart by the names of their files."""
    heads = {path: front(text) for path, text in pages.items()}
    titles = {p: head.get("title") or _heading(pages[p]) or p for p, head in heads.items()}
    often = Counter(titles.values())
    for path, head in heads.items():
        title, about = titles[path], head.get("description", "")
        shown = f"{title} ({Path(path).stem})" if often[title] > 1 else title
        shown = shown.replace("[", "\\[").replace("]", "\\]")
        yield f"- [{shown}]({site or '/'}{path})" + (f": {about}" if about else "")


def _heading(text: str) -> str:
    """The first heading of a page that people wrote, without its attributes."""
    found = HEADING.search(text)
    return re.sub(r"<[^>]*>", "", found[1]).strip() if found else ""
