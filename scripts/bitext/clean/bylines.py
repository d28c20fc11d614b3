"""Lines that say by their form who wrote a text and which paper it is from, read as metadata."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Set
from itertools import takewhile

from bitext.clean import boilerplate
from bitext.clean.metadata import BY, HEAD_KEYS, label_of, names_role, speaker_labels
from bitext.clean.state import State, edges_of
from bitext.text.dates import DATE, TIME, iso_date, parse_date
from bitext.text.fields import is_source, parse_fields
from bitext.text.marks import COLONS, LISTED, PARTED, SENTENCE_WITHIN
from bitext.text.matches import sure
from bitext.text.names import (
    are_people,
    both_names,
    dated_names,
    is_dated_place,
    is_name,
    is_person,
)
from bitext.text.scripts import HAN, HAN_CLASS, folded, language
from bitext.text.words import any_of, finder, words

BYLINE_PART = re.compile(
    f"[^。！？，,；;：:、]{{0,36}}{any_of('names/offices_zh')}(?:[(（][^()（）]{{1,20}}[)）])?(?:\\s?[{HAN_CLASS}·]{{2,10}})?"
)
#: `文 / 李明`, `本报记者 王敏`.
WRITTEN_BY = re.compile(
    f"[(（【]?(?:(?P<role>{any_of('labels/written_by')})\\s?[/／|｜丨]|{any_of('labels/reporter')}\\s)"
    "\\s{0,3}(?P<name>[^。！？:：/／|｜丨()（）【】]{2,40})[)）】]?"
)
#: Who translates, among them.
TRANSLATING = words("labels/translator")
#: Where a page says that it has its text from.
TAKEN_FROM = re.compile(
    "(?P<sure>以下文章来源于)\\s?(?P<of>[^，,。]{1,24}?)\\s*[,，]\\s*作者\\s?[:：]?\\s?(?P<by>[^，,。]{1,20})"
    f'|[(（【]?(?:本文|文章|原文|本篇|以上内容|内容)(?:系|经授权)?{any_of("labels/taken_from")}\\s?[:：]?\\s?[“「《『"]?(?P<from>[^，,。“”「」]{{2,30}}?)[”」》』"]?\\s?(?:微信)?(?:公众号|网站|微博|客户端|头条号)?'
    f"(?P<notice>[,，；;\\s]+{any_of('labels/taken_notices')}[^。]{{0,50}})?[。]?[)）】]?"
)


def read_bylines(state: State) -> None:
    """`By Jane Doe`, `文/李明`, a line of positions without a name; only where a page has its bylines."""
    _read_card(state)
    _read_publication(state)
    _read_dates_at_head(state)
    _read_first_title(state)
    edges = edges_of(state)
    speakers = speaker_labels(state)
    left = state.left
    place = {i: n for n, i in enumerate(left)}
    first = next((i for i in left if state.prose[i]), 0)
    for index in state.open:
        text = state.said(index)
        if len(text) > 260:
            continue
        if said := _about_author(text):
            if index in edges or place[index] in (0, 1, len(left) - 1, len(left) - 2):
                state.read(index, (f"byline_{language(said)}", said))
            continue
        if _read_origin(state, index, text, index in edges):
            continue
        credits = _credits(text)
        if credits and (index in edges or all(is_person(name) for _, name in credits)):
            state.read(index, *credits)
            continue
        if index not in edges:
            continue
        if state.kind(index) == "heading":
            continue
        if (names := dated_names(text)) and place[index] < 8 + len(left) * (index >= first):
            state.cut(index, "metadata: date, author", "author")
            state.learn("date", iso_date(sure(DATE.search(text))))
            state.learn("author", names)
            continue
        if both := _name_twice(state, index, text, left, place):
            state.read(index, *(("author", name) for name in both))
            continue
        match = BY.fullmatch(text) or WRITTEN_BY.fullmatch(text)
        above = place[index] and left[place[index] - 1]
        below_title = (
            above in edges and not state.prose[above] and state.langs[above] == state.langs[index]
        )
        if match and _names_writer(match, place[index], below_title):
            date = DATE.search(text)
            name = DATE.split(match["name"])[0].strip(" \t,，|｜/·-–—")
            name = ", ".join(takewhile(are_people, name.split(", "))) or name  # without their house
            state.read(index, (_role(match), name), ("date", iso_date(date) if date else ""))
        else:
            at_head = index < first or _near_title(state, index)
            listed = _is_byline(text) or _is_cast(text, speakers)
            if not _read_original(state, index, text) and listed and at_head:
                state.read(index, (f"byline_{state.langs[index] or 'zh'}", text))


def _about_author(text: str) -> str:
    """What a line says of the author's office: `（作者系某研究院院长）`; '' of any other line."""
    held = text.strip("（(【[)）】]")
    match = finder("labels/about_author").match(held)
    said = held[match.end() :].strip(" \t:：。.") if match else ""
    office = finder("names/offices_zh" if HAN.search(said) else "names/offices_en").search(said)
    return said if office and not SENTENCE_WITHIN.search(said) else ""


