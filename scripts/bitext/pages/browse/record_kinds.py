"""What a record is said to be -> its kind, by which lists group texts. Nobody has to tag a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bitext.pages.top import briefly


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of record: its address, its names, and the words in a record's `kind` that say it."""

    id: str
    zh: str
    en: str
    words_zh: tuple[str, ...] = ()
    words_en: tuple[str, ...] = ()

    @property
    def name(self) -> Mapping[str, str]:
        return {"zh": self.zh, "en": self.en}


#: In the order of the lists.
RECORD_KINDS = (
    RecordKind(
        "dialogue", "对话", "Dialogues",
        ("对话", "对谈", "问答", "交流", "讨论", "辩论"),
        ("dialogue", "dialog", "conversation", "discussion", "questions?", "exchange", "debate"),
    ),
    RecordKind(
        "panel", "座谈与会议", "Panels and meetings",
        ("座谈", "圆桌", "论坛", "研讨", "会议", "大会", "峰会"),
        ("panel", "round ?-?table", "forum", "seminar", "workshop", "symposium", "meeting",
         "conference", "summit", "webinar"),
    ),
    RecordKind("interview", "访谈", "Interviews", ("访谈", "采访", "专访", "访问"), ("interview",)),
    RecordKind(
        "speech", "演讲与致辞", "Speeches",
        ("演讲", "讲话", "致辞", "发言", "讲座"),
        ("speech", "address", "remarks", "keynote", "lecture", "talk"),
    ),
    RecordKind("hearing", "听证会", "Hearings", ("听证",), ("hearing", "testimony")),
    RecordKind(
        "press", "记者会", "Press conferences",
        ("记者会", "发布会", "吹风会"), ("press conference", "briefing", "news conference"),
    ),
    RecordKind(
        "article", "文章", "Articles",
        ("文章", "评论", "社论", "专栏", "论文"),
        ("article", "opinion", "op-ed", "essay", "commentary", "editorial", "column", "paper"),
    ),
    RecordKind(
        "statement", "声明与公报", "Statements",
        ("声明", "公报", "宣言", "倡议", "共识"),
        ("statement", "communiqu[eé]", "declaration", "consensus"),
    ),
    RecordKind("report", "报告", "Reports", ("报告", "白皮书"), ("report", "white paper")),
)  # fmt: skip
#: Words that say only how a text was written down: taken where no other word says more.
FORMS = (
    RecordKind("transcript", "实录", "Transcripts", ("实录", "记录", "速记"), ("transcript", "minutes", "record")),
    RecordKind("recording", "影音字幕", "Subtitles", ("字幕", "视频", "播客"), ("subtitles?", "captions?", "video", "podcast")),
)  # fmt: skip
OTHER_KIND = RecordKind("other", "其他与未注明", "Other or not stated")
ALL_KINDS = (*RECORD_KINDS, *FORMS, OTHER_KIND)


def kind_of(said: object) -> RecordKind:
    """The kind that a record's `kind` names, in Chinese first; OTHER_KIND where it names none.

    >>> kind_of({"zh": "公开座谈实录（节选）", "en": "Transcript of a public panel"}).id
    'panel'
    >>> kind_of({"en": "Opinion article on a dialogue"}).id, kind_of({"zh": "关于对话的评论文章"}).id
    ('article', 'article')
    """
    brief = {lang: briefly(said, lang) for lang in ("zh", "en")}
    for kinds in (RECORD_KINDS, FORMS):
        for lang in ("zh", "en"):
            found = [at for kind in kinds if (at := _place(kind, *brief[lang], lang))]
            if found:
                return min(found, key=lambda at: at[0])[1]
    return OTHER_KIND


def _place(kind: RecordKind, text: str, side: str, lang: str) -> tuple[int, RecordKind] | None:
    """How far the kind's word stands from the head of the phrase: Chinese has it last, English first."""
    if side != lang:
        return None
    if lang == "zh":
        ends = [text.rfind(word) + len(word) for word in kind.words_zh if word in text]
        return (len(text) - max(ends), kind) if ends else None
    starts = [m.start() for word in kind.words_en for m in re.finditer(rf"\b{word}", text, re.I)]
    return (min(starts), kind) if starts else None
