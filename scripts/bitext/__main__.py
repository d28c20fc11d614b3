"""The command: `bitext import | build | check | export | align | …`. Only this opens files."""

from __future__ import annotations

import argparse
import contextlib
import errno
import gc
import os
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from bitext.commands.numbers import count, port
from bitext.model import Problem, Refusal

if TYPE_CHECKING:
    from bitext.project.project import Project

FINE, PROBLEMS, REFUSED = 0, 1, 2
#: So many new objects before Python looks for those that only hold each other: a command makes few of
#: them, and does not live long. As it is by default, the looking would cost a tenth of a build.
SELDOM = 50_000
#: What is wrong with a disk or with the rights to a file, and what to do.
DISK = {
    errno.ENOSPC: "make room",
    errno.EDQUOT: "make room",
    errno.EROFS: "use a disk that can be written",
    errno.EACCES: "get the right to read and write it",
    errno.EPERM: "get the right to read and write it",
    errno.EIO: "mend the disk",
}


def command() -> NoReturn:
    """The command as a program. Its end is at once: to take apart all that is in memory would cost a
    tenth of an import, and nobody waits for what is taken apart."""
    gc.set_threshold(SELDOM)
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


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
        if error.errno not in DISK:
            raise
        _nobody_reads()
        return _fail(f"E-WRITE {args.parser.prog}: {_failed(error)} — {DISK[error.errno]}, then run the command again")  # fmt: skip
    except KeyboardInterrupt:
        print("stopped; nothing half-written", file=sys.stderr)
        return 130


def _failed(error: OSError) -> str:
    """What a disk said, and of which file; of an unfinished one, of its folder."""
    from bitext.library.files import PART

    said, file = os.strerror(error.errno or 0), str(error.filename or "")
    where = str(Path(file).parent) if file.endswith(PART) else file
    return f"{said}: {where}" if where else said


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


