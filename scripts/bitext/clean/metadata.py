"""Lines of labelled fields, read as metadata: what names itself anywhere, the rest at the edges."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bitext.clean import boilerplate
from bitext.clean.state import State, edges_of
from bitext.text.dates import DATE, LETTER_DATE, SEPARATOR, date_pattern, iso_date, parse_date
from bitext.text.fields import COUNT, DURATION, TYPES, Field, parse_fields
from bitext.text.marks import CLAUSE_ENDED, COLONS, LISTED, PARTED, STOPS, WIDE_STOPS
from bitext.text.matches import sure
from bitext.text.names import are_people, is_name, is_person, is_personal
from bitext.text.scripts import language
from bitext.text.words import finder, words

#: What stands on the line below a title.
HEAD_KEYS = frozenset(("date", "updated", "source", "author"))
#: Who made a page: the lines stand together.
CREDITS = frozenset(("editor", "proofreader", "layout", "translator", "photographer"))
#: Fields that stand for themselves on a line anywhere; the others need company or the text's edge.
SURE_ALONE = frozenset(
    "editor proofreader received read_count like_count wow_count updated link document reading_time".split()
)
#: Buttons that stand beside a value or are glued to it.
BUTTONS = words("chrome/glued_buttons")
#: Who makes a page may also speak in it: a label that comes back with other words is a speaker's.
SAID_BY = words("labels/said_by")


def read_fields(state: State) -> None:
    """Lines that consist of metadata fields: a publication line, an editor's line, a date at the head."""
    edges = edges_of(state)
    speakers = speaker_labels(state)
    near = edges | set(state.left[:6])
    dates: dict[str, set[str]] = {"zh": set(), "en": set(), "": set()}
    _read_mail(state)
    letters = _letter_dates(state)
    for index in state.left:
        line = state.line(index)
        text = state.text(index)
        if (
            len(text) > 300
            or line.kind in ("code", "cell")
            or (line.kind in ("cue", "heading") and index not in edges)
        ):
            continue
        if line.kind == "heading":
            if len(_people(parse_fields(text)) or ()) < 2:
                continue  # a heading of two credits is none
        elif index in state.gone or _read_information(state, index, index in near):
            continue
        fields = parse_fields(text)
        if not fields or not _are_metadata(state, index, fields, text, edges, speakers, letters):
            continue
        dates[state.langs[index]] |= {f.value for f in fields if f.key == "date"}
        if len(state.kept[index]) == 1:
            base = state.kept[index][0][0]
            cut_fields(state, index, fields, base, line.start, line.end)
        else:  # markup stands between the parts: the line goes as one
            for found in fields:
                state.learn(found.key, found.value)
            state.cut(
                index, "metadata: " + ", ".join(f.key for f in fields if f.key), fields[0].key
            )
    both = dates["zh"] & dates["en"]
    if len(both) == 1:  # the text's own day: its page says another in one language
        state.metadata["date"] = both.pop()
    _read_other_keywords(state, speakers)


SUBJECT = frozenset(("subject", "主题"))


def _read_mail(state: State) -> None:
    """A letter's mail header at its head: the subject stays, as a heading; the rest is none of the text.

    Two of its lines at least stand together, one of them with an address.
    """
    run: list[tuple[int, re.Match[str]]] = []
    for index in (*state.left[:10], -1):
        match = LABEL.match(state.text(index)) if index >= 0 else None
        known = match and match[2] in COLONS and finder("labels/mail").fullmatch(match[1])
        if match and known and match[3] and len(state.kept[index]) == 1:
            run.append((index, match))
            continue
        if len({m[1].lower() for _, m in run}) >= 2 and any("@" in m[3] for _, m in run):
            break
        run = []
    for index, match in run:
        start, line = state.kept[index][0][0], state.line(index)
        if match[1].lower() in SUBJECT:
            state.cut(index, "mail header", span=(line.start, start + match.start(3)))
            state.changed[index] = replace(line, kind="heading", level=1)
            state.review(index)
            continue
        state.cut(index, "mail header")
        if date := DATE.search(match[3]) if "@" not in match[3] else None:
            state.learn("date", iso_date(date))


def _read_other_keywords(state: State, speakers: set[str]) -> None:
    """The line of keywords in one language, where that of the other was read."""
    known = {
        language(state.document.slice(c.span))
        for i in state.gone for c in state.cuts[i] if c.key == "keywords"
    }  # fmt: skip
    for index in state.left if known else ():
        line, text = state.line(index), state.text(index)
        fields = parse_fields(text) if not line.kind and len(text) <= 200 else []
        alone = len(fields) == 1 and fields[0].key == "keywords" and fields[0].labelled
        if alone and label_of(text)[0] not in speakers and state.langs[index] not in known:
            cut_fields(state, index, fields, state.kept[index][0][0], line.start, line.end)


