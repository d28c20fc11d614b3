"""Document -> Cleaned: chrome cut with its reason, metadata read out, the text left alone.

A text's own sentence is never cut: where a line might be either, it stays. Every cut is a whole line
or a part with clear limits, so lines and cuts together hold each character that is not blank once.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bitext.clean import boilerplate
from bitext.clean.fields import (
    DATE,
    LABELS,
    ORGANISATION,
    SEPARATOR,
    TIME,
    Field,
    is_name,
    is_person,
    is_source,
    iso_date,
    parse_date,
    parse_fields,
)
from bitext.clean.truncation import find_truncation
from bitext.read.scripts import HAN, WORD, count, language
from bitext.segment.language import split_runs
from bitext.source import Cleaned, Cut, Document, Line, Span, is_blank

#: A line that ends like this is running text, if it is long enough.
SENTENCE_END = re.compile(
    "[。！？!?…；;](?:[”’\"')）」』\\]】]*)\\s*$|[.](?:[”’\"')）」』\\]】]*)\\s*$"
)
ANY_SENTENCE = re.compile("[。！？]|[.!?][”’\"')]*(?:\\s|$)")
TITLE_NOUN = (
    "院长|副院长|所长|副所长|主任|副主任|教授|副教授|讲席教授|研究员|副研究员|参事|主席|副主席|会长|副会长|秘书长|理事长|理事|"
    "董事长|董事|总裁|副总裁|总经理|首席执行官|首席科学家|首席专家|创始人|联合创始人|校长|副校长|院士|委员|部长|副部长|司长|局长|"
    "处长|大使|代表|参赞|总编辑|主编|专家|学者|顾问|博士|讲师|助理教授|特聘教授|负责人|召集人|合伙人|主理人|发起人|CEO|CTO|负责人|"
    "议员|参议员|众议员|国务卿|总统|总理|首相|市长|省长|书记|秘书|记者|律师|法官|经济学家|科学家|工程师|总监|主管|馆长|社长|台长|客座教授|荣休教授|高级研究员|高级顾问|特使|专员|干事|总干事"
)
BYLINE_PART = re.compile(
    f"[^。！？，,；;：:、]{{0,36}}(?:{TITLE_NOUN})(?:[(（][^()（）]{{1,20}}[)）])?(?:\\s?[\\u4e00-\\u9fff·]{{2,10}})?"
)
TITLE_WORD = (
    "Director|Dean|Professor|Fellow|Chair|Chairman|Chairwoman|Chairperson|President|Vice[- ]President|Counsel(?:l?or)|Minister|Secretary|Head|"
    "Founder|Co-?founder|Editor|Researcher|Scholar|Senator|Ambassador|Member|Lecturer|CEO|Chief|Advis[eo]r|Scientist|Partner|Provost|Rector|Commissioner|"
    "Representative|Governor|Expert|Analyst|Economist|Envoy|Counsel|Officer|Principal"
)
BYLINE_EN = re.compile(
    f"(?:(?:Former|Executive|Deputy|Associate|Assistant|Senior|Founding|Honorary|Distinguished|Vice|Emeritus|Chief|Visiting|Acting|Co-?)[\\s-]*){{0,3}}(?:{TITLE_WORD})\\b[^.!?:;]{{0,90}}"
)
VERB = re.compile(
    "\\b(?:is|are|was|were|has|have|had|will|would|can|could|should|must|may|says?|said|thinks?|believes?|spoke|speaks|I|we|you|they)\\b",
    re.I,
)
BY = re.compile(
    "(?:By|Written by|Reported by|Text by|Interview(?:ed)? by|BY)\\s+(?P<name>[^.!?:：;]{3,80})"
)
WRITTEN_BY = re.compile(
    "(?:文|作者|撰文|采写|整理|编译|译|翻译|口述|供稿)\\s?[/／|｜丨]\\s?(?P<name>[^。！？:：]{2,40})"
)
#: A line of an English news site: `By HELEN ZHAO in Beijing | China Daily | Updated: 2025-09-12 07:40`.
NEWS_BY = re.compile(
    "By\\s+(?P<name>[^|:：\\d]{3,60}?)(?:\\s+in\\s+(?-i:[A-Z])[^|:：\\d]{1,40})?\\s*[|｜]\\s*(?:(?P<source>[^|:：\\d]{2,40}?)\\s*[|｜]\\s*)?"
    "(?:(?P<label>Updated|Last updated|Published|Posted)\\s*[:：]?\\s*)?(?P<when>[^|]{6,60})",
    re.I,
)
#: `本报记者 王敏`
REPORTER = re.compile(
    "[(（【]?(?:(?:本报|本网|本刊|本台|本社|新华社|中新社|特约|见习|实习|驻[\\u4e00-\\u9fff]{2,4})\\s?){1,3}(?:特约|见习|实习)?(?:记者|通讯员|撰稿人?)\\s{1,4}(?P<name>[\\u4e00-\\u9fff·、\\s]{2,30}?)[)）】]?"
)
#: Where a page says that it has its text from.
TAKEN_FROM = re.compile(
    "(?P<sure>以下文章来源于)\\s?(?P<of>[^，,。]{1,24}?)\\s*[,，]\\s*作者\\s?[:：]?\\s?(?P<by>[^，,。]{1,20})"
    '|[(（【]?(?:本文|文章|原文|本篇|以上内容|内容)(?:系|经授权)?(?:转载自|转自|摘编自|摘自|选自|编译自|原载于?|首发于|首刊于|原刊于)\\s?[:：]?\\s?[“「《『"]?(?P<from>[^，,。“”「」]{2,30}?)[”」》』"]?\\s?(?:微信)?(?:公众号|网站|微博|客户端|头条号)?'
    "(?P<notice>[,，；;\\s]+(?:版权|著作权|如有|若有|侵权|转载|仅供|不代表|文章不代表|有删[减节改]|略有删|已获授权|经授权|特此|感谢|谢谢)[^。]{0,50})?[。]?[)）】]?"
)
ORIGINAL = re.compile("原创\\s+(?P<rest>.{2,60})")
ABOUT_AUTHOR = re.compile(
    "[（(【\\[]?(?:本文|文章)?作者(?:系|为|是|简介[:：]?|介绍[:：])(?P<zh>[^。！？]{2,100})[。]?[)）】\\]]?"
    "|[(\\[]?(?:About the author[:：]?|The (?:author|writer)s? (?:is|are)) (?P<en>[^.!?]{4,200})\\.?[)\\]]?"
)
#: A bracket at a paragraph's end that names who made the page.
MADE_BY = re.compile(
    "[（(\\[【]\\s{0,3}(?P<inner>(?:责任编辑|值班编辑|网络编辑|执行编辑|本文编辑|编辑|责编|校对|审核|审校|终审|排版|监制|译者|翻译|编译|Edited by|Editors?|Translated by|Proofread by)"
    "\\s?[:：]\\s?[^（()）\\[\\]【】。！？]{1,60})\\s{0,3}[)）\\]】]\\s*$"
)
CITED_AT_END = re.compile(
    "[（(\\[【]\\s{0,3}(?P<inner>(?:来源|文章来源|稿源|本文来源|转载自|原载|作者|记者|Source|Author)\\s?[:：]\\s?[^（()）\\[\\]【】。！？]{1,60})\\s{0,3}[)）\\]】]\\s*$"
)
#: Fields that stand for themselves on a line anywhere; the others need company or the text's edge.
SURE_ALONE = frozenset(
    (
        "editor",
        "proofreader",
        "read_count",
        "like_count",
        "wow_count",
        "updated",
        "link",
        "document",
        "reading_time",
    )
)
#: Labels that name a field wherever they stand; any other one may be a heading's or a speaker's.
SURE_LABEL = re.compile(
    "(?:责任编辑|值班编辑|网络编辑|执行编辑|本期编辑|本文编辑|微信编辑|新媒体编辑|责编|美编|美术编辑|责任校对|校对|审校|终审|初审|复审|一审|二审|三审|排版|监制|总监制|"
    "发布时间|发布日期|发表时间|发布于|发表于|更新时间|最后更新|文章来源|稿件来源|本文来源|Published (?:on|at)|Posted (?:on|at)|First published|Last updated|"
    "Edited by|Proofread by|Fact-checked by|Copy editor)(?=\\s{0,3}[:：|｜/／]|\\s{0,3}\\d|\\s(?-i:[A-Z]))",
    re.IGNORECASE,
)
#: What stands on the line below a title.
HEAD_KEYS = frozenset(("date", "updated", "source", "author"))
#: `中文：` before each text of a pair.
LANGUAGE_PREFIX = re.compile(
    "[【\\[（(]?(?P<zh>中文|中文版|中|译文|中译|汉语|Chinese|ZH|CN)[】\\]）)]?\\s?[:：]|[【\\[（(]?(?P<en>英文|英文版|英|原文|英语|English|EN)[】\\]）)]?\\s?[:：]"
    "|[【\\[（(](?P<zh2>中文|译文|中|ZH|Chinese)[】\\]）)]|[【\\[（(](?P<en2>英文|原文|英|EN|English)[】\\]）)]",
    re.I,
)


@dataclass(slots=True)
class State:
    """A document under the knife: what each of its lines still holds, and what was cut."""

    document: Document
    kept: list[list[Span]]  # of each line
    cuts: dict[int, list[Cut]] = field(default_factory=dict)  # of each line that was cut
    metadata: dict[str, str] = field(default_factory=dict)
    full: list[int] = field(default_factory=list)  # indexes of lines that hold text
    prose: list[bool] = field(default_factory=list)
    langs: list[str] = field(default_factory=list)
    gone: set[int] = field(default_factory=set)
    scraps: bool = False  # most lines of the text are a word or two
    changed: dict[int, Line] = field(default_factory=dict)

    def text(self, index: int) -> str:
        """What is left of a line, without its markup."""
        return "".join(self.document.text[a:b] for a, b in self.kept[index])

    def cut(self, index: int, reason: str, key: str = "", span: Span | None = None) -> None:
        """Cut a line, or a span of it; what was cut before stays as it was."""
        line = self.document.lines[index]
        start, end = span or (line.start, line.end)
        made = self.cuts.setdefault(index, [])
        pieces = _pieces(replace(line, start=start, end=end), made)
        for a, b in (_trim(self.document.text, *piece) for piece in pieces):
            if a < b:
                made.append(Cut((a, b), reason, key))
        self.kept[index] = [
            p
            for a, b in self.kept[index]
            for p in ((a, min(b, start)), (max(a, end), b))
            if p[0] < p[1]
        ]
        if not any(not is_blank(c) for c in self.text(index)):
            self.gone.add(index)

    def learn(self, key: str, value: str) -> None:
        """Remember metadata; the first value holds, another language's stands beside it."""
        if not value:
            return
        if key not in self.metadata:
            self.metadata[key] = value
        elif self.metadata[key] != value and key in ("author", "editor", "source", "translator"):
            lang = language(value)
            if lang and lang != language(self.metadata[key]):
                self.metadata.setdefault(f"{key}_{lang}", value)

    def has(self, index: int, *, reason: str = "", keys: frozenset[str] = frozenset()) -> bool:
        """Whether a cut with this reason or one of these keys was made in the line."""
        return any(c.reason == reason or c.key in keys for c in self.cuts.get(index, ()))

    def is_scrap(self, index: int) -> bool:
        """Whether a line is a word or two of a text that comes in such scraps, as captions do."""
        return self.scraps and len(self.text(index).split()) <= 2

    @property
    def left(self) -> list[int]:
        """Indexes of the lines that still hold text, in order."""
        return [i for i in self.full if i not in self.gone]


