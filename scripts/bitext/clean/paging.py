"""Page numbers, and the headers that came with them from a printed page, cut."""

from __future__ import annotations

import itertools
import re
from collections import Counter

from bitext.clean.state import State
from bitext.text.marks import CLAUSE_ENDED
from bitext.text.matches import sure
from bitext.text.numbering import NUMERALS, value_of
from bitext.text.scripts import folded

#: A short text and a page number at the two ends of a line.
_COUNT, _GAP = r"(?:\d{1,4}|[ivxl]{1,7})", r"\s*[|｜·]\s*|\s+"
RUNNING_HEAD = re.compile(
    rf"\s*(?:(?P<left>{_COUNT})(?P<gap>{_GAP})(?P<right_text>\D[^\n]{{1,70}}?)"
    rf"|(?P<left_text>[^\n]{{1,70}}?\D)(?P<gap2>{_GAP})(?P<right>{_COUNT}))\s*"
)

#: A number in Chinese or in digits, within a short line: `第三級`, `Rung 3`.
_NUMBER = rf"(?:\d{{1,4}}|[{NUMERALS}]{{1,7}})"
NUMBER = re.compile(_NUMBER)

#: A number that says of itself that it is a page's, at either end of a line.
_PAGE = (
    rf"第\s?{_NUMBER}\s?[页頁](?:\s?[,，、/／(（]?\s?共\s?\d{{1,4}}\s?[页頁]\s?[)）]?)?"
    r"|(?:Page|Pg\.?|p\.)\s?\d{1,4}(?:\s?(?:of|/)\s?\d{1,4})?|[-–—]\s?\d{1,4}\s?[-–—]|\d{1,4}\s?(?:/|of)\s?\d{1,4}"
)
MARKED_HEAD = re.compile(
    rf"\s*(?:(?P<first>{_PAGE})[\s|｜·—–-]+(?P<after>\S[^\n]{{1,70}}?)|(?P<before>[^\n]{{1,70}}?\S)[\s|｜·—–-]+(?P<last>{_PAGE}))\s*",
    re.IGNORECASE,
)

PAGE_OF = re.compile("\\s*(\\d{1,4})\\s*(?:/\\s*(\\d{1,4})\\s*)?")


def cut_counted_pages(state: State) -> None:
    """Bare numbers alone on their lines that count upwards through the text: page numbers."""
    numbered = [
        (i, m)
        for i in state.left
        if not state.document.lines[i].kind and (m := PAGE_OF.fullmatch(state.text(i)))
    ]
    totals = Counter(m[2] for _, m in numbered if m[2])
    for index, match in numbered:
        if match[2] and totals[match[2]] >= 2:
            state.cut(index, "page number")
    found = [(i, int(m[1])) for i, m in numbered if not m[2]]
    if len(found) < 3 or any(b[1] - a[1] != 1 for a, b in itertools.pairwise(found)):
        return
    # Numbers that open a numbered paragraph count upwards too, but no text breaks off before them.
    order = state.full
    place = {i: n for n, i in enumerate(order)}
    broken = sum(
        1 for i, _ in found
        if place[i] and not CLAUSE_ENDED.search(state.text(order[place[i] - 1])) and state.text(order[place[i] - 1]).strip()
    )  # fmt: skip
    if 2 * broken >= len(found):
        for index, _ in found:
            state.cut(index, "page number")


def cut_page_headers(state: State) -> None:
    """A short line that comes back beside the page numbers: the page's running header."""
    pages = {i for i in state.gone if state.has(i, reason="page number")}
    if len(pages) < 2:
        return
    order = state.full
    place = {i: n for n, i in enumerate(order)}
    lines: dict[str, list[int]] = {}
    for index in state.left:
        text = state.text(index).strip()
        if len(text) <= 80 and not CLAUSE_ENDED.search(text):
            lines.setdefault(text, []).append(index)
    for found in lines.values():
        if len(found) < 2:
            continue
        near = sum(
            any(order[n] in pages for n in (place[i] - 1, place[i] + 1) if 0 <= n < len(order))
            for i in found
        )
        if near >= max(2, len(found) - 1):
            for index in found:
                state.cut(index, "page header")


