"""Pieces -> the same with the labels of speakers taken off, and each piece said by whoever speaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bitext.segment import speakers
from bitext.segment.languages import weigh_languages
from bitext.segment.lines import cut_passage
from bitext.segment.records import Label, Piece
from bitext.segment.speakers import has_name, key_of
from bitext.segment.voices import Row, first_of, voices
from bitext.text.habits import MOSTLY
from bitext.text.marks import COLONS, LINE_ENDED, LISTED, SEMICOLONS, WIDE_STOPS
from bitext.text.names import is_personal
from bitext.text.spans import passage


def take_labels(text: str, pieces: Sequence[Piece], sure: frozenset[str]) -> list[Piece]:
    """The pieces with their labels off, cut where a label stands in mid-line; `sure` speak for sure."""
    at_start = [_labels_at_start(p) for p in pieces]
    inside = [_labels_inside(p) for p in pieces]
    heads = _heading_labels(pieces)
    alone = _lone_labels(pieces) | heads
    sure |= {name for label in heads.values() for name in label.names}
    accepted = voices(
        [*_rows(pieces, at_start, inside, alone)], frozenset(map(key_of, sure)),
        Counter(p.lang for p in pieces if p.begins),
    )  # fmt: skip
    counts = Counter(
        (p.lang, k) for p, row in zip(pieces, at_start, strict=True)
        for k in {key_of(n) for x in row for n in x.names}
    )  # fmt: skip
    found: list[Piece] = []
    for i, piece in enumerate(pieces):
        label = first_of(at_start[i], accepted)
        if label and _is_no_turn(piece, label, i < 2, counts, accepted):
            label = None
        if label is None and i in alone:
            label = first_of([alone[i]], accepted)
        within = [x for x in inside[i] if has_name(x, accepted)]
        found.extend(_cut_at_labels(piece, label, within))
    return _carry_labels(text, weigh_languages(found))


def _rows(
    pieces: Sequence[Piece],
    at_start: Sequence[tuple[Label, ...]],
    inside: Sequence[tuple[Label, ...]],
    alone: dict[int, Label],
) -> Iterator[Row]:
    """Every place of the document where a label may stand, with what may be read there."""
    for i, piece in enumerate(pieces):
        place = "start" if piece.begins else "middle"
        marked_up = any(a <= piece.line.start for a, _ in piece.line.markup)
        yield Row(piece.lang, at_start[i], place, piece.turn, marked_up)
        if i in alone:
            yield Row(piece.lang, (alone[i],), "alone")
        for label in inside[i]:
            yield Row(piece.lang, (label,), "inside")


def _is_no_turn(
    piece: Piece,
    label: Label,
    first: bool,
    counts: Counter[tuple[str, str]],
    accepted: frozenset[str],
) -> bool:
    """Whether nobody speaks behind a label: a title with a colon, or a list of those who take part."""
    rest = piece.text[label.end :].strip()
    if LINE_ENDED.search(rest):
        return False
    named = [key_of(n) for n in LISTED.split(rest.replace(" and ", ", ")) if n]
    known = sum(n in accepted for n in named)
    once = all(counts[piece.lang, key_of(n)] == 1 for n in label.names)
    return (known >= 2 and known * 2 >= len(named)) or (first and once and bool(rest))


def _labels_at_start(piece: Piece) -> tuple[Label, ...]:
    """Every way to read a label where the line begins, or where it changes its language."""
    if piece.line.kind in ("code", "heading"):
        return ()
    labels = speakers.label_at_start(piece.text)
    # In mid-line a dash goes on with the sentence, and is no label's.
    return labels if piece.begins else tuple(x for x in labels if x.form != "dash")


def _labels_inside(piece: Piece) -> tuple[Label, ...]:
    kept = piece.line.kind in ("code", "heading")
    return () if kept else speakers.labels_inside(piece.text)


def _label_line(piece: Piece) -> tuple[Label, bool] | None:
    """The label that the line's text is, and whether it ends in a colon."""
    name = piece.text.rstrip()
    colon = name.endswith(tuple(COLONS))
    whole = name if colon else f"{name}:"
    label = next((x for x in speakers.label_at_start(whole) if x.end == len(whole)), None)
    return (replace(label, end=len(piece.text), form="line"), colon) if label else None


#: No name alone on its line has these in it.
NEVER = frozenset(f"{WIDE_STOPS}!?，,{SEMICOLONS}")


def _lone_labels(pieces: Sequence[Piece]) -> dict[int, Label]:
    """Names that stand alone on a line: short, unpunctuated, and there at least twice."""
    found: dict[int, Label] = {}
    for i, piece in enumerate(pieces[:-1]):
        text = piece.text.strip()
        plain = piece.line.kind not in ("code", "cell", "list", "cue", "heading")
        short = NEVER.isdisjoint(text) and not _is_said(text)
        if plain and short and _fills_line(pieces, i):
            line = _label_line(piece)
            if line and not line[1]:
                found[i] = line[0]
    counts = Counter(key_of(n) for label in found.values() for n in label.names)
    return {i: x for i, x in found.items() if any(counts[key_of(n)] > 1 for n in x.names)}


