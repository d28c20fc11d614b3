"""Spans of the source and where each went -> Ledger, or what is counted twice or missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from bitext.model import Ledger
from bitext.text.source import Span, is_blank

PLACES = ("units", "labels", "notes", "metadata", "dropped")


@dataclass(frozen=True, slots=True)
class Claim:
    """A span of the source, and the place (one of PLACES) that it went to.

    `unit` and `lang` say whose text it is; `reason` and `key` why it is in none.
    """

    span: Span
    place: str
    unit: str = ""
    lang: str = ""
    reason: str = ""
    key: str = ""


def _visible(text: str) -> re.Pattern[str]:
    """Runs of characters of the text that are not blank, as `source.is_blank` has it."""
    return _runs("".join(sorted(c for c in set(text) if is_blank(c) and not c.isspace())))


@cache
def _runs(hidden: str) -> re.Pattern[str]:
    return re.compile(rf"[^\s{re.escape(hidden)}]+")


def count(text: str) -> int:
    """How many of the text's characters are not blank."""
    return len(text) - sum(text.count(c) for c in set(text) if is_blank(c))


def balance(text: str, claims: Iterable[Claim]) -> Ledger:
    """The ledger of `text`: how many characters went to each place. Overlaps count only once."""
    counts = dict.fromkeys(PLACES, 0)
    at = 0
    for claim in sorted(claims, key=lambda c: (c.span, c.place)):
        start, end = max(at, claim.span[0]), claim.span[1]
        if start < end:
            counts[claim.place] += count(text[start:end])
            at = end
    return Ledger(count(text), **counts)


def unclaimed(text: str, claims: Iterable[Claim]) -> Iterator[Span]:
    """The stretches of text that no claim holds and that are not blank."""
    at, visible = 0, _visible(text)
    for claim in [*sorted(claims, key=lambda c: c.span), Claim((len(text), len(text)), "dropped")]:
        start, end = claim.span
        if at < start:
            for run in visible.finditer(text, at, start):
                yield run.span()
        at = max(at, end)
