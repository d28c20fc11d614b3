"""A short run of scripts/bench/fuzz_import.py: refused in one line, or imported without a loss."""

import random

import pytest
from fuzz_import import NAMES, attempt, made

#: Inputs that a long run found, by what was wrong with them.
FOUND = {
    "a footnote of two lines, without a twin, was read back as two paragraphs": " e.g. \u2028**3.5%\ufdfa---\ntitle: x\n---\n\xb2\U0001f600 > AI governanceIf one country is not safe, none of us is.\n\n\U0001f600{: #id }Lan Xue: </p>\x1b\u4e00\u56fd\u82e5\u4e0d\u5b89\u5168,\u5219\u65e0\u4e00\u56fd\u5b89\u5168\u3002\n\n",
}


@pytest.mark.parametrize("source", FOUND.values(), ids=FOUND)
def test_what_was_found_stays_mended(source):
    assert attempt(source.encode(), "a.txt") == "imported"


@pytest.mark.parametrize("seed", range(8))
def test_odd_sources_are_refused_or_accounted_for(seed):
    rng = random.Random(seed)
    ends = {attempt(made(rng), rng.choice(NAMES)) for _ in range(60)}
    assert ends == {"refused", "imported"}
