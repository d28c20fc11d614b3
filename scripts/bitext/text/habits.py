"""How much of a text shows how it is written: numbers that all rooms judge by."""

from __future__ import annotations

#: So great a part of what could show a habit shows it; hand-set.
MOSTLY = 0.6
#: So many lines or pairs at each end are the edges of a text: titles stand there, and notices.
EDGE = 3
