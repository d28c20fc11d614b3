"""Segments of both languages -> the beads that pair them, each with its confidence.

Structure comes before statistics: the caller's walls, anchors and paragraphs bound what the scores
may do.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

import numpy as np

from bitext.align.confidence import cap_unpaired
from bitext.align.growing import grown
from bitext.align.layout import Layout, glue_worth
from bitext.align.score import Scorer
from bitext.align.solving import solve_beads
from bitext.model import Bead


def align_segments(
    zh: Sequence[str],
    en: Sequence[str],
    *,
    zh_walls: Collection[int] = (),
    en_walls: Collection[int] = (),
    zh_glued: Collection[int] = (),
    en_glued: Collection[int] = (),
    anchors: Collection[tuple[int, int]] = (),
) -> list[Bead]:
    """The beads of two lists of segments: they cover every segment of both sides once, in order.

    A wall at k forbids beads across the boundary before segment k; an anchor (i, j) makes the two
    boundaries meet; `glued` names the boundaries at which white space is missing.
    """
    layout = Layout.plain(len(zh), len(en))
    for flags, indexes, texts in ((layout.walls_zh, zh_walls, zh), (layout.walls_en, en_walls, en)):
        blank = [k + side for k, text in enumerate(texts) if not text.strip() for side in (0, 1)]
        flags[[k for k in (*indexes, *blank) if 0 < k < len(flags) - 1]] = True
    layout.glue_en[:] = glue_worth(len(en), en_glued, len(zh_walls))
    layout.glue_zh[:] = glue_worth(len(zh), zh_glued, len(en_walls))
    scorer = Scorer(zh, en)
    own, other = (
        frozenset(np.flatnonzero(flags).tolist()) for flags in (layout.walls_zh, layout.walls_en)
    )
    corners = frozenset(anchors)
    return cap_unpaired(grown(scorer, solve_beads(scorer, layout, anchors), own, other, corners))


def format_ladder(beads: Iterable[Bead]) -> Iterator[str]:
    """The beads as lines `[0]:[0,1]:0.97`: the indexes of either side, then the confidence, rounded down."""
    for bead in beads:
        zh, en = (",".join(map(str, range(*side))) for side in (bead.zh, bead.en))
        yield f"[{zh}]:[{en}]:{rounded_down(bead.posterior):.2f}"


def rounded_down(share: float) -> float:
    """The share in hundredths, never more than it is: .9699 is below a mark of .97.

    >>> rounded_down(0.9699), rounded_down(0.97), rounded_down(0.29)
    (0.96, 0.97, 0.29)
    """
    return round(share * 10_000) // 100 / 100
