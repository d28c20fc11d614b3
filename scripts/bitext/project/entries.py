"""A difference between bitext and source -> a problem at its unit, with the entry that would list it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bitext.library.yaml_lines import scalar
from bitext.model import CALLED, Bitext, Correction, LeftOut, Problem
from bitext.project.sides import Given, Side, moved
from bitext.project.spaces import canonical
from bitext.project.visible import Visible
from bitext.project.walk import Change
from bitext.project.whitespace import Spaced, groups

CODE = "E-PROOF"
#: What stands around a difference in an entry that is printed to be pasted.
AROUND = 12
#: No word of either language is longer; an address may be, and is cut.
LONGEST_WORD = 40
#: What is shown and printed has at least so many characters, where there are as many.
LEAST = 3
#: So many ids of lost units are named; of the others their number.
MOST_NAMED = 4
#: So many characters of a text are shown in a message.
SHOWN = 40
#: So many characters, at most, on each side of a place of other white space.
MOST_AROUND_SPACE = 3 * AROUND
TODO = "restore it, or list it"


def differences(bitext: Bitext, side: Side, source: Visible) -> Iterator[Problem]:
    """A problem for each difference of a side; what only stands elsewhere is one problem."""
    pairs = moved(side)
    done = {change for pair in pairs for change in pair}
    for gone, come in pairs:
        yield _moved(bitext, side, source, gone, come)
    for change in side.walk.differences:
        if change not in done:
            yield _difference(bitext, side, source, change)


def _moved(bitext: Bitext, side: Side, source: Visible, gone: Change, come: Change) -> Problem:
    given, item = side.given_at(come.c), side.received_at(gone.a)
    assert given and item  # what was moved stands in both
    unit = given.unit
    text = side.received_text(gone.a, gone.b)
    line = _line(side, source, gone.a, gone.b)
    here = item.record.id
    was = "" if here == unit.id else f", {here} there"
    entry = (
        f"{correction(unit.id, side.lang, '', side.given_text(come.c, come.d))}\n{left_out(text)}"
    )
    found = f"{unit.id}: {short(text)} stands elsewhere than in the source (line {line}{was})"
    return Problem(bitext.path, unit.line, f"{found} — move it back, or list it", CODE, entry)


@dataclass(frozen=True, slots=True)
class _Told:
    """A difference, and what its problem says of it."""

    bitext: Bitext
    side: Side
    change: Change
    name: str  # of its unit
    line: int  # of the unit in bitext.yml
    at: int  # its line in the source
    gone: str
    come: str

    @property
    def lang(self) -> str:
        return CALLED[self.side.lang]

    def problem(self, found: str, entry: str) -> Problem:
        return Problem(self.bitext.path, self.line, f"{found} — {TODO}", CODE, entry)


def _difference(bitext: Bitext, side: Side, source: Visible, d: Change) -> Problem:
    """A difference as a problem that names its unit and brings the entry that would list it."""
    told = _Told(
        bitext, side, d, *_named(bitext, side, d), _line(side, source, d.a, d.b),
        side.received_text(d.a, d.b), side.given_text(d.c, d.d),
    )  # fmt: skip
    return _texts_gone(told) or _words_differ(told)


def _texts_gone(told: _Told) -> Problem | None:
    """Whole texts of the import that nothing stands for."""
    d = told.change
    within = told.side.within(d.a, d.b)
    whole = [x.record.id for x in within if d.a <= x.start and x.end <= d.b]
    if d.c != d.d or not whole:
        return None
    there = {u.id for u in told.bitext.units}
    lost = [id for id in whole if id not in there] or whole
    gone = "is gone, with" if len(lost) == 1 else "are gone, with"
    what = "lacks" if whole[0] in there else gone
    found = f"{_listed(lost)} {what} the {told.lang} of the source, line {told.at}: {short(told.gone)}"  # fmt: skip
    return told.problem(found, left_out(told.gone))


def _listed(ids: Sequence[str]) -> str:
    """The first ids, and how many more there are."""
    more = len(ids) - MOST_NAMED
    return ", ".join(ids[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _words_differ(told: _Told) -> Problem:
    """Words that are missing, added or others."""
    d, side = told.change, told.side
    was, now = _with_context(side, d, told.name)
    inside = not all(_whole(g, d.c, d.d) for g in side.givens(max(0, d.c - 1), d.d + 1))
    if d.c == d.d and not inside:
        found = f"the {told.lang} lacks {short(told.gone)}, which the source has (line {told.at})"
    elif d.a == d.b and not inside:
        found = f"the source has no {short(told.come)} in its {told.lang}"
    else:
        # A part of a word says little.
        little = inside or max(len(told.gone), len(told.come)) < LEAST
        words = (was, now) if little else (told.gone, told.come)
        found = f"the source has {short(words[0])} in its {told.lang} (line {told.at}), not {short(words[1])}"  # fmt: skip
    return told.problem(f"{told.name}: {found}", correction(told.name, side.lang, was, now))


def _line(side: Side, source: Visible, start: int, end: int) -> int:
    """The source's line of these received characters; of none, that of the one before them."""
    place = side.place_of(start, end) or side.place_of(max(0, start - 1), max(1, start))
    return source.line(place[0][0]) if place else 0


