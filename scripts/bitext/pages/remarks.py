"""What stands at a unit and is no text: doubts for readers, problems for editors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bitext.model import Bitext, Correction, Doubt, Note, Problem
from bitext.pages.escape import escape_code, escape_html, escape_markdown
from bitext.pages.labels import COLON, label
from bitext.units import doubts

TOP = ""  # where problems stand that belong to no unit


def doubt_line(found: Iterable[Doubt], lang: str) -> Iterator[str]:
    """What nobody has settled yet, with the reason, and a link to what that means."""
    said = label(lang, "and").join(doubts.words(doubt, lang) for doubt in found)
    text = escape_markdown(f"{label(lang, 'doubt')}{COLON[lang]}{said}{label(lang, 'stop')}")
    space = " " * (lang == "en")
    yield f"{text}{space}[{label(lang, 'to_doubts')}](../how-to-read.md#doubts)"
    yield from ("{ .bt-beside .bt-doubt }", "")


def problems_by_unit(bitext: Bitext, problems: Iterable[Problem]) -> Mapping[str, list[Problem]]:
    """The problems of this bitext, by the unit that they are about: its own line is named, or that
    of a correction or a note at it. The others stand under `TOP`."""
    folder = bitext.path.rpartition("/")[0] + "/"
    own = [problem for problem in problems if problem.path.startswith(folder)]
    if not own:
        return {}
    at = {unit.line: unit.id for unit in bitext.units if unit.line}
    ids = set(at.values())
    rows: tuple[Correction | Note, ...] = (*bitext.corrections, *bitext.notes)
    at |= {row.line: row.at for row in rows if row.line and row.at in ids}
    out: dict[str, list[Problem]] = {}
    for problem in own:
        place = at.get(problem.line, TOP) if problem.path == bitext.path else TOP
        out.setdefault(place, []).append(problem)
    return out


def problem_boxes(problems: Iterable[Problem], lang: str) -> Iterator[str]:
    """What an editor should mend: the message, its place and the entry to paste. Never published."""
    for problem in problems:
        place = f"{problem.path}:{problem.line}" if problem.line else problem.path
        yield f'<div class="bt-beside bt-problem"><p><b class="bt-problem-h">{label(lang, "problem")}</b></p>'
        yield f'<p lang="en">{escape_html(problem.message)}</p>'
        yield f'<p lang="en"><code>{escape_html(place)}</code></p>'
        if problem.paste:
            yield f'<pre lang="en"><code>{escape_code(problem.paste)}</code></pre>'
        yield from ("</div>", "")
