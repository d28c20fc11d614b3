"""Sentence -> smaller pieces, for the places where an end has left no mark, or a mere hint.

The aligner asks for them where a paragraph of the other language found no sentence of its own.
"""

from __future__ import annotations

import re
from itertools import pairwise

from bitext.text.sentences import CLOSERS, Sentence

#: Where a sentence can be cut at all: after a mark, or before a capital letter that follows none.
SEAM = re.compile(r"[,:;，：；、。—](?=\s|[^\x00-\x7f])\s*|\s+(?=[A-Z“\"(])")
#: Where a sentence may end: after an abbreviation or a lone capital, in the U.S. Rosa will bring …;
#: at a full stop glued to a small letter or a number, all of it.603 people; after a pictograph.
TOSS_UP = re.compile(
    r"\b(?:(?:[A-Za-z]\.)+|(?:Jr|Sr|Inc|Ltd|Corp|Co|al)\.)(?:\s+(?=[A-Z“\"])|(?=[A-Z][a-z]+[ ,]))"
    r"|(?<=[a-z]{3})[.!?](?=(?!(?:com|org|net|edu|gov|html?|js|py|pdf|docx?|txt|md)\b)[a-z]{1,20}[ ,'’]|\d+\s)"
    r"|[\u2600-\u27bf\U0001f300-\U0001faff][\u2600-\u27bf\ufe0f\u200d\U0001f300-\U0001faff]*\s*(?=[^\s.,;:!?)”’])"
)
#: Characters of a piece, and pieces of a sentence, hand-set: smaller and more are no sentences.
FEWEST_CHARS, MOST_PARTS = 6, 8


def split_finely(text: str, sentence: Sentence) -> list[Sentence]:
    """The sentence cut at every seam: for the place where an end has left no mark."""
    starts = _starts(text, sentence, SEAM)
    if len(starts) > MOST_PARTS:  # keep those that a capital letter marks
        starts = [starts[0], *(at for at in starts[1:] if text[at].isupper())][:MOST_PARTS]
    return _parts(text, sentence, starts)


def split_at_toss_ups(text: str, sentence: Sentence) -> list[Sentence]:
    """The sentence cut also where it is a toss-up whether one ends."""
    return _parts(text, sentence, _starts(text, sentence, TOSS_UP))


#: Marks on which a paragraph may end in mid-sentence, and where the other language has the same.
OPEN_MARKS = {":：": "[:：]", "—–": "(?:—+|–|--)", "…": r"(?:…+|\.{3,})"}


def open_marks(text: str) -> frozenset[str]:
    """The keys of OPEN_MARKS that hold the mark on which the text ends, quotation marks apart."""
    last = text.rstrip().rstrip(CLOSERS)[-1:]
    return frozenset(marks for marks in OPEN_MARKS if last and last in marks)


def split_after_marks(text: str, sentence: Sentence, marks: frozenset[str]) -> list[Sentence]:
    """The sentence cut also after these of the OPEN_MARKS."""
    if not marks:
        return [sentence]
    some = "|".join(OPEN_MARKS[m] for m in sorted(marks))
    seams = re.compile(rf"(?:{some})[{re.escape(CLOSERS)}]*(?:\s+|(?=[^\x00-\x7f]))")
    return _parts(text, sentence, _starts(text, sentence, seams))


def _starts(text: str, sentence: Sentence, seams: re.Pattern) -> list[int]:
    starts = [sentence.start]
    for seam in seams.finditer(text, sentence.start, sentence.end):
        if min(seam.end() - starts[-1], sentence.end - seam.end()) >= FEWEST_CHARS:
            starts.append(seam.end())
    return starts


def _parts(text: str, sentence: Sentence, starts: list[int]) -> list[Sentence]:
    parts = []
    for start, end in pairwise([*starts, sentence.end]):
        stop = start + len(text[start:end].rstrip())
        parts.append(Sentence(start, stop, glued=stop == end))
    return [*parts[:-1], Sentence(parts[-1].start, sentence.end, sentence.glued)]
