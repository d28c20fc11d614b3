"""What a page puts around its text, cut: by form anywhere, by place at the edges of the text."""

from __future__ import annotations

import itertools
import re
from collections import Counter

from bitext.clean import boilerplate
from bitext.clean.metadata import are_sure, cut_fields
from bitext.clean.stamps import STAMP
from bitext.clean.state import OFTEN, State, edges_of
from bitext.read.listing import is_script
from bitext.text.fields import parse_fields
from bitext.text.marks import CLAUSE_ENDED, PARTED, SENTENCE_BEFORE_MORE
from bitext.text.phrases import fold, phrases
from bitext.text.scripts import HAN, WORD, language
from bitext.text.source import is_blank
from bitext.text.words import any_of, finder, words

#: `中文：` before each text of a pair.
LANGUAGE_PREFIX = re.compile(
    f"([【\\[（(])?(?:(?P<zh>{any_of('languages/zh_prefix')})|{any_of('languages/en_prefix')})"
    "(?(1)[】\\]）)](?:\\s?[:：])?|\\s?[:：])",
    re.I,
)
#: Chrome that is found glued to a paragraph's end. A button has no full stop, a sentence does; but for
#: the notices, which say of themselves that they are none of the text.
SAID = frozenset(("picture notice", "disclaimer"))
GLUED = SAID | {
    "call to follow", "call to scan", "call to subscribe", "share row", "comment box", "page tools", "read more",
    "link to the top", "end mark", "picture credit",
}  # fmt: skip
#: What subtitles say, though a page does too.
OF_CUES = frozenset(("page number", "picture credit", "end mark"))


def cut_strong(state: State) -> None:
    said = OF_CUES if state.document.format in ("srt", "vtt") else frozenset[str]()
    for index in state.left:
        text = state.text(index)
        if state.kind(index) in ("code", "cell"):
            continue
        if is_script(text):
            state.cut(index, "script of the page")
        elif len(text) <= 1300 and not state.is_scrap(index):
            reason = boilerplate.strong_reason(text)
            if reason and reason not in said:
                state.cut(index, reason)
    _cut_next(state)


def _cut_next(state: State) -> None:
    """The English half of a link to the next page, where the Chinese half was one: `Next: The long way home`."""
    gone = [i for i in state.gone if state.langs[i] == "zh"]
    links = [i for i in gone if state.has(i, reason="link to another page")]
    plain = [i for i in state.left if not state.kind(i)]
    halves = [i for i in plain if phrases("chrome/next_page").fullmatch(fold(state.text(i)))]
    if len(halves) <= len(links):
        state.cut_each(halves, reason="link to another page")


def cut_menus(state: State) -> None:
    """A row of links before or after the text, in a line or one a line: `签证留学 |`, `口译`, `求职 |`."""
    edges = edges_of(state)
    rows = (i for i in state.left if len(PARTED.split(state.whole(i))) > 1 and state.is_link(i))
    state.cut_each(list(rows), reason="menu")
    run: list[int] = []
    for index in (*state.left, -1):
        text = state.said(index) if index in edges else ""
        if text and len(text) <= 14 and not CLAUSE_ENDED.search(text):
            run.append(index)
            continue
        barred = [i for i in run if state.text(i).rstrip()[-1] in "|｜"]
        if len(run) >= 3 and 2 * len(barred) >= len(run):
            state.cut_each(run, reason="menu")
        run = []


def cut_prefixes(state: State) -> None:
    """`中文：…` / `English: …` before each text of a pair: scaffolding, once both of them recur."""
    hits: list[tuple[int, re.Match[str], str]] = []
    for index in state.left:
        line = state.line(index)
        match = LANGUAGE_PREFIX.match(state.document.text, state.kept[index][0][0], line.end)
        if match:
            hits.append((index, match, "zh" if match["zh"] else "en"))
    kinds = Counter(lang for _, _, lang in hits)
    if min(kinds["zh"], kinds["en"]) < 2 or abs(kinds["zh"] - kinds["en"]) > 0.34 * len(hits):
        return
    for index, match, _ in hits:
        state.cut(index, "marker between languages", span=match.span())


def cut_inline(state: State) -> None:
    """Bracketed parts and page numbers inside a line, and a notice glued to a paragraph's end."""
    text = state.document.text
    answered = boilerplate.answered_places(text)
    for index in state.open:
        for start, end in tuple(state.kept[index]):
            for reason, said, span in boilerplate.inline_reasons(text, start, end):
                if said not in answered:
                    state.cut(index, reason, span=span)
            for match in boilerplate.INLINE_PAGE.finditer(text, start, end):
                state.cut(index, "page number", span=match.span())
        if index not in state.gone:
            _cut_end(state, index)


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
        stops = [m.end() for m in SENTENCE_BEFORE_MORE.finditer(tail)]
        for stop in stops[-1:] + stops[-2:-1]:
            part = tail[stop:]
            if len(part) < 2 or low + stop <= start:
                continue
            fields = parse_fields(part)
            if fields and fields[0].labelled and are_sure(fields, part):
                cut_fields(state, index, fields, low + stop, low + stop, end)
                break
            reason = boilerplate.strong_reason(part)
            if reason in GLUED and (reason in SAID or not CLAUSE_ENDED.search(part)):
                state.cut(index, reason, span=(low + stop, end))
                break
        else:
            return


