"""What a source says of itself: the known keys, each with its form and its words; and what nobody knows yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from bitext.forms import DATE_FORM, TEXT, AnyForm
from bitext.model import LANGS

#: How a value of the record begins that nobody has established yet.
UNKNOWN: Mapping[str, str] = {"zh": "尚未查明", "en": "Not yet established"}


def is_unknown(value: object) -> bool:
    """Whether a value of the record, in either language, is still not established."""
    words = [value.get(lang) for lang in LANGS] if isinstance(value, Mapping) else [value]
    return any(str(word or "").startswith(tuple(UNKNOWN.values())) for word in words)


class Key(NamedTuple):
    """A key of metadata: what the page calls it, the form of its value, what an editor is told of it."""

    zh: str
    en: str
    form: AnyForm | None = TEXT  # None where the text is read, but no value is kept
    says: str = ""


#: What was read out of the source. Counts and times are shown as the source writes them.
KEYS: Mapping[str, Key] = {
    "date": Key("日期", "date", DATE_FORM, "The day that the source gives."),
    "updated": Key("更新日期", "date of change", DATE_FORM, "The day on which the source was changed, as it says."),
    "received": Key("收稿日期", "date received", DATE_FORM, "The day on which a paper received the text, as the source says."),
    "title_zh": Key("中文标题", "Chinese title", TEXT, "The title that the source has in Chinese."),
    "title_en": Key("英文标题", "English title", TEXT, "The title that the source has in English."),
    "byline_zh": Key("中文署名行", "Chinese byline", TEXT, "The line with authors or speakers, in Chinese, as the source has it."),
    "byline_en": Key("英文署名行", "English byline", TEXT, "The line with authors or speakers, in English, as the source has it."),
    "time": Key("时间", "time"),
    "updated_time": Key("更新时间", "time of change"),
    "received_time": Key("收稿时间", "time received"),
    "author": Key("作者", "author", TEXT, "The author, as the source names them."),
    "author_zh": Key("作者（中文）", "author, in Chinese"),
    "author_en": Key("作者（英文）", "author, in English"),
    "editor": Key("编辑", "editor", TEXT, "The editor, as the source names them."),
    "editor_zh": Key("编辑（中文）", "editor, in Chinese"),
    "editor_en": Key("编辑（英文）", "editor, in English"),
    "source": Key("来源", "source", TEXT, "Where the source says that it comes from."),
    "source_zh": Key("来源（中文）", "source, in Chinese"),
    "source_en": Key("来源（英文）", "source, in English"),
    "translator": Key("译者", "translator", TEXT, "The translator, as the source names them."),
    "translator_zh": Key("译者（中文）", "translator, in Chinese"),
    "translator_en": Key("译者（英文）", "translator, in English"),
    "proofreader": Key("校对", "proofreader"),
    "layout": Key("排版", "layout"),
    "photographer": Key("摄影", "photographer"),
    "image_source": Key("图片来源", "source of the pictures"),
    "recommended_by": Key("推荐人", "recommended by"),
    "read_count": Key("阅读数", "times read"),
    "like_count": Key("点赞数", "number of likes"),
    "wow_count": Key("在看数", "number of recommendations"),
    "comment_count": Key("评论数", "number of comments"),
    "share_count": Key("分享数", "number of shares"),
    "word_count": Key("字数", "number of words"),
    "reading_time": Key("阅读时长", "reading time"),
    "keywords": Key("关键词", "keywords"),
    "column": Key("栏目", "column"),
    "place": Key("地点", "place", TEXT, "The place, as the source names it."),
    "link": Key("链接", "link", TEXT, "A web address that the source gives of itself."),
    "url": Key("网址", "web address", TEXT, "A web address that the source gives of itself."),
    "document": Key("文号", "document number"),
    "original_title": Key("原文标题", "title of the original", None),
}  # fmt: skip
METADATA: Mapping[str, AnyForm] = {
    name: key.form for name, key in KEYS.items() if key.form is not None
}
METADATA_SAYS = {name: key.says for name, key in KEYS.items() if key.says}


def key_name(name: str, lang: str) -> str | None:
    """What a key is called in `lang`; None where it is not known."""
    key = KEYS.get(name)
    return (key.zh if lang == "zh" else key.en) if key else None


def known_metadata(said: Mapping[str, str]) -> dict[str, str]:
    """What a source says of itself, so far as it has a known key and the form of that: a date that
    the calendar lacks is none."""
    return {
        key: value
        for key, value in said.items()
        if key in METADATA and not list(METADATA[key].faults(value, 0, key))
    }
