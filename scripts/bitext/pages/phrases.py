"""What generated pages share: their head, titles, names, and runs of the other language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bitext.library.store import day_of
from bitext.model import LANGS, OTHER, Bitext, Speaker, Unit
from bitext.pages.escape import (  # fmt: skip
    Mark,
    escape_html,
    escape_markdown,
    escape_paragraphs,
    escape_title,
    one_line,
)
from bitext.pages.labels import HTML_LANG, show_date
from bitext.pages.typography import HAN, widen
from bitext.text.sentences import split_sentences

#: Stands for a text that has nothing to see where Markdown needs a character.
NOTHING = "&#8203;"


def front_matter(title: str, description: str, page: str, moved: str = "", day: str = "") -> list[str]:  # fmt: skip
    """The head of a generated page; `moved` is the slug of the text that its address leads on to,
    `day` the date of a text, in both languages, for quotations of it."""
    return [
        "---",
        f"title: {escape_title(title)}",
        f"description: {escape_title(description)}",
        f"bt_page: {page}",
        "search: {exclude: true}",
        *([f"bt_moved: {moved}"] if moved else []),
        *([f"bt_date: {escape_title(day)}"] if day else []),
        "---",
        "",
    ]


def title_of(bitext: Bitext, lang: str) -> str:
    """The title shown: the editor's, else the source's, else the other language's, else the slug."""
    titles = bitext.record.get("title")
    titles = titles if isinstance(titles, Mapping) else {}
    for side in (lang, OTHER[lang]):
        for found in (titles.get(side), bitext.metadata.get(f"title_{side}")):
            if title := one_line(str(found or "")):
                return title
    return bitext.slug


def worded(value: object, lang: str) -> str:
    """A record's value in `lang`: {zh: …, en: …}, or the same text for both."""
    if isinstance(value, Mapping):
        return str(value.get(lang) or value.get(OTHER[lang]) or "")
    return "" if value is None else str(value)


def name_of(speaker: Speaker, lang: str) -> str:
    """A speaker's name in `lang`, else in the other language."""
    names = (speaker.zh if lang == "zh" else speaker.en, speaker.zh, speaker.en)
    return next(filter(None, (one_line(name or "") for name in names)), speaker.id)


def summary_of(bitext: Bitext, lang: str) -> str:
    """One sentence for the page's head and the library."""
    if bitext.record.get("summary"):
        return worded(bitext.record["summary"], lang)
    names = ("、" if lang == "zh" else ", ").join(name_of(s, lang) for s in bitext.speakers)
    parts = [names, show_date(lang, day_of(bitext))]
    return ("，" if lang == "zh" else ", ").join(p for p in parts if p) or title_of(bitext, lang)


def days_of(bitext: Bitext) -> str:
    """The text's date as both languages write it: 2026年4月29日 / 29 April 2026."""
    return " / ".join(dict.fromkeys(show_date(lang, day_of(bitext)) for lang in LANGS))


def heading(level: int, inner: str, attributes: str) -> str:
    """A heading of Markdown with its attribute list, which one without text would lose."""
    return f"{'#' * level} {inner.strip() or NOTHING} {{ {attributes} }}"


def begin(unit: Unit, lang: str) -> tuple[str, str]:
    """The last question that a unit asks, or else how it begins, cut at a word; and its language."""
    side = lang if unit.text(lang) else OTHER[lang]
    text = unit.text(side) or ""
    size = 34 if side == "zh" else 80
    sentences = [text[s.start : s.end].strip() for s in split_sentences(text, side)]
    asked = [sentence for sentence in sentences if sentence.endswith(("?", "？"))]
    text = one_line(asked[-1] if asked else text)
    if len(text) > size:
        text = text[:size] if side == "zh" else text[:size].rsplit(" ", 1)[0]
        text = text.rstrip("，。；、,.;: ") + "…"
    return (widen(text) if side == "zh" else text), side


# Chinese words in English prose, with the marks between and around them.
HAN_WORDS = re.compile(f"《?[{HAN}](?:[{HAN}《》、，。；：？！（）·]*[{HAN}》）])?")


def prose_markdown(text: str, lang: str) -> str:
    """The site's own prose as one line of Markdown; Chinese words on an English page carry their
    `lang`, so that they never get Japanese glyphs and are read out in Chinese."""
    return escape_markdown(text, _foreign_words(text, lang))


def prose_paragraphs(text: str, lang: str) -> Iterator[str]:
    """As `prose_markdown`, the lines of a block: its paragraphs, a blank line after each."""
    for paragraph in escape_paragraphs(text, _foreign_words(text, lang)):
        yield from (paragraph, "")


def prose_html(text: str, lang: str) -> str:
    """As `prose_markdown`, as HTML."""
    return escape_html(text, _foreign_words(text, lang))


def _foreign_words(text: str, lang: str) -> list[Mark]:
    if lang == "zh":
        return []
    before = f'<span lang="{HTML_LANG["zh"]}">'
    return [Mark(*found.span(), before, "</span>") for found in HAN_WORDS.finditer(text)]


def is_web(url: str) -> bool:
    """Whether an address is one of the web, and nothing that a browser would run."""
    return re.match(r"https?://", url) is not None


def link(title: str, url: str, lang: str) -> str:
    """A link to a web address as HTML; only the title where it is none."""
    if is_web(url):
        return f'<a href="{escape_html(url)}" rel="external">{prose_html(title or url, lang)}</a>'
    return prose_html(title, lang)


def foreign(text: str, lang: str, side: str | None = None) -> str:
    """`text` as HTML, with its `lang` where it is not in the page's language."""
    side = side or ("zh" if re.search(f"[{HAN}]", text) else "en")
    if side == lang:
        return escape_html(text)
    return f'<span lang="{HTML_LANG[side]}">{escape_html(text)}</span>'
