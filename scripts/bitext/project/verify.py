"""Bitext + record of its import + source's bytes -> Proof: what is published is what was received.

Proved on each side: the sequence of visible characters, with the listed corrections undone and the
listed omissions put back; each turn's label and its speaker; and that every other character of the
source is label, markup, metadata or left out with a reason. White space is held by the digests
taken at import. The pairing is never made again, so a better importer raises no false alarm.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bitext.library.imports import LabelRecord, Place, Record, UnitRecord, digest, merged
from bitext.library.lines import joint
from bitext.library.yaml_lines import scalar
from bitext.model import LANGS, Bitext, Correction, Dropped, Ledger, LeftOut, Problem, Proof, Unit
from bitext.project.visible import Visible
from bitext.project.walk import Difference, Walk, walk
from bitext.source import is_blank

SIDE = {"zh": "Chinese", "en": "English"}
#: Characters of context by which the place of a correction is found.
CONTEXT = 8
#: A text that was cut in more places is not tried for its white space.
MOST_CUTS = 6
#: What stands around a difference in an entry that is printed to be pasted.
AROUND = 12
NO_SPEAKER = ("heading", "note", "vocab", "glossary", "footnote", "code", "other")


def bare(text: str | None) -> str:
    """The text without white space, zero-width and control characters."""
    text = text or ""
    blank = {c for c in set(text) if is_blank(c)}
    return "".join([c for c in text if c not in blank]) if blank else text


def canonical(text: str, kind: str, lang: str) -> str:
    """The text as its digest takes it: runs of white space are one space, and paragraphs join as
    lines do, so that parting a text anew changes nothing."""
    if kind == "code":
        return text.strip("\n")
    parts = [" ".join(p.split()) for p in re.split(r"\n+", text)]
    out = ""
    for part in filter(None, parts):
        out += (joint(out, part, lang) if out else "") + part
    return out


# --- one side ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Given:
    """A unit's text on one side, its corrections undone."""

    unit: Unit
    text: str
    start: int  # of its visible characters among those of the side
    end: int


@dataclass(frozen=True, slots=True)
class Received:
    """A text of the source as the import placed it in a unit."""

    record: UnitRecord
    place: Place
    start: int  # of its characters among those of the side
    end: int


@dataclass(frozen=True, slots=True)
class Side:
    """One language: what was received, what is given, and how the second follows the first."""

    lang: str
    given: tuple[Given, ...]
    received: tuple[Received, ...]
    source: str
    walk: Walk
    undone: frozenset[int]  # corrections that were undone, as indexes

    def given_at(self, at: int) -> Given | None:
        """The given text that holds this visible character; the last one behind all of them."""
        k = bisect_right(self.given, at, key=lambda g: g.start) - 1
        return self.given[k] if k >= 0 else (self.given[0] if self.given else None)

    def received_at(self, at: int) -> Received | None:
        """The received text that holds this visible character; the last one behind all of them."""
        k = bisect_right(self.received, at, key=lambda r: r.start) - 1
        return self.received[k] if k >= 0 else (self.received[0] if self.received else None)

    def place_of(self, start: int, end: int) -> Place:
        """Where in the source these visible characters of this side stand."""
        spans = []
        for item in self.received:
            at = item.start
            for a, b in item.place if item.start < end and start < item.end else ():
                lo, hi = max(start, at), min(end, at + b - a)
                if lo < hi:
                    spans.append((a + lo - at, a + hi - at))
                at += b - a
        return merged(spans)


