"""Pieces -> paragraphs: hard wraps joined, items and headings apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from bitext.segment.languages import is_chinese_marks, is_number
from bitext.segment.lines import cut_passage
from bitext.segment.records import Block, Piece
from bitext.segment.wraps import LEAST, MOST, Break, Wrap, chinese_wrap, columns
from bitext.text.language import WORD
from bitext.text.marks import BULLETS, COMMAS, LINE_ENDED, NOTED_ENDED
from bitext.text.numbering import ITEMS, PARTS, Form, Number, number_at
from bitext.text.scripts import HAN
from bitext.text.spans import Passage, passage

#: Signs that are an item's bullet only with a blank behind them.
LOOSE_BULLETS = tuple("-*·○■")
#: `(a) the date` begins a clause; `(a) of this section` goes on with a sentence.
OF_THE_SENTENCE = re.compile(r"\s*(?:[,.;，。；、的]|(?:of|and|or|to|through|above|below)\b)")
#: A line that begins with a dash: an item, a wrapped sentence's own, or whose a saying is.
DASHED = re.compile(r"\s*(?:--?[ \t]|[–—]\s|[—―]{2})")
FOOTNOTE = re.compile(
    r"\s*(?:\[\^?\d{1,3}\]\s*:?|\^\d{1,3}\s|[①-⑳]\s*|(?:[脚尾附]?注|脚註)\s*\d{1,2}\s*[:：]|\*{1,3}(?=\d)|Note\s+\d{1,2}\s*[:.])"
)
#: So many lines that go on behind a blank one show that each line has one.
SPACED = 4
#: So wide is a line that ends in a comma and is a paragraph: a verse or a subtitle is narrower.
RECITAL = 34
#: What indents a line.
INDENT = " \t\u3000"


def joined(text: str, pieces: Sequence[Piece]) -> list[Block]:
    """The paragraphs of a document's pieces, as blocks."""
    pieces = _without_double_spacing(pieces)
    indents = _indents(text, pieces)
    wrap = _wraps(pieces, indents)
    lines = _Lines(_within_wrapped(pieces, wrap, indents), wrap, _parted(pieces), indents)
    groups: list[list[Piece]] = []
    for k, piece in enumerate(lines.pieces):
        if k and _continues(lines, k):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [_block(text, number, group) for number, group in enumerate(groups)]


def is_item(text: str) -> bool:
    """Whether a line begins with a bullet or with the number of an item or a clause."""
    line = text.lstrip()
    if line.startswith(tuple(BULLETS)) or (line.startswith(LOOSE_BULLETS) and line[1:2].isspace()):
        return True
    number = number_at(text, ITEMS)
    goes_on = number and number.form is Form.CLAUSE and OF_THE_SENTENCE.match(text, number.end)
    return number is not None and not goes_on


