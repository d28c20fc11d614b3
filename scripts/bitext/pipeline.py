"""The order of the stages: Document -> clean -> segment -> pair -> units -> Bitext, with its report."""

from __future__ import annotations

import itertools
import re
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bitext import ledger as ledgers
from bitext.align.confidence import REVIEW_PAIR
from bitext.align.sentences import label_at_end
from bitext.align.units import add_beads
from bitext.clean.clean import clean
from bitext.clean.fields import date_in_titles
from bitext.clean.spacing import normalize
from bitext.doubts import english
from bitext.library.shapes import known_metadata
from bitext.model import Bitext, Doubt, Dropped, Overridable, Problem, Unit
from bitext.pair import parallel
from bitext.pair.blockscore import number_of
from bitext.pair.displaced import displaced
from bitext.pair.pairs import pair
from bitext.pair.records import Aside, Pair, Pairing
from bitext.read.scripts import folded
from bitext.report import Report, overridden
from bitext.segment import speakers as speaking
from bitext.segment.answering import QUESTION, Said, asks_by_role, unlabelled_answers
from bitext.segment.blocks import HEADING_NUMBER, Block, Segmented, segment
from bitext.segment.language import HAN
from bitext.segment.notes import Lifted
from bitext.segment.speakers import Label
from bitext.source import Cleaned, Cut, Document, is_blank
from bitext.spans import Passage

#: English characters for one Han character; outside of it a pair of some length is doubtful.
RATIO = (1.5, 4.5)
#: The same for shorter texts, whose lengths say less: from so many characters on.
SHORT, SHORT_RATIO = 15, (1.0, 7.0)
#: A pair of which the leading numbers differ is no surer than this.
NUMBERS_DIFFER = 0.6
LETTERS = {
    "heading": "h",
    "note": "n",
    "vocab": "v",
    "footnote": "f",
    "code": "c",
    "glossary": "g",
    "other": "x",
}


@dataclass(frozen=True, slots=True)
class Imported:
    """A source as a bitext, and the report on how it came about."""

    bitext: Bitext
    report: Report
    claims: tuple[ledgers.Claim, ...] = ()  # where every stretch of the document went


#: The stages in order, as they are told to whoever waits.
STAGES = ("read", "clean", "segment", "pair", "sentences")
Tell = Callable[[str], None]


def import_source(
    document: Document, slug: str, *, embed: bool = False, anyway: bool = False,
    tell: Tell = lambda stage: None,
) -> Imported:  # fmt: skip
    """The document's bitext; raises Overridable where nothing in it pairs, or what pairs is no translation.

    `tell` hears the name of each stage as it begins; with `embed` the optional encoder is asked
    for the sentences too; with `anyway` such doubts are warnings.
    """
    tell("clean")
    cleaned = clean(document)
    tell("segment")
    segmented = segment(cleaned)
    tell("pair")
    pairing = pair(segmented.blocks)
    if cleaned.title:
        pairing, left_out = _without_lone_title(pairing, cleaned.title)
        cleaned = replace(cleaned, cuts=(*cleaned.cuts, *left_out))
    if not any(p.zh and p.en for p in pairing.pairs) and not any(
        a.zh and a.en for a in pairing.asides
    ):
        doubts = [_no_pairs(document, segmented)]
    else:
        doubts = list(_strangers(document, pairing))
    if doubts and not anyway:
        raise doubts[0]
    builder = _Builder(cleaned, segmented, pairing, slug)
    del document, cleaned, segmented, pairing  # what the builder lets go of is free then
    imported = builder.build(embed, tell)
    if not doubts and (doubt := _hardly_a_pair(imported.bitext, imported.report.path)):
        doubts = [doubt]
        if not anyway:
            raise doubt
    warnings = (*map(overridden, doubts), *imported.report.warnings)
    return replace(imported, report=replace(imported.report, warnings=warnings))


def _without_lone_title(pairing: Pairing, title: Cut) -> tuple[Pairing, tuple[Cut, ...]]:
    """The pairing without the title's unit, if that found no partner, and what was left out then."""
    start, end = title.span
    for at, item in enumerate(pairing.pairs):
        held = [s for b in item.blocks for s in (*b.label_spans, *b.passage.spans)]
        if not any(a < end and start < b for a, b in held):
            continue
        if (item.zh and item.en) or not all(start <= a and b <= end for a, b in held):
            break
        asides = tuple(
            replace(a, after=a.after - 1) if a.after >= at else a for a in pairing.asides
        )
        pairs = pairing.pairs[:at] + pairing.pairs[at + 1 :]
        return replace(pairing, pairs=pairs, asides=asides), tuple(
            replace(title, span=s) for s in held
        )
    return pairing, ()


