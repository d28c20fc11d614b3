"""Cleaned lines -> blocks: what may become one side of a unit, each of one language and one kind.

A block is a paragraph, heading, list item, quotation, cue or table cell. Lines that mix languages are
cut into their runs, labels are taken off (also in mid-line), hard wraps are joined. Every character
that is not blank is in one block, one label or one cut.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, islice, pairwise

from bitext.segment import speakers
from bitext.segment.answering import MARKED_LINES, MARKED_SHARE, answered, speaking_once
from bitext.segment.captions import captions
from bitext.segment.notes import is_vocabulary
from bitext.segment.records import Block, Label, Piece, Segmented
from bitext.segment.wraps import LEAST, MOST, Break, Wrap, chinese_wrap, columns
from bitext.text.language import (
    FOREIGN,
    SURE,
    WORD,
    language_of,
    leaning,
    likeliest,
    odds,
    weigh,
)
from bitext.text.marks import (
    BULLETS,
    COMMAS,
    LINE_ENDED,
    NOTED_ENDED,
    QUESTION_ENDED,
    SEMICOLONS,
    WIDE_MARKS,
    WIDE_STOPS,
)
from bitext.text.matches import sure
from bitext.text.names import is_personal
from bitext.text.numbering import ITEMS, PARTS, TO_TEN, Form, number_at
from bitext.text.runs import split_runs, translated_in_brackets
from bitext.text.scripts import HAN, HAN_CLASS, as_seen
from bitext.text.source import Cleaned, Cut, Line, Span, is_blank
from bitext.text.spans import Passage, passage, trim, without

RULE = re.compile(r"(?!\s*(?:…{1,2}|\.{3,6})\s*\Z)[\s\-—–_=*~·•#+.…<>|/\\☆★◆◇■□○●▲△※＊─━═]+\Z")

# --- pieces ------------------------------------------------------------------------------------


def segment(cleaned: Cleaned) -> Segmented:
    """The blocks of a cleaned document, and what was cut on the way (markup, marker lines)."""
    text = cleaned.document.text
    cuts: list[Cut] = []
    lines, turns = captions(text, cleaned.lines)
    cleaned = replace(cleaned, lines=tuple(lines))
    titles = _titles_mixed(text, cleaned.lines)
    title = _title_mixed(text, cleaned.lines)
    brackets = _often_in_brackets(text, cleaned.lines)
    loose = _lines_of_two(text, cleaned.lines)
    listed = _lists_of_two(text, cleaned.lines)
    beside = _beside_english(text, cleaned.lines)
    heads = _heads_in_brackets(text, cleaned.lines)
    pieces: list[Piece] = []
    gap = True
    mixed = 0
    last_end = -1
    pages = [c.span[0] for c in cleaned.cuts if c.reason in PAGE_BREAKS]
    for line in cleaned.lines:
        spans = _visible(text, line)
        cuts.extend(Cut(trim(text, m), "markup") for m in line.markup if _holds(text, m))
        if not spans:
            gap = True
            continue
        gap = gap or _blank_line_between(text, last_end, line.start)
        whole = passage(text, spans)
        last_end = line.end
        if line.kind != "code" and RULE.match(whole.text):
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
    pieces = _settle_languages(_without_keys(pieces, cuts))
    pieces = _take_labels(text, pieces, cuts, cleaned.document.voices)
    pieces = _without_double_spacing(pieces)
    indents = _indents(text, pieces)
    wrap = _wraps(pieces, indents)
    pieces = _within_wrapped(pieces, wrap, indents)
    blocks = [
        _block(text, number, group)
        for number, group in enumerate(_paragraphs(pieces, wrap, _parted(pieces), indents))
    ]
    return Segmented(tuple(_name_kinds(blocks)), tuple(cuts), mixed)


#: What is left out where a page ended.
PAGE_BREAKS = ("page header", "page number")


#: Half of a sentence has one sooner than a heading.
COMMA = re.compile(f"[{COMMAS}]")


def _turns_page(pages: Sequence[int], before: Piece, piece: Piece) -> bool:
    """Whether a page ended between two lines, the first of which is half of a sentence."""
    at = bisect_left(pages, before.line.end)
    if at == len(pages) or pages[at] > piece.line.start or before.lang != piece.lang:
        return False
    said = columns(before.text) >= LEAST or COMMA.search(before.text)
    half = said and not LINE_ENDED.search(before.text)
    return bool(half) and before.line.kind == piece.line.kind and not number_at(piece.text, PARTS)


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


def _blank_line_between(text: str, end: int, start: int) -> bool:
    """Whether more than one line end stands between two lines (something was cut out, or a blank)."""
    if end < 0:
        return True
    return len(re.findall(r"\r\n|\n|\r", text[end:start])) > 1


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


#: Within so many lines a document gives its title.
HEAD_LINES = 3


def _title_mixed(text: str, lines: Sequence[Line]) -> Line | None:
    """The document's title if it is one line in both languages.

    Words that come again are a term that the Chinese title quotes: `如何使用 Visual Studio Code`.
    """
    full = (line for line in lines if text[line.start : line.end].strip())
    for line in islice(full, HEAD_LINES):
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


#: How a document writes its lines is told by so many of them, and by none that is longer.
SAMPLE, LONG_LINE = 2000, 4000


def _lines_of_two(text: str, lines: Sequence[Line]) -> bool:
    """Whether the document has a text and its translation on one line: most of its lines, or ten."""
    counts = Counter(
        len(split_runs(text[line.start : line.end]))
        for line in islice(lines, SAMPLE)
        if not line.lang and line.kind in ("", "list", "quote")
        if 0 < line.end - line.start < LONG_LINE
    )
    return counts[2] >= 2 and (counts[2] >= 10 or counts[2] * 2 > sum(counts.values()))


def _lists_of_two(text: str, lines: Sequence[Line]) -> frozenset[int]:
    """Where list items begin whose list gives text and translation in one: most items, and two."""
    found: list[int] = []
    for is_list, group in groupby(lines, key=lambda line: line.kind == "list"):
        if not is_list:
            continue
        items = list(group)
        counts = Counter(
            len(split_runs(text[line.start : line.end]))
            for line in items[:SAMPLE]
            if line.end - line.start < LONG_LINE
        )
        if counts[2] >= 2 and counts[2] * 2 > sum(counts.values()):
            found.extend(line.start for line in items)
    return frozenset(found)


def _beside_english(text: str, lines: Sequence[Line]) -> frozenset[int]:
    """Where headings begin that hold Chinese and stand beside an English one of their level.

    That is the translation, and their own Latin words are names: `整理读数 Log`.
    """
    heads: list[Line] = [line for line in lines if text[line.start : line.end].strip()]
    found = []
    for a, b in pairwise(heads):
        if (a.kind, a.level) != (b.kind, b.level) or a.kind != "heading":
            continue
        for one, other in ((a, b), (b, a)):
            held = text[other.start : other.end]
            if not HAN.search(held) and language_of(held) == "en":
                found.append(one.start)
    return frozenset(found)


def _heads_in_brackets(text: str, lines: Sequence[Line]) -> frozenset[int]:
    """Where headings begin that give their translation in brackets: the title, or two and more.

    Not where the line behind one is in the language of its brackets: that is its translation, and
    what the brackets hold is the name of a thing.
    """
    full = [(line, held) for line in lines if (held := text[line.start : line.end].strip())]
    found: list[int] = []
    title = False
    for at, (line, held) in enumerate(full):
        head = line.kind == "heading" or (at < HEAD_LINES and line.kind == "")
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
        title = title or (at < HEAD_LINES and (len(words) >= 3 or runs[1].lang == "zh"))
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
    head = speakers.bilingual_label_end(text) or speakers.label_of_two_end(text)
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


def _without_keys(pieces: Sequence[Piece], cuts: list[Cut]) -> list[Piece]:
    """The pieces without cells that are a row's number or key, beside its texts in both languages."""
    rows: dict[int, set[str]] = {}
    for piece in pieces:
        if piece.line.kind == "cell":
            rows.setdefault(piece.line.group, set()).add(piece.lang)
    kept = []
    for piece in pieces:
        if piece.line.kind == "cell" and not piece.lang and {"zh", "en"} <= rows[piece.line.group]:
            cuts.extend(Cut(s, "column without text") for s in piece.passage.spans)
        else:
            kept.append(piece)
    return kept