#: What may stand around the words of a heading.
HEADED = " \t\u3000【】[]（）()#*:："


def cut_notices(state: State) -> None:
    """The paragraph below a line that says only `免责声明` or `Disclaimer`."""
    for above, below in itertools.pairwise(state.full):
        text = state.text(below)
        head = (state.text(above) or state.whole(above)).strip(HEADED)
        if below in state.gone or head.lower() not in words("chrome/notice_heads"):
            continue
        said = {m.lower() for m in finder("chrome/disclaimer_words").findall(text)}
        if len(said) >= 2 and len(text) <= 1200:
            state.cut_each((above, below), reason="disclaimer")


#: Where a recording begins.
ZERO = ("0:00", "00:00", "(0:00", "(00:00", "[00:00", "【00:00")


def cut_timeline(state: State) -> None:
    """A list of times, from zero on, and what comes then, beside the text; below `时间轴` or `Timestamps` any."""
    edges = edges_of(state) if any(state.prose) else set[int]()
    head, listed = -1, list[int]()
    for index in (*state.left, -1):
        text = state.said(index) if index >= 0 else ""
        zero = index in edges and text.startswith(ZERO)
        if (head >= 0 or listed or zero) and _is_timed(text):
            listed.append(index)
            continue
        if listed and head < 0:
            if len(listed) >= OFTEN and edges.issuperset(listed):
                state.cut_each(listed, reason="notice of the page")
        elif listed:
            state.cut_each((head, *listed), reason="notice of the page")
        head = index if text.strip(HEADED).lower() in words("chrome/timeline_heads") else -1
        listed = []


def _is_timed(text: str) -> bool:
    return STAMP.match(text) is not None and not CLAUSE_ENDED.search(text)


#: So many lines of chrome behind the text show that the text is over.
TAIL = 2


def cut_tail(state: State) -> None:
    """A word or two behind the text and two lines of chrome: the viewer's own."""
    last = max((i for i in state.left if state.prose[i]), default=-1)
    chrome = 0
    for index in state.full if last >= 0 else ():
        if index <= last:
            continue
        if index in state.gone:
            chrome += not state.has(index, reason="markup")
        elif chrome >= TAIL and _is_button(state.said(index)):
            state.cut(index, "page's tail")


def _is_button(text: str) -> bool:
    """Whether a line is a word or two of one language: no sentence, no item, no word and its meaning."""
    han, words = len(HAN.findall(text)), len(WORD.findall(text))
    short = bool(han) != bool(words) and han <= 8 and words <= 3
    return short and not text[0].isdigit() and not CLAUSE_ENDED.search(text)


#: Kinds of lines whose words are the text's at its edges too.
NO_CHROME = frozenset(("code", "cell", "cue", "quote"))


def cut_weak(state: State) -> None:
    """Words that are chrome only at the edges of the text, and the list below `相关阅读`."""
    edges = edges_of(state)
    ends = edges | set(state.left[:2]) | set(state.left[-4:])
    related: frozenset[str] = frozenset()
    prose = [i for i in state.left if state.prose[i]] or [-1]
    first, last = prose[0], prose[-1]
    for index in state.full:
        line = state.line(index)
        if index in state.gone:
            if state.has(index, reason="related articles"):
                related = _languages(state.whole(index))
            continue
        text = state.text(index)
        if index in ends and not line.kind and (reason := boilerplate.end_reason(text)):
            state.cut(index, reason)
            continue
        if index not in edges and _is_button_below(state, index):
            state.cut(index, "call to subscribe")
            continue
        if index not in edges or line.kind in NO_CHROME or state.is_scrap(index):
            related = frozenset()
            continue
        reason = boilerplate.weak_reason(text)
        if reason and (line.kind != "heading" or index > first):
            if reason in ("page number", "relative time") and line.kind:
                continue
            state.cut(index, reason)
            related = _languages(text) if reason == "related articles" else related
        elif index > last and state.is_link(index):
            state.cut(index, "related articles" if related else "link to another page")
        elif language(text) in related and line.kind != "heading" and _reads_as_title(text):
            state.cut(index, "related articles")
        else:
            related = frozenset()


def _is_button_below(state: State, index: int) -> bool:
    """Whether a line is the button below a call to subscribe: `Type your email...`, `Subscribe`."""
    above = state.beside(index, -1)
    button = boilerplate.weak_reason(state.text(index)) and len(state.text(index)) <= 16
    return bool(button) and above in state.gone and state.has(above, reason="call to subscribe")


def _languages(text: str) -> frozenset[str]:
    """The languages of a list's heading: `相关阅读 / Related reading` stands above links in both."""
    both = {lang for lang, script in (("zh", HAN), ("en", WORD)) if script.search(text)}
    return frozenset(both or {language(text)})


def _reads_as_title(text: str) -> bool:
    """Whether a line below `相关阅读` is another article's title."""
    text = text.strip()
    return len(text) <= 100 and text[:1].isalnum() and text[-1] not in "。.；;：:"
