"""`bitext import`: a source, or its two halves -> DIR/<slug>/ with all its files, and a report.
Many sources are imported by batch.py, each as here.

A new folder appears whole or not at all. An existing folder gets all new files or none (placing.py).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bitext.commands.jobs import DEFAULT_OUTPUT, Job, day, jobs_of
from bitext.commands.placing import place, settle, unchanged
from bitext.commands.telling import called
from bitext.library.files import digest
from bitext.library.imports import NAME, Record, SourceFile, dump_record, read_record
from bitext.model import Bitext, Overridable, Problem, Refusal
from bitext.project.provenance import RIGHTS, first_record, rights_page, unknown
from bitext.text.source import Document

if TYPE_CHECKING:
    from bitext.project.merge import Merged
    from bitext.units.report import Report

FINE, REFUSED = 0, 2


def run(args: argparse.Namespace) -> int:
    """Import the one source that the command names; 0 where all went well, 2 where it was refused."""
    try:
        [job] = jobs_of(args)
    except Refusal as refusal:
        return refuse(refusal, args.format)
    return _one(job, args.format)


# --- one source ----------------------------------------------------------------------------------


def _one(job: Job, format: str) -> int:
    try:
        with _stages() as tell:
            report = import_job(job, tell)
    except Refusal as refusal:
        return refuse(refusal, format)
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
    from bitext.units.report import overridden

    folder = job.output / job.slug
    target = folder / "bitext.yml"
    settle(folder)
    for _, path in job.sources:
        if path.suffix.lower() in (".yml", ".yaml"):
            return _adopt(path, job, target)
    before = _before(job, target)
    tell("read")
    begun = [digest(path) for _, path in job.sources]
    document, doubts = _read(job)
    imported = import_source(document, job.slug, anyway=job.anyway, tell=tell)
    received = list(_received(job, folder))
    _same(job, begun, received)
    bitext, record = record_of(imported, document, received)
    bitext = replace(bitext, record=first_record(bitext, job.received or day(None)))
    extra: dict[str, object] = {}
    text = dump_bitext(bitext)
    if before is not None:
        merged = _merged(target, before, bitext, record, received)
        text, bitext, record = merged.text, merged.bitext, merged.record
        extra["merge"] = merged.changes.to_mapping()
    place(target, _files(job, folder, record, received), text, before)
    warnings = (*_nameless(job), *map(overridden, doubts), *imported.report.warnings)
    report = replace(
        imported.report, bitext=bitext, written=str(target), extra=extra, warnings=warnings
    )
    return replace(report, next=", then ".join(_todo(job, report, target)))


def _before(job: Job, target: Path) -> bytes | None:
    """The bitext that is there already, if the command may change it. Raises Refusal."""
    before = target.read_bytes() if target.exists() else None
    if before is not None and not job.merge:
        raise Refusal(
            "E-EXISTS", str(target), 1, "a bitext is here already, and people may have corrected it",
            "give --output DIR to write elsewhere, or --merge to take a newer source into it",
        )  # fmt: skip
    return before


def _merged(
    target: Path,
    before: bytes,
    bitext: Bitext,
    record: Record,
    received: Sequence[tuple[SourceFile, bytes]],
) -> Merged:
    """The bitext that is there, of which the bytes are `before`, with what changed in its source."""
    from bitext.project.merge import merge_file
    from bitext.project.visible import read_again

    source = read_again([(data, file.reader, file.encoding) for file, data in received])
    with unchanged(target, before):  # so what stands beside it is what belongs to it
        return merge_file(target, before, bitext, record, source)


def _files(
    job: Job, folder: Path, record: Record, received: Sequence[tuple[SourceFile, bytes]]
) -> dict[str, bytes]:
    """What is written beside the bitext: the source, the record, the rights if nobody wrote them."""
    files = {file.name: data for file, data in received}
    files[NAME] = dump_record(record).encode("utf-8")
    if not (folder / RIGHTS).exists():  # a person's own stays
        files[RIGHTS] = rights_page(job.slug, record.files).encode("utf-8")
    return files


def _todo(job: Job, report: Report, target: Path) -> Iterator[str]:
    """What an editor does next, in order."""
    if report.doubtful:
        yield f"look at {target}"
    if open_ := unknown(report.bitext):
        yield f"say under record what is known of {', '.join(open_)}"
    yield f"{called()} build" if job.output == DEFAULT_OUTPUT else f"{called()} export {shlex.quote(str(target))} --format json"  # fmt: skip


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


def _same(
    job: Job, begun: Sequence[str | None], received: Sequence[tuple[SourceFile, bytes]]
) -> None:
    """Raises Refusal where a source is no more what it was when it was read: the evidence that is kept
    has to be what the text was made of."""
    for (_, path), sha256, (file, _) in zip(job.sources, begun, received, strict=True):
        if file.sha256 != sha256:
            found = "was changed while it was read; nothing is written"
            raise Refusal("E-CHANGED", str(path), 1, found, "run the command again once it is whole")  # fmt: skip


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


def _adopt(path: Path, job: Job, target: Path) -> Report:
    """A bitext of the project's own is checked and copied as it is."""
    from bitext.units.report import Report

    bitext = _own(path, job.slug)
    if target.exists():
        raise Refusal(
            "E-EXISTS", str(target), 1, "a bitext is here already",
            "give --output DIR to write elsewhere",
        )  # fmt: skip
    record, _ = read_record(path.parent / NAME)
    beside = (NAME, *(file.name for file in record.files)) if record else (NAME,)
    held = {name: path.parent / name for name in beside}
    files = {name: file.read_bytes() for name, file in held.items() if file.is_file()}
    files |= _rights(path.parent / RIGHTS, target.parent / RIGHTS, job.slug, record)
    place(target, files, path.read_text("utf-8"), None)
    missing = [name for name in held if name not in files]
    before = f"put {' and '.join(missing)} beside it, then " if missing else ""
    return Report(
        str(path), job.slug, "bitext", "utf-8", bitext.layout, "a bitext of this project, taken as it is",
        bitext, written=str(target), next=f"{before}{called()} build",
    )  # fmt: skip


