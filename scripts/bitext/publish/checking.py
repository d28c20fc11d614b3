"""The built site -> what would be wrong where it is published: `bitext publish-check`.

Nothing is fetched. Every page is read once, and every address in it is looked up in the folder.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from bitext.model import Problem
from bitext.publish import headers
from bitext.publish.about import site_address
from bitext.publish.library_files import robots
from bitext.publish.visit import Link, Page, visit

LOC = re.compile(r"<loc>([^<]*)</loc>")
LANGUAGES = ("zh-Hans", "en", "x-default")
#: Stands for the site's address where it has none, so that links can be resolved.
NOWHERE = "https://site.invalid/"
#: Files that a site has to have.
NEEDED = ("index.html", "en/index.html", "404.html", "robots.txt", "sitemap.xml", headers.NAME)
CODE = "E-SITE"
#: Characters of a text that are shown in a problem.
MOST_SHOWN = 60
AGAIN = "build the site again with `make site`"


@dataclass(frozen=True, slots=True)
class Site:
    """The folder of a built site, its address with a slash at its end, its pages by their paths."""

    folder: Path
    address: str
    pages: Mapping[str, Page]  # '' is the home page, `about/` another

    @property
    def base(self) -> str:
        return self.address or NOWHERE

    def here(self, path: str) -> str:
        """The address of what stands at `path`."""
        return urljoin(self.base, path)


def read_site(folder: Path) -> Site:
    """The site in `folder`; its address is what its home page says it is."""
    files = {f.parent.relative_to(folder).as_posix(): f for f in sorted(folder.rglob("index.html"))}
    pages = {"" if path == "." else f"{path}/": visit(file) for path, file in files.items()}
    home = pages.get("")
    return Site(folder, site_address(home.canonical) if home else "", pages)


def check_site(folder: Path, address: str = "") -> list[Problem]:
    """Everything that is wrong with the built site in `folder`, which is to stand at `address`."""
    missing = [name for name in NEEDED if not (folder / name).is_file()]
    if missing:
        return [_problem(name, 0, f"is missing — {AGAIN}") for name in missing]
    site = read_site(folder)
    found = [*_addressed(site, address)]
    for path, page in site.pages.items():
        found += [*_linked(site, path, page), *_said(site, path, page)]
    return [*found, *_lost(site), *_listed(site), *_hosts(site)]


def _problem(path: str, line: int, message: str) -> Problem:
    return Problem(path, line, message, CODE)


def _file(path: str) -> str:
    """The file of a page, by the page's path."""
    return f"{path}index.html" if path == "" or path.endswith("/") else path


def _addressed(site: Site, address: str) -> Iterator[Problem]:
    """The site has an address, and it is the one that is wanted."""
    if not site.address:
        yield _problem("index.html", 0, "the site was built without an address — say it: `SITE_URL=https://… make site`")  # fmt: skip
    elif address and site_address(address) != site.address:
        yield _problem("index.html", 0, f"the site was built for {site.address} and is to stand at {address} — build it with that SITE_URL")  # fmt: skip


def _linked(site: Site, path: str, page: Page) -> Iterator[Problem]:
    """Links that lead nowhere, or to another host where a browser fetches."""
    for link in page.links:
        wrong = _wrong(site, site.here(path), link)
        if wrong:
            yield _problem(_file(path), link.line, f"{link.address}: {wrong}")
    for id in page.twice:
        yield _problem(_file(path), 0, f"the id '{id}' stands twice — give one of them another")


def _wrong(site: Site, here: str, link: Link) -> str:
    """What is wrong with a link on the page at `here`; '' where nothing is."""
    to = urlsplit(urljoin(here, link.address))
    if to.scheme not in ("http", "https"):
        return "" if not link.fetched else "is fetched, and no file of the site — put the file into docs/"  # fmt: skip
    own, fragment = urlsplit(site.base), unquote(to.fragment)
    if to.netloc != own.netloc:
        return "is fetched from another host — put the file into docs/" if link.fetched else ""
    if not to.path.startswith(own.path):
        return f"leads out of {own.path} — write the link relative to the page"
    path = unquote(to.path.removeprefix(own.path))
    there = site.pages.get(path)
    if there is None and path + "/" in site.pages:
        return "lacks the slash at its end — add it"
    if there is None and not (site.folder / path).is_file():
        return "leads nowhere — correct the link, or add what is missing"
    if fragment and there is not None and fragment not in there.ids:
        return f"the page has no '#{fragment}' — correct the anchor"
    return ""


