"""The proof: untouched imports of every document raise no problem, every silent edit is told, and
no listed one is."""

from __future__ import annotations

import random
import re
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import fuzz_edits
import pytest

from bitext.__main__ import run_check
from bitext.commands.importing import Job, import_job
from bitext.library.imports import NAME, dump_record, read_record
from bitext.library.store import dump_bitext
from bitext.model import Correction, Note
from bitext.project.project import load_bitext, load_project

DOCUMENTS = Path(__file__).parent / "cases" / "documents"
FORMATS = ("panel-bold", "rows-with-speakers", "page-html-lang", "word-docx", "vtt-voices", "two-files")  # fmt: skip


def imported(folder: Path, name: str) -> Path:
    """A fresh import of a document; the path of its bitext.yml."""
    held = sorted((DOCUMENTS / name).glob("source.*"))
    zh, en = (held[1], held[0]) if len(held) == 2 else (None, None)
    import_job(Job(None if zh else held[0], zh, en, name, folder, anyway=True))
    return folder / name / "bitext.yml"


def told(path: Path) -> list[str]:
    bitext, problems = load_bitext(path)
    return [str(p) for p in (*problems, *bitext.proof.problems)]


def edit(path: Path, old: str, new: str, *entries: str) -> Path:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text("\n".join([text.replace(old, new, 1).rstrip("\n"), *entries, ""]), "utf-8")
    return path


@pytest.mark.parametrize("name", sorted(p.name for p in DOCUMENTS.iterdir()))
def test_an_untouched_import_is_proved(tmp_path, name):
    bitext, problems = load_bitext(imported(tmp_path, name))
    assert [*problems, *bitext.proof.problems] == []
    assert bitext.proof.verdict == "proved" and bitext.proof.unchecked == ()
    assert bitext.proof.proved == bitext.ledger.total > 0 and bitext.ledger.complete


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    return fuzz_edits.cases(tmp_path_factory.mktemp("edits"), FORMATS)


@pytest.mark.parametrize("seed", range(3))
def test_silent_edits_are_told_by_their_unit(cases, seed):
    faults = [f for _, f in fuzz_edits.silent(random.Random(seed), cases, 60) if f]
    assert faults == []


@pytest.mark.parametrize("seed", range(3))
def test_listed_edits_raise_no_problem(cases, seed):
    faults = [f for _, f in fuzz_edits.listed(random.Random(seed), cases, 60) if f]
    assert faults == []


# --- what is told --------------------------------------------------------------------------------


@pytest.fixture
def panel(tmp_path) -> Path:
    """The panel of the library, alone and without its notes, which quote it."""
    case = fuzz_edits.opening(tmp_path, fuzz_edits.OPENING[0])
    case.load(case.bitext)
    return case.folder / "bitext.yml"


def test_a_changed_word_is_one_problem_with_its_unit_its_line_and_its_entry(panel):
    [problem] = told(edit(panel, "guiderail", "guardrail"))
    line = panel.read_text("utf-8").split("guardrail")[0].count("\n") + 1
    head, *entry = problem.split("\n")
    assert head.startswith("E-PROOF") and "guiderail" in head
    assert int(head.split(":")[1]) < line  # the line of its unit
    assert [row.strip().partition(":")[0] for row in entry] == [
        "corrections", "- at", "lang", "was", "is", "date", "why_zh", "why_en", "twin",
    ]  # fmt: skip


WORDS = {
    "guiderail": "guardrail", "fragmented": "segmented", "trying to balance": "trying hard to balance",
    "innovation and safety. This": "safety. This", "makes it hard": "makes it so very hard",
}  # fmt: skip


@pytest.mark.parametrize("was", WORDS)
def test_an_entry_has_whole_words_and_few_of_them(panel, was):
    [problem] = told(edit(panel, was, WORDS[was]))
    said = next(row.partition(": ")[2] for row in problem.split("\n") if row.startswith("    is: "))
    words = re.findall(r"\w+", said)
    given = " ".join(u.en or "" for u in load_bitext(panel)[0].units)
    assert set(words) <= set(re.findall(r"\w+", given))
    assert len(words) <= 1 + len(WORDS[was].split())


def test_one_difference_does_not_make_the_rest_different(panel):
    assert len(told(edit(panel, "薛教授,", "薛教授"))) == 1


def test_a_unit_that_stands_elsewhere_is_one_problem_a_language(tmp_path):
    path = imported(tmp_path, "two-files")
    bitext, _ = load_bitext(path)
    units = list(bitext.units)
    units[1], units[2] = units[2], units[1]
    case = fuzz_edits.Case("x", path.parent, bitext)
    found = [str(p) for p in case.load(replace(bitext, units=tuple(units)))[1]]
    assert len(found) == 2 and all("stands elsewhere than in the source" in p for p in found)


