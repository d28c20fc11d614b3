"""Bitexts -> the page that lists them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bitext.kinds import NOT_COUNTED
from bitext.library.store import day_of
from bitext.model import OTHER, Bitext
from bitext.pages.escape import address, escape_html, escape_markdown, id_attribute
from bitext.pages.labels import HTML_LANG, label, show_date
from bitext.pages.phrases import front_matter, heading, name_of, title_of, worded


def library_page(bitexts: Sequence[Bitext], lang: str) -> str:
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
        out += _entry(bitext, lang)
    return "\n".join(out).rstrip("\n") + "\n"


def _entry(bitext: Bitext, lang: str) -> Iterator[str]:
    title, twin = title_of(bitext, lang), title_of(bitext, OTHER[lang])
    yield from ('<article class="bt-entry" markdown>', "")
    link = f"[{escape_markdown(title)}]({address(bitext.slug)}.md)"
    yield from (heading(2, link, id_attribute(bitext.slug)), "")
    if twin != title:
        yield from (
            f'<p class="bt-twin-title" lang="{HTML_LANG[OTHER[lang]]}">{escape_html(twin)}</p>',
            "",
        )
    date = worded(bitext.record.get("date"), lang) or show_date(lang, day_of(bitext))
    names = ("、" if lang == "zh" else ", ").join(name_of(s, lang) for s in bitext.speakers)
    pairs = sum(
        unit.zh is not None and unit.en is not None and unit.kind not in NOT_COUNTED
        for unit in bitext.units
    )
    rows = (
        (label(lang, "date"), date),
        (label(lang, "kind"), worded(bitext.record.get("kind"), lang)),
        (label(lang, "speakers"), names),
        (label(lang, "languages"), f"{label(lang, 'both')} · {label(lang, 'units', pairs=pairs)}"),
    )
    yield '<dl class="bt-facts">'
    yield from (f"<div><dt>{k}</dt><dd>{escape_html(v)}</dd></div>" for k, v in rows if v)
    yield from ("</dl>", "", "</article>", "")
