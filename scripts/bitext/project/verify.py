"""Bitext, import record and source bytes -> Proof that what is published is what was received.

For each language it proves: the visible characters, with listed corrections undone and listed
omissions put back; the white space between them; each turn's label and speaker; and that every other
character of the source is a label, markup, metadata or left out with a reason. The pairing is not
made again, so a better aligner raises no false alarm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from bitext.library.imports import Record
from bitext.model import CALLED, LANGS, Bitext, Ledger, Problem, Proof
from bitext.project import entries
from bitext.project.account import altered, dropped, ends_behind, ledger_of, unaccounted, with_lines
from bitext.project.received import metadata, title, with_places
from bitext.project.sides import Side, side_of
from bitext.project.speaking import speaking
from bitext.project.visible import Visible, bare
from bitext.project.walk import Name
from bitext.project.whitespace import Found, white_space


@dataclass(frozen=True, slots=True)
class Compared:
    """A bitext beside its source read again: each language's walk, and its white space."""

    bitext: Bitext
    record: Record
    source: Visible
    sides: tuple[Side, ...]
    found: tuple[Found, ...]  # of each side

    @property
    def used(self) -> set[Name]:
        """The entries that explained something."""
        spaces = {name for found in self.found for name in found.used}
        return spaces | {name for side in self.sides for name in side.walk.used}


def _words(it: Compared) -> Iterator[Problem]:
    """Visible characters that differ and are not listed."""
    for side in it.sides:
        yield from entries.differences(it.bitext, side, it.source)


def _spaces(it: Compared) -> Iterator[Problem]:
    """White space that differs and is not listed, and digests that are of another text."""
    for side, found in zip(it.sides, it.found, strict=True):
        yield from entries.spaces(it.bitext, side, it.source, found.places)
        yield from altered(it.bitext, side.lang, found.altered)


def _respaced(it: Compared) -> Iterator[Problem]:
    """Entries whose words stand in the text with other white space."""
    for side in it.sides:
        yield from entries.respaced(it.bitext, side)


def _unused(it: Compared) -> Iterator[Problem]:
    """Entries of what did not happen."""
    return entries.unused(it.bitext, it.sides, it.used)


def _metadata(it: Compared) -> Iterator[Problem]:
    """Metadata that was not read out of the source, and a title that is nobody's."""
    yield from metadata(it.bitext, it.record)
    yield from title(it.bitext)


def _speakers(it: Compared) -> Iterator[Problem]:
    """Turns that another speaks than the source's labels say."""
    return speaking(it.bitext, it.record, it.source, it.sides)


def _account(it: Compared) -> Iterator[Problem]:
    """Characters of the source that nothing accounts for, or that are counted twice."""
    return unaccounted(it.bitext, it.record, it.source)


#: What is asked of a bitext, in the order in which an editor is told.
RULES: tuple[Callable[[Compared], Iterator[Problem]], ...] = (
    _words, _spaces, _respaced, _unused, _metadata, _speakers, _account,
)  # fmt: skip


def verify(bitext: Bitext, record: Record | None, source: Visible | None, why: str = "") -> Bitext:
    """The bitext with its proof, its ledger, what was left out, and the source lines of its units.

    `source` is None where the source cannot be read again; `why` says why.
    """
    if record is None or source is None:
        total = sum(len(bare(u.text(lang))) for u in bitext.units for lang in LANGS)
        return replace(bitext, proof=Proof(0, 0, total, None, (why or "no record of an import",)))
    record = with_places(record, bitext, source)
    if ends_behind(record, source):
        total, beyond = len(source.text), tuple(unaccounted(bitext, record, source))
        return replace(bitext, proof=Proof(0, total, 0, None, (), beyond))
    sides = tuple(side_of(bitext, record, source, lang) for lang in LANGS)
    found = tuple(white_space(bitext, side) for side in sides)
    it = Compared(bitext, record, source, sides, found)
    problems = [entries.fitted(bitext, problem) for rule in RULES for problem in rule(it)]
    ledger = ledger_of(bitext, record, source, sides)
    return replace(
        bitext, proof=_proof(it, ledger, problems), ledger=ledger,
        units=tuple(with_lines(bitext, record, source)),
        dropped=tuple(dropped(bitext, record, source, sides)),
    )  # fmt: skip


def _proof(it: Compared, ledger: Ledger, problems: Sequence[Problem]) -> Proof:
    """The proof: each visible character of the source is proved, contradicted or unknown."""
    wrong = sum(max(d.b - d.a, d.d - d.c) for s in it.sides for d in s.walk.differences)
    wrong = min(ledger.total, wrong or int(bool(problems)))
    unknown = sum(len(i.chars) for s in it.sides for i in s.received if not i.place)
    unknown = min(unknown, ledger.total - wrong)
    unchecked = tuple(_unchecked(it.record, it.sides))
    return Proof(ledger.total - wrong - unknown, wrong, unknown, ledger, unchecked, tuple(problems))


def _unchecked(record: Record, sides: Sequence[Side]) -> Iterator[str]:
    """What the proof's reader does not find in the source: it is held to the import's own words."""
    for side in sides:
        for item in side.received:
            if not item.place:
                yield f"the {CALLED[side.lang]} of {item.record.id}"
    for label in record.labels:
        if not label.at:
            yield f"the label {entries.short(' / '.join(label.names))}"
