"""The order of the stages: Document -> clean -> segment -> pair -> units -> Bitext, with its report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bitext.clean.clean import clean
from bitext.model import Overridable
from bitext.pair.furniture import without_furniture
from bitext.pair.heads import read_head
from bitext.pair.pairs import pair
from bitext.pair.records import Pairing
from bitext.segment.blocks import segment
from bitext.segment.records import Segmented
from bitext.text.source import Document
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
    pairing, left_out = without_furniture(pairing, document, cleaned.cuts)
    pairing, cleaned = read_head(pairing, replace(cleaned, cuts=(*cleaned.cuts, *left_out)))
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
