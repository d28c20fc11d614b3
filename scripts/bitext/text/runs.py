"""A line -> its runs of one language each: never cut inside a sentence, whatever that quotes."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from bitext.text.language import ACRONYM, GLOSS, WORD, language_of, weigh
from bitext.text.matches import sure
from bitext.text.scripts import HAN, HAN_CLASS
from bitext.text.source import Span


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one language in a line: text[start:end]; the runs of a line cover it all."""

    start: int
    end: int
    lang: str
    tail: int = 0  # so many characters at its end part it from the next run, and are no text


#: What can part a Chinese text from its English on one line, beside a full stop.
BARS = "|｜¦‖┃│▏❘∣"
SEPARATOR = re.compile(
    rf"\t|\s/+\s|\s*([{BARS}／])\1*\s*|\s(?:—+|–+|--+|==+|>>+|~~+|::+)\s|　{{2,}}"
)
#: The same at the end of a run: the whole run of a symbol, `|||`, with the blanks around it.
SEPARATOR_END = re.compile(rf"[\s/／{BARS}]+\Z|\s(?:—+|–+|--+|==+|>>+|~~+|::+)\s*\Z")
#: One symbol, or a run of one, that parts the two languages of a title; blanks alone do too.
TITLE_SYMBOL = r"(?:\s*(?:[/／•‧・∙→⇔↔]+|—+|–+|·+)\s*|\s+(?:-+|[~～]+|[=＝]+|[:：]+)\s+|\s+)"
ZH_STOP = re.compile(r"[。！？!?…；;][”’」』）)】》\"']*\s*\Z")
EN_STOP = re.compile(r"([\w)’”\"'%\]]+)([.!?…;]+)[”’\")\]]*\s*\Z")
#: A whole sentence, be it of one word: 请。 Please.
SENTENCE = re.compile(rf"\s*[“\"]?(?:[{HAN_CLASS}]+[。！？]|[A-Z][a-z]+[.!?])[”\"]?\s*")
ABBREVIATION = re.compile(
    r"(?:[A-Z]|[Mm]rs?|[DdMm]r|[Mm]s|[Pp]rof|[Ss]en|[Rr]ep|[Gg]ov|[Ss]t|[Vv]s|[Nn]o|[Ff]ig|[Ii]nc"
    r"|[Ll]td|[Cc]orp|[Cc]o|[Jj]r|[Ee]tc|[Ee]d|[Vv]ol|[Aa]l|[eE]\.g|[Ii]\.e|[A-Z](?:\.[A-Z])+)\Z"
)
ATOM = re.compile(f"[{HAN_CLASS}]|[A-Za-z\u00c0-\u024f]+")
#: So many characters without a letter part two texts, whatever they are.
LONG_GAP = 200
#: So far back goes what tells a full stop from an abbreviation's.
LOOK_BACK = 64
LEAD = re.compile(r"[“‘\"'(（《「『\[【]*\Z")
#: Beside an English capital a Chinese line may be a heading that carries its translation.
TITLE_WORD = re.compile(
    r"[\"“(]?(?:[A-Z0-9]|(?:of|the|and|in|on|for|to|a|an|with|by|from|as|at|or|vs)\b)"
)


def split_runs(
    text: str, heading: bool = False, titles: bool = False, loose: bool = False
) -> tuple[Run, ...]:
    """The line's runs of one language each; a line of one language is one run.

    A run ends where the script changes after a full stop, or at a separator: never inside a
    sentence, so that a Chinese sentence keeps the English words it quotes. With `titles`, a short
    line without a full stop is cut at the blank or symbol between a Chinese title and its English
    one. `loose` is for a document that has its texts in pairs on a line: two long stretches, one of
    each script, are cut although no full stop parts them.

    >>> [(r.start, r.lang) for r in split_runs("大家好。 Hello everyone. 请坐。 Please sit down.")]
    [(0, 'zh'), (5, 'en'), (21, 'zh'), (25, 'en')]
    >>> len(split_runs("我们使用 ChatGPT 来写作。"))
    1
    """
    if not HAN.search(text) or not WORD.search(text):
        return (Run(0, len(text), language_of(text)),)
    chunks = _chunks(text, loose)
    if len(chunks) == 1:
        caption = bool(CAPTION.match(text))
        titled = None
        if heading or titles or caption:
            titled = _titled(text, heading or caption, colon=heading and titles)
        return titled or (Run(0, len(text), language_of(text)),)
    return _merge(text, chunks, loose)