def _side(bitext: Bitext, record: Record, source: Visible, lang: str) -> Side:
    received, texts, at = [], [], 0
    for unit in record.units:
        side = unit.side(lang)
        if side:
            text = "".join([source.text[a:b] for a, b in side.at])
            received.append(Received(unit, side.at, at, at + len(text)))
            texts.append(text)
            at += len(text)
    whole = "".join(texts)
    listed: dict[str, list[int]] = {}
    for k, correction in enumerate(bitext.corrections):
        if correction.what == "text" and correction.lang in ("", lang):
            listed.setdefault(correction.at, []).append(k)
    given, at, undone = [], 0, set()
    for unit in bitext.units:
        text = unit.text(lang) or ""
        for k in reversed(listed.get(unit.id, ())):
            before = undo(text, bitext.corrections[k], whole)
            if before is not None:
                text = before
                undone.add(k)
        if text:
            size = len(bare(text))
            given.append(Given(unit, text, at, at + size))
            at += size
    found = walk(
        whole, "".join([bare(g.text) for g in given]), [bare(o.was) for o in bitext.left_out]
    )
    return Side(lang, tuple(given), tuple(received), whole, found, frozenset(undone))


def undo(text: str, correction: Correction, source: str) -> str | None:
    """The text before the correction; None where it cannot have been made here.

    `is` may stand several times in the text: the one is meant whose neighbours stand around `was`
    in the source.
    """
    was, now = bare(correction.was), correction.now
    if not (was or now) or (was and was not in source) or now not in text:
        return None
    starts = [m.start() for m in re.finditer(re.escape(now), text)] if now else range(len(text) + 1)
    best, chosen = -1, 0
    for start in starts:
        before = bare(text[max(0, start - 3 * CONTEXT) : start])[-CONTEXT:]
        after = bare(text[start + len(now) : start + len(now) + 3 * CONTEXT])[:CONTEXT]
        fit = _fit(before, was, after, source)
        if fit > best:
            best, chosen = fit, start
        if fit == 2 * CONTEXT:
            break
    if best < 0 or (not now and not best and text):
        return None
    return text[:chosen] + correction.was + text[chosen + len(now) :]


