"""A short run of scripts/bench/fuzz_import.py: refused in one line, or imported without a loss."""

import random

import pytest
from fuzz_import import NAMES, attempt, made


@pytest.mark.parametrize("seed", range(8))
def test_odd_sources_are_refused_or_accounted_for(seed):
    rng = random.Random(seed)
    ends = {attempt(made(rng), rng.choice(NAMES)) for _ in range(60)}
    assert ends == {"refused", "imported"}
