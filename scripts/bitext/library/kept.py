"""Keeps what was made of a text, and gives it again while all that it was made from is the same.

Everything is kept under a hash of its ground: the bytes of the text's files, the records that it
depends on, and the program itself with the packages it stands on. The folder can be deleted at any
time; what is damaged in it is made again.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache, lru_cache
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from bitext.library.files import Stamp, stamp_of
from bitext.model import Bitext

FOLDER = Path(".cache") / "kept"
#: The folders of the texts in it.
TEXTS = "texts"
#: The bytes of a hash, of which two stand before what is kept: its ground's and its own.
HASH = hashlib.sha256().digest_size
#: What is kept may hold these plain values, and records of this program.
PACKAGE = "bitext"

Made = TypeVar("Made")

#: What a process that goes on has read or made and asks for in each build, with its hash, by its file.
_HELD: dict[str, tuple[bytes, object]] = {}
_HOLDING: list[bool] = []


@contextmanager
def holding() -> Iterator[None]:
    """Meanwhile the process holds what it asks for often, so that it is read once."""
    _HOLDING.append(True)
    try:
        yield
    finally:
        _HOLDING.pop()
        _HELD.clear()


@cache
def program() -> bytes:
    """The hash of the program: its files, the names and versions of the packages beside it, Python."""
    found = hashlib.sha256(sys.version.encode())
    root = Path(__file__).resolve().parent.parent
    for file in sorted(f for f in root.rglob("*") if f.is_file() and "__pycache__" not in f.parts):
        found.update(str(file.relative_to(root)).encode() + b"\0")
        found.update(hashlib.sha256(file.read_bytes()).digest())
    for place in sys.path:
        with suppress(OSError):
            for name in sorted(p.name for p in Path(place or ".").glob("*.dist-info")):
                found.update(name.encode() + b"\0")
    return found.digest()


def digest(*values: object) -> bytes:
    """The hash of records and plain values; equal values have the same, whatever their order in sets.

    >>> digest({"a": 1}) == digest({"a": 1}), digest(("a", "b")) == digest(("ab",))
    (True, False)
    """
    found = hashlib.sha256()
    for value in values:
        if is_dataclass(value):
            found.update(_digest_of(_One(value)))
            continue
        for piece in _pieces(value):
            found.update(piece)
    return found.digest()


@dataclass(frozen=True, slots=True, eq=False)
class _One:
    """A record as the one that it is: equal to no other, so that nothing of it is looked at."""

    record: object

    def __hash__(self) -> int:
        return id(self.record)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _One) and other.record is self.record


@lru_cache(1 << 12)
def _digest_of(one: _One) -> bytes:
    """The hash of a record, which no one changes: of the glossary it is asked for many times."""
    found = hashlib.sha256()
    for piece in _pieces(one.record):
        found.update(piece)
    return found.digest()


def _pieces(value: object) -> Iterator[bytes]:
    """The value in bytes that tell where each part of it begins and ends."""
    if isinstance(value, (str, bytes)):
        data = value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
        yield f"{type(value).__name__}{len(data)}:".encode() + data
    elif value is None or isinstance(value, (bool, int, float)):
        yield f"{value!r};".encode()
    else:
        name, items = _inside(value)
        yield f"{name}(".encode()
        for item in items:
            yield from _pieces(item)
        yield b")"


def _inside(value: object) -> tuple[str, Iterable[object]]:
    """What a value is, and what is in it."""
    if is_dataclass(value):
        record: type = type(value)
        return record.__qualname__, [getattr(value, name) for name in _names(record)]
    if isinstance(value, Mapping):
        return "map", [part for pair in value.items() for part in pair]
    if isinstance(value, Set):
        return "set", sorted(digest(item) for item in value)
    if isinstance(value, (tuple, list)):
        return "row", value
    raise TypeError(f"no hash of {type(value).__name__}")


@cache
def _names(record: type) -> tuple[str, ...]:
    """The names of a record's values."""
    return tuple(one.name for one in fields(record))


class _Records(pickle.Unpickler):
    """Reads plain values and records of this program, and runs nothing."""

    def find_class(self, module: str, name: str) -> object:
        return _record(module, name)


