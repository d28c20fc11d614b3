"""A value of a data file -> what is wrong with its form: one form each for ids, dates, addresses.

Every file of data/ is checked by these at its door, and nothing that a page, a path or an address is
made of comes from anywhere else.
"""

from __future__ import annotations

import datetime
import difflib
import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeGuard

from bitext.model import LANGS

#: What stands in addresses, in HTML and in the names of files: of units, notes, terms, speakers …
ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
#: A text's name; a date may begin it.
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: A turn, and one that was put in later: s4, s4a.
TURN = re.compile(r"s[0-9]+[a-z]{0,2}")
LONGEST_ID = 80
DAY = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
#: A day, or only its month or year where no more is known.
DATE = re.compile(rf"{DAY.pattern}|[0-9]{{4}}(?:-(?:0[1-9]|1[0-2]))?")
URL = re.compile(r"https?://[^\s<>\"'\\/?#:@][^\s<>\"'\\]*")
FILE = re.compile(r"[^\W.][^/\\\x00-\x1f\x7f]{0,199}")
SHA256 = re.compile(r"[0-9a-f]{64}")
INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)
#: What an object of a browser's script has by itself: as a key it would find that.
BROWSER_WORDS = frozenset(("constructor",))
#: Windows has devices of these names: no file there can be called so, with any extension.
DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)))
)
#: What no id can be, whatever it is the id of.
NO_IDS = BROWSER_WORDS | DEVICES

#: The ids that a page has for itself, by the kind of page; some are kept free for later.
PAGE_IDS: Mapping[str, tuple[str, ...]] = {
    "transcript": (
        "title", "account", "corrections", "terms",
        "contents", "downloads", "left-out", "notes", "record", "top",
    ),
    "glossary": ("title", "subjects", "alphabetical", "top"),
    "concept": ("title", "translation", "sentences", "rest", "top"),
    "library": ("title", "top"),
    "speaker": ("title", "top"),
}  # fmt: skip
#: The beginnings of ids that pages and scripts make.
PAGE_PREFIXES: Mapping[str, tuple[str, ...]] = {"transcript": ("bt-",), "glossary": ("bt-", "subject-")}  # fmt: skip
#: Pages that stand in one folder with those named after texts, people and subjects.
PAGE_NAMES = frozenset(("index", "readme", "404", "others"))


def is_id(value: object) -> bool:
    """Whether a value can be an id.

    >>> is_id("s4p2a"), is_id("xue-lan"), is_id("P1"), is_id("constructor"), is_id("p1\\n")
    (True, True, False, False, False)
    """
    return _named(ID, value)


def is_slug(value: object) -> bool:
    """Whether a value can name a text: its folder, its pages and its place in the library's list.

    >>> is_slug("tea-talk"), is_slug("2026-04-30"), is_slug("index"), is_slug("../x")
    (True, True, False, False)
    """
    return _named(SLUG, value) and value not in PAGE_NAMES and value not in PAGE_IDS["library"]


def is_person(value: object) -> TypeGuard[str]:
    """Whether a value can be the id of a person, who has a page of that name."""
    return is_id(value) and value not in PAGE_NAMES and value not in PAGE_IDS["speaker"]


def is_turn(value: object) -> bool:
    """Whether a value can be a turn's id."""
    return _named(TURN, value)


def _named(pattern: re.Pattern[str], value: object) -> bool:
    return (
        isinstance(value, str)
        and len(value) <= LONGEST_ID
        and pattern.fullmatch(value) is not None
        and value not in NO_IDS
    )


def is_day(value: object) -> bool:
    """Whether a value is a day of the calendar.

    >>> is_day("2026-02-28"), is_day("2026-02-31"), is_day("2026-02"), is_day("5/1/2025")
    (True, False, False, False)
    """
    return isinstance(value, str) and DAY.fullmatch(value) is not None and _exists(value)


def is_date(value: object) -> bool:
    """Whether a value is a day, a month or a year; a part that is not known is left away.

    >>> is_date("2026-02-28"), is_date("2026-02"), is_date("2026"), is_date("2026-13"), is_date("someday")
    (True, True, True, False, False)
    """
    return isinstance(value, str) and DATE.fullmatch(value) is not None and _exists(value)


def _exists(date: str) -> bool:
    try:
        datetime.date.fromisoformat((date + "-01-01")[:10])
    except ValueError:
        return False
    return True


def is_address(value: object) -> bool:
    """Whether a value is a web address that a page may link to.

    >>> is_address("https://example.org/a?b=1"), is_address("javascript:alert(1)"), is_address("https://")
    (True, False, False)
    """
    return (
        isinstance(value, str) and URL.fullmatch(value) is not None and not INVISIBLE.search(value)
    )