def cut_marked_heads(state: State) -> None:
    """`Draft for comment    第 2 页`: lines that name their page, and count the pages of a text."""
    found: list[tuple[int, int, str, str]] = []
    for index in state.left:
        text = state.text(index)
        if len(text) > 120 or CLAUSE_ENDED.search(text):
            continue
        if match := MARKED_HEAD.fullmatch(text):
            mark = match["first"] or match["last"]
            page = sure(value_of(sure(NUMBER.search(mark)).group()))
            found.append(
                (index, page, folded(match["after"] or match["before"]), NUMBER.sub("", mark))
            )
    for least, key in ((2, lambda item: item[2]), (3, lambda item: item[3])):
        groups: dict[str, list[tuple[int, int, str, str]]] = {}
        for item in found:
            groups.setdefault(key(item), []).append(item)
        for group in groups.values():
            if len(group) >= least and _counts_pages(state, [(i, page) for i, page, *_ in group]):
                for index, *_ in group:
                    state.cut(index, "page header")


#: A line between two pages' heads that is as long is none of a list of contents.
LEAST_BETWEEN = 12


def _counts_pages(state: State, heads: list[tuple[int, int]]) -> bool:
    """Whether the numbers rise, and text stands between each two lines: no list of contents."""
    return all(
        a[1] < b[1]
        and any(len(state.text(i).strip()) >= LEAST_BETWEEN for i in range(a[0] + 1, b[0]))
        for a, b in itertools.pairwise(heads)
    )


def cut_running_heads(state: State) -> None:
    """`Proceedings of the Congress      17`, where the pages of a book went on: no list of contents."""
    place = {i: n for n, i in enumerate(state.full)}
    found: list[tuple[int, int, str, bool]] = []
    for index in state.left:
        text = state.text(index)
        if state.document.lines[index].kind or len(text) > 160 or CLAUSE_ENDED.search(text):
            continue
        if match := RUNNING_HEAD.fullmatch(text):
            wide = len((match["gap"] or match["gap2"]).expandtabs(4).replace("\u3000", "  ")) >= 4
            name = folded(match["left_text"] or match["right_text"])
            page = value_of((match["left"] or match["right"]).upper())
            if page is not None:
                found.append((index, page, name, wide))
    names = Counter(name for _, _, name, _ in found)
    numbered = {name for name in names if _names_parts(state, found, name)}
    heads = [
        (i, page)
        for i, page, name, wide in found
        if (wide or names[name] >= 3) and name not in numbered
    ]
    places = [place[i] for i, _ in heads]
    if (
        len(heads) < 2
        or any(b[1] <= a[1] for a, b in itertools.pairwise(heads))
        or any(b - a < 3 for a, b in itertools.pairwise(places))
    ):
        return
    prose = [place[i] for i in state.left if state.prose[i]]
    # Each has running text before and behind it: pages of a text, not the entries of a list.
    # None is a title: the page's number stands apart, or the name comes again on each page.
    above = all(wide or names[name] >= 3 for *_, name, wide in found if name not in numbered)
    if (
        prose
        and (above or not places[0] or prose[0] < places[0])
        and all(p < prose[-1] for p in places)
    ):
        for index, _ in heads:
            state.cut(index, "page header")


def _names_parts(state: State, found: list[tuple[int, int, str, bool]], name: str) -> bool:
    """Whether lines with the same name head the parts of the text, as the other language counts them too:
    `Rung 3` beside `第三级`.
    """
    own = {state.langs[i] for i, _, said, _ in found if said == name}
    wanted = {page for _, page, said, _ in found if said == name}
    series: dict[str, set[int]] = {}
    for index in state.left:
        text = state.text(index).strip()
        if len(text) <= 40 and state.langs[index] not in own and not CLAUSE_ENDED.search(text):
            for match in NUMBER.finditer(text):
                frame = text[: match.start()] + "#" + text[match.end() :]
                series.setdefault(frame, set()).add(sure(value_of(match.group())))
    return any(len(wanted & numbers) * 2 > len(wanted) for numbers in series.values())
