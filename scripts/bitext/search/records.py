"""What is searched, as records: rows in both languages, and the names that lead to them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """What a hit opens: a unit, a term's entry or a section; `id` is its address on the page.

    `beads` are its sentences in order, by their ends in `text`, those of a doubtful bead negative;
    `who` is the person who speaks; `not_words` are terms whose characters fall across words in it.
    """

    id: str
    text: str
    label: str = ""  # who speaks, or the heading
    kind: str = ""  # one of KINDS; '' as its page
    who: str = ""
    beads: tuple[int, ...] = ()
    not_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A row in both languages; None where a language has nothing."""

    zh: Row | None
    en: Row | None

    def __getitem__(self, lang: str) -> Row | None:
        return self.zh if lang == "zh" else self.en


#: What a row or a page can be; the first letter stands for it in the index.
KINDS = ("transcript", "note", "record", "glossary", "person", "site", "cited")


@dataclass(frozen=True, slots=True)
class Page:
    """A page in both languages. `url` is the path below the language's root."""

    url: str
    kind: str  # 'transcript' | 'glossary' | 'person' | 'site'
    zh: str  # its title
    en: str
    pairs: tuple[Pair, ...]
    day: str = ""  # the ISO date of a text, as much of it as is known

    def title(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Name:
    """One concept or person under all its names: a query for one finds the others.

    `row` is its entry's id in the glossary, or the person's id; `person` says which. The loose names
    are too general to be found in its stead: a query for one finds the concept, but not the other
    way round.
    """

    zh: tuple[str, ...]
    en: tuple[str, ...]
    row: str = ""
    loose_zh: tuple[str, ...] = ()
    loose_en: tuple[str, ...] = ()
    person: bool = False


def line(text: str) -> str:
    """The text with one space for each run of white space."""
    return " ".join(text.split())
