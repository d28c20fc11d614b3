"""Page numbers, and the headers that came with them from a printed page, cut."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from bitext.clean.state import OFTEN, State
from bitext.text.dates import DATE, iso_date
from bitext.text.marks import CLAUSE_ENDED
from bitext.text.matches import sure
from bitext.text.numbering import NUMERALS, value_of
from bitext.text.scripts import folded

#: A number in Chinese or in digits, within a short line: `第三級`, `Rung 3`.
_NUMBER = rf"(?:\d{{1,4}}|[{NUMERALS}]{{1,7}})"
NUMBER = re.compile(_NUMBER)
#: A page's number: one that says of itself that it is one, or a number alone.
_PAGE = (
    rf"第\s?{_NUMBER}\s?[页頁](?:\s?[,，、/／(（]?\s?共\s?\d{{1,4}}\s?[页頁]\s?[)）]?)?"
    r"|(?:Page|Pg\.?|p\.)\s?\d{1,4}(?:\s?(?:of|/)\s?\d{1,4})?|[-–—]\s?\d{1,4}\s?[-–—]|\d{1,4}\s?(?:/|of)\s?\d{1,4}"
    r"|\d{1,4}|(?-i:[ivxl]{1,7})"
)
_GAP = r"\s*[|｜·—–-]\s*|\s+"
#: A short text and a page's number at the two ends of a line.
HEAD = re.compile(
    rf"\s*(?:(?P<first>{_PAGE})(?P<gap>{_GAP})(?P<after>[^\d\s][^\n]{{1,70}}?)"
    rf"|(?P<before>[^\n]{{1,70}}?[^\d\s])(?P<gap2>{_GAP})(?P<last>{_PAGE}))\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Head:
    """A line with a page's number at one end: its number, its words, and how the number is written."""

    index: int
    page: int
    name: str
    form: str  # the number's mark without its digits: `第页`; '' of a number alone
    wide: bool  # a gap stands before the number


def _heads(state: State) -> Iterator[Head]:
    for index in state.left:
        text = state.text(index)
        match = HEAD.fullmatch(text) if len(text) <= 160 and not CLAUSE_ENDED.search(text) else None
        if match:
            mark = match["first"] or match["last"]
            alone = value_of(mark.upper())
            number = NUMBER.search(mark)
            page = value_of(number.group()) if alone is None and number else alone
            gap = (match["gap"] or match["gap2"]).expandtabs(4).replace("\u3000", "  ")
            form = NUMBER.sub("", mark) if alone is None else ""
            if page is not None:
                name = folded(match["after"] or match["before"])
                yield Head(index, page, name, form, len(gap) >= 4)


def cut_counted_pages(state: State) -> None:
    """Bare numbers alone on their lines that count upwards through the text: page numbers."""
    short = [i for i in state.left if not state.kind(i) and len(state.text(i)) < 16]
    said = {i: [part.strip() for part in state.text(i).split("/")] for i in short}
    numbered = {i: p for i, p in said.items() if len(p) <= 2 and all(map(str.isdecimal, p))}
    totals = Counter(parts[1] for parts in numbered.values() if parts[1:])
    for index, parts in numbered.items():
        if totals[parts[-1]] >= 2 and parts[1:]:
            state.cut(index, "page number")
    found = [(i, int(parts[0])) for i, parts in numbered.items() if not parts[1:]]
    if len(found) < 3 or any(b[1] - a[1] != 1 for a, b in itertools.pairwise(found)):
        return
    # Numbers that open a numbered paragraph count upwards too, but no text breaks off before them.
    above = (state.beside(i, -1) for i, _ in found)
    before = (state.said(i) for i in above if i is not None)
    broken = sum(bool(text) and not CLAUSE_ENDED.search(text) for text in before)
    if 2 * broken >= len(found):
        state.cut_each((i for i, _ in found), reason="page number")


def cut_page_headers(state: State) -> None:
    """A short line that comes back beside the page numbers, or with its date: the page's running header."""
    pages = {i for i in state.gone if state.has(i, reason="page number")}
    lines: dict[str, list[int]] = {}
    for index in state.left:
        text = state.said(index)
        if len(text) <= 80 and not CLAUSE_ENDED.search(text):
            lines.setdefault(text, []).append(index)
    for found in lines.values():
        if len(found) < 2:
            continue
        near = sum(state.beside(i, -1) in pages or state.beside(i, 1) in pages for i in found)
        dated = not state.kind(found[0]) and DATE.search(state.text(found[0]))
        if dated:
            state.learn("date", iso_date(dated))
        if dated or near >= max(2, len(found) - 1):
            state.cut_each(found, reason="page header")
            below = (state.beside(i, 1) for i in found)
            numbers = [i for i in below if i is not None and state.said(i).isdecimal()]
            state.cut_each(numbers, reason="page number")


def cut_marked_heads(state: State) -> None:
    """`Draft for comment    第 2 页`: lines that name their page, and count the pages of a text."""
    found = [head for head in _heads(state) if head.form]
    for least, key in ((2, attrgetter("name")), (OFTEN, attrgetter("form"))):
        for _, same in groupby(sorted(found, key=key), key):
            group = sorted(same, key=lambda head: head.index)
            if len(group) >= least and _counts_pages(state, group):
                state.cut_each((head.index for head in group), reason="page header")


#: A line between two pages' heads that is as long is none of a list of contents.
LEAST_BETWEEN = 12


def _counts_pages(state: State, heads: list[Head]) -> bool:
    """Whether the numbers rise, and text stands between each two lines: no list of contents."""
    return all(
        a.page < b.page
        and any(len(state.said(i)) >= LEAST_BETWEEN for i in range(a.index + 1, b.index))
        for a, b in itertools.pairwise(heads)
    )


def cut_running_heads(state: State) -> None:
    """`Proceedings of the Congress      17`, where the pages of a book went on: no list of contents."""
    place = {i: n for n, i in enumerate(state.full)}
    plain = [h for h in _heads(state) if not h.form and not state.document.lines[h.index].kind]
    names = Counter(head.name for head in plain)
    parts = {name for name in names if _names_parts(state, plain, name)}
    found = [head for head in plain if head.name not in parts]
    heads = [head for head in found if head.wide or names[head.name] >= OFTEN]
    places = [place[head.index] for head in heads]
    if (
        len(heads) < 2
        or any(b.page <= a.page for a, b in itertools.pairwise(heads))
        or any(b - a < 3 for a, b in itertools.pairwise(places))
    ):
        return
    prose = [place[i] for i in state.left if state.prose[i]]
    # Each has running text before and behind it: pages of a text, not the entries of a list.
    # None is a title: the page's number stands apart, or the name comes again on each page.
    above = len(heads) == len(found) or not places[0] or (prose and prose[0] < places[0])
    if prose and above and places[-1] < prose[-1]:
        state.cut_each((head.index for head in heads), reason="page header")


def _names_parts(state: State, found: list[Head], name: str) -> bool:
    """Whether lines with the same name head the parts of the text, as the other language counts them too:
    `Rung 3` beside `第三级`.
    """
    own = {state.langs[head.index] for head in found if head.name == name}
    wanted = {head.page for head in found if head.name == name}
    series: dict[str, set[int]] = {}
    for index in state.left:
        text = state.said(index)
        if len(text) <= 40 and state.langs[index] not in own and not CLAUSE_ENDED.search(text):
            for match in NUMBER.finditer(text):
                frame = text[: match.start()] + "#" + text[match.end() :]
                series.setdefault(frame, set()).add(sure(value_of(match.group())))
    return any(len(wanted & numbers) * 2 > len(wanted) for numbers in series.values())