def clean(document: Document) -> Cleaned:
    """The document's text without its chrome; lines and cuts cover what is not blank exactly once."""
    state = _start(document)
    for step in STEPS:
        step(state)
    lines = _lines(state)
    made = (cut for cuts in state.cuts.values() for cut in cuts)
    cuts = tuple(sorted([*document.left_out, *made], key=lambda c: c.span))
    metadata = {**document.metadata, **state.metadata}
    truncation = find_truncation(document, lines)
    return Cleaned(
        document, lines, cuts, metadata, truncated=bool(truncation), truncation=truncation
    )


def _start(document: Document) -> State:
    text = document.text
    state = State(document, [[(ln.start, ln.end)] for ln in document.lines])
    for index, line in enumerate(document.lines):
        inner = _without_markup(text, line)
        state.kept[index] = inner
        state.langs.append("")
        state.prose.append(False)
        part = state.text(index)
        if any(not is_blank(c) for c in part[:4096]) or any(not is_blank(c) for c in part):
            state.full.append(index)
            state.langs[index] = line.lang or language(part)
            state.prose[index] = _is_prose(part)
        elif any(not is_blank(c) for c in text[line.start : line.end]):
            state.cut(index, "markup")
            state.gone.add(index)
    short = sum(len(state.text(i).split()) <= 2 and len(state.text(i)) <= 20 for i in state.full)
    state.scraps = len(state.full) >= 40 and short > 0.7 * len(state.full) and not any(state.prose)
    return state


