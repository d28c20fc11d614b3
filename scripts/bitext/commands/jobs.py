"""The command line of `bitext import` -> the imports that it names, each with its slug."""

from __future__ import annotations

import argparse
import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bitext.forms import DAY_FORM, LONGEST_ID, is_slug
from bitext.model import Refusal
from bitext.project.provenance import RIGHTS
from bitext.text.scripts import HAN

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


def jobs_of(args: argparse.Namespace) -> list[Job]:
    """The imports that the command names. Raises Refusal."""
    output = args.output or DEFAULT_OUTPUT
    flags = {name: bool(getattr(args, name, False)) for name in ("merge", "embed", "anyway")}
    job = Job(None, None, None, "", output, **flags, received=day(getattr(args, "received", None)))
    if args.zh or args.en:
        return [_pair_job(args, job)]
    if not args.file:
        raise Refusal(
            "E-USAGE", "bitext import", 1, "no file named",
            "name a file, a folder, or --zh FILE --en FILE",
        )  # fmt: skip
    if args.file.is_dir():
        return _folder_jobs(args, job)
    slug, nameless = _slug(args.slug, args.file)
    return [replace(job, file=args.file, slug=slug, nameless=nameless)]


def _pair_job(args: argparse.Namespace, job: Job) -> Job:
    """The import of a file in each language."""
    if not (args.zh and args.en) or args.file:
        raise Refusal(
            "E-USAGE", "--zh/--en", 1, "one file of two",
            "give both --zh FILE and --en FILE and no other",
        )  # fmt: skip
    slug, nameless = _slug(args.slug, args.zh)
    return replace(job, zh=args.zh, en=args.en, slug=slug, nameless=nameless)


def _folder_jobs(args: argparse.Namespace, job: Job) -> list[Job]:
    """The imports of all sources in a folder."""
    if args.slug:
        raise Refusal(
            "E-USAGE", str(args.file), 1, "one --slug for a folder",
            "leave --slug away; names come from the files",
        )  # fmt: skip
    files = (p for p in args.file.rglob("*") if p.is_file())
    found = sorted(p for p in files if _is_source(p.relative_to(args.file)))
    if not found:
        raise Refusal(
            "E-MISSING", str(args.file), 1, "no source in this folder", "put text files into it"
        )
    named = [(p, *_slug(None, p)) for p in found]
    return _distinct([replace(job, file=p, slug=s, nameless=n) for p, s, n in named])


def day(said: str | None) -> str:
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
