"""`bitext import` of many sources: each in a process of its own, with one report of all.

A document is independent of all others: its texts, and what is told of it, do not depend on how many
are imported at once, in which order, or what another command imports meanwhile. What is there
already is not done again, so a batch that was stopped goes on where it was. `attempt` and `plan` are
all that another engine needs to do the same on other machines (scripts/examples/import_with_dask.py).
"""

from __future__ import annotations

import argparse
import json
import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bitext.commands.importing import import_job, refuse
from bitext.commands.jobs import DEFAULT_OUTPUT, Job, jobs_of
from bitext.commands.telling import called
from bitext.commands.workers import Died, cores, each
from bitext.library.files import digest, sweep
from bitext.library.imports import NAME
from bitext.model import Refusal
from bitext.units.report import to_mapping

FINE, REFUSED = 0, 2
BITEXT = "bitext.yml"
#: So many texts are named in the summary, hand-set so that they fit on a screen; the JSON has all.
MOST_NAMED = 20
PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: a row for the report, the folder that has its text already, or the
    refusal."""

    path: str
    row: Mapping[str, object] | None = None
    there: str = ""
    refusal: str = ""

    @property
    def folder(self) -> str:
        """Where the text is; '' where there is none."""
        return str(Path(str(self.row["written"])).parent) if self.row else self.there


def run(args: argparse.Namespace) -> int:
    """Import all that the command names and report; 0 where nothing was refused, 2 where something was."""
    try:
        jobs = jobs_of(args)
    except Refusal as refusal:
        return refuse(refusal, args.format)
    return report(imported(jobs, args.workers or cores()), args.format)


def imported(jobs: Sequence[Job], workers: int) -> list[Outcome]:
    """What became of all jobs, by path."""
    todo, known = plan(jobs)
    done: dict[int, Outcome] = {}
    try:
        for number, answer in _shown(each(attempt, todo, workers), len(todo)):
            done[number] = _died(todo[number], answer) if isinstance(answer, Died) else answer
    finally:
        sweep(jobs[0].output)  # what a worker that was ended had begun
    return ordered(done.values(), known)


# --- one of many ---------------------------------------------------------------------------------


def plan(jobs: Sequence[Job]) -> tuple[list[Job], list[Outcome]]:
    """The jobs to be done, and what is known of the others: their bytes were imported before, or
    another job brings the same."""
    held = _held(jobs[0].output) if jobs else {}
    first: dict[str, Job] = {}
    todo, known = [], []
    for job in jobs:
        sha256 = digest(job.sources[0][1]) or ""  # '' cannot be read: its import says why
        if sha256 in held:
            known.append(Outcome(str(job.file), there=held[sha256]))
        elif sha256 in first:
            known.append(Outcome(str(job.file), there=str(first[sha256].file)))
        else:
            todo.append(job)
            first |= {sha256: job} if sha256 else {}
    return todo, known


def _held(output: Path) -> dict[str, str]:
    """The folders of the texts that are there, by the digests of their sources and of themselves."""
    found: dict[str, str] = {}
    for folder in sorted(output.glob("[!.]*/")):
        if (folder / BITEXT).is_file():
            found |= dict.fromkeys(_digests(folder), str(folder))
    return found


def _digests(folder: Path) -> Iterator[str]:
    """The digests of the sources of a text, and of the text."""
    with_text = digest(folder / BITEXT)
    if with_text:
        yield with_text
    try:
        files = json.loads((folder / NAME).read_bytes())["files"]
        yield from (str(file["sha256"]) for file in files)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return  # `bitext check` says what is wrong with it


def attempt(job: Job) -> Outcome:
    """Imports one source, whatever comes of it. Raises nothing."""
    path = str(job.file)
    try:
        return Outcome(path, row=to_mapping(import_job(job)))
    except Refusal as refusal:
        # another command may have been quicker with the same document
        folder = job.output / job.slug
        if refusal.code == "E-EXISTS" and digest(job.sources[0][1]) in set(_digests(folder)):
            return Outcome(path, there=str(folder))
        return Outcome(path, refusal=str(refusal))
    except Exception as error:  # a fault of this program; the other documents do not suffer from it
        return Outcome(path, refusal=str(_fault(path, f"{_said(error)} ({_where(error)})")))


def _died(job: Job, died: Died) -> Outcome:
    code = died.code or 0
    end = f"signal {-code}" if code < 0 else f"exit code {code}"
    path = str(job.file)
    return Outcome(path, refusal=str(_fault(path, f"the process that read it ended: {end}")))


def _fault(path: str, why: str) -> Refusal:
    found = f"the import of this document failed, by no fault of its own: {why}"
    return Refusal("E-FAILED", path, 1, found, "report it with the document; the others were imported")  # fmt: skip


def _said(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())


def _where(error: Exception) -> str:
    """The last line of this program that was run."""
    own = [f for f in traceback.extract_tb(error.__traceback__) if PACKAGE in Path(f.filename).parents]  # fmt: skip
    return f"{Path(own[-1].filename).relative_to(PACKAGE)}:{own[-1].lineno}" if own else "?"


# --- all of them ---------------------------------------------------------------------------------


def ordered(done: Iterable[Outcome], known: Iterable[Outcome]) -> list[Outcome]:
    """All outcomes by path. What has the bytes of another document is where that is, or refused with it."""
    by_path = {outcome.path: outcome for outcome in done}
    whole = [*by_path.values(), *(_as_the_other(o, by_path.get(o.there)) for o in known)]
    return sorted(whole, key=lambda outcome: outcome.path)


def _as_the_other(outcome: Outcome, other: Outcome | None) -> Outcome:
    if other is None:
        return outcome
    if other.refusal:
        found = f"the same bytes as {other.path}, which is refused"
        refusal = Refusal(
            "E-SAME", outcome.path, 1, found, "mend one of them, and remove the other"
        )
        return replace(outcome, there="", refusal=str(refusal))
    return replace(outcome, there=other.folder)


def _shown(answers: Iterable, total: int) -> Iterable:
    """The answers, with a bar on stderr where that is a terminal."""
    if not sys.stderr.isatty():
        return answers
    from rich.console import Console
    from rich.progress import track

    return track(answers, "importing", total, console=Console(stderr=True), transient=True)


def report(outcomes: Sequence[Outcome], format: str) -> int:
    """Says what became of all sources, the refusals on stderr; 0 where there is none, 2 where there is."""
    refusals = [o.refusal for o in outcomes if o.refusal]
    for refusal in refusals:
        print(refusal, file=sys.stderr)
    if format == "json":
        print(json.dumps(as_mapping(outcomes), ensure_ascii=False, indent=1))
    else:
        for line in summary(outcomes):
            print(line)
    return REFUSED if refusals else FINE


def as_mapping(outcomes: Sequence[Outcome]) -> dict[str, object]:
    """The report of all for `--format json`."""
    return {
        "imported": [o.row for o in outcomes if o.row],
        "there": [{"file": o.path, "text": o.there} for o in outcomes if o.there],
        "refused": [o.refusal for o in outcomes if o.refusal],
    }


@dataclass(frozen=True, slots=True)
class Figures:
    """What an editor wants to know of one imported text."""

    slug: str
    pairs: int
    doubtful: int
    unpaired: int
    warnings: int
    complete: bool

    @property
    def to_look_at(self) -> int:
        return self.doubtful + self.unpaired + self.warnings + (not self.complete)


def figures(row: Mapping) -> Figures:
    """The figures of a text's report."""
    ledger = row["ledger"]
    return Figures(
        str(row["slug"]), int(row["units"]["paired"]), len(row["doubtful"]), len(row["unpaired"]),
        sum(w["code"] != "W-PAIR" for w in row["warnings"]), bool(not ledger or ledger["complete"]),
    )  # fmt: skip


