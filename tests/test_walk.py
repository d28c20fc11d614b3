"""Two strings compared: what agrees, what is listed and what differs are together both strings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitext.project.walk import Listed, walk

FEW = st.text("ab治理。", max_size=60)
PARTS = st.lists(FEW, min_size=1, max_size=6)


def listed(*pairs: tuple[str, str]) -> list[Listed]:
    return [Listed((("correction", k),), was, now) for k, (was, now) in enumerate(pairs)]


def covered(found, received: str, given: str) -> bool:
    """Whether the stretches stand side by side in both strings, from end to end."""
    rows = sorted(
        [*((s.r, s.r + s.size, s.t, s.t + s.size) for s in found.same),
         *((c.a, c.b, c.c, c.d) for c in found.changes)]
    )  # fmt: skip
    at = (0, 0)
    for a, b, c, d in rows:
        if (a, c) != at:
            return False
        at = (b, d)
    agree = all(received[s.r : s.r + s.size] == given[s.t : s.t + s.size] for s in found.same)
    return agree and at == (len(received), len(given))


@settings(max_examples=300, deadline=None)
@given(FEW, FEW, st.lists(st.tuples(FEW, FEW), max_size=3))
def test_the_walk_covers_both_strings(received, given, pairs):
    entries = listed(*pairs)
    found = walk(received, given, entries)
    assert covered(found, received, given)
    for change in found.changes:
        if change.listed:
            assert received[change.a : change.b] == change.listed.was
            assert given[change.c : change.d] == change.listed.now
    names = [n for c in found.changes if c.listed for n in c.listed.names]
    assert len(names) == len(set(names))


@settings(max_examples=200, deadline=None)
@given(FEW)
def test_the_same_string_has_no_change(text):
    assert walk(text, text).changes == ()


@settings(max_examples=300, deadline=None)
@given(FEW, FEW.filter(bool), FEW, FEW)
def test_one_listed_change_is_no_difference(head, was, now, tail):
    if was != now:
        found = walk(head + was + tail, head + now + tail, listed((was, now)))
        assert found.differences == ()


CASES = {
    "a word twice, one gone": ("是的是的是的好", "是的是的好", [("是的", "")]),
    "a sentence twice, one gone": ("甲乙。甲乙。丙", "甲乙。丙", [("甲乙。", "")]),
    "two near each other": ("abcdef", "aXcYef", [("b", "X"), ("d", "Y")]),
    "in the other order": ("abcdef", "aXcYef", [("d", "Y"), ("b", "X")]),
    "at the very end": ("abc", "abd", [("c", "d")]),
    "added": ("abc", "abxc", [("", "x")]),
    "everything": ("abc", "", [("abc", "")]),
    "one that agrees by chance": ("abab", "ab", [("ba", "")]),
}


@pytest.mark.parametrize("case", CASES)
def test_listed_changes_explain(case):
    received, given, pairs = CASES[case]
    found = walk(received, given, listed(*pairs))
    assert found.differences == () and len(found.used) == len(pairs)


def test_a_listed_change_explains_one_place_only():
    found = walk("甲乙丙" * 20 + "丁" + "甲乙丙" * 20, "甲乙丙" * 40, listed(("甲", "")))
    assert len(found.differences) == 1 and not found.used
