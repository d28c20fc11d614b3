"""Edits bitexts at random and asks the proof: silent edits must be told, listed ones must not.

The two opening texts and fresh imports of every format are edited as people edit them. A silent
edit is told when a problem names its unit (by its id, or by a line of it). A listed one comes with
the entry that the check itself printed, completed by its reasons, or with one written by hand, or it
is one that needs none: a split, a merge, a move over a border; then no problem may be left.

    python scripts/bench/fuzz_edits.py [SEED] [EDITS]
"""

from __future__ import annotations

import random
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml
from bed import ROOT, numbers
from edits import Edit, Maker
from edits_listed import BY_HAND
from edits_silent import PRINTED, SILENT

from bitext.commands.importing import Job, import_job
from bitext.library.store import dump_bitext, read_entry
from bitext.model import Bitext, Correction, LeftOut, Problem
from bitext.project.project import load_bitext
from bitext.publish.export import to_json

OPENING = ("sanders-xue-panel", "track-two-perspective")
DOCUMENTS = (
    "panel-bold", "rows-with-speakers", "rows-tsv", "page-html-lang", "page-html-br", "word-docx",
    "vtt-voices", "subtitles-two-lines", "restructured-text", "encoding-utf16", "encoding-gb18030",
    "labels-in-both-languages", "footnotes-interleaved", "code-between", "two-files",
    "hard-wrapped-interleaved", "traditional-turns", "note-card-between", "panel-short-turns",
)  # fmt: skip
#: Words and sentences that come again: what was deleted, and where, is hard to say.
REPEATS = """\
主持人：是的，是的，是的。我们都说是的。我们都说是的。治理治理治理需要时间。

Moderator: Yes, yes, yes. We all say yes. We all say yes. It takes time, time, time and time.

陈立新：是的。治理需要时间，治理需要合作。治理需要合作。我们都说是的。哈哈哈哈，好的好的。

Chen Lixin: Yes. It takes time, it takes cooperation. It takes cooperation. We all say yes. Ha ha ha ha, good, good.

主持人：谢谢。谢谢。治理需要合作。

Moderator: Thank you. Thank you. It takes cooperation.
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A bitext with its source beside it, in a folder of its own."""

    name: str
    folder: Path
    bitext: Bitext

    def load(self, bitext: Bitext) -> tuple[Bitext | None, list[Problem]]:
        """The edited bitext as the program reads it, and all that is told of it."""
        path = self.folder / "bitext.yml"
        path.write_text(dump_bitext(bitext), "utf-8")
        read, problems = load_bitext(path)
        return read, [*problems, *(read.proof.problems if read and read.proof else ())]


def cases(folder: Path, names: Sequence[str] = DOCUMENTS) -> list[Case]:
    """The opening texts and fresh imports, each in a folder below `folder`."""
    out = [opening(folder, slug) for slug in OPENING]
    made = folder / "made"
    made.mkdir()
    for name in names:
        held = sorted((ROOT / "tests" / "cases" / "documents" / name).glob("source.*"))
        out.append(_imported(folder, name, held))
    (made / "repeats.txt").write_text(REPEATS, "utf-8")
    out.append(_imported(folder, "repeats", [made / "repeats.txt"]))
    (made / "export.json").write_text(to_json(out[0].bitext), "utf-8")
    out.append(_imported(folder, "export", [made / "export.json"]))
    page = (ROOT / "tests/cases/documents/page-html-lang/source.html").read_bytes()
    head = b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"  # fmt: skip
    (made / "archive.mhtml").write_bytes(head + page)
    out.append(_imported(folder, "archive", [made / "archive.mhtml"]))
    return out


def opening(folder: Path, slug: str) -> Case:
    """A text of the library, copied below `folder`."""
    shutil.copytree(ROOT / "data" / "transcripts" / slug, folder / slug)
    case = _case(folder / slug)
    return replace(case, bitext=replace(case.bitext, settled=()))


def _imported(folder: Path, name: str, held: Sequence[Path]) -> Case:
    zh, en = (held[1], held[0]) if held[1:] else (None, None)
    import_job(Job(held[0] if zh is None else None, zh, en, name, folder))
    return _case(folder / name)


def _case(folder: Path) -> Case:
    bitext, _, problems = read_entry(folder / "bitext.yml")
    assert bitext is not None and not problems, problems
    return Case(folder.name, folder, replace(bitext, notes=(), settled=()))


# --- asking ----------------------------------------------------------------------------------------


