"""Beads pair what belongs together, cover everything once, and know how sure they are."""

from __future__ import annotations

import json
import math
import random
import tomllib
from dataclasses import replace
from itertools import accumulate, cycle, pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitext.align.blobs import cut_blob
from bitext.align.confidence import REVIEW_BEAD, REVIEW_BREAK, cap_unpaired
from bitext.align.corridor import around
from bitext.align.evidence import MOST_EN, MOST_ZH
from bitext.align.lattice import UNIT, Corridor, Grid, Lattice, best_path
from bitext.align.lexicon import read_dictionary, stem
from bitext.align.paragraphs import Region, Structure, align_paragraphs, align_sentences
from bitext.align.segments import align_segments, format_ladder
from bitext.commands import aligning
from bitext.model import Bead
from bitext.pipeline import import_source
from bitext.read import read_bytes
from bitext.text.numbering import han_number

CASES = Path(__file__).parent / "cases" / "align"
GRAIN = CASES.parent / "documents" / "grain-english-long"


def cases(name: str):
    found = tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))["case"]
    return pytest.mark.parametrize("case", found, ids=[case["label"] for case in found])


def short(beads) -> str:
    return " ".join(
        ":".join(",".join(map(str, range(*side))) for side in (bead.zh, bead.en)) for bead in beads
    )


@cases("beads")
def test_segments_are_paired(case):
    assert short(align_segments(case["zh"], case["en"])) == case["beads"]


@cases("paragraphs")
def test_paragraphs_are_paired(case):
    assert short(paragraph_beads(case["zh"], case["en"])) == case["beads"]


def paragraph_beads(zh, en, structure=None) -> list[Bead]:
    """The paragraphs' steps as beads."""
    region = Region(zh, en, structure or Structure.none(len(zh), len(en)))
    beads, i, j = [], 0, 0
    for a, b, share in align_paragraphs([region])[0]:
        beads.append(Bead((i, i + a), (j, j + b), share))
        i, j = i + a, j + b
    return beads


@cases("blobs")
def test_a_block_is_cut_where_the_other_side_has_paragraphs(case):
    blob = case["blob"].replace("¦", "")
    offsets = [cut.offset for cut in cut_blob(case["paragraphs"], blob, case["lang"])]
    pieces = [blob[a:b] for a, b in pairwise([0, *offsets, len(blob)])]
    assert "¦".join(pieces) == case["blob"]


# What always holds ------------------------------------------------------------------------------

ZH = st.lists(
    st.sampled_from(["我们走吧。", "", "人工智能？", "x", "123", "“好。”", "\u3000"])
    | st.text(max_size=12),
    max_size=9,
)
EN = st.lists(
    st.sampled_from(["Let us go.", "", "AI?", "x", "123", '"Good."', " "]) | st.text(max_size=20),
    max_size=9,
)


def assert_covers(beads, n, m):
    i = j = 0
    for bead in beads:
        assert (bead.zh[0], bead.en[0]) == (i, j)
        assert bead.zh[1] >= i and bead.en[1] >= j and (bead.zh[1], bead.en[1]) != (i, j)
        assert 0 <= bead.posterior <= 1
        i, j = bead.zh[1], bead.en[1]
    assert (i, j) == (n, m)


@given(ZH, EN, st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)))
@settings(max_examples=150, deadline=None)
def test_every_segment_is_in_one_bead_and_none_crosses_a_wall(zh, en, zh_walls, en_walls):
    beads = align_segments(zh, en, zh_walls=zh_walls, en_walls=en_walls, en_glued=en_walls)
    assert_covers(beads, len(zh), len(en))
    for bead in beads:
        assert not any(bead.zh[0] < k < bead.zh[1] for k in zh_walls)
        assert not any(bead.en[0] < k < bead.en[1] for k in en_walls)


@given(ZH, EN, st.data())
@settings(max_examples=100, deadline=None)
def test_an_anchor_is_met(zh, en, data):
    i, j = data.draw(st.integers(0, len(zh))), data.draw(st.integers(0, len(en)))
    beads = align_segments(zh, en, anchors=[(i, j)])
    assert_covers(beads, len(zh), len(en))
    assert (i, j) in {(0, 0), *((bead.zh[1], bead.en[1]) for bead in beads)}


@given(ZH, EN)
@settings(max_examples=100, deadline=None)
def test_every_paragraph_is_in_one_bead(zh, en):
    assert_covers(paragraph_beads(zh, en), len(zh), len(en))


