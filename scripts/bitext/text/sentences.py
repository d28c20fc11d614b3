"""Text -> sentences, by rules that would rather split once too often than miss an end.

The aligner merges what was split too finely; it cannot part what was left in one piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bitext.text.matches import sure
from bitext.text.scripts import HAN
from bitext.text.words import any_of, words


@dataclass(frozen=True, slots=True)
class Sentence:
    """text[start:end]; `glued`: no white space stands between it and the next sentence."""

    start: int
    end: int
    glued: bool


CLOSERS = "”’\"'＂＇»)]】）」』》〉"
OPENERS = "“‘\"'＂＇«([【（「『《—–-•"
SENTENCE_END = re.compile(rf"(?:[.!?…]+|[。！？｡]+)[{re.escape(CLOSERS)}]*")
#: A comma glued to a capital is where a line ended: `Dear friends,It is a pleasure`; so is a colon
#: before the first number of a list.
CLAUSE_END = re.compile(
    rf"(?:[.!?…]+|[。！？｡]+|[;；])[{re.escape(CLOSERS)}]*|(?<=[a-z]),(?=[A-Z][a-z]*['’ ])"
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
    r"|\((?:\d{1,2}|[A-Za-z]|[ivx]{2,4})\)|[•◦▪●‣①-⑳–-]"
)
LABEL = re.compile(
    rf"(?:{LABELS}|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}(?=\s))\s*(?=[“‘\"'(\[]*[A-Z\u4e00-\u9fff])"
)
LABEL_AT_END = re.compile(rf"([.!?。！？])[{re.escape(CLOSERS)}]*\s?({LABELS})\s*\Z")
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
    ends = _ends_en if lang == "en" else _ends_zh
    sentences = []
    for start, stop in _lines(text):
        for end in ends(text, start, stop, CLAUSE_END if clauses else SENTENCE_END):
            after = _skip_space(text, end, stop)
            sentences.append(Sentence(start, end, glued=after == end))
            start = after
        sentences.append(Sentence(start, stop, glued=False))
    return sentences


#: Where a sentence can be cut at all: after a mark, or before a capital letter that follows none.
SEAM = re.compile(r"[,:;，：；、。—](?=\s|[^\x00-\x7f])\s*|\s+(?=[A-Z“\"(])")
#: Where a sentence may end: after an abbreviation or a lone capital, in the U.S. Rosa will bring …;
#: at a full stop glued to a small letter or a number, all of it.603 people; after a pictograph.
TOSS_UP = re.compile(
    r"\b(?:(?:[A-Za-z]\.)+|(?:Jr|Sr|Inc|Ltd|Corp|Co|al)\.)(?:\s+(?=[A-Z“\"])|(?=[A-Z][a-z]+[ ,]))"
    rf"|(?<=[a-z]{{3}})[.!?](?=(?!{any_of('sentences/address_ends')}\b)[a-z]{{1,20}}[ ,'’]|\d+\s)"
    r"|[\u2600-\u27bf\U0001f300-\U0001faff][\u2600-\u27bf\ufe0f\u200d\U0001f300-\U0001faff]*\s*(?=[^\s.,;:!?)”’])"
)
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


def space_repairs(text: str, lang: str) -> list[int]:
    """Where a space is missing after an English sentence: offsets at which one is to be put in.

    Stricter than the splitter: a wrong split is merged again, a wrong space would change the text.

    >>> space_repairs("regional initiatives.But the U.S.A. and Track 1.5 stay", "en")
    [21]
    """
    if lang != "en":
        return []
    return [
        end
        for start, stop in _lines(text)
        for end in _ends_en(text, start, stop, SENTENCE_END)
        if end < stop and not text[end].isspace() and _surely_glued(text, start, end)
    ]


def _lines(text: str) -> Iterator[tuple[int, int]]:
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


def _word_before(text: str, start: int, at: int) -> str:
    return sure(WORD_BEFORE.search(text[max(start, at - 40) : at])).group()


def _word_after(text: str, at: int) -> str:
    while at < len(text) and text[at] in OPENERS:
        at += 1
    found = WORD_AFTER.match(text, at, at + 40)
    return found.group() if found else ""


# English ----------------------------------------------------------------------------------------


def _ends_en(text: str, start: int, stop: int, pattern: re.Pattern) -> Iterator[int]:
    """The offsets inside text[start:stop] at which an English sentence ends and another begins."""
    quotes, counted = 0, start
    for match in pattern.finditer(text, start, stop):
        if match.start() < start:
            continue
        quotes += text.count('"', counted, match.start())
        counted = match.start()
        end = _before_opening_quote(text, start, match, stop, quotes % 2 == 0)
        after = _skip_space(text, end, stop)
        if after < stop and _ends_sentence_en(text, start, match.start(), end, after):
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


def _ends_sentence_en(text: str, start: int, at: int, end: int, after: int) -> bool:
    mark, closers = text[at], text[at:end].lstrip(".!?…。！？｡;；")
    following = text[after]
    glued = after == end
    if following in ",;:)，；：）" or (mark in ".…!?" and following in ".…!?"):
        return False
    if mark == "." and _is_label(text, start, after):
        return False  # the full stop of the label with which the sentence begins
    if glued and LABEL.match(text, after):
        return _ends_before_label(text, start, at, mark)
    if mark in "。！？｡；":
        return True
    if mark == ":":
        return True
    if mark in ";,":
        return not glued or following.isupper()
    if glued and not _may_open(following):
        return False
    if mark in "!?":
        return not (following.islower() and (closers or glued))
    if mark == "…" or text.startswith("..", at):
        return not following.islower()
    if following.islower() and closers.strip(")]"):
        return False
    return _full_stop_ends(text, start, at, after, glued and not closers)


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
    return len(core) > 2 and core.isalpha() and not known and not _inside_address(text, at)


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


def _full_stop_ends(text: str, start: int, at: int, after: int, glued: bool) -> bool:
    """Whether the single full stop at `at` ends a sentence: not in U.S., Dr., J. Li, ASP.NET, 1."""
    word = _word_before(text, start, at).lstrip("'")
    core, following = word.lower(), _word_after(text, after)
    opens = following in OPENING_WORDS
    if glued and (
        _inside_address(text, at)
        or (following in NAME_TAILS and word[:1].isupper())
        or CODE_NAME.fullmatch(word)
    ):
        return False
    if core in TITLES or core in ("e.g", "i.e", "viz"):
        return False
    if core in NUMBERED and text[after].isdigit():
        return False
    if core.isdigit() and len(core) <= 3:
        before = text[start : at - len(word)].rstrip()
        if not before or before[-1] in ":：;；":
            return False  # the number of a list item
    if re.fullmatch(r"(?:[A-Za-z]{1,2}\.)+[A-Za-z]{1,2}", word):  # U.S, a.m, Ph.D
        return opens and not (glued and word.isupper() and len(following) < 2)
    if len(core) == 1 and word.isupper() and core != "i":  # an initial
        return opens
    if core in ABBREVIATIONS:
        return opens or (core in MAY_END and following[:1].isupper())
    if glued:
        acronyms = following.isupper() and len(following) > 1 and word[:2].isupper()
        lone = (len(following) == 1 and following not in "IA") or text.startswith("I.", after)
        if text[after].isdigit():  # killing nine.2004: …, but not v2.0, fig.3, section.4
            return core.isalpha() and len(core) > 2 and bool(GLUED_YEAR.match(text, after))
        return bool(core) and not acronyms and not lone
    return True


FILE_TAIL = re.compile(r"\.\w+(?:[/\\=&_]|\.[a-z]{2,4}\b)")
GLUED_YEAR = re.compile(r"(?:1[5-9]|20)\d\d\b(?![.\w])")


def _inside_address(text: str, at: int) -> bool:
    """Whether the run without white space around `at` is an address, a URL or a file name."""
    if text[at + 1 : at + 2] in CLOSERS:
        return False
    left = sure(re.search(r"\S*$", text[max(0, at - 80) : at])).group()
    right = sure(re.match(r"\S*", text[at : at + 20])).group()
    return bool(ADDRESS.search(left) or ADDRESS.match(right) or FILE_TAIL.match(right))


def _surely_glued(text: str, start: int, end: int) -> bool:
    """Whether a glued sentence end is beyond doubt, so that a space may be put in."""
    at = end
    while text[at - 1] in CLOSERS:
        at -= 1
    while at > start and text[at - 1] in ".!?…。！？｡":
        at -= 1
    word = sure(re.search(r"\S*$", text[max(start, at - 40) : at])).group()
    last = re.search(r"[\w)\]”’%]+$", word)
    opening = re.match(
        r"[“‘\"(\[]*(?:[A-Z][a-zà-ÿ]+|I|A)(?:['’]\w+)?(?!\.?[\w/\\@(_=])", text[end : end + 60]
    )
    if not last or not opening or text[at] not in ".!?" or ADDRESS.search(word):
        return False
    if text[at] == "." and text[at + 1 : at + 2] != ".":
        return (len(last.group()) > 1 and "." not in word.strip(".")) or word.endswith((")", "”"))
    return True


# Chinese ----------------------------------------------------------------------------------------

#: After a closing quote these carry the sentence on: “……。”的说法, 《……！》一书
CARRIES_ON = frozenset("的地得，、,；;：:和与或是说道问喊叫")
BRACKETS = {"《": "》", "〈": "〉", "（": "）", "(": ")"}
CLOSING = {close: open_ for open_, close in BRACKETS.items()}
#: Quotation marks that do not say whether they open: straight ones, but for the apostrophe within a
#: word; and curly ones, of which many a text puts the opening one at both ends.
QUOTES = re.compile(r"[\"＂“”]|(?<![A-Za-z])['＇]|['＇](?![A-Za-z])")
#: Before these stands an opening mark, or behind those a closing one, whatever came before.
BEFORE_OPENING = frozenset("：:（(《〈「『‘【[")
BEHIND_CLOSING = frozenset("，、。；！？：,;!?:）)》〉」』’】]")


def _ends_zh(text: str, start: int, stop: int, pattern: re.Pattern) -> Iterator[int]:
    """The offsets inside text[start:stop] at which a Chinese sentence ends and another begins."""
    opened: list[int] = []  # where the brackets open that enclose the place
    quotes = _quotes(text, start, stop)
    scanned = start
    for match in pattern.finditer(text, start, stop):
        for at in range(scanned, match.start()):
            char = text[at]
            if char in BRACKETS:
                opened.append(at)
            elif char in CLOSING and opened:
                opened.pop()
        mark = match.group()
        inside = [at for at in opened[-4:] if at > match.start() - 120]
        opened = opened[-8:]
        scanned = match.start()
        end = next((at for at in range(*match.span()) if quotes.get(at)), match.end())
        while quotes.get(end) is False:
            end += 1
        after = _skip_space(text, end, stop)
        if after >= stop or any(text[at] in "《〈" or not _closes(mark) for at in inside):
            continue
        if _ends_sentence_zh(text, match.start(), end, after):
            yield end
            start = after


#: What it costs that a quotation mark opens, or closes, against what stands beside it or how it is
#: written; that the next does the same; that the last opens or the first closes; that it is none.
AGAINST, AGAIN, UNFINISHED, NONE = 2.0, 1.5, 1.0, 0.8


def _quotes(text: str, start: int, stop: int) -> dict[int, bool]:
    """Where in the line text[start:stop] quotation marks stand, and whether each opens a quotation.

    They open and close in turn, as far as the marks and what stands beside them allow.
    """
    found = [q.start() for q in QUOTES.finditer(text, start, stop)]
    single = [at for at in found if text[at] in "'＇"]
    double = [at for at in found if text[at] not in "'＇"]
    return _in_turn(text, start, stop, single) | _in_turn(text, start, stop, double)


#: Marks read so far, the last one first: where it is, and whether it opens.
Read = tuple[()] | tuple["Read", tuple[int, bool]]


def _in_turn(text: str, start: int, stop: int, marks: Sequence[int]) -> dict[int, bool]:
    """Which of the marks of one size open: the cheapest reading of them all."""
    best: dict[bool, tuple[float, Read]]  # by whether the mark before it opens
    best = {False: (0.0, ()), True: (UNFINISHED + NONE, ())}
    for at in marks:
        left = text[at - 1] if at > start else " "
        right = text[at + 1] if at + 1 < stop else " "
        opening = left.isspace() or left in BEFORE_OPENING or text[at] == "“"
        closing = right.isspace() or right in BEHIND_CLOSING or text[at] == "”"
        cost = {
            True: AGAINST * (closing and not opening),
            False: AGAINST * (opening and not closing),
        }
        if text[at] == "“" and left in "。！？":  # the wrong mark, or reopened with a new paragraph
            cost[False] = UNFINISHED
        following: dict[bool, tuple[float, Read]] = {}
        for opens in (False, True):
            ways = ((c + AGAIN * (before == opens), r) for before, (c, r) in best.items())
            least, read = min(ways, key=lambda way: way[0])
            following[opens] = (least + cost[opens], (read, (at, opens)))
            if left.isdigit() and best[opens][0] + NONE < following[opens][0]:  # inches, or minutes
                following[opens] = (best[opens][0] + NONE, best[opens][1])
        best = following
    read = best[best[True][0] + UNFINISHED < best[False][0]][1]
    found: dict[int, bool] = {}
    while read:
        read, (at, value) = read
        found[at] = value
    return found


def _closes(mark: str) -> bool:
    return any(char in CLOSING for char in mark)


def _ends_sentence_zh(text: str, at: int, end: int, after: int) -> bool:
    mark, closers, following = text[at], text[at:end].lstrip(".!?…。！？｡;；"), text[after]
    if (closers and following in CARRIES_ON) or following in "，、,：:；;。！？｡）)」』”’》":
        return False
    before = text[at - 1] if at else " "
    spaced = after > end
    if mark in "。！？｡；":
        return True
    if mark == "…" or text.startswith("...", at):
        return bool(closers) or spaced or following in "“「『"
    wide = bool(WIDE.match(before) or before in CLOSERS)
    if mark == ".":
        latin = spaced and before.islower() and text[at - 2 : at - 1].isalpha()
        return (wide or latin) and (spaced or bool(WIDE.match(following)))
    return wide or bool(WIDE.match(following)) or spaced
