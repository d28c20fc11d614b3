"""A page of the built site -> what `publish-check` wants of it: its links, ids and what its head says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import lxml.html
from lxml import etree

#: Attributes that name a file or a page. What stands in `a` and `form` is asked for by readers only.
ADDRESSES = {"href", "src", "action", "poster", "data"}
FOLLOWED = {"a", "area", "form"}
#: `link` elements that make a browser fetch.
FETCHED = {"stylesheet", "icon", "apple-touch-icon", "preload", "modulepreload", "manifest"}


@dataclass(frozen=True, slots=True)
class Link:
    """An address as a page writes it; `fetched` where the browser asks for it by itself."""

    line: int
    address: str
    fetched: bool


@dataclass(frozen=True, slots=True)
class Page:
    """What one page says."""

    links: tuple[Link, ...]
    ids: frozenset[str]
    twice: tuple[str, ...]  # ids that stand twice
    lang: str
    canonical: str
    alternates: tuple[tuple[str, str], ...]  # hreflang, address
    indexed: bool
    styled: bool


def visit(file: Path) -> Page:
    """The page in `file`."""
    tree = lxml.html.document_fromstring(file.read_bytes(), parser=_parser())
    heads = list(tree.iter("link"))
    ids = [str(e.get("id")) for e in tree.iter(etree.Element) if e.get("id")]
    robots = " ".join(str(e.get("content")) for e in tree.iter("meta") if e.get("name") == "robots")
    return Page(
        tuple(_links(tree)),
        frozenset(ids),
        tuple(sorted({id for id in ids if ids.count(id) > 1})) if len(set(ids)) < len(ids) else (),
        str(tree.get("lang") or ""),
        next((str(e.get("href")) for e in heads if e.get("rel") == "canonical"), ""),
        tuple((str(e.get("hreflang")), str(e.get("href"))) for e in heads if e.get("hreflang")),
        "noindex" not in robots,
        any(e.get("rel") == "stylesheet" for e in heads),
    )


def _parser() -> lxml.html.HTMLParser:
    return lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)


def _links(tree: lxml.html.HtmlElement) -> list[Link]:
    return [
        Link(element.sourceline or 1, str(value), _is_fetched(element))
        for element in tree.iter(etree.Element)
        for name, value in element.items()
        if name in ADDRESSES and element.get("rel") not in ("canonical", "alternate")
    ]


def _is_fetched(element: lxml.html.HtmlElement) -> bool:
    if element.tag == "link":
        return bool(FETCHED & set(str(element.get("rel")).split()))
    return element.tag not in FOLLOWED
