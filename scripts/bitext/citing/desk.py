"""The address that takes reports, as mkdocs.yml sets it -> links that open there with a message begun.

An address is data: it is checked, written into links, and never asked for anything by the program.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit

#: What a link may have in all: forges take more, mail programs and proxies do not.
MOST = 2000
#: Characters of an address; others stand in it percent-encoded.
ADDRESS = re.compile(r"[A-Za-z0-9:/?#@!$&()*+,;=.~_%-]+")
HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
MAIL = re.compile(r"[A-Za-z0-9._+-]+@" + HOST.pattern, re.IGNORECASE)
#: The end of the address at which each of these forges takes a new issue.
NEW = "/issues/new"


@dataclass(frozen=True, slots=True)
class Desk:
    """Where reports go: an address, and the names of its fields for a title and a body."""

    address: str  # without fields of ours
    fields: tuple[str, str] | None = None  # of a page that takes no message there are none

    @property
    def shown(self) -> str:
        """The address as people read it.

        >>> desk_of("mailto:a@b.org?cc=c@b.org").shown, desk_of("https://b.org/x/").shown
        ('a@b.org', 'b.org/x')
        """
        return re.sub(r"^(https://|mailto:)", "", self.address.partition("?")[0]).rstrip("/")

    def as_json(self) -> Mapping[str, object]:
        """What a script needs to make the same links."""
        return {"address": self.address, "shown": self.shown, "fields": self.fields, "most": MOST}


def desk_of(value: object) -> Desk:
    """The desk at an address of mkdocs.yml; ValueError says what is wrong with it.

    >>> desk_of("https://git.example/a/b/issues/new?labels=text").fields
    ('title', 'body')
    >>> desk_of("https://gitlab.com/a/b/-/issues/new").fields
    ('issue[title]', 'issue[description]')
    """
    text = value.strip() if isinstance(value, str) else ""
    if MAIL.fullmatch(text):
        raise ValueError(f"is a mail address without its scheme; write mailto:{text}")
    if not ADDRESS.fullmatch(text):
        raise ValueError("is no address; percent-encode what is not plain")
    parts = urlsplit(text)
    if parts.scheme == "mailto":
        return _mail(parts)
    if parts.scheme != "https":
        raise ValueError("begins neither with https:// nor with mailto:")
    host, _, port = parts.netloc.partition(":")
    if not HOST.fullmatch(host.lower()) or (port and not port.isdecimal()):
        raise ValueError("has no plain host")
    fields = _fields(host.lower(), parts.path.rstrip("/"))
    return Desk(_without(parts, fields or ()), fields)


def _mail(parts: SplitResult) -> Desk:
    if parts.netloc or not all(map(MAIL.fullmatch, parts.path.split(","))):
        raise ValueError("is no mail address")
    fields = ("subject", "body")
    return Desk(_without(parts, fields), fields)


def _fields(host: str, path: str) -> tuple[str, str] | None:
    """GitLab's names; those of GitHub, Gitea and Forgejo; none where it is not a new issue."""
    if not path.endswith(NEW):
        return None
    if path.endswith(f"/-{NEW}") or host.startswith("gitlab."):
        return ("issue[title]", "issue[description]")
    return ("title", "body")


def _without(parts: SplitResult, fields: tuple[str, ...]) -> str:
    """The address without its fragment and without fields that a message fills."""
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k not in fields]
    return parts._replace(query=urlencode(kept, quote_via=quote), fragment="").geturl()


def link(desk: Desk, title: str, body: str) -> str:
    """A link that begins a message; where the desk takes none, its address.

    >>> link(desk_of("mailto:a@b.org"), "x & y", "1")
    'mailto:a@b.org?subject=x%20%26%20y&body=1'
    """
    if desk.fields is None:
        return desk.address
    # A mail's lines end as mail has it; a forge's as its form has them.
    body = body.replace("\n", "\r\n") if desk.address.startswith("mailto:") else body
    pairs = zip(desk.fields, (title, body), strict=True)
    begun = "&" if "?" in desk.address else "?"
    return f"{desk.address}{begun}" + "&".join(f"{_plain(k)}={_plain(v)}" for k, v in pairs)


def _plain(text: str) -> str:
    """As `encodeURIComponent`, and the signs it leaves; halves of a pair are a question mark."""
    return quote(text, safe="", errors="replace")
