"""Document -> Cleaned: chrome cut with its reason, metadata read out, the text left alone.

A text's own sentence is never cut: where a line might be either, it stays. Every cut is a whole line
or a part with clear limits, so lines and cuts together hold each character that is not blank once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bitext.clean.bylines import read_bylines
from bitext.clean.chrome import (
    cut_inline,
    cut_menus,
    cut_notices,
    cut_prefixes,
    cut_strong,
    cut_tail,
    cut_timeline,
    cut_weak,
)
from bitext.clean.markers import cut_markers
from bitext.clean.metadata import read_end, read_fields
from bitext.clean.paging import (
    cut_counted_pages,
    cut_marked_heads,
    cut_page_headers,
    cut_running_heads,
)
from bitext.clean.stamps import cut_stamps
from bitext.clean.state import State, open_state
from bitext.clean.titles import join_capitals, read_titles
from bitext.clean.truncation import find_truncation
from bitext.clean.watermark import cut_watermarks
from bitext.text.source import Cleaned, Document, Line
from bitext.text.spans import trim, without


def clean(document: Document) -> Cleaned:
    """The document's text without its chrome; lines and cuts cover what is not blank exactly once."""
    document = join_capitals(document)
    state = open_state(document)
    for step in STEPS:
        if step not in OF_PAGES or document.format not in ("srt", "vtt", "csv", "tsv"):
            step(state)
    lines = _lines(state)
    made = (cut for cuts in state.cuts.values() for cut in cuts)
    cuts = tuple(sorted([*document.left_out, *made], key=lambda c: c.span))
    metadata = {**document.metadata, **state.metadata}
    return Cleaned(
        document, lines, cuts, metadata,
        truncation=find_truncation(document, lines), title=state.title,
    )  # fmt: skip


def _lines(state: State) -> tuple[Line, ...]:
    """The lines that still hold text, and the blank ones between them."""
    text = state.document.text
    lines: list[Line] = []
    for index, line in enumerate(state.document.lines):
        if index in state.gone:
            continue
        line = state.changed.get(index, line)
        if index not in state.cuts:
            lines.append(line)
            continue
        cuts = [cut.span for cut in state.cuts[index]]
        for piece in without((line.start, line.end), cuts):
            start, end = trim(text, piece)
            if start < end:
                markup = tuple((a, b) for a, b in line.markup if start <= a and b <= end)
                lines.append(replace(line, start=start, end=end, markup=markup))
    return tuple(lines)


def _cut_leftovers(state: State) -> None:
    """The markup of a line whose text is gone goes with it."""
    state.cut_each(state.gone, reason="markup")


STEPS: tuple[Callable[[State], None], ...] = (
    cut_watermarks,
    cut_strong,
    cut_timeline,
    cut_stamps,
    cut_counted_pages,
    cut_page_headers,
    cut_marked_heads,
    cut_running_heads,
    cut_menus,
    cut_markers,
    cut_prefixes,
    cut_inline,
    read_fields,
    read_bylines,
    cut_notices,
    cut_weak,
    cut_tail,
    read_end,
    read_titles,
    _cut_leftovers,
)
#: Steps for what is read in pages and has a title; cues and rows have neither.
OF_PAGES = frozenset((cut_counted_pages, cut_marked_heads, cut_running_heads, read_titles))