def _said(site: Site, path: str, page: Page) -> Iterator[Problem]:
    """What a page says of its own address and of its twin."""
    if not page.lang:
        yield _problem(_file(path), 0, "no language is said — give <html> a lang")
    for line, words in page.untranslated:
        yield _problem(_file(path), line, f"'{words[:MOST_SHOWN]}' is in another language than is said — translate it, or give it a lang")  # fmt: skip
    if not site.address:
        if page.canonical:
            yield _problem(_file(path), 0, f"names {page.canonical}, and the site has no address — {AGAIN}")  # fmt: skip
        return
    if page.canonical != site.here(path):
        yield _problem(_file(path), 0, f"says that its address is {page.canonical or 'none'} and stands at {site.here(path)} — {AGAIN}")  # fmt: skip
    bare = path.removeprefix("en/")
    zh, en = site.here(bare), site.here(f"en/{bare}")
    wanted = dict(zip(LANGUAGES, (zh, en, zh), strict=True))
    if dict(page.alternates) != wanted:
        yield _problem(_file(path), 0, f"hreflang names {dict(page.alternates)} — should be {wanted}")  # fmt: skip
    for twin in (bare, f"en/{bare}"):
        if twin not in site.pages:
            yield _problem(_file(path), 0, f"has no twin at {twin} — add the page in the other language")  # fmt: skip


def _lost(site: Site) -> Iterator[Problem]:
    """404.html is shown at any depth, so that its links have to begin at the host's root."""
    page, root = visit(site.folder / "404.html"), urlsplit(site.base).path
    if not page.styled:
        yield _problem("404.html", 0, f"has no style sheet — {AGAIN}")
    if page.indexed:
        yield _problem("404.html", 0, "may be listed by search engines — add noindex")
    for link in page.links:
        if link.address.startswith("#"):
            continue
        if not link.address.startswith(root) or link.address.startswith("//"):
            wrong = f"does not begin with {root} — the page is shown at any depth"
        else:
            wrong = _wrong(site, site.here("no/such/"), link)
        if wrong:
            yield _problem("404.html", link.line, f"{link.address}: {wrong}")


def _listed(site: Site) -> Iterator[Problem]:
    """robots.txt and the sitemap say the same addresses as the pages."""
    if (site.folder / "robots.txt").read_text("utf-8") != robots(site.address):
        yield _problem("robots.txt", 0, f"does not name the sitemap of {site.address or 'a site without an address'} — {AGAIN}")  # fmt: skip
    text = (site.folder / "sitemap.xml").read_text("utf-8")
    packed = site.folder / "sitemap.xml.gz"
    if packed.is_file() and gzip.decompress(packed.read_bytes()).decode("utf-8") != text:
        yield _problem(packed.name, 0, f"is not sitemap.xml — {AGAIN}")
    listed = {unescape(loc) for part in _parts(site, text) for loc in LOC.findall(part)}
    wanted = {site.here(p) for p, page in site.pages.items() if page.indexed} if site.address else set()  # fmt: skip
    for loc in sorted(listed - wanted):
        yield _problem("sitemap.xml", 0, f"lists {loc}, which is no page to be found — {AGAIN}")
    for loc in sorted(wanted - listed):
        yield _problem("sitemap.xml", 0, f"does not list {loc} — {AGAIN}")


def _parts(site: Site, text: str) -> Iterator[str]:
    """The sitemap's text, or that of the files that it lists."""
    if "<sitemapindex" not in text:
        yield text
        return
    for loc in LOC.findall(text):
        file = site.folder / unescape(loc).removeprefix(site.address)
        yield file.read_text("utf-8") if file.is_file() else f"<loc>{loc}</loc>"


def _hosts(site: Site) -> Iterator[Problem]:
    """_headers is what this program writes, and every address with ?v= is one that it lets hosts keep."""
    text = (site.folder / headers.NAME).read_text("utf-8")
    if text != headers.headers_file():
        yield _problem(headers.NAME, 0, f"is not what scripts/bitext/publish/headers.py gives — {AGAIN}")  # fmt: skip
    kept = {line for line in text.splitlines() if line.startswith("/")}
    root = urlsplit(site.base).path
    asked = {
        urlsplit(urljoin(site.here(path), link.address)).path.removeprefix(root)
        for path, page in site.pages.items()
        for link in page.links
        if "?v=" in link.address
    }
    for name in sorted(asked - {path[1:] for path in kept}):
        yield _problem(headers.NAME, 0, f"{name} is asked for with ?v= and not kept — add it to MADE in scripts/bitext/publish/assets.py")  # fmt: skip