class Cut(str):
    """A text that stands without quotes before a comment: `Talk #2`, of which only `Talk` is left."""

    __slots__ = ()


def shown(value: object) -> str:
    """A value of the file as a message shows it: what it is and, if short, what it says."""
    if value is None:
        return "empty"
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return repr(_cut(text))


#: So many characters of a value or a key are shown in a message.
SHOWN = 60


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 3] + "…"


def unknown_key(key: str, known: Collection[str], where: str) -> str:
    """How a key that is not known is told."""
    near = difflib.get_close_matches(_cut(key), known, 1)
    todo = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(known)}"
    return f"unknown key '{_cut(key)}' in {where}; {todo}"


def cut_by_comment(what: str, value: Cut) -> str:
    """How a text is told that a comment follows: the sign may have been meant as text."""
    return f"{what} is {shown(value)}, for ' #' begins a comment; put the text in quotes, or the comment on a line of its own"  # fmt: skip


# --- forms put together ----------------------------------------------------------------------------

#: A line of the file, and what is wrong there.
Fault = tuple[int, str]


#: A JSON Schema (draft-07) as plain values: what an editor checks while a file is written.
Schema = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Form:
    """What one value may be, and the words that say so; `like` is as much of it as a schema can say."""

    fits: Callable[[object], bool]
    words: str
    like: Schema = field(default_factory=dict)

    def schema(self) -> Schema:
        return {"description": _sentence(self.words), **self.like}

    def faults(self, value: object, line: int, what: str) -> Iterator[Fault]:
        """What is wrong with the value, which a message calls `what`; nothing where it fits."""
        if not self.fits(value):
            yield line, f"{what} is {shown(value)}; {self.words}"


@dataclass(frozen=True, slots=True)
class Words:
    """A text, which no comment may cut."""

    def schema(self) -> Schema:
        return {"type": "string"}

    def faults(self, value: object, line: int, what: str) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield line, f"{what} is {shown(value)}; it is text, so put it in quotes"
        elif isinstance(value, Cut):
            yield line, cut_by_comment(what, value)


@dataclass(frozen=True, slots=True)
class Several:
    """A list of values of one form."""

    of: AnyForm

    def schema(self) -> Schema:
        return {"type": "array", "items": self.of.schema()}

    def faults(self, value: object, line: int, what: str) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield line, f"{what} is {shown(value)}; it is a list"
            return
        for item in value:
            yield from self.of.faults(item, getattr(item, "line", line), f"an item of {what}")


@dataclass(frozen=True, slots=True)
class Keys:
    """A mapping with known keys; `others` is the form of any other key's value, where it may have.

    `says` tells an editor what a key is for.
    """

    known: Mapping[str, AnyForm]
    needed: tuple[str, ...] = ()
    others: AnyForm | None = None
    says: Mapping[str, str] = field(default_factory=dict)

    def schema(self) -> Schema:
        """A key that is not needed may be empty, as in the file."""
        keys = {key: self._schema_of(key, form) for key, form in self.known.items()}
        out: dict[str, object] = {"type": "object"}
        out |= {"required": list(self.needed)} if self.needed else {}
        others = self.others.schema() if self.others else False
        return out | {"additionalProperties": others, "properties": keys}

    def _schema_of(self, key: str, form: AnyForm) -> Schema:
        """The schema of a key's value, with what an editor is told of both."""
        value = form.schema() if key in self.needed else _or_nothing(form.schema())
        words = (self.says.get(key), value.get("description"))
        said = " ".join(text for text in words if text and isinstance(text, str))
        rest = {k: v for k, v in value.items() if k != "description"}
        return ({"description": said} if said else {}) | rest

    def faults(self, value: object, line: int, what: str) -> Iterator[Fault]:
        if not isinstance(value, Mapping):
            keys = f" with {', '.join(self.known)}" if self.known else ""
            yield line, f"{what} is {shown(value)}; it is a mapping{keys}"
            return
        for _, fault in self.by_key(value, line, what):
            yield fault

    def by_key(self, value: Mapping, line: int, what: str) -> Iterator[tuple[str, Fault]]:
        """What is wrong with a mapping, each with the key that has it or lacks it."""
        line = getattr(value, "line", line)
        for key, item in value.items():
            at = value.at(key) if hasattr(value, "at") else line
            form = self.known.get(key, self.others)
            if form is None:
                yield key, (at, unknown_key(key, self.known, what))
            elif item is not None:
                yield from ((key, fault) for fault in form.faults(item, at, f"'{key}' of {what}"))
        for key in self.needed:
            if value.get(key) is None:
                yield key, (line, f"{what} needs '{key}'")


