"""Text -> Markdown or HTML that shows exactly that text, whatever is in it.

Every field goes one way: the text is split into lines, each line is trimmed, then it is escaped.
In this order, because a mark that opens a list or a heading does so after white space too, and
because what stands at a line's start is only known when the lines are.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import quote

# Control characters that are no white space, halves of a pair, and two that XML does not have.
_UNSEEN = r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff"
_BREAKS = r"\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029"  # what `str.splitlines` breaks lines at
UNSEEN = re.compile(f"[{_UNSEEN}]")
BREAK = re.compile(f"\r\n|[{_BREAKS}]")
SPACE = re.compile(r"\s+")
# A line from the first character that is seen to the last one.
LINE = re.compile(rf"[^\s{_UNSEEN}](?:[^{_BREAKS}]*[^\s{_UNSEEN}])?")

# Characters that mean something to Markdown anywhere in a line; `<`, `>` and `&` become entities.
ANYWHERE = re.compile(r"[\\`*_{}\[\]|#]")
IN_HTML = re.compile(r"""[\\`*_{}\[\]|#<>&"']""")
IN_ATTRIBUTE = re.compile(r"""["'\\`*_{}\[\]|<>&()!]""")
# Openers of a block: quotation, heading, lists, rules, admonition, details, blocks, definition,
# fence, table of contents marker. Only the first character has to be taken out of play.
OPENER = re.compile(r"(\d+)([.)])|([+\-!?/:=~^])")
PLAIN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")


class Mark(NamedTuple):
    """Markup put around text[start:end]; marks may nest but do not cross."""

    start: int
    end: int
    before: str
    after: str


# --- lines ---------------------------------------------------------------------------------------


def lines(text: str) -> list[str]:
    r"""The lines that have something to see, trimmed, with no control character.

    >>> lines("\u3000\u30001. 乙\u2028\x00\n\t- a  b ")
    ['1. 乙', '- a b']
    """
    return [clean(match[0]) for match in LINE.finditer(text)]


def one_line(text: str) -> str:
    """`text` trimmed, with every run of white space one space, and no control character."""
    return " ".join(lines(text))


def clean(stretch: str) -> str:
    """`stretch` with every run of white space one space, its ends too, and no control character."""
    shown = UNSEEN.sub("", stretch)
    inner = " ".join(shown.split())
    # As long as before, it had no white space but such; to split is many times faster than to search.
    return inner if len(inner) == len(shown) else SPACE.sub(" ", shown)


def _show(text: str, escape: Callable[[str], str], marks: Iterable[Mark]) -> list[str]:
    """The lines of `text`, escaped, each with the marks that lie within it."""
    marks = sorted(marks)
    if not marks:
        return [_at_start(match[0], escape) for match in LINE.finditer(text)]
    starts = [mark.start for mark in marks]
    out = []
    for start, end in (match.span() for match in LINE.finditer(text)):
        near = marks[bisect_left(starts, start) : bisect_left(starts, end)]
        out.append(_show_line(text, start, end, escape, near))
    return out


def _show_line(
    text: str, start: int, end: int, escape: Callable[[str], str], marks: Sequence[Mark]
) -> str:
    inside = [m for m in marks if m.start < m.end <= end]
    # At one place what ends comes before what begins; the outer mark begins first and ends last.
    events = sorted(
        [(m.end, 0, -m.start, m.after) for m in inside]
        + [(m.start, 1, -m.end, m.before) for m in inside]
    )
    cuts = [start, *(place for place, *_ in events), end]
    out = [] if events and events[0][0] == start else [_at_start(text[start : cuts[1]], escape)]
    for (*_, markup), (a, b) in zip(events, list(pairwise(cuts))[1:], strict=True):
        out += [markup, escape(clean(text[a:b]))]
    return "".join(out)


def _at_start(stretch: str, escape: Callable[[str], str]) -> str:
    """A line's first stretch, with what opens a block taken out of play."""
    stretch = clean(stretch)
    found = OPENER.match(stretch)
    if not found:
        return escape(stretch)
    number, after_number, sign = found.groups()
    rest = escape(stretch[found.end() :])
    if after_number == "." and escape is _markdown:
        return f"{number}\\.{rest}"
    return f"{number or ''}&#{ord(after_number or sign)};{rest}"


