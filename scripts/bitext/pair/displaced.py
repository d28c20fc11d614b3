"""Units -> texts without a partner, or with a doubtful one, that translate each other from afar.

A paragraph that was pasted to another place of the source pairs with nothing there, and its
translation with nothing here. Pairs are looked for in order; their words know no order.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from bitext.align.confidence import REVIEW_PAIR, Judge
from bitext.align.score import Scorer
from bitext.model import Unit

KINDS = ("para", "list", "quote", "cue", "heading")
#: So many texts without a partner are looked at; more of them are no accident.
MOST = 200
#: So many paired texts tell how common each word is.
BACKGROUND = 200
#: What the words of two texts say, in nats, that are one pair, where they could be no other; and how
#: much less either says with any other. The more pairs there are to choose from, the more is asked.
#: Of 20,000 pairs of strangers from novels and news one in a hundred had more than 1.4.
LEAST, LEAD = 3.0, 2.0
#: So many characters of a text are read.
LONG = 2000


def displaced(units: Sequence[Unit]) -> list[tuple[str, str]]:
    """The ids of units whose Chinese and whose English probably are one pair; each side once."""
    text = [u for u in units if u.kind in KINDS]
    loose = [u for u in text if not (u.zh and u.en and _is_sure(u))]
    zh, en = [u for u in loose if u.zh], [u for u in loose if u.en]
    if not zh or not en or max(len(zh), len(en)) > MOST:
        return []
    paired = [u for u in text if u.zh and u.en and _is_sure(u)][:BACKGROUND]
    sides = ([u.zh[:LONG] for u in (*zh, *paired)], [u.en[:LONG] for u in (*en, *paired)])
    judge = Judge(Scorer(*sides))
    i, j = (k.ravel() for k in np.indices((len(zh), len(en))))
    words, _ = judge.words(np.stack([i, i + 1], axis=1), np.stack([j, j + 1], axis=1))
    worth = words.reshape(len(zh), len(en))
    least = LEAST + math.log(worth.size)
    return [
        (zh[a].id, en[b].id)
        for a, b in zip(range(len(zh)), worth.argmax(axis=1).tolist(), strict=True)
        if zh[a] is not en[b]
        and worth[a, b] >= least
        and worth[a, b] >= LEAD + _second(worth, a, b)
    ]


def _is_sure(unit: Unit) -> bool:
    return unit.confidence is None or unit.confidence >= REVIEW_PAIR


def _second(worth: np.ndarray, a: int, b: int) -> float:
    """What the best other pair of either text is worth."""
    others = np.concatenate([np.delete(worth[a], b), np.delete(worth[:, b], a)])
    return float(others.max(initial=0.0))
