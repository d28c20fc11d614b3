"""An import -> warnings for its editor, each with its line in the source."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from bitext.kinds import ASIDE
from bitext.model import Bitext, Problem, Unit
from bitext.text.source import Document, Truncation
from bitext.units.doubts import english


def line_of(unit: Unit) -> int:
    return (unit.zh_span or unit.en_span or (0, 0))[0]


def _lone_stretch(units: Sequence[Unit], missing: str) -> int:
    """The line where the longest stretch of text begins that has no translation."""
    best, line = 0, 1
    for lone, group in itertools.groupby(units, key=lambda u: not u.text(missing)):
        stretch = list(group)
        if lone and len(stretch) > best:
            best, line = len(stretch), line_of(stretch[0])
    return line


def warnings_of(
    bitext: Bitext, document: Document, truncation: Truncation | None
) -> Iterator[Problem]:
    path = document.path

    def warn(code: str, line: int, found: str, todo: str) -> Problem:
        return Problem(path, line, f"{found} — {todo}", code)

    if truncation:
        yield warn(
            "W-TRUNCATED",
            truncation.line,
            truncation.why,
            "published as is, the page says so",
        )
    seen: dict[tuple[str, str], Unit] = {}
    for unit in bitext.units:
        for lang in ("zh", "en"):
            text = unit.text(lang)
            if not text or len(text) < 30:
                continue
            twin = seen.setdefault((lang, text), unit)
            if twin is not unit:
                line = ((unit.zh_span if lang == "zh" else unit.en_span) or (0, 0))[0]
                yield warn(
                    "W-DUPLICATE",
                    line,
                    f"{unit.id} says in {lang} what {twin.id} says",
                    "remove one if it was copied twice",
                )
    zh, en = (
        sum(bool(u.text(lang)) for u in bitext.units if u.kind not in ASIDE)
        for lang in ("zh", "en")
    )
    if min(zh, en) * 2 < max(zh, en):
        yield warn(
            "W-UNBALANCED",
            _lone_stretch(bitext.units, "en" if en < zh else "zh"),
            f"{zh} units have Chinese and {en} have English",
            "check that no translation is missing",
        )
    for speaker in bitext.speakers:
        if not (speaker.zh and speaker.en):
            missing = "English" if speaker.zh else "Chinese"
            yield warn(
                "W-LABEL",
                next((line_of(u) for u in bitext.units if u.speaker == speaker.id), 1),
                f"{speaker.zh or speaker.en} has no {missing} label in this source",
                "add it under speakers in bitext.yml",
            )
    unnamed = {u.turn: u for u in reversed(bitext.units) if u.turn and not u.speaker}
    if unnamed:
        yield warn(
            "W-LABEL",
            min(map(line_of, unnamed.values())),
            f"{len(unnamed)} turns carry no label in this source",
            "say who speaks in bitext.yml",
        )
    for unit in bitext.units:
        if unit.review:
            yield warn(
                "W-PAIR",
                line_of(unit),
                f"{unit.id}: {'; '.join(english(unit.review))}",
                "compare the two texts",
            )
