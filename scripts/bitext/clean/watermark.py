"""What a site adds to each paragraph that is copied from it, cut."""

from __future__ import annotations

from collections import Counter

from bitext.clean.state import LONGEST, OFTEN, State
from bitext.text.marks import SENTENCE_BEFORE_MORE
from bitext.text.words import finder

#: A watermark says where the text was copied.
SAYS_WHERE = finder("chrome/copied_from")
#: Characters of a watermark: fewer may be anything.
SHORTEST = 8


def cut_watermarks(state: State) -> None:
    """The same words of origin at the ends of three lines or more, wherever a line ends with them."""
    ends: Counter[str] = Counter()
    for index in state.left:
        text = state.said(index)
        last = text[-LONGEST:]
        tails = {last[m.end() :] for m in SENTENCE_BEFORE_MORE.finditer(last)} | {text}
        ends.update(t for t in tails if SHORTEST <= len(t) <= LONGEST and SAYS_WHERE.search(t))
    marks = sorted((t for t, n in ends.items() if n >= OFTEN), key=len, reverse=True)
    for index in state.left if marks else ():
        text = state.text(index).rstrip()
        mark = next((m for m in marks if text.endswith(m)), "")
        if not mark:
            continue
        end = state.kept[index][-1][1]
        start = state.document.text.rfind(mark, state.kept[index][0][0], end)
        if start >= 0:
            state.cut(index, "watermark", span=(start, end))
            state.review(index)
