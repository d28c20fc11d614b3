"""A web page's tables: their heads, and the columns and rows that name who speaks."""

from __future__ import annotations

from bitext.read.columns import Columns, is_header, labels_of, names_of, speaker_columns
from bitext.read.html_walk import Block


def table_heads(blocks: list[Block]) -> frozenset[int]:
    """The rows that name a table's columns: the first of each, or one made of header cells."""
    rows: dict[tuple[int, int], list[Block]] = {}
    for block in blocks:
        if block.table >= 0 and block.row >= 0:
            rows.setdefault((block.table, block.row), []).append(block)
    seen: set[int] = set()
    heads: set[int] = set()
    for (table, row), cells in rows.items():
        first = table not in seen
        seen.add(table)
        made = all(b.header for b in cells)
        if (made or (first and len(cells) >= 2)) and is_header([b.text for b in cells]):
            heads.add(row)
    return frozenset(heads)


def label_rows(blocks: list[Block], columns: dict[tuple[int, int], str]) -> set[str]:
    """The speakers of tables, each put before what is said in the row: `Name: …`."""
    voices: set[str] = set()
    tables: dict[int, dict[int, dict[int, list[Block]]]] = {}
    for block in blocks:
        if (block.table, block.column) in columns and block.lines:
            row = tables.setdefault(block.table, {}).setdefault(block.row, {})
            row.setdefault(block.column, []).append(block)
    for table, rows in tables.items():
        width = 1 + max(c for t, c in columns if t == table)
        if width < 3:
            continue
        cells = [
            [" ".join(b.text for b in row.get(i, ())) for i in range(width)]
            for row in rows.values()
        ]
        langs = [columns.get((table, i), "") for i in range(width)]
        # A caption may stand across the table, above the row that names the columns.
        named = next((n + 1 for n, row in enumerate(cells[:2]) if is_header(row)), 0)
        speakers = speaker_columns(cells[0], cells[1:], langs)
        if not speakers:
            continue
        for row, said in list(zip(rows.values(), cells, strict=True))[named:]:
            texts = [lang if i not in speakers and said[i] else "" for i, lang in enumerate(langs)]
            names = names_of([said[i] for i in sorted(speakers)])
            labels, left = labels_of(names, texts)
            if left:
                continue
            voices.update(labels.values())
            for i, name in labels.items():
                block, lead = row[i][0], f"{name}: "
                block.lines[0] = lead + block.lines[0]
                block.marks = [
                    (n, a + len(lead), b + len(lead)) if n == 0 else (n, a, b)
                    for n, a, b in block.marks
                ]
            if labels:
                for block in (b for i in speakers for b in row.get(i, ())):
                    block.lines, block.marks = [], []
    return voices


def columns_of(blocks: list[Block]) -> tuple[dict[tuple[int, int], str], set[tuple[int, int]]]:
    """Of each table in both languages the language of each column, and the columns without text."""
    idle: set[tuple[int, int]] = set()
    tables: dict[int, dict[int, dict[int, str]]] = {}
    for block in blocks:
        if block.table >= 0 and block.column >= 0:
            row = tables.setdefault(block.table, {}).setdefault(block.row, {})
            row[block.column] = f"{row.get(block.column, '')} {block.text}".strip()
    found: dict[tuple[int, int], str] = {}
    for table, rows in tables.items():
        width = 1 + max(max(row) for row in rows.values())
        if width > 40:
            continue
        cells = [[row.get(i, "") for i in range(width)] for row in rows.values()]
        columns = Columns.of(cells)
        if {"zh", "en"} <= set(columns.langs):
            found |= {(table, i): lang for i, lang in enumerate(columns.langs)}
            idle |= {(table, i) for i in columns.idle}
    return found, idle
