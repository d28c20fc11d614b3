"""The site's own words on generated pages, in both languages."""

from __future__ import annotations

from bitext.forms import is_date
from bitext.library.shapes import NOTE_KINDS

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
        "proof_short": "原始文件{total}个字符：证实{proved}，不符{wrong}，无法核对{unknown}",
        "proof_lead": "本页制成时，重读了原始文件，逐字核对：",
        "proof_none": "原始文件无法重读，本页没有核对过。",
        "proved": "证实",
        "proved_says": "页面上的字与原始文件相同；凡有改动或略去，都列在下面。",
        "wrong": "不符",
        "wrong_says": "页面与原始文件不同，又没有列明。有一个字符不符，本页就不发布。",
        "unknown": "无法核对",
        "unknown_says": "程序没有办法核对这些字符，不下结论。",
        "fixed_zh": "中文更正",
        "fixed_en": "英文更正",
        "fixed_speaker": "发言者更正",
        "fixed_metadata": "来源信息更正",
        "correction_changed": "原作{old}，改作{new}。",
        "correction_added": "补上{new}。",
        "correction_removed": "删去{old}。",
        "nobody": "无发言者",
        "the_zh": "中文",
        "the_en": "英文",
        "the_other": "另一种语言",
        "twin_same": "{other}无须改动。",
        "twin_corrected": "{other}也已改正。",
        "twin_open": "{other}是否也要改，尚未核对。",
        "to_corrections": "见更正表",
        "doubt": "尚待核对",
        "to_doubts": "这是什么？",
        "problem": "未发布：请先改正",
        "and": "；",
        "stop": "。",
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
        "ledger_line": "原始文件共有{total}个非空白字符，有去处的{n}个：正文{units}，发言者标签{labels}，"
        "附注{notes}，元数据{metadata}，略去{dropped}。",
        "dropped": "略去的内容与理由",
        "line": "第{n}行",
        "corrections": "更正",
        "moved_title": "本文的地址已改",
        "moved": "这里原来的文本，现在的地址是",
        "withdrawn_title": "本文已撤下",
        "withdrawn": "本文已于{date}撤下。原因如下。",
        "withdrawn_ids": "撤下的段落和注",
        "no_corrections": "本文尚无更正。",
        "no_corrections_known": "没有列出更正。有{n}个字符无法核对，不能说没有改动。",
        "corrections_wrong": "有改动没有列明，见页首。",
        "take": "取用对照文本",
        "library": "文库",
        "library_lead": "每篇都有中英两种文本，逐段对应。",
        "units": "{pairs}段对照",
        "languages": "语言",
        "both": "中文、英文",
        "as_spoken": "原话（{lang}）",
        "unnamed": "（原文未署名）",
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
        "proof_short": "The source file has {total} characters: {proved} proved, {wrong} contradicted, {unknown} cannot be checked",
        "proof_lead": "When this page was made, the source file was read again and compared with it, character by character:",
        "proof_none": "The source file cannot be read again, so this page has not been checked.",
        "proved": "Proved",
        "proved_says": "The page has what the source file has; whatever was changed or left out is listed below.",
        "wrong": "Contradicted",
        "wrong_says": "The page differs from the source file, and nothing listed explains it. A page with one such character is not published.",
        "unknown": "Cannot be checked",
        "unknown_says": "The program has no way to check these characters and makes no claim about them.",
        "fixed_zh": "Correction to the Chinese",
        "fixed_en": "Correction to the English",
        "fixed_speaker": "Correction of the speaker",
        "fixed_metadata": "Correction of what the source says of itself",
        "correction_changed": "was {old}, now {new}.",
        "correction_added": "added {new}.",
        "correction_removed": "removed {old}.",
        "nobody": "no speaker",
        "the_zh": "Chinese",
        "the_en": "English",
        "the_other": "other language",
        "twin_same": "The {other} needed no change.",
        "twin_corrected": "The {other} was corrected too.",
        "twin_open": "The {other} has not been compared yet.",
        "to_corrections": "All corrections",
        "doubt": "Not yet checked",
        "to_doubts": "What is this?",
        "problem": "Not published: mend this first",
        "and": "; ",
        "stop": ".",
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
        "ledger_line": "Of the source file’s {total} characters that are not white space, {n} are accounted "
        "for: text {units}, speakers’ labels {labels}, notes {notes}, metadata {metadata}, left out {dropped}.",
        "dropped": "What was left out, and why",
        "line": "line {n}",
        "corrections": "Corrections",
        "moved_title": "This text has a new address",
        "moved": "The text that stood here is now at",
        "withdrawn_title": "This text was withdrawn",
        "withdrawn": "This text was withdrawn on {date}, for this reason.",
        "withdrawn_ids": "Withdrawn paragraphs and notes",
        "no_corrections": "No corrections so far.",
        "no_corrections_known": "No corrections are listed; {n} characters cannot be checked, so we do not say that there are none.",
        "corrections_wrong": "There are changes that are not listed; see the top of the page.",
        "take": "Take the aligned text away",
        "library": "Library",
        "library_lead": "Each text stands in Chinese and English, paired paragraph by paragraph.",
        "units": "{pairs} paired paragraphs",
        "languages": "Languages",
        "both": "Chinese, English",
        "as_spoken": "As spoken ({lang})",
        "unnamed": "(not named in the source)",
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


KEYS_ZH = {
    "author": "作者", "byline_en": "英文署名行", "byline_zh": "中文署名行", "date": "日期",
    "editor": "编辑", "read_count": "阅读数", "source": "来源", "time": "时间",
    "title_en": "英文标题", "title_zh": "中文标题", "translator": "译者",
}  # fmt: skip
SIDES_EN = {"zh": "Chinese", "en": "English"}


def key_name(key: str, lang: str) -> str:
    """What a key of metadata is called.

    >>> key_name("title_en", "en"), key_name("read_count", "en"), key_name("date", "zh")
    ('title (English)', 'read count', '日期')
    """
    if lang == "zh":
        return KEYS_ZH.get(key, key)
    head, _, side = key.rpartition("_")
    return f"{head} ({SIDES_EN[side]})" if side in SIDES_EN else key.replace("_", " ")
