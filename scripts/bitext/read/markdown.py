"""Markdown -> Document: the same text, with what is markup in it marked as such.

Nothing is taken out of the text: a heading's hashes, a list's bullet, the asterisks of bold are named
as markup on their line, so that they are neither published nor lost.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from bitext.read.columns import Columns, column_languages, labels_of, names_of, speaker_columns
from bitext.read.emphasis import mark_emphasis
from bitext.read.lines import split_lines
from bitext.read.listing import holds_text
from bitext.read.looks import is_table
from bitext.text.marks import LINE_ENDED
from bitext.text.scripts import language
from bitext.text.source import Cut, Document, Line, Span
from bitext.text.words import any_of

HEADING = re.compile("[ ]{0,3}(#{1,6})(?:[ \t\u3000]+|(?=$))")
HEADING_END = re.compile("[ \t]{1,20}#+[ \t]{0,20}$")
HEADING_ID = re.compile("[ \t]{0,20}\\{[#.:][^{}]{0,80}\\}[ \t]{0,20}$")
LIST = re.compile(
    "(?P<indent>[ \t]*)(?:(?P<bullet>[-+*•‣◦])|(?P<number>\\d{1,3}[.)]))(?:[ \t]+(?:\\[[ xX]\\][ \t]+)?)(?=\\S)"
)
QUOTE = re.compile("[ ]{0,3}(?:>[ \t]?)+")
#: A block's own type behind the quote mark: `[!NOTE]`.
CALLOUT = re.compile("\\[![A-Za-z]{3,12}\\][+-]?[ \t]{0,20}$")
ADMONITION = re.compile(
    '[ \t]{0,20}(?:!!!|\\?\\?\\?\\+?|:::+)[ \t]{0,20}\\{?[ \t]{0,20}[.\\w|-]*\\}?[ \t]{0,20}(?:"[^"]*")?[ \t]{0,20}$'
)
FENCE = re.compile("[ \t]{0,8}(`{3,}|~{3,})[^`]*$")
RULE = re.compile("[ ]{0,3}(?:(?:-[ \t]{0,20}){3,}|(?:\\*[ \t]{0,20}){3,}|(?:_[ \t]{0,20}){3,})$")
SETEXT = re.compile("[ ]{0,3}(=+|-{2,})[ \t]{0,20}$")
FOOTNOTE = re.compile("[ ]{0,3}\\[\\^[^\\]\\s]{1,40}\\]:[ \t]{0,20}")
REFERENCE = re.compile(
    "[ ]{0,3}\\[[^\\]^][^\\]]{0,80}\\]:[ \t]{1,20}\\S+(?:[ \t]{1,20}[\"'(].*)?[ \t]{0,20}$"
)
SHORTCODE = re.compile(
    "[ \t]{0,20}(?:\\{\\{[<%].*[%>]\\}\\}|\\{%.*%\\}|\\[(?:toc|TOC)\\]|\\[\\[_?TOC_?\\]\\])[ \t]{0,20}$"
)
ATTRIBUTES = re.compile("[ \t]{0,20}\\{:?[ \t]{0,20}[#.][^{}\n]{0,120}\\}[ \t]{0,20}$")
#: Tags that a Markdown text uses as layout; any other tag is text that its author wrote about.
TAG = re.compile(
    f"</?{any_of('page/layout_tags')}"
    "(?:\\s+[A-Za-z_:@][\\w:.-]*(?:\\s*=\\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\\s\"'<>=]+))?)*\\s*/?>",
    re.IGNORECASE,
)
SUMMARY = re.compile(
    "[ \t]*(?:<details[^<>\n]{0,80}>)?[ \t]*<summary[^<>\n]{0,80}>([^<>\n]{1,80})</summary>[ \t]*",
    re.IGNORECASE,
)
CODE_SPAN = re.compile("(`{1,3})(?!`)([^`\n]{1,300}?)(?<!`)\\1(?!`)")
IMAGE = re.compile(
    "!\\[(?P<alt>[^\\]\n]{0,300})\\]\\([^()\n]{0,600}(?:\\([^()\n]*\\)[^()\n]{0,300})?\\)(?:\\{[^{}\n]{0,80}\\})?"
)
LINK = re.compile(
    "(?<!!)\\[(?P<text>[^\\[\\]\n]{1,400})\\](?P<target>\\((?:<[^<>\n]*>|[^()\\s]*(?:\\([^()\\s]*\\)[^()\\s]*)?)(?:[ \t]+[\"'][^\n]*?[\"'])?\\)(?:\\{[^{}\n]{0,80}\\})?|\\[[^\\[\\]\n]{0,80}\\])"
)
FOOTNOTE_MARK = re.compile("\\[\\^[^\\]\\s]{1,40}\\](?!:)")
AUTOLINK = re.compile("<(?=(?:https?://|mailto:)[^<>\\s]+>)|(?<=\\S)>(?=[\\s,.;)）。，]|$)")
STRIKE = re.compile("~~")
ESCAPE = re.compile("\\\\(?=[!-/:-@\\[-`{-~])")
HARD_BREAK = re.compile("\\\\$")
FRONT_END = re.compile("(?:---|\\.\\.\\.|\\+\\+\\+)\\s*$")
LANGUAGE_BLOCK = re.compile("\\{\\s*(?:trans|lang)\\s*=\\s*[\"']?(zh|en)[\\w-]*[\"']?\\s*\\}", re.I)

#: A dash that may be an item's or a sentence's; the line above a sentence's is as long.
DASH = re.compile("[ \t]*-[ \t]")
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
        self.comment_at = 0
        self.group = 0
        self.ends: set[int] = set()  # lines that end a fence
        self.summaries = Counter(m[1].strip() for m in SUMMARY.finditer(text))

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
        self.done.sort(
            key=lambda line: line.start
        )  # a table's rule is cut before its rows are read
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
        end = next(
            (i for i, ln in enumerate(self.lines[1:80], 1) if FRONT_END.match(self.part(ln))), 0
        )
        inner = [self.part(ln) for ln in self.lines[1:end]]
        if not end or not any(re.match("[\\w-]+\\s*[:=]", part) for part in inner):
            return 0
        for line in self.lines[: end + 1]:
            match = re.match("([\\w-]+)\\s*[:=]\\s*(\\S.*)$", self.part(line))
            said = match[2].strip().strip("\"'[]").strip() if match else ""
            key = self._learn(match[1].lower(), said) if match else ""
            self.cut(line, f"metadata: {key}" if key else "front matter", key)
        return end + 1

    def _learn(self, name: str, value: str) -> str:
        """Read a field of the head; the key it was read as, if it is one that is kept."""
        key = FRONT_KEYS.get(re.sub("[_-](?:zh|en|cn)$", "", name), "")
        if not key or not value or value in ("|", ">"):
            return ""
        if key == "title":
            key = f"title_{language(value)}" if language(value) else ""
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
        if (summary := SUMMARY.fullmatch(text)) and self.summaries[summary[1].strip()] > 1:
            self.cut(line, "summary of a collapsible")  # the same words each time: a switch
            return
        above = self.done[-1] if self.done else None
        for whole, reason in (
            (SHORTCODE, "shortcode"),
            (REFERENCE, "link target"),
            (ADMONITION, "markup"),
        ):
            if whole.match(text):
                title = re.search('"([^"]+)"', text) if whole is ADMONITION else None
                if title:  # `!!! note "标题"`: the title is text
                    spans = (
                        (line.start, line.start + title.start(1)),
                        (line.start + title.end(1), line.end),
                    )
                    self.done.append(
                        replace(line, kind="heading", level=3, markup=_merge(list(spans)))
                    )
                else:
                    self.cut(line, reason)
                return
        if above and self._is_setext(line, text, above):
            self.cuts.append(Cut((line.start, line.end), "markup"))
            self.done[-1] = replace(above, kind="heading", level=1 if text.strip()[0] == "=" else 2)
            return
        if RULE.match(text) or re.fullmatch(
            "[ \t]*</?(?:details|div|section|center|p|table|thead|tbody|tr|ul|ol|blockquote)[^<>]*>[ \t]*|[ \t]*<(?:hr|br)\\s*/?>[ \t]*",
            text,
            re.I,
        ):
            self.cut(line, "markup")
            return
        self._block(line, text)

    def _is_setext(self, line: Line, text: str, above: Line) -> bool:
        """An underline belongs to the one line above it, if that stands alone and is short."""
        over = self.part(above).strip()
        return bool(
            SETEXT.match(text) and over and above.kind == "" and len(over) <= 120
            and above.number == line.number - 1 and (len(self.done) < 2 or not self.part(self.done[-2]).strip())
        )  # fmt: skip

    def _block(self, line: Line, text: str) -> None:
        start = line.start
        markup: list[Span] = []
        kind, level, at = "", 0, 0
        if match := QUOTE.match(text):
            kind, at = "quote", match.end()
            markup.append((0, at))
            if callout := CALLOUT.match(text, at):
                markup.append((at, callout.end()))
                at = callout.end()
        if match := FOOTNOTE.match(text, at):
            kind = "footnote"
            markup.append(match.span())
        elif match := HEADING.match(text, at):
            kind, level = "heading", len(match[1])
            markup.append(match.span())
            for ending in (HEADING_ID, HEADING_END):
                if end := ending.search(text, match.end()):
                    markup.append(end.span())
                    break
        elif (match := LIST.match(text, at)) and not self._goes_on(line, text):
            kind = kind or "list"
            level = 1 + len(match["indent"].replace("\t", "    ")) // 2
            if match["bullet"]:
                markup.append((match.start("bullet"), match.end()))
        if kind != "heading" and (end := ATTRIBUTES.search(text)) and end.start() >= at:
            markup.append(end.span())
        spans = [(start + a, start + b) for a, b in markup]
        spans += self._inline(line, spans[-1][1] if spans and spans[0][0] == start else start)
        self.done.append(replace(line, kind=kind, level=level, markup=_merge(spans)))

    def _goes_on(self, line: Line, text: str) -> bool:
        """Whether a line's dash is of the wrapped sentence that the line above begins, and no item's."""
        above = self.done[-1] if self.done else None
        if above is None or above.kind or above.number != line.number - 1 or not DASH.match(text):
            return False
        before = self.part(above)
        at = bisect_left(self.lines, line.start, key=lambda ln: ln.start)
        below = self.part(self.lines[at + 1]) if at + 1 < len(self.lines) else ""
        ended = LINE_ENDED.search(before)
        return (
            bool(before.strip()) and not ended and not DASH.match(below) and len(before) >= WRAPPED
        )

    def _inline(self, line: Line, start: int) -> list[Span]:
        """The markup inside a line's text."""
        text, end = self.text, line.end
        spans: list[Span] = []
        taken: list[Span] = []

        def free(a: int, b: int) -> bool:
            return not any(x < b and a < y for x, y in taken)

        while (
            self.comment_at < len(self.comments) and self.comments[self.comment_at][1] <= line.start
        ):
            self.comment_at += 1
        for a, b in self.comments[self.comment_at : self.comment_at + 50]:
            if a >= end:
                break
            spans.append((max(a, line.start), min(b, end)))
            taken.append(spans[-1])
        if end - start > 200_000 and not re.search("[`\\[<\\\\~{]", text[start:end]):
            return spans
        for match in CODE_SPAN.finditer(text, start, end):
            spans += [(match.start(), match.start(2)), (match.end(2), match.end())]
            taken.append(match.span())
        for match in IMAGE.finditer(text, start, end):
            if free(*match.span()):
                spans.append(match.span())
                taken.append(match.span())
        for match in LINK.finditer(text, start, end):
            if free(*match.span()):
                spans += [(match.start(), match.start("text")), (match.end("text"), match.end())]
                taken.append((match.end("text"), match.end()))
        for pattern in (FOOTNOTE_MARK, TAG, LANGUAGE_BLOCK, STRIKE, ESCAPE, HARD_BREAK):
            for match in pattern.finditer(text, start, end):
                if match.end() > match.start() and free(*match.span()):
                    spans.append(match.span())
                    if pattern is not STRIKE:
                        taken.append(match.span())
        if text.find("<http", start, end) >= 0 or text.find("<mailto", start, end) >= 0:
            spans += [m.span() for m in AUTOLINK.finditer(text, start, end) if free(*m.span())]
        return spans

    # --- tables ---

    def _table(self, at: int) -> int:
        """Read the table that begins on this line; the index behind it, or 0."""
        if at + 1 >= len(self.lines) or "|" not in self.part(self.lines[at]):
            return 0
        if not is_table(self.part(self.lines[at]), self.part(self.lines[at + 1])):
            return 0
        end = at + 2
        while end < len(self.lines) and "|" in self.part(self.lines[end]):
            end += 1
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
                    self.done.append(
                        Line(
                            before,
                            stop,
                            row.number,
                            "cell",
                            0,
                            lang,
                            self.group,
                            tuple(_merge(markup)),
                        )
                    )
                else:
                    self.cut(cell, "markup")
                before = stop
        return end


