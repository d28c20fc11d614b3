"""Jobs done in processes of their own: one that ends its process ends nothing else.

A process that ended before it answered may have been ended for all of them, by a system without
memory. So its job is done once more, at the end, with no other beside it.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

Job = TypeVar("Job")
Answer = TypeVar("Answer")

#: A fresh interpreter on every system: nothing of the parent is in it by chance.
FRESH = get_context("spawn")


@dataclass(frozen=True, slots=True)
class Died:
    """The answer to a job whose process ended without one. `code` is as of multiprocessing: -9 for
    signal 9."""

    code: int | None


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):  # a container may have fewer than the machine
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def each(
    task: Callable[[Job], Answer], jobs: Sequence[Job], workers: int
) -> Iterator[tuple[int, Answer | Died]]:
    """Each job's number with the answer of `task`, as they come; `task` raises nothing."""
    died = []
    for number, answer in _done(task, enumerate(jobs), workers):
        if isinstance(answer, Died):
            died.append((number, jobs[number]))
        else:
            yield number, answer
    yield from _done(task, died, 1)


def _done(task: Callable, jobs: Iterable[tuple[int, Any]], workers: int) -> Iterator:
    """Each job once, by so many workers; one that died has a successor for what is left."""
    waiting = deque(jobs)
    team = [_Worker(task) for _ in range(min(workers, len(waiting)))]
    busy: dict[object, _Worker] = {worker.pipe: worker for worker in team}
    try:
        for worker in team:
            worker.take(*waiting.popleft())
        while busy:
            for pipe in wait([worker.pipe for worker in busy.values()]):
                worker = busy.pop(pipe)
                number, answer = worker.number, worker.answer()
                if isinstance(answer, Died) and waiting:
                    team.append(worker := _Worker(task))
                if waiting:
                    worker.take(*waiting.popleft())
                    busy[worker.pipe] = worker
                yield number, answer
    finally:
        for worker in team:
            worker.stop()


class _Worker:
    """A process that does one job at a time, and the pipe to it."""

    def __init__(self, task: Callable) -> None:
        self.pipe, theirs = FRESH.Pipe()
        self.number = -1
        self.process = FRESH.Process(target=_work, args=(task, theirs), daemon=True)
        self.process.start()
        theirs.close()  # so that its end is heard here when the process ends

    def take(self, number: int, job: object) -> None:
        self.number = number
        with suppress(OSError):  # it has ended already: `answer` says so
            self.pipe.send(job)

    def answer(self) -> object:
        try:
            return self.pipe.recv()
        except (EOFError, OSError):
            self.process.join()
            return Died(self.process.exitcode)

    def stop(self) -> None:
        self.process.terminate()
        self.process.join()
        self.pipe.close()


def _work(task: Callable, pipe: Connection) -> None:
    """Does what comes until the other end is closed, as it is when the parent was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C and ends this process
    with suppress(EOFError, OSError):
        while True:
            pipe.send(task(pipe.recv()))
