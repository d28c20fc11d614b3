"""The hashes of files that people or the program wrote: each file is read once for each of its states.

What tells a state is the file's stamp. The hash of a file that was changed just before is not held, since
it may be changed again before the system's clock goes on.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from pathlib import Path

from bitext.library.files import Stamp, contents, stamp
from bitext.library.kept import NO_MEMORY, Kept

#: How old a state is that is held, in nanoseconds; hand-set: no clock of a disk is so coarse.
SETTLED = 2_000_000_000

_IN_USE: list[Kept] = [NO_MEMORY.kept]
_KNOWN: dict[str, tuple[Stamp, bytes]] = {}
_ASKED: set[str] = set()


def sha256_of(path: Path) -> bytes:
    """The hash of a file's bytes. Raises OSError."""
    name = os.path.abspath(path)
    found = os.lstat(name)
    now = stamp(found)
    known = _KNOWN.get(name)
    if known and known[0] == now:
        _ASKED.add(name)
        return known[1]
    sha256 = hashlib.sha256(contents(path)).digest()
    # The stamp was read first: what is changed while the file is read has another one.
    if stat.S_ISREG(found.st_mode) and time.time_ns() - found.st_ctime_ns > SETTLED:
        _KNOWN[name] = now, sha256
        _ASKED.add(name)
    return sha256


def use(kept: Kept) -> None:
    """Takes the hashes that are kept there."""
    if _IN_USE[0] != kept:
        found = kept.get("hashes", "", b"")
        _IN_USE[0] = kept
        _ASKED.clear()
        _KNOWN.clear()
        _KNOWN.update(found if isinstance(found, dict) else {})


def save() -> None:
    """Keeps the hashes of the files that were asked for."""
    _IN_USE[0].put("hashes", "", b"", {name: _KNOWN[name] for name in sorted(_ASKED)})
