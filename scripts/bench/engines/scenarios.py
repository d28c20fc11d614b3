"""All scenarios, run one after another in one engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engines import place, reading, sentences
from engines.cells import Cell, Scenario, Seen, Untried
from engines.known import KNOWN, Known
from engines.reader import Reader
from engines.served import FAULTY

SCENARIOS: dict[str, Scenario] = {
    "place": place.place,
    "switch": place.switched,
    "link": place.lands,
    "peek": reading.peek,
    "card": reading.card,
    "search": reading.search,
    "set": reading.set_,
    "sideways": reading.sideways,
    "sentences": sentences.switched,
    "light": sentences.lit,
}
#: How many complaints the faulty page must bring: two errors, a promise, a missing file, another host.
FAULTS = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a cell: 'ok', 'wrong', 'known', 'untried'."""

    cell: Cell
    seen: Seen
    result: str
    words: str = ""


def cells() -> tuple[Cell, ...]:
    return (*place.cells(), *reading.cells(), *sentences.cells())


def hears(reader: Reader) -> str:
    """'' when each fault of the faulty page is heard: else a silent page would prove nothing."""
    reader.engine.open(reader.url + FAULTY)
    said = reader.listen(FAULTS)
    return "" if len(said) == FAULTS else f"of {FAULTS} faults of a page {len(said)} were heard: {said}"  # fmt: skip


def tried(reader: Reader, cell: Cell, known: Sequence[Known] = KNOWN) -> Outcome:
    """Runs one cell. An exception is a fault like any other."""
    seen, untried = Seen(), ""
    try:
        seen = SCENARIOS[cell.scenario](reader, cell)
    except Untried as why:
        untried = str(why)
    except Exception as error:
        seen = Seen(wrong=f"{type(error).__name__}: {error}")
    said = reader.complaints()
    fault = "; ".join(filter(None, (seen.fault, *said)))
    if untried and not fault:
        return Outcome(cell, seen, "untried", untried)
    why = next((k.reason for k in known if k.of(reader.engine.name, str(cell))), "")
    if fault and why:
        return Outcome(cell, seen, "known", f"{fault} ({why})")
    return Outcome(cell, seen, "wrong" if fault else "ok", fault)


def run(reader: Reader, asked: Iterable[Cell]) -> Iterator[Outcome]:
    reader.complaints()
    for cell in asked:
        yield tried(reader, cell)


def healed(engine: str, outcomes: Sequence[Outcome], known: Sequence[Known] = KNOWN) -> list[Known]:
    """The known faults of this engine that no tried cell shows any more."""
    return [
        k
        for k in known
        if (mine := [o for o in outcomes if k.of(engine, str(o.cell))])
        and not any(o.result == "known" for o in mine)
    ]


def table(outcomes: Sequence[Outcome]) -> list[str]:
    """A row a scenario: how many cells and measures, what became of them, the worst offset."""
    rows = []
    for name in SCENARIOS:
        mine = [o for o in outcomes if o.cell.scenario == name]
        if not mine:
            continue
        count = {r: sum(o.result == r for o in mine) for r in ("wrong", "known", "untried")}
        worst = max((abs(o.seen.off) for o in mine if o.result in ("ok", "wrong")), default=0.0)
        more = "".join(f", {n} {r}" for r, n in count.items() if n or r == "wrong")
        rows.append(f"{name}: {len(mine)} cells{more}, worst {worst:.1f} px")
    return rows
