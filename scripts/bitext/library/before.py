"""The site as it was before: what has the same bytes again stays as it is on the disk, its day too.

MkDocs empties the folder that it builds into. What stands there is set aside before it does, and what is
made again is taken back. Whoever copies the site to a host copies what changed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from bitext.library.paths import below

#: Names that are no plain file's.
UNPLAIN = ("", os.curdir, os.pardir)


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
    before, top, seen = str(aside(site) / folder), site / folder, set[str]()
    for name, data in files.items():
        parent, last = os.path.split(name)
        file = os.path.join(top, name)
        # A folder is looked at once; a plain name in it leads nowhere else, if it is no link.
        if parent not in seen or last in UNPLAIN or "\0" in name or os.path.islink(file):
            below(top, name)
            os.makedirs(os.path.dirname(file), exist_ok=True)
            seen.add(parent)
        _put(file, os.path.join(before, name), data)
    return {name: len(data) for name, data in files.items()}


def _put(file: str, old: str, data: bytes) -> None:
    """Gives a file these bytes; the old one is taken back where it has them."""
    if _holds(file, data):
        return
    if not os.path.lexists(file) and _holds(old, data):
        with suppress(OSError):
            os.replace(old, file)
            return
    with open(file, "wb") as out:
        out.write(data)


#: What tells that a file has not been written since: its size, and when it was written, in nanoseconds.
Stamp = tuple[int, int]


class Stamps:
    """The files of a site whose bytes are known, with the hashes of these: as they stood after the build
    before, and as they stand now. A file whose stamp is the same is not read again, as `make` and `git` do
    not; a host's copy that sets the day of a file and keeps its size deceives both."""

    def __init__(self, site: Path, before: Mapping[str, tuple[Stamp, bytes]]) -> None:
        self.site, self.before = site, before
        self.now: dict[str, bytes] = {}

    def back(self, name: str, sha256: bytes) -> bool:
        """Whether a file stands in the site again as it was before, since its bytes have this hash."""
        old, file = os.path.join(aside(self.site), name), os.path.join(self.site, name)
        with suppress(OSError):
            found = os.lstat(old)
            if stat.S_ISREG(found.st_mode) and (
                self.before.get(name) == (_stamp(found), sha256) or _hash(old) == sha256
            ):
                try:
                    os.replace(old, file)
                except FileNotFoundError:
                    os.makedirs(os.path.dirname(file), exist_ok=True)
                    os.replace(old, file)
                self.now[name] = sha256
                return True
        return False

    def taken(self) -> dict[str, tuple[Stamp, bytes]]:
        """The stamps of the files whose bytes are known now."""
        found: dict[str, tuple[Stamp, bytes]] = {}
        for name, sha256 in self.now.items():
            with suppress(OSError):
                found[name] = _stamp(os.lstat(os.path.join(self.site, name))), sha256
        return found


def _stamp(found: os.stat_result) -> Stamp:
    return found.st_size, found.st_mtime_ns


def _hash(file: str) -> bytes:
    return hashlib.sha256(_bytes(file)).digest()


def settle(site: Path) -> None:
    """Takes back the files of which the new ones have the same bytes; the rest of the old is removed."""
    before = str(aside(site))
    for where, _, names in os.walk(before):
        new = str(site) + where.removeprefix(before)
        for name in names:
            _take_back(os.path.join(where, name), os.path.join(new, name))
    shutil.rmtree(before, ignore_errors=True)


def _take_back(old: str, new: str) -> None:
    """Puts the old file in the new one's place where both have the same bytes."""
    with suppress(OSError):
        if os.stat(new).st_size == os.stat(old).st_size and _bytes(new) == _bytes(old):
            os.replace(old, new)


def _holds(file: str, data: bytes) -> bool:
    """Whether a file has these bytes; a link to one is no such file."""
    with suppress(OSError):
        found = os.lstat(file)
        if stat.S_ISREG(found.st_mode) and found.st_size == len(data):
            return _bytes(file) == data
    return False


def _bytes(file: str) -> bytes:
    with open(file, "rb") as opened:
        return opened.read()
