"""An import -> warnings for its editor, each with its line in the source."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence

from bitext.kinds import ASIDE
from bitext.model import LANGS, Bitext, Problem, Unit
from bitext.text.source import Document, Span, Truncation
from bitext.units.doubts import english
from bitext.units.report import line_of

#: A warning before it has a path: its code, its line, what was found, what to do.
Warned = tuple[str, int, str, str]

#: Characters, hand-set: shorter texts (`Thank you.`, `谢谢大家。`) are said twice in good faith.
LEAST_TWICE = 30
#: So many times the units of the other language, hand-set: a language that has less than half of
#: the units lacks a stretch of the translation, not a paragraph here and there.
UNBALANCED = 2


def _said_twice(bitext: Bitext) -> Iterator[Warned]:
    """Units with the text of an earlier one."""
    seen: dict[tuple[str, str], Unit] = {}
    for unit, lang, text in _long_texts(bitext):
        twin = seen.setdefault((lang, text), unit)
        if twin is not unit:
            yield (
                "W-DUPLICATE",
                _first(unit.zh_span if lang == "zh" else unit.en_span),
                f"{unit.id} says in {lang} what {twin.id} says",
                "remove one if it was copied twice",
            )


def _long_texts(bitext: Bitext) -> Iterator[tuple[Unit, str, str]]:
    """The units' texts that are no mere phrases, each with its language."""
    for unit in bitext.units:
        for lang in LANGS:
            text = unit.text(lang)
            if text and len(text) >= LEAST_TWICE:
                yield unit, lang, text


def _first(lines: Span | None) -> int:
    return lines[0] if lines else 0


def _unbalanced(bitext: Bitext) -> Iterator[Warned]:
    """A language that has text in far fewer units than the other."""
    zh, en = (
        sum(bool(u.text(lang)) for u in bitext.units if u.kind not in ASIDE) for lang in LANGS
    )
    if min(zh, en) * UNBALANCED < max(zh, en):
        yield (
            "W-UNBALANCED",
            _lone_stretch(bitext.units, "en" if en < zh else "zh"),
            f"{zh} units have Chinese and {en} have English",
            "check that no translation is missing",
        )


def _lone_stretch(units: Sequence[Unit], missing: str) -> int:
    """The line where the longest stretch of text begins that has no translation."""
    best, line = 0, 1
    for lone, group in itertools.groupby(units, key=lambda u: not u.text(missing)):
        stretch = list(group)
        if lone and len(stretch) > best:
            best, line = len(stretch), line_of(stretch[0])
    return line


def _half_named(bitext: Bitext) -> Iterator[Warned]:
    """Speakers who are named in one language only."""
    for speaker in bitext.speakers:
        if not (speaker.zh and speaker.en):
            missing = "English" if speaker.zh else "Chinese"
            yield (
                "W-LABEL",
                next((line_of(u) for u in bitext.units if u.speaker == speaker.id), 1),
                f"{speaker.zh or speaker.en} has no {missing} label in this source",
                "add it under speakers in bitext.yml",
            )


def _unnamed(bitext: Bitext) -> Iterator[Warned]:
    """Turns of which nothing says who speaks."""
    unnamed = {u.turn: u for u in reversed(bitext.units) if u.turn and not u.speaker}
    if unnamed:
        yield (
            "W-LABEL",
            min(map(line_of, unnamed.values())),
            f"{len(unnamed)} turns carry no label in this source",
            "say who speaks in bitext.yml",
        )


def _doubtful(bitext: Bitext) -> Iterator[Warned]:
    """Units that carry a doubt."""
    for unit in bitext.units:
        if unit.review:
            found = f"{unit.id}: {'; '.join(english(unit.review))}"
            yield "W-PAIR", line_of(unit), found, "compare the two texts"


#: What is looked for, in the order in which it is told.
CHECKS: tuple[Callable[[Bitext], Iterator[Warned]], ...] = (
    _said_twice, _unbalanced, _half_named, _unnamed, _doubtful,
)  # fmt: skip


def warnings_of(
    bitext: Bitext, document: Document, truncation: Truncation | None
) -> Iterator[Problem]:
    """What an editor should know of the import: that the text is cut off, then what CHECKS find."""
    found: list[Warned] = []
    if truncation:
        todo = "published as is, the page says so"
        found.append(("W-TRUNCATED", truncation.line, truncation.why, todo))
    for check in CHECKS:
        found += check(bitext)
    for code, line, what, todo in found:
        yield Problem(document.path, line, f"{what} — {todo}", code)