def _own(path: Path, slug: str) -> Bitext:
    """A bitext as it will be in its new folder. Raises Refusal where anything is wrong with it."""
    from bitext.library.store import parse_bitext
    from bitext.library.yaml_lines import read

    text, problems = read(path, str(path))
    bitext = None
    if text is not None:
        bitext, problems = parse_bitext(text, str(path), slug, [slug])
    if bitext is None or problems:
        first = problems[0] if problems else None
        line, found = (first.line, first.message) if first else (1, "not a bitext")
        raise Refusal("E-BITEXT", str(path), line, found, "mend it and import it again")
    return bitext


def _rights(own: Path, there: Path, slug: str, record: Record | None) -> dict[str, bytes]:
    """The RIGHTS.md that goes with an adopted bitext: its own, else one if none is there."""
    if own.is_file():
        return {RIGHTS: own.read_bytes()}
    if there.exists():
        return {}
    return {RIGHTS: rights_page(slug, record.files if record else ()).encode("utf-8")}


# --- what is shown ---------------------------------------------------------------------------------


def _show(report, format: str) -> None:
    if format == "json":
        from bitext.units.report import to_mapping

        print(json.dumps(to_mapping(report), ensure_ascii=False, indent=1))
        return
    from rich.console import Console

    from bitext.units.printing import print_report

    print_report(report, Console(emoji=False))


def refuse(refusal: Refusal, format: str) -> int:
    """Says what was refused, on stderr, and in JSON if that was asked for; 2."""
    print(refusal, file=sys.stderr)
    if format == "json":
        print(json.dumps({"refused": [str(refusal)]}, ensure_ascii=False))
    return REFUSED
