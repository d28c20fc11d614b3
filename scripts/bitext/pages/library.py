"""Bitexts -> the page that lists them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bitext.kinds import NOT_COUNTED
from bitext.library.store import day_of
from bitext.model import OTHER, Bitext
from bitext.pages.escape import address, id_attribute
from bitext.pages.labels import label, show_date
from bitext.pages.phrases import (  # fmt: skip
    LIST_COMMA,
    NO_NAMES,
    Names,
    front_matter,
    heading,
    linked_title,
    name_markdown,
    titled,
    twin_title,
)
from bitext.pages.top import said


def library_page(bitexts: Sequence[Bitext], lang: str, names: Names = NO_NAMES) -> str:
    """The list of transcripts: title in both languages, date, kind, speakers, languages."""
    title = label(lang, "library")
    out = front_matter(title, label(lang, "library_lead"), "library")
    out += [
        f"# {title} {{ #title .bt-title }}",
        "",
        label(lang, "library_lead"),
        "{ .bt-lead }",
        "",
    ]
    if not bitexts:
        out += [label(lang, "empty"), ""]
    for bitext in bitexts:
        out += _entry(bitext, lang, names)
    return "\n".join(out).rstrip("\n") + "\n"


def _entry(bitext: Bitext, lang: str, names: Names) -> Iterator[str]:
    title = titled(bitext, lang)
    yield from ('<article class="bt-entry" markdown>', "")
    link = linked_title(title, f"{address(bitext.slug)}.md", lang)
    yield from (heading(2, link, id_attribute(bitext.slug)), "")
    yield from twin_title(title[0], titled(bitext, OTHER[lang]), lang)
    date = bitext.record.get("date") or show_date(lang, day_of(bitext))
    speakers = dict.fromkeys(name_markdown(s, lang, names) for s in bitext.speakers)
    pairs = sum(
        unit.zh is not None and unit.en is not None and unit.kind not in NOT_COUNTED
        for unit in bitext.units
    )
    rows = (
        ("date", said(date, lang)),
        ("kind", said(bitext.record.get("kind"), lang)),
        ("speakers", LIST_COMMA[lang].join(speakers)),
        ("languages", f"{label(lang, 'both')} · {label(lang, 'units', pairs=pairs)}"),
    )
    for key, value in rows:
        if value:
            yield from (label(lang, key), f":   {value}", "")
    yield from ("</article>", "")
