"""Markdown -> Document: the same text, with what is markup in it marked as such.

Nothing is taken out of the text: a heading's hashes, a list's bullet, the asterisks of bold are named
as markup on their line, so that they are neither published nor lost.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from bitext.read.columns import Columns
from bitext.read.emphasis import mark_emphasis
from bitext.read.lines import split_lines
from bitext.read.listing import holds_text
from bitext.read.looks import is_table
from bitext.text.marks import LINE_ENDED
from bitext.text.scripts import language
from bitext.text.source import Cut, Document, Line, Span
from bitext.text.words import any_of

#: What a line begins with: quote marks, a block's own type behind them (`[!NOTE]`), then a footnote's
#: name, a heading's hashes or an item's bullet.
OPENING = re.compile(
    r"(?P<quote>[ ]{0,3}(?:>[ \t]?)+(?P<callout>\[![A-Za-z]{3,12}\][+-]?[ \t]{0,20}$)?)?"
    r"(?:(?P<footnote>[ ]{0,3}\[\^[^\]\s]{1,40}\]:[ \t]{0,20})"
    r"|(?P<heading>[ ]{0,3}(?P<hashes>#{1,6})(?:[ \t\u3000]+|(?=$)))"
    r"|(?P<list>(?P<indent>[ \t]*)(?:(?P<bullet>[-+*•‣◦])|\d{1,3}[.)])(?:[ \t]+(?:\[[ xX]\][ \t]+)?)(?=\S)))?"
)
FENCE = re.compile("[ \t]{0,8}(`{3,}|~{3,})[^`]*$")
#: Tags that a Markdown text uses as layout; any other tag is text that its author wrote about.
_TAG = (
    f"</?{any_of('page/layout_tags')}"
    "(?:\\s+[A-Za-z_:@][\\w:.-]*(?:\\s*=\\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\\s\"'<>=]+))?)*\\s*/?>"
)
#: A tag of a site's generator; what stands between two of them is text.
_SHORTCODE = r"\{\{[<%][^{}\n]{1,600}\}\}|\{%[^{}\n]{1,600}%\}"
#: Lines that are no text, each form with why it goes.
WHOLE = re.compile(
    r"[ \t]{0,20}(?:(?P<shortcode>(?:\{\{[<%](?:(?!\}\}).)+\}\}[ \t]*|\{%(?:(?!%\}).)+%\}[ \t]*)+|\[toc\]|\[\[_?toc_?\]\])"
    r"|(?P<link_target>\[[^\]^][^\]]{0,80}\]:[ \t]{1,20}\S+(?:[ \t]{1,20}[\"'(].*)?)"
    r"|(?P<markup>(?:!!!|\?\?\?\+?|:::+)[ \t]{0,20}\{?[ \t]{0,20}[.\w|-]*\}?[ \t]{0,20}(?:\"(?P<title>[^\"]*)\")?"
    r"|::+[\w-]{1,40}\{[^{}\n]{0,200}\}"
    r"|(?:-[ \t]{0,20}){3,}|(?:\*[ \t]{0,20}){3,}|(?:_[ \t]{0,20}){3,}"
    r"|</?(?:details|div|section|center|p|table|thead|tbody|tr|ul|ol|blockquote|hr|br)\b[^<>]*>))[ \t]{0,20}",
    re.IGNORECASE,
)
#: The markup inside a line, and the attributes it ends with; the first from the left is believed.
INLINE = re.compile(
    r"(?P<code>(?P<tick>`{1,3})(?!`)(?P<listing>[^`\n]{1,300}?)(?<!`)(?P=tick)(?!`))"
    r"|(?P<image>!\[[^\]\n]{0,300}\]\([^()\n]{0,600}(?:\([^()\n]*\)[^()\n]{0,300})?\)(?:\{[^{}\n]{0,80}\})?)"
    r"|(?P<link>(?<!!)\[(?P<text>[^\[\]\n]{1,400})\](?:\((?:<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)?)(?:[ \t]+[\"'][^\n]*?[\"'])?\)(?:\{[^{}\n]{0,80}\})?|\[[^\[\]\n]{0,80}\]))"
    r"|(?P<address><(?P<url>(?:https?://|mailto:)[^<>\s]+)>)"
    rf"|(?P<mark>\[\^[^\]\s]{{1,40}}\](?!:)|{_TAG}|{_SHORTCODE}|\{{\s*(?:trans|lang)\s*=\s*[\"']?(?:zh|en)[\w-]*[\"']?\s*\}}"
    r"|[ \t]{0,20}\{(?::|[ \t]{0,20}[#.])[^{}\n]{0,120}\}[ \t]{0,20}$"
    r"|~~|\\(?=[!-/:-@\[-`{-~])|\\$)",
    re.IGNORECASE,
)
#: What stands between a link's brackets and inside a code span is text.
INSIDE = {"code": "listing", "link": "text", "address": "url"}
#: A cell without the marks of emphasis and code.
UNMARKED = str.maketrans("", "", "*_`")
#: The line above a sentence's dash is as long.
WRAPPED = 24
FRONT_KEYS = {"title": "title", "date": "date", "author": "author", "authors": "author", "source": "source", "translator": "translator", "editor": "editor"}  # fmt: skip


def read_markdown(text: str, path: str, encoding: str) -> Document:
    """The document with headings, lists, quotations, tables, code and footnotes told apart."""
    text, voices = _with_labels(text)
    state = _Reader(text)
    state.run()
    return Document(
        path, text, tuple(state.done), "markdown", encoding,
        metadata=state.metadata, left_out=tuple(state.cuts), voices=frozenset(voices),
    )  # fmt: skip


class _Reader:
    """One pass over the lines; each is given its kind, or goes to the cuts."""

    def __init__(self, text: str):
        self.text = text
        self.lines = split_lines(text)
        self.done: list[Line] = []
        self.cuts: list[Cut] = []
        self.metadata: dict[str, str] = {}
        self.comments = list(_comments(text))
        self.group = 0
        self.ends: set[int] = set()  # lines that end a fence
        self.summaries = Counter(filter(None, map(_summary, map(self.part, self.lines))))

    def part(self, line: Line) -> str:
        return self.text[line.start : line.end]

    def run(self) -> None:
        at = self._front_matter()
        while at < len(self.lines):
            line = self.lines[at]
            if at in self.ends:
                self.cut(line, "markup")
                at += 1
                continue
            opening = FENCE.match(self.part(line))
            if opening and (end := self._end_of_fence(at, opening[1])):
                self.cut(line, "markup")
                self.ends.add(end)
                at += 1
                if not holds_text(self.part(ln) for ln in self.lines[at:end]):
                    self.group += 1
                    for ln in self.lines[at:end]:
                        self.done.append(replace(ln, kind="code", group=self.group))
                    at = end
                continue
            if rows := self._table(at):
                at = rows
                continue
            self._line(at)
            at += 1
        # A table's rule is cut before its rows are read.
        self.done.sort(key=lambda line: line.start)
        mark_emphasis(self.text, self.done)

    def _end_of_fence(self, at: int, mark: str) -> int:
        """The line that ends a fence, looked for no further than a listing is long; 0 if none does."""
        for end in range(at + 1, min(at + 2000, len(self.lines))):
            text = self.part(self.lines[end]).strip()
            if text.startswith(mark) and not text.strip(mark[0]):
                return end
        return 0

    def cut(self, line: Line, reason: str, key: str = "") -> None:
        if self.part(line).strip():
            self.cuts.append(Cut((line.start, line.end), reason, key))
            self.done.append(replace(line, end=line.start))  # so that its number can be told

    def _front_matter(self) -> int:
        """Skip the YAML or TOML head, and read what it says plainly."""
        if not self.lines or self.part(self.lines[0]).rstrip() not in ("---", "+++"):
            return 0
        marks = ("---", "...", "+++")
        ends = (i for i, ln in enumerate(self.lines[1:80], 1) if self.part(ln).rstrip() in marks)
        end = next(ends, 0)
        fields = [_field(self.part(ln)) for ln in self.lines[: end + 1]]
        if not end or not any(name for name, _ in fields):
            return 0
        for line, (name, value) in zip(self.lines, fields, strict=False):
            key = self._learn(name.lower(), value) if name and value else ""
            self.cut(line, f"metadata: {key}" if key else "front matter", key)
        return end + 1

    def _learn(self, name: str, value: str) -> str:
        """Read a field of the head; the key it was read as, if it is one that is kept."""
        base = name[:-3] if name[-3:-2] in "_-" and name[-2:] in ("zh", "en", "cn") else name
        key = FRONT_KEYS.get(base, "")
        if not key or not value or value in ("|", ">"):
            return ""
        if key == "title":
            key = f"title_{lang}" if (lang := language(value)) else ""
        elif key == "date":
            from bitext.text.dates import parse_date

            parsed = parse_date(value)
            key, value = ("date", parsed[0]) if parsed else ("", "")
        if key:
            self.metadata.setdefault(key, value)
        return key

    def _line(self, at: int) -> None:
        line, text = self.lines[at], self.part(self.lines[at])
        if not text.strip():
            self.done.append(line)
            return
        if self.summaries[_summary(text)] > 1:
            self.cut(line, "summary of a collapsible")  # the same words each time: a switch
            return
        above = self.done[-1] if self.done else None
        if above and self._is_setext(line, text, above):
            self.cuts.append(Cut((line.start, line.end), "markup"))
            self.done[-1] = replace(above, kind="heading", level=1 if text.strip()[0] == "=" else 2)
        elif not (whole := WHOLE.fullmatch(text)):
            self._block(line, text)
        elif whole["title"]:  # `!!! note "标题"`: the title is text
            a, b = (line.start + at for at in whole.span("title"))
            markup = ((line.start, a), (b, line.end))
            self.done.append(replace(line, kind="heading", level=3, markup=markup))
        else:
            form = whole.lastgroup
            self.cut(
                line,
                "shortcode" if form == "shortcode"
                else "link target" if form == "link_target"
                else "markup",
            )  # fmt: skip

    def _is_setext(self, line: Line, text: str, above: Line) -> bool:
        """An underline belongs to the one line above it, if that stands alone and is short."""
        over, under = self.part(above).strip(), text.strip()
        drawn = under.strip("=") == "" or (under.strip("-") == "" and len(under) > 1)
        return bool(
            drawn and not text.startswith(("    ", "\t")) and over and above.kind == "" and len(over) <= 120
            and above.number == line.number - 1 and (len(self.done) < 2 or not self.part(self.done[-2]).strip())
        )  # fmt: skip

    def _block(self, line: Line, text: str) -> None:
        match = OPENING.match(text)
        if match and match["list"] and self._goes_on(line, text):
            match = None
        markup: list[Span] = []
        kind, level = "", 0
        if match and match["quote"]:
            kind = "quote"
            markup.append(match.span("quote"))
        if match and match["footnote"]:
            kind = "footnote"
            markup.append(match.span("footnote"))
        elif match and match["heading"]:
            kind, level = "heading", len(match["hashes"])
            markup.append(match.span("heading"))
        elif match and match["list"]:
            kind = kind or "list"
            level = 1 + len(match["indent"].replace("\t", "    ")) // 2
            if match["bullet"]:
                markup.append((match.start("bullet"), match.end()))
        words = text.rstrip(" \t")
        bare = words.rstrip("#")
        if kind == "heading" and bare != words and bare[-1:] in (" ", "\t"):  # `# A #`
            markup.append((max(markup[-1][1], len(bare.rstrip(" \t"))), len(text)))
        spans = [(line.start + a, line.start + b) for a, b in markup]
        spans += self._inline(
            line, spans[0][1] if spans and spans[0][0] == line.start else line.start
        )
        self.done.append(replace(line, kind=kind, level=level, markup=_merge(spans)))

    def _goes_on(self, line: Line, text: str) -> bool:
        """Whether a line's dash is of the wrapped sentence that the line above begins, and no item's."""
        above = self.done[-1] if self.done else None
        if above is None or above.kind or above.number != line.number - 1 or not _dashed(text):
            return False
        before = self.part(above)
        at = bisect_left(self.lines, line.start, key=lambda ln: ln.start)
        below = self.part(self.lines[at + 1]) if at + 1 < len(self.lines) else ""
        ended = LINE_ENDED.search(before)
        return bool(before.strip()) and not ended and not _dashed(below) and len(before) >= WRAPPED

    def _inline(self, line: Line, start: int) -> list[Span]:
        """The markup inside a line's text."""
        at = bisect_right(self.comments, line.start, key=lambda span: span[1])
        near = takewhile(lambda span: span[0] < line.end, self.comments[at : at + 50])
        spans = [(max(a, line.start), min(b, line.end)) for a, b in near]
        return spans + list(_marks(self.text, start, line.end, tuple(spans)))

    # --- tables ---

    def _table(self, at: int) -> int:
        """Read the table that begins on this line; the index behind it, or 0."""
        end = _table_end(self.text, self.lines, at)
        if not end:
            return 0
        rows = [self.lines[at], *self.lines[at + 2 : end]]
        cells = [list(_cells(self.text, row)) for row in rows]
        columns = Columns.of([[self.text[slice(*c)].strip() for c in row] for row in cells])
        langs = columns.langs
        self.cut(self.lines[at + 1], "markup")
        if columns.named:
            self.cut(rows[0], "table header")
            rows, cells = rows[1:], cells[1:]
        for row, spans in zip(rows, cells, strict=True):
            self.group += 1
            before = row.start
            for column, span in enumerate(spans):
                a, b = span
                # The bar belongs to the cell behind it, the last one's to it too.
                stop = row.end if column == len(spans) - 1 else b
                markup = [(before, a)] if before < a else []
                if b < stop:
                    markup.append((b, stop))
                cell = Line(before, stop, row.number)
                markup += self._inline(cell, a)
                lang = langs[column] if column < len(langs) else ""
                said = self.text[a:b].strip()
                if said and columns.is_idle(column, said):
                    self.cut(cell, "column without text")
                elif said and column in columns.speakers:
                    self.cut(cell, "speaker's name without a text")
                elif said:
                    marks = _merge(markup)
                    self.done.append(
                        Line(before, stop, row.number, "cell", 0, lang, self.group, marks)
                    )
                else:
                    self.cut(cell, "markup")
                before = stop
        return end