def _no_pairs(document: Document, segmented: Segmented) -> Overridable:
    counts = Counter(b.lang for b in segmented.blocks)
    found = f"{counts['zh']} Chinese and {counts['en']} English paragraphs, none of which translates another"
    todo = "check that both languages of one text are in it"
    return Overridable("E-UNBALANCED", document.path, 1, found, todo)


def _strangers(document: Document, pairing: Pairing) -> Iterator[Overridable]:
    """The doubt that the two languages are not translations, where their words say so."""
    match = parallel.match(pairing.pairs)
    if not match.parallel:
        found = (
            f"the two languages do not translate each other: of {match.sentences} sentences the words "
            f"that match are worth {match.found:.1f} each, and {match.shuffled:.1f} in shuffled order"
        )
        todo = f"give a text with its translation, in which they are worth at least {match.least:.1f} more"
        yield Overridable("E-NOT-PARALLEL", document.path, 1, found, todo)


#: Of the pairs of a text, where there are so many, so great a part is right in any translation.
FEW_PAIRS, RIGHT = 5, 0.25


def _hardly_a_pair(bitext: Bitext, path: str) -> Overridable | None:
    """The doubt that the two languages are not translations, where hardly any pair is likely."""
    sure = [u.confidence for u in bitext.units if u.zh and u.en and u.confidence is not None]
    wrong = sum(p < 0.5 for p in sure)
    if len(sure) < FEW_PAIRS or wrong <= (1 - RIGHT) * len(sure):
        return None
    found = (
        "the two languages do not translate each other: "
        f"{wrong} of {len(sure)} pairs are more likely wrong than right"
    )
    return Overridable("E-NOT-PARALLEL", path, 1, found, "give a text with its translation")


