"""Paired cues -> paired sentences: cues are merged where a sentence runs over them, alike in both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bitext.pair.records import Pair
from bitext.segment.lines import cut_passage
from bitext.segment.records import Block
from bitext.segment.speakers import key_of
from bitext.text.marks import SENTENCE_ENDED, STOPS, in_brackets

#: The dash with which each of two speakers in one cue begins.
DASH = re.compile(rf"(?:\A|\n|(?<=[{STOPS}”\"’]))\s*(?P<dash>[-–—])(?![-–—])\s*(?=\S)")
#: A sentence does not run over more cues than this; a text without full stops stays in cues.
MOST_CUES = 6
#: Share of a language's cues that must end in a full stop before its full stops mean anything.
PUNCTUATED = 0.2


def merge_cues(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs, runs of cues joined up to the place where both languages end a sentence."""
    pairs = [part for p in pairs for part in (_by_voice(p) if _is_cue(p) else (p,))]
    cues = [p for p in pairs if _is_cue(p)]
    if not cues:
        return pairs
    judged = {lang: _punctuated(cues, lang) for lang in ("zh", "en")}
    runs: list[list[int]] = []
    runs_on = False
    for k, pair in enumerate(pairs):
        joins = runs_on and _is_cue(pair) and not _begins(pair) and len(runs[-1]) < MOST_CUES
        if joins and _voices([pair]) <= _voices([pairs[n] for n in runs[-1]]):
            runs[-1].append(k)
        else:
            runs.append([k])
        run = [pairs[n] for n in runs[-1]]
        runs_on = _is_cue(pair) and not _is_sound(pair)
        runs_on = runs_on and any(ok and _runs_on(run, lang) for lang, ok in judged.items())
    return [_joined(pairs, run[0], run[-1] + 1) for run in runs]


def _joined(pairs: Sequence[Pair], start: int, end: int) -> Pair:
    """The pairs start..end as one; how sure it is depends on its two edges, and not on where its cues part.

    An edge is as sure as the surer one of the two pairs that meet there: either of them holds it.
    """
    run = pairs[start:end]
    if len(run) == 1:
        return run[0]
    edges = (pairs[max(0, start - 1) : start + 1], pairs[end - 1 : end + 1])
    sure = min(max(p.posterior for p in edge) for edge in edges)
    return Pair(tuple(b for p in run for b in p.zh), tuple(b for p in run for b in p.en), sure)


def _is_cue(pair: Pair) -> bool:
    return all(b.kind == "cue" for b in pair.blocks)


def _by_voice(pair: Pair) -> list[Pair]:
    """The pair, cut at the dashes with which its speakers begin, where both sides have as many."""
    if len(pair.zh) != 1 or len(pair.en) != 1 or pair.zh[0].label or pair.en[0].label:
        return [pair]
    zh, en = _dashes(pair.zh[0].text), _dashes(pair.en[0].text)
    if len(zh) != len(en) or len(zh) < 2:
        return [pair]
    parts = zip(_cut(pair.zh[0], zh), _cut(pair.en[0], en), strict=True)
    return [replace(pair, zh=(a,), en=(b,)) for a, b in parts]


def _dashes(text: str) -> list[int]:
    """Where the speakers of a cue begin, if its first one does so with a dash."""
    return [m.start("dash") for m in DASH.finditer(text)] if DASH.match(text) else []


def _cut(block: Block, starts: Sequence[int]) -> list[Block]:
    edges = [0, *starts[1:], len(block.text)]
    parts = [cut_passage(block.passage, a, b) for a, b in pairwise(edges)]
    return [replace(block, passage=p, parts=(p,), inside=k > 0) for k, p in enumerate(parts)]


def _begins(pair: Pair) -> bool:
    """Whether a cue opens with a speaker's dash in both languages, or is a sound."""
    return all(DASH.match(b[0].text) for b in (pair.zh, pair.en) if b) or _is_sound(pair)


def _is_sound(pair: Pair) -> bool:
    """Whether the pair's last cue says in brackets what is heard: `[music]`."""
    return all(
        in_brackets(b[-1].text) or b[-1].text.lstrip().startswith("♪")
        for b in (pair.zh, pair.en)
        if b
    )


def _voices(run: Sequence[Pair]) -> set[str]:
    """Who is named before some cues: another name begins another turn, the same is a player's."""
    return {key_of(n) for p in run for b in p.blocks if b.label for n in b.label.names}


def _ends(cues: Sequence[Pair], lang: str) -> list[bool]:
    """For each cue that has text in this language, whether it ends a sentence."""
    sides = (p.side(lang) for p in cues)
    return [bool(SENTENCE_ENDED.search(side[-1].text)) for side in sides if side]


def _punctuated(cues: Sequence[Pair], lang: str) -> bool:
    ends = _ends(cues, lang)
    return bool(ends) and sum(ends) >= PUNCTUATED * len(ends)


def _runs_on(run: Sequence[Pair], lang: str) -> bool:
    """Whether the last cue of a run in this language ends in mid-sentence."""
    return _ends(run, lang)[-1:] == [False]
