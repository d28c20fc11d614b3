"""Text -> sentences, by rules that would rather split once too often than miss an end.

The aligner merges what was split too finely; it cannot part what was left in one piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bitext.text.ending import Mark, mark_at
from bitext.text.marks import (
    BULLETS,
    CLOSERS,
    CLOSING,
    NARROW_STOPS,
    OPENERS,
    SEMICOLONS,
    WIDE_STOPS,
)
from bitext.text.matches import sure
from bitext.text.numbering import CIRCLED
from bitext.text.quotes import find_quotes
from bitext.text.rules import first_said
from bitext.text.scripts import HAN, HAN_CLASS
from bitext.text.words import any_of, words


@dataclass(frozen=True, slots=True)
class Sentence:
    """text[start:end]; `glued`: no white space stands between it and the next sentence."""

    start: int
    end: int
    glued: bool


SENTENCE_END = re.compile(rf"(?:[{NARROW_STOPS}]+|[{WIDE_STOPS}]+)[{CLOSING}]*")
#: A comma glued to a capital is where a line ended: `Dear friends,It is a pleasure`; so is a colon
#: before the first number of a list.
CLAUSE_END = re.compile(
    rf"(?:[{NARROW_STOPS}]+|[{WIDE_STOPS}]+|[{SEMICOLONS}])[{CLOSING}]*|(?<=[a-z]),(?=[A-Z][a-z]*['’ ])"
    r"|:(?=\s+1[.)]\s|\(?(?:1|[aAiI])[.)]\s?[A-Z]|①)"
)
WORD_BEFORE = re.compile(r"[^\s“‘\"(\[（—–/-]*$")
WORD_AFTER = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ’']*")
WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff65\U00020000-\U0003ffff“”‘’…—]")
#: How far back a word, a quotation or a bracket is looked for: no rule costs more on a long line.
LOOK_BACK = 400


#: A full stop after these never ends a sentence: a name or a number follows.
TITLES = words("sentences/titles")
#: A full stop after these is an abbreviation's only before a number: No. 5, but “Oh, no. I …”
NUMBERED = words("sentences/numbered")
#: A full stop after these ends a sentence only before a word that opens one.
ABBREVIATIONS = words("sentences/abbreviations")
#: Of these, the ones that end a sentence as often as not.
MAY_END = words("sentences/may_end")
#: Words that open a sentence more often than they continue one with a capital letter.
OPENING_WORDS = words("sentences/openings")
#: What follows a full stop inside a product's or a site's name: ASP.NET, Node.JS, Booking.Com.
NAME_TAILS = words("sentences/name_tails")
#: The labels of lists: 4. 2.1. ii. b. B. 2) (b) • ②; and one before what it labels, which may be 2.1 too.
LABELS = (
    r"\d{1,2}(?:\.\d{1,2}){0,3}[.)]|(?:[A-Za-z]|[ivx]{2,4}|[IVX]{2,4})[.)]"
    rf"|\((?:\d{{1,2}}|[A-Za-z]|[ivx]{{2,4}})\)|[{BULLETS}{CIRCLED}–-]"
)
LABEL = re.compile(
    rf"(?:{LABELS}|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}(?=\s))\s*(?=[“‘\"'(\[]*[A-Z{HAN_CLASS}])"
)
LABEL_AT_END = re.compile(rf"([.!?{WIDE_STOPS}])[{CLOSING}]*\s?({LABELS})\s*\Z")
#: A name of code: java.util before its .List.
CODE_NAME = re.compile(r"[a-z_]\w*(?:\.[a-z_]\w*)+")
ADDRESS = re.compile(rf"://|\bwww\.|@|\\|\.{any_of('sentences/address_ends')}\b", re.I)


def split_sentences(text: str, lang: str, *, clauses: bool = False) -> list[Sentence]:
    """The sentences of `text` in order; together they hold every character that is not white space.

    A line break ends a sentence too; with `clauses` a semicolon does.

    >>> [text[s.start:s.end] for text in ["It is so.But why? Dr. Li knows."]
    ...  for s in split_sentences(text, "en")]
    ['It is so.', 'But why?', 'Dr. Li knows.']
    """
    ends = ends_en if lang == "en" else _ends_zh
    sentences = []
    for start, stop in filled_lines(text):
        for end in ends(text, start, stop, CLAUSE_END if clauses else SENTENCE_END):
            after = _skip_space(text, end, stop)
            sentences.append(Sentence(start, end, glued=after == end))
            start = after
        sentences.append(Sentence(start, stop, glued=False))
    return sentences


def sentences_of(text: str, lang: str) -> list[str]:
    """The sentences of `text` as they stand there."""
    return [text[s.start : s.end] for s in split_sentences(text, lang)]


def filled_lines(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the lines that hold something, without the white space around them."""
    for line in re.finditer(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+", text):
        piece = line.group()
        body = piece.strip()
        if body:
            start = line.start() + len(piece) - len(piece.lstrip())
            yield start, start + len(body)


def _skip_space(text: str, at: int, stop: int) -> int:
    while at < stop and text[at].isspace():
        at += 1
    return at


#: Characters within which a word is looked for, hand-set: no English word is longer.
WORD_WITHIN = 40


def _word_before(text: str, start: int, at: int) -> str:
    return sure(WORD_BEFORE.search(text[max(start, at - WORD_WITHIN) : at])).group()


def _word_after(text: str, at: int) -> str:
    while at < len(text) and text[at] in OPENERS:
        at += 1
    found = WORD_AFTER.match(text, at, at + WORD_WITHIN)
    return found.group() if found else ""


# English ----------------------------------------------------------------------------------------


def ends_en(text: str, start: int, stop: int, pattern: re.Pattern) -> Iterator[int]:
    """The offsets inside text[start:stop] at which an English sentence ends and another begins."""
    quotes, counted = 0, start
    for match in pattern.finditer(text, start, stop):
        if match.start() < start:
            continue
        quotes += text.count('"', counted, match.start())
        counted = match.start()
        end = _before_opening_quote(text, start, match, stop, quotes % 2 == 0)
        after = _skip_space(text, end, stop)
        if after < stop and _ends_sentence_en(mark_at(text, start, match.start(), end, after)):
            yield end
            start = after


def _before_opening_quote(text: str, start: int, end: re.Match, stop: int, even: bool) -> int:
    """Where the sentence ends when a straight quote after its full stop opens the next one."""
    mark = end.group()
    for quote in "\"'":
        at = end.start() + mark.find(quote)
        if quote not in mark or at + 1 >= stop or text[at + 1].isspace():
            continue
        if even if quote == '"' else not _quote_is_open(text, start, end.start()):
            return at if at > end.start() else end.end()
    return end.end()


def _quote_is_open(text: str, start: int, at: int) -> bool:
    """Whether a single straight quote was opened before `at` in this sentence and not closed."""
    piece = text[max(start, at - LOOK_BACK) : at]
    opened = len(re.findall(r"(?<![\w.!?,])'(?=\w)", piece))
    return opened > len(re.findall(r"(?<=[\w.!?,])'(?!\w)", piece))


# A rule says whether a sentence ends at the mark, or None where it does not know.


def _another_mark_follows(m: Mark) -> bool | None:
    run_on = m.char in NARROW_STOPS and m.following in NARROW_STOPS
    return False if run_on or m.following in ",;:)，；：）" else None


def _stop_of_its_own_label(m: Mark) -> bool | None:
    """The full stop of the label with which the sentence begins."""
    return False if m.char == "." and _is_label(m.text, m.start, m.after) else None


def _glued_to_a_label(m: Mark) -> bool | None:
    if m.glued and LABEL.match(m.text, m.after):
        return _ends_before_label(m.text, m.start, m.at, m.char)
    return None


def _always_ends(m: Mark) -> bool | None:
    """A Chinese mark; and the colon that CLAUSE_END finds before a list."""
    return True if m.char in WIDE_STOPS + "；:" else None


def _ends_a_clause(m: Mark) -> bool | None:
    return (not m.glued or m.following.isupper()) if m.char in ";," else None


def _glued_to_no_opening(m: Mark) -> bool | None:
    return False if m.glued and not _may_open(m.following) else None


def _asks_or_exclaims(m: Mark) -> bool | None:
    goes_on = m.following.islower() and (m.closers or m.glued)
    return not goes_on if m.char in "!?" else None


def _trails_off(m: Mark) -> bool | None:
    dots = m.char == "…" or m.text.startswith("..", m.at)
    return not m.following.islower() if dots else None


def _quoted_in_mid_sentence(m: Mark) -> bool | None:
    return False if m.following.islower() and m.closers.strip(")]") else None


#: What tells whether an English sentence ends; a single full stop comes through to STOP_RULES.
RULES_EN = (
    _another_mark_follows, _stop_of_its_own_label, _glued_to_a_label, _always_ends, _ends_a_clause,
    _glued_to_no_opening, _asks_or_exclaims, _trails_off, _quoted_in_mid_sentence,
)  # fmt: skip


def _ends_sentence_en(mark: Mark) -> bool:
    said = first_said(RULES_EN, mark)
    if said is None:
        said = first_said(STOP_RULES, _full_stop(mark))
    return said is not False


def _is_label(text: str, start: int, after: int) -> bool:
    """Whether text[start:after] is nothing but the label of a list's item."""
    label = LABEL.match(text, start)
    return label is not None and label.end() == after


def _ends_before_label(text: str, start: int, at: int, mark: str) -> bool:
    """Whether a sentence ends at the mark to which what looks like a list's label is glued.

    So it does at `verifiable.4.Companies`, not at `No.4.`, `Mr.B.Smith`, `U.S.A.`, `v2.1 Beta`.
    """
    if mark != ".":
        return True
    word = _word_before(text, start, at)
    core = word.lower().lstrip("'").rstrip(CLOSERS)
    known = core in TITLES or core in NUMBERED or core in ABBREVIATIONS
    return _is_long(core) and not known and not _inside_address(text, at)


#: Letters of a word, hand-set: shorter ones before a number are mostly abbreviations (v2, p.3).
LEAST_LETTERS = 3


def _is_long(word: str) -> bool:
    return len(word) >= LEAST_LETTERS and word.isalpha()


def label_at_end(text: str) -> str:
    """The label of a list's item that stands behind the last sentence: it is the next item's.

    >>> label_at_end("It must be verifiable.4."), label_at_end("See No.4."), label_at_end("Plan B.")
    ('4.', '', '')
    """
    found = LABEL_AT_END.search(text, max(0, len(text) - LOOK_BACK))
    if not found or not _ends_before_label(text, 0, found.start(), found.group(1)):
        return ""
    return found.group(2)


def _may_open(char: str) -> bool:
    return char.isupper() or char.isdigit() or char in "“‘\"'([（《@#" or bool(HAN.match(char))


class FullStop(NamedTuple):
    """A single full stop, the words around it, and how they are written."""

    mark: Mark
    word: str
    core: str  # the word in small letters
    next: str  # the word behind it
    glued: bool  # to that, with no quotation mark between them

    @property
    def opens(self) -> bool:
        """Whether the word behind it is one that opens sentences."""
        return self.next in OPENING_WORDS

    @property
    def before_digit(self) -> bool:
        return self.mark.text[self.mark.after].isdigit()


def _full_stop(m: Mark) -> FullStop:
    word = _word_before(m.text, m.start, m.at).lstrip("'")
    return FullStop(
        m, word, word.lower(), _word_after(m.text, m.after), glued=m.glued and not m.closers
    )


def _in_an_address(s: FullStop) -> bool | None:
    return False if s.glued and _inside_address(s.mark.text, s.mark.at) else None


def _in_a_name(s: FullStop) -> bool | None:
    """ASP.NET, java.util.List"""
    name = (s.next in NAME_TAILS and s.word[:1].isupper()) or CODE_NAME.fullmatch(s.word)
    return False if s.glued and name else None


def _after_a_title(s: FullStop) -> bool | None:
    """Dr., e.g."""
    return False if s.core in TITLES or s.core in LATIN else None


def _before_its_number(s: FullStop) -> bool | None:
    """No. 5"""
    return False if s.core in NUMBERED and s.before_digit else None


def _number_of_an_item(s: FullStop) -> bool | None:
    if not s.core.isdigit() or len(s.core) > ITEM_DIGITS:
        return None
    before = s.mark.text[s.mark.start : s.mark.at - len(s.word)].rstrip()
    return False if not before or before[-1] in ":：;；" else None


def _in_dotted_letters(s: FullStop) -> bool | None:
    """U.S., a.m., Ph.D."""
    if not DOTTED.fullmatch(s.word):
        return None
    goes_on = s.glued and s.word.isupper() and len(s.next) <= 1
    return s.opens and not goes_on


def _after_an_initial(s: FullStop) -> bool | None:
    """J. Li"""
    return s.opens if len(s.core) == 1 and s.word.isupper() and s.core != "i" else None


def _after_an_abbreviation(s: FullStop) -> bool | None:
    may_end = s.core in MAY_END and s.next[:1].isupper()
    return s.opens or may_end if s.core in ABBREVIATIONS else None


def _glued_to_a_number(s: FullStop) -> bool | None:
    """killing nine.2004: …, but not v2.0, fig.3, section.4"""
    if not (s.glued and s.before_digit):
        return None
    return _is_long(s.core) and bool(GLUED_YEAR.match(s.mark.text, s.mark.after))


def _glued_between_capitals(s: FullStop) -> bool | None:
    """AI.IBM; a letter or a numeral alone: Henry.V"""
    acronyms = s.next.isupper() and len(s.next) > 1 and s.word[:2].isupper()
    lone = len(s.next) == 1 and s.next not in "IA"
    some = acronyms or lone or s.mark.text.startswith("I.", s.mark.after)
    return False if s.glued and some else None


def _glued_to_nothing(s: FullStop) -> bool | None:
    return False if s.glued and not s.core else None


#: Latin words, each half of which has a full stop behind it.
LATIN = frozenset(("e.g", "i.e", "viz"))
#: Digits of the number of a list's item, hand-set: longer ones are years and amounts.
ITEM_DIGITS = 3
DOTTED = re.compile(r"(?:[A-Za-z]{1,2}\.)+[A-Za-z]{1,2}")
#: What tells that a single full stop ends no sentence, or may; where none says so it ends one.
STOP_RULES = (
    _in_an_address, _in_a_name, _after_a_title, _before_its_number, _number_of_an_item,
    _in_dotted_letters, _after_an_initial, _after_an_abbreviation, _glued_to_a_number,
    _glued_between_capitals, _glued_to_nothing,
)  # fmt: skip


FILE_TAIL = re.compile(r"\.\w+(?:[/\\=&_]|\.[a-z]{2,4}\b)")
GLUED_YEAR = re.compile(r"(?:1[5-9]|20)\d\d\b(?![.\w])")
#: Characters before and behind a full stop in which the marks of an address are looked for.
ADDRESS_BEFORE, ADDRESS_BEHIND = 80, 20


def _inside_address(text: str, at: int) -> bool:
    """Whether the run without white space around `at` is an address, a URL or a file name."""
    if text[at + 1 : at + 2] in CLOSERS:
        return False
    left = sure(re.search(r"\S*$", text[max(0, at - ADDRESS_BEFORE) : at])).group()
    right = sure(re.match(r"\S*", text[at : at + ADDRESS_BEHIND])).group()
    return bool(ADDRESS.search(left) or ADDRESS.match(right) or FILE_TAIL.match(right))


# Chinese ----------------------------------------------------------------------------------------

#: After a closing quote these carry the sentence on: “……。”的说法, 《……！》一书
CARRIES_ON = frozenset("的地得，、,；;：:和与或是说道问喊叫")
BRACKETS = {"《": "》", "〈": "〉", "（": "）", "(": ")"}
CLOSING_BRACKETS = frozenset(BRACKETS.values())


#: Brackets that are looked at, the innermost ones, hand-set: how far before the mark they may have
#: opened, in characters; how many of them enclose it; how many are remembered, most left open by
#: mistake.
BRACKET_WITHIN, NESTED, REMEMBERED = 120, 4, 8


def _ends_zh(text: str, start: int, stop: int, pattern: re.Pattern) -> Iterator[int]:
    """The offsets inside text[start:stop] at which a Chinese sentence ends and another begins."""
    opened: list[int] = []  # where the brackets open that enclose the place
    quotes = find_quotes(text, start, stop)
    scanned = start
    for match in pattern.finditer(text, start, stop):
        opened = _brackets(text, opened, scanned, match.start())
        scanned = match.start()
        end = _behind_quotes(quotes, match)
        after = _skip_space(text, end, stop)
        if after < stop and not _is_enclosed(text, opened, match):
            mark = mark_at(text, start, match.start(), end, after)
            if _ends_sentence_zh(mark):
                yield end
        opened = opened[-REMEMBERED:]


def _brackets(text: str, opened: Sequence[int], start: int, stop: int) -> list[int]:
    """Where the brackets open that enclose `stop`, those `opened` that enclosed `start`."""
    found = list(opened)
    for at in range(start, stop):
        char = text[at]
        if char in BRACKETS:
            found.append(at)
        elif char in CLOSING_BRACKETS and found:
            found.pop()
    return found


def _is_enclosed(text: str, opened: Sequence[int], match: re.Match[str]) -> bool:
    """Whether the mark stands in a title, or in brackets that do not close with it."""
    closes = any(char in CLOSING_BRACKETS for char in match.group())
    inside = (at for at in opened[-NESTED:] if at > match.start() - BRACKET_WITHIN)
    return any(text[at] in "《〈" or not closes for at in inside)


def _behind_quotes(quotes: Mapping[int, bool], match: re.Match[str]) -> int:
    """Where the mark ends: before a quotation mark that opens, behind those that close."""
    end = next((at for at in range(*match.span()) if quotes.get(at)), match.end())
    while quotes.get(end) is False:
        end += 1
    return end


def _carried_on(m: Mark) -> bool | None:
    quoted = m.closers and m.following in CARRIES_ON
    return False if quoted or m.following in "，、,：:；;。！？｡）)」』”’》" else None


def _chinese_mark(m: Mark) -> bool | None:
    return True if m.char in WIDE_STOPS + "；" else None


def _dots(m: Mark) -> bool | None:
    if m.char == "…" or m.text.startswith("...", m.at):
        return bool(m.closers) or not m.glued or m.following in "“「『"
    return None


def _full_stop_in_chinese(m: Mark) -> bool | None:
    if m.char != ".":
        return None
    before = m.text[max(0, m.at - 2) : m.at]
    latin = not m.glued and before[-1:].islower() and before[:1].isalpha() and len(before) > 1
    return (_is_behind_wide(m) or latin) and (not m.glued or _is_before_wide(m))


def _half_width_mark(m: Mark) -> bool:
    return _is_behind_wide(m) or _is_before_wide(m) or not m.glued


def _is_behind_wide(m: Mark) -> bool:
    before = m.text[m.at - 1] if m.at else " "
    return bool(WIDE.match(before)) or before in CLOSERS


def _is_before_wide(m: Mark) -> bool:
    return bool(WIDE.match(m.following))


#: What tells whether a Chinese sentence ends; the last one always says.
RULES_ZH = (_carried_on, _chinese_mark, _dots, _full_stop_in_chinese, _half_width_mark)


def _ends_sentence_zh(mark: Mark) -> bool:
    return bool(first_said(RULES_ZH, mark))
