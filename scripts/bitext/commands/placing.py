"""Puts the files of an import into a transcript's folder: all of them or none.

A new folder is written under a temporary name and renamed last. For an existing folder all new files
are staged first. If the command is killed after that, the next command puts them in place.
bitext.yml is replaced first: as long as it is the old one, all other files are the old ones too.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bitext.library.files import (
    STAGED,
    Foreign,
    NoPlan,
    Taken,
    apply_staged,
    locked,
    new_folder,
    stage,
    sweep,
    write_atomically,
)
from bitext.library.imports import NAME, read_record
from bitext.model import Refusal

Files = Mapping[str, bytes]


def place(target: Path, files: Files, text: str, before: bytes | None) -> None:
    """Puts a bitext and the files beside it in place of `before`, the bytes that stood there; all or nothing."""
    try:
        if target.parent.exists():
            with unchanged(target, before):
                _replace(target, files, text, before)
        else:
            with new_folder(target.parent) as part:
                for name, data in files.items():
                    write_atomically(part / name, data)
                write_atomically(part / target.name, text.encode("utf-8"))
    except Taken:
        raise _meanwhile(target) from None
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        raise Refusal(
            "E-WRITE",
            str(error.filename or target),
            1,
            why,
            "give --output DIR with a folder that can be written",
        ) from None


@contextmanager
def unchanged(target: Path, before: bytes | None) -> Iterator[None]:
    """Keeps other commands out of a bitext's folder. Raises Refusal where the bitext is no more `before`."""
    with locked(target.parent):
        if (target.read_bytes() if target.exists() else None) != before:
            raise _meanwhile(target)
        yield


def _meanwhile(path: Path) -> Refusal:
    found = "another command or an editor wrote here meanwhile"
    return Refusal("E-EXISTS", str(path), 1, found, "look at it, then run the command again")


def _replace(target: Path, files: Files, text: str, before: bytes | None) -> None:
    """Writes into a folder that is there: all is staged, then put in place together."""
    folder = target.parent
    old = _sources(folder)
    new = {name: data for name, data in files.items() if _differs(folder / name, data)}
    for name in new:
        if (folder / name).exists() and name not in (*old, NAME):
            raise _meanwhile(folder / name)
    gone = {name: sha256 for name, sha256 in old.items() if name not in files}
    was = None if before is None else hashlib.sha256(before).hexdigest()
    stage(folder, {target.name: text.encode("utf-8"), **new}, gone, {target.name: was})
    try:
        apply_staged(folder)
    except Foreign as foreign:  # nothing is put in place yet
        shutil.rmtree(folder / STAGED)
        raise _meanwhile(foreign.path) from None


def _differs(path: Path, data: bytes) -> bool:
    return not path.is_file() or path.read_bytes() != data


def _sources(folder: Path) -> dict[str, str]:
    """The files of the source that the record there names, with their sums."""
    record, _ = read_record(folder / NAME)
    return {file.name: file.sha256 for file in record.files} if record else {}


def settle(folder: Path) -> None:
    """Ends what killed imports began in a transcript's folder: put in place, or removed.

    Raises Refusal where somebody has changed a file meanwhile: theirs stays.
    """
    sweep(folder.parent)
    if not folder.is_dir():
        return
    sweep(folder)
    staged = folder / STAGED
    if not os.path.lexists(staged):
        return
    try:
        with locked(folder):
            apply_staged(folder)
    except Foreign as foreign:
        found = "was changed after an import was stopped before its end; it is kept as it is"
        todo = f"remove {staged}, then run the import again, with --merge"
        raise Refusal("E-STAGED", str(foreign.path), 1, found, todo) from None
    except NoPlan:
        found = "stands where an import puts its new files, and is not from one"
        raise Refusal("E-STAGED", str(staged), 1, found, "remove it") from None
    except OSError as error:
        found = f"a stopped import cannot be ended: {error.strerror or error}"
        todo = "let the folder be written, then run the command again"
        raise Refusal("E-WRITE", str(staged), 1, found, todo) from None


def tidy(root: Path) -> list[Refusal]:
    """Ends what killed commands left anywhere in the project; what cannot be ended, and why."""
    for name in ("data", "docs"):
        sweep(root / name, below=True)
    refused = []
    for staged in sorted((root / "data" / "transcripts").glob(f"[!.]*/{STAGED}")):
        try:
            settle(staged.parent)
        except Refusal as refusal:
            refused.append(refusal)
    return refused
