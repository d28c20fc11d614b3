"""The order of the stages: Document -> clean -> segment -> pair -> units -> Bitext, with its report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bitext.clean.clean import clean
from bitext.model import Overridable
from bitext.pair.furniture import without_furniture
from bitext.pair.pairs import pair
from bitext.pair.records import Pairing
from bitext.segment.blocks import segment
from bitext.segment.records import Segmented
from bitext.text.source import Cut, Document
from bitext.units.build import Builder, Imported, Tell
from bitext.units.refusing import hardly_a_pair, no_pairs, strangers
from bitext.units.report import overridden

#: The stages in order, as they are told to whoever waits.
STAGES = ("read", "clean", "segment", "pair", "sentences")


def import_source(
    document: Document, slug: str, *, anyway: bool = False,
    tell: Tell = lambda stage: None,
) -> Imported:  # fmt: skip
    """The document's bitext; raises Overridable where nothing in it pairs, or what pairs is no translation.

    `tell(stage)` is called before each stage starts. With `anyway` such doubts are warnings.
    """
    tell("clean")
    cleaned = clean(document)
    tell("segment")
    segmented = segment(cleaned)
    tell("pair")
    pairing = pair(segmented.blocks)
    if cleaned.title:
        pairing, left_out = _settle_title(pairing, cleaned.title)
        cleaned = replace(cleaned, cuts=(*cleaned.cuts, *left_out))
    pairing, left_out = without_furniture(pairing, document, cleaned.cuts)
    cleaned = replace(cleaned, cuts=(*cleaned.cuts, *left_out))
    doubts = list(_doubts(document, segmented, pairing))
    if doubts and not anyway:
        raise doubts[0]
    builder = Builder(cleaned, segmented, pairing, slug)
    del document, cleaned, segmented, pairing  # so that the builder can free them
    imported = builder.build(tell)
    if not doubts and (doubt := hardly_a_pair(imported.bitext, imported.report.path)):
        doubts = [doubt]
        if not anyway:
            raise doubt
    warnings = (*map(overridden, doubts), *imported.report.warnings)
    return replace(imported, report=replace(imported.report, warnings=warnings))


def _doubts(document: Document, segmented: Segmented, pairing: Pairing) -> Iterator[Overridable]:
    """Why the document may be no text in two languages: nothing pairs, or two texts are strangers."""
    paired = any(p.zh and p.en for p in pairing.pairs)
    if paired or any(a.zh and a.en for a in pairing.asides):
        yield from strangers(document, pairing)
    else:
        yield no_pairs(document, segmented)


def _settle_title(pairing: Pairing, title: Cut) -> tuple[Pairing, tuple[Cut, ...]]:
    """The pairing with the title's pair as headings; without it, if it found no partner, and what was left out then."""
    start, end = title.span
    for at, item in enumerate(pairing.pairs):
        held = [s for b in item.blocks for s in (*b.label_spans, *b.passage.spans)]
        if not any(a < end and start < b for a, b in held):
            continue
        if len(item.zh) == len(item.en) == 1:
            return _as_headings(pairing, at), ()
        if (item.zh and item.en) or not all(start <= a and b <= end for a, b in held):
            break
        return _without(pairing, at), tuple(replace(title, span=s) for s in held)
    return pairing, ()


def _as_headings(pairing: Pairing, at: int) -> Pairing:
    """The pairing, the two blocks of one pair being headings."""
    item = pairing.pairs[at]
    zh, en = (
        tuple(replace(b, kind="heading", level=b.level or 1) for b in side)
        for side in (item.zh, item.en)
    )
    pairs = (*pairing.pairs[:at], replace(item, zh=zh, en=en), *pairing.pairs[at + 1 :])
    return replace(pairing, pairs=pairs)


def _without(pairing: Pairing, at: int) -> Pairing:
    """The pairing without one pair; the notes behind it keep their places."""
    asides = (replace(a, after=a.after - 1) if a.after >= at else a for a in pairing.asides)
    pairs = pairing.pairs[:at] + pairing.pairs[at + 1 :]
    return replace(pairing, pairs=pairs, asides=tuple(asides))
