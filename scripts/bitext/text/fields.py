"""A line -> the metadata fields it consists of: `发布时间:2026-06-07 18:39来源:微信阅读:2` is three.

A line is metadata only as a whole: every label on it has a value of the label's own type (a date, a
number, a name). A sentence that merely begins with such a word has no such value and stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bitext.text.scripts import HAN, HAN_CLASS, WORD
from bitext.text.surnames import SURNAMES
from bitext.text.variants import simplify


@dataclass(frozen=True, slots=True)
class Field:
    """text[start:end] says `value` of `key`; the spans of a line's fields follow each other."""

    key: str
    value: str
    start: int
    end: int
    labelled: bool = True


MONTHS = {
    name: number
    for number, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|"
        "september sept sep|october oct|november nov|december dec".split("|"),
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = "(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\\.?,?\\s+|(?:星期|周|礼拜)[一二三四五六日天][,，]?\\s*)"
DATE = re.compile(
    f"{_WEEKDAY}?(?:"
    "(?P<y1>(?:19|20)\\d\\d)\\s{0,2}年\\s{0,2}(?P<m1>1[0-2]|0?[1-9])\\s{0,2}月\\s{0,2}(?P<d1>3[01]|[12]\\d|0?[1-9])\\s{0,2}[日号]"
    "|(?P<y2>(?:19|20)\\d\\d)(?P<sep>[-/.])(?P<m2>1[0-2]|0?[1-9])(?P=sep)(?P<d2>3[01]|[12]\\d|0?[1-9])(?!\\d)"
    f"|(?P<m3>{_MONTH})\\.?\\s+(?P<d3>3[01]|[12]\\d|0?[1-9])(?:st|nd|rd|th)?,?\\s+(?P<y3>(?:19|20)\\d\\d)"
    f"|(?P<d4>3[01]|[12]\\d|0?[1-9])(?:st|nd|rd|th)?\\s+(?:of\\s+)?(?P<m4>{_MONTH})\\.?,?\\s+(?P<y4>(?:19|20)\\d\\d)"
    ")(?:\\s?[(（]?(?:星期|周)[一二三四五六日天][)）]?)?",
    re.IGNORECASE,
)
TIME = re.compile(
    "(?:上午|下午|晚上|凌晨|中午)?(?:(?:[01]?\\d|2[0-4])[:：][0-5]\\d(?:[:：][0-5]\\d)?(?:\\.\\d{1,6})?|(?:1\\d|2[0-4]|\\d)[时点](?:[0-5]?\\d分|整|半)?)"
    "\\s?(?:[ap]\\.?m\\b\\.?)?\\s?(?:Z|[+-]\\d\\d:?\\d\\d|\\(?(?:GMT|UTC|EDT|EST|PDT|PST|CST|BST|CET|HKT|ET|PT)(?:[+-]\\d{1,2})?\\)?|Beijing time|北京时间)?",
    re.IGNORECASE,
)
_NUMBER = "(?:约|近|超)?\\d[\\d,.]{0,12}\\s?(?:万|亿|千|[kKwWmM])?\\+?"
COUNT = re.compile(
    f"[(（\\[]?{_NUMBER}\\s?(?:次|人|条|个|篇|字|views?|reads?|times?|words?)?[)）\\]]?|[-—–]|暂无|无"
)
DURATION = re.compile(
    "(?:约|大约|需|预计)*\\s?\\d{1,3}\\s?(?:分钟|分|秒|小时|mins?|minutes?|hours?)(?:\\s(?:read|to read))?",
    re.I,
)

#: key -> (type of its value, labels). A longer label is tried before a shorter one.
LABELS: dict[str, tuple[str, str]] = {
    "date": (
        "date",
        "发布时间|发布日期|发表时间|发表日期|刊发时间|上传时间|出版日期|发布于|发表于|发稿时间|日期|时间|"
        "Published(?: on| at)?|Publication date|Date published|Posted(?: on| at)?|Date posted|Release date|Date|First published(?: on)?",
    ),
    "received": ("date", "收稿日期|收稿时间|修回日期|接受日期|录用日期|Received(?: date)?|Accepted|Revised"),
    "updated": (
        "date",
        "更新时间|更新日期|最后更新时间|最后更新|最近更新|更新于|修改时间|编辑于|Last updated(?: on| at)?|Updated(?: on| at)?|Last modified(?: on)?|Modified|Date updated",
    ),
    "source": (
        "source",
        "发布者|发布人|发布单位|发布机构|供稿单位|文章来源|稿件来源|信息来源|新闻来源|内容来源|本文来源|资料来源|来源于|来源|稿源|出处|转载自|转自|摘自|选自|Sources?|Originally published (?:in|by|on)",
    ),
    "author": (
        "name",
        "本文作者|文章作者|作者|撰文|撰稿人?|供稿人?|通讯员|见习记者|实习记者|本报记者|记者|文字整理|文字|采写|采访|Authors?|Written by|Author\\(s\\)|Reported by|Story by",
    ),
    "editor": (
        "name",
        "责任编辑|值班编辑|网络编辑|执行编辑|本期编辑|本文编辑|编辑整理|微信编辑|新媒体编辑|责编|主编|总编辑?|副主编|执行主编|编辑|小编|"
        "Editors?|Edited by|Editor-in-chief|Managing editor|Copy editor",
    ),
    "proofreader": (
        "name",
        "责任校对|校对|校审|审核人?|终审|初审|复审|一审|二审|三审|审校|审读|监制|总监制|签发|统筹|策划|制图|制作|运营|出品|Proofread by|Proofreader|Reviewed by|Fact-checked by",
    ),
    "layout": ("name", "排版设计|美术编辑|版式设计|视觉设计|排版|设计|美编|美术|视觉|版式|Layout(?: by)?|Designed by"),
    "translator": ("name", "翻译整理|翻译|译者|编译|译校|译|听译|Translated by|Translators?|Translation(?: by)?"),
    "photographer": ("name", "摄影记者|摄影|摄|供图|图片提供|Photos? by|Photograph(?:er|s by|y by|y)?"),
    "image_source": (
        "source",
        "图片来源|图源|题图来源|头图来源|封面图来源|封面来源|资料图片|Photo credits?|Image credits?|Picture credits?|Photo source|Image source|Credits?|Photo courtesy of|Image courtesy of",
    ),
    "read_count": (
        "count",
        "阅读次数|阅读量|阅读数|阅读|浏览次数|浏览量|浏览数|浏览|点击次数|点击量|点击数|点击率|点击|访问量|访问次数|人气|热度|Views?|Page views|Reads|Hits|Read count",
    ),
    "like_count": ("count", "点赞数|点赞量|点赞|喜欢|赞|Likes?|Upvotes"),
    "wow_count": ("count", "在看数|在看"),
    "comment_count": ("count", "评论数|评论量|评论|留言|回复|跟帖|Comments?|Replies|Responses"),
    "share_count": ("count", "分享数|分享|转发数|转发|收藏数|收藏|Shares?|Reposts|Retweets|Bookmarks"),
    "word_count": ("count", "全文字数|字数|Word count|Words"),
    "reading_time": (
        "duration",
        "预计阅读时间|阅读时间|阅读时长|阅读需|时长|Reading time|Read time|Estimated reading time|Time to read|Duration|Length",
    ),
    "keywords": ("tags", "关键词|关键字|文章标签|标签|话题|Tags?|Keywords?|Key words|Filed under|Tagged(?: with| as| in| under)?|Topics?|Labels|Posted in"),
    "column": ("tags", "所属栏目|专栏名称|栏目|所属分类|分类|频道|专栏|Categor(?:y|ies)|Section|Column|Department"),
    "recommended_by": ("name", "推荐人"),
    "place": ("place", "发布地点?|IP属地|IP 属地|地点|会议地点|Location|Venue|Place"),
    "link": ("link", "原文链接|原文地址|原文网址|本文链接|文章链接|本文地址|链接|网址|Original link|Original URL|Permalink|Link|URL"),
    "document": ("code", "文号|发文字号|索引号|信息索引号|文章编号|稿件编号|DOI|doi|ISSN|ISBN|中图分类号|文献标识码"),
}  # fmt: skip
_KEY_OF = {f"k{i}": key for i, key in enumerate(LABELS)}
#: Alternatives are tried in order, so a label that begins with another one must come first; the
#: colon that follows makes the shorter one fail where the longer is meant.
LABEL = re.compile(
    "(?:" + "|".join(f"(?P<k{i}>{labels})" for i, (_, labels) in enumerate(LABELS.values())) + ")"
    "(?:\\s{0,3}[:：]|\\s?[|｜/／](?=\\s?\\S))",
    re.IGNORECASE,
)
#: Labels that need no colon before a date or a number.
BARE = re.compile(
    f"(?P<updated>更新时间|更新于|编辑于|最后更新|Last updated(?: on| at)?|Updated(?: on| at)?|Last modified(?: on)?)\\s*(?={DATE.pattern.replace('?P<', '?P<a_').replace('?P=', '?P=a_')})"
    f"|(?P<date>发布时间|发布日期|发布于|发表于|Published(?: on)?|Posted(?: on)?|First published(?: on)?)\\s*(?={DATE.pattern.replace('?P<', '?P<b_').replace('?P=', '?P=b_')})"
    f"|(?P<read_count>阅读量?|浏览量?|点击量?|访问量)\\s{{0,3}}(?=[(（]?{_NUMBER}(?!\\w))"
    f"|(?P<like_count>点赞|赞)\\s{{0,3}}(?=[(（]?{_NUMBER}(?!\\w))"
    f"|(?P<wow_count>在看)\\s{{0,3}}(?=[(（]?{_NUMBER}(?!\\w))"
    f"|(?P<comment_count>评论|留言)\\s{{0,3}}(?=[(（]?{_NUMBER}(?!\\w))"
    "|(?-i:(?P<editor>Edited by)|(?P<translator>Translated by)|(?P<author>Written by)|(?P<proofreader>Proofread by|Reviewed by|Fact-checked by)|(?P<photographer>Photos? by))\\s+(?-i:(?=[A-Z]))"
    f"|(?P<place>IP\\s?属地)\\s?(?=[{HAN_CLASS}]{{2,8}}\\s*$)"
    f"|(?<![\\w])(?P<bare_editor>责任编辑|责编|本文编辑)[ \\u3000]{{1,3}}(?=[{HAN_CLASS}]{{2,4}}\\s*[)）\\]】]?\\s*$)"
    f"|(?P<share_count>分享|转发|收藏)\\s{{0,3}}(?=[(（]?{_NUMBER}(?!\\w))",
    re.IGNORECASE,
)  # fmt: skip
#: What may stand between fields, and around a line of them.
SEPARATOR = " \t\xa0\u3000|｜/／·•,，;；、-—–()（）[]【】「」〔〕<>《》*#>~_\u200b\ufeff"
#: A full stop, but for the one behind a name's initial.
SENTENCE = re.compile("[。！？；!?…]|(?<!\\b[A-Z])[.](?=\\s+[A-Z]|\\s*$)")
#: Words that no name contains: what follows the label is then said, not named.
NOT_A_NAME = re.compile(
    "谢谢|感谢|请问|大家|各位|我们|你们|他们|[是的了吗呢吧着们么您我你他她它]|认为|觉得|表示|指出|介绍|如何|什么|为何|为什么|制度|问题|欢迎|首先|因此"
)
ORGANISATION = re.compile(
    "(?:网|报|社|台|组|部|处|室|局|院|所|中心|频道|团队|公众号|客户端|大学|学院|委员会|实验室|学会|协会|基金会|杂志|周刊|月刊|出版社|"
    "微信|微博|博客|论坛|集团|公司|智库|联盟|平台|号|财经|新闻|日报|晚报|时报|卫视|媒体|传媒|时代|世界|中国|科技|观察|评论|之家|研究|快讯|头条|网络|互联网|原创|综合|本站|本网|整理|编译)$"
)
#: Where a speech or a post is dated from.
PLACE = re.compile(
    f"[{HAN_CLASS}]{{1,6}}(?:市|省|县|区|州|岛|大学|学院|大会堂|会议中心|国家会展中心)|北京|上海|广州|深圳|杭州|南京|成都|武汉|西安|重庆|天津|香港|澳门|台北|海南|博鳌|"
    "江苏|浙江|广东|山东|四川|湖北|湖南|河南|河北|福建|安徽|辽宁|陕西|江西|云南|广西|吉林|黑龙江|山西|贵州|甘肃|内蒙古|新疆|西藏|宁夏|青海|美国|英国|法国|德国|日本|"
    "纽约|华盛顿|旧金山|波士顿|伦敦|巴黎|日内瓦|布鲁塞尔|柏林|慕尼黑|维也纳|莫斯科|新德里|首尔|东京|新加坡|达沃斯|迪拜|悉尼|多伦多|蒙特利尔|华沙|罗马|里约热内卢|内罗毕"
)
LATIN_NAME = re.compile(
    "(?:(?:Dr|Prof|Mr|Mrs|Ms|Sen|Rep|Sir|Hon)\\.?\\s+)?[A-ZÀ-Þ][\\w'’.\\-]*(?:\\s+(?:(?:de|da|van|von|der|den|bin|al|la|le|du|of|the|and|for|&|at)\\s+){0,2}[A-ZÀ-Þ&][\\w'’.\\-]*){0,5}"
)


def iso_date(match: re.Match[str]) -> str:
    """The matched date as YYYY-MM-DD."""
    year, month, day = next(
        (match[f"y{i}"], match[f"m{i}"], match[f"d{i}"]) for i in range(1, 5) if match[f"y{i}"]
    )
    month = MONTHS.get(month.lower(), 0) or int(month)
    return f"{int(year):04}-{int(month):02}-{int(day):02}"


def date_in_titles(titles: Iterable[str]) -> str | None:
    """The one full date that the titles name, as YYYY-MM-DD; None where there is none or two.

    >>> date_in_titles(["2026年4月30日听证会实录", "Transcript"])
    '2026-04-30'
    """
    dates = {iso_date(match) for title in titles for match in DATE.finditer(title)}
    return dates.pop() if len(dates) == 1 else None


def parse_date(value: str) -> tuple[str, str, str] | None:
    """(date, time, the rest) of a value that begins with a date; None where it does not."""
    match = DATE.match(value)
    if not match:
        return None
    rest = value[match.end() :].lstrip(" \t\xa0\u3000T,，|｜·•at\n")
    time = TIME.match(rest)
    if time:
        rest = rest[time.end() :]
    return iso_date(match), time.group().strip() if time else "", rest.strip(SEPARATOR)


def is_name(value: str) -> bool:
    """Whether a value is a list of people's names, or of a desk's: `张三、李四`, `Jane Doe and Li Si`."""
    value = re.sub("[(（][^()（）]{0,16}[)）]", "", value).strip(SEPARATOR + ".")
    if not value or len(value) > 60 or SENTENCE.search(value):
        return False
    if not HAN.search(value):
        parts = re.split("\\s*[,;/、|&]\\s*|\\s+and\\s+", value)
        return len(parts) <= 6 and all(
            LATIN_NAME.fullmatch(re.sub("^[^\\w\\s]\\s+", "", p))
            or (p.islower() and len(p) <= 20 and " " not in p)
            for p in parts
            if p
        )
    parts = [p for p in re.split("[、，,/／|｜\\s&和与及]+", value) if p]
    if not parts or len(parts) > 8 or NOT_A_NAME.search(value):
        return False
    return all(
        len(p) <= 4
        or ("·" in p and len(p) <= 16)
        or (ORGANISATION.search(p) and len(p) <= 20)
        or not HAN.search(p)
        for p in parts
    )


#: `2023年5月3日 某甲、某乙 与 某丙`, `May 3, 2023 by …`; `2011年9月19日 印度新德里`.
_DATED = re.compile(
    f"\\s*(?:{DATE.pattern})\\s*(?P<gap>[\\s,，·|｜]|by\\s)\\s*(?P<rest>\\S.*?)\\s*", re.I
)
#: What ends a title that begins with a date: `2026年3月4日 例行记者会`.
_TITLE_END = re.compile("[会會辞辭话話讲講告明谈談记記稿录錄文书書令选選节節读讀日报報刊]$")


def dated_names(text: str) -> str:
    """The names of people that are all a line has beside its date; '' where it has more or none.

    >>> dated_names("2023年5月3日 Ann Lee、Bo Ruiz 与 Cy Marsh"), dated_names("May 3, 2023 by Ann Lee, and Bo Ruiz")
    ('Ann Lee、Bo Ruiz 与 Cy Marsh', 'Ann Lee, and Bo Ruiz')
    >>> dated_names("May 3, 2023, Spring Report"), dated_names("2023年5月3日 记者会")
    ('', '')
    """
    match = _DATED.fullmatch(text) if len(text) <= 240 else None
    if not match:
        return ""
    rest = re.sub("^[Bb]y\\s+", "", match["rest"])
    parts = re.split("\\s*[、，,;；&]\\s*(?:and\\s+)?|\\s+and\\s+|\\s*[与和及與]\\s*", rest)
    return rest if len(parts) >= 2 and all(p and is_person(p) for p in parts) else ""


def is_dated_place(text: str) -> bool:
    """Whether a line is a date and a place: `2011年9月19日 印度新德里`, and no title with its date.

    >>> is_dated_place("2011年9月19日 印度新德里"), is_dated_place("2011年9月19日 例行记者会")
    (True, False)
    """
    match = _DATED.fullmatch(text) if len(text) <= 60 else None
    rest = match["rest"] if match else ""
    return re.fullmatch(f"[{HAN_CLASS}·]{{2,8}}", rest) is not None and not _TITLE_END.search(rest)


#: What an editor of a public account signs with: 小满, 老周, 阿珍.
NICKNAME = re.compile(
    f"(?!小[时组学说孩心事区型的]|老[师人板年百家实是]|大[家会学小的])[小老阿][{HAN_CLASS}]{{1,2}}"
)


def is_person(value: str) -> bool:
    """Whether a value names people or desks for sure: surnames, two Latin words, an organisation.

    >>> is_person("王小明、李四"), is_person("发展与安全"), is_person("Jane Doe"), is_person("Yes")
    (True, False, True, False)
    """
    value = re.sub("[(（][^()（）]{0,16}[)）]", "", value).strip(SEPARATOR + ".")
    if not HAN.search(value):
        return len(WORD.findall(value)) >= 2 and is_name(value)
    parts = [p for p in re.split("[、，,/／|｜\\s&]+", value) if p]
    return (
        bool(parts)
        and is_name(value)
        and all(
            (2 <= len(p) <= 4 and p[0] in SURNAMES)
            or NICKNAME.fullmatch(p) is not None
            or "·" in p
            or ORGANISATION.search(p) is not None
            or not HAN.search(p)
            for p in parts
        )
    )


def is_source(value: str) -> bool:
    """Whether a value names where a text comes from: a paper, a site, an address."""
    value = value.strip(SEPARATOR)
    if not value or len(value) > 60 or SENTENCE.search(value):
        return False
    if re.search("https?://\\S+$", value) or value.startswith("www."):
        return True
    if HAN.search(value):
        return len(value) <= 30 and not re.search(
            "[，,].*[，,]|[了吗呢]|我们|他们|认为|表示|指出|显示", value
        )
    words = WORD.findall(value)
    return 0 < len(words) <= 9 and value[:1].isupper()


def _value(kind: str, value: str) -> bool:
    """Whether `value` is of the type its label asks for."""
    if kind == "date":
        parsed = parse_date(value)
        return parsed is not None and _is_residue(parsed[2])
    if kind == "count":
        return COUNT.fullmatch(value) is not None
    if kind == "duration":
        return DURATION.fullmatch(value) is not None
    if kind == "name":
        return is_name(value)
    if kind == "source":
        return is_source(value)
    if kind == "tags":
        return (
            0 < len(value) <= 160
            and not re.search("[。！？!?]|[.]\\s", value)
            and len(re.split("[,，、;；|/\\s]+", value)) <= 24
        )
    if kind == "place":
        return 0 < len(value) <= 40 and not SENTENCE.search(value)
    if kind == "link":
        return re.fullmatch("(?:https?://|www\\.)\\S+", value) is not None
    return re.fullmatch("[\\w\\-./〔〕\\[\\]()（）:：]{3,60}", value) is not None


def _is_residue(rest: str) -> bool:
    """What may stand after a date, unlabelled: nothing, or the name of a paper or a place."""
    rest = rest.strip(".。")
    if not rest or re.fullmatch(f"(?:发表|发布)于\\s?[{HAN_CLASS}]{{2,8}}", rest):
        return True
    if len(rest) > 24 or SENTENCE.search(rest):
        return False
    if HAN.search(rest):
        return bool(ORGANISATION.search(rest) or PLACE.fullmatch(rest))
    return LATIN_NAME.fullmatch(rest) is not None


def _labels(text: str) -> list[tuple[int, int, str]]:
    """(start, end, key) of every label on the line, in order and without overlap."""
    # Each label is a group of its own, so that one is always named.
    found = [(m.start(), m.end(), _KEY_OF[m.lastgroup or ""]) for m in LABEL.finditer(text)]
    found += [
        (m.start(), m.end(), next(k for k in _BARE_KEYS if m[k] is not None).removeprefix("bare_"))
        for m in BARE.finditer(text)
    ]
    found.sort()
    labels: list[tuple[int, int, str]] = []
    for start, end, key in found:
        before = text[start - 1] if start else " "
        # A Latin label is a word of its own; a Chinese one may be glued to the value before it.
        if (
            text[start].isascii()
            and text[start].isalpha()
            and before.isalpha()
            and before.isascii()
        ):
            continue
        if labels and start < labels[-1][1]:
            continue
        labels.append((start, end, key))
    return labels


_BARE_KEYS = tuple(name for name in BARE.groupindex if not name.startswith(("a_", "b_")))


def parse_fields(text: str) -> list[Field]:
    """The fields a whole line consists of, in order; [] where any part of it is something else.

    >>> [(f.key, f.value) for f in parse_fields("发布时间:2026-06-07 18:39来源:微信阅读:2")]
    [('date', '2026-06-07'), ('time', '18:39'), ('source', '微信'), ('read_count', '2')]
    >>> parse_fields("责任编辑制度是一项改革:它要求每篇文章有人负责。")
    []
    """
    if len(text) > 300:
        return []
    folded = simplify(text)
    fields = _parse(folded)
    return [_as_written(f, text, folded) for f in fields] if folded != text else fields


def _as_written(field: Field, text: str, folded: str) -> Field:
    """The field with its value in the characters of the line."""
    at = folded.find(field.value, field.start, field.end)
    return replace(field, value=text[at : at + len(field.value)]) if at >= 0 else field


def _parse(text: str) -> list[Field]:
    head = len(text) - len(text.lstrip(SEPARATOR))
    # Most lines are text: a look at their first words spares the search for labels in all of them.
    if not (
        LABEL.match(text, head) or BARE.match(text, head) or DATE.search(text, head, head + 60)
    ):
        return []
    labels = _labels(text)
    fields: list[Field] = []
    first = labels[0][0] if labels else len(text)
    if first > head:
        lead = _unlabelled(text, head, first)
        if not lead:
            return []
        fields += lead
    for index, (start, end, key) in enumerate(labels):
        stop = labels[index + 1][0] if index + 1 < len(labels) else len(text)
        value = text[end:stop].strip(SEPARATOR)
        if value.count("》") > value.count("《"):  # 《乡读》2024年第11期
            value = "《" + value
        kind = LABELS[key][0]
        if not value and kind in ("count", "name", "source", "tags") and len(labels) > 1:
            fields.append(Field("", "", start, stop))  # a label whose value is empty
        elif not _value(kind, value):
            return []
        elif kind == "date":
            fields += _date_fields(text, start, end, stop, key)
        else:
            fields.append(Field(key, value, start, stop))
    return fields


def _unlabelled(text: str, start: int, end: int) -> list[Field]:
    """Fields before the first label: `2026-06-07 18:39 来源：…`, `新华网 2026-06-07`."""
    part = text[start:end]
    match = DATE.search(part)
    if not match:
        return []
    before = part[: match.start()].strip(SEPARATOR)
    if before.startswith("原创"):
        return []  # the head of an article on a public account, read as a whole
    if before and not (
        len(before) <= 20
        and (ORGANISATION.search(before) or (not HAN.search(before) and is_name(before)))
    ):
        return []
    parsed = parse_date(part[match.start() :])
    if parsed is None or not _is_residue(parsed[2]):
        return []
    fields = []
    if by := re.match("(?:By|Written by|Text by)\\s+(?=\\S)", before, re.IGNORECASE):
        fields.append(Field("author", before[by.end() :], start, start + match.start(), False))
    elif before:
        # `San Francisco, June 7, 2026` and `Jane Doe, June 7`: a name before a date may be either.
        known = ORGANISATION.search(before)
        fields.append(Field("source" if known else "", before, start, start + match.start(), False))
    return fields + _date_fields(
        text, start + match.start(), start + match.start(), end, "date", False
    )


def _date_fields(
    text: str, start: int, value: int, stop: int, key: str, labelled: bool = True
) -> list[Field]:
    """A date, its time where there is one, and the name that stands behind them."""
    while text[value].isspace() or text[value] in SEPARATOR:
        value += 1
    match = DATE.match(text, value, stop)
    assert match  # _value has seen it
    time = TIME.search(text, match.end(), stop)
    if time and text[match.end() : time.start()].strip(" \t\xa0\u3000T,，|｜·•at\n"):
        time = None
    after = time.end() if time else match.end()
    rest = text[after:stop].strip(SEPARATOR)
    ends = [time.start() if time else after if rest else stop, after if rest else stop]
    fields = [Field(key, iso_date(match), start, ends[0], labelled)]
    if time:
        fields.append(
            Field(
                "time" if key == "date" else f"{key}_time",
                time.group().strip(),
                ends[0],
                ends[1],
                labelled,
            )
        )
    if rest:
        # What stands unlabelled beside a date may be a place, a person, a count: only a paper is known.
        fields.append(
            Field("source" if ORGANISATION.search(rest) else "", rest, after, stop, False)
        )
    return fields
