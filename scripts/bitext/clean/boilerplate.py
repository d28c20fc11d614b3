"""Line -> why it is none of the text but of the page around it, by the lists of text/words/chrome."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from bitext.text.fields import LONGEST_LINE
from bitext.text.marks import PARTED, SENTENCE_WITHIN
from bitext.text.numbering import TO_NINE
from bitext.text.phrases import fold, phrases
from bitext.text.variants import simplify
from bitext.text.words import any_of, finder

#: A list of phrases: its folder in text/words/chrome, and the reason for which its lines go.
Kind = tuple[str, str]


def _kinds(folder: str, reasons: str) -> tuple[Kind, ...]:
    return tuple((folder, reason) for reason in reasons.split(" | "))


#: Lines that go wherever they stand; the first list that has a line says why.
LINES = _kinds(
    "lines",
    "share row | reader's buttons | call to scan | call to follow | call to subscribe | call to give | app advert | "
    "link to another page | link to the top | page tools | font size | read more | breadcrumb | related articles | "
    "advertisement | copyright | picture notice | disclaimer | site's address block | comment box | cookie notice | "
    "notice of the page | page number | length of the text | picture credit | end mark | status line | tags | "
    "contact line | picture caption | place of a picture | account of the page | mail program | place of publication",
)
#: Words that a text may use as a heading: they go only where chrome stands (see state.py).
WEAK = _kinds(
    "weak",
    "call to subscribe | comment box | tags | share row | reader's buttons | menu | related articles | advertisement | "
    "site's address block | news agency | call to follow | call to give | place of a picture | breadcrumb | end mark | "
    "page number | relative time | cookie notice | disclaimer | account of the page",
)
#: Sentences of the page that go only as the first or the last words of all, or at such an edge.
ENDS = _kinds("ends", "where it was first published")
#: Notices told by their first words; the paragraph may be long.
HEADS = _kinds("heads", "disclaimer | copyright | cookie notice")
#: Parts in brackets that a page puts into running text.
INLINE = _kinds("inline", "advertisement | place of a picture | read more | page tools")
CALLS = tuple(
    kind for kind in LINES if kind[1].startswith(("call to ", "read more", "related", "share", "link to the top"))
)  # fmt: skip
#: Words of somebody who speaks about such a notice: `版权归谁所有，是…的问题`, `转载请注明出处，这句话…`.
SPOKEN_OF = re.compile(
    rf"[，,；;：:]\s?(?:也|都|就|便|正|却|又|还|既)?(?:是(?!否)|在(?!线)|{any_of('chrome/telling_on_zh')})"
    rf"|{any_of('chrome/telling_zh')}|这(?=[句行条四几个种样里是])|那(?=[句行条些个种样里是])|(?<!其)他|我(?!们)"
    r"|(?:出处|来源|所有|必究|转载|授权)(?:的(?!链接|原文|作者|文章|权利|内容|图片|稿件|作品|[，,。]|$)|是|曾|已|在(?!线|内)|变|写|印)"
)
#: Somebody says it, or writes it: then it is told, and none of the page's own.
REPORTED = re.compile(
    "[,，][^，,。；;]{0,12}(?:说|问|写道|写着|写的|念道|笑了|讲)[。！!]?$"
    "|[,，]\\s?(?:可是|不过|可惜|其实|于是|结果|只是|真正|后来|大家|谁|没有一)"
    "|总是|[,，]\\s?(?:作者|编辑|记者)也"
    f"|(?:不得|禁止|严禁|请勿|谢绝)[^，,。；;]{{0,12}}(?:转载|摘编|转帖|复制|翻印|镜像|使用|传播|引用|商用|盗用)(?:的(?=[，,。]|其实|应该|是)|(?:这|那|[两{TO_NINE}]|几)[句个条种行])"
    "|,\\s(?:(?:as )?(?:he|she|they|I|we|the \\w+|its? \\w+|my \\w+|his \\w+|her \\w+|(?-i:[A-Z]\\w+)) )?(?:said|says|told|asked|wrote|explained|knew|laughed|read(?=\\.?$))\\b"
    "|\\b(?:my|his|her) (?:grand)?(?:mother|father|son|daughter|wife|husband)s?\\b",
    re.IGNORECASE,
)
#: The marks between clauses, as line ends.
CLAUSES = dict.fromkeys(map(ord, "，,；;。！!"), "\n")
GUARDED = frozenset(("copyright", "picture notice"))
TALKING = GUARDED | frozenset(("disclaimer",))
#: What a star may stand before, as before a note.
NOTES = tuple(kind for kind in LINES if kind[1] in TALKING)
#: What the other language may say for a place in brackets; where it does, both are text.
ANSWERS = {
    "视频": "videos?",
    "音频": "audio|recording",
    "链接": "links?",
    "图片": "pictures?|photos?",
    "动图": "gif|animation",
    "表情": "emoji|sticker",
}
BRACKETED = re.compile(r"[\[【(（〔]\s?([^\[\]【】()（）〔〕。]{1,64}?)\s?[\]】)）〕]")
#: A page number that a converter left within a paragraph; not one that a speaker refers to.
INLINE_PAGE = re.compile(
    "(?<![\\w,，（(])(?<!\\bon )(?<!\\bsee )(?<!\\bat )(?<!\\bto )(?<!\\bfrom )(?<!\\bof )(?<!\\band )(?-i:Page) \\d{1,4} (?:of|/) \\d{1,4}(?![\\w%])|第\\s?\\d{1,4}\\s?页\\s?[,，/／]?\\s?共\\s?\\d{1,4}\\s?页"
)
TRIM = " \t\xa0\u3000\u200b\ufeff\u2060\x0b\x0c"
#: Signs that point at what a line calls for: a code, a name card, a button.
POINTERS = "▼▲▽△↓↑⬇⬆↙↘👇👆☟☝👉☞→▶►●◆■※★☆⭐📢🔔 \t\u3000\ufe0f"
#: Reasons of which several may stand on one line, a sentence each.
NOTICES = frozenset(
    ("copyright", "picture notice", "disclaimer", "contact line", "call to follow", "call to scan", "call to subscribe",
     "call to give", "where it was first published")
)  # fmt: skip
#: Marks that are no text alone on a line; what rules between parts are drawn with, and what may stand among it.
ALONE = "-–—|/,，"
DRAWN, AMONG = frozenset("-=_*~—–─━┄＝－＊※◆◇■□●○▲▼★☆♦#+"), frozenset("<>…。.·•．|")


def file_of(reason: str) -> str:
    """The name of the list that holds a reason's phrases."""
    return reason.replace(" ", "_").replace("'", "")


