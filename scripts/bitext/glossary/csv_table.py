"""Glossary <-> CSV, for spreadsheets: an entry a row, a language a column.

Several values in a cell are parted by ` | `, the parts of one by ` :: ` (`guiderail :: 中文理由 ::
reason`, `title :: https://…`); a backslash takes these signs literally.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from bitext.glossary.store import LICENCE, Glossary, to_row
from bitext.library.yaml_lines import Map
from bitext.model import LANGS, Problem

COLUMNS = (
    "id", "subject", "zh", "en", "variants_zh", "variants_en", "search_only_zh",
    "search_only_en", "avoid_zh", "avoid_en", "definition_zh", "definition_en", "sides_zh",
    "sides_en", "doubt_zh", "doubt_en", "sources", "basis", "related", "callout", "formerly",
    "licence",  # for whoever takes the file away: written in each row, and not read
)  # fmt: skip
TEXTS = ("definition", "sides", "doubt")  # a text in each language
FORMS = ("variants", "search_only")  # any number of forms in each language
IDS = ("related", "formerly")  # any number of ids
NEEDED = ("id", "zh", "en")
VALUE, PART = "|", "::"
#: A spreadsheet takes a cell that begins with one of these for a formula, in an East Asian edition at
#: full width too, or looks past white space for one.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
#: How a spreadsheet itself writes such a text; one that begins so is guarded as well, to be read back.
GUARD = "'"
GUARDED = (*FORMULA, GUARD)
BOM = "\ufeff"  # without it a spreadsheet does not read the Chinese


def write_csv(glossary: Glossary) -> str:
    """The glossary's terms as CSV with a byte order mark; `read_csv` gives the same rows back."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for term in glossary.terms:
        cells = _cells(to_row(term))
        writer.writerow([_guard(cells.get(column, "")) for column in COLUMNS])
    return BOM + out.getvalue()


def _cells(row: Mapping) -> dict[str, str]:
    cells = {key: str(row[key]) for key in ("id", "subject", "zh", "en", "basis")}
    for lang in LANGS:
        for key in TEXTS:
            cells[f"{key}_{lang}"] = row.get(key, {}).get(lang, "")
        for key in FORMS:
            cells[f"{key}_{lang}"] = _join([[form] for form in row.get(key, {}).get(lang, ())])
        avoid = row.get("avoid", {}).get(lang, ())
        cells[f"avoid_{lang}"] = _join([[a["term"], a["why"]["zh"], a["why"]["en"]] for a in avoid])
    cells["sources"] = _join([list(source.values()) for source in row.get("sources", ())])
    for key in IDS:
        cells[key] = _join([[id] for id in row.get(key, ())])
    cells["callout"] = "true" if row.get("callout") else ""
    cells["licence"] = LICENCE
    return cells


def _join(values: Sequence[Sequence[str]]) -> str:
    """Values, each of parts, in one cell."""
    return f" {VALUE} ".join(f" {PART} ".join(map(_escape, parts)) for parts in values)


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace(VALUE, f"\\{VALUE}").replace(PART, r"\:\:")


def _split(cell: str) -> list[list[str]]:
    r"""The values of a cell and their parts.

    >>> _split(r"a \| b :: c | d")
    [['a | b', 'c'], ['d']]
    """
    values: list[list[str]] = [[]]
    text, i = "", 0
    while i < len(cell):
        if cell[i] == "\\" and i + 1 < len(cell):
            text, i = text + cell[i + 1], i + 2
        elif cell.startswith((VALUE, PART), i):
            values[-1].append(text.strip())
            if cell[i] == VALUE:
                values.append([])
            text, i = "", i + (1 if cell[i] == VALUE else len(PART))
        else:
            text, i = text + cell[i], i + 1
    values[-1].append(text.strip())
    return [parts for parts in values if any(parts)]


def _guard(cell: str) -> str:
    return GUARD + cell if cell.startswith(GUARDED) else cell


def _unguard(cell: str) -> str:
    """A cell without the quote that keeps a spreadsheet from calculating it."""
    return cell[1:] if cell.startswith(GUARD) and cell[1:].startswith(GUARDED) else cell


