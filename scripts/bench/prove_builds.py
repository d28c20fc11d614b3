"""A site built again after each of many random edits is, byte for byte, the one built from nothing.

python scripts/bench/prove_builds.py [EDITS [SEED]]

Each edit is built twice: where the store of the builds before stands, and in a copy without one. The same
for the site that `bitext serve` shows, by one process that goes on through all edits.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

from bed import ROOT, numbers
from build_edits import EDITS

COPIED = ("data", "docs", "overrides", "scripts", "mkdocs.yml", "pyproject.toml")
IGNORED = shutil.ignore_patterns("__pycache__", ".cache", "site", ".*.before")


def environment(root: Path) -> dict[str, str]:
    return os.environ | {
        "PYTHONPATH": str(root / "scripts"), "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1",
        "SITE_URL": "https://tracks.example/", "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip


def differing(now: Mapping[str, bytes], cold: Mapping[str, bytes]) -> list[str]:
    """The names of the files that are not the same in both."""
    return sorted(name for name in now.keys() | cold.keys() if now.get(name) != cold.get(name))


def built(root: Path) -> None:
    """Writes the pages and the site of a project."""
    env = environment(root)
    for command in (["bitext", "build"], ["mkdocs", "build", "--quiet"]):
        done = subprocess.run([sys.executable, "-m", *command], cwd=root, env=env, capture_output=True, text=True)  # fmt: skip
        if done.returncode:
            raise SystemExit(f"{' '.join(command)}: {done.stdout}{done.stderr}")


def contents(root: Path) -> dict[str, bytes]:
    """Every file of docs/ and of the site."""
    found = (f for top in ("docs", "site") for f in (root / top).rglob("*") if f.is_file())
    return {f.relative_to(root).as_posix(): f.read_bytes() for f in found}


def kept_days(root: Path) -> dict[str, int]:
    return {f.as_posix(): f.stat().st_mtime_ns for f in (root / "site").rglob("*") if f.is_file()}


def from_nothing(root: Path, folder: Path) -> dict[str, bytes]:
    """What a copy of the project gives that has no store and no site."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(root, folder, ignore=IGNORED)
    built(folder)
    return contents(folder)


#: Builds the site as `bitext serve` does, once for each line that it is given.
SERVED = """
import sys
from pathlib import Path
from bitext.library.kept import holding
from bitext.project.check import false_claims
from bitext.project.project import Handed, load_project
from bitext.publish import serve
serve.quiet()
root, site = map(Path, sys.argv[1:])
with holding():
    for _ in sys.stdin:
        project = load_project(root)
        drafts = serve.prepare(project, false_claims(project))
        serve.build(Handed(project, drafts, lambda: None), site, "http://127.0.0.1:8000/")
        print("built", flush=True)
"""


class Served:
    """A process that goes on and builds the site of a project again."""

    def __init__(self, root: Path, site: Path) -> None:
        command = [sys.executable, "-c", SERVED, str(root), str(site)]
        self.site = site
        self.process = subprocess.Popen(command, cwd=root, env=environment(root), text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # fmt: skip

    def built(self) -> dict[str, bytes]:
        """The files of the site as it is built now."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write("again\n")
        self.process.stdin.flush()
        if self.process.stdout.readline() != "built\n":
            raise SystemExit("bitext serve did not build the site")
        return {f.relative_to(self.site).as_posix(): f.read_bytes() for f in self.site.rglob("*") if f.is_file()}  # fmt: skip

    def end(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()


def served_from_nothing(root: Path, folder: Path) -> dict[str, bytes]:
    """What a process gives that knows nothing, in a copy of the project without a store."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(root, folder, ignore=IGNORED)
    served = Served(folder, folder / "served")
    try:
        return served.built()
    finally:
        served.end()


def main(words: Sequence[str]) -> int:
    """1 where any file differs, or where one that is the same was written again."""
    count, seed = numbers(words, 24, 1)
    pick, differ, files, again = Random(seed), 0, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "project")
        for name in COPIED:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
            root.mkdir(exist_ok=True)
            copy(ROOT / name, root / name)
        built(root)
        served = Served(root, Path(folder, "served"))
        served.built()
        plan = [*EDITS, *(pick.choice(EDITS) for _ in range(count))][: max(count, len(EDITS))]
        for edit in plan:
            before, days = contents(root), kept_days(root)
            edit(root, pick)
            built(root)
            now, cold = contents(root), from_nothing(root, Path(folder, "copy"))
            files += len(now)
            wrong = differing(now, cold)
            new = kept_days(root)
            same = (n for n in now.keys() & before.keys() if now[n] == before[n] and n.startswith("site/"))  # fmt: skip
            written = [n for n in same if new[(root / n).as_posix()] != days[(root / n).as_posix()]]  # fmt: skip
            now, cold = served.built(), served_from_nothing(root, Path(folder, "copy"))
            wrong += [f"served/{name}" for name in differing(now, cold)]
            files += len(now)
            differ, again = differ + len(wrong), again + len(written)
            print(f"{edit.__name__}: {len(wrong)} differ, {len(written)} written again", flush=True)
            for name in [*wrong, *written][:10]:
                print(f"  {name}")
        served.end()
    print(
        f"{len(plan)} edits, {files} files: {differ} differ, {again} of the same bytes written again"
    )
    return int(bool(differ or again))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
