"""Kills commands at each of their writes: the next command finds the old state or makes the new one.

    python scripts/bench/fuzz_kills.py              # every write of every command, of a build's pages every fourth
    python scripts/bench/fuzz_kills.py merge pair   # of these
    python scripts/bench/fuzz_kills.py --every 5    # at every fifth write

A command is killed right before the k-th operation by which it changes a file, for each k; at a
flush to the disk the file is cut to its half first, as a failing machine might leave it. After each
kill no file is torn; whichever command comes next, the state is then the old one or the new one; the
same command again ends well and leaves the new state and nothing else. What an editor changes
between the kill and the next command is kept, and told where the killed one cannot go on.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import shutil
import signal
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bed import EN, ZH, copy_project

from bitext.__main__ import main as bitext
from bitext.library.files import PART, STAGED
from bitext.library.imports import NAME, parse_record

CHANGES = {
    "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.link", "os.symlink",
    "os.truncate",
}  # fmt: skip
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
TERMS = "id,subject,name_zh,name_en,definition_zh,definition_en\n"

EDIT = b"# An editor was here.\n"
TALK = "data/transcripts/talk/bitext.yml"
#: What may come next, but for the killed command itself.
NEXT = (
    ("check", "--root", "{}"), ("build", "--root", "{}"), ("export", "talk", "--root", "{}"),
)  # fmt: skip

State = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Trial:
    """A command and the project in which it runs; `again` are its exit codes when it is run once more."""

    prepare: Callable[[Path], None]
    arguments: Sequence[str]  # {} stands for the project's folder
    again: frozenset[int] = frozenset((0,))
    whole: bool = True  # all of its files change together, not one by one
    alike: int = 1  # how many writes in a row are of one kind, so that one of them is enough


def say(folder: Path, zh: Sequence[str], en: Sequence[str]) -> None:
    """A source in one file and in two."""
    pairs = [text for pair in zip(zh, en, strict=True) for text in pair]
    for name, texts in (("talk.txt", pairs), ("talk.zh.txt", zh), ("talk.en.txt", en)):
        (folder / name).write_text("\n\n".join(texts) + "\n", "utf-8")


def short(folder: Path) -> None:
    """A new project and a source beside it."""
    (folder / "data" / "transcripts").mkdir(parents=True)
    say(folder, ZH[:2], EN[:2])


def with_rights(folder: Path) -> None:
    """The same, with a folder for the transcript that has somebody's file, and one called as the source will be."""
    short(folder)
    kept = folder / "data" / "transcripts" / "talk"
    kept.mkdir()
    (kept / "RIGHTS.md").write_text("Ask.\n", "utf-8")
    (kept / "source.txt").write_text("not that one\n", "utf-8")


def imported(arguments: Sequence[str]) -> Callable[[Path], None]:
    """A project with a transcript, an editor's change in it, and a newer source."""

    def prepare(folder: Path) -> None:
        short(folder)
        run([a.replace("{}", str(folder)) for a in arguments if a != "--merge"])
        bitext_file = folder / TALK
        text = bitext_file.read_text("utf-8")
        bitext_file.write_text(text.replace("meet these risks", "face these risks"), "utf-8")
        say(folder, ZH, EN)

    return prepare


def ours(folder: Path) -> None:
    """This project's data, of which the pages must be written anew, and a table of terms."""
    copy_project(folder)
    for page in sorted((folder / "docs").glob("*/transcripts/*.md"))[:4]:
        page.write_text("old\n", "utf-8")
    for lang in ("zh", "en"):
        (folder / "docs" / lang / "transcripts" / "gone.md").write_text("gone\n", "utf-8")
    run(["export", "glossary", "--format", "csv", "--root", str(folder)], folder / "terms.csv")
    terms = folder / "data" / "glossary.yml"
    kept, _, _ = terms.read_text("utf-8").rpartition("\n  - id: ")
    terms.write_text(kept + "\n", "utf-8")


