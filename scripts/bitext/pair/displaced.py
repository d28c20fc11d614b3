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
from bitext.kinds import SPEECH
from bitext.model import Unit
from bitext.pair.records import BACKGROUND, LONG, MOST_LONE

TEXT = (*SPEECH, "heading")
#: What the words of two texts say, in nats, that are one pair, where they could be no other; and how
#: much less either says with any other. The more pairs there are to choose from, the more is asked.
#: Of 20,000 pairs of strangers from novels and news one in a hundred had more than 1.4.
LEAST, LEAD = 3.0, 2.0


def displaced(units: Sequence[Unit]) -> list[tuple[str, str]]:
    """The ids of units whose Chinese and whose English probably are one pair; each side once.

    A pair whose words speak against it is as loose as what has no partner, however sure its place.
    """
    text = [u for u in units if u.kind in TEXT]
    loose = [u for u in text if not (u.zh and u.en and _is_sure(u))]
    if not loose or len(loose) > MOST_LONE:
        return []
    sure = sorted((u for u in text if u.zh and u.en and _is_sure(u)), key=_confidence)[:BACKGROUND]
    zh, en = [u for u in (*loose, *sure) if u.zh], [u for u in (*loose, *sure) if u.en]
    judge = Judge(Scorer([(u.zh or "")[:LONG] for u in zh], [(u.en or "")[:LONG] for u in en]))
    first = len(zh) - len(sure), len(en) - len(sure)
    own = _worth(judge, *(np.arange(len(sure)) + k for k in first))
    against = np.flatnonzero(own < 0)
    rows, columns = (np.concatenate([np.arange(k), k + against]) for k in first)
    i, j = (at.ravel() for at in np.meshgrid(rows, columns, indexing="ij"))
    worth = _worth(judge, i, j).reshape(len(rows), len(columns))
    if not worth.size:
        return []
    least = LEAST + math.log(worth.size)
    return [
        (zh[rows[a]].id, en[columns[b]].id)
        for a, b in enumerate(worth.argmax(axis=1).tolist())
        if zh[rows[a]] is not en[columns[b]]
        and worth[a, b] >= least
        and worth[a, b] >= LEAD + _second(worth, a, b)
    ]


def _worth(judge: Judge, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    """What the words say, in nats, of the Chinese i[k] and the English j[k] being one pair."""
    return judge.words(np.stack([i, i + 1], axis=1), np.stack([j, j + 1], axis=1))[0]


def _confidence(unit: Unit) -> float:
    return 1.0 if unit.confidence is None else unit.confidence


def _is_sure(unit: Unit) -> bool:
    return _confidence(unit) >= REVIEW_PAIR


def _second(worth: np.ndarray, a: int, b: int) -> float:
    """What the best other pair of either text is worth."""
    others = np.concatenate([np.delete(worth[a], b), np.delete(worth[:, b], a)])
    return float(others.max(initial=0.0))
