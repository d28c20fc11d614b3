"""The keys of bitext.yml, and the form of each key's value."""

from __future__ import annotations

from collections.abc import Mapping

from bitext.forms import (  # fmt: skip
    ADDRESS,
    BOTH,
    DATE_FORM,
    DAY_FORM,
    ID_FORM,
    PERSON_FORM,
    SLUG_FORM,
    TEXT,
    TURN_FORM,
    WORDED,
    AnyForm,
    Form,
    Keys,
    Several,
    Worded,
    one_of,
    whole,
)
from bitext.model import KINDS, LANGS, TWINS

#: What an editor's note can be, and what it is called on the page.
NOTE_KINDS: Mapping[str, Mapping[str, str]] = {
    "editor": {"zh": "说明", "en": "Note"},
    "divergence": {"zh": "两种文本有异", "en": "The two texts differ"},
    "sic": {"zh": "原文如此", "en": "As in the source"},
}
SPEAKER: Mapping[str, AnyForm] = {
    "id": ID_FORM, "zh": TEXT, "en": TEXT, "labels_zh": Several(TEXT), "labels_en": Several(TEXT),
    "person": PERSON_FORM, "role_zh": TEXT, "role_en": TEXT,
}  # fmt: skip
UNIT: Mapping[str, AnyForm] = {
    "id": ID_FORM, "kind": one_of(KINDS), "turn": TURN_FORM, "speaker": ID_FORM,
    "level": whole(0, 6), "after": ID_FORM, "formerly": Several(ID_FORM),
    "original": one_of(LANGS), "zh": TEXT, "en": TEXT,
}  # fmt: skip
SOURCE_OF_NOTE = Keys({"title": TEXT, "url": ADDRESS}, needed=("title",))
NOTE: Mapping[str, AnyForm] = {
    "id": ID_FORM, "at": ID_FORM, "kind": one_of(tuple(NOTE_KINDS)), "quote": Keys(BOTH),
    "zh": TEXT, "en": TEXT, "sources": Several(SOURCE_OF_NOTE),
}  # fmt: skip
#: A unit, a turn, a speaker, or what the source says of itself.
AT = Form(lambda v: ID_FORM.fits(v) or v in METADATA, f"{ID_FORM.words}; or it is a key of metadata")  # fmt: skip
CORRECTION: Mapping[str, AnyForm] = {
    "at": AT, "what": one_of(("text", "speaker", "metadata")), "lang": one_of(LANGS), "was": TEXT,
    "is": TEXT, "date": DAY_FORM, "why_zh": TEXT, "why_en": TEXT, "twin": one_of(TWINS), "by": TEXT,
}  # fmt: skip
LEFT_OUT: Mapping[str, AnyForm] = {"was": TEXT, "why_zh": TEXT, "why_en": TEXT}
WITHDRAWN: Mapping[str, AnyForm] = {"id": ID_FORM, "date": DAY_FORM, "why_zh": TEXT, "why_en": TEXT}
#: The lists of the file: what one of its rows is called, its keys, and those that it needs.
ROWS: Mapping[str, tuple[str, Keys]] = {
    "speakers": ("a speaker", Keys(SPEAKER, ("id",))),
    "units": ("a unit", Keys(UNIT, ("id",))),
    "notes": ("a note", Keys(NOTE, ("id", "at", "kind", "zh", "en"))),
    "corrections": (
        "a correction",
        Keys(CORRECTION, ("at", "was", "is", "date", "why_zh", "why_en", "twin")),
    ),
    "left_out": ("a text left out", Keys(LEFT_OUT, ("was", "why_zh", "why_en"))),
    "withdrawn": ("a withdrawn address", Keys(WITHDRAWN, tuple(WITHDRAWN))),
}

#: What was read out of the source. Counts and times are shown as the source writes them.
METADATA: Mapping[str, AnyForm] = {
    "date": DATE_FORM, "updated": DATE_FORM, "received": DATE_FORM,
    **dict.fromkeys((
        "title_zh", "title_en", "byline_zh", "byline_en", "time", "updated_time", "received_time",
        *(key + side for key in ("author", "editor", "source", "translator") for side in ("", "_zh", "_en")),
        "proofreader", "layout", "photographer", "image_source", "recommended_by",
        "read_count", "like_count", "wow_count", "comment_count", "share_count", "word_count",
        "reading_time", "keywords", "column", "place", "link", "url", "document",
    ), TEXT),
}  # fmt: skip
#: What only an editor can say.
RECORD: Mapping[str, AnyForm] = {
    "kind": WORDED, "event": WORDED, "date": WORDED, "date_local": DATE_FORM,
    "date_beijing": DATE_FORM, "place": WORDED, "spoken": WORDED, "translation": WORDED,
    "found": Worded({"url": ADDRESS}), "rights": WORDED, "title": Keys(BOTH), "title_by": WORDED,
    "summary": WORDED, "published": WORDED, "received": DAY_FORM,
}  # fmt: skip
#: The file itself, but for its lists of rows (see `ROWS`).
TOP = Keys({
    "version": whole(1), "slug": SLUG_FORM, "metadata": Keys(METADATA), "record": Keys(RECORD),
    "settled": Several(ID_FORM), "formerly": Several(SLUG_FORM),
    **{name: Form(lambda v: isinstance(v, list), "it is a list") for name in ROWS},
}, needed=("version",))  # fmt: skip


def known_metadata(said: Mapping[str, str]) -> dict[str, str]:
    """What a source says of itself, so far as it has a known key and the form of that: a date that
    the calendar lacks is none."""
    return {
        key: value
        for key, value in said.items()
        if key in METADATA and not list(METADATA[key].faults(value, 0, key))
    }
