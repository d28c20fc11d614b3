"""Lines of Markdown -> a block of Markdown that the reader opens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

#: A line that opens or closes a block. A text has none: its slash at a line's head is an entity.
FENCE = re.compile(r"/{3,}(?= details \||$)")


def details(
    summary: str, classes: str, body: Iterable[str], *, opened: bool = False, id: str = ""
) -> Iterator[str]:
    """A `details` element with these classes; `summary` is one line of Markdown.

    Its fence is longer than that of any block within it.

    >>> print(*details("注", "a b", ["甲", ""]), sep="|")
    /// details | 注|    attrs: {class: "a b"}||甲||///|
    """
    lines = list(body)
    while lines and not lines[-1]:
        lines.pop()
    found = (FENCE.match(line) for line in lines)
    fence = "/" * (1 + max((len(match[0]) for match in found if match), default=2))
    yield f"{fence} details | {summary}"
    yield f'    attrs: {{class: "{classes}"{f", id: {id}" if id else ""}}}'
    if opened:
        yield "    open: true"
    yield from ("", *lines, "", fence, "")
