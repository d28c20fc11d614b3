"""Blocks -> how the two languages are laid out: which stretches of them translate each other.

Nothing is assumed. The source is read as runs of one language; where each run is cut, its first part
belongs to the run before it and its rest to the run after it, is found by the worth of the pairings
(`blockscore.py`). So sequential texts, alternating paragraphs, lines, turns or groups, mixtures of
them and orders that flip are one question. Against it stands the plain reading of both languages
from first to last; it is taken where it explains clearly more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np

from bitext.align.corridor import whole
from bitext.model import CALLED, LANGS, OTHER
from bitext.pair.blockscore import SKIP, Evidence, prefix_scores, share_rows, worth_of_path
from bitext.segment.records import Block

#: How much more the plain reading must explain before the places in the source are disregarded.
MARGIN = 10.0
#: Where so many blocks have a place beside blocks of the other language, the places are right.
SURE = 0.9
#: What a change of the order (zh first, en first) costs.
FLIP = -2.0


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks zh[a:b] and en[c:d], counted within their language, that can only pair with each other."""

    zh: tuple[int, int]
    en: tuple[int, int]
    first: str  # the language that stands first in the source


@dataclass(frozen=True, slots=True)
class Layout:
    name: str
    why: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    lang: str
    start: int  # within its language
    size: int


def runs_of(blocks: Sequence[Block]) -> list[_Run]:
    """The runs of one language, in the order of the source."""
    counts = {"zh": 0, "en": 0}
    runs = []
    for lang, group in groupby(blocks, key=lambda b: b.lang):
        size = sum(1 for _ in group)
        runs.append(_Run(lang, counts[lang], size))
        counts[lang] += size
    return runs


def measure(blocks: Sequence[Block], evidence: Evidence) -> Layout:
    """The layout of the blocks, with its sections and the reason in words."""
    runs = runs_of(blocks)
    n = sum(b.lang == "zh" for b in blocks)
    m = len(blocks) - n
    plainly = Section((0, n), (0, m), blocks[0].lang if blocks else "zh")
    if len(runs) <= 2:
        return _named(blocks, runs, (plainly,))
    sections, score = _chain(runs, evidence)
    met = sum(min(s.zh[1] - s.zh[0], s.en[1] - s.en[0]) for s in sections)
    if met < SURE * min(n, m):
        plain = worth_of_path(evidence, plainly.zh, plainly.en)
        if plain > score + MARGIN:
            why = f"{len(runs)} runs of one language; read from first to last they pair better than by their places"
            return Layout("mixed", why, (plainly,))
    return _named(blocks, runs, tuple(sections))


_State = tuple[int, str]  # how much of a run the run before it takes; the order so far, '' at first


def _chain(runs: Sequence[_Run], evidence: Evidence) -> tuple[list[Section], float]:
    """The best way to cut every run between its two neighbours, and what it is worth."""
    tables: list[dict[_State, tuple[float, _State]]] = [{(0, ""): (0.0, (0, ""))}]
    for before, run in pairwise(runs):
        here: dict[_State, tuple[float, _State]] = {}
        ends = _candidates(run.size, before.size)
        worths: dict[int, np.ndarray] = {}
        for state, (score, _) in tables[-1].items():
            start, order = state
            if start not in worths:
                worths[start] = _worth(evidence, before, start, run)
            for end in ends:
                paired = end > 0 and start < before.size
                turned = paired and order not in ("", before.lang)
                value = score + float(worths[start][end]) + (FLIP if turned else 0.0)
                after = (end, before.lang if paired else order)
                if after not in here or value > here[after][0] + 1e-9:
                    here[after] = (value, state)
        tables.append(here)
    last = runs[-1]
    totals = {s: score + SKIP * (last.size - s[0]) for s, (score, _) in tables[-1].items()}
    state = max(totals, key=totals.__getitem__)
    cuts = [state[0]]
    total = totals[state]
    for table in reversed(tables[1:]):
        state = table[state][1]
        cuts.append(state[0])
    cuts.reverse()
    return _sections(runs, cuts), total


def _worth(evidence: Evidence, before: _Run, start: int, run: _Run) -> np.ndarray:
    """What the rest of a run from `start` on is worth beside each beginning of the run after it."""
    rest = (before.start + start, before.start + before.size)
    span = (run.start, run.start + run.size)
    zh, en = (rest, span) if before.lang == "zh" else (span, rest)
    if not whole(before.size, run.size):
        worth = np.full(run.size + 1, -np.inf)
        worth[0], worth[-1] = SKIP * (before.size - start), worth_of_path(evidence, zh, en)
        return worth
    return prefix_scores(evidence, zh, en, along_zh=run.lang == "zh")


