"""Problems -> what a person reads at a terminal, a program as JSON, or a forge beside the lines."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from bitext.model import Problem

FORMATS = ("text", "json", "github")


def called() -> str:
    """The command as it was called here, so that what is printed can be typed.

    `bitext` where a shell finds it, else with its path, else as a module of this Python.
    """
    own = Path(sys.argv[0])
    if own.name == "__main__.py" and own.parent.name == "bitext":
        return f"{shlex.quote(_near(Path(sys.executable)))} -m bitext"
    if own.name != "bitext" or shutil.which("bitext"):
        return "bitext"
    return shlex.quote(_near(own))


def _near(path: Path) -> str:
    """A path from here where it stands below, else as it is."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_absolute() and path.is_relative_to(here) else str(path)  # fmt: skip


def as_text(problems: Sequence[Problem]) -> Iterable[str]:
    """A line a problem, then what can be pasted, for each file in one piece, then how many."""
    yield from (problem.said for problem in problems)
    yield from _entries(problems)
    yield f"{len(problems)} problem{'s' * (len(problems) != 1)}" if problems else "no problems"


def _entries(problems: Sequence[Problem]) -> Iterable[str]:
    """What can be pasted, for each file in one piece."""
    from bitext.project.entries import together

    pastes: dict[str, list[str]] = {}
    for problem in problems:
        if problem.paste:
            pastes.setdefault(problem.path, []).append(problem.paste)
    for path, parts in pastes.items():
        yield f"\nto list what was meant, paste this at the end of {path} and fill in why_zh and why_en:\n\n{together(parts)}\n"


def as_json(problems: Sequence[Problem], notices: Sequence[Problem]) -> str:
    """All of it as one object; `line` 0 is a file as a whole."""
    return json.dumps(
        {"problems": list(map(_row, problems)), "notices": list(map(_row, notices))},
        ensure_ascii=False, indent=1,
    )  # fmt: skip


def _row(problem: Problem) -> dict[str, object]:
    row = {
        "code": problem.code,
        "path": problem.path,
        "line": problem.line,
        "message": problem.message,
    }
    return row | ({"paste": problem.paste} if problem.paste else {})


#: What would end a command of a workflow, or a value in it.
ESCAPES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
IN_VALUE = {**ESCAPES, ":": "%3A", ",": "%2C"}


def as_github(problems: Sequence[Problem], notices: Sequence[Problem]) -> Iterable[str]:
    """A command of a workflow for each: the forge shows it beside the line of a change."""
    for kind, some in (("error", problems), ("notice", notices)):
        for problem in some:
            place = f"file={_escaped(problem.path, IN_VALUE)}" + (f",line={problem.line}" * bool(problem.line))  # fmt: skip
            title = f",title={_escaped(problem.code, IN_VALUE)}" if problem.code else ""
            yield f"::{kind} {place}{title}::{_escaped(problem.message, ESCAPES)}"


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(char, char) for char in text)


def printed(lines: Iterable[str], stream) -> None:
    """Prints lines; where nobody reads them, in silence."""
    try:
        for line in lines:
            print(line, file=stream)
        stream.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
