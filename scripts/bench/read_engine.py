"""Reads the built site in Firefox or WebKit as a reader does: switch, place, peek, card, search, setting.

    python scripts/bench/read_engine.py firefox|webkit [WORD …]   all cells, or those whose names have a word

One line for each cell that is not right, and the figures. Exit 1 when a cell is wrong, or when a fault
that is listed as known is none any more.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from engines.engine import Engine
from engines.firefox import Firefox
from engines.reader import Reader
from engines.scenarios import Outcome, cells, healed, hears, run, table
from engines.served import served
from engines.webkit import WebKit

ROOT = Path(__file__).resolve().parent.parent.parent
ENGINES: dict[str, Callable[[], Engine]] = {"firefox": Firefox, "webkit": WebKit}


def build(folder: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", folder],
        check=True, cwd=ROOT, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip


def read(reader: Reader, words: Sequence[str]) -> int:
    name = reader.engine.name
    asked = [c for c in cells() if not words or any(word in str(c) for word in words)]
    deaf = hears(reader)
    outcomes: list[Outcome] = []
    for outcome in run(reader, asked):
        outcomes.append(outcome)
        if outcome.result != "ok":
            print(f"{outcome.result}: {outcome.cell}: {outcome.words}", flush=True)
    whole = [] if words else healed(name, outcomes)
    for known in whole:
        print(f"holds again: {known.cell} — take it out of scripts/bench/engines/known.py")
    if deaf:
        print(f"wrong: {deaf}")
    count = Counter(o.result for o in outcomes)
    rest = "".join(f", {count[r]} {r}" for r in ("known", "untried") if count[r])
    worst = max((o for o in outcomes if o.result != "untried"), key=lambda o: abs(o.seen.off), default=None)  # fmt: skip
    print(*table(outcomes), sep="\n")
    off = f"{abs(worst.seen.off):.1f} px" if worst else "none"
    print(f"{name}: {len(outcomes)} cells, {count['wrong']} wrong{rest}; worst offset {off}")
    return int(bool(count["wrong"] or whole or deaf))


def main(words: Sequence[str]) -> int:
    if not words or words[0] not in ENGINES:
        print(__doc__)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        build(folder)
        engine = ENGINES[words[0]]()
        try:
            with served(Path(folder)) as (url, heard):
                return read(Reader(engine, url, heard), words[1:])
        finally:
            engine.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
