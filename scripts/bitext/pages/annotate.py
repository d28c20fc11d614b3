"""Text with its terms -> Markdown in which each term links to its glossary entry."""

from __future__ import annotations

from collections.abc import Iterable

from bitext.pages.escape import Mark, address, escape_lines, escape_markdown
from bitext.pages.labels import HTML_LANG
from bitext.pages.typography import set_in


def annotate(text: str, occurrences: Iterable, glossary: str, lang: str) -> list[str]:
    """The lines of `text` as Markdown; each occurrence a link to `glossary/<term id>.md`.

    Occurrences do not overlap; one that a line end parts is no link. The rendering reads exactly
    `text`, but for punctuation that was flattened (see typography.py).
    """
    links = (
        Mark(
            found.start, found.end, "[", f"]({glossary}/{address(found.term_id)}.md){{ .bt-term }}"
        )
        for found in occurrences
    )
    return escape_lines(set_in(text, lang), links)


def quoted(text: str, side: str, lang: str) -> str:
    """Words of a text in quotation marks, as the page has them; with their `lang` on a page of the
    other language."""
    return in_quotes(set_in(text, side), side, lang)


def in_quotes(text: str, side: str, lang: str) -> str:
    """As `quoted`, with the source's own punctuation: words that stand in no unit."""
    mark = f' lang="{HTML_LANG[side]}"' if side != lang else ""
    return f"<q{mark}>{escape_markdown(text)}</q>"
