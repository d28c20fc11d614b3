"""The command: `bitext import | build | check | export | align | …`. Only this opens files."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

from bitext.model import Problem, Refusal

FINE, PROBLEMS, REFUSED = 0, 1, 2
#: The highest number of a port: TCP has 16 bits for it.
LAST_PORT = 65535


def main(argv: list[str] | None = None) -> int:
    """Runs one command; 0 fine, 1 problems found, 2 refused."""
    args, unknown = parser().parse_known_args(argv)
    if unknown:
        args.parser.error(f"unrecognized arguments: {' '.join(unknown)}")
    # The matrices are small: a second thread would only wait for the first, at full load.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _take_any_character()
    try:
        code = args.run(args)
        sys.stdout.flush()  # what cannot be printed is met here, not at the interpreter's end
        return code
    except Refusal as refusal:
        return _fail(refusal)
    except BrokenPipeError:
        _nobody_reads()
        return FINE
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        _nobody_reads()
        found, todo = os.strerror(error.errno), "make room, then run the command again"
        return _fail(f"E-WRITE {args.parser.prog}: {found} — {todo}")
    except KeyboardInterrupt:
        print("stopped; nothing half-written", file=sys.stderr)
        return 130


def _take_any_character() -> None:
    """Makes both outputs print what their encoding lacks as an escape; closed ones take all in silence."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        stream = getattr(sys, name)
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _nobody_reads() -> None:
    """Lets all that cannot be printed vanish: who read it has gone, as with `| head`."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with a command line in the form of every other error."""

    def error(self, message: str) -> NoReturn:
        todo = f"see `{self.prog} --help`"
        print(f"E-USAGE {self.prog}: {message} — {todo}", file=sys.stderr)
        raise SystemExit(REFUSED)


def parser() -> argparse.ArgumentParser:
    """The command line. Modules are imported by the commands that need them, so help is quick."""
    top = _Parser(
        prog="bitext",
        description="Two Tracks: from a bilingual transcript as it was found to paired pages.",
    )
    commands = top.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, run, help: str) -> argparse.ArgumentParser:
        found = commands.add_parser(name, help=help, description=help)
        found.set_defaults(run=run, parser=found)
        return found

    add = command("import", run_import, "read a source, pair it, write DIR/<slug>/bitext.yml")
    add.add_argument("file", nargs="?", type=Path, help="the source, or a folder of sources")
    add.add_argument("--zh", type=Path, help="the Chinese text, where it is a file of its own")
    add.add_argument("--en", type=Path, help="the English text, where it is a file of its own")
    add.add_argument("--slug", help="the name in addresses; from the file name otherwise")
    add.add_argument("--output", type=Path, help="where <slug>/ is written (data/transcripts)")
    add.add_argument("--format", choices=("text", "json"), default="text", help="of the report")
    add.add_argument("--received", metavar="DAY", help="when the source was received (today)")
    add.add_argument("--merge", action="store_true", help="merge into the bitext that is there")
    add.add_argument(
        "--anyway", action="store_true", help="import what is refused by a rule of thumb"
    )
    _embed(add)

    build = command("build", run_build, "write docs/zh and docs/en from data/")
    _root(build)
    check = command("check", run_check, "list every problem in data/ and docs/")
    _root(check)
    check.add_argument("--notices", action="store_true", help="list notices as well")
    check.add_argument(
        "--write", action="store_true", help="bring docs/ up to date first, where data/ is sound"
    )

    out = command("export", run_export, "print a bitext, or `glossary`, in another form")
    out.add_argument("what", help="a slug, a path to a bitext.yml, or `glossary`")
    out.add_argument(
        "--format", default="json", help="json, tmx, csv, text; glossary: tbx, csv, json"
    )
    _root(out)

    terms = command("import-terms", run_import_terms, "merge terms from a TBX or CSV file")
    terms.add_argument("file", type=Path)
    _root(terms)

    align = command("align", run_align, "align two files, a segment a line; prints the ladder")
    align.add_argument("zh", type=Path)
    align.add_argument("en", type=Path)
    _embed(align)

    release = command("release", run_release, "record what is published; deployment calls it")
    _root(release)

    serve = command("serve", run_serve, "build the site, show it, and rebuild when data changes")
    serve.add_argument("--port", type=_port, default=8000, help="from which port on to look (8000)")
    _root(serve)
    return top


def _embed(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--embed", action="store_true", help="ask the sentence encoder too ([embed])"
    )


def _root(command: argparse.ArgumentParser) -> None:
    command.add_argument("--root", type=Path, default=Path(), help="the project's folder (here)")


def _port(value: str) -> int:
    """A port of this machine; raises what argparse tells."""
    port = int(value) if value.isascii() and value.isdecimal() else -1
    if not 1 <= port <= LAST_PORT:
        raise argparse.ArgumentTypeError(
            f"'{value[:40]}' is no port; it is a number from 1 to {LAST_PORT}"
        )
    return port


def _in_project(root: Path, *needed: str) -> None:
    """Raises Refusal where a command is run outside of a project: it would find nothing wrong there."""
    for name in needed:
        if not (root / name).exists():
            todo = "go to the project's folder, or name it with --root"
            raise Refusal("E-ROOT", str(root), 1, f"no project: it has no {name}", todo)


