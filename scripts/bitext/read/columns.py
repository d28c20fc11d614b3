"""What the columns of a table hold: who speaks, what is said in which language, times and numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bitext.text.marks import SEMICOLONS, WIDE_STOPS
from bitext.text.names import both_names
from bitext.text.scripts import WORD, language
from bitext.text.words import finder, whole_finder

#: What a key, a number or a time may hold beside letters and digits.
REFERRING = " \t\n:.,;/#-–>_"
NO_NAME = frozenset(f"{WIDE_STOPS}!?…{SEMICOLONS}")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that holds anything: why it is no text, or its language and who says it."""

    column: int
    reason: str = ""
    lang: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """A table's columns: whether the first row names them, and what they hold, by their numbers."""

    named: bool
    langs: tuple[str, ...]  # 'zh', 'en' or '' for each
    speakers: frozenset[int]
    idle: frozenset[int]  # beside the texts, and no text: numbers, states, remarks of a word

    @classmethod
    def of(cls, rows: Sequence[Sequence[str]]) -> Columns:
        """What the columns of these rows hold; the first row may be their header."""
        header = [c.strip() for c in rows[0]] if rows else []
        below = rows[1:]
        named = is_header(header) or names_columns(header, below, column_languages(below))
        body = below if named else rows
        langs = column_languages(body)
        said = {i for i, name in enumerate(header) if named and _is_of("columns/speaker", name)}
        speakers = frozenset(said) or speaker_columns(header, below, langs)
        idle = idle_columns(header if named else (), body, langs) - speakers
        return cls(named, tuple(langs), speakers, idle)

    def read(self, cells: Sequence[str], *, first: bool) -> tuple[list[Cell], tuple[str, ...]]:
        """What each full cell of a row is, and the speakers' names for which the row has no text."""
        full = [i for i, cell in enumerate(cells) if cell.strip()]
        if first and self.named:
            return [Cell(i, "table header") for i in full], ()
        idle = {i for i in full if self.is_idle(i, cells[i].strip())}
        langs = {i: self.langs[i] if i < len(self.langs) else "" for i in full}
        names = names_of([cells[i] for i in sorted(self.speakers) if i < len(cells)])
        texts = {i: lang for i, lang in langs.items() if lang and i not in idle | self.speakers}
        labels, left = labels_of(names, texts)
        found = [
            Cell(i, "column without text")
            if i in idle
            else Cell(i, "", langs[i], labels.get(i, ""))
            for i in full
            if i not in self.speakers
        ]
        return found, left

    def is_idle(self, column: int, cell: str) -> bool:
        """Whether a cell says nothing that is read: it stands in an idle column, or is a key."""
        if column in self.idle:
            return True
        lang = self.langs[column] if column < len(self.langs) else ""
        return not lang and is_reference(cell) and {"zh", "en"} <= set(self.langs)


LANGUAGE_NAME = {
    **dict.fromkeys(
        ("中文", "汉语", "中", "chinese", "simplified chinese", "zh", "zh-cn", "cn", "中文译文"),
        "zh",
    ),
    **dict.fromkeys(("英文", "英语", "英", "english", "en", "en-us", "英文原文"), "en"),
}
#: Marks of emphasis and code, and what parts the two names of a language, as blanks.
MARKS, PARTING = (dict.fromkeys(map(ord, marks), " ") for marks in ("*_`", "/|()（）·_-"))


def _says(cell: str) -> bool:
    """Whether a cell has a sentence's marks: it is no name."""
    return not NO_NAME.isdisjoint(cell) or cell.rstrip().endswith(".")


def is_header(cells: Sequence[str]) -> bool:
    """Whether a table's first row names its columns."""
    said = [" ".join(c.translate(MARKS).split()) for c in cells if c.strip()]
    known = [c for c in said if _is_of("columns/header", c)]
    # Beside the two languages' names any short one is a column's: `领域 | 中文 | English`.
    named = {LANGUAGE_NAME[c.lower()] for c in known if c.lower() in LANGUAGE_NAME}
    rest = [c for c in said if c not in known and not (known and _is_of("columns/about_row", c))]
    return bool(said) and (not rest or (len(named) == 2 and all(len(c) <= 12 for c in rest)))


def _is_of(names: str, cell: str) -> bool:
    """Whether a cell is a name of this list, or two or three of them: `中文 / Chinese`, `English (英文)`."""
    known = finder(names).fullmatch
    parts = cell.translate(PARTING).split()
    return known(cell) is not None or (0 < len(parts) <= 3 and all(map(known, parts)))


def column_languages(rows: Sequence[Sequence[str]]) -> list[str]:
    """Each column's language: what most of its cells are in; '' where it holds neither."""
    width = max((len(r) for r in rows), default=0)
    langs = []
    for column in range(width):
        votes = [
            language(row[column]) for row in rows[:400] if column < len(row) and row[column].strip()
        ]
        most = max(("zh", "en"), key=votes.count)
        langs.append(most if votes.count(most) >= 0.6 * len(votes) > 0 else "")
    return langs


def is_reference(cell: str) -> bool:
    """Whether a cell is a number, a time, a key: nothing that is read."""
    plain = all((c.isascii() and c.isalnum()) or c in REFERRING for c in cell)
    short = len(cell) <= 12 and " " not in cell.strip()
    return 0 < len(cell) <= 40 and plain and (short or any(c.isdigit() for c in cell))


