"""A web page's tables: which cells are heads or hold no text, and who speaks in a row."""

from __future__ import annotations

from itertools import dropwhile

from bitext.read.columns import Columns, is_header
from bitext.read.html_walk import Block
from bitext.read.looks import MOST_BARS

#: A table's row: the blocks of each column.
Row = dict[int, list[Block]]


def read_tables(blocks: list[Block]) -> frozenset[str]:
    """Tell the blocks of each table why they go, or their language; the names of those who speak there.

    A name is put before what is said in its row: `Name: …`.
    """
    voices: set[str] = set()
    tables: dict[int, dict[int, Row]] = {}
    for block in blocks:
        if block.table >= 0 and block.column >= 0:
            row = tables.setdefault(block.table, {}).setdefault(block.row, {})
            row.setdefault(block.column, []).append(block)
    for table in tables.values():
        rows = list(dropwhile(lambda row: len(row) < 2, table.values()))  # a caption across it
        if rows and (width := 1 + max(map(max, rows))) <= MOST_BARS:
            voices.update(*_read_rows(rows, width))
    return frozenset(voices)


def _read_rows(rows: list[Row], width: int):
    cells = [[" ".join(b.text for b in row.get(i, ())) for i in range(width)] for row in rows]
    columns = Columns.of(cells)
    both = {"zh", "en"} <= set(columns.langs)
    for n, (row, said) in enumerate(zip(rows, cells, strict=True)):
        made = all(block.header for held in row.values() for block in held)
        if (made or not n) and is_header(said):
            for block in (b for held in row.values() for b in held):
                block.reason = "table header"
        elif both and len(row) > 1:
            yield _read_row(columns, row, said, first=not n)


def _read_row(columns: Columns, row: Row, said: list[str], *, first: bool) -> list[str]:
    """Read one row of a table in both languages; the names of those who speak in it."""
    found, left = columns.read(said, first=first)
    for cell in found:
        for block in row[cell.column]:
            block.lang, block.reason = block.lang or cell.lang, cell.reason
        if cell.name:
            _label(row[cell.column][0], cell.name)
    for block in (b for i in columns.speakers - {c.column for c in found} for b in row.get(i, ())):
        if left:
            block.reason = "speaker's name without a text"
        else:
            block.lines, block.marks = [], []
    return [*left, *(cell.name for cell in found if cell.name)]


def _label(block: Block, name: str) -> None:
    lead = f"{name}: "
    block.lines[0] = lead + block.lines[0]
    moved = (len(lead) if n == 0 else 0 for n, _, _ in block.marks)
    block.marks = [(n, a + by, b + by) for (n, a, b), by in zip(block.marks, moved, strict=True)]