def to_release(folder: Path) -> None:
    """This project's data and pages, of which a part was published."""
    copy_project(folder)
    published = folder / "data" / "published.txt"
    lines = published.read_text("utf-8").splitlines(keepends=True)
    published.write_text("".join(lines[: len(lines) // 2]), "utf-8")


SINGLE = ("import", "{}/talk.txt", "--output", "{}/data/transcripts")
DOUBLE = ("import", "--zh", "{}/talk.zh.txt", "--en", "{}/talk.en.txt", "--slug", "talk", "--output", "{}/data/transcripts")  # fmt: skip
TRIALS = {
    "import": Trial(short, SINGLE, frozenset((0, 2))),
    "pair": Trial(short, DOUBLE, frozenset((0, 2))),
    "folder": Trial(with_rights, SINGLE, frozenset((0, 2))),
    "merge": Trial(imported(SINGLE), (*SINGLE, "--merge")),
    "merge-pair": Trial(imported(DOUBLE), (*DOUBLE, "--merge")),
    "merge-into-pair": Trial(imported(SINGLE), (*DOUBLE, "--merge")),
    "import-terms": Trial(ours, ("import-terms", "{}/terms.csv", "--root", "{}")),
    # Each page is three operations and like the next: every fourth operation meets each of the three.
    "build": Trial(ours, ("build", "--root", "{}"), whole=False, alike=4),
    "release": Trial(to_release, ("release", "--root", "{}")),
}


# --- one run -------------------------------------------------------------------------------------


CRASHED = 70


def run(arguments: Sequence[str], output: Path | None = None, errors: Path | None = None) -> int:
    """The exit code of a command in a process of its own; CRASHED where it ends in an exception."""
    return wait(_fork(arguments, Path("/"), 0, output, errors))


def _fork(
    arguments: Sequence[str],
    watched: Path,
    kill_at: int,
    output: Path | None = None,
    errors: Path | None = None,
) -> int:
    """The process that runs a command and dies before its `kill_at`-th change below `watched`."""

    def job() -> int:
        if kill_at:
            _die_at(kill_at, watched)
        return bitext(list(arguments))

    return fork(job, errors, output)


def fork(job: Callable[[], int], errors: Path | None = None, output: Path | None = None) -> int:
    """The process that does a job; CRASHED where that ends in an exception, which `errors` then tells."""
    process = os.fork()
    if process:
        return process
    code = CRASHED
    try:
        for stream, file in ((1, output), (2, errors)):
            os.dup2(
                os.open(file or os.devnull, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), stream
            )
        code = job()
        sys.stdout.flush()
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


def wait(process: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def _die_at(count: int, watched: Path) -> None:
    """Kills this process before its `count`-th change below `watched`."""
    left, below, fsync = count, str(watched.resolve()) + os.sep, os.fsync

    def change(half: int | None = None) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            if half is not None:
                os.ftruncate(half, os.fstat(half).st_size // 2)
            os.kill(os.getpid(), signal.SIGKILL)

    def hook(event: str, found: tuple) -> None:
        if event == "open":
            changes = isinstance(found[2], int) and found[2] & WRITING
        else:
            changes = event in CHANGES
        if changes and not isinstance(found[0], int):
            path = os.path.abspath(os.fsdecode(found[0]))
            if path.startswith(below):
                change()

    def cut(handle: int) -> None:
        change(handle)
        fsync(handle)

    os.fsync = cut
    sys.addaudithook(hook)


# --- what is left ----------------------------------------------------------------------------------


def state(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, and its bytes, but for the proofs that are kept."""
    files = (p for p in sorted(folder.rglob("*")) if p.is_file())
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in files
        if p.relative_to(folder).parts[0] != ".cache"
    }


def leftovers(folder: Path) -> list[str]:
    """What a killed command left for the next one to end or to remove."""
    found = (p for p in folder.rglob("*") if p.name.endswith(PART) or p.name == STAGED)
    return sorted(str(p.relative_to(folder)) for p in found)


def seen(files: State) -> dict[str, bytes | None]:
    """What readers of the project use: all but the sources, and the sources that a bitext names."""
    out: dict[str, bytes | None] = {}
    for path, data in files.items():
        parts = Path(path).parts
        if any(part.startswith(".") for part in parts):
            continue
        if not parts[-1].startswith("source."):
            out[path] = data
        if parts[-1] == NAME:
            for file in parse_record(data.decode("utf-8")).files:
                beside = str(Path(path).parent / file.name)
                out[beside] = files.get(beside)
    return out


def torn(old: State, new: State, left: State) -> Iterator[str]:
    """Files that a killed command left and that are neither as before nor as they shall be."""
    for path in left:
        parts = Path(path).parts
        if not (path in old or path in new) and not any(
            p.endswith(PART) or p == STAGED for p in parts
        ):
            yield f"{path} is in neither state"
    for path in old.keys() & new.keys():
        if left.get(path) not in (old[path], new[path]):
            yield f"{path} is torn or lost"


def data(files: State) -> dict[str, bytes | None]:
    """What is seen of the data alone: `build` writes pages as well."""
    return seen({path: held for path, held in files.items() if path.startswith("data/")})


def after_next(trial: Trial, old: State, new: State, folder: Path, copy: Path) -> Iterator[str]:
    """What is wrong once another command has run on what was left; each runs on a copy."""
    for command in NEXT:
        again(folder, copy)
        code = run([a.replace("{}", str(copy)) for a in command])
        if code not in (0, 1, 2):
            yield f"then {command[0]} ends with {code}"
        if trial.whole and data(state(copy)) not in (data(old), data(new)):
            yield f"then {command[0]} leaves neither the old state nor the new one"
        if found := [p for p in leftovers(copy) if command[0] != "export" or "/talk/" in p]:
            yield f"then {command[0]} leaves {', '.join(found)}"


def after_edit(old: State, new: State, folder: Path, copy: Path) -> Iterator[str]:
    """What is wrong where an editor changes the bitext before the next command."""
    again(folder, copy)
    path, said = copy / TALK, copy / "said"
    with path.open("ab") as handle:
        handle.write(EDIT)
    edited = path.read_bytes()
    run(["check", "--root", str(copy)], errors=said)
    told = f"E-STAGED {path}:1: " in said.read_text("utf-8")
    said.unlink()
    if path.read_bytes() != edited:
        yield "an editor's change is lost"
    waits = [p for p in leftovers(copy) if Path(p).name == STAGED]
    if bool(waits) != told:
        yield "a change that stops an import is not told" if waits else "told without a cause"
    for place in waits:  # as the message says
        shutil.rmtree(copy / place)
        run(["check", "--root", str(copy)])
    path.write_bytes(edited.removesuffix(EDIT))
    if data(state(copy)) not in (data(old), data(new)):
        yield "with an editor's change, neither the old state nor the new one"


def again(folder: Path, copy: Path) -> None:
    """Makes `copy` what `folder` is."""
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)


def warm() -> None:
    """Loads in this process what commands load, so that each child begins with it."""
    with tempfile.TemporaryDirectory() as made, contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):  # fmt: skip
        imported(SINGLE)(Path(made))
        for arguments in (("import", f"{made}/talk.txt", "--output", f"{made}/out"), ("build", "--root", made)):  # fmt: skip
            bitext(arguments)


def second_run(trial: Trial, arguments: Sequence[str], new: State, folder: Path) -> Iterator[str]:
    """What is wrong once the command runs again."""
    code = run(arguments)
    if code not in trial.again:
        yield f"the second run ends with {code}"
    now = state(folder)
    if now != new:
        differs = sorted(p for p in now.keys() | new.keys() if now.get(p) != new.get(p))
        yield f"the second run leaves another state: {', '.join(differs[:5])}"
    if more := leftovers(folder):
        yield f"the second run leaves {', '.join(more)}"


def kill_each(name: str, every: int = 1) -> tuple[Counter[str], list[str]]:
    """How often a command was killed and what was left, and every fault."""
    trial, counts, faults = TRIALS[name], Counter(), []
    with tempfile.TemporaryDirectory(prefix="two-tracks-kills-") as made:
        first, folder, copy = (Path(made).resolve() / n for n in ("first", "project", "copy"))
        first.mkdir()
        trial.prepare(first)
        arguments = [a.replace("{}", str(folder)) for a in trial.arguments]
        again(first, folder)
        old = state(folder)
        if run(arguments) != 0:
            return counts, [f"{name}: does not run at all"]
        new, k = state(folder), 1
        while True:
            again(first, folder)
            if wait(_fork(arguments, folder, k)) != -signal.SIGKILL:
                return counts, faults
            left = state(folder)
            found = list(torn(old, new, left))
            counts["killed"] += 1
            counts["new" if seen(left) == seen(new) else "old" if seen(left) == seen(old) else "between"] += 1  # fmt: skip
            if leftovers(folder):
                counts["leftovers"] += 1
                found += after_next(trial, old, new, folder, copy)
                if TALK in old:
                    counts["edited"] += 1
                    found += after_edit(old, new, folder, copy)
            found += second_run(trial, arguments, new, folder)
            faults += [f"{name}, killed at {k}: {fault}" for fault in found]
            k += every * trial.alike


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("commands", nargs="*", metavar="COMMAND", help=", ".join(TRIALS))
    asked.add_argument("--every", type=int, default=1, help="kill at every N-th write")
    args = asked.parse_args()
    faults = []
    warm()
    columns = ("killed", "old", "new", "between", "leftovers", "edited")
    total = Counter()
    print(f"{'command':17}{''.join(f'{c:>11}' for c in (*columns, 'faults'))}")
    for name in args.commands or TRIALS:
        counts, found = kill_each(name, args.every)
        row = [*(counts[c] for c in columns), len(found)]
        print(f"{name:17}{''.join(f'{n:11}' for n in row)}", flush=True)
        faults += found
        total += counts
    print(f"{total['killed']} kills, {len(faults)} faults")
    for fault in faults:
        print(fault, file=sys.stderr)
    return bool(faults)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
