"""Importing and aligning: how long, how much memory, and beside a public aligner on the same text.

One run, one text, one machine. Imports run as whole processes, so their figures hold start-up too.
The text is generated from the dictionary that the aligner uses, so only time and memory say
something here; how well it pairs is measured on real text by `make score`.

    python scripts/bench/bench_import.py [MEGABYTES …]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from search_corpus import library

from bitext.align.segments import align_segments
from bitext.project.project import load_project
from bitext.text.sentences import split_sentences

ROOT = Path(__file__).resolve().parent.parent.parent
SIZES = (0.09, 1.0, 4.0)  # megabytes of UTF-8; 0.09 is a transcript of 30,000 characters
SEGMENTS = 2_000


def paragraphs(size: int) -> list[tuple[str, str]]:
    """Pairs of paragraphs whose UTF-8 comes to about `size` bytes."""
    project = load_project(ROOT)
    real = list(project.library.bitexts)
    made: list[tuple[str, str]] = []
    total, count = 0, 8
    while total < size:
        count *= 2
        made = [
            (unit.zh, unit.en)
            for bitext in library(count, real, project.glossary)[len(real) :]
            for unit in bitext.units
            if unit.zh and unit.en
        ]
        total = sum(len((zh + en).encode()) for zh, en in made)
    out, total = [], 0
    for zh, en in made:
        if total >= size:
            break
        out.append((zh, en))
        total += len((zh + en).encode())
    return out


def run(*args: str) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and peak megabytes of one `bitext` process."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "bitext", *args],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT,
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
    )  # fmt: skip
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    assert process.returncode == 0, args
    # ru_maxrss is in kilobytes on Linux, in bytes on macOS.
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit


def imports(sizes) -> None:
    print(f"{'bitext':36} {'wall s':>8} {'CPU s':>8} {'peak MB':>8}")
    print(f"{'--help':36} {'{:8.2f} {:8.2f} {:8.0f}'.format(*run('--help'))}")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "start-up.txt")
        file.write_text("这是一句话。\n\nThis is a sentence.\n", "utf-8")
        figures = run("import", str(file), "--output", folder)
        print(f"{'start-up: a sentence':36} {'{:8.2f} {:8.2f} {:8.0f}'.format(*figures)}")
        for size in sizes:
            pairs = paragraphs(int(size * 1e6))
            for layout, text in (
                ("interleaved", "\n\n".join(f"{zh}\n\n{en}" for zh, en in pairs)),
                ("sequential", "\n".join([*(z for z, _ in pairs), "", *(e for _, e in pairs)])),
                (
                    "English in one block",
                    "\n".join([*(z for z, _ in pairs), "", "".join(e for _, e in pairs)]),
                ),
            ):
                name = f"{layout.replace(' ', '-').lower()}-{size}"
                file = Path(folder, f"{name}.txt")
                file.write_text(text, "utf-8")
                figures = run("import", str(file), "--output", folder)
                print(
                    f"{f'import {size:g} MB, {layout}':36} {'{:8.2f} {:8.2f} {:8.0f}'.format(*figures)}"
                )


def aligners() -> None:
    """Seconds for the same segments, ours beside Gale–Church by length (package galechurch)."""
    zh: list[str] = []
    en: list[str] = []
    for left, right in paragraphs(600_000):
        zh += [left[s.start : s.end] for s in split_sentences(left, "zh")]
        en += [right[s.start : s.end] for s in split_sentences(right, "en")]
    zh, en = zh[:SEGMENTS], en[:SEGMENTS]
    print(
        f"\n{'aligning ' + str(len(zh)) + ' x ' + str(len(en)) + ' segments':36} {'s':>8} {'beads':>8}"
    )
    start = time.perf_counter()
    beads = align_segments(zh, en)
    print(f"{'ours':36} {time.perf_counter() - start:8.2f} {len(beads):8}")
    try:
        import galechurch
    except ImportError:
        print("galechurch is not installed: pip install galechurch==0.1.0")
        return
    start = time.perf_counter()
    other = galechurch.align(zh, en)
    print(
        f"{'galechurch 0.1.0 (length only)':36} {time.perf_counter() - start:8.2f} {len(other.beads):8}"
    )


if __name__ == "__main__":
    imports([float(arg) for arg in sys.argv[1:]] or SIZES)
    aligners()
