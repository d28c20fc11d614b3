"""Files -> a zip whose bytes depend on them alone: names in order, one fixed time."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
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


@dataclass(frozen=True, slots=True)
class Part:
    """A file, or a part of one, packed; with its size and its checksum as it is unpacked."""

    data: bytes
    size: int
    crc: int


def part_of(data: bytes) -> Part:
    """A part of a file, packed: the data of parts one after another is that of all of it."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)
    return Part(packed, len(data), zlib.crc32(data))


@dataclass(frozen=True, slots=True)
class _Ready:
    """Stands in the place of a packer, where all is packed already."""

    data: bytes

    def compress(self, _: bytes) -> bytes:
        return b""

    def flush(self) -> bytes:
        return self.data


def zipped(files: Mapping[str, bytes | Path | Callable[[], Part]], first: str = "") -> bytes:
    """A zip of these files, sorted by name; `first` stands before all others, not compressed. What gives a
    part is packed already."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files, key=lambda name: (name != first, name)):
            info = zipfile.ZipInfo(name, TIME)
            info.create_system, info.external_attr = UNIX, MODE
            info.compress_type = zipfile.ZIP_STORED if name == first else zipfile.ZIP_DEFLATED
            found = files[name]
            if not callable(found):
                archive.writestr(info, contents(found))
                continue
            part = found()
            info.file_size = part.size  # as `writestr` says it
            with archive.open(info, "w") as file:  # zipfile has no door for what is packed
                file._compressor = _Ready(part.data + END)  # type: ignore[attr-defined]
                file._file_size, file._crc = part.size, part.crc  # type: ignore[attr-defined]
    return out.getvalue()
