"""The title of each language: a pair of headings where both have one, else metadata."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from bitext.clean.metadata import HEAD_KEYS, names_role
from bitext.clean.state import State, edges_of
from bitext.text.marks import CLAUSE_ENDED, LINE_ENDED, QUESTION_ENDED
from bitext.text.names import ORGANISATION, dated_names, is_dated_place, is_name, is_person
from bitext.text.numbering import Form, number_at
from bitext.text.runs import split_runs, translated_in_brackets
from bitext.text.scripts import HAN, WORD, count, folded
from bitext.text.source import Cut, Document, Line, is_blank

#: What stands on a line below a title, or below the line that does.
BELOW_TITLE = HEAD_KEYS | {"read_count"}
#: `一、桥那边`, `1. Beyond the bridge`, `第二节`: a part of the text is no title of the whole.
NUMBERED = frozenset({
    Form.ARABIC, Form.BRACKETED, Form.COLON, Form.HAN, Form.HAN_BRACKETED, Form.ROMAN, Form.PART, Form.ENGLISH_PART,
})  # fmt: skip
#: What a subtitle begins with: `——一个词如何变成预算`.
DASHES = ("—", "–", "-")
#: What no title ends in.
NO_TITLE = "。.；;:：,，、"
#: English letters for one Chinese character of a title.
SHORTEST, LONGEST = 1.6, 6.0


def read_titles(state: State) -> None:
    """A title: a heading of the first level, or a short line before the publication line.

    Where both languages have one, the two are a pair of headings and stay in the text; a title in
    one language only is metadata, so that nothing looks untranslated that is on the page anyway.
    Where a line may answer it, the title stays until pairing has told whether that line does.
    """
    found: dict[str, tuple[int, str]] = {}
    for index in _title_lines(state) or _first_lines(state):
        text = " ".join(state.text(index).split())
        lang = state.langs[index]
        if lang and lang not in found and not _is_mixed(text):
            found[lang] = (index, text)
    for lang, (index, text) in found.items():
        state.metadata[f"title_{lang}"] = text
        _cut_running(state, index)
        key, line = f"title_{lang}", state.line(index)
        if len(found) == 1:
            _read_author_below(state, index)
        answer = None if len(found) == 2 else _answer(state, index)
        if len(found) == 2 or answer is not None:
            state.make_heading(index, 1)
        if answer is not None:
            state.title = Cut((line.start, line.end), f"metadata: {key}", key)
        elif len(found) == 1:
            state.cut(index, f"metadata: {key}", key)
    if found:
        _mark_subtitle(state)


def _first_lines(state: State) -> list[int]:
    """The first line and its answer at the head of the text or of its other half, where both can be titles."""
    first = state.left[:1]
    answer = _answer(state, first[0]) if first and _heads_text(state, first[0]) else None
    return [*first, answer] if answer is not None and _heads_text(state, answer) else []


def _heads_text(state: State, index: int) -> bool:
    """Whether a line can be a title: no name, no address, said once; a text whose sentences end stands below."""
    text = state.said(index)
    said = CLAUSE_ENDED.search(text) or QUESTION_ENDED.search(text)
    if said or is_name(text) or "://" in text or not _is_title(state, index) or _is_mixed(text):
        return False
    below = [i for i in state.left if i > index]
    ended = (state.prose[i] and CLAUSE_ENDED.search(state.text(i)) for i in below[:2])
    return any(ended) and all(state.said(i) != text for i in below)


def _mark_subtitle(state: State) -> None:
    """A line at the head that begins with a dash is a heading, and so is its other half beside it."""
    head = [i for i in state.left[:6] if not state.prose[i]]
    for n, index in enumerate(head):
        if not state.text(index).lstrip().startswith(DASHES) or not _is_title(state, index):
            continue
        beside = [i for i in head[n + 1 : n + 2] if state.langs[i] != state.langs[index]]
        for i in (index, *(i for i in beside if _is_title(state, i))):
            state.make_heading(i, 2)


def _cut_running(state: State, title: int) -> None:
    """A title that comes again on a line of its own, in mid-text, is the page's running title."""
    text = state.said(title)
    if len(text) < 8 or CLAUSE_ENDED.search(text):
        return  # somebody may say it
    for index in state.left:
        plain = state.kind(index) in ("", "heading") and not state.prose[index]
        if index > title and plain and folded(state.text(index)) == folded(text):
            state.cut(index, "running title")


def is_numbered(text: str) -> bool:
    """Whether a heading has a section's number: it names a part of the text, never the whole.

    >>> is_numbered("一、桥那边"), is_numbered("一座小城"), is_numbered("II. The bridge"), is_numbered("I. Newton")
    (True, False, True, True)
    """
    return number_at(text, NUMBERED) is not None


def join_capitals(document: Document) -> Document:
    """The document with a heading in capitals that goes on in the next line as one line.

    `KEYNOTE ADDRESS AT THE OPENING OF THE` / `INTERNATIONAL AUTOMATION FORUM`: the lines follow
    each other without a blank one, and the first is long enough to have been broken.
    """
    if document.format not in ("text", "docx", "rst"):
        return document
    lines: list[Line] = []
    for line in document.lines:
        before = lines[-1] if lines else None
        if before and _goes_on(document, before, line):
            markup = before.markup + line.markup
            lines[-1] = replace(before, end=line.end, markup=markup, kind="heading", level=1)
        else:
            lines.append(line)
    joined = len(lines) < len(document.lines)
    return replace(document, lines=tuple(lines)) if joined else document


