"""Claims of a source's characters -> those that are claimed twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bitext.units.ledger import Claim


def overlaps(claims: Iterable[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """The pairs of claims that hold the same characters."""
    before: Claim | None = None
    for claim in sorted(claims, key=lambda c: c.span):
        if claim.span[0] == claim.span[1]:
            continue
        if before and claim.span[0] < before.span[1]:
            yield before, claim
        if before is None or claim.span[1] > before.span[1]:
            before = claim