def _markdown(stretch: str) -> str:
    stretch = ANYWHERE.sub(r"\\\g<0>", stretch)
    if stretch.endswith("!"):  # a link that follows would be a picture
        stretch = f"{stretch[:-1]}\\!"
    return stretch.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _html(stretch: str) -> str:
    # What Markdown would read is an entity too: it reads raw HTML inside a `markdown` element.
    return IN_HTML.sub(_entity, stretch)


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


# --- what a text is escaped for ------------------------------------------------------------------


def escape_lines(text: str, marks: Iterable[Mark] = ()) -> list[str]:
    """Markdown of each line of `text`, to stand in a paragraph of its own."""
    return _show(text, _markdown, marks)


def escape_paragraphs(text: str, marks: Iterable[Mark] = ()) -> list[str]:
    r"""Markdown of each paragraph of `text`, on one line; a blank line parts paragraphs.

    >>> escape_paragraphs("a\n  - b\n\n    c{")
    ['a &#45; b', 'c\\{']
    """
    out: list[str] = []
    end = 0
    spans = [match.span() for match in LINE.finditer(text)]
    for (start, stop), shown in zip(spans, escape_lines(text, marks), strict=True):
        if out and len(BREAK.findall(text, end, start)) <= 1:
            out[-1] += f" {shown}"
        else:
            out.append(shown)
        end = stop
    return out


def escape_markdown(text: str, marks: Iterable[Mark] = ()) -> str:
    r"""One line of Markdown whose rendering reads `text` and nothing else.

    >>> escape_markdown(" 1. *[x](y)* {#id} & <b>")
    '1\\. \\*\\[x\\](y)\\* \\{\\#id\\} &amp; &lt;b&gt;'
    """
    return " ".join(escape_lines(text, marks))


def escape_html(text: str, marks: Iterable[Mark] = ()) -> str:
    """`text` on one line for an HTML text node or a quoted attribute of HTML."""
    return " ".join(_show(text, _html, marks))


def escape_code(text: str) -> str:
    """`text` for a raw `<pre>`: its lines and indents stay. A blank line would end a raw block of
    Markdown, so line ends are entities."""
    kept = (UNSEEN.sub("", line).replace("\x1f", " ") for line in BREAK.split(text))
    return "&#10;".join(IN_HTML.sub(_entity, line) for line in kept)


def escape_attribute(text: str) -> str:
    """`text` for a quoted value in an attribute list or a link title of Markdown."""
    return IN_ATTRIBUTE.sub(_entity, one_line(text))


def escape_title(text: str) -> str:
    """`text` for a front-matter title or description, as a quoted YAML scalar.

    Other engines may put these into the page's head as they are: so what could open a tag or a
    template is shown by its full-width twin there. The page's own heading shows the title as it is.
    """
    for char, twin in (("<", "＜"), (">", "＞"), ("{", "｛"), ("}", "｝"), ("&", "＆")):
        text = text.replace(char, twin)
    return json.dumps(one_line(text), ensure_ascii=False)


# --- ids and addresses ---------------------------------------------------------------------------


def id_value(id: str) -> str:
    """An id as a value in an attribute list of Markdown, quoted where it is no plain id."""
    return id if PLAIN_ID.fullmatch(id) else f'"{escape_attribute(id)}"'


def id_attribute(id: str) -> str:
    """The attribute `id` in an attribute list of Markdown: `#s1p1`, or quoted."""
    return f"#{id}" if PLAIN_ID.fullmatch(id) else f"id={id_value(id)}"


def address(text: str) -> str:
    """An id or a file's name as a part of a link's address, percent-encoded where it is not plain.

    >>> address("s1p1"), address('a b") onclick')
    ('s1p1', 'a%20b%22%29%20onclick')
    """
    return quote(one_line(text), safe="", errors="replace")
