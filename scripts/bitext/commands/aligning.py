"""`bitext align ZH EN`: two files with a sentence a line -> their beads on stdout."""

from __future__ import annotations

import sys
from pathlib import Path

from bitext.model import Refusal

MOST_BYTES = 256 << 20


def run(zh_path: str, en_path: str) -> int:
    """Print a bead a line, `[0]:[0,1]:0.97`; 2 and a line on stderr when a file cannot be used."""
    from bitext.align.segments import align_segments, format_ladder

    try:
        zh, en = _read_lines(zh_path), _read_lines(en_path)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 2
    for line in format_ladder(align_segments(zh, en)):
        print(line)
    return 0


def _read_lines(path: str) -> list[str]:
    """The file's segments, one a line; an empty line is an empty segment."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Refusal("E-READ", path, 1, f"cannot be read ({why})", "give a text file") from None
    if len(data) > MOST_BYTES:
        found = f"{len(data) >> 20} MiB of text"
        raise Refusal("E-SIZE", path, 1, found, f"split it below {MOST_BYTES >> 20} MiB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{data[error.start]:02X} is not UTF-8"
        raise Refusal("E-ENCODING", path, line, found, "save the file as UTF-8") from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise Refusal("E-BINARY", path, line, "a NUL character", "give a text file")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines
