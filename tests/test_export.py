"""What researchers take away holds every pair, in valid form."""

import csv
import io
import json
from dataclasses import replace
from xml.etree import ElementTree

from bitext.model import Dropped
from bitext.publish import export
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
