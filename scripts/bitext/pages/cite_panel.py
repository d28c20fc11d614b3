"""Bitext -> how its page is cited and what of it can be downloaded: one panel, of use without script.

The address in a citation and the sizes of the files are known only when the site is built:
`publish/filling.py` writes them into the places that are marked here.
"""

from __future__ import annotations

from collections.abc import Iterator

from bitext.citing.formats import MANAGERS
from bitext.citing.records import Parts, Slot, placed
from bitext.citing.styles import STYLES
from bitext.model import Bitext
from bitext.pages.blocks import details
from bitext.pages.cited import work_of
from bitext.pages.escape import Mark, address, escape_markdown
from bitext.pages.labels import HTML_LANG, label
from bitext.pages.phrases import NO_NAMES, Names, foreign_words

#: What is offered, by the row that it stands in: the name shown, and the ending of the file.
FILES = {
    "books": (("side_by_side", "epub"), ("lang_zh", "zh.epub"), ("lang_en", "en.epub")),
    "data": (
        ("TXT", "txt"), ("CSV", "csv"), ("JSON", "json"), ("JSON Lines", "jsonl"),
        ("TMX", "tmx"), ("XLIFF", "xlf"),
    ),
}  # fmt: skip
#: The places that are filled when the site is built, or when somebody cites.
PLACES = {Slot.URL: "bt-here", Slot.DAY: "bt-day", Slot.DAY_EN: "bt-day"}
#: The language in which a style is written, where that is not the one quoted.
WRITTEN = {"chicago": "en"}
#: What stands in the place of an address until then.
NO_ADDRESS = "…"


def cite_panel(bitext: Bitext, lang: str, names: Names = NO_NAMES) -> Iterator[str]:
    """The panel: a citation in each style, files for reference managers, books, data."""
    work = work_of(bitext, names)
    rows = [
        (said[lang], citation(style(work, work.authors, lang), WRITTEN.get(name, lang), lang))
        for name, (style, said) in STYLES.items()
    ]
    managers = [(name, f"{lang}.{ending}") for name, ending in MANAGERS.values()]
    rows.append((label(lang, "managers"), _links(bitext, lang, managers)))
    for key, files in FILES.items():
        shown = [(name if name[0].isupper() else label(lang, name), end) for name, end in files]
        more = f" · [{label(lang, 'formats')}](../download.md)" if key == "data" else ""
        rows.append((label(lang, key), _links(bitext, lang, shown) + more))
    body = [line for name, value in rows for line in (name, f":   {value}", "")]
    yield from details(label(lang, "take"), "bt-record bt-citing", body, id="downloads")


def citation(parts: Parts, side: str, lang: str) -> str:
    """A citation of the whole text as Markdown, written in `side`, with its places marked.

    The day on which it was read is the reader's to fill in: the page knows none.
    """
    day = label(lang, "day_read")
    values = {Slot.URL: NO_ADDRESS, Slot.DAY: day, Slot.DAY_EN: day}
    text, places = placed(parts, values)
    marks = [Mark(a, b, f'<span class="{PLACES[s]}">', "</span>") for a, b, s in places]
    marks += [m for m in foreign_words(text, side) if not any(a < m.end and m.start < b for a, b, _ in places)]  # fmt: skip
    shown = escape_markdown(text, marks)
    return shown if side == lang else f'<span lang="{HTML_LANG[side]}">{shown}</span>'


def _links(bitext: Bitext, lang: str, files: list[tuple[str, str]]) -> str:
    """Links to files of this text; they are made with the site, so Markdown cannot link them."""
    up = "../../" if lang == "zh" else "../../../"
    slug = address(bitext.slug)
    return " · ".join(f'<a href="{up}data/{slug}.{end}" download>{name}</a>' for name, end in files)


def to_panel(lang: str) -> str:
    """The line at a text's end that leads to the panel."""
    return f'<p class="bt-take"><a href="#downloads">{label(lang, "take")}</a></p>'
