"""Blocks -> pairs, in reading order; what has no partner stays alone and shifts nothing.

Turns are anchored first, then what stands within them is aligned; a text that lost its paragraphs on
one side is cut where the other has them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, compress, pairwise
from operator import not_

import numpy as np

from bitext.align.blobs import Cut, cut_blobs
from bitext.align.paragraphs import LONE_END, Region, Structure, align_paragraphs
from bitext.align.score import length_en, length_zh
from bitext.kinds import CUTTABLE
from bitext.pair.asides import absorb, asides, listings_of_halves
from bitext.pair.blockscore import LENGTHS, STIFF, Evidence, best_path, label_name
from bitext.pair.cues import merge_cues
from bitext.pair.joining import join_lone
from bitext.pair.layout import Section, measure
from bitext.pair.records import BACKGROUND, SURE, Pair, Pairing
from bitext.segment.lines import cut_passage
from bitext.segment.notes import lift
from bitext.segment.records import Block, Label
from bitext.text.sentences import split_sentences
from bitext.text.spans import Passage

#: From so many paragraphs on, one paragraph on the other side has lost its breaks.
BLOB = 3
LINE_ENDS = str.maketrans("\n\r", "  ")
#: What it costs that a turn's label is missing in one language, so that two turns look like one:
#: labels are lost where lines are.
LOST_LABEL, LOST_LABEL_IN_BLOB = -4.0, -1.5


def pair(blocks: Sequence[Block]) -> Pairing:
    """The pairs of a document's blocks, its notes, and the layout that was measured."""
    body, lifted = lift(blocks)
    lifted = listings_of_halves(body, lifted)
    zh = [b for b in body if b.lang == "zh"]
    en = [b for b in body if b.lang == "en"]
    evidence = Evidence(zh, en)
    layout = measure(body, evidence)
    together: Counter[tuple[int, int]] = Counter()
    if evidence.labelled:
        for section in layout.sections:
            together.update(_label_pairs(evidence, section))
        evidence.know_labels(together)
        layout = measure(body, evidence)
    found = [p for section in layout.sections for p in _pair_section(evidence, section)]
    pairs = join_lone(_cut_all(list(_find_rough(evidence, found))))
    pairs, lifted = absorb(merge_cues(pairs), lifted)
    labels = tuple((_label(p.zh), _label(p.en)) for p in pairs if _label(p.zh) or _label(p.en))
    return Pairing(tuple(pairs), tuple(asides(lifted, pairs)), layout, labels)


def _label(blocks: Sequence[Block]) -> Label | None:
    return next((b.label for b in blocks if b.label), None)


# --- sections and turns ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Turn:
    """Blocks start..end of one language, the first of which carries the label."""

    start: int
    end: int
    block: Block


def _turns(blocks: Sequence[Block], start: int, end: int) -> list[_Turn]:
    """The turns of blocks[start:end]."""
    heads = [i for i in range(start, end) if blocks[i].label is not None]
    turns: list[_Turn] = []
    for i, after in pairwise([*heads, end]):
        stretch = blocks[i:after]
        text = "\n".join(b.text for b in stretch)
        passage = Passage(text, tuple(s for b in stretch for s in b.passage.spans), ())
        turns.append(
            _Turn(i, after, replace(blocks[i], passage=passage, kind="para", order=len(turns) * 2))
        )
    return turns


def _turn_steps(
    evidence: Evidence, section: Section
) -> tuple[list[_Turn], list[_Turn], list[tuple[int, int, float]]] | None:
    """The turns of both sides and the path through them, where both sides have labels."""
    zh = _turns(evidence.zh_blocks, *section.zh)
    en = _turns(evidence.en_blocks, *section.en)
    if not zh or not en or len(zh) + len(en) < 3:
        return None
    inside = any(t.block.inside for t in (*zh, *en))
    lost = LOST_LABEL_IN_BLOB if inside else LOST_LABEL
    inner = Evidence([t.block for t in zh], [t.block for t in en], lost_label=lost)
    whole = zip(evidence.names, inner.names, strict=True)
    inner.affinity = evidence.affinity[
        np.ix_(*([known.index(n) for n in own] for known, own in whole))
    ]
    steps = best_path(inner, (0, len(zh)), (0, len(en)))
    return zh, en, steps