def _without_markup(text: str, line: Line) -> list[Span]:
    spans, at = [], line.start
    for a, b in sorted(line.markup):
        if at < a:
            spans.append((at, a))
        at = max(at, b)
    if at < line.end:
        spans.append((at, line.end))
    return spans


#: One question or exclamation, as titles are.
QUESTION = re.compile("[^。！？.!?]{2,50}[！？!?]+[”’\"')）」』]*\\s*")


def _is_prose(part: str) -> bool:
    """Whether a line is running text: it has a sentence's end and a sentence's length."""
    if not ANY_SENTENCE.search(part) or (len(part) < 60 and QUESTION.fullmatch(part)):
        return len(part) > 60 and (count(HAN, part) >= 40 or len(WORD.findall(part)) >= 20)
    return count(HAN, part[:2000]) >= 12 or len(WORD.findall(part[:2000])) >= 7


# --- where chrome stands ------------------------------------------------------------------------


def _edges(state: State) -> set[int]:
    """Lines before the text, after it, and between its halves where the language changes for good."""
    left = state.left
    prose = [i for i in left if state.prose[i]]
    if state.document.format in ("srt", "vtt"):
        return set(left[:4] + left[-4:])
    if not prose:
        return set(left[:3] + left[-3:])
    edges = {i for i in left if i < prose[0] or i > prose[-1]}
    seams = [(a, b) for a, b in itertools.pairwise(prose) if state.langs[a] != state.langs[b]]
    if len(seams) <= 2:
        for a, b in seams:
            edges |= {i for i in left if a < i < b}
    return edges


# --- steps, in order ----------------------------------------------------------------------------


def _cut_strong(state: State) -> None:
    for index in state.left:
        line = state.document.lines[index]
        if line.kind in ("code", "cell") or len(state.text(index)) > 1300 or state.is_scrap(index):
            continue
        if reason := boilerplate.strong_reason(state.text(index)):
            if state.document.format in ("srt", "vtt") and reason in (
                "page number",
                "picture credit",
                "end mark",
            ):
                continue
            state.cut(index, reason)


