"""What holds for every command: outputs that nobody reads, that are closed, full or not in UTF-8."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bitext.__main__ import main

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
COMMANDS = {
    "check": ["check", "--notices"],
    "build": ["build"],
    "export": ["export", "track-two-perspective"],
    "glossary": ["export", "glossary", "--format", "tbx"],
    "import": ["import", "data/transcripts/track-two-perspective/source.txt", "--output"],
}


def run(name: str, folder: Path, redirected: str, **environment: str) -> tuple[int, str]:
    """The exit code of a command whose outputs the shell redirects, and what it says on stderr."""
    command = [sys.executable, "-m", "bitext", *COMMANDS[name]]
    command += [str(folder / "out")] if name == "import" else []
    done = subprocess.run(
        ["bash", "-c", f'"$@" {redirected}; exit ${{PIPESTATUS[0]}}', "-", *command],
        capture_output=True, text=True, errors="replace", cwd=ROOT, env=ENVIRONMENT | environment,
    )  # fmt: skip
    return done.returncode, done.stderr


PIPE = "| (exec <&-)"
NOBODY = [(name, PIPE) for name in COMMANDS] + [
    ("build", ">&-"), ("glossary", ">&- 2>&-"), ("check", f"2>&1 {PIPE}")
]  # fmt: skip


@pytest.mark.parametrize(("name", "redirected"), NOBODY)
def test_an_output_that_nobody_reads_is_no_error(tmp_path, name, redirected):
    code, error = run(name, tmp_path, redirected)
    assert code in (0, 1) and "Traceback" not in error and "Exception ignored" not in error


def test_problems_are_an_exit_code_also_where_nobody_reads_them(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "glossary.yml").write_text("nonsense: 1\n", "utf-8")
    command = [sys.executable, "-m", "bitext", "check", "--root", str(tmp_path)]
    script = '"$@" 2>&1 | (exec <&-); exit ${PIPESTATUS[0]}'
    done = subprocess.run(["bash", "-c", script, "-", *command], env=ENVIRONMENT)
    assert done.returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("name", ["export", "glossary"])
def test_a_full_disk_is_one_line(tmp_path, name):
    code, error = run(name, tmp_path, "> /dev/full")
    assert code == 2 and error.startswith("E-WRITE bitext export: ") and error.count("\n") == 1


@pytest.mark.parametrize("name", ["check", "glossary", "import"])
def test_a_terminal_without_utf_8_gets_escapes(tmp_path, name):
    code, error = run(name, tmp_path, "", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert code == 0 and "Traceback" not in error


@pytest.mark.parametrize("name", ["build", "check", "glossary", "import"])
def test_an_account_without_a_home_can_do_all(tmp_path, name):
    """As a service has it; HOME is not even set."""
    code, error = run(f"{name}", tmp_path, "", HOME="/nonexistent")
    assert code == 0 and "Traceback" not in error
    homeless = {key: value for key, value in ENVIRONMENT.items() if key != "HOME"}
    command = [
        sys.executable,
        "-m",
        "bitext",
        *COMMANDS[name],
        *([str(tmp_path / "o")] if name == "import" else []),
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=homeless)
    assert done.returncode == 0 and "Traceback" not in done.stderr


@pytest.mark.parametrize("stem", [b"\xff\xfe\x80", "речь".encode(), b"___"])
def test_a_file_name_without_a_letter_for_an_address_is_told(tmp_path, stem):
    source = os.fsencode(tmp_path) + b"/" + stem + b".txt"
    with open(source, "wb") as file:
        file.write((ROOT / "data/transcripts/track-two-perspective/source.txt").read_bytes())
    out = tmp_path / "out"
    command = [sys.executable, "-m", "bitext", "import", source, "--output", str(out)]
    for more, told in (([], True), (["--slug", "talk"], False)):
        done = subprocess.run([*command, *more], capture_output=True, cwd=ROOT, env=ENVIRONMENT)
        assert done.returncode == 0 and (b"W-SLUG" in done.stdout) == told, done.stderr
    assert sorted(p.name for p in out.iterdir()) == ["talk", "transcript"]


@pytest.mark.parametrize("command", ["build", "check", "release", "serve", "export glossary"])
def test_a_command_outside_of_a_project_is_refused_and_writes_nothing(command, tmp_path, capsys):
    assert main([*command.split(), "--root", str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith(f"E-ROOT {tmp_path}:1: no project: it has no data — ")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("port", ["0", "65536", "99999999", "-1", "x", "８０００"])
def test_what_is_no_port_is_told(port, capsys):
    with pytest.raises(SystemExit):
        main(["serve", f"--port={port}"])
    assert "is no port; it is a number from 1 to 65535" in capsys.readouterr().err
