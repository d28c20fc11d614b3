"""Pages at addresses that were published: a renamed text leads on, a withdrawn one says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bitext.library.register import Withdrawn
from bitext.model import Bitext
from bitext.pages.escape import escape_html, escape_markdown, id_attribute
from bitext.pages.labels import COLON, HTML_LANG, OTHER, label, show_date
from bitext.pages.phrases import (
    front_matter,
    heading,
    prose_markdown,
    prose_paragraphs,
    title_of,
)

#: What these pages are to the theme: they are in no list, no search and no sitemap.
KIND = "moved"


def moved_pages(bitexts: Sequence[Bitext], lang: str) -> dict[str, str]:
    """A page for each slug that a text had before, by its path below the language."""
    return {
        f"transcripts/{old}.md": _moved(bitext, lang)
        for bitext in bitexts
        for old in bitext.formerly
    }


def _moved(bitext: Bitext, lang: str) -> str:
    title = title_of(bitext, lang)
    out = front_matter(title, label(lang, "moved"), KIND, moved=bitext.slug)
    link = f"[{escape_markdown(title)}]({bitext.slug}.md)"
    out += [heading(1, escape_markdown(label(lang, "moved_title")), "#title .bt-title"), ""]
    out += [f"{label(lang, 'moved')}{COLON[lang]}{link}", "{ .bt-lead .bt-moved }"]
    return "\n".join(out) + "\n"


def withdrawn_pages(withdrawn: Sequence[Withdrawn], lang: str) -> dict[str, str]:
    """A page for each text that was taken back: when and why, in the page's language."""
    return {f"transcripts/{w.slug}.md": _withdrawn(w, lang) for w in withdrawn}


def _withdrawn(text: Withdrawn, lang: str) -> str:
    title, twin = text.title(lang), text.title(OTHER[lang])
    out = front_matter(title, label(lang, "withdrawn_title"), KIND)
    out += [heading(1, escape_markdown(title), "#title .bt-title"), ""]
    if twin != title:
        out += [f'<p class="bt-twin-title" lang="{HTML_LANG[OTHER[lang]]}">{escape_html(twin)}</p>', ""]  # fmt: skip
    out += [label(lang, "withdrawn", date=show_date(lang, text.date)), "{ .bt-lead }", ""]
    out += prose_paragraphs(text.why(lang), lang)
    return "\n".join(out) + "\n"


def withdrawn_ids(bitext: Bitext, lang: str) -> Iterator[str]:
    """The list of addresses on this page that were taken back; each leads to its own reason."""
    if not bitext.withdrawn:
        return
    yield from (f"### {label(lang, 'withdrawn_ids')} {{ #withdrawn }}", "")
    for item in bitext.withdrawn:
        why = prose_markdown(item.why_zh if lang == "zh" else item.why_en, lang)
        comma = "，" if lang == "zh" else ", "
        yield f"- {item.id}{comma}{show_date(lang, item.date)}{COLON[lang]}{why}"
        yield f"    {{ {id_attribute(item.id)} }}"
    yield ""
