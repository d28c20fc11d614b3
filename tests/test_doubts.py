"""Texts whose import must point at a place: a doubt at the unit, or a warning with its line."""

import inspect
import itertools
import re
import tomllib
from pathlib import Path

import pytest

from bitext.align import units as aligning
from bitext.align.confidence import REVIEW_PAIR
from bitext.model import Doubt, Overridable, Unit
from bitext.pipeline import import_source
from bitext.read import read
from bitext.units import doubting
from bitext.units.doubting import mark_neighbours
from bitext.units.doubts import WORDS, english, is_doubt

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


TURNS = tomllib.loads((Path(__file__).parent / "cases" / "turns.toml").read_text("utf-8"))
ANSWERS = tomllib.loads((Path(__file__).parent / "cases" / "answers.toml").read_text("utf-8"))


@pytest.mark.parametrize("case", TURNS["case"], ids=lambda c: c["label"])
def test_who_speaks_under_headings_and_behind_marks(tmp_path, case):
    path = tmp_path / case["name"]
    path.write_text(case["source"], "utf-8")
    bitext = import_source(read(path), "talk").bitext
    names = {s.id: s.en or s.zh for s in bitext.speakers} | {None: "-"}
    pairs = [u for u in bitext.units if u.kind != "heading" and u.zh and u.en]
    assert [names[u.speaker] if u.turn else "" for u in pairs] == case["who"]
    turns = [u.turn for u in pairs]
    assert len(set(turns)) == (len(pairs) if case["who"][0] else 1)
    assert bitext.ledger.complete


@pytest.mark.parametrize("case", ANSWERS["case"], ids=lambda c: c["label"])
@pytest.mark.parametrize("sequential", [False, True])
def test_who_speaks_without_a_label(tmp_path, case, sequential):
    rows = [line.split(" | ") for line in case["text"].strip().splitlines()]
    sides = [[row[k] for row in rows] for k in (0, 1)]
    order = [x for side in sides for x in side] if sequential else [x for r in rows for x in r[:2]]
    found = imported(tmp_path, "\n\n".join(order))
    names = {s.id: s.en or s.zh for s in found.bitext.speakers} | {None: "-"}
    assert [names[u.speaker] for u in found.bitext.units] == [row[2] for row in rows]
    unnamed = [w for w in found.report.warnings if "carry no label" in w.message]
    assert bool(unnamed) == any(row[2] == "-" for row in rows)


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


