"""What a web page says of itself: its head, and the account that published it."""

from __future__ import annotations

from collections.abc import Collection

from bitext.text.scripts import HAN, language
from bitext.text.words import entries, finder, words

#: The name of a site behind a page's title, with the mark before it.
LONGEST_SITE = 32
BEFORE_SITE = "-_|｜–—»"
#: Those of them that stand within words too.
IN_WORDS = "-_–—"
#: Where an article of a public account says what, by the element's id.
ACCOUNT = {"publish_time": "date", "js_name": "source", "js_author_name": "author"}


def _account(tree, metadata: dict[str, str]) -> None:
    """What the lines below the title of a saved article of a public account say."""
    from bitext.text.dates import parse_date
    from bitext.text.names import is_name

    found = {i: e for i in ACCOUNT if (e := tree.find(f".//*[@id='{i}']")) is not None}
    for name, element in found.items():
        value, key = " ".join(element.text_content().split()), ACCOUNT[name]
        parsed = parse_date(value) if key == "date" else None
        if parsed:
            metadata.setdefault("date", parsed[0])
            if parsed[1]:
                metadata.setdefault("time", parsed[1])
        elif key != "date" and 0 < len(value) <= 40:
            metadata.setdefault(key, value)
    if "js_name" in found and "author" not in metadata:
        for element in tree.iterfind(".//span"):
            names = (element.get("class") or "").split()
            value = " ".join(element.text_content().split())
            if "rich_media_meta_text" in names and is_name(value):
                metadata["author"] = value
                break


#: A date with its label, in a line of the page that is no part of the text.
DATED = finder("labels/date")


def date_beside(text: str, *, labelled: bool = True) -> str:
    """The date that a line of the page's frame gives with its label, or below the title without; '' where it gives none."""
    from bitext.text.dates import DATE, iso_date, parse_date

    for match in DATED.finditer(text[:300]):
        if parsed := parse_date(text[match.end() : match.end() + 40].lstrip(" :：on\t\xa0\u3000")):
            return parsed[0]
    date = None if labelled else DATE.search(text[:300])
    return iso_date(date) if date else ""


def without_site(title: str, heads: Collection[str]) -> str:
    """A page's title without the name of the site behind it. A title that is one of the page's headings
    `heads` has none, and a dash within a Latin word begins none.

    >>> [without_site(t, ()) for t in ("Track-Two talks", "Track-Two talks - A-B News", "对话|新闻")]
    ['Track-Two talks', 'Track-Two talks', '对话']
    >>> without_site("中国-东盟对话", ["中国-东盟对话"])
    '中国-东盟对话'
    """
    borders = (
        at for at, mark in enumerate(title) if mark in BEFORE_SITE and not _in_word(title, at)
    )
    at = max(borders, default=-1)
    cut = at >= 0 and title not in heads and len(title[at:].strip()) <= LONGEST_SITE
    return title[:at].rstrip() if cut else title


def _in_word(text: str, at: int) -> bool:
    """Whether the mark at this place stands between letters or digits that are not Chinese."""
    beside = (text[at - 1 : at], text[at + 1 : at + 2])
    return text[at] in IN_WORDS and all(c.isalnum() and not HAN.match(c) for c in beside)


def head_of(tree) -> dict[str, str]:
    """What the page's head says plainly: title, date, author, site, address."""
    said: dict[str, str] = {}
    for meta in tree.iterfind(".//meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        value = " ".join((meta.get("content") or "").split())
        if name and value and len(value) <= 300:
            said.setdefault(name, value)
    metadata: dict[str, str] = {}
    title = said.get("og:title") or said.get("twitter:title")
    if not title and (element := tree.find(".//title")) is not None:
        heads = {" ".join(e.text_content().split()) for e in tree.iterfind(".//h1")}
        title = without_site(" ".join((element.text or "").split()), heads)
    if title and (lang := language(title)):
        metadata[f"title_{lang}"] = title
    from bitext.text.dates import parse_date

    for name in entries("page/date_meta"):
        if name in said and (parsed := parse_date(said[name])):
            metadata["date"] = parsed[0]
            break
    for key, names in (
        ("author", ("author", "article:author", "dc.creator", "citation_author")),
        ("source", ("og:site_name", "application-name", "source", "dc.publisher")),
    ):
        value = next((said[n] for n in names if n in said and not said[n].startswith("http")), "")
        if value and not (key == "author" and value.lower() in words("page/no_author")):
            metadata[key] = value
    _account(tree, metadata)
    link = tree.find(".//link[@rel='canonical']")
    url = (link.get("href") if link is not None else "") or said.get("og:url", "")
    if url.startswith(("http://", "https://")):
        metadata["url"] = url
    return metadata
