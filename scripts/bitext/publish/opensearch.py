"""What a browser reads to let its address bar ask this site: OpenSearch descriptions.

The format knows absolute addresses only. A site whose address is not set, or is the placeholder of
a new project, has none.
"""

from __future__ import annotations

from urllib.parse import urlsplit
from xml.sax.saxutils import escape

NAMES = {"zh": "双轨", "en": "Two Tracks"}
WORDS = {"zh": "在双轨文库中搜索", "en": "Search the Two Tracks library"}
ROOTS = {"zh": "", "en": "en/"}


def address(site_url: str | None) -> str:
    """The site's address with a slash at its end; "" where none is set.

    >>> address("https://a.org/tracks"), address("https://two-tracks.example/"), address(None)
    ('https://a.org/tracks/', '', '')
    """
    parts = urlsplit(site_url or "")
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not host or host.split(".")[-1] == "example":
        return ""
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/"


def files(site_url: str | None) -> dict[str, str]:
    """Name -> text of the descriptions, one a language; none without an address."""
    base = address(site_url)
    return {f"opensearch-{lang}.xml": _description(base, lang) for lang in NAMES} if base else {}


def _description(base: str, lang: str) -> str:
    template = escape(f"{base}{ROOTS[lang]}search/?q=", {'"': "&quot;"}) + "{searchTerms}"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>{NAMES[lang]}</ShortName>
  <Description>{WORDS[lang]}</Description>
  <Language>{lang}</Language>
  <InputEncoding>UTF-8</InputEncoding>
  <Image width="16" height="16" type="image/svg+xml">{escape(base)}assets/bt/mark.svg</Image>
  <Url type="text/html" template="{template}"/>
</OpenSearchDescription>
"""
