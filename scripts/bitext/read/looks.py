"""What a text is written in, by what it looks like: asked of every source, so each reader is imported only
where it reads."""

from __future__ import annotations

import re
from itertools import pairwise

_CLOCK = "(?:(\\d{1,3}):)?(\\d{1,2}):(\\d{1,2})(?:[,.](\\d{1,3}))?"
TIMES = re.compile(f"[ \t\ufeff]*{_CLOCK}[ \t]*--+>[ \t]*{_CLOCK}(?:[ \t].*)?$")
#: A row with more bars, or a page's with more columns, is no table but a layout.
MOST_BARS = 40
PAGE = re.compile(
    r"(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*){0,4}<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)


def looks_like_html(text: str) -> bool:
    """Whether a text is a web page: it opens with a doctype, an <html> or a <body>."""
    return PAGE.match(text[:4000].lstrip("\ufeff \t\r\n")) is not None


def looks_like_subtitles(text: str) -> str:
    """'srt' or 'vtt' where a text has time codes on lines of their own, else ''."""
    head = text[:20_000]
    if head.removeprefix("\ufeff").split(None, 1)[:1] == ["WEBVTT"] and not head[:1].isspace():
        return "vtt"
    return "srt" if any(map(TIMES.match, head.replace("\r\n", "\n").split("\n"))) else ""


def looks_like_export(text: str) -> bool:
    """Whether a text is what `bitext export --format json` prints."""
    return text.lstrip("\ufeff \t\r\n").startswith("{") and '"units"' in text


def looks_like_tsv(text: str) -> bool:
    """Whether every line of a text has the same number of tabs, and at least one."""
    lines = [ln for ln in text[:100_000].splitlines()[:200] if ln.strip()]
    counts = {ln.count("\t") for ln in lines[:-1] or lines}
    return (
        len(lines) >= 2
        and len(counts) == 1
        and counts.pop() >= 1
        and not any(ln.startswith("\t") for ln in lines)
    )


def looks_like_markdown(text: str) -> bool:
    """Whether a plain text file is written in Markdown: a heading, a table, a fence."""
    head = text[:200_000]
    lines = head.split("\n")
    return (
        any(map(_is_heading, lines))
        or any(is_table(a, b) for a, b in pairwise(head.splitlines()))
        or sum(ln.startswith(("```", "~~~")) for ln in lines) >= 2
    )


def _is_heading(line: str) -> bool:
    """Whether a line begins with one to six hashes, a blank, and words."""
    words = line.lstrip("#")
    return 0 < len(line) - len(words) <= 6 and words[:1] == " " and not words[:10].isspace()


def is_table(head: str, rule: str) -> bool:
    """Whether two lines begin a table: its columns' names, and the rule below them."""
    barred = "|" in rule or ("--" in rule and "|" in head.strip().strip("|"))
    cells = [cell.strip() for cell in rule.strip(" \t|").split("|")]
    drawn = all("-" in cell and not cell.strip(":").strip("-") for cell in cells)
    return "|" in head and head.count("|") <= MOST_BARS and barred and drawn