def is_named(edit: Edit, read: Bitext | None, problems: Sequence[Problem]) -> bool:
    """Whether a problem names what was edited, by id or by a line of it."""
    ids = re.compile("|".join(rf"(?<![\w-]){re.escape(n)}(?![\w-])" for n in edit.names))
    if any(ids.search(p.message) for p in problems):
        return True
    rows = sorted((x.line, x.id) for x in (*read.units, *read.speakers)) if read else []
    for p in problems:
        at = [id for line, id in rows if line <= p.line]
        if p.path.endswith(".yml") and at and at[-1] in edit.names:
            return True
    return False


def pasted(bitext: Bitext, problems: Sequence[Problem]) -> Bitext:
    """The bitext with the entries that the problems print, completed by reasons."""
    corrections, left_out = list(bitext.corrections), list(bitext.left_out)
    for problem in problems:
        text = re.sub(r"(why_\w\w):$", r"\1: because", problem.paste, flags=re.M)
        for part in re.split(r"(?m)^(?=left_out:|corrections:)", text):
            said = yaml.safe_load(part) or {}
            for row in said.get("corrections", ()):
                row["now"] = row.pop("is")
                corrections.append(Correction(**row))
            left_out += [LeftOut(**row) for row in said.get("left_out", ())]
    return replace(bitext, corrections=tuple(corrections), left_out=tuple(left_out))


def source_touched(rng: random.Random, case: Case) -> bool:
    """Whether it is told that a byte of a source is another."""
    file = rng.choice(sorted(case.folder.glob("source.*")))
    data = file.read_bytes()
    k = rng.randrange(len(data))
    file.write_bytes(data[:k] + bytes([data[k] ^ 1]) + data[k + 1 :])
    try:
        return any(p.path.endswith(file.name) for p in case.load(case.bitext)[1])
    finally:
        file.write_bytes(data)


def silent(rng: random.Random, held: Sequence[Case], count: int) -> Iterator[tuple[str, str]]:
    """(kind, fault) for each silent edit; the fault is '' where it is told."""
    kinds = [*SILENT, "source touched"]
    for n in range(count):
        kind, case = kinds[n % len(kinds)], rng.choice(held)
        if kind == "source touched":
            yield kind, "" if source_touched(rng, case) else f"{case.name}: not told"
            continue
        case, edit = _made(rng, held, SILENT[kind])
        read, problems = case.load(edit.bitext)
        told = is_named(edit, read, problems)
        where = f"{case.name} {'/'.join(edit.names[:3])}"
        yield kind, "" if told else f"{where}: {'named otherwise: ' + str(problems[0]) if problems else 'not told'}"  # fmt: skip


def listed(rng: random.Random, held: Sequence[Case], count: int) -> Iterator[tuple[str, str]]:
    """(kind, fault) for each listed edit; the fault is '' where no problem is left."""
    kinds = [*PRINTED, *BY_HAND, *BY_HAND]
    for n in range(count):
        kind = kinds[n % len(kinds)]
        case, edit = _made(rng, held, PRINTED[kind] if kind in PRINTED else BY_HAND[kind])
        bitext = edit.bitext
        if kind in PRINTED:
            bitext = pasted(bitext, case.load(bitext)[1])
        else:
            bitext = replace(
                bitext,
                corrections=tuple(e for e in edit.entries if isinstance(e, Correction)),
                left_out=tuple(e for e in edit.entries if isinstance(e, LeftOut)),
            )
        _, problems = case.load(bitext)
        where = f"{case.name} {'/'.join(edit.names[:3])}"
        yield kind, f"{where}: {problems[0]}" if problems else ""


def _made(rng: random.Random, held: Sequence[Case], maker: Maker) -> tuple[Case, Edit]:
    """An edit of this kind in some bitext that allows one."""
    while True:
        case = rng.choice(held)
        if edit := maker(rng, case.bitext):
            return case, edit


def main() -> int:
    seed, count = numbers(sys.argv[1:], 1, 500)
    rng = random.Random(seed)
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        held = cases(Path(folder))
        for case in held:
            _, problems = case.load(case.bitext)
            faults += len(problems)
            for problem in problems:
                print(f"untouched: {problem}")
        for name, run in (("silent", silent), ("listed", listed)):
            start, done, wrong = time.perf_counter(), Counter(), Counter()
            for kind, fault in run(rng, held, count):
                done[kind] += 1
                if fault:
                    wrong[kind] += 1
                    print(f"{name}: {kind}: {fault}")
            good, seconds = count - wrong.total(), time.perf_counter() - start
            what = "told" if name == "silent" else "without a false alarm"
            print(f"seed {seed}: {name} edits {what}: {good} of {count}, {seconds:.0f} s")
            faults += wrong.total()
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
