"""The records of segmenting: labels, pieces of lines, blocks, and what is lifted out of the text."""

from __future__ import annotations

from dataclasses import dataclass

from bitext.text.source import Cut, Line, Span
from bitext.text.spans import Passage


@dataclass(frozen=True, slots=True)
class Label:
    """A label as the source writes it: text[start:end] with its colon; `zh` and `en` are the names."""

    start: int
    end: int
    zh: str | None
    en: str | None
    role: str = ""
    form: str = "colon"  # colon | bracket | dash | line

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(n for n in (self.zh, self.en) if n)


@dataclass(frozen=True, slots=True)
class Block:
    """One side of a unit to be, in the order of the source."""

    order: int
    lang: str  # 'zh' | 'en'
    kind: str  # as Unit.kind; '' is not left
    passage: Passage
    first: int  # source lines
    last: int
    level: int = 0
    group: int = -1  # the row or the cue it stands in
    label: Label | None = None
    label_spans: tuple[Span, ...] = ()
    inside: bool = False  # it began in mid-line, or a label was found in the middle of its line
    gap: bool = True  # a blank line stands before it
    parts: tuple[Passage, ...] = ()  # the lines of a note, which keeps them
    turn: bool = False  # a mark before it says that another speaks, with a label or without

    @property
    def text(self) -> str:
        return self.passage.text


@dataclass(frozen=True, slots=True)
class Segmented:
    """The blocks of a document and what was left out while they were made."""

    blocks: tuple[Block, ...]
    cuts: tuple[Cut, ...]
    mixed: int  # lines that held both languages


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of one language in one line."""

    passage: Passage
    lang: str
    line: Line
    gap: bool
    begins: bool  # at the start of its line
    ends: bool  # at the end of its line
    label: Label | None = None
    label_spans: tuple[Span, ...] = ()
    inside: bool = False
    turn: bool = False
    over: bool = False  # a page ended before it, in the middle of a sentence

    @property
    def text(self) -> str:
        return self.passage.text


@dataclass(frozen=True, slots=True)
class Lifted:
    """Blocks that are one note, vocabulary list, footnote or piece of code, in source order."""

    kind: str
    blocks: tuple[Block, ...]

    @property
    def lang(self) -> str:
        return self.blocks[0].lang

    @property
    def order(self) -> int:
        return self.blocks[0].order

    @property
    def last(self) -> int:
        return self.blocks[-1].order
