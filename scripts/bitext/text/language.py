"""A text -> its language, and a line -> its runs of one language each. No library, no guess at more.

Only Chinese and English are told apart; what is neither (kana, hangul …) is `other`, and what says
nothing by itself (a date, an acronym, `(1)`) is neutral and goes with its neighbours.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bitext.text.matches import sure
from bitext.text.scripts import HAN, HAN_CLASS
from bitext.text.source import Span
from bitext.text.words import any_of

WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['’\-][A-Za-z\u00c0-\u024f]+)*")
FOREIGN = re.compile(
    r"[\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\uac00-\ud7af\u0400-\u04ff\u0600-\u06ff]"
)
# Bounded, so that a line of a million characters without a blank is still read once.
URL = re.compile(
    r"(?:https?://|www\.)[^\s\u3000-\u9fff，。；）]+"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}"
)
#: A gloss in brackets says nothing of the language of the text that stands around it.
GLOSS = re.compile(
    r"\([^()]*\)|（[^（）]*）|《[^《》]*》|“[^“”]*”|「[^「」]*」|\"[^\"]*\"|\[[^\[\]]*\]|【[^【】]*】"
)
#: `WAIC`, `GPT-4`, `Q&A`: names that Chinese text uses as they are.
ACRONYM = re.compile(r"(?:[A-Z][A-Z0-9&.\-]*|[A-Z]?[a-z]?[A-Z]+\d*)\Z")

#: In brackets alone on its line, a longer word in capitals is no acronym: [MUSIC].
LONGEST_ACRONYM = 4


def weigh(text: str) -> tuple[int, int]:
    """How many Han characters and how many Latin words the text has."""
    return len(HAN.findall(text)), len(WORD.findall(text))


def language_of(text: str) -> str:
    """'zh', 'en', 'other', or '' where the text alone does not say.

    >>> language_of("二轨=Track II"), language_of("WAIC 2025"), language_of("2026-06-07")
    ('zh', '', '')
    >>> language_of("[MUSIC]"), language_of("[AI]")
    ('en', '')
    >>> language_of("The report, 《国际人工智能安全报告》, came out.")
    'en'
    """
    bare = URL.sub(" ", text)
    outside = GLOSS.sub(" ", bare)
    han, words = weigh(outside)
    aside = not han and not words
    if aside:
        outside = bare
        han, words = weigh(bare)
    foreign = len(FOREIGN.findall(outside))
    if foreign > 2 and foreign * 5 > han + words:
        return "other"
    if not han:
        found = WORD.findall(outside)
        if aside and any(len(w) > LONGEST_ACRONYM for w in found):
            return "en"  # a sound of subtitles, which are often in capitals
        return "" if all(ACRONYM.match(w) for w in found) else "en"
    if han >= words or (han >= 4 and han * 1.6 >= words):
        return "zh"
    return "zh" if _names_in_chinese(outside, han) else "en"


#: Words that make a Chinese sentence of names: `由 … 演讲的`, `… 与 …`, `使用 …`.
FUNCTION = re.compile(r"[由与與和在是的了将將把被对對为為从從于於给給]|使用|[作译譯]者|感[谢謝]")
#: Words that show an English sentence.
LITTLE = re.compile(r"\b(?:the|a|an|of|is|are|was|and|to|in|for|with|that|it)\b")
#: Marks that an English text does not have outside of what it quotes.
MARK = re.compile(r"[，。、；：](?!\s*[A-Za-z ]*[.!?]\s*\Z)")


def _names_in_chinese(outside: str, han: int) -> bool:
    """Whether few Han characters hold many Latin words together: a Chinese sentence full of names.

    Of the Latin words those count that are no names, for they would make an English sentence.

    >>> _names_in_chinese("由 Ann Lee 主讲的 What we heard from the old river。", 4)
    True
    >>> _names_in_chinese("He read 天 and 地 aloud.", 2)
    False
    """
    if not FUNCTION.search(outside):
        return False
    plain = sum(w[:1].islower() for w in WORD.findall(outside))
    if MARK.search(outside):
        return plain <= 2 * han
    starts = re.match(rf"[\s\d“\"(（]*[{HAN_CLASS}]", outside)
    return bool(starts) and plain <= 2 * han and not LITTLE.search(outside)


#: What a token says, in nats, for Chinese (above zero) or for English. A name, an acronym and a quoted
#: term stand in both.
NATS_HAN, NATS_MARK, NATS_PLAIN, NATS_LITTLE, NATS_NAME, NATS_STOP = (
    1.2,
    1.0,
    -1.6,
    -2.5,
    -0.3,
    -0.7,
)
#: Full-width marks, and the stop behind a Latin word.
WIDE_MARK = re.compile(r"[，。、；：！？「」『』《》]")
LATIN_STOP = re.compile(r"[A-Za-z\u00c0-\u024f][.,!?;:](?=\s|\Z)")


def leaning(text: str) -> float:
    """How far a text is Chinese (above zero) or English, in nats; near zero where it does not say.

    >>> leaning("恐惧。") > 2, leaning("the fear,") < -2, abs(leaning("Sam Altman:")) < 2
    (True, True, True)
    """
    bare = GLOSS.sub(" ", URL.sub(" ", text))
    words = WORD.findall(bare)
    little = sum(bool(LITTLE.fullmatch(w.lower())) for w in words)
    plain = sum(w.islower() for w in words) - sum(bool(LITTLE.fullmatch(w)) for w in words)
    return (
        NATS_HAN * len(HAN.findall(bare))
        + NATS_MARK * len(WIDE_MARK.findall(bare))
        + NATS_LITTLE * little
        + NATS_PLAIN * plain
        + NATS_NAME * (len(words) - little - plain)
        + NATS_STOP * len(LATIN_STOP.findall(bare))
    )


#: No habit of a document is surer than this.
SUREST = 0.98
#: What leans so far is sure, and tells the document's habits.
SURE = 4.0


def odds(hits: float, number: float) -> float:
    """How sure a habit is that was seen `hits` times of `number`, as a logarithm of odds."""
    share = min(max((hits + 0.5) / (number + 1), 1 - SUREST), SUREST)
    return math.log(share / (1 - share))


def likeliest(leans: Sequence[float]) -> list[str]:
    """The languages of texts in a row, by what each says and by how often its neighbours differ.

    >>> likeliest([9, -9, 9, -9, 0.5, -0.5, 9, -9, 0.2, -9])
    ['zh', 'en', 'zh', 'en', 'zh', 'en', 'zh', 'en', 'zh', 'en']
    """
    steps = [(a, b) for a, b in itertools.pairwise(leans) if min(abs(a), abs(b)) >= SURE]
    switch = odds(sum((a > 0) != (b > 0) for a, b in steps), len(steps)) if steps else 0.0
    best, origins = (0.0, 0.0), []  # what the best reading is worth that ends in zh, in en
    for n, lean in enumerate(leans):
        turn = switch if n else 0.0
        zh, en = best
        origins.append((zh < en + turn, en >= zh + turn))  # whether the text before it is English
        best = (max(zh, en + turn) + lean, max(en, zh + turn))
    langs = []
    english = best[1] > best[0]
    for from_en in reversed(origins):
        langs.append("en" if english else "zh")
        english = from_en[english]
    return langs[::-1]


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
ABBREVIATION = re.compile(rf"(?:{any_of('sentences/short_forms')}|[A-Z](?:\.[A-Z])*)\Z")
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
    if not 1.2 <= sum(map(len, WORD.findall(en))) / max(1, len(HAN.findall(zh))) <= 6:
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
    cuts: list[int] = []
    weak: list[Span] = []  # where the script changes without a full stop: the gap between the two
    last: re.Match[str] | None = None
    for atom in ATOM.finditer(masked):
        if last is not None and bool(HAN.match(last.group())) != bool(HAN.match(atom.group())):
            cut = _strong(text, last, atom)
            if cut is not None:
                cuts.append(cut)
            weak.append((last.end(), atom.start()))
        last = atom
    more = {*cuts, *_weak_cuts(masked, weak)}
    alternates = bool(cuts) and len(more) >= ALTERNATING
    if alternates or (loose and len(weak) == 1):
        cuts = sorted(more)
    if (loose or alternates) and (greeting := GREETING.match(text)):
        parted = max(greeting.end(1), greeting.end(2))  # one of the two is there, the other at -1
        cuts = sorted({*cuts, parted, greeting.end()})
    return [(a, b) for a, b in itertools.pairwise([0, *cuts, len(text)]) if a < b]


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
    lead = sure(LEAD.search(gap)).start()
    # Digits in front of the new text belong to it: `…governance. 2026年` and `。3 steps`.
    before = re.search(r"(?<![\d.])[\d#(（]+[\d.,年%]*\s*\Z", gap[:lead])
    if before and re.search(r"[。！？!?….；;][”’」』）)】》\"']*\s*\Z", gap[: before.start()]):
        lead = before.start()
    # No more than the rules look back at, so that a long line takes time in proportion.
    before_gap = max(0, last.end() - LOOK_BACK)
    head = text[before_gap : last.end()] + gap[:lead]
    if HAN.match(last.group()):
        return last.end() + lead if ZH_STOP.search(gap[:lead]) else None
    stop = EN_STOP.search(head)
    if not stop or stop.start(2) < last.end() - before_gap - 1:
        return None
    token = sure(re.search(r"[A-Za-z.]*\Z", head[: stop.start(2)])).group()
    if stop.group(2) == "." and ABBREVIATION.match(token):
        return None
    return last.end() + lead


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
    pair = loose and len(chunks) == 2 and SEPARATOR_END.search(text[slice(*chunks[0])])
    runs: list[Run] = []
    for start, end in chunks:
        part = text[start:end]
        lang = language_of(part)
        han, words = weigh(part)
        small = (lang == "en" and words < 2) or (lang == "zh" and han < 2)
        small = small and not pair and not SENTENCE.fullmatch(part)
        if runs and (not lang or small or lang == runs[-1].lang):
            runs[-1] = Run(runs[-1].start, end, runs[-1].lang or lang)
        else:
            runs.append(Run(start, end, lang))
    if len(runs) > 1 and not runs[0].lang:
        runs[:2] = [Run(0, runs[1].end, runs[1].lang)]
    return (*(replace(run, tail=_tail(text, run)) for run in runs[:-1]), runs[-1])


def _tail(text: str, run: Run) -> int:
    """How many characters at the end of a run part it from the next."""
    near = text[max(run.start, run.end - LOOK_BACK) : run.end]
    found = SEPARATOR_END.search(near)
    return len(near) - found.start() if found else 0


NUMBERED_TITLE = re.compile(
    r"\s*(?:\d{1,2}[.、．)）]|[（(]?[一二三四五六七八九十]{1,3}[)）、]|第[一二三四五六七八九十\d]{1,3}[章节部篇讲条])"
)


def _titled(text: str, heading: bool, colon: bool = False) -> tuple[Run, ...] | None:
    """A short line that holds a Chinese title and its English one, parted by a blank or a symbol.

    A colon parts them (`信：Letters`) where `colon` says that the document's headings are in both.
    """
    masked = _masked(text)
    if len(text) > 160 or re.search(r"[。！？；，,]", masked):
        return None
    symbol = rf"({TITLE_SYMBOL}{'|[:：]+' if colon else ''})"
    for pattern, langs in (
        (
            rf"(.*[{HAN_CLASS}][”》」）)？?!！]*(?:[:：](?=\s))?){symbol}((?:[A-Z\d“\"])[^{HAN_CLASS}]+)",
            ("zh", "en"),
        ),
        (
            rf"([^{HAN_CLASS}]+[A-Za-z\d”\")?!.:]){symbol}([“《「（(\d]*[{HAN_CLASS}].*)",
            ("en", "zh"),
        ),
    ):
        match = re.fullmatch(pattern, masked)
        if not match:
            continue
        parts = [text[match.start(1) : match.end(1)], text[match.start(3) : match.end(3)]]
        zh, en = parts if langs[0] == "zh" else parts[::-1]
        han, inner = weigh(_masked(zh))
        words = WORD.findall(en)
        heading = heading or bool(NUMBERED_TITLE.match(zh))
        titled = sum(bool(TITLE_WORD.match(w)) for w in words) >= 0.8 * len(words)
        parted = match[2].strip()
        least = 1 if heading and parted else 2
        long_enough = len(words) >= (1 if heading else 2) and han >= least and inner * 2 <= han
        ratio = sum(len(w) for w in words) / max(han, 1)
        if (
            long_enough
            and (titled or heading)
            and 1.2 <= ratio <= 9
            and not _lone_name(words, heading and not parted)
        ):
            tail = match.start(3) - match.start(2)
            return (
                Run(0, match.start(3), langs[0], tail),
                Run(match.start(3), len(text), langs[1]),
            )
    return None


def _lone_name(words: list[str], heading: bool) -> bool:
    """Whether the English is a product's or an institution's short name, as Chinese text uses it."""
    return not heading and all(ACRONYM.match(w) for w in words)
