"""Pieces -> the same with their languages settled: by their neighbours, by their table, by whose words they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from bitext.segment.records import Piece
from bitext.text.language import FOREIGN, SURE, language_of, leaning, likeliest, odds
from bitext.text.marks import WIDE_MARKS
from bitext.text.numbering import Form, number_at
from bitext.text.scripts import HAN
from bitext.text.source import Cut


def without_keys(pieces: Sequence[Piece], cuts: list[Cut]) -> list[Piece]:
    """The pieces without cells that are a row's number or key, beside its texts in both languages."""
    rows: dict[int, set[str]] = {}
    for piece in pieces:
        if piece.line.kind == "cell":
            rows.setdefault(piece.line.group, set()).add(piece.lang)
    kept = []
    for piece in pieces:
        if piece.line.kind == "cell" and not piece.lang and {"zh", "en"} <= rows[piece.line.group]:
            cuts.extend(Cut(s, "column without text") for s in piece.passage.spans)
        else:
            kept.append(piece)
    return kept


#: Marks that English has not, alone on a line where a blind wrap put them.
CHINESE_MARKS = frozenset(f"{WIDE_MARKS}」』》】）")


def is_chinese_marks(text: str) -> bool:
    """Whether a line is such marks, and perhaps a quotation mark that closes behind them."""
    marks = text.strip().rstrip("”’")
    return bool(marks) and CHINESE_MARKS.issuperset(marks)


def settle_languages(pieces: Sequence[Piece]) -> list[Piece]:
    """Every piece zh or en: what says nothing by itself goes with its neighbour."""
    langs = [p.lang if p.lang in ("zh", "en") else "" for p in pieces]
    for stretch in _listings(pieces):
        lang = "zh" if any(HAN.search(pieces[i].text) for i in stretch) else "en"
        for i in stretch:
            langs[i] = pieces[i].line.lang or lang
    tables = _table_languages(pieces)
    for i, piece in enumerate(pieces):
        if langs[i]:
            continue
        langs[i] = _of_itself(piece) or _of_its_row(pieces, langs, i, tables)
        if langs[i]:
            continue
        before = next((langs[j] for j in range(i - 1, -1, -1) if langs[j]), "")
        after = next((langs[j] for j in range(i + 1, len(langs)) if langs[j]), "")
        following = pieces[i + 1] if i + 1 < len(pieces) else None
        if following is None:
            langs[i] = before
        elif not langs[i + 1] and following.lang != "other" and {before, after} == {"zh", "en"}:
            langs[i], langs[i + 1] = after, before  # `……` and `…`, between two pairs
        else:
            near = (before, after) if following.gap and not piece.gap else (after, before)
            langs[i] = next(filter(None, near), "")
        langs[i] = langs[i] or _by_script(piece.text)
    return [replace(p, lang=lang) for p, lang in zip(pieces, langs, strict=True)]


def _by_script(text: str) -> str:
    return "zh" if HAN.search(text) else "en"


def _of_itself(piece: Piece) -> str:
    """The language that a piece's marks or script say; '' where nothing does."""
    if is_chinese_marks(piece.text):
        return "zh"
    return _by_script(piece.text) if piece.lang == "other" else ""


def _of_its_row(
    pieces: Sequence[Piece], langs: Sequence[str], i: int, tables: dict[int, frozenset[str]]
) -> str:
    """The language of a piece in a row, by the others of the row; '' where none has one."""
    group = pieces[i].line.group
    near = [j for j in range(max(0, i - 8), min(len(pieces), i + 9)) if j != i and langs[j]]
    row = [langs[j] for j in near if group >= 0 and pieces[j].line.group == group]
    if row and pieces[i].line.kind == "cell":
        other = "en" if "zh" in row else "zh"
        return other if other in tables[i] else row[0]
    return row[0] if row else ""


def _table_languages(pieces: Sequence[Piece]) -> dict[int, frozenset[str]]:
    """For each cell's place the languages of its table: numbers in a Chinese table are Chinese."""
    found: dict[int, frozenset[str]] = {}
    for is_cell, group in groupby(range(len(pieces)), key=lambda i: pieces[i].line.kind == "cell"):
        cells = list(group) if is_cell else []
        found |= dict.fromkeys(cells, frozenset(pieces[i].lang for i in cells))
    return found


def _listings(pieces: Sequence[Piece]) -> Iterator[list[int]]:
    """The places of each listing's lines: remarks do not make some of them another language's."""
    by = groupby(range(len(pieces)), key=lambda i: (pieces[i].line.kind, pieces[i].line.group))
    return (list(group) for (kind, _), group in by if kind == "code")


#: `1.`, `（2）` or `Sec. 3.`, alone on a line.
ENUMERATOR = frozenset({Form.ARABIC, Form.BRACKETED, Form.SECTION})


def is_number(text: str) -> bool:
    """Whether a line is the number of what stands on the next one."""
    number = number_at(text, ENUMERATOR)
    return number is not None and not text[number.end :].strip()


#: How sure a language is that was found with the label, or by the rules for what says nothing.
SETTLED = 2.0


def weigh_languages(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, each in its likeliest language without its label, by what stands around it."""
    rows = [k for k, p in enumerate(pieces) if p.passage.spans]
    leans = {k: leaning(pieces[k].text) for k in rows}
    labelled = [(x, leans[k]) for k in rows if (x := pieces[k].label) and abs(leans[k]) >= SURE]
    own = sum((label.zh is not None) == (lean > 0) for label, lean in labelled)
    habit = odds(own, len(labelled)) if labelled else 0.0
    times = Counter(pieces[k].text for k in rows)
    weights = []
    fixed = set()  # their markup or their other half says their language
    for k in rows:
        piece, sign = pieces[k], 1 if pieces[k].lang == "zh" else -1
        whole = piece.begins and piece.ends and not piece.line.lang and not piece.inside
        silent = not piece.label and not leans[k]  # a number, a date: settled with its neighbours
        kept = piece.line.kind in ("code", "cell", "vocab") or FOREIGN.search(piece.text)
        once = piece.gap and not piece.label and times[piece.text] == 1
        if not whole or silent or kept or (once and _is_latin(piece.text)):
            fixed.add(k)
            weights.append(SURE * sign)
        elif piece.label:
            both = piece.label.zh and piece.label.en
            said = 0.0 if both else habit if piece.label.zh else -habit
            weights.append(leans[k] + said)
        else:
            weights.append(leans[k] + SETTLED * sign)
    out = list(pieces)
    for k, lang in zip(rows, likeliest(weights), strict=True):
        if k not in fixed:
            out[k] = replace(out[k], lang=lang)
    return out


def _is_latin(text: str) -> bool:
    """Whether all is Latin and no mere acronym: in Chinese a name, which its English then repeats."""
    return not HAN.search(text) and language_of(text) == "en"
