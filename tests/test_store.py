"""bitext.yml and import.json: what is written reads back the same; every mistake has its line."""

import contextlib
import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitext.library import files, store
from bitext.library.imports import (
    LabelRecord,
    LeftOutRecord,
    Record,
    SideRecord,
    SourceFile,
    UnitRecord,
    dump_record,
    parse_record,
    read_record,
)
from bitext.model import (  # fmt: skip
    LANGS,
    Bitext,
    Correction,
    Doubt,
    LeftOut,
    Note,
    SentenceBead,
    Speaker,
    Unit,
)
from bitext.text.source import is_blank

TEXT = st.text(st.characters(blacklist_categories=("Cs",)), min_size=1)
#: A text as the import gives it: tidy, with paragraphs.
TIDY = TEXT.map(lambda text: " ".join(text.split()) or "x").filter(
    lambda text: not all(map(is_blank, text))
)


def sample(zh: str, en: str) -> Bitext:
    return Bitext(
        slug="tea-talk",
        metadata={"title_zh": zh, "date": "2026-04-30"},
        record={"kind": {"zh": zh, "en": en}, "received": "2026-11-24"},
        source={"received": "2026-11-24"},
        speakers=(Speaker("wang", zh, en, labels_zh=(zh,), labels_en=(en,)),),
        units=(
            Unit(
                "s1p1", "para", zh, en, speaker="wang", turn="s1", formerly=("p9",),
                beads=(SentenceBead(len(zh), len(en), 1.0),), lines=(1, 1),
            ),
            Unit("n1", "note", zh, None, after="s1p1", lines=(1, 0)),
        ),
        notes=(Note("e1", "s1p1", "editor", zh, en, quote_en=en, sources=((en, "https://x.example/"),)),),
        corrections=(Correction("s1p1", en + "x", en, "2026-11-24", f"因{zh}", f"x{en}", "open", lang="en"),),
        left_out=(LeftOut(en, f"因{zh}", f"x{en}"),),
        settled=("s1p1",),
    )  # fmt: skip


def without_lines(bitext: Bitext) -> Bitext:
    def bare(rows):
        return tuple(dataclasses.replace(row, line=0) for row in rows)

    return dataclasses.replace(
        bitext, path="", speakers=bare(bitext.speakers), units=bare(bitext.units),
        notes=bare(bitext.notes), corrections=bare(bitext.corrections),
        left_out=bare(bitext.left_out),
    )  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(TIDY, TIDY)
def test_what_is_written_reads_back_the_same(zh, en):
    bitext = sample(zh, en)
    read, problems = store.parse_bitext(store.dump_bitext(bitext), "x.yml")
    assert problems == []
    assert without_lines(read) == bitext


MISTAKES = {
    "speaker: wang": ("speaker: li", "unknown speaker 'li'; speakers are wang"),
    "kind: note": ("kind: poem", "'kind' of a unit is 'poem'; it is para, cue"),
    "formerly:": ("formrely:", "unknown key 'formrely' in a unit; did you mean 'formerly'?"),
    "after: s1p1": ("after: s9p9", "which is no unit"),
    "id: n1": ("id: s1p1", "stands already at line"),
    "en: |\n      Hello": ("en: [1]", "'en' of a unit is a list; it is text"),
    "version: 2": ("version: 7", "this program reads 2"),
    "twin: open": ("twin: maybe", "'twin' of a correction is 'maybe'"),
    "settled: [s1p1]": ("settled: [s9p9]", "settled names 's9p9', which is no unit"),
    "- at: s1p1\n    lang": ("- at: s8p1\n    lang", "a correction is at 's8p1', which is no unit"),
}


@pytest.mark.parametrize("right", MISTAKES)
def test_every_mistake_is_told_with_its_line(right):
    wrong, message = MISTAKES[right]
    good = store.dump_bitext(sample("你好。", "Hello"))
    assert right in good
    _, problems = store.parse_bitext(good.replace(right, wrong, 1), "x.yml")
    assert any(message in str(p) for p in problems), problems
    assert all(p.line > 0 for p in problems)


