"""People and bitexts -> a page a speaker: who they are, and their turns across the library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bitext.glossary.people import Person
from bitext.model import OTHER, Bitext, Unit
from bitext.pages.escape import address, id_attribute
from bitext.pages.labels import label
from bitext.pages.phrases import (  # fmt: skip
    NOTHING,
    begin,
    front_matter,
    heading,
    linked_title,
    prose_markdown,
    prose_paragraphs,
    run,
    title_lines,
    titled,
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
    name, twin = ((person.name[side], side) for side in (lang, OTHER[lang]))
    role = person.role[lang] if person.role else ""
    out = front_matter(name[0], role or name[0], "speaker")
    out += title_lines(name, twin, lang)
    if role:
        out += [prose_markdown(role, lang) or NOTHING, "{ .bt-role }", ""]
    if person.note:
        out += prose_paragraphs(person.note[lang], lang)
    last = None
    for bitext, unit in turns:
        if bitext.slug != last:
            last = bitext.slug
            page = f"../transcripts/{address(bitext.slug)}.md"
            title = linked_title(titled(bitext, lang), page, lang)
            out += [heading(2, title, id_attribute(bitext.slug)), ""]
        out += [
            f"- [{run(*begin(unit, lang), lang) or NOTHING}]({page}#{address(unit.turn or '')})"
        ]
    count = label(lang, "turns", n=len(turns))
    out += ["", count, "{ .bt-count }", ""]
    return "\n".join(out).rstrip("\n") + "\n"
