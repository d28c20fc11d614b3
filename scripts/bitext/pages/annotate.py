"""Text with its terms -> Markdown in which each term links to its glossary entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bitext.pages.escape import Mark, address, escape_attribute, escape_html, escape_lines, id_value
from bitext.pages.typography import flattened, shown_full


def annotate(
    text: str,
    occurrences: Iterable,
    titles: Mapping[str, tuple[str, str]],
    glossary: str,
    lang: str,
) -> list[str]:
    """The lines of `text` as Markdown; each occurrence a link to `glossary#<term id>`.

    `titles` has the definition of each term, and its name in the page's other language.

    Occurrences do not overlap; one that a line end parts is no link. The rendering reads exactly
    `text`; in Chinese, flattened punctuation is marked for the style sheet.
    """
    marks = _flattened(text, lang)
    for found in occurrences:
        definition, twin = titles[found.term_id]
        after = (
            f']({glossary}#{address(found.term_id)} "{escape_attribute(definition)}")'
            f"{{ .bt-term data-term={id_value(found.term_id)}"
            f' data-twin="{escape_attribute(twin) or "?"}" }}'
        )
        marks.append(Mark(found.start, found.end, "[", after))
    return escape_lines(text, marks)


def quote_html(text: str, lang: str) -> str:
    """A quotation of a text as HTML, its flattened punctuation marked likewise."""
    return escape_html(text, _flattened(text, lang))


def _flattened(text: str, lang: str) -> list[Mark]:
    marks = flattened(text) if lang == "zh" else {}
    return [Mark(i, i + 1, *shown_full(full)) for i, full in marks.items()]
