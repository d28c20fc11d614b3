"""What generated pages share: their head, titles, names, and runs of the other language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bitext.align.sentences import split_sentences
from bitext.library.store import day_of
from bitext.model import Bitext, Speaker, Unit
from bitext.pages.escape import escape_html, escape_markdown, escape_title
from bitext.pages.labels import HTML_LANG, OTHER, show_date
from bitext.pages.typography import HAN, widen


def front_matter(title: str, description: str, page: str) -> list[str]:
    """The head of a generated page."""
    return [
        "---",
        f"title: {escape_title(title)}",
        f"description: {escape_title(description)}",
        f"bt_page: {page}",
        "search: {exclude: true}",
        "---",
        "",
    ]


def title_of(bitext: Bitext, lang: str) -> str:
    """The title shown: the editor's, else the source's, else the other language's, else the slug."""
    titles = bitext.record.get("title")
    titles = titles if isinstance(titles, Mapping) else {}
    for side in (lang, OTHER[lang]):
        found = titles.get(side) or bitext.metadata.get(f"title_{side}")
        if found:
            return str(found)
    return bitext.slug


def worded(value: object, lang: str) -> str:
    """A record's value in `lang`: {zh: …, en: …}, or the same text for both."""
    if isinstance(value, Mapping):
        return str(value.get(lang) or value.get(OTHER[lang]) or "")
    return "" if value is None else str(value)


def name_of(speaker: Speaker, lang: str) -> str:
    """A speaker's name in `lang`, else in the other language."""
    return (speaker.zh if lang == "zh" else speaker.en) or speaker.zh or speaker.en or speaker.id


def summary_of(bitext: Bitext, lang: str) -> str:
    """One sentence for the page's head and the library."""
    if bitext.record.get("summary"):
        return worded(bitext.record["summary"], lang)
    names = ("、" if lang == "zh" else ", ").join(name_of(s, lang) for s in bitext.speakers)
    parts = [names, show_date(lang, day_of(bitext))]
    return ("，" if lang == "zh" else ", ").join(p for p in parts if p) or title_of(bitext, lang)


def one_line(text: str) -> str:
    """`text` with every run of white space one space."""
    return " ".join(text.split())


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
    """The site's own prose as Markdown; Chinese words on an English page carry their `lang`, so
    that they never get Japanese glyphs and are read out in Chinese."""
    return _prose(text, lang, escape_markdown)


def prose_html(text: str, lang: str) -> str:
    """As `prose_markdown`, as HTML."""
    return _prose(text, lang, escape_html)


def _prose(text: str, lang: str, escape: Callable[[str], str]) -> str:
    if lang == "zh":
        return escape(text)
    out, at = [], 0
    for found in HAN_WORDS.finditer(text):
        out.append(escape(text[at : found.start()]))
        out.append(f'<span lang="{HTML_LANG["zh"]}">{escape(found[0])}</span>')
        at = found.end()
    return "".join(out) + escape(text[at:])


def link(title: str, url: str, lang: str) -> str:
    """A link to a web address as HTML; only the title where it is none."""
    if re.match(r"https?://", url):
        return f'<a href="{escape_html(url)}" rel="external">{prose_html(title or url, lang)}</a>'
    return prose_html(title, lang)


def foreign(text: str, lang: str, side: str | None = None) -> str:
    """`text` as HTML, with its `lang` where it is not in the page's language."""
    side = side or ("zh" if re.search(r"[㐀-鿿]", text) else "en")
    if side == lang:
        return escape_html(text)
    return f'<span lang="{HTML_LANG[side]}">{escape_html(text)}</span>'
