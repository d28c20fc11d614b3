"""A report -> the rows and lines that a reader at a terminal sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from bitext.align.confidence import REVIEW_BEAD
from bitext.units.doubts import english
from bitext.units.report import Report, bands, dropped_by_reason, line_of, quote

#: What a row is about, and what it says.
Row = tuple[str, str]

#: So many beads are named, hand-set so that they fit on a line or two; the JSON names them all.
MOST_BEADS = 12
#: Characters of a value that are quoted, hand-set: of metadata, and of a text that a merge refused.
QUOTED_VALUE = 60
NOTHING = "none"


def _layout(report: Report) -> Iterator[Row]:
    yield "layout", f"{report.layout}: {report.why}"


def _units(report: Report) -> Iterator[Row]:
    yield (
        "units",
        f"{len(report.bitext.units)} ({len(report.pairs)} pairs; {report.number_in('zh')} with Chinese, "
        f"{report.number_in('en')} with English)",
    )


def _confidence(report: Report) -> Iterator[Row]:
    counts = [f"{n} {name}" for name, n in bands(report.pairs).items() if n]
    yield "pairs by confidence", ", ".join(counts) or NOTHING


def _beads(report: Report) -> Iterator[Row]:
    low = report.doubtful_beads
    if not report.number_of_beads:
        return
    places = ", ".join(f"{id} {number}" for id, number, _ in low[:MOST_BEADS])
    more = "" if len(low) <= MOST_BEADS else ", …"
    count = f"{report.number_of_beads}, {len(low)} to look at (below {REVIEW_BEAD})"
    yield "sentence beads", f"{count}: {places}{more}" if places else count


def _doubtful(report: Report) -> Iterator[Row]:
    for unit in report.doubtful:
        sides = " | ".join(x for x in (quote(unit.zh), quote(unit.en)) if x)
        why = "; ".join(english(unit.review))
        yield "  look at", f"{unit.id} (line {line_of(unit)}): {why}\n  {sides}"


def _unpaired(report: Report) -> Iterator[Row]:
    for unit in report.unpaired:
        language = "Chinese" if unit.zh else "English"
        text = quote(unit.zh or unit.en)
        yield "  unpaired", f"{unit.id} (line {line_of(unit)}), {language} only: {text}"


def _apart(report: Report) -> Iterator[Row]:
    places = {u.id: f"{u.id} (line {line_of(u)})" for u in report.bitext.units}
    for zh, en in report.apart:
        found = f"the Chinese of {places.get(zh, zh)}, the English of {places.get(en, en)}"
        yield "  one pair?", found


def _left_out(report: Report) -> Iterator[Row]:
    """A reason a row, with the first of what was left out for it."""
    dropped = report.bitext.dropped
    for reason, number in dropped_by_reason(dropped).items():
        some = next(d for d in dropped if d.reason == reason)
        yield "  left out", f"{number} × {reason}: {quote(some.text)} (line {some.line})"


def _repairs(report: Report) -> Iterator[Row]:
    counts = [f"{n} {kind}" for kind, n in report.bitext.repairs.items()]
    yield "repairs", ", ".join(counts) or NOTHING


def _speakers(report: Report) -> Iterator[Row]:
    names = [" / ".join(filter(None, (s.zh, s.en))) for s in report.bitext.speakers]
    yield "speakers", "; ".join(names) or NOTHING


def _metadata(report: Report) -> Iterator[Row]:
    values = [f"{k}: {quote(str(v), QUOTED_VALUE)}" for k, v in report.bitext.metadata.items()]
    yield "metadata", "; ".join(values) or NOTHING


def _merged(report: Report) -> Iterator[Row]:
    """What a merge did, a row a kind; each conflict in full."""
    changes = report.extra.get("merge")
    if not isinstance(changes, Mapping):
        return
    for name in ("updated", "added", "removed", "kept"):
        if changes[name]:
            yield f"merge: {name}", ", ".join(dict.fromkeys(changes[name]))
    for conflict in changes["conflicts"]:
        theirs = quote(conflict["theirs"], QUOTED_VALUE)
        place = f"{conflict['id']} {conflict['lang']}"
        yield "merge: conflict", f"{place}: {conflict['why']}: {theirs}"


def _ledger(report: Report) -> Iterator[Row]:
    ledger = report.bitext.ledger
    if ledger:
        yield (
            "ledger",
            f"{ledger.accounted} of {ledger.total} characters: {ledger.units} in units, {ledger.labels} in labels, "
            f"{ledger.notes} in notes, {ledger.metadata} read as metadata, {ledger.dropped} left out",
        )


#: The rows in the order in which they are shown.
ROWS: tuple[Callable[[Report], Iterator[Row]], ...] = (
    _layout, _units, _confidence, _beads, _doubtful, _unpaired, _apart, _left_out, _repairs,
    _speakers, _metadata, _merged, _ledger,
)  # fmt: skip

#: A warning with this code says what `_doubtful` has quoted.
SHOWN_ABOVE = "W-PAIR"


def print_report(report: Report, console) -> None:
    """The report for a reader at a terminal; `console` is rich's."""
    from rich.markup import escape as plain
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for rows in ROWS:
        for name, text in rows(report):
            table.add_row(f"[bold]{name}[/bold]", plain(text))

    def line(text: str) -> None:
        console.print(text, highlight=False, soft_wrap=True)

    head = f"[bold]{plain(report.path)}[/bold]  {report.format}, {report.encoding}"
    console.print(head, highlight=False)
    console.print(table, highlight=False)
    for warning in report.warnings:
        if warning.code != SHOWN_ABOVE:
            line(plain(str(warning)))
    if report.written:
        line(f"wrote {plain(report.written)}")
    if report.next:
        line(f"next: [bold]{plain(report.next)}[/bold]")
