"""How well sentences and paragraphs are paired, on public gold that is fetched, never committed.

    python scripts/score_align.py DIR [--embed] [--literary test]

DIR holds what is there of: `NTREX` (https://github.com/MicrosoftTranslator/NTREX), `mac`
(https://github.com/bfsujason/mac), `wmt24` (https://github.com/wmt-conference/wmt24-news-systems).
Strict and lax scores count as vecalign's score.py does: a bead is strictly right when the gold has
it, laxly when it shares a pair of sentences with a gold bead; recall leaves out unpaired sentences.
`mac` dev and a third of NTREX's documents (every third, in order of name) chose the weights: the
rows called "held out" are without them.
"""

from __future__ import annotations

import argparse
import html
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bitext.align.segments import REVIEW_BEAD, REVIEW_BREAK, align_segments, cut_blob
from bitext.align.sentences import split_sentences

Link = tuple[tuple[int, ...], tuple[int, ...]]
Paragraph = tuple[str, list[str]]  # the Chinese, the English sentences
#: So great a share of the lines is missing on one side or the other.
DELETED = 0.08
TURN = 6  # paragraphs in a blob, at most
ENDS = re.compile(r"[.?!][\"”')]*$")


@dataclass(frozen=True, slots=True)
class Gold:
    """Two lists of segments and the links between them."""

    zh: list[str]
    en: list[str]
    links: list[Link]


# Reading the corpora ----------------------------------------------------------------------------


def read_ntrex(root: Path) -> dict[str, list[tuple[str, str]]]:
    """NTREX-128's documents: name -> (Chinese, English) lines."""
    ids, en, zh = (
        (root / name).read_text("utf-8").split("\n")
        for name in (
            "DOCUMENT_IDS.tsv",
            "NTREX-128/newstest2019-src.eng.txt",
            "NTREX-128/newstest2019-ref.zho-CN.txt",
        )
    )
    documents = defaultdict(list)
    for name, chinese, english in zip(ids, zh, en, strict=False):
        if name:
            documents[name].append((chinese, english))
    return dict(sorted(documents.items()))


def delete_lines(documents: dict[str, list[tuple[str, str]]], *, split: bool) -> Iterator[Gold]:
    """Each document with lines missing on one side; with `split`, a sentence a segment."""
    for name, lines in documents.items():
        draw = random.Random(f"1{name}")
        gold = Gold([], [], [])
        for chinese, english in lines:
            fate = draw.random()
            zh = [] if fate < DELETED / 2 else _segments(chinese, "zh", split)
            en = [] if DELETED / 2 <= fate < DELETED else _segments(english, "en", split)
            i, j = len(gold.zh), len(gold.en)
            left, right = tuple(range(i, i + len(zh))), tuple(range(j, j + len(en)))
            if zh and en:
                gold.links.append((left, right))
            else:
                gold.links.extend([((k,), ()) for k in left] + [((), (k,)) for k in right])
            gold.zh.extend(zh)
            gold.en.extend(en)
        yield gold


def _segments(text: str, lang: str, split: bool) -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(text, lang)] if split else [text]


def read_mac(root: Path, part: str) -> Iterator[Gold]:
    """The MAC corpus' chapters: `part` is dev or test."""
    for path in sorted((root / part / "intertext").glob("*_zh.*_en.xml")):
        stem, chapter = path.name.split(".")[0], path.name.split(".")[1][:3]
        sides = [_read_sentences(path.parent / f"{stem}.{chapter}_{x}.xml") for x in ("zh", "en")]
        places = [{name: k for k, name in enumerate(side)} for side in sides]
        text = path.read_text("utf-8")
        order = (1, 0) if "zh" not in re.search(r"toDoc=['\"]([^'\"]*)", text)[1] else (0, 1)
        links = []
        for targets in re.findall(r"<link [^>]*xtargets=['\"]([^'\"]*)", text):
            named = [names.split() for names in targets.split(";")]
            links.append(
                tuple(tuple(places[side][name] for name in named[order[side]]) for side in (0, 1))
            )
        yield Gold(list(sides[0].values()), list(sides[1].values()), links)


def _read_sentences(path: Path) -> dict[str, str]:
    found = re.findall(r"<s id=\"([^\"]+)\"[^>]*>(.*?)</s>", path.read_text("utf-8"), re.S)
    return {name: html.unescape(re.sub(r"<[^>]+>", "", text)).strip() for name, text in found}


def read_wmt(root: Path) -> list[list[Paragraph]]:
    """WMT24's English–Chinese news and literary documents: a paragraph a line."""
    names, en, zh = (
        (root / "txt" / name).read_text("utf-8").split("\n")
        for name in ("documents/en-zh.docs", "sources/en-zh.txt", "references/en-zh.refA.txt")
    )
    documents = defaultdict(list)
    for name, english, chinese in zip(names, en, zh, strict=False):
        if name.split("\t")[0] in ("news", "literary") and ENDS.search(english.strip()):
            documents[name].append((chinese.strip(), [english.strip()]))
    return list(documents.values())


def group(lines: Sequence[tuple[str, str]], seed: int) -> list[Paragraph]:
    """Lines gathered into paragraphs of two to five."""
    draw, paragraphs, at = random.Random(seed), [], 0
    while at < len(lines):
        some = lines[at : at + draw.randint(2, 5)]
        at += len(some)
        paragraphs.append(("".join(zh for zh, _ in some), [en for _, en in some]))
    return paragraphs


# Scores -----------------------------------------------------------------------------------------


