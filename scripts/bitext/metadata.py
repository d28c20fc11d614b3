"""What a source says of itself: the known keys, and the form of each key's value."""

from __future__ import annotations

from collections.abc import Mapping

from bitext.forms import DATE_FORM, TEXT, AnyForm

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
METADATA_SAYS = {
    "date": "The day that the source gives.",
    "updated": "The day on which the source was changed, as it says.",
    "received": "The day on which a paper received the text, as the source says.",
    "title_zh": "The title that the source has in Chinese.",
    "title_en": "The title that the source has in English.",
    "byline_zh": "The line with authors or speakers, in Chinese, as the source has it.",
    "byline_en": "The line with authors or speakers, in English, as the source has it.",
    "source": "Where the source says that it comes from.",
    "author": "The author, as the source names them.",
    "editor": "The editor, as the source names them.",
    "translator": "The translator, as the source names them.",
    "place": "The place, as the source names it.",
    "link": "A web address that the source gives of itself.",
    "url": "A web address that the source gives of itself.",
}


def known_metadata(said: Mapping[str, str]) -> dict[str, str]:
    """What a source says of itself, so far as it has a known key and the form of that: a date that
    the calendar lacks is none."""
    return {
        key: value
        for key, value in said.items()
        if key in METADATA and not list(METADATA[key].faults(value, 0, key))
    }