class _Builder:
    """Pairs -> units with ids, texts, speakers, doubts; and the claims for the ledger."""

    def __init__(self, cleaned: Cleaned, segmented: Segmented, pairing: Pairing, slug: str):
        self.pairing, self.slug = pairing, slug
        self.document = replace(cleaned.document, lines=())
        self.cleaned = replace(cleaned, document=self.document, lines=())
        self.cuts = (*cleaned.cuts, *segmented.cuts)
        self.layout = replace(pairing.layout, sections=())
        self.repairs: Counter[str] = Counter()
        self.claims: list[ledgers.Claim] = []
        self.speakers, self.speaker_of = speaking.gather(pairing.labels)
        self.counts: Counter[str] = Counter()
        # Where lines start, and their numbers: of a long text the lines themselves take much more.
        self.starts = array("q", [line.start for line in cleaned.document.lines])
        self.numbers = array("q", [line.number for line in cleaned.document.lines])
        self.turn = 0
        self.speaker: str | None = None
        self.answers = self._answers()

    def build(self, embed: bool, tell: Tell) -> Imported:
        units = self._units()
        del self.pairing  # for a long text, half of what is held
        tell("sentences")
        units = [_mark_pairing(u) for u in add_beads(units, judged=True, embed=embed)]
        apart = displaced(units)
        units = _mark_headings(mark_neighbours(_mark_displaced(units, apart)))
        dropped = tuple(self._dropped())
        ledger = ledgers.balance(self.document.text, self.claims)
        metadata = dict(self.cleaned.metadata)
        for lang in ("zh", "en"):
            title = _title(units, lang, self.cleaned.metadata)
            if title:
                metadata.setdefault(f"title_{lang}", title)
        date = date_in_titles(metadata.get(f"title_{lang}", "") for lang in ("zh", "en"))
        if date:
            metadata.setdefault("date", date)
        bitext = Bitext(
            slug=self.slug, metadata=known_metadata(metadata), units=tuple(units), speakers=self.speakers, dropped=dropped,
            source={"file": Path(self.document.path).name, "encoding": self.document.encoding},
            ledger=ledger, repairs=dict(sorted(self.repairs.items())),
            truncated=self.cleaned.truncated, layout=self.layout.name,
        )  # fmt: skip
        report = Report(
            self.document.path, self.slug, self.document.format, self.document.encoding,
            self.layout.name, self.layout.why, bitext,
            tuple(_warnings(bitext, self.document, self.cleaned.truncation, self.numbers[-1] if self.numbers else 0)),
            apart=tuple(apart),
        )  # fmt: skip
        return Imported(bitext, report, tuple(self.claims))

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
        places, rows = [], []
        for index, item in enumerate(self.pairing.pairs):
            if _kind(item) != "heading":
                label = next((b.label for b in item.blocks if b.label), None)
                asks = any(QUESTION.search(side[-1].text) for side in (item.zh, item.en) if side)
                nobody = "" if any(b.turn for b in item.blocks) else None
                name = (self._speaker(label) or label.names[0]) if label else nobody
                places.append(index)
                rows.append(Said(name, asks, bool(label) and asks_by_role(label)))
        return frozenset(places[k] for k in unlabelled_answers(rows))

    def _speaker(self, label: Label) -> str | None:
        """The id of the speaker whom the label names."""
        keys = (speaking.key_of(name) for name in label.names)
        return next((self.speaker_of[k] for k in keys if k in self.speaker_of), None)

    def _begin_turn(self, speaker: str | None) -> None:
        self.turn += 1
        self.counts[f"s{self.turn}"] = 0
        self.speaker = speaker

    def _unit(self, item: Pair) -> Unit:
        kind = _kind(item)
        label = next((b.label for b in item.blocks if b.label), None)
        marked = any(b.turn for b in item.blocks)
        if label is not None or marked:
            speaker = self._speaker(label) if label else None
            if speaker != self.speaker or marked or not self.turn:
                self._begin_turn(speaker)
        inside = self.turn > 0 and kind != "heading"
        prefix = (
            f"s{self.turn}p"
            if inside and kind in ("para", "list", "quote", "cue")
            else LETTERS.get(kind, "p")
        )
        self.counts[prefix] += 1
        zh, en = (
            self._text(blocks, lang, kind) for blocks, lang in ((item.zh, "zh"), (item.en, "en"))
        )
        paired = bool(zh and en)
        confidence = item.posterior if paired else None
        id = f"{prefix}{self.counts[prefix]}"
        for lang, side in (("zh", item.zh), ("en", item.en)):
            for block in side:
                self._claim(block, "units", id, lang)
        return Unit(
            id, kind, zh, en,
            speaker=self.speaker if inside else None, turn=f"s{self.turn}" if inside else None,
            level=max((b.level for b in item.blocks), default=0), confidence=confidence,
            review=tuple(_doubts(item, zh, en)), zh_span=_lines(item.zh), en_span=_lines(item.en),
        )  # fmt: skip

    def _aside(self, aside: Aside, after: str | None) -> Unit:
        prefix = LETTERS[aside.kind]
        self.counts[prefix] += 1
        texts = {
            lang: self._lines_text(lifted, lang)
            for lang, lifted in (("zh", aside.zh), ("en", aside.en))
            if lifted
        }
        blocks = {
            lang: lifted.blocks for lang, lifted in (("zh", aside.zh), ("en", aside.en)) if lifted
        }
        id = f"{prefix}{self.counts[prefix]}"
        for lang, side in blocks.items():
            for block in side:
                place = "notes" if aside.kind in ("note", "vocab") else "units"
                self._claim(block, place, id, lang)
        return Unit(
            id, aside.kind, texts.get("zh"), texts.get("en"), after=after,
            zh_span=_lines(blocks.get("zh", ())), en_span=_lines(blocks.get("en", ())),
        )  # fmt: skip

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

    def _lines_text(self, lifted: Lifted, lang: str) -> str:
        return "\n".join(
            self._normal(part.text, lang, b.kind) for b in lifted.blocks for part in _own_lines(b)
        )

    def _normal(self, text: str, lang: str, kind: str) -> str:
        if kind == "code":
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
        rows: dict[tuple[object, ...], list[Cut]] = {}
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
    for kind in ("cue", "heading", "list", "quote", "code", "footnote"):
        if kinds[kind] and (kind != "heading" or kinds[kind] == len(item.blocks)):
            return kind
    return "para"


def _lines(blocks: Sequence[Block]) -> tuple[int, int] | None:
    return (min(b.first for b in blocks), max(b.last for b in blocks)) if blocks else None


