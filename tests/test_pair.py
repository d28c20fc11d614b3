"""Every document with gold pairs as it should; and no change of a source shifts its pairs."""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path

import pytest

from bitext.model import Refusal
from bitext.pair.cues import merge_cues
from bitext.pair.records import Pair
from bitext.pipeline import import_source
from bitext.read import read_bytes
from bitext.segment.records import Block
from bitext.text.source import is_blank
from bitext.text.spans import Passage

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ROOT / "tests" / "cases" / "documents"
SPEC = importlib.util.spec_from_file_location(
    "score_import", ROOT / "scripts" / "bench" / "score_import.py"
)
scoring = importlib.util.module_from_spec(SPEC)
sys.modules[SPEC.name] = scoring  # its dataclasses look themselves up
SPEC.loader.exec_module(scoring)


def bare(text: str | None) -> str:
    return "".join(c for c in text or "" if not is_blank(c))


@pytest.mark.parametrize("name", sorted(p.parent.name for p in DOCUMENTS.glob("*/gold.json")))
def test_document_pairs_as_its_gold_says(name):
    found = scoring.score(DOCUMENTS / name)
    assert not found.refused
    assert (found.conserved, found.invented) == (1.0, 0)
    assert found.dropped_precision in (None, 1.0), found.faults
    assert found.strict >= 0.9 or found.warned, found.faults
    assert found.lax >= 0.8, found.faults
    assert found.speakers in (None, 1.0), found.faults


def test_the_cases_are_met_at_the_median():
    assert len(list(DOCUMENTS.glob("*/gold.json"))) >= 40


# --- mutations: whatever happens to a source, the pairs that are left stay pairs ------------------

SLUGS = ("track-two-perspective", "sanders-xue-panel")


def _paragraphs(slug: str) -> list[str]:
    text = (ROOT / "data" / "transcripts" / slug / "source.txt").read_text("utf-8")
    return [p for p in text.split("\n") if p.strip()]


def _pairs(text: str) -> tuple[set[tuple[str, str]], object]:
    bitext = import_source(read_bytes(text.encode(), "talk.txt"), "talk").bitext
    return {(bare(u.zh), bare(u.en)) for u in bitext.units if u.zh and u.en}, bitext


def _whole(bitext) -> bool:
    return bitext.ledger.complete and not any(d.reason == "not placed" for d in bitext.dropped)


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("seed", range(6))
def test_a_deleted_paragraph_shifts_no_pair(slug, seed):
    paragraphs = _paragraphs(slug)
    known, _ = _pairs("\n\n".join(paragraphs))
    gone = random.Random(seed).randrange(len(paragraphs))
    made, bitext = _pairs("\n\n".join(p for k, p in enumerate(paragraphs) if k != gone))
    assert _whole(bitext)
    if len(paragraphs[gone]) < 2000:  # the English blob of the panel is half of the text
        wrong = [pair for pair in made - known if not _beside(pair, bare(paragraphs[gone]), bitext)]
        assert wrong == []


def _beside(pair, gone: str, bitext) -> bool:
    """A pair of which one side lost its partner may be merged with a neighbour, if it is flagged."""
    unit = next(u for u in bitext.units if (bare(u.zh), bare(u.en)) == pair)
    return bool(unit.review) or pair[0] in gone or pair[1] in gone


@pytest.mark.parametrize("seed", range(6))
def test_a_doubled_paragraph_shifts_no_pair(seed):
    paragraphs = _paragraphs(SLUGS[0])
    known, _ = _pairs("\n\n".join(paragraphs))
    twice = random.Random(seed).randrange(len(paragraphs))
    made, bitext = _pairs("\n\n".join([*paragraphs[: twice + 1], *paragraphs[twice:]]))
    assert _whole(bitext)
    flagged = {(bare(u.zh), bare(u.en)) for u in bitext.units if u.review}
    assert made - known <= flagged


@pytest.mark.parametrize("seed", range(8))
def test_shuffled_pairs_stay_pairs(seed):
    """The pairs of an article in another order, each still beside its translation."""
    paragraphs = _paragraphs(SLUGS[0])
    _, bitext = _pairs("\n\n".join(paragraphs))
    pairs = [(u.zh, u.en) for u in bitext.units if u.zh and u.en]
    random.Random(seed).shuffle(pairs)
    made, again = _pairs("\n\n".join(x for pair in pairs for x in pair))
    assert _whole(again)
    assert made == {(bare(z), bare(e)) for z, e in pairs}


@pytest.mark.parametrize("seed", range(8))
def test_shuffled_lines_lose_nothing(seed):
    """With no order left at all the account is still complete."""
    lines = _paragraphs(SLUGS[seed % 2])
    random.Random(seed).shuffle(lines)
    try:
        _, bitext = _pairs("\n".join(lines))
    except Refusal as refusal:
        assert refusal.code in ("E-UNBALANCED", "E-NOT-PARALLEL")
        return
    assert _whole(bitext)


def _cue(zh: str, en: str, sure: float) -> Pair:
    blocks = (
        Block(0, g, "cue", Passage(x, ((0, 1),), ()), 1, 1) for g, x in (("zh", zh), ("en", en))
    )
    zh_block, en_block = blocks
    return Pair((zh_block,), (en_block,), sure)


def test_where_the_cues_of_a_sentence_part_makes_its_pair_no_less_sure():
    cues = [
        _cue("好。", "Yes.", 0.99), _cue("从那以后", "Since then", 0.5), _cue("没有船迷路。", "no ship was lost.", 0.5),
        _cue("谢谢。", "Thanks.", 0.98),
    ]  # fmt: skip
    assert [p.posterior for p in merge_cues(cues)] == [0.99, 0.98, 0.98]


def test_a_sentence_whose_first_and_last_cues_are_doubtful_stays_doubtful():
    cues = [
        _cue("好", "Yes.", 0.4), _cue("从那以后", "Since then", 0.5), _cue("没有船迷路。", "no ship was lost.", 0.3),
    ]  # fmt: skip
    assert [p.posterior for p in merge_cues(cues)] == [0.3]
