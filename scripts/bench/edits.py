"""What all edits of a bitext are made of: a place, its pieces, and the bitext with a text changed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bitext.model import LANGS, Bitext, Correction, LeftOut, Unit

WHY = ("原文有误", "an error of the source")
DAY = "2026-11-29"
WORD = re.compile(r"[A-Za-z’']+|[\u4e00-\u9fff]{2}")
SENTENCE = re.compile(r"[^。！？.!?]+[。！？.!?]+")


@dataclass(frozen=True, slots=True)
class Edit:
    """An edited bitext; `names` are the ids by which it may be told, `entries` its hand-made ones."""

    bitext: Bitext
    names: tuple[str, ...]
    kind: str = ""
    entries: tuple[Correction | LeftOut, ...] = ()


Maker = Callable[[random.Random, Bitext], Edit | None]


def place(rng: random.Random, bitext: Bitext, least: int = 2) -> tuple[Unit, str, str] | None:
    """A unit, a language, and its text there, of some length."""
    held = [
        (u, lang, text)
        for u in bitext.units
        for lang in LANGS
        if (text := u.text(lang)) and len(text) >= least
    ]
    return rng.choice(held) if held else None


def with_texts(bitext: Bitext, unit: Unit, **texts: object) -> Bitext:
    new = replace(unit, beads=(), **texts)  # type: ignore[arg-type]
    if new.zh is None and new.en is None:
        return replace(bitext, units=tuple(u for u in bitext.units if u is not unit))
    return replace(bitext, units=tuple(new if u is unit else u for u in bitext.units))


def edited(bitext: Bitext, unit: Unit, lang: str, text: str, *entries: Correction) -> Edit | None:
    """The text put into its unit; None where that changes nothing, or leaves odd blanks."""
    # In code every blank counts, so there it is the person's text that stays as it is.
    tidy = text if unit.kind == "code" else re.sub(r" {2,}", " ", text).strip()
    old = unit.text(lang)
    if tidy == old or (not tidy and unit.text("en" if lang == "zh" else "zh") is None):
        return None
    return Edit(with_texts(bitext, unit, **{lang: tidy or None}), (unit.id,), entries=entries)


def pieces(text: str, size: str) -> list[tuple[int, int]]:
    """The characters, words or sentences of a text, as spans."""
    if size == "character":
        return [(k, k + 1) for k, c in enumerate(text) if not c.isspace()]
    return [m.span() for m in (WORD if size == "word" else SENTENCE).finditer(text)]


NEW = {
    "character": ("x", "很", "7", "，"), "word": ("indeed", "高调", "never"),
    "sentence": ("这是没有说过的话。", "Nobody ever said this."),
}  # fmt: skip


def an_entry(at: str, lang: str, was: str, now: str) -> Correction:
    return Correction(at, was, now, DAY, *WHY, "open", lang=lang)


def bare(text: str | None) -> str:
    return "".join((text or "").split())


def fresh(bitext: Bitext, id: str) -> str:
    taken = {u.id for u in bitext.units}
    stem = id.rstrip("abcdefghijklmnopqrstuvwxyz") if id[-1].isalpha() else id
    return next(f"{stem}{c}" for c in "abcdefghijklmnopqrstuvwxyz" if f"{stem}{c}" not in taken)


def inserted(bitext: Bitext, k: int, unit: Unit) -> Bitext:
    return replace(bitext, units=(*bitext.units[:k], unit, *bitext.units[k:]))
