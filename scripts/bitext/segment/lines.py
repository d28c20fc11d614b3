"""Cleaned lines -> pieces: each line cut into the runs of its languages, with what stands in brackets."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import groupby, islice, pairwise

from bitext.read.lines import LINE_END
from bitext.segment import speakers
from bitext.segment.notes import is_vocabulary
from bitext.segment.records import Piece
from bitext.segment.wraps import LEAST, columns
from bitext.text.habits import EDGE
from bitext.text.language import WORD, language_of
from bitext.text.marks import COMMAS, LINE_ENDED
from bitext.text.numbering import PARTS, Form, number_at
from bitext.text.runs import split_runs, translated_in_brackets
from bitext.text.scripts import HAN
from bitext.text.source import Cleaned, Cut, Line, Span, is_blank
from bitext.text.spans import Passage, passage, trim, without

#: A line or a cell that is drawn, and says nothing: `* * *`, `—`; but dots may be what somebody says.
DRAWN = frozenset("-—–_=*~·•#+.…<>|/\\☆★◆◇■□○●▲△※＊─━═")
DOTS = ("…", "……", "...", "....", ".....", "......")


def pieces_of(cleaned: Cleaned, turns: Collection[int]) -> tuple[list[Piece], list[Cut], int]:
    """The pieces of all lines, what was cut, and how many lines hold both languages. A caption that
    begins at one of `turns` begins a turn."""
    text = cleaned.document.text
    cuts: list[Cut] = []
    titles = _titles_mixed(text, cleaned.lines)
    title = _title_mixed(text, cleaned.lines)
    brackets = _often_in_brackets(text, cleaned.lines)
    kinds = ("", "list", "quote")
    loose = _of_two(text, (x for x in cleaned.lines if not x.lang and x.kind in kinds))
    listed = _lists_of_two(text, cleaned.lines)
    beside = _beside_english(text, cleaned.lines)
    heads = _heads_in_brackets(text, cleaned.lines)
    pieces: list[Piece] = []
    gap = True
    mixed = 0
    last_end = 0
    pages = [c.span[0] for c in cleaned.cuts if c.reason in PAGE_BREAKS]
    for line in cleaned.lines:
        spans = _visible(text, line)
        cuts.extend(Cut(trim(text, m), "markup") for m in line.markup if _holds(text, m))
        if not spans:
            gap = True
            continue
        # More than one line end: a blank line, or something was cut out.
        gap = gap or len(LINE_END.findall(text, last_end, line.start)) > 1
        whole = passage(text, spans)
        last_end = line.end
        if line.kind != "code" and _is_drawn(whole.text):
            cuts.extend(Cut(s, "rule") for s in spans)
            gap = True
            continue
        found = ((brackets or line.start in heads) and _bracketed(whole, line, gap, cuts)) or _runs(
            whole,
            line,
            gap,
            titles or line is title,
            loose or line.start in listed,
            line.start in beside,
            cuts,
        )
        if gap and found and pieces and _turns_page(pages, pieces[-1], found[0]):
            found = [replace(found[0], gap=False, over=True), *found[1:]]
        mixed += len({p.lang for p in found}) > 1
        if line.start in turns:
            found = [replace(p, turn=k == 0) for k, p in enumerate(found)]
        pieces.extend(found)
        gap = False
    return pieces, cuts, mixed


#: What is left out where a page ended.
PAGE_BREAKS = ("page header", "page number")
#: What no half of a sentence begins with: the number of a part, or of a clause.
OPENING = PARTS | {Form.ARABIC, Form.HAN, Form.BRACKETED, Form.HAN_BRACKETED}


def _turns_page(pages: Sequence[int], before: Piece, piece: Piece) -> bool:
    """Whether a page ended between two lines, the first of which is half of a sentence."""
    at = bisect_left(pages, before.line.end)
    if at == len(pages) or pages[at] > piece.line.start or before.lang != piece.lang:
        return False
    # Half of a sentence has a comma sooner than a heading.
    said = columns(before.text) >= LEAST or not set(COMMAS).isdisjoint(before.text)
    half = said and not LINE_ENDED.search(before.text)
    return half and before.line.kind == piece.line.kind and not number_at(piece.text, OPENING)


def _is_drawn(text: str) -> bool:
    return DRAWN.issuperset("".join(text.split())) and text.strip() not in DOTS


def _holds(text: str, span: Span) -> bool:
    return any(not is_blank(c) for c in text[span[0] : span[1]])


def _visible(text: str, line: Line) -> list[Span]:
    """The line's spans outside of its markup, without the blanks at its two ends; [] if it is blank."""
    spans = without((line.start, line.end), line.markup)
    while spans and not _holds(text, spans[0]):
        spans = spans[1:]
    while spans and not _holds(text, spans[-1]):
        spans = spans[:-1]
    if spans:
        if line.kind != "code":  # whose lines are indented for a reason
            spans[0] = (trim(text, spans[0])[0], spans[0][1])
        spans[-1] = (spans[-1][0], trim(text, spans[-1])[1])
    return spans


