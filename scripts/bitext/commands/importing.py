"""`bitext import`: a source, two files or a folder -> DIR/<slug>/{source.*, bitext.yml}, and a report.

Nothing is written but a whole file: each is written beside its place and renamed into it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bitext.library.imports import SourceFile
from bitext.model import Refusal

FINE, REFUSED = 0, 2
DEFAULT_OUTPUT = Path("data/transcripts")
#: Files in a folder that are no sources.
NO_SOURCE = {".yml", ".yaml", ".json", ".tmx", ".py", ".toml", ".cfg", ".ini", ".lock", ".log"}


@dataclass(frozen=True, slots=True)
class Job:
    """One import: the file, or its two halves, and where it goes."""

    file: Path | None
    zh: Path | None
    en: Path | None
    slug: str
    output: Path
    merge: bool = False
    embed: bool = False

    @property
    def sources(self) -> tuple[Path, ...]:
        return tuple(p for p in (self.file, self.zh, self.en) if p)


def run(args: argparse.Namespace) -> int:
    """Import what the command names; 0 where all went well, 2 where something was refused."""
    output = args.output or DEFAULT_OUTPUT
    try:
        jobs = _jobs(args, output)
    except Refusal as refusal:
        return _refuse([str(refusal)], args.format)
    if jobs[0].embed:
        from bitext.align.embed import MISSING, encoder

        if encoder() is None:
            print(MISSING, file=sys.stderr)
    if len(jobs) == 1 and not (args.file and args.file.is_dir()):
        return _one(jobs[0], args.format)
    return _many(jobs, args.format)


def _jobs(args: argparse.Namespace, output: Path) -> list[Job]:
    merge, embed = bool(getattr(args, "merge", False)), bool(getattr(args, "embed", False))
    if args.zh or args.en:
        if not (args.zh and args.en) or args.file:
            raise Refusal(
                "E-USAGE",
                "--zh/--en",
                1,
                "one file of two",
                "give both --zh FILE and --en FILE and no other",
            )
        slug = args.slug or slug_of(args.zh)
        return [Job(None, args.zh, args.en, _checked(slug), output, merge, embed)]
    if not args.file:
        raise Refusal(
            "E-USAGE",
            "bitext import",
            1,
            "no file named",
            "name a file, a folder, or --zh FILE --en FILE",
        )
    if args.file.is_dir():
        if args.slug:
            raise Refusal(
                "E-USAGE",
                str(args.file),
                1,
                "one --slug for a folder",
                "leave --slug away; names come from the files",
            )
        found = sorted(p for p in args.file.rglob("*") if p.is_file() and _is_source(p))
        if not found:
            raise Refusal(
                "E-MISSING", str(args.file), 1, "no source in this folder", "put text files into it"
            )
        return _distinct([Job(p, None, None, slug_of(p), output, merge, embed) for p in found])
    return [
        Job(args.file, None, None, _checked(args.slug or slug_of(args.file)), output, merge, embed)
    ]


def _is_source(path: Path) -> bool:
    return (
        not path.name.startswith(".")
        and path.suffix.lower() not in NO_SOURCE
        and path.name != "RIGHTS.md"
    )


def _distinct(jobs: Sequence[Job]) -> list[Job]:
    """The jobs, none with another's slug: the folder's name is put before a name that is taken."""
    taken: set[str] = set()
    out = []
    for job in jobs:
        slug, n = job.slug, 2
        if slug in taken and job.file:
            slug = slugify(f"{job.file.parent.name}-{job.file.stem}")
        while slug in taken:
            slug, n = f"{job.slug}-{n}", n + 1
        taken.add(slug)
        out.append(replace(job, slug=slug))
    return out


def slugify(name: str) -> str:
    """A name for addresses: lower case, Latin letters and digits, hyphens between."""
    if re.search(r"[\u3400-\u9fff]", name):
        from pypinyin import lazy_pinyin

        name = "-".join(lazy_pinyin(name))
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:80].strip("-")


def slug_of(path: Path) -> str:
    """The slug that a source's path suggests: its name, or its folder's where it is just `source`."""
    stem = (
        path.stem
        if path.stem.casefold() not in ("source", "index", "transcript")
        else path.resolve().parent.name
    )
    return slugify(stem) or "transcript"


def _checked(slug: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug) or len(slug) > 80:
        raise Refusal(
            "E-SLUG",
            slug[:80] or "--slug",
            1,
            "not a name for addresses",
            "use lower-case letters, digits and hyphens, such as tea-talk",
        )
    return slug


# --- one source ----------------------------------------------------------------------------------


def _one(job: Job, format: str) -> int:
    try:
        with _stages() as tell:
            report = import_job(job, tell)
    except Refusal as refusal:
        return _refuse([str(refusal)], format)
    _show(report, format)
    return FINE


def _silent(stage: str) -> None:
    """Nobody waits."""


@contextmanager
def _stages() -> Iterator[Callable[[str], None]]:
    """Shows the stages of a long import as a bar on stderr, where that is a terminal."""
    if not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from bitext.pipeline import STAGES

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(STAGES[0], total=len(STAGES))
        yield lambda stage: progress.update(
            task, description=f"{stage:9}", completed=STAGES.index(stage)
        )


def import_job(job: Job, tell: Callable[[str], None] = _silent):
    """Read, pair and write one source; the report says where it went. Raises Refusal.

    `tell` hears the name of each stage as it begins.
    """
    from bitext.library.imports import NAME, dump_record
    from bitext.library.store import dump_bitext
    from bitext.pipeline import import_source
    from bitext.project.recording import record_of

    folder = job.output / job.slug
    target = folder / "bitext.yml"
    for path in job.sources:
        if path.suffix.lower() in (".yml", ".yaml"):
            return _adopt(path, job, target)
    merging = job.merge and target.exists()
    if target.exists() and not job.merge:
        raise Refusal(
            "E-EXISTS", str(target), 1, "a bitext is here already, and people may have corrected it",
            "give --output DIR to write elsewhere, or --merge to take a newer source into it",
        )  # fmt: skip
    tell("read")
    document = _read(job)
    imported = import_source(document, job.slug, embed=job.embed, tell=tell)
    received = [(_source_file(p, job), p.read_bytes()) for p in job.sources]
    bitext, record = record_of(imported, document, received)
    extra: dict[str, object] = {}
    if merging:
        from bitext.merge import merge_file

        bitext, changes = merge_file(target, bitext)
        extra["merge"] = changes
    files = {folder / file.name: data for file, data in received}
    files[folder / NAME] = dump_record(record).encode("utf-8")
    _write(files, target, dump_bitext(bitext), replacing=merging)
    report = replace(imported.report, bitext=bitext, written=str(target), extra=extra)
    where = (
        "bitext build" if job.output == DEFAULT_OUTPUT else f"bitext export {target} --format json"
    )
    doubts = f"look at {target}, then " if report.doubtful else ""
    return replace(report, next=f"{doubts}{where}")


def _read(job: Job):
    from bitext import read

    document = read.read(job.file) if job.file else read.read_pair(job.zh, job.en)
    read.refuse_unusable(document)
    return document


def _suffix(path: Path, job: Job) -> str:
    side = ".zh" if path == job.zh else ".en" if path == job.en else ""
    return side + (path.suffix.lower() or ".txt")


def _source_file(path: Path, job: Job) -> SourceFile:
    """What the record says of a file of the source: its name here, its digest, how to read it again."""
    from bitext.project.visible import reader_of

    data = path.read_bytes()
    reader, encoding = reader_of(data, str(path))
    digest = hashlib.sha256(data).hexdigest()
    return SourceFile(f"source{_suffix(path, job)}", digest, reader, encoding)


def _adopt(path: Path, job: Job, target: Path):
    """A bitext of the project's own is checked and copied as it is."""
    from bitext.library.store import read_bitext
    from bitext.report import Report

    bitext, problems = read_bitext(path)
    if bitext is None or problems:
        first = problems[0] if problems else None
        line, found = (first.line, first.message) if first else (1, "not a bitext")
        raise Refusal("E-BITEXT", str(path), line, found, "mend it and import it again")
    if target.exists():
        raise Refusal(
            "E-EXISTS",
            str(target),
            1,
            "a bitext is here already",
            "give --output DIR to write elsewhere",
        )
    _write({}, target, path.read_text("utf-8"), replacing=False)
    return Report(
        str(path), job.slug, "bitext", "utf-8", bitext.layout, "a bitext of this project, taken as it is",
        bitext, written=str(target), next="bitext build",
    )  # fmt: skip


