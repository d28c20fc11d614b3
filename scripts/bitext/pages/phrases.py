"""What generated pages share: their head, titles, names, and runs of the other language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from bitext.glossary.records import Both
from bitext.library.store import day_of
from bitext.model import LANGS, OTHER, Bitext, Speaker, Unit
from bitext.pages.escape import (  # fmt: skip
    Mark,
    escape_markdown,
    escape_paragraphs,
    escape_title,
    one_line,
)
from bitext.pages.labels import HTML_LANG, show_date
from bitext.pages.titles import title_markdown
from bitext.pages.typography import set_in
from bitext.text.marks import WIDE_MARKS
from bitext.text.scripts import HAN, HAN_CLASS

#: Stands for a text that has nothing to see where Markdown needs a character.
NOTHING = "&#8203;"
COMMA = {"zh": "，", "en": ", "}
LIST_COMMA = {"zh": "、", "en": ", "}
#: A person's id -> the form of the name that the site uses.
Names = Mapping[str, Both]
NO_NAMES: Names = {}
#: Characters that run from right to left, and those that make others do so.
RIGHT_TO_LEFT = frozenset(("R", "AL", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI"))


def front_matter(title: str, description: str, page: str, moved: str = "", day: str = "") -> list[str]:  # fmt: skip
    """The head of a generated page; `moved` is the slug of the text that its address leads on to,
    `day` the date of a text, in both languages, for quotations of it."""
    return [
        "---",
        f"title: {escape_title(title)}",
        f"description: {escape_title(description)}",
        f"bt_page: {page}",
        *([f"bt_moved: {moved}"] if moved else []),
        *([f"bt_date: {escape_title(day)}"] if day else []),
        "---",
        "",
    ]


def titled(bitext: Bitext, lang: str) -> tuple[str, str]:
    """The title shown and its language: the editor's, else the source's, else the other language's,
    else the slug, which is of the page's language."""
    titles = bitext.record.get("title")
    titles = titles if isinstance(titles, Mapping) else {}
    for side in (lang, OTHER[lang]):
        for found in (titles.get(side), bitext.metadata.get(f"title_{side}")):
            if title := one_line(str(found or "")):
                return title, side
    return bitext.slug, lang


def title_of(bitext: Bitext, lang: str) -> str:
    """The title shown in `lang`."""
    return titled(bitext, lang)[0]


def title_lines(title: tuple[str, str], twin: tuple[str, str], lang: str) -> list[str]:
    """The head of a page as Markdown: its title, and below it the title in the other language."""
    out = [heading(1, title_markdown(title[0]), f"#title .bt-title{lang_of(title[1], lang)}"), ""]
    return out + twin_title(title[0], twin, lang)


def twin_title(title: str, twin: tuple[str, str], lang: str) -> list[str]:
    """The title in the other language, a paragraph; nothing where it is the same."""
    if twin[0] == title:
        return []
    return [title_markdown(twin[0]) or NOTHING, f"{{ .bt-twin-title{lang_of(twin[1], lang)} }}", ""]


def linked_title(title: tuple[str, str], page: str, lang: str) -> str:
    """A link to a text by its title."""
    attributes = lang_of(title[1], lang)
    shown = f"[{title_markdown(title[0]) or NOTHING}]({page})"
    return f"{shown}{{{attributes} }}" if attributes else shown


def lang_of(side: str, lang: str) -> str:
    """The attribute ` lang=…` of what is written in `side`; '' where that is the page's language."""
    return f" lang={HTML_LANG[side]}" if side != lang else ""


def worded(value: object, lang: str) -> str:
    """A record's value in `lang`: {zh: …, en: …}, or the same text for both."""
    if isinstance(value, Mapping):
        return str(value.get(lang) or value.get(OTHER[lang]) or "")
    return "" if value is None else str(value)


def named(speaker: Speaker, lang: str, names: Names = NO_NAMES) -> tuple[str, str]:
    """A speaker's name in `lang`, else in the other language; and in which of the two it is.

    `names` has the form that the site uses, by the person's id; without it the source's stands.
    """
    own = names.get(speaker.person or "")
    for side in (lang, OTHER[lang]):
        for name in (own[side] if own else "", speaker.zh if side == "zh" else speaker.en):
            if name := one_line(name or ""):
                return name, side
    return speaker.id, lang


def name_of(speaker: Speaker, lang: str) -> str:
    """A speaker's name in `lang`, as the source has it; else in the other language."""
    return named(speaker, lang)[0]


def name_markdown(speaker: Speaker, lang: str, names: Names = NO_NAMES) -> str:
    """As `named`, as Markdown: a run of its own in its language and direction."""
    return run(*named(speaker, lang, names), lang)


