"""What the columns of a table hold: who speaks, what is said in which language, times and numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bitext.read.scripts import HAN, WORD, language

SPEAKER = re.compile(
    "(?:speakers?.*|说话人.*|发言人.*|发言者.*|讲者.*|姓名.*|name|角色|人物|who|role|character)"
    "(?:[\\s/|()（）·]+(?:speakers?|name|role|character|说话人|发言人|姓名|角色|人物)[)）]?)?",
    re.IGNORECASE,
)
#: `记者 Reporter`, `Lin Yuan（林远）`: one person in both languages.
_HAN_NAME = f"[{HAN.pattern[1:-1]}·]{{1,12}}"
_LATIN_NAME = "[A-Za-zÀ-ž][\\w.’' -]{0,40}"
BOTH = re.compile(
    f"(?P<zh>{_HAN_NAME})\\s*[/|(（,，\\s]\\s*(?P<en>{_LATIN_NAME})[)）]?"
    f"|(?P<en2>{_LATIN_NAME}?)\\s*[/|(（,，\\s]\\s*(?P<zh2>{_HAN_NAME})[)）]?"
)
NO_NAME = re.compile("[。！？!?；;…]|[.]\\s*$")


def is_reference(cell: str) -> bool:
    """Whether a cell is a number, a time, a key: nothing that is read."""
    return bool(re.fullmatch("[\\s\\d:.,;/#\\-–>A-Za-z_]{1,40}", cell)) and (
        any(c.isdigit() for c in cell) or (len(cell) <= 12 and " " not in cell.strip())
    )


def speaker_columns(
    header: Sequence[str], rows: Sequence[Sequence[str]], langs: Sequence[str]
) -> frozenset[int]:
    """Columns that say who speaks, by their name or, unnamed, by few short values that come back.

    `header` is the first row, whether or not it names the columns; `rows` are the others.

    Only of a table that has, beside them, a column of text in each language.
    """
    named = {i for i, name in enumerate(header) if SPEAKER.fullmatch(name.strip(" *_`"))}
    columns = {i: [r[i].strip() for r in rows if i < len(r)] for i in range(len(langs))}
    # A column with another name is what it says: a field, a topic, a note.
    open_ = {i for i in columns if i >= len(header) or header[i].strip() in {"", *columns[i]}}
    found = named or {i for i in open_ if _come_back(columns[i])}
    texts = {lang for i, lang in enumerate(langs) if i not in found and lang}
    return frozenset(found) if texts == {"zh", "en"} else frozenset()


def _come_back(cells: Sequence[str]) -> bool:
    said = [c.strip() for c in cells if c.strip()]
    short = all(len(c) <= 30 and len(WORD.findall(c)) <= 5 and not NO_NAME.search(c) for c in said)
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
        if match := BOTH.fullmatch(cell):
            names.setdefault("zh", match["zh"] or match["zh2"])
            names.setdefault("en", (match["en"] or match["en2"]).strip())
        elif cell:
            names.setdefault(language(cell), cell)
    return names


def labels_of(
    names: Mapping[str, str], langs: Sequence[str]
) -> tuple[dict[int, str], tuple[str, ...]]:
    """Which of a row's texts (each with its language) gets which name; and names left without one."""
    labels: dict[int, str] = {}
    left: list[str] = []
    for lang, name in names.items():
        at = next((i for i, of in enumerate(langs) if of == lang and i not in labels), None)
        if at is None and len(names) == 1:
            at = next((i for i, of in enumerate(langs) if of), None)
        if at is None:
            left.append(name)
        else:
            labels[at] = name
    return labels, tuple(left)