def test_units_that_are_gone_are_one_problem_a_language(panel):
    bitext, _ = load_bitext(panel)
    bitext = replace(bitext, settled=())
    left = tuple(u for u in bitext.units if u.id not in ("s4p2", "s4p3"))
    found = fuzz_edits.Case("x", panel.parent, bitext).load(replace(bitext, units=left))[1]
    assert [p.message.partition(" of")[0] for p in found] == [
        "s4p2, s4p3 are gone, with the Chinese", "s4p2, s4p3 are gone, with the English"
    ]  # fmt: skip


@pytest.mark.parametrize("hidden", "\u200b\u202e\u00ad\ufeff")
@pytest.mark.parametrize("at", ["start", "middle", "end"])
def test_a_hidden_character_is_told(panel, hidden, at):
    bitext, _ = load_bitext(panel)
    unit = next(u for u in bitext.units if u.id == "s2p3")
    k = {"start": 0, "middle": 40, "end": len(unit.zh)}[at]
    edited = replace(unit, zh=unit.zh[:k] + hidden + unit.zh[k:], beads=())
    units = tuple(edited if u is unit else u for u in bitext.units)
    [problem] = fuzz_edits.Case("x", panel.parent, bitext).load(replace(bitext, units=units))[1]
    assert problem.message.startswith("s2p3: ")


def test_white_space_is_told_with_the_words_around_it(panel):
    [problem] = told(edit(panel, "fragmented", "frag mented"))
    assert "“frag mented”, not “fragmented”" in problem


def test_a_renamed_speaker_is_no_problem_and_another_one_is(panel):
    text = panel.read_text("utf-8")
    panel.write_text(text.replace("lan-xue", "xue"), "utf-8")
    assert told(panel) == []
    [problem] = told(edit(panel, "speaker: xue", "speaker: senator-sanders"))
    assert "s2p1 and 2 more: spoken by 'senator-sanders'" in problem


ENTRY = """\
  - at: {at}
    what: speaker
    was: lan-xue
    is: senator-sanders
    date: "2026-11-29"
    why_zh: 原文标错
    why_en: mislabelled
    twin: same"""


@pytest.mark.parametrize("at", ["s2", "s2p1"])
def test_a_listed_change_of_speaker_is_no_problem_at_its_turn_or_unit(panel, at):
    edit(panel, "speaker: lan-xue", "speaker: senator-sanders", "corrections:", ENTRY.format(at=at))
    assert len(told(panel)) == (0 if at == "s2" else 1)  # the turn has three units


def test_a_sentence_in_another_speakers_turn_is_told(panel):
    bitext, _ = load_bitext(panel)
    units = {u.id: u for u in bitext.units}
    last, first = units["s2p3"], units["s3p1"]
    cut = last.en.rindex(". ") + 1
    moved = {"s2p3": last.en[:cut], "s3p1": last.en[cut + 1 :] + " " + first.en}
    edited = tuple(replace(u, en=moved.get(u.id, u.en), beads=()) if u.id in moved else u for u in bitext.units)  # fmt: skip
    found = fuzz_edits.Case("x", panel.parent, bitext).load(replace(bitext, units=edited))[1]
    assert [p.message.partition(":")[0] for p in found] == ["s3p1"]


WORD = """\
  - at: s2p3
    lang: en
    was: guiderail
    is: {now}
    date: "2026-11-29"
    why_zh: 原文有误
    why_en: a slip
    twin: open"""


@pytest.mark.parametrize(
    ("text", "now", "count"),
    [("guard rail", "guard rail", 0), ("guardrail", "guard rail", 1), ("guard rail", "guardrail", 1), ("guardrails", "guardrail", 1)],
)  # fmt: skip
def test_a_correction_is_what_stands_in_the_text(panel, text, now, count):
    assert len(told(edit(panel, "guiderail", text, "corrections:", WORD.format(now=now)))) == count


# --- three verdicts ------------------------------------------------------------------------------


