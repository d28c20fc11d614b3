"""CSV and TSV -> Document: a row a group, a cell a line, the column's language on it."""

from __future__ import annotations

import csv
import io

from bitext.model import Refusal
from bitext.read.columns import Columns
from bitext.read.lines import Builder
from bitext.text.source import Document

#: More text than this in one field is not a table's cell.
csv.field_size_limit(64 * 1024 * 1024)


def read_table(text: str, path: str, encoding: str, format: str) -> Document:
    """The table's cells in order, row by row; raises E-FORMAT where it has a single column."""
    rows = _rows(text, format)
    if not rows or max(len(cells) for _, cells in rows) < 2:
        raise Refusal(
            "E-FORMAT", path, 1, "a table of one column",
            "give it a column for each language, parted by commas, semicolons or tabs",
        )  # fmt: skip
    columns = Columns.of([cells for _, cells in rows])
    built = Builder()
    voices: set[str] = set()
    for group, (number, cells) in enumerate(rows):
        found, left = columns.read(cells, first=not group)
        voices.update(left, (cell.name for cell in found if cell.name))
        for cell in found:
            said = f"{cell.name}: {cells[cell.column]}" if cell.name else cells[cell.column]
            if not cell.reason:
                built.blank(number)
            kind = "" if cell.reason else "cell"
            built.add(said, number, kind, lang=cell.lang, group=group, reason=cell.reason)
        for name in left:
            built.add(name, number, reason="speaker's name without a text")
    return Document(
        path, built.text, tuple(built.lines), format, encoding,
        left_out=tuple(built.cuts), voices=frozenset(voices),
    )  # fmt: skip


def _rows(text: str, format: str) -> list[tuple[int, list[str]]]:
    """The rows that hold anything, each with the line it begins on."""
    delimiter = "\t" if format == "tsv" else _delimiter(text)
    reader = csv.reader(
        io.StringIO(text.replace("\x00", ""), newline=""),
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if format == "csv" or _quoted(text) else csv.QUOTE_NONE,
        skipinitialspace=True,
    )
    rows, number = [], 1
    try:
        for cells in reader:
            if any(c.strip() for c in cells):
                rows.append((number, cells))
            number = reader.line_num + 1
    except csv.Error:
        lines = [(n, ln.split(delimiter)) for n, ln in enumerate(text.splitlines(), 1)]
        return [(n, cells) for n, cells in lines if any(c.strip() for c in cells)]
    return rows


def _quoted(text: str) -> bool:
    """Whether quotation marks enclose a TSV's cells, rather than stand in them."""
    cells = (cell for line in text[:100_000].splitlines() for cell in line.split("\t"))
    return any(len(cell) > 1 and cell[0] == cell[-1] == '"' for cell in cells)


def _delimiter(text: str) -> str:
    """The delimiter that gives the most rows the same number of columns."""
    sample = text[:100_000]
    best, choice = 0.0, ","
    for mark in (",", ";", "\t", "|"):
        try:
            widths = [
                len(r) for r in csv.reader(io.StringIO(sample, newline=""), delimiter=mark) if r
            ][:200]
        except csv.Error:
            continue
        wide = [w for w in widths if w > 1]
        if not wide:
            continue
        common = max(set(wide), key=wide.count)
        share = wide.count(common) / len(widths)
        if share > best + 0.05:
            best, choice = share, mark
    return choice
