"""Prints which of the packages that pyproject.toml names have newer versions than those pinned.

python scripts/publish/outdated.py

The package index is asked once for each package that is named there, not for all that they bring.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from licences import PIN

ROOT = Path(__file__).resolve().parents[2]
NAME = re.compile(r"[\w.-]+")
#: `pip index versions` says the newest that this Python can install in brackets.
NEWEST = re.compile(r"\(([^)\s]+)\)")
#: A package index that is asked for longer does not answer.
LONGEST = 60


def named(project: Mapping[str, object]) -> list[str]:
    """The packages that pyproject.toml names, each once.

    >>> named({"project": {"dependencies": ["a==1"], "optional-dependencies": {"x": ["b[c]>=2"]}},
    ...        "dependency-groups": {"t": [{"include-group": "u"}, "a", "d<3"]}})
    ['a', 'b', 'd']
    """
    own, groups = project["project"], project["dependency-groups"]
    assert isinstance(own, dict) and isinstance(groups, dict)
    lists = [own["dependencies"], *own["optional-dependencies"].values(), *groups.values()]
    rows = (row for rows in lists for row in rows if isinstance(row, str))
    return list(dict.fromkeys(found[0] for row in rows if (found := NAME.match(row))))


def pinned() -> dict[str, str]:
    """The version of each package in the lock files, by its name in small letters; of several, for
    several Pythons, the last."""
    locks = sorted((ROOT / "requirements").glob("*.txt"))
    return {name.lower(): version for lock in locks for name, version in PIN.findall(lock.read_text("utf-8"))}  # fmt: skip


def newest(name: str) -> str:
    """The newest version that the package index has for this Python; '' where it does not say."""
    command = [sys.executable, "-m", "pip", "index", "versions", "--disable-pip-version-check", name]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return ""
    found = NEWEST.search(done.stdout)
    return found[1] if done.returncode == 0 and found else ""


def rows(names: list[str], held: Mapping[str, str], ask: Callable[[str], str]) -> Iterator[str]:
    """A line for each pinned package that has a newer version, or of which nothing is known."""
    for name in (name for name in names if name.lower() in held):
        has, there = held[name.lower()], ask(name)
        if not there:
            yield f"{name} {has}: the package index does not say"
        elif there != has:
            yield f"{name} {has}: {there} is out"


def main() -> int:
    names = named(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8")))
    found = list(rows(names, pinned(), newest))
    for line in found:
        print(line)
    print(f"{len(names)} packages, {len(found)} to look at; CONTRIBUTING.md says how to renew them")
    return 0


if __name__ == "__main__":
    sys.exit(main())
