"""How well the import does on documents whose right result is known: prints a table, a row a document.

    python scripts/bench/score_import.py [NAME …] [--show] [--json]

Each folder of tests/cases/documents holds a source and its `gold.json`. Text is compared without
white space. `strict` wants both texts of a pair whole and equal; `lax` wants the greater part of
both. Exit 1 where a document misses what docs promise (see GOALS).
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from bitext import read  # noqa: E402
from bitext.model import Refusal  # noqa: E402
from bitext.pipeline import import_source  # noqa: E402
from bitext.publish import export  # noqa: E402
from bitext.text.source import is_blank  # noqa: E402
from bitext.units.build import Imported  # noqa: E402

DOCUMENTS = ROOT / "tests" / "cases" / "documents"
#: What every document must reach, and the median of strict.
GOALS = {"conserved": 1.0, "invented": 0, "dropped_precision": 1.0, "strict": 0.9, "median": 0.95}
#: Reasons that say how the source was written, and are neither text nor boilerplate.
SCAFFOLDING = (
    "markup", "separator", "rule", "time code", "cue number", "rule between parts",
    "header or comment of the subtitle file",
)  # fmt: skip


def bare(text: str | None) -> str:
    """The text without anything blank."""
    return "".join(c for c in text or "" if not is_blank(c))


def letters(text: str) -> str:
    """The letters and digits of a text: bars and rules are not what is asked about."""
    return "".join(c for c in text if c.isalnum())


@dataclass(frozen=True, slots=True)
class Score:
    """One document's figures; None where the document has nothing of the kind."""

    name: str
    conserved: float = 0.0
    invented: int = 0
    strict: float = 0.0
    lax: float = 0.0
    speakers: float | None = None
    dropped_precision: float | None = None
    dropped_recall: float | None = None
    notes: float | None = None
    metadata: float | None = None
    warned: bool = False
    layout: str = ""
    refused: str = ""
    faults: tuple[str, ...] = ()


def source_of(folder: Path):
    """The document that a case's folder holds, one file or two."""
    zh, en = sorted(folder.glob("source.zh.*")), sorted(folder.glob("source.en.*"))
    if zh and en:
        return read.read_pair(zh[0], en[0])
    return read.read(next(p for p in sorted(folder.iterdir()) if p.name.startswith("source.")))


def score(folder: Path) -> Score:
    """The figures of one case."""
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    try:
        document = source_of(folder)
        read.refuse_unusable(document)
        imported = import_source(document, folder.name)
    except Refusal as refusal:
        if refusal.code == gold.get("refused"):
            return Score(
                folder.name, 1.0, strict=1.0, lax=1.0, layout=f"{refusal.code}, as it should"
            )
        return Score(folder.name, refused=str(refusal))
    if "refused" in gold:
        return Score(folder.name, refused=f"not refused, but {gold['refused']} is right")
    result = json.loads(export.to_json(imported.bitext))
    conserved, invented = conservation(document.text, result, imported)
    made = [(bare(u["zh"]), bare(u["en"])) for u in result["units"] if u["zh"] and u["en"]]
    want = [(bare(p["zh"]), bare(p["en"])) for p in gold["pairs"]]
    want += [
        (bare(n["zh"]), bare(n["en"])) for n in gold.get("notes", ()) if n.get("zh") and n.get("en")
    ]
    faults = [f"missing pair: {z[:16]} | {e[:24]}" for z, e in (Counter(want) - Counter(made))]
    faults += [
        f"made pair: {z[:16]}…{z[-6:]} | {e[:24]}…{e[-8:]}"
        for z, e in (Counter(made) - Counter(want))
    ]
    precision, recall, more = boilerplate(result["dropped"], gold)
    notes, note_faults = notes_found(result["units"], gold)
    speakers, speaker_faults = speakers_right(result["units"], gold)
    known = gold.get("metadata", {})
    right = sum(result["metadata"].get(k) == v for k, v in known.items())
    return Score(
        folder.name, conserved, invented, f1(made, want, equal), f1(made, want, overlap), speakers, precision,
        recall, notes, right / len(known) if known else None,
        any(w.code in ("W-PAIR", "W-UNBALANCED") for w in imported.report.warnings), imported.report.layout,
        faults=(*faults, *more, *note_faults, *speaker_faults),
    )  # fmt: skip


