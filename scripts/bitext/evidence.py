"""What a bitext says of its source: the files beside it, each with the SHA-256 of its bytes as received.

One file stands as `file` and `sha256`; a file for each language as `files`, a list of
`{lang, file, sha256}`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bitext.model import LANGS

KEYS = ("file", "sha256", "files")
FORM = "source: {file: …, sha256: …}, or source.files: a list with {lang, file, sha256} of zh and of en"  # fmt: skip


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the source, by its name beside the bitext; `lang` where it holds one language."""

    name: str
    sha256: str
    lang: str = ""


def source_files(source: Mapping[str, object]) -> tuple[SourceFile, ...]:
    """The files that `source` names, Chinese first; none where they are not in the form above."""
    rows = source.get("files")
    if rows is None:
        file = _file(source, "")
        return (file,) if file else ()
    if "file" in source or "sha256" in source or not isinstance(rows, list | tuple):
        return ()
    by_lang = {
        row.get("lang"): _file(row, str(row.get("lang")))
        for row in rows
        if isinstance(row, Mapping) and row.get("lang") in LANGS
    }
    found = tuple(file for lang in LANGS if (file := by_lang.get(lang)))
    return found if len(rows) == len(found) == len(LANGS) else ()


def _file(row: Mapping[str, object], lang: str) -> SourceFile | None:
    """A file in the bitext's own folder; None where the name could lead anywhere else."""
    name, sha256 = row.get("file"), row.get("sha256")
    if not isinstance(name, str) or not name or name in (".", "..") or set(name) & set("/\\\0"):
        return None
    return SourceFile(name, str(sha256 or ""), lang)


def with_files(source: Mapping[str, object], files: Sequence[SourceFile]) -> dict[str, object]:
    """`source` with these files as its evidence, and no others."""
    rest = {key: value for key, value in source.items() if key not in KEYS}
    if not files:
        return rest
    if len(files) == 1 and not files[0].lang:
        return {"file": files[0].name, **rest, "sha256": files[0].sha256}
    rows = [{"lang": f.lang, "file": f.name, "sha256": f.sha256} for f in files]
    return {"files": rows, **rest}
