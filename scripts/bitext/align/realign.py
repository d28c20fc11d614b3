"""Renews the sentence beads of units whose texts an editor changed; all else stays as written."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from bitext.files import write_atomically
from bitext.model import Unit
from bitext.references import beads_fit, is_about_beads
from bitext.store import dump_bitext, read_bitext


def realign(path: Path) -> int:
    """Rewrites the bitext at `path` with fresh beads; 0 done, 2 when it cannot be read whole.

    Comments in the file are lost, which is said; everything else is kept.
    """
    from bitext.align.segments import align_sentences

    bitext, problems = read_bitext(path)
    others = [problem for problem in problems if not is_about_beads(problem)]
    if bitext is None or others:  # what could not be read would be lost
        for problem in others:
            print(problem, file=sys.stderr)
        return 2
    units, changed = [], []
    for unit in bitext.units:
        if _needs_beads(unit):
            unit = replace(unit, beads=tuple(align_sentences(unit.zh, unit.en)))
            changed.append(unit.id)
        elif unit.beads and not beads_fit(unit):
            unit = replace(unit, beads=())
            changed.append(unit.id)
        units.append(unit)
    if changed:
        text = dump_bitext(replace(bitext, units=tuple(units)))
        write_atomically(path, text.encode("utf-8"))
    print(f"{path}: beads renewed in {', '.join(changed) or 'no unit'}")
    return 0


def _needs_beads(unit: Unit) -> bool:
    return bool(unit.zh and unit.en) and (not unit.beads or not beads_fit(unit))
