"""Lines -> lines without the marks of broadcast captions: `>>` begins a turn, and quotes nothing.

>> ANNA WIRTH: Good evening.
>> Good evening, Anna. >> And good night.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bitext.text.marks import CLOSING, STOPS
from bitext.text.source import Line, Span

#: `>>` for a new voice, `>>>` for a new subject; at a line's start, or behind a sentence.
MARK = re.compile(rf"(?<![^\s{STOPS}{CLOSING}])[>＞]{{2,3}}(?![>＞=])[ \t\u3000]*(?=\S)")
#: Fewer marks are no habit; nor are marks that begin only behind so great a part of the text: links.
FEW, LATE = 2, 0.4


def captions(text: str, lines: Sequence[Line]) -> tuple[Sequence[Line], frozenset[int]]:
    """The lines, cut where a turn begins, with the marks as markup; and where the turns start.

    Lines of a document that quotes with one `>` come back as they are: there `>>` quotes a quotation.
    """
    kinds = ("code", "cell", "heading")
    spoken = [x for x in lines if x.kind not in kinds and text[x.start : x.end].strip()]
    heads = [text[line.start : line.end].replace("＞", ">").lstrip()[:2] for line in spoken]
    quoted = sum(head[:1] == ">" != head[1:] for head in heads)
    marked = [line for line, head in zip(spoken, heads, strict=True) if head == ">>"]
    marks = sum(len(MARK.findall(text, line.start, line.end)) for line in marked)
    late = ">>" not in heads[: int(LATE * len(heads)) + 1]
    if late or marks < max(FEW, 2 * quoted):
        return lines, frozenset()
    done: list[Line] = []
    turns: set[int] = set()
    for line in lines:
        for part, begins in [(line, False)] if line.kind in kinds else _turns(text, line):
            done.append(part)
            if begins:
                turns.add(part.start)
    return done, frozenset(turns)


def _turns(text: str, line: Line) -> Iterator[tuple[Line, bool]]:
    """The line's parts, each with whether a mark stands before it."""
    marks = [m.span() for m in MARK.finditer(text, line.start, line.end)]
    if not marks:
        yield line, False
        return
    if text[line.start : marks[0][0]].strip():
        yield _part(line, (line.start, marks[0][0]), ()), False
    for k, mark in enumerate(marks):
        end = marks[k + 1][0] if k + 1 < len(marks) else line.end
        yield _part(line, (mark[0], end), (mark,)), True


def _part(line: Line, span: Span, mark: tuple[Span, ...]) -> Line:
    """The part of a line at this span: what it quotes is what somebody says."""
    inner = [(max(a, span[0]), min(b, span[1])) for a, b in (*mark, *line.markup)]
    markup: list[Span] = []
    for start, end in sorted((a, b) for a, b in inner if a < b):
        if markup and start <= markup[-1][1]:
            markup[-1] = (markup[-1][0], max(end, markup[-1][1]))
        else:
            markup.append((start, end))
    kind = "" if line.kind == "quote" else line.kind
    return replace(line, start=span[0], end=span[1], kind=kind, markup=tuple(markup))