#: `图1　… Figure 1. …`: below a picture or a table, in both languages.
CAPTION = re.compile(
    r"\s*(?:[图表圖]\s?\d{1,2}.*\b(?:Figure|Fig\.|Table|Chart)\s?\d|(?:Figure|Fig\.|Table|Chart)\s?\d{1,2}.*[图表圖]\s?\d)"
)
#: A text and behind it, in brackets, its translation.
IN_BRACKETS = re.compile(r"(.{4,}?[^\s(（])\s*[(（]([^()（）]{4,})[)）]\s*\Z", re.S)


#: English letters for one Han character, hand-set: of a translation; of titles, which are freer.
TRANSLATED, TITLED = (1.2, 6.0), (1.2, 9.0)


def _letters_per_han(zh: str, en: str) -> float:
    return sum(map(len, WORD.findall(en))) / max(1, len(HAN.findall(zh)))


def translated_in_brackets(text: str) -> tuple[Run, Run] | None:
    """The two runs of a line that gives its translation in brackets at its end.

    >>> [r.lang for r in translated_in_brackets("Please sit down. （请坐下来吧。）")]
    ['en', 'zh']
    """
    match = IN_BRACKETS.match(text)
    if not match:
        return None
    langs = language_of(match[1]), language_of(match[2])
    if set(langs) != {"zh", "en"}:
        return None
    zh, en = match.groups() if langs[0] == "zh" else match.groups()[::-1]
    least, most = TRANSLATED
    if not least <= _letters_per_han(zh, en) <= most:
        return None
    return Run(match.start(1), match.end(1), langs[0]), Run(match.start(2), match.end(2), langs[1])


def _masked(text: str) -> str:
    """The text with glosses in brackets blanked, so that their script does not count."""
    return GLOSS.sub(lambda m: "\x00" * len(m.group()), text)


def _chunks(text: str, loose: bool = False) -> list[Span]:
    """The text cut where the script changes after a full stop or across a separator."""
    masked = _masked(text)
    if not HAN.search(masked) or not WORD.search(masked):
        masked = text
    cuts, changes = _changes(text, masked)
    more = {*cuts, *_weak_cuts(masked, changes)}
    alternates = bool(cuts) and len(more) >= ALTERNATING
    if alternates or (loose and len(changes) == 1):
        cuts = sorted(more)
    if loose or alternates:
        cuts = sorted({*cuts, *_greeting_cuts(text)})
    return [(a, b) for a, b in itertools.pairwise([0, *cuts, len(text)]) if a < b]


def _changes(text: str, masked: str) -> tuple[list[int], list[Span]]:
    """Where a new run begins as the script changes; and all gaps at which it changes, cut or not."""
    cuts: list[int] = []
    changes: list[Span] = []
    for last, atom in itertools.pairwise(ATOM.finditer(masked)):
        if bool(HAN.match(last.group())) != bool(HAN.match(atom.group())):
            changes.append((last.end(), atom.start()))
            cut = _strong(text, last, atom)
            if cut is not None:
                cuts.append(cut)
    return cuts, changes


def _greeting_cuts(text: str) -> tuple[int, ...]:
    """Where a greeting that begins the line is parted from its translation, and ends."""
    greeting = GREETING.match(text)
    if not greeting:
        return ()
    return max(greeting.end(1), greeting.end(2)), greeting.end()  # one is there, the other at -1


#: `Dear friends, 亲爱的朋友们，`: a greeting and its translation, each with its comma.
GREETING = re.compile(
    rf"(\s*[A-Z][A-Za-z .'’]{{2,40}}[,，:：]\s*)[{HAN_CLASS}·]{{2,16}}[,，:：]\s*"
    rf"|(\s*[{HAN_CLASS}·]{{2,16}}[,，:：]\s*)[A-Z][A-Za-z .'’]{{2,40}}[,，:：]\s*"
)

#: From so many changes on, one of them at a full stop, a line alternates between its languages.
ALTERNATING = 3
#: What stands between a text that ends without a full stop and its translation.
LOOSE_END = re.compile(r"\s*[:：]?\s*\Z")
#: So long are texts that alternate: less is a word quoted in the other language.
LEAST_HAN, LEAST_WORDS = 8, 6