@given(ZH, st.text(max_size=80), st.sampled_from(["zh", "en"]))
@settings(max_examples=100, deadline=None)
def test_a_block_has_a_cut_fewer_than_paragraphs(paragraphs, blob, lang):
    cuts = cut_blob(paragraphs, blob, lang)
    assert len(cuts) == max(0, len(paragraphs) - 1)
    offsets = [cut.offset for cut in cuts]
    assert offsets == sorted(offsets) and all(0 <= at <= len(blob) for at in offsets)
    assert all(0 <= cut.posterior <= 1 for cut in cuts)


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_sentence_beads_end_where_the_texts_end(zh, en):
    beads = align_sentences(zh, en)
    if zh.strip() or en.strip():
        assert (beads[-1].zh_end, beads[-1].en_end) == (len(zh), len(en))
    else:
        assert beads == ()


def test_white_space_belongs_to_the_sentence_before_it():
    beads = align_sentences("你好。 再见。", "Hello. Goodbye.")
    assert [(b.zh_end, b.en_end) for b in beads] == [(4, 7), (7, 15)]


# The lattice ------------------------------------------------------------------------------------


def random_grid(seed: int, n: int, m: int, corridor: Corridor | None = None) -> Grid:
    draw = np.random.default_rng(seed)
    score = draw.normal(0, 2, (n + 1, MOST_ZH, MOST_EN, m + 1))
    for a in range(MOST_ZH):
        score[: a + 1, a] = -np.inf
    for b in range(MOST_EN):
        score[:, :, b, : b + 1] = -np.inf
    return Grid(
        corridor or Corridor.whole(n, m),
        lambda top, bottom, left, right: score[top + 1 : bottom + 1, :, :, left : right + 1],
        lambda i: np.full(m + 1, -1.0 - i % 3),
        lambda i: -1.5 * np.arange(m + 1),
    )


def all_paths(grid: Grid, n: int, m: int):
    """Every path with its score, by plain recursion."""
    score = grid.beads(0, n, 0, m) if n else None

    def go(i, j):
        if (i, j) == (n, m):
            yield (), 0.0
        if i < n:
            yield from extend(i, j, 1, 0, grid.down(i + 1)[j])
        if j < m:
            yield from extend(i, j, 0, 1, grid.along(i)[j + 1] - grid.along(i)[j])
        for a in range(1, min(MOST_ZH, n - i) + 1):
            for b in range(1, min(MOST_EN, m - j) + 1):
                yield from extend(i, j, a, b, score[i + a - 1, a - 1, b - 1, j + b])

    def extend(i, j, a, b, worth):
        for path, rest in go(i + a, j + b):
            yield ((i, j, a, b), *path), rest + worth

    return list(go(0, 0))


@pytest.mark.parametrize(("n", "m"), [(3, 4), (4, 3), (1, 5), (5, 1), (0, 2), (2, 0)])
def test_posteriors_are_those_of_all_paths_counted_one_by_one(n, m):
    grid = random_grid(n * 10 + m, n, m)
    paths = all_paths(grid, n, m)
    total = math.log(sum(math.exp(score) for _, score in paths))
    lattice = Lattice(grid)
    assert lattice.total == pytest.approx(total)
    steps, places = lattice.solve(watch=range(n + 1))
    i = j = 0
    for step in steps:
        bead = (i, j, step.zh, step.en)
        share = sum(math.exp(score - total) for path, score in paths if bead in path)
        assert step.posterior == pytest.approx(share, abs=1e-4)
        i, j = i + step.zh, j + step.en
    assert (i, j) == (n, m)
    for row in range(n + 1):
        first, shares = places[row]
        for column in range(m + 1):
            through = sum(
                math.exp(score - total)
                for path, score in paths
                if (row, column) in {(0, 0), *((i + a, j + b) for i, j, a, b in path)}
            )
            assert shares[column - first] / UNIT == pytest.approx(through, abs=1e-4)


@pytest.mark.parametrize("seed", range(4))
def test_the_quick_pass_takes_the_most_probable_path(seed):
    grid = random_grid(seed, 4, 4)
    best, _ = max(all_paths(grid, 4, 4), key=lambda found: found[1])
    assert [(s.zh, s.en) for s in best_path(grid)] == [(a, b) for _, _, a, b in best]


