"""SRT and VTT -> Document: cue lines grouped by their time; numbers and time codes left out.

The group of a line is the time its cue begins, in milliseconds: two cues of one time, one a language,
share it, and so do the cues of two files that were cut alike.
"""

from __future__ import annotations

import re

from bitext.model import Refusal
from bitext.read.lines import Builder, split_lines
from bitext.read.looks import TIMES
from bitext.text.source import Document

TAG = re.compile(
    "</?(?:[ibus]|font|c|ruby|rt|lang)\\b[^<>]{0,200}>|</?c\\.[^<>]{0,80}>|</v>|<\\d[\\d:.]{3,14}>|\\{\\\\[^{}]{0,120}\\}|\\{\\d{1,6}\\}",
    re.IGNORECASE,
)
VOICE = re.compile("<v(?:\\.[^\\s<>]*)?[ \t]+(?P<name>[^<>]{1,60})>")
BLOCKS = ("WEBVTT", "NOTE", "STYLE", "REGION")
ESCAPES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": "\xa0", "&lrm;": "", "&rlm;": ""}


def _start(match: re.Match[str]) -> int:
    hours, minutes, seconds, fraction = match.groups()[:4]
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(
        (fraction or "0").ljust(3, "0")
    )


def _opens_block(part: str) -> bool:
    """Whether a line begins the file's header, a comment or a style."""
    return part.replace("-", " ").replace("\t", " ").partition(" ")[0] in BLOCKS


def _is_number(part: str) -> bool:
    said = part.strip(" \t\ufeff")
    return said.isdecimal() and len(said) <= 6


def read_subtitles(text: str, path: str, encoding: str, format: str) -> Document:
    """The cues' lines in order; raises E-SUBTITLE where the file has none."""
    built = Builder()
    lines = split_lines(text)
    parts = [text[ln.start : ln.end] for ln in lines]
    group, skipping, voice = -1, format == "vtt", ""
    voices: set[str] = set()
    cues = 0
    for at, (line, part) in enumerate(zip(lines, parts, strict=True)):
        following = parts[at + 1] if at + 1 < len(parts) else ""
        if times := TIMES.match(part):
            group, skipping, voice = _start(times), False, ""
            cues += 1
            built.blank(line.number)
            built.add(part, line.number, reason="time code")
        elif not part.strip():
            built.blank(line.number)
            group, skipping = -1, False
        elif group < 0 and TIMES.match(following):
            built.add(part, line.number, reason="cue number")
        elif skipping or (group < 0 and format == "vtt" and _opens_block(part)):
            skipping = True
            built.add(part, line.number, reason="header or comment of the subtitle file")
        elif group < 0 and _is_number(part):
            built.add(part, line.number, reason="cue number")
        else:
            shown, voice = _visible(part, voice)
            voices |= {voice} if voice else set()
            spans = tuple(m.span() for m in TAG.finditer(shown))
            # A line outside of any cue is text that lost its time: it is kept as text.
            built.add(shown, line.number, "cue" if group >= 0 else "", group=group, markup=spans)
    if not cues or not any(ln.kind == "cue" for ln in built.lines):
        raise Refusal(
            "E-SUBTITLE", path, 1,
            f"{cues} time codes and no subtitle text" if cues else "no line of the form 00:00:01,000 --> 00:00:02,000",
            "check the file; import it as .txt if it is a plain text",
        )  # fmt: skip
    return Document(
        path, built.text, tuple(built.lines), format, encoding,
        left_out=tuple(built.cuts), voices=frozenset(voices),
    )  # fmt: skip


def _visible(part: str, voice: str) -> tuple[str, str]:
    """A cue line as it is shown; a voice's name stands before its words like any speaker's label."""
    if match := VOICE.search(part):
        name = match["name"].strip()
        label = f"{name}: " if name != voice else ""
        part, voice = part[: match.start()] + label + part[match.end() :], name
        part = VOICE.sub("", part)
    for escape, char in ESCAPES.items():
        if escape in part:
            part = part.replace(escape, char)
    return part, voice
