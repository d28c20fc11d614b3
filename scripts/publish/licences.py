"""Prints the licence of each package in requirements/site.txt, as its installed metadata has it.

python scripts/publish/licences.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

LOCK = Path(__file__).resolve().parents[2] / "requirements" / "site.txt"
PIN = re.compile(r"^([\w.-]+)==([^\s;\\]+)", re.MULTILINE)
CLASSIFIER = "License :: "
#: A field with more holds the licence's whole text.
LONGEST = 80


def pins(lock: str) -> list[tuple[str, str]]:
    """The names and versions of a lock; of a package with several, for several systems, the first."""
    return list(
        {found[1]: (found[1], found[2]) for found in reversed(list(PIN.finditer(lock)))}.values()
    )[::-1]


def licence(about: metadata.PackageMetadata) -> str:
    """What the metadata says, the newest field first; '' where it says nothing."""
    said = about.get("License-Expression") or ""
    classes = [c.split(" :: ")[-1] for c in about.get_all("Classifier") or [] if c.startswith(CLASSIFIER)]  # fmt: skip
    told = about.get("License") or ""
    short = told if len(told) <= LONGEST and "\n" not in told else ""
    return said or short or ", ".join(c for c in classes if c != "OSI Approved")


def rows(lock: str) -> Iterator[tuple[str, str, str]]:
    """Name, version and licence of each pin; a pin for other systems is not installed here."""
    for name, version in pins(lock):
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            yield name, version, "not installed on this system"
            continue
        yield name, about["Version"], licence(about) or "not said: look at the package"


if __name__ == "__main__":
    found = list(rows(LOCK.read_text("utf-8")))
    width = max(len(f"{name} {version}") for name, version, _ in found)
    for name, version, said in found:
        print(f"{f'{name} {version}':{width}}  {said}")