def _is_said(text: str) -> bool:
    """Whether a full stop ends a sentence, and no name.

    >>> _is_said("Yeah."), _is_said("All Right."), _is_said("Anna Lund Jr."), _is_said("Anna L.")
    (True, True, False, False)
    """
    before, _, last = text.removesuffix(".").rpartition(" ")
    return text.endswith(".") and (not before or len(last) > 3)


def _heading_labels(pieces: Sequence[Piece]) -> dict[int, Label]:
    """The headings that say who speaks: those of a level of which most are names of people.

    Speakers come again, and their names end in a colon; the headings of an article do neither.
    """
    levels: dict[int, list[int]] = {}
    for i, piece in enumerate(pieces):
        if piece.line.kind == "heading" and _fills_line(pieces, i):
            levels.setdefault(piece.line.level, []).append(i)
    found: dict[int, Label] = {}
    for heads in levels.values():
        read = {i: line for i in heads if (line := _label_line(pieces[i]))}
        with_colon = {pieces[i].line.start for i, (_, colon) in read.items() if colon}
        colon = {i: pieces[i].line.start in with_colon for i in read}
        named = {
            i: label
            for i, (label, _) in read.items()
            if all(_can_speak(name, colon[i]) for name in label.names)
        }
        again = len({key_of(x.names[0]) for x in named.values()}) < len(named)
        people = all(is_personal(n) for label in named.values() for n in label.names)
        if len(named) >= max(2, MOSTLY * len(heads)) and (
            again or (people and all(colon[i] for i in named))
        ):
            found |= named
    return found


def _can_speak(name: str, colon: bool) -> bool:
    """Whether a heading can be the name of somebody who speaks below it."""
    if speakers.is_denied(name) or not speakers.name_like(name):
        return False
    return colon or is_personal(name) or speakers.is_role(name)


def _fills_line(pieces: Sequence[Piece], i: int) -> bool:
    """Whether a piece is a whole line, or half of one that has a short text in each language."""
    piece = pieces[i]
    if piece.begins and piece.ends:
        return True
    k = i + 1 if piece.begins else i - 1
    if not 0 <= k < len(pieces) or pieces[k].line.start != piece.line.start:
        return False
    other = pieces[k]
    return (piece.begins and other.ends) or (other.begins and piece.ends)


def _cut_at_labels(piece: Piece, label: Label | None, labels: Sequence[Label]) -> Iterator[Piece]:
    """The piece, its labels taken off: one piece a label, the first perhaps without."""
    if piece.line.kind == "code":  # keeps its indent
        yield piece
        return
    first = label.end if label else 0
    marks: list[tuple[int, int, Label | None]] = [(0, first, label)]
    marks.extend((x.start, x.end, x) for x in labels if x.start >= first)
    for index, (start, body, mark) in enumerate(marks):
        end = marks[index + 1][0] if index + 1 < len(marks) else len(piece.text)
        rest = cut_passage(piece.passage, body, end)
        spans = cut_passage(piece.passage, start, body).spans if mark else ()
        if not rest.spans and not spans:
            continue
        yield replace(
            piece, passage=rest, label=mark, label_spans=spans,
            inside=len(marks) > 1, begins=index == 0 and piece.begins, gap=piece.gap and index == 0,
            turn=piece.turn and index == 0,
        )  # fmt: skip


def _carry_labels(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """A label alone on its line goes to the next piece of its language; two labels in a row stay."""
    found: list[Piece] = []
    waiting: list[Piece] = []
    for piece in pieces:
        if not piece.passage.spans:
            waiting.append(piece)
            continue
        if waiting and piece.label is None:
            held = waiting.pop()
            names = held.label
            spans = held.label_spans
            while waiting:  # 主持人 / Moderator on two lines, then the text
                other = waiting.pop()
                assert names and other.label  # a piece without a text is a label alone
                names = replace(names, zh=names.zh or other.label.zh, en=names.en or other.label.en)
                spans = other.label_spans + spans
            turn = held.turn or piece.turn
            piece = replace(
                piece, label=names, label_spans=spans, gap=held.gap or piece.gap, turn=turn
            )
        found.extend(_as_text(text, w) for w in waiting)
        waiting = []
        found.append(piece)
    found.extend(_as_text(text, w) for w in waiting)
    return found


def _as_text(text: str, piece: Piece) -> Piece:
    """A label with nothing behind it is text after all."""
    return replace(piece, passage=passage(text, piece.label_spans), label=None, label_spans=())