def _label_pairs(evidence: Evidence, section: Section) -> Iterator[tuple[int, int]]:
    """The labels (their indexes) that stand on turns which pair."""
    found = _turn_steps(evidence, section)
    if found:
        turns, others, steps = found
        zh, en = [t.block for t in turns], [t.block for t in others]
    else:
        steps = best_path(evidence, section.zh, section.en)
        zh = evidence.zh_blocks[slice(*section.zh)]
        en = evidence.en_blocks[slice(*section.en)]
    for a, b in ((zh[i], en[j]) for i, j in _one_to_one(steps)):
        if a.label and b.label:
            yield evidence.names[0].index(label_name(a)), evidence.names[1].index(label_name(b))


def _one_to_one(steps: Sequence[tuple[int, int, float]]) -> Iterator[tuple[int, int]]:
    i = j = 0
    for a, b, _ in steps:
        if a and b:
            yield i, j
        i, j = i + a, j + b


@dataclass(frozen=True, slots=True)
class _Rough:
    """Blocks whose pairing as wholes is in doubt: it is still to be found through their sentences.

    `posterior`: how probable it is that they belong together at all.
    """

    zh: tuple[int, int]
    en: tuple[int, int]
    posterior: float


_Item = Pair | _Rough


def _pair_section(evidence: Evidence, section: Section) -> Iterator[_Item]:
    """The pairs of one section, turn by turn where both languages have turns."""
    found = _turn_steps(evidence, section)
    if not found:
        yield from _pair_stretch(evidence, section.zh, section.en)
        return
    zh, en, steps = found
    yield from _pair_stretch(evidence, (section.zh[0], zh[0].start), (section.en[0], en[0].start))
    i = j = 0
    for a, b, share in steps:
        left = (zh[i].start, zh[i + a - 1].end) if a else (0, 0)
        right = (en[j].start, en[j + b - 1].end) if b else (0, 0)
        for item in _pair_stretch(evidence, left, right):
            yield replace(item, posterior=min(item.posterior, share))
        i, j = i + a, j + b


def _pair_stretch(evidence: Evidence, zh: tuple[int, int], en: tuple[int, int]) -> Iterator[_Item]:
    """The pairs of blocks zh[a:b] and en[c:d], between which nothing is known but their order."""
    left = evidence.zh_blocks[zh[0] : zh[1]]
    right = evidence.en_blocks[en[0] : en[1]]
    if left and right and _is_blob(left, right):
        yield Pair(tuple(left), tuple(right), 1.0)
        return
    steps = best_path(evidence, zh, en)
    if _needs_sentences(steps, left, right):
        yield _Rough(zh, en, 1.0)
    else:
        yield from _pairs_along(steps, left, right, 1.0)


def _needs_sentences(
    steps: Sequence[tuple[int, int, float]], left: Sequence[Block], right: Sequence[Block]
) -> bool:
    """Whether blocks that have sentences to pair do not simply stand one beside the other."""
    if len(steps) < 2 or not (left and right):
        return False
    if any(b.group >= 0 or b.kind == "cue" for b in (*left, *right)):
        return False
    return any(a != 1 or b != 1 or share < SURE for a, b, share in steps)


def _find_rough(evidence: Evidence, found: Sequence[_Item]) -> Iterator[Pair]:
    """The items, the rough ones among them paired through their sentences, all at once."""
    rough = [item for item in found if isinstance(item, _Rough)]
    rest = [b for item in found if isinstance(item, Pair) for b in item.blocks]
    regions = [_region(evidence, item.zh, item.en) for item in rough]
    paths = iter(align_paragraphs(regions, _background(rest)) if rough else ())
    for item in found:
        if isinstance(item, _Rough):
            left = evidence.zh_blocks[slice(*item.zh)]
            right = evidence.en_blocks[slice(*item.en)]
            yield from _pairs_along(next(paths), left, right, item.posterior)
        else:
            yield item


def _region(evidence: Evidence, zh: tuple[int, int], en: tuple[int, int]) -> Region:
    """The blocks zh[a:b] and en[c:d], with what the structure says of them, to be paired by sentences."""
    structure = Structure(
        lambda i, j: evidence.match(i + zh[0], j + en[0]),
        LONE_END - evidence.zh.inner[slice(*zh)],
        LONE_END - evidence.en.inner[slice(*en)],
        np.isin(evidence.zh.kind[slice(*zh)], STIFF),
        np.isin(evidence.en.kind[slice(*en)], STIFF),
    )
    return Region(
        [unwrapped(b) for b in evidence.zh_blocks[slice(*zh)]],
        [unwrapped(b) for b in evidence.en_blocks[slice(*en)]],
        structure,
    )


