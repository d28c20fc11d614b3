"""Bitext -> the formats for download and reuse: JSON, TMX, CSV, plain text.

Each says where the text comes from; without being told, a file is said to come from a site that has
no address.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from bitext.citing.records import NOT_CLEARED
from bitext.glossary.csv_table import BOM, GUARD, GUARDED
from bitext.library.store import to_mapping
from bitext.model import BITEXT_VERSION, Bitext, Ledger, Proof, Unit
from bitext.publish.about import About
from bitext.publish.about import about as about_of
from bitext.units.doubts import english

Row = Mapping[str, object]
#: Characters that an XML document cannot hold, not even as entities.
NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def to_json(bitext: Bitext, about: About | None = None) -> str:
    """The contract of the project's design, and beside it what the bitext knows more (from `schema` on)."""
    full = to_mapping(bitext)
    return json.dumps(
        {
            "metadata": _metadata(bitext, about or about_of(bitext)),
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


def _metadata(bitext: Bitext, about: About) -> Row:
    """Titles and date as the page has them; what the source says of itself stands in `said_by_source`."""
    said = dict(bitext.metadata)
    own = {
        "title_zh": about.titles["zh"] or None,
        "title_en": about.titles["en"] or None,
        "date": about.day or None,
        "source": said.get("source") or about.source or None,
    }
    return said | own | {
        "said_by_source": said,
        "found_at": about.url or None,
        "sha256": list(about.hashes),
        "edition": about.work.edition,
        "edition_date": about.work.edition_day or None,
        "rights_zh": NOT_CLEARED["zh"] + about.rights["zh"],
        "rights_en": f"{NOT_CLEARED['en']} {about.rights['en']}",
        "address_zh": about.addresses["zh"],
        "address_en": about.addresses["en"],
    }  # fmt: skip


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


def to_tmx(bitext: Bitext, about: About | None = None) -> str:
    """TMX 1.4b, a translation unit a sentence bead; only what has both languages.

    `tuid` is the unit's id and the bead's number; speaker and unit are properties. The header has
    source, rights, edition and address.
    """
    about = about or about_of(bitext)
    head = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd">',
        '<tmx version="1.4">',
        '<header creationtool="two-tracks" creationtoolversion="1" datatype="plaintext" '
        'segtype="sentence" adminlang="en" srclang="*all*" o-tmf="two-tracks-bitext">',
        *(f"<note>{xml_text(f'{name}: {said}')}</note>" for name, said in about.rows()),
        f'<prop type="edition">{xml_text(about.edition)}</prop>',
        "</header>",
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
        yield from (f"<note>{xml_text(said)}</note>" for said in _corrected(bitext, unit, zh, en))
        yield f'<prop type="unit">{xml_text(unit.id)}</prop>'
        if name:
            yield f'<prop type="speaker">{xml_text(name)}</prop>'
        yield f'<tuv xml:lang="zh-Hans"><seg>{xml_text(zh)}</seg></tuv>'
        yield f'<tuv xml:lang="en"><seg>{xml_text(en)}</seg></tuv></tu>'


def _corrected(bitext: Bitext, unit: Unit, zh: str, en: str) -> Iterator[str]:
    """What was corrected in a pair: its words are not the source's."""
    texts = {"zh": zh, "en": en}
    for c in bitext.corrections:
        held = [side for lang, side in texts.items() if c.lang in ("", lang)]
        if c.what == "text" and c.at in (unit.id, *unit.formerly) and any(c.now in t for t in held):
            yield f"corrected {c.date}: the source has “{c.was}”, not “{c.now}” ({c.why_en})"


def xml_text(text: str) -> str:
    """`text` for an element of XML, without the characters that XML does not have."""
    return escape(NOT_IN_XML.sub("", text))


CSV_FIELDS = (
    "id", "kind", "turn", "speaker_zh", "speaker_en", "zh", "en", "confidence", "original",
    "address", "edition", "source", "rights",
)  # fmt: skip


def to_csv(bitext: Bitext, about: About | None = None) -> str:
    """A row a unit, UTF-8 with a byte order mark so that spreadsheets read the Chinese.

    Each row has its address, and source, rights and edition: CSV has no head for them.
    """
    about = about or about_of(bitext)
    same = {"edition": about.edition, "source": about.source, "rights": NOT_CLEARED["en"]}
    out = io.StringIO()
    writer = csv.DictWriter(out, CSV_FIELDS, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    for unit in bitext.units:
        row = {**_json_unit(bitext, unit), **same, "address": about.unit(unit.id, "zh")}
        writer.writerow({k: _cell(row[k]) for k in CSV_FIELDS})
    return BOM + out.getvalue()


def _cell(value: object) -> object:
    """A value that no spreadsheet runs. An apostrophe is guarded too, so that one can be taken away."""
    if isinstance(value, str) and value.startswith(GUARDED):
        return GUARD + value
    return value


def to_text(bitext: Bitext, about: About | None = None) -> str:
    """Both languages in plain text, unit by unit, with ids and speakers; the first block says whence."""
    out = ["\n".join(f"{name}: {said}" for name, said in (about or about_of(bitext)).rows())]
    for unit in bitext.units:
        speaker = bitext.speaker(unit.speaker)
        names = " / ".join(filter(None, (speaker.zh, speaker.en))) if speaker else ""
        out.append("\n".join(filter(None, (f"[{unit.id}] {names}".strip(), unit.zh, unit.en))))
    return "\n\n".join(out) + "\n"
