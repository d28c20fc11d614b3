"""What stands at a unit and opens: the key terms that first occur in it, and the editor's notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bitext.library.shapes import NOTE_KINDS
from bitext.model import OTHER, Note
from bitext.pages.annotate import quoted
from bitext.pages.blocks import details
from bitext.pages.escape import address, escape_html, escape_markdown, one_line
from bitext.pages.labels import COLON, HTML_LANG, label
from bitext.pages.phrases import (  # fmt: skip
    LIST_COMMA,
    NOTHING,
    isolated,
    link,
    prose_markdown,
    prose_paragraphs,
)

DIFFERS = "divergence"


@dataclass(frozen=True, slots=True)
class Entry:
    """A term of the glossary as one page needs it."""

    id: str
    name: str  # in the page's language
    twin: str  # in the other
    text: str  # the definition, in the page's language
    times: int = 0  # that it occurs in the text, in the page's language
    callout: bool = False

    def heading(self, lang: str, name: str) -> str:
        """The name, given as Markdown, with the twin beside it."""
        return f"{name} {twin_of(self, lang)}" if self.twin else name


def twin_of(entry: Entry, lang: str) -> str:
    """The name in the page's other language, as Markdown."""
    shown = isolated(entry.twin, escape_markdown(entry.twin))
    return f'<span lang="{HTML_LANG[OTHER[lang]]}">{shown}</span>'


def term_box(entries: Sequence[Entry], lang: str) -> Iterator[str]:
    """One box for the key terms of a unit, however many they are."""
    if not entries:
        return
    names = [prose_markdown(entry.name, lang) or NOTHING for entry in entries]
    one = len(entries) == 1
    head = entries[0].heading(lang, names[0]) if one else LIST_COMMA[lang].join(names)
    body: list[str] = []
    for entry, name in zip(entries, names, strict=True):
        space = " " * (lang == "en")
        text = f"{prose_markdown(entry.text, lang)}{space}"
        text += f"[{label(lang, 'entry')}](../glossary/{address(entry.id)}.md)"
        if not one:
            text = f"{entry.heading(lang, f'**{name}**')}{COLON[lang]}{text}"
        body += [text, ""]
    yield from details(f"{label(lang, 'term')}{COLON[lang]}{head}", "bt-note bt-note--term", body)


def difference_box(notes: Iterable[Note], lang: str, onward: Mapping[str, Note]) -> Iterator[str]:
    """Where the two texts differ at a unit: its mark stands beside the paragraph.

    `onward` has the next difference on the page, by the id of the one before it.
    """
    some = [note for note in notes if note.kind == DIFFERS]
    if not some:
        return
    body = _notes(some, lang)
    if after := onward.get(some[-1].id):
        body += [f"[{label(lang, 'next_differ')}](#{address(after.id)})", "{ .bt-onward }"]
    head = f"≠ {label(lang, 'note_divergence')}{_several(some, lang)}"
    yield from details(head, "bt-note bt-note--editor bt-differ", body)


def note_box(notes: Iterable[Note], lang: str) -> Iterator[str]:
    """The editor's other notes at a unit, in one box."""
    some = [note for note in notes if note.kind != DIFFERS]
    if some:
        head = label(lang, "editor") + _several(some, lang)
        yield from details(head, "bt-note bt-note--editor", _notes(some, lang))


def _several(notes: Sequence[Note], lang: str) -> str:
    count = f"（{len(notes)}）" if lang == "zh" else f" ({len(notes)})"
    return count if len(notes) > 1 else ""


def _notes(notes: Iterable[Note], lang: str) -> list[str]:
    return [line for note in notes for line in _note(note, lang)]


def _note(note: Note, lang: str) -> Iterator[str]:
    kind = note.kind if note.kind in NOTE_KINDS else "editor"
    quotes = [
        quoted(text, side, lang)
        for side, text in (("zh", note.quote_zh), ("en", note.quote_en))
        if text and one_line(text)
    ]
    if lang == "en":
        quotes.reverse()
    yield f'<div class="bt-n bt-n--{kind}" id="{escape_html(note.id)}" markdown>'
    yield ""
    yield " ".join([f"**{label(lang, f'note_{kind}')}**", *quotes])
    yield from ("{ .bt-n-head }", "")
    yield from prose_paragraphs(note.zh if lang == "zh" else note.en, lang)
    if note.sources:
        shown = ("；" if lang == "zh" else "; ").join(link(*s, lang) for s in note.sources)
        yield from (f"{label(lang, 'rests_on')}{COLON[lang]}{shown}", "{ .bt-n-source }", "")
    yield from ("</div>", "")
