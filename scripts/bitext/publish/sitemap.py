"""The pages of the site -> its sitemap: one file, or an index of several where it has many addresses."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

NAME = "sitemap.xml"
#: Addresses in a file: about 1 MB. Readers of sitemaps take up to 50,000.
MOST = 2_000
URL = re.compile(r"\s*<url>.*?</url>", re.DOTALL)
XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
INDEX = f"<sitemapindex {XMLNS}>"
LINK = '    <xhtml:link rel="alternate" hreflang="{lang}" href="{url}"/>\n'


def write_sitemap(site_dir: Path, site_url: str, paths: Iterable[str]) -> None:
    """Writes the sitemap of the pages at these paths; without an address of the site it lists nothing."""
    text = sitemap(site_url, paths if site_url else ())
    (site_dir / NAME).write_text(text, "utf-8", newline="")
    split_sitemap(site_dir, site_url)


def sitemap(site_url: str, paths: Iterable[str]) -> str:
    """The text of a sitemap: each page names itself, its twin, and the Chinese one for everybody else."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset {XMLNS} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        f"{''.join(_url(site_url, path) for path in paths)}</urlset>\n"
    )


def _url(site_url: str, path: str) -> str:
    bare = path.removeprefix("en/")
    zh, en = escape(f"{site_url}{bare}"), escape(f"{site_url}en/{bare}")
    links = (("zh-Hans", zh), ("en", en), ("x-default", zh))
    told = "".join(LINK.format(lang=lang, url=url) for lang, url in links)
    return f"  <url>\n    <loc>{escape(site_url + path)}</loc>\n{told}  </url>\n"


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
