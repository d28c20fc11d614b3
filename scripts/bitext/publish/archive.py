"""Files -> a zip whose bytes depend on them alone: names in order, one fixed time."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

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


#: A file of a zip: its bytes, its path, or what gives it when it is its turn, so that no more is held.
Content = bytes | Path | Callable[[], bytes | Part]


def zipped(files: Mapping[str, Content], first: str = "") -> bytes:
    """A zip of these files, as `write_zip` writes it."""
    out = io.BytesIO()
    write_zip(out, files, first)
    return out.getvalue()


def write_zip(out: BinaryIO, files: Mapping[str, Content], first: str = "") -> None:
    """Writes a zip of these files, sorted by name; `first` stands before all others, not compressed. A part
    is packed already."""
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files, key=lambda name: (name != first, name)):
            info = zipfile.ZipInfo(name, TIME)
            info.create_system, info.external_attr = UNIX, MODE
            info.compress_type = zipfile.ZIP_STORED if name == first else zipfile.ZIP_DEFLATED
            given = files[name]
            found = given() if callable(given) else contents(given)
            if not isinstance(found, Part):
                archive.writestr(info, found)
                continue
            info.file_size = found.size  # as `writestr` says it
            with archive.open(info, "w") as file:  # zipfile has no door for what is packed
                file._compressor = _Ready(found.data + END)  # type: ignore[attr-defined]
                file._file_size, file._crc = found.size, found.crc  # type: ignore[attr-defined]
