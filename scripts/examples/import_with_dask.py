"""`bitext import` of a folder, with Dask in place of our own processes: an example to copy.

    pip install "two-tracks[many]"        # or: pip install dask==2026.8.0
    python scripts/examples/import_with_dask.py FOLDER [--output DIR]

Each document is independent of all others, so any engine that calls a function for each item will do.
Here Dask uses the cores of this machine. For several machines install `distributed`, give them one
disk, and begin with `dask.distributed.Client("tcp://scheduler:8786")`: `dask.compute` then sends the
documents there, and nothing else changes. A batch that was stopped goes on where it was.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import dask

from bitext.commands import batch
from bitext.commands.jobs import DEFAULT_OUTPUT, Job, batch_jobs


def imported(jobs: Sequence[Job]) -> list[batch.Outcome]:
    """What became of each document, by its path: a row for the report, or why it was refused."""
    todo, known = batch.plan(jobs)  # what is there already, and second copies, need no work
    tasks = [dask.delayed(batch.attempt)(job) for job in todo]
    done = dask.compute(*tasks, scheduler=None if _is_cluster() else "processes")
    return batch.ordered(done, known)


def _is_cluster() -> bool:
    """Whether a client of `distributed` was made: then its machines are used."""
    return dask.base.get_scheduler() is not None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--output", type=Path, default=DEFAULT_OUTPUT)
    args = parser.parse_args()
    return batch.report(imported(batch_jobs(args.folders, args.output)), "text")


if __name__ == "__main__":  # the processes begin by reading this file, and must not begin more
    raise SystemExit(main())
