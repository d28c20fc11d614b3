"""Markdown with plain tags in it -> the ids that they have, as a parser of HTML finds them, in a tenth of
the time."""

from __future__ import annotations

import re
from html import unescape

#: Elements in which a parser of HTML may see no tags.
RAW = "script|style|textarea|title|xmp|iframe|noembed|noframes|noscript|plaintext"
VALUE = '="[^"<>`]*"'
#: A tag that every parser reads alike: small letters, single spaces, quoted values; `id` and `name` have one.
TAG = re.compile(
    rf"</[a-z][a-z0-9]*>|<(?!(?:{RAW})[ />])([a-z][a-z0-9]*)"
    rf"((?: (?:[a-z-]+{VALUE}|(?!(?:id|name)[ />])[a-z-]+))*) ?/?>"
)
NAMED = re.compile(rf" (id|name)({VALUE})")


def plain_ids(text: str) -> set[str] | None:
    """The ids of all tags and the names of links; None where not every `<` begins a plain tag.

    >>> sorted(plain_ids('a <b id="x">c</b> <a name="y&amp;" download>') or ()), plain_ids("<!-- <p id='z'> -->")
    (['x', 'y&'], None)
    """
    ids: set[str] = set()

    def look(tag: re.Match[str]) -> str:
        for name, value in NAMED.findall(tag[2] or ""):
            if name == "id" or tag[1] == "a":
                ids.add(unescape(value[2:-1]))
        return ""

    return None if "<" in TAG.sub(look, text) else ids