def _titles_mixed(text: str, lines: Sequence[Line]) -> bool:
    """Whether the document writes its titles in both languages on one line: seen at least twice."""
    seen = 0
    for line in lines:
        if line.kind in ("code", "cell") or line.end - line.start > 160:
            continue
        held = text[line.start : line.end]
        heading = line.kind == "heading"
        least = 1 if heading else len(split_runs(held))
        seen += len(split_runs(held, heading=heading, titles=not heading)) > least
    return seen >= 2


def _title_mixed(text: str, lines: Sequence[Line]) -> Line | None:
    """The document's title if it is one line in both languages.

    Words that come again are a term that the Chinese title quotes: `如何使用 Visual Studio Code`.
    """
    full = (line for line in lines if text[line.start : line.end].strip())
    for line in islice(full, EDGE):
        held = text[line.start : line.end]
        if line.kind in ("code", "cell", "cue", "list") or len(held) > 160:
            continue
        runs = split_runs(held, titles=True)
        if len(runs) != 2 or len(split_runs(held)) > 1:
            continue
        en = next(held[r.start : r.end] for r in runs if r.lang == "en").strip()
        if len(WORD.findall(en)) >= 3 and text.count(en) == 1:
            return line
    return None


def _of_two(text: str, lines: Iterable[Line]) -> bool:
    """Whether lines have a text and its translation on one line: most of them, or ten."""
    held = (text[line.start : line.end] for line in lines)
    counts = Counter(len(split_runs(line)) for line in held if line)
    return counts[2] >= 2 and (counts[2] >= 10 or counts[2] * 2 > counts.total())


def _lists_of_two(text: str, lines: Sequence[Line]) -> frozenset[int]:
    """Where list items begin whose list gives text and translation in one."""
    groups = groupby(lines, key=lambda line: line.kind == "list")
    lists = [list(group) for is_list, group in groups if is_list]
    return frozenset(x.start for items in lists if _of_two(text, items) for x in items)


def _beside_english(text: str, lines: Sequence[Line]) -> frozenset[int]:
    """Where headings begin that hold Chinese and stand beside an English one of their level.

    That is the translation, and their own Latin words are names: `整理读数 Log`.
    """
    full = [(line, held) for line in lines if (held := text[line.start : line.end].strip())]
    beside = (
        (one, other[1])
        for a, b in pairwise(full)
        if a[0].kind == b[0].kind == "heading" and a[0].level == b[0].level
        for one, other in ((a[0], b), (b[0], a))
    )
    return frozenset(
        line.start for line, held in beside if not HAN.search(held) and language_of(held) == "en"
    )