#: `Posted on 2024-11-02 by Jane`, `By the Press Office`, `Interview by Jane`.
BY = re.compile(
    f"(?:(?:Posted|Published|Written|Updated)(?: on)?\\s+(?P<date>{date_pattern()}),?\\s+"
    "|(?:Written|Reported|Text|Words|Story|Interview(?:ed)?|Photo(?:graph(?:y|s|ed)?|s)?)\\s+)?"
    "by\\s+(?:the\\s+)?(?P<name>(?:[^.!?:：;]|(?<=\\b[A-Z])\\.){2,80})",
    re.IGNORECASE,
)


#: What parts a row of what is known of a text, as marks do.
IN_ROW = (DATE, DURATION)
#: What of such a row is the page's own.
OWN = frozenset(("page tools", "length of the text"))
#: Why a piece goes that has no name of its own.
BESIDE = "metadata: beside a label or a date"
#: A piece of such a row: its fields, or why it goes, and where it stands.
Piece = tuple[list[Field], str, int, int]


def _read_information(state: State, index: int, near: bool) -> bool:
    """Whether a line consists of fields, buttons and names, parted by bars or wide spaces; cut, then.

    At least one piece gives a date or names its own field; a piece that is neither a field nor a
    button is a name or a word or two. A line of fields alone is no such line.
    """
    line, text = state.line(index), state.text(index)
    if not near or not 4 <= len(text) <= 240 or line.kind in ("cue", "list"):
        return False
    pieces = _information(text)
    whole = len(state.kept[index]) == 1  # no markup stands between its parts
    base = state.kept[index][0][0]
    ends = [start for _, _, start, _ in pieces[1:]] + [len(text)]
    for (found, reason, start, _), end in zip(pieces, ends, strict=bool(pieces)):
        for each in found:
            state.learn(each.key, each.value)
        keys = [f.key for f in found if f.key]
        if whole:
            why = "metadata: " + ", ".join(keys) if keys else reason
            state.cut(index, why, keys[0] if keys else "", (base + start, base + end))
    if pieces:
        first = next(f.key for found, _, _, _ in pieces for f in found if f.key)
        state.cut(index, f"metadata: {first}", first)
    return bool(pieces)


def _is_sentence(text: str) -> bool:
    """Whether a sentence or a clause ends with the text, or a Chinese one within it."""
    return CLAUSE_ENDED.search(text) is not None or not set(WIDE_STOPS).isdisjoint(text)


def _information(text: str) -> list[Piece]:
    """The pieces of a line of information: their fields or why they go, and where they stand.

    [] where the line is something else, or fields and nothing else.
    """
    borders = [0, *(x for m in PARTED.finditer(text) for x in m.span()), len(text)]
    parts = [(a, b) for a, b in zip(borders[::2], borders[1::2], strict=True) if text[a:b].strip()]
    parts = [part for a, b in parts for part in _without_button(text, a, b)]
    if (text.strip()[:1] + text.strip()[-1:]) in ("（）", "()", "[]", "【】"):
        parts = [part for a, b in parts for part in _notice_behind(text, a, b)]
    spans = [part for a, b in parts for part in _in_row(text, a, b)]
    pieces: list[Piece] = []
    loose: list[str] = []
    for a, b in spans:
        said = text[a:b].strip("（）()[]【】*_ \t")
        fields = parse_fields(text[a:b])
        match = BY.fullmatch(said)
        if fields:
            pieces.append((fields, "", a, b))
        elif match and is_name(match["name"]):
            fields = [Field("author", match["name"].strip(), a, b)]
            if date := match["date"]:
                fields.insert(0, Field("date", sure(parse_date(date))[0], a, b))
            pieces.append((fields, "", a, b))
        elif reason := _button_reason(said):
            pieces.append(([], reason, a, b))
        elif len(said) <= 32 and not _is_sentence(said) and len(said.split()) <= 4:
            loose.append(said)
            pieces.append(([], BESIDE, a, b))
        else:
            return []
    known = [f for found, _, _, _ in pieces for f in found if f.key]
    dated = any(f.key == "date" for f in known)
    labelled = any(f.labelled for f in known)
    plain = all(found for found, _, _, _ in pieces) and not any(
        BY.fullmatch(text[a:b].strip("*_ ")) for _, _, a, b in pieces
    )
    if plain or not known or (loose and not dated) or len(loose) > 2 or not (dated or labelled):
        return []
    if len(pieces) == 1 and not dated:
        return []
    return pieces if any(f.key == "author" for f in known) else _with_author(pieces, text)


