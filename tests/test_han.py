"""What a Han character is stands once."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from bitext.pages.typography import flattened
from bitext.text.language import language_of
from bitext.text.scripts import HAN, HAN_CLASS
from bitext.text.sentences import split_sentences

ROOT = Path(__file__).resolve().parent.parent
IDEOGRAPH = re.compile("CJK (?:UNIFIED|COMPATIBILITY) IDEOGRAPH-")


def test_every_ideograph_of_unicode_is_han_and_no_letter_of_another_script():
    for code in range(0x110000):
        name = unicodedata.name(chr(code), "")
        if IDEOGRAPH.match(name):
            assert HAN.match(chr(code)), name
        elif HAN.match(chr(code)):
            assert not name or code in (0x3005, 0x3007), name


@pytest.mark.parametrize("char", "あアー한AéЖ1，。　「·")
def test_what_stands_beside_han_is_none(char):
    assert not HAN.match(char)


@pytest.mark.parametrize("char", ["々", "〇", "㐀", "一", "\uf900", "𠮷", "\U00030000"])
def test_each_place_knows_the_rare_ones(char):
    assert flattened(f"{char},x") == {1: "，"}
    assert language_of(char * 4) == "zh"
    assert len(split_sentences(f"It ended. {char * 3}。", "en")) == 2


def test_the_browser_has_the_same_ranges():
    script = (ROOT / "overrides/assets/bt/search-hit.js").read_text("utf-8")
    said = re.search(r'const HAN = "([^"]+)"', script)[1]
    said = re.sub(r"\\u\{?([0-9a-f]+)\}?", lambda m: chr(int(m[1], 16)), said.replace("\\\\", "\\"))
    assert said == HAN_CLASS
