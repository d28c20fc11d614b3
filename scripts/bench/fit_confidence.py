"""Fits the weights of bitext/align/confidence.py on development texts and prints them.

    python scripts/bench/fit_confidence.py DIR

DIR as for score_align.py; of it only what chose the aligner's weights is read: MAC dev and every
third document of NTREX. Lines and paragraphs are deleted from one side, paragraphs are split, texts
are set beside texts that have nothing to do with them, and single sentences stand alone; what the
aligner then pairs is right or wrong as the gold says. The models are logistic, with a Gaussian
prior; the features are those of confidence.py, which hands each row out under a number here.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))

from score_align import (
    BLOBS,
    WAYS,
    Gold,
    Link,
    Paragraph,
    cut_documents,
    delete_lines,
    group,
    is_third,
    make_pairs,
    read_mac,
    read_ntrex,
    sentence_paragraphs,
    text_lines,
)

from bitext.align import confidence
from bitext.align.segments import align_segments
from bitext.text.sentences import split_sentences

#: Newton's step, in weights, from which on nothing changes any more.
STILL = 1e-8
#: Of one paragraph in eight a sentence is missing on one side.
THINNED = 0.12
#: In half of these it is the English one.
IN_ENGLISH = 0.5
#: A text of one sentence has two edges, and cannot lose one.
EDGES_OF_ONE = 2

KINDS = {
    "bead": confidence.OF_BEAD,
    "unpaired": confidence.OF_UNPAIRED,
    "break": confidence.OF_BREAK,
    "pair": confidence.OF_PAIR,
}
#: The prior's precision on standardized features.
PRIOR = 10.0
SEEDS = range(2)


class Rows:
    """What confidence.py asks to be estimated: kept, and numbered instead of estimated."""

    def __init__(self, kinds: Sequence[str]):
        self.kinds, self.kept = kinds, defaultdict(dict)
        self.count = 1
        self.real = confidence.estimate

    def __call__(self, kind: str, features: np.ndarray) -> np.ndarray:
        if kind not in self.kinds:
            return self.real(kind, features)
        numbers = np.arange(self.count, self.count + len(features), dtype=float)
        self.kept[kind].update(zip(numbers.tolist(), features, strict=True))
        self.count += len(features)
        return numbers

    def __enter__(self):
        confidence.estimate = self
        return self

    def __exit__(self, *_):
        confidence.estimate = self.real


Labelled = dict[float, tuple[bool, float]]  # a row's number -> whether it is right, its weight


def label_beads(documents: Sequence[Gold]) -> Labelled:
    """Whether the gold has each bead; pieces that together are a bead of the gold are left out."""
    labels = {}
    for gold in documents:
        beads = align_segments(gold.zh, gold.en)
        links = [(tuple(range(*b.zh)), tuple(range(*b.en))) for b in beads]
        right = set(gold.links)
        for bead, link in zip(beads, links, strict=True):
            if link in right:
                labels[bead.posterior] = True, 1.0
            elif not _finer(link, gold.links, links):
                labels[bead.posterior] = False, 1.0
    return labels


def _finer(link: Link, gold: Sequence[Link], found: Sequence[Link]) -> bool:
    """Whether a bead of the gold is cut cleanly, and this is a piece of it."""
    for zh, en in gold:
        if link[0] and link[1] and set(link[0]) <= set(zh) and set(link[1]) <= set(en):
            pieces = [f for f in found if set(f[0]) & set(zh) or set(f[1]) & set(en)]
            return all(set(f[0]) <= set(zh) and set(f[1]) <= set(en) and all(f) for f in pieces)
    return False


def unrelated(texts: Sequence[Sequence[tuple[str, str]]], seed: int) -> Iterator[Gold]:
    """Stretches of one document's Chinese beside another's English: no pair is right."""
    draw = random.Random(seed)
    for lines, others in zip(texts, [*texts[1:], texts[0]], strict=True):
        most = draw.choice((1, 1, 2, 8))  # short ones above all: there every path looks sure
        zh = [z for z, _ in lines[1 : 1 + draw.randint(1, most)]]
        en = [e for _, e in others[1 : 1 + max(1, len(zh) + draw.randint(-1, 1))]]
        links = [((i,), ()) for i in range(len(zh))] + [((), (j,)) for j in range(len(en))]
        yield Gold(zh, en, links)


def small(texts: Sequence[Sequence[tuple[str, str]]], seed: int) -> Iterator[Gold]:
    """One to three lines that do translate each other."""
    draw = random.Random(seed)
    for lines in texts:
        start = draw.randrange(len(lines))
        some = lines[start : start + draw.randint(1, 3)]
        yield Gold(
            [z for z, _ in some], [e for _, e in some], [((k,), (k,)) for k in range(len(some))]
        )


def fit(features: np.ndarray, right: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """The most probable weights; the first feature is the constant."""
    mean, deviation = features.mean(axis=0), features.std(axis=0) + 1e-9
    mean[0], deviation[0] = 0.0, 1.0
    x = (features - mean) / deviation
    w = np.zeros(x.shape[1])
    prior = np.full(len(w), PRIOR)
    prior[0] = 1e-3
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (weight * (right - p)) - prior * w
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(prior)
        step = np.linalg.solve(hessian, gradient)
        w += step
        if np.abs(step).max() < STILL:
            break
    w /= deviation
    w[0] -= w[1:] @ mean[1:]
    return np.round(w, 3)


def learn(rows: Rows, labels: Labelled) -> None:
    """Fits each kind that was asked for, takes it up, prints it."""
    for kind in rows.kinds:
        known = [(f, *labels[n]) for n, f in rows.kept[kind].items() if n in labels]
        features, right, weight = (np.array(x, float) for x in zip(*known, strict=True))
        found = fit(features, right, weight)
        confidence.WEIGHTS[kind] = tuple(found.tolist())
        sure = rows.real(kind, features)
        print(f"# {kind}: {len(right)} rows, {int((1 - right).sum())} wrong")
        for name, w in zip(KINDS[kind], found, strict=True):
            print(f"#   {name:24}{w:8.3f}")
        for low, high in (
            (0, 0.5),
            (0.5, 0.8),
            (0.8, 0.9),
            (0.9, 0.95),
            (0.95, 0.98),
            (0.98, 1.01),
        ):
            here = (sure >= low) & (sure < high)
            if here.any():
                print(
                    f"#   {low:.2f}..{high:.2f}: {here.mean():6.1%} of all, {right[here].mean():.3f} right"
                )
        for goal in (0.9, 0.95):
            bar = np.quantile(sure[right == 0], goal)
            print(
                f"#   {goal:.0%} of the wrong are below {bar:.3f}, with {(sure <= bar).mean():.1%} of all"
            )
        print(f'    "{kind}": {confidence.WEIGHTS[kind]},', flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("dir", type=Path)
    args = parser.parse_args()
    third = {n: x for k, (n, x) in enumerate(read_ntrex(args.dir / "NTREX").items()) if is_third(k)}
    mac = list(read_mac(args.dir / "mac", "dev"))
    lines = [[(z.strip(), e.strip()) for z, e in x] for x in third.values()]
    fit_beads(third, lines, mac)
    fit_breaks(lines, mac)
    fit_pairs(lines, mac)
    return 0


def fit_beads(third: Mapping, lines: Sequence, mac: Sequence[Gold]) -> None:
    """Learns how sure a bead is, and a sentence without one."""
    with Rows(("bead", "unpaired")) as rows:
        labels = label_beads(mac)
        for seed in SEEDS:
            for split in (False, True):
                labels |= label_beads(list(delete_lines(third, split=split, seed=seed)))
            for more in range(seed, 12, len(SEEDS)):
                labels |= label_beads([*unrelated(lines, more), *small(lines, more)])
    learn(rows, labels)


def fit_breaks(lines: Sequence, mac: Sequence[Gold]) -> None:
    """Learns how sure a cut between two paragraphs is."""
    with Rows(("break",)) as rows:
        labels = {}
        for seed in SEEDS:
            texts = _texts(lines, mac, seed)
            texts += [group(x, k + 1000 * seed) for k, x in enumerate(lines)]  # with headings
            texts += thin(_texts(lines, mac, seed + 100), seed)
            for way, turn in product(BLOBS, (3, 6, 12)):
                for cut, right in cut_documents(texts, way, turn, seed):
                    labels[cut.posterior] = right, 1.0
    learn(rows, labels)


def fit_pairs(lines: Sequence, mac: Sequence[Gold]) -> None:
    """Learns how sure a pair of paragraphs is."""
    with Rows(("pair",)) as rows:
        labels = {}
        for seed in SEEDS:
            texts = _texts(lines, mac, seed)
            if seed:
                texts += lines_as_paragraphs([text_lines(x) for x in lines])
                texts += lines_as_paragraphs([*_short(mac, seed)])
            texts += thin(_texts(lines, mac, seed + 100), seed)
            for way in WAYS:
                for unit, right in make_pairs(texts, way, seed):
                    labels[unit.confidence] = right, 1.0
            for more in range(seed, 6, len(SEEDS)):
                for unit, _ in make_pairs(strangers(lines, more), "interleaved", more):
                    labels[unit.confidence] = False, 0.5
    learn(rows, labels)


def _texts(
    lines: Sequence[Sequence[tuple[str, str]]], mac: Sequence[Gold], seed: int
) -> list[list[Paragraph]]:
    texts = [text_lines(x) for x in lines] + [sentence_paragraphs(g) for g in mac]
    return [group(x, k + 1000 * seed) for k, x in enumerate(texts)]


def strangers(lines: Sequence[Sequence[tuple[str, str]]], seed: int) -> Iterator[list[Paragraph]]:
    """Documents of one to eight paragraphs of which no two translate each other."""
    for gold in unrelated([text_lines(x) for x in lines], seed):
        yield [(z, [e]) for z, e in zip(gold.zh, gold.en, strict=False)]


def thin(documents: Sequence[Sequence[Paragraph]], seed: int) -> list[list[Paragraph]]:
    """The documents, of one paragraph in eight a sentence is missing on one side.

    Interpreters and editors leave things out; the paragraphs are a pair all the same.
    """
    draw = random.Random(seed)

    def thinner(paragraph: Paragraph) -> Paragraph:
        zh, en = paragraph
        if draw.random() > THINNED:
            return paragraph
        if draw.random() < IN_ENGLISH and len(en) > 1:
            gone = draw.randrange(len(en))
            return zh, [e for k, e in enumerate(en) if k != gone]
        starts = [*(s.start for s in split_sentences(zh, "zh")), len(zh)]
        if len(starts) <= EDGES_OF_ONE:
            return paragraph
        k = draw.randrange(len(starts) - 1)
        return zh[: starts[k]] + zh[starts[k + 1] :], en

    return [[thinner(p) for p in d] for d in documents]


def lines_as_paragraphs(lines: Sequence[Sequence[tuple[str, str]]]) -> list[list[Paragraph]]:
    return [[(z, [e]) for z, e in x] for x in lines]


def _short(mac: Sequence[Gold], seed: int) -> Iterator[list[tuple[str, str]]]:
    """Stretches of fiction, a paragraph for each bead: many of them are short."""
    for gold in mac:
        beads = sentence_paragraphs(gold)
        yield beads[60 * seed : 60 * seed + 60]


if __name__ == "__main__":
    sys.exit(main())