def _cut_markers(state: State) -> None:
    """Lines that announce or name the other language."""
    found = [
        i for i in state.left if boilerplate.marker_reason(state.text(i)) and not state.is_scrap(i)
    ]
    for index in found:
        state.cut(index, "marker between languages")


def _cut_prefixes(state: State) -> None:
    """`中文：…` / `English: …` before each text of a pair: scaffolding, once both of them recur."""
    hits: list[tuple[int, re.Match[str], str]] = []
    for index in state.left:
        line = state.document.lines[index]
        match = LANGUAGE_PREFIX.match(state.document.text, state.kept[index][0][0], line.end)
        if match:
            lead = state.document.text[match.end() : match.end() + 1]
            hits.append((index, match, "zh" if match["zh"] or match["zh2"] else "en"))
            if not lead.strip() and match.end() >= line.end:
                continue
    kinds = Counter(lang for _, _, lang in hits)
    if min(kinds["zh"], kinds["en"]) < 2 or abs(kinds["zh"] - kinds["en"]) > 0.34 * len(hits):
        return
    for index, match, _ in hits:
        state.cut(index, "marker between languages", span=match.span())


def _cut_inline(state: State) -> None:
    """Bracketed parts and page numbers inside a line, and a notice glued to a paragraph's end."""
    text = state.document.text
    for index in state.left:
        line = state.document.lines[index]
        if line.kind in ("code", "cell", "cue"):
            continue
        for start, end in tuple(state.kept[index]):
            for match in boilerplate.INLINE.finditer(text, start, end):
                state.cut(
                    index,
                    boilerplate.INLINE_REASON[match.lastgroup or "picture"],
                    span=match.span(),
                )
            for match in boilerplate.INLINE_PAGE.finditer(text, start, end):
                state.cut(index, "page number", span=match.span())
        if index not in state.gone:
            _cut_end(state, index)


#: Where a paragraph's last sentence ends and something glued to it begins.
LAST_STOP = re.compile("[。！？!?.…][”’\"'）)」』]*\\s*(?=[^\\s。！？!?.…”’\"'）)」』])")


#: Chrome that is found glued to a paragraph's end. A button has no full stop, a sentence does; but for
#: the notices, which say of themselves that they are none of the text.
SAID = frozenset(("picture notice", "disclaimer"))
GLUED = SAID | frozenset(
    "call to follow|call to scan|call to subscribe|share row|comment box|page tools|read more|link to the top|end mark".split(
        "|"
    )
)


def _cut_end(state: State, index: int) -> None:
    """What stands behind a paragraph's last sentence: an editor's name, a call to follow, a share row."""
    for _ in range(4):
        if not state.kept[index]:
            return
        start, end = state.kept[index][-1]
        low = max(start, end - 260)
        text = state.document.text
        while end > low and is_blank(text[end - 1]):
            end -= 1
        tail = text[low:end]
        match = MADE_BY.search(tail)
        fields = parse_fields(match["inner"]) if match else []
        if match and fields:
            _cut_fields(state, index, fields, low + match.start("inner"), low + match.start(), end)
            continue
        stops = [m.end() for m in LAST_STOP.finditer(tail)]
        for stop in stops[-1:] + stops[-2:-1]:
            part = tail[stop:]
            if len(part) < 2 or low + stop <= start:
                continue
            fields = parse_fields(part)
            if fields and fields[0].labelled and _are_sure(fields, part):
                _cut_fields(state, index, fields, low + stop, low + stop, end)
                break
            reason = boilerplate.strong_reason(part)
            if reason in GLUED and (reason in SAID or not SENTENCE_END.search(part)):
                state.cut(index, reason, span=(low + stop, end))
                break
        else:
            return


def _cut_fields(
    state: State, index: int, fields: list[Field], base: int, start: int, end: int
) -> None:
    """One cut a field; the first one takes what stands before it, the last one what stands behind."""
    spans = [[base + f.start, base + f.end] for f in fields]
    spans[0][0], spans[-1][1] = start, end
    for found, (a, b) in zip(fields, spans, strict=True):
        if found.key:
            state.cut(index, f"metadata: {found.key}", found.key, (a, b))
            state.learn(found.key, found.value)
        else:
            state.cut(index, "metadata: beside a label or a date", "", (a, b))


#: Who makes a page may also speak in it: a label that comes back with other words is a speaker's.
SAID_BY = frozenset("编辑 主编 小编 作者 记者 译者 翻译 editor author translator reporter".split())


def _speaker_labels(state: State) -> set[str]:
    """Labels that are said before a sentence anywhere in the text: they name a speaker, not a field."""
    found: set[str] = set()
    answers: defaultdict[str, set[str]] = defaultdict(set)
    for index in state.left:
        head = re.match(
            "\\s*[*_【\\[]{0,3}([\\w .]{1,16}?)[*_】\\]]{0,3}\\s?[:：]\\s?[*_]{0,3}(.*)",
            state.text(index)[:200],
        )
        if head and (label := head[1].strip().lower()) in SAID_BY:
            answers[label].add(head[2].strip())
        if head and (SENTENCE_END.search(head[2]) or len(head[2]) >= 60) and not is_name(head[2]):
            found.add(head[1].strip().lower())
    return found | {label for label, said in answers.items() if len(said) >= 2}


