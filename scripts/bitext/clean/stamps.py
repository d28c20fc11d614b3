"""Time stamps at the head of paragraphs, as transcripts of recordings have them, cut."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter

from bitext.clean.state import OFTEN, State

_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
#: `[00:00:37]`, `(12:05)`, `00:00:37 --> 00:01:14`, `0:37`
STAMP = re.compile(
    rf"\s*(?P<open>[\[【(（<]?)(?P<from>{_CLOCK})(?:\s*(?:-->|–|—|~|-)\s*{_CLOCK})?[\]】)）>]?(?![\d:])\s*"
)


def cut_stamps(state: State) -> None:
    """The stamps that lines begin with, where they run through a recording: upwards, from its start.

    The hours of a programme (`09:00 Opening`) run upwards too, but without seconds or brackets.
    A transcript that was copied from a video has each time alone on its line, from its first minute on.
    """
    if state.document.format in ("srt", "vtt"):
        return
    found = [
        (i, m)
        for i in state.open
        if (m := STAMP.match(state.document.text, state.kept[i][0][0], state.kept[i][0][1]))
    ]
    times = [_seconds(m["from"]) for _, m in found]
    marked = sum(bool(m["open"]) or m["from"].count(":") == 2 for _, m in found)
    alone = [(i, m) for i, m in found if m.end() >= state.kept[i][0][1]]
    if marked * 2 < len(found) and _is_copied([_seconds(m["from"]) for _, m in alone]):
        counters = _counters(state, [index for index, _ in alone])
        state.cut_each((*(index for index, _ in alone), *counters), reason="time stamp")
        return
    if len(found) < OFTEN or marked * 2 < len(found) or not _runs_upwards(times):
        return
    for index, match in found:
        state.cut(index, "time stamp", span=match.span())


def _counters(state: State, stamps: list[int]) -> list[int]:
    """The bare numbers alone on their lines behind such stamps: a caption's number, its start and length.

    A player gives each caption as many of them; a number of the text stands behind one or two.
    """
    numbers = [i for i in state.left if state.said(i).isdecimal()]
    behind = [bisect_left(stamps, i) for i in numbers]
    each = Counter(behind)
    sizes = Counter(each[k] for k in range(1, len(stamps) + 1))
    usual, agree = sizes.most_common(1)[0]
    if not usual or 10 * agree < 9 * len(stamps):
        return []
    return [i for i, k in zip(numbers, behind, strict=True) if k]


def _is_copied(times: list[float]) -> bool:
    """Whether times alone on their lines are a recording's: upwards from its first minute, no full hours."""
    return (
        len(times) > OFTEN
        and times[0] < 60
        and _runs_upwards(times)
        and any(t % 300 for t in times)
    )


def _runs_upwards(times: list[float]) -> bool:
    """Whether times go on, but for one step back where the other language's half begins."""
    return sum(b < a for a, b in itertools.pairwise(times)) <= 1


def _seconds(clock: str) -> float:
    """Seconds of `mm:ss` or `hh:mm:ss`."""
    total = 0.0
    for part in clock.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total
