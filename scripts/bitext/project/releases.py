"""Published addresses and the project -> a problem for each address that leads nowhere now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bitext.library.files import write_atomically
from bitext.library.register import (
    PUBLISHED,
    WITHDRAWN,
    Register,
    Withdrawn,
    addresses_of,
    dump_register,
    read_register,
    slug_of,
)
from bitext.model import Bitext, Problem


def check_published(
    register: Register, bitexts: Sequence[Bitext], withdrawn: Sequence[Withdrawn]
) -> Iterator[Problem]:
    """Published addresses that lead nowhere now, and withdrawals that cannot be."""
    live = {b.slug: b for b in bitexts}
    renamed = {old: b for b in bitexts for old in b.formerly}
    gone = {w.slug: w for w in withdrawn}
    for w in withdrawn:
        if w.slug in live or w.slug in renamed:
            yield Problem(str(WITHDRAWN), w.line, f"{w.slug} is listed as withdrawn, but the library has it — take the entry or the text out", "E-PUBLISHED")  # fmt: skip
    told: set[str] = set()
    for address, line in register.lines.items():
        slug = slug_of(address)
        if slug in gone or slug in told:
            continue
        bitext = live.get(slug) or renamed.get(slug)
        if bitext is None:
            told.add(slug)
            yield Problem(str(PUBLISHED), line, f"the text '{slug}' was published and is gone — put `formerly: [{slug}]` into the bitext.yml that it became, or list it in {WITHDRAWN}", "E-PUBLISHED")  # fmt: skip
        elif "#" in address and (id := address.partition("#")[2]) not in ids_of(bitext):
            if (place := f"{bitext.slug}#{id}") in told:  # under an older slug of the text too
                continue
            told.add(place)
            yield Problem(bitext.path, 1, f"the address #{id} was published and leads nowhere — put {id} under `formerly` of the unit that has its text, or list it under `withdrawn`", "E-PUBLISHED")  # fmt: skip


def ids_of(bitext: Bitext) -> set[str]:
    """Every id that leads somewhere on the text's page."""
    here = {id for u in bitext.units for id in (u.id, u.turn, *u.formerly) if id}
    return here | {n.id for n in bitext.notes} | {w.id for w in bitext.withdrawn}


def release(root: Path, bitexts: Sequence[Bitext]) -> tuple[int, int]:
    """Adds what the library has now to the register; (how many are new, how many in all)."""
    register, _ = read_register(root)
    addresses = {a for b in bitexts for a in addresses_of(b)} | set(register.lines)
    text = dump_register(addresses).encode("utf-8")
    path = root / PUBLISHED
    if not path.exists() or path.read_bytes() != text:
        write_atomically(path, text)
    return len(addresses) - len(register.lines), len(addresses)
