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
from bitext.kinds import KINDS
from bitext.metadata import METADATA, METADATA_SAYS
from bitext.model import BITEXT_VERSION, CORRECTABLE, LANGS, TWINS

#: What an editor's note can be: what it is called on the page, and what an editor is told of it.
NOTE_KINDS: Mapping[str, Mapping[str, str]] = {
    "editor": {"zh": "说明", "en": "Note", "says": "a remark"},
    "divergence": {
        "zh": "两种文本有异",
        "en": "The two texts differ",
        "says": "the two texts differ",
    },
    "sic": {"zh": "原文如此", "en": "As in the source", "says": "as in the source"},
}
#: What an editor is told of a key of every row that has it.
WHY = {"why_zh": "The reason, in Chinese.", "why_en": "The reason, in English."}
SPEAKER: Mapping[str, AnyForm] = {
    "id": ID_FORM, "zh": TEXT, "en": TEXT, "labels_zh": Several(TEXT), "labels_en": Several(TEXT),
    "person": PERSON_FORM, "role_zh": TEXT, "role_en": TEXT,
}  # fmt: skip
SPEAKER_SAYS = {
    "id": "What units call this speaker by. Permanent.",
    "zh": "The name in Chinese, as the page shows it.",
    "en": "The name in English, as the page shows it.",
    "labels_zh": "Every spelling of the name before a turn in the Chinese source.",
    "labels_en": "Every spelling of the name before a turn in the English source.",
    "person": "The person's id in data/people.yml.",
    "role_zh": "The role at the time of the text, in Chinese.",
    "role_en": "The role at the time of the text, in English.",
}
UNIT: Mapping[str, AnyForm] = {
    "id": ID_FORM, "kind": one_of(tuple(KINDS)), "turn": TURN_FORM, "speaker": ID_FORM,
    "level": whole(0, 6), "after": ID_FORM, "formerly": Several(ID_FORM),
    "original": one_of(LANGS), "zh": TEXT, "en": TEXT,
}  # fmt: skip
UNIT_SAYS = {
    "id": "The address that readers cite. Permanent: an inserted unit gets a new one, such as s4p2a.",
    "kind": "What the unit is; para where nothing is said. "
    + "; ".join(f"{name}: {k.en[0].lower()}{k.en[1:]}" for name, k in KINDS.items() if k.en != name)
    + ".",
    "turn": "The turn that it belongs to, where the id does not say it.",
    "speaker": "The id of a speaker; where nothing is said, that of the unit before in the same turn.",
    "level": "Of a heading, from 2; of a list item, its depth from 1.",
    "after": "The unit that a note of the source follows.",
    "formerly": "Ids under which its text was published before. They lead here.",
    "original": "Which of the two texts was spoken or written first, where the source says so.",
    "zh": "The Chinese. Line k answers line k of en; ∅ has no counterpart; a blank line parts paragraphs.",
    "en": "The English. Line k answers line k of zh; ∅ has no counterpart; a blank line parts paragraphs.",
}
SOURCE_OF_NOTE = Keys(
    {"title": TEXT, "url": ADDRESS}, needed=("title",),
    says={"title": "What the note rests on.", "url": "Its web address."},
)  # fmt: skip
NOTE: Mapping[str, AnyForm] = {
    "id": ID_FORM, "at": ID_FORM, "kind": one_of(tuple(NOTE_KINDS)), "quote": Keys(BOTH),
    "zh": TEXT, "en": TEXT, "sources": Several(SOURCE_OF_NOTE),
}  # fmt: skip
NOTE_SAYS = {
    "id": "The note's own address. Permanent.",
    "at": "The unit that it is about.",
    "kind": " ".join(f"{name}: {kind['says']}." for name, kind in NOTE_KINDS.items()),
    "quote": "The words that it is about, exactly as they stand in the unit.",
    "zh": "The note in Chinese.",
    "en": "The note in English.",
    "sources": "What the note rests on.",
}
#: A unit, a turn, a speaker, or what the source says of itself.
AT = Form(
    lambda v: ID_FORM.fits(v) or v in METADATA,
    f"{ID_FORM.words}; or it is a key of metadata",
    {"anyOf": [ID_FORM.like, {"enum": sorted(METADATA)}]},
)
CORRECTION: Mapping[str, AnyForm] = {
    "at": AT, "what": one_of(CORRECTABLE), "lang": one_of(LANGS), "was": TEXT,
    "is": TEXT, "date": DAY_FORM, "why_zh": TEXT, "why_en": TEXT, "twin": one_of(TWINS), "by": TEXT,
}  # fmt: skip
CORRECTION_SAYS = {
    "at": "The unit that was corrected; a turn, a speaker, or a key of metadata.",
    "what": "text, where nothing is said; speaker where another speaks than the source says; metadata where the source's own title or date was changed.",
    "lang": "The language of the words; needed where both could have them.",
    "was": "The source's words; empty where words were added.",
    "is": "The words that stand now; empty where words were removed.",
    "date": "The day of the correction.",
    "twin": "The other language. same: needs no change. corrected: it was, too. open: nobody has compared it.",
    "by": "Who corrected it.",
} | WHY
LEFT_OUT: Mapping[str, AnyForm] = {"was": TEXT, "why_zh": TEXT, "why_en": TEXT}
WITHDRAWN: Mapping[str, AnyForm] = {"id": ID_FORM, "date": DAY_FORM, "why_zh": TEXT, "why_en": TEXT}
#: The lists of the file: what one of its rows is called, its keys, and those that it needs.
ROWS: Mapping[str, tuple[str, Keys]] = {
    "speakers": ("a speaker", Keys(SPEAKER, ("id",), says=SPEAKER_SAYS)),
    "units": ("a unit", Keys(UNIT, ("id",), says=UNIT_SAYS)),
    "notes": ("a note", Keys(NOTE, ("id", "at", "kind", "zh", "en"), says=NOTE_SAYS)),
    "corrections": (
        "a correction",
        Keys(
            CORRECTION,
            ("at", "was", "is", "date", "why_zh", "why_en", "twin"),
            says=CORRECTION_SAYS,
        ),
    ),
    "left_out": (
        "a text left out",
        Keys(
            LEFT_OUT,
            ("was", "why_zh", "why_en"),
            says={"was": "The source's words that were taken out."} | WHY,
        ),
    ),
    "withdrawn": (
        "a withdrawn address",
        Keys(
            WITHDRAWN,
            tuple(WITHDRAWN),
            says={"id": "The address that leads to no text any more.", "date": "Since when."} | WHY,
        ),
    ),
}