def test_a_corridor_changes_nothing_where_the_path_lies_within():
    n, m = 150, 170
    grid = random_grid(7, n, m)
    whole, _ = Lattice(grid).solve()
    i = j = 0
    points = []
    for step in whole:
        i, j = i + step.zh, j + step.en
        points.append((i, j))
    narrow = around(points, n, m, 30)
    again, _ = Lattice(random_grid(7, n, m, narrow)).solve()
    assert [(s.zh, s.en) for s in again] == [(s.zh, s.en) for s in whole]


# Long texts -------------------------------------------------------------------------------------

SUBJECTS = {
    "教授": "professor",
    "政府": "government",
    "企业": "company",
    "专家": "expert",
    "学生": "student",
    "医生": "doctor",
    "农民": "farmer",
    "记者": "reporter",
}
VERBS = {
    "支持": "supports",
    "反对": "opposes",
    "研究": "studies",
    "忽视": "neglects",
    "讨论": "discusses",
}
OBJECTS = {
    "法律": "the law",
    "安全": "safety",
    "教育": "education",
    "气候": "the climate",
    "桥梁": "the bridge",
    "大米": "rice",
    "音乐": "music",
    "历史": "history",
}


def made_up(count: int, seed: int = 1) -> list[tuple[str, str]]:
    draw = random.Random(seed)
    pairs = []
    for k in range(count):
        (a, b), (c, d), (e, f) = (draw.choice(list(t.items())) for t in (SUBJECTS, VERBS, OBJECTS))
        where = f"，见第{k}页" if k % 7 == 0 else ""
        pairs.append(
            (f"{a}{c}{e}{where}。", f"The {b} {d} {f}{f', see page {k}' if where else ''}.")
        )
    return pairs


def test_a_long_text_with_gaps_on_both_sides_is_paired():
    pairs = made_up(1500)
    in_zh = [k for k in range(1500) if not 400 <= k < 460]
    in_en = {k: j for j, k in enumerate(k for k in range(1500) if not 900 <= k < 1000)}
    true = {(i, in_en[k]) for i, k in enumerate(in_zh) if k in in_en}
    beads = align_segments([pairs[k][0] for k in in_zh], [pairs[k][1] for k in in_en])
    assert_covers(beads, len(in_zh), len(in_en))
    found = {(b.zh[0], b.en[0]) for b in beads if b.kind == "1-1"}
    assert len(found & true) >= 0.97 * len(true)


def test_the_same_input_gives_the_same_ladder():
    pairs = made_up(120, seed=3)
    zh, en = [z for z, _ in pairs], [e for _, e in pairs[:50] + pairs[52:]]
    assert list(format_ladder(align_segments(zh, en))) == list(
        format_ladder(align_segments(zh, en))
    )


@pytest.mark.parametrize(("n", "m"), [(3000, 0), (0, 3000), (3000, 2), (1, 3000)])
def test_sides_of_very_different_length(n, m):
    assert_covers(align_segments(["好。"] * n, ["Good."] * m), n, m)


def test_one_segment_may_be_huge():
    assert_covers(align_segments(["好" * 3_000_000], ["Good " * 600_000, "x"]), 1, 2)


# Confidence, words, the command -----------------------------------------------------------------


def test_a_break_that_could_be_elsewhere_is_less_sure():
    paragraphs = ["他来了。他走了。", "天气很好。"]
    clear = cut_blob(paragraphs, "He came. He left. The weather was fine.")
    unclear = cut_blob(
        paragraphs, "Somebody arrived. Nothing more was seen. Light everywhere. Quiet."
    )
    assert clear[0].posterior >= REVIEW_BREAK > unclear[0].posterior


def test_a_break_is_not_sure_where_the_sentence_beside_it_belongs_across():
    paragraphs = ["渔民把船拖到岸上修理。", "去年冬天河面结了冰。孩子们在冰上打陀螺。"]
    right = "The fishermen dragged their boats ashore for repair. Last winter the river froze over. The children spun tops on the ice."
    hidden = "The fishermen dragged their boats ashore for repair last winter the river froze over. The children spun tops on the ice."
    (clear,), (unclear,) = cut_blob(paragraphs, right), cut_blob(paragraphs, hidden)
    assert clear.posterior >= REVIEW_BREAK > unclear.posterior


@cases("confidence")
def test_beads_that_a_person_should_look_at_are_not_sure(case):
    beads = align_segments(case["zh"], case["en"])
    for bead, sure in zip(beads, case["sure"], strict=True):
        lone = bead.zh[0] == bead.zh[1] or bead.en[0] == bead.en[1]
        assert lone or (bead.posterior >= REVIEW_BEAD) == sure, bead


