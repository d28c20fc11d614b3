"""A bitext -> its duplicate ids, and its references to ids that do not exist."""

from __future__ import annotations

from collections.abc import Iterator

from bitext.forms import taken_by_page
from bitext.model import LANGS, Bitext, Note, Problem, Unit


def check_references(bitext: Bitext) -> Iterator[Problem]:
    """What a reader or a link would meet: each with the line of the row that has to change."""
    units = {unit.id: unit for unit in bitext.units}
    for line, message in (
        *_check_ids(bitext),
        *_check_speakers(bitext),
        *_check_turns(bitext),
        *_check_units(bitext, units),
        *_check_notes(bitext, units),
        *_check_entries(bitext, units),
    ):
        yield Problem(bitext.path, line, message)


def _check_ids(bitext: Bitext) -> Iterator[tuple[int, str]]:
    """Everything that has an address on the page has one of its own."""
    here: dict[str, tuple[str, int]] = {}
    for id, what, line in _addressed(bitext):
        if taken_by_page(id, "transcript"):
            yield line, f"the {what} '{id}' is an id that the page has for itself; take another"
        elif id in here:
            other, at = here[id]
            todo = "take it out" if what == "former id" else f"give this {what} one of its own"
            yield line, f"the id '{id}' stands already at line {at}, of a {other}; {todo}"
        here.setdefault(id, (what, line))


def _addressed(bitext: Bitext) -> Iterator[tuple[str, str, int]]:
    """All that has an address on the page: its id, what it is, and its line."""
    turns: dict[str, int] = {}
    for unit in bitext.units:
        if unit.turn:
            turns.setdefault(unit.turn, unit.line)
    yield from ((turn, "turn", line) for turn, line in turns.items())
    yield from ((unit.id, "unit", unit.line) for unit in bitext.units)
    yield from ((note.id, "note", note.line) for note in bitext.notes)
    yield from ((old, "former id", unit.line) for unit in bitext.units for old in unit.formerly)
    yield from ((gone.id, "withdrawn id", gone.line) for gone in bitext.withdrawn)


def _check_speakers(bitext: Bitext) -> Iterator[tuple[int, str]]:
    """Two speakers have two ids."""
    first: dict[str, int] = {}
    for speaker in bitext.speakers:
        if speaker.id in first:
            yield speaker.line, f"the speaker '{speaker.id}' stands already at line {first[speaker.id]}; give this one an id of its own"  # fmt: skip
        first.setdefault(speaker.id, speaker.line)


def _check_turns(bitext: Bitext) -> Iterator[tuple[int, str]]:
    """A turn is one speaker's, and goes on until the next begins."""
    first: dict[str, Unit] = {}
    turn = ""
    for unit in bitext.units:
        if unit.speaker and not unit.turn:
            yield unit.line, f"unit {unit.id} has a speaker and no turn; give it turn: s…"
        if not unit.turn:
            continue
        begin = first.setdefault(unit.turn, unit)
        if begin is not unit and turn != unit.turn:
            yield unit.line, f"the turn {unit.turn} ended at {turn} and comes again in unit {unit.id}; give this turn an id of its own"  # fmt: skip
        elif begin.speaker != unit.speaker:
            yield unit.line, f"unit {unit.id} has the speaker '{unit.speaker or ''}', and its turn {unit.turn} has '{begin.speaker or ''}' at line {begin.line}; one turn is one speaker's"  # fmt: skip
        turn = unit.turn


def _check_units(bitext: Bitext, units: dict[str, Unit]) -> Iterator[tuple[int, str]]:
    speakers = {s.id for s in bitext.speakers}
    for unit in bitext.units:
        if unit.zh is None and unit.en is None:
            yield unit.line, f"unit {unit.id} has no text in either language; remove it or give it one"  # fmt: skip
        if unit.speaker and unit.speaker not in speakers:
            yield unit.line, f"unknown speaker '{unit.speaker}'; speakers are {', '.join(sorted(speakers))}"  # fmt: skip
        if unit.after and unit.after not in units:
            yield unit.line, f"unit {unit.id} stands after '{unit.after}', which is no unit"


def _check_notes(bitext: Bitext, units: dict[str, Unit]) -> Iterator[tuple[int, str]]:
    """A note is at a unit and quotes what stands there."""
    for note in bitext.notes:
        if note.at in units:
            yield from _check_quotes(note, units[note.at])
        else:
            holder = next((u.id for u in bitext.units if note.at in u.formerly), "")
            todo = f" any more; write at: {holder}" if holder else ""
            yield note.line, f"note {note.id} is at '{note.at}', which is no unit{todo}"


def _check_entries(bitext: Bitext, units: dict[str, Unit]) -> Iterator[tuple[int, str]]:
    """Corrections and settled doubts are of units that are there, or were."""
    places = {*units, *(old for unit in units.values() for old in unit.formerly)}
    spoken = {*places, *(unit.turn for unit in units.values()), *(s.id for s in bitext.speakers)}
    known: dict[str, set] = {"text": places, "speaker": spoken}  # metadata: a key that may be gone
    for correction in bitext.corrections:
        if correction.at not in known.get(correction.what, {correction.at}):
            yield correction.line, f"a correction is at '{correction.at}', which is no unit"
    for id in bitext.settled:
        if id not in places:
            yield 1, f"settled names '{id}', which is no unit"


def _check_quotes(note: Note, unit: Unit) -> Iterator[tuple[int, str]]:
    for lang, quote in zip(LANGS, (note.quote_zh, note.quote_en), strict=True):
        if quote and quote not in (unit.text(lang) or ""):
            yield note.line, f"note {note.id} quotes {quote[:30]!r}, which does not stand in the {lang} text of {note.at}"  # fmt: skip
