"""Bitexts -> an Atom feed a language: texts that are new, and corrections with their reason.

Everything in a feed comes from data/, nothing from the clock: the same data, the same bytes. An
entry's id is made of the name under which the text came first, so it stays when the text is renamed
or the site moves. Where the site's address is not known, links are relative to the feed's own, which
RFC 4287 allows: they lead to the right place wherever the feed is fetched. The feed then does not say
where it stands.
"""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from bitext.forms import is_date
from bitext.library.store import day_of
from bitext.model import LANGS, Bitext, Correction
from bitext.pages.corrections import plainly
from bitext.pages.escape import UNSEEN, address
from bitext.pages.labels import COLON, HTML_LANG, label, show_date
from bitext.pages.phrases import title_of, worded

ATOM = "http://www.w3.org/2005/Atom"
#: What all ids of entries are made in; an address of the project that is in no use otherwise.
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "tag:two-tracks,2026:feed")
#: A reader of feeds asks for news: so many entries, the newest.
MOST = 60
PATHS = {"zh": "feed.xml", "en": "en/feed.xml"}
NAMES = {"zh": "双轨", "en": "Two Tracks"}
#: Addresses that stand for one that is still to be given: no host can have such a name (RFC 2606).
PLACEHOLDER = re.compile(r"https?://[^/]*\.example(?:[:/]|$)")
#: When nothing is known of a day: before anything that this program can hold.
BEGINNING = "1970-01-01"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed tells: a text, or the corrections that it got on one day."""

    id: str
    title: str
    path: str  # below the language's root
    published: str  # ISO days
    updated: str
    text: str


def feeds(bitexts: Sequence[Bitext], site_url: str = "") -> dict[str, str]:
    """The feed of each language by its path on the site, which stands at `site_url` or is not known to
    stand anywhere."""
    return {PATHS[lang]: feed(entries(bitexts, lang), lang, site_url) for lang in LANGS}


def entries(bitexts: Sequence[Bitext], lang: str) -> list[Entry]:
    """The newest entries, the newest first."""
    titles = told_apart(bitexts, lang)
    found = [e for b, title in zip(bitexts, titles, strict=True) for e in _of(b, lang, title)]
    found.sort(key=lambda entry: entry.id)
    found.sort(key=lambda entry: entry.updated, reverse=True)
    return found[:MOST]


def told_apart(bitexts: Sequence[Bitext], lang: str) -> list[str]:
    """The titles; of texts that share one, each with its day, or with its slug where days are the same."""
    titles = [title_of(bitext, lang) for bitext in bitexts]
    days = [day_of(bitext) for bitext in bitexts]
    often, dated = Counter(titles), Counter(zip(titles, days, strict=True))
    around = "{}（{}）" if lang == "zh" else "{} ({})"
    return [
        title
        if often[title] == 1
        else around.format(title, show_date(lang, day) if is_date(day) and dated[title, day] == 1 else bitext.slug)
        for title, day, bitext in zip(titles, days, bitexts, strict=True)
    ]  # fmt: skip


def _of(bitext: Bitext, lang: str, title: str) -> Iterator[Entry]:
    """A text's entry, and one for each day on which it was corrected."""
    page = f"transcripts/{address(bitext.slug)}/"
    came = received(bitext)
    summary = worded(bitext.record.get("summary"), lang)
    yield Entry(_id(bitext, lang), title, page, came, came, summary)
    days: dict[str, list[tuple[int, Correction]]] = {}
    for number, item in enumerate(bitext.corrections, 1):
        days.setdefault(item.date, []).append((number, item))
    for day, items in days.items():
        text = "\n".join(plainly(bitext, item, lang) for _, item in items)
        told = f"{label(lang, 'corrections')}{COLON[lang]}{title}"
        where = f"{page}#correction--{items[0][0]}"
        yield Entry(_id(bitext, lang, day), told, where, _day(day), _day(day), text)


def received(bitext: Bitext) -> str:
    """The day on which a text came into the library, or else its own; ISO, whole."""
    for found in (bitext.record.get("received"), bitext.source.get("received"), day_of(bitext)):
        if is_date(found):
            return _day(str(found))
    return BEGINNING


def _day(date: str) -> str:
    """A date of which all parts are there: the first day of a month or a year.

    >>> _day("2026-04"), _day("2026-04-30"), _day("")
    ('2026-04-01', '2026-04-30', '1970-01-01')
    """
    return f"{date}-01-01"[: len(BEGINNING)] if is_date(date) else BEGINNING


def _id(bitext: Bitext, lang: str, day: str = "") -> str:
    """The permanent id of an entry: of a text that was renamed that of its first name."""
    first = bitext.formerly[0] if bitext.formerly else bitext.slug
    return uuid.uuid5(NAMESPACE, " ".join((lang, first, day))).urn


# --- XML -----------------------------------------------------------------------------------------


def feed(found: Sequence[Entry], lang: str, site_url: str = "") -> str:
    """An Atom document with these entries."""
    # Relative to the feed, which stands at the root of its language.
    known = site_url and not PLACEHOLDER.match(site_url)
    base = f"{site_url.rstrip('/')}/{'en/' if lang == 'en' else ''}" if known else ""
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": HTML_LANG[lang]})
    _add(root, "title", NAMES[lang])
    _add(root, "id", uuid.uuid5(NAMESPACE, lang).urn)
    _add(root, "updated", _time(max((entry.updated for entry in found), default=BEGINNING)))
    _add(_add(root, "author"), "name", NAMES[lang])
    if base:
        _add(root, "link", rel="self", type="application/atom+xml", href=f"{base}feed.xml")
    _add(root, "link", rel="alternate", type="text/html", hreflang=HTML_LANG[lang], href=base or "./")  # fmt: skip
    for entry in found:
        node = _add(root, "entry")
        _add(node, "title", entry.title)
        _add(node, "id", entry.id)
        _add(node, "link", rel="alternate", type="text/html", href=base + entry.path)
        _add(node, "published", _time(entry.published))
        _add(node, "updated", _time(entry.updated))
        _add(node, "summary", entry.text or entry.title)
    ElementTree.indent(root)
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    return head + ElementTree.tostring(root, encoding="unicode") + "\n"


def _time(day: str) -> str:
    """A day as a point in time: its beginning in Greenwich."""
    return f"{day}T00:00:00Z"


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:  # fmt: skip
    node = ElementTree.SubElement(parent, name, attributes)
    if text:
        node.text = UNSEEN.sub("", text)
    return node
