"""The glossary out and in: TBX-Basic, CSV, JSON, and merging into glossary.yml."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from translate.storage.tbx import tbxfile

from bitext.commands.terms import export, import_terms
from bitext.glossary.csv_table import COLUMNS, FORMULA, read_csv, write_csv
from bitext.glossary.formats import FORMATS as OFFERED
from bitext.glossary.formats import files, write_json
from bitext.glossary.merge import merge_terms
from bitext.glossary.store import (
    Avoided,
    Both,
    Forms,
    Glossary,
    Source,
    Subject,
    Term,
    parse_glossary,
    read_glossary,
    to_row,
)
from bitext.glossary.tbx import read_tbx, write_tbx

CASES = Path(__file__).parent / "cases"
GOOD = (CASES / "glossary_good.yml").read_text("utf-8")
FORMATS = [(write_tbx, read_tbx), (write_csv, read_csv)]


@pytest.fixture
def project(tmp_path) -> Path:
    """A project whose glossary is the good one."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/glossary.yml").write_text(GOOD, "utf-8")
    return tmp_path


def text_of(project: Path) -> str:
    return (project / "data/glossary.yml").read_bytes().decode("utf-8")


# --- round trips -----------------------------------------------------------------------------------

# Any text on one line as the reader leaves it; with a bias to signs that mean something somewhere.
SIGNS = [
    " | ",
    " :: ",
    "\\",
    "'",
    '"',
    "=",
    "<&>",
    "]]>",
    "{",
    "#",
    ": ",
    "- ",
    "null",
    "敏捷",
    "é",
]
LINE = st.lists(st.one_of(st.sampled_from(SIGNS), st.text(max_size=4)), min_size=1, max_size=5).map(
    lambda parts: " ".join("".join(c for c in "".join(parts) if c.isprintable()).split())
).filter(lambda text: text and not text.startswith("\u2028"))  # fmt: skip
BOTH = st.builds(Both, LINE, LINE)
FORMS = st.builds(
    Forms,
    st.lists(LINE, max_size=2, unique=True).map(tuple),
    st.lists(LINE, max_size=2, unique=True).map(tuple),
)
URLS = st.sampled_from(["", "https://a.b/c?d=e&f=g|h::i", "http://[::1]/"])
TERM = st.builds(
    Term, st.just("evil"), st.just("s"), BOTH, BOTH, FORMS, FORMS,
    st.lists(st.builds(Avoided, st.just("en"), LINE, BOTH), max_size=2).map(tuple),
    st.none() | BOTH, st.lists(st.builds(Source, LINE, URLS), max_size=2).map(tuple),
    st.sampled_from(["stored", "general"]), st.none() | BOTH, st.just(("evil",)), st.booleans(),
    st.sampled_from([(), ("wicked",), ("bad", "worse")]),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(TERM)
def test_a_round_trip_loses_nothing(term):
    glossary = Glossary((term,), (Subject("s", Both("主题", "Subject")),))
    for write, read in FORMATS:
        rows, _, problems = read(write(glossary).encode("utf-8"), "x")
        assert problems == [] and rows == [to_row(term)]
    assert json.loads(write_json(glossary))["terms"] == [to_row(term)]


@settings(max_examples=60, deadline=None)
@given(TERM)
def test_an_entry_added_to_the_file_reads_as_it_was(term):
    rows, subjects, _ = read_tbx(write_tbx(Glossary((term,))).encode("utf-8"), "x")
    glossary, _ = parse_glossary(merge_terms(GOOD, rows, subjects).text, "g.yml")
    assert to_row(glossary.by_id()["evil"]) == to_row(term)


def test_the_projects_own_glossary_survives_every_format(root):
    glossary, _ = read_glossary(root / "data/glossary.yml")
    rows = [to_row(term) for term in glossary.terms]
    for write, read in FORMATS:
        assert read(write(glossary).encode("utf-8"), "x")[0] == rows
    assert json.loads(write_json(glossary))["terms"] == rows
    _, subjects, _ = read_tbx(write_tbx(glossary).encode("utf-8"), "x")
    assert [(s["id"], s["zh"], s["en"]) for s in subjects] == [(s.id, *(s.name.zh, s.name.en)) for s in glossary.subjects]  # fmt: skip


def test_every_format_says_the_licence_and_whom_to_credit(root):
    glossary, _ = read_glossary(root / "data/glossary.yml")
    for name, data in files(glossary).items():
        said = data.decode("utf-8")
        assert "CC BY 4.0" in said and "credit: Two Tracks · 双轨" in said, name


# --- TBX as others see it --------------------------------------------------------------------------


def test_tbx_is_valid_tbx_basic(root):
    glossary, _ = read_glossary(root / "data/glossary.yml")
    dtd = etree.DTD(StringIO((CASES / "tbx_basic.dtd").read_text("utf-8")))
    document = etree.fromstring(write_tbx(glossary).encode("utf-8"))
    assert dtd.validate(document), dtd.error_log
    assert document.getroottree().docinfo.doctype == '<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">'  # fmt: skip


def test_translate_toolkit_reads_every_term(root):
    glossary, _ = read_glossary(root / "data/glossary.yml")
    data = write_tbx(glossary).encode("utf-8")
    store = tbxfile.parsestring(data, sourcelanguage="en", targetlanguage="zh")
    assert [(u.getid(), u.source, u.target) for u in store.units] == [(t.id, t.en, t.zh) for t in glossary.terms]  # fmt: skip
    for unit, term in zip(store.units, glossary.terms, strict=True):
        read = [t.text for t in unit.get_source_terms() if not t.deprecated]
        assert read == list(term.renderings("en"))
        avoided = [t.text for t in unit.get_source_terms() if t.deprecated]
        assert avoided == [a.form for a in term.avoid if a.lang == "en"]
        notes = [note.text for note in unit.get_common_notes(source=True)]
        assert term.definition.en in notes and f"basis: {term.basis}" in notes


NEWER = """<tbx xmlns="urn:iso:std:iso:30042:ed-2" style="dca" type="TBX-Basic" xml:lang="en"><text><body>
<conceptEntry id="c1"><descrip type="definition">A moon.</descrip>
<langSec xml:lang="en-US"><termSec><term>moon</term></termSec><termSec><term>satellite</term></termSec></langSec>
<langSec xml:lang="zh_CN"><termSec><term>月亮</term></termSec></langSec>
<langSec xml:lang="de"><termSec><term>Mond</term></termSec></langSec></conceptEntry>
</body></text></tbx>"""


def test_the_newer_form_of_tbx_is_read_too():
    rows, _, problems = read_tbx(NEWER.encode(), "x")
    assert problems == []
    assert rows == [{"id": "c1", "en": "moon", "variants": {"en": ["satellite"]}, "zh": "月亮", "definition": {"en": "A moon."}}]  # fmt: skip
    assert rows[0].line == 2


# --- merging ---------------------------------------------------------------------------------------


def test_importing_what_is_there_changes_nothing(project, tmp_path, capsys):
    glossary, _ = parse_glossary(GOOD, "g.yml")
    for name, write in (("a.tbx", write_tbx), ("a.csv", write_csv)):
        (tmp_path / name).write_text(write(glossary), "utf-8", newline="")
        assert import_terms(tmp_path / name, project) == 0
        assert text_of(project) == GOOD
        assert "0 entries added, 0 completed, 0 conflicts" in capsys.readouterr().err


CSV = """id,subject,zh,en,variants_en,definition_zh,definition_en,sources,doubt_zh,doubt_en
guardrail,governance,护栏,guardrail,guard rail | safety rail,另一种说法,'Rules' that keep a system from danger.,,疑,Overridable
nudge,governance,助推,nudge,,轻轻一推。,A soft push.,"Thaler and Sunstein, Nudge (2008)",,
"""


def test_import_adds_fills_and_lists_conflicts(project, tmp_path, capsys):
    (tmp_path / "a.csv").write_text(CSV, "utf-8")
    assert import_terms(tmp_path / "a.csv", project) == 1
    err = capsys.readouterr().err
    assert (
        "a.csv:2: 'guardrail' definition.zh: kept \"=限制系统的规则。\"; not taken: 另一种说法"
        in err
    )
    assert "1 entry added, 1 completed, 1 conflict left to you" in err
    glossary, problems = read_glossary(project / "data/glossary.yml")
    assert problems == ()
    rail, nudge = glossary.terms[1:]
    assert rail.variants.en == ("guard rail", "safety rail")
    assert rail.definition.zh == "=限制系统的规则。" and rail.doubt == Both("疑", "Overridable")
    assert (nudge.basis, nudge.sources) == ("general", (Source("Thaler and Sunstein, Nudge (2008)"),))  # fmt: skip
    assert text_of(project).startswith(GOOD)  # the last entry was filled, another one follows


@pytest.mark.parametrize("crlf", [False, True])
def test_import_keeps_comments_and_line_ends(project, tmp_path, crlf):
    old = GOOD.replace("    related: [guardrail]\n", "").replace("\n", "\r\n" if crlf else "\n")
    (project / "data/glossary.yml").write_bytes(old.encode("utf-8"))
    (tmp_path / "a.csv").write_text("id,zh,en,related\ntrack-2,二轨对话,Track II dialogue,guardrail\n", "utf-8")  # fmt: skip
    assert import_terms(tmp_path / "a.csv", project) == 0
    new = text_of(project)
    end = "\r\n" if crlf else "\n"
    assert new.replace(f"    related: [guardrail]{end}", "") == old
    assert new.count("\r\n") == (new.count("\n") if crlf else 0)


def test_subjects_come_with_their_terms(project, tmp_path):
    term = Term("moon", "space", Both("月亮", "moon"), Both("卫星。", "A moon."))
    new = Glossary((term,), (Subject("space", Both("太空", "Space: outer")), Subject("x", Both("无", "Unused"))))  # fmt: skip
    (tmp_path / "a.tbx").write_text(write_tbx(new), "utf-8")
    assert import_terms(tmp_path / "a.tbx", project) == 0
    glossary, problems = read_glossary(project / "data/glossary.yml")
    assert problems == ()
    assert [s.id for s in glossary.subjects] == ["diplomacy", "governance", "space"]
    assert glossary.subjects[-1].name.en == "Space: outer"
    assert replace(glossary.by_id()["moon"], line=0) == term


ENTITY = '<!DOCTYPE martif [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><martif><termEntry id="x">&c;</termEntry></martif>'  # fmt: skip


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", 2, "E-EMPTY"),
        (b"\0\1\2", 2, "E-BINARY"),
        ("id,zh,en\n,中文,x y\n".encode(), 1, "a.csv:2: a row without id (x y)"),
        (b"zh,en,nonsense\n", 1, "a.csv:1: the first line has no column id and the unknown column 'nonsense'"),
        ("id,zh,en\nmoon,月亮,moon\n".encode(), 1, "a.csv:2: 'moon' has no 'subject'"),
        ("id,subject,zh,en,definition_zh,definition_en\nmoon,space,月亮,moon,卫星。,A moon.\n".encode(), 1, "a.csv:2: 'moon' has the unknown subject 'space'"),
        ("id,subject,zh,en,definition_zh,definition_en\nmoon,governance,护栏,moon,卫星。,A **moon**.\n".encode(), 1, "a.csv:2: '护栏' (zh) is a form of 'moon' and of 'guardrail'"),
        ("id,zh,en\nmoon,月亮,moon,x\n".encode(), 1, "a.csv:2: 4 cells under 3 columns"),
        (b'id,zh,en\n"moon,1,2\n', 1, "not CSV"),
        ("id,zh,en\n".encode("utf-16"), 1, "not UTF-8"),
        (b"<martif><text>", 1, "a.csv:1: not XML"),
        (b"<html/>", 1, "without any termEntry"),
        (b"<martif><termEntry><langSet xml:lang='en'><tig><term>moon</term></tig></langSet></termEntry></martif>", 1, "an entry without id (moon)"),
        (ENTITY.encode(), 1, "declares entities"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_and_nothing_is_written(data, code, words, project, tmp_path, capsys):
    (tmp_path / "a.csv").write_bytes(data)
    assert import_terms(tmp_path / "a.csv", project) == code
    assert words in capsys.readouterr().err
    assert text_of(project) == GOOD


def test_a_missing_file_and_a_broken_glossary_are_said(project, tmp_path, capsys):
    assert import_terms(tmp_path / "no.csv", project) == 2
    (tmp_path / "a.csv").write_text(CSV, "utf-8")
    (project / "data/glossary.yml").write_text("version: 3\n", "utf-8")
    assert import_terms(tmp_path / "a.csv", project) == 1
    assert "mend the glossary first" in capsys.readouterr().err
    assert text_of(project) == "version: 3\n"


def test_export_prints_or_refuses(capsys):
    glossary, _ = parse_glossary(GOOD, "g.yml")
    assert export(glossary, "csv") == 0
    assert capsys.readouterr().out == write_csv(glossary)
    assert export(glossary, "pdf") == 2
    assert "E-FORMAT glossary: no format 'pdf' — use tbx, csv, json" in capsys.readouterr().err


def test_a_spreadsheet_gets_no_formula():
    glossary, _ = parse_glossary(GOOD, "g.yml")
    assert "'=限制系统的规则。" in write_csv(glossary)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n"])
def test_no_cell_begins_as_a_formula_does(sign):
    """Also at full width, as spreadsheets of East Asia read them, and behind white space."""
    term = Term("evil", "s", Both(f"{sign}甲乙", f"{sign}cmd"), Both(f"{sign}义", f"{sign}x"))
    rows = list(
        csv.reader(StringIO(write_csv(Glossary((term,))).removeprefix("\ufeff"), newline=""))
    )
    assert [cell for row in rows for cell in row if cell.startswith(FORMULA)] == []
    assert sum(cell.startswith("'" + sign) for cell in rows[1]) == 4


def test_what_the_site_offers_is_read_back_by_others(root):
    """TBX by an XML parser, CSV as a spreadsheet takes it, JSON; all of the same terms in one order."""
    glossary, _ = read_glossary(root / "data/glossary.yml")
    made, ids = files(glossary), [term.id for term in glossary.terms]
    assert list(made) == [f"glossary/glossary.{name}" for name in OFFERED]
    tbx, table, value = made.values()
    assert [e.get("id") for e in etree.fromstring(tbx).iter("termEntry")] == ids
    assert table.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(StringIO(table.decode("utf-8-sig"), newline="")))
    assert [row["id"] for row in rows] == ids and {len(row) for row in rows} == {len(COLUMNS)}
    assert [term["id"] for term in json.loads(value)["terms"]] == ids
    assert files(Glossary()) == {}
