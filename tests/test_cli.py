"""The command line as people expect it: version, examples, completion, checks for programs, exports."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile

import pytest

from bitext.__main__ import EXAMPLES, main, parser, version
from bitext.commands import telling
from bitext.commands.completion import commands_of
from bitext.model import Problem
from bitext.publish.formats import FORMATS
from tests.conftest import ROOT
from tests.projects import ARTICLE, LISTED, copy_project, edit

NASTY = Problem("data/a,b:c%.yml", 3, "x\n::error::y\r%0A", "E-X", paste="a: b")


def test_the_version_is_that_of_the_project(capsys):
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    assert left.value.code == 0 and capsys.readouterr().out == f"bitext {version()}\n"
    assert f'version = "{version()}"' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_every_example_is_a_command_line_that_is_understood():
    for lines in EXAMPLES.values():
        for line in lines:
            found = re.search(r"bitext ([^>)]+)", line)
            assert parser().parse_args(found[1].split()).run
    assert "bitext import talk.docx" in parser().format_help()


def test_check_for_programs_is_one_object(tmp_path, capsys):
    project = copy_project(tmp_path)
    assert main(["check", "--format", "json", "--root", str(project)]) == 0
    assert json.loads(capsys.readouterr().out) == {"problems": [], "notices": []}
    edit(project / ARTICLE, *LISTED)
    assert main(["check", "--format", "json", "--notices", "--root", str(project)]) == 1
    said = capsys.readouterr()
    data = json.loads(said.out)
    [problem] = [p for p in data["problems"] if p["code"] == "E-PROOF"]
    assert problem["path"] == ARTICLE and problem["line"] > 1 and "corrections:" in problem["paste"]
    assert data["notices"] and said.err == ""


@pytest.mark.parametrize("form", ["json", "github"])
def test_a_folder_that_is_no_project_is_told_to_programs_too(tmp_path, capsys, form):
    assert main(["check", "--format", form, "--root", str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert said.err == "" and "E-ROOT" in said.out
    if form == "json":
        [problem] = json.loads(said.out)["problems"]
        assert problem["path"] == str(tmp_path) and "--root" in problem["message"]


def test_check_for_a_forge_is_a_command_a_problem(tmp_path, capsys):
    project = copy_project(tmp_path)
    edit(project / ARTICLE, *LISTED)
    assert main(["check", "--format", "github", "--root", str(project)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines and all(re.match(r"::error file=[^,:]+(,line=\d+)?(,title=[\w-]+)?::.", line) for line in lines)  # fmt: skip


def test_no_word_of_a_problem_can_be_a_command_of_its_own():
    [line] = telling.as_github([NASTY], [])
    assert line == "::error file=data/a%2Cb%3Ac%25.yml,line=3,title=E-X::x%0A::error::y%0D%250A"
    assert json.loads(telling.as_json([NASTY], [NASTY]))["problems"][0]["message"] == NASTY.message


def test_check_says_what_to_type_next(tmp_path, capsys):
    project = copy_project(tmp_path / "a project")
    assert main(["check", "--root", str(project)]) == 0
    assert f"next: bitext serve --root '{project}'" in capsys.readouterr().err
    edit(project / ARTICLE, *LISTED)
    main(["check", "--root", str(project)])
    assert f"bitext check --write --root '{project}'" in capsys.readouterr().err


def test_every_text_is_exported_to_a_file(tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["export", "--all", "--format", "epub", "--output", str(out), "--root", str(ROOT)]) == 0  # fmt: skip
    assert sorted(p.name for p in out.iterdir()) == ["sanders-xue-panel.epub", "track-two-perspective.epub"]  # fmt: skip
    assert all(zipfile.ZipFile(p).testzip() is None for p in out.iterdir())
    assert "2 files written" in capsys.readouterr().out


@pytest.mark.parametrize("name", FORMATS)
def test_a_text_is_exported_in_every_format(tmp_path, name):
    file = tmp_path / "file"
    assert main(["export", "track-two-perspective", "--format", name, "--output", str(file), "--root", str(ROOT)]) == 0  # fmt: skip
    assert file.stat().st_size > 1000


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("export --all", "E-USAGE --all"), ("export", "E-USAGE"), ("export --all x", "E-USAGE x"),
        ("export x", "E-MISSING"), ("export x --format pdf", "E-FORMAT"),
    ],
)  # fmt: skip
def test_an_export_that_cannot_be_is_refused(capsys, line, told):
    assert main([*line.split(), "--root", str(ROOT)]) == 2
    said = capsys.readouterr()
    assert said.err.startswith(told) and " — " in said.err and said.out == ""


def completed(words: str) -> set[str]:
    """What bash offers for the last of these words."""
    made = subprocess.run([sys.executable, "-m", "bitext", "completion"], capture_output=True, text=True, check=True)  # fmt: skip
    code = f"{made.stdout}\nCOMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}}-1)); _bitext; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    done = subprocess.run(["bash", "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stderr == ""
    return set(done.stdout.split())


def test_bash_completes_commands_options_values_and_texts():
    assert completed("bitext ''") >= set(commands_of(parser()))
    assert completed("bitext ch") == {"check"}
    assert completed("bitext check --w") == {"--write"}
    assert completed("bitext check --format ''") == {"text", "json", "github"}
    assert completed("bitext export sanders-xue-panel --format ''") == {*FORMATS, "tbx"}
    assert completed("bitext export san") == {"sanders-xue-panel"}
    assert completed("bitext import READ") == {"README.md"}
