"""Lines become blocks of one language, with their labels off and nothing lost."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitext.clean.clean import clean
from bitext.clean.markers import is_marker
from bitext.read import read_bytes
from bitext.segment.blocks import segment
from bitext.segment.notes import is_vocabulary, lift
from bitext.segment.people import gather
from bitext.segment.records import Label
from bitext.segment.speakers import key_of
from bitext.text.language import language_of
from bitext.text.numbering import number_of
from bitext.text.runs import split_runs
from bitext.text.spacing import normalize
from bitext.units import ledger
from tests.claims import overlaps

CASES = Path(__file__).parent / "cases"
LANGUAGE = tomllib.loads((CASES / "language.toml").read_text("utf-8"))
WEIGHED = tomllib.loads((CASES / "weighed.toml").read_text("utf-8"))["case"]
SPEAKERS = tomllib.loads((CASES / "speakers.toml").read_text("utf-8"))["case"]


def blocks_of(text: str, name: str = "talk.txt"):
    return segment(clean(read_bytes(text.encode(), name))).blocks


@pytest.mark.parametrize("case", LANGUAGE["text"], ids=lambda c: c["label"])
def test_language_of_a_text(case):
    assert language_of(case["text"]) == case["lang"]


@pytest.mark.parametrize("case", LANGUAGE["line"], ids=lambda c: c["label"])
def test_runs_of_a_line(case):
    text = case["text"]
    how = {key: case[key] for key in ("heading", "titles", "loose") if key in case}
    runs = split_runs(text, **how)
    assert " ¦ ".join(text[r.start : r.end].strip() for r in runs) == case["runs"]
    if "tails" in case:
        assert [r.tail for r in runs] == [*case["tails"], 0]


@given(st.text(alphabet=" 。.!?！？a Bc中文/\t|“”()（）12", max_size=60))
def test_runs_cover_the_line(text):
    runs = split_runs(text)
    assert "".join(text[r.start : r.end] for r in runs) == text


@pytest.mark.parametrize("case", SPEAKERS, ids=lambda c: c["label"])
def test_speakers_of_lines(case):
    found = {}
    for block in blocks_of("\n\n".join(case["lines"])):
        if block.label:
            found.setdefault(block.first, " ".join(block.label.names))
    assert [found.get(2 * k + 1, "") for k in range(len(case["lines"]))] == case["speakers"]


@pytest.mark.parametrize("case", WEIGHED, ids=lambda c: c["label"])
def test_languages_by_what_stands_around(case):
    blocks = segment(clean(read_bytes(case["source"].encode(), case["name"]))).blocks
    zh, en = ([b.text for b in blocks if b.lang == lang] for lang in ("zh", "en"))
    assert [" | ".join(pair) for pair in zip(zh, en, strict=True)] == case["pairs"]


def test_labels_in_mid_line_part_a_blob():
    blob = "Senator Sanders: Who? Lan Xue: We all.Senator Sanders: When?Lan Xue: Now. That is it."
    found = [(b.label.en, b.text) for b in blocks_of("桑德斯：谁？\n\n" + blob) if b.lang == "en"]
    assert found == [
        ("Senator Sanders", "Who?"), ("Lan Xue", "We all."),
        ("Senator Sanders", "When?"), ("Lan Xue", "Now. That is it."),
    ]  # fmt: skip


def test_labels_where_a_line_changes_its_language():
    text = (
        "记者：能否介绍时间表？Reporter: Could you give a timetable?\n\n"
        "李维：试点明年启动。Li Wei: Pilots start next April.\n\n"
        "李维：我说的是明年四月。Li Wei: I did say April – next year: in spring.\n"
    )
    found = [(b.label.names[0], b.text) for b in blocks_of(text) if b.lang == "en"]
    assert found == [
        ("Reporter", "Could you give a timetable?"), ("Li Wei", "Pilots start next April."),
        ("Li Wei", "I did say April – next year: in spring."),
    ]  # fmt: skip


def test_label_on_a_line_of_its_own_goes_with_what_follows():
    text = "主持人：\n请讲。\n\n陈立新：\n谢谢。\n\n主持人：\n下一位。\n\n陈立新：\n好。\n"
    assert [b.label.zh for b in blocks_of(text)] == ["主持人", "陈立新", "主持人", "陈立新"]


@pytest.mark.parametrize(
    ("line", "marker"),
    [
        ("———— 以下为英文版 / English version below ————", True),
        ("[English Version Below | 中文版见下文]", True), ("中文版在最下方", True), ("English", True),
        ("Scroll down for English version", True), ("————以下为中文译文————", True),
        ("English law follows.", False), ("英文版的报告有三处不同。", False), ("中文学校", False),
    ],
)  # fmt: skip
def test_marker_lines(line, marker):
    assert is_marker(line) is marker


@pytest.mark.parametrize(
    ("line", "vocabulary"),
    [
        ("*disconcerting(adj.)令人不安的", True), ("threshold n. 门槛；起点", True),
        ("roster /ˈrɒstə/ n. 值班表", True), ("【词汇】debt n. 债务　fault n. 缺点", True),
        ("重点词汇：mitigation 减缓；resilience 韧性", True), ("词汇：本文的用词 follow 了原文。", False), ("We met in May. 大家好。", False),
        ("二轨=Track II", False), ("annex 附件", False),
    ],
)  # fmt: skip
def test_vocabulary_lines(line, vocabulary):
    assert is_vocabulary(line) is vocabulary


def test_hard_wraps_are_joined_and_short_lines_are_not():
    zh = "算力治理听起来像是工程师的事，其实它首先是一个记\n账的问题，而且这个问题已经存在了很长的时间，没有\n人愿意去碰它。"
    en = "Compute governance sounds like a matter for engineers, yet\nit is first of all a question of bookkeeping, and one that\nnobody has liked to touch."
    assert [b.lang for b in blocks_of(f"{zh}\n\n{en}\n")] == ["zh", "en"]
    assert len(blocks_of("第一点很短。\n第二点也很短。\n第三点更短。\n")) == 3


WRAPS = tomllib.loads((CASES / "wraps.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", WRAPS, ids=lambda c: c["label"])
def test_chinese_paragraphs_of_wrapped_and_of_whole_lines(case):
    found = ["".join(b.text.split()) for b in blocks_of(case["text"]) if b.lang == "zh"]
    assert found == ["".join(p.split()) for p in case["paragraphs"]]


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        (
            "　　去年秋天，市里给它装了一套信号机。头一个\n星期，绿灯变成了二十六秒，大家都说好。\n　　第二个星期又变回去了。没有人通知，也没\n有人。\n　　我去问交警。",
            ["去年秋天，市里给它装了一套信号机。头一个星期，绿灯变成了二十六秒，大家都说好。", "第二个星期又变回去了。没有人通知，也没有人。", "我去问交警。"],
        ),
        (
            "　　这张纸后来被拍了照，传到了省里，又传到了\n。\n    Someone photographed the sheet.\n　　问了四个月，有人点头。",
            ["这张纸后来被拍了照，传到了省里，又传到了。", "Someone photographed the sheet.", "问了四个月，有人点头。"],
        ),
        ("　　河边有一座水文站。\n二、机器\n　　机器每十分钟发一次数据。", ["河边有一座水文站。", "二、机器", "机器每十分钟发一次数据。"]),
    ],
)  # fmt: skip
def test_an_indented_line_begins_a_paragraph(text, paragraphs):
    found = blocks_of(text + "\n")
    assert [normalize(b.text, b.lang)[0] for b in found] == paragraphs


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (
            ["去年登上这个讲台的是英国的小说家J.K.", "Rowling女士，她学过古典文学。"],
            "小说家J.K. Rowling女士",
        ),
        (
            [
                "这种仪式在英语里没有特别好的名称，最好的说法是法语的au",
                "revoir。我们还会再相见的。",
            ],
            "au revoir。",
        ),
        (
            ["我们的气候一直在发生变化。人类排放到大气中的二氧化碳增加", "了。这使得气温上升了。"],
            "增加了。",
        ),
        (["什么是大模型", "GPT 是其中之一，它写文章。"], ""),
        (["一、总体情况", "各方认为，进展顺利。"], ""),
        (["河边的水文站换了新的机器，每十分钟发一次数据。", "GPS 也换了新的。"], ""),
    ],
)
def test_chinese_lines_that_run_over(lines, joined):
    text = "\n\n".join(["第一段讲的是河。", "\n".join(lines), "最后一段讲的是人。"])
    found = [normalize(b.text, "zh")[0] for b in blocks_of(text)]
    assert len(found) == (3 if joined else 4)
    assert joined in found[1]


@pytest.mark.parametrize(
    ("title", "body", "parts"),
    [
        ("在大会上的讲话 Address at the Congress", "谢谢。 Thank you.", 2),
        ("Address at the Congress 在大会上的讲话", "谢谢。 Thank you.", 2),
        (
            "如何使用 Visual Studio Code",
            "先打开 Visual Studio Code。 Open Visual Studio Code first.",
            1,
        ),
        ("如何使用 ChatGPT", "谢谢。 Thank you.", 1),
        ("谁来教机器认稻子（大模型）", "谢谢。 Thank you.", 1),
    ],
)
def test_a_title_in_both_languages_on_one_line(title, body, parts):
    found = [b for b in blocks_of(f"{title}\n{body}\n") if b.first == 1]
    assert len(found) == parts and " ".join(b.text for b in found) == title


@pytest.mark.parametrize(
    ("head", "below", "parts"),
    [
        ("谁来教机器认稻子（Who Teaches the Machine About Rice）", "", ["谁来教机器认稻子", "Who Teaches the Machine About Rice"]),
        ("谁来教机器认稻子 · Who Teaches the Machine About Rice", "", ["谁来教机器认稻子", "Who Teaches the Machine About Rice"]),
        ("大语言模型（Large Language Models）", "On Large Language Models\n", ["大语言模型（Large Language Models）"]),
    ],
)  # fmt: skip
def test_a_title_and_its_translation_on_one_line_are_two(head, below, parts):
    found = blocks_of(f"{head}\n{below}\n那年的雨下得很晚。\n\nThe rain came late that year.\n")
    assert [b.text for b in found if b.first == 1] == parts


def test_long_lines_of_one_mark_take_their_time_in_proportion():
    for line in (
        "a。中" * 20000,
        "这。" + " " * 200000 + "This is one.",
        "*" * 200000 + "请。 Please.",
    ):
        assert "".join(line[r.start : r.end] for r in split_runs(line)) == line


def test_a_note_is_lifted_whole_from_between_a_pair():
    text = "正文第一段已经说完了。\n\n【知识卡片】热线\n\n一、什么是热线\n\n1.随时可以接通；\n\nThe first paragraph is done.\n\n正文第二段也说完了。\n\nThe second paragraph is done as well.\n"
    body, lifted = lift(blocks_of(text))
    assert [b.lang for b in body] == ["zh", "en", "zh", "en"]
    assert [[b.text for b in item.blocks] for item in lifted] == [
        ["【知识卡片】热线", "一、什么是热线", "1.随时可以接通；"]
    ]


def test_a_note_of_one_block_ends_at_a_blank_line():
    text = "正文第一段已经说完了。\n\nThe first paragraph is done.\n\n*正字：一种计数的方法\n\n街坊们都签了名字\n"
    body, lifted = lift(blocks_of(text))
    assert [b.text for b in body][2:] == ["街坊们都签了名字"]
    assert [[b.text for b in item.blocks] for item in lifted] == [["*正字：一种计数的方法"]]


@pytest.mark.parametrize(
    ("name", "line", "text"),
    [
        ("a.md", "They asked *readers* to redo **37** papers.", "They asked readers to redo 37 papers."),
        ("a.md", "- The `left` [hand](b.md) of **it**", "The left hand of it"),
        ("a.rst", "They redid ``37`` papers, *again*.", "They redid 37 papers, again."),
        ("a.txt", "They   *all* went home.", "They   *all* went home."),
    ],
)  # fmt: skip
def test_blanks_beside_markup_stay(name, line, text):
    assert text in [b.text for b in blocks_of(f"他们都回家了。\n\n{line}\n", name)]


def test_the_mark_up_says_the_language_of_a_line_of_names():
    page = (
        '<ul><li lang="zh">Rita Dove：On the River 等</li>'
        '<li lang="en">Rita Dove: On the River and the Rain</li></ul>'
    )
    assert [b.lang for b in blocks_of(f"<html><body>{page}</body></html>", "a.html")] == [
        "zh",
        "en",
    ]


ANY_LINE = st.text(alphabet="中文治理。，：: .aBc'“”*#-|/1【】()\t\u3000\u200b", max_size=30)


@settings(max_examples=150, deadline=None)
@given(st.lists(ANY_LINE, max_size=12), st.sampled_from(["talk.txt", "talk.md"]))
def test_segment_claims_every_character_once(lines, name):
    document = read_bytes("\n".join(["中文 text", *lines]).encode(), name)
    cleaned = clean(document)
    done = segment(cleaned)
    claims = [ledger.Claim(c.span, "dropped") for c in (*cleaned.cuts, *done.cuts)]
    for block in done.blocks:
        claims += [ledger.Claim(s, "units") for s in block.passage.spans]
        claims += [ledger.Claim(s, "labels") for s in block.label_spans]
    assert list(ledger.unclaimed(document.text, claims)) == []
    assert list(overlaps(claims)) == []


def test_one_person_under_several_spellings_is_one_speaker():
    def label(zh=None, en=None):
        return Label(0, 0, zh, en)

    found, of = gather(
        [
            (label("薛澜"), label(en="Lan Xue")), (label("薛澜教授"), label(en="Xue Lan")),
            (label("主持人"), label(en="Moderator")), (label("薛澜"), None),
        ]
    )  # fmt: skip
    assert [(s.zh, s.en) for s in found] == [("薛澜", "Lan Xue"), ("主持人", "Moderator")]
    assert of[key_of("Xue Lan")] == of[key_of("薛澜教授")] == found[0].id


def test_labels_of_one_turn_in_one_language_are_one_speaker():
    """主持人：*roster (n.) 名册主持人： — no label of the source is without its speaker."""
    pairs = [(Label(0, 0, "名册主持人", None), Label(0, 0, "主持人", None))]
    [speaker], of = gather(pairs)
    assert speaker.labels_zh == ("名册主持人", "主持人")
    assert of[key_of("主持人")] == speaker.id


@pytest.mark.parametrize(
    ("pairs", "people"),
    [
        ([("王委员", "Member Wang"), ("汪委员", "Member Wang Li")] * 2, 2),
        ([("原告", "Plaintiff"), ("原告代理人", "Counsel for the Plaintiff")] * 2, 2),
        ([("议长", "The Speaker"), ("部长", "The Minister")], 2),
        ([("薛澜", "Lan Xue"), ("薛教授", "Prof. Xue")], 1),
        ([("商务部发言人何平", "Spokesperson He Ping"), ("何平", "He Ping")], 1),
    ],
)
def test_names_that_the_other_language_tells_apart(pairs, people):
    labels = [(Label(0, 0, zh, None), Label(0, 0, None, en)) for zh, en in pairs]
    assert len(gather(labels)[0]) == people


def test_a_label_behind_a_glued_full_stop_begins_behind_it():
    blob = "THE COURT: Did she?THE WITNESS: Yes. Twice.THE COURT: How many?THE WITNESS: Some."
    found = [(b.label.en, b.text) for b in blocks_of("审判长：有吗？\n\n" + blob) if b.lang == "en"]
    assert ("THE WITNESS", "Yes. Twice.") in found


def test_a_number_alone_on_its_line_belongs_to_the_next():
    text = "1.\nThe river rose.\n河水涨了。\n\n2.\n我去看水尺。\nI went to read the gauge.\n"
    found = [(b.lang, " ".join(b.text.split())) for b in blocks_of(text)]
    assert found == [
        ("en", "1. The river rose."), ("zh", "河水涨了。"),
        ("zh", "2. 我去看水尺。"), ("en", "I went to read the gauge."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heads", "found"),
    [
        (["整理读数 Log", "How to Tidy Up the Logs"], ["整理读数 Log", "How to Tidy Up the Logs"]),
        (["River Watch 2021 小结", "River Watch 2021 in Short"], ["River Watch 2021 小结", "River Watch 2021 in Short"]),
        (["水位的记录 Records of Levels", "雨量的记录 Records of Rain"], ["水位的记录", "Records of Levels", "雨量的记录", "Records of Rain"]),
    ],
)  # fmt: skip
def test_a_heading_beside_its_english_one_is_whole(heads, found):
    text = "".join(f"## {head}\n\n" for head in heads) + "河水涨了。\n\nThe river rose.\n"
    assert [b.text for b in blocks_of(text, "a.md")][: len(found)] == found


def test_short_items_of_a_list_of_pairs_are_cut():
    text = "河边有什么？\n\n- 水尺 / Gauge\n- 水文站的房子 / The station's house\n- 一条木船 / A wooden boat\n"
    found = [b.text for b in blocks_of(text, "a.md") if b.kind == "list"]
    assert found[:2] == ["水尺", "Gauge"] and len(found) == 6


def test_circled_numbers_of_lists():
    assert [number_of(t) for t in ("① 一", "⑳ 二十", "3. c", "（四）四")] == [1, 20, 3, 4]