def count_hits(gold: Iterable[Link], test: Iterable[Link]) -> tuple[int, int, int]:
    """Of the test's links: strictly right, laxly right, all."""
    gold, test = set(gold), {link for link in test if link[0] or link[1]}
    partners = defaultdict(set)
    for zh, en in gold:
        for k in zh:
            partners[k].update(en)
    strict = len(test & gold)
    lax = sum(1 for zh, en in test if (zh, en) in gold or any(partners[k] & set(en) for k in zh))
    return strict, lax, len(test)


def score_links(pairs: Sequence[tuple[list[Link], list[Link]]]) -> tuple[float, float]:
    """Strict and lax F1 of (gold, test) pairs together."""
    precision, recall = [0, 0, 0], [0, 0, 0]
    for gold, test in pairs:
        paired = [[link for link in links if all(link)] for links in (gold, test)]
        for total, hits in (
            (precision, count_hits(gold, test)),
            (recall, count_hits(paired[1], paired[0])),
        ):
            for k in range(3):
                total[k] += hits[k]
    scores = []
    for k in (0, 1):
        p, r = precision[k] / max(1, precision[2]), recall[k] / max(1, recall[2])
        scores.append(2 * p * r / (p + r) if p + r else 0.0)
    return scores[0], scores[1]


def score_beads(name: str, documents: Iterable[Gold], embed: bool) -> None:
    pairs, doubts, start = [], [], time.process_time()
    for gold in documents:
        beads = align_segments(gold.zh, gold.en, embed=embed)
        test = [(tuple(range(*b.zh)), tuple(range(*b.en))) for b in beads]
        pairs.append((gold.links, test))
        right = set(gold.links)
        doubts += [(b.posterior, link in right) for b, link in zip(beads, test, strict=True)]
    strict, lax = score_links(pairs)
    took = time.process_time() - start
    print(
        f"{name:34} strict {strict:.3f}  lax {lax:.3f}  {_doubts(doubts, REVIEW_BEAD)}  {took:5.1f} s"
    )


def _doubts(found: Sequence[tuple[float, bool]], threshold: float) -> str:
    marked = [right for posterior, right in found if posterior < threshold]
    wrong = sum(1 for _, right in found if not right)
    caught = sum(1 for right in marked if not right)
    return f"marked {len(marked) / max(1, len(found)):5.1%}, of {wrong} wrong {caught} marked"


def score_breaks(name: str, documents: Sequence[Sequence[Paragraph]]) -> None:
    for way, join in BLOBS.items():
        found, draw = [], random.Random(1)
        for document in documents:
            for at in range(0, len(document), TURN):
                turn = document[at : at + TURN]
                blob, breaks = join(turn, draw)
                cuts = cut_blob([zh for zh, _ in turn], blob)
                for cut, true in zip(cuts, breaks, strict=True):
                    between = blob[min(cut.offset, true) : max(cut.offset, true)]
                    found.append((cut.posterior, not between.strip(" \"'“”‘’")))
        right = sum(right for _, right in found) / max(1, len(found))
        print(
            f"{name + ', ' + way:34} breaks {right:.3f} of {len(found):4}  {_doubts(found, REVIEW_BREAK)}"
        )


def join_blob(
    turn: Sequence[Paragraph], keeps_space: Callable[[str, bool], bool], tight: bool
) -> tuple[str, list[int]]:
    """The turn's English as one line, and where its paragraphs end."""
    blob, breaks = "", []
    for paragraph, (_, sentences) in enumerate(turn):
        for k, sentence in enumerate(sentences):
            sentence = re.sub(r"(?<=\.)\s+", "", sentence) if tight else sentence
            if blob and keeps_space(blob, k == 0):
                blob += " "
            if paragraph and k == 0:
                breaks.append(len(blob))
            blob += sentence
    return blob, breaks


BLOBS = {
    "spaces": lambda turn, draw: join_blob(turn, lambda blob, new: True, False),
    "no space after a full stop": lambda turn, draw: join_blob(
        turn, lambda blob, new: not re.search(r"\.[\"”')]*$", blob), True
    ),
    "spaces lost at breaks": lambda turn, draw: join_blob(
        turn, lambda blob, new: draw.random() > (0.55 if new else 0.02), False
    ),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("dir", type=Path)
    parser.add_argument("--embed", action="store_true", help="ask the sentence encoder too")
    parser.add_argument("--literary", choices=("dev", "test"), default="test")
    args = parser.parse_args()
    if (args.dir / "NTREX").is_dir():
        ntrex = read_ntrex(args.dir / "NTREX")
        held = {name: lines for k, (name, lines) in enumerate(ntrex.items()) if k % 3}
        for title, some in (("NTREX", ntrex), ("NTREX held out", held)):
            score_beads(f"{title}, a line a segment", delete_lines(some, split=False), args.embed)
            score_beads(f"{title}, sentences", delete_lines(some, split=True), args.embed)
        texts = [
            group([(zh.strip(), en.strip()) for zh, en in lines[1:] if ENDS.search(en.strip())], k)
            for k, lines in enumerate(ntrex.values())
        ]
        score_breaks("NTREX", texts)
    if (args.dir / "wmt24").is_dir():
        score_breaks("WMT24", read_wmt(args.dir / "wmt24"))
    if (args.dir / "mac").is_dir():
        score_beads(f"MAC {args.literary}", read_mac(args.dir / "mac", args.literary), args.embed)
        score_breaks(
            f"MAC {args.literary}",
            [
                group(
                    [
                        ("".join(g.zh[i] for i in zh), " ".join(g.en[j] for j in en))
                        for zh, en in g.links
                        if zh and en
                    ],
                    k,
                )
                for k, g in enumerate(read_mac(args.dir / "mac", args.literary))
            ],
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
