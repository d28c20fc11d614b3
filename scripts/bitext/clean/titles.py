"""The title of each language: a pair of headings where both have one, else metadata."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from bitext.clean.fields import ORGANISATION
from bitext.clean.metadata import HEAD_KEYS
from bitext.clean.state import State, edges_of
from bitext.read.scripts import HAN, WORD, count
from bitext.segment.language import split_runs


def read_titles(state: State) -> None:
    """A title: a heading of the first level, or a short line before the publication line.

    Where both languages have one, the two are a pair of headings and stay in the text; a title in
    one language only is metadata, so that nothing looks untranslated that is on the page anyway.
    """
    if state.document.format in ("srt", "vtt", "csv", "tsv"):
        return
    found: dict[str, tuple[int, str]] = {}
    for index in _title_lines(state):
        text = " ".join(state.text(index).split())
        lang = state.langs[index]
        if lang and lang not in found and not _is_mixed(text):
            found[lang] = (index, text)
    for lang, (index, text) in found.items():
        state.metadata[f"title_{lang}"] = text
        if len(found) == 2:
            line = state.document.lines[index]
            state.changed[index] = replace(line, kind="heading", level=line.level or 1)
        else:
            state.cut(index, f"metadata: title_{lang}", f"title_{lang}")


def _is_mixed(text: str) -> bool:
    """Whether a title stands on its line in both languages: the line is then a pair by itself."""
    return {"zh", "en"} <= {run.lang for run in split_runs(text, heading=True, titles=True)}


def _title_lines(state: State) -> list[int]:
    """Indexes of lines that are a title, with no more than one to a language."""
    left = state.left
    heads = [
        i
        for i in left
        if state.document.lines[i].kind == "heading" and state.document.lines[i].level == 1
    ]
    if heads:
        by_lang = Counter(state.langs[i] for i in heads)
        # Two headings of the first level in one language are chapters, not a title.
        return [i for i in heads if by_lang[state.langs[i]] == 1 and i in _heads(state, heads)]
    titles: list[int] = []
    for at, index in enumerate(state.full):
        if index in state.gone and state.has(index, keys=HEAD_KEYS):
            titles += _titles_above(state, at)
    return sorted(set(titles))


def _titles_above(state: State, at: int) -> list[int]:
    """The one or two title lines (one a language) right above the publication line full[at]."""
    found: list[int] = []
    below = _next_prose(state, range(at + 1, len(state.full)))
    above = _next_prose(state, range(at - 1, -1, -1))
    if below is None or (above is not None and state.langs[above] == state.langs[below]):
        return []  # not at the head of the text, nor at the head of its other half
    for index in reversed(state.full[max(0, at - 4) : at]):
        if index in state.gone:
            continue
        if not _is_title(state, index) or state.langs[index] in {state.langs[i] for i in found}:
            break
        if above is not None and state.langs[index] != state.langs[below]:
            break  # the end of the first half, not the title of the second
        found.append(index)
    return found


def _heads(state: State, heads: list[int]) -> set[int]:
    """Headings that stand at the head of the document or at the head of its other half."""
    left = state.left
    first = left[:4]
    edges = edges_of(state)
    return {i for i in heads if i in first or i in edges}


def _is_title(state: State, index: int) -> bool:
    text = state.text(index).strip()
    line = state.document.lines[index]
    if line.kind not in ("", "heading") or state.prose[index] or not state.langs[index]:
        return False
    short = count(HAN, text) <= 50 and len(WORD.findall(text)) <= 26
    return (
        short and not re.search("[。；;:：,，、]$|[.]$", text) and not ORGANISATION.fullmatch(text)
    )


def _next_prose(state: State, places: range) -> int | None:
    """The first line of running text at these places of state.full."""
    indexes = (state.full[n] for n in places)
    return next((i for i in indexes if state.prose[i] and i not in state.gone), None)
