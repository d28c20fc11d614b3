"""Many readers at once, behind nginx and Caddy on this machine: no error, right headers, 304s.

    python scripts/bench/prove_load.py [SECONDS [READERS]]     120 seconds, 200 readers

A reader opens pages one after the other, pauses on each, and keeps what a browser keeps: files with
`?v=` are not asked for again, others are asked whether they have changed. Now and then an address
of nothing is asked for. Each answer is compared with its file and with the headers that it has to have.
"""

from __future__ import annotations

import asyncio
import gzip
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from prove_hosts import SERVERS, build, expected, program, served

from bitext.publish import headers

SECONDS, READERS = 120, 200
#: The longest a reader stays on a page, in seconds, and how many pages are opened for one of nothing.
PAUSE, ONE_IN = 4.0, 40
#: An answer that takes longer is none; in seconds.
PATIENCE = 60
#: Every so many answers are unpacked and compared byte by byte; the others by their headers alone.
UNPACKED = 5
NEEDED = re.compile(r'<(?:script|link)\b[^>]*? (?:src|href)="([^"?]*)(\?v=[^"]*)"')
NOTHING = "no/such/page/"
#: What is told of errors.
SHOWN = 20


@dataclass(slots=True)
class Answer:
    status: int
    said: Mapping[str, str]  # by the header's name in small letters
    body: bytes


@dataclass(slots=True)
class Tally:
    """What came of a server's work."""

    count: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)


class Line:
    """A reader's connection, which is kept."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, path: str, said: Mapping[str, str]) -> Answer:
        if self.ends is None:
            self.ends = await asyncio.open_connection("127.0.0.1", self.port)
        come, go = self.ends
        more = "".join(f"{name}: {value}\r\n" for name, value in said.items())
        go.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{more}\r\n".encode())
        await go.drain()
        status, *lines = (await come.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        told = {n.lower(): v.strip() for n, _, v in (line.partition(":") for line in lines if line)}
        code = int(status.split()[1])
        body = b"" if code == 304 else await _body(come, told)
        if told.get("connection", "").lower() == "close":
            await self.close()
        return Answer(code, told, body)

    async def close(self) -> None:
        if self.ends:
            self.ends[1].close()
        self.ends = None


async def _body(come: asyncio.StreamReader, told: Mapping[str, str]) -> bytes:
    if told.get("transfer-encoding") != "chunked":
        return await come.readexactly(int(told["content-length"]))
    parts = []
    while size := int(await come.readline(), 16):
        parts.append(await come.readexactly(size))
        await come.readline()
    await come.readline()
    return b"".join(parts)


class Site:
    """The files of a built site, and what each page needs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        pages = sorted(folder.rglob("index.html"))
        self.pages = [p.relative_to(folder).as_posix().removesuffix("index.html") for p in pages]
        self.needs = dict(zip(self.pages, map(self._needs, pages), strict=True))
        self.files: dict[str, bytes] = {}

    def _needs(self, page: Path) -> list[str]:
        found = NEEDED.findall(page.read_text("utf-8"))
        there = ((page.parent / path).resolve().relative_to(self.folder.resolve()) for path, _ in found)  # fmt: skip
        return [path.as_posix() + version for path, (_, version) in zip(there, found, strict=True)]

    def bytes(self, path: str) -> bytes:
        """What stands at a path; the page for that where nothing does."""
        name = path.partition("?")[0]
        name = "404.html" if name == NOTHING else f"{name}index.html" if name.endswith("/") or not name else name  # fmt: skip
        if name not in self.files:
            self.files[name] = (self.folder / name).read_bytes()
        return self.files[name]


def wrong(site: Site, path: str, answer: Answer, asked_again: bool, unpack: bool) -> str:
    """What is wrong with an answer; '' where nothing is."""
    status = 404 if path == NOTHING else 304 if asked_again else 200
    if answer.status != status:
        return f"status {answer.status} and not {status}"
    if status == 304:
        return ""
    bare = path.partition("?")[0]
    wanted = dict(headers.ALWAYS) if status == 404 else dict(expected(bare, Path(bare).suffix[1:]))
    if path != bare:
        wanted["Cache-Control"] = headers.KEPT
    for name, value in wanted.items():
        if answer.said.get(name.lower()) != value:
            return f"{name}: {answer.said.get(name.lower())} and not {value}"
    packed = answer.said.get("content-encoding") == "gzip"
    if unpack and (gzip.decompress(answer.body) if packed else answer.body) != site.bytes(path):
        return "other bytes"
    return ""


async def read(port: int, site: Site, end: float, chance: random.Random, tally: Tally) -> None:
    """A reader, until the end."""
    line, kept = Line(port), dict[str, str]()
    await asyncio.sleep(chance.random() * PAUSE)
    while time.monotonic() < end:
        page = chance.choice(site.pages) if chance.randrange(ONE_IN) else NOTHING
        for path in (page, *(need for need in site.needs.get(page, ()) if need not in kept)):
            again = kept.get(path)
            said = {"Accept-Encoding": "gzip"} | ({"If-None-Match": again} if again else {})
            try:
                answer = await asyncio.wait_for(line.ask(f"/{path}", said), PATIENCE)
            except (OSError, EOFError, TimeoutError, ValueError, LookupError) as error:
                tally.errors.append(f"/{path}: {error!r}")
                await line.close()
                continue
            tally.count[str(answer.status)] += 1
            unpack = tally.count.total() % UNPACKED == 0
            if fault := wrong(site, path, answer, bool(again), unpack):
                tally.errors.append(f"/{path}: {fault}")
            if answer.status == 200:
                kept[path] = answer.said.get("etag", "")
        await asyncio.sleep(chance.random() * PAUSE)
    await line.close()


async def load(port: int, site: Site, seconds: float, readers: int) -> Tally:
    """What comes of so many readers in so many seconds."""
    tally, end = Tally(), time.monotonic() + seconds
    await asyncio.gather(*(read(port, site, end, random.Random(n), tally) for n in range(readers)))
    return tally


def main(words: list[str]) -> int:
    """1 where an answer is wrong, or where nothing was asked again."""
    seconds = float(words[0]) if words else SECONDS
    readers = int(words[1]) if len(words) > 1 else READERS
    asked, bad = [name for name in SERVERS if program(name)], 0
    with tempfile.TemporaryDirectory() as made:
        build("https://tracks.example/", Path(made, "site"))
        site = Site(Path(made, "site"))
        for name in asked:
            with served(name, site.folder, "/") as port:
                tally = asyncio.run(load(port, site, seconds, readers))
            told = ", ".join(f"{count:,} x {status}" for status, count in sorted(tally.count.items()))  # fmt: skip
            print("\n".join(tally.errors[:SHOWN]))
            print(f"{name}: {readers} readers, {seconds:.0f} s: {told}; {len(tally.errors)} errors")
            bad += len(tally.errors) + (not tally.count["304"])
    return int(bool(bad) or not asked)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
