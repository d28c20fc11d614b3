"""Bitext -> the formats for download and reuse: JSON, TMX, CSV, plain text."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from bitext.glossary.csv_table import BOM, FORMULA, GUARD
from bitext.library.store import to_mapping
from bitext.model import BITEXT_VERSION, Bitext, Ledger, Proof, Unit
from bitext.pages.account import DOWNLOADS
from bitext.units.doubts import english

Row = Mapping[str, object]
#: Characters that an XML document cannot hold, not even as entities.
NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def to_json(bitext: Bitext) -> str:
    """The contract of DESIGN.md, and beside it what the bitext knows more (from `schema` on)."""
    full = to_mapping(bitext)
    metadata = {"title_zh": None, "title_en": None, "date": None, "source": None}
    return json.dumps(
        {
            "metadata": metadata | dict(bitext.metadata),
            "units": [_json_unit(bitext, unit) for unit in bitext.units],
            "dropped": [
                {"text": d.text, "reason": d.reason, "line": d.line} for d in bitext.dropped
            ],
            "schema": f"two-tracks-bitext/{BITEXT_VERSION}",
            "slug": bitext.slug,
            "truncated": bitext.truncated,
            "record": full.get("record", {}),
            "source": dict(bitext.source),
            **{key: full.get(key, []) for key in ("speakers", "notes", "corrections", "left_out")},
            "ledger": _ledger(bitext.ledger),
            "proof": _proof(bitext.proof),
        },
        ensure_ascii=False,
        indent=1,
    )


def _ledger(ledger: Ledger | None) -> Row:
    """The account as the proof has it; empty where the source cannot be read again."""
    names = ("total", "units", "labels", "notes", "metadata", "dropped")
    return {name: getattr(ledger, name) for name in names} if ledger else {}


def _proof(proof: Proof | None) -> Row:
    """What reading the source again said; empty where it was not read."""
    names = ("verdict", "proved", "contradicted", "unknown")
    return {name: getattr(proof, name) for name in names} if proof else {}


def _json_unit(bitext: Bitext, unit: Unit) -> Row:
    speaker = bitext.speaker(unit.speaker)
    return {
        "id": unit.id,
        "kind": unit.kind,
        "zh": unit.zh,
        "en": unit.en,
        "speaker_zh": speaker.zh if speaker else None,
        "speaker_en": speaker.en if speaker else None,
        "speaker": unit.speaker,
        "turn": unit.turn,
        "level": unit.level or None,
        "after": unit.after,
        "original": unit.original,
        "confidence": unit.confidence,
        "review": english(unit.review),
        "beads": [[b.zh_end, b.en_end, b.posterior] for b in unit.beads],
    }


def sentence_pairs(unit: Unit) -> list[tuple[str, str]]:
    """The unit's sentence beads as texts, in order; the unit itself where it has no beads."""
    if not unit.beads:
        return [(unit.zh or "", unit.en or "")]
    pairs, zh_start, en_start = [], 0, 0
    for bead in unit.beads:
        zh, en = (unit.zh or "")[zh_start : bead.zh_end], (unit.en or "")[en_start : bead.en_end]
        pairs.append((zh.strip(), en.strip()))
        zh_start, en_start = bead.zh_end, bead.en_end
    return pairs


def to_tmx(bitext: Bitext) -> str:
    """TMX 1.4b, a translation unit a sentence bead; only what has both languages.

    `tuid` is the unit's id and the bead's number; speaker and unit are properties.
    """
    head = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd">',
        '<tmx version="1.4">',
        '<header creationtool="two-tracks" creationtoolversion="1" datatype="plaintext" '
        'segtype="sentence" adminlang="en" srclang="*all*" o-tmf="two-tracks-bitext"/>',
        "<body>",
    ]
    body = (row for unit in bitext.units for row in _tmx_units(bitext, unit))
    return "\n".join([*head, *body, "</body>", "</tmx>"]) + "\n"


def _tmx_units(bitext: Bitext, unit: Unit) -> Iterator[str]:
    """The rows of a unit: a translation unit a pair of sentences."""
    speaker = bitext.speaker(unit.speaker)
    name = (speaker.en or speaker.zh) if speaker else None
    pairs = [p for p in sentence_pairs(unit) if p[0] and p[1]]
    for number, (zh, en) in enumerate(pairs, 1):
        tuid = NOT_IN_XML.sub("", f"{bitext.slug}#{unit.id}.{number}")
        yield f"<tu tuid={quoteattr(tuid)}>"
        yield from (f"<note>{_xml(said)}</note>" for said in _corrected(bitext, unit, zh, en))
        yield f'<prop type="unit">{_xml(unit.id)}</prop>'
        if name:
            yield f'<prop type="speaker">{_xml(name)}</prop>'
        yield f'<tuv xml:lang="zh-Hans"><seg>{_xml(zh)}</seg></tuv>'
        yield f'<tuv xml:lang="en"><seg>{_xml(en)}</seg></tuv></tu>'


def _corrected(bitext: Bitext, unit: Unit, zh: str, en: str) -> Iterator[str]:
    """What was corrected in a pair: its words are not the source's."""
    texts = {"zh": zh, "en": en}
    for c in bitext.corrections:
        held = [side for lang, side in texts.items() if c.lang in ("", lang)]
        if c.what == "text" and c.at in (unit.id, *unit.formerly) and any(c.now in t for t in held):
            yield f"corrected {c.date}: the source has “{c.was}”, not “{c.now}” ({c.why_en})"


def _xml(text: str) -> str:
    return escape(NOT_IN_XML.sub("", text))


CSV_FIELDS = (
    "id",
    "kind",
    "turn",
    "speaker_zh",
    "speaker_en",
    "zh",
    "en",
    "confidence",
    "original",
)


def to_csv(bitext: Bitext) -> str:
    """A row a unit, UTF-8 with a byte order mark so that spreadsheets read the Chinese.

    A text that a spreadsheet would take for a formula is kept from being one by an apostrophe.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, CSV_FIELDS, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    for unit in bitext.units:
        row = _json_unit(bitext, unit)
        writer.writerow({k: _cell(row[k]) for k in CSV_FIELDS})
    return BOM + out.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(FORMULA):
        return GUARD + value
    return value


def to_text(bitext: Bitext) -> str:
    """Both languages in plain text, unit by unit, with ids and speakers."""
    out = []
    for unit in bitext.units:
        speaker = bitext.speaker(unit.speaker)
        names = " / ".join(filter(None, (speaker.zh, speaker.en))) if speaker else ""
        out.append("\n".join(filter(None, (f"[{unit.id}] {names}".strip(), unit.zh, unit.en))))
    return "\n\n".join(out) + "\n"


#: What a bitext can be printed as. A new format is a row here; the site offers those whose file's
#: ending is in `pages/account.py`.
FORMATS = {"json": to_json, "tmx": to_tmx, "csv": to_csv, "text": to_text}
ENDINGS = {"text": "txt"}  # of files, where it is not the format's own name


def data_files(bitext: Bitext) -> dict[str, str]:
    """What the site offers for download, by file name."""
    makers = {ENDINGS.get(name, name): make for name, make in FORMATS.items()}
    return {f"{bitext.slug}.{suffix}": makers[suffix](bitext) for suffix in DOWNLOADS.values()}
