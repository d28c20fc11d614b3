"""What a citation needs to know: one record, and places that are filled when somebody cites."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Union

#: The name of this site, as mkdocs.yml has it.
SITE = {"zh": "双轨", "en": "Two Tracks"}
#: Said in every file that leaves, beside what the record says of the rights.
NOT_CLEARED = {
    "zh": "权利未清：本站没有取得许可，文本只供研究与评论之用。",
    "en": "Rights not cleared: this site has no permission; the text is for research and comment.",
}


@dataclass(frozen=True, slots=True)
class Name:
    """One form of a name: as it is written, and its parts where they are known for sure."""

    whole: str
    family: str = ""
    given: str = ""
    family_first: bool = False  # in English, as in Xue Lan

    @property
    def parted(self) -> bool:
        """Whether it is known which part is the family's."""
        return bool(self.family and self.given)


@dataclass(frozen=True, slots=True)
class Author:
    """A person or a body, by both forms of the name."""

    zh: Name
    en: Name

    def form(self, lang: str) -> Name:
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Work:
    """A text as a citation names it. Whatever is not known is empty, and no style fills it in."""

    slug: str
    titles: Mapping[str, str]  # by language; of one that has none, the other's
    edition: int
    authors: tuple[Author, ...] = ()  # who speaks or wrote, in order
    day: str = ""  # ISO, as much of it as is known
    edition_day: str = ""  # of the last correction
    source: str = ""  # where the text was found, in one line


class Slot(Enum):
    """A place in a citation whose words are known only when somebody cites."""

    URL = "url"
    ID = "id"  # of a paragraph; a whole text has none
    DAY = "day"  # on which the address was read: 2026-11-29
    DAY_RIS = "day_ris"  # the same: 2026/11/29
    DAY_EN = "day_en"  # the same: November 29, 2026


#: Words, places, and groups of both; a group is left out when one of its own places is empty.
Part = Union[str, Slot, tuple["Part", ...]]  # noqa: UP007 - 3.11 reads it at once, and it names itself
Parts = tuple[Part, ...]


def fill(parts: Sequence[Part], values: Mapping[Slot, str]) -> str:
    """The citation with its places filled.

    >>> fill(("a", (" [", Slot.DAY, "]"), ". ", Slot.URL), {Slot.URL: "x"})
    'a. x'
    """
    return placed(parts, values)[0]


def as_json(parts: Sequence[Part]) -> list[object]:
    """The parts for a script: words are texts, a place is the object `{"slot": name}`, a group a list."""
    return [
        {"slot": p.value} if isinstance(p, Slot) else p if isinstance(p, str) else as_json(p)
        for p in parts
    ]


def placed(
    parts: Sequence[Part], values: Mapping[Slot, str]
) -> tuple[str, list[tuple[int, int, Slot]]]:
    """As `fill`, and where in it each place stands: (start, end, place)."""
    text, places = "", []
    for part in parts:
        if isinstance(part, str):
            text += part
        elif isinstance(part, Slot):
            places.append((len(text), len(text) + len(values.get(part, "")), part))
            text += values.get(part, "")
        elif all(values.get(p) for p in part if isinstance(p, Slot)):
            inner, found = placed(part, values)
            places += [(a + len(text), b + len(text), slot) for a, b, slot in found]
            text += inner
    return text, places
