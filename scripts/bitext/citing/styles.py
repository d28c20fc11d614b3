"""Work -> its citation in a style, for the language that is quoted.

GB/T 7714—2025: the full stop, the comma of a Latin phrase and square brackets are half-width, all
other marks full-width; an entry ends with a full stop. Both titles stand with “=” between, as in
Chinese cataloguing. Chicago 18, bibliography: the title quoted, the other in brackets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bitext.citing.records import SITE, Author, Name, Part, Parts, Slot, Work
from bitext.model import OTHER
from bitext.text.months import MONTH_NAMES

#: So many authors are named; of more, the first three.
MOST_GBT, MOST_CHICAGO, FIRST = 3, 6, 3
TEXT_IN = {"zh": "中文文本", "en": "English text"}
CHICAGO_TEXT = {"zh": "Chinese text", "en": "English text"}
UNDATED = {"zh": "日期不详", "en": "n.d."}
#: Marks after which no full stop stands.
ENDS = tuple(".?!。？！…")


def gbt(work: Work, authors: Sequence[Author], lang: str) -> Parts:
    """By GB/T 7714—2025, as a web page; `authors` are those of what is quoted."""
    edition = f"第{work.edition}版" if lang == "zh" else f"edition {work.edition}"
    joint = "，" if lang == "zh" else ", "
    date = f"（{work.day or UNDATED[lang]}）"
    return (
        *_ended(_gbt_names([a.form(lang) for a in authors], lang)),
        _both_titles(work, lang),
        f"[EB/OL]. {TEXT_IN[lang]}{joint}{edition}",
        (joint, Slot.ID),
        f". {date}",
        ("[", Slot.DAY, "]"),
        (". ", Slot.URL),
        ".",
    )


def _both_titles(work: Work, lang: str) -> str:
    own, other = _line(work.titles[lang]), _line(work.titles[OTHER[lang]])
    return own if own == other else f"{own} = {other}"


def _gbt_names(names: Sequence[Name], lang: str) -> str:
    """The family's part and initials in English; a name of unknown parts as it is written."""
    shown = [
        f"{n.family} {_initials(n.given)}" if lang == "en" and n.parted else n.whole for n in names
    ]
    if len(shown) > MOST_GBT:
        shown = [*shown[:FIRST], "等" if lang == "zh" else "et al"]
    return "，".join(shown)


def _initials(given: str) -> str:
    """The initials of given names: `Jean-Paul Marie` is `J-P M`."""
    return " ".join("-".join(p[0].upper() for p in word.split("-") if p) for word in given.split())


def chicago(work: Work, authors: Sequence[Author], lang: str) -> Parts:
    """By the Chicago Manual of Style, 18th edition, as an entry of a bibliography, in English."""
    date = american(work.day) or UNDATED["en"]
    day = f" ({american(work.edition_day)})" if work.edition_day else ""
    read: Part = () if work.day else (" Accessed ", Slot.DAY_EN, ".")
    return (
        *_ended(_chicago_names(authors, lang)),
        _chicago_title(work, lang),
        " ",
        *_ended(date),
        f"{SITE['en']}, {CHICAGO_TEXT[lang]}, edition {work.edition}{day}",
        (", ", Slot.ID),
        ".",
        read,
        (" ", Slot.URL, "."),
    )


def _chicago_title(work: Work, lang: str) -> str:
    """`“Title.”`, or `“Title” [other title].`; quotation marks within are single ones."""
    own, other = _line(work.titles[lang]), _line(work.titles[OTHER[lang]])
    quoted = own.translate(str.maketrans("“”", "‘’"))
    quoted = _single(quoted)
    if own == other:
        return f"“{quoted}”" if quoted.endswith(ENDS) else f"“{quoted}.”"
    return f"“{quoted}” [{other}]."


def _single(title: str) -> str:
    """Straight quotation marks as curly single ones, by turns."""
    out, opened = [], False
    for char in title:
        if char == '"':
            char, opened = ("’" if opened else "‘"), not opened
        out.append(char)
    return "".join(out)


def _chicago_names(authors: Sequence[Author], lang: str) -> str:
    """The first inverted where its parts are known; a Chinese name in its own order."""
    named = list(authors[:FIRST] if len(authors) > MOST_CHICAGO else authors)
    shown = [_chicago_name(a, lang, inverted=k == 0) for k, a in enumerate(named)]
    if len(named) < len(authors):
        return ", ".join([*shown, "et al."])
    if len(shown) <= 1:
        return "".join(shown)
    return f"{', '.join(shown[:-1])}, and {shown[-1]}"


def _chicago_name(author: Author, lang: str, *, inverted: bool) -> str:
    """The English form; beside it the characters where Chinese is quoted."""
    name = author.en
    shown = name.whole
    if inverted and name.parted and not name.family_first:
        shown = f"{name.family}, {name.given}"
    if lang == "zh" and author.zh.whole != name.whole:
        shown += f" {author.zh.whole}"
    return shown


def american(day: str) -> str:
    """A date as Chicago writes it: `April 29, 2026`; as much of it as is known.

    >>> american("2026-04-29"), american("2026-04"), american("2026"), american("")
    ('April 29, 2026', 'April 2026', '2026', '')
    """
    year, *rest = day.split("-")
    if not rest:
        return year
    month = MONTH_NAMES[int(rest[0]) - 1]
    return f"{month} {int(rest[1])}, {year}" if len(rest) > 1 else f"{month} {year}"


def _ended(text: str) -> Iterator[str]:
    """A part of an entry with its full stop; nothing where it is empty."""
    if text:
        yield text + (" " if text.endswith(ENDS) else ". ")


def _line(text: str) -> str:
    return " ".join(text.split())


#: The styles that the site offers: name, and the name that readers see by language.
STYLES = {
    "gbt": (gbt, {"zh": "GB/T 7714—2025", "en": "GB/T 7714—2025"}),
    "chicago": (chicago, {"zh": "芝加哥格式（第18版）", "en": "Chicago, 18th edition"}),
}
