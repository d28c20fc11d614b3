"""The glossary commands: `bitext export glossary` and `bitext import-terms FILE`."""

from __future__ import annotations

import sys
from bisect import bisect_right
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Sequence
from pathlib import Path

from bitext.glossary.csv_table import read_csv
from bitext.glossary.formats import FORMATS
from bitext.glossary.merge import Merge, merge_terms
from bitext.glossary.store import Glossary, parse_glossary, read_glossary
from bitext.glossary.tbx import read_tbx
from bitext.library.files import write_atomically
from bitext.model import Problem

FINE, PROBLEMS, REFUSED = 0, 1, 2


def export(glossary: Glossary, format: str) -> int:
    """Prints the glossary in a format; the exit code."""
    if format not in FORMATS:
        return _refuse("E-FORMAT", "glossary", f"no format '{format}'", f"use {', '.join(FORMATS)}")
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    sys.stdout.write(FORMATS[format](glossary))
    return FINE


def import_terms(file: str | Path, root: Path) -> int:
    """Merges the terms of a TBX or CSV file into data/glossary.yml below `root`; the exit code.

    Nothing is written where anything is wrong with the file, or with the glossary that it would
    make. Conflicts are no such thing: the glossary's value stays, and they are listed.
    """
    shown = str(file)
    try:
        data = Path(file).read_bytes()
    except OSError as error:
        return _refuse("E-FILE", shown, error.strerror or "cannot be read", "give a TBX or CSV file")  # fmt: skip
    for code, is_so, found, todo in UNUSABLE:
        if is_so(data):
            return _refuse(code, shown, found, todo)
    read = read_tbx if data.lstrip(BEFORE_XML).startswith(b"<") else read_csv
    rows, subjects, problems = read(data, shown)
    if problems or not rows:
        return _print(problems or [Problem(shown, 1, "holds no term", "T-EMPTY")])
    path = root / "data" / "glossary.yml"
    _, faults = read_glossary(path, root)
    if faults:
        return _print(faults, "mend the glossary first; nothing was written")
    with path.open(encoding="utf-8-sig", newline="") as handle:
        merge = merge_terms(handle.read(), rows, subjects)
    problems = _problems(merge, shown)
    if problems:
        return _print(problems, "nothing was written")
    if merge.added or merge.filled:
        write_atomically(path, merge.text.encode("utf-8"))
    return _told(merge, shown)


def _is_binary(data: bytes) -> bool:
    """Whether bytes have a NUL at their beginning and are no UTF-16."""
    return b"\0" in data[:SAMPLE] and not data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))


#: So many bytes tell whether a file is text, as many as one block of a disk has.
SAMPLE = 4096
#: What may stand before the first `<` of a TBX file.
BEFORE_XML = BOM_UTF8 + b" \t\r\n"
#: Files that are refused unread: the code, the test, what was found, and what to do.
UNUSABLE: tuple[tuple[str, Callable[[bytes], bool], str, str], ...] = (
    ("E-EMPTY", lambda data: not data.strip(), "the file is empty", "give a TBX or CSV file"),
    ("E-BINARY", _is_binary, "not a text", "export the terms as TBX or CSV UTF-8"),
)


def _told(merge: Merge, shown: str) -> int:
    """Tells what was merged and what is left to a person; the exit code."""
    for conflict in merge.conflicts:
        print(Problem(shown, conflict.line, str(conflict), "T-CONFLICT"), file=sys.stderr)
    added, filled = len(merge.added), len({id for id, _ in merge.filled})
    counts = f"{_count(added, 'entry', 'entries')} added, {filled} completed"
    print(f"{counts}, {_count(len(merge.conflicts), 'conflict')} left to you", file=sys.stderr)
    return PROBLEMS if merge.conflicts else FINE


def _problems(merge: Merge, shown: str) -> list[Problem]:
    """What would be wrong with the merged glossary, at the imported entry that brings it in."""
    glossary, problems = parse_glossary(merge.text, "data/glossary.yml")
    starts = sorted((term.line, term.id) for term in glossary.terms)
    found = []
    for problem in problems:
        at = bisect_right(starts, (problem.line, "~")) - 1
        named = [id for id in problem.about if id in merge.lines]
        id = named[0] if named else starts[at][1] if at >= 0 else ""
        found.append(Problem(shown, merge.lines.get(id, 0), problem.message, problem.code))
    return found


def _print(problems: Sequence[Problem], end: str = "") -> int:
    for problem in problems:
        print(problem, file=sys.stderr)
    count = _count(len(problems), "problem")
    print(f"{count}; {end}" if end else count, file=sys.stderr)
    return PROBLEMS


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _refuse(code: str, path: str, found: str, todo: str) -> int:
    print(f"{code} {path}: {found} — {todo}", file=sys.stderr)
    return REFUSED
