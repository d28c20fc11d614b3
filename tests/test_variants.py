"""One table says which simplified character a traditional one is, and OpenCC made it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bitext.glossary.occurrences import simplify as glossary_key
from bitext.search.fold import fold_char
from bitext.text import variants
from bitext.text.names import SURNAMES
from bitext.text.variants import simplified, simplify

HEAD = """\
# A traditional character and its simplified form, a pair a line, by their code points: OpenCC's
# t2s, as far as one character stands for one. Made by tests/test_variants.py; to renew it, run
# `pytest tests/test_variants.py --update-golden` with a newer OpenCC and read the diff.
"""
#: The ideographs with an own code: the compatibility forms are folded before they are looked up.
RANGES = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF))


def made_by_opencc() -> str:
    from opencc import OpenCC

    block = [chr(code) for first, last in RANGES for code in range(first, last + 1)]
    pairs = zip(block, OpenCC("t2s").convert("\n".join(block)).split("\n"), strict=True)
    return HEAD + "".join(f"{a}{b}\n" for a, b in pairs if a != b and len(b) == 1)


def test_the_table_is_what_opencc_says(update_golden):
    made = made_by_opencc()
    if update_golden:
        variants.TABLE.write_text(made, "utf-8")
    assert variants.TABLE.read_text("utf-8") == made


@pytest.mark.parametrize("traditional", sorted("國際會議實錄責編對話龍羅後"))
def test_all_rooms_read_a_character_alike(traditional):
    assert fold_char(traditional) == glossary_key(traditional) == simplify(traditional)
    assert simplify(traditional) == simplified()[traditional] != traditional


def test_places_stay_where_they_are():
    text = "《國際對話》2026年第3期，龍先生：“讓我們開始。” Ａ 𠮷"
    assert len(simplify(text)) == len(text)
    assert re.sub("[國際對話龍讓們開]", "", text) == re.sub(
        "[国际对话龙让们开]", "", simplify(text)
    )


def test_a_surname_in_one_script_is_a_surname_in_the_other():
    assert [name for name in SURNAMES if simplify(name) not in SURNAMES] == []


def test_no_other_file_has_a_table_of_its_own():
    package = Path(variants.__file__).parent.parent
    assert [f.name for f in package.rglob("*.py") if "opencc" in f.read_text("utf-8").lower()] == ["variants.py"]  # fmt: skip
