"""Who asks and who answers: names that answer a label of the other language, and answers without one.

A news agency asks one question: its name comes once, and is neither a role nor a person's. It is a
label all the same where the other language has one at the same place of the conversation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from bitext.model import LANGS
from bitext.segment import speakers
from bitext.segment.records import Label
from bitext.segment.speakers import key_of
from bitext.text.names import sounds_alike
from bitext.text.scripts import HAN

#: Longer conversations are read as they are: their names come more than once.
MOST_CELLS = 1_000_000
#: What two labels are worth as a pair: one person by sound, a pair met before, two speakers, and
#: a speaker with somebody who may be one.
BY_SOUND, MET_BEFORE, KNOWN, MAYBE = 3.0, 1.5, 1.0, 0.5


@dataclass(frozen=True, slots=True)
class _Turn:
    """One label of a conversation; `known` if its name is accepted already."""

    name: str
    known: bool


def answered(
    rows: Sequence[tuple[str, Sequence[Label]]], accepted: frozenset[str]
) -> frozenset[str]:
    """The names (as keys) that answer an accepted label of the other language, in order.

    `rows` are the lines with the labels that may be read in them, each with its language.
    """
    zh, en = (_conversation(rows, lang, accepted) for lang in ("zh", "en"))
    if all(t.known for t in (*zh, *en)) or len(zh) * len(en) > MOST_CELLS:
        return frozenset()
    met: Counter[tuple[str, str]] = Counter()
    pairs = _matched(zh, en, met)
    met.update((key_of(a.name), key_of(b.name)) for a, b in pairs if a.known and b.known)
    pairs = _matched(zh, en, met)
    sure = sum(a.known and b.known for a, b in pairs)
    found = [b if a.known else a for a, b in pairs if a.known != b.known]
    # Names are taken on the word of labels that meet: a text that lost its labels has none.
    return frozenset(key_of(t.name) for t in found) if 0 < len(found) <= 2 * sure else frozenset()


#: A text has a speaker a line where so many lines at least begin with one, and so great a part.
LINES, SHARE = 3, 0.75
#: And behind marks which say that another speaks, with fewer.
MARKED_LINES, MARKED_SHARE = 2, 0.5


def speaking_once(
    rows: Sequence[tuple[str, Sequence[Label]]],
    accepted: frozenset[str],
    least: int = LINES,
    share: float = SHARE,
) -> frozenset[str]:
    """The names (as keys) before the other lines where nearly every line begins with a speaker.

    `rows` are the lines, each with its language and the labels that may begin it; of them at least
    `least`, and this `share`, have a speaker.
    """
    found: set[str] = set()
    for lang in LANGS:
        lines = [labels for where, labels in rows if where == lang]
        said = [bool(speakers.first_accepted(labels, accepted)) for labels in lines]
        if sum(said) >= max(least, share * len(lines)):
            first = said.index(True)  # what stands above it is a title
            others = (x for x, known in zip(lines, said, strict=True) if not known)
            names = (next((n for x in row if (n := _candidate(x))), None) for row in others)
            found |= {key_of(n) for n in islice(names, first, None) if n}
    return frozenset(found)


def _conversation(
    rows: Sequence[tuple[str, Sequence[Label]]], lang: str, accepted: frozenset[str]
) -> list[_Turn]:
    """The labels of one language in order, accepted ones and those that might be."""
    turns = []
    for where, labels in rows:
        if where != lang:
            continue
        label = speakers.first_accepted(labels, accepted)
        if label and not label.marker:
            turns.append(_Turn(next(n for n in label.names if key_of(n) in accepted), True))
        elif not label and (name := next((n for x in labels if (n := _candidate(x))), None)):
            turns.append(_Turn(name, False))
    return turns


def _candidate(label: Label) -> str | None:
    """The label's name if it can be that of somebody who speaks once."""
    if label.form not in ("colon", "bracket") or len(label.names) != 1:
        return None
    (name,) = label.names
    if speakers.is_denied(name) or not speakers.name_like(name):
        return None
    if HAN.search(name):
        return name if 2 <= len(name) <= 10 else None
    words = name.split()
    return name if name[:1].isupper() and len(words) <= 5 and re.search(r"\w\w", name) else None


def _matched(
    zh: Sequence[_Turn], en: Sequence[_Turn], met: Counter[tuple[str, str]]
) -> list[tuple[_Turn, _Turn]]:
    """The pairs of labels on the best path through both conversations."""
    best = [[0.0] * (len(en) + 1) for _ in range(len(zh) + 1)]
    worth = [[_worth(a, b, met) for b in en] for a in zh]
    for i, row in enumerate(worth, 1):
        for j, value in enumerate(row, 1):
            best[i][j] = max(best[i - 1][j], best[i][j - 1], best[i - 1][j - 1] + value)
    pairs = []
    i, j = len(zh), len(en)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((zh[i], en[j]))
    return pairs[::-1]


def _worth(a: _Turn, b: _Turn, met: Counter[tuple[str, str]]) -> float:
    if not a.known and not b.known:
        return 0.0
    if a.known and b.known:
        if sounds_alike(a.name, b.name):
            return BY_SOUND
        return MET_BEFORE if met[key_of(a.name), key_of(b.name)] > 1 else KNOWN
    return MAYBE


# --- answers without a label ---------------------------------------------------------------------

#: The end of a question.
#: So many paragraphs of a turn may come before its question: a greeting, who asks, for which paper.
BEFORE_QUESTION = 3


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph as it is spoken: the speaker if it is labelled, and whether it ends in a question."""

    speaker: str | None  # '' where a mark says that another speaks, and not who
    asks: bool
    by_role: bool = False  # the label says that somebody asks, and not who: Q, 问


def asks_by_role(label: Label) -> bool:
    """Whether a label says that somebody asks, and not who: Q, 问, Question."""
    return any(speakers.ASKING.fullmatch(key_of(name)) for name in label.names)


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
    first = next((k for k in range(start, min(end, start + BEFORE_QUESTION)) if rows[k].asks), None)
    if first is None:
        return 0
    return next((k for k in range(first, end) if not rows[k].asks), end)
