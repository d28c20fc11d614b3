"""Commands whose disk fails at each of their writes, and commands that run at once.

    python scripts/bench/fuzz_faults.py                  # every write of every command
    python scripts/bench/fuzz_faults.py merge --every 5  # of this one, at every fifth write

From the k-th operation by which a command changes a file, for each k, the disk is full, or it can
only be read. The command says so in a plain sentence and exits with 2, nothing is torn, and no
unfinished file stays where files can be removed. The same command again, with a sound disk, leaves the new state and
nothing else. Then each command runs twice at the same time, several times over: the end is the same.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import mmap
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fuzz_kills import (
    CHANGES,
    TRIALS,
    WRITING,
    State,
    Trial,
    again,
    fork,
    leftovers,
    run,
    second_run,
    state,
    torn,
    wait,
    warm,
)

from bitext.__main__ import main as bitext
from bitext.library.files import PART

#: How often two commands run at once.
AT_ONCE = 8
#: Seconds by which the second begins later, times its number.
LATER = 0.02


@dataclass(frozen=True, slots=True)
class Disk:
    """A way in which a disk fails, and what still works on it."""

    code: int
    removes: bool


DISKS = {
    "full": Disk(errno.ENOSPC, True),
    "read-only": Disk(errno.EROFS, False),
    "forbidden": Disk(errno.EACCES, False),
}


def fail_from(count: int, watched: Path, disk: Disk, failed: mmap.mmap) -> None:
    """Lets each change below `watched` fail from the `count`-th on; `failed` is set when one did."""
    below, left = str(watched.resolve()) + os.sep, count
    works = {"os.remove", "os.rmdir"} if disk.removes else set()

    def change(path: str) -> None:
        nonlocal left
        left -= 1
        if left <= 0:
            failed[0] = 1
            raise OSError(disk.code, os.strerror(disk.code), path)

    def hook(event: str, found: tuple) -> None:
        if event == "open":
            changes = isinstance(found[2], int) and found[2] & WRITING
        else:
            changes = event in CHANGES and event not in works
        if changes and not isinstance(found[0], int):
            path = os.path.abspath(os.fsdecode(found[0]))
            if path.startswith(below):
                change(path)

    fsync = os.fsync

    def flush(handle: int) -> None:
        change("")
        fsync(handle)

    os.fsync = flush
    sys.addaudithook(hook)


def plain(code: int, said: str) -> Iterator[str]:
    """What is wrong with how a command told of a disk that failed."""
    if code != 2:
        yield f"ends with {code}"
    lines = said.splitlines()
    if "Traceback" in said or not lines or not lines[-1].startswith("E-") or " — " not in lines[-1]:
        yield f"says {said[-300:]!r}"


def fail_each(name: str, way: str, every: int) -> tuple[Counter[str], list[str]]:
    """How often a disk failed a command, and every fault."""
    trial, disk, counts, faults = TRIALS[name], DISKS[way], Counter(), []
    with tempfile.TemporaryDirectory(prefix="two-tracks-faults-") as made:
        first, folder, errors = (Path(made).resolve() / n for n in ("first", "project", "errors"))
        old, new, arguments = states(trial, first, folder)
        k = 1
        while True:
            again(first, folder)
            failed = mmap.mmap(-1, 1)

            def job(k: int = k, failed: mmap.mmap = failed) -> int:
                fail_from(k, folder, disk, failed)
                return bitext(arguments)

            code = wait(fork(job, errors))
            if not failed[0]:
                return counts, faults
            counts["failed"] += 1
            left, found = state(folder), []
            if code or left != new:  # what only saves time may fail without a word
                found += plain(code, errors.read_text("utf-8", "replace"))
            found += torn(old, new, left)
            parts = [path for path in leftovers(folder) if path.endswith(PART)]
            if disk.removes and parts:
                found.append(f"leaves {', '.join(parts)}")
            found += second_run(trial, arguments, new, folder)
            faults += [f"{name}, {way} from {k} on: {fault}" for fault in found]
            k += every


def states(trial: Trial, first: Path, folder: Path) -> tuple[State, State, list[str]]:
    """The state before a command and after it, and its words; `first` is kept as it was before."""
    first.mkdir()
    trial.prepare(first)
    arguments = [a.replace("{}", str(folder)) for a in trial.arguments]
    again(first, folder)
    old = state(folder)
    if run(arguments) != 0:
        raise SystemExit(f"{trial.arguments} does not run at all")
    return old, state(folder), arguments


def at_once(name: str) -> tuple[Counter[str], list[str]]:
    """How often a command ran twice at the same time, and every fault."""
    trial, counts, faults = TRIALS[name], Counter(), []
    with tempfile.TemporaryDirectory(prefix="two-tracks-faults-") as made:
        first, folder = (Path(made).resolve() / n for n in ("first", "project"))
        old, new, arguments = states(trial, first, folder)
        for turn in range(AT_ONCE):
            again(first, folder)
            errors = [Path(made) / f"errors-{n}" for n in range(2)]

            def job(n: int, turn: int = turn) -> int:
                import time

                time.sleep(n * turn * LATER)
                return bitext(arguments)

            jobs = [fork(lambda n=n, job=job: job(n), errors[n]) for n in range(2)]
            codes = list(map(wait, jobs))
            counts["at once"] += 1
            found = list(torn(old, new, state(folder)))
            for code, told in zip(codes, errors, strict=True):
                if code and code not in trial.again:
                    found += plain(code, told.read_text("utf-8", "replace"))
            if 0 not in codes:
                found.append(f"none ends well: {codes}")
            found += second_run(trial, arguments, new, folder)
            faults += [f"{name}, twice at once ({turn}): {fault}" for fault in found]
    return counts, faults


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("commands", nargs="*", metavar="COMMAND", help=", ".join(TRIALS))
    asked.add_argument("--every", type=int, default=1, help="fail at every N-th write")
    args = asked.parse_args()
    warm()
    total, faults = Counter(), []
    for name in args.commands or TRIALS:
        done = [fail_each(name, way, args.every) for way in DISKS] + [at_once(name)]
        counts = sum((counts for counts, _ in done), Counter())
        found = [fault for _, faults_ in done for fault in faults_]
        print(f"{name:17}{counts['failed']:6} failing disks{counts['at once']:6} at once{len(found):6} faults", flush=True)  # fmt: skip
        faults += found
        total += counts
    print(f"{total['failed']} failing disks, {total['at once']} at once, {len(faults)} faults")
    for fault in faults:
        print(fault, file=sys.stderr)
    return bool(faults)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
