"""Pages at addresses that were published: a renamed text leads on, a withdrawn one says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bitext.library.register import Withdrawn
from bitext.model import OTHER, Bitext
from bitext.pages.escape import address, escape_markdown, id_attribute
from bitext.pages.labels import COLON, label, show_date
from bitext.pages.phrases import (  # fmt: skip
    front_matter,
    heading,
    linked_title,
    prose_markdown,
    prose_paragraphs,
    title_lines,
    titled,
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
    title = titled(bitext, lang)
    link = linked_title(title, f"{bitext.slug}.md", lang)
    return _leading_on(title[0], bitext.slug, link, lang, label(lang, "moved_title"), label(lang, "moved"))  # fmt: skip


def moved_page(name: str, id: str, lang: str, title: str, says: str) -> str:
    """A page at an address that a concept had before."""
    return _leading_on(name, id, f"[{escape_markdown(name)}]({address(id)}.md)", lang, title, says)


def _leading_on(name: str, to: str, link: str, lang: str, title: str, says: str) -> str:
    """A page that leads on to its neighbour `to`."""
    out = front_matter(name, says, KIND, moved=to)
    out += [heading(1, escape_markdown(title), "#title .bt-title"), ""]
    out += [f"{says}{COLON[lang]}{link}", "{ .bt-lead .bt-moved }"]
    return "\n".join(out) + "\n"


def withdrawn_pages(withdrawn: Sequence[Withdrawn], lang: str) -> dict[str, str]:
    """A page for each text that was taken back: when and why, in the page's language."""
    return {f"transcripts/{w.slug}.md": _withdrawn(w, lang) for w in withdrawn}


def _withdrawn(text: Withdrawn, lang: str) -> str:
    title, twin = ((text.title(side), side) for side in (lang, OTHER[lang]))
    out = front_matter(title[0], label(lang, "withdrawn_title"), KIND)
    out += title_lines(title, twin, lang)
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
