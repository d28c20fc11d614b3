"""How well sentences and paragraphs are paired, on public gold that is fetched, never committed.

    python scripts/bench/score_align.py DIR [--literary test]

DIR holds what is there of: `NTREX` (https://github.com/MicrosoftTranslator/NTREX), `mac`
(https://github.com/bfsujason/mac), `wmt24` (https://github.com/wmt-conference/wmt24-news-systems).
Strict and lax scores count as vecalign's score.py does: a bead is strictly right when the gold has
it, laxly when it shares a pair of sentences with a gold bead; recall leaves out unpaired sentences.
`mac` dev and a third of NTREX's documents (every third, in order of name) chose the weights and the
thresholds: the rows called "held out" are without them. "gaps" are imports of documents of which
paragraphs are missing on one side or the other, or are split: one after the other, language after
language, or with all the English in one line without a space after its full stops.
"""

from __future__ import annotations

import argparse
import html
import itertools
import random
import re
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bitext import read
from bitext.align.blobs import Cut, cut_blob
from bitext.align.confidence import REVIEW_BEAD, REVIEW_BREAK
from bitext.align.segments import align_segments
from bitext.model import Refusal, Unit
from bitext.pipeline import import_source
from bitext.text.sentences import split_sentences

#: A sentence is left out of either side as often.
EITHER = 0.5

Link = tuple[tuple[int, ...], tuple[int, ...]]
Paragraph = tuple[str, list[str]]  # the Chinese, the English sentences
#: So great a share of the lines is missing on one side or the other.
DELETED = 0.08
#: So great a share of the paragraphs is split in two on one side.
SPLIT = 0.06
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


def is_third(k: int) -> bool:
    """Whether the k-th document of NTREX was read when the weights were chosen."""
    return k % 3 == 0


def delete_lines(
    documents: dict[str, list[tuple[str, str]]], *, split: bool, seed: int = 1
) -> Iterator[Gold]:
    """Each document with lines missing on one side; with `split`, a sentence a segment."""
    for name, lines in documents.items():
        draw = random.Random(f"{seed}{name}")
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


def read_wmt(root: Path, domain: str) -> list[list[Paragraph]]:
    """WMT24's English–Chinese documents of one domain: a paragraph a line."""
    names, en, zh = (
        (root / "txt" / name).read_text("utf-8").split("\n")
        for name in ("documents/en-zh.docs", "sources/en-zh.txt", "references/en-zh.refA.txt")
    )
    documents = defaultdict(list)
    for name, english, chinese in zip(names, en, zh, strict=False):
        if name.split("\t")[0] == domain:
            documents[name].append((chinese.strip(), [english.strip()]))
    if domain == "speech":  # a document is one paragraph: one after the other they make a talk
        return [[x for d in documents.values() for x in d]]
    return list(documents.values())


