"""Writes files and folders whole or not at all, and removes what killed commands left behind.

A file is written under a temporary name beside its place, then renamed. The writer holds a lock on
it. The system frees the lock when a command is killed, so an unlocked part can be removed.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: nothing can be told of other commands, so nothing is swept
    fcntl = None  # type: ignore[assignment]  # no module there

#: How the name of an unfinished file or folder ends; it begins with a full stop.
PART = ".bitext-part"
#: In a transcript's folder, while its files are replaced: the new ones, and the plan.
STAGED = ".staged"
PLAN = "plan.json"

#: What tells that a file has not been changed since: its size, the file that it is on the disk, and when
#: that was last changed, in nanoseconds. A program can set a file's day, but not that time.
Stamp = tuple[int, int, int]


class Taken(Exception):
    """Another command has made the folder meanwhile."""


class NoFile(OSError):
    """Something else has the name of a file: a folder, or a pipe or a device, whose end may never come."""

    def __init__(self, path: Path) -> None:
        self.what = "a folder" if path.is_dir() else "a pipe or a device"
        super().__init__(errno.EINVAL, f"{self.what} is no file", str(path))


def contents(path: Path) -> bytes:
    """The bytes of a file; raises NoFile, and does not wait, for anything else of that name."""
    if path.exists() and not path.is_file():
        raise NoFile(path)
    return path.read_bytes()


def stamp(found: os.stat_result) -> Stamp:
    return found.st_size, found.st_ino, found.st_ctime_ns


def stamp_of(path: str | Path) -> Stamp | None:
    """The stamp of a file, or of a link itself; None where there is none."""
    try:
        return stamp(os.lstat(path))
    except OSError:
        return None


def digest(path: Path) -> str | None:
    """The SHA-256 of a file's bytes; None where it is no file that can be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
    except (OSError, ValueError):
        return None


def write_atomically(path: Path, data: bytes) -> None:
    """Puts `data` at `path` whole or not at all, also when the program is killed meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = _new_part(path)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            os.chmod(name, 0o644)
            if fcntl:
                os.replace(name, path)
        if not fcntl:  # an open file cannot be renamed there
            os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _new_part(path: Path) -> tuple[int, str]:
    """An empty part of a file, open and locked, and its name."""
    while True:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=PART)
        if not fcntl:
            return handle, name
        fcntl.flock(handle, fcntl.LOCK_EX)
        if _is_at(handle, Path(name)):
            return handle, name
        os.close(handle)  # another command swept it away before it was locked


def _is_at(handle: int, path: Path) -> bool:
    """Whether what is open still has this name."""
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))
    except OSError:
        return False


@contextmanager
def _new_part_folder(folder: Path, prefix: str) -> Iterator[Path]:
    """An empty part of a folder, locked meanwhile."""
    part, handle = _locked_part(folder, prefix)
    try:
        yield part
    finally:
        if handle is not None:
            os.close(handle)


def _locked_part(folder: Path, prefix: str) -> tuple[Path, int | None]:
    while True:
        part = Path(tempfile.mkdtemp(dir=folder, prefix=prefix, suffix=PART))
        if not fcntl:
            return part, None
        with suppress(FileNotFoundError):  # as for a file
            handle = os.open(part, os.O_RDONLY)
            fcntl.flock(handle, fcntl.LOCK_EX)
            if _is_at(handle, part):
                return part, handle
            os.close(handle)


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """A place for what `folder` shall hold; it gets its name at the end, or is removed.

    Raises Taken where a folder with something in it has the name by then.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _new_part_folder(folder.parent, f".{folder.name}.") as part:
        try:
            yield part
            part.chmod(0o755)
            try:
                part.rename(folder)
            except OSError:
                if folder.exists():
                    raise Taken(str(folder)) from None
                raise
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keeps other commands of this program out of a folder; they wait."""
    if not fcntl:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _lock(handle: int) -> bool:
    """Takes the lock of an open file or folder; False where another process has it."""
    if not fcntl:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


# --- what a killed command left ------------------------------------------------------------------


def sweep(folder: Path, *, below: bool = False) -> list[Path]:
    """Removes the parts in `folder` that nobody writes any more; with `below`, in its folders too."""
    found = list(_parts(folder, below))
    return [part for part in found if _remove(part)]


def _parts(folder: Path, below: bool) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        for name in (*folders, *names):
            if name.startswith(".") and name.endswith(PART):
                yield Path(place, name)
        folders[:] = [f for f in folders if below and not f.startswith(".")]


def _remove(part: Path) -> bool:
    with suppress(OSError):
        handle = os.open(part, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        try:
            if _lock(handle):
                shutil.rmtree(part) if part.is_dir() else part.unlink()
                return True
        finally:
            os.close(handle)
    return False


# --- several files instead of others --------------------------------------------------------------


class Foreign(Exception):
    """A file that staged ones shall replace is neither as it was nor as it shall be."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class NoPlan(Exception):
    """What stands where files are staged was not staged by this program."""