@dataclass(frozen=True, slots=True)
class Worded:
    """Words in each language, `{zh: …, en: …}`, or one text for both."""

    more: Mapping[str, AnyForm] = field(default_factory=dict)

    def schema(self) -> Schema:
        return {"anyOf": [Keys({**BOTH, **self.more}).schema(), TEXT.schema()]}

    def faults(self, value: object, line: int, what: str) -> Iterator[Fault]:
        form = Keys({**BOTH, **self.more}) if isinstance(value, Mapping) else TEXT
        yield from form.faults(value, line, what)


AnyForm = Form | Words | Several | Keys | Worded


def _sentence(words: str) -> str:
    """
    >>> _sentence("it is a list")
    'It is a list.'
    """
    return f"{words[0].upper()}{words[1:]}."


def _or_nothing(schema: Schema) -> Schema:
    """The schema of a value that may be left empty: `speaker:` says that nobody speaks."""
    if isinstance(ways := schema.get("anyOf"), list):
        return {**schema, "anyOf": [*ways, {"type": "null"}]}
    more = {"enum": [*words, None]} if isinstance(words := schema.get("enum"), list) else {}
    return {**schema, "type": [schema["type"], "null"], **more}


def _matching(pattern: re.Pattern[str], longest: int = 0, but: Collection[str] = ()) -> Schema:
    """The schema of a text that a pattern fits whole."""
    out: dict[str, object] = {"type": "string", "pattern": f"^(?:{pattern.pattern})$"}
    out |= {"maxLength": longest} if longest else {}
    return out | ({"not": {"enum": sorted(but)}} if but else {})


def whole(least: int = 0, most: int = 10**9) -> Form:
    """A whole number from `least` to `most`."""
    words = f"it is a whole number from {least}" + (f" to {most}" if most < 10**9 else "")
    like = {"type": "integer", "minimum": least, "maximum": most}
    return Form(lambda v: _is_number(v, int) and least <= v <= most, words, like)


#: A longer list is set with commas alone.
MOST_WITH_OR = 3


def one_of(words: Collection[object]) -> Form:
    """One of a few words."""
    last = (
        " or ".join(str(w) for w in words)
        if len(words) <= MOST_WITH_OR
        else ", ".join(map(str, words))
    )
    like = {"type": "string", "enum": list(words)}
    return Form(lambda v: isinstance(v, str) and v in words, f"it is {last}", like)


def _is_number(value: object, kind: type[int] | tuple[type[int], type[float]]) -> TypeGuard[float]:
    return isinstance(value, kind) and not isinstance(value, bool) and math.isfinite(value)


TEXT = Words()
BOTH: Mapping[str, AnyForm] = dict.fromkeys(LANGS, TEXT)
WORDED = Worded()
SHARE = Form(lambda v: _is_number(v, (int, float)) and 0 <= v <= 1, "it is a number from 0 to 1")
ID_FORM = Form(
    is_id,
    f"an id has a-z, 0-9 and single hyphens, starts with a letter, has at most {LONGEST_ID} characters, and is no name that a system keeps for itself (con, nul, constructor)",
    _matching(ID, LONGEST_ID, NO_IDS),
)
SLUG_FORM = Form(
    is_slug,
    f"a slug has a-z, 0-9 and single hyphens, at most {LONGEST_ID} characters, and is not the name of a page of the site (index, title) or of a device (con, nul)",
    _matching(SLUG, LONGEST_ID, {*NO_IDS, *PAGE_NAMES, *PAGE_IDS["library"]}),
)
PERSON_FORM = Form(
    is_person,
    ID_FORM.words + "; index is the name of a page, and others and title are taken too",
    _matching(ID, LONGEST_ID, {*NO_IDS, *PAGE_NAMES, *PAGE_IDS["speaker"]}),
)
TURN_FORM = Form(
    is_turn,
    "a turn is s and a number, s4, or s4a for one put in later",
    _matching(TURN, LONGEST_ID),
)
DAY_FORM = Form(
    is_day, "it is a day of the calendar written as 2026-04-30, in quotes", _matching(DAY)
)
DATE_FORM = Form(
    is_date, "it is a date written as 2026-04-30, 2026-04 or 2026, in quotes", _matching(DATE)
)
ADDRESS = Form(is_address, "it starts with https:// or http://", _matching(URL))


def taken_by_page(id: str, page: str) -> bool:
    """Whether a page of this kind has the id for itself.

    >>> taken_by_page("account", "transcript"), taken_by_page("subject-x", "glossary"), taken_by_page("p1", "transcript")
    (True, True, False)
    """
    return id in PAGE_IDS[page] or id.startswith(PAGE_PREFIXES.get(page, ("\0",)))