@pytest.mark.parametrize(("long", "count"), [("zh", 5), ("zh", 8), ("en", 4), ("en", 6)])
def test_a_segment_takes_in_more_than_the_largest_bead(long, count):
    gold = json.loads((GRAIN / "gold.json").read_text("utf-8"))["pairs"]
    sides = {lang: [pair[lang] for pair in gold] for lang in ("zh", "en")}
    sides[long][2 : 2 + count] = [" ".join(sides[long][2 : 2 + count])]
    beads = align_segments(sides["zh"], sides["en"])
    assert all(b.zh[0] < b.zh[1] and b.en[0] < b.en[1] for b in beads)
    many = ((2, 3), (2, 2 + count))
    assert (many if long == "zh" else many[::-1]) in [(b.zh, b.en) for b in beads]


DIALOGUE = [
    tuple(line.split("\t"))
    for line in (CASES / "dialogue.tsv").read_text("utf-8").splitlines()
]  # fmt: skip


@pytest.mark.parametrize("count", range(6, 13))
@pytest.mark.parametrize("long", [0, 1], ids=["zh", "en"])
@pytest.mark.parametrize("quotes", ['"', "“”"])
def test_quotations_stay_whole_where_paragraphs_are_of_different_grain(quotes, long, count):
    """A line a paragraph on one side, `count` lines on the other: units hold the same whole lines."""
    rows = [[quoted(text, quotes) for text in row] for row in DIALOGUE]
    wide = [
        (" " if long else "").join(row[long] for row in rows[k : k + count])
        for k in range(0, len(rows), count)
    ]
    sides = [wide if side == long else [row[side] for row in rows] for side in (0, 1)]
    source = "\n\n".join([*sides[0], *sides[1]])
    units = import_source(read_bytes(source.encode(), "t.md"), "t").bitext.units
    lines = [list(accumulate(len(bare(row[side])) for row in rows)) for side in (0, 1)]
    ends = [
        accumulate(len(bare(u.zh or "")) for u in units),
        accumulate(len(bare(u.en or "")) for u in units),
    ]
    zh, en = (
        [own.index(end) if end in own else -1 for end in found]
        for own, found in zip(lines, ends, strict=True)
    )
    assert zh == en and -1 not in zh and len(units) >= len(rows) - 2
    assert all(u.zh and u.en for u in units)


def quoted(text: str, marks: str) -> str:
    """The text with these quotation marks, in turn, in place of straight ones."""
    turn = cycle(marks)
    return "".join(next(turn) if c == '"' else c for c in text)


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("long", ["zh", "en"])
def test_what_is_left_over_beside_a_large_bead_is_not_told_for_sure(long):
    pairs = made_up(40, seed=5)
    sides = {"zh": [z for z, _ in pairs], "en": [e for _, e in pairs]}
    sides[long][10:20] = [" ".join(sides[long][10:20])]
    beads = align_segments(sides["zh"], sides["en"])
    assert_covers(beads, len(sides["zh"]), len(sides["en"]))
    sure = [b for b in beads if b.posterior >= REVIEW_BEAD]
    assert len(sure) > 15 and all(b.kind == "1-1" for b in sure)


def test_no_partner_is_not_told_for_sure_where_the_translation_is_free():
    def beads(kinds: str) -> list[Bead]:
        out, i, j = [], 0, 0
        for kind in kinds.split():
            a, b = map(int, kind.split("-"))
            out.append(Bead((i, i + a), (j, j + b), 0.99))
            i, j = i + a, j + b
        return out

    literal = cap_unpaired(beads("1-1 1-1 0-1 1-1 1-1 1-1"))
    free = cap_unpaired(beads("1-1 1-2 0-1 2-1 1-1 1-2"))
    large = cap_unpaired(beads("1-1 1-1 0-1 0-1 1-6 1-1 1-1 1-1 1-1"))
    lone = [[b.posterior for b in some if b.zh[0] == b.zh[1]] for some in (literal, free, large)]
    assert lone[0] == [0.99]
    assert max(lone[1] + lone[2]) <= 0.5
    assert [b.posterior for b in free if b.zh[0] < b.zh[1]] == [0.99] * 5


def test_the_ladder_never_tells_more_than_is_known():
    told = list(format_ladder([Bead((0, 1), (0, 1), 0.9699), Bead((1, 2), (1, 1), 0.97)]))
    assert told == ["[0]:[0]:0.96", "[1]:[]:0.97"]