def _field(part: str) -> tuple[str, str]:
    """The name and the value of a line `name: value`; two empty texts where it is none."""
    at = min((i for mark in ":=" if (i := part.find(mark)) > 0), default=0)
    name = part[:at].rstrip()
    if not name.replace("-", "").replace("_", "").isalnum():
        return "", ""
    return name, part[at + 1 :].strip().strip("\"'[]").strip()


def _summary(text: str) -> str:
    """The words of a collapsible's summary that is a line of its own; '' of any other line."""
    held = text.strip(" \t").lower().removesuffix("</summary>")
    ended = len(held) < len(text.strip(" \t")) and held.startswith(("<details", "<summary"))
    return held.rpartition(">")[2].strip() if ended else ""


def _dashed(text: str) -> bool:
    """Whether a line begins with a dash: an item's, or a sentence's."""
    return text.lstrip(" \t")[:2] in ("- ", "-\t")


def _marks(text: str, start: int, end: int, taken: tuple[Span, ...]) -> Iterator[Span]:
    """The markup between two places, but for what is taken; each that opens first is believed."""
    at = start
    while match := INLINE.search(text, at, end):
        a, b = match.span()
        if block := next((y for x, y in taken if x < b and a < y), 0):
            at = max(block, a + 1)
            continue
        at = b
        if inside := INSIDE.get(str(match.lastgroup)):
            x, y = match.span(inside)
            yield from ((a, x), (y, b))
            if inside == "text":
                yield from _marks(text, x, y, taken)
        else:
            yield a, b


