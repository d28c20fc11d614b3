"""The site as it was before: what has the same bytes again stays as it is on the disk, its day too.

MkDocs empties the folder that it builds into. What stands there is set aside before it does; what is made
is compared with that, and in the end the new files are put into what was there. Whoever copies the site
to a host copies what changed.
"""

from __future__ import annotations

import filecmp
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from bitext.library.files import Stamp, stamp, stamp_of
from bitext.library.paths import below

#: Names that are no plain file's.
UNPLAIN = ("", os.curdir, os.pardir)
#: Files by their names, with the stamps and the hashes of their bytes.
Known = Mapping[str, tuple[Stamp, bytes]]


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
        _move(site, before)


@contextmanager
def kept_whole(site: Path) -> Iterator[None]:
    """Has the site stand as it was where its making fails meanwhile."""
    try:
        yield
    except BaseException:
        before = aside(site)
        if before.is_dir():
            site.mkdir(exist_ok=True)  # a first build may fail before it makes the folder
            _clear(site)
            _move(before, site)
            before.rmdir()
        raise


def _move(here: Path, there: Path) -> None:
    for entry in sorted(here.iterdir()):
        if not entry.name.startswith("."):
            entry.rename(there / entry.name)


def _clear(site: Path) -> None:
    """Removes all that is in a folder, but for what is hidden there."""
    for entry in sorted(site.iterdir()):
        if entry.name.startswith("."):
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


class Standing:
    """A site that is being made at `site`, beside what stood there. `known` has hashes of files as they were
    after the build before: one whose stamp is still the same is not read again."""

    def __init__(self, site: Path, known: Known | None = None) -> None:
        self.site, self._before = site, str(aside(site))
        self._old, self._unplain = _read(self._before)
        self._stand: set[str] = set()
        # A folder, and one below it, in which files may be put.
        self._seen: set[tuple[str, str]] = set()
        self._known, self._hashes = known or {}, dict[str, bytes]()

    def put(self, folder: str, files: Mapping[str, bytes]) -> dict[str, int]:
        """Puts files below a folder of the site, each with the bytes that are given; their sizes by name.
        Raises Refusal where a name leads out of it."""
        top = self.site / folder
        for name, data in files.items():
            if self._holds(_joined(folder, name), data):
                continue
            parent, last = os.path.split(name)
            place = folder, parent
            file = os.path.join(top, name)
            # A folder is looked at once; a plain name in it leads nowhere else, if it is no link.
            if place not in self._seen or last in UNPLAIN or "\0" in name or os.path.islink(file):
                below(top, name)
                os.makedirs(os.path.dirname(file), exist_ok=True)
                self._seen.add(place)
            with open(file, "wb") as out:
                out.write(data)
            self._stand.discard(_joined(folder, name))
        return {name: len(data) for name, data in files.items()}

    def write(self, name: str, write: Callable[[BinaryIO], None]) -> int:
        """Has a file written that is too large to be held, by its name in the site; its size. The old one
        stands in the end if it has the same bytes. Raises Refusal where the name leads out of the site."""
        file = below(self.site, name)
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as out:
            write(out)
        self._stand.discard(name)
        return file.stat().st_size

    def _holds(self, name: str, data: bytes) -> bool:
        """Whether the file that stood there has these bytes, and no new one takes its place."""
        old = self._old.get(name)
        if not old or old[0] != len(data) or os.path.lexists(os.path.join(self.site, name)):
            return False
        with suppress(OSError):
            if _bytes(os.path.join(self._before, name)) == data:
                self._stand.add(name)
                return True
        return False

    def back(self, name: str, sha256: bytes) -> bool:
        """Whether a file stands as it was before, since its bytes have this hash."""
        old = self._old.get(name)
        with suppress(OSError):
            if old and (self._known.get(name) == (old, sha256) or _hash(os.path.join(self._before, name)) == sha256):  # fmt: skip
                self._stand.add(name)
                self.note(name, sha256)
                return True
        return False

    def leave(self, folder: str) -> None:
        """Has all files below a folder stand as they were before."""
        self._stand |= {name for name in self._old if name.startswith(f"{folder}/")}

    def note(self, name: str, sha256: bytes) -> None:
        """Notes the hash of a file's bytes, for the next build."""
        self._hashes[name] = sha256

    def at(self, name: str) -> Path:
        """Where a file of the site is now."""
        return Path(self._before if name in self._stand else self.site, name)

    def settle(self) -> None:
        """Puts the new files into what was there, unless they have the same bytes, and that into the site's
        place; of the old files those are removed that do not stand."""
        if not os.path.isdir(self._before):
            return
        if not self._old and not self._unplain:  # no site stood there
            _remove_empty(self._before)
            with suppress(OSError):
                os.rmdir(self._before)
                return
        new, _ = _read(str(self.site))
        same = {name for name in new.keys() & self._old.keys() - self._stand if self._is_same(name)}
        self._stand |= same
        for name in (*self._unplain, *(self._old.keys() - self._stand)):
            os.unlink(os.path.join(self._before, name))
        _remove_empty(self._before)
        for name in new.keys() - self._stand:
            file = os.path.join(self._before, name)
            os.makedirs(os.path.dirname(file), exist_ok=True)
            os.replace(os.path.join(self.site, name), file)
        _clear(self.site)
        _move(Path(self._before), self.site)
        os.rmdir(self._before)

    def _is_same(self, name: str) -> bool:
        """Whether a new file has the bytes of the old one."""
        old, new = os.path.join(self._before, name), os.path.join(self.site, name)
        return filecmp.cmp(old, new, shallow=False)

    def known(self) -> Known:
        """What is known of the files of the site that is settled."""
        found: dict[str, tuple[Stamp, bytes]] = {}
        site = str(self.site)
        for name, sha256 in self._hashes.items():
            if there := stamp_of(os.path.join(site, name)):
                found[name] = there, sha256
        return found


def _joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _read(top: str) -> tuple[dict[str, Stamp], list[str]]:
    """The plain files below a folder by their names, and what is neither file nor folder, but for what is
    hidden in it; no link is followed."""
    plain, other, waiting = dict[str, Stamp](), list[str](), [""]
    while waiting:
        folder = waiting.pop()
        with suppress(OSError), os.scandir(os.path.join(top, folder)) as entries:
            for entry in entries:
                name = _joined(folder, entry.name)
                if not folder and entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(name)
                elif entry.is_file(follow_symlinks=False):
                    plain[name] = stamp(entry.stat(follow_symlinks=False))
                else:
                    other.append(name)
    return plain, other


def _remove_empty(top: str) -> None:
    """Removes the folders below one in which nothing is left."""
    for where, _, names in os.walk(top, topdown=False):
        if where != top and not names:
            with suppress(OSError):
                os.rmdir(where)


def _hash(file: str) -> bytes:
    return hashlib.sha256(_bytes(file)).digest()


def _bytes(file: str) -> bytes:
    with open(file, "rb") as opened:
        return opened.read()