def test_what_the_readers_do_not_find_is_held_to_the_imports_words_and_counted(panel):
    path = panel.parent / NAME
    record, _ = read_record(path)
    bitext, _ = load_bitext(panel)
    texts = {u.id: u for u in bitext.units}
    rows = tuple(
        replace(r, en=replace(r.en, at=(), gaps=(), text=texts[r.id].en)) if r.id == "s2p2" else r
        for r in record.units
    )
    gone = next(r.en.at for r in record.units if r.id == "s2p2")
    left = replace(record.left_out[0], at=gone, reason="markup", key="")
    path.write_text(dump_record(replace(record, units=rows, left_out=(*record.left_out, left))), "utf-8")  # fmt: skip
    bitext, _ = load_bitext(panel)
    assert bitext.proof.verdict == "unchecked" and bitext.proof.problems == ()
    assert bitext.proof.unchecked == ("the English of s2p2",)
    assert bitext.proof.unknown == len("".join(texts["s2p2"].en.split()))
    [problem] = told(edit(panel, "International community has", "International community had"))
    assert "s2p2" in problem


@pytest.mark.parametrize("what", ["no record", "unknown reader", "source gone", "source touched"])
def test_what_cannot_be_read_again_is_not_called_proved(panel, what):
    record, source = panel.parent / NAME, panel.parent / "source.txt"
    if what == "no record":
        record.unlink()
    elif what == "unknown reader":
        said, _ = read_record(record)
        file = replace(said.files[0], reader="characters/9")
        record.write_text(dump_record(replace(said, files=(file,))), "utf-8")
    elif what == "source gone":
        source.unlink()
    else:
        source.write_bytes(source.read_bytes() + b" ")
    bitext, problems = load_bitext(panel)
    assert bitext.proof.proved == 0 and bitext.proof.verdict != "proved" and bitext.ledger is None
    assert bool(problems or bitext.proof.problems) == (what != "unknown reader")


def test_a_place_that_lies_is_no_proof(panel):
    record, _ = read_record(panel.parent / NAME)
    for rows in (
        replace(record, units=record.units[1:]),
        replace(record, left_out=()),
        replace(record, left_out=(*record.left_out, replace(record.left_out[0], at=((0, 9_999),)))),
    ):
        (panel.parent / NAME).write_text(dump_record(rows), "utf-8")
        assert load_bitext(panel)[0].proof.verdict == "contradicted"


# --- proofs that are kept ------------------------------------------------------------------------


def library(panel: Path, root: Path) -> Path:
    """A project of the panel alone."""
    (root / "data" / "transcripts").mkdir(parents=True)
    panel.parent.rename(root / "data" / "transcripts" / panel.parent.name)
    return root / "data" / "transcripts" / panel.parent.name


@pytest.mark.parametrize("formerly", ["", "formerly: [old-name]\n"])
def test_a_kept_proof_is_the_proof_and_is_not_trusted_when_anything_changed(panel, tmp_path, monkeypatch, formerly):  # fmt: skip
    root = tmp_path / "root"
    folder = library(panel, root)
    edit(folder / "bitext.yml", "metadata:\n", f"{formerly}metadata:\n")
    [first] = load_project(root).library.bitexts
    monkeypatch.setattr("bitext.project.project.verify", lambda *_: pytest.fail("made again"))
    assert load_project(root).library.bitexts == (first,)
    monkeypatch.undo()
    edit(folder / "bitext.yml", "guiderail", "guardrail")
    [second] = load_project(root).library.bitexts
    assert second.proof.verdict == "contradicted"
    assert load_project(root).library.bitexts == (second,)


def test_a_correction_of_a_former_id_belongs_to_the_unit_that_took_it(panel):
    bitext, _ = load_bitext(panel)
    units = {u.id: u for u in bitext.units}
    one, two = units["s2p1"], units["s2p2"]
    merged = replace(
        one, zh=one.zh + two.zh, en=f"{one.en} {two.en.replace('trying', 'seeking')}",
        formerly=("s2p2",), beads=(),
    )  # fmt: skip
    entry = Correction("s2p2", "trying", "seeking", "2026-11-29", "因", "why", "open", lang="en")
    left = tuple(merged if u is one else u for u in bitext.units if u is not two)
    case = fuzz_edits.Case("x", panel.parent, bitext)
    assert case.load(replace(bitext, units=left, corrections=(entry,)))[1] == []


# --- what is pasted ------------------------------------------------------------------------------


def printed(project: Path, capsys) -> str:
    """What `check` prints to be pasted."""
    run_check(Namespace(root=project, notices=False, write=False, format="text"))
    return (
        capsys.readouterr().err.partition("fill in why_zh and why_en:\n\n")[2].rpartition("\n\n")[0]
    )


def reasoned(path: Path) -> None:
    text = path.read_text("utf-8").replace("why_zh:\n", "why_zh: 有误\n")
    path.write_text(text.replace("why_en:\n", "why_en: a slip\n"), "utf-8")


