"""Which of the files that a site is built from were changed by people since it was built.

The system tells of a change at once; where it does not, as on a disk of another machine, the files
are looked at every few seconds.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent, FileSystemEventHandler

WRITTEN = "docs"  # by people and by `bitext build`
WATCHED = ("data", WRITTEN, "overrides", "mkdocs.yml")
#: Seconds from one look at all files to the next, where the system tells of changes and where it cannot.
SELDOM, OFTEN = 3.0, 0.5

State = tuple[int, int] | None


class Watched:
    """The files from which the site was built, as they were then."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.built: dict[str, State] = {}
        self.writing = threading.Lock()

    def build(self, write: Callable[[], None]) -> None:
        """Runs `write`, which writes into docs/; what it wrote there is part of what is built."""
        with self.writing:  # what is written meanwhile is told afterwards
            now = dict(self._files(name for name in WATCHED if name != WRITTEN))
            write()
            self.built = now | dict(self._files([WRITTEN]))

    def changed(self, *paths: str) -> bool:
        """Whether any of these files is not as it was when the site was built."""
        with self.writing:
            return any(self.built.get(p) != state(p) for p in paths if p and not is_passing(p))

    def anything_changed(self) -> bool:
        """Whether any watched file is not as it was when the site was built."""
        now = dict(self._files(WATCHED))
        return self.changed(*(now.keys() | self.built.keys()))

    def _files(self, names: Iterable[str]) -> Iterator[tuple[str, State]]:
        for name in names:
            path = self.root / name
            for file in (path, *path.rglob("*")):
                if not file.is_dir() and not is_passing(str(file)):
                    yield str(file), state(str(file))


def state(path: str) -> State:
    """When a file was written and how long it is; None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def is_passing(path: str) -> bool:
    """Whether a file is an editor's or a command's own, for the time of writing."""
    name = os.path.basename(path)
    return name.startswith((".", "#")) or name.endswith("~")


class Watchers:
    """Tells of those changes that `changed` confirms: what MkDocs' server takes for its observer."""

    def __init__(self, changed: Callable[..., bool]) -> None:
        self.changed = changed
        self.wanted: list[tuple[FileSystemEventHandler, str]] = []
        self.running: list = []

    def schedule(self, handler: FileSystemEventHandler, path: str, **_: object) -> None:
        """Notes that `handler` wants to hear of what is at or below a path."""
        tell = handler.on_any_event

        def chosen(event: FileSystemEvent) -> None:
            if self.changed(os.fsdecode(event.src_path), os.fsdecode(event.dest_path)):
                tell(event)

        handler.on_any_event = chosen  # type: ignore[method-assign]  # it has no door for this
        self.wanted.append((handler, path))

    def start(self) -> None:
        """Begins to watch in both ways, or in the slower one where the system cannot tell."""
        from watchdog.observers import Observer
        from watchdog.observers.polling import PollingObserver

        every = SELDOM if self._run(Observer()) else OFTEN
        self._run(PollingObserver(timeout=every))

    def _run(self, observer) -> bool:
        """Whether this observer can watch all that is wanted; then it does."""
        from watchdog.events import (
            FileCreatedEvent,
            FileDeletedEvent,
            FileModifiedEvent,
            FileMovedEvent,
        )

        kinds = [FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent]
        try:
            for handler, path in self.wanted:
                observer.schedule(handler, path, recursive=True, event_filter=kinds)
            observer.start()
        except OSError:  # the system watches only so many folders
            observer.unschedule_all()
            return False
        self.running.append(observer)
        return True

    def stop(self) -> None:
        for observer in self.running:
            observer.stop()

    def join(self) -> None:
        for observer in self.running:
            observer.join()