def text_lines(lines: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The lines that are sentences of the text, no headings."""
    return [(zh.strip(), en.strip()) for zh, en in lines if ENDS.search(en.strip())]


def sentence_paragraphs(gold: Gold) -> list[tuple[str, str]]:
    """The texts of the beads that have both sides."""
    return [
        ("".join(gold.zh[i] for i in zh), " ".join(gold.en[j] for j in en))
        for zh, en in gold.links
        if zh and en
    ]


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


def score_beads(name: str, documents: Iterable[Gold]) -> None:
    pairs, doubts, start = [], [], time.process_time()
    for gold in documents:
        beads = align_segments(gold.zh, gold.en)
        test = [(tuple(range(*b.zh)), tuple(range(*b.en))) for b in beads]
        pairs.append((gold.links, test))
        right = set(gold.links)
        marks = [b.posterior < REVIEW_BEAD for b in beads]
        doubts += [(mark, link in right) for mark, link in zip(marks, test, strict=True)]
    strict, lax = score_links(pairs)
    took = time.process_time() - start
    print(
        f"{name:40} strict {strict:.3f}  lax {lax:.3f}  {_doubts(doubts)}  {took:5.1f} s",
        flush=True,
    )


def _doubts(found: Sequence[tuple[bool, bool]]) -> str:
    """`found`: whether it is marked for review, whether it is right."""
    marked = [right for mark, right in found if mark]
    wrong = sum(1 for _, right in found if not right)
    caught = sum(1 for right in marked if not right)
    return f"marked {len(marked) / max(1, len(found)):5.1%}, of {wrong:3} wrong {caught:3} marked"


def cut_documents(
    documents: Sequence[Sequence[Paragraph]], way: str, size: int, seed: int = 1
) -> Iterator[tuple[Cut, bool]]:
    """The breaks found in blobs of at most `size` paragraphs, and whether they are right."""
    draw = random.Random(seed)
    for document in documents:
        for at in range(0, len(document), size):
            turn = document[at : at + size]
            blob, breaks = BLOBS[way](turn, draw)
            cuts = cut_blob([zh for zh, _ in turn], blob)
            for cut, true in zip(cuts, breaks, strict=True):
                between = blob[min(cut.offset, true) : max(cut.offset, true)]
                yield cut, not between.strip(" \"'“”‘’")


def score_breaks(name: str, documents: Sequence[Sequence[Paragraph]]) -> None:
    for way in BLOBS:
        found = [(c.posterior < REVIEW_BREAK, ok) for c, ok in cut_documents(documents, way, TURN)]
        right = sum(ok for _, ok in found) / max(1, len(found))
        print(
            f"{name + ', ' + way:40} right {right:.3f} of {len(found):4}  {_doubts(found)}",
            flush=True,
        )


WAYS = ("interleaved", "sequential", "blob")


def bare(text: str) -> str:
    """The text without white space and quotation marks."""
    return re.sub(r"[\s\"'“”‘’]", "", text)


def make_text(
    paragraphs: Sequence[Paragraph], way: str, draw: random.Random
) -> tuple[str, list[tuple[str, str]]]:
    """A text of these paragraphs, some of one language missing, some split; and its true pairs.

    What lacks its partner is in the list of pairs too, beside an empty text.
    """
    zh, en, both, gold = [], [], [], []
    for chinese, sentences in paragraphs:
        left, right = [chinese], [" ".join(sentences)]
        fate = draw.random()
        if fate < DELETED:
            (left if fate < DELETED / 2 else right).clear()
        elif fate < DELETED + SPLIT and way != "blob":
            side, lang = (left, "zh") if draw.random() < EITHER else (right, "en")
            starts = [s.start for s in split_sentences(side[0], lang)][1:]
            if starts:
                at = draw.choice(starts)
                side[:] = [side[0][:at].strip(), side[0][at:].strip()]
        gold.append((bare("".join(left)), bare("".join(right))))
        zh += left
        en += right
        both += left + right
    if way == "blob":
        blob = "".join(e if re.search(r"\.[\"”')]*$", e) else e + " " for e in en)
        en = [re.sub(r"(?<=\.)\s+", "", blob).strip()]
    return "\n\n".join(both if way == "interleaved" else zh + en), gold


def is_right(pair: tuple[str, str], gold: Sequence[tuple[str, str]]) -> bool:
    """Whether the pair is one of the gold's, or several together that follow each other."""
    for k, first in enumerate(gold):
        if not (all(first) and pair[0].startswith(first[0]) and pair[1].startswith(first[1])):
            continue
        texts = ("", "")
        for other in itertools.takewhile(all, gold[k:]):
            texts = (texts[0] + other[0], texts[1] + other[1])
            if texts == pair:
                return True
            if len(texts[0]) > len(pair[0]):
                break
    return False


def make_pairs(
    documents: Sequence[Sequence[Paragraph]], way: str, seed: int = 1
) -> Iterator[tuple[Unit, bool]]:
    """The paired units of documents imported with gaps, and whether the gold has each.

    Units with a speaker are left out: the gold's texts still have the labels.
    """
    draw = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text.txt"
        for document in documents:
            text, gold = make_text(document, way, draw)
            path.write_text(text, "utf-8")
            try:
                units = import_source(read.read(path), "text").bitext.units
            except Refusal:
                continue
            for unit in units:
                if unit.zh and unit.en and unit.confidence is not None and not unit.speaker:
                    yield unit, is_right((bare(unit.zh), bare(unit.en)), gold)


def score_pairs(name: str, documents: Sequence[Sequence[Paragraph]]) -> None:
    for way in WAYS:
        found = [(bool(unit.review), ok) for unit, ok in make_pairs(documents, way)]
        right = sum(ok for _, ok in found) / max(1, len(found))
        print(
            f"{name + ', gaps, ' + way:40} right {right:.3f} of {len(found):4}  {_doubts(found)}",
            flush=True,
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
    parser.add_argument("--literary", choices=("dev", "test"), default="test")
    args = parser.parse_args()
    texts: dict[str, list[list[Paragraph]]] = {}
    if (args.dir / "NTREX").is_dir():
        ntrex = read_ntrex(args.dir / "NTREX")
        held = {name: x for k, (name, x) in enumerate(ntrex.items()) if not is_third(k)}
        for title, some in (("NTREX", ntrex), ("NTREX held out", held)):
            score_beads(f"{title}, a line a segment", delete_lines(some, split=False))
            score_beads(f"{title}, sentences", delete_lines(some, split=True))
        every = [group(text_lines(x[1:]), k) for k, x in enumerate(ntrex.values())]
        texts["NTREX"] = every
        texts["NTREX held out"] = [x for k, x in enumerate(every) if not is_third(k)]
    if (args.dir / "wmt24").is_dir():
        for domain in ("news", "literary", "speech", "social"):
            texts[f"WMT24 {domain}"] = read_wmt(args.dir / "wmt24", domain)
    if (args.dir / "mac").is_dir():
        name, mac = f"MAC {args.literary}", list(read_mac(args.dir / "mac", args.literary))
        score_beads(name, mac)
        texts[name] = [group(sentence_paragraphs(g), k) for k, g in enumerate(mac)]
    for name, documents in texts.items():
        ended = [[p for p in d if ENDS.search(p[1][-1])] for d in documents]
        score_breaks(name, ended)
        if name.startswith("WMT24"):
            score_breaks(f"{name} with headings", documents)
        if name != "NTREX":
            score_pairs(name, documents)
    return 0


if __name__ == "__main__":
    sys.exit(main())
