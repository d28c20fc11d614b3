"""Paired cues -> paired sentences: cues are merged where a sentence runs over them, alike in both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bitext.segment.speakers import key_of

if TYPE_CHECKING:
    from bitext.pair.records import Pair

SENTENCE_END = re.compile(r"[。！？!?.…]+[”’\"'」』）)\]】]*\s*\Z")
#: A sentence does not run over more cues than this; a text without full stops stays in cues.
MOST_CUES = 6
#: Share of a language's cues that must end in a full stop before its full stops mean anything.
PUNCTUATED = 0.2


def merge_cues(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs, runs of cues joined up to the place where both languages end a sentence."""
    cues = [p for p in pairs if _is_cue(p)]
    if not cues:
        return list(pairs)
    judged = {lang: _punctuated(cues, lang) for lang in ("zh", "en")}
    merged: list[Pair] = []
    open_run = 0
    for pair in pairs:
        if (
            open_run
            and _is_cue(pair)
            and not _changes_voice(merged[-1], pair)
            and open_run < MOST_CUES
        ):
            merged[-1] = _join(merged[-1], pair)
        else:
            merged.append(pair)
            open_run = 0
        runs_on = _is_cue(pair) and any(
            _runs_on(merged[-1], lang) for lang, ok in judged.items() if ok
        )
        open_run = open_run + 1 if runs_on else 0
    return merged


def _is_cue(pair: Pair) -> bool:
    return all(b.kind == "cue" for b in pair.blocks)


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
    return bool(texts) and sum(bool(SENTENCE_END.search(t)) for t in texts) >= PUNCTUATED * len(
        texts
    )


def _runs_on(pair: Pair, lang: str) -> bool:
    text = _side(pair, lang)
    return bool(text) and not SENTENCE_END.search(text)


def _join(first: Pair, second: Pair) -> Pair:
    return replace(
        first, zh=first.zh + second.zh, en=first.en + second.en,
        posterior=min(first.posterior, second.posterior),
    )  # fmt: skip