#: What only an editor can say.
RECORD: Mapping[str, AnyForm] = {
    "kind": WORDED, "event": WORDED, "date": WORDED, "date_local": DATE_FORM,
    "date_beijing": DATE_FORM, "place": WORDED, "spoken": WORDED, "translation": WORDED,
    "found": Worded({"url": ADDRESS}), "rights": WORDED, "title": Keys(BOTH), "title_by": WORDED,
    "summary": WORDED, "published": WORDED, "received": DAY_FORM,
}  # fmt: skip
RECORD_SAYS = {
    "kind": "What kind of record it is: a transcript, an article, subtitles.",
    "event": "The event at which it was spoken.",
    "date": "When it was spoken or written, in words.",
    "date_local": "The day where it happened; the library is sorted by it.",
    "date_beijing": "The same day in Beijing.",
    "place": "Where it was spoken.",
    "spoken": "The language in which it was spoken.",
    "translation": "Which text was made from the other, and by whom.",
    "found": "Where this project found the text; url is its web address.",
    "rights": "Who owns the rights, whether this site has permission, how to ask for removal.",
    "title": "The title that the page shows, where the source's own is not enough.",
    "title_by": "Who gave the title; site where this site did.",
    "summary": "One sentence for the library's list.",
    "published": "When and where it was published first.",
    "received": "The day on which this project received the source.",
}
TOP_SAYS = {
    "version": f"The version of this file's form: {BITEXT_VERSION}.",
    "slug": "The text's name in addresses: that of its folder.",
    "formerly": "Slugs under which the text was published before. They lead here.",
    "metadata": "What was read out of the source; counts and times as the source writes them.",
    "record": "What only a person can say of the text.",
    "settled": "Units whose doubts a person has settled: they are right as they are.",
    "speakers": "Who speaks, as this source names them.",
    "units": "The text, paragraph by paragraph, in both languages.",
    "notes": "The editor's notes, in both languages.",
    "corrections": "Every change of the source's words. `bitext check` prints the entry.",
    "left_out": "Source text that a person took out, and why.",
    "withdrawn": "Addresses on this page that lead to no text any more, and why.",
}
METADATA_FORM = Keys(METADATA, says=METADATA_SAYS)
RECORD_FORM = Keys(RECORD, says=RECORD_SAYS)
#: The file itself, but for its lists of rows (see `ROWS`).
TOP = Keys({
    "version": whole(1), "slug": SLUG_FORM, "formerly": Several(SLUG_FORM),
    "metadata": METADATA_FORM, "record": RECORD_FORM,
    "settled": Several(ID_FORM),
    **{name: Form(lambda v: isinstance(v, list), "it is a list") for name in ROWS},
}, needed=("version",), says=TOP_SAYS)  # fmt: skip
#: The whole file with its rows, as its schema describes it.
WHOLE = Keys(
    {**TOP.known, "version": whole(BITEXT_VERSION, BITEXT_VERSION)}
    | {name: Several(rows) for name, (_, rows) in ROWS.items()},
    TOP.needed, says=TOP_SAYS,
)  # fmt: skip
