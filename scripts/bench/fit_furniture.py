"""Fits the weights of bitext/text/furniture.py, says how they do on documents left out, and writes them.

    python scripts/bench/fit_furniture.py DIR [--show] [--write]

Lines of pages and lines of texts are those of furniture/page.txt and furniture/text.txt, those of
tests/cases/clean_lines.toml, and what the gold of tests/cases/documents leaves out or keeps; texts of
other kinds are read from DIR, as for score_align.py (MAC dev, every third document of NTREX). A form
that is missed costs a line in page.txt or text.txt. The model is logistic with a Gaussian prior.
Each document is judged by weights that were fitted without it, and without its lines.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))

from score_align import is_third, read_mac, read_ntrex
from score_import import DOCUMENTS, ROOT

from bitext.model import LANGS
from bitext.text.furniture import TABLE, features
from bitext.text.scripts import language

LINES = Path(__file__).resolve().parent / "furniture"
NEAR = ROOT / "tests" / "cases" / "clean_lines.toml"
#: A longer line is a paragraph, and judged by other things.
LONGEST = 240
#: A feature of fewer lines is one line's own.
SEEN = 3
#: The prior's weight, and that of a line that only looks like a page's; hand-set.
PRIOR, NEARLY = 0.05, 40.0
#: Weights smaller than that say nothing and are not written.
LEAST = 0.1
STEPS, STEP = 400, 0.1
FOLDS = 8
HEADER = (
    "# The weight of each feature of text/furniture.py; what stands without one is added to all."
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line, whether it is a page's, the document it is from ('' if none), and what it weighs."""

    text: str
    of_page: bool
    document: str = ""
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Model:
    """The weight of each feature, and what is added to all."""

    weights: Mapping[str, float]
    bias: float

    def odds(self, text: str) -> float:
        found = features(text)
        if not found:
            return -math.inf
        return self.bias + sum(self.weights.get(each, 0.0) for each in found) / math.sqrt(
            len(found)
        )


def lines_of(corpus: Path) -> Iterator[Line]:
    """All lines that are fitted on, each once for its document."""
    yield from (Line(text, True) for text in listed("page.txt"))
    yield from (Line(text, False) for text in listed("text.txt"))
    near = tomllib.loads(NEAR.read_text("utf-8"))
    for kind in ("chrome", "edge"):
        yield from (Line(text, True) for texts in near[kind].values() for text in texts)
    yield from (Line(text, False, weight=NEARLY) for text in near["text"]["lines"])
    for path in sorted(DOCUMENTS.glob("*/gold.json")):
        yield from _of_gold(json.loads(path.read_text("utf-8")), path.parent.name)
    thirds = (lines for k, lines in enumerate(read_ntrex(corpus / "NTREX").values()) if is_third(k))
    yield from (Line(text, False) for lines in thirds for pair in lines for text in pair)
    for gold in read_mac(corpus / "mac", "dev"):
        yield from (Line(text, False) for text in (*gold.zh, *gold.en))


def listed(name: str) -> Iterator[str]:
    """The lines of a file, without its comments."""
    lines = (LINES / name).read_text("utf-8").splitlines()
    yield from (line for line in lines if line and not line.startswith("# "))


def _of_gold(gold: Mapping, name: str) -> Iterator[Line]:
    yield from (Line(text, True, name) for text in gold.get("dropped", ()))
    texts = [p[lang] for p in gold["pairs"] for lang in LANGS]
    texts += [text for lang in LANGS for text in gold.get(f"{lang}_only", ())]
    yield from (Line(part, False, name) for text in texts for part in text.split("\n"))