def _heads_in_brackets(text: str, lines: Sequence[Line]) -> frozenset[int]:
    """Where headings begin that give their translation in brackets: the title, or two and more.

    Not where the line behind one is in the language of its brackets: that is its translation, and
    what the brackets hold is the name of a thing.
    """
    full = [(line, held) for line in lines if (held := text[line.start : line.end].strip())]
    found: list[int] = []
    title = False
    for at, (line, held) in enumerate(full):
        head = line.kind == "heading" or (at < EDGE and line.kind == "")
        if not head or len(held) > 160 or not (runs := translated_in_brackets(held)):
            continue
        inner = held[runs[1].start : runs[1].end]
        words = WORD.findall(inner)
        after = full[at + 1][1] if at + 1 < len(full) else ""
        if LINE_ENDED.search(held[: runs[0].end]) or text.count(inner) > 1:
            continue
        if language_of(after) == runs[1].lang and len(after) <= 2 * len(inner):
            continue
        found.append(line.start)
        title = title or (at < EDGE and (len(words) >= 3 or runs[1].lang == "zh"))
    return frozenset(found if len(found) >= 2 else found if title else ())


def _often_in_brackets(text: str, lines: Sequence[Line]) -> bool:
    """Whether the document gives translations in brackets: in half of its lines, and three times."""
    full = [t for line in lines if (t := text[line.start : line.end].strip())]
    found = sum(translated_in_brackets(t) is not None for t in full)
    return found >= 3 and found * 2 >= len(full)


def _bracketed(whole: Passage, line: Line, gap: bool, cuts: list[Cut]) -> list[Piece]:
    """The pieces of a line that gives its translation in brackets; the brackets part them."""
    runs = translated_in_brackets(whole.text)
    if not runs:
        return []
    pieces, at = [], 0
    for index, run in enumerate(runs):
        cuts.extend(Cut(s, "separator") for s in _held(whole, at, run.start))
        part = cut_passage(whole, run.start, run.end)
        pieces.append(Piece(part, run.lang, line, gap and not index, not index, bool(index)))
        at = run.end
    cuts.extend(Cut(s, "separator") for s in _held(whole, at, len(whole.text)))
    return pieces


def _held(whole: Passage, start: int, end: int) -> list[Span]:
    """The spans of text[start:end] that hold anything, trimmed."""
    part = cut_passage(whole, start, end)
    return [s for s in part.spans if s[0] < s[1]]


def _runs(
    whole: Passage,
    line: Line,
    gap: bool,
    titles: bool,
    loose: bool,
    one: bool,
    cuts: list[Cut],
) -> list[Piece]:
    """The line's pieces; what parts two languages (a slash, a tab, a bar) is markup.

    `one` says that the line is a heading of one language, be there words of the other in it.
    """
    text = whole.text
    if line.kind in ("", "list", "quote") and is_vocabulary(text):
        return [Piece(whole, "zh", replace(line, kind="vocab"), gap, True, True)]
    if line.lang or line.kind == "code":
        return [Piece(whole, line.lang or language_of(text), line, gap, True, True)]
    if one and HAN.search(text):
        return [Piece(whole, "zh", line, gap, True, True)]
    head = speakers.label_of_both_end(text)
    runs = [
        replace(run, start=run.start + head if k else 0, end=run.end + head)
        for k, run in enumerate(
            split_runs(text[head:], heading=line.kind == "heading", titles=titles, loose=loose)
        )
    ]
    pieces: list[Piece] = []
    for index, run in enumerate(runs):
        start, end = run.start, run.end
        if run.tail:
            cuts.extend(Cut(s, "separator") for s in _held(whole, end - run.tail, end))
            end -= run.tail
        if not text[start:end].strip():
            continue
        part = whole.part(start, end)
        pieces.append(
            Piece(part, run.lang, line, gap and not pieces, index == 0, index == len(runs) - 1)
        )
    return pieces


def cut_passage(whole: Passage, start: int, end: int) -> Passage:
    """The stretch text[start:end] of a passage, without the blanks at its ends."""
    while start < end and is_blank(whole.text[start]):
        start += 1
    while end > start and is_blank(whole.text[end - 1]):
        end -= 1
    return whole.part(start, end)