@cache
def _record(module: str, name: str) -> type:
    """The class of that name, if it is one of records of this program."""
    found = getattr(import_module(module), name) if module.partition(".")[0] == PACKAGE else None
    if isinstance(found, type) and found.__module__ == module and _is_record(found):
        return found
    raise pickle.UnpicklingError(f"{module}.{name} is no record")


class _Written(pickle.Pickler):
    """Writes a record as its class and its values in order: read again, that takes half the time
    that the way of `dataclasses` takes."""

    def reducer_override(self, found: object) -> Any:
        record: type = type(found)
        values = _values(record)
        return NotImplemented if values is None else (record, values(found))


@cache
def _values(found: type) -> Callable[[object], tuple] | None:
    """What gives the values of a record with which its class makes it again; None of anything else."""
    if not is_dataclass(found) or hasattr(found, "__post_init__"):
        return None
    names = _names(found)
    if not all(one.init and not one.kw_only for one in fields(found)):
        return None
    if len(names) > 1:
        return attrgetter(*names)
    return lambda record: tuple(getattr(record, name) for name in names)


def _is_record(found: type) -> bool:
    """Whether a class holds values and does nothing when one is made."""
    return is_dataclass(found) or issubclass(found, (str, dict))


def packed(value: object) -> bytes:
    """A plain value, or records of this program, as bytes."""
    out = io.BytesIO()
    _Written(out, protocol=5).dump(value)
    return out.getvalue()


def unpacked(data: bytes) -> Any:
    """What was packed; raises what `pickle` raises where the bytes are no such value."""
    return _Records(io.BytesIO(data)).load()


@dataclass(frozen=True, slots=True)
class Kept:
    """A folder of what was made, one file a name: the latest. Without a folder nothing is kept."""

    folder: Path | None = None

    @classmethod
    def below(cls, root: Path) -> Kept:
        return cls(root / FOLDER)

    def of(self, slug: str) -> Kept:
        """What is kept of one text."""
        return _of(self.folder, slug) if self.folder else self

    def only(self, kind: str, names: Iterable[str]) -> None:
        """Removes what is kept of a kind under other names than these."""
        if self.folder is None:
            return
        with suppress(OSError):
            for name in sorted(set(os.listdir(self.folder / kind)) - set(map(_hashed, names))):
                entry = self.folder / kind / name
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()

    def made(
        self, kind: str, name: str, ground: bytes, make: Callable[[], Made], often: bool = False
    ) -> Made:
        """What `make` gives on this ground: as it is kept, else made now and kept."""
        found = self.get(kind, name, ground, often)
        if found is not None:
            return found  # type: ignore[return-value]
        out = make()
        self.put(kind, name, ground, out, often)
        return out

    def get(self, kind: str, name: str, ground: bytes, often: bool = False) -> object:
        """What is kept under a name, if it was made on this ground; else None. What is asked for `often`, in
        each build, nobody changes: a process that goes on may hold it."""
        file = self._file(kind, name) if often and _HOLDING else ""
        key = self._key(kind, name, ground) if file else b""
        if file in _HELD and _HELD[file][0] == key:
            return _HELD[file][1]
        try:
            body = self._body(kind, name, ground)
            found = None if body is None else unpacked(body)
        except (OSError, EOFError, ValueError, TypeError, AttributeError, ImportError, IndexError, KeyError, pickle.UnpicklingError):  # fmt: skip
            return None
        if file and found is not None:
            _HELD[file] = key, found
        return found

    def has(self, kind: str, name: str, ground: bytes) -> bool:
        """Whether something is kept under a name that was made on this ground; it may be damaged."""
        if self.folder is None:
            return False
        try:
            with open(self._file(kind, name), "rb") as file:
                return file.read(HASH) == self._key(kind, name, ground)
        except OSError:
            return False

    def stands(self, kind: str, name: str, ground: bytes, stamp: Stamp | None) -> bool:
        """Whether something is kept under a name that was made on this ground and is not damaged. Its bytes
        are read only where they may have been changed since they had this stamp."""
        if stamp and self.stamp(kind, name) == stamp:
            return True
        with suppress(OSError):
            return self._body(kind, name, ground) is not None
        return False

    def stamp(self, kind: str, name: str) -> Stamp | None:
        """The stamp of what is kept under a name."""
        return stamp_of(self._file(kind, name)) if self.folder else None

    def put(self, kind: str, name: str, ground: bytes, value: object, often: bool = False) -> None:
        """Keeps a value under a name; a folder that cannot be written is no fault. `often` is as in `get`."""
        if self.folder is None:
            return
        if often and _HOLDING:
            _HELD[self._file(kind, name)] = self._key(kind, name, ground), value
        body = packed(value)
        file = self._file(kind, name)
        with suppress(OSError):
            # A half-written file has another hash, so it is never taken.
            data = self._key(kind, name, ground) + hashlib.sha256(body).digest() + body
            with _new(file) as out:
                out.write(data)

    def _body(self, kind: str, name: str, ground: bytes) -> bytes | None:
        """The bytes that are kept under a name, if they were made on this ground and are not damaged."""
        if self.folder is None:
            return None
        with open(self._file(kind, name), "rb") as file:
            data = file.read()
        key, own, body = data[:HASH], data[HASH : 2 * HASH], data[2 * HASH :]
        sound = key == self._key(kind, name, ground) and own == hashlib.sha256(body).digest()
        return body if sound else None

    def _key(self, kind: str, name: str, ground: bytes) -> bytes:
        """The hash that stands before what is kept: of its ground and of its place."""
        return hashlib.sha256(program() + digest(kind, name, ground)).digest()

    def _file(self, kind: str, name: str) -> str:
        return os.path.join(str(self.folder), kind, _hashed(name))