def _background(blocks: Sequence[Block]) -> tuple[list[str], list[str]]:
    """Texts of both languages that say how common a word is."""
    zh, en = ([b.text for b in blocks if b.lang == lang][:BACKGROUND] for lang in ("zh", "en"))
    return zh, en


def _pairs_along(
    steps: Sequence[tuple[int, int, float]],
    left: Sequence[Block],
    right: Sequence[Block],
    most: float,
) -> Iterator[Pair]:
    """The pairs of a path; none is more probable than `most`."""
    i = j = 0
    for a, b, share in steps:
        yield Pair(tuple(left[i : i + a]), tuple(right[j : j + b]), min(share, most))
        i, j = i + a, j + b


def _ratio(zh: Sequence[Block], en: Sequence[Block]) -> float:
    """English characters for one Chinese character."""
    return length_en("".join(b.text for b in en)) / length_zh("".join(b.text for b in zh))


def _cut_all(found: Sequence[Pair]) -> list[Pair]:
    """The pairs, every blob among them cut; what is not cut lends its words' weights."""
    lost = [_is_blob(item.zh, item.en) for item in found]
    if True not in lost:
        return list(found)
    rest = [b for item in compress(found, map(not_, lost)) for b in item.blocks]
    asked = []
    for blob in compress(found, lost):
        lang = "en" if len(blob.en) == 1 else "zh"
        one, many = (blob.en[0], blob.zh) if lang == "en" else (blob.zh[0], blob.en)
        asked.append(([unwrapped(b) for b in _text_of(many)], unwrapped(one), lang))
    cuts = iter(cut_blobs(asked, _background(rest)))
    parts = (_cut_pairs(p, next(cuts)) if cut else (p,) for p, cut in zip(found, lost, strict=True))
    return [*chain.from_iterable(parts)]


def _is_blob(zh: Sequence[Block], en: Sequence[Block]) -> bool:
    """Whether one side is a single block that has lost the paragraphs which the other side has."""
    for one, many, lang in ((en, _text_of(zh), "en"), (zh, _text_of(en), "zh")):
        if len(one) != 1 or len(many) < 2 or any(b.kind not in CUTTABLE for b in (*one, *many)):
            continue
        if len(many) < BLOB and not one[0].inside:
            continue
        ratio = _ratio(many, one) if lang == "en" else _ratio(one, many)
        sentences = len(split_sentences(unwrapped(one[0]), lang, clauses=True))
        return LENGTHS[0] <= ratio <= LENGTHS[1] and sentences >= len(many)
    return False


def _cut_pairs(item: Pair, cuts: Sequence[Cut]) -> Iterator[Pair]:
    """The single block of one side cut where the other has its paragraphs; its headings stay alone."""
    in_english = len(item.en) == 1
    blob, many = (item.en[0], item.zh) if in_english else (item.zh[0], item.en)
    parts = list(_cut_block(blob, cuts))
    sure = [1.0, *(c.posterior for c in cuts), 1.0]
    k = 0
    for block in many:
        part, share = None, 1.0
        if block.kind != "heading":
            part, share = parts[k], min(sure[k], sure[k + 1], item.posterior)
            k += 1
        own, other = (block,), (part,) if part else ()
        yield Pair(own, other, share) if in_english else Pair(other, own, share)


def unwrapped(block: Block) -> str:
    """The block's text, as long as it is, without the ends of lines that its hard wraps left in it."""
    return block.text if block.kind == "cue" else block.text.translate(LINE_ENDS)


def _text_of(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without their headings, which a text that lost its paragraphs has lost too."""
    return [b for b in blocks if b.kind != "heading"]


def _cut_block(blob: Block, cuts: Sequence[Cut]) -> Iterator[Block | None]:
    """The blob's parts between the cuts; None where nothing lies between two of them."""
    edges = [0, *(c.offset for c in cuts), len(blob.text)]
    for k, (start, end) in enumerate(pairwise(edges)):
        part = cut_passage(blob.passage, start, end)
        if not part.spans:
            yield None
            continue
        yield replace(
            blob, passage=part, parts=(part,), label=blob.label if k == 0 else None,
            label_spans=blob.label_spans if k == 0 else (), inside=True,
        )  # fmt: skip
