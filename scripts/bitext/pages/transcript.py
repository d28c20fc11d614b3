"""Bitext -> the Markdown of its page in one language.

The two pages of a bitext have the same ids in the same order. Where a unit has no text in the
page's language, its other text stands there, says so and carries its `lang`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bitext.kinds import BOXES
from bitext.model import LANGS, OTHER, Bitext, Note, Problem, Unit
from bitext.pages.account import account
from bitext.pages.blocks import details
from bitext.pages.callouts import (  # fmt: skip
    DIFFERS,
    Entry,
    difference_box,
    note_box,
    term_box,
)
from bitext.pages.cite_panel import cite_panel, to_panel
from bitext.pages.corrections import correction_block, corrections_at
from bitext.pages.escape import (  # fmt: skip
    address,
    escape_markdown,
    id_attribute,
)
from bitext.pages.labels import HTML_LANG, label
from bitext.pages.moved import withdrawn_ids
from bitext.pages.phrases import (  # fmt: skip
    NO_NAMES,
    NOTHING,
    Names,
    begin,
    days_of,
    front_matter,
    heading,
    named_twice,
    prose_markdown,
    summary_of,
    title_lines,
    titled,
)
from bitext.pages.record_panel import contents, record_panel
from bitext.pages.remarks import TOP, doubt_line, problem_boxes, problems_by_unit
from bitext.pages.shapes import unit_lines
from bitext.pages.top import key_line, top_line

#: An opening in the other language that has fewer characters is not folded.
LEAST_FOLDED = 100


@dataclass(frozen=True, slots=True)
class Terms:
    """The glossary as one page needs it. `found` has the occurrences to mark, by unit id."""

    found: Mapping[str, Sequence] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)  # by id, in the glossary's order

    def at(self, unit: Unit) -> Iterator[Entry]:
        """The terms marked in a unit, each once."""
        yield from (self.entries[i] for i in dict.fromkeys(o.term_id for o in self.found.get(unit.id, ())))  # fmt: skip


def transcript_page(
    bitext: Bitext,
    lang: str,
    terms: Terms | None = None,
    problems: Sequence[Problem] = (),
    names: Names = NO_NAMES,
) -> str:
    """The page's Markdown, complete. With `problems` it is a draft: each stands at its unit.

    `names` has the site's form of each person's name: it stands in the page's own lists, while the
    text keeps the source's.
    """
    terms = terms or Terms()
    faults = problems_by_unit(bitext, problems)
    title = titled(bitext, lang)
    out = front_matter(title[0], summary_of(bitext, lang), "transcript", day=days_of(bitext))
    out += title_lines(title, titled(bitext, OTHER[lang]), lang)
    out += [*top_line(bitext, lang, names), *key_line(bitext, lang)]
    out += problem_boxes(faults.get(TOP, ()), lang)
    out += [*record_panel(bitext, lang, names), *cite_panel(bitext, lang, names)]
    out += contents(bitext, lang, names)
    out += _Text(bitext, lang, terms, faults).lines()
    if bitext.truncated:
        out += [label(lang, "truncated"), "{ .bt-truncated }", ""]
    out += [
        *_terms(terms, lang),
        *account(bitext, lang),
        *withdrawn_ids(bitext, lang),
        to_panel(lang),
    ]
    return "\n".join(out).rstrip("\n") + "\n"


# --- the text ------------------------------------------------------------------------------------


class _Text:
    """The units of a page with all that stands at them, in order."""

    def __init__(
        self, bitext: Bitext, lang: str, terms: Terms, faults: Mapping[str, Sequence[Problem]]
    ):
        self.bitext, self.lang, self.terms, self.faults = bitext, lang, terms, faults
        self.fixes = corrections_at(bitext)
        self.notes: dict[str, list[Note]] = {}
        for note in bitext.notes:
            self.notes.setdefault(note.at, []).append(note)
        differ = [n for u in bitext.units for n in self.notes.get(u.id, ()) if n.kind == DIFFERS]
        self.onward = {a.id: b for a, b in pairwise(differ)}
        self.introduced: set[str] = set()  # speakers
        self.explained: set[str] = set()  # terms

    def lines(self) -> Iterator[str]:
        """All of it; an opening of the other language is folded."""
        units, lang = self.bitext.units, self.lang
        opening = units[: opening_of(units, lang)]
        if opening:
            body = [line for unit in opening for line in self._at(unit, folded=True)]
            seen = any(self.faults.get(unit.id) for unit in opening)
            yield from details(_fold_head(opening, lang), "bt-fold", body, opened=seen)
        turn = None
        for unit in units[len(opening) :]:
            if unit.turn and unit.turn != turn:
                turn = unit.turn
                yield from _turn(self.bitext, unit, turn, lang, self.introduced)
            yield from self._at(unit)

    def _at(self, unit: Unit, *, folded: bool = False) -> Iterator[str]:
        """One unit with what stands at it."""
        lang = self.lang
        yield from problem_boxes(self.faults.get(unit.id, ()), lang)
        yield from unit_lines(unit, lang, self.terms.found.get(unit.id, ()), folded=folded)
        notes = self.notes.get(unit.id, ())
        yield from difference_box(notes, lang, self.onward)
        for number, item in self.fixes.get(unit.id, ()):
            yield from correction_block(self.bitext, number, item, lang)
        if unit.review:
            yield from doubt_line(unit.review, lang)
        # Once a page, also where a term is marked in each turn.
        new = [e for e in self.terms.at(unit) if e.callout and e.id not in self.explained]
        self.explained |= {entry.id for entry in new}
        yield from term_box(new, lang)
        yield from note_box(notes, lang)


def opening_of(units: Sequence[Unit], lang: str) -> int:
    """How many units at a text's head have no text in `lang`; 0 where they are not worth a fold,
    or nothing follows. Turns and the source's own notes are never folded."""
    count = 0
    for unit in units:
        if unit.turn or unit.kind in BOXES or unit.text(lang) is not None:
            break
        count += 1
    size = sum(len(unit.text(OTHER[lang]) or "") for unit in units[:count])
    return count if count < len(units) and size >= LEAST_FOLDED else 0


