"""Lines that say where the text in one of the languages stands, cut: in both languages or in neither."""

from __future__ import annotations

import re
from collections import Counter

from bitext.clean.state import State
from bitext.text.marks import CLAUSE_ENDED
from bitext.text.source import Line
from bitext.text.variants import simplify
from bitext.text.words import any_of

#: How each language is named.
ZH_NAME = re.compile(
    r"中文|汉语|华语|普通话|国语|简体|繁体|正體|\b(?:chinese|mandarin|zh|cn|putonghua)\b", re.I
)
EN_NAME = re.compile(r"英文|英语|\b(?:english|en)\b", re.I)
#: What else a line must hold to be about the two texts; each by itself is enough.
CORE = re.compile(
    rf"{ZH_NAME.pattern}|{EN_NAME.pattern}|译文|译本|原文|中英(?=对照|双语|文)|双语|[以上下]为[中英]版?|\b(?:translation|original|bilingual)\b",
    re.I,
)
#: What such lines are made of: these words, and what is no word.
TOKEN = re.compile(
    rf"{any_of('markers/zh')}|\b{any_of('markers/en')}\b|译者[:：][^。！？]{{1,20}}|[\W_]+",
    re.I,
)
SHORTEST, LONGEST = 2, 100
#: A heading that is about one of the texts is not longer.
LONGEST_HEAD = 30


def is_marker(text: str) -> bool:
    """Whether a line only names a language, or says where the text in it stands.

    >>> is_marker("———— 以下为英文版 / English version below ————"), is_marker("English law follows.")
    (True, False)
    """
    text = simplify(text.strip())
    if not SHORTEST <= len(text) <= LONGEST or not CORE.search(text):
        return False
    return not TOKEN.sub("", text)


def names_of(text: str) -> frozenset[str]:
    """The languages that a line names."""
    said = simplify(text)
    sides = (("zh", ZH_NAME), ("en", EN_NAME))
    return frozenset(lang for lang, pattern in sides if pattern.search(said))


def cut_markers(state: State) -> None:
    """Cut such lines, but for those over one half whose like over the other half is a heading.

    What is left out on one side only would shift what stands behind it.
    """
    found = [
        i for i in state.left
        if state.document.lines[i].kind not in ("code", "cell", "cue") and is_marker(state.text(i)) and not state.is_scrap(i)
    ]  # fmt: skip
    kept = _half_of_headings(state, found)
    for index in found:
        if index not in kept:
            state.cut(index, "marker between languages")


def _half_of_headings(state: State, found: list[int]) -> frozenset[int]:
    """The markers of one form that name one language, where as many lines of that form name the other."""
    marks: dict[tuple[str, int, str], list[int]] = {}
    for index in found:
        if len(names := names_of(state.text(index))) == 1:
            (lang,) = names
            marks.setdefault((*_form(state.document.lines[index]), lang), []).append(index)
    alike = Counter(
        (*_form(state.document.lines[i]), *names)
        for i in state.left
        if i not in found and len(text := state.text(i).strip()) <= LONGEST_HEAD
        if len(names := names_of(text)) == 1 and not CLAUSE_ENDED.search(text)
        if state.document.lines[i].kind == "heading" or CORE.match(simplify(text))
    )
    other = {"zh": "en", "en": "zh"}
    return frozenset(
        index
        for (kind, level, lang), group in marks.items()
        if alike[kind, level, other[lang]] == len(group) and (kind, level, other[lang]) not in marks
        for index in group
    )


def _form(line: Line) -> tuple[str, int]:
    return line.kind, line.level