def _role(match: re.Match[str]) -> str:
    """Whether a credit names who wrote the text, translated it or took its pictures: the key of its metadata."""
    if match.group().lower().startswith("photo"):
        return "photographer"
    return "translator" if match.groupdict().get("role") in TRANSLATING else "author"


def _are_last(text: str, dates: list[re.Match[str]]) -> bool:
    """Whether two dates stand side by side at a line's end."""
    one, two = dates
    return not text[one.end() : two.start()].strip(" \t/|｜·,，") and not text[two.end() :].strip()


def _credits(text: str) -> list[tuple[str, str]]:
    """Keys and names of a line that is two credits or more; [] of any other line.

    >>> _credits("文 / 陈立　译 / 伦德"), _credits("文 / 陈立")
    ([('author', '陈立'), ('translator', '伦德')], [])
    >>> _credits("Interview by Chen Li. Photographs by Ada Lund.")
    [('author', 'Chen Li'), ('photographer', 'Ada Lund')]
    """
    found = [WRITTEN_BY.fullmatch(part) for part in PARTED.split(text)]
    if len(found) == 1:
        said = [part.strip(" .") for part in SENTENCE_WITHIN.split(text)]
        found = [BY.fullmatch(part) for part in said if part]
    if len(found) == 1:
        found = [BY.fullmatch(part) for part in LISTED.split(text)]
    named = [m for m in found if m and is_name(m["name"])]
    return [(_role(m), m["name"]) for m in named] if 1 < len(named) == len(found) else []


def _read_card(state: State) -> None:
    """The author's card above `1,024 人赞同了该文章`, and the topics above `赞同 1024`: no text."""
    buttons = [i for i in state.gone if state.has(i, reason="reader's buttons")]
    for index in (i for i in buttons if "赞同" in state.whole(i)):
        at = bisect_left(state.full, index)
        above = [i for i in state.full[max(0, at - 5) : at] if i not in state.gone]
        card = [i for i in above if not state.prose[i] and len(state.text(i)) <= 40]
        if "人赞同" in state.whole(index):
            if card != above or at > 6 or state.full[0] not in above:
                continue
            for i in card[1:]:
                name = state.said(i)
                if i == card[1] and is_person(name):
                    state.read(i, ("author", name))
                else:
                    state.cut(i, "account of the page")
            continue
        for i in reversed(state.full[max(0, at - 6) : at]):
            if i in state.gone or len(state.text(i)) > 12 or SENTENCE_WITHIN.search(state.text(i)):
                dated = i in state.gone and state.has(i, keys=frozenset(("date", "updated")))
                tags = state.full[bisect_left(state.full, i) + 1 : at] if dated else ()
                state.cut_each(tags, reason="tags")
                break