def _goes_on(document: Document, line: Line, after: Line) -> bool:
    if after.kind or line.kind or after.end - line.start > 240:
        return False
    first, second = document.slice((line.start, line.end)), document.slice((after.start, after.end))
    between = document.slice((line.end, after.start))
    capitals = all(
        t.isascii() and t.upper() == t and len(WORD.findall(t)) >= 2 and not LINE_ENDED.search(t)
        for t in (first, second)
    )
    return capitals and len(first.strip()) >= 30 and between.count("\n") <= 1


def _answer(state: State, title: int) -> int | None:
    """The line that may be this title in the other language.

    It stands beside it, or at the head of the other half, or is the first of as many headings.
    """
    left, langs = state.left, state.langs
    own = langs[title]
    others = [i for i in left if langs[i] and langs[i] != own]
    at = left.index(title)
    beside = [i for i in (*left[at + 1 : at + 2], *left[max(0, at - 1) : at]) if i in others]
    heads = [i for i in left if state.kind(i) == "heading"]
    first = others[0] if others else None
    if first is not None and first not in beside:
        before = left[left.index(first) - 1] if first != left[0] else title
        ended = state.prose[before] or CLAUSE_ENDED.search(state.text(before))
        if ended or before == title:
            beside.append(first)
    own_heads, other_heads = (
        [i for i in heads if langs[i] == own],
        [i for i in heads if i in others],
    )
    if own_heads[:1] == [title] and len(own_heads) == len(other_heads):
        beside.append(other_heads[0])
    return next(
        (i for i in beside if _is_title(state, i) and not _too_short(state, title, i)), None
    )


def _read_author_below(state: State, title: int) -> None:
    """A person's name on the line below a title in the other language, above the text: the author."""
    left = state.left
    at = left.index(title) + 1
    if at + 1 >= len(left) or state.langs[left[at]] == state.langs[title]:
        return
    index, text = left[at], state.said(left[at])
    plain = state.kind(index) == ""
    if plain and state.prose[left[at + 1]] and is_person(text) and _too_short(state, title, index):
        state.read(index, ("author", text))


def _too_short(state: State, title: int, index: int) -> bool:
    """Whether a line is a name and shorter than a translation of the title can be: its author's."""
    text, letters = state.said(index), {}
    for i in (title, index):
        letters[state.langs[i]] = sum(not is_blank(c) for c in state.text(i))
    return is_name(text) and not SHORTEST * letters["zh"] < letters["en"] < LONGEST * letters["zh"]


def _is_mixed(text: str) -> bool:
    """Whether a title stands on its line in both languages: the line is then a pair by itself."""
    runs = split_runs(text, heading=True, titles=True)
    return len(runs) > 1 or translated_in_brackets(text) is not None


def _title_lines(state: State) -> list[int]:
    """Indexes of lines that are a title, with no more than one to a language."""
    left = state.left
    heads = [i for i in left if state.kind(i) == "heading" and state.line(i).level == 1]
    if heads:
        by_lang = Counter(state.langs[i] for i in heads)
        at_head = edges_of(state) | set(left[:4])  # of the document, or of its other half
        # Two headings of the first level in one language are chapters, not a title.
        return [i for i in heads if by_lang[state.langs[i]] == 1 and i in at_head]
    titles: list[int] = []
    for at, index in enumerate(state.full):
        if index in state.gone and state.has(index, keys=BELOW_TITLE):
            titles += _titles_above(state, at)
    return _without_site(state, sorted(set(titles)))


def _without_site(state: State, titles: list[int]) -> list[int]:
    """The titles without a site's name: a line above the date, where the title stands below it.

    The title is then the one of the two, in one language, that is right above its author.
    """
    place = {i: n for n, i in enumerate(state.full)}
    below = {i: state.beside(i, 1) for i in titles}
    authored = {i for i, k in below.items() if k is not None and state.has(k, keys={"author"})}
    return [
        i
        for i in titles
        if not any(
            i < k and i not in authored and k in authored and state.langs[i] == state.langs[k]
            and all(state.full[n] in state.gone for n in range(place[i] + 1, place[k]))
            for k in titles
        )
    ]  # fmt: skip


def _titles_above(state: State, at: int) -> list[int]:
    """The one or two title lines (one a language) right above the publication line full[at]."""
    found: list[int] = []
    below = _next_prose(state, range(at + 1, len(state.full)))
    above = _next_prose(state, range(at - 1, -1, -1))
    if below is None or (above is not None and state.langs[above] == state.langs[below]):
        return []  # not at the head of the text, nor at the head of its other half
    for index in reversed(state.full[max(0, at - 5) : at]):
        if index in state.gone:
            continue
        if state.text(index).lstrip().startswith(DASHES):
            found = []  # and what stood below it is its translation
            continue
        if not _is_title(state, index) or state.langs[index] in {state.langs[i] for i in found}:
            break
        if above is not None and state.langs[index] != state.langs[below]:
            break  # the end of the first half, not the title of the second
        found.append(index)
    return found


def _is_title(state: State, index: int) -> bool:
    text = state.said(index)
    if state.kind(index) not in ("", "heading") or state.prose[index] or not state.langs[index]:
        return False
    return not is_no_title(text)


def is_no_title(text: str) -> bool:
    """Whether a line cannot be a title by its words: a clause, a name with its part, a date with its place."""
    long = count(HAN, text) > 50 or len(WORD.findall(text)) > 26
    other = (
        names_role(text)
        or is_numbered(text)
        or ORGANISATION.fullmatch(text)
        or is_dated_place(text)
    )
    return bool(long or text[-1:] in NO_TITLE or other or dated_names(text))


def _next_prose(state: State, places: range) -> int | None:
    """The first line of running text at these places of state.full."""
    indexes = (state.full[n] for n in places)
    return next((i for i in indexes if state.prose[i] and i not in state.gone), None)
