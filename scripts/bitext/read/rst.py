"""reStructuredText -> Document: as text, with underlined headings, lists and directives told apart."""

from __future__ import annotations

import re
from dataclasses import replace

from bitext.read.emphasis import mark_emphasis
from bitext.read.lines import split_lines
from bitext.text.source import Cut, Document, Line, Span

#: What a title is underlined with.
DRAWN = frozenset("=-~^\"'`*+#:.<>_")
#: What a line begins with: a footnote's name, an item's bullet, the bar of a line block.
OPENING = re.compile(
    r"(?P<footnote>\.\. \[(?:#?\w*|\*)\][ \t]+)"
    r"|(?P<list>(?P<indent>[ \t]*)(?:(?P<bullet>[-*+•])|(?:\d{1,3}|#)[.)])[ \t]+(?=\S))|[ \t]*\| ?"
)
INLINE = re.compile(
    r"\\[ ]|(?:^|\s)\s*<[^<>`]{1,400}>(?=`(?!`))|"
    "``|\\*\\*|`_{1,2}(?!\\w)|(?::[\\w:+-]{1,30}:)?`|(?<!\\w)\\*(?=\\S)[^*\n]{1,200}?(?<=\\S)\\*(?!\\w)|\\[[#*\\w]{1,20}\\]_"
)
#: Where a link leads to, at the head of a line, and the stop behind it.
CARRIED = re.compile("[ \t]*<[^<>`\n]{1,400}>`_{0,2}[.,;:!?)，。；：！？）]*[ \t]*")
#: `office_`, before a blank or a stop.
REFERENCE = re.compile("(?<![\\w`])(?P<name>[^\\W_](?:[\\w.-]*[^\\W_])?)(?P<mark>__?)(?![\\w`])")


def read_rst(text: str, path: str, encoding: str) -> Document:
    """The document's lines; underlines and directives are left out as markup."""
    lines = split_lines(text)
    done: list[Line] = []
    cuts: list[Cut] = []
    levels: dict[str, int] = {}
    directive = False
    head = True  # no line of text was seen but headings
    metadata: dict[str, str] = {}
    parts = [text[ln.start : ln.end] for ln in lines]
    targets = frozenset(filter(None, map(_target, parts)))
    for at, (line, part) in enumerate(zip(lines, parts, strict=True)):
        if not part.strip():
            done.append(line)
            continue
        field = _field(part)
        if directive and field and part[0] in " \t":
            cuts.append(Cut((line.start, line.end), "markup"))
            continue
        directive = False
        if _is_drawn(part) and _frames(parts, at):
            cuts.append(Cut((line.start, line.end), "markup"))
            if done and at and parts[at - 1].strip() and done[-1].start == lines[at - 1].start:
                over = at >= 2 and parts[at - 2].strip() == part.strip()
                style = part.strip()[0] * (2 if over else 1)
                level = levels.setdefault(style, len(levels) + 1)
                done[-1] = replace(done[-1], kind="heading", level=level)
            continue
        if head and field and part[0] == ":":
            key, value = _docinfo(*field)
            reason = f"metadata: {key}" if key else "front matter"
            cuts.append(Cut((line.start, line.end), reason, key))
            if key:
                metadata.setdefault(key, value)
            done.append(replace(line, end=line.start))
            continue
        mark, _, said = part.strip(" \t").partition(" ")
        if mark == ".." and said[:1] != "[":
            cuts.append(Cut((line.start, line.end), "directive"))
            done.append(replace(line, end=line.start))  # so that its number can be told
            directive = True
            continue
        if (match := CARRIED.match(part)) and done and at and parts[at - 1].count("`") % 2:
            # The words of a link are on the line before: where it leads to, and the stop, go there.
            before = replace(lines[at - 1], end=line.start + match.end())
            done[-1] = _line(before, text[before.start : before.end], targets)
            line = replace(line, start=before.end)
            part = text[line.start : line.end]
            if not part.strip():
                continue
        done.append(_line(line, part, targets))
        head = head and at + 1 < len(parts) and _is_drawn(parts[at + 1])
    mark_emphasis(text, done, marks="*")
    return Document(path, text, tuple(done), "rst", encoding, metadata, tuple(cuts))


def _is_drawn(part: str) -> bool:
    """Whether a line is a row of three marks or more, as titles are underlined with."""
    marks = part.rstrip(" \t")
    return len(marks) > 2 and len(set(marks)) == 1 and marks[0] in DRAWN


def _field(part: str) -> tuple[str, str] | None:
    """Name and value of a line `:date: 2025-10-16`: what the file says about itself, or a directive's option."""
    before, _, rest = part.lstrip(" \t").partition(":")
    name, ended, value = rest.partition(":")
    named = not before and 0 < len(name) <= 40 and "`" not in name
    return (name, value.strip()) if named and ended and value[:1] in ("", " ", "\t") else None


def _target(part: str) -> str:
    """What `office_` refers to: the name in `.. _office: https://…`."""
    mark, _, said = part.strip().partition(" _")
    return said.partition(":")[0].strip("`").casefold() if mark == ".." else ""


def _docinfo(name: str, value: str) -> tuple[str, str]:
    """The key and the value of metadata that a field says; '' where it says something else."""
    from bitext.text.fields import parse_fields

    fields = [f for f in parse_fields(f"{name}: {value}") if f.key]
    return (fields[0].key, fields[0].value) if len(fields) == 1 else ("", "")


def _frames(parts: list[str], at: int) -> bool:
    """Whether a row of marks underlines or overlines a title, or parts two blocks."""
    above = parts[at - 1].strip() if at else ""
    below = parts[at + 1].strip() if at + 1 < len(parts) else ""
    width = len(parts[at].strip())
    return (not above and not below) or 2 * width >= _width(above or below)


def _width(text: str) -> int:
    return sum(2 if c > "\u2e7f" else 1 for c in text)


def _is_target(part: str, start: int, end: int) -> bool:
    """Whether `<…>` before a backtick is where a link or a role leads to, not a part of the words.

    A link's backtick has `_` behind it; a role's name stands before the one that opens it, on this
    line or the line before.
    """
    if part[end : end + 2] == "`_":
        return True
    opened = part.rfind("`", 0, start)
    if opened < 0:
        return True
    _before, colon, name = part[:opened].removesuffix(":").rpartition(":")
    return (
        part[:opened].endswith(":") and colon == ":" and name.strip("+-_") != "" and " " not in name
    )


def _line(line: Line, part: str, targets: frozenset[str]) -> Line:
    markup: list[Span] = []
    kind, level, at = "", 0, 0
    if match := OPENING.match(part):
        kind = match.lastgroup or ""
        if match["list"]:
            kind, level = "list", 1 + len(match["indent"]) // 2
        if match["bullet"] or not match["list"]:
            markup.append(
                (match.start("bullet") if match["bullet"] else match.start(), match.end())
            )
    at = markup[-1][1] if markup else 0
    for match in INLINE.finditer(part, at):
        a, b = match.span()
        if match.group().endswith(">") and not _is_target(part, a, b):
            continue
        if match.group().startswith("*") and not match.group().startswith("**"):
            markup += [(a, a + 1), (b - 1, b)]
        else:
            markup.append((a, b))
    markup += [
        m.span("mark") for m in REFERENCE.finditer(part, at) if m["name"].casefold() in targets
    ]
    markup.sort()
    spans = tuple((line.start + a, line.start + b) for a, b in markup if a < b)
    return replace(line, kind=kind, level=level, markup=spans)
