"""What a build costs: this site beside two others of the same pages, in CPU seconds.

    python scripts/bench/bench_build.py [SIZE …]     libraries of 20 and 200 texts where none is named

A library is the project's own texts and copies of them, each of another title, day and place. Ours is
`bitext build --site`. The others get the pages ready made: stock is Material with static-i18n and a pruned
navigation, and Hugo has a minimal theme, with Pagefind for the search; it is left out where one of the two
is not there. Seconds are of the processor. On a busy machine they grow too: `fixed` is the same piece of
work before each row.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import build_hugo
import yaml
from bed import ROOT, numbers
from build_edits import PANEL, a_word

COPIED = ("data", "docs", "overrides", "scripts", "mkdocs.yml", "pyproject.toml")
MB = 1_000_000
KIB = 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds of some processes, and the memory of the largest, in MiB."""

    cpu: float = 0
    peak: float = 0

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.cpu + other.cpu, max(self.peak, other.peak))


def library(root: Path, size: int) -> None:
    """A copy of the project that holds so many texts."""
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
        root.mkdir(exist_ok=True)
        copy(ROOT / name, root / name)
    texts, pick = root / "data" / "transcripts", Random(size)
    own = sorted(f.name for f in texts.iterdir() if f.is_dir())
    for n in range(size - len(own)):
        old, slug = own[n % len(own)], f"text-{n:05}"
        shutil.copytree(texts / old, texts / slug)
        file = texts / slug / "bitext.yml"
        file.write_text(_other(file.read_text("utf-8"), old, slug, n, pick), "utf-8", newline="")


def _other(text: str, old: str, slug: str, n: int, pick: Random) -> str:
    """The bitext of a copy, under its own name, with a title, a day and a place of its own."""
    text = text.replace(f"slug: {old}\n", f"slug: {slug}\n", 1)
    text = re.sub(
        r"(\n  title:\n    zh: [^\n]*)(\n    en: \"?[^\n\"]*)", rf"\1（{n}）\2 ({n})", text, count=1
    )
    day = f"20{pick.randint(18, 26)}-{pick.randint(1, 12):02}-{pick.randint(1, 28):02}"
    return re.sub(r"(\n  date_local: )[^\n]*", rf'\1"{day}"', text, count=1)


def run(root: Path, *command: str) -> Cost:
    """Runs a program in a folder; raises where it fails."""
    env = os.environ | {
        "PYTHONPATH": str(root / "scripts"), "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1",
        "SITE_URL": "https://tracks.example/",
    }  # fmt: skip
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody's builds compile the program each time
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(command, cwd=root, env=env, stdout=told, stderr=told)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            told.seek(0)
            raise SystemExit(f"{' '.join(command)}: {told.read().decode()[-2000:]}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / KIB)


def fixed() -> float:
    """CPU seconds of a piece of work that is always the same."""
    start, seen = time.process_time(), dict[int, str]()
    for number in range(1_000_000):
        seen[number % 997] = str(number)
    return time.process_time() - start


def ours(root: Path) -> Iterator[tuple[str, Cost]]:
    """Our builds: from nothing, where nothing changed, and after edits."""

    def build() -> Cost:
        return run(root, sys.executable, "-m", "bitext", "build", "--site")

    run(root, sys.executable, "-m", "compileall", "-q", "scripts")
    yield "from nothing", build()
    yield "nothing changed", build()
    for _ in range(2):
        a_word(root, Random(1))
        yield "one word changed", build()


def stock(root: Path) -> Iterator[tuple[str, Cost]]:
    """The stock theme's builds of the same pages; it makes everything each time."""
    config = {
        "site_name": "stock", "site_url": "https://tracks.example/", "docs_dir": "docs", "site_dir": "stock",
        "theme": {"name": "material", "language": "zh", "font": False, "features": ["navigation.prune"]},
        "plugins": ["search", {"i18n": {"docs_structure": "folder", "languages": [
            {"locale": "zh", "default": True, "name": "中文"}, {"locale": "en", "name": "English"}]}}],
        "markdown_extensions": ["attr_list", "md_in_html", "admonition", "def_list", "footnotes", "tables", "pymdownx.details"],
    }  # fmt: skip
    (root / "stock.yml").write_text(yaml.safe_dump(config), "utf-8")
    command = (sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", "stock.yml")
    yield "from nothing", run(root, *command)


def hugo(root: Path) -> Iterator[tuple[str, Cost]]:
    """Hugo's builds of the same pages and Pagefind's index; both make everything each time."""
    tools = build_hugo.found()
    if missing := [name for name in build_hugo.TOOLS if name not in tools]:
        print(f"       hugo  not measured: no {' and no '.join(missing)} here", flush=True)
        return
    build_hugo.prepare(root / "docs", root / "hugo-source")
    made = run(root, *tools["hugo"], "--source", "hugo-source", "--destination", str(root / "hugo"), "--quiet")  # fmt: skip
    yield "from nothing", made + run(root, *tools["pagefind"], "--site", "hugo", "--quiet")


def weight(folder: Path, without: str = "") -> str:
    """How much a site weighs and of how many files."""
    files = [f for f in folder.rglob("*") if f.is_file()]
    kept = [f for f in files if not without or f.relative_to(folder).parts[0] != without]
    return f"{sum(f.stat().st_size for f in kept) / MB:.1f} MB, {len(kept)} files"


def measure(size: int, folder: Path) -> None:
    """Prints the rows of a library of one size."""
    root = folder / f"n{size}"
    library(root, size)
    first: dict[str, float] = {}
    for name, builds, site in (("ours", ours, "site"), ("stock", stock, "stock"), ("hugo", hugo, "hugo")):  # fmt: skip
        before = fixed()
        for what, cost in builds(root):
            print(f"{size:>5}  {name:<6}{what:<18}{cost.cpu:>7.1f} s {cost.cpu / size * 1000:>7.0f} ms a text {cost.peak:>6.0f} MiB   fixed {before:.2f} s", flush=True)  # fmt: skip
            first.setdefault(name, cost.cpu)
            before = fixed()
        if name in first:
            print(f"{size:>5}  {name:<6}{weight(root / site)}; without downloads {weight(root / site, 'data')}")  # fmt: skip
    for name in list(first)[1:]:
        print(f"{size:>5}  ours / {name}, from nothing: {first['ours'] / first[name]:.1f}", flush=True)  # fmt: skip
    assert (root / "site" / "transcripts" / PANEL / "index.html").is_file()


def main(words: Sequence[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="two-tracks-build-") as folder:
        for size in numbers(words, 20, 200) if len(words) < 2 else map(int, words):
            measure(size, Path(folder))
            shutil.rmtree(Path(folder, f"n{size}"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