def read_csv(data: bytes, path: str) -> tuple[list[Map], list[Map], list[Problem]]:
    """(terms, no subjects, problems) of a CSV file, as rows with the keys of glossary.yml. Empty
    cells are not there; columns may be missing and stand in any order."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return [], [], [Problem(path, 1, f"not UTF-8 (byte {error.start}); save it as CSV UTF-8", "T-CSV")]  # fmt: skip
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Map] = []
    problems: list[Problem] = []
    try:
        head = [name.strip() for name in next(reader, [])]
        if wrong := _wrong_head(head, path):
            return [], [], [wrong]
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                problems += _too_many(cells, head, line, path)
                rows.append(_row(dict(zip(head, cells, strict=False)), line))
                problems += _without_id(rows[-1], path)
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append(Problem(path, reader.line_num, f"not CSV: {error}", "T-CSV"))
    return rows, [], problems


def _wrong_head(head: Sequence[str], path: str) -> Problem | None:
    """What is wrong with the names of the columns."""
    missing = [name for name in NEEDED if name not in head]
    unknown = [name for name in head if name not in COLUMNS]
    found = [f"no column {', '.join(missing)}"] * bool(missing)
    found += [f"the unknown column {', '.join(map(repr, unknown))}"] * bool(unknown)
    if not found:
        return None
    return Problem(path, 1, f"the first line has {' and '.join(found)}; columns are {', '.join(COLUMNS)}", "T-CSV")  # fmt: skip


def _too_many(cells: Sequence[str], head: Sequence[str], line: int, path: str) -> Iterator[Problem]:
    if len(cells) > len(head):
        yield Problem(path, line, f"{len(cells)} cells under {len(head)} columns; put a cell with a comma in quotes", "T-CSV")  # fmt: skip


def _without_id(row: Map, path: str) -> Iterator[Problem]:
    if not row.get("id"):
        yield Problem(path, row.line, f"a row without id ({row.get('en') or row.get('zh') or 'no term'}); terms are merged by id, so give it one", "T-ID")  # fmt: skip


#: What a cell holds that says yes, in small letters.
YES = ("true", "yes", "1", "是")


def _row(cells: Mapping[str, str], line: int) -> Map:
    """The row that these cells give, each under its column's name; what is empty is not there."""
    cells = {key: _unguard(cell).strip() for key, cell in cells.items()}
    row = Map({key: cells[key] for key in ("id", "subject", "zh", "en", "basis") if cells.get(key)})
    row.line, row.lines = line, {}
    for lang in LANGS:
        for read in (_read_texts, _read_forms, _read_avoided):
            read(row, cells, lang)
    if sources := _split(cells.get("sources", "")):
        row["sources"] = [dict(zip(("title", "url"), parts, strict=False)) for parts in sources]
    for key in IDS:
        if ids := _firsts(cells, key):
            row[key] = ids
    if callout := cells.get("callout", "").lower():
        row["callout"] = callout in YES
    return row


def _read_texts(row: Map, cells: Mapping[str, str], lang: str) -> None:
    for key in TEXTS:
        if text := cells.get(f"{key}_{lang}"):
            row.setdefault(key, {})[lang] = text


def _read_forms(row: Map, cells: Mapping[str, str], lang: str) -> None:
    for key in FORMS:
        if forms := _firsts(cells, f"{key}_{lang}"):
            row.setdefault(key, {})[lang] = forms


def _read_avoided(row: Map, cells: Mapping[str, str], lang: str) -> None:
    for parts in _split(cells.get(f"avoid_{lang}", "")):
        form, zh, en = (*parts, "", "", "")[:3]
        item = {"term": form, "why": {"zh": zh, "en": en}}
        row.setdefault("avoid", {}).setdefault(lang, []).append(item)


def _firsts(cells: Mapping[str, str], column: str) -> list[str]:
    """The first part of each value in a cell."""
    return [parts[0] for parts in _split(cells.get(column, ""))]
