"""Bitext -> what a citation needs to know of it: the work, and who said each paragraph."""

from __future__ import annotations

from bitext.citing.names import author_of
from bitext.citing.records import Author, Name, Work
from bitext.forms import is_date
from bitext.library.store import day_of
from bitext.model import LANGS, Bitext, Speaker
from bitext.pages.escape import one_line
from bitext.pages.phrases import NO_NAMES, Names, title_of


def work_of(bitext: Bitext, names: Names = NO_NAMES) -> Work:
    """The text as a citation names it: titles and date are those of its page."""
    day = day_of(bitext)
    number, corrected = edition_of(bitext)
    return Work(
        slug=bitext.slug,
        titles={lang: title_of(bitext, lang) for lang in LANGS},
        edition=number,
        authors=_authors(bitext, names),
        day=day if is_date(day) else "",
        edition_day=corrected,
    )


def edition_of(bitext: Bitext) -> tuple[int, str]:
    """Which edition this is, and the day of its last correction: each day of one makes a new edition."""
    days = sorted({c.date for c in bitext.corrections if is_date(c.date)})
    return len(days) + 1, days[-1] if days else ""


def speaker_author(speaker: Speaker, names: Names) -> Author:
    """A speaker by the site's form of the name, else by the source's."""
    own = names.get(speaker.person or "")
    zh = own["zh"] if own else speaker.zh or speaker.en
    en = own["en"] if own else speaker.en or speaker.zh
    return author_of(one_line(zh or speaker.id), one_line(en or speaker.id))


def _authors(bitext: Bitext, names: Names) -> tuple[Author, ...]:
    """All who speak, each once; of a text without speakers the author that the source names."""
    if bitext.speakers:
        return tuple(dict.fromkeys(speaker_author(s, names) for s in bitext.speakers))
    said = one_line(str(bitext.metadata.get("author") or ""))
    return (Author(Name(said), Name(said)),) if said else ()


def voices(bitext: Bitext, names: Names = NO_NAMES) -> dict[str, tuple[Author, ...]]:
    """The authors of a paragraph by its speaker's id; '' is one that nobody is said to have spoken."""
    found: dict[str, tuple[Author, ...]] = {
        s.id: (speaker_author(s, names),) for s in bitext.speakers
    }
    return found | {"": () if bitext.speakers else _authors(bitext, names)}
