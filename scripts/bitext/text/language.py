"""A text -> its language. No library, no guess at more.

Only Chinese and English are told apart; what is neither (kana, hangul …) is `other`, and what says
nothing by itself (a date, an acronym, `(1)`) is neutral and goes with its neighbours.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence

from bitext.text.scripts import HAN, HAN_CLASS

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
    if _is_foreign(outside, han + words):
        return "other"
    if not han:
        return _language_of_latin(outside, aside)
    return "zh" if _is_mostly_han(han, words) or _names_in_chinese(outside, han) else "en"


#: Letters of other scripts, hand-set: so many are a name that is quoted; and beyond them a text is
#: in another language where one of them comes on so many Han characters and Latin words.
FOREIGN_NAME, PER_FOREIGN = 2, 5
#: Han characters that make a Chinese sentence though there are more Latin words than they: so many,
#: and for each so many words. Hand-set; it catches sentences full of names.
HAN_OF_SENTENCE, WORDS_PER_HAN = 4, 1.6


def _is_foreign(text: str, known: int) -> bool:
    foreign = len(FOREIGN.findall(text))
    return foreign > FOREIGN_NAME and foreign * PER_FOREIGN > known


def _language_of_latin(text: str, aside: bool) -> str:
    """'en', or '' for nothing but acronyms; `aside`: all of it stands in brackets."""
    found = WORD.findall(text)
    if aside and any(len(w) > LONGEST_ACRONYM for w in found):
        return "en"  # a sound of subtitles, which are often in capitals
    return "" if all(ACRONYM.match(w) for w in found) else "en"


def _is_mostly_han(han: int, words: int) -> bool:
    return han >= words or (han >= HAN_OF_SENTENCE and han * WORDS_PER_HAN >= words)


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
