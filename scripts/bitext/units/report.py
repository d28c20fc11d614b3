"""An import -> its report in figures: layout, pairs, doubts, what was left out, the next command."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bitext.align.confidence import REVIEW_BEAD
from bitext.kinds import ASIDE
from bitext.model import Bitext, Dropped, Ledger, Overridable, Problem, Unit
from bitext.units.doubts import english

#: Bands of confidence by which the pairs are counted.
BANDS = (
    (0.99, "0.99 and above"),
    (0.9, "0.90 to 0.99"),
    (0.5, "0.50 to 0.90"),
    (0.0, "below 0.50"),
)
#: Pairs that no score was worked out for: notes, and what an editor put together.
UNMEASURED = "not measured"


@dataclass(frozen=True, slots=True)
class Report:
    """An import in figures and quotations; `warnings` carry a W-code each."""

    path: str
    slug: str
    format: str
    encoding: str
    layout: str
    why: str
    bitext: Bitext
    warnings: tuple[Problem, ...] = ()
    written: str = ""  # where the bitext went, once it is written
    next: str = ""  # the command to type
    extra: Mapping[str, object] = field(default_factory=dict)
    apart: tuple[tuple[str, str], ...] = ()  # ids, zh and en, that probably are one pair

    def number_in(self, lang: str) -> int:
        """How many units have text in a language."""
        return sum(bool(u.text(lang)) for u in self.bitext.units)

    @property
    def number_of_beads(self) -> int:
        return sum(len(u.beads) for u in self.bitext.units)

    @property
    def pairs(self) -> list[Unit]:
        return [u for u in self.bitext.units if u.zh and u.en]

    @property
    def unpaired(self) -> list[Unit]:
        return [u for u in self.bitext.units if not (u.zh and u.en) and u.kind not in ASIDE]

    @property
    def doubtful(self) -> list[Unit]:
        return [u for u in self.bitext.units if u.review]

    @property
    def doubtful_beads(self) -> list[tuple[str, int, float]]:
        """Sentence beads to look at: the unit's id, the bead's number in it from 1, its confidence."""
        return [
            (u.id, k, b.posterior)
            for u in self.bitext.units
            for k, b in enumerate(u.beads, 1)
            if b.posterior < REVIEW_BEAD
        ]


def overridden(doubt: Overridable) -> Problem:
    """The warning that stays of a refusal which `--anyway` overrode."""
    code = f"W-{doubt.code.removeprefix('E-')}"
    return Problem(doubt.path, doubt.line, f"{doubt.found} — imported by --anyway", code)


def bands(pairs: Sequence[Unit]) -> dict[str, int]:
    """How many pairs each band of confidence holds."""
    counts = dict.fromkeys((*(name for _, name in BANDS), UNMEASURED), 0)
    for unit in pairs:
        value = unit.confidence
        counts[UNMEASURED if value is None else _band(value)] += 1
    return counts


def _band(value: float) -> str:
    return next(name for least, name in BANDS if value >= least)


def dropped_by_reason(dropped: Sequence[Dropped]) -> dict[str, int]:
    """How many pieces were left out for each reason, the most frequent first."""
    return dict(Counter(d.reason for d in dropped).most_common())


#: Characters of a text that are quoted, hand-set: what lets an editor find the paragraph.
QUOTED = 40


def quote(text: str | None, size: int = QUOTED) -> str:
    """The start of a text, on one line."""
    flat = " ".join((text or "").split())
    return flat if len(flat) <= size else flat[: size - 1] + "…"


def to_mapping(report: Report) -> dict[str, object]:
    """The report as plain values, for `--format json`."""
    bitext = report.bitext
    return {
        "file": report.path, "slug": report.slug, "written": report.written or None,
        "format": report.format, "encoding": report.encoding,
        "layout": report.layout, "why": report.why,
        "units": _units(report), "confidence": bands(report.pairs), "beads": _beads(report),
        "doubtful": [_doubtful(u) for u in report.doubtful],
        "unpaired": [_unpaired(u) for u in report.unpaired],
        "apart": [{"zh": a, "en": b} for a, b in report.apart],
        "dropped": [{"text": d.text, "reason": d.reason, "line": d.line} for d in bitext.dropped],
        "repairs": dict(bitext.repairs),
        "speakers": [
            {"id": s.id, "zh": s.zh, "en": s.en, "labels": [*s.labels_zh, *s.labels_en]} for s in bitext.speakers
        ],
        "metadata": dict(bitext.metadata),
        "ledger": _ledger(bitext.ledger) if bitext.ledger else None,
        "warnings": [{"code": w.code, "line": w.line, "message": w.message} for w in report.warnings],
        "truncated": bitext.truncated,
        "next": report.next,
        **report.extra,
    }  # fmt: skip


def _units(report: Report) -> dict[str, object]:
    units = report.bitext.units
    return {
        "total": len(units), "paired": len(report.pairs),
        "zh": report.number_in("zh"), "en": report.number_in("en"),
        "kinds": dict(Counter(u.kind for u in units)),
    }  # fmt: skip


def _beads(report: Report) -> dict[str, object]:
    return {
        "total": report.number_of_beads,
        "doubtful": [{"id": id, "bead": k, "confidence": p} for id, k, p in report.doubtful_beads],
    }


def _doubtful(unit: Unit) -> dict[str, object]:
    return {
        "id": unit.id, "line": line_of(unit), "review": english(unit.review),
        "zh": quote(unit.zh), "en": quote(unit.en),
    }  # fmt: skip


def _unpaired(unit: Unit) -> dict[str, object]:
    lang = "zh" if unit.zh else "en"
    return {"id": unit.id, "lang": lang, "line": line_of(unit), "text": quote(unit.zh or unit.en)}


def _ledger(ledger: Ledger) -> dict[str, object]:
    return {
        "total": ledger.total, "units": ledger.units, "labels": ledger.labels, "notes": ledger.notes,
        "metadata": ledger.metadata, "dropped": ledger.dropped, "complete": ledger.complete,
    }  # fmt: skip


def line_of(unit: Unit) -> int:
    """The line of the source with which the unit begins, 0 where it has none."""
    return (unit.zh_span or unit.en_span or (0, 0))[0]
