"""Paragraphs as they are spoken -> the answers that carry no label, where only the questions do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bitext.segment import speakers
from bitext.segment.records import Label
from bitext.segment.speakers import key_of


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph as it is spoken: the speaker if it is labelled, and whether it ends in a question."""

    speaker: str | None  # '' where a mark says that another speaks, and not who
    asks: bool
    by_role: bool = False  # the label says that somebody asks, and not who: Q, 问


def asks_by_role(label: Label) -> bool:
    """Whether a label says that somebody asks, and not who: Q, 问, Question."""
    return any(speakers.asks(key_of(name)) for name in label.names)


def unlabelled_answers(rows: Sequence[Said]) -> frozenset[int]:
    """Where an answer begins that carries no label, in a text that labels the questions only.

    Somebody only asks whose turns are questions with other paragraphs behind them, one such turn
    after the other: a label that comes again says that somebody else has spoken in between. Whoever
    is called `Q` needs no second turn.
    """
    starts = [k for k, row in enumerate(rows) if row.speaker is not None]
    turns = list(pairwise([*starts, len(rows)])) if starts else []
    roles = {row.speaker for row in rows if row.by_role}
    answers: Counter[str] = Counter()  # turns that go on behind their question
    others: Counter[str] = Counter()  # turns that go on without one
    again: Counter[str] = Counter()  # turns behind one's own
    for n, (start, end) in enumerate(turns):
        speaker = rows[start].speaker or ""  # it is said who, or '' where nobody knows
        again[speaker] += n > 0 and rows[turns[n - 1][0]].speaker == speaker
        if end > start + 1:
            behind = _behind_question(rows, start, end)
            (answers if start < behind < end else others)[speaker] += 1
    asking = {
        speaker
        for speaker, n in answers.items()
        if speaker
        and n >= 2 * others[speaker]
        and (speaker in roles or 2 * again[speaker] >= n > 1)
    }
    return frozenset(
        behind
        for start, end in turns
        if rows[start].speaker in asking
        and (behind := _behind_question(rows, start, end) or start + 1) < end
    )


def _behind_question(rows: Sequence[Said], start: int, end: int) -> int:
    """The first paragraph behind the question that a turn begins with; 0 where it asks none."""
    first = next((k for k in range(start, end) if rows[k].asks), None)
    if first is None:
        return 0
    return next((k for k in range(first, end) if not rows[k].asks), end)