def names_columns(
    header: Sequence[str], rows: Sequence[Sequence[str]], langs: Sequence[str]
) -> bool:
    """Whether a table's first row names its columns, whatever it calls them.

    It is told by a text column's cell that is in the other language, where a title would be in its
    own; by cells that name what they head, `中文记录 | English minutes`; or by a word above numbers
    and times. No cell is a sentence, and none of a text column's is as long as what stands below it.
    """
    about = (_is_of("columns/about_row", c.strip()) for c in header if _says(c))
    if {"zh", "en"} - set(langs) or not all(about):
        return False
    said = {i: c.strip() for i, c in enumerate(header) if c.strip()}
    texts = {i: said[i] for i in text_columns(rows, langs).values() if i in said}
    usual = {i: sorted(len(r[i]) for r in rows if i < len(r))[len(rows) // 2 :][:1] for i in texts}
    return (
        len(texts) == 2
        and all(len(c) <= 30 for c in said.values())
        and all(usual[i] and len(c) < usual[i][0] for i, c in texts.items())
        and (
            any(language(c) not in ("", langs[i]) for i, c in texts.items())
            or all(whole_finder(NAMES_TEXT[langs[i]]).search(c) for i, c in texts.items())
            or any(_above_numbers(c, [r[i] for r in rows if i < len(r)]) for i, c in said.items())
        )
    )


#: What the name of a text's column says of it: its language, or which of the two texts it is.
NAMES_TEXT = {"zh": "columns/names_zh", "en": "columns/names_en"}
#: What numbers and times are made of, as nothing.
COUNTED = dict.fromkeys(map(ord, "0123456789:.,/#-–"))


def _above_numbers(name: str, cells: Sequence[str]) -> bool:
    """Whether a word stands above numbers or times: it is the name of a column."""
    said = [c.strip() for c in cells if c.strip()]
    return (
        len(said) >= 2
        and not any(c.isdigit() for c in name)
        and any(c.isalpha() for c in name)
        and all(any(d.isdigit() for d in c) and not c.translate(COUNTED).strip() for c in said)
    )


def text_columns(rows: Sequence[Sequence[str]], langs: Sequence[str]) -> dict[str, int]:
    """The column of each language that holds the most of it."""
    sizes = [sum(len(r[i]) for r in rows if i < len(r)) for i in range(len(langs))]
    order = sorted(range(len(langs)), key=sizes.__getitem__)
    return {langs[i]: i for i in order if langs[i]}


def idle_columns(
    header: Sequence[str], rows: Sequence[Sequence[str]], langs: Sequence[str]
) -> frozenset[int]:
    """Columns beside the two languages' texts that hold no text: numbers, states, remarks of a word.

    `header` is the first row where it names the columns, else empty.
    """
    texts = text_columns(rows, langs)
    if len(texts) < 2:
        return frozenset()
    names = {i: name.strip(" *_`") for i, name in enumerate(header)}
    return frozenset(
        i
        for i in range(len(langs))
        if i not in texts.values()
        and _is_idle([r[i].strip() for r in rows if i < len(r) and r[i].strip()], names.get(i, ""))
    )


def _is_idle(cells: Sequence[str], name: str) -> bool:
    """Whether a column's cells are all references, or words that say nothing of their own."""
    if not cells or any(_says(c) or len(c) > 30 for c in cells):
        return False
    if all(is_reference(c) for c in cells) or _is_of("columns/about_row", name):
        return True
    few = len(cells) >= 4 and len(set(cells)) <= min(5, len(cells) // 2)
    return bool(name) and few and all(c.isascii() and c.islower() for c in cells)


def speaker_columns(
    header: Sequence[str], rows: Sequence[Sequence[str]], langs: Sequence[str]
) -> frozenset[int]:
    """Columns that say who speaks, by their name or, unnamed, by few short values that come back.

    `header` is the first row, whether or not it names the columns; `rows` are the others.

    Only of a table that has, beside them, a column of text in each language.
    """
    if rows and len(header) > 2 and sum(bool(c.strip()) for c in header) == 1:
        header, rows = rows[0], rows[1:]  # the first is a caption across the table
    named = {i for i, name in enumerate(header) if _is_of("columns/speaker", name.strip(" *_`"))}
    columns = {i: [r[i].strip() for r in rows if i < len(r)] for i in range(len(langs))}
    # A column with another name is what it says: a field, a topic, a note.
    open_ = {i for i in columns if i >= len(header) or header[i].strip() in {"", *columns[i]}}
    found = named or {i for i in open_ if _come_back(columns[i])}
    texts = {lang for i, lang in enumerate(langs) if i not in found and lang}
    return frozenset(found) if texts == {"zh", "en"} else frozenset()


def _come_back(cells: Sequence[str]) -> bool:
    said = [c.strip() for c in cells if c.strip()]
    short = all(len(c) <= 30 and len(WORD.findall(c)) <= 5 and not _says(c) for c in said)
    return (
        len(said) >= 4
        and len(said) >= 0.5 * len(cells)
        and short
        and 2 <= len(set(said)) <= 0.5 * len(said)
        and not any(is_reference(c) and any(d.isdigit() for d in c) for c in said)
    )


def names_of(cells: Sequence[str]) -> dict[str, str]:
    """The speaker of a row by language; a cell may hold both."""
    names: dict[str, str] = {}
    for cell in (c.strip() for c in cells):
        if both := both_names(cell):
            names = dict(zip(("zh", "en"), both, strict=True)) | names
        elif cell:
            names.setdefault(language(cell), cell)
    return names


def labels_of(
    names: Mapping[str, str], texts: Mapping[int, str]
) -> tuple[dict[int, str], tuple[str, ...]]:
    """Which of a row's texts, each with its language, gets which name; and names left without one."""
    labels: dict[int, str] = {}
    left: list[str] = []
    for lang, name in names.items():
        of = [i for i in texts if texts[i] == lang and i not in labels]
        of = of or (list(texts) if len(names) == 1 else [])
        if of:
            labels[of[0]] = name
        else:
            left.append(name)
    return labels, tuple(left)
