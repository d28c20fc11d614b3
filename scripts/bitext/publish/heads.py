"""Bitext -> what machines read in the head of its page: citation tags and linked data."""

from __future__ import annotations

import json
from collections.abc import Iterator

from bitext.citing.formats import LANGUAGE, one_line
from bitext.citing.records import NOT_CLEARED, SITE, Author
from bitext.model import LANGS, OTHER, Bitext
from bitext.pages.labels import HTML_LANG
from bitext.publish.about import About

#: What would end a script or begin another inside of one, and how JSON may write it as well.
IN_SCRIPT = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def head(bitext: Bitext, about: About, lang: str, site: str) -> str:
    """The lines for the head of the text's page in `lang`."""
    tags = "".join(
        f'<meta name="{name}" content="{_attribute(said)}">\n'
        for name, said in _tags(about, lang, site)
    )
    return (
        f'{tags}<script type="application/ld+json">{linked(bitext, about, lang, site)}</script>\n'
    )


def _attribute(text: str) -> str:
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(char, entity)
    return one_line(text)


def _tags(about: About, lang: str, site: str) -> Iterator[tuple[str, str]]:
    """What search engines for scholars and reference managers read."""
    work = about.work
    yield (
        "DC.type",
        "webpage",
    )  # or Zotero takes what has a citation_title for an article of a journal
    yield "citation_title", work.titles[lang]
    for author in work.authors:
        yield "citation_author", _inverted(author, lang)
    if work.day:
        yield "citation_publication_date", work.day.replace("-", "/")
    yield "citation_language", LANGUAGE[lang]
    yield "citation_publisher", SITE[lang]
    if site:
        yield "citation_public_url", about.addresses[lang]


def _inverted(author: Author, lang: str) -> str:
    name = author.form(lang)
    return f"{name.family}, {name.given}" if lang == "en" and name.parted else name.whole


def _voice(author: Author, lang: str) -> dict[str, str]:
    """Who speaks: a person where the parts of the name are known; else it may be a body or a label."""
    person = author.zh.parted or author.en.parted
    return ({"@type": "Person"} if person else {}) | {"name": one_line(author.form(lang).whole)}


def linked(bitext: Bitext, about: About, lang: str, site: str) -> str:
    """The page as linked data (schema.org), for a script element that no browser runs."""
    work = about.work
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "name": one_line(work.titles[lang]),
        "alternateName": one_line(work.titles[OTHER[lang]]),
        "inLanguage": HTML_LANG[lang],
        "version": str(work.edition),
        "author": [_voice(a, lang) for a in work.authors],
        "dateCreated": work.day,
        "dateModified": work.edition_day,
        "isBasedOn": about.url,
        "usageInfo": f"{NOT_CLEARED[lang]} {one_line(about.rights[lang])}",
        "publisher": {"@type": "Organization", "name": SITE[lang]},
    }
    if site:
        data["url"] = about.addresses[lang]
    first = original(bitext)
    if first:
        other = {"@type": "CreativeWork", "inLanguage": HTML_LANG[OTHER[lang]], "name": one_line(work.titles[OTHER[lang]])}  # fmt: skip
        if site:
            other["url"] = about.addresses[OTHER[lang]]
        data["workTranslation" if lang == first else "translationOfWork"] = other
    said = json.dumps({key: value for key, value in data.items() if value}, ensure_ascii=False, separators=(",", ":"))  # fmt: skip
    return said.translate(IN_SCRIPT)


def original(bitext: Bitext) -> str:
    """The language of which the other text is a translation, where the bitext says so of every pair; else ''."""
    said = {unit.original for unit in bitext.units if unit.zh and unit.en}
    return next((lang for lang in LANGS if said == {lang}), "")