def summary(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The report of all for a reader at a terminal."""
    found = [figures(o.row) for o in outcomes if o.row]
    there = [o for o in outcomes if o.there]
    refused = sum(bool(o.refusal) for o in outcomes)
    if found:
        yield from _imported(found)
    if there:
        yield f"already there, not touched: {len(there)}"
        yield from _cut(f"  {o.path} is {o.there}" for o in there)
    yield f"{len(found)} imported, {len(there)} already there, {refused} refused"
    yield f"next: {'; '.join(_next(outcomes))}"


def _imported(found: Sequence[Figures]) -> Iterator[str]:
    """The texts in which something is to be looked at, those with most first."""
    pairs, doubtful, unpaired = (sum(getattr(f, n) for f in found) for n in ("pairs", "doubtful", "unpaired"))  # fmt: skip
    yield f"texts imported: {len(found)}; pairs: {pairs}, of them doubtful: {doubtful}; unpaired paragraphs: {unpaired}"
    some = sorted((f for f in found if f.to_look_at), key=lambda f: (-f.to_look_at, f.slug))
    if not some:
        yield "  nothing in them to look at"
        return
    wide = max(len("to look at"), *(len(f.slug) for f in some[:MOST_NAMED]))
    yield f"  {'to look at':{wide}}  {'pairs':>6}  {'doubtful':>8}  {'unpaired':>8}  {'warnings':>8}"
    yield from _cut(
        f"  {f.slug:{wide}}  {f.pairs:6}  {f.doubtful:8}  {f.unpaired:8}  {f.warnings:8}"
        + ("" if f.complete else "  not all of the source is accounted for")
        for f in some
    )


def _cut(lines: Iterable[str]) -> Iterator[str]:
    """The first lines, and how many more there are."""
    whole = list(lines)
    yield from whole[:MOST_NAMED]
    if len(whole) > MOST_NAMED:
        yield f"  … and {len(whole) - MOST_NAMED} more; --format json names all"


def _next(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """What an editor does now."""
    if any(o.refusal for o in outcomes):
        yield "mend what is refused and run the same command again: what is there is not done again"
    folders = [o.folder for o in outcomes if o.folder]
    if any(Path(folder).parent == DEFAULT_OUTPUT for folder in folders):
        yield f"{called()} serve shows the texts, and its page for editors what is doubtful"
    elif folders:
        yield f"look at {folders[0]}/{BITEXT} and the others"