def _without_double_spacing(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, those of a language no longer apart whose every wrapped line has a blank one below."""
    found = list(pieces)
    for lang in ("zh", "en"):
        pairs = [k for k in range(1, len(found)) if _is_spaced(found[k - 1], found[k], lang)]
        soft = [
            k for k in pairs
            if not LINE_ENDED.search(found[k - 1].text) and columns(found[k - 1].text) >= LEAST
            if lang == "zh" or _is_small(found[k].text)
        ]  # fmt: skip
        if len(soft) < SPACED:
            continue
        longest = max(columns(found[n].text) for k in pairs for n in (k - 1, k))
        if _wrap_of([(found[k - 1].text, 0, found[k].text) for k in soft], longest, lang):
            for k in pairs:
                found[k] = replace(found[k], gap=False)
    return found


def _wrap_of(breaks: Sequence[Break], longest: int, lang: str) -> Wrap | None:
    """How lines are wrapped of which most end where the next word had no room; None of other lines."""
    if lang == "zh":
        return chinese_wrap(breaks, longest)
    wrap = Wrap(longest)
    full = sum(wrap.fills(line, indent, after, lang) for line, indent, after in breaks)
    return wrap if longest <= MOST and full * 10 >= 7 * len(breaks) else None


def _is_spaced(before: Piece, piece: Piece, lang: str) -> bool:
    """Whether two whole lines of a language have one blank line between them, and no label or kind."""
    whole = before.ends and piece.begins and piece.gap and piece.label is None
    plain = {before.line.kind, piece.line.kind} <= {"", "quote"}
    near = piece.line.number - before.line.number == 2
    return whole and plain and near and {before.lang, piece.lang} == {lang}


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
            held = text[piece.line.start : piece.line.end]
            indent = columns(held[: len(held) - len(held.lstrip(INDENT))])
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
        stretches = _stretches(pieces, lang, indents)
        # A title and the place and date below it show no width: no sentence ends in them.
        lines = [s for s in stretches if len(s) > 1 and any(LINE_ENDED.search(p.text) for p in s)]
        breaks = [(a, b) for s in lines for a, b in pairwise(s)]
        soft = [(a, b) for a, b in breaks if not LINE_ENDED.search(a.text)]
        if not breaks or len(soft) * 3 < len(breaks):
            continue
        longest = max(columns(p.text) + _indent(p, indents) for s in lines for p in s)
        if lang == "zh":
            breaks = [(a, b) for a, b in soft if not _heads(a, seen)]
        rows = [(a.text, _indent(a, indents), b.text) for a, b in breaks]
        if wrap := _wrap_of(rows, longest, lang):
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


def _stretches(pieces: Sequence[Piece], lang: str, indents: Mapping[int, int]) -> list[list[Piece]]:
    """The plain lines of one language, those together between which nothing stands."""
    found: list[list[Piece]] = []
    before = None
    for piece in pieces:
        plain = piece.line.kind in ("", "quote", "list", "cell") and piece.begins and piece.ends
        begins = piece.gap or piece.label or piece.line.start in indents
        if begins or before is None or before.lang != piece.lang or not plain:
            found.append([])
        before = piece
        if piece.lang == lang and plain:
            found[-1].append(piece)
    return found


def _parted(pieces: Sequence[Piece]) -> bool:
    """Whether the Chinese paragraphs are parted by blank lines: then a line alone is none."""
    plain = [p for p in pieces if p.lang == "zh" and p.line.kind in ("", "quote") and p.begins]
    return sum(p.gap for p in plain) * 10 >= 6 * len(plain)


def _runs_over(line: str, after: str) -> bool:
    """Whether a Chinese line goes on in the next one, where paragraphs are parted by blank lines.

    Converters wrap at blanks only, so that a Chinese line of any length ends before a Latin word;
    and a line with sentences in it that ends without a mark is no heading.

    >>> _runs_over("去年登上这个讲台的是英国的小说家J.K.", "Rowling女士。")
    True
    >>> _runs_over("什么是大模型", "GPT 是其中之一。"), _runs_over("一、总体情况", "各方认为，进展顺利。")
    (False, False)
    """
    last, full = line.rstrip(".")[-1:], columns(line)
    ended = bool(LINE_ENDED.search(line))
    if WORD.match(after):
        return full >= LEAST and (not ended or (last.isalpha() and not HAN.match(last)))
    return not ended and full >= 40 and not set("，。；").isdisjoint(line)


@dataclass(frozen=True)
class _Lines:
    """The lines of a document, and how it writes them."""

    pieces: Sequence[Piece]
    wrap: Mapping[str, Wrap]
    parted: bool  # Chinese paragraphs have blank lines between them
    indents: Mapping[int, int]

    @cached_property
    def numbers(self) -> list[Number | None]:
        """The number of an item that each line begins with."""
        return [number_at(p.text, ITEMS) for p in self.pieces]

    @cached_property
    def forms(self) -> Counter[tuple[str, Form]]:
        """How many lines of each language begin with a number of each form."""
        rows = zip(self.pieces, self.numbers, strict=True)
        return Counter((p.lang, number.form) for p, number in rows if number)


def _continues(lines: _Lines, k: int) -> bool:
    """Whether piece k is the same paragraph as the one before it: so its place says, or what the lines are."""
    before, piece = lines.pieces[k - 1], lines.pieces[k]
    settled = _settled(lines, k)
    if settled is not None:
        return settled
    if piece.line.start in lines.indents and not before.line.kind:
        return False
    return sum(weight for sign, weight in SIGNS if sign(lines, k)) > 0


def _settled(lines: _Lines, k: int) -> bool | None:
    """Whether a piece goes on with the one before it, where its place and its markup say so."""
    before, piece = lines.pieces[k - 1], lines.pieces[k]
    old, new = before.line.kind, piece.line.kind
    if old == new == "code" and piece.lang == before.lang:
        return before.line.group == piece.line.group and not (piece.gap and piece.line.group < 0)
    if piece.gap or piece.label or piece.turn or piece.lang != before.lang:
        return False
    if piece.over:
        return True
    if before.line.start == piece.line.start:
        return not (piece.begins or piece.inside)
    if not (piece.begins and before.ends) or before.inside:
        return False
    if old in ("", "list") and new == "" and is_number(before.text):
        return True
    if old == new == "cue" and before.line.group == piece.line.group:
        return True
    same = old == new and (old in ("", "quote", "code") or _in_one_cell(before, piece))
    below_item = old in ("list", "footnote") and new == ""
    no_item = old == "" and new == "list" and _is_number_within(lines, k)
    return None if same or below_item or no_item else False


def _in_one_cell(before: Piece, piece: Piece) -> bool:
    """Whether two lines stand in one cell of a table: between two cells no line ends, or a blank one stands."""
    one, two = before.line, piece.line
    return one.kind == two.kind == "cell" and one.group == two.group and one.end < two.start


# --- signs that a line goes on with the one above it, or begins a paragraph --------------------------


def _opens_item(lines: _Lines, k: int) -> bool:
    dashed = _is_dashed(lines, k) and not _is_saying(lines, k)
    return is_item(lines.pieces[k].text) and not dashed and not _is_number_within(lines, k)


def _is_number_within(lines: _Lines, k: int) -> bool:
    """Whether a number at a line's head is a sentence's own: no other has its form, and the sentence has not ended.

    `at / 2. 14 in the morning`, `no more than / 30. The rest`; `Booker / T. Washington`.
    """
    before, piece = lines.pieces[k - 1], lines.pieces[k]
    number = lines.numbers[k]
    if not number or LINE_ENDED.search(before.text):
        return False
    if number.form is Form.LETTER and piece.text.lstrip()[:1].isupper():
        return piece.text[number.end :].lstrip()[:1].isupper()
    alone = lines.forms[piece.lang, number.form] == 1
    return number.value > 1 and alone and columns(before.text) >= LEAST


def _is_dashed(lines: _Lines, k: int) -> bool:
    """Whether a dash opens a line below one that has not ended, and is no item's."""
    before, piece = lines.pieces[k - 1], lines.pieces[k]
    dashes = DASHED.match(piece.text) and not DASHED.match(before.text)
    return bool(dashes) and not LINE_ENDED.search(before.text)


def _is_saying(lines: _Lines, k: int) -> bool:
    """Whether a line says whose the saying above it is: a dash, no full stop, and nothing goes on below."""
    piece, after = lines.pieces[k], lines.pieces[k + 1 : k + 2]
    last = not after or after[0].gap or after[0].lang != piece.lang or bool(after[0].label)
    return _is_dashed(lines, k) and last and not LINE_ENDED.search(piece.text)


def _ends_by_dash(lines: _Lines, k: int) -> bool:
    wide = columns(lines.pieces[k - 1].text) >= LEAST
    return wide and _is_dashed(lines, k) and bool(LINE_ENDED.search(lines.pieces[k].text))


def _is_footnote(lines: _Lines, k: int) -> bool:
    return bool(FOOTNOTE.match(lines.pieces[k].text))


def _is_mark(lines: _Lines, k: int) -> bool:
    """Whether all a line has is a mark that was left over from a sentence."""
    before, piece = lines.pieces[k - 1], lines.pieces[k]
    return is_chinese_marks(piece.text) and not NOTED_ENDED.search(before.text)


def _is_full(lines: _Lines, k: int) -> bool:
    """Whether the line above ends where the next word had no room."""
    piece = lines.pieces[k]
    wrap = lines.wrap.get(piece.lang)
    return wrap is not None and _fills(lines.pieces[k - 1], piece, wrap, lines.indents)


def _has_ended(lines: _Lines, k: int) -> bool:
    return bool(LINE_ENDED.search(lines.pieces[k - 1].text))


def _is_part(lines: _Lines, k: int) -> bool:
    """Whether a sentence has ended, and the number of a part begins a short line: a heading."""
    piece = lines.pieces[k]
    ended = NOTED_ENDED.search(lines.pieces[k - 1].text)
    return bool(ended and number_at(piece.text, PARTS)) and columns(piece.text) < LEAST


def _is_over(lines: _Lines, k: int) -> bool:
    before, piece = lines.pieces[k - 1], lines.pieces[k]
    chinese = piece.lang == "zh" and lines.parted
    return chinese and _runs_over(before.text.strip(), piece.text.strip())


def _begins_small(lines: _Lines, k: int) -> bool:
    before, piece = lines.pieces[k - 1], lines.pieces[k]
    return piece.lang == "en" and _is_small(piece.text) and len(WORD.findall(before.text)) > 4


def _is_small(text: str) -> bool:
    """Whether an English line begins as one that goes on with the sentence."""
    first, _, rest = text.lstrip().partition(" ")
    head = rest.lstrip()[:1] if first in ("-", "–", "—") else first[:1]
    return head.islower() or head == "("


def _completes(lines: _Lines, k: int) -> bool:
    """Whether a Chinese line completes what a comma left open, in a text that is not wrapped."""
    before, piece = lines.pieces[k - 1], lines.pieces[k]
    chinese = piece.lang == "zh" and "zh" not in lines.wrap and piece.line.kind != "list"
    return chinese and _goes_on(before.text, piece.text)


#: What each sign weighs, set by hand: a line goes on where the sum is above nothing.
SIGNS: tuple[tuple[Callable[[_Lines, int], bool], int], ...] = (
    (_is_full, 2), (_is_over, 2), (_begins_small, 1), (_completes, 1), (_ends_by_dash, 1), (_is_mark, 9),
    (_has_ended, -1), (_is_part, -2), (_is_saying, -5), (_opens_item, -5), (_is_footnote, -5),
)  # fmt: skip


def _goes_on(line: str, after: str) -> bool:
    """Whether a line that ends in a comma is half of what the next line completes.

    Recitals end in commas too: they are long, or begin alike.

    >>> _goes_on("空山新雨后，", "天气晚来秋。"), _goes_on("鉴于河水年年上涨，", "鉴于堤岸失修，")
    (True, False)
    """
    line, after = line.strip(), after.strip()
    open_end = line.endswith(tuple(COMMAS)) and columns(line) <= RECITAL
    return open_end and (line[:2] != after[:2] or columns(line) == columns(after))


def _block(text: str, number: int, group: Sequence[Piece]) -> Block:
    first = group[0]
    spans = [s for p in group for s in p.passage.spans]
    kind = first.line.kind
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
