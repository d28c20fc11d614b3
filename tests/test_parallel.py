"""Whether a text is a bitext at all, and what overrides a refusal by rule of thumb."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from bitext.__main__ import main
from bitext.clean.clean import clean
from bitext.model import Bitext, Overridable, Refusal, Unit
from bitext.pair import parallel
from bitext.pair.pairs import pair
from bitext.pipeline import import_source
from bitext.read import read_bytes, read_pair, refuse_unusable
from bitext.segment.blocks import segment
from bitext.units.refusing import hardly_a_pair

HERE = Path(__file__).parent / "cases"
CASES = tomllib.loads((HERE / "parallel.toml").read_text("utf-8"))["case"]
LISTS = tomllib.loads((HERE / "vocabulary.toml").read_text("utf-8"))["case"]


def source(case) -> bytes:
    rows = [line.split("|") for line in case["text"].strip().splitlines()]
    if case.get("sequential"):
        rows = [[row[k] for row in rows] for k in (0, 1)]
    return "\n\n".join(text for row in rows for text in row).encode()


def matched(data: bytes) -> parallel.Match:
    blocks = segment(clean(read_bytes(data, "talk.txt"))).blocks
    return parallel.match(pair(blocks).pairs)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_a_text_is_parallel_or_refused(case):
    document = read_bytes(source(case), "talk.txt")
    if case["parallel"]:
        assert any(u.zh and u.en for u in import_source(document, "talk").bitext.units)
        return
    with pytest.raises(Overridable) as caught:
        import_source(document, "talk")
    assert caught.value.code == "E-NOT-PARALLEL"


def test_no_document_of_the_cases_is_near_the_threshold():
    """Their sentences match by three times what is asked for, and more."""
    for folder in sorted((HERE / "documents").glob("*/")):
        gold = json.loads((folder / "gold.json").read_text("utf-8"))
        files = sorted(folder.glob("source.*"))
        if "refused" in gold or len(files) != 1:
            continue
        blocks = segment(clean(read_bytes(files[0].read_bytes(), files[0].name))).blocks
        match = parallel.match(pair(blocks).pairs)
        assert not match.judged or match.margin > 3 * match.least, (folder.name, match)


@pytest.mark.parametrize(("sure", "refused"), [(1, True), (2, False)])
def test_a_text_of_unlikely_pairs_is_refused(sure, refused):
    chances = [0.9] * sure + [0.1] * (6 - sure)
    units = tuple(Unit(f"p{k}", "para", "甲", "A", confidence=p) for k, p in enumerate(chances))
    assert bool(hardly_a_pair(Bitext("talk", {}, units), "talk.txt")) == refused
    assert hardly_a_pair(Bitext("talk", {}, units[2:]), "talk.txt") is None  # too few to say


def test_the_measure_is_the_same_each_time():
    data = source(CASES[6])
    assert matched(data) == matched(data)


def test_a_long_text_is_measured_by_a_sample():
    rows = (CASES[6]["text"].strip() + "\n") * 300
    blocks = segment(clean(read_bytes(source({"text": rows}), "talk.txt"))).blocks
    zh, en = parallel._sample(pair(blocks).pairs)
    assert parallel.MOST <= min(len(zh), len(en)) <= max(len(zh), len(en)) <= 2 * parallel.MOST


@pytest.mark.parametrize("case", LISTS, ids=lambda c: c["label"])
@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_what_is_a_vocabulary_and_what_is_none(case, name):
    document = read_bytes(case["text"].encode(), name)
    if not case["vocabulary"]:
        assert refuse_unusable(document) == ()
        return
    with pytest.raises(Overridable) as caught:
        refuse_unusable(document)
    assert caught.value.code == "E-NO-PROSE"
    assert "--anyway" in str(caught.value)


WORDS = "\n".join(f"{z} {e}" for z, e in zip("风险 责任 信任 边界 条约 峰会 协议 核查".split(), "risk duty trust border treaty summit accord verify".split(), strict=True))  # fmt: skip


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("NOT-PARALLEL", source(CASES[0]).decode()),
        ("NO-PROSE", WORDS),
        ("MONOLINGUAL", "国际社会应当携手合作，共同应对风险。他叫 Xue Lan。\n\n" * 9),
        ("LANGUAGE", "治理需要规则。\n\nGovernance needs rules.\n\n" + "これはペンですか、はい、そうです。\n\n" * 3),
    ],
)  # fmt: skip
def test_anyway_imports_what_a_rule_of_thumb_refuses(tmp_path, capsys, code, text):
    path = tmp_path / "talk.txt"
    path.write_text(text, "utf-8")
    command = ["import", str(path), "--output", str(tmp_path / "out")]
    assert main(command) == 2
    assert capsys.readouterr().err.startswith(f"E-{code} ")
    assert not (tmp_path / "out").exists()
    assert main([*command, "--anyway"]) == 0
    assert f"W-{code} " in capsys.readouterr().out
    assert (tmp_path / "out" / "talk" / "bitext.yml").exists()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E-EMPTY"),
        ("治理需要规则。".encode() + b"\xff\xfe\xfa" * 9, "E-ENCODING"),
        (("国际社会应当携手合作。\n" * 5).encode(), "E-MONOLINGUAL"),
    ],
)
def test_anyway_does_not_override_facts(tmp_path, capsys, data, code):
    path = tmp_path / "talk.txt"
    path.write_bytes(data)
    command = ["import", str(path), "--anyway", "--output", str(tmp_path / "out")]
    assert main(command) == 2
    assert capsys.readouterr().err.startswith(f"{code} ")


def test_two_files_the_wrong_way_round_are_imported_anyway(tmp_path, capsys):
    zh, en = tmp_path / "zh.txt", tmp_path / "en.txt"
    rows = [line.split("|") for line in CASES[6]["text"].strip().splitlines()]
    zh.write_text("\n\n".join(r[1] for r in rows), "utf-8")
    en.write_text("\n\n".join(r[0] for r in rows), "utf-8")
    with pytest.raises(Refusal):
        read_pair(zh, en)
    command = ["import", "--zh", str(zh), "--en", str(en), "--output", str(tmp_path / "out")]
    assert main(command) == 2
    assert main([*command, "--anyway"]) == 0
    assert "W-LANGUAGE" in capsys.readouterr().out