def _read_fields(state: State) -> None:
    """Lines that consist of metadata fields: a publication line, an editor's line, a date at the head."""
    edges = _edges(state)
    speakers = _speaker_labels(state)
    for index in state.left:
        line = state.document.lines[index]
        text = state.text(index)
        if (
            len(text) > 300
            or line.kind in ("code", "cell", "heading")
            or (line.kind == "cue" and index not in edges)
        ):
            continue
        fields = parse_fields(text)
        if not fields or not _are_metadata(state, index, fields, text, edges, speakers):
            continue
        if len(state.kept[index]) == 1:
            base = state.kept[index][0][0]
            _cut_fields(state, index, fields, base, line.start, line.end)
        else:  # markup stands between the parts: the line goes as one
            for found in fields:
                state.learn(found.key, found.value)
            state.cut(
                index, "metadata: " + ", ".join(f.key for f in fields if f.key), fields[0].key
            )


def _are_metadata(
    state: State, index: int, fields: list[Field], text: str, edges: set[int], speakers: set[str]
) -> bool:
    label = re.match("[\\s*_【\\[]*([^:：|/｜／]{1,24}?)\\s?[:：|/｜／]", text)
    said = label[1].strip().lower() if label else ""
    if said in speakers:
        return False
    if (sure := _are_sure(fields, text)) is not None:
        return sure
    return index in edges and (
        _people(fields) is None or all(map(is_person, _people(fields) or ()))
    )


def _are_sure(fields: list[Field], text: str) -> bool | None:
    """Whether fields are metadata wherever they stand; None where the place must tell."""
    named = [f for f in fields if f.key and f.labelled and f.key not in ("time", "updated_time")]
    if SURE_LABEL.match(text.strip(SEPARATOR)):
        return True
    if (people := _people(fields)) is not None:
        # `统筹：发展与安全` is a heading, `Editor: Yes` an answer: only a person's name makes a field.
        if not all(map(is_person, people)):
            return False
        return True if len(people) >= 2 or named[0].key in SURE_ALONE else None
    if len(named) >= 2 or (named and any(f.key == "date" and not f.labelled for f in fields)):
        return True
    return True if len(named) == 1 and named[0].key in SURE_ALONE else None


def _people(fields: list[Field]) -> list[str] | None:
    """The values of fields that all name people; None where one of them does not."""
    named = [f for f in fields if f.key and f.labelled]
    people = [f.value for f in named if LABELS.get(f.key, ("",))[0] == "name"]
    return people if people and len(people) == len(named) else None


def _read_bylines(state: State) -> None:
    """`By Jane Doe`, `文/李明`, a line of positions without a name; only where a page has its bylines."""
    edges = _edges(state)
    left = state.left
    place = {i: n for n, i in enumerate(left)}
    first = next((i for i in left if state.prose[i]), 0)
    for index in left:
        text = state.text(index).strip()
        if state.document.lines[index].kind in ("code", "cell", "cue") or len(text) > 260:
            continue
        if match := ABOUT_AUTHOR.fullmatch(text):
            said = (match["zh"] or match["en"]).strip(" \t)）】]")
            if re.search(TITLE_NOUN if match["zh"] else TITLE_WORD, said, re.I) and (
                index in edges or place[index] in (0, 1, len(left) - 1, len(left) - 2)
            ):
                key = "byline_zh" if match["zh"] else "byline_en"
                state.cut(index, f"metadata: {key}", key)
                state.learn(key, said)
            continue
        if _read_origin(state, index, text, index in edges):
            continue
        if index not in edges or state.document.lines[index].kind == "heading":
            continue
        for pattern in (BY, WRITTEN_BY):
            match = pattern.fullmatch(text)
            if match and _is_by(match["name"], place[index]):
                date = DATE.search(match["name"])
                name = match["name"][: date.start()] if date else match["name"]
                state.cut(index, "metadata: author", "author")
                state.learn("author", name.strip(" \t,，|｜/·-–—"))
                if date:
                    state.learn("date", iso_date(date))
                break
        else:
            if (match := ORIGINAL.fullmatch(text)) and (date := DATE.search(match["rest"])):
                _read_original(state, index, match["rest"], date)
            elif (lang := _byline(text)) and (index < first or _near_title(state, index)):
                state.cut(index, f"metadata: byline_{lang}", f"byline_{lang}")
                state.learn(f"byline_{lang}", text)


