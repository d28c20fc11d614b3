"""Pieces -> paragraphs: hard wraps joined, items and headings apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from bitext.segment.languages import CHINESE_MARKS, is_number
from bitext.segment.lines import cut_passage
from bitext.segment.records import Block, Piece
from bitext.segment.wraps import LEAST, MOST, Break, Wrap, chinese_wrap, columns
from bitext.text.language import WORD
from bitext.text.marks import BULLETS, LINE_ENDED, NOTED_ENDED
from bitext.text.matches import sure
from bitext.text.numbering import ITEMS, PARTS, TO_TEN, Form, number_at
from bitext.text.spans import Passage, passage

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


def joined(text: str, pieces: Sequence[Piece]) -> list[Block]:
    """The paragraphs of a document's pieces, as blocks."""
    pieces = _without_double_spacing(pieces)
    indents = _indents(text, pieces)
    wrap = _wraps(pieces, indents)
    pieces = _within_wrapped(pieces, wrap, indents)
    groups = _paragraphs(pieces, wrap, _parted(pieces), indents)
    return [_block(text, number, group) for number, group in enumerate(groups)]


def is_item(text: str) -> bool:
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
    if kinds[0] in ("", "list") and kinds[1] == "" and is_number(before.text):
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
    numbered = is_item(piece.text) and not (initial or dashed or referred)
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
