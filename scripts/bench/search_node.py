"""The search engine without a browser: what it answers from an index on disk, in Node.

The engine is a worker that needs no page. Node is wanted for the measuring only.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent.parent
SCRIPTS = ROOT / "overrides" / "assets" / "bt"


@dataclass(frozen=True)
class Hit:
    """A result: the address of its unit, its marks, and whether it stands in the other's group."""

    unit: str
    marks: tuple[str, ...]
    other: bool


@dataclass(frozen=True)
class Answer:
    """What the engine said last of a query, and what that cost."""

    hits: Sequence[Hit]
    state: str
    ms: float  # until the first list
    raw: Mapping


class Engine:
    """The engine of one language over an index on disk. `slow`: milliseconds a file takes."""

    def __init__(self, folder: Path, lang: str, slow: int = 0, scripts: Path = SCRIPTS) -> None:
        script = Path(__file__).with_name("search_ask.js")
        command = ["node", str(script), str(scripts), str(folder), lang, *([str(slow)] if slow else [])]  # fmt: skip
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")  # fmt: skip

    def ask(self, typed: str, **more: object) -> Answer:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps({"typed": typed, **more}) + "\n")
        self.process.stdin.flush()
        raw = json.loads(self.process.stdout.readline())
        hits = [_hit(hit, other) for key, other in (("hits", False), ("others", True)) for hit in raw[key]]  # fmt: skip
        return Answer(hits, raw["state"], raw["first"] or raw["ms"], raw)

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()


def _hit(raw: Mapping, other: bool) -> Hit:
    url = urlsplit(raw["href"])
    unit = url.path + ("#" + unquote(url.fragment) if url.fragment else "")
    return Hit(
        unit,
        tuple(s for s, marked in (*raw["title"], *raw["text"], *(raw["named"] or ())) if marked),
        other,
    )


def write_index(folder: Path, files: Mapping[str, bytes]) -> None:
    """Puts the files of an index into a folder."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
