"""The site's own words on generated pages, in both languages."""

from __future__ import annotations

from bitext.forms import is_date
from bitext.library.shapes import NOTE_KINDS

OTHER = {"zh": "en", "en": "zh"}
HTML_LANG = {"zh": "zh-Hans", "en": "en"}
COLON = {"zh": "：", "en": ": "}
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

LABELS = {
    "zh": {
        "record": "关于这份记录",
        "kind": "记录类型",
        "event": "活动",
        "date": "日期",
        "place": "地点",
        "speakers": "发言者",
        "spoken": "发言语言",
        "translation": "译文",
        "found": "出处",
        "rights": "权利",
        "published": "发布时间",
        "file": "原始文件",
        "edition": "版本",
        "edition_n": "第{n}版",
        "received": "收入本库",
        "ledger_short": "原始文件{total}个字符，{n}个有去处",
        "type": "标点",
        "type_line": "原文有{n}处半角标点紧邻汉字，页面显示为全角；文本本身未改，复制所得仍是原文。",
        "source": "来源",
        "author": "作者",
        "byline": "原文署名行",
        "only": "以下内容原文只有{lang}。",
        "lang_zh": "中文",
        "lang_en": "英文",
        "source_note": "原文附注",
        "vocab": "原文词汇注",
        "glossary_note": "原文术语表",
        "term": "术语",
        "entry": "词条",
        "editor": "编者注",
        "rests_on": "依据",
        "truncated": "原文到此为止：收到的文本并不完整，缺失的部分没有补写。",
        "terms": "本文术语",
        "times": "{n}次",
        "contents": "问答索引",
        "turn_of": "{who}",
        "ledger": "账目",
        "ledger_line": "原始文件共有{total}个非空白字符，逐一有去处：正文{units}，发言者标签{labels}，"
        "附注{notes}，元数据{metadata}，略去{dropped}。",
        "dropped": "略去的内容与理由",
        "line": "第{n}行",
        "corrections": "更正",
        "no_corrections": "本文尚无更正。",
        "correction": "原作{old}，改作{new}。",
        "take": "取用对照文本",
        "library": "文库",
        "library_lead": "每篇都有中英两种文本，逐段对应。",
        "units": "{pairs}段对照",
        "languages": "语言",
        "both": "中文、英文",
        "as_spoken": "原话（{lang}）",
        "translated": "译文",
        "title": "标题",
        "site_title": "本站所拟",
        "all_turns": "全部发言",
        "turns": "共{n}次发言",
        "empty": "文库里还没有文本。",
    },
    "en": {
        "record": "About this record",
        "kind": "Kind of record",
        "event": "Event",
        "date": "Date",
        "place": "Place",
        "speakers": "Speakers",
        "spoken": "Spoken in",
        "translation": "Translation",
        "found": "Found at",
        "rights": "Rights",
        "published": "Published",
        "file": "Source file",
        "edition": "Edition",
        "edition_n": "edition {n}",
        "received": "Received",
        "ledger_short": "{n} of the source file’s {total} characters accounted for",
        "type": "Punctuation",
        "type_line": "{n} half-width marks beside Chinese are shown full-width; the text itself is "
        "unchanged, and copying gives the source’s marks.",
        "source": "Source",
        "author": "Author",
        "byline": "Byline in the source",
        "only": "The source has what follows in {lang} only.",
        "lang_zh": "Chinese",
        "lang_en": "English",
        "source_note": "Note in the source",
        "vocab": "Vocabulary note in the source",
        "glossary_note": "Glossary in the source",
        "term": "Term",
        "entry": "entry",
        "editor": "Editor’s notes",
        "rests_on": "Rests on",
        "truncated": "The source ends here: the text as received is incomplete, and nothing has been supplied.",
        "terms": "Terms in this text",
        "times": "{n}×",
        "contents": "Questions and answers",
        "turn_of": "{who}",
        "ledger": "Account",
        "ledger_line": "All {total} characters of the source file that are not white space are accounted "
        "for: text {units}, speakers’ labels {labels}, notes {notes}, metadata {metadata}, left out {dropped}.",
        "dropped": "What was left out, and why",
        "line": "line {n}",
        "corrections": "Corrections",
        "no_corrections": "No corrections so far.",
        "correction": "was {old}, now {new}. ",
        "take": "Take the aligned text away",
        "library": "Library",
        "library_lead": "Each text stands in Chinese and English, paired paragraph by paragraph.",
        "units": "{pairs} paired paragraphs",
        "languages": "Languages",
        "both": "Chinese, English",
        "as_spoken": "As spoken ({lang})",
        "translated": "Translated",
        "title": "Title",
        "site_title": "given by this site",
        "all_turns": "all turns",
        "turns": "Turns: {n}",
        "empty": "The library holds no text yet.",
    },
}
for _lang, _labels in LABELS.items():
    _labels |= {f"note_{kind}": names[_lang] for kind, names in NOTE_KINDS.items()}


def label(lang: str, key: str, /, **values: object) -> str:
    """The label `key` in `lang`; numbers are grouped by thousands."""
    shown = {k: f"{v:,}" if isinstance(v, int) else v for k, v in values.items()}
    return LABELS[lang][key].format(**shown)


def show_date(lang: str, iso: str) -> str:
    """A date in words, as much of it as is known: 2026年4月30日, April 2026; anything else as it is.

    >>> show_date("en", "2026-04-30"), show_date("zh", "2026-04"), show_date("en", "2026")
    ('30 April 2026', '2026年4月', '2026')
    """
    if not is_date(iso):
        return iso
    year, *rest = (int(part) for part in iso.split("-"))
    if lang == "zh":
        return "".join(f"{n}{unit}" for n, unit in zip((year, *rest), "年月日", strict=False))
    month = [MONTHS[rest[0] - 1]] if rest else []
    return " ".join((*map(str, rest[1:]), *month, str(year)))