def conservation(text: str, result: dict, imported: Imported) -> tuple[float, int]:
    """The share of the source's characters that came out, and how many came out that it has not.

    Labels are not among the units' texts; the ledger says how many characters they hold.
    """
    out = Counter()
    for unit in result["units"]:
        out.update(bare(unit["zh"]) + bare(unit["en"]))
    for dropped in result["dropped"]:
        out.update(bare(dropped["text"]))
    there = Counter(bare(text))
    lost = sum((there - out).values()) - imported.bitext.ledger.labels
    invented = sum((out - there).values())
    return 1 - max(0, lost) / max(1, sum(there.values())), invented


def equal(a: tuple[str, str], b: tuple[str, str]) -> bool:
    return a == b


def overlap(a: tuple[str, str], b: tuple[str, str]) -> bool:
    """Whether the greater part of both texts is the same."""
    return all(_shared(x, y) * 2 > max(len(x), len(y)) for x, y in zip(a, b, strict=True))


def _shared(a: str, b: str) -> int:
    if a in b or b in a:
        return min(len(a), len(b))
    for size in range(min(len(a), len(b)), 0, -1):  # a's end is b's start, or the other way
        if a[-size:] == b[:size] or b[-size:] == a[:size]:
            return size
    return 0


def f1(made: Sequence, want: Sequence, same) -> float:
    left, hits = list(made), 0
    for pair in want:
        found = next((k for k, other in enumerate(left) if same(pair, other)), None)
        if found is not None:
            del left[found]
            hits += 1
    return 2 * hits / (len(made) + len(want)) if made or want else 1.0


def boilerplate(
    dropped: Iterable[dict], gold: dict
) -> tuple[float | None, float | None, list[str]]:
    """Of what was left out, how much should have been; and the other way round; by characters."""
    want = "".join(letters(t) for t in gold.get("dropped", ()))
    left = [d for d in dropped if d["reason"] not in SCAFFOLDING]
    wrong = [d for d in left if letters(d["text"]) not in want and not _is_metadata(d, gold)]
    size = sum(len(letters(d["text"])) for d in left)
    bad = sum(len(letters(d["text"])) for d in wrong)
    gone = Counter("".join(letters(d["text"]) for d in dropped))
    kept = Counter(want) - gone
    faults = [f"dropped ({d['reason']}): {d['text'][:50]}" for d in wrong]
    faults += [
        f"not dropped: {t[:50]}" for t in gold.get("dropped", ()) if Counter(letters(t)) - gone
    ]
    recall = 1 - sum(kept.values()) / len(want) if want else None
    return (1 - bad / size if size else None), recall, faults


def _is_metadata(dropped: dict, gold: dict) -> bool:
    """A title read as metadata is no boilerplate: the gold may list it as a text of one language."""
    return dropped["reason"].startswith("metadata: title") and any(
        bare(dropped["text"]) == bare(v)
        for v in (*gold.get("metadata", {}).values(), *gold.get("zh_only", ()))
    )


def notes_found(units: Sequence[dict], gold: dict) -> tuple[float | None, list[str]]:
    want = gold.get("notes", ())
    if not want:
        extra = [u for u in units if u["kind"] in ("note", "vocab")]
        return (
            (None, [])
            if not extra
            else (0.0, [f"made note: {(u['zh'] or u['en'])[:40]}" for u in extra])
        )
    hits, faults = 0, []
    pairs = {bare(p["zh"]): k for k, p in enumerate(gold["pairs"])}
    ids = {u["id"]: pairs.get(bare(u["zh"])) for u in units}
    for note in want:
        found = next(
            (u for u in units if u["kind"] in ("note", "vocab") and bare(u["zh"]) == bare(note.get("zh"))
             and bare(u["en"]) == bare(note.get("en"))), None,
        )  # fmt: skip
        if found and ids.get(found["after"]) == note["after"]:
            hits += 1
        else:
            faults.append(
                f"note not found: {(note.get('zh') or note.get('en'))[:30]}"
                if not found
                else f"note after {found['after']}"
            )
    return hits / len(want), faults