def fit(lines: Sequence[Line]) -> Model:
    """The weights under which these lines are likeliest."""
    found = [features(line.text) for line in lines]
    seen = Counter(each for one in found for each in one)
    names = {each: k for k, each in enumerate(each for each, n in seen.items() if n >= SEEN)}
    cells = [
        (r, names[each]) for r, one in enumerate(found) for each in sorted(one) if each in names
    ]
    rows, columns = np.array(cells).T
    scale = 1 / np.sqrt([len(one) for one in found])
    right = np.array([line.of_page for line in lines], float)
    weight = _balanced(lines)
    at = np.zeros(len(names) + 1)
    mean, square = np.zeros_like(at), np.zeros_like(at)
    for step in range(1, STEPS + 1):
        score = np.bincount(rows, at[columns], len(lines)) * scale + at[-1]
        wrong = (1 / (1 + np.exp(-score)) - right) * weight
        slope = np.append(np.bincount(columns, (wrong * scale)[rows], len(names)), wrong.sum())
        slope[:-1] += PRIOR * at[:-1]
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        at -= STEP * mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return Model(dict(zip(names, at.tolist(), strict=False)), float(at[-1]))


def _balanced(lines: Sequence[Line]) -> np.ndarray:
    """What each line weighs: of those that end as a sentence does, and of the others, in each language,
    texts are as many as pages. So the words decide, and not that most texts are sentences.
    """
    kinds = [("§ended" in features(line.text), language(line.text), line.of_page) for line in lines]
    many = Counter(kinds)
    share = [min(1.0, many[(*kind[:2], True)] / many[kind]) for kind in kinds]
    return np.array([line.weight for line in lines]) * share


def left_out(lines: Sequence[Line]) -> Iterator[tuple[float, Line]]:
    """Each document's lines with the odds that weights give which do not know it."""
    documents = sorted({line.document for line in lines if line.document})
    for fold in range(FOLDS):
        apart = frozenset(documents[fold::FOLDS])
        held = [line for line in lines if line.document in apart]
        known = frozenset(line.text for line in held)
        model = fit(
            [
                one
                for one in lines
                if one.document not in apart and not (one.document and one.text in known)
            ]
        )
        yield from ((model.odds(line.text), line) for line in held)


def table(judged: Sequence[tuple[float, Line]]) -> Iterator[str]:
    """How many lines of pages and of texts have such odds and more."""
    yield "odds  lines of pages  lines of texts"
    for least in range(-2, 4):
        of = [
            sum(odds >= least for odds, line in judged if line.of_page is way)
            for way in (True, False)
        ]
        all_of = [sum(line.of_page is way for _, line in judged) for way in (True, False)]
        yield f"{least:4}  {of[0] / all_of[0]:14.3f}  {of[1] / all_of[1]:14.4f}"


def written(model: Model) -> str:
    """The weights as the table has them, by feature."""
    rows = sorted((each, w) for each, w in model.weights.items() if abs(w) >= LEAST)
    return (
        "\n".join([HEADER, *(f"{w:.2f}\t{each}" for each, w in [("", model.bias), *rows])]) + "\n"
    )


def once(lines: Iterable[Line]) -> list[Line]:
    """Those that have words and are no paragraphs, each once."""
    short = (line for line in lines if len(line.text) <= LONGEST and features(line.text))
    return list(dict.fromkeys(short))


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("corpus", type=Path, metavar="DIR")
    asked.add_argument("--show", action="store_true", help="the lines that are judged wrong")
    asked.add_argument("--write", action="store_true", help="write the table")
    args = asked.parse_args()
    lines = once(lines_of(args.corpus))
    print(
        f"{sum(line.of_page for line in lines)} lines of pages, {sum(not line.of_page for line in lines)} of texts"
    )
    judged = list(left_out(lines))
    print(*table(judged), sep="\n")
    if args.show:
        for odds, line in sorted(judged, key=lambda row: row[0]):
            if (odds > 0) is not line.of_page:
                print(
                    f"{odds:6.2f}  {'page' if line.of_page else 'text'}  {line.document}: {line.text}"
                )
    if args.write:
        TABLE.write_text(written(fit(lines)), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
