"""The form of the JSON that `bitext export` prints and the site offers, as a JSON Schema (draft-07)."""

from __future__ import annotations

from collections.abc import Mapping

from bitext.kinds import KINDS
from bitext.model import BITEXT_VERSION, LANGS

TEXT = {"type": "string"}
MAYBE = {"type": ["string", "null"]}
COUNT = {"type": "integer"}
SIDE = {"enum": [*LANGS, None]}


def _object(keys: Mapping[str, object], needed: tuple[str, ...] = ()) -> dict[str, object]:
    return {"type": "object", "properties": dict(keys), "required": list(needed or keys)}


def _list(of: Mapping[str, object]) -> dict[str, object]:
    return {"type": "array", "items": dict(of)}


METADATA = _object(
    {
        "title_zh": MAYBE, "title_en": MAYBE, "date": MAYBE, "source": MAYBE,
        "said_by_source": {"type": "object"}, "found_at": MAYBE, "sha256": _list(TEXT),
        "edition": COUNT, "edition_date": MAYBE, "rights_zh": TEXT, "rights_en": TEXT,
        "address_zh": TEXT, "address_en": TEXT,
    }
)  # fmt: skip
UNIT = _object(
    {
        "id": TEXT, "kind": {"enum": list(KINDS)}, "zh": MAYBE, "en": MAYBE,
        "speaker_zh": MAYBE, "speaker_en": MAYBE, "speaker": MAYBE, "turn": MAYBE,
        "level": {"type": ["integer", "null"]}, "after": MAYBE, "original": SIDE,
        "confidence": {"type": ["number", "null"]}, "review": _list(TEXT),
        "beads": _list({"type": "array", "items": {"type": "number"}}),
    }
)  # fmt: skip
SCHEMA: Mapping[str, object] = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "title": "A text of Two Tracks, in both languages",
    "description": "Titles and date are those of the page. `beads` are sentence pairs: where each ends in zh and in en, and how sure the program is.",
    **_object(
        {
            "metadata": METADATA,
            "units": _list(UNIT),
            "dropped": _list(_object({"text": TEXT, "reason": TEXT, "line": COUNT})),
            "schema": {"const": f"two-tracks-bitext/{BITEXT_VERSION}"},
            "slug": TEXT,
            "truncated": {"type": "boolean"},
            "record": {"type": "object"},
            "source": {"type": "object"},
            "speakers": _list({"type": "object"}),
            "notes": _list({"type": "object"}),
            "corrections": _list({"type": "object"}),
            "left_out": _list({"type": "object"}),
            "ledger": {"type": "object"},
            "proof": {"type": "object"},
        }
    ),
}
