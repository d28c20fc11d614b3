"""The built site -> a zip of it that opens from a disk: links to folders name the file in them."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

from bitext.publish.archive import zipped
from bitext.publish.headers import NAME

#: The folder in the zip, so that nothing is strewn about where it is unpacked.
FOLDER = "two-tracks"
#: What only a host needs. The search reads its files by fetch, which no browser does from a disk: it says so.
HOST = (NAME, "404.html", "robots.txt")
HOST_BEGINS = ("sitemap", "opensearch-", "assets/bt/search/")
#: An address that a reader follows, and the twin page by which scripts make links.
FOLLOWED = re.compile(r'(<(?:a|area|form)\b[^>]*?\s(?:href|action)="|"twin": ")([^"]*)(?=")')
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//|/|#|$", re.IGNORECASE)
#: The site's description for address bars.
OPENSEARCH = re.compile(r'<link rel="search"[^>]*>\n?')


def offline(site_dir: Path) -> bytes:
    """The zip. Its bytes depend on the site's files alone."""
    files = {
        file.relative_to(site_dir).as_posix(): file
        for file in site_dir.rglob("*")
        if file.is_file()
    }
    return zipped(
        {
            f"{FOLDER}/{name}": partial(_page, file) if name.endswith(".html") else file
            for name, file in files.items()
            if _wanted(name)
        }
    )


def _page(file: Path) -> bytes:
    return offline_page(file.read_bytes().decode("utf-8")).encode("utf-8")


def _wanted(name: str) -> bool:
    return name not in HOST and not name.startswith(HOST_BEGINS)


def offline_page(page: str) -> str:
    """A page whose links to folders name the file in them."""
    return FOLLOWED.sub(lambda found: found[1] + named(found[2]), OPENSEARCH.sub("", page))


def named(address: str) -> str:
    """An address in the site with the file that a host would show for a folder.

    >>> named("../about/#top"), named(".."), named("data/x.csv"), named("https://a.org/b/"), named("#s4p1")
    ('../about/index.html#top', '../index.html', 'data/x.csv', 'https://a.org/b/', '#s4p1')
    """
    if SCHEME.match(address):
        return address
    path = re.split(r"[?#]", address, maxsplit=1)[0]
    rest = address[len(path) :]
    if path.endswith("/"):
        return f"{path}index.html{rest}"
    if path.rpartition("/")[2] in (".", ".."):
        return f"{path}/index.html{rest}"
    return address