def test_a_write_is_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "x" / "bitext.yml"
    files.write_atomically(path, b"old")
    monkeypatch.setattr(files.os, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with contextlib.suppress(KeyboardInterrupt):
        files.write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in path.parent.iterdir()] == ["bitext.yml"]


# --- import.json ---------------------------------------------------------------------------------

SPAN = st.tuples(st.integers(0, 999), st.integers(0, 999)).map(lambda s: (s[0], s[0] + s[1]))
PLACE = st.lists(SPAN, max_size=3).map(tuple)
GAPS = st.lists(st.tuples(st.integers(0, 99), st.text(" \u3000\u200b", max_size=2)), max_size=3).map(tuple)  # fmt: skip
SIDE = (
    st.none()
    | st.builds(SideRecord, PLACE, TEXT, GAPS)
    | st.builds(SideRecord, st.just(()), TEXT, GAPS, TEXT)
)
SURE = st.floats(0, 1).map(lambda p: round(p, 3))
FILE = st.builds(
    SourceFile, st.from_regex(r"source(\.zh)?\.[a-z]{2,5}", fullmatch=True),
    st.from_regex("[0-9a-f]{64}", fullmatch=True), TEXT, TEXT,
)  # fmt: skip
DOUBT = st.just(Doubt("heading-last")) | st.builds(Doubt, st.just("pairing"), st.tuples(TEXT))
LABELS = 3
RECORD = st.builds(
    Record,
    st.lists(FILE, max_size=2).map(tuple),
    TEXT,
    TEXT,
    st.booleans(),
    st.dictionaries(TEXT, st.integers(0, 99), max_size=2),
    st.lists(
        st.builds(
            UnitRecord, TEXT, SIDE, SIDE, st.lists(st.integers(0, LABELS - 1), max_size=3).map(tuple),
            st.none() | SURE, st.lists(SURE, max_size=3).map(tuple), st.lists(DOUBT, max_size=2).map(tuple),
        ),
        max_size=3, unique_by=lambda unit: unit.id,
    ).map(tuple),
    st.lists(
        st.builds(LabelRecord, st.sampled_from(LANGS), PLACE, st.lists(TEXT, max_size=2).map(tuple)),
        min_size=LABELS, max_size=LABELS,
    ).map(tuple),
    st.lists(st.builds(LeftOutRecord, PLACE, TEXT, st.just("") | TEXT), max_size=2).map(tuple),
    st.dictionaries(TEXT, TEXT, max_size=2),
    st.lists(st.lists(TEXT, max_size=2).map(tuple), max_size=2).map(tuple),
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(RECORD)
def test_a_record_reads_back_the_same(record):
    assert parse_record(dump_record(record)) == record


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{", '{"version": 7}', '{"version": 1}', "[" * 100_000,
        '{"version": 1, "format": "text", "layout": "", "units": [{"id": 1}]}',
        '{"version": 1, "format": "text", "layout": "", "units": [{"id": "p1", "zh": {"at": [[5, 2]], "digest": "x"}}]}',
        '{"version": 1, "format": "text", "layout": "", "units": [{"id": "p1", "zh": [1]}]}',
        '{"version": 1, "format": "text", "layout": "", "repairs": {"x": "y"}}',
        '{"version": 1, "format": "text", "layout": "", "labels": 7}',
        '{"version": 1, "format": "text", "layout": "", "metadata": [1]}',
        '{"version": 1, "format": "text", "layout": "", "repairs": [1]}',
        '{"version": 1, "format": "text", "layout": "", "speakers": 7}',
        '{"version": 1, "format": "text", "layout": "", "speakers": [7]}',
    ],
)  # fmt: skip
def test_what_is_no_record_is_one_problem(tmp_path, text):
    path = tmp_path / "import.json"
    path.write_text(text, "utf-8")
    record, problems = read_record(path)
    assert record is None and [p.code for p in problems] == ["E-RECORD"]
