"""Breaks copies of the project, one break each: every command ends well, and `check` says what is broken.

    python scripts/bench/fuzz_projects.py [WORD]      only the breaks with WORD in their names

Each break is a row of BREAKS: its name, what is done to the copy, and words of the message that
must come, with the path and the line of the file that was broken. `FINE` is no fault. After `check`
come `build`, `export` of a text, and `release`. Whatever might end the process itself runs in one
of its own.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import breaks_bitext
import breaks_files
import breaks_record
from bed import ROOT, copy_project
from breaks import PUBLISHED, Break

from bitext.__main__ import main

BREAKS = (*breaks_bitext.BREAKS, *breaks_record.BREAKS, *breaks_files.BREAKS)


#: What is run in a broken project, and where it may write.
COMMANDS = (
    ("check",), ("build",), ("export", "sanders-xue-panel", "--format", "json"), ("release",),
)  # fmt: skip
WRITTEN = ("project/docs/", "project/.cache", f"project/{PUBLISHED}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one broken project: '' in `wrong` where all is as it should be."""

    name: str
    wrong: str = ""
    crashed: bool = False
    told: bool = False  # with the path and the line


def attempt(broken: Break, base: Path) -> Outcome:
    """Breaks a copy of `base`, then runs `check`, `build`, `export` and `release` in it."""
    with tempfile.TemporaryDirectory(prefix="two-tracks-broken-") as place:
        root = Path(place) / "project"
        shutil.copytree(base, root)
        with contextlib.redirect_stdout(io.StringIO()):
            broken.act(root)
        outside = _names(Path(place))
        run = _apart if broken.apart else _here
        runs = {line[0]: run(line, root, broken.env) for line in COMMANDS}
        for command, (code, said) in runs.items():
            if code not in (0, 1, 2) or "Traceback" in said:
                return Outcome(broken.name, f"{command} ended with {code}: {said[-2000:]}", True)
        if new := {n for n in _names(Path(place)) - outside if not n.startswith(WRITTEN)}:
            return Outcome(broken.name, f"written outside docs/: {', '.join(sorted(new))}")
        (check, said), ends = runs["check"], {command: code for command, (code, _) in runs.items()}
        if not broken.says:  # pages may have to be built anew, and that is all
            del ends["check"]
            check, said = run(COMMANDS[0], root, broken.env)
            fine = check == 0 and set(ends.values()) == {0}
            return Outcome(broken.name, "" if fine else f"told, {ends}: {said[:2000]}")
        if check == 0:
            return Outcome(broken.name, "check says nothing")
        lines = [line for line in said.splitlines() if broken.says in line]
        told = any(f"{broken.file}:{n}: " in line for line in lines for n in _numbers(line))
        if not told and (broken.line or not any(broken.file in line for line in lines)):
            return Outcome(broken.name, f"not told with {broken.says!r} and a line: {said[:2000]}")
        return Outcome(broken.name, told=told)


def _names(place: Path) -> set[str]:
    return {str(path.relative_to(place)) for path in place.rglob("*")}


def _numbers(line: str) -> Iterator[str]:
    """The numbers that stand between colons in a message."""
    return (part for part in line.split(":") if part.isdigit() and part != "0")


def _here(command: Sequence[str], root: Path, env: object) -> tuple[int, str]:
    out = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            code = main([*command, "--root", str(root)])
        except Exception:
            traceback.print_exc()
            code = -1
    out.flush()
    said = out.buffer.getvalue().decode("utf-8", "replace")
    return code, said.replace(f"{root}/", "")


def _apart(command: Sequence[str], root: Path, env: tuple[tuple[str, str], ...]) -> tuple[int, str]:
    set_to = os.environ | {"PYTHONPATH": str(ROOT / "scripts")} | dict(env)
    done = subprocess.run(
        [sys.executable, "-m", "bitext", *command, "--root", str(root)],
        capture_output=True, timeout=120, env=set_to,
    )  # fmt: skip
    said = (done.stderr + done.stdout).decode("utf-8", "replace")
    return done.returncode, said.replace(f"{root}/", "")


@contextlib.contextmanager
def sound_project() -> Iterator[Path]:
    """A copy of the project's data/ and docs/, with the proofs kept that are made anyhow."""
    with tempfile.TemporaryDirectory(prefix="two-tracks-sound-") as place:
        copy_project(Path(place))
        _here(("check",), Path(place), None)
        yield Path(place)


def run(word: str = "") -> int:
    """Tries every break with `word` in its name; prints what went wrong, and the figures."""
    with sound_project() as base:
        outcomes = []
        for broken in (b for b in BREAKS if word in b.name):
            outcomes.append(attempt(broken, base))
            if outcomes[-1].wrong:
                print(f"{broken.name}: {outcomes[-1].wrong}\n", flush=True)
    crashes, told = sum(o.crashed for o in outcomes), sum(o.told for o in outcomes)
    faults = sum(bool(b.says) for b in BREAKS if word in b.name)
    files = sum(bool(b.says) and not b.line for b in BREAKS if word in b.name)
    print(f"{len(outcomes)} kinds: {crashes} crashes, {told} told with a line, {files} told with the file that is missing or in the way, {len(outcomes) - faults} no faults; {sum(bool(o.wrong) for o in outcomes)} not as they should be")  # fmt: skip
    return int(any(o.wrong for o in outcomes))


if __name__ == "__main__":
    sys.exit(run(*sys.argv[1:2]))
