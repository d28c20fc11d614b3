"""A page of the built site -> what `publish-check` wants of it: its links, ids and what its head says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import lxml.html
from lxml import etree

from bitext.text.scripts import HAN

#: Attributes that name a file or a page. What stands in `a` and `form` is asked for by readers only.
ADDRESSES = {"href", "src", "action", "poster", "data"}
FOLLOWED = {"a", "area", "form"}
#: `link` elements that make a browser fetch.
FETCHED = {"stylesheet", "icon", "apple-touch-icon", "preload", "modulepreload", "manifest"}
#: Attributes that are read to people, and elements whose words are no language's.
SPOKEN = ("aria-label", "title", "placeholder", "alt")
NO_LANGUAGE = {"script", "style", "code", "pre", "kbd"}
NO_LANGUAGE_SAID = "zxx"
#: English words enough to be no name: four in a row.
ENGLISH = re.compile(r"(?:[A-Za-z][A-Za-z’'-]*[,;:]?\s+){3}[A-Za-z]")


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
    untranslated: tuple[tuple[int, str], ...]  # line, words of another language than is said


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
        tuple(_untranslated(tree)),
    )


def _untranslated(tree: lxml.html.HtmlElement) -> Iterator[tuple[int, str]]:
    """Chinese where English is said, and English sentences where Chinese is said."""
    said: dict[lxml.html.HtmlElement | None, str] = {None: ""}
    for element in tree.iter(etree.Element):
        around = said.get(element.getparent(), "")
        lang = said[element] = NO_LANGUAGE_SAID if element.tag in NO_LANGUAGE else str(element.get("lang") or around)  # fmt: skip
        spoken = [(lang, str(element.get(name) or "")) for name in SPOKEN]
        for of, words in (*spoken, (lang, element.text or ""), (around, element.tail or "")):
            if (of == "en" and HAN.search(words)) or (of[:2] == "zh" and _is_english(words)):
                yield element.sourceline or 1, " ".join(words.split())


def _is_english(words: str) -> bool:
    return not HAN.search(words) and ENGLISH.search(words) is not None


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