def test_what_check_prints_is_pasted_as_it_is(tmp_path, capsys):
    path = imported(tmp_path / "data" / "transcripts", "two-files")
    case = fuzz_edits.Case("x", path.parent, load_bitext(path)[0])
    first, second, third, fourth, *_ = [u for u in case.bitext.units if u.kind == "para"]
    for unit in (first, second):
        edit(path, unit.zh[:4], f"甲{unit.zh[:4]}")
    text = path.read_text("utf-8")
    gone = text[text.index(f"  - id: {third.id}\n") : text.index(f"  - id: {fourth.id}\n")]
    path.write_text(text.replace(gone, ""), "utf-8")
    edit(path, "units:", "units:", printed(tmp_path, capsys))
    needed = ["needs 'why_zh'", "needs 'why_en'"] * 4
    assert [f.partition(" left out ")[2] or f[-14:] for f in told(path)] and len(told(path)) == 8
    assert sorted(f[-14:] for f in told(path)) == sorted(needed)
    reasoned(path)
    assert told(path) == []
    # Where the lists are there, only the rows are printed, with the line below which they belong.
    edit(path, fourth.zh[:4], f"乙{fourth.zh[:4]}")
    comment, _, rows = printed(tmp_path, capsys).partition("\n")
    last = load_bitext(path)[0].corrections[-1].line
    assert comment == f"# not at the end, but below the entry that begins at line {last}:"
    edit(path, "corrections:\n", f"corrections:\n{rows}\n")
    reasoned(path)
    assert told(path) == []


@pytest.mark.parametrize("said", ['""', '"…"', '" - "'])
def test_a_reason_that_says_nothing_is_told(panel, said):
    edit(panel, "guiderail", "guardrail", "corrections:", LISTED.format(said=said))
    [problem] = told(panel)
    assert "'why_en' of a correction is" in problem and "give it" in problem


LISTED = """\
  - {{at: s2p3, lang: en, was: guiderail, is: guardrail, date: "2026-11-29", why_zh: 误, why_en: {said}, twin: open}}"""


# --- what stands in import.json ------------------------------------------------------------------


def shifted(span, by):
    return ((span[0][0] + by, span[-1][1] + by),)


def moved_places(record, how):
    """The record with other places: hints that miss."""
    ats = [u.en.at for u in record.units if u.en]
    if how == "swapped":
        ats[1], ats[2] = ats[2], ats[1]
    elif how == "reversed":
        ats.reverse()
    elif how == "cut":
        ats = [((at[0][0], at[0][1] - 1),) for at in ats]
    else:
        ats = [shifted(at, how) for at in ats]
    rest = iter(ats)
    return tuple(replace(u, en=replace(u.en, at=next(rest))) if u.en else u for u in record.units)


@pytest.mark.parametrize("how", [2, -2, 10**6, "swapped", "reversed", "cut"])
def test_a_text_that_is_not_at_its_place_is_sought_in_order(panel, how):
    record, _ = read_record(panel.parent / NAME)
    lied = dump_record(replace(record, units=moved_places(record, how)))
    (panel.parent / NAME).write_text(lied, "utf-8")
    assert told(panel) == []
    assert told(edit(panel, "guiderail", "guardrail")) != []  # a change is told all the same


def test_a_place_that_misses_hides_no_sentence_that_was_left_out(panel):
    record, _ = read_record(panel.parent / NAME)
    unit = next(u for u in record.units if u.id == "s2p3")
    start, end = unit.en.at[0]
    units = [replace(u, en=replace(u.en, at=((start, end - 40),))) if u is unit else u for u in record.units]  # fmt: skip
    (panel.parent / NAME).write_text(dump_record(replace(record, units=tuple(units))), "utf-8")
    edit(panel, " guiderail against AI risks.", "")
    assert any("are in no unit and not left out" in p for p in told(panel))


FORGED = {
    "label": lambda r: replace(r, labels=(replace(r.labels[0], names=("薛澜",)), *r.labels[1:])),
    "left out": lambda r: replace(r, left_out=(*r.left_out[:-1], replace(r.left_out[-1], reason="x"))),
    "unit gone": lambda r: replace(r, units=r.units[:-1]),
    "digest": lambda r: replace(r, units=(replace(r.units[0], zh=replace(r.units[0].zh, digest="0")), *r.units[1:])),
    "doubts": lambda r: replace(r, repairs={"x": 1}),
    "reader": lambda r: replace(r, files=(replace(r.files[0], reader="html/1"),)),
    "metadata": lambda r: replace(r, metadata={}),
    "speakers": lambda r: replace(r, speakers=(tuple(n for s in r.speakers for n in s),)),
}  # fmt: skip


