"""Published addresses and the project -> a problem for each address that leads nowhere now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bitext.glossary.store import Glossary
from bitext.library.files import write_atomically
from bitext.library.register import (
    CONCEPTS,
    PUBLISHED,
    TOP,
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
    here = {old: b for b in bitexts for old in b.formerly} | {b.slug: b for b in bitexts}
    yield from _withdrawn_and_here(withdrawn, here)
    gone = {w.slug for w in withdrawn}
    told: set[str] = set()
    for address, line in register.lines.items():
        if not address.startswith(TOP):
            continue
        place, problem = _lost(address, line, here)
        # A unit can have been published under an older slug of the text too: it is told once.
        if problem and place not in told and slug_of(address) not in gone:
            told.add(place)
            yield problem


def check_concepts(register: Register, glossary: Glossary) -> Iterator[Problem]:
    """Published concepts that have no page now."""
    here = {id for term in glossary.terms for id in (term.id, *term.formerly)}
    for id, line in register.concepts().items():
        if id not in here:
            yield Problem(str(PUBLISHED), line, f"the concept '{id}' was published and is gone — put `formerly: [{id}]` into the entry of {glossary.path or 'data/glossary.yml'} that has its meaning now", "E-PUBLISHED")  # fmt: skip


def _withdrawn_and_here(
    withdrawn: Sequence[Withdrawn], here: Mapping[str, Bitext]
) -> Iterator[Problem]:
    """Texts that are listed as withdrawn and that the library has."""
    for w in withdrawn:
        if w.slug in here:
            yield Problem(str(WITHDRAWN), w.line, f"{w.slug} is listed as withdrawn, but the library has it — take the entry or the text out", "E-PUBLISHED")  # fmt: skip


def _lost(address: str, line: int, here: Mapping[str, Bitext]) -> tuple[str, Problem | None]:
    """What an address leads to now, and the problem where that is nothing."""
    slug = slug_of(address)
    bitext = here.get(slug)
    if bitext is None:
        return slug, Problem(str(PUBLISHED), line, f"the text '{slug}' was published and is gone — put `formerly: [{slug}]` into the bitext.yml that it became, or list it in {WITHDRAWN}", "E-PUBLISHED")  # fmt: skip
    _, mark, id = address.partition("#")
    if not mark or id in ids_of(bitext):
        return slug, None
    return f"{bitext.slug}#{id}", Problem(bitext.path, 1, f"the address #{id} was published and leads nowhere — put {id} under `formerly` of the unit that has its text, or list it under `withdrawn`", "E-PUBLISHED")  # fmt: skip


def ids_of(bitext: Bitext) -> set[str]:
    """Every id that leads somewhere on the text's page."""
    here = {id for u in bitext.units for id in (u.id, u.turn, *u.formerly) if id}
    return here | {n.id for n in bitext.notes} | {w.id for w in bitext.withdrawn}


def release(root: Path, bitexts: Sequence[Bitext], glossary: Glossary) -> tuple[int, int]:
    """Adds what the library has now to the register; (how many are new, how many in all)."""
    register, _ = read_register(root)
    addresses = {a for b in bitexts for a in addresses_of(b)} | set(register.lines)
    addresses |= {f"{CONCEPTS}{term.id}/" for term in glossary.terms}
    text = dump_register(addresses).encode("utf-8")
    path = root / PUBLISHED
    if not path.exists() or path.read_bytes() != text:
        write_atomically(path, text)
    return len(addresses) - len(register.lines), len(addresses)
