"""Bitext -> the two lines below its title: what it is, and the key to the signs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bitext.library.store import day_of
from bitext.metadata import is_unknown
from bitext.model import OTHER, Bitext
from bitext.pages.callouts import DIFFERS
from bitext.pages.escape import address, one_line
from bitext.pages.labels import label, show_date
from bitext.pages.phrases import (  # fmt: skip
    LIST_COMMA,
    NO_NAMES,
    Names,
    name_markdown,
    named,
    prose_markdown,
    run,
)

#: So many speakers are named.
MOST_NAMED = 4


def top_line(bitext: Bitext, lang: str, names: Names = NO_NAMES) -> Iterator[str]:
    """One line: kind, day, place, speakers, as far as they are known; the record below says what is not."""
    record = {key: value for key, value in bitext.record.items() if not is_unknown(value)}
    parts = [
        _brief(record.get("kind"), lang),
        prose_markdown(show_date(lang, day_of(bitext)), lang),
        said(record.get("place"), lang),
        _people(bitext, lang, names),
    ]
    if any(parts):
        yield from (" · ".join(filter(None, parts)), "{ .bt-meta }", "")


def key_line(bitext: Bitext, lang: str) -> Iterator[str]:
    """At how many places the two texts differ, with a link to the first; and what the signs mean."""
    ids = {unit.id: k for k, unit in enumerate(bitext.units)}
    differ = [note for note in bitext.notes if note.kind == DIFFERS and note.at in ids]
    parts = []
    if differ:
        first = min(differ, key=lambda note: ids[note.at])
        count = label(lang, "differ" if len(differ) > 1 else "differ_once", n=len(differ))
        parts.append(f"[≠ {count}](#{address(first.id)})")
    parts.append(f"[{label(lang, 'signs')}](../how-to-read.md#signs)")
    yield from (" · ".join(parts), "{ .bt-meta .bt-key-line }", "")


def said(value: object, lang: str) -> str:
    """A value of the record as Markdown; in the language that it is in."""
    text, side = said_in(value, lang)
    return run(text, side, lang) if text else ""


def said_in(value: object, lang: str) -> tuple[str, str]:
    """A value of the record, and its language."""
    if isinstance(value, Mapping):
        for side in (lang, OTHER[lang]):
            if value.get(side):
                return one_line(str(value[side])), side
        return "", lang
    return ("" if value is None else one_line(str(value))), lang


def briefly(value: object, lang: str) -> tuple[str, str]:
    """A value of the record up to its first bracket or comma, and its language."""
    text, side = said_in(value, lang)
    return re.split(r"[（(，,；;。]", text)[0].strip() or text, side


def _brief(value: object, lang: str) -> str:
    """The kind of record in a word, as Markdown."""
    text, side = briefly(value, lang)
    return run(text, side, lang) if text else ""


def _people(bitext: Bitext, lang: str, names: Names) -> str:
    """Who speaks; those whom the site has a page for are links to it."""
    shown: dict[tuple[str, str], str] = {}
    for speaker in bitext.speakers:
        text = name_markdown(speaker, lang, names)
        if speaker.person in names:
            text = f"[{text}](../speakers/{address(speaker.person or '')}.md)"
        shown.setdefault(named(speaker, lang, names), text)
    people = list(shown.values())
    if len(people) <= MOST_NAMED:
        return LIST_COMMA[lang].join(people)
    some = LIST_COMMA[lang].join(people[: MOST_NAMED - 1])
    return label(lang, "and_others", some=some, n=len(people) - MOST_NAMED + 1, total=len(people))