def strong_reason(line: str) -> str:
    """Why a whole line is chrome wherever it stands; '' where it is not known to be."""
    text = simplify(line.strip(TRIM))
    if not text:
        return ""
    if len(text) <= 1200 and (reason := _head_reason(text)):
        return reason
    if len(text) > 700:
        return ""
    if _is_rule(text):
        return "rule between parts"
    pointed, starred = text.lstrip(POINTERS), text.lstrip("*＊※ ")
    if reason := _first(LINES, text) or _first(CALLS, pointed) or _first(NOTES, starred):
        return "" if _is_told(reason, text) else reason
    if len(text) > LONGEST_LINE:
        return ""
    if _is_row(PARTED.split(text), 4, "chrome/navigation", 2):
        return "menu"
    return (
        _parts_reason(text, LINES)
        or _sentences_reason(text, LINES)
        or ("call to scan" if _is_cut_call(text) else "")
    )


def _head_reason(text: str) -> str:
    """Why a paragraph is a notice by its first words: `免责声明：…`; '' where it is none.

    `提示：…` begins one only where it goes on to speak of the page it stands on.
    """
    colon = text[:80].replace("：", ":").find(":")
    if colon < 0:
        return ""
    head = fold(text[: colon + 1])
    if reason := _first(HEADS, head):
        return reason
    notice = phrases("chrome/heads/notice_of_the_page").fullmatch(head)
    spoken = notice and len(text) <= 600 and len(finder("chrome/of_the_page").findall(text)) >= 2
    return "notice of the page" if spoken else ""


def _is_rule(text: str) -> bool:
    """Whether a line is drawn: marks only, of which three of one kind stand together, or dashes and commas.

    >>> _is_rule("* * *"), _is_rule("——"), _is_rule("……")
    (True, True, False)
    """
    marks = "".join(text.split())
    drawn = all(c in DRAWN or c in AMONG for c in marks)
    three = any(c in DRAWN and marks[i : i + 3] == c * 3 for i, c in enumerate(marks[:-2]))
    return (drawn and three) or (marks != "" and not marks.strip(ALONE))


def _is_row(parts: list[str], least: int, name: str, known: int) -> bool:
    """Whether a line is a site's row of links: short words in a row, so many of them from a list.

    >>> _is_row(["首页", "新闻", "专栏", "登录"], 4, "chrome/navigation", 2), _is_row(["水", "土", "火", "风"], 4, "chrome/navigation", 2)
    (True, False)
    """
    parts = [p.strip() for p in parts if p.strip()]
    return (
        least <= len(parts) <= 20
        and all(len(p) <= (20 if p.isascii() else 8) for p in parts)
        and sum(finder(name).fullmatch(p) is not None for p in parts) >= known
    )


