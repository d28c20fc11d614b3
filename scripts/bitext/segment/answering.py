"""Labels of both languages in order -> names that stand where the other language has a speaker.

A news agency asks one question: its name comes once, and is neither a role nor a person's. It is a
label all the same where the other language has one at the same place of the conversation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bitext.segment import speakers
from bitext.segment.language import HAN
from bitext.segment.speakers import Label, key_of

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
        if speakers.sounds_alike(a.name, b.name):
            return BY_SOUND
        return MET_BEFORE if met[key_of(a.name), key_of(b.name)] > 1 else KNOWN
    return MAYBE