def test_kind_and_number_decide_where_words_do_not():
    zh, en = ["甲甲。", "乙乙。", "丙丙。"], ["Aaa aa.", "Bbb bb."]
    plain = Structure.none(3, 2)
    fits = np.array([[0, 0], [6, 0], [0, 6]])
    known = replace(plain, match=lambda i, j: fits[np.ix_(i, j)])
    assert short(paragraph_beads(zh, en, known)) == "0: 1:0 2:1"
    headed = replace(known, whole_zh=np.array([False, False, True]), match=plain.match)
    assert all(b.zh in ((2, 3), (2, 2)) or b.zh[1] <= 2 for b in paragraph_beads(zh, en, headed))


def test_a_break_after_a_colon_or_dots_is_found():
    for mark, other in (("：", ":"), ("……", "...")):
        paragraphs = [f"老渔夫看着结冰的河说{mark}", "孩子们今天不去学校。"]
        blob = f"The old fisherman looked at the frozen river and said{other} The children do not go to school today."
        [cut] = cut_blob(paragraphs, blob)
        assert blob[cut.offset :].startswith("The children")


def test_a_lost_space_makes_a_break_there_surer():
    paragraphs = ["甲乙。丙丁。", "戊己。庚辛。"]
    plain = cut_blob(paragraphs, "Aa aa. Bb bb. Cc cc. Dd dd.")[0]
    lost = cut_blob(paragraphs, "Aa aa. Bb bb.Cc cc. Dd dd.")[0]
    assert (plain.glued, lost.glued) == (False, True)
    assert lost.posterior > plain.posterior


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二十三", 23),
        ("一百零五", 105),
        ("三万二千", 32000),
        ("二〇二六", 2026),
        ("两亿", 2 * 10**8),
        ("十", 10),
    ],
)
def test_chinese_numerals(text, value):
    assert han_number(text) == value


@pytest.mark.parametrize(
    "words",
    [
        "govern governs governed governing government",
        "policy policies",
        "study studies studied",
        "go went gone going",
        "child children",
    ],
)
def test_related_forms_have_one_stem(words):
    assert len({stem(word) for word in words.split()}) == 1


def test_the_dictionary_knows_both_scripts():
    dictionary = read_dictionary()
    assert dictionary.glosses("國際") == dictionary.glosses("国际") != frozenset()
    assert "國際社會".translate(dictionary.simplified) == "国际社会"


def test_the_command_prints_a_ladder(tmp_path, capsys):
    (tmp_path / "zh").write_text("你好。\n我们走吧，他说。\n", "utf-8")
    (tmp_path / "en").write_text("\ufeffHello.\r\nLet us go,\r\nhe said.\r\n", "utf-8")
    assert aligning.run(str(tmp_path / "zh"), str(tmp_path / "en")) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.rsplit(":", 1)[0] for line in lines] == ["[0]:[0]", "[1]:[1,2]"]
    assert all(0 <= float(line.rsplit(":", 1)[1]) <= 1 for line in lines)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "E-READ {}:1: cannot be read (No such file or directory) — give a text file"),
        (b"ok\n\xff\n", "E-ENCODING {}:2: byte 0xFF is not UTF-8 — save the file as UTF-8"),
        (b"ok\na\0b\n", "E-BINARY {}:2: a NUL character — give a text file"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(tmp_path, capsys, content, message):
    path = tmp_path / "zh.txt"
    if content is not None:
        path.write_bytes(content)
    assert aligning.run(str(path), str(path)) == 2
    captured = capsys.readouterr()
    assert captured.err.strip() == message.format(path) and not captured.out


@pytest.mark.parametrize(
    ("beside", "sure"),
    [
        (Bead((0, 1), (0, 1), 0.99), True),
        (Bead((0, 1), (0, 1), 0.4), False),  # a doubtful bead
        (Bead((0, 1), (0, 3), 0.99), False),  # a large one
        (Bead((0, 0), (0, 1), 0.99), False),  # a sentence alone in the other language
    ],
)
def test_a_sentence_is_alone_for_sure_only_beside_what_is_sure(beside, sure):
    lone = Bead((beside.zh[1], beside.zh[1] + 1), (beside.en[1], beside.en[1]), 0.99)
    after = [Bead((k, k + 1), (k, k + 1), 0.99) for k in range(5, 10)]
    assert (cap_unpaired([beside, lone, *after])[1].posterior >= REVIEW_BEAD) == sure