def _weak_cuts(masked: str, changes: Sequence[Span]) -> list[int]:
    """Where texts of an alternating line part although no full stop stands there: `…道别On January 2`."""
    ends = [0, *(b for _, b in changes)], [*(a for a, _ in changes), len(masked)]
    long = []
    for start, end in zip(*ends, strict=True):
        part = masked[start:end]
        long.append(len(HAN.findall(part)) >= LEAST_HAN or len(WORD.findall(part)) >= LEAST_WORDS)
    return [
        end
        for k, (start, end) in enumerate(changes)
        if long[k] and long[k + 1] and LOOSE_END.match(masked[start:end])
    ]


def _strong(text: str, last: re.Match[str], atom: re.Match[str]) -> int | None:
    """Where the new run begins if the gap between two scripts parts two texts, else None."""
    border = _quoted_border(text, last, atom)
    if border is not None:
        return border
    if atom.start() - last.end() > LONG_GAP:
        return atom.start()
    gap = text[last.end() : atom.start()]
    separator = SEPARATOR.search(gap)
    if separator:
        return last.end() + separator.end()
    lead = _lead(gap)
    ends = _chinese_ends if HAN.match(last.group()) else _english_ends
    return last.end() + lead if ends(text, last, gap[:lead]) else None


#: Digits in front of the new text belong to it: `…governance. 2026年` and `。3 steps`.
DIGITS_BEFORE = re.compile(r"(?<![\d.])[\d#(（]+[\d.,年%]*\s*\Z")
STOP_BEFORE_DIGITS = re.compile(r"[。！？!?….；;][”’」』）)】》\"']*\s*\Z")


def _lead(gap: str) -> int:
    """Where, in the gap between two scripts, the new text begins with brackets, quotes or digits."""
    lead = sure(LEAD.search(gap)).start()
    digits = DIGITS_BEFORE.search(gap[:lead])
    if digits and STOP_BEFORE_DIGITS.search(gap[: digits.start()]):
        return digits.start()
    return lead


def _chinese_ends(text: str, last: re.Match[str], gap: str) -> bool:
    """Whether a Chinese sentence ends with these marks behind its last character."""
    return bool(ZH_STOP.search(gap))


def _english_ends(text: str, last: re.Match[str], gap: str) -> bool:
    """Whether an English sentence ends with these marks behind its last word."""
    # No more than the rules look back at, so that a long line takes time in proportion.
    before = max(0, last.end() - LOOK_BACK)
    head = text[before : last.end()] + gap
    stop = EN_STOP.search(head)
    if not stop or stop.start(2) < last.end() - before - 1:
        return False
    token = sure(re.search(r"[A-Za-z.]*\Z", head[: stop.start(2)])).group()
    return not (stop.group(2) == "." and ABBREVIATION.match(token))


#: A sentence's end, before what is quoted in the other script.
STOP_BEFORE = re.compile(r"[。！？!?.…；;][”’\"'」』）)】》]*\s*\Z")


def _quoted_border(text: str, last: re.Match[str], atom: re.Match[str]) -> int | None:
    """Where, in a gap of quotations, the first begins that is in the new script.

    Quotations go with the script they hold: `我问。 "And on foot?" I asked` is cut before the quote.
    """
    new = "zh" if HAN.match(atom.group()) else "en"
    for gloss in GLOSS.finditer(text, last.end(), atom.start()):
        if language_of(gloss.group()[1:-1]) == new:
            before = text[max(0, gloss.start() - LOOK_BACK) : gloss.start()]
            return gloss.start() if STOP_BEFORE.search(before) else None
    return None


def _merge(text: str, chunks: list[Span], loose: bool = False) -> tuple[Run, ...]:
    """Chunks as runs: neighbours of one language joined, what is too small given to its neighbour.

    Where the lines are in pairs (`loose`), the two sides of a separator are not too small.
    """
    pair = loose and _is_pair(text, chunks)
    runs: list[Run] = []
    for start, end in chunks:
        part = text[start:end]
        lang = language_of(part)
        joins = not lang or (runs and lang == runs[-1].lang) or (not pair and _is_small(part, lang))
        if runs and joins:
            runs[-1] = Run(runs[-1].start, end, runs[-1].lang or lang)
        else:
            runs.append(Run(start, end, lang))
    if len(runs) > 1 and not runs[0].lang:
        runs[:2] = [Run(0, runs[1].end, runs[1].lang)]
    return (*(replace(run, tail=_tail(text, run)) for run in runs[:-1]), runs[-1])


