"""Bitexts -> pairs of sentences as JSON Lines, and the card that a collection of data has."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from bitext.citing.records import NOT_CLEARED
from bitext.model import Bitext
from bitext.publish.about import About
from bitext.publish.about import about as about_of
from bitext.publish.export import sentence_pairs

#: Classes of size of a collection of data, each with the number that it stays below.
SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
#: What some readers take for the end of a line.
BREAK = re.compile("[\x85\u2028\u2029]")


def to_jsonl(bitext: Bitext, about: About | None = None) -> str:
    """A line a pair of sentences that has both languages; every line says whence it comes."""
    return "".join(
        BREAK.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(row, ensure_ascii=False)) + "\n"
        for row in _rows(bitext, about or about_of(bitext))
    )  # fmt: skip


def _rows(bitext: Bitext, about: About) -> Iterator[dict[str, object]]:
    for unit in bitext.units:
        speaker = bitext.speaker(unit.speaker)
        pairs = [pair for pair in sentence_pairs(unit) if all(pair)]
        for number, (zh, en) in enumerate(pairs, 1):
            yield {
                "id": f"{bitext.slug}#{unit.id}.{number}",
                "text": bitext.slug,
                "unit": unit.id,
                "kind": unit.kind,
                "zh": zh,
                "en": en,
                "speaker_zh": speaker.zh if speaker else None,
                "speaker_en": speaker.en if speaker else None,
                "person": speaker.person if speaker else None,
                "original": unit.original,
                "confidence": unit.confidence,
                "date": about.day or None,
                "title_zh": about.titles["zh"] or None,
                "title_en": about.titles["en"] or None,
                "edition": about.work.edition,
                "source": about.source or None,
                "rights": NOT_CLEARED["en"],
                "address_zh": about.unit(unit.id, "zh"),
                "address_en": about.unit(unit.id, "en"),
            }


def card(texts: Sequence[About], pairs: int, site: str) -> str:
    """README.md of the whole library, with the head that dataset hubs read."""
    editions = "".join(
        f"| {_cell(a.titles['zh'])} | {_cell(a.titles['en'])} | {a.day} | {a.edition} | {_cell(a.source)} |\n"
        for a in texts
    )
    where = f"\nThe site: {site}\n" if site else ""
    return f"""\
---
pretty_name: Two Tracks
language: [zh, en]
license: other
license_name: not-cleared
license_link: README.md
task_categories: [translation]
size_categories: [{_size(pairs)}]
configs:
  - config_name: default
    data_files: data/pairs.jsonl
---

# Two Tracks · 双轨

A bilingual library of AI-governance dialogues, as data. 人工智能治理对话的中英双语文库，供分析与再用。
{where}
**{NOT_CLEARED["en"]}** {NOT_CLEARED["zh"]}

| file | what it holds |
|---|---|
| `data/pairs.jsonl` | pairs of sentences of all texts, one a line |
| `texts/SLUG/SLUG.json` | a text with all that is known of it; its form: `export.schema.json` |
| `texts/SLUG/SLUG.csv` | a row a paragraph |
| `texts/SLUG/SLUG.tmx`, `.xlf` | for translators’ tools: TMX 1.4, XLIFF 2.0 |
| `texts/SLUG/SLUG.txt` | both languages in plain text |
| `CITATION.cff` | how to cite the library |

Words are as in the source. White space is tidied, and every correction is listed in the JSON. Pairs were made by a program, and people can correct them; `confidence` is the program’s own, from 0 to 1. In the CSV files a cell that begins with `=`, `+`, `-`, `@` (also full-width), a tab, a line end or an apostrophe has an apostrophe before it, so that no spreadsheet runs it: take one away.

## Texts

| 标题 | title | date | edition | source |
|---|---|---|---|---|
{editions}"""


def _cell(text: str) -> str:
    """`text` as a cell of a table."""
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def _size(pairs: int) -> str:
    """The class of size by which hubs sort data."""
    return next((name for most, name in SIZES if pairs < most), "n>1M")


def citation_cff(texts: Sequence[About], site: str) -> str:
    """CITATION.cff of the whole library: what is cited, and what it rests on."""
    days = sorted(filter(None, (a.work.edition_day or a.received for a in texts)))
    rows = [
        "cff-version: 1.2.0",
        "message: Cite the text that you quote, by its own page; cite the library where you use it whole.",
        "title: Two Tracks · 双轨",
        "type: dataset",
        "authors:",
        "  - name: Two Tracks · 双轨",
        f"abstract: {json.dumps(NOT_CLEARED['en'], ensure_ascii=False)}",
        *([f"date-released: {days[-1]}"] if days else []),
        *([f"url: {json.dumps(site)}"] if site else []),
    ]
    return "\n".join(rows) + "\n"