def _new(file: str) -> BinaryIO:
    """An empty file of this name, its folder made where there is none."""
    try:
        return open(file, "wb")
    except FileNotFoundError:
        os.makedirs(os.path.dirname(file), exist_ok=True)
        return open(file, "wb")


@lru_cache(1 << 13)
def _of(folder: Path, slug: str) -> Kept:
    return Kept(folder / TEXTS / _hashed(slug))


@lru_cache(1 << 15)
def _hashed(name: str) -> str:
    """A name as the file system has it, whatever it holds."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Memory:
    """What was made of each text; `known` has by slug the texts as they were read, with the hashes of
    their files. A text that is not one of these is made anew each time, and nothing of it is kept."""

    kept: Kept = Kept()
    known: Mapping[str, tuple[Bitext, bytes]] = field(default_factory=dict)
    ground: bytes = b""

    def on(self, *values: object) -> Memory:
        """The memory for what depends on these values too."""
        return Memory(self.kept, self.known, digest(self.ground, *values)) if self.known else self

    def of(self, bitext: Bitext, kind: str, make: Callable[[], Made], often: bool = False) -> Made:
        """What `make` gives of a text."""
        text, own = self.known.get(bitext.slug, (None, b""))
        if text is not bitext:
            return make()
        return self.kept.of(bitext.slug).made("", kind, digest(own, self.ground), make, often)

    def prepare(self, bitext: Bitext, kind: str, make: Callable[[], object]) -> None:
        """Keeps what `make` gives of a text, for whoever asks for it next."""
        text, own = self.known.get(bitext.slug, (None, b""))
        kept, ground = self.kept.of(bitext.slug), digest(own, self.ground)
        if text is bitext and kept.folder and not kept.has("", kind, ground):
            kept.put("", kind, ground, make())

    def of_all(
        self, bitexts: Sequence[Bitext], kind: str, make: Callable[[], Made], name: str = ""
    ) -> Made:
        """What `make` gives of these texts, in this order, and of the ground."""
        ground = self._ground(bitexts)
        return self.kept.made(kind, name, ground, make) if ground else make()

    def keeps(self, bitexts: Sequence[Bitext]) -> bool:
        """Whether what is made of these texts can be kept."""
        return self.kept.folder is not None and bool(self._ground(bitexts))

    def has_all(self, bitexts: Sequence[Bitext], kind: str, name: str = "") -> bool:
        """Whether `of_all` has it kept; it may be damaged."""
        ground = self._ground(bitexts)
        return bool(ground) and self.kept.has(kind, name, ground)

    def _ground(self, bitexts: Sequence[Bitext]) -> bytes:
        """The hash of these texts and of the ground; nothing where one is not known."""
        hashes = [own for b in bitexts for text, own in [self.known.get(b.slug, (None, b""))] if text is b]  # fmt: skip
        return digest(self.ground, hashes) if hashes and len(hashes) == len(bitexts) else b""


#: Keeps nothing.
NO_MEMORY = Memory()
