"""Proves what is promised at its full size: `make prove`. A table of figures at the end; 1 if any part failed.

    python scripts/bench/prove.py [PART …]      all parts, or these

Every part runs, also when one before it failed; two at a time. Nothing is installed: what a part
needs and is not there is named, and the part is skipped.
"""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bed import installed_browser

ROOT = Path(__file__).resolve().parent.parent.parent
#: A part that takes longer hangs.
LONGEST = 40 * 60
#: What is shown of a part that failed, and of that once more below the table.
SHOWN, LAST = 60, 4
WRONG = re.compile(r"^(E  |FAILED |ERROR )|Error: |\b[1-9]\d* (faults?|wrong|differ)\b")


def nothing() -> str:
    """No part needs more than Python."""
    return ""


def forks() -> str:
    return "" if hasattr(os, "fork") else "this system has no fork"


def browser() -> str:
    if importlib.util.find_spec("playwright") is None:
        return "no Playwright: run `make test` first"
    own = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright")
    if installed_browser() or any(own.glob("chromium-*")):
        return ""
    return "no Chromium: run `make test` first"


def firefox() -> str:
    if importlib.util.find_spec("websockets") is None:
        return "no websockets: run `make test` first"
    from engines import firefox

    return "" if firefox.program() else "no Firefox: install firefox-esr"


def webkit() -> str:
    from engines import webkit

    if not webkit.program():
        return "no WebKitGTK: install webkit2gtk-driver"
    return "" if webkit.display() else "no display: install xvfb"


def hosts() -> str:
    import prove_hosts

    there = any(map(prove_hosts.program, prove_hosts.SERVERS))
    return "" if there else "no nginx and no Caddy: run `make test` first, or install nginx, caddy"


def renderers() -> str:
    import prove_renderers

    missing = [name for name in prove_renderers.NAMES if not prove_renderers.program(name)]
    return f"no {' and no '.join(missing)}: run `make test` first" if missing else browser()


@dataclass(frozen=True, slots=True)
class Part:
    """A script with its arguments; `lacks` says what is missing, '' where nothing is.

    The figures are the lines of its output that hold `figure`, or the last one.
    """

    name: str
    command: tuple[str, ...] = ()
    lacks: Callable[[], str] = nothing
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a part: 'ok', 'skipped' or why it failed; its figures; its whole output."""

    part: Part
    result: str
    figures: tuple[str, ...]
    seconds: float = 0
    output: str = ""

    @property
    def failed(self) -> bool:
        return self.result not in ("ok", "skipped")


def parts(seed: int) -> tuple[Part, ...]:
    """The parts, the longest first; `seed` is for what is tried anew each time."""
    return (
        Part("pages: every string, verbatim", ("fuzz_pages.py", "verbatim"), browser),
        Part("pages: hostile strings", ("fuzz_pages.py", "inject"), browser),
        Part(
            "the reader's place and every page, every cell", ("prove_place.py",), browser, " passed"
        ),
        Part("read in Firefox", ("read_engine.py", "firefox"), firefox, " cells, "),
        Part("read in WebKit", ("read_engine.py", "webkit"), webkit, " cells, "),
        Part("behind nginx and Caddy", ("prove_hosts.py",), hosts, " files asked, "),
        Part("files judged by other programs", ("prove_files.py",), figure=" judges heard, "),
        Part("200 readers for two minutes", ("prove_load.py",), hosts, " readers, "),
        Part("by MkDocs, ProperDocs and Zensical", ("prove_renderers.py",), renderers),
        Part("built twice, byte by byte", ("prove_same.py",)),
        Part("built again after edits", ("prove_builds.py", "16", str(seed)), figure=" edits, "),
        Part("broken projects", ("fuzz_projects.py",), figure=" kinds: "),
        Part("killed commands", ("fuzz_kills.py",), forks, " kills, "),
        Part(
            "failing disks, two at once",
            ("fuzz_faults.py", "--every", "9"),
            forks,
            " failing disks, ",
        ),
        Part("edits, seed 1", ("fuzz_edits.py", "1", "500"), figure=" edits "),
        Part("edits, seed of the clock", ("fuzz_edits.py", str(seed), "500"), figure=" edits "),
        Part("odd sources", ("fuzz_import.py", "4000", "1"), figure=" inputs in "),
        Part("documents read and paired", ("score_import.py",), figure=" documents; "),
    )


def run(part: Part) -> Outcome:
    """Runs a part in a process of its own; never raises."""
    if why := part.lacks():
        return Outcome(part, "skipped", (why,))
    command = [sys.executable, str(ROOT / "scripts" / "bench" / part.command[0]), *part.command[1:]]
    env = os.environ | {"PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"}
    start = time.monotonic()
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=env, timeout=LONGEST, text=True, errors="replace",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        code, output = done.returncode, done.stdout
        result = "ok" if code == 0 else f"FAILED (exit {code})"
    except subprocess.TimeoutExpired as late:
        output = (late.stdout or b"").decode("utf-8", "replace")
        result = f"FAILED (longer than {LONGEST // 60} minutes)"
    except OSError as error:
        output, result = "", f"FAILED ({error})"
    return Outcome(part, result, figures(part, output), time.monotonic() - start, output)


def written(output: str) -> list[str]:
    """The lines of an output in which something stands."""
    return [line.strip() for line in output.splitlines() if line.strip()]


def figures(part: Part, output: str) -> tuple[str, ...]:
    """The lines of a part's output that say how it went."""
    lines = written(output)
    found = [line for line in lines if part.figure and part.figure in line]
    return tuple(found or lines[-1:])


def said(output: str) -> tuple[str, ...]:
    """The last lines that say something went wrong, or the last ones."""
    lines = written(output)
    wrong = [line for line in lines if WRONG.search(line)]
    return tuple((wrong or lines)[-LAST:])


def table(outcomes: Sequence[Outcome]) -> str:
    """A row a part; further figures of a part stand below its first."""
    rows = [("part", "result", "time", "figures")]
    for o in outcomes:
        took = f"{o.seconds / 60:.1f} min" if o.seconds else ""
        first, *more = o.figures or ("",)
        rows += [(o.part.name, o.result, took, first), *(("", "", "", line) for line in more)]
    widths = [max(len(row[n]) for row in rows) for n in range(3)]
    return "\n".join(
        "  ".join([*(cell.ljust(w) for cell, w in zip(row, widths, strict=False)), row[3]]).rstrip()
        for row in rows
    )


def prove(asked: Sequence[Part]) -> int:
    """Runs the parts, tells of each as it ends, and prints the table; 1 if any failed."""

    def told(part: Part) -> Outcome:
        outcome = run(part)
        print(f"{part.name}: {outcome.result}, {outcome.seconds / 60:.1f} min", flush=True)
        return outcome

    with ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        outcomes = list(pool.map(told, asked))
    for outcome in outcomes:
        if outcome.failed:
            print(f"\n== {outcome.part.name}")
            print("\n".join(outcome.output.splitlines()[-SHOWN:]))
    print(f"\n{table(outcomes)}")
    # Once more, in a line each: who sees only the end of a long log reads here what is wrong.
    for outcome in outcomes:
        if outcome.failed:
            print(f"{outcome.result}: {outcome.part.name}: {' | '.join(said(outcome.output))}")
    return int(any(outcome.failed for outcome in outcomes))


def main(words: Sequence[str]) -> int:
    seed = int(time.time())
    print(f"The seed of the clock is {seed}.", flush=True)
    every = parts(seed)
    return prove([p for p in every if not words or any(word in p.name for word in words)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
