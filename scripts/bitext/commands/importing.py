"""`bitext import`: a source, two files or a folder -> DIR/<slug>/ with all its files, and a report.

A new folder appears whole or not at all. An existing folder gets all new files or none (placing.py).
"""

from __future__ import annotations

import argparse
import datetime
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

from bitext.commands.placing import place, settle
from bitext.forms import DAY_FORM, LONGEST_ID, is_slug
from bitext.library.files import digest
from bitext.library.imports import NAME, SourceFile, dump_record, read_record
from bitext.model import Overridable, Problem, Refusal
from bitext.project.provenance import RIGHTS, first_record, rights_page, unknown
from bitext.text.scripts import HAN
from bitext.text.source import Document

FINE, REFUSED = 0, 2
DEFAULT_OUTPUT = Path("data/transcripts")
#: The slug of a source whose name has no letter for an address.
NAMELESS = "transcript"
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
    nameless: bool = False  # neither the editor nor the file's name gave the slug
    anyway: bool = False  # doubts by rule of thumb do not refuse
    received: str = ""  # the day on which the source was received; '' is today

    @property
    def sources(self) -> tuple[tuple[str, Path], ...]:
        """The files, each with the language that it alone holds, if it is one of two."""
        named = (("", self.file), ("zh", self.zh), ("en", self.en))
        return tuple((lang, path) for lang, path in named if path)


def run(args: argparse.Namespace) -> int:
    """Import what the command names; 0 where all went well, 2 where something was refused."""
    output = args.output or DEFAULT_OUTPUT
    try:
        received = _day(getattr(args, "received", None))
        jobs = [replace(job, received=received) for job in _jobs(args, output)]
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
    merge, embed, anyway = (
        bool(getattr(args, name, False)) for name in ("merge", "embed", "anyway")
    )
    if args.zh or args.en:
        if not (args.zh and args.en) or args.file:
            raise Refusal(
                "E-USAGE",
                "--zh/--en",
                1,
                "one file of two",
                "give both --zh FILE and --en FILE and no other",
            )
        slug, nameless = _slug(args.slug, args.zh)
        return [Job(None, args.zh, args.en, slug, output, merge, embed, nameless, anyway)]
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
        found = sorted(
            p for p in args.file.rglob("*") if p.is_file() and _is_source(p.relative_to(args.file))
        )
        if not found:
            raise Refusal(
                "E-MISSING", str(args.file), 1, "no source in this folder", "put text files into it"
            )
        named = [(p, *_slug(None, p)) for p in found]
        return _distinct(
            [Job(p, None, None, s, output, merge, embed, n, anyway) for p, s, n in named]
        )
    slug, nameless = _slug(args.slug, args.file)
    return [Job(args.file, None, None, slug, output, merge, embed, nameless, anyway)]


def _day(said: str | None) -> str:
    """The day that the command names, else today."""
    if said is not None and not DAY_FORM.fits(said):
        raise Refusal("E-USAGE", "--received", 1, f"not a day: {said[:40]!r}", "write it as 2026-04-30")  # fmt: skip
    return said or datetime.date.today().isoformat()


def _is_source(path: Path) -> bool:
    return (
        not any(part.startswith(".") for part in path.parts)
        and path.suffix.lower() not in NO_SOURCE
        and path.name != RIGHTS
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
    if HAN.search(name):
        from pypinyin import lazy_pinyin

        name = "-".join(lazy_pinyin(name))
    slug = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:LONGEST_ID].strip("-")
    return slug if is_slug(slug) or not slug else f"{slug}-text"  # index is a page's name


def slug_of(path: Path) -> str:
    """The slug that a source's path suggests: its name, or its folder's where it is just `source`;
    '' where that has no letter for an address.
    """
    stem = (
        path.stem
        if path.stem.casefold() not in ("source", "index", "transcript", "bitext")
        else path.resolve().parent.name
    )
    return slugify(stem)


def _slug(wanted: str | None, path: Path) -> tuple[str, bool]:
    """The slug of an import, and whether nobody gave it."""
    slug = wanted or slug_of(path)
    return (_checked(slug), False) if slug else (NAMELESS, True)