def _named(bitext: Bitext, side: Side, d: Change) -> tuple[str, int]:
    """The unit of a difference and its line: the one that holds it and is not as imported."""
    held = [g.unit.id for g in side.givens(d.c, d.d)]
    was = [r.record.id for r in side.within(d.a, d.b)]
    beside = [g.unit.id for at in (d.c - 1, d.c) if at >= 0 and (g := side.given_at(at))]
    ids = [*was, *held, *beside] if d.c == d.d else [*held, *beside, *was]
    name = next(iter([*filter(side.changed, dict.fromkeys(ids)), *ids]), "?")
    there = {u.id: u.line for u in bitext.units}
    near = next((there[id] for id in (*held, *beside) if id in there), 1)
    return name, there.get(name, near)


def _with_context(side: Side, d: Change, name: str) -> tuple[str, str]:
    """What was and what is, widened to words until `is` is not empty and stands for one place.

    Only by words of the unit of this name.
    """
    own = [g for g in side.given if g.unit.id == name and g.start <= d.c and d.d <= g.end]
    given = next(iter(own), None) or side.given_at(d.c)
    if given is None or any(g is not given for g in side.givens(d.c, d.d)):
        return side.received_text(d.a, d.b), side.given_text(d.c, d.d)
    before, after = _agreed(side, d)
    most = (min(before, d.c - given.start), min(after, given.end - d.d))
    left, right = _to_words(given, d, most, _to_one_place(given, d, most))
    now = given.stretch(d.c - left, d.d + right)
    return side.received_text(d.a - left, d.b + right), now


def _to_one_place(given: Given, d: Change, most: tuple[int, int]) -> tuple[int, int]:
    """How many characters before and behind a difference make its words stand once in the text."""
    left = right = 0
    before, after = most
    while left < min(before, AROUND) or right < min(after, AROUND):
        chars = given.chars[d.c - left - given.start : d.d + right - given.start]
        if len(chars) >= LEAST and given.chars.count(chars) == 1:
            break
        left, right = min(left + 1, before), min(right + 1, after)
    return left, right


def _to_words(
    given: Given, d: Change, most: tuple[int, int], from_: tuple[int, int]
) -> tuple[int, int]:
    """The same, each end carried on to the end of its own word."""
    left, right = from_
    while left < min(most[0], LONGEST_WORD) and _inside_word(given, d.c - left):
        left += 1
    while right < min(most[1], LONGEST_WORD) and _inside_word(given, d.d + right):
        right += 1
    return left, right