@pytest.mark.parametrize("what", FORGED)
def test_a_record_that_was_edited_by_hand_is_told(panel, what):
    path = panel.parent / NAME
    record, _ = read_record(path)
    sealed = path.read_text("utf-8").rpartition('"seal"')[2]
    edited = dump_record(FORGED[what](record)).rpartition('"seal"')[0]
    path.write_text(f'{edited}"seal"{sealed}', "utf-8")
    [problem] = told(panel)
    assert problem.startswith("E-RECORD") and "is not as the import wrote it" in problem


METADATA = {
    "changed": ("title_en: \"Transcript", "title_en: \"Record", "metadata title_en: the import read “Transcript"),
    "date": ("date: \"2026-04-30\"", "date: \"2026-05-01\"", "metadata date: the import read “2026-04-30”"),
    "gone": ("  date: \"2026-04-30\"\n", "", "metadata date is gone; the import read “2026-04-30”"),
    "invented": ("metadata:\n", "metadata:\n  translator: 王\n", "metadata translator: “王” was not read out"),
}  # fmt: skip


@pytest.mark.parametrize("case", METADATA)
def test_what_the_source_says_of_itself_is_held_too(panel, case):
    old, new, message = METADATA[case]
    [problem] = told(edit(panel, old, new))
    head, _, entry = problem.partition("\n")
    assert message in head and "what: metadata" in entry
    edit(panel, "units:", "units:", entry)
    reasoned(panel)
    assert told(panel) == []
    assert "did not happen" in told(edit(panel, new or "metadata:\n", old if new else f"metadata:\n{old}"))[0]  # fmt: skip


def test_a_title_of_our_own_says_whose_it_is(panel):
    edit(panel, "units:", "units:")
    text = panel.read_text("utf-8")
    bitext, _ = load_bitext(panel)
    record = bitext.record.keys() - {"title_by"}
    assert record and told(panel) == []
    kept = replace(bitext, record={"title": {"zh": "别的题目", "en": bitext.metadata["title_en"]}})
    panel.write_text(dump_bitext(replace(kept, notes=())), "utf-8")
    [problem] = told(panel)
    assert "the title “别的题目” is" in problem and "title_by" in problem
    panel.write_text(text, "utf-8")


# --- labels of one person ------------------------------------------------------------------------


def test_a_label_that_is_taken_from_another_speaker_is_told(panel):
    text = panel.read_text("utf-8")
    edit(panel, "labels_zh: [桑德斯参议员]", "labels_zh: [桑德斯参议员, 薛澜]")
    found = told(panel)
    assert any("the label “薛澜” was not this person's in the import" in p for p in found)
    panel.write_text(text, "utf-8")
    edit(panel, "speakers:\n", "speakers:\n  - {id: second, zh: 薛澜, labels_zh: [薛澜]}\n")
    assert any("the label “薛澜” is that of second" in p for p in told(panel))


def test_a_unit_that_was_merged_away_stays_settled_and_its_notes_are_told_where_to_go(tmp_path):
    path = imported(tmp_path, "two-files")
    bitext, _ = load_bitext(path)
    one, two, *_ = [u for u in bitext.units if u.kind == "para"]
    merged = replace(one, zh=f"{one.zh}\n\n{two.zh}", en=f"{one.en}\n\n{two.en}", formerly=(two.id,), beads=())  # fmt: skip
    units = tuple(merged if u is one else u for u in bitext.units if u is not two)
    case = fuzz_edits.Case("x", path.parent, bitext)
    assert case.load(replace(bitext, units=units, settled=(two.id,)))[1] == []
    note = Note("e1", two.id, "editor", "说明", "A note.")
    [problem] = case.load(replace(bitext, units=units, notes=(note,)))[1]
    assert problem.message.endswith(f"which is no unit any more; write at: {one.id}")


@pytest.mark.parametrize("kind", ["note", "heading", "vocab"])
def test_what_is_no_speech_any_more_was_spoken_by_its_speaker(panel, kind):
    text = panel.read_text("utf-8")
    at = text.index("  - id: s2p1\n")
    turned = text[at:].replace("  - id: s2p1\n", f"  - id: s2p1\n    kind: {kind}\n", 1)
    panel.write_text(text[:at] + turned, "utf-8")
    [problem] = [p for p in told(panel) if "E-PROOF" in p and "spaces" not in p]
    assert "s2p1: spoken by 'nobody', but the source's label is “薛澜" in problem
    edit(panel, "units:", "units:", problem.partition("\n")[2])
    reasoned(panel)
    assert not any("spoken by" in p or "which is not so" in p for p in told(panel))