class _Version(argparse.Action):
    """Prints the version of the program, found only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(f"bitext {version()}")
        raise SystemExit(FINE)


def version() -> str:
    """The version of this program, as pyproject.toml has it."""
    import tomllib
    from importlib import metadata

    own = Path(__file__).resolve().parents[2] / "pyproject.toml"
    if own.is_file():
        return str(tomllib.loads(own.read_text("utf-8"))["project"]["version"])
    return metadata.version("two-tracks")


#: What is typed most often, by the command.
EXAMPLES = {
    "import": (
        "bitext import talk.docx --slug some-talk",
        "bitext import --zh zh.txt --en en.txt",
        "bitext import folder other-folder/talk.txt",
    ),
    "build": ("bitext build",),
    "check": ("bitext check --write", "bitext check --format github"),
    "export": (
        "bitext export some-talk --format tmx > some-talk.tmx",
        "bitext export some-talk --format epub --output some-talk.epub",
        "bitext export --all --format json --output out",
        "bitext export glossary --format tbx > glossary.tbx",
    ),
    "serve": ("bitext serve",),
    "finish": ("bitext finish site",),
    "publish-check": ("bitext publish-check site --address https://tracks.example/",),
    "completion": ('eval "$(bitext completion)"',),
}


def _examples(*lines: Sequence[str]) -> str | None:
    """The end of a help: what can be typed."""
    shown = [f"  {line}" for some in lines for line in some]
    return "\n".join(["examples:", *shown]) if shown else None


def parser() -> argparse.ArgumentParser:
    """The command line. Modules are imported by the commands that need them, so help is quick."""
    top = _Parser(
        prog="bitext",
        description="Two Tracks: from a bilingual transcript as it was found to paired pages.",
        epilog=_examples(*EXAMPLES.values()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action=_Version, nargs=0, help="print the version")
    commands = top.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, run, help: str) -> argparse.ArgumentParser:
        found = commands.add_parser(
            name, help=help, description=help,
            epilog=_examples(*([EXAMPLES[name]] if name in EXAMPLES else [])),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )  # fmt: skip
        found.set_defaults(run=run, parser=found)
        return found

    add = command("import", run_import, "read a source, pair it, write DIR/<slug>/bitext.yml")
    add.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar="FILE",
        help="the source; or several, or folders of them",
    )
    add.add_argument("--zh", type=Path, help="the Chinese text, where it is a file of its own")
    add.add_argument("--en", type=Path, help="the English text, where it is a file of its own")
    add.add_argument("--slug", help="the name in addresses; from the file name otherwise")
    add.add_argument("--output", type=Path, help="where <slug>/ is written (data/transcripts)")
    add.add_argument("--format", choices=("text", "json"), default="text", help="of the report")
    add.add_argument(
        "--workers", type=count, metavar="N", help="of many, so many at once (all cores)"
    )
    add.add_argument("--received", metavar="DAY", help="when the source was received (today)")
    add.add_argument("--merge", action="store_true", help="merge into the bitext that is there")
    add.add_argument(
        "--anyway", action="store_true", help="import what is refused by a rule of thumb"
    )

    build = command("build", run_build, "write docs/zh and docs/en from data/")
    build.add_argument(
        "--site", action="store_true", help="build the site from them too, into site/"
    )
    _root(build)
    check = command("check", run_check, "list every problem in data/ and docs/")
    _root(check)
    check.add_argument("--notices", action="store_true", help="list notices as well")
    check.add_argument(
        "--format", choices=("text", "json", "github"), default="text",
        help="for people, programs, or a forge's workflow",
    )  # fmt: skip
    check.add_argument(
        "--write", action="store_true", help="bring docs/ up to date first, where data/ is sound"
    )

    out = command("export", run_export, "print a bitext, or `glossary`, in another form")
    out.add_argument("what", nargs="?", help="a slug, a path to a bitext.yml, or `glossary`")
    out.add_argument("--all", action="store_true", help="every text of the project, each to a file")
    out.add_argument(
        "--format", default="json",
        help="json, tmx, xliff, csv, jsonl, text, epub, epub-zh, epub-en; glossary: tbx, csv, json",
    )  # fmt: skip
    out.add_argument("--output", type=Path, help="the file to write; with --all, the folder")
    _root(out)

    terms = command("import-terms", run_import_terms, "merge terms from a TBX or CSV file")
    terms.add_argument("file", type=Path)
    _root(terms)

    align = command("align", run_align, "align two files, a segment a line; prints the ladder")
    align.add_argument("zh", type=Path)
    align.add_argument("en", type=Path)

    release = command("release", run_release, "record what is published; deployment calls it")
    _root(release)

    ended = command("finish", run_finish, "add to a built site what its renderer does not make")
    _site(ended)
    _root(ended)

    published = command("publish-check", run_publish_check, "list what is wrong with a built site")
    _site(published)
    published.add_argument("--address", default="", help="where the site is to stand")

    away = command("offline", run_offline, "pack a built site into a zip that opens from a disk")
    _site(away)
    away.add_argument("--output", type=Path, default=Path("two-tracks-offline.zip"), help="the zip")

    command("completion", run_completion, "print a script with which bash completes commands")

    serve = command("serve", run_serve, "build the site, show it, and rebuild when data changes")
    serve.add_argument("--port", type=port, default=8000, help="from which port on to look (8000)")
    _root(serve)
    return top


def _root(command: argparse.ArgumentParser) -> None:
    command.add_argument("--root", type=Path, default=Path(), help="the project's folder (here)")


def _site(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "site", nargs="?", type=Path, default=Path("site"), help="its folder (site)"
    )


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
    from bitext.commands.jobs import is_batch

    if is_batch(args):
        from bitext.commands import batch

        return batch.run(args)
    from bitext.commands import importing

    return importing.run(args)


def run_align(args: argparse.Namespace) -> int:
    from bitext.commands import aligning

    return aligning.run(args.zh, args.en)


def run_build(args: argparse.Namespace) -> int:
    from bitext.project.check import false_claims
    from bitext.project.project import load_project
    from bitext.project.write import write_pages

    _in_project(args.root, "data", *(["mkdocs.yml"] if args.site else []))
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
    return _build_site(project) if args.site else FINE


def _build_site(project: Project) -> int:
    """Runs `mkdocs build --strict` in this process: that spares its start, and a second reading of data/."""
    from bitext.library import lasting
    from bitext.project.check import vanished
    from bitext.project.project import Handed, handed

    lasting.let_go()  # what new words need was asked for the pages
    if problems := list(vanished(project)):
        return _print_problems(problems)
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.__main__ import cli

    try:
        with handed(Handed(project)):
            cli(["build", "--strict", "--config-file", str(project.root / "mkdocs.yml")], "mkdocs")
    except SystemExit as done:
        if done.code not in (None, 0):
            return PROBLEMS
    print("site/ is built")
    return FINE


def run_check(args: argparse.Namespace) -> int:
    from bitext.commands import telling
    from bitext.commands.placing import tidy
    from bitext.project.check import check, notices

    try:
        _in_project(args.root, "data")
    except Refusal as refusal:
        if args.format == "text":
            raise
        _print_for(args.format, [_problem(refusal)], [])
        return REFUSED
    refused = tidy(args.root)
    found = notices(args.root) if args.notices else []
    if args.format == "text":
        telling.printed(map(str, found), sys.stdout)
    write = args.write and not refused
    problems = [*map(_problem, refused), *check(args.root, write=write)]
    if args.format == "text":
        code = _print_problems(problems)
        telling.printed([f"next: {_after_check(args, problems)}"], sys.stderr)
        return code
    _print_for(args.format, problems, found)
    return PROBLEMS if problems else FINE


def _problem(refusal: Refusal) -> Problem:
    return Problem(refusal.path, refusal.line, f"{refusal.found} — {refusal.todo}", refusal.code)


def _print_for(program: str, problems: Sequence[Problem], found: Sequence[Problem]) -> None:
    """Prints problems and notices in the form that a program reads."""
    from bitext.commands import telling

    lines = {"json": lambda *a: [telling.as_json(*a)], "github": telling.as_github}[program]
    telling.printed(lines(problems, found), sys.stdout)


def _after_check(args: argparse.Namespace, problems: Sequence[Problem]) -> str:
    """The command to type when the problems are mended, or when there are none."""
    from bitext.commands.telling import called

    root = "" if args.root == Path() else f" --root {shlex.quote(str(args.root))}"
    if problems:
        return f"mend what is listed, then {called()} check --write{root}"
    return f"{called()} serve{root}"


def _print_problems(problems: Sequence[Problem]) -> int:
    """Prints each problem as a line, then what can be pasted, for each file in one piece."""
    from bitext.commands.telling import as_text, printed

    printed(as_text(problems), sys.stderr)
    return PROBLEMS if problems else FINE


def _tidy(root: Path) -> None:
    """Ends what killed commands left; raises Refusal where it cannot."""
    from bitext.commands.placing import tidy

    for refusal in tidy(root):
        raise refusal


def run_export(args: argparse.Namespace) -> int:
    from bitext.commands import exporting

    return _export_glossary(args) if args.what == "glossary" else exporting.run(args)


def run_completion(args: argparse.Namespace) -> int:
    from bitext.commands.completion import script
    from bitext.glossary import formats as of_glossary
    from bitext.publish.formats import FORMATS

    both = dict.fromkeys((*FORMATS, *of_glossary.FORMATS))
    print(script(parser(), {"export --format": list(both)}), end="")
    return FINE


def _export_glossary(args: argparse.Namespace) -> int:
    from bitext.commands import terms
    from bitext.project.project import load_project

    _in_project(args.root, "data")
    if args.output:
        raise Refusal("E-USAGE", "glossary", 1, "--output beside it", "the glossary is printed: write `> FILE`")  # fmt: skip
    return terms.export(load_project(args.root).glossary, args.format)


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


def _built(site: Path) -> None:
    """Raises Refusal where there is no built site."""
    if not (site / "index.html").is_file():
        todo = "build it with `make site`, or name its folder"
        raise Refusal("E-SITE", str(site), 1, "no built site: it has no index.html", todo)


def run_finish(args: argparse.Namespace) -> int:
    from bitext.project.check import unpublishable
    from bitext.project.project import load_project
    from bitext.publish import finish, settings

    _in_project(args.root, "data", settings.NAME)
    _built(args.site)
    if finish.is_finished(args.site):
        raise Refusal("E-SITE", str(args.site), 1, "was finished before, wholly or in part", "build it again, then finish it once")  # fmt: skip
    file = args.root / settings.NAME
    said = settings.settings_of(settings.read_config(file), str(file))
    project = load_project(args.root)
    problems = unpublishable(project)
    if problems:
        return _print_problems(problems)
    finish.finish(args.root, args.site, project, said)
    print(f"{args.site}: finished")
    if said.notice:
        print(said.notice, file=sys.stderr)
    return FINE


def run_publish_check(args: argparse.Namespace) -> int:
    from bitext.publish.checking import check_site

    _built(args.site)
    problems = check_site(args.site, args.address)
    if not problems:
        print(f"{args.site}: nothing wrong")
    return _print_problems(problems)


def run_offline(args: argparse.Namespace) -> int:
    from bitext.library.files import write_atomically
    from bitext.publish.offline import offline

    _built(args.site)
    data = offline(args.site)
    write_atomically(args.output, data)
    print(f"{args.output}: {len(data):,} bytes; unpack it and open two-tracks/index.html")
    return FINE


def run_serve(args: argparse.Namespace) -> int:
    from bitext.publish.serve import serve

    _in_project(args.root, "data", "mkdocs.yml")
    _tidy(args.root)
    return serve(args.root, args.port)


if __name__ == "__main__":
    command()
