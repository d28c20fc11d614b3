"""Line -> why it is none of the text but of the page around it, by the rules of rules.py."""

from __future__ import annotations

import re

from bitext.clean.rules import ENDS, PARAGRAPHS, STRONG, WEAK, Rules, filled
from bitext.text.numbering import TO_NINE
from bitext.text.variants import simplify

#: Longer lines are text, or a notice that PARAGRAPHS knows by its first words.
LONGEST = 240

#: A notice by its first word only where it goes on to speak of the page it stands on.
NOTICE = re.compile(filled(r"[【\[(（*※\s]*{noticing}[】\])）*\s]*[:：]"), re.IGNORECASE)
NOTICE_WORDS = re.compile(
    "本站|本网(?!络)|本公众号|本平台|不代表|投资建议|仅供参考|联系(?:我们|删除|本)|do(?:es)? not necessarily|investment advice",
    re.I,
)
#: Words of somebody who speaks about such a notice: `版权归谁所有，是…的问题`, `转载请注明出处，这句话…`.
SPOKEN_OF = re.compile(
    filled(
        r"[，,；;：:]\s?(?:也|都|就|便|正|却|又|还|既)?(?:是(?!否)|在(?!线)|{telling_on_zh})"
        r"|{telling_zh}|这(?=[句行条四几个种样里是])|那(?=[句行条些个种样里是])|(?<!其)他|我(?!们)"
        r"|(?:出处|来源|所有|必究|转载|授权)(?:的(?!链接|原文|作者|文章|权利|内容|图片|稿件|作品|[，,。]|$)|是|曾|已|在(?!线|内)|变|写|印)"
    )
)
#: Words of which the last clause of such a notice has one; `…，真正的答案在田里` has none.
NOTICE_TALK = re.compile(filled(r"{notice_words_zh}|[A-Za-z@©\d]"))
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
GUARDED = frozenset(("copyright", "picture notice"))
TALKING = GUARDED | frozenset(("disclaimer",))
DISCLAIMER_WORDS = re.compile(filled("{disclaimer_words}"), re.IGNORECASE)

#: Parts in brackets that a page puts into running text.
INLINE = re.compile(
    filled(
        r"[\[【(（〔]\s?(?:"
        r"(?P<advertisement>广告|推广|advertisement|sponsored|ad)"
        r"|(?P<picture>{pictures_in_text}|点击图片[^\]】)）〕]{0,16}|(?:photo|image|picture)s? (?:credits?|courtesy(?: of)?|by)\s?[:：]?\s[^\]】)）〕.。]{1,50}"
        r"|(?:photo|image|picture)s?\s?/\s?[^\]】)）〕.。]{2,40}|(?:图片来源|图源|资料图片?来源|供图)[:：/][^\]】)）〕。]{1,40})"
        r"|(?P<more>{more_in_text})"
        r"|(?P<edit>编辑|edit)(?=\])"
        r")\s?[\]】)）〕]"
    ),
    re.IGNORECASE,
)
#: What the other language may say for such a place in brackets; where it does, both are text.
ANSWERS = {
    "视频": "videos?",
    "音频": "audio|recording",
    "链接": "links?",
    "图片": "pictures?|photos?",
    "动图": "gif|animation",
    "表情": "emoji|sticker",
}
INLINE_REASON = {
    "advertisement": "advertisement",
    "picture": "place of a picture",
    "more": "read more",
    "edit": "page tools",
}
#: A page number that a converter left within a paragraph; not one that a speaker refers to.
INLINE_PAGE = re.compile(
    "(?<![\\w,，（(])(?<!\\bon )(?<!\\bsee )(?<!\\bat )(?<!\\bto )(?<!\\bfrom )(?<!\\bof )(?<!\\band )(?-i:Page) \\d{1,4} (?:of|/) \\d{1,4}(?![\\w%])|第\\s?\\d{1,4}\\s?页\\s?[,，/／]?\\s?共\\s?\\d{1,4}\\s?页"
)
TRIM = " \t\xa0\u3000\u200b\ufeff\u2060\x0b\x0c"
#: Signs that point at what a line calls for: a code, a name card, a button.
POINTERS = "▼▲▽△↓↑⬇⬆↙↘👇👆☟☝👉☞→▶►●◆■※★☆⭐📢🔔 \t\u3000\ufe0f"
CALLS = tuple(
    (r, p)
    for r, p in STRONG
    if r.startswith(("call ", "read more", "related", "share", "link to the top"))
)
#: Reasons of which several may stand on one line, a sentence each.
NOTICES = frozenset(
    "copyright|picture notice|disclaimer|contact line|call to follow|call to scan|call to subscribe|"
    "call to give|where it was first published".split("|")
)
BETWEEN_SENTENCES = re.compile("(?<=[。！!])|(?<=[.!])\\s+(?=[A-Z©])")
PART = re.compile("\\s+[/|｜·•]\\s+|[|｜]|\\s{2,}|\u3000+")

#: Between the links of a site's row.
BAR = re.compile("\\s*[|｜·•]\\s*")
#: Links that a site has and a text has not.
NAVIGATION = re.compile(filled("{navigation}"), re.IGNORECASE)


