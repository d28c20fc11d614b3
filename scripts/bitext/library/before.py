"""The site as it was before: what has the same bytes again stays as it is on the disk, its day too.

MkDocs empties the folder that it builds into. What stands there is set aside before it does, and what is
made again is taken back. Whoever copies the site to a host copies what changed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from bitext.library.paths import below


def aside(site: Path) -> Path:
    """Where the site as it was stands while it is made anew: beside it."""
    return site.with_name(f".{site.name}.before")


def set_aside(site: Path) -> None:
    """Puts all that is in the site's folder aside, but for what is hidden there; where that cannot be,
    everything is written anew."""
    before = aside(site)
    shutil.rmtree(before, ignore_errors=True)
    with suppress(OSError):
        before.mkdir()
        for entry in sorted(site.iterdir()):
            if not entry.name.startswith("."):
                entry.rename(before / entry.name)


def put(site: Path, folder: str, files: Mapping[str, bytes]) -> dict[str, int]:
    """Puts files below a folder of the site, each with the bytes that are given; their sizes by name."""
    before = aside(site) if aside(site).is_dir() else None
    for name, data in files.items():
        file = below(site / folder, name)
        if before is not None and not file.exists():
            _take_back(before / folder / name, file, data)
        if not _holds(file, data):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
    return {name: len(data) for name, data in files.items()}


def settle(site: Path) -> None:
    """Takes back the files of which the new ones have the same bytes; the rest of the old is removed."""
    before = aside(site)
    for old in _files(before):
        new = site / old.relative_to(before)
        with suppress(OSError):
            if new.stat().st_size == old.stat().st_size and new.read_bytes() == old.read_bytes():
                os.replace(old, new)
    shutil.rmtree(before, ignore_errors=True)


def _take_back(old: Path, file: Path, data: bytes) -> None:
    if _holds(old, data):
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            os.replace(old, file)


def _holds(file: Path, data: bytes) -> bool:
    """Whether a file has these bytes; a link to one is no such file."""
    try:
        return (
            file.stat().st_size == len(data) and not file.is_symlink() and file.read_bytes() == data
        )
    except OSError:
        return False


def _files(folder: Path) -> Iterator[Path]:
    for where, _, names in os.walk(folder):
        yield from (Path(where, name) for name in names)
