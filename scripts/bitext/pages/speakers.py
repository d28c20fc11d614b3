"""People and bitexts -> a page a speaker: who they are, and their turns across the library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bitext.glossary.people import Person
from bitext.model import OTHER, Bitext, Unit
from bitext.pages.escape import address, escape_html, escape_markdown, id_attribute
from bitext.pages.labels import HTML_LANG, label
from bitext.pages.phrases import (  # fmt: skip
    begin,
    front_matter,
    heading,
    prose_html,
    prose_paragraphs,
    title_of,
)


def speaker_pages(people: Sequence[Person], bitexts: Sequence[Bitext], lang: str) -> dict[str, str]:
    """'speakers/<person>.md' -> Markdown, for everyone who speaks in the library."""
    spoken = {p.id: list(turns_of(p.id, bitexts)) for p in people}
    return {
        f"speakers/{person.id}.md": _page(person, spoken[person.id], lang)
        for person in people
        if spoken[person.id]
    }


def turns_of(person: str, bitexts: Sequence[Bitext]) -> Iterator[tuple[Bitext, Unit]]:
    """The first unit of each turn of a person, text by text in the library's order."""
    for bitext in bitexts:
        ids = {s.id for s in bitext.speakers if s.person == person}
        seen: set[str] = set()
        for unit in bitext.units:
            if unit.speaker in ids and unit.turn and unit.turn not in seen:
                seen.add(unit.turn)
                yield bitext, unit


def _page(person: Person, turns: Sequence[tuple[Bitext, Unit]], lang: str) -> str:
    name, twin = person.name[lang], person.name[OTHER[lang]]
    role = person.role[lang] if person.role else ""
    out = front_matter(name, role or name, "speaker")
    out += [heading(1, escape_markdown(name), "#title .bt-title"), ""]
    if twin != name:
        out += [
            f'<p class="bt-twin-title" lang="{HTML_LANG[OTHER[lang]]}">{escape_html(twin)}</p>',
            "",
        ]
    if role:
        out += [f'<p class="bt-role">{prose_html(role, lang)}</p>', ""]
    if person.note:
        out += prose_paragraphs(person.note[lang], lang)
    last = None
    for bitext, unit in turns:
        if bitext.slug != last:
            last = bitext.slug
            page = f"../transcripts/{address(bitext.slug)}.md"
            title = f"[{escape_markdown(title_of(bitext, lang))}]({page})"
            out += [heading(2, title, id_attribute(bitext.slug)), ""]
        out += [f"- [{_begin(unit, lang)}]({page}#{address(unit.turn or '')})"]
    count = label(lang, "turns", n=len(turns))
    out += ["", f'<p class="bt-count">{count}</p>', ""]
    return "\n".join(out).rstrip("\n") + "\n"


def _begin(unit: Unit, lang: str) -> str:
    text, side = begin(unit, lang)
    shown = escape_markdown(text)
    return shown if side == lang else f'<span lang="{HTML_LANG[side]}">{shown}</span>'