def strong_reason(line: str) -> str:
    """Why a whole line is chrome wherever it stands; '' where it is not known to be."""
    text = simplify(line.strip(TRIM))
    if not text:
        return ""
    for reason, pattern in PARAGRAPHS:
        if pattern.match(text[:80]) and len(text) <= 1200:
            return reason
    if len(text) <= 600 and NOTICE.match(text[:60]) and len(NOTICE_WORDS.findall(text)) >= 2:
        return "notice of the page"
    if len(text) > 700:
        return ""
    bare = text.lstrip(POINTERS)
    if reason := _first(STRONG, text) or (_first(CALLS, bare) if bare != text else ""):
        return "" if _is_told(reason, text) else reason
    starred = text.lstrip("*＊※ ")
    if starred != text and (reason := _first(STRONG, starred)) in TALKING:
        return "" if _is_told(reason, text) else reason
    if len(text) > LONGEST:
        return ""
    if not INLINE_PAGE.sub("", text).strip(TRIM + "-–—|/,，"):
        return "page number"
    if _is_navigation(text):
        return "menu"
    return (
        _parts_reason(text, STRONG)
        or _sentences_reason(text, STRONG)
        or ("call to scan" if _is_cut_call(text) else "")
    )


def _is_navigation(text: str) -> bool:
    """Whether a line is a site's row of links: short words in a row, of which two lead home or log in.

    >>> _is_navigation("首页 | 新闻 | 专栏 | 登录 | 注册"), _is_navigation("水 | 土 | 火 | 风")
    (True, False)
    """
    parts = [p.strip() for p in BAR.split(text) if p.strip()]
    return (
        4 <= len(parts) <= 20
        and all(len(p) <= (16 if p.isascii() else 8) for p in parts)
        and sum(bool(NAVIGATION.fullmatch(p)) for p in parts) >= 2
    )


def _is_told(reason: str, text: str) -> bool:
    """Whether a line that has a notice's words is somebody's sentence about them."""
    if REPORTED.search(text) or (reason in GUARDED and SPOKEN_OF.search(text)):
        return True
    clauses = [c for c in re.split("[，,；;。！!]", text) if c.strip()]
    last = clauses[-1] if clauses else ""
    return reason in TALKING and len(clauses) > 1 and not NOTICE_TALK.search(last)


def _is_cut_call(text: str) -> bool:
    """A call to scan that the page has in two parts: `扫描二维码 | 加入读者群`."""
    parts = re.split("\\s*[|｜]\\s*", text)
    return len(parts) == 2 and _first(CALLS, "，".join(parts)) == "call to scan"


def _sentences_reason(text: str, rules: Rules) -> str:
    """Several notices in a row, each a sentence: `All rights reserved. Reproduction … prohibited.`"""
    parts = [p.strip() for p in BETWEEN_SENTENCES.split(text) if p.strip()]
    if not 2 <= len(parts) <= 5:
        return ""
    reasons = [_first(rules, p) for p in parts]
    if not all(r in NOTICES for r in reasons) or SPOKEN_OF.search(text) or REPORTED.search(text):
        return ""
    return reasons[0]


def end_reason(line: str) -> str:
    """Why a whole line is none of the text where it opens or closes it."""
    text = line.strip(TRIM + "[]【】()（）*_")
    if not text or len(text) > 200:
        return ""
    reason = _first(ENDS, text) or _sentences_reason(text, STRONG + ENDS)
    return reason if reason in {name for name, _ in ENDS} else ""


def weak_reason(line: str) -> str:
    """Why a whole line is chrome where chrome stands."""
    text = simplify(line).strip(TRIM + "[]【】()（）「」<>《》#*|｜:：>＞»›")
    if not text or len(text) > 200:
        return ""
    return (
        _first(WEAK, text)
        or (_parts_reason(text, STRONG + WEAK) if len(text) <= 100 else "")
        or _sentences_reason(text, STRONG + WEAK + ENDS)
    )


def answered_places(text: str) -> frozenset[str]:
    """Words of ANSWERS that the text has in English too, in brackets: `(video)` for `（视频）`.

    >>> answered_places("PyCon（视频） PyCon (video) [图片]")
    frozenset({'视频'})
    """
    bracketed = "[\\[【(（〔]\\s?(?:%s)\\s?[\\]】)）〕]"
    return frozenset(
        word for word, said in ANSWERS.items() if re.search(bracketed % said, text, re.IGNORECASE)
    )


#: `Next: The long way home`, which may be a heading: a link where the other language's was one.
NEXT = re.compile("(?:Next|Previous|Prev)(?:\\sup)?\\s?[:：]\\s?[^.!。！]{2,80}", re.IGNORECASE)


def _first(rules: Rules, text: str) -> str:
    return next((reason for reason, pattern in rules if pattern.fullmatch(text)), "")


def _parts_reason(text: str, rules: Rules) -> str:
    """A row of parts, each of them chrome: `扫码关注 / Scan to follow us`."""
    parts = [p.strip() for p in PART.split(text) if p.strip()]
    if not 2 <= len(parts) <= 12:
        return ""
    reasons = [_first(rules, p) for p in parts]
    # A number beside something else is that thing's own: `1  https://…` is a footnote.
    return reasons[0] if all(reasons) and "page number" not in reasons else ""
