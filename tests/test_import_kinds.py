"""Kinds of source that were read wrongly once: of each kind several, in tests/cases/kinds, a file a kind.

A case says what comes out: all pairs and what stands alone, or with `holds` some of the pairs. Texts
are compared without white space and characters that have no width; those under `written` with them.
`known` says why a case is still wrong.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from bitext import read
from bitext.model import Refusal, Unit
from bitext.pipeline import import_source
from bitext.publish.export import to_json
from bitext.units.build import Imported

KINDS = Path(__file__).parent / "cases" / "kinds"
#: What says nothing about a text: white space, and characters of no width.
EMPTY = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff]+")
NOTHING = "∅"


def _cases() -> list:
    found = []
    for path in sorted(KINDS.glob("*.toml")):
        for case in tomllib.loads(path.read_text("utf-8"))["case"]:
            known = case.get("known")
            marks = [pytest.mark.xfail(reason=known, strict=True)] if known else []
            found.append(pytest.param(case, id=f"{path.stem}: {case['name']}", marks=marks))
    return found


def _import(case: dict) -> Imported:
    document = read.read_bytes(case["source"].encode(), f"case.{case['form']}")
    read.refuse_unusable(document)
    return import_source(document, "case")


def _bare(text: str | None) -> str:
    return EMPTY.sub("", text or "") or NOTHING


def _rows(rows: list[list[str]]) -> Counter:
    return Counter((_bare(zh), _bare(en)) for zh, en in rows)


def _texts(units: list[Unit]) -> Counter:
    return Counter((_bare(u.zh), _bare(u.en)) for u in units)


@pytest.mark.parametrize("case", _cases())
def test_a_source_of_this_kind_is_read_as_it_says(case: dict):
    if "refused" in case:
        with pytest.raises(Refusal) as refusal:
            _import(case)
        assert refusal.value.code == case["refused"]
        return
    imported = _import(case)
    bitext = imported.bitext
    assert bitext.ledger.complete
    made = _texts(list(bitext.units))
    if "holds" in case:
        assert not _rows(case["holds"]) - made
    else:
        assert made == _rows(case["pairs"]) + _rows(case.get("alone", []))
    assert set(case.get("written", ())) <= {t for u in bitext.units for t in (u.zh, u.en)}
    published = _bare("".join((u.zh or "") + (u.en or "") for u in bitext.units))
    for part in case.get("never", ()):
        assert _bare(part) not in published
    dropped = _bare("".join(d.text for d in bitext.dropped))
    said = _bare("".join(map(str, bitext.metadata.values())))
    for part in case.get("dropped", ()):
        assert _bare(part) in dropped + said
    if "speakers" in case:
        exported = json.loads(to_json(bitext))["units"]
        assert [u["speaker_zh"] or u["speaker_en"] or "-" for u in exported] == case["speakers"]
    for key, value in case.get("metadata", {}).items():
        assert bitext.metadata.get(key) == value
    for begin, code in case.get("told", ()):
        of = [u for u in bitext.units if any(t and t.startswith(begin) for t in (u.zh, u.en))]
        assert [d.code for u in of for d in u.review] == [code]