#: Marks that English has not, alone on a line where a blind wrap put them.
CHINESE_MARKS = re.compile(rf"\s*[{WIDE_MARKS}」』》】）]+[”’]?\s*")


def _settle_languages(pieces: Sequence[Piece]) -> list[Piece]:
    """Every piece zh or en: what says nothing by itself goes with its neighbour."""
    langs = [p.lang if p.lang in ("zh", "en") else "" for p in pieces]
    for stretch in _listings(pieces):
        lang = "zh" if any(HAN.search(pieces[i].text) for i in stretch) else "en"
        for i in stretch:
            langs[i] = pieces[i].line.lang or lang
    tables = _table_languages(pieces)
    for i, piece in enumerate(pieces):
        if langs[i]:
            continue
        if CHINESE_MARKS.fullmatch(piece.text):
            langs[i] = "zh"
            continue
        if piece.lang == "other":
            langs[i] = "zh" if HAN.search(piece.text) else "en"
            continue
        if _numbers_next(pieces, i) and pieces[i + 1].lang in ("zh", "en"):
            langs[i] = pieces[i + 1].lang
            continue
        row = [
            langs[j] for j in range(max(0, i - 8), min(len(pieces), i + 9))
            if j != i and piece.line.group >= 0 and pieces[j].line.group == piece.line.group and langs[j]
        ]  # fmt: skip
        if row and piece.line.kind == "cell":
            other = "en" if "zh" in row else "zh"
            langs[i] = other if other in tables[i] else row[0]
            continue
        if row:
            langs[i] = row[0]
            continue
        after = next((langs[j] for j in range(i + 1, len(pieces)) if langs[j]), "")
        before = next((langs[j] for j in range(i - 1, -1, -1) if langs[j]), "")
        twin = i + 1 < len(pieces) and not langs[i + 1] and pieces[i + 1].lang != "other"
        if twin and {before, after} == {"zh", "en"}:  # `……` and `…`, between two pairs
            langs[i], langs[i + 1] = after, before
            continue
        following_gap = i + 1 < len(pieces) and pieces[i + 1].gap
        if not piece.gap and following_gap:
            langs[i] = before or after
        else:
            langs[i] = after or before
        langs[i] = langs[i] or ("zh" if HAN.search(piece.text) else "en")
    return [replace(p, lang=lang) for p, lang in zip(pieces, langs, strict=True)]


