"""A built page -> the same page with what is known only now: its address, its head, sizes of files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape

#: Where `pages/cite_panel.py` wants the page's address.
HERE = re.compile(r'<span class="bt-here">[^<]*</span>')
#: A link to a file that is made with the site.
FILE = re.compile(
    r'(<a href="[^"]*?data/([\w./-]+)" download[^>]*>[^<]*</a>)(?! <span class="bt-size">)'
)
#: Elements in which white space means something, and where it does not.
KEPT = re.compile(
    r"(<(?:pre|textarea|script|style)\b.*?</(?:pre|textarea|script|style)>)", re.DOTALL
)
INDENT = re.compile(r"\n[ \t\n]+")
KB = 1000


def filled(page: str, address: str, sizes: Mapping[str, int], head: str = "") -> str:
    """The page with its address, its head, and the size behind each link to a file."""
    page = HERE.sub(_always(f'<span class="bt-here">{escape(address)}</span>'), page)
    page = FILE.sub(lambda found: _sized(found, sizes), page)
    return squeezed(page.replace("</head>", f"{head}</head>", 1) if head else page)


def squeezed(page: str) -> str:
    """The page without the templates' indents; what keeps its white space keeps it."""
    parts = KEPT.split(page)
    parts[::2] = (INDENT.sub("\n", part) for part in parts[::2])
    return "".join(parts)


def _always(text: str) -> Callable[[re.Match[str]], str]:
    return lambda _: text


def _sized(found: re.Match[str], sizes: Mapping[str, int]) -> str:
    size = sizes.get(found[2])
    return found[1] if size is None else f'{found[1]} <span class="bt-size">{shown(size)}</span>'


def shown(size: int) -> str:
    r"""A size for readers: whole kilobytes, megabytes with one decimal.

    >>> shown(10), shown(20_000), shown(3_400_000)
    ('1\xa0KB', '20\xa0KB', '3.4\xa0MB')
    """
    if size < KB * KB:
        return f"{max(1, round(size / KB))}\u00a0KB"
    return f"{size / KB / KB:.1f}\u00a0MB"
