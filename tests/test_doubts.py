"""Texts whose import must point at a place: a doubt at the unit, or a warning with its line."""

import pytest

from bitext.align.confidence import REVIEW_PAIR
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


@pytest.mark.parametrize(
    ("zh", "en", "says"),
    [
        ("3．机器很准。", "4. The machines are exact.", "begins with number 3"),
        ("三、机器很准。", "3. The machines are exact.", ""),
        ("机器很准。", "The machines are exact.4.", "looks like the label of the next item"),
        ("机器很准。", "The machines are those of Art.4.", ""),
        ("我们坐的是2024年的B计划。", "We took the plan B.", ""),
    ],
)
def test_labels_that_differ_make_a_pair_doubtful(tmp_path, zh, en, says):
    units = imported(tmp_path, f"{HEAD}\n\n{zh}\n\n{en}\n\n{TAIL}").bitext.units
    unit = next(u for u in units if u.zh == zh)
    assert (unit.confidence < REVIEW_PAIR if says else True) and unit.en == en
    told = [why for why in unit.review if "number" in why or "label" in why]
    assert bool(told) == bool(says) and all(says in why for why in told)
