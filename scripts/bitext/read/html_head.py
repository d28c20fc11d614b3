"""What a web page says of itself: its head, and the account that published it."""

from __future__ import annotations

from bitext.text.scripts import language
from bitext.text.words import entries, finder

#: The name of a site behind a page's title, with the mark before it.
LONGEST_SITE = 32
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


def date_beside(text: str) -> str:
    """The date that a line of the page's frame gives with its label; '' where it gives none."""
    from bitext.text.dates import parse_date

    for match in DATED.finditer(text[:300]):
        if parsed := parse_date(text[match.end() : match.end() + 40].lstrip(" :：on\t\xa0\u3000")):
            return parsed[0]
    return ""


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
        title = " ".join((element.text or "").split())
        at = max(map(title.rfind, "-_|｜–—»"))
        if at >= 0 and len(title[at:].strip()) <= LONGEST_SITE:
            title = title[:at].rstrip()
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
        if value:
            metadata[key] = value
    _account(tree, metadata)
    link = tree.find(".//link[@rel='canonical']")
    url = (link.get("href") if link is not None else "") or said.get("og:url", "")
    if url.startswith(("http://", "https://")):
        metadata["url"] = url
    return metadata
