"""A file name -> its path, which is always below the folder that it belongs to."""

from __future__ import annotations

from pathlib import Path

from bitext.model import Refusal


def below(root: Path, name: str) -> Path:
    """The path of `name` in `root`. Raises Refusal where that leads out of it, by `..` or a link."""
    path = root / name
    try:
        end, start = path.resolve(), root.resolve()
        inside = end.is_relative_to(start) and end != start
    except (OSError, ValueError, RuntimeError):  # a NUL, too long, links in a circle
        inside = False
    if not inside:
        raise Refusal(
            "E-PATH", str(path)[:300], 1, f"leads out of {root}",
            "correct the id that it is made of, or remove the link",
        )  # fmt: skip
    return path
