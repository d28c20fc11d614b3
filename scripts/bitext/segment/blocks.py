"""Cleaned lines -> blocks: what may become one side of a unit, each of one language and one kind.

A block is a paragraph, heading, list item, quotation, cue or table cell. Lines that mix languages are
cut into their runs, labels are taken off (also in mid-line), hard wraps are joined. Every character
that is not blank is in one block, one label or one cut.
"""

from __future__ import annotations

from dataclasses import replace

from bitext.segment.block_kinds import name_kinds
from bitext.segment.captions import captions
from bitext.segment.languages import settle_languages, without_keys
from bitext.segment.lines import pieces_of
from bitext.segment.paragraphs import joined
from bitext.segment.records import Segmented
from bitext.segment.turns import take_labels
from bitext.text.source import Cleaned


def segment(cleaned: Cleaned) -> Segmented:
    """The blocks of a cleaned document, and what was cut on the way (markup, marker lines)."""
    text = cleaned.document.text
    lines, turns = captions(text, cleaned.lines)
    cleaned = replace(cleaned, lines=tuple(lines))
    pieces, cuts, mixed = pieces_of(cleaned, turns)
    pieces = settle_languages(without_keys(pieces, cuts))
    pieces = take_labels(text, pieces, cleaned.document.voices)
    return Segmented(tuple(name_kinds(joined(text, pieces))), tuple(cuts), mixed)
