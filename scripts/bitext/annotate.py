"""Text with its terms -> Markdown in which each term links to its glossary entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .escape import escape_attribute, escape_markdown


def annotate(text: str, occurrences: Iterable, titles: Mapping[str, str], glossary: str) -> str:
    """`text` as Markdown; each occurrence a link to `glossary#<term id>` with a title.

    Occurrences are in order and do not overlap. The rendering reads exactly `text`.
    """
    out, at = [], 0
    for found in occurrences:
        out.append(escape_markdown(text[at : found.start]) if at < found.start else "")
        shown = escape_markdown(text[found.start : found.end])
        title = escape_attribute(titles[found.term_id])
        out.append(
            f'[{shown}]({glossary}#{found.term_id} "{title}")'
            f"{{ .bt-term data-term={found.term_id} }}"
        )
        at = found.end
    return "".join(out) + escape_markdown(text[at:])