def _checked(slug: str) -> str:
    if not is_slug(slug):
        raise Refusal(
            "E-SLUG",
            slug[:80] or "--slug",
            1,
            "not a name for addresses",
            "use lower-case letters, digits and hyphens, such as tea-talk; index and title are pages, con and nul devices",
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
    from bitext.library.store import dump_bitext
    from bitext.pipeline import import_source
    from bitext.project.recording import record_of
    from bitext.project.visible import read_again
    from bitext.units.report import overridden

    folder = job.output / job.slug
    target = folder / "bitext.yml"
    settle(folder)
    for _, path in job.sources:
        if path.suffix.lower() in (".yml", ".yaml"):
            return _adopt(path, job, target)
    before = target.read_bytes() if target.exists() else None
    if before is not None and not job.merge:
        raise Refusal(
            "E-EXISTS", str(target), 1, "a bitext is here already, and people may have corrected it",
            "give --output DIR to write elsewhere, or --merge to take a newer source into it",
        )  # fmt: skip
    tell("read")
    document, doubts = _read(job)
    imported = import_source(document, job.slug, embed=job.embed, anyway=job.anyway, tell=tell)
    received = list(_received(job, folder))
    bitext, record = record_of(imported, document, received)
    bitext = replace(bitext, record=first_record(bitext, job.received or _day(None)))
    extra: dict[str, object] = {}
    text = dump_bitext(bitext)
    if before is not None:
        from bitext.project.merge import merge_file

        merged = merge_file(target, bitext, record, read_again([(d, f.reader, f.encoding) for f, d in received]))  # fmt: skip
        text, bitext, record = merged.text, merged.bitext, merged.record
        extra["merge"] = merged.changes.to_mapping()
    files = {file.name: data for file, data in received}
    files[NAME] = dump_record(record).encode("utf-8")
    if not (folder / RIGHTS).exists():  # a person's own stays
        files[RIGHTS] = rights_page(job.slug, record.files).encode("utf-8")
    place(target, files, text, before)
    warnings = (*_nameless(job), *map(overridden, doubts), *imported.report.warnings)
    report = replace(
        imported.report, bitext=bitext, written=str(target), extra=extra, warnings=warnings
    )
    where = (
        "bitext build" if job.output == DEFAULT_OUTPUT else f"bitext export {target} --format json"
    )
    todo = [f"look at {target}"] if report.doubtful else []
    if open_ := unknown(bitext):
        todo.append(f"say under record what is known of {', '.join(open_)}")
    return replace(report, next=", then ".join((*todo, where)))


def _nameless(job: Job) -> Iterator[Problem]:
    """What is said where the slug is only a stopgap."""
    if job.nameless:
        found = f"this name has no letter for an address, so the text is called '{job.slug}'"
        yield Problem(str(job.sources[0][1]), 1, f"{found}; better give --slug", "W-SLUG")


def _read(job: Job) -> tuple[Document, tuple[Overridable, ...]]:
    """The document, and the doubts in it that `--anyway` overrides."""
    from bitext import read

    doubts: list[Overridable] = []
    if job.file:
        document = read.read(job.file)
    else:
        assert job.zh and job.en  # a job without a file has its two halves
        try:
            document = read.read_pair(job.zh, job.en)
        except Overridable as doubt:
            if not job.anyway:
                raise
            doubts.append(doubt)
            document = read.read_pair(job.zh, job.en, anyway=True)
    doubts += read.refuse_unusable(document, anyway=job.anyway)
    return document, tuple(doubts)


def _received(job: Job, folder: Path) -> Iterator[tuple[SourceFile, bytes]]:
    """The files to be kept in `folder` as evidence, and how each is read again, with their bytes."""
    from bitext.project.visible import reader_of

    for lang, path in job.sources:
        data = path.read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        name = _free_name(folder, lang, path.suffix.lower(), sha256)
        yield SourceFile(name, sha256, *reader_of(data, str(path))), data


def _free_name(folder: Path, lang: str, suffix: str, sha256: str) -> str:
    """The name under which these bytes are there already; else `source.txt`, `source.zh.txt` or, where
    other bytes have that name, one with their digest.
    """
    suffix = suffix if re.fullmatch(r"\.[a-z0-9]{1,16}", suffix) else ".txt"
    stem = f"source.{lang}" if lang else "source"
    names = (f"{stem}{suffix}", f"{stem}.{sha256[:8]}{suffix}", f"{stem}.{sha256}{suffix}")
    there = (name for name in names if digest(folder / name) == sha256)
    free = (name for name in names if not (folder / name).exists())
    return next(there, None) or next(free, names[-1])


def _adopt(path: Path, job: Job, target: Path):
    """A bitext of the project's own is checked and copied as it is."""
    from bitext.library.store import parse_bitext
    from bitext.library.yaml_lines import read
    from bitext.units.report import Report

    text, problems = read(path, str(path))
    bitext = None
    if text is not None:  # it has to be what it will be in its new folder
        bitext, problems = parse_bitext(text, str(path), job.slug, [job.slug])
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
    beside = {NAME: path.parent / NAME}
    record, _ = read_record(path.parent / NAME)
    beside |= {file.name: path.parent / file.name for file in record.files} if record else {}
    files = {name: file.read_bytes() for name, file in beside.items() if file.is_file()}
    rights = path.parent / RIGHTS
    own = rights.is_file()
    made = rights_page(job.slug, record.files if record else ()).encode("utf-8")
    if own or not (target.parent / RIGHTS).exists():
        files[RIGHTS] = rights.read_bytes() if own else made
    place(target, files, path.read_text("utf-8"), None)
    missing = [name for name in beside if name not in files]
    before = f"put {' and '.join(missing)} beside it, then " if missing else ""
    return Report(
        str(path), job.slug, "bitext", "utf-8", bitext.layout, "a bitext of this project, taken as it is",
        bitext, written=str(target), next=f"{before}bitext build",
    )  # fmt: skip


# --- many sources ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file of a folder: a row for the summary, or the refusal."""

    path: str
    refusal: str = ""
    row: dict[str, object] | None = None


def _attempt(job: Job) -> Outcome:
    from bitext.units.report import to_mapping

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
        from bitext.units.report import to_mapping

        print(json.dumps(to_mapping(report), ensure_ascii=False, indent=1))
        return
    from rich.console import Console

    from bitext.units.printing import print_report

    print_report(report, Console())


def _refuse(lines: Sequence[str], format: str) -> int:
    for line in lines:
        print(line, file=sys.stderr)
    if format == "json":
        print(json.dumps({"refused": list(lines)}, ensure_ascii=False))
    return REFUSED
