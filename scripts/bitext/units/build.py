"""Pairs -> units with ids, texts and speakers; the claims of the ledger; the report."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bitext.align.units import add_beads
from bitext.kinds import ASIDE, BOXES, KINDS, OWN_LINES, SPEECH, VERBATIM
from bitext.metadata import known_metadata
from bitext.model import LANGS, Bitext, Dropped, Unit
from bitext.pair.displaced import displaced
from bitext.pair.records import Aside, Pair, Pairing
from bitext.segment.answering import Said, asks_by_role, unlabelled_answers
from bitext.segment.people import gather
from bitext.segment.records import Block, Label, Segmented
from bitext.segment.speakers import key_of
from bitext.text.dates import date_in_titles
from bitext.text.marks import QUESTION_ENDED
from bitext.text.source import Cleaned, Cut, Span, is_blank
from bitext.text.spacing import normalize
from bitext.text.spans import Passage
from bitext.units import ledger as ledgers
from bitext.units.doubting import (
    doubts_of,
    mark_displaced,
    mark_headings,
    mark_neighbours,
    mark_page,
    mark_pairing,
)
from bitext.units.report import Report
from bitext.units.warnings import warnings_of

#: What a paragraph can be besides, the most telling first.
INSTEAD = tuple(kind for kind in KINDS if kind != "para" and kind not in BOXES)


@dataclass(frozen=True, slots=True)
class Imported:
    """A source as a bitext, and the report on how it came about."""

    bitext: Bitext
    report: Report
    claims: tuple[ledgers.Claim, ...] = ()  # where every stretch of the document went


Tell = Callable[[str], None]


class Builder:
    """Pairs -> units with ids, texts, speakers, doubts; and the claims for the ledger."""

    def __init__(self, cleaned: Cleaned, segmented: Segmented, pairing: Pairing, slug: str):
        self.pairing, self.slug = pairing, slug
        self.document = replace(cleaned.document, lines=())
        self.cleaned = replace(cleaned, document=self.document, lines=())
        self.cuts = (*cleaned.cuts, *segmented.cuts)
        self.layout = replace(pairing.layout, sections=())
        self.repairs: Counter[str] = Counter()
        self.claims: list[ledgers.Claim] = []
        self.speakers, self.speaker_of = gather(pairing.labels)
        self.counts: Counter[str] = Counter()
        # Where lines start, and their numbers: of a long text the lines themselves take much more.
        self.starts = array("q", [line.start for line in cleaned.document.lines])
        self.numbers = array("q", [line.number for line in cleaned.document.lines])
        self.turn = 0
        self.speaker: str | None = None
        self.answers = self._answers()

    def build(self, tell: Tell) -> Imported:
        units = self._units()
        del self.pairing  # for a long text, half of what is held
        tell("sentences")
        units = [mark_pairing(u) for u in add_beads(units, judged=True)]
        apart = displaced(units)
        units = mark_headings(mark_page(mark_neighbours(mark_displaced(units, apart))))
        dropped = tuple(self._dropped())
        ledger = ledgers.balance(self.document.text, self.claims)
        bitext = Bitext(
            slug=self.slug, metadata=known_metadata(self._metadata()), units=tuple(units), speakers=self.speakers, dropped=dropped,
            source={"file": Path(self.document.path).name, "encoding": self.document.encoding},
            ledger=ledger, repairs=dict(sorted(self.repairs.items())),
            truncated=self.cleaned.truncation is not None, layout=self.layout.name,
        )  # fmt: skip
        report = Report(
            self.document.path, self.slug, self.document.format, self.document.encoding,
            self.layout.name, self.layout.why, bitext,
            tuple(warnings_of(bitext, self.document, self.cleaned.truncation)),
            apart=tuple(apart),
        )  # fmt: skip
        return Imported(bitext, report, tuple(self.claims))

    def _metadata(self) -> dict[str, str]:
        """What was read of the document, with the date that its titles give."""
        metadata = dict(self.cleaned.metadata)
        date = date_in_titles(metadata.get(f"title_{lang}", "") for lang in LANGS)
        if date:
            metadata.setdefault("date", date)
        return metadata

    # --- units ---

    def _units(self) -> list[Unit]:
        units: list[Unit] = []
        asides: dict[int, list[Aside]] = {}
        for aside in self.pairing.asides:
            asides.setdefault(aside.after, []).append(aside)
        for aside in asides.get(-1, ()):
            units.append(self._aside(aside, None))
        for index, item in enumerate(self.pairing.pairs):
            if index in self.answers:
                self._begin_turn(None)
            units.append(self._unit(item))
            followed = units[-1].id
            for aside in asides.get(index, ()):
                units.append(self._aside(aside, followed))
        return units

    def _answers(self) -> frozenset[int]:
        """The pairs with which an answer begins whose speaker is not named."""
        places = [k for k, item in enumerate(self.pairing.pairs) if _kind(item) != "heading"]
        rows = [self._said(self.pairing.pairs[k]) for k in places]
        return frozenset(places[k] for k in unlabelled_answers(rows))

    def _said(self, item: Pair) -> Said:
        """Who says a pair ('' where somebody does who is not named), and whether it asks."""
        label = _label(item)
        asks = any(QUESTION_ENDED.search(side[-1].text) for side in (item.zh, item.en) if side)
        if label is None:
            return Said("" if _begins_unnamed(item) else None, asks, False)
        return Said(self._speaker(label) or label.names[0], asks, asks_by_role(label))

    def _speaker(self, label: Label) -> str | None:
        """The id of the speaker whom the label names."""
        keys = (key_of(name) for name in label.names)
        return next((self.speaker_of[k] for k in keys if k in self.speaker_of), None)

    def _begin_turn(self, speaker: str | None) -> None:
        self.turn += 1
        self.counts[f"s{self.turn}"] = 0
        self.speaker = speaker

    def _unit(self, item: Pair) -> Unit:
        kind = _kind(item)
        self._turn_to(item)
        inside = self.turn > 0 and kind != "heading"
        id = self._next_id(f"s{self.turn}p" if inside and kind in SPEECH else KINDS[kind].letter)
        zh, en = self._text(item.zh, "zh", kind), self._text(item.en, "en", kind)
        for lang, side in (("zh", item.zh), ("en", item.en)):
            self._claim_all(side, "units", id, lang)
        return Unit(
            id, kind, zh, en,
            speaker=self.speaker if inside else None, turn=f"s{self.turn}" if inside else None,
            level=max((b.level for b in item.blocks), default=0),
            confidence=item.posterior if zh and en else None,
            review=tuple(doubts_of(item, zh, en)), zh_span=_lines(item.zh), en_span=_lines(item.en),
        )  # fmt: skip

    def _turn_to(self, item: Pair) -> None:
        """Begin a turn where the pair says that somebody else speaks."""
        label, marked = _label(item), _begins_unnamed(item)
        if label is None and not marked:
            return
        speaker = self._speaker(label) if label else None
        if speaker != self.speaker or marked or not self.turn:
            self._begin_turn(speaker)

    def _next_id(self, prefix: str) -> str:
        self.counts[prefix] += 1
        return f"{prefix}{self.counts[prefix]}"

    def _aside(self, aside: Aside, after: str | None) -> Unit:
        id = self._next_id(KINDS[aside.kind].letter)
        sides = {lang: side for lang, side in (("zh", aside.zh), ("en", aside.en)) if side}
        blocks = {lang: lifted.blocks for lang, lifted in sides.items()}
        texts = {
            lang: self._lines_text(side, lang)
            if aside.kind in OWN_LINES
            else self._text(side, lang, aside.kind)
            for lang, side in blocks.items()
        }
        for lang, side in blocks.items():
            self._claim_all(side, "notes" if aside.kind in ASIDE else "units", id, lang)
        return Unit(
            id, aside.kind, texts.get("zh"), texts.get("en"), after=after,
            zh_span=_lines(blocks.get("zh", ())), en_span=_lines(blocks.get("en", ())),
        )  # fmt: skip

    def _claim_all(self, blocks: Sequence[Block], place: str, unit: str, lang: str) -> None:
        for block in blocks:
            self._claim(block, place, unit, lang)

    def _claim(self, block: Block, place: str, unit: str, lang: str) -> None:
        """Notes where a block of a unit's text in `lang` went, and its label."""
        self.claims += [ledgers.Claim(s, place, unit, lang) for s in block.passage.spans]
        self.claims += [ledgers.Claim(s, "labels", unit, lang) for s in block.label_spans]
        start = min(s[0] for s in (*block.label_spans, *block.passage.spans))
        if block.inside and start and not is_blank(self.document.text[start - 1]):
            self.repairs["missing space"] += 1  # a turn or paragraph glued to the one before it

    def _text(self, blocks: Sequence[Block], lang: str, kind: str) -> str | None:
        """The unit's text: its blocks, parted by a blank line; cues run on."""
        if not blocks:
            return None
        texts = [self._normal(b.text, lang, b.kind) for b in blocks]
        if kind == "cue":
            return _run_on(texts, lang)
        return "\n\n".join(texts)

    def _lines_text(self, blocks: Sequence[Block], lang: str) -> str:
        """The text of a note, whose lines are its own."""
        return "\n".join(
            self._normal(part.text, lang, b.kind) for b in blocks for part in _own_lines(b)
        )

    def _normal(self, text: str, lang: str, kind: str) -> str:
        if kind in VERBATIM:
            return text.strip("\n")
        done, counted = normalize(text, lang)
        self.repairs.update(counted)
        return done

    # --- what was left out ---

    def _dropped(self) -> Iterator[Dropped]:
        """What is left out or was read as metadata; the markup of a line is one entry."""
        text = self.document.text
        cuts = sorted(self.cuts, key=lambda c: c.span)
        self.claims += map(_left_out, cuts)
        lost = [Cut(span, "not placed") for span in ledgers.unclaimed(text, self.claims)]
        self.claims += map(_left_out, lost)
        rows: dict[tuple[int, str, str, Span | None], list[Cut]] = {}
        for cut in (*cuts, *lost):
            number = self._number(cut.span[0])
            alone = cut.span if cut.reason != "markup" else None
            rows.setdefault((number, cut.reason, cut.key, alone), []).append(cut)
        for (number, reason, key, _), found in rows.items():
            shown = " ".join(text[slice(*c.span)].strip() for c in found).strip()
            if shown:
                yield Dropped(shown, f"metadata: {key}" if key else reason, number)

    def _number(self, offset: int) -> int:
        """The source line that holds this offset."""
        k = bisect_right(self.starts, offset) - 1
        return self.numbers[k] if k >= 0 else 0


