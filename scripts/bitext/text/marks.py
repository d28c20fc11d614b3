"""Punctuation of both scripts by what it does: ends a sentence, parts clauses, opens, closes, lists."""

from __future__ import annotations

#: Signs that stand before an item of a list and are nothing else.
BULLETS = "•▪◦‣●"