def _agreed(side: Side, d: Change) -> tuple[int, int]:
    """How many characters agree before a difference and behind it."""
    before = after = 0
    for same in side.walk.same:
        if (same.r + same.size, same.t + same.size) == (d.a, d.c):
            before = same.size
        if (same.r, same.t) == (d.b, d.d):
            after = same.size
    return before, after


def _whole(given: Given, start: int, end: int) -> bool:
    """Whether a stretch of a text begins and ends at words: no letter or digit is cut from its word."""
    return not _inside_word(given, start) and not _inside_word(given, end)


def _inside_word(given: Given, at: int) -> bool:
    """Whether a word goes on over this place of the side: a letter or digit on both sides of it."""
    k = at - given.start
    if not 0 < k < len(given.chars) or given.gaps[k]:
        return False
    pair = given.chars[k - 1 : k + 1]
    return pair.isascii() and pair.isalnum()


def spaces(bitext: Bitext, side: Side, source: Visible, places: Sequence[Spaced]) -> Iterator[Problem]:  # fmt: skip
    """A problem for each unit whose white space departs from the import's."""
    for group in groups(side, places):
        given = side.given_at(group[0].t)
        assert given is not None  # white space is compared where characters of both sides agree
        unit = given.unit
        was, now = _words(side, group[0])
        line = _line(side, source, group[0].r, group[0].r + 1)
        entries = [_words(side, place) for place in group[:5]]
        paste = "\n".join(
            correction(unit.id, side.lang, *words, first=not k)
            for k, words in enumerate(dict.fromkeys(entries))
        )
        more = f" and {len(group) - 1} more places" if len(group) > 1 else ""
        yield Problem(
            bitext.path, unit.line,
            f"{unit.id}: the {CALLED[side.lang]} has other spaces than the source (line {line}): {short(now)}, not {short(was)}{more} — {TODO}",
            CODE, paste,
        )  # fmt: skip


def _words(side: Side, place: Spaced) -> tuple[str, str]:
    """The words around a place of other white space, as imported and as given."""
    given, item = side.given_at(place.t), side.received_at(place.r)
    assert given and item  # it lies between characters that both sides have
    most_left = min(place.t - given.start, place.r - item.start)
    most_right = min(given.end - place.t, item.end - place.r)

    def apart_left(n: int) -> bool:
        return _whole(given, place.t - n, place.t) and _edge(item, place.r - n)

    def apart_right(n: int) -> bool:
        return _whole(given, place.t, place.t + n) and _edge(item, place.r + n)

    left, right = _reach(most_left, apart_left), _reach(most_right, apart_right)
    was = item.stretch(place.r - left, place.r + right) if left else item.chars[:right]
    now = given.stretch(place.t - left, place.t + right)
    return " ".join(was.split()), " ".join(now.split())


def _reach(most: int, is_apart: Callable[[int], bool]) -> int:
    """The least number of characters at which a word ends, within reason."""
    n = 1
    while n < min(most, MOST_AROUND_SPACE) and not is_apart(n):
        n += 1
    return min(n, most)


def _edge(item, at: int) -> bool:
    k = at - item.start
    if not 0 < k < len(item.chars) or item.gaps[k]:
        return True
    pair = item.chars[k - 1 : k + 1]
    return not (pair.isascii() and pair.isalnum())


# --- entries, ready but for what only a person knows ----------------------------------------------


def correction(at: str, lang: str, was: str, now: str, what: str = "text", first: bool = True) -> str:  # fmt: skip
    """An entry for `corrections`, ready but for its reasons."""
    rows = [f"- at: {at}"]
    rows += [f"  what: {what}"] if what != "text" else []
    rows += [f"  lang: {lang}"] if lang else []
    rows += [
        f"  was: {scalar(was)}", f"  is: {scalar(now)}", f'  date: "{date.today().isoformat()}"',
        "  why_zh:", "  why_en:", "  twin: open",
    ]  # fmt: skip
    return "\n".join([*(["corrections:"] if first else []), *("  " + row for row in rows)])


