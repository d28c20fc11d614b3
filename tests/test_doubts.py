"""Texts whose import must point at a place: a doubt at the unit, or a warning with its line."""

import inspect
import re

import pytest

from bitext import pipeline
from bitext.doubts import WORDS, is_doubt
from bitext.model import Unit
from bitext.pipeline import import_source, mark_neighbours
from bitext.read import read

TALK = "\n\n".join(
    f"{zh}\n\n{en}"
    for zh, en in (
        ("我们在河边建了一座水文站，每天记录水位。", "We built a station by the river and record its level daily."),
        ("每一次洪水之前，上游的读数都会先变。", "Before every flood the readings upstream change first."),
        ("机器很准，但是夜里的警报没有人看。", "The machines are exact, but nobody reads the alarms at night."),
        ("所以我们请回了值夜班的人。", "So we called back the people of the night shift."),
    )
)  # fmt: skip
HEAD, TAIL = TALK.split("\n\n机器", 1)
TAIL = "机器" + TAIL


def imported(tmp_path, text):
    path = tmp_path / "talk.md"
    path.write_text(text, "utf-8")
    return import_source(read(path), "talk")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"## 过去\n\n## The past\n\n{HEAD}\n\n## 现在\n\n## Today\n\n{TAIL}", ""),
        (f"{HEAD}\n\n## 现在\n\n## Today\n\n{TAIL}\n\n## 参考阅读\n", "no text behind it"),
        (f"{HEAD}\n\n{TAIL}", ""),
    ],
)
def test_headings_without_a_partner(tmp_path, text, says):
    found = [w for w in imported(tmp_path, text).report.warnings if "heading" in w.message]
    assert bool(found) == bool(says)
    assert all(says in w.message for w in found)


def test_an_unpaired_heading_among_paired_ones_is_marked(tmp_path):
    first, second = HEAD.split("\n\n每一次", 1)
    text = f"{first}\n\n## 现在\n\n## Today\n\n每一次{second}\n\n## 明天\n\n{TAIL}"
    marked = [u for u in imported(tmp_path, text).bitext.units if u.review]
    assert [(u.zh, u.en) for u in marked] == [("明天", None)]


def test_warnings_name_the_line(tmp_path):
    text = f"主持人：请讲。\n\nModerator: Please.\n\n陈立新：谢谢。\n\nThank you.\n\n主持人：{TALK}"
    [label] = [w for w in imported(tmp_path, text).report.warnings if w.code == "W-LABEL"]
    assert label.line == 5 and "陈立新" in label.message


def test_a_stretch_without_translation_is_named_by_its_first_line(tmp_path):
    alone = "\n\n".join(f"这一段没有译文，讲的是第{n}年的旧事。" for n in "一二三四五六七八九")
    found = imported(tmp_path, f"{TALK}\n\n{alone}").report.warnings
    assert [w.line for w in found if w.code == "W-UNBALANCED"] == [TALK.count("\n") + 3]


@pytest.mark.parametrize(
    ("sides", "marked"),
    [
        ([("甲", "A"), ("乙", None), (None, "B"), ("丙", "C")], [1, 2]),
        ([("甲", "A"), ("乙", None), ("丁", None), ("丙", "C")], []),
        ([("甲", "A"), (None, "B"), ("丙", "C"), ("丁", None)], []),
    ],
)
def test_texts_alone_side_by_side_are_marked(sides, marked):
    units = [Unit(f"p{k}", "para", zh, en) for k, (zh, en) in enumerate(sides)]
    assert [k for k, u in enumerate(mark_neighbours(units)) if u.review] == marked


def test_every_doubt_has_words_in_both_languages_for_the_same_values():
    for code, sides in WORDS.items():
        assert set(sides) == {"zh", "en"}, code
        assert re.findall(r"\{\d\}", sides["zh"]) == re.findall(r"\{\d\}", sides["en"]), code


def test_every_doubt_that_the_import_raises_has_words():
    raised = set(re.findall(r'Doubt\(f?"([a-z{}-]+)"', inspect.getsource(pipeline)))
    raised |= set(re.findall(r'why = "([a-z-]+)"', inspect.getsource(pipeline)))
    raised |= {"alone-zh", "alone-en"}
    spelt = {code.replace("{lang}", lang) for code in raised for lang in ("zh", "en")}
    assert spelt == set(WORDS)


@pytest.mark.parametrize(
    ("code", "values", "ok"),
    [
        ("pairing", ["0.67"], True),
        ("heading-last", [], True),
        ("pairing", [], False),
        ("pairing", [0.67], False),
        ("poem", [], False),
        (None, [], False),
    ],
)
def test_only_a_known_doubt_with_its_values_is_read(code, values, ok):
    assert is_doubt(code, values) == ok
