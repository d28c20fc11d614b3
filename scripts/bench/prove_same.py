"""Two builds on two paths, in two zones, locales and years: the same bytes in every file.

python scripts/bench/prove_same.py

Pages and site are made from copies of the project whose files were written at other hours. The second
build's clock is that of a day three years on; so nothing of the hour may stand in any file.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
COPIED = ("data", "docs", "overrides", "scripts", "mkdocs.yml", "pyproject.toml")
ADDRESS = "https://tracks.example/sub/"
#: Moves every clock that Python reads; found by the interpreter as it starts.
CLOCK = '''
import datetime, time

AHEAD = {ahead}
_time, _ns, _local, _gm = time.time, time.time_ns, time.localtime, time.gmtime
time.time = lambda: _time() + AHEAD
time.time_ns = lambda: _ns() + AHEAD * 10**9
time.localtime = lambda at=None: _local(time.time() if at is None else at)
time.gmtime = lambda at=None: _gm(time.time() if at is None else at)
_strftime = time.strftime
time.strftime = lambda form, at=None: _strftime(form, time.localtime() if at is None else at)


class Named(type):
    """What was made before the clock was moved is of the moved type too."""
    def __instancecheck__(cls, thing): return isinstance(thing, cls.__mro__[1])
    def __subclasscheck__(cls, other): return issubclass(other, cls.__mro__[1])


class date(datetime.date, metaclass=Named):
    @classmethod
    def today(cls): return cls.fromtimestamp(time.time())


class moment(datetime.datetime, metaclass=Named):
    @classmethod
    def now(cls, tz=None): return cls.fromtimestamp(time.time(), tz)
    @classmethod
    def utcnow(cls): return cls.now(datetime.timezone.utc).replace(tzinfo=None)
    @classmethod
    def today(cls): return cls.now()


datetime.date, datetime.datetime = date, moment
'''
#: The two builds: their folder, their surroundings, seconds by which the clock is ahead, and when files were written.
BUILDS = (
    ("a", {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}, 0, 1_500_000_000),
    ("第二 folder, far/below", {"TZ": "Asia/Kathmandu", "LC_ALL": "C", "PYTHONHASHSEED": "77"}, 1137 * 86_400 + 5 * 3_600, 1_700_000_000),
)  # fmt: skip


def copied(to: Path, written: int) -> None:
    """The project in another folder, with files of another hour."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, to / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            to.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, to / name)
    for file in to.rglob("*"):
        os.utime(file, (written, written))


def built(folder: Path, said: dict[str, str], ahead: int, written: int) -> Path:
    """The folder with the pages and the site that were made in it."""
    copied(folder, written)
    clock = folder / "clock"
    clock.mkdir()
    (clock / "sitecustomize.py").write_text(CLOCK.format(ahead=ahead), "utf-8")
    env = os.environ | said | {
        "SITE_URL": ADDRESS, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1",
        "PYTHONPATH": f"{clock}{os.pathsep}{folder / 'scripts'}",
    }  # fmt: skip
    env.pop("SOURCE_DATE_EPOCH", None)
    shown = subprocess.run(
        [sys.executable, "-c", "import datetime; print(datetime.date.today())"],
        env=env, check=True, capture_output=True, text=True,
    )  # fmt: skip
    print(f"{folder.name}: {shown.stdout.strip()}, {said['TZ']}", flush=True)
    # Each page is written anew, so that the pages that are kept in docs/ cannot hide a difference.
    for lang in ("zh", "en"):
        shutil.rmtree(folder / "docs" / lang / "transcripts")
    for command in (["bitext", "build"], ["mkdocs", "build", "--strict"]):
        subprocess.run([sys.executable, "-m", *command], cwd=folder, env=env, check=True, stdout=subprocess.DEVNULL)  # fmt: skip
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {
        f.relative_to(folder).as_posix(): f.read_bytes()
        for top in ("docs", "site")
        for f in (folder / top).rglob("*")
        if f.is_file()
    }


def differences(one: Path, other: Path) -> Iterator[str]:
    """The files that are not the same in both folders, with the first place where they part."""
    a, b = files(one), files(other)
    for name in sorted(a.keys() | b.keys()):
        x, y = a.get(name), b.get(name)
        if x is None or y is None:
            yield f"{name}: only in one"
        elif x != y:
            at = next((n for n, (p, q) in enumerate(zip(x, y, strict=False)) if p != q), min(len(x), len(y)))  # fmt: skip
            yield f"{name}: from byte {at}: {x[at : at + 60]!r}, {y[at : at + 60]!r}"


def main() -> int:
    """1 where any file differs."""
    with tempfile.TemporaryDirectory() as folder:
        places = [built(Path(folder, name), *how) for name, *how in BUILDS]
        told, count = list(differences(*places)), len(files(places[0]))
    print("\n".join(told[:40]))
    print(f"{count} files built twice: {len(told)} differ")
    return int(bool(told) or not count)


if __name__ == "__main__":
    sys.exit(main())
