"""Why source text is in no unit: every reason there is, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from bitext.metadata import key_name

#: What parts a reason from what it says more closely: `metadata: date`.
COLON = ": "
#: Each reason in English, as import.json has it and the English page shows it, and in Chinese.
REASONS: Mapping[str, str] = {
    "account of the page": "公众号或账号信息",
    "advertisement": "广告",
    "app advert": "应用推广",
    "breadcrumb": "导航路径",
    "call to follow": "关注提示",
    "call to give": "捐款提示",
    "call to scan": "扫码提示",
    "call to subscribe": "订阅提示",
    "column without text": "没有正文的列",
    "comment box": "评论区",
    "contact line": "联系方式",
    "cookie notice": "Cookie与隐私提示",
    "copyright": "版权声明",
    "cue number": "字幕编号",
    "directive": "排版指令",
    "disclaimer": "免责声明",
    "end mark": "结束标记",
    "font size": "字号选择",
    "front matter": "文件头信息",
    "header or comment of the subtitle file": "字幕文件的文件头或注释",
    "length of the text": "篇幅提示",
    "link target": "链接地址",
    "link to another page": "其他页面的链接",
    "link to the top": "页内跳转",
    "mail header": "邮件头",
    "mail program": "邮件程序的附言",
    "marker between languages": "两种语言之间的标记",
    "marker line": "只有标记的行",
    "markup": "标记符号",
    "menu": "菜单",
    "metadata": "读作元数据",
    "news agency": "通讯社名称",
    "not placed": "未能归入任何段落",
    "notice of the page": "页面提示",
    "outside the article": "不在文章之内",
    "outside the main text": "不在正文之内",
    "page frame": "页面框架",
    "page header": "页眉",
    "page header or footer": "页眉或页脚",
    "page number": "页码",
    "page tools": "页面工具",
    "page's tail": "页面末尾",
    "picture caption": "图片说明",
    "picture credit": "图片署名",
    "picture notice": "图片版权提示",
    "place of a picture": "图片位置",
    "place of publication": "发布地点",
    "read more": "“阅读更多”链接",
    "reader's buttons": "读者操作按钮",
    "related articles": "相关文章",
    "relative time": "相对时间",
    "rule": "分隔线",
    "rule between parts": "分隔线",
    "running title": "每页重复的标题",
    "script of the page": "页面脚本",
    "separator": "分隔符",
    "share row": "分享栏",
    "shortcode": "网站程序的短代码",
    "site's address block": "网站地址栏",
    "speaker's name without a text": "没有发言的说话人名",
    "status line": "稿件状态说明",
    "summary of a collapsible": "折叠栏的标题",
    "table header": "表头",
    "tags": "标签",
    "time code": "时间码",
    "time stamp": "时间戳",
    "watermark": "水印",
    "where it was first published": "首发说明",
}
#: The reasons that are given more closely behind a colon, and what stands there in Chinese. The
#: page's own name for a part of its frame (`<nav>`, `role menu`, `“sidebar”`) stays as it is.
DETAILS: Mapping[str, Mapping[str, str]] = {
    "metadata": {
        "beside a label or a date": "与标签或日期同行",
        "the original's title": "原文标题",
    },
    "outside the article": {},
    "page frame": {"before or after the text": "正文之前或之后"},
}


def is_known(reason: str) -> bool:
    """Whether the table has the reason, and for metadata the keys behind its colon too."""
    head, colon, detail = reason.partition(COLON)
    if head not in REASONS or (colon and head not in DETAILS):
        return False
    return head != "metadata" or not colon or None not in _keys(detail, "zh")


def words_of(reason: str, lang: str) -> str:
    """The reason in `lang`; as it stands where the table does not have it."""
    head, colon, detail = reason.partition(COLON)
    if not is_known(reason):
        return reason
    if not colon:
        return REASONS[head] if lang == "zh" else head
    said = detail if lang == "en" else DETAILS[head].get(detail, detail)
    if head == "metadata":
        said = ("、" if lang == "zh" else ", ").join(filter(None, _keys(detail, lang)))
    return f"{REASONS[head]}：{said}" if lang == "zh" else f"{head}{COLON}{said}"


def _keys(detail: str, lang: str) -> list[str | None]:
    """What was read as metadata, in words; None for what is no known key."""
    if detail in DETAILS["metadata"]:
        return [DETAILS["metadata"][detail] if lang == "zh" else detail]
    return [key_name(key, lang) for key in detail.split(", ")]