def stage(
    folder: Path,
    files: Mapping[str, bytes],
    gone: Mapping[str, str],
    was: Mapping[str, str | None],
) -> None:
    """Writes all new files of a folder aside, with what goes when they come (name -> SHA-256).

    `was` is the SHA-256 of a file as the new one was made from it; of the others, what is there now.
    From the moment this returns `apply_staged` will put them in place in their order, in this
    command or in a later one; until then the folder is as it was.
    """
    with _new_part_folder(folder, ".new.") as part:
        try:
            for name, data in files.items():
                write_atomically(part / name, data)
            old = {name: digest(folder / name) for name in files} | dict(was)
            new = {name: [old[name], digest(part / name)] for name in files}
            plan = {"gone": dict(gone), "new": new}
            write_atomically(part / PLAN, json.dumps(plan, indent=1).encode())
            part.rename(folder / STAGED)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise


def apply_staged(folder: Path) -> bool:
    """Puts what was staged in place and removes what goes; whether there was anything to do.

    Raises Foreign, and changes nothing, where somebody has changed one of the files that are still
    to be replaced; NoPlan where nothing was staged by this program.
    """
    staged = folder / STAGED
    if not _is_planned(staged):
        return False
    new, gone = _plan(staged)
    left = {name: sums for name, sums in new.items() if (staged / name).is_file()}
    for name, sums in left.items():
        _refuse_foreign(folder / name, sums)
    for name in left:
        os.replace(staged / name, folder / name)
    for name, sha256 in gone.items():
        if digest(folder / name) == sha256:
            (folder / name).unlink()
    (staged / PLAN).unlink()
    staged.rmdir()
    return True


def _is_planned(staged: Path) -> bool:
    """Whether anything is still to be put in place; raises NoPlan where something else stands there."""
    if not staged.is_dir():
        if os.path.lexists(staged):
            raise NoPlan
        return False
    if (staged / PLAN).exists():
        return True
    if any(staged.iterdir()):
        raise NoPlan
    staged.rmdir()  # all was done but for the empty folder
    return False


def _refuse_foreign(file: Path, sums: Sequence[str | None]) -> None:
    """Raises Foreign where a file is neither as it was nor as it shall be."""
    now = digest(file)
    if now not in sums or (now is None and os.path.lexists(file)):
        raise Foreign(file)


def _plan(staged: Path) -> tuple[dict[str, list[str | None]], dict[str, str]]:
    """What a plan says: the new files with their sums before and after, and what goes."""
    try:
        plan = json.loads((staged / PLAN).read_bytes())
        new, gone = plan["new"], plan["gone"]
        names = [*new, *gone]
        sound = all(name == Path(name).name and "\0" not in name for name in names)
        pairs = {name: [before, after] for name, (before, after) in new.items()}
        if sound:
            return pairs, dict(gone)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    raise NoPlan
