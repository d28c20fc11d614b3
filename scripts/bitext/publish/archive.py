"""Files -> a zip whose bytes depend on them alone: names in order, one fixed time."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

#: The earliest time that a zip can hold.
TIME = (1980, 1, 1, 0, 0, 0)
#: A plain file that its owner may write and all may read, as Unix says it.
MODE = 0o100644 << 16
UNIX = 3


def contents(file: bytes | Path) -> bytes:
    """The bytes of what is given as its bytes or as its path."""
    return file.read_bytes() if isinstance(file, Path) else file


#: The end of a file that was packed in parts: an empty last block.
END = b"\x03\x00"


def part_of(data: bytes) -> bytes:
    """A part of a file, packed: parts one after another are all of it, packed."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)


def of_parts(parts: Iterable[bytes]) -> bytes:
    """A file of these parts, packed."""
    return b"".join(parts) + END


@dataclass(frozen=True, slots=True)
class _Ready:
    """Stands in the place of a packer, where all is packed already."""

    data: bytes

    def compress(self, _: bytes) -> bytes:
        return b""

    def flush(self) -> bytes:
        return self.data


def _nothing(_: str) -> bytes | None:
    return None


def zipped(
    files: Mapping[str, bytes | Path],
    first: str = "",
    packed: Callable[[str], bytes | None] = _nothing,
) -> bytes:
    """A zip of these files, sorted by name; `first` stands before all others, not compressed.

    `packed` has those of the files, by their names in the zip, that are packed already.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files, key=lambda name: (name != first, name)):
            info = zipfile.ZipInfo(name, TIME)
            info.create_system, info.external_attr = UNIX, MODE
            info.compress_type = zipfile.ZIP_STORED if name == first else zipfile.ZIP_DEFLATED
            data, ready = contents(files[name]), packed(name)
            if ready is None:
                archive.writestr(info, data)
                continue
            info.file_size = len(data)  # as `writestr` says it
            with archive.open(info, "w") as file:
                file._compressor = _Ready(ready)  # type: ignore[attr-defined]  # zipfile has no door for it
                file.write(data)
    return out.getvalue()