def _read_origin(state: State, index: int, text: str, edge: bool) -> bool:
    """Whether a line says who wrote the text or which paper it is from, by its form alone; cut, then."""
    if match := NEWS_BY.fullmatch(text):
        when = parse_date(match["when"])
        if when is None or when[2] or not is_name(match["name"]):
            return False
        if match["source"] and not is_source(match["source"]):
            return False
        late = (match["label"] or "").lower().endswith("updated")
        learnt = {
            "author": match["name"].strip(),
            "source": (match["source"] or "").strip(),
            "updated" if late else "date": when[0],
            "updated_time" if late else "time": when[1],
        }
    elif match := TAKEN_FROM.fullmatch(text):
        if not (edge or match["sure"] or match["notice"]) or boilerplate.SPOKEN_OF.search(text):
            return False
        learnt = {
            "source": (match["of"] or match["from"]).strip(),
            "author": (match["by"] or "").strip(),
        }
    elif edge and (match := REPORTER.fullmatch(text)) and is_person(match["name"]):
        learnt = {"author": " ".join(match["name"].split())}
    else:
        return False
    key = next(iter(learnt))
    state.cut(index, f"metadata: {key}", key)
    for name, value in learnt.items():
        state.learn(name, value)
    return True


def _read_original(state: State, index: int, rest: str, date: re.Match[str]) -> None:
    """`原创 李明 治理观察 2026-06-07 08:00 北京`: the author if there are two names, the account, the date."""
    state.cut(index, "metadata: date", "date")
    state.learn("date", iso_date(date))
    names = rest[: date.start()].split()
    if names:
        state.learn("source", names[-1])
    if len(names) == 2:
        state.learn("author", names[0])
    if time := TIME.match(rest[date.end() :].lstrip()):
        state.learn("time", time.group().strip())


def _is_by(name: str, place: int) -> bool:
    date = DATE.search(name)
    bare = (name[: date.start()] if date else name).strip(" \t,，|｜/·-–—")
    names = re.split("\\s*[|,]\\s*", bare)
    # `By Land and Sea` is a title; two words with a date, or at the very head, are a person.
    return is_name(names[0]) and (
        bool(date) or HAN.search(bare) is not None or place < 6 or len(names) > 1
    )


def _byline(text: str) -> str:
    """'zh' or 'en' where a line lists positions and says nothing: `…院长、…主任`."""
    if ANY_SENTENCE.search(text) or ":" in text or "：" in text:
        return ""
    if HAN.search(text):
        parts = [p.strip() for p in re.split("[、，,；;|｜/]|\\s{2,}", text) if p.strip()]
        return "zh" if len(parts) >= 2 and all(BYLINE_PART.fullmatch(p) for p in parts) else ""
    parts = [p.strip() for p in re.split("[;|]|,(?=\\s)", text) if p.strip()]
    titled = sum(BYLINE_EN.match(p) is not None for p in parts)
    # A title's own words may have commas, so the first part must be a position and half of them all.
    if (
        parts
        and BYLINE_EN.match(parts[0])
        and not VERB.search(text)
        and len(parts) >= 2
        and 2 * titled >= len(parts)
    ):
        return "en"
    return ""


def _near_title(state: State, index: int) -> bool:
    """Whether a line stands right below metadata that was read."""
    at = bisect_left(state.full, index)
    return at > 0 and state.has(state.full[at - 1], keys=HEAD_KEYS)


def _read_end(state: State) -> None:
    """`（来源：新华网）` behind the last paragraph of a text: where the page took it from."""
    prose = [i for i in state.left if state.prose[i]]
    lasts = prose[-1:]
    seams = [a for a, b in itertools.pairwise(prose) if state.langs[a] != state.langs[b]]
    if len(seams) <= 2:
        lasts += seams
    for index in sorted(set(lasts)):
        if not state.kept[index]:
            continue
        start, end = state.kept[index][-1]
        low = max(start, end - 120)
        match = CITED_AT_END.search(state.document.text[low:end])
        fields = parse_fields(match["inner"]) if match else []
        # Behind a full stop only: before one the bracket belongs to the sentence.
        before = state.document.text[start : low + match.start()].rstrip()[-1:] if match else ""
        if match and fields and before in '。！？!?.…”"':
            _cut_fields(
                state,
                index,
                fields,
                low + match.start("inner"),
                low + match.start(),
                low + match.end(),
            )


def _cut_weak(state: State) -> None:
    """Words that are chrome only at the edges of the text, and the list below `相关阅读`."""
    edges = _edges(state)
    related = ""
    for index in state.full:
        line = state.document.lines[index]
        if index in state.gone:
            if state.has(index, reason="related articles"):
                related = language(state.document.text[line.start : line.end])
            continue
        text = state.text(index)
        if (
            index not in edges
            or line.kind in ("code", "cell", "cue", "quote")
            or state.is_scrap(index)
        ):
            related = ""
            continue
        reason = boilerplate.weak_reason(text)
        if reason and (
            line.kind != "heading"
            or index > max((i for i in state.full if state.prose[i]), default=-1)
        ):
            if reason in ("page number", "relative time") and line.kind:
                continue
            state.cut(index, reason)
            related = language(text) if reason == "related articles" else related
        elif related and language(text) == related and line.kind != "heading" and _is_link(text):
            state.cut(index, "related articles")
        else:
            related = ""


def _is_link(text: str) -> bool:
    """Whether a line below `相关阅读` is another article's title."""
    text = text.strip()
    return (
        len(text) <= 100
        and not re.search("[。；;]|[.]\\s*$|[:：]\\s*$", text)
        and not re.match("[*※#【\\[（(注]", text)
    )