def _left_out(cut: Cut) -> ledgers.Claim:
    place = "metadata" if cut.key else "dropped"
    return ledgers.Claim(cut.span, place, reason=cut.reason, key=cut.key)


def _own_lines(block: Block) -> Sequence[Passage]:
    return block.parts or (block.passage,)


def _kind(item: Pair) -> str:
    """The pair's kind: what either side is more than a paragraph."""
    kinds = Counter(b.kind for b in item.blocks)
    for kind in INSTEAD:
        if kinds[kind] and (kind != "heading" or kinds[kind] == len(item.blocks)):
            return kind
    return "para"


def _label(item: Pair) -> Label | None:
    """The label with which the pair begins, on either side."""
    return next((b.label for b in item.blocks if b.label), None)


def _begins_unnamed(item: Pair) -> bool:
    """Whether a mark of the source begins a turn here without saying whose."""
    return any(b.turn for b in item.blocks)


def _lines(blocks: Sequence[Block]) -> tuple[int, int] | None:
    return (min(b.first for b in blocks), max(b.last for b in blocks)) if blocks else None


def _run_on(texts: Sequence[str], lang: str) -> str:
    """Cues as one text: Chinese that ends without a mark keeps a blank, which is its comma."""
    out = texts[0]
    for text in texts[1:]:
        tight = lang == "zh" and not (out[-1:].isalnum() and text[:1].isalnum())
        out += ("" if tight else " ") + text
    return out