def named_twice(speaker: Speaker, lang: str, names: Names = NO_NAMES) -> str:
    """A speaker's name, and in small the one in the other language where it differs."""
    name, twin = named(speaker, lang, names), named(speaker, OTHER[lang], names)
    shown = run(*name, lang) or NOTHING
    return f"{shown} {other_name(*twin, lang)}" if twin[0] != name[0] else shown


def other_name(text: str, side: str, lang: str) -> str:
    """A name in the page's other language, small beside that in its own."""
    mark = f' lang="{HTML_LANG[side]}"' if side != lang else ""
    return f'<span class="bt-other"{mark}>{isolated(text, escape_markdown(text))}</span>'


def summary_of(bitext: Bitext, lang: str) -> str:
    """One sentence for the page's head and the library."""
    if bitext.record.get("summary"):
        return worded(bitext.record["summary"], lang)
    names = LIST_COMMA[lang].join(name_of(s, lang) for s in bitext.speakers)
    parts = [names, show_date(lang, day_of(bitext))]
    return COMMA[lang].join(p for p in parts if p) or title_of(bitext, lang)


def days_of(bitext: Bitext) -> str:
    """The text's date as both languages write it: 2026年4月29日 / 29 April 2026."""
    return " / ".join(dict.fromkeys(show_date(lang, day_of(bitext)) for lang in LANGS))


def heading(level: int, inner: str, attributes: str) -> str:
    """A heading of Markdown with its attribute list, which one without text would lose."""
    return f"{'#' * level} {inner.strip() or NOTHING} {{ {attributes} }}"


def begin(unit: Unit, lang: str) -> tuple[str, str]:
    """The last question that a unit asks, or else how it begins, cut at a word; and its language."""
    from bitext.text.sentences import split_sentences  # late: its patterns are many

    side = lang if unit.text(lang) else OTHER[lang]
    text = set_in(unit.text(side) or "", side)
    size = 34 if side == "zh" else 80
    sentences = [text[s.start : s.end].strip() for s in split_sentences(text, side)]
    asked = [sentence for sentence in sentences if sentence.endswith(("?", "？"))]
    text = one_line(asked[-1] if asked else text)
    if len(text) > size:
        text = text[:size] if side == "zh" else text[:size].rsplit(" ", 1)[0]
        text = text.rstrip("，。；、,.;: ") + "…"
    return text, side


# Chinese words in English prose, with the marks between and around them.
HAN_WORDS = re.compile(f"《?[{HAN_CLASS}](?:[{HAN_CLASS}《》{WIDE_MARKS}（）·]*[{HAN_CLASS}》）])?")


def prose_markdown(text: str, lang: str) -> str:
    """The site's own prose as one line of Markdown; Chinese words on an English page carry their
    `lang`, so that they never get Japanese glyphs and are read out in Chinese."""
    return escape_markdown(text, foreign_words(text, lang))


def prose_paragraphs(text: str, lang: str) -> Iterator[str]:
    """As `prose_markdown`, the lines of a block: its paragraphs, a blank line after each."""
    for paragraph in escape_paragraphs(text, foreign_words(text, lang)):
        yield from (paragraph, "")


def foreign_words(text: str, lang: str) -> list[Mark]:
    """The Chinese words of an English text, each to carry its `lang`."""
    if lang == "zh":
        return []
    before = f'<span lang="{HTML_LANG["zh"]}">'
    return [Mark(*found.span(), before, "</span>") for found in HAN_WORDS.finditer(text)]


def is_web(url: str) -> bool:
    """Whether an address is one of the web, and nothing that a browser would run."""
    return re.match(r"https?://", url) is not None


def link(title: str, url: str, lang: str) -> str:
    """A link to a web address as Markdown; only the title where it is none."""
    if not is_web(url):
        return run(title, script_of(title, lang), lang)
    side = script_of(title, lang)
    mark = f"{{{lang_of(side, lang)} }}" if side != lang else ""
    return f"[{prose_markdown(title or url, side) or NOTHING}]({web_address(url)}){mark}"


def web_address(url: str) -> str:
    """A web address for a link of Markdown; what could end it there is percent-encoded."""
    return quote(one_line(url), safe="%/:?#@!$&'*+,=~-._")


def script_of(text: str, lang: str) -> str:
    """The language of words that may be of either: Chinese where there is Han, English where there
    are Latin letters only, else the page's."""
    if HAN.search(text):
        return "zh"
    return "en" if re.search("[A-Za-z]", text) else lang


def run(text: str, side: str, lang: str) -> str:
    """`text` as Markdown, with its `lang` where that is not the page's."""
    if side == lang:
        return isolated(text, prose_markdown(text, lang))
    return isolated(text, f'<span lang="{HTML_LANG[side]}">{escape_markdown(text)}</span>')


def isolated(text: str, shown: str) -> str:
    """`shown`, kept from changing places with its neighbours where `text` runs from right to left."""
    turns = any(unicodedata.bidirectional(char) in RIGHT_TO_LEFT for char in text)
    return f"<bdi>{shown}</bdi>" if turns else shown