def _cut_notices(state: State) -> None:
    """The paragraph below a line that says only `免责声明` or `Disclaimer`."""
    left = state.full
    for n, index in enumerate(left):
        text = (
            state.text(index)
            or state.document.text[
                state.document.lines[index].start : state.document.lines[index].end
            ]
        )
        if not re.fullmatch(
            "[【\\[（(#*\\s]*(?:免责声明|版权声明|法律声明|转载声明|版权说明|Disclaimers?|Copyright notice|Legal notice)[】\\])）*\\s:：]*",
            text[:40].strip(),
            re.I,
        ):
            continue
        below = next((i for i in left[n + 1 : n + 2] if i not in state.gone), None)
        if below is None:
            continue
        if (
            len({m.lower() for m in boilerplate.DISCLAIMER_WORDS.findall(state.text(below))}) >= 2
            and len(state.text(below)) <= 1200
        ):
            if index not in state.gone:
                state.cut(index, "disclaimer")
            state.cut(below, "disclaimer")


def _cut_page_headers(state: State) -> None:
    """A short line that comes back beside the page numbers: the page's running header."""
    pages = {i for i in state.gone if state.has(i, reason="page number")}
    if len(pages) < 2:
        return
    order = state.full
    place = {i: n for n, i in enumerate(order)}
    lines: dict[str, list[int]] = {}
    for index in state.left:
        text = state.text(index).strip()
        if len(text) <= 80 and not SENTENCE_END.search(text):
            lines.setdefault(text, []).append(index)
    for found in lines.values():
        if len(found) < 2:
            continue
        near = sum(
            any(order[n] in pages for n in (place[i] - 1, place[i] + 1) if 0 <= n < len(order))
            for i in found
        )
        if near >= max(2, len(found) - 1):
            for index in found:
                state.cut(index, "page header")


#: A short text and a page number at the two ends of a line.
RUNNING_HEAD = re.compile(
    "\\s*(?:(?P<left>\\d{1,4})(?P<gap>\\s+)(?P<right_text>\\D[^\\n]{1,70}?)|(?P<left_text>[^\\n]{1,70}?\\D)(?P<gap2>\\s+)(?P<right>\\d{1,4}))\\s*"
)


def _cut_running_heads(state: State) -> None:
    """`Proceedings of the Congress      17`, where the pages of a book went on: no list of contents."""
    if state.document.format in ("srt", "vtt", "csv", "tsv"):
        return
    place = {i: n for n, i in enumerate(state.full)}
    found: list[tuple[int, int, str, bool]] = []
    for index in state.left:
        text = state.text(index)
        if state.document.lines[index].kind or len(text) > 160 or SENTENCE_END.search(text):
            continue
        if match := RUNNING_HEAD.fullmatch(text):
            wide = len((match["gap"] or match["gap2"]).expandtabs(4)) >= 4
            name = (match["left_text"] or match["right_text"]).strip()
            found.append((index, int(match["left"] or match["right"]), name, wide))
    names = Counter(name for _, _, name, _ in found)
    heads = [(i, page) for i, page, name, wide in found if wide or names[name] >= 3]
    places = [place[i] for i, _ in heads]
    if (
        len(heads) < 2
        or any(b[1] <= a[1] for a, b in itertools.pairwise(heads))
        or any(b - a < 3 for a, b in itertools.pairwise(places))
    ):
        return
    prose = [place[i] for i in state.left if state.prose[i]]
    # Each has running text before and behind it: pages of a text, not the entries of a list.
    if prose and prose[0] < places[0] and all(p < prose[-1] for p in places):
        for index, _ in heads:
            state.cut(index, "page header")


PAGE_OF = re.compile("\\s*(\\d{1,4})\\s*(?:/\\s*(\\d{1,4})\\s*)?")


def _cut_counted_pages(state: State) -> None:
    """Bare numbers alone on their lines that count upwards through the text: page numbers."""
    if state.document.format in ("srt", "vtt", "csv", "tsv"):
        return
    numbered = [
        (i, m)
        for i in state.left
        if not state.document.lines[i].kind and (m := PAGE_OF.fullmatch(state.text(i)))
    ]
    totals = Counter(m[2] for _, m in numbered if m[2])
    for index, match in numbered:
        if match[2] and totals[match[2]] >= 2:
            state.cut(index, "page number")
    found = [(i, int(m[1])) for i, m in numbered if not m[2]]
    if len(found) < 3 or any(b[1] - a[1] != 1 for a, b in itertools.pairwise(found)):
        return
    # Numbers that open a numbered paragraph count upwards too, but no text breaks off before them.
    order = state.full
    place = {i: n for n, i in enumerate(order)}
    broken = sum(
        1 for i, _ in found
        if place[i] and not SENTENCE_END.search(state.text(order[place[i] - 1])) and state.text(order[place[i] - 1]).strip()
    )  # fmt: skip
    if 2 * broken >= len(found):
        for index, _ in found:
            state.cut(index, "page number")


# --- titles -------------------------------------------------------------------------------------