# --- writing -------------------------------------------------------------------------------------


def _write(files: dict[Path, bytes], target: Path, text: str, *, replacing: bool) -> None:
    """All files whole or not at all; the bitext last, so that it never stands without its source."""
    from bitext.files import write_atomically

    made = not target.parent.exists()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for path, data in files.items():
            if not (path.exists() and path.read_bytes() == data):
                write_atomically(path, data)
        if not replacing and target.exists():
            raise Refusal(
                "E-EXISTS",
                str(target),
                1,
                "a bitext was written here meanwhile",
                "look at it, or give --output DIR",
            )
        write_atomically(target, text.encode("utf-8"))
    except OSError as error:
        if made and target.parent.exists() and not any(target.parent.iterdir()):
            target.parent.rmdir()
        why = os.strerror(error.errno) if error.errno else str(error)
        raise Refusal(
            "E-WRITE",
            str(error.filename or target),
            1,
            why,
            "give --output DIR with a folder that can be written",
        ) from None


# --- many sources ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file of a folder: a row for the summary, or the refusal."""

    path: str
    refusal: str = ""
    row: dict[str, object] | None = None


def _attempt(job: Job) -> Outcome:
    from bitext.report import to_mapping

    path = str(job.file)
    try:
        return Outcome(path, row=to_mapping(import_job(job)))
    except Refusal as refusal:
        return Outcome(path, refusal=str(refusal))


