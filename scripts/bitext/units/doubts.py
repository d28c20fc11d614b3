"""The kinds of doubt about a unit, and their words in both languages.

A doubt is a code with measured values. Readers see its words at the paragraph, editors in the report
and on the editors' page.
"""

from __future__ import annotations

from collections.abc import Mapping

from bitext.model import Doubt

#: Code -> its words in each language; `{0}` is the first value. They go on after a colon.
WORDS: Mapping[str, Mapping[str, str]] = {
    "pairing": {
        "zh": "这两段是否互为译文，程序没有把握（{0}）",
        "en": "the pairing is doubtful ({0})",
    },
    "length": {
        "zh": "英文的长度是中文的{0}倍，不合常情",
        "en": "the English is {0} times as long as the Chinese",
    },
    "year-zh": {"zh": "只有中文里有{0}", "en": "{0} stands in the Chinese only"},
    "year-en": {"zh": "只有英文里有{0}", "en": "{0} stands in the English only"},
    "label-zh": {
        "zh": "中文以“{0}：”开头，程序没有把它当作发言者的名字",
        "en": "the Chinese begins with “{0}:”, which was not taken for a label",
    },
    "label-en": {
        "zh": "英文以“{0}:”开头，程序没有把它当作发言者的名字",
        "en": "the English begins with “{0}:”, which was not taken for a label",
    },
    "alone-zh": {
        "zh": "这里只有中文，相邻的一段只有英文：可能本是一对",
        "en": "Chinese only, next to an English-only paragraph: probably one pair",
    },
    "alone-en": {
        "zh": "这里只有英文，相邻的一段只有中文：可能本是一对",
        "en": "English only, next to a Chinese-only paragraph: probably one pair",
    },
    "apart": {
        "zh": "{0}的中文与{1}的英文相隔很远，可能本是一对",
        "en": "the Chinese of {0} and the English of {1} are far apart and probably are one pair",
    },
    "numbers": {
        "zh": "中文以序号{0}开头，英文以序号{1}开头",
        "en": "the Chinese begins with number {0}, the English with {1}",
    },
    "label-at-end-zh": {
        "zh": "中文以“{0}”结尾，像是下一项的序号",
        "en": "the Chinese ends in “{0}”, which looks like the label of the next item",
    },
    "label-at-end-en": {
        "zh": "英文以“{0}”结尾，像是下一项的序号",
        "en": "the English ends in “{0}”, which looks like the label of the next item",
    },
    "words": {
        "zh": "两边的词语对不上，可能不是互为译文",
        "en": "the words of the two do not match: probably no translation",
    },
    "page": {
        "zh": "读来像是网页自己的话，不像正文",
        "en": "this reads like words of the page, not of the text",
    },
    "heading-last": {"zh": "这个标题后面没有正文", "en": "a heading with no text behind it"},
    "heading-alone": {
        "zh": "别的标题有另一种语言，这个标题没有",
        "en": "other headings have a partner, this one has none",
    },
}


def words(doubt: Doubt, lang: str) -> str:
    """What is doubtful, as words that go on after a colon.

    >>> words(Doubt("length", ("5.2",)), "en")
    'the English is 5.2 times as long as the Chinese'
    """
    return WORDS[doubt.code][lang].format(*doubt.values)


def english(found: tuple[Doubt, ...]) -> list[str]:
    """The doubts for an editor, in English."""
    return [words(doubt, "en") for doubt in found]


def places(code: str) -> int:
    """How many values a doubt shows."""
    return sum(f"{{{n}}}" in WORDS[code]["en"] for n in range(2))


def is_doubt(code: object, values: object) -> bool:
    """Whether these are a code that has words, and as many values as the words show."""
    if not isinstance(code, str) or code not in WORDS or not isinstance(values, list):
        return False
    return all(isinstance(v, str) for v in values) and len(values) == places(code)
