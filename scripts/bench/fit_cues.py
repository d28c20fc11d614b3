"""Fits what confidence.BY_FORM says of subtitles: two files of one text, cut into cues that differ.

    python scripts/bench/fit_cues.py

The texts are those of tests/cases/documents, a text once. Each becomes two subtitle files, three times
as they are and three times with one cue in twelve left out; what is paired is right or wrong as the
gold says. A logistic model of the logit is fitted, and tried on each document with that one left out.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from score_import import DOCUMENTS, bare

from bitext import read
from bitext.align import confidence
from bitext.model import Unit
from bitext.pipeline import import_source

#: What share of the cues is left out; the seeds; how wide cues are, in characters.
LOST, SEEDS = (0.0, 1 / 12), range(3)
WIDTHS = {"zh": (14, 18, 22), "en": (34, 42, 60)}
#: A text has so many pairs, and so many Chinese characters.
PAIRS, LENGTH = 4, 150
#: So great a part of a paragraph two edges may differ by.
APART = 0.25
PARTS = {"zh": re.compile("[^，。、；：！？,]+[，。、；：！？,”」]*"), "en": re.compile(r"\S+\s*")}
#: A wrong pair that is not told costs as much as so many false doubts.
MISSED = 1.5
#: The prior's precision, of the constant and of the factor, which it holds at one.
PRIOR = np.array([0.05, 0.5])

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A pair of cues: the document, its damage, what the model says, and whether it is right."""

    document: str
    lost: float
    sure: float
    right: bool


def texts() -> Iterator[tuple[str, list[Pair]]]:
    """The documents with their pairs, a text once."""
    seen = set()
    for folder in sorted(DOCUMENTS.iterdir()):
        gold = folder / "gold.json"
        pairs = json.loads(gold.read_text("utf-8")).get("pairs", []) if gold.exists() else []
        pairs = [(p["zh"].replace("\n", ""), p["en"].replace("\n", " ")) for p in pairs]
        if len(pairs) >= PAIRS and sum(len(zh) for zh, _ in pairs) > LENGTH:
            if bare(pairs[2][0]) not in seen:
                yield folder.name, pairs
            seen.add(bare(pairs[2][0]))


def cues(texts: Sequence[str], lang: str, chance: random.Random) -> list[str]:
    """The texts cut into cues, each as wide as it may be."""
    found = []
    for text in texts:
        cue, width = "", chance.choice(WIDTHS[lang])
        for part in PARTS[lang].findall(text):
            if cue and len(cue) + len(part) > width:
                found.append(cue.strip())
                cue = ""
            cue += part
        found += [cue.strip()] if cue.strip() else []
    return found


def subtitles(cues: Sequence[str]) -> str:
    """A subtitle file, in which each cue has time for its text."""
    at, rows = 0, []
    for k, cue in enumerate(cues, 1):
        start, at = at, at + len(cue) * 3600 // sum(map(len, cues)) + 1
        rows.append(f"{k}\n{_clock(start)} --> {_clock(at)}\n{cue}\n")
    return "\n".join(rows)


def _clock(second: int) -> str:
    return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02},000"


def rows_of(name: str, pairs: Sequence[Pair], lost: float, seed: int) -> Iterator[Row]:
    """The pairs of cues that the import makes of a document."""
    chance = random.Random(f"{name} {seed}")
    sides = [cues([p[k] for p in pairs], lang, chance) for k, lang in enumerate(("zh", "en"))]
    sides = [[cue for cue in side if chance.random() >= lost] or side for side in sides]
    with TemporaryDirectory() as folder:
        files = [Path(folder) / f"x.{lang}.srt" for lang in ("zh", "en")]
        for file, side in zip(files, sides, strict=True):
            file.write_text(subtitles(side), "utf-8")
        units = import_source(read.read_pair(*files), "case").bitext.units
    places = [_places([p[k] for p in pairs]) for k in (0, 1)]
    at = [0, 0]
    for unit in units:
        edges = [_edges(unit, lang, places[k], at, k) for k, lang in enumerate(("zh", "en"))]
        if unit.confidence is not None and all(edges):
            right = all(abs(a - b) < APART for a, b in zip(*edges, strict=True))
            yield Row(name, lost, unit.confidence, right)


def _places(texts: Sequence[str]) -> tuple[str, list[float]]:
    """A language's whole text, and where each character stands: its pair, and how far in it."""
    return "".join(map(bare, texts)), [
        k + n / len(bare(text)) for k, text in enumerate(texts) for n in range(len(bare(text)))
    ]


def _edges(
    unit: Unit, lang: str, side: tuple[str, list[float]], at: list[int], k: int
) -> list[float]:
    """Where a unit's text begins and ends."""
    whole, places = side
    text = bare(unit.text(lang))
    start = whole.find(text, at[k]) if text else -1
    if start < 0:
        return []
    at[k] = start + len(text)
    return [places[start], places[at[k] - 1]]


def fit(value: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The constant and the factor of a logistic model of logits."""
    features, weights = np.stack([np.ones(len(value)), value], axis=1), np.array([0.0, 1.0])
    costs = np.where(right, 1.0, MISSED)
    for _ in range(60):
        p = 1 / (1 + np.exp(-features @ weights))
        slope = features.T @ (costs * (right - p)) - PRIOR * (weights - [0, 1])
        curve = (features * (costs * p * (1 - p))[:, None]).T @ features + np.diag(PRIOR)
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def main() -> None:
    confidence.BY_FORM = {}
    rows = [
        row for name, pairs in texts() for lost in LOST for seed in SEEDS
        for row in rows_of(name, pairs, lost, seed)
    ]  # fmt: skip
    value = confidence.logit(np.array([r.sure for r in rows]))
    right = np.array([r.right for r in rows])
    left = np.zeros(len(rows))
    for name in {r.document for r in rows}:
        own = np.array([r.document == name for r in rows])
        constant, times = fit(value[~own], right[~own])
        left[own] = 1 / (1 + np.exp(-constant - times * value[own]))
    print("constant, factor:", fit(value, right).round(2))
    for lost in LOST:
        of = np.array([r.lost == lost for r in rows])
        for what, sure in (("before", np.array([r.sure for r in rows])), ("left out", left)):
            doubted = (sure < confidence.REVIEW_PAIR) & of
            print(
                f"{lost:.2f} of the cues lost, {what}: {of.sum()} pairs, {(doubted & right).sum()} false"
                f" doubts, {(doubted & ~right).sum()} of {(of & ~right).sum()} wrong ones told"
            )


if __name__ == "__main__":
    main()