def _many(jobs: Sequence[Job], format: str) -> int:
    """Every job in processes of their own; refusals are listed, the rest goes on."""
    workers = max(1, min(len(jobs), os.cpu_count() or 1))
    with ProcessPoolExecutor(workers) as pool:
        outcomes = list(_progress(pool.map(_attempt, jobs), len(jobs)))
    refusals = [o.refusal for o in outcomes if o.refusal]
    for refusal in refusals:
        print(refusal, file=sys.stderr)
    rows = [o.row for o in outcomes if o.row]
    if format == "json":
        print(json.dumps({"imported": rows, "refused": refusals}, ensure_ascii=False, indent=1))
    else:
        _summary(rows, refusals)
    return REFUSED if refusals else FINE


def _progress(outcomes: Iterable[Outcome], total: int) -> Iterable[Outcome]:
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    return track(
        outcomes,
        "importing",
        total,
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def _summary(rows: Sequence[dict], refusals: Sequence[str]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(
        "slug", "layout", "pairs", "unpaired", "to look at", "ledger", box=None, header_style="bold"
    )
    for row in rows:
        ledger = row["ledger"] or {}
        table.add_row(
            str(row["slug"]), str(row["layout"]), str(row["units"]["paired"]), str(len(row["unpaired"])),
            str(len(row["doubtful"])), "complete" if ledger.get("complete") else "incomplete",
        )  # fmt: skip
    console = Console()
    console.print(table)
    console.print(f"{len(rows)} imported, {len(refusals)} refused", highlight=False)


# --- what is shown ---------------------------------------------------------------------------------


def _show(report, format: str) -> None:
    if format == "json":
        from bitext.report import to_mapping

        print(json.dumps(to_mapping(report), ensure_ascii=False, indent=1))
        return
    from rich.console import Console

    from bitext.report import print_report

    print_report(report, Console())


def _refuse(lines: Sequence[str], format: str) -> int:
    for line in lines:
        print(line, file=sys.stderr)
    if format == "json":
        print(json.dumps({"refused": list(lines)}, ensure_ascii=False))
    return REFUSED
