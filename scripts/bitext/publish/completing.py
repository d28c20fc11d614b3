"""The built pages of a site -> the same pages with what is known only now: addresses, heads, sizes of files.

A page for which all of that is as it was stands again as it was before, if its bytes are still those.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bitext.library.before import Standing
from bitext.library.kept import Kept, digest
from bitext.publish.filling import FILE, filled
from bitext.publish.parts import parted
from bitext.publish.reporting import Reach, reached
from bitext.publish.whole import FILE as PAGE
from bitext.publish.whole import Built
from bitext.search.index import page_in

#: What a page says in its head that is not to be listed.
NOINDEX = re.compile(r'<meta name="robots" content="noindex"')


@dataclass(frozen=True, slots=True)
class Filling:
    """What pages are completed with; `heads` and `links` by the pages' paths from the site's root."""

    site: str
    reach: Reach
    sizes: Mapping[str, int]  # of the files that are taken away, by name
    heads: Mapping[str, str]
    links: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Final:
    """A page as it was completed."""

    ground: bytes
    sha256: bytes
    sizes: tuple[tuple[str, int | None], ...]  # of the files that it links to
    listed: bool  # whether it may be


def html_of(site: Path, name: str, built: Mapping[str, Built]) -> str | None:
    """A page as it was built, by its path from the site's root; None where there is none."""
    page = built.get(name)
    return page.html() if page and page.html else page_in(site, name)


def lang_at(name: str) -> str:
    """The language of a page, by its path from the site's root."""
    return "en" if name.startswith("en/") else "zh"


def completed(
    standing: Standing, filling: Filling, built: Mapping[str, Built], kept: Kept
) -> list[str]:
    """Completes every page of a site; those that may be listed, by their paths from its root: '' is the
    home page."""
    site, found = str(standing.site), kept.get("final", "", b"")
    before = found if isinstance(found, dict) else {}
    written = {
        os.path.relpath(os.path.join(where, PAGE), site).replace(os.sep, "/")
        for where, _, names in os.walk(site)
        if PAGE in names
    }
    names = sorted(written | built.keys(), key=lambda name: name.split("/"))
    finals = {name: _complete(standing, name, filling, built, before.get(name)) for name in names}
    kept.put("final", "", b"", {name: final for name, final in finals.items() if name in built})
    return [name.removesuffix(PAGE) for name, final in finals.items() if final.listed]


def _complete(
    standing: Standing, name: str, filling: Filling, built: Mapping[str, Built], before: Final | None
) -> Final:  # fmt: skip
    """Completes a page, or has it stand as it was completed before."""
    path, page = f"/{name.removesuffix(PAGE)}", built.get(name)
    address = f"{filling.site}{path[1:]}" if filling.site else path
    head, links = filling.heads.get(path, ""), filling.links.get(path)
    ground = digest(page.key, address, head, links, filling.reach) if page else b""
    if before and before.ground == ground and _sizes_are(before, filling) and standing.back(name, before.sha256):  # fmt: skip
        return before
    html = html_of(standing.site, name, built)
    assert html is not None  # it was found
    made = filled(parted(html), address, filling.sizes, head)
    made = reached(made, filling.reach, lang_at(name), links)
    data = made.encode("utf-8")
    standing.put("", {name: data})
    sha256 = hashlib.sha256(data).digest()
    if page:
        standing.note(name, sha256)
    sizes = {link[2]: filling.sizes.get(link[2]) for link in FILE.finditer(html)}
    return Final(ground, sha256, tuple(sizes.items()), not NOINDEX.search(made))


def _sizes_are(final: Final, filling: Filling) -> bool:
    return all(filling.sizes.get(name) == size for name, size in final.sizes)