def _read_titles(state: State) -> None:
    """A title: a heading of the first level, or a short line before the publication line.

    Where both languages have one, the two are a pair of headings and stay in the text; a title in
    one language only is metadata, so that nothing looks untranslated that is on the page anyway.
    """
    if state.document.format in ("srt", "vtt", "csv", "tsv"):
        return
    found: dict[str, tuple[int, str]] = {}
    for index in _title_lines(state):
        text = " ".join(state.text(index).split())
        lang = state.langs[index]
        if lang and lang not in found and not _is_mixed(text):
            found[lang] = (index, text)
    for lang, (index, text) in found.items():
        state.metadata[f"title_{lang}"] = text
        if len(found) == 2:
            line = state.document.lines[index]
            state.changed[index] = replace(line, kind="heading", level=line.level or 1)
        else:
            state.cut(index, f"metadata: title_{lang}", f"title_{lang}")


def _is_mixed(text: str) -> bool:
    """Whether a title stands on its line in both languages: the line is then a pair by itself."""
    return {"zh", "en"} <= {run.lang for run in split_runs(text, heading=True, titles=True)}


def _title_lines(state: State) -> list[int]:
    """Indexes of lines that are a title, with no more than one to a language."""
    left = state.left
    heads = [
        i
        for i in left
        if state.document.lines[i].kind == "heading" and state.document.lines[i].level == 1
    ]
    if heads:
        by_lang = Counter(state.langs[i] for i in heads)
        # Two headings of the first level in one language are chapters, not a title.
        return [i for i in heads if by_lang[state.langs[i]] == 1 and i in _heads(state, heads)]
    titles: list[int] = []
    for at, index in enumerate(state.full):
        if index in state.gone and state.has(index, keys=HEAD_KEYS):
            titles += _titles_above(state, at)
    return sorted(set(titles))


def _next_prose(state: State, places: range) -> int | None:
    """The first line of running text at these places of state.full."""
    indexes = (state.full[n] for n in places)
    return next((i for i in indexes if state.prose[i] and i not in state.gone), None)


def _titles_above(state: State, at: int) -> list[int]:
    """The one or two title lines (one a language) right above the publication line full[at]."""
    found: list[int] = []
    below = _next_prose(state, range(at + 1, len(state.full)))
    above = _next_prose(state, range(at - 1, -1, -1))
    if below is None or (above is not None and state.langs[above] == state.langs[below]):
        return []  # not at the head of the text, nor at the head of its other half
    for index in reversed(state.full[max(0, at - 4) : at]):
        if index in state.gone:
            continue
        if not _is_title(state, index) or state.langs[index] in {state.langs[i] for i in found}:
            break
        if above is not None and state.langs[index] != state.langs[below]:
            break  # the end of the first half, not the title of the second
        found.append(index)
    return found


def _heads(state: State, heads: list[int]) -> set[int]:
    """Headings that stand at the head of the document or at the head of its other half."""
    left = state.left
    first = left[:4]
    edges = _edges(state)
    return {i for i in heads if i in first or i in edges}


def _is_title(state: State, index: int) -> bool:
    text = state.text(index).strip()
    line = state.document.lines[index]
    if line.kind not in ("", "heading") or state.prose[index] or not state.langs[index]:
        return False
    short = count(HAN, text) <= 50 and len(WORD.findall(text)) <= 26
    return (
        short and not re.search("[。；;:：,，、]$|[.]$", text) and not ORGANISATION.fullmatch(text)
    )


# --- what is left -------------------------------------------------------------------------------


def _lines(state: State) -> tuple[Line, ...]:
    """The lines that still hold text, and the blank ones between them."""
    text = state.document.text
    lines: list[Line] = []
    for index, line in enumerate(state.document.lines):
        if index in state.gone:
            continue
        line = state.changed.get(index, line)
        if index not in state.cuts:
            lines.append(line)
            continue
        for start, end in _pieces(line, state.cuts[index]):
            start, end = _trim(text, start, end)
            if start < end:
                markup = tuple((a, b) for a, b in line.markup if start <= a and b <= end)
                lines.append(replace(line, start=start, end=end, markup=markup))
    return tuple(lines)


def _cut_leftovers(state: State) -> None:
    """The markup of a line whose text is gone goes with it."""
    for index in state.gone:
        state.cut(index, "markup")


def _pieces(line: Line, cuts: list[Cut]) -> list[Span]:
    """What is left of a line, or a part of one, between its cuts; its markup included."""
    at, pieces = line.start, []
    for a, b in sorted(c.span for c in cuts):
        if b <= line.start or a >= line.end:
            continue
        if at < a:
            pieces.append((at, a))
        at = max(at, b)
    if at < line.end:
        pieces.append((at, line.end))
    return pieces


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and is_blank(text[start]):
        start += 1
    while end > start and is_blank(text[end - 1]):
        end -= 1
    return start, end


STEPS: tuple[Callable[[State], None], ...] = (
    _cut_strong,
    _cut_counted_pages,
    _cut_page_headers,
    _cut_running_heads,
    _cut_markers,
    _cut_prefixes,
    _cut_inline,
    _read_fields,
    _read_bylines,
    _cut_notices,
    _cut_weak,
    _read_end,
    _read_titles,
    _cut_leftovers,
)
