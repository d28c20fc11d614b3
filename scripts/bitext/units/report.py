"""An import -> its report: layout, pairs, doubts, what was left out, and the next command."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bitext.align.confidence import REVIEW_BEAD
from bitext.kinds import ASIDE
from bitext.model import Bitext, Dropped, Overridable, Problem, Unit
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


#: So many beads are named in the report; the JSON names them all.
MOST_BEADS = 12


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


def quote(text: str | None, size: int = 40) -> str:
    """The start of a text, on one line."""
    flat = " ".join((text or "").split())
    return flat if len(flat) <= size else flat[: size - 1] + "…"


def to_mapping(report: Report) -> dict[str, object]:
    """The report as plain values, for `--format json`."""
    bitext = report.bitext
    ledger = bitext.ledger
    return {
        "file": report.path, "slug": report.slug, "written": report.written or None,
        "format": report.format, "encoding": report.encoding,
        "layout": report.layout, "why": report.why,
        "units": {
            "total": len(bitext.units), "paired": len(report.pairs),
            "zh": sum(bool(u.zh) for u in bitext.units), "en": sum(bool(u.en) for u in bitext.units),
            "kinds": dict(Counter(u.kind for u in bitext.units)),
        },
        "confidence": bands(report.pairs),
        "beads": {
            "total": sum(len(u.beads) for u in bitext.units),
            "doubtful": [{"id": id, "bead": k, "confidence": p} for id, k, p in report.doubtful_beads],
        },
        "doubtful": [
            {"id": u.id, "line": _line(u), "review": english(u.review), "zh": quote(u.zh), "en": quote(u.en)}
            for u in report.doubtful
        ],
        "unpaired": [
            {"id": u.id, "lang": "zh" if u.zh else "en", "line": _line(u), "text": quote(u.zh or u.en)}
            for u in report.unpaired
        ],
        "apart": [{"zh": a, "en": b} for a, b in report.apart],
        "dropped": [{"text": d.text, "reason": d.reason, "line": d.line} for d in bitext.dropped],
        "repairs": dict(bitext.repairs),
        "speakers": [
            {"id": s.id, "zh": s.zh, "en": s.en, "labels": [*s.labels_zh, *s.labels_en]} for s in bitext.speakers
        ],
        "metadata": dict(bitext.metadata),
        "ledger": {
            "total": ledger.total, "units": ledger.units, "labels": ledger.labels, "notes": ledger.notes,
            "metadata": ledger.metadata, "dropped": ledger.dropped, "complete": ledger.complete,
        } if ledger else None,
        "warnings": [{"code": w.code, "line": w.line, "message": w.message} for w in report.warnings],
        "truncated": bitext.truncated,
        "next": report.next,
        **report.extra,
    }  # fmt: skip


def _merge_rows(report: Report) -> Iterator[tuple[str, str]]:
    """What a merge did, a row a kind; each conflict in full."""
    changes = report.extra.get("merge")
    if not isinstance(changes, Mapping):
        return
    for name in ("updated", "added", "removed", "kept"):
        if changes[name]:
            yield f"merge: {name}", ", ".join(dict.fromkeys(changes[name]))
    for conflict in changes["conflicts"]:
        yield (
            "merge: conflict",
            f"{conflict['id']} {conflict['lang']}: {conflict['why']}: {quote(conflict['theirs'], 60)}",
        )


def _line(unit: Unit) -> int:
    return (unit.zh_span or unit.en_span or (0, 0))[0]


def print_report(report: Report, console) -> None:
    """The report for a reader at a terminal; `console` is rich's."""
    from rich.markup import escape as plain
    from rich.table import Table

    units = report.bitext.units

    def row(name: str, text: str) -> None:
        table.add_row(f"[bold]{name}[/bold]", text)

    console.print(
        f"[bold]{plain(report.path)}[/bold]  {report.format}, {report.encoding}", highlight=False
    )
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    row("layout", f"{report.layout}: {plain(report.why)}")
    row(
        "units",
        f"{len(units)} ({len(report.pairs)} pairs; {sum(bool(u.zh) for u in units)} with Chinese, "
        f"{sum(bool(u.en) for u in units)} with English)",
    )
    row(
        "pairs by confidence",
        ", ".join(f"{n} {name}" for name, n in bands(report.pairs).items() if n) or "none",
    )
    beads, low = sum(len(u.beads) for u in units), report.doubtful_beads
    if beads:
        places = ", ".join(f"{id} {number}" for id, number, _ in low[:MOST_BEADS])
        more = "" if len(low) <= MOST_BEADS else ", …"
        row(
            "sentence beads",
            f"{beads}, {len(low)} to look at (below {REVIEW_BEAD})"
            + (f": {places}{more}" if places else ""),
        )
    for unit in report.doubtful:
        sides = plain(" | ".join(x for x in (quote(unit.zh), quote(unit.en)) if x))
        row(
            "  look at",
            f"{unit.id} (line {_line(unit)}): {plain('; '.join(english(unit.review)))}\n  {sides}",
        )
    for unit in report.unpaired:
        language = "Chinese" if unit.zh else "English"
        row(
            "  unpaired",
            f"{unit.id} (line {_line(unit)}), {language} only: {plain(quote(unit.zh or unit.en))}",
        )
    lines = {u.id: f"{u.id} (line {_line(u)})" for u in report.bitext.units}
    for zh, en in report.apart:
        row(
            "  one pair?", f"the Chinese of {lines.get(zh, zh)}, the English of {lines.get(en, en)}"
        )
    for reason, number in dropped_by_reason(report.bitext.dropped).items():
        some = next(d for d in report.bitext.dropped if d.reason == reason)
        row(
            "  left out",
            f"{number} × {plain(reason)}: {plain(quote(some.text))} (line {some.line})",
        )
    row(
        "repairs",
        ", ".join(f"{n} {plain(kind)}" for kind, n in report.bitext.repairs.items()) or "none",
    )
    row(
        "speakers",
        plain("; ".join(" / ".join(filter(None, (s.zh, s.en))) for s in report.bitext.speakers))
        or "none",
    )
    row(
        "metadata",
        plain("; ".join(f"{k}: {quote(str(v), 60)}" for k, v in report.bitext.metadata.items()))
        or "none",
    )
    for name, ids in _merge_rows(report):
        row(name, plain(ids))
    ledger = report.bitext.ledger
    if ledger:
        row(
            "ledger",
            f"{ledger.accounted} of {ledger.total} characters: {ledger.units} in units, {ledger.labels} in labels, "
            f"{ledger.notes} in notes, {ledger.metadata} read as metadata, {ledger.dropped} left out",
        )
    console.print(table, highlight=False)
    for warning in (w for w in report.warnings if w.code != "W-PAIR"):  # quoted above
        console.print(plain(str(warning)), highlight=False, soft_wrap=True)
    if report.written:
        console.print(f"wrote {plain(report.written)}", highlight=False, soft_wrap=True)
    if report.next:
        console.print(f"next: [bold]{plain(report.next)}[/bold]", highlight=False, soft_wrap=True)
