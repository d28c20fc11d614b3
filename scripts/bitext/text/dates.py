"""Text -> the dates and the times of day in it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bitext.text.months import MONTHS
from bitext.text.numbering import TO_NINE, TO_TEN
from bitext.text.scripts import HAN_CLASS
from bitext.text.words import any_of

_MONTH = any_of("dates/months")
_WEEKDAY_ZH = any_of("dates/weekdays_zh")
_YEAR, _MONTH_NUMBER, _DAY = "(?:19|20)\\d\\d", "1[0-2]|0?[1-9]", "3[01]|[12]\\d|0?[1-9]"


def date_pattern(prefix: str = "") -> str:
    """The pattern of a date, for patterns that a date is part of; the prefix sets two dates apart."""
    p = prefix
    return (
        f"(?:{any_of('dates/weekdays')}\\.?,?\\s+|{_WEEKDAY_ZH}[,，]?\\s*)?(?:"
        f"(?P<{p}y1>{_YEAR})\\s{{0,2}}年\\s{{0,2}}(?P<{p}m1>{_MONTH_NUMBER})\\s{{0,2}}月\\s{{0,2}}(?P<{p}d1>{_DAY})\\s{{0,2}}[日号]"
        f"|(?P<{p}y2>{_YEAR})(?P<{p}sep>[-/.])(?P<{p}m2>{_MONTH_NUMBER})(?P={p}sep)(?P<{p}d2>{_DAY})(?!\\d)"
        f"|(?P<{p}m3>{_MONTH})\\.?\\s+(?P<{p}d3>{_DAY})(?:st|nd|rd|th)?,?\\s+(?P<{p}y3>{_YEAR})"
        f"|(?P<{p}d4>{_DAY})(?:st|nd|rd|th)?\\s+(?:of\\s+)?(?P<{p}m4>{_MONTH})\\.?,?\\s+(?P<{p}y4>{_YEAR})"
        f")(?:\\s?[(（]?{_WEEKDAY_ZH}[)）]?)?"
    )


#: A whole date: `2026年3月4日`, `2026-03-04`, `March 4th, 2026`, `Wednesday, 4 March 2026`.
DATE = re.compile(date_pattern(), re.IGNORECASE)
#: A time of day, with its zone where it has one.
TIME = re.compile(
    f"{any_of('dates/parts_of_day')}?"
    "(?:(?:[01]?\\d|2[0-4])[:：][0-5]\\d(?:[:：][0-5]\\d)?(?:\\.\\d{1,6})?|(?:1\\d|2[0-4]|\\d)[时点](?:[0-5]?\\d分|整|半)?)"
    f"\\s?(?:[ap]\\.?m\\b\\.?)?\\s?(?:Z|[+-]\\d\\d:?\\d\\d|\\(?{any_of('dates/zones')}(?:[+-]\\d{{1,2}})?\\)?|Beijing time|北京时间)?",
    re.IGNORECASE,
)
#: What a page shows for a date, and a reader of another day cannot read: `今天`, `3天前`, `2 days ago`.
DAY_NEAR = (
    f"(?:{any_of('dates/days_near')}|\\d{{1,2}}\\s?{any_of('dates/units_zh')}前"
    f"|\\d{{1,2}} {any_of('dates/units_en')} ago)"
)
#: `二〇二六年三月二日，昆明`, alone on its line: a letter's date, which stays in the text.
LETTER_DATE = re.compile(
    f"\\s*(?:[{HAN_CLASS}]{{2,6}}[，,\\s])?[一二][〇零○Ｏ{TO_NINE}]{{3}}年[{TO_TEN}]{{1,2}}月[{TO_TEN}廿]{{1,3}}[日号]"
    f"(?:[，,\\s于]{{0,2}}[{HAN_CLASS}]{{2,6}})?\\s*"
)
#: What may stand between a date and its time of day.
JOINT = " \t\xa0\u3000T,，|｜·・•at\n"
#: What may stand between the parts of a line of metadata, and around it.
SEPARATOR = " \t\xa0\u3000|｜/／·・•,，;；、-—–()（）[]【】「」〔〕<>《》*#>~_\u200b\ufeff"


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
    """(date, time, the rest) of a value that begins with a date; None where it does not.

    >>> parse_date("2026-06-07 18:39 新华网")
    ('2026-06-07', '18:39', '新华网')
    """
    match = DATE.match(value)
    if not match:
        return None
    rest = value[match.end() :].lstrip(JOINT)
    time = TIME.match(rest)
    if time:
        rest = rest[time.end() :]
    return iso_date(match), time.group().strip() if time else "", rest.strip(SEPARATOR)
