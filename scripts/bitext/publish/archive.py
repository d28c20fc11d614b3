"""Files -> a zip whose bytes depend on them alone: names in order, one fixed time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

#: The earliest time that a zip can hold.
TIME = (1980, 1, 1, 0, 0, 0)
#: A plain file that its owner may write and all may read, as Unix says it.
MODE = 0o100644 << 16
UNIX = 3


def contents(file: bytes | Path) -> bytes:
    """The bytes of what is given as its bytes or as its path."""
    return file.read_bytes() if isinstance(file, Path) else file


def zipped(files: Mapping[str, bytes | Path], first: str = "") -> bytes:
    """A zip of these files, sorted by name; `first` stands before all others, not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files, key=lambda name: (name != first, name)):
            info = zipfile.ZipInfo(name, TIME)
            info.create_system, info.external_attr = UNIX, MODE
            info.compress_type = zipfile.ZIP_STORED if name == first else zipfile.ZIP_DEFLATED
            archive.writestr(info, contents(files[name]))
    return out.getvalue()