def _read_dates_at_head(state: State) -> None:
    """`… Message 24 October 2013 2013年10月24日`, the same date in both languages behind a title; a date and
    a place beside the other's that went.
    """
    for index in state.left[:3]:
        text = state.text(index)
        dates = list(DATE.finditer(text)) if len(state.kept[index]) == 1 else []
        days = {iso_date(date) for date in dates}
        if len(dates) == 2 and len(days) == 1 and dates[0].start() and _are_last(text, dates):
            base, line = state.kept[index][0][0], state.line(index)
            state.read(index, ("date", days.pop()), span=(base + dates[0].start(), line.end))
            state.review(index)
    for at, index in enumerate(state.full[:8]):
        text = state.said(index)
        if index in state.gone or not is_dated_place(text):
            continue
        day = iso_date(sure(DATE.search(text)))
        near = state.full[max(0, at - 3) : at + 4]
        others = (state.whole(i) for i in near if i in state.gone)
        if any((d := DATE.search(said)) and iso_date(d) == day for said in others):
            state.read(index, ("date", day))


def _read_first_title(state: State) -> None:
    """`原文：CONCLUSION` below the translation's title, where the original itself has it on a line too."""
    for index in state.left[:5]:
        label, said = label_of(state.text(index))
        title = folded(said).casefold()
        known = title and label in words("labels/original_title")
        if known and any(folded(state.text(i)).casefold() == title for i in state.left):
            state.cut(index, "metadata: the original's title", "original_title")


def _read_publication(state: State) -> None:
    """The names of a newsletter and of its authors: `MEI QIN AND TOM ALDER` between the titles and the date."""
    gone = (state.whole(i).partition(" is a reader-supported publication") for i in state.gone)
    named = {name.strip() for name, said, _ in gone if said}
    accounts = takewhile(lambda index: state.said(index) in named, state.left)
    state.cut_each(accounts, reason="account of the page")
    _read_account(state)
    head = state.left[:6]
    for n, index in enumerate(head):
        text = state.said(index)
        below = state.beside(index, 1)
        dated = below in state.gone and state.has(below, keys=HEAD_KEYS)
        above = {state.langs[i] for i in head[:n] if not state.prose[i]}
        if dated and above >= {"zh", "en"} and text.isascii() and text.isupper():
            names = text.replace(" AND ", " and ")
            if is_person(names):
                state.read(index, ("author", text))


def _read_account(state: State) -> None:
    """The account's name between the title and the button that follows it: `山间译站`, `关注`."""
    for at, index in enumerate(state.full[1:5], 1):
        below = state.full[at + 1] if at + 1 < len(state.full) else index
        said = state.whole(below).strip()
        if said not in ("关注", "+关注", "已关注", "Follow") or index in state.gone:
            continue
        name = state.said(index)
        if 2 <= len(name) <= 24 and not SENTENCE_WITHIN.search(name):
            state.cut(index, "account of the page")
            state.learn("author" if are_people(name) else "source", name)


def _name_twice(
    state: State, index: int, text: str, left: list[int], place: dict[int, int]
) -> tuple[str, str] | None:
    """The one person's name in both languages that a line between the title and the text is."""
    at = place[index]
    both = both_names(text)
    if not both or not 0 < at < 6 or at + 1 >= len(left) or not state.prose[left[at + 1]]:
        return None
    zh, en = both
    return both if ("·" in zh or is_person(zh)) and is_person(en) and len(en.split()) <= 4 else None


def _read_origin(state: State, index: int, text: str, edge: bool) -> bool:
    """Whether a line says who wrote the text or which paper it is from, by its form alone; cut, then."""
    said = _of_news(text) or _taken_from(text, edge)
    if said:
        state.read(index, *said)
    return bool(said)