def _with_labels(text: str) -> tuple[str, set[str]]:
    """The text with each speaker of a table before what is said, `Name: …`, in the row it stands in; their names."""
    voices: set[str] = set()
    if "|" not in text:
        return text, voices
    lines = split_lines(text)
    parts: list[str] = []
    done = at = 0
    fenced = ""
    while at < len(lines):
        part = text[lines[at].start : lines[at].end]
        fence = FENCE.match(part)
        if fence and (not fenced or part.strip().startswith(fenced)):
            fenced = "" if fenced else fence[1]
        if fenced or "|" not in part or at + 1 >= len(lines):
            at += 1
            continue
        rule = text[lines[at + 1].start : lines[at + 1].end]
        if "|" not in rule or not is_table(part, rule):
            at += 1
            continue
        end = at + 2
        while end < len(lines) and "|" in text[lines[end].start : lines[end].end]:
            end += 1
        for row, said in _labelled(text, lines[at], lines[at + 2 : end], voices):
            parts += [text[done : row.start], said]
            done = row.end
        at = end
    return ("".join([*parts, text[done:]]) if parts else text), voices


def _labelled(
    text: str, head: Line, rows: list[Line], voices: set[str]
) -> Iterator[tuple[Line, str]]:
    """The rows of a table that has a speaker's column, that column emptied into the others.

    Names go to `voices`.
    """
    header = [text[slice(*c)].strip() for c in _cells(text, head)]
    spans = [list(_cells(text, row)) for row in rows]
    cells = [[text[slice(*c)] for c in row] for row in spans]
    langs = column_languages(cells)
    if len(langs) < 3 or not (columns := speaker_columns(header, cells, langs)):
        return
    for row, places, said in zip(rows, spans, cells, strict=True):
        names = names_of([re.sub("[*_`]+", "", said[i]) for i in sorted(columns) if i < len(said)])
        texts = [
            lang if i < len(said) and i not in columns and said[i].strip() else ""
            for i, lang in enumerate(langs)
        ]
        labels, left = labels_of(names, texts)
        if not labels:
            continue
        voices.update(labels.values())
        out, at = [], row.start
        for i, (a, b) in enumerate(places):
            out.append(text[at:a])
            at = b
            if i in labels:
                out.append(f" {labels[i]}: {said[i].strip()} ")
            elif i not in columns:
                out.append(said[i])
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
    for match in re.compile("(?<!\\\\)\\|").finditer(text, start, end):
        yield at, match.start()
        at = match.end()
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