def _fail(message: object) -> int:
    print(message, file=sys.stderr)
    return REFUSED


def run_import(args: argparse.Namespace) -> int:
    from bitext.commands import importing

    return importing.run(args)


def run_align(args: argparse.Namespace) -> int:
    from bitext.commands import aligning

    return aligning.run(args.zh, args.en, embed=args.embed)


def run_build(args: argparse.Namespace) -> int:
    from bitext.project.check import false_claims
    from bitext.project.project import load_project
    from bitext.project.write import write_pages

    _in_project(args.root, "data")
    _tidy(args.root)
    project = load_project(args.root)
    problems = false_claims(project)
    if problems:
        return _print_problems(sorted(problems, key=lambda p: (p.path, p.line)))
    written, removed = write_pages(project)
    for path in written:
        print(f"wrote docs/{path}")
    for path in removed:
        print(f"removed docs/{path}")
    if not written and not removed:
        print("docs/ is up to date")
    return FINE


def run_check(args: argparse.Namespace) -> int:
    from bitext.commands.placing import tidy
    from bitext.project.check import check, notices

    _in_project(args.root, "data")
    refused = tidy(args.root)
    if args.notices:
        for notice in notices(args.root):
            print(notice)
    write = args.write and not refused
    left = [Problem(r.path, r.line, f"{r.found} — {r.todo}", r.code) for r in refused]
    return _print_problems([*left, *check(args.root, write=write)])


def _print_problems(problems) -> int:
    """Prints each problem as a line, then what can be pasted, for each file in one piece."""
    count = len(problems)
    try:
        for problem in problems:
            print(problem.said, file=sys.stderr)
        _print_entries(problems)
        told = f"{count} problem{'s' * (count != 1)}" if count else "no problems"
        print(told, file=sys.stderr, flush=True)
    except BrokenPipeError:
        _nobody_reads()
    return PROBLEMS if count else FINE


def _print_entries(problems: Sequence[Problem]) -> None:
    """Prints what can be pasted, for each file in one piece."""
    from bitext.project.entries import together

    pastes: dict[str, list[str]] = {}
    for problem in problems:
        if problem.paste:
            pastes.setdefault(problem.path, []).append(problem.paste)
    for path, parts in pastes.items():
        print(f"\nto list what was meant, paste this at the end of {path} and fill in why_zh and why_en:\n\n{together(parts)}\n", file=sys.stderr)  # fmt: skip


def _tidy(root: Path) -> None:
    """Ends what killed commands left; raises Refusal where it cannot."""
    from bitext.commands.placing import tidy

    for refusal in tidy(root):
        raise refusal


def run_export(args: argparse.Namespace) -> int:
    return _export_glossary(args) if args.what == "glossary" else _export_text(args)


def _export_glossary(args: argparse.Namespace) -> int:
    from bitext.commands import terms
    from bitext.project.project import load_project

    _in_project(args.root, "data")
    return terms.export(load_project(args.root).glossary, args.format)


def _export_text(args: argparse.Namespace) -> int:
    from bitext.publish.export import FORMATS

    if args.format not in FORMATS:
        return _fail(f"E-FORMAT {args.what}: no format '{args.format}' — use {', '.join(FORMATS)}")
    from bitext.commands.placing import settle
    from bitext.project.project import load_bitext

    path = _bitext_of(args.what, args.root)
    settle(path.parent)
    if not path.is_file():
        return _fail(f"E-MISSING {path}: no such bitext — give a slug or the path of a bitext.yml")
    bitext, problems = load_bitext(path)
    if bitext and bitext.proof:  # it is printed all the same, but not in silence
        problems = [*problems, *bitext.proof.problems]
    for problem in problems:
        print(problem.said, file=sys.stderr)
    if bitext is None:
        return REFUSED
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    sys.stdout.write(FORMATS[args.format](bitext))
    return PROBLEMS if problems else FINE


def _bitext_of(what: str, root: Path) -> Path:
    """The bitext.yml that a path, a folder or a slug names."""
    path = Path(what)
    if path.is_dir():
        return path / "bitext.yml"
    return path if path.suffix else root / "data" / "transcripts" / what / "bitext.yml"


def run_import_terms(args: argparse.Namespace) -> int:
    from bitext.commands import terms

    _in_project(args.root, "data")
    _tidy(args.root)
    return terms.import_terms(args.file, args.root)


def run_release(args: argparse.Namespace) -> int:
    from bitext.project.check import unpublishable
    from bitext.project.project import load_project
    from bitext.project.releases import release

    _in_project(args.root, "data")
    _tidy(args.root)
    project = load_project(args.root)
    problems = unpublishable(project)
    if problems:
        return _print_problems(problems)
    new, known = release(args.root, project.library.bitexts, project.glossary)
    print(f"data/published.txt: {known} addresses, {new} of them new")
    return FINE


def run_serve(args: argparse.Namespace) -> int:
    from bitext.publish.serve import serve

    _in_project(args.root, "data", "mkdocs.yml")
    _tidy(args.root)
    return serve(args.root, args.port)


if __name__ == "__main__":
    sys.exit(main())
