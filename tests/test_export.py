"""What researchers take away holds every pair, in valid form."""

import csv
import io
import json
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from bitext.__main__ import main
from bitext.model import Dropped, Proof
from bitext.publish import export
from bitext.publish.formats import FORMATS
from tests.projects import PANEL, copy_project, edit
from tests.test_store import sample


def test_json_keeps_the_contract():
    bitext = replace(sample("你好。", "Hello"), dropped=(Dropped("Hello", "why", 3),))
    data = json.loads(export.to_json(bitext))
    assert set(data) >= {"metadata", "units", "dropped"}
    assert set(data["metadata"]) >= {"title_zh", "title_en", "date", "source"}
    assert set(data["units"][0]) >= {"id", "kind", "zh", "en", "speaker_zh", "speaker_en"}
    assert data["units"][1]["en"] is None
    assert data["dropped"] == [{"text": "Hello", "reason": "why", "line": 3}]


def test_tmx_is_xml_and_holds_each_pair():
    tree = ElementTree.fromstring(export.to_tmx(sample("甲<&\x01。", "A <&>")).split("\n", 2)[2])
    segments = [seg.text for seg in tree.iter("seg")]
    assert segments == ["甲<&。", "A <&>"]


def test_csv_cannot_become_a_formula():
    text = export.to_csv(sample("=1+1", "-2"))
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows[0]["zh"] == "'=1+1"
    assert [row["id"] for row in rows] == ["s1p1", "n1"]


def test_what_was_corrected_is_said_at_its_pair():
    bitext = sample("你好。", "Hello")  # its correction says that "Hellox" stood there
    tree = ElementTree.fromstring(export.to_tmx(bitext).split("\n", 2)[2])
    [note] = [note.text for note in tree.iterfind(".//tu/note")]
    assert "the source has “Hellox”, not “Hello”" in note
    assert "<note>corrected" not in export.to_tmx(replace(bitext, corrections=()))


def test_json_says_what_the_proof_found():
    assert json.loads(export.to_json(sample("你好。", "Hello")))["proof"] == {}
    proof = Proof(7, 2, 1, None)
    data = json.loads(export.to_json(replace(sample("你好。", "Hello"), proof=proof)))
    assert data["proof"] == {
        "verdict": "contradicted",
        "proved": 7,
        "contradicted": 2,
        "unknown": 1,
    }


def test_an_export_of_what_differs_from_its_source_is_told(tmp_path, capsys):
    copy_project(tmp_path)
    edit(tmp_path / PANEL, "guiderail against", "guardrail against")
    assert main(["export", "sanders-xue-panel", "--root", str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert "guardrail" in out and "E-PROOF" in err and "s2p3" in err


def test_the_help_names_every_format(capsys):
    with pytest.raises(SystemExit):
        main(["export", "--help"])
    said = capsys.readouterr().out
    assert [name for name in FORMATS if name not in said] == []