def left_out(was: str) -> str:
    """An entry for `left_out`, ready but for its reasons."""
    return f"left_out:\n  - was: {scalar(was)}\n    why_zh:\n    why_en:"


def fitted(bitext: Bitext, problem: Problem) -> Problem:
    """The problem with an entry that fits the file: a list that is there already is not begun again."""
    lists: dict[str, Sequence[Correction | LeftOut]] = {
        "corrections:": bitext.corrections,
        "left_out:": bitext.left_out,
    }
    rows = [
        f"# not at the end, but below the entry that begins at line {there[-1].line}:"
        if (there := lists.get(row))
        else row
        for row in problem.paste.split("\n")
    ]
    return replace(problem, paste="\n".join(rows))


def together(pastes: Iterable[str]) -> str:
    """Entries to be pasted into one file as one piece: each list is begun once.

    >>> print(together(["left_out:\\n  - was: a", "left_out:\\n  - was: b"]))
    left_out:
      - was: a
      - was: b
    """
    lists: dict[str, list[str]] = {}
    for paste in pastes:
        for part in re.split(r"\n(?=\S)", paste):
            head, _, rows = part.partition("\n")
            if rows not in lists.setdefault(head, []):
                lists[head].append(rows)
    return "\n".join(row for head, rows in lists.items() for row in (head, *rows))


def short(text: str) -> str:
    """A text in quotation marks, cut where it is long."""
    text = " ".join(text.split())
    # The sign of the cut would take the place of one character.
    return f"“{text[:SHOWN]}…”" if len(text) > SHOWN + 1 else f"“{text}”"


def unused(bitext: Bitext, sides: Sequence[Side], used: set[tuple[str, int]]) -> Iterator[Problem]:
    """Corrections and omissions that are listed and did not happen."""
    for k, c in enumerate(bitext.corrections):
        if c.what == "text" and (c.was == c.now or ("correction", k) not in used):
            yield Problem(
                bitext.path, c.line,
                f"the correction at {c.at} did not happen: {_why_not(sides, c)} — mend the entry, or remove it",
                CODE,
            )  # fmt: skip
    for k, item in enumerate(bitext.left_out):
        if ("left_out", k) not in used:
            yield Problem(
                bitext.path, item.line,
                f"{short(item.was)} is listed as left out, but it is in a unit or never was in one — mend the entry, or remove it",
                CODE,
            )  # fmt: skip


def respaced(bitext: Bitext, side: Side) -> Iterator[Problem]:
    """Corrections whose words stand in the text with other white space than the entry has."""
    for change in side.walk.changes:
        if change.listed is None or not change.listed.text:
            continue
        said, texts = change.listed.text, [g.stretch(change.c, change.d) for g in side.givens(change.c, change.d)]  # fmt: skip
        if len(texts) != 1 or _reads_alike(texts[0], said, side.lang):
            continue
        c = bitext.corrections[change.listed.names[0][1]]
        yield Problem(bitext.path, c.line, f"the correction at {c.at} says {short(said)}, and the text has {short(texts[0])} — give both the same spaces", CODE)  # fmt: skip


def _reads_alike(text: str, said: str, lang: str) -> bool:
    """Whether two texts differ in no white space that counts in running text."""
    same = text.split() == said.split()
    return same or canonical(text, "para", lang) == canonical(said, "para", lang)


def _why_not(sides: Sequence[Side], c: Correction) -> str:
    if c.was == c.now:
        return "`was` and `is` are the same"
    own = [s for s in sides if c.lang in ("", s.lang)]
    texts = [" ".join(g.text.split()) for s in own for g in s.given if g.unit.id == c.at]
    if not any(" ".join(c.now.split()) in text for text in texts):
        return f"{short(c.now)} does not stand there"
    return f"the source has no {short(c.was)} there"
