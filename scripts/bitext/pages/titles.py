"""A title -> where a line of it may end: Chinese breaks between words, not inside them."""

from __future__ import annotations

import re

from bitext.library.lasting import Lasting
from bitext.pages.escape import Mark, escape_markdown, one_line
from bitext.text.numbering import TO_TEN
from bitext.text.scripts import HAN_CLASS
from bitext.text.variants import simplify

#: A shorter run stays together.
LEAST_RUN = 4
RUN = re.compile(f"[{HAN_CLASS}]+")
#: Words of one character that may begin a line, and those that do so with the word behind them. Any
#: other stays with what stands before it, as 的 does, and so does each character of a name that the
#: dictionary does not know.
BEGIN = frozenset("与和及或在从对向同为论谈")
FORWARD = frozenset(f"新大小老再副总非不第各每全多双单本该此两{TO_TEN}")


def title_markdown(text: str) -> str:
    """A title as one line of Markdown, with `<wbr>` where a line may end.

    >>> title_markdown("桑德斯参议员与薛澜问答")
    '桑德斯<wbr>参议员<wbr>与薛澜<wbr>问答'
    """
    text = one_line(text)
    return escape_markdown(text, [Mark(at - 1, at, "", "<wbr>") for at in breaks(text)])


@Lasting
def breaks(text: str) -> list[int]:
    """The offsets inside runs of Chinese before which a line may begin."""
    # Imported late: mostly the answer is kept.
    from bitext.align.lexicon import segment_words
    from bitext.glossary.cuts import dictionary

    out: list[int] = []
    for run in RUN.finditer(text):
        if len(run[0]) < LEAST_RUN:
            continue
        at = run.start()
        before = ""
        for word in segment_words(simplify(run[0]), dictionary().words):
            begins = len(word) > 1 or word in BEGIN or word in FORWARD
            # A mark at a line's very first character would hide what opens a block there.
            if at > max(1, run.start()) and begins and before not in FORWARD:
                out.append(at)
            at, before = at + len(word), word
    return out
