"""Titles leave the text in both languages or in neither."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bitext.pipeline import import_source
from bitext.read import read_bytes

CASES = tomllib.loads((Path(__file__).parent / "cases" / "titles.toml").read_text("utf-8"))["case"]
ZH = (
    "人工智能的发展速度远远超过治理的速度，这是我们必须面对的现实。",
    "各国需要建立共同的风险评估机制，并且定期交换信息。",
    "去年11月，两国专家在日内瓦举行了三轮会谈。",
)
EN = (
    "AI is developing far faster than governance, and that is a reality we must face.",
    "Countries need a shared mechanism for assessing risk, and they should exchange information regularly.",
    "Last November, experts from both countries held three rounds of talks in Geneva.",
)
TEXTS = {
    "zh": "\n\n".join(ZH),
    "en": "\n\n".join(EN),
    "both": "\n\n".join(f"{a}\n\n{b}" for a, b in zip(ZH, EN, strict=True)),
}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_titles(case):
    source = case["source"].format(**TEXTS)
    name = "a.md" if source.startswith("#") else "a.txt"
    bitext = import_source(read_bytes(source.encode(), name), "x").bitext
    heads = [f"{u.zh or '-'} | {u.en or '-'}" for u in bitext.units if u.kind == "heading"]
    assert heads == case["heads"]
    for key in ("title_zh", "title_en", "date", "author"):
        assert bitext.metadata.get(key) == case.get(key)
    pairs = [(u.zh, u.en) for u in bitext.units]
    assert all(pair in pairs for pair in zip(ZH, EN, strict=True))
    assert bitext.ledger.complete
