"""bitext.yml: what is written reads back the same; every mistake has its line."""

import contextlib
import dataclasses

from hypothesis import given, settings
from hypothesis import strategies as st

from bitext import files
from bitext.library import store
from bitext.model import (
    Bitext,
    Correction,
    Doubt,
    Dropped,
    Ledger,
    Note,
    SentenceBead,
    Speaker,
    Unit,
)

TEXT = st.text(st.characters(blacklist_categories=("Cs",)), min_size=1)


def sample(zh: str, en: str) -> Bitext:
    return Bitext(
        slug="tea-talk",
        metadata={"title_zh": zh, "date": "2026-04-30"},
        record={"kind": {"zh": zh, "en": en}},
        source={"file": "source.txt", "sha256": "0" * 64},
        speakers=(Speaker("wang", zh, en, labels_zh=(zh,), labels_en=(en,)),),
        units=(
            Unit(
                "s1p1", "para", zh, en, speaker="wang", turn="s1", confidence=0.9,
                beads=(SentenceBead(len(zh), len(en), 0.9),), zh_span=(1, 1), en_span=(2, 2),
                review=(Doubt("pairing", ("0.80",)),), formerly=("p9",),
            ),
            Unit("n1", "note", zh, None, after="s1p1"),
        ),
        notes=(Note("e1", "s1p1", "editor", zh, en, quote_en=en, sources=((en, "https://x.example/"),)),),
        corrections=(Correction("s1p1", "2026-11-24", "en", en + "x", en, zh, en),),
        dropped=(Dropped(en, "why", 3),),
        repairs={"space after a full stop": 2},
        ledger=Ledger(10, 5, 0, 5, 0, 0),
        truncated=True,
    )  # fmt: skip


def without_lines(bitext: Bitext) -> Bitext:
    def bare(rows):
        return tuple(dataclasses.replace(row, line=0) for row in rows)

    return dataclasses.replace(
        bitext, path="", speakers=bare(bitext.speakers), units=bare(bitext.units),
        notes=bare(bitext.notes), corrections=bare(bitext.corrections),
    )  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(TEXT, TEXT)
def test_what_is_written_reads_back_the_same(zh, en):
    bitext = sample(zh, en)
    read, problems = store.parse_bitext(store.dump_bitext(bitext), "x.yml")
    assert problems == []
    assert without_lines(read) == bitext


MISTAKES = {
    "speaker: wang": ("speaker: li", "unknown speaker 'li'; speakers are wang"),
    "kind: para": ("kind: poem", "'kind' of a unit is 'poem'; it is para, heading"),
    "turn: s1": ("trun: s1", "unknown key 'trun' in a unit; did you mean 'turn'?"),
    "after: s1p1": ("after: s9p9", "which is no unit"),
    "id: n1": ("id: s1p1", "stands already at line"),
    "beads: [[3, 5, 0.9]]": ("beads: [[9, 9, 0.9]]", "no longer fit"),
    "en: null": ("en: [1]", "'en' of a unit is a list; it is text"),
    "version: 1": ("version: 7", "this program reads 1"),
}


def test_every_mistake_is_told_with_its_line():
    good = store.dump_bitext(sample("你好。", "Hello"))
    for right, (wrong, message) in MISTAKES.items():
        assert right in good, right
        bad = good.replace(right, wrong, 1)
        _, problems = store.parse_bitext(bad, "x.yml")
        assert any(message in str(p) for p in problems), (wrong, problems)
        assert all(p.line > 0 for p in problems)


def test_a_write_is_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "x" / "bitext.yml"
    files.write_atomically(path, b"old")
    monkeypatch.setattr(files.os, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with contextlib.suppress(KeyboardInterrupt):
        files.write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in path.parent.iterdir()] == ["bitext.yml"]
