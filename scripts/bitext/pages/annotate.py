"""Text with its terms -> Markdown in which each term links to its glossary entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bitext.pages.escape import attribute, escape_attribute, escape_html, escape_markdown
from bitext.pages.typography import flattened, shown_full


def annotate(
    text: str,
    occurrences: Iterable,
    titles: Mapping[str, tuple[str, str]],
    glossary: str,
    lang: str,
) -> str:
    """`text` as Markdown; each occurrence a link to `glossary#<term id>`.

    `titles` has the definition of each term, and its name in the page's other language.

    Occurrences are in order and do not overlap. The rendering reads exactly `text`; in Chinese,
    flattened punctuation is marked for the style sheet.
    """
    marks = flattened(text) if lang == "zh" else {}
    out, at = [], 0
    for found in occurrences:
        out.append(_plain(text, at, found.start, marks))
        shown = _plain(text, found.start, found.end, marks)
        definition, twin = titles[found.term_id]
        out.append(
            f'[{shown}]({glossary}#{found.term_id} "{escape_attribute(definition)}")'
            f'{{ .bt-term data-term={found.term_id} data-twin="{attribute(twin)}" }}'
        )
        at = found.end
    return "".join(out) + _plain(text, at, len(text), marks)


def _plain(text: str, start: int, end: int, marks: Mapping[int, str]) -> str:
    """text[start:end] as Markdown, cut at the marks that are shown full-width."""
    out, at = [], start
    for i in range(start, end) if marks else ():
        if i in marks:
            out += [escape_markdown(text[at:i]), shown_full(text[i], marks[i])]
            at = i + 1
    return "".join(out) + escape_markdown(text[at:end])


def quote_html(text: str, lang: str) -> str:
    """A quotation of a text as HTML, its flattened punctuation marked likewise."""
    marks = flattened(text) if lang == "zh" else {}
    return "".join(
        shown_full(escape_html(char), marks[i]) if i in marks else escape_html(char)
        for i, char in enumerate(text)
    )
