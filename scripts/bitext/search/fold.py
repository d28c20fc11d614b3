"""Text -> the tokens that search compares; overrides/assets/bt/search-fold.js does exactly the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from bitext.text.scripts import HAN_CLASS
from bitext.text.variants import simplify

#: Characters that are words by themselves: Han, kana, Hangul. Chinese is never segmented: a query's
#: cut would differ from the text's.
CJK = f"\u3041-\u3096\u30a1-\u30fa\u30fc\uac00-\ud7a3{HAN_CLASS}"
#: C++, C#, .NET: words with their signs.
LETTER = rf"[^\W\d_{CJK}]"
SIGNED = rf"(?<!{LETTER})(?:{LETTER}(?:\+\+|#)|(?<![0-9])\.net)(?!{LETTER}|[0-9])"
TOKEN = re.compile(rf"([{CJK}])|({SIGNED}|[0-9]+|[^\W\d_{CJK}]+(?:'[^\W\d_{CJK}]+)*)")
HYPHENS = ("-", "‐")
APOSTROPHES = "‘’ʼ′`＇"
#: What stands wherever two words are joined: no token has white space in it, and none of it parts these.
JOINT = re.compile(rf"\w'*[{''.join(HYPHENS)}.]\w")
VOWEL = re.compile("[aeiouy]")
#: A syllable that ends in one consonant, before which an e may have been lost: rac(e)d, us(e)d.
SHORT = re.compile("[^aeiouy]*[aeiouy][^aeiouywx]")
MANY = re.compile("[aeiouy][^aeiouy]+[aeiouy]")  # more than one syllable


def fold_char(char: str) -> str:
    """One character without width, case, accents or script variant; '' when nothing shows of it.

    >>> [fold_char(c) for c in "Ａé’②㎏治ﬁ"]
    ['a', 'e', "'", '2', 'kg', '治', 'fi']
    """
    if char in APOSTROPHES:
        return "'"
    parts = unicodedata.normalize("NFKD", char).lower()
    kept = "".join(c for c in parts if unicodedata.category(c) not in ("Mn", "Cf"))
    kept = "".join(
        " " if unicodedata.category(c)[0] == "N" and not ("0" <= c <= "9" or c == "〇") else c
        for c in unicodedata.normalize("NFC", kept)
    )
    return simplify(kept)


class _Table(dict):
    """A translation table that folds each character when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = fold_char(chr(code))
        return folded


_TABLE = _Table()


def fold(text: str) -> str:
    """The text as it is compared.

    >>> fold("ＧＰＴ－4 敏捷治理與“護欄”")
    'gpt-4 敏捷治理与“护栏”'
    """
    return text.translate(_TABLE)


#: Letters of a word, hand-set: shorter ones (AI, gas, bed) are kept as they are; of one whose y comes
#: back (not dies); of what a verb's ending leaves (not of ring).
LEAST_WORD, LEAST_IN_Y, LEAST_BASE = 4, 5, 2


#: British and American endings, each written in one way.
SPELLINGS = (
    (re.compile("(?<=[a-z]{2})([iy])z(?=(?:e|ed|es|er|ers|ing|ation|ations|ational)$)"), r"\1s"),
    (re.compile("(?<=[a-z]{2})our(?=(?:s|ed|ing|able|ite|ites|al|ally|hood|hoods)?$)"), "or"),
    (re.compile("(?<=[a-z]{2})tre(?=s?$)"), "ter"),
)


@cache
def stem(word: str) -> str:
    """The word without plural, possessive and simple verb endings; not a word itself.

    >>> [stem(w) for w in ("governs", "governed", "policies", "pacing", "china's", "ai", "thing")]
    ['govern', 'govern', 'policy', 'pace', 'china', 'ai', 'thing']
    >>> [stem(w) for w in ("organisations", "organizations", "labour", "labor", "centre", "size")]
    ['organisation', 'organisation', 'labor', 'labor', 'center', 'size']
    """
    w = word.removesuffix("'s").replace("'", "")
    if len(w) < LEAST_WORD or not w.isascii() or w[0].isdigit():
        return w
    for pattern, one in SPELLINGS:
        w = pattern.sub(one, w)
    if w.endswith(("ies", "ied")) and len(w) >= LEAST_IN_Y:
        return w[:-3] + "y"
    for without in ENDINGS:
        w = without(w)
    return w


def _plural(w: str) -> str:
    if w.endswith(("xes", "ches", "shes", "sses", "zzes", "oes")):
        return w[:-2]
    return w[:-1] if w.endswith("s") and not w.endswith(("ss", "us", "is", "ias")) else w


def _verb_ending(w: str) -> str:
    if w.endswith("eed"):
        return w[:-1]
    ending = next((e for e in ("ed", "ing") if w.endswith(e)), "")
    base = w.removesuffix(ending)
    return _base(base) if ending and len(base) >= LEAST_BASE and VOWEL.search(base) else w


def _base(base: str) -> str:
    """The verb to which an ending was put: plan(n)ed, rac(e)d."""
    if len(base) >= LEAST_WORD and base[-1] == base[-2] and base[-1] not in "lsz":
        return base[:-1]
    return base + "e" if SHORT.fullmatch(base) else base


def _last_e(w: str) -> str:
    """Short words keep their e, which tells spine from spin; raced got it back before."""
    return w[:-1] if w.endswith("e") and len(w) >= LEAST_WORD and not SHORT.fullmatch(w[:-1]) else w


def _twin_l(w: str) -> str:
    return w[:-1] if w.endswith("ll") and MANY.search(w) else w


#: What is taken off a word, in this order.
ENDINGS = (_plural, _verb_ending, _last_e, _twin_l)


def tokens(text: str) -> Iterator[tuple[str, str, bool]]:
    """The keys of a text in order, each with the form as written and whether it is a CJK character.

    >>> [key for key, *_ in tokens("AI治理：GPT-4’s guardrails")]
    ['ai', '治', '理', 'gpt', '4', 's', 'guardrail']
    """
    for char, word in TOKEN.findall(fold(text)):
        yield (char, char, True) if char else (stem(word), word, False)


def compounds(text: str) -> Iterator[str]:
    """The keys of two words that a hyphen joins, as one, and of two letters that a point does: who seeks
    coauthored means co-authored, and US means U.S.

    >>> list(compounds("a co-authored, multi-layered well - known 2-track text, e.g. in the U.S."))
    ['coauthor', 'multilayer', 'eg', 'us']
    """
    for run in fold(text).split():
        if not JOINT.search(run):
            continue
        for one, two in pairwise(TOKEN.finditer(run)):
            sign = run[one.end() : two.start()].lstrip("'")
            letters = sign == "." and len(one[0]) + len(two[0]) == 2  # noqa: PLR2004 - one and one
            if (sign in HYPHENS or letters) and _is_word(one) and _is_word(two):
                yield stem(one[0] + two[0])


def _is_word(token: re.Match[str]) -> bool:
    return token[1] is None and token[0][0].isalpha() and token[0][-1] not in "+#"
