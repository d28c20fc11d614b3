"""Lines that say where the text in one of the languages stands, cut: in both languages or in neither."""

from __future__ import annotations

import re
from collections import Counter

from bitext.clean.state import LONGEST, OFTEN, State
from bitext.model import OTHER
from bitext.text.marks import CLAUSE_ENDED
from bitext.text.scripts import folded
from bitext.text.source import Line
from bitext.text.variants import simplify
from bitext.text.words import any_of, whole_finder

#: How each language is named.
NAMES = {"zh": "markers/chinese", "en": "markers/english"}
#: What such lines are made of: these words, and what is no word.
TOKEN = re.compile(
    rf"{any_of('markers/zh')}|\b{any_of('markers/en')}\b|译者[:：][^。！？]{{1,20}}|[\W_]+", re.I
)
#: A heading that is about one of the texts is not longer.
LONGEST_HEAD = 30


def is_marker(text: str) -> bool:
    """Whether a line only names a language, or says where the text in it stands.

    >>> is_marker("———— 以下为英文版 / English version below ————"), is_marker("English law follows.")
    (True, False)
    """
    text = simplify(text.strip())
    return len(text) <= LONGEST and _is_about(text) and not TOKEN.sub("", text)


def names_of(text: str) -> frozenset[str]:
    """The languages that a line names."""
    said = simplify(text)
    return frozenset(lang for lang, names in NAMES.items() if whole_finder(names).search(said))


def _is_about(text: str, *, begins: bool = False) -> bool:
    """Whether a line has a word about the two texts, or begins with one."""
    pattern = whole_finder(*NAMES.values(), "markers/texts")
    return (pattern.match(text) if begins else pattern.search(text)) is not None


def cut_markers(state: State) -> None:
    """Cut such lines, but for those over one half whose like over the other half is a heading.

    What is left out on one side only would shift what stands behind it.
    """
    found = [i for i in state.open if is_marker(state.text(i)) and not state.is_scrap(i)]
    kept = _half_of_headings(state, found)
    announcing = _announcing(state)
    state.cut_each(
        (i for i in (*found, *announcing) if i not in kept), reason="marker between languages"
    )


def _announcing(state: State) -> list[int]:
    """The lines about the two texts that come again in the same words, where the language changes.

    `Here is the translation of this paragraph.` over each of them is no text, and has no translation;
    a refrain has one, so that the same language stands before it and behind it.
    """
    lines = [i for i in state.left if state.langs[i]]
    said = {
        i: folded(state.text(i))
        for i in state.open
        if state.langs[i] and not state.is_scrap(i) and len(state.text(i)) <= LONGEST
        if _is_about(simplify(state.text(i)))
    }
    times = Counter(said.values())
    langs = ["", *(state.langs[i] for i in lines), ""]
    turning = Counter(
        said[i] for n, i in enumerate(lines) if i in said and langs[n] != langs[n + 2]
    )
    often = {t for t in times if times[t] >= OFTEN and 10 * turning[t] >= 9 * times[t]}
    return [i for i in said if said[i] in often]


def _half_of_headings(state: State, found: list[int]) -> frozenset[int]:
    """The markers of one form that name one language, where as many lines of that form name the other."""
    marks: dict[tuple[str, int, str], list[int]] = {}
    for index in found:
        if len(names := names_of(state.text(index))) == 1:
            (lang,) = names
            marks.setdefault((*_form(state.line(index)), lang), []).append(index)
    alike = Counter(
        (*_form(state.line(i)), *names)
        for i in state.left
        if i not in found and len(text := state.said(i)) <= LONGEST_HEAD
        if len(names := names_of(text)) == 1 and not CLAUSE_ENDED.search(text)
        if state.kind(i) == "heading" or _is_about(simplify(text), begins=True)
    )
    return frozenset(
        index
        for (kind, level, lang), group in marks.items()
        if alike[kind, level, OTHER[lang]] == len(group) and (kind, level, OTHER[lang]) not in marks
        for index in group
    )


def _form(line: Line) -> tuple[str, int]:
    return line.kind, line.level
