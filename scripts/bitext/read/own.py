"""The project's own bitext -> Document: its units again as lines, pair by pair."""

from __future__ import annotations

import json

from bitext.metadata import known_metadata
from bitext.model import Refusal
from bitext.read.lines import Builder
from bitext.text.source import Document

HINTS = frozenset(("heading", "list", "quote", "code", "footnote"))


def read_export(text: str, path: str, encoding: str) -> Document:
    """The units of an exported bitext, a group each, with their speakers' labels before each turn."""
    try:
        data = json.loads(text)
        units = [u for u in data["units"] if isinstance(u, dict)]
    except (ValueError, KeyError, TypeError, RecursionError):
        todo = "export it again: bitext export SLUG --format json"
        raise Refusal("E-FORMAT", path, 1, "JSON that is no exported bitext", todo) from None
    rows = [
        (str(u.get("kind") or ""), {lang: u[lang] for lang in ("zh", "en") if isinstance(u.get(lang), str)},
         {lang: u[f"speaker_{lang}"] for lang in ("zh", "en") if isinstance(u.get(f"speaker_{lang}"), str)})
        for u in units
    ]  # fmt: skip
    said = data.get("metadata")
    metadata = known_metadata(said) if isinstance(said, dict) else {}
    return _document(rows, path, encoding, metadata)


def _document(
    rows: list[tuple[str, dict[str, str], dict[str, str]]],
    path: str,
    encoding: str,
    metadata: dict[str, str],
) -> Document:
    built = Builder()
    speakers: dict[str, str] = {}
    number = 0
    for group, (kind, texts, names) in enumerate(rows):
        changed = names != speakers and bool(names)
        speakers = names or speakers
        for lang, text in texts.items():
            built.blank(number)
            said = changed and lang in names and kind not in ("heading", "note")
            text = f"{names[lang]}: {text}" if said else text
            hint = kind if kind in HINTS else ""
            for line in text.split("\n"):
                number += 1
                if line.strip():
                    built.add(line, number, hint, lang=lang, group=group)
    return Document(path, built.text, tuple(built.lines), "bitext", encoding, metadata)
