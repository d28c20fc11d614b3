"""`bitext export`: a text in a format, to the output or a file; or every text, each to its file."""

from __future__ import annotations

import argparse
import os
import sys
from io import TextIOWrapper
from pathlib import Path

from bitext.commands.placing import settle
from bitext.glossary.people import read_people
from bitext.library.files import write_atomically
from bitext.model import Bitext, Problem, Refusal
from bitext.pages.phrases import Names
from bitext.project.project import load_bitext
from bitext.publish.about import about, site_address
from bitext.publish.formats import FORMATS, made

FINE, PROBLEMS = 0, 1


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises Refusal, before anything is printed or written."""
    if args.format not in FORMATS:
        what = args.what or "--all"
        raise Refusal(
            "E-FORMAT", what, 1, f"no format '{args.format}'", f"use {', '.join(FORMATS)}"
        )
    if args.all and args.what:
        raise Refusal("E-USAGE", args.what, 1, "a text named beside --all", "give one of the two")
    if args.all:
        return _all(args)
    if not args.what:
        raise Refusal("E-USAGE", "bitext export", 1, "no text named", "name a slug, a bitext.yml, `glossary`, or --all")  # fmt: skip
    return _one(args)


def _names(root: Path) -> Names:
    people, _ = read_people(root / "data" / "people.yml", root)
    return {person.id: person.name for person in people.persons}


def _one(args: argparse.Namespace) -> int:
    if args.output and args.output.is_dir():
        raise Refusal(
            "E-USAGE", str(args.output), 1, "this is a folder", "name a file, or use --all"
        )
    path = bitext_of(args.what, args.root)
    bitext, problems = _loaded(path)
    data = _made(args, bitext)
    _tell(problems)
    if args.output:
        write_atomically(args.output, data)
    else:
        _print(data, text=args.format not in ("epub", "epub-zh", "epub-en"))
    return PROBLEMS if problems else FINE


def _made(args: argparse.Namespace, bitext: Bitext) -> bytes:
    site = site_address(os.environ.get("SITE_URL"))
    return made(args.format, bitext, about(bitext, _names(args.root), site))


def _all(args: argparse.Namespace) -> int:
    """Every text of the project, each to its file in the folder that is named."""
    if not args.output:
        raise Refusal("E-USAGE", "--all", 1, "no folder named", "give --output DIR, where a file a text is written")  # fmt: skip
    if args.output.exists() and not args.output.is_dir():
        raise Refusal("E-USAGE", str(args.output), 1, "this is a file", "name a folder, where a file a text is written")  # fmt: skip
    paths = sorted((args.root / "data" / "transcripts").glob("*/bitext.yml"))
    if not paths:
        raise Refusal("E-MISSING", str(args.root), 1, "no text in data/transcripts", "import one, or name the project with --root")  # fmt: skip
    found = [_loaded(path) for path in paths]
    files = {f"{b.slug}.{FORMATS[args.format].ending}": _made(args, b) for b, _ in found}
    args.output.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        write_atomically(args.output / name, data)
    problems = [problem for _, some in found for problem in some]
    _tell(problems)
    print(f"{len(files)} file{'s' * (len(files) != 1)} written to {args.output}")
    return PROBLEMS if problems else FINE


def _loaded(path: Path) -> tuple[Bitext, list[Problem]]:
    """A text, and all that is wrong with it: it is exported all the same, but not in silence."""
    settle(path.parent)
    if not path.is_file():
        raise Refusal("E-MISSING", str(path), 1, "no such bitext", "give a slug or the path of a bitext.yml")  # fmt: skip
    bitext, problems = load_bitext(path)
    if bitext is None:
        _tell(problems)
        raise Refusal("E-BITEXT", str(path), 1, "cannot be read", "mend the problems above")
    return bitext, [*problems, *(bitext.proof.problems if bitext.proof else ())]


def _tell(problems: list[Problem]) -> None:
    for problem in problems:
        print(problem.said, file=sys.stderr)


def _print(data: bytes, *, text: bool) -> None:
    """Prints a file. Raises Refusal where a book would run over a terminal."""
    if text:
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="")
        sys.stdout.write(data.decode("utf-8"))
    elif sys.stdout.isatty():
        raise Refusal("E-USAGE", "bitext export", 1, "a book is no text for a terminal", "give --output FILE")  # fmt: skip
    else:
        sys.stdout.buffer.write(data)


def bitext_of(what: str, root: Path) -> Path:
    """The bitext.yml that a path, a folder or a slug names."""
    path = Path(what)
    if path.is_dir():
        return path / "bitext.yml"
    return path if path.suffix else root / "data" / "transcripts" / what / "bitext.yml"