def _run_on(texts: Sequence[str], lang: str) -> str:
    """Cues as one text: Chinese that ends without a mark keeps a blank, which is its comma."""
    out = texts[0]
    for text in texts[1:]:
        tight = lang == "zh" and not (out[-1:].isalnum() and text[:1].isalnum())
        out += ("" if tight else " ") + text
    return out


def _doubts(item: Pair, zh: str | None, en: str | None) -> Iterator[Doubt]:
    if not zh or not en:
        return
    han = len(HAN.findall(zh))
    if han > SHORT:
        ratio = sum(not c.isspace() for c in en) / sum(not c.isspace() for c in zh)
        least, most = RATIO if han > 40 else SHORT_RATIO
        if not least <= ratio <= most:
            yield Doubt("length", (f"{ratio:.1f}",))
    yield from _label_doubts(item)
    years = [set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", t)) for t in (zh, en)]
    for lang, only in (("zh", years[0] - years[1]), ("en", years[1] - years[0])):
        if only and years[0] and years[1]:
            yield Doubt(f"year-{lang}", (", ".join(sorted(only)),))


def _number_doubts(zh: str, en: str) -> Iterator[Doubt]:
    """What the labels of a list's items tell against a pair: two numbers, or the next item's label."""
    numbers = number_of(zh), number_of(en)
    if all(numbers) and numbers[0] != numbers[1]:
        yield Doubt("numbers", tuple(map(str, numbers)))
    for lang, text in (("zh", zh), ("en", en)):
        if label := label_at_end(text):
            yield Doubt(f"label-at-end-{lang}", (label,))


def _mark_pairing(unit: Unit) -> Unit:
    """The unit, marked where it is doubtful that its two texts are a pair."""
    if unit.confidence is None:
        return unit
    doubts = tuple(_number_doubts(unit.zh or "", unit.en or ""))
    confidence = min(unit.confidence, NUMBERS_DIFFER) if doubts else unit.confidence
    unit = replace(unit, confidence=round(confidence, 2), review=(*unit.review, *doubts))
    if unit.confidence >= REVIEW_PAIR:
        return unit
    return replace(unit, review=(Doubt("pairing", (f"{unit.confidence:.2f}",)), *unit.review))


def _label_doubts(item: Pair) -> Iterator[Doubt]:
    """What looks like a label on one side, where the other side has one."""
    for own, other, lang in ((item.en, item.zh, "en"), (item.zh, item.en, "zh")):
        if own[0].label or not other[0].label:
            continue
        for label in speaking.label_at_start(own[0].text[:80]):
            found = label.names[0]
            if (
                label.form == "colon"
                and speaking.name_like(found)
                and not speaking.is_denied(found)
            ):
                yield Doubt(f"label-{lang}", (found,))
                break


def _mark_displaced(units: Sequence[Unit], apart: Sequence[tuple[str, str]]) -> list[Unit]:
    """The units, those marked whose texts probably are halves of one pair, apart in the source."""
    why: dict[str, list[Doubt]] = {}
    for both in apart:
        for unit in both:
            why.setdefault(unit, []).append(Doubt("apart", both))
    return [replace(u, review=(*u.review, *why.get(u.id, ()))) for u in units]


def mark_neighbours(units: Sequence[Unit]) -> list[Unit]:
    """The units, those marked that stand alone beside one alone in the other language: perhaps a pair."""
    text = [u for u in units if u.kind in ("para", "list", "quote", "cue")]
    alone = {
        unit.id
        for pair in itertools.pairwise(text)
        for unit in pair
        if {(bool(u.zh), bool(u.en)) for u in pair} == {(True, False), (False, True)}
        and not any(u.review for u in pair)
    }
    return [
        replace(u, review=(*u.review, Doubt("alone-zh" if u.zh else "alone-en")))
        if u.id in alone
        else u
        for u in units
    ]


def _mark_headings(units: Sequence[Unit]) -> list[Unit]:
    """The units, headings marked that lost their partner: in mid-text, or behind all of the text.

    A language that gives no heading at all has left them out, and none of them is marked.
    """
    text = [k for k, u in enumerate(units) if u.zh and u.en and u.kind != "heading"]
    inner = units[text[0] : text[-1]] if text else ()
    given = any(u.kind == "heading" and u.zh and u.en for u in inner)
    marked = []
    for k, unit in enumerate(units):
        why = ""
        if unit.kind == "heading" and text:
            if k > text[-1] and units[-1].kind == "heading":
                why = "heading-last"
            elif text[0] < k < text[-1] and given and not (unit.zh and unit.en):
                why = "heading-alone"
        marked.append(replace(unit, review=(*unit.review, Doubt(why))) if why else unit)
    return marked


#: `问题1：…`, `Q1: …`: a question of the text is no title.
ASKED = re.compile(
    r"\s*(?:(?:问题|提问|问|Q|Question)\s?[\d一二三四五六七八九十]+\s?[:：.、]|(?:问|Q)\s?[:：])",
    re.IGNORECASE,
)


def _title(units: Sequence[Unit], lang: str, known: Mapping[str, str]) -> str | None:
    """The first heading, if it stands before the text proper begins and the other title's pair is no other."""
    other = "en" if lang == "zh" else "zh"
    title = folded(known.get(f"title_{other}", ""))
    for unit in units[:6]:
        said = unit.text(lang)
        if unit.kind == "heading" and said:
            if HEADING_NUMBER.match(said) or ASKED.match(said):
                return None
            beside = folded(unit.text(other) or "")
            if title and beside and beside not in title and title not in beside:
                return None  # the heading of a part: its other half is known not to be the title
            return re.sub(r"\s*[:：]\s*\Z", "", said)
        if unit.turn or (unit.kind == "para" and unit.zh and unit.en):
            return None
    return None


def _line(unit: Unit) -> int:
    return (unit.zh_span or unit.en_span or (0, 0))[0]


def _lone_stretch(units: Sequence[Unit], missing: str) -> int:
    """The line where the longest stretch of text begins that has no translation."""
    best, line = 0, 1
    for lone, group in itertools.groupby(units, key=lambda u: not u.text(missing)):
        stretch = list(group)
        if lone and len(stretch) > best:
            best, line = len(stretch), _line(stretch[0])
    return line


# --- warnings ------------------------------------------------------------------------------------


def _warnings(bitext: Bitext, document: Document, truncation: str, last: int) -> Iterator[Problem]:
    path = document.path

    def warn(code: str, line: int, found: str, todo: str) -> Problem:
        return Problem(path, line, f"{found} — {todo}", code)

    if bitext.truncated:
        place = re.match(r"line (\d+): (.+)", truncation)
        yield warn(
            "W-TRUNCATED",
            int(place[1]) if place else last,
            place[2] if place else "the text breaks off at its end",
            "published as is, the page says so",
        )
    seen: dict[tuple[str, str], Unit] = {}
    for unit in bitext.units:
        for lang in ("zh", "en"):
            text = unit.text(lang)
            if not text or len(text) < 30:
                continue
            twin = seen.setdefault((lang, text), unit)
            if twin is not unit:
                line = ((unit.zh_span if lang == "zh" else unit.en_span) or (0, 0))[0]
                yield warn(
                    "W-DUPLICATE",
                    line,
                    f"{unit.id} says in {lang} what {twin.id} says",
                    "remove one if it was copied twice",
                )
    zh, en = (
        sum(bool(u.text(lang)) for u in bitext.units if u.kind not in ("note", "vocab"))
        for lang in ("zh", "en")
    )
    if min(zh, en) * 2 < max(zh, en):
        yield warn(
            "W-UNBALANCED",
            _lone_stretch(bitext.units, "en" if en < zh else "zh"),
            f"{zh} units have Chinese and {en} have English",
            "check that no translation is missing",
        )
    for speaker in bitext.speakers:
        if not (speaker.zh and speaker.en):
            missing = "English" if speaker.zh else "Chinese"
            yield warn(
                "W-LABEL",
                next((_line(u) for u in bitext.units if u.speaker == speaker.id), 1),
                f"{speaker.zh or speaker.en} has no {missing} label in this source",
                "add it under speakers in bitext.yml",
            )
    unnamed = {u.turn: u for u in reversed(bitext.units) if u.turn and not u.speaker}
    if unnamed:
        yield warn(
            "W-LABEL",
            min(map(_line, unnamed.values())),
            f"{len(unnamed)} turns carry no label in this source",
            "say who speaks in bitext.yml",
        )
    for unit in bitext.units:
        if unit.review:
            yield warn(
                "W-PAIR",
                _line(unit),
                f"{unit.id}: {'; '.join(english(unit.review))}",
                "compare the two texts",
            )
