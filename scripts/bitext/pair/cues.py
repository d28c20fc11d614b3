"""Paired cues -> paired sentences: cues are merged where a sentence runs over them, alike in both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from bitext.segment.lines import cut_passage
from bitext.segment.records import Block
from bitext.segment.speakers import key_of
from bitext.text.marks import SENTENCE_ENDED, STOPS

if TYPE_CHECKING:
    from bitext.pair.records import Pair

#: The dash with which each of two speakers in one cue begins.
DASH = re.compile(rf"(?:\A|\n|(?<=[{STOPS}”\"’]))\s*(?P<dash>[-–—])(?![-–—])\s*(?=\S)")
SOUND = re.compile(r"\s*(?:\[[^\]]*\]|[（(][^（()）]*[)）]|【[^】]*】|♪[^♪]*♪?)\s*")
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
    merged: list[Pair] = []
    open_run = 0
    for pair in pairs:
        if (
            open_run
            and _is_cue(pair)
            and not _changes_voice(merged[-1], pair)
            and not _begins(pair)
            and open_run < MOST_CUES
        ):
            merged[-1] = _join(merged[-1], pair)
        else:
            merged.append(pair)
            open_run = 0
        runs_on = (
            _is_cue(pair)
            and not _is_sound(pair)
            and any(_runs_on(merged[-1], lang) for lang, ok in judged.items() if ok)
        )
        open_run = open_run + 1 if runs_on else 0
    return merged


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
    return all(SOUND.fullmatch(b[-1].text) for b in (pair.zh, pair.en) if b)


def _changes_voice(before: Pair, pair: Pair) -> bool:
    """Whether the cue names a speaker who is not the one before: players repeat the name."""
    return not _voices(pair) <= _voices(before)


def _voices(pair: Pair) -> set[str]:
    return {key_of(name) for b in pair.blocks if b.label for name in b.label.names}


def _side(pair: Pair, lang: str) -> str:
    blocks = pair.zh if lang == "zh" else pair.en
    return blocks[-1].text if blocks else ""


def _punctuated(cues: Sequence[Pair], lang: str) -> bool:
    texts = [t for p in cues if (t := _side(p, lang))]
    return bool(texts) and sum(bool(SENTENCE_ENDED.search(t)) for t in texts) >= PUNCTUATED * len(
        texts
    )


def _runs_on(pair: Pair, lang: str) -> bool:
    text = _side(pair, lang)
    return bool(text) and not SENTENCE_ENDED.search(text)


def _join(first: Pair, second: Pair) -> Pair:
    return replace(
        first, zh=first.zh + second.zh, en=first.en + second.en,
        posterior=min(first.posterior, second.posterior),
    )  # fmt: skip