def _fold_head(opening: Sequence[Unit], lang: str) -> str:
    """How long a folded opening is, and how it begins."""
    side = OTHER[lang]
    texts = [unit.text(side) or "" for unit in opening]
    size = sum(len("".join(t.split())) if side == "zh" else len(t.split()) for t in texts)
    text, _ = begin(opening[0], lang)
    first = f'<span lang="{HTML_LANG[side]}">{escape_markdown(text)}</span>'
    return f"{label(lang, f'fold_{side}', n=size)} {first}"


def _turn(bitext: Bitext, unit: Unit, turn: str, lang: str, seen: set[str]) -> Iterator[str]:
    speaker = bitext.speaker(unit.speaker)
    if speaker is None:  # as the answers where only the questions are labelled
        yield from (heading(2, label(lang, "unnamed"), f"{id_attribute(turn)} .bt-turn"), "")
        return
    yield from (heading(2, named_twice(speaker, lang), f"{id_attribute(turn)} .bt-turn"), "")
    role = speaker.role_zh if lang == "zh" else speaker.role_en
    shown = [prose_markdown(role or "", lang)]
    if speaker.person:
        shown.append(f"[{label(lang, 'all_turns')}](../speakers/{address(speaker.person)}.md)")
    if speaker.id not in seen and any(shown):
        yield from (" · ".join(filter(None, shown)), "{ .bt-role }", "")
    seen.add(speaker.id)
    if unit.original in LANGS:
        key = "as_spoken" if unit.original == lang else "translated"
        text = label(lang, key, lang=label(lang, f"lang_{unit.original}"))
        yield from (text, "{ .bt-spoken }", "")


# --- the terms -----------------------------------------------------------------------------------


def _terms(terms: Terms, lang: str) -> Iterator[str]:
    """The terms of the text, each once: both names, how often it occurs, what it means.

    The card that a term opens in the text is made of these.
    """
    linked = {o.term_id for found in terms.found.values() for o in found}
    entries = [e for e in terms.entries.values() if e.times or e.id in linked]
    if not entries:
        return
    body: list[str] = []
    for entry in entries:
        name = (
            f"[{prose_markdown(entry.name, lang) or NOTHING}](../glossary/{address(entry.id)}.md)"
        )
        times = f" {label(lang, 'times', n=entry.times)}" if entry.times else ""
        body += [entry.heading(lang, name) + times]
        body += [f":   {prose_markdown(entry.text, lang) or NOTHING}", ""]
    yield from ('<section class="bt-terms" markdown>', "")
    yield from (f"## {label(lang, 'terms')} {{ #terms }}", "")
    yield from details(label(lang, "terms_n", n=len(entries)), "bt-term-list", body)
    yield from ("</section>", "")
