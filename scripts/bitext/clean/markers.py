"""Lines that say where the text in one of the languages stands, cut: in both languages or in neither."""

from __future__ import annotations

import re
from collections import Counter

from bitext.clean.state import State
from bitext.text.marks import CLAUSE_ENDED
from bitext.text.source import Line
from bitext.text.variants import simplify

#: How each language is named.
ZH_NAME = re.compile(
    r"中文|汉语|华语|普通话|国语|简体|繁体|正體|\b(?:chinese|mandarin|zh|cn|putonghua)\b", re.I
)
EN_NAME = re.compile(r"英文|英语|\b(?:english|en)\b", re.I)
#: What else a line must hold to be about the two texts; each by itself is enough.
CORE = re.compile(
    rf"{ZH_NAME.pattern}|{EN_NAME.pattern}|译文|译本|原文|中英(?=对照|双语|文)|双语|[以上下]为[中英]版?|\b(?:translation|original|bilingual)\b",
    re.I,
)
#: The words that such lines are made of; a longer one stands before what it begins with.
_WORDS_ZH = (
    "普通话 国语 简体 繁体 正體 中文 汉语 华语 英文 英语 中英 双语 中 英 汉 "
    "非官方 官方 参考 正式 仅供 机器 人工 原文 原稿 译文 译本 译稿 全文 全译 节译 摘译 选译 编译 节选 摘录 摘要 实录 "
    "翻译 对照 版本 版 文稿 文本 正文 内容 稿 文章 本文 页面 演讲 讲话 对话 访谈 该文 "
    "以下 下面 下方 下文 下半 上半 前半 后半 以上 上面 上文 上方 前文 后文 后面 下 上 前 后 后附 附于 附 "
    "部分 文末 文后 底部 之后 位于 所示 如下 请看 请见 参见 请 向 往 继续 再 拉 滑动 滑 翻页 翻 滚动 看 阅读 浏览 查看 "
    "欢迎 可 先 半 最 至 有 对应 其 即 的 为 是 均 见 在 如 于 及 和 与 或 面 方"
)
_WORDS_EN = (
    "english chinese mandarin putonghua simplified traditional language languages content contents bilingual both en zh cn "
    "version versions translation translations text texts original transcript edition summary abstract excerpts excerpt "
    "abridgement abridgment abridged condensed partial full complete edited courtesy official unofficial informal "
    "provisional working reference machine below above follows follow following underneath next first second half part "
    "scroll go look see please down up further for the a an in is at bottom top end of this page article and or to read "
    "appears available can be found starts begins here comes then after"
)
TOKEN = re.compile(
    "|".join(sorted(_WORDS_ZH.split(), key=len, reverse=True))
    + rf"|\b(?:{'|'.join(_WORDS_EN.split())})\b|译者[:：][^。！？]{{1,20}}|[\W_]+",
    re.I,
)
SHORTEST, LONGEST = 2, 100
#: A heading that is about one of the texts is not longer.
LONGEST_HEAD = 30


def is_marker(text: str) -> bool:
    """Whether a line only names a language, or says where the text in it stands.

    >>> is_marker("———— 以下为英文版 / English version below ————"), is_marker("English law follows.")
    (True, False)
    """
    text = simplify(text.strip())
    if not SHORTEST <= len(text) <= LONGEST or not CORE.search(text):
        return False
    return not TOKEN.sub("", text)


def names_of(text: str) -> frozenset[str]:
    """The languages that a line names."""
    said = simplify(text)
    sides = (("zh", ZH_NAME), ("en", EN_NAME))
    return frozenset(lang for lang, pattern in sides if pattern.search(said))


def cut_markers(state: State) -> None:
    """Cut such lines, but for those over one half whose like over the other half is a heading.

    What is left out on one side only would shift what stands behind it.
    """
    found = [
        i for i in state.left
        if state.document.lines[i].kind not in ("code", "cell", "cue") and is_marker(state.text(i)) and not state.is_scrap(i)
    ]  # fmt: skip
    kept = _half_of_headings(state, found)
    for index in found:
        if index not in kept:
            state.cut(index, "marker between languages")


def _half_of_headings(state: State, found: list[int]) -> frozenset[int]:
    """The markers of one form that name one language, where as many lines of that form name the other."""
    marks: dict[tuple[str, int, str], list[int]] = {}
    for index in found:
        if len(names := names_of(state.text(index))) == 1:
            (lang,) = names
            marks.setdefault((*_form(state.document.lines[index]), lang), []).append(index)
    alike = Counter(
        (*_form(state.document.lines[i]), *names)
        for i in state.left
        if i not in found and len(text := state.text(i).strip()) <= LONGEST_HEAD
        if len(names := names_of(text)) == 1 and not CLAUSE_ENDED.search(text)
        if state.document.lines[i].kind == "heading" or CORE.match(simplify(text))
    )
    other = {"zh": "en", "en": "zh"}
    return frozenset(
        index
        for (kind, level, lang), group in marks.items()
        if alike[kind, level, other[lang]] == len(group) and (kind, level, other[lang]) not in marks
        for index in group
    )


def _form(line: Line) -> tuple[str, int]:
    return line.kind, line.level