def _table_languages(pieces: Sequence[Piece]) -> dict[int, frozenset[str]]:
    """For each cell's place the languages of its table: numbers in a Chinese table are Chinese."""
    found: dict[int, frozenset[str]] = {}
    for is_cell, group in groupby(range(len(pieces)), key=lambda i: pieces[i].line.kind == "cell"):
        cells = list(group) if is_cell else []
        found |= dict.fromkeys(cells, frozenset(pieces[i].lang for i in cells))
    return found


def _listings(pieces: Sequence[Piece]) -> Iterator[list[int]]:
    """The places of each listing's lines: remarks do not make some of them another language's."""
    by = groupby(range(len(pieces)), key=lambda i: (pieces[i].line.kind, pieces[i].line.group))
    return (list(group) for (kind, _), group in by if kind == "code")


#: `1.`, `（2）` or `Sec. 3.`, alone on a line.
ENUMERATOR = frozenset({Form.ARABIC, Form.BRACKETED, Form.SECTION})


def _is_number(text: str) -> bool:
    """Whether a line is the number of what stands on the next one."""
    number = number_at(text, ENUMERATOR)
    return number is not None and not text[number.end :].strip()


def _numbers_next(pieces: Sequence[Piece], i: int) -> bool:
    """Whether a piece is a number alone on its line, with its text on the next line."""
    piece = pieces[i]
    if not (piece.begins and piece.ends) or not _is_number(piece.text):
        return False
    return i + 1 < len(pieces) and not pieces[i + 1].gap and piece.line.kind in ("", "list")


# --- labels ------------------------------------------------------------------------------------


def _take_labels(
    text: str, pieces: Sequence[Piece], cuts: list[Cut], voices: frozenset[str]
) -> list[Piece]:
    """The pieces with their labels off, cut where a label stands in mid-line; `voices` speak for sure."""
    at_start = [_labels_at_start(p) for p in pieces]
    inside = [
        speakers.labels_inside(p.text, p.lang) if p.line.kind not in ("code", "heading") else ()
        for p in pieces
    ]
    heads = _heading_labels(pieces)
    alone = _lone_labels(pieces) | heads
    accepted = speakers.choose(
        [
            *((p.lang, label) for p, row in zip(pieces, at_start, strict=True) for label in row),
            *((pieces[i].lang, label) for i, label in alone.items()),
        ],
        [(p.lang, label) for p, row in zip(pieces, inside, strict=True) for label in row],
        Counter(p.lang for p in pieces if p.begins),
    )
    voices |= {name for label in heads.values() for name in label.names}
    accepted |= {speakers.key_of(name) for name in voices}
    rows = [
        (p.lang, labels)
        for p, first, later in zip(pieces, at_start, inside, strict=True)
        for labels in (first, *((x,) for x in later))
    ]
    accepted |= answered(rows, accepted)
    starts = [(p, row) for p, row in zip(pieces, at_start, strict=True) if p.begins]
    accepted |= speaking_once([(p.lang, row) for p, row in starts], accepted)
    marked = [(p.lang, row) for p, row in starts if p.turn]
    accepted |= speaking_once(marked, accepted, MARKED_LINES, MARKED_SHARE)
    found: list[Piece] = []
    counts = Counter(
        (p.lang, speakers.key_of(n))
        for p, row in zip(pieces, at_start, strict=True)
        for n in {n for x in row for n in x.names}
    )
    for i, piece in enumerate(pieces):
        label = speakers.first_accepted(at_start[i], accepted)
        if label and not label.marker and _is_no_turn(piece, label, i < 2, counts, accepted):
            label = None
        if label is None and i in alone:
            label = speakers.first_accepted([alone[i]], accepted)
        labels = [x for x in inside[i] if any(speakers.key_of(n) in accepted for n in x.names)]
        found.extend(_cut_at_labels(piece, label, labels, cuts))
    return _carry_labels(text, _weigh_languages(found))


#: How sure a language is that was found with the label, or by the rules for what says nothing.
SETTLED = 2.0
#: Lines whose language their markup or their other half says.
FIXED = 40.0