def _in_row(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a piece that is no field, as what is known parts them: `Jane Doe Follow 4 min read Apr 2, 2025`.

    One of them at least is the page's own, and what is not known may be a name.
    """
    known = [m.span() for kind in IN_ROW for m in kind.finditer(text, start, end)]
    if not known or parse_fields(text[start:end]) or BY.fullmatch(text[start:end].strip("*_ ")):
        return [(start, end)]
    borders = {start, end, *(at for span in known for at in span)}
    if _is_count(text[start:end].split()[-1]):
        borders |= {at for at in range(start, end) if text[at] == " "}
    spans = [(a, b) for a, b in pairwise(sorted(borders)) if text[a:b].strip(SEPARATOR)]
    spans = [part for a, b in spans for part in _without_button(text, a, b)]
    said = [text[a:b].strip(SEPARATOR) for a, b in spans]
    of_page = [_button_reason(part) for part in said]
    names = (
        is_name(part) and not part.islower()
        for part, reason in zip(said, of_page, strict=True) if not (reason or parse_fields(part))
    )  # fmt: skip
    return spans if OWN.intersection(of_page) and all(names) else [(start, end)]


def _with_author(pieces: list[Piece], text: str) -> list[Piece]:
    """The pieces, the first that is people's names and nothing else being the author."""
    for n, (found, reason, a, b) in enumerate(pieces):
        said = text[a:b].strip(SEPARATOR)
        if not found and reason == BESIDE and are_people(said):
            return [*pieces[:n], ([Field("author", said, a, b)], "", a, b), *pieces[n + 1 :]]
    return pieces


def _without_button(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A piece, and the button glued to its value: `来源：新华网阅读模式`."""
    glued = (end - len(b) for b in BUTTONS if text.endswith(b, start, end))
    at = min(glued, default=start)
    before = text[start:at].strip()
    return (
        [(start, at), (at, end)] if parse_fields(before) or are_people(before) else [(start, end)]
    )


def _button_reason(said: str) -> str:
    """Why a piece is the page's own: a button, or how often it was read; '' where it is neither."""
    if said in BUTTONS:
        return "page tools"
    reason = boilerplate.strong_reason(said) or boilerplate.weak_reason(said)
    return reason or ("page tools" if _is_count(said) else "")


def _is_count(said: str) -> bool:
    """Whether this says how often a page was read: `1512次`, at the end of the line below its title."""
    number = said.removesuffix("阅读").removesuffix("浏览")
    return number[:1].isdigit() and said[-1:].isalpha() and COUNT.fullmatch(number) is not None


def _notice_behind(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A field and a notice behind one blank: `（编辑：老方 转载请联系授权）`."""
    for at in (k for k in range(start, end) if text[k] == " "):
        rest = text[at:end].strip("（）()[]【】 ")
        if boilerplate.strong_reason(rest) and parse_fields(text[start:at].lstrip("（([【")):
            return [(start, at), (at, end)]
    return [(start, end)]


def read_end(state: State) -> None:
    """`（来源：新华网）` behind the last paragraph of a text: where the page took it from."""
    prose = [i for i in state.left if state.prose[i]]
    lasts = prose[-1:]
    seams = [a for a, b in pairwise(prose) if state.langs[a] != state.langs[b]]
    if len(seams) <= 2:
        lasts += seams
    for index in sorted(set(lasts)):
        if not state.kept[index]:
            continue
        start, end = state.kept[index][-1]
        low = max(start, end - 120)
        tail = state.document.text[low:end].rstrip()
        at = max(tail.rfind(mark) for mark in "（([【")
        inner = tail[at + 1 : -1].strip()
        cited = at >= 0 and tail[-1] in "）)]】" and finder("labels/cited").match(inner)
        fields = parse_fields(inner) if cited else []
        # Behind a full stop only: before one the bracket belongs to the sentence.
        before = state.document.text[start : low + max(at, 0)].rstrip()[-1:]
        if fields and before and before in STOPS + '”"':
            inner_at = low + tail.index(inner, at)
            cut_fields(state, index, fields, inner_at, low + at, low + len(tail))


def cut_fields(
    state: State, index: int, fields: list[Field], base: int, start: int, end: int
) -> None:
    """One cut a field; the first one takes what stands before it, the last one what stands behind."""
    spans = [[base + f.start, base + f.end] for f in fields]
    spans[0][0], spans[-1][1] = start, end
    for found, (a, b) in zip(fields, spans, strict=True):
        if found.key:
            state.cut(index, f"metadata: {found.key}", found.key, (a, b))
            state.learn(found.key, found.value)
        else:
            state.cut(index, BESIDE, "", (a, b))


def are_sure(fields: list[Field], text: str) -> bool | None:
    """Whether fields are metadata wherever they stand; None where the place must tell."""
    named = [f for f in fields if f.key and f.labelled and f.key not in ("time", "updated_time")]
    if finder("labels/sure").match(text.strip(SEPARATOR)):
        return True
    if (people := _people(fields)) is not None:
        # `统筹：发展与安全` is a heading, `Editor: Yes` an answer: a person's name makes a field, and what
        # may be one only where the place tells.
        if not all(map(is_person, people)):
            if len(people) >= 2 and all(map(is_name, people)) and any(map(is_person, people)):
                return True
            return None if all(map(is_name, people)) else False
        return True if len(people) >= 2 or named[0].key in SURE_ALONE else None
    if len(named) >= 2 or (named and any(f.key == "date" and not f.labelled for f in fields)):
        return True
    return True if len(named) == 1 and named[0].key in SURE_ALONE else None


def speaker_labels(state: State) -> set[str]:
    """Labels that are said before a sentence anywhere in the text: they name a speaker, not a field."""
    found: set[str] = set()
    answers: defaultdict[str, set[str]] = defaultdict(set)
    for index in state.left:
        label, rest = label_of(state.text(index)[:200], COLONS)
        if label in SAID_BY:
            answers[label].add(rest)
        if not label or _is_no_speech(parse_fields(state.text(index))):
            continue
        if (CLAUSE_ENDED.search(rest) or len(rest) >= 60) and not is_name(rest):
            found.add(label)
    return found | {label for label, said in answers.items() if len(said) >= 2}


#: A label at a line's head, be it in bold or in brackets, and what parts it from the rest.
LABEL = re.compile(
    r"[\s*_【\[]*([^:：|/｜／*_】\]]{1,24}?)[*_】\]]*\s?([:：|/｜／])[\s*_]*(.*)", re.S
)


def label_of(text: str, marks: str = "：:|/｜／") -> tuple[str, str]:
    """The label that a line begins with before one of these marks, in small letters, and the rest; two empty texts where it has none."""
    match = LABEL.match(text)
    return (match[1].strip().lower(), match[3].strip()) if match and match[2] in marks else ("", "")


def names_role(text: str) -> bool:
    """Whether a line says who has a part, and nothing else: `主持人：林晓`, `Moderator: Chen Li`."""
    label, said = label_of(text, COLONS)
    role = any(finder(f"speakers/roles_{lang}").fullmatch(label) for lang in ("zh", "en"))
    return role and is_personal(said) and not CLAUSE_ENDED.search(said)


def _is_no_speech(fields: list[Field]) -> bool:
    """Whether a line is two fields at least, or a list of keywords: nobody says it."""
    labelled = [f for f in fields if f.labelled]
    return len(labelled) >= 2 or (
        len(labelled) == 1 and labelled[0].key == "keywords"
        and len(LISTED.split(labelled[0].value)) >= 3
    )  # fmt: skip


def _are_metadata(
    state: State, index: int, fields: list[Field], text: str, edges: set[int], speakers: set[str],
    letters: Sequence[int],
) -> bool:  # fmt: skip
    if label_of(text)[0] in speakers:
        return False
    # A letter's date stays in the text in Chinese words: then its translation stays too.
    if not any(f.labelled for f in fields) and any(i not in state.gone for i in letters):
        return False
    if (sure := are_sure(fields, text)) is not None:
        return sure
    people = _people(fields)
    if index not in edges or people is None or all(map(is_person, people)):
        return index in edges
    if not all(map(is_name, people)):
        return False
    credited = len(people) > 1 and any(map(is_person, people))
    return credited or _beside_date(state, index) or _beside_twin(state, index, fields)


def _letter_dates(state: State) -> list[int]:
    short = (i for i in state.left if len(state.text(i)) <= 30)
    return [i for i in short if LETTER_DATE.fullmatch(state.text(i))]


def _beside_date(state: State, index: int) -> bool:
    """Whether the next line that holds text, or the one before, is a date or a source: a page's head."""
    return any(
        state.has(i, keys=HEAD_KEYS | CREDITS)
        or any(f.key in ("date", "source") for f in parse_fields(state.text(i)[:300]))
        for i in _near(state, index)
    )


def _near(state: State, index: int) -> list[int]:
    """The line before that holds text, and the next one."""
    return [i for step in (-1, 1) if (i := state.beside(index, step)) is not None]


def _beside_twin(state: State, index: int, fields: list[Field]) -> bool:
    """Whether the next line that holds text, or the one before, names the same role in the other language."""
    keys = {f.key for f in fields if f.labelled}
    twins = (i for i in _near(state, index) if {state.langs[i], state.langs[index]} == {"zh", "en"})
    return any(
        f.labelled and f.key in keys for i in twins for f in parse_fields(state.text(i)[:300])
    )


def _people(fields: list[Field]) -> list[str] | None:
    """The values of fields that all name people; None where one of them does not."""
    named = [f for f in fields if f.key and f.labelled]
    people = [f.value for f in named if TYPES.get(f.key) == "name"]
    return people if people and len(people) == len(named) else None
