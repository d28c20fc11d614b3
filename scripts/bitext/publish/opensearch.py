"""What a browser reads to let its address bar ask this site: OpenSearch descriptions.

The format knows absolute addresses only: a site whose address is not set has none.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

NAMES = {"zh": "双轨", "en": "Two Tracks"}
WORDS = {"zh": "在双轨文库中搜索", "en": "Search the Two Tracks library"}
ROOTS = {"zh": "", "en": "en/"}


def files(site: str) -> dict[str, str]:
    """Name -> text of the descriptions, one a language; none without the site's address."""
    return {f"opensearch-{lang}.xml": _description(site, lang) for lang in NAMES} if site else {}


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