def _weigh_languages(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, each in its likeliest language without its label, by what stands around it."""
    rows = [k for k, p in enumerate(pieces) if p.passage.spans]
    leans = {k: leaning(pieces[k].text) for k in rows}
    labelled = [(x, leans[k]) for k in rows if (x := pieces[k].label) and abs(leans[k]) >= SURE]
    own = sum((label.zh is not None) == (lean > 0) for label, lean in labelled)
    habit = odds(own, len(labelled)) if labelled else 0.0
    times = Counter(pieces[k].text for k in rows)
    weights = []
    for k in rows:
        piece, sign = pieces[k], 1 if pieces[k].lang == "zh" else -1
        whole = piece.begins and piece.ends and not piece.line.lang and not piece.inside
        silent = not piece.label and not leans[k]  # a number, a date: settled with its neighbours
        kept = piece.line.kind in ("code", "cell", "vocab") or FOREIGN.search(piece.text)
        once = piece.gap and not piece.label and times[piece.text] == 1
        if not whole or silent or kept or (once and _is_latin(piece.text)):
            weights.append(FIXED * sign)
        elif piece.label:
            both = piece.label.zh and piece.label.en
            said = 0.0 if both else habit if piece.label.zh else -habit
            weights.append(leans[k] + said)
        else:
            weights.append(leans[k] + SETTLED * sign)
    out = list(pieces)
    for k, lang in zip(rows, likeliest(weights), strict=True):
        out[k] = replace(out[k], lang=lang)
    return out


def _is_latin(text: str) -> bool:
    """Whether all is Latin and no mere acronym: in Chinese a name, which its English then repeats."""
    return not HAN.search(text) and language_of(text) == "en"


def _is_no_turn(
    piece: Piece,
    label: Label,
    first: bool,
    counts: Counter[tuple[str, str]],
    accepted: frozenset[str],
) -> bool:
    """Whether nobody speaks behind a label: a title with a colon, or a list of those who take part."""
    rest = piece.text[label.end :].strip()
    named = [speakers.key_of(n) for n in re.split(r"\s*[、,，/;；]\s*|\s+and\s+", rest) if n]
    known = sum(n in accepted for n in named)
    if known >= 2 and known * 2 >= len(named) and not LINE_ENDED.search(rest):
        return True
    once = all(counts[piece.lang, speakers.key_of(n)] == 1 for n in label.names)
    return first and once and bool(rest) and not LINE_ENDED.search(rest)


def _labels_at_start(piece: Piece) -> tuple[Label, ...]:
    """Every way to read a label where the line begins, or where it changes its language."""
    if piece.line.kind in ("code", "heading"):
        return ()
    if speakers.CAST.fullmatch(piece.text):
        return ()
    labels = speakers.label_at_start(piece.text)
    # In mid-line a dash goes on with the sentence, and is no label's.
    return labels if piece.begins else tuple(x for x in labels if x.form != "dash")


#: A line that is nothing but a label: a name in one language or both, perhaps a time or a colon.
LABEL_LINE = re.compile(
    rf"({speakers.ZH_NAME}|{speakers.EN_NAME}|{speakers.ZH_NAME}\s*[/／|·]\s*{speakers.EN_NAME}|{speakers.EN_NAME}\s*[/／|·]\s*{speakers.ZH_NAME})"
    rf"{speakers.ROLE}"
    r"(?:\s+\(?\d{1,2}:\d{2}(?::\d{2})?\)?)?\s*(?P<colon>[:：]?)"
)


def _label_line(piece: Piece) -> tuple[Label, bool] | None:
    """The label that the line's text is, and whether it ends in a colon."""
    match = LABEL_LINE.fullmatch(as_seen(piece.text)[0].strip())
    if not match:
        return None
    zh, en, role = speakers.sides(re.sub(r"\s+", " ", match[1]).strip(), match["role"] or "")
    return Label(0, len(piece.text), zh, en, role, "line"), bool(match["colon"])


def _lone_labels(pieces: Sequence[Piece]) -> dict[int, Label]:
    """Names that stand alone on a line: short, unpunctuated, and there at least twice."""
    found: dict[int, Label] = {}
    for i, piece in enumerate(pieces):
        text = piece.text.strip()
        kind = piece.line.kind
        if not _fills_line(pieces, i) or kind in ("code", "cell", "list", "cue", "heading"):
            continue
        if (
            i + 1 >= len(pieces)
            or len(text) > 40
            or re.search(f"[{WIDE_STOPS}!?，,{SEMICOLONS}]", text)
        ):
            continue
        if (line := _label_line(piece)) and not line[1]:
            found[i] = line[0]
    counts = Counter(speakers.key_of(n) for label in found.values() for n in label.names)
    return {i: x for i, x in found.items() if any(counts[speakers.key_of(n)] > 1 for n in x.names)}


#: So great a part of the headings of a level are names, where headings say who speaks.
NAMES = 0.6


def _heading_labels(pieces: Sequence[Piece]) -> dict[int, Label]:
    """The headings that say who speaks: those of a level of which most are names of people.

    Speakers come again, and their names end in a colon; the headings of an article do neither.
    """
    levels: dict[int, list[int]] = {}
    for i, piece in enumerate(pieces):
        if piece.line.kind == "heading" and _fills_line(pieces, i):
            levels.setdefault(piece.line.level, []).append(i)
    found: dict[int, Label] = {}
    for heads in levels.values():
        lines = {i: line for i in heads if (line := _label_line(pieces[i]))}
        with_colon = {pieces[i].line.start for i, (_, colon) in lines.items() if colon}
        lines = {i: (x, pieces[i].line.start in with_colon) for i, (x, _) in lines.items()}
        named = {
            i: label
            for i, (label, colon) in lines.items()
            if all(_can_speak(name, colon) for name in label.names)
        }
        names = [speakers.key_of(label.names[0]) for label in named.values()]
        colons = sum(lines[i][1] for i in named)
        again = len(set(names)) < len(names)
        people = all(is_personal(n) for label in named.values() for n in label.names)
        if len(named) >= max(2, NAMES * len(heads)) and (
            again or (people and colons == len(names))
        ):
            found |= named
    return found


def _can_speak(name: str, colon: bool) -> bool:
    """Whether a heading can be the name of somebody who speaks below it."""
    if speakers.is_denied(name) or not speakers.name_like(name):
        return False
    return colon or is_personal(name) or speakers.is_role(name)


def _fills_line(pieces: Sequence[Piece], i: int) -> bool:
    """Whether a piece is a whole line, or half of one that has a short text in each language."""
    piece = pieces[i]
    if piece.begins and piece.ends:
        return True
    k = i + 1 if piece.begins else i - 1
    if not 0 <= k < len(pieces) or pieces[k].line.start != piece.line.start:
        return False
    other = pieces[k]
    return (piece.begins and other.ends) or (other.begins and piece.ends)


def _cut_at_labels(
    piece: Piece, label: Label | None, labels: Sequence[Label], cuts: list[Cut]
) -> Iterator[Piece]:
    """The piece, its labels taken off: one piece a label, the first perhaps without."""
    if piece.line.kind == "code":  # keeps its indent
        yield piece
        return
    marks: list[tuple[int, int, Label | None]] = []
    if label is not None:
        marks.append((0, label.end, label))
    else:
        marks.append((0, 0, None))
    marks.extend((x.start, x.end, x) for x in labels if x.start >= marks[0][1])
    for index, (start, body, mark) in enumerate(marks):
        end = marks[index + 1][0] if index + 1 < len(marks) else len(piece.text)
        rest = cut_passage(piece.passage, body, end)
        spans = cut_passage(piece.passage, start, body).spans if mark else ()
        if mark is not None and mark.marker:
            cuts.extend(Cut(s, "marker line") for s in spans)
            mark, spans = None, ()
        if not rest.spans and not spans:
            continue
        yield replace(
            piece, passage=rest, label=mark, label_spans=spans,
            inside=len(marks) > 1, begins=index == 0 and piece.begins, gap=piece.gap and index == 0,
            turn=piece.turn and index == 0,
        )  # fmt: skip


def _carry_labels(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """A label alone on its line goes to the next piece of its language; two labels in a row stay."""
    found: list[Piece] = []
    waiting: list[Piece] = []
    for piece in pieces:
        if not piece.passage.spans:
            waiting.append(piece)
            continue
        if waiting and piece.label is None:
            held = waiting.pop()
            names = held.label
            spans = held.label_spans
            while waiting:  # 主持人 / Moderator on two lines, then the text
                other = waiting.pop()
                assert names and other.label  # a piece without a text is a label alone
                names = replace(names, zh=names.zh or other.label.zh, en=names.en or other.label.en)
                spans = other.label_spans + spans
            turn = held.turn or piece.turn
            piece = replace(
                piece, label=names, label_spans=spans, gap=held.gap or piece.gap, turn=turn
            )
        found.extend(_as_text(text, w) for w in waiting)
        waiting = []
        found.append(piece)
    found.extend(_as_text(text, w) for w in waiting)
    return found


def _as_text(text: str, piece: Piece) -> Piece:
    """A label with nothing behind it is text after all."""
    return replace(piece, passage=passage(text, piece.label_spans), label=None, label_spans=())


# --- paragraphs --------------------------------------------------------------------------------

#: An item's bullet: one that is nothing else, or a mark with a blank behind it.
BULLETED = re.compile(rf"\s*(?:[-*·○■{BULLETS}]\s+|[{BULLETS}])")
#: `(a) the date` begins a clause; `(a) of this section` goes on with a sentence.
OF_THE_SENTENCE = re.compile(r"\s*(?:[,.;，。；、的]|(?:of|and|or|to|through|above|below)\b)")
#: What names a clause where it ends a line: `as described in paragraph`.
REFERRING = re.compile(
    r"\b(?:(?:sub)?(?:paragraph|section|clause|item|point|division)s?|articles?|rules?|annex)(?:\s\(?\w{1,3}\)?)?\s*\Z"
    rf"|第[\d{TO_TEN}]+[条條款项項]\s*\Z",
    re.I,
)
#: A line that begins with a dash: an item, or a wrapped sentence's own.
DASHED = re.compile(r"\s*(?:[-–—]\s|[—―]{2})")
#: `T. Washington`, at the start of a line that was wrapped behind `Booker`.
INITIAL = re.compile(r"\s*[A-Z]\.\s[A-Z]")
FOOTNOTE = re.compile(
    r"\s*(?:\[\^?\d{1,3}\]\s*:?|\^\d{1,3}\s|[①-⑳]\s*|(?:[脚尾附]?注|脚註)\s*\d{1,2}\s*[:：]|\*{1,3}(?=\d)|Note\s+\d{1,2}\s*[:.])"
)


#: The number of a footnote in brackets, and the same in running text.
NUMBER_IN_BRACKETS = re.compile(r"\[(\d{1,3})\]")


#: So many lines that go on behind a blank one, and so large a share, show that each line has one.
SPACED, SPACED_SHARE = 4, 0.4
#: How an English line begins that goes on with the sentence.
GOES_ON = re.compile(r"\s*(?:[-–—]\s)?[a-z(]")


def _is_item(text: str) -> bool:
    """Whether a line begins with a bullet or with the number of an item or a clause."""
    number = number_at(text, ITEMS)
    goes_on = number and number.form is Form.CLAUSE and OF_THE_SENTENCE.match(text, number.end)
    return bool(BULLETED.match(text)) or (number is not None and not goes_on)


def _without_double_spacing(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, those of a language no longer apart whose every wrapped line has a blank one below."""
    found = list(pieces)
    for lang in ("zh", "en"):
        pairs = [k for k in range(1, len(found)) if _is_spaced(found[k - 1], found[k], lang)]
        soft = [
            k for k in pairs
            if not LINE_ENDED.search(found[k - 1].text) and columns(found[k - 1].text) >= LEAST
            if lang == "zh" or GOES_ON.match(found[k].text)
        ]  # fmt: skip
        if len(soft) < SPACED or len(soft) < SPACED_SHARE * len(pairs):
            continue
        longest = max(columns(found[n].text) for k in pairs for n in (k - 1, k))
        breaks = [(found[k - 1].text, 0, found[k].text) for k in soft]
        if longest > MOST or not _agree(breaks, longest, lang):
            continue
        for k in pairs:
            found[k] = replace(found[k], gap=False)
    return found


def _agree(breaks: Sequence[Break], longest: int, lang: str) -> bool:
    """Whether lines end where the next word had no room, most of them."""
    if lang == "zh":
        return chinese_wrap(breaks, longest) is not None
    full = sum(Wrap(longest).fills(line, indent, after, lang) for line, indent, after in breaks)
    return full * 10 >= 7 * len(breaks)


def _is_spaced(before: Piece, piece: Piece, lang: str) -> bool:
    """Whether two whole lines of a language have one blank line between them, and no label or kind."""
    whole = before.ends and piece.begins and piece.gap and piece.label is None
    plain = {before.line.kind, piece.line.kind} <= {"", "quote"}
    near = piece.line.number - before.line.number == 2
    return whole and plain and near and {before.lang, piece.lang} == {lang}


INDENT = re.compile(r"[ \t\u3000]*")


def _indents(text: str, pieces: Sequence[Piece]) -> dict[int, int]:
    """How far lines are indented that begin a paragraph so, by where the line starts.

    Only of a language whose paragraphs are told by it: lines that are not indented follow a line
    with no blank one between, as its other half, and an indented line follows the end of a sentence.
    """
    found: dict[int, int] = {}
    for lang in ("zh", "en"):
        indented: dict[int, int] = {}
        after_end, after_half, halves = 0, 0, 0
        before: Piece | None = None
        for piece in pieces:
            if piece.line.kind or not piece.begins:
                before = None
                continue
            follows = before is not None and before.lang == piece.lang and not piece.gap
            ended = before is not None and follows and bool(LINE_ENDED.search(before.text))
            before = piece
            if piece.lang != lang:
                continue
            indent = columns(sure(INDENT.match(text, piece.line.start, piece.line.end)).group())
            if indent >= 2:
                indented[piece.line.start] = indent
                after_end += ended
                after_half += follows and not ended
            elif follows and not piece.label:
                halves += not ended
        if len(indented) >= 2 and halves and after_half * 3 <= after_end + after_half:
            found |= indented
    return found


def _wraps(pieces: Sequence[Piece], indents: Mapping[int, int]) -> dict[str, Wrap]:
    """For each language whose lines are hard-wrapped, how."""
    found: dict[str, Wrap] = {}
    seen = Counter(p.text.strip() for p in pieces)
    for lang in ("zh", "en"):
        stretches = [
            list(group)
            for _, group in groupby(
                _numbered_stretches(pieces, lang, indents), key=lambda pair: pair[0]
            )
        ]
        lines = [[p for _, p in s] for s in stretches if len(s) > 1]
        breaks = [(a, b) for s in lines for a, b in pairwise(s)]
        soft = [(a, b) for a, b in breaks if not LINE_ENDED.search(a.text)]
        if not breaks or len(soft) * 3 < len(breaks):
            continue
        longest = max(columns(p.text) + _indent(p, indents) for s in lines for p in s)
        if lang == "zh":
            broken = [(a.text, _indent(a, indents), b.text) for a, b in soft if not _heads(a, seen)]
            if wrap := chinese_wrap(broken, longest):
                found[lang] = wrap
            continue
        wrap = Wrap(longest)
        full = [(a, b) for a, b in breaks if _fills(a, b, wrap, indents)]
        if longest <= MOST and len(full) * 10 >= 7 * len(breaks):
            found[lang] = wrap
    return found


def _within_wrapped(
    pieces: Sequence[Piece], wrap: Mapping[str, Wrap], indents: Mapping[int, int]
) -> list[Piece]:
    """The pieces, where one word alone on its line, an address, goes on with a wrapped Chinese text."""
    here = wrap.get("zh")
    found: list[Piece] = []
    for k, piece in enumerate(pieces):
        before = found[-1] if found else None
        word = piece.lang == "en" and len(piece.text.split()) == 1 and not piece.line.kind
        if here and before and word and not (piece.gap or piece.label or before.label):
            after = pieces[k + 1] if k + 1 < len(pieces) else piece
            within = before.lang == "zh" and before.ends and not LINE_ENDED.search(before.text)
            goes_on = after.lang == "zh" and not after.gap and after.line.start not in indents
            ended = bool(NOTED_ENDED.search(piece.text))
            if (
                within
                and (goes_on or ended)
                and _fills(before, replace(piece, lang="zh"), here, indents)
            ):
                piece = replace(piece, lang="zh")
        found.append(piece)
    return found


def _heads(piece: Piece, seen: Counter[str]) -> bool:
    """Whether a line stands over a text or a page, and was not broken: a numbered heading, a header."""
    text = piece.text.strip()
    numbered = number_at(text, PARTS) and columns(text) < LEAST
    return bool(numbered) or seen[text] > 2 or not any(c.isalpha() for c in text)


def _indent(piece: Piece, indents: Mapping[int, int]) -> int:
    return indents.get(piece.line.start, 0)


def _fills(before: Piece, piece: Piece, wrap: Wrap, indents: Mapping[int, int]) -> bool:
    """Whether a line ends because the next one's first word had no room on it."""
    return wrap.fills(before.text, _indent(before, indents), piece.text, piece.lang)


def _numbered_stretches(
    pieces: Sequence[Piece], lang: str, indents: Mapping[int, int]
) -> Iterator[tuple[int, Piece]]:
    """The pieces of one language with the number of the stretch without a gap they stand in."""
    number, before = 0, None
    for piece in pieces:
        plain = piece.line.kind in ("", "quote", "list") and piece.begins and piece.ends
        begins = piece.gap or piece.label or piece.line.start in indents
        if begins or before is None or before.lang != piece.lang or not plain:
            number += 1
        before = piece
        if piece.lang == lang and plain:
            yield number, piece


def _parted(pieces: Sequence[Piece]) -> bool:
    """Whether the Chinese paragraphs are parted by blank lines: then a line alone is none."""
    plain = [p for p in pieces if p.lang == "zh" and p.line.kind in ("", "quote") and p.begins]
    return sum(p.gap for p in plain) * 10 >= 6 * len(plain)


#: `J.K.` at the end of a Chinese line, before `Rowling`.
LATIN_END = re.compile(r"[A-Za-z\u00c0-\u024f]\.?\Z")


def _runs_over(line: str, after: str) -> bool:
    """Whether a Chinese line goes on in the next one, where paragraphs are parted by blank lines.

    Converters wrap at blanks only, so that a Chinese line of any length ends before a Latin word;
    and a line with sentences in it that ends without a mark is no heading.

    >>> _runs_over("去年登上这个讲台的是英国的小说家J.K.", "Rowling女士。")
    True
    >>> _runs_over("什么是大模型", "GPT 是其中之一。"), _runs_over("一、总体情况", "各方认为，进展顺利。")
    (False, False)
    """
    latin = LATIN_END.search(line) and WORD.match(after)
    if latin or (WORD.match(after) and not LINE_ENDED.search(line)):
        return columns(line) >= 24
    return not LINE_ENDED.search(line) and columns(line) >= 40 and bool(re.search("[，。；]", line))


def _paragraphs(
    pieces: Sequence[Piece], wrap: Mapping[str, Wrap], parted: bool, indents: Mapping[int, int]
) -> Iterator[list[Piece]]:
    """The pieces grouped into paragraphs: hard wraps are joined, all else stays apart."""
    group: list[Piece] = []
    for piece in pieces:
        if group and _continues(group[-1], piece, wrap, parted, indents):
            group.append(piece)
            continue
        if group:
            yield group
        group = [piece]
    if group:
        yield group


def _continues(
    before: Piece, piece: Piece, wrap: Mapping[str, Wrap], parted: bool, indents: Mapping[int, int]
) -> bool:
    """Whether the piece is the same paragraph as the one before it, on the next line."""
    if piece.line.kind == before.line.kind == "code" and piece.lang == before.lang:
        return before.line.group == piece.line.group and not (piece.gap and piece.line.group < 0)
    if piece.gap or piece.label or piece.turn or piece.lang != before.lang:
        return False
    if piece.over:
        return True
    if before.line is piece.line or before.line.start == piece.line.start:
        return piece.begins is False and not piece.inside
    if not (piece.begins and before.ends) or before.inside:
        return False
    kinds = (before.line.kind, piece.line.kind)
    if kinds[0] in ("", "list") and kinds[1] == "" and _is_number(before.text):
        return True
    if kinds == ("cue", "cue") and before.line.group == piece.line.group:
        return True
    if piece.line.kind in ("heading", "cell", "cue", "footnote", "vocab"):
        return False
    if kinds == ("list", "list") or before.line.kind in ("heading", "cell", "cue"):
        return False
    if kinds[0] != kinds[1] and kinds != ("list", "") and kinds != ("footnote", ""):
        return False
    if piece.line.start in indents and not before.line.kind:
        return False
    if CHINESE_MARKS.fullmatch(piece.text) and not NOTED_ENDED.search(before.text):
        return True
    initial = INITIAL.match(piece.text) and not LINE_ENDED.search(before.text)
    dashed = bool(DASHED.match(piece.text)) and not DASHED.match(before.text)
    dashed = dashed and not LINE_ENDED.search(before.text)
    referred = REFERRING.search(before.text) and piece.text.lstrip()[:1] in "(（"
    numbered = _is_item(piece.text) and not (initial or dashed or referred)
    if numbered or FOOTNOTE.match(piece.text):
        return False
    if dashed and columns(before.text) >= LEAST and LINE_ENDED.search(piece.text):
        return True  # what a saying is by has no full stop behind it
    here = wrap.get(piece.lang)
    if here and _fills(before, piece, here, indents):
        ended = NOTED_ENDED.search(before.text) and number_at(piece.text, PARTS)
        return not (ended and columns(piece.text) < LEAST)
    if piece.lang == "zh" and parted and _runs_over(before.text.strip(), piece.text.strip()):
        return True
    if LINE_ENDED.search(before.text):
        return False
    if piece.lang == "en":
        return bool(GOES_ON.match(piece.text)) and len(WORD.findall(before.text)) > 4
    return not here and piece.line.kind != "list" and _goes_on(before.text, piece.text)


#: So wide is a line that ends in a comma and is a paragraph: a verse or a subtitle is narrower.
RECITAL = 34


def _goes_on(line: str, after: str) -> bool:
    """Whether a line that ends in a comma is half of what the next line completes.

    Recitals end in commas too: they are long, or begin alike.

    >>> _goes_on("空山新雨后，", "天气晚来秋。"), _goes_on("鉴于河水年年上涨，", "鉴于堤岸失修，")
    (True, False)
    """
    line, after = line.strip(), after.strip()
    if not re.search(r"[，、,]\Z", line) or columns(line) > RECITAL:
        return False
    return line[:2] != after[:2] or columns(line) == columns(after)


def _block(text: str, number: int, group: Sequence[Piece]) -> Block:
    first = group[0]
    spans = [s for p in group for s in p.passage.spans]
    kind = next((p.line.kind for p in group if p.line.kind), "")
    joined = passage(text, spans)
    held = joined if kind == "code" else cut_passage(joined, 0, len(joined.text))
    parts: tuple[Passage, ...] = (held,)  # the same record, so that a long text is held once
    if len(group) > 1 and kind != "code":
        parts = tuple(
            cut_passage(passage(text, p.passage.spans), 0, len(p.passage.text)) for p in group
        )
    return Block(
        number, first.lang, kind, held,
        first.line.number, group[-1].line.number, first.line.level, first.line.group,
        first.label, first.label_spans, first.inside, first.gap, parts, first.turn,
    )  # fmt: skip


# --- kinds -------------------------------------------------------------------------------------

RECORD = re.compile(
    r"(?:实录|實錄|全文|记录|紀錄|记要|纪要|文字稿|如下)[)）】]?\s*[:：]\s*\Z|(?i:transcript|full text|record).{0,80}\Z"
)


def _name_kinds(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with a kind each: what the markup said, else what the text looks like."""
    plain = [b for b in blocks if b.kind in ("", "cell")]
    ended = sum(bool(LINE_ENDED.search(b.text)) for b in plain if not b.label)
    punctuated = ended * 2 >= len([b for b in plain if not b.label]) * 0.9 or any(
        len(b.text) > 200 for b in plain
    )
    referred = {
        match[1]
        for b in blocks
        for match in NUMBER_IN_BRACKETS.finditer(b.text)
        if b.text[: match.start()].strip()
    }
    for i, block in enumerate(blocks):
        if block.kind == "cell":
            yield replace(block, kind="para")
        elif block.kind:
            yield block
        elif _is_footnote(block, referred):
            yield replace(block, kind="footnote")
        elif punctuated and _is_heading(blocks, i):
            yield replace(block, kind="heading", level=block.level or 2)
        elif _is_item(block.text) and _numbered_neighbour(blocks, i):
            yield replace(block, kind="list", level=block.level or 1)
        else:
            yield replace(block, kind="para")


def _is_footnote(block: Block, referred: Collection[str]) -> bool:
    """Whether a block is a footnote; one numbered `[3]` only if the text refers to that."""
    if not FOOTNOTE.match(block.text) or block.label or _is_item(block.text):
        return False
    number = NUMBER_IN_BRACKETS.match(block.text.lstrip())
    return number is None or number[1] in referred


#: A line that is in brackets as a whole.
IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


def _is_heading(blocks: Sequence[Block], i: int) -> bool:
    """Whether a block without markup is a heading: short, without a full stop, before some text."""
    block = blocks[i]
    text = block.text.strip()
    if (
        block.label
        or block.inside
        or block.group >= 0
        or "\n" in text
        or re.match(r"[*※•·▪\-]", text)
    ):
        return False
    if IN_BRACKETS.fullmatch(text):
        return False  # `(laughter)`
    han, words = weigh(text)
    if (block.lang == "zh" and (han < 2 or han > 45)) or (
        block.lang == "en" and not 1 <= words <= 20
    ):
        return False
    if i + 1 >= len(blocks) or not re.match(rf"[\w“\"《「【（(#{HAN_CLASS}]", text):
        return False
    if LINE_ENDED.search(text) and not (text[-1] in ":：" and RECORD.search(text)):
        if not (i == 0 or (i == 1 and blocks[0].lang != block.lang)):
            return False
        after = next((b.text for b in blocks[i + 1 :] if b.lang == block.lang), "")
        # A question stands above a text; in a talk of short turns it is the first of them.
        return bool(QUESTION_ENDED.search(text)) and len(after) > 1.5 * len(text)
    if re.search(r"[，,、]\s*\Z|[=＝]", text):
        return False
    if block.lang == "en" and text[:1].islower():
        return False
    if clause := number_at(text, {Form.CLAUSE}):
        after = next((b.text for b in blocks[i + 1 :] if b.lang == block.lang), "")
        if text[clause.end :].lstrip()[:1].islower() or number_at(after, {Form.CLAUSE}):
            return False  # `(b) users of systems, unless`, before `(i) …`
    if block.lang == "zh" and re.search("[。；]", _without_quotes(text)):
        return False  # half a line of running text
    following = [b for b in blocks[i + 1 : i + 7] if b.kind == ""]
    return any(LINE_ENDED.search(b.text) or b.label for b in following) or bool(
        number_at(text, PARTS)
    )


def _without_quotes(text: str) -> str:
    return re.sub("“[^“”]*”|「[^「」]*」|《[^《》]*》", "", text)


def _numbered_neighbour(blocks: Sequence[Block], i: int) -> bool:
    """Whether another numbered block of the same language stands near: a list has two items."""
    near = [
        b for b in (*blocks[max(0, i - 4) : i], *blocks[i + 1 : i + 5]) if b.lang == blocks[i].lang
    ]
    return any(_is_item(b.text) for b in near[-8:])


def blocks_of(blocks: Iterable[Block], lang: str) -> list[Block]:
    """The blocks of one language, in order."""
    return [b for b in blocks if b.lang == lang]