def _taken_from(text: str, edge: bool) -> list[tuple[str, str]]:
    """Which account or paper a line says that the text is from, and who wrote it."""
    match = TAKEN_FROM.fullmatch(text)
    known = match and (edge or match["sure"] or match["notice"])
    if not match or not known or boilerplate.SPOKEN_OF.search(text):
        return []
    origin = _whole_title((match["of"] or match["from"]).strip())
    when = parse_date(origin)
    from_ = ("date", when[0]) if when else ("source", origin)
    return [from_, ("author", (match["by"] or "").strip())]


def _of_news(text: str) -> list[tuple[str, str]]:
    """What a news site's line says: `By HELEN ZHAO in Beijing | China Daily | Updated: 2025-09-12 07:40`."""
    first, *source, last = PARTED.split(text) if "|" in text else ("", "")
    match = BY.fullmatch(first)
    when = [(f.key, f.value) for f in parse_fields(last)]
    name = match["name"].partition(" in ")[0] if match else ""
    dated = bool(when) and when[0][0] in ("date", "updated") and all(key for key, _ in when)
    if not (dated and is_name(name) and len(source) <= 1 and all(map(is_source, source))):
        return []
    return [("author", name), *(("source", each) for each in source), *when]


def _whole_title(name: str) -> str:
    """The name with the bracket that opens its title: 《岔路》2026年第3期."""
    return f"《{name}" if "》" in name and "《" not in name else name


def _read_original(state: State, index: int, text: str) -> bool:
    """`原创 李明 治理观察 2026-06-07 08:00 北京`: the author if there are two names, the account, the date.

    `今天`, `3天前`, `周二` in the place of the date are read as none.
    """
    date = DATE.search(text)
    head, *names = (text[: date.start()] if date else text).split() or [""]
    if head != "原创" or len(text) > 64 or not (date or (names and _is_day(names.pop()))):
        return False
    time = TIME.match(text[date.end() :].lstrip()) if date else None
    said = [
        ("date", iso_date(date) if date else ""),
        ("source", names[-1] if names else ""),
        ("author", names[0] if len(names) == 2 else ""),
        ("time", time.group().strip() if time else ""),
    ]
    state.read(index, *(said if date else said[1:]))
    return True


def _is_day(said: str) -> bool:
    return said in words("dates/weekdays_zh") or boilerplate.weak_reason(said) == "relative time"


def _names_writer(match: re.Match[str], place: int, below_title: bool) -> bool:
    """Whether a line says who wrote the text; a reporter is named by a person's name alone."""
    if is_person(match["name"]) and (below_title or match.re is WRITTEN_BY):
        return True
    return _is_by(match["name"], place) and (match.re is BY or match["role"] is not None)


def _is_by(name: str, place: int) -> bool:
    date = DATE.search(name)
    bare = (name[: date.start()] if date else name).strip(" \t,，|｜/·-–—")
    names = LISTED.split(bare)
    # `By Land and Sea` is a title; two words with a date, or at the very head, are a person.
    return is_name(names[0]) and (
        bool(date) or HAN.search(bare) is not None or place < 6 or len(names) > 1
    )


def _is_byline(text: str) -> bool:
    """Whether a line lists positions in Chinese and says nothing: `…院长、…主任`."""
    if SENTENCE_WITHIN.search(text) or ":" in text or "：" in text:
        return False
    parts = [p.strip() for p in LISTED.split(text) if p.strip()]
    return len(parts) >= 2 and all(BYLINE_PART.fullmatch(p) for p in parts)


def _is_cast(text: str, speakers: Set[str]) -> bool:
    """Whether a line says who takes part: `主播：阿宝 | 嘉宾：李敏`, or `主持人：林晓` where no speaker is so called."""
    parts = [label_of(part, COLONS) for part in PARTED.split(text)]
    if len(parts) > 1:
        return all(label and is_name(said) for label, said in parts)
    return parts[0][0] not in speakers and names_role(text)


def _near_title(state: State, index: int) -> bool:
    """Whether a line stands right below metadata that was read."""
    above = state.beside(index, -1)
    return above is not None and state.has(above, keys=HEAD_KEYS)
