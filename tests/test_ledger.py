"""The account of every character: complete, without overlaps, honest about what is missing."""

from __future__ import annotations

import itertools
import sys

from hypothesis import given
from hypothesis import strategies as st

from bitext.text.source import is_blank
from bitext.units import ledger
from bitext.units.ledger import Claim
from tests.claims import overlaps

ANY = st.text(max_size=80)


@given(ANY)
def test_count_is_of_what_is_not_blank(text):
    assert ledger.count(text) == sum(not is_blank(c) for c in text)


def test_blank_is_the_same_for_every_character():
    for start in range(0, sys.maxunicode + 1, 4096):
        chunk = [chr(c) for c in range(start, start + 4096) if not 0xD800 <= c < 0xE000]
        assert ledger.count("".join(chunk)) == sum(not is_blank(c) for c in chunk)


@given(ANY, st.lists(st.integers(0, 80), max_size=6))
def test_parts_of_a_text_add_up(text, cuts):
    edges = sorted({0, len(text), *(min(c, len(text)) for c in cuts)})
    places = ledger.PLACES
    claims = [
        Claim((a, b), places[k % len(places)]) for k, (a, b) in enumerate(itertools.pairwise(edges))
    ]
    done = ledger.balance(text, claims)
    assert done.complete and done.accounted == done.total
    assert list(ledger.unclaimed(text, claims)) == list(overlaps(claims)) == []


def test_a_gap_and_an_overlap_are_found():
    claims = [Claim((0, 3), "units"), Claim((2, 4), "dropped")]
    done = ledger.balance("abcdefg h", claims)
    assert not done.complete and (done.units, done.dropped, done.total) == (3, 1, 8)
    assert list(ledger.unclaimed("abcdefg h", claims)) == [(4, 7), (8, 9)]
    assert len(list(overlaps(claims))) == 1
