"""Bitext -> what every file that leaves says of itself: title, date, source, rights, edition, address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from bitext.citing.records import NOT_CLEARED, Work
from bitext.library.store import day_of
from bitext.metadata import is_unknown
from bitext.model import LANGS, Bitext
from bitext.pages.cited import work_of
from bitext.pages.escape import one_line
from bitext.pages.phrases import NO_NAMES, Names, is_web, worded
from bitext.project.provenance import RIGHTS_UNKNOWN


@dataclass(frozen=True, slots=True)
class About:
    """Where a file comes from. What is not known is empty."""

    work: Work
    titles: Mapping[str, str]  # of the page; '' where a language has none
    day: str  # of the page
    found: Mapping[str, str]  # where the text was found, in words
    url: str  # its web address
    received: str
    hashes: tuple[str, ...]  # SHA-256 of the source's files
    rights: Mapping[str, str]
    addresses: Mapping[
        str, str
    ]  # of the two pages; from the site's root on where it has no address

    @property
    def edition(self) -> str:
        """The edition in a word: `2 (2026-11-29)`."""
        day = self.work.edition_day
        return f"{self.work.edition} ({day})" if day else str(self.work.edition)

    @property
    def source(self) -> str:
        """Where the text was found, in one line; '' where nobody has established it."""
        return self.work.source

    def unit(self, id: str, lang: str) -> str:
        """The address of a paragraph."""
        return f"{self.addresses[lang]}#{id}"

    def rows(self) -> Iterator[tuple[str, str]]:
        """All of it in English words, what is not known left out."""
        rows = {
            "title (Chinese)": self.titles["zh"],
            "title (English)": self.titles["en"],
            "date": self.day,
            "found at": self.source,
            "received": self.received,
            "source SHA-256": " ".join(self.hashes),
            "edition": self.edition,
            "rights": f"{NOT_CLEARED['en']} {self.rights['en']}",
            "权利": f"{NOT_CLEARED['zh']}{self.rights['zh']}",
            "address (Chinese)": self.addresses["zh"],
            "address (English)": self.addresses["en"],
        }
        yield from ((name, value) for name, value in rows.items() if value)


def site_address(url: str | None) -> str:
    """A site's address with a slash at its end; '' where it has none.

    >>> site_address("https://tracks.org/a?b"), site_address("tracks"), site_address(None)
    ('https://tracks.org/a/', '', '')
    """
    if not url or not is_web(url):
        return ""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/"


def page_address(site: str, lang: str, path: str) -> str:
    """The address of a page; from the site's root on where the site has no address."""
    return f"{site or '/'}{'' if lang == 'zh' else 'en/'}{path}"


def about(bitext: Bitext, names: Names = NO_NAMES, site: str = "") -> About:
    """What the files of a text say of themselves."""
    record = bitext.record
    found = record.get("found")
    url = str(found.get("url", "")) if isinstance(found, Mapping) else ""
    files = bitext.source.get("files") or [bitext.source]
    hashes = [str(f.get("sha256") or "") for f in files if isinstance(f, Mapping)] if isinstance(files, list) else []  # fmt: skip
    words = {lang: _known(found, lang) for lang in LANGS}
    url = url if is_web(url) else ""
    source = " ".join(filter(None, (words["en"], url)))
    return About(
        work=replace(work_of(bitext, names), source=source),
        titles={lang: _title(bitext, lang) for lang in LANGS},
        day=day_of(bitext),
        found=words,
        url=url,
        received=str(bitext.source.get("received") or ""),
        hashes=tuple(filter(None, hashes)),
        rights={lang: one_line(worded(record.get("rights") or RIGHTS_UNKNOWN, lang)) for lang in LANGS},
        addresses={lang: page_address(site, lang, f"transcripts/{bitext.slug}/") for lang in LANGS},
    )  # fmt: skip


def _title(bitext: Bitext, lang: str) -> str:
    """The title of the page in this very language."""
    titles = bitext.record.get("title")
    own = titles.get(lang) if isinstance(titles, Mapping) else ""
    return one_line(str(own or bitext.metadata.get(f"title_{lang}") or ""))


def _known(value: object, lang: str) -> str:
    """A value of the record in words; '' where nobody has established it."""
    text = one_line(worded(value, lang))
    return "" if is_unknown(text) else text
