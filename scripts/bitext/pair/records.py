"""The records of pairing: blocks that translate each other, and what stands beside them."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace

from bitext.pair.layout import Layout
from bitext.segment.records import Block, Label, Lifted

#: More texts without a partner than these are no accident, and are left as they are.
MOST_LONE = 400
#: A pair that is so probable is taken as it is.
SURE = 0.98
#: So many texts tell how common a word is.
BACKGROUND = 200
#: So many characters of a text are read where its words are asked: its first sentences stand in them.
LONG = 2000


#: The labels of a paired turn, Chinese first; one may be missing.
Labels = tuple[Label | None, Label | None]


@dataclass(frozen=True, slots=True)
class Pair:
    """Blocks that translate each other; one side may be empty."""

    zh: tuple[Block, ...]
    en: tuple[Block, ...]
    posterior: float

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self.zh + self.en

    def side(self, lang: str) -> tuple[Block, ...]:
        """The blocks of one language."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Aside:
    """A note and the like: lifted texts, one a language, and the pair (its index) they follow."""

    kind: str
    zh: Lifted | None
    en: Lifted | None
    after: int  # -1: before the first pair


@dataclass(frozen=True, slots=True)
class Pairing:
    pairs: tuple[Pair, ...]
    asides: tuple[Aside, ...]
    layout: Layout
    labels: tuple[Labels, ...]


def without(pairing: Pairing, gone: Set[int]) -> Pairing:
    """The pairing without the pairs at these places; the notes behind them keep theirs."""
    pairs = tuple(p for k, p in enumerate(pairing.pairs) if k not in gone)
    asides = (replace(a, after=a.after - sum(k <= a.after for k in gone)) for a in pairing.asides)
    return replace(pairing, pairs=pairs, asides=tuple(asides))