def _with_labels(text: str) -> tuple[str, set[str]]:
    """The text with each speaker of a table before what is said, `Name: …`, in the row it stands in; their names."""
    voices: set[str] = set()
    lines = split_lines(text) if "|" in text else []
    parts: list[str] = []
    done = at = 0
    fenced = ""
    while at < len(lines):
        part = text[lines[at].start : lines[at].end]
        fence = FENCE.match(part)
        if fence and (not fenced or part.strip().startswith(fenced)):
            fenced = "" if fenced else fence[1]
        end = 0 if fenced else _table_end(text, lines, at)
        if end:
            for row, said in _labelled(text, [lines[at], *lines[at + 2 : end]], voices):
                parts += [text[done : row.start], said]
                done = row.end
        at = end or at + 1
    return "".join([*parts, text[done:]]), voices


def _table_end(text: str, lines: list[Line], at: int) -> int:
    """The index behind the table that begins on this line; 0 where none does."""
    head, *below = (text[ln.start : ln.end] for ln in lines[at : at + 2])
    if not below or not is_table(head, below[0]):
        return 0
    rows = takewhile(
        lambda k: "|" in text[lines[k].start : lines[k].end], range(at + 2, len(lines))
    )
    return max(rows, default=at + 1) + 1


def _labelled(text: str, rows: list[Line], voices: set[str]) -> Iterator[tuple[Line, str]]:
    """The rows of a table that has a speaker's column, that column emptied into the others.

    Names go to `voices`.
    """
    spans = [list(_cells(text, row)) for row in rows]
    cells = [[text[slice(*c)].strip() for c in row] for row in spans]
    columns = Columns.of(cells)
    for n, (row, places) in enumerate(zip(rows, spans, strict=True)):
        bare = [
            c.translate(UNMARKED) if i in columns.speakers else c for i, c in enumerate(cells[n])
        ]
        found, left = columns.read(bare, first=not n)
        labels = {cell.column: cell.name for cell in found if cell.name}
        if not labels:
            continue
        voices.update(labels.values())
        out, at = [], row.start
        for i, (a, b) in enumerate(places):
            out.append(text[at:a])
            at = b
            if i in labels:
                out.append(f" {labels[i]}: {cells[n][i]} ")
            elif i not in columns.speakers:
                out.append(text[a:b])
            elif left:
                out.append(f" {' '.join(left)} ")
                left = ()
        yield row, "".join([*out, text[at : row.end]])


def _comments(text: str) -> Iterator[Span]:
    """The spans of HTML comments; one that never ends is text."""
    start = text.find("<!--")
    while start >= 0 and (end := text.find("-->", start + 4)) >= 0:
        yield start, end + 3
        start = text.find("<!--", end + 3)


def _cells(text: str, row: Line) -> Iterator[Span]:
    """The spans of a table row's cells, without the bars."""
    start, end = row.start, row.end
    while start < end and text[start] in " \t":
        start += 1
    if start < end and text[start] == "|":
        start += 1
    while end > start and text[end - 1] in " \t":
        end -= 1
    if end > start and text[end - 1] == "|" and text[end - 2 : end - 1] != "\\":
        end -= 1
    at = start
    for bar in (i for i in range(start, end) if text[i] == "|" and text[i - 1 : i] != "\\"):
        yield at, bar
        at = bar + 1
    yield at, end


def _merge(spans: list[Span]) -> tuple[Span, ...]:
    """The spans in order, overlapping ones joined."""
    merged: list[Span] = []
    for a, b in sorted(s for s in spans if s[0] < s[1]):
        if merged and a < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], b))
        else:
            merged.append((a, b))
    return tuple(merged)
