"""The command line of `bitext import` -> the imports that it names, each with its slug."""

from __future__ import annotations

import argparse
import datetime
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bitext.forms import DAY_FORM, LONGEST_ID, is_slug
from bitext.library.files import digest
from bitext.model import Refusal
from bitext.project.provenance import RIGHTS
from bitext.text.scripts import HAN

DEFAULT_OUTPUT = Path("data/transcripts")
#: The slug of a source whose name has no letter for an address.
NAMELESS = "transcript"
#: Characters of a digest in a slug: as many as make two documents of one name differ.
DIGEST = 8
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
    nameless: bool = False  # neither the editor nor the file's name gave the slug
    anyway: bool = False  # doubts by rule of thumb do not refuse
    received: str = ""  # the day on which the source was received; '' is today

    @property
    def sources(self) -> tuple[tuple[str, Path], ...]:
        """The files, each with the language that it alone holds, if it is one of two."""
        named = (("", self.file), ("zh", self.zh), ("en", self.en))
        return tuple((lang, path) for lang, path in named if path)


def is_batch(args: argparse.Namespace) -> bool:
    """Whether the command names many sources: several paths, or a folder."""
    return len(args.files) > 1 or any(path.is_dir() for path in args.files)


def jobs_of(args: argparse.Namespace) -> list[Job]:
    """The imports that the command names. Raises Refusal."""
    output = args.output or DEFAULT_OUTPUT
    flags = {name: bool(getattr(args, name, False)) for name in ("merge", "anyway")}
    job = Job(None, None, None, "", output, **flags, received=day(getattr(args, "received", None)))
    if args.zh or args.en:
        return [_pair_job(args, job)]
    if not args.files:
        raise Refusal(
            "E-USAGE", "bitext import", 1, "no file named",
            "name a file, a folder, or --zh FILE --en FILE",
        )  # fmt: skip
    if is_batch(args):
        return _batch_jobs(args, job)
    [file] = args.files
    slug, nameless = _slug(args.slug, file)
    return [replace(job, file=file, slug=slug, nameless=nameless)]


def _pair_job(args: argparse.Namespace, job: Job) -> Job:
    """The import of a file in each language."""
    if not (args.zh and args.en) or args.files:
        raise Refusal(
            "E-USAGE", "--zh/--en", 1, "one file of two",
            "give both --zh FILE and --en FILE and no other",
        )  # fmt: skip
    slug, nameless = _slug(args.slug, args.zh)
    return replace(job, zh=args.zh, en=args.en, slug=slug, nameless=nameless)


def _batch_jobs(args: argparse.Namespace, job: Job) -> list[Job]:
    """The imports of a command that names many sources."""
    if args.slug:
        raise Refusal(
            "E-USAGE", " ".join(map(str, args.files)), 1, "one --slug for many",
            "leave --slug away; names come from the files",
        )  # fmt: skip
    return _each(args.files, job)


def batch_jobs(named: Sequence[Path], output: Path = DEFAULT_OUTPUT) -> list[Job]:
    """The imports of all sources that are named or stand in a folder that is, by path."""
    return _each(named, Job(None, None, None, "", output, received=day(None)))


def _each(named: Sequence[Path], job: Job) -> list[Job]:
    """A job like this one for each source."""
    found = {path.resolve(): path for some in named for path in _sources(some)}
    paths = sorted(found.values(), key=str)
    slugs = distinct_slugs(paths)
    return [replace(job, file=p, slug=slugs[p], nameless=not slug_of(p)) for p in paths]


def _sources(named: Path) -> list[Path]:
    """The sources in a folder; a file is taken as it is."""
    if not named.is_dir():
        return [named]
    files = (p for p in named.rglob("*") if p.is_file())
    found = [p for p in files if _is_source(p.relative_to(named))]
    if not found:
        raise Refusal(
            "E-MISSING", str(named), 1, "no source in this folder", "put text files into it"
        )
    return found


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


def _plain(path: Path) -> str:
    return slug_of(path) or NAMELESS


def _with_folder(path: Path) -> str:
    return slugify(f"{path.resolve().parent.name}-{path.stem}") or NAMELESS


def _with_digest(path: Path) -> str:
    tail = (digest(path) or NAMELESS)[:DIGEST]
    return f"{_plain(path)[: LONGEST_ID - DIGEST - 1].strip('-')}-{tail}"


#: The slugs that a path suggests, from the plainest to one that no other path's bytes have.
WAYS = (_plain, _with_folder, _with_digest)


def distinct_slugs(paths: Sequence[Path]) -> dict[Path, str]:
    """A slug for each path: the plainest that no other path has.

    Where several want one slug, none of them gets it: which of them is first says nothing of them.
    Paths of the same bytes may keep one slug; they are one document.
    """
    way = dict.fromkeys(paths, 0)
    while True:
        slugs = {path: WAYS[number](path) for path, number in way.items()}
        count = Counter(slugs.values())
        clash = [p for p in paths if count[slugs[p]] > 1 and way[p] + 1 < len(WAYS)]
        if not clash:
            return slugs
        for path in clash:
            way[path] += 1


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