def _is_pair(text: str, chunks: Sequence[Span]) -> bool:
    """Whether the line has two texts with a separator between them."""
    first, *others = chunks
    return len(others) == 1 and bool(SEPARATOR_END.search(text[slice(*first)]))


def _is_small(part: str, lang: str) -> bool:
    """Whether a text of this language is a single word or character, and no sentence of one."""
    han, words = weigh(part)
    single = (lang == "en" and words <= 1) or (lang == "zh" and han <= 1)
    return single and not SENTENCE.fullmatch(part)


def _tail(text: str, run: Run) -> int:
    """How many characters at the end of a run part it from the next."""
    near = text[max(run.start, run.end - LOOK_BACK) : run.end]
    found = SEPARATOR_END.search(near)
    return len(near) - found.start() if found else 0


NUMBERED_TITLE = re.compile(
    r"\s*(?:\d{1,2}[.、．)）]|[（(]?[一二三四五六七八九十]{1,3}[)）、]|第[一二三四五六七八九十\d]{1,3}[章节部篇讲条])"
)


#: Characters of a line that holds a title in both languages, hand-set; and of its English words
#: such a share begins as words of titles do.
LONGEST_TITLES, CAPITALISED = 160, 0.8
#: Marks that no title has.
NO_TITLE = re.compile(r"[。！？；，,]")


@cache
def _title_patterns(colon: bool) -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """The line that holds two titles, with what parts them, and the languages of the two."""
    symbol = rf"({TITLE_SYMBOL}{'|[:：]+' if colon else ''})"
    zh_first = rf"(.*[{HAN_CLASS}][”》」）)？?!！]*(?:[:：](?=\s))?){symbol}((?:[A-Z\d“\"])[^{HAN_CLASS}]+)"
    en_first = rf"([^{HAN_CLASS}]+[A-Za-z\d”\")?!.:]){symbol}([“《「（(\d]*[{HAN_CLASS}].*)"
    return (re.compile(zh_first), "zh", "en"), (re.compile(en_first), "en", "zh")


def _titled(text: str, heading: bool, colon: bool = False) -> tuple[Run, ...] | None:
    """A short line that holds a Chinese title and its English one, parted by a blank or a symbol.

    A colon parts them (`信：Letters`) where `colon` says that the document's headings are in both.
    """
    masked = _masked(text)
    if len(text) > LONGEST_TITLES or NO_TITLE.search(masked):
        return None
    for pattern, first, second in _title_patterns(colon):
        match = pattern.fullmatch(masked)
        if not match:
            continue
        parts = {first: text[slice(*match.span(1))], second: text[slice(*match.span(3))]}
        zh, en = parts["zh"], parts["en"]
        heading = heading or bool(NUMBERED_TITLE.match(zh))
        titles = Titles(zh, en, WORD.findall(en), heading, parted=bool(match[2].strip()))
        if all(holds(titles) for holds in TITLE_RULES):
            at = match.start(3)
            return Run(0, at, first, at - match.start(2)), Run(at, len(text), second)
    return None


class Titles(NamedTuple):
    """What may be a Chinese title and its English one."""

    zh: str
    en: str
    words: list[str]  # of the English
    heading: bool  # whether the line is a heading
    parted: bool  # whether a symbol stands between them, not a blank alone


def _are_long_enough(t: Titles) -> bool:
    """A heading may be of one word; of one character where a symbol parts it from its English."""
    han, inner = weigh(_masked(t.zh))
    least_words, least_han = 1 if t.heading else 2, 1 if t.heading and t.parted else 2
    return len(t.words) >= least_words and han >= least_han and inner * 2 <= han


def _is_written_as_a_title(t: Titles) -> bool:
    capitals = sum(bool(TITLE_WORD.match(w)) for w in t.words)
    return t.heading or capitals >= CAPITALISED * len(t.words)


def _are_alike_long(t: Titles) -> bool:
    least, most = TITLED
    return least <= _letters_per_han(_masked(t.zh), t.en) <= most


def _is_no_lone_name(t: Titles) -> bool:
    return not _lone_name(t.words, t.heading and not t.parted)


#: What holds of a line that is cut into two titles.
TITLE_RULES = (_are_long_enough, _is_written_as_a_title, _are_alike_long, _is_no_lone_name)


def _lone_name(words: list[str], heading: bool) -> bool:
    """Whether the English is a product's or an institution's short name, as Chinese text uses it."""
    return not heading and all(ACRONYM.match(w) for w in words)