ROWS = [tuple(pair.split("\n\n")) for pair in re.findall(r"[^\n]+\n\n[^\n]+", TALK)]
ROWS += [
    ("下午的分组会换了一个角度，谈的是记录。", "In the afternoon the groups took another angle and spoke of records."),
    ("会议最后通过了一份只有两页的声明。", "The meeting ended by adopting a statement only two pages long."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("out", "place"),
    [([(2, 0)], 0), ([(1, 0)], 99), ([(4, 1)], 0), ([(1, 1)], 99), ([(3, 0), (1, 0)], 0), ([(2, 1), (4, 1)], 99)],
)  # fmt: skip
@pytest.mark.parametrize("more", [False, True])
def test_a_text_and_its_translation_elsewhere_are_told_together(tmp_path, out, place, more):
    """`out`: which texts (row, side) stand at the place instead; with `more`, a stranger is there too."""
    gone = [ROWS[row][side] for row, side in out]
    rest = [t for k, row in enumerate(ROWS) for n, t in enumerate(row) if (k, n) not in out]
    rest.insert(8, "猫在屋顶上睡觉。" if more else "")
    source = "\n\n".join([*gone, *rest] if place == 0 else [*rest, *gone])
    report = imported(tmp_path, source).report
    units = {u.id: u for u in report.bitext.units}
    told = {(units[a].zh, units[b].en) for a, b in report.apart}
    told |= {(u.zh, u.en) for u in units.values()}
    assert {ROWS[row] for row, _ in out} <= told
    assert report.apart and all((units[a].zh, units[b].en) in ROWS for a, b in report.apart)
    for a, b in report.apart:
        assert all(Doubt("apart", (a, b)) in units[k].review for k in (a, b))


def test_texts_that_are_alone_and_strangers_are_not_told_together(tmp_path):
    source = "\n\n".join([*ROWS[0], ROWS[1][0], *ROWS[2], *ROWS[3], ROWS[4][1], *ROWS[5]])
    assert imported(tmp_path, source).report.apart == ()


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


ROWS = (
        ("我们在河边建了一座水文站，每天记录水位。", "We built a station by the river and record its level daily."),
        ("每一次洪水之前，上游的读数都会先变。", "Before every flood the readings upstream change first."),
        ("夜里的警报没有人看，因为机器很吵。", "Nobody looks at the alarms at night, because the machines are loud."),
        ("委员会担心预算，因此推迟了维修。", "The committee was worried about the budget and put off the repairs."),
        ("孩子们从学校走上来，问星星为什么闪烁。", "Children walked up from the school and asked why stars twinkle."),
        ("那天晚上，发电机停了三次。", "That night the generator stopped three times."),
        ("一位工程师解释说，手摇柄是最后的保险。", "An engineer explained that the hand crank is the last safeguard."),
)  # fmt: skip


def _table(tmp_path, rows):
    return imported(
        tmp_path, "| 中文 | English |\n|---|---|\n" + "\n".join(f"| {a} | {b} |" for a, b in rows)
    )


def test_a_row_whose_words_do_not_match_is_told_though_its_place_is_sure(tmp_path):
    wrong = 3
    rows = [(zh, ROWS[-1][1] if k == wrong else en) for k, (zh, en) in enumerate(ROWS[:-1])]
    units = _table(tmp_path, rows).bitext.units
    told = [k for k, u in enumerate(units) if "words" in {d.code for d in u.review}]
    assert told == [wrong]
    assert units[wrong].confidence < REVIEW_PAIR


def test_a_table_of_which_one_column_is_a_row_too_low_is_no_bitext(tmp_path):
    shifted = [(a, b) for (a, _), (_, b) in itertools.pairwise(ROWS)]
    with pytest.raises(Overridable) as refusal:
        _table(tmp_path, shifted)
    assert refusal.value.code == "E-NOT-PARALLEL"


def test_every_doubt_has_words_in_both_languages_for_the_same_values():
    for code, sides in WORDS.items():
        assert set(sides) == {"zh", "en"}, code
        assert re.findall(r"\{\d\}", sides["zh"]) == re.findall(r"\{\d\}", sides["en"]), code


def test_every_doubt_that_the_import_raises_has_words():
    source = inspect.getsource(doubting) + inspect.getsource(aligning)
    raised = set(re.findall(r'Doubt\(f?"([a-z{}-]+)"', source))
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
    told = [why for why in english(unit.review) if "number" in why or "label" in why]
    assert bool(told) == bool(says) and all(says in why for why in told)


@pytest.mark.parametrize(
    ("zh", "en", "told"),
    [
        ("她是水文协会读数委员会（Readings Committee of the Hydrological Association of the Upper Valley）的主席之一。", "She co-chairs the Readings Committee of the Hydrological Association of the Upper Valley.", False),
        ("你写过夜班守则（Night Shift Protocol of the Upper Valley: 上游河谷的夜班守则）。", "You wrote about the night shift rules.", False),
        ("我们看到 Marlow Instruments and Gauges、Quillon Hydrographic Services of the North 也在夜里读数。", "We see Marlow and Quillon taking readings at night, too.", False),
        ("我们在每一座桥下都装了 Quillon 的水尺，一共装了四十七把，花了整整两年，其间换过三任站长，洪水也来过五次，读数一天都没有断过。", "We put a Quillon gauge below each bridge, forty-seven in two years.", True),
        ("夜里的警报响过以后，所有的人都到河边去看 Quillon 的水尺。", "When the alarm had rung at night all of them went down to the river to look at the Quillon gauge. " * 4, True),
    ],
)  # fmt: skip
def test_latin_words_are_no_length_of_a_chinese_text(tmp_path, zh, en, told):
    units = imported(tmp_path, f"{HEAD}\n\n{zh}\n\n{en}\n\n{TAIL}").bitext.units
    (unit,) = (u for u in units if u.zh == zh)
    assert ("length" in [d.code for d in unit.review]) == told
