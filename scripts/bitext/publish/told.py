"""A page of the site that an editor sees -> the page with what is wrong at its head.

The page reloads itself, so an editor who looks at it need not look at the terminal.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

BODY = re.compile(rb"<body\b[^>]*>")
#: Problems are so many at most, hand-set: the terminal has them all, and so has the page for editors.
MOST = 10
#: What stands on a page that could not be made at all.
NO_PAGE = (
    b'<!doctype html><html lang="en"><head><title>bitext serve</title></head><body></body></html>'
)
STYLE = "position:sticky;top:0;z-index:99;max-height:40vh;overflow:auto;padding:.6rem 1rem;background:#7a1212;color:#fff;font:.75rem/1.5 monospace;overflow-wrap:anywhere"  # fmt: skip


def with_told(page: bytes, said: str, lines: Sequence[str]) -> bytes:
    """The page with what is said and the lines at its head; as it is where nothing is said."""
    if not said:
        return page
    rows = [*lines[:MOST], *([f"… and {len(lines) - MOST} more"] if len(lines) > MOST else [])]
    listed = "".join(f"<li>{escape(row)}</li>" for row in rows)
    box = f'<div role="alert" lang="en" class="bt-told" style="{STYLE}"><b>{escape(said)}</b><ul style="margin:0">{listed}</ul></div>'
    return BODY.sub(lambda body: body[0] + box.encode("utf-8", "backslashreplace"), page, count=1)
