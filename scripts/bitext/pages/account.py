"""Bitext -> what stands below its text: the ledger, what was left out, corrections, downloads."""

from __future__ import annotations

from collections.abc import Iterator

from bitext.model import Bitext, Dropped
from bitext.pages.corrections import correction_list
from bitext.pages.escape import address, escape_html, one_line
from bitext.pages.labels import COLON, key_name, label
from bitext.pages.phrases import foreign, prose_html

#: The names under which the site offers the aligned text, and the endings of the files.
DOWNLOADS = {"TMX": "tmx", "CSV": "csv", "JSON": "json", "TXT": "txt"}
#: The reasons that cleaning gives for leaving something out, in Chinese.
REASONS_ZH = {
    "advertisement": "广告",
    "app advert": "应用推广",
    "breadcrumb": "导航路径",
    "call to follow": "关注提示",
    "call to scan": "扫码提示",
    "call to subscribe": "订阅提示",
    "column without text": "没有正文的列",
    "comment box": "评论区",
    "cookie notice": "Cookie与隐私提示",
    "copyright": "版权声明",
    "cue number": "字幕编号",
    "disclaimer": "免责声明",
    "end mark": "结束标记",
    "font size": "字号选择",
    "header or comment of the subtitle file": "字幕文件的文件头或注释",
    "length of the text": "篇幅提示",
    "link to another page": "其他页面的链接",
    "link to the top": "页内跳转",
    "marker between languages": "两种语言之间的标记",
    "markup": "标记符号",
    "menu": "菜单",
    "metadata": "读作元数据",
    "notice of the page": "页面提示",
    "page header or footer": "页眉或页脚",
    "page number": "页码",
    "page tools": "页面工具",
    "picture credit": "图片署名",
    "picture notice": "图片版权提示",
    "place of a picture": "图片位置",
    "read more": "“阅读更多”链接",
    "related articles": "相关文章",
    "relative time": "相对时间",
    "rule between parts": "分隔线",
    "share row": "分享栏",
    "speaker's name without a text": "没有发言的说话人名",
    "table header": "表头",
    "tags": "标签",
    "time code": "时间码",
}
LONGEST = 300  # characters shown of a text that was left out; the bitext has all of it


def account(bitext: Bitext, lang: str) -> Iterator[str]:
    """The section that says what was checked, where every character went, and what was corrected."""
    yield from ('<section class="bt-account" markdown>', "")
    yield from (f"## {label(lang, 'ledger')} {{ #account }}", "")
    yield from _verdicts(bitext, lang)
    if bitext.ledger:
        parts = ("total", "units", "labels", "notes", "metadata", "dropped")
        sums = {k: getattr(bitext.ledger, k) for k in parts} | {"n": bitext.ledger.accounted}
        yield from (f'<p class="bt-ledger">{label(lang, "ledger_line", **sums)}</p>', "")
    if bitext.dropped:
        yield f'<details class="bt-dropped"><summary>{label(lang, "dropped")}</summary><ul>'
        for item in bitext.dropped:
            place = label(lang, "line", n=item.line)
            more = "…" if len(item.text) > LONGEST else ""
            text = foreign(one_line(item.text[:LONGEST]) + more, lang)
            yield f"<li>{place}{COLON[lang]}<q>{text}</q> {why_dropped(item, lang)}</li>"
        yield from ("</ul></details>", "")
    yield from (f"### {label(lang, 'corrections')} {{ #corrections }}", "")
    if bitext.corrections:
        yield from (*correction_list(bitext, lang), "")
    else:
        yield from (_no_corrections(bitext, lang), "")
    yield from ("</section>", "")


def _verdicts(bitext: Bitext, lang: str) -> Iterator[str]:
    """The three verdicts of the proof: how many characters each has, and what it promises."""
    proof = bitext.proof
    if proof is None:
        return
    if proof.ledger is None:
        yield from (f'<p class="bt-proof-lead">{label(lang, "proof_none")}</p>', "")
        return
    yield f'<p class="bt-proof-lead">{label(lang, "proof_lead")}</p>'
    yield '<dl class="bt-proof">'
    counts = {"proved": proof.proved, "wrong": proof.contradicted, "unknown": proof.unknown}
    for key, count in counts.items():
        yield (
            f"<div><dt>{label(lang, key)}</dt>"
            f'<dd><b class="bt-count-of">{count:,}</b> <span>{label(lang, f"{key}_says")}</span></dd></div>'
        )
    yield from ("</dl>", "")


def _no_corrections(bitext: Bitext, lang: str) -> str:
    """That there are none, as far as the proof bears it out."""
    proof = bitext.proof
    if proof is None or proof.verdict == "proved":
        return label(lang, "no_corrections")
    if proof.verdict == "contradicted":
        return label(lang, "corrections_wrong")
    return label(lang, "no_corrections_known", n=proof.unknown)


def why_dropped(item: Dropped, lang: str) -> str:
    """Why something was left out, in the page's language, as HTML."""
    if item.reason_zh:  # a person said why, in both
        return prose_html(item.reason_zh if lang == "zh" else item.reason, lang)
    return escape_html(reason(item.reason, lang))


def take(bitext: Bitext, lang: str) -> Iterator[str]:
    """The line of downloads. Their files are made with the site, so Markdown cannot link them."""
    up = "../../" if lang == "zh" else "../../../"
    links = " · ".join(
        f'<a href="{up}data/{address(bitext.slug)}.{suffix}" download>{name}</a>'
        for name, suffix in DOWNLOADS.items()
    )
    yield f'<p class="bt-take">{label(lang, "take")}{COLON[lang]}{links}</p>'


def reason(text: str, lang: str) -> str:
    """Why something was left out, in the page's language; as written where the site has no word."""
    if lang == "en":
        return text
    head, colon, tail = text.partition(":")
    words = REASONS_ZH.get(head.strip())
    if words is None:
        return text
    return words + (f"：{key_name(tail.strip(), 'zh')}" if colon else "")