def _candidates(size: int, other: int) -> list[int]:
    """How many blocks of a run may go with the run before it: with huge runs, not every number."""
    if size <= 40:
        return list(range(size + 1))
    near = 3 * min(other, 40) + 3
    return sorted({*range(min(near, size) + 1), *range(max(0, size - 40), size + 1)})


def _sections(runs: Sequence[_Run], cuts: Sequence[int]) -> list[Section]:
    """From the cuts to sections; what is left over on one side is a section with one side empty."""
    found: list[Section] = []
    at = {"zh": 0, "en": 0}
    for k, run in enumerate(runs):
        after = runs[k + 1] if k + 1 < len(runs) else None
        rest = (run.start + cuts[k], run.start + run.size)
        spans = {run.lang: rest}
        if after:
            spans[after.lang] = (after.start, after.start + cuts[k + 1])
        other = OTHER[run.lang]
        spans.setdefault(other, (at[other], at[other]))
        if spans["zh"][0] == spans["zh"][1] and spans["en"][0] == spans["en"][1]:
            continue
        found.append(Section(spans["zh"], spans["en"], run.lang))
        at["zh"], at["en"] = spans["zh"][1], spans["en"][1]
    return found


# --- words for it --------------------------------------------------------------------------------


def _named(blocks: Sequence[Block], runs: Sequence[_Run], sections: tuple[Section, ...]) -> Layout:
    """The layout of these sections, with its name and the reason for it."""
    sizes = {lang: sum(r.size for r in runs if r.lang == lang) for lang in LANGS}
    counted = f"{sizes['zh']} Chinese and {sizes['en']} English blocks in {len(runs)} run{'s' * (len(runs) != 1)}"
    if not sizes["zh"] or not sizes["en"]:
        return Layout("one language", counted, sections)
    name, why = _name(blocks, runs, sections)
    return Layout(name, f"{counted}; {why}", sections)


def _name(
    blocks: Sequence[Block], runs: Sequence[_Run], sections: Sequence[Section]
) -> tuple[str, str]:
    """What the layout of two languages is called, and why."""
    if any(b.group >= 0 and b.kind == "cue" for b in blocks):
        return "cues", "the two languages share cues"
    if share_rows(*([b for b in blocks if b.lang == lang] for lang in LANGS)):
        return "table", "the two languages share rows"
    both = [s for s in sections if s.zh[0] < s.zh[1] and s.en[0] < s.en[1]]
    order = Counter(s.first for s in both)
    first = CALLED[order.most_common(1)[0][0] if order else runs[0].lang]
    flips = sum(a.first != b.first for a, b in pairwise(both))
    turned = f", the order changes {flips} time{'s' * (flips != 1)}" if flips else ""
    if len(both) == 1:
        return "sequential", f"all {first} text stands first, then the other language"
    small = sum(s.zh[1] - s.zh[0] <= 1 or s.en[1] - s.en[0] <= 1 for s in both)
    zh = [b for b in blocks if b.lang == "zh"]
    labelled = sum(any(b.label for b in zh[slice(*s.zh)]) for s in both)
    single = small * 10 >= 8 * len(both)
    several = any(s.zh[1] - s.zh[0] > 1 for s in both)
    told = f"{first} first{turned}"
    if labelled * 10 >= 7 * len(both) and (several or not single):
        return "interleaved by turn", f"each turn stands in both languages, {told}"
    if single:
        by = _grain(blocks)
        return f"interleaved by {by}", f"each {by} is followed by its translation, {told}"
    if small:
        why = f"{small} sections of single blocks, {len(both) - small} of several{turned}"
        return "mixed", why
    return "blocks", f"{len(both)} groups, each in both languages, {told}"


def _grain(blocks: Sequence[Block]) -> str:
    """Whether the languages alternate by paragraph, by line or inside the lines."""
    switches = [(a, b) for a, b in pairwise(blocks) if a.lang != b.lang]
    inside = sum(a.last == b.first for a, b in switches)
    tight = sum(not b.gap for _, b in switches)
    if inside * 2 > len(switches):
        return "sentence"
    return "line" if tight * 2 > len(switches) else "paragraph"