def _fit(before: str, was: str, after: str, source: str) -> int:
    """How many characters of context stand around `was` somewhere in the source; -1 without it."""
    for size in (CONTEXT, CONTEXT // 2, 2, 1, 0):
        left, right = before[max(0, len(before) - size) :], after[:size]
        if left + was + right in source:
            return len(left) + len(right)
    return -1


# --- white space ---------------------------------------------------------------------------------


def _white_space(side: Side) -> Iterator[tuple[Received, bool | None]]:
    """For each received text whose characters are all given: whether its white space is the same.

    None where that cannot be told: listed omissions stand inside it, or it is cut in many places.
    """
    changed = [(d.a, max(d.b, d.a + 1)) for d in side.walk.differences]
    gone = [(o.start, o.start + o.size) for o in side.walk.omissions]
    for item in side.received:
        span = side.walk.given_span(item.start, item.end)
        if span:
            yield item, _has_digest(item, list(_pieces(side, *span)), side.lang)
        elif any(a < item.end and item.start < b for a, b in changed) or any(
            a <= item.start and item.end <= b for a, b in gone
        ):
            continue  # told already, or not given at all
        elif item.start < item.end:
            yield item, None


def _pieces(side: Side, start: int, end: int) -> Iterator[str]:
    """The stretches of the given texts that hold these visible characters, with their white space."""
    k = max(0, bisect_right(side.given, start, key=lambda g: g.start) - 1)
    for item in itertools.takewhile(lambda g: g.start < end, side.given[k:]):
        lo, hi = max(start, item.start) - item.start, min(end, item.end) - item.start
        if lo < hi:
            yield _stretch(item.text, lo, hi)


def _stretch(text: str, start: int, end: int) -> str:
    """The part of a text from its visible character number `start` to number `end`, half-open."""
    places = [k for k, c in enumerate(text) if not is_blank(c)]
    return text if end - start == len(places) else text[places[start] : places[end - 1] + 1]


def _has_digest(item: Received, pieces: list[str], lang: str) -> bool | None:
    """Whether the pieces, joined as lines or with one space, are the text that was imported."""
    recorded = item.record.side(lang)
    if recorded is None or not pieces:
        return None
    if len(pieces) > MOST_CUTS:
        return None
    kinds = ("para", "code") if len(pieces) == 1 else ("para",)
    for kind in kinds:
        for gaps in itertools.product(("\n\n", " ", ""), repeat=len(pieces) - 1):
            text = pieces[0] + "".join(g + p for g, p in zip(gaps, pieces[1:], strict=True))
            if digest(canonical(text, kind, lang)) == recorded.digest:
                return True
    return False


# --- speakers ------------------------------------------------------------------------------------


def name_of(label: LabelRecord, source: Visible) -> str:
    """A label as the source has it, without white space."""
    return label.name or "".join([source.text[a:b] for a, b in label.at])


def _speakers(
    bitext: Bitext, record: Record, source: Visible, sides: Iterable[Side]
) -> Iterator[Problem]:
    """Turns whose speaker is not the one that the source's labels name, and labels that it has not."""
    labels = [(label.lang, bare(name_of(label, source)).casefold()) for label in record.labels]
    listed = {c.at: c for c in bitext.corrections if c.what == "speaker"}
    names = {
        s.id: {
            lang: [bare(name).casefold() for name in spelt]
            for lang, spelt in (("zh", s.labels_zh), ("en", s.labels_en))
        }
        for s in bitext.speakers
    }
    told: set[str] = set()
    for side in sides:
        for item in side.received:
            span = (
                side.walk.given_span(item.start, item.start + 1) if item.start < item.end else None
            )
            given = side.given_at(span[0]) if span else None
            if given is None or given.unit.id in told or given.unit.kind in NO_SPEAKER:
                continue
            wanted = [labels[k] for k in item.record.labels if 0 <= k < len(labels)]
            own = given.unit.speaker
            before = listed.get(given.unit.id)
            if before and before.now == own:
                own = before.was or None
            if _speaks(own, wanted, names):
                continue
            told.add(given.unit.id)
            yield _wrong_speaker(bitext, given.unit, item.record, record, source, names)
    for correction in bitext.corrections:
        if correction.what == "speaker":
            unit = next((u for u in bitext.units if u.id == correction.at), None)
            if (
                unit is None
                or (unit.speaker or "") != correction.now
                or correction.was == correction.now
            ):
                yield Problem(bitext.path, correction.line, f"the correction at {correction.at} says the speaker is now '{correction.now}', which is not so — remove it, or set the unit's speaker", "E-PROOF")  # fmt: skip
    there = {lang: [n for where, n in labels if where == lang] for lang in LANGS}
    for speaker in bitext.speakers:
        for lang in LANGS:
            for name in names[speaker.id][lang]:
                if not any(name in label for label in there[lang]):
                    yield Problem(bitext.path, speaker.line, f"speaker {speaker.id}: the source has no label '{name}' — labels_{lang} holds the labels as the source spells them", "E-PROOF")  # fmt: skip


def _speaks(speaker: str | None, wanted: Sequence[tuple[str, str]], names: Mapping) -> bool:
    """Whether the labels of a turn name this speaker, and no other speaker more fully."""
    if not wanted:
        return speaker is None
    if speaker not in names:
        return False
    for lang, label in wanted:
        fits = {id: max((len(n) for n in own[lang] if n and n in label), default=0) for id, own in names.items()}  # fmt: skip
        if not fits[speaker] or fits[speaker] < max(fits.values()):
            return False
    return True


def _wrong_speaker(
    bitext, unit: Unit, imported: UnitRecord, record: Record, source: Visible, names
) -> Problem:
    said = [name_of(record.labels[k], source) for k in imported.labels if k < len(record.labels)]
    why = f"the source's label is “{' / '.join(said)}”" if said else "the source has no label there"
    entry = _entry(unit.id, "", "<speaker's id before>", unit.speaker or "", what="speaker")
    return Problem(
        bitext.path, unit.line, f"{unit.id}: spoken by '{unit.speaker or 'nobody'}', but {why} — restore it, or list it",
        "E-PROOF", entry,
    )  # fmt: skip


# --- what is told --------------------------------------------------------------------------------


def _entry(at: str, lang: str, was: str, now: str, what: str = "text") -> str:
    """An entry for `corrections`, ready but for its reasons."""
    rows = [f"- at: {at}"]
    rows += [f"  what: {what}"] if what != "text" else []
    rows += [f"  lang: {lang}"] if lang else []
    rows += [
        f"  was: {scalar(was)}", f"  is: {scalar(now)}", f'  date: "{date.today().isoformat()}"',
        "  why_zh:", "  why_en:", "  twin: open",
    ]  # fmt: skip
    return "\n".join(["corrections:", *("  " + row for row in rows)])


def _left_out_entry(was: str) -> str:
    return f"left_out:\n  - was: {scalar(was)}\n    why_zh:\n    why_en:"


def _difference(bitext: Bitext, side: Side, source: Visible, d: Difference) -> Problem:
    """A difference as a problem that names its unit and brings the entry that would list it."""
    received = side.received_at(d.a if d.a < d.b else max(0, d.a - 1))
    given = side.given_at(d.c if d.c < d.d else max(0, d.c - 1))
    gone = _shown(side, source, d.a, d.b)
    come = "".join(_pieces(side, d.c, d.d)) if d.c < d.d else ""
    there = {u.id for u in bitext.units}
    name = received.record.id if received and d.a < d.b else given.unit.id if given else "?"
    line = given.unit.line if given else 1
    if d.a < d.b and not (received and received.record.id in there):
        found = f"{name} is gone, with {d.b - d.a} {SIDE[side.lang]} characters of the source: {_short(gone)}"
        return Problem(bitext.path, line, f"{found} — restore it, or list it", "E-PROOF", _left_out_entry(gone))  # fmt: skip
    unit = given.unit if given else None
    where = unit.id if unit else name
    if d.a < d.b and d.c == d.d:
        if received and received.record.id in there:
            where = received.record.id
            line = next(u.line for u in bitext.units if u.id == where)
        whole = received is not None and d.a <= received.start and received.end <= d.b
        found = f"{where}: the {SIDE[side.lang]} lacks {_short(gone)}, which the source has"
        if whole:
            return Problem(bitext.path, line, f"{found} — restore it, or list it", "E-PROOF", _left_out_entry(gone))  # fmt: skip
    elif d.a == d.b:
        found = f"{where}: the source has no {_short(come)} in its {SIDE[side.lang]}"
    else:
        found = (
            f"{where}: the source has {_short(gone)} in its {SIDE[side.lang]}, not {_short(come)}"
        )
    was, now = _with_context(side, source, d)
    return Problem(bitext.path, line, f"{found} — restore it, or list it", "E-PROOF", _entry(where, side.lang, was, now))  # fmt: skip


def _short(text: str) -> str:
    text = " ".join(text.split())
    return f"“{text[:40]}…”" if len(text) > 41 else f"“{text}”"


def _shown(side: Side, source: Visible, start: int, end: int) -> str:
    return " ".join(filter(None, (source.shown(a, b) for a, b in side.place_of(start, end))))


def _with_context(side: Side, source: Visible, d: Difference) -> tuple[str, str]:
    """What was and what is, widened to words until `is` is not empty and stands for one place."""
    given = side.given_at(d.c if d.c < d.d else max(0, d.c - 1))
    if given is None:
        return _shown(side, source, d.a, d.b), ""
    left = right = 0
    while True:
        c, e = d.c - left, d.d + right
        now = "".join(_pieces(side, max(c, given.start), min(e, given.end)))
        enough = now and given.text.count(now) == 1 and _at_words(given, side, c, e)
        can_left = c > given.start and left < AROUND and d.a - left > 0
        can_right = e < given.end and right < AROUND and d.b + right < len(side.source)
        if enough or not (can_left or can_right):
            break
        if can_left:
            left += 1
        if can_right:
            right += 1
    was = _shown(side, source, d.a - left, d.b + right)
    return was, now


def _at_words(given: Given, side: Side, start: int, end: int) -> bool:
    """Whether a stretch of a text begins and ends at words: no letter or digit is cut from its word."""
    places = [k for k, c in enumerate(given.text) if not is_blank(c)]
    lo, hi = places[max(0, start - given.start)], places[min(end, given.end) - given.start - 1] + 1
    return not any(
        0 < at < len(given.text) and given.text[at - 1].isascii() and given.text[at].isascii()
        and given.text[at - 1].isalnum() and given.text[at].isalnum()
        for at in (lo, hi)
    )  # fmt: skip


# --- the proof -----------------------------------------------------------------------------------


def verify(bitext: Bitext, record: Record | None, source: Visible | None, why: str = "") -> Bitext:
    """The bitext with its proof, its ledger, what was left out, and the source lines of its units.

    `source` is None where the source cannot be read again; `why` says why.
    """
    if record is None or source is None:
        total = sum(len(bare(u.text(lang))) for u in bitext.units for lang in LANGS)
        return replace(bitext, proof=Proof(0, 0, total, None, (why or "no record of an import",)))
    sides = [_side(bitext, record, source, lang) for lang in LANGS]
    problems = [_difference(bitext, s, source, d) for s in sides for d in s.walk.differences]
    unchecked: list[str] = []
    unknown = 0
    for side in sides:
        for item, same in _white_space(side):
            if same is None:
                unchecked.append(f"white space of {item.record.id} ({side.lang})")
                unknown += item.end - item.start
            elif not same:
                problems.append(_wrong_space(bitext, side, item, source))
    problems += _unused(bitext, sides)
    problems += _speakers(bitext, record, source, sides)
    problems += _claims(bitext, record, source)
    wrong = sum(max(d.b - d.a, d.d - d.c) for s in sides for d in s.walk.differences)
    ledger = _ledger(bitext, record, source, sides)
    wrong = min(ledger.total, wrong or bool(problems))
    unknown = min(unknown, ledger.total - wrong)
    proof = Proof(
        ledger.total - wrong - unknown, wrong, unknown, ledger, tuple(unchecked), tuple(problems)
    )
    return replace(
        bitext, proof=proof, ledger=ledger, units=tuple(_with_lines(bitext, record, source)),
        dropped=tuple(_dropped(bitext, record, source, sides)),
    )  # fmt: skip


def _wrong_space(bitext: Bitext, side: Side, item: Received, source: Visible) -> Problem:
    span = side.walk.given_span(item.start, item.end)
    given = side.given_at(span[0]) if span else None
    unit = given.unit if given else None
    place = side.place_of(item.start, item.end)
    line = source.line(place[0][0]) if place else 0
    return Problem(
        bitext.path, unit.line if unit else 1,
        f"{unit.id if unit else item.record.id}: the {SIDE[side.lang]} has other spaces than the source (line {line}) — restore them, or list the words with and without under corrections",
        "E-PROOF",
    )  # fmt: skip


def _unused(bitext: Bitext, sides: Sequence[Side]) -> Iterator[Problem]:
    """Corrections and omissions that are listed and did not happen."""
    for k, correction in enumerate(bitext.corrections):
        same = correction.was.split() == correction.now.split()
        if correction.what == "text" and (same or not any(k in s.undone for s in sides)):
            yield Problem(
                bitext.path, correction.line,
                f"the correction at {correction.at} did not happen: {_why_not(bitext, correction, sides)} — mend the entry, or remove it",
                "E-PROOF",
            )  # fmt: skip
    used = {o.which for s in sides for o in s.walk.omissions}
    for k, item in enumerate(bitext.left_out):
        if k not in used:
            yield Problem(
                bitext.path, item.line,
                f"{_short(item.was)} is listed as left out, but it is in a unit or never was in one — mend the entry, or remove it",
                "E-PROOF",
            )  # fmt: skip


def _why_not(bitext: Bitext, correction: Correction, sides: Sequence[Side]) -> str:
    if correction.was.split() == correction.now.split():
        return "`was` and `is` are the same"
    unit = next((u for u in bitext.units if u.id == correction.at), None)
    if unit is None:
        return "there is no such unit"
    langs = [correction.lang] if correction.lang else list(LANGS)
    if not any(correction.now in (unit.text(lang) or "") for lang in langs):
        return f"{_short(correction.now)} does not stand there"
    return f"the source has no {_short(correction.was)} there"


def _claims(bitext: Bitext, record: Record, source: Visible) -> Iterator[Problem]:
    """Characters of the source that the record of the import leaves out of account, or counts twice."""
    at, size = 0, len(source.text)
    folder = bitext.path.rpartition("/")[0]
    path = f"{folder}/import.json" if folder else "import.json"
    todo = "restore import.json from the repository's history, or import the source anew"
    for start, end in sorted((*_all_places(record), (size, size))):
        if start > at:
            yield Problem(path, 0, f"{start - at} characters of the source at line {source.line(at)} are in no unit and not left out — {todo}", "E-PROOF")  # fmt: skip
        elif start < at and end > start:
            yield Problem(path, 0, f"characters of the source at line {source.line(start)} are counted twice — {todo}", "E-PROOF")  # fmt: skip
        if end > size:
            yield Problem(path, 0, f"a place behind the end of the source — {todo}", "E-PROOF")
            return
        at = max(at, end)


def _all_places(record: Record) -> Iterator[tuple[int, int]]:
    for unit in record.units:
        for lang in LANGS:
            side = unit.side(lang)
            yield from side.at if side else ()
    for item in (*record.labels, *record.left_out):
        yield from item.at


# --- the account ---------------------------------------------------------------------------------


def _size(place: Place) -> int:
    return sum(b - a for a, b in place)


def _ledger(bitext: Bitext, record: Record, source: Visible, sides: Sequence[Side]) -> Ledger:
    """Where every visible character of the source went, as it is now."""
    kinds = {u.id: u.kind for u in bitext.units}
    out: Counter[str] = Counter()
    for side in sides:
        omitted = [(o.start, o.start + o.size) for o in side.walk.omissions]
        for item in side.received:
            aside = kinds.get(item.record.id) in ("note", "vocab")
            gone = sum(max(0, min(b, item.end) - max(a, item.start)) for a, b in omitted)
            out["notes" if aside else "units"] += item.end - item.start - gone
            out["dropped"] += gone
        for d in side.walk.differences:
            lost = d.b - d.a if d.c == d.d else 0  # gone without a word
            out["units"] -= lost
    out["labels"] = sum(_size(label.at) for label in record.labels)
    for left in record.left_out:
        out["metadata" if left.key else "dropped"] += _size(left.at)
    return Ledger(
        len(source.text), max(0, out["units"]), out["labels"], out["notes"], out["metadata"],
        out["dropped"],
    )  # fmt: skip


def _dropped(
    bitext: Bitext, record: Record, source: Visible, sides: Sequence[Side]
) -> Iterator[Dropped]:
    """What is not published, with its line and its reason; the markup of a line is one entry."""
    rows: dict[tuple[object, ...], list[str]] = {}
    for left in record.left_out:
        if not left.at:
            continue
        line = source.line(left.at[0][0])
        alone = left.at if left.reason != "markup" else None
        texts = [source.shown(a, b) for a, b in left.at]
        reason = f"metadata: {left.key}" if left.key else left.reason
        rows.setdefault((line, reason, alone), []).extend(texts)
    out = [Dropped(" ".join(texts), str(reason), int(str(line))) for (line, reason, _), texts in rows.items()]  # fmt: skip
    for side in sides:
        for o in side.walk.omissions:
            item: LeftOut = bitext.left_out[o.which]
            place = side.place_of(o.start, o.start + o.size)
            line = source.line(place[0][0]) if place else 0
            out.append(Dropped(_shown(side, source, o.start, o.start + o.size), item.why_en, line, item.why_zh))  # fmt: skip
    yield from sorted(out, key=lambda d: d.line)


def _with_lines(bitext: Bitext, record: Record, source: Visible) -> Iterator[Unit]:
    """The units with the source lines that they came from."""
    known = record.by_id()
    for unit in bitext.units:
        row = known.get(unit.id)
        spans = {
            lang: (source.line(side.at[0][0]), source.line(side.at[-1][1] - 1))
            if row and (side := row.side(lang)) and side.at
            else None
            for lang in LANGS
        }
        yield replace(unit, zh_span=spans["zh"], en_span=spans["en"])