def _is_told(reason: str, text: str) -> bool:
    """Whether a line that has a notice's words is somebody's sentence about them."""
    if REPORTED.search(text) or (reason in GUARDED and SPOKEN_OF.search(text)):
        return True
    clauses = [c for c in text.translate(CLAUSES).split("\n") if c.strip()]
    last = clauses[-1] if clauses else ""
    return reason in TALKING and len(clauses) > 1 and not _talks(last)


def _talks(clause: str) -> bool:
    """Whether a notice's last clause goes on as a notice does: `…，真正的答案在田里` does not."""
    return finder("chrome/notice_words_zh").search(clause) is not None or any(
        c in "@©" or (c.isascii() and c.isalnum()) for c in clause
    )


def _is_cut_call(text: str) -> bool:
    """A call to scan that the page has in two parts: `扫描二维码 | 加入读者群`."""
    parts = PARTED.split(text)
    return len(parts) == 2 and _first(CALLS, "，".join(parts)) == "call to scan"


def _sentences_reason(text: str, kinds: tuple[Kind, ...]) -> str:
    """Several notices in a row, each a sentence: `All rights reserved. Reproduction … prohibited.`"""
    borders = [0, *(m.end() for m in SENTENCE_WITHIN.finditer(text)), len(text)]
    parts = [p for a, b in pairwise(borders) if (p := text[a:b].strip())]
    if not 2 <= len(parts) <= 5 or any(_first(kinds, p) not in NOTICES for p in parts):
        return ""
    return "" if SPOKEN_OF.search(text) or REPORTED.search(text) else _first(kinds, parts[0])


def end_reason(line: str) -> str:
    """Why a whole line is none of the text where it opens or closes it."""
    text = line.strip(TRIM + "[]【】()（）*_")
    if not text or len(text) > 200:
        return ""
    reason = _first(ENDS, text) or _sentences_reason(text, LINES + ENDS)
    return reason if reason == ENDS[0][1] else ""


def weak_reason(line: str) -> str:
    """Why a whole line is chrome where chrome stands."""
    text = simplify(line).strip(TRIM + "[]【】()（）「」<>《》#*|｜:：>＞»›")
    if not text or len(text) > 200:
        return ""
    sections = _is_row(text.replace("—", "-").split("-"), 5, "chrome/section_words_zh", 1)
    return (
        _first(WEAK, text)
        or ("menu" if sections else "")
        or (_parts_reason(text, LINES + WEAK) if len(text) <= 100 else "")
        or _sentences_reason(text, LINES + WEAK + ENDS)
    )


def inline_reasons(text: str, start: int, end: int) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """What a page put in brackets into running text: why it goes, its words, and where it stands."""
    for match in BRACKETED.finditer(text, start, end):
        if reason := _first(INLINE, simplify(match[1])):
            yield reason, match[1], match.span()


def answered_places(text: str) -> frozenset[str]:
    """Words of ANSWERS that the text has in English too, in brackets: `(video)` for `（视频）`.

    >>> answered_places("PyCon（视频） PyCon (video) [图片]")
    frozenset({'视频'})
    """
    said = [m[1] for m in BRACKETED.finditer(text)]
    found = ((word, re.compile(english, re.I)) for word, english in ANSWERS.items())
    return frozenset(word for word, english in found if any(map(english.fullmatch, said)))


@lru_cache(4096)
def _first(kinds: tuple[Kind, ...], text: str) -> str:
    """The reason of the first list that has a line among its phrases; '' where none has."""
    folded = fold(text)
    return next((reason for reason, pattern in _patterns(kinds) if pattern.fullmatch(folded)), "")


@cache
def _patterns(kinds: tuple[Kind, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each reason with the pattern of its list."""
    return tuple(
        (reason, phrases(f"chrome/{folder}/{file_of(reason)}")) for folder, reason in kinds
    )


def _parts_reason(text: str, kinds: tuple[Kind, ...]) -> str:
    """A row of parts, each of them chrome: `扫码关注 / Scan to follow us`."""
    parts = [p.strip() for part in PARTED.split(text) for p in part.split(" / ") if p.strip()]
    if not 2 <= len(parts) <= 12:
        return ""
    # A number beside something else is that thing's own: `1  https://…` is a footnote.
    chrome = all(_first(kinds, p) not in ("", "page number") for p in parts)
    return _first(kinds, parts[0]) if chrome else ""