def speakers_right(units: Sequence[dict], gold: dict) -> tuple[float | None, list[str]]:
    want = [p for p in gold["pairs"] if p.get("speaker")]
    if not want:
        extra = [u["speaker_zh"] or u["speaker_en"] for u in units if u["speaker"]]
        return (
            (None, []) if not extra else (0.0, [f"made speaker: {s}" for s in dict.fromkeys(extra)])
        )
    by_text = {bare(u["zh"]): u for u in units if u["zh"]}
    hits, faults = 0, []
    for pair in want:
        unit = by_text.get(bare(pair["zh"]))
        got = [unit["speaker_zh"], unit["speaker_en"]] if unit else None
        hits += got == pair["speaker"]
        if unit and got != pair["speaker"]:
            faults.append(f"speaker of {unit['id']}: {got}, not {pair['speaker']}")
    return hits / len(want), faults


def misses(scores: Sequence[Score]) -> list[str]:
    """Where the goals are missed, in words."""
    out = []
    for s in scores:
        if s.refused:
            out.append(f"{s.name}: refused: {s.refused}")
            continue
        if s.conserved < 1:
            out.append(f"{s.name}: {1 - s.conserved:.2%} of the characters lost")
        if s.invented:
            out.append(f"{s.name}: {s.invented} characters invented")
        if s.dropped_precision is not None and s.dropped_precision < 1:
            out.append(f"{s.name}: text was left out")
        if s.strict < GOALS["strict"] and not s.warned:
            out.append(f"{s.name}: strict {s.strict:.2f} without a warning")
    median = statistics.median([s.strict for s in scores]) if scores else 1.0
    if median < GOALS["median"]:
        out.append(f"median strict {median:.3f} is below {GOALS['median']}")
    return out


def table(scores: Sequence[Score]) -> str:
    def cell(value: float | int | None) -> str:
        if value is None:
            return "–"
        return str(value) if isinstance(value, int) else f"{value:.2f}"

    rows = [
        ("document", "kept", "inv", "strict", "lax", "spk", "bP", "bR", "notes", "meta", "layout")
    ]
    for s in scores:
        if s.refused:
            rows.append((s.name, *("–",) * 9, s.refused))
            continue
        figures = (
            s.conserved,
            s.invented,
            s.strict,
            s.lax,
            s.speakers,
            s.dropped_precision,
            s.dropped_recall,
            s.notes,
            s.metadata,
        )
        rows.append((s.name, *map(cell, figures), s.layout))
    widths = [max(len(r[k]) for r in rows) for k in range(10)]
    return "\n".join(
        "  ".join([*(c.ljust(w) for c, w in zip(r, widths, strict=False)), r[10]]).rstrip()
        for r in rows
    )


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="cases to score; all where none is named")
    parser.add_argument("--show", action="store_true", help="say what is wrong in each document")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    folders = sorted(p for p in DOCUMENTS.iterdir() if (p / "gold.json").exists())
    if args.names:
        folders = [p for p in folders if p.name in args.names]
    scores = [score(folder) for folder in folders]
    if args.json:
        from dataclasses import asdict

        print(json.dumps([asdict(s) for s in scores], ensure_ascii=False, indent=1))
        return 0
    print(table(scores))
    done = [s for s in scores if not s.refused]
    if done:
        print(
            f"\n{len(scores)} documents; strict: median {statistics.median(s.strict for s in done):.3f}, "
            f"mean {statistics.mean(s.strict for s in done):.3f}, lowest {min(s.strict for s in done):.2f}; "
            f"lax: median {statistics.median(s.lax for s in done):.3f}, lowest {min(s.lax for s in done):.2f}"
        )
    for s in scores:
        if args.show and s.faults:
            print(f"\n{s.name}")
            print("\n".join(f"  {fault}" for fault in s.faults))
    found = misses(scores)
    for miss in found:
        print(miss, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
