"""Where an import goes: a transcript's folder, put in place whole or not at all.

A new folder gets its name last. In one that is there the new sources stand beside the old ones until
the bitext, renamed last, names them; then the old ones go. What a killed command left of this is
ended by the next one.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from bitext.evidence import SourceFile, source_files
from bitext.files import (
    REPLACING,
    Taken,
    begin_replacing,
    digest,
    end_replacing,
    locked,
    new_folder,
    sweep,
    write_atomically,
)
from bitext.model import Refusal

Sources = Sequence[tuple[SourceFile, bytes]]


def place(target: Path, sources: Sources, text: str, before: bytes | None) -> None:
    """Puts a bitext and its sources in place of `before`, the bytes that stood there; all or nothing."""
    try:
        if target.parent.exists():
            with locked(target.parent):
                _replace(target, sources, text, before)
        else:
            with new_folder(target.parent) as part:
                for file, data in sources:
                    write_atomically(part / file.name, data)
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


def _meanwhile(path: Path) -> Refusal:
    found = "another command or an editor wrote here meanwhile"
    return Refusal("E-EXISTS", str(path), 1, found, "look at it, then run the command again")


def _replace(target: Path, sources: Sources, text: str, before: bytes | None) -> None:
    """Writes into a folder that is there: sources under free names, then the bitext that names them."""
    folder = target.parent
    if (target.read_bytes() if target.exists() else None) != before:
        raise _meanwhile(target)
    new = {}
    for file, _ in sources:
        if not (folder / file.name).exists():
            new[file.name] = file.sha256
        elif digest(folder / file.name) != file.sha256:
            raise _meanwhile(folder / file.name)
    begin_replacing(folder, (_named(target) or {}) | new)
    try:
        for file, data in sources:
            if file.name in new:
                write_atomically(folder / file.name, data)
        write_atomically(target, text.encode("utf-8"))
    finally:
        end_replacing(folder, lambda: _named(target))


def _named(target: Path) -> dict[str, str] | None:
    """The files of the source that the bitext there names, with their sums; None if it cannot be told."""
    from bitext.store import read_bitext

    if not target.exists():
        return {}
    bitext, _ = read_bitext(target)
    return bitext and {file.name: file.sha256 for file in source_files(bitext.source)}


def settle(folder: Path) -> None:
    """Removes what killed imports left in a transcript's folder and beside it."""
    sweep(folder.parent)
    sweep(folder)
    if (folder / REPLACING).exists():
        with locked(folder):
            end_replacing(folder, lambda: _named(folder / "bitext.yml"))


def tidy(root: Path) -> None:
    """Removes what killed commands left anywhere in the project's data/ and docs/."""
    for name in ("data", "docs"):
        sweep(root / name, below=True)
    for note in (root / "data" / "transcripts").glob(f"[!.]*/{REPLACING}"):
        settle(note.parent)
