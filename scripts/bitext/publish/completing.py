"""The built pages of a site -> the same pages with what is known only now: addresses, heads, sizes of files.

A page for which all of that is as it was stands again as it was before, if its bytes are still those.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from bitext.library.before import Standing
from bitext.library.kept import Kept, digest
from bitext.publish.filling import FILE, filled
from bitext.publish.parts import parted
from bitext.publish.reporting import Reach, reached
from bitext.publish.whole import FILE as PAGE
from bitext.publish.whole import Built

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

    sha256: bytes
    sizes: tuple[tuple[str, int | None], ...]  # of the files that it links to
    listed: bool  # whether it may be


def is_own(name: str) -> bool:
    """Whether a page stands where people write theirs: right below its language's folder."""
    return name.removeprefix("en/").count("/") <= 1


def lang_at(name: str) -> str:
    """The language of a page, by its path from the site's root."""
    return "en" if name.startswith("en/") else "zh"


def completed(
    standing: Standing, filling: Filling, built: Mapping[str, Built], kept: Kept
) -> list[str]:
    """Completes every page of a site; those that may be listed, by their paths from its root: '' is the
    home page."""
    site = standing.site
    found = {file.relative_to(site).as_posix() for file in site.rglob(PAGE)}
    names = sorted(found | built.keys(), key=lambda name: name.split("/"))
    listed = [name for name in names if _complete(standing, name, filling, built.get(name), kept)]
    kept.only("final", names)
    return [name.removesuffix(PAGE) for name in listed]


def _complete(
    standing: Standing, name: str, filling: Filling, page: Built | None, kept: Kept
) -> bool:
    """Completes a page; whether it may be listed."""
    path = f"/{name.removesuffix(PAGE)}"
    address = f"{filling.site}{path[1:]}" if filling.site else path
    head, links = filling.heads.get(path, ""), filling.links.get(path)
    ground = digest(page.key, address, head, links, filling.reach) if page else b""
    final = kept.get("final", name, ground) if page else None
    if (
        isinstance(final, Final)
        and _sizes_are(final, filling)
        and standing.back(name, final.sha256)
    ):
        return final.listed
    html = (
        page.html() if page and page.packed else (standing.site / name).read_bytes().decode("utf-8")
    )
    made = filled(parted(html), address, filling.sizes, head)
    made = reached(made, filling.reach, lang_at(name), links)
    data, listed = made.encode("utf-8"), not NOINDEX.search(made)
    standing.put("", {name: data})
    if page:
        sha256 = hashlib.sha256(data).digest()
        standing.note(name, sha256)
        sizes = {link[2]: filling.sizes.get(link[2]) for link in FILE.finditer(html)}
        final = Final(sha256, tuple(sizes.items()), listed)
        kept.put("final", name, ground, final)
    return listed


def _sizes_are(final: Final, filling: Filling) -> bool:
    return all(filling.sizes.get(name) == size for name, size in final.sizes)
