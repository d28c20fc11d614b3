"""Stores proofs and reuses them, under a hash of everything they depend on.

A proof depends on the source, bitext.yml, import.json and the program's own code. Its file is named
by their hash and contains it; when one of them changes, the proof is made again. The folder can be
deleted at any time. Files in it that are no proofs are ignored.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, fields, replace
from functools import cache
from pathlib import Path

from bitext.library.files import write_atomically
from bitext.model import Bitext, Dropped, Ledger, Problem, Proof, Unit

FOLDER = Path(".cache") / "proofs"
#: What a proof follows from in the program: these packages, and these files beside them.
CODE = ("project", "library", "text", "model.py")
#: So many proofs of one text are kept.
KEPT = 4


@cache
def _code() -> str:
    """The hash of the program's code, so far as a proof follows from it."""
    root = Path(__file__).parent.parent
    found = hashlib.sha256()
    for name in CODE:
        path = root / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            found.update(f"{file.name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()


def key_of(parts: Iterable[bytes]) -> str:
    """The name under which a proof of these bytes is kept."""
    found = hashlib.sha256(_code().encode())
    for part in parts:
        found.update(hashlib.sha256(part).digest())
    return found.hexdigest()


def kept(root: Path, bitext: Bitext, key: str) -> Bitext | None:
    """The bitext with the proof that is kept under the key; None where there is none."""
    try:
        value = json.loads((root / FOLDER / _name(bitext, key)).read_text("utf-8"))
        if value["key"] != key or value["sum"] != _sum(value["proof"]):
            return None
        return _restored(bitext, value["proof"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def keep(root: Path, bitext: Bitext, key: str) -> None:
    """Keeps the bitext's proof under the key; a folder that cannot be written is no fault."""
    folder = root / FOLDER
    value = _plain(bitext)
    data = json.dumps({"key": key, "sum": _sum(value), "proof": value}, ensure_ascii=False)
    with suppress(OSError, UnicodeEncodeError):
        write_atomically(folder / _name(bitext, key), data.encode("utf-8"))
        old = sorted(folder.glob(f"{bitext.slug}.*.json"), key=lambda f: f.stat().st_mtime)
        for file in old[:-KEPT]:
            file.unlink()


def _name(bitext: Bitext, key: str) -> str:
    return f"{bitext.slug}.{key[:16]}.json"


def _sum(value: object) -> str:
    text = json.dumps(value, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(bitext: Bitext) -> dict[str, object]:
    """What `verify` added to a bitext, as JSON has it."""
    assert bitext.proof is not None  # `verify` always adds one
    value = asdict(replace(bitext.proof, ledger=None))
    return json.loads(json.dumps({
        "proof": value,
        "ledger": asdict(bitext.ledger) if bitext.ledger else None,
        "dropped": [asdict(d) for d in bitext.dropped],
        "spans": [[u.id, u.zh_span, u.en_span] for u in bitext.units],
    }))  # fmt: skip


def _restored(bitext: Bitext, value: dict) -> Bitext:
    """The bitext with what `_plain` took from it."""
    ledger = Ledger(**value["ledger"]) if value["ledger"] else None
    said = {**value["proof"], "ledger": ledger, "unchecked": tuple(value["proof"]["unchecked"])}
    said["problems"] = tuple(Problem(**p) for p in said["problems"])
    if set(said) != {f.name for f in fields(Proof)}:
        raise ValueError("no proof")
    units = tuple(_with_spans(bitext.units, value["spans"]))
    dropped = tuple(Dropped(**d) for d in value["dropped"])
    return replace(bitext, proof=Proof(**said), ledger=ledger, dropped=dropped, units=units)


def _with_spans(units: Sequence[Unit], rows: Sequence) -> Iterator[Unit]:
    """The units with the source lines of these rows, which are theirs."""
    if [row[0] for row in rows] != [u.id for u in units]:
        raise ValueError("a proof of other units")
    for unit, (_, zh, en) in zip(units, rows, strict=True):
        yield replace(unit, zh_span=zh and tuple(zh), en_span=en and tuple(en))
