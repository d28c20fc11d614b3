"""The import from end to end: the opening transcripts, and what holds of every import."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitext.library.imports import Record, SourceFile, dump_record, parse_record
from bitext.library.store import dump_bitext, parse_bitext
from bitext.model import Refusal
from bitext.pipeline import import_source
from bitext.project.provenance import RIGHTS, first_record, rights_page
from bitext.project.recording import record_of
from bitext.project.verify import verify
from bitext.project.visible import read_again, reader_of
from bitext.read import read, read_bytes
from bitext.source import is_blank

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"
OPENING = ("sanders-xue-panel", "track-two-perspective")


@pytest.fixture(scope="module")
def imported():
    return {
        slug: import_source(read(ROOT / "data" / "transcripts" / slug / "source.txt"), slug)
        for slug in OPENING
    }


def _units(imported, slug, kind=None):
    return [u for u in imported[slug].bitext.units if kind in (None, u.kind)]


def test_panel_has_thirteen_pairs_in_six_alternating_turns(imported):
    pairs = [u for u in _units(imported, OPENING[0], "para") if u.zh and u.en]
    ids = [
        f"s{turn}p{n}"
        for turn, size in enumerate((1, 3, 1, 4, 1, 3), 1)
        for n in range(1, size + 1)
    ]
    assert [u.id for u in pairs] == ids
    speakers = imported[OPENING[0]].bitext.speakers
    assert [(s.zh, s.en) for s in speakers] == [
        ("桑德斯参议员", "Senator Sanders"),
        ("薛澜", "Lan Xue"),
    ]
    assert [u.speaker for u in pairs] == [speakers[(int(u.id[1]) - 1) % 2].id for u in pairs]


@pytest.mark.parametrize(
    ("unit", "zh", "en"),
    [
        ("s1p1", "薛教授,国际社会曾携手合作", "Dr. Xue, the international community"),
        ("s2p1", "感谢您,参议员先生。", "Thank you, Mr. Senator."),
        ("s2p2", "国际社会已做出努力", "International community has been trying"),
        ("s2p3", "然而,上述努力较为分散", "But these efforts are fragmented"),
        ("s4p1", "中国的总体思路", "China’s overall approach"),
        ("s4p2", "首先,关于敏捷治理。", "First of all, on Agile governance"),
        ("s4p3", "其次,关于适应性治理。", "Second, on adaptive governance"),
        ("s4p4", "综合以上各要素", "Adding all these elements together"),
        ("s6p1", "第一,我们必须纠正", "First, we have to change"),
        ("s6p2", "第二,在正视地缘政治", "Second, mindful of the geopolitical"),
        ("s6p3", "第三,中美两国可以携手", "Third, US and China can work together"),
    ],
)  # fmt: skip
def test_panel_paragraphs_begin_together(imported, unit, zh, en):
    found = next(u for u in _units(imported, OPENING[0]) if u.id == unit)
    assert found.zh.startswith(zh)
    assert found.en.startswith(en)


def test_panel_introduction_is_chinese_only_and_its_title_a_pair(imported):
    units = _units(imported, OPENING[0])
    assert units[0].zh.startswith("北京时间4月30日") and units[0].en is None
    [heading] = [u for u in units if u.kind == "heading"]
    assert heading.zh == "2026年4月30日听证会薛澜教授参与本次讨论的实录:"
    assert heading.en == "Transcript of AI Scientist Panel (Q &A of Senator Sanders and Lan Xue)"


def test_panel_chrome_is_left_out_and_slips_stay(imported):
    bitext = imported[OPENING[0]].bitext
    dropped = {d.text: d.reason for d in bitext.dropped}
    assert "沙发等你来抢" in dropped
    assert "内容中包含的图片若涉及版权问题,请及时与我们联系删除" in dropped
    byline = next(text for text in dropped if text.startswith("国务院参事"))
    assert dropped[byline].startswith("metadata: ")
    text = " ".join(u.en or "" for u in bitext.units)
    for slip in (
        "guiderail",
        "did not have to ambition",
        "came out various regulations",
        "an updated commitments",
    ):
        assert slip in text
    assert bitext.repairs["missing space"] >= 6


def test_track_two_has_five_pairs_a_note_and_a_vocabulary_line(imported):
    units = _units(imported, OPENING[1])
    assert [u.id for u in units if u.zh and u.en] == ["p1", "p2", "p3", "p4", "p5"]
    [note] = [u for u in units if u.kind == "note"]
    assert (note.id, note.after, note.en) == ("n1", "p2", None)
    assert len(note.zh.split("\n")) == 14
    assert note.zh.startswith("*二轨对话") and note.zh.endswith("现在国际交流最常用。")
    [vocabulary] = [u for u in units if u.kind == "vocab"]
    assert vocabulary.zh == "*disconcerting(adj.)令人不安的、令人困惑的"
    assert imported[OPENING[1]].bitext.truncated


@pytest.mark.parametrize("slug", OPENING)
def test_every_character_is_accounted_for_once(imported, slug):
    ledger = imported[slug].bitext.ledger
    assert ledger.complete and ledger.total > 2000
    assert not any(d.reason == "not placed" for d in imported[slug].bitext.dropped)


@pytest.mark.parametrize("slug", OPENING)
def test_beads_end_where_the_texts_end(imported, slug):
    for unit in imported[slug].bitext.units:
        if unit.beads:
            assert (unit.beads[-1].zh_end, unit.beads[-1].en_end) == (len(unit.zh), len(unit.en))


@pytest.mark.parametrize("slug", OPENING)
def test_golden_bitext_and_record(imported, slug, update_golden):
    source = ROOT / "data" / "transcripts" / slug / "source.txt"
    data = source.read_bytes()
    file = SourceFile(source.name, hashlib.sha256(data).hexdigest(), *reader_of(data, source.name))
    bitext, record = record_of(imported[slug], read(source), [(file, data)])
    bitext = replace(bitext, record=first_record(bitext, "2026-11-24"))
    made = {
        "bitext.yml": dump_bitext(bitext), "import.json": dump_record(record),
        RIGHTS: rights_page(slug, record.files),
    }  # fmt: skip
    folder = GOLDEN / slug
    if update_golden:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in made.items():
            (folder / name).write_text(text, "utf-8")
    for name in ("bitext.yml", RIGHTS):
        assert made[name] == (folder / name).read_text("utf-8")
    kept = parse_record((folder / "import.json").read_text("utf-8"))
    # posteriors may differ in the last digit where another numpy rounds otherwise
    assert _without_figures(record) == _without_figures(kept)


def _without_figures(record: Record) -> Record:
    units = (
        replace(u, confidence=None, beads=(0.0,) * len(u.beads), doubts=("",) * len(u.doubts))
        for u in record.units
    )
    return replace(record, units=tuple(units))


# --- any text at all ------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "治理需要合作。",
        "Governance takes cooperation.",
        "主持人：",
        "Moderator: ",
        "问：",
        "A: ",
        "\n",
        "\n\n",
        "【知识卡片】热线",
        "- ",
        "# ",
        "1. ",
        "“你好。”",
        "《报告》",
        "（注）",
        "(see above)",
        "*roster (n.) 名册",
        "2026-06-07",
        "WAIC 2025",
        "   ",
        "\u3000",
        "\u200b",
        "|",
        " / ",
        "\t",
        "以下为英文版",
        "English version below",
        "[1] 注释。",
        "> ",
        "来源：",
        "阅读 1024",
        "Chen Lixin—",
        "Mr. Li said: ",
        "U.S.",
        "ａｂｃ",
        "ёж",
        "かな",
        "𠀀",
        "\x0b",
        "…",
    ]
)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=24),
    st.sampled_from(["a.txt", "a.md", "a.srt", "a.csv"]),
)
def test_any_text_is_refused_or_accounted_for(pieces, name):
    text = "治理需要合作，也需要时间。\n\nGovernance takes cooperation and time.\n\n" + "".join(
        pieces
    )
    try:
        document = read_bytes(text.encode("utf-8", "surrogatepass"), name)
        imported = import_source(document, "a")
        bitext = imported.bitext
    except Refusal as refusal:
        assert refusal.code.startswith("E-")
        return
    assert bitext.ledger.complete
    assert not any(d.reason == "not placed" for d in bitext.dropped)
    out = Counter("".join((u.zh or "") + (u.en or "") for u in bitext.units))
    out += Counter("".join(d.text for d in bitext.dropped))
    invented = {c for c in out - Counter(document.text) if not is_blank(c)}
    assert invented == set()
    data = text.encode("utf-8", "surrogatepass")
    file = SourceFile(name, "", *reader_of(data, name))
    written, record = record_of(imported, document, [(file, data)])
    parsed, problems = parse_bitext(dump_bitext(written), "a/bitext.yml", "a")
    assert problems == []
    assert [(u.id, u.zh, u.en) for u in parsed.units] == [(u.id, u.zh, u.en) for u in written.units]
    proof = verify(parsed, record, read_again([(data, file.reader, file.encoding)])).proof
    assert proof.problems == () and proof.ledger.complete
