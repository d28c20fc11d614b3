"""The sitemap that MkDocs wrote -> one file, or an index of several where it has many addresses."""

from __future__ import annotations

import gzip
import re
from collections.abc import Sequence
from html import escape
from pathlib import Path

NAME = "sitemap.xml"
#: Addresses in a file: about 1 MB. Readers of sitemaps take up to 50,000.
MOST = 2_000
URL = re.compile(r"\s*<url>.*?</url>", re.DOTALL)
INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'


def split_sitemap(site_dir: Path, site_url: str, most: int = MOST) -> None:
    """Puts the sitemap's addresses into several files where there are more than `most`, and packs what
    stands at sitemap.xml anew, without the hour at which that was done."""
    file = site_dir / NAME
    if not file.exists():
        return
    text = file.read_text("utf-8")
    files = parted(text, site_url, most) if site_url else {NAME: text}
    for name, part in files.items():
        (site_dir / name).write_text(part, "utf-8", newline="")
    packed = gzip.compress(files[NAME].encode("utf-8"), mtime=0)
    (site_dir / f"{NAME}.gz").write_bytes(packed)


def parted(text: str, site_url: str, most: int = MOST) -> dict[str, str]:
    """The files by their names; sitemap.xml is the index, if it is not the only one.

    >>> list(parted("<urlset><url>a</url><url>b</url><url>c</url></urlset>", "https://a.example/", 2))
    ['sitemap.xml', 'sitemap-1.xml', 'sitemap-2.xml']
    """
    urls: Sequence[str] = URL.findall(text)
    if len(urls) <= most:
        return {NAME: text}
    head, foot = text[: text.index(urls[0])], text[text.rindex("</url>") + len("</url>") :]
    parts = ["".join(urls[start : start + most]) for start in range(0, len(urls), most)]
    files = {f"sitemap-{n}.xml": f"{head}{part}{foot}" for n, part in enumerate(parts, 1)}
    base = site_url.rstrip("/")
    rows = (f"  <sitemap><loc>{escape(f'{base}/{name}')}</loc></sitemap>\n" for name in files)
    index = f'<?xml version="1.0" encoding="UTF-8"?>\n{INDEX}\n{"".join(rows)}</sitemapindex>\n'
    return {NAME: index} | files
