"""A unit -> the Markdown of its element, by the shape of its kind. The element reads the text alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bitext.kinds import BOXES, KINDS
from bitext.model import OTHER, Unit
from bitext.pages.annotate import annotate
from bitext.pages.beads import bead_ends
from bitext.pages.blocks import details
from bitext.pages.escape import escape_code, escape_html, id_attribute, lines
from bitext.pages.labels import HTML_LANG, label
from bitext.pages.phrases import heading, lang_of
from bitext.text.marks import BULLETS
from bitext.text.numbering import Form, number_at

# Lines of a note that head a part of it (一、 二、) or are items of a list (1. 2、 (3) •).
NOTE_HEADING = frozenset({Form.HAN, Form.ORDINAL})
NOTE_ITEM = frozenset({Form.ARABIC, Form.BRACKETED})


@dataclass(frozen=True, slots=True)
class Shown:
    """A unit as one page shows it."""

    unit: Unit
    lang: str  # of the page
    side: str  # of the text
    text: str
    body: Sequence[str]  # its lines as Markdown
    classes: Sequence[str]
    ends: str = ""  # of its sentences

    @property
    def attributes(self) -> str:
        """Its attribute list of Markdown."""
        shown = f"{id_attribute(self.unit.id)} " + " ".join(f".{c}" for c in self.classes)
        ends = f' data-b="{self.ends}"' if self.ends else ""
        return shown + lang_of(self.side, self.lang) + ends

    def tag(self, name: str, more: str = "") -> str:
        """The opening tag of its element, where Markdown has no such block."""
        mark = f' lang="{HTML_LANG[self.side]}"' if self.side != self.lang else ""
        ends = f' data-b="{self.ends}"' if self.ends else ""
        id = escape_html(self.unit.id)
        return f'<{name} class="{" ".join(self.classes)}" id="{id}"{mark}{ends}{more}>'


def unit_lines(unit: Unit, lang: str, found: Iterable, *, folded: bool = False) -> Iterator[str]:
    """The lines of a unit, with those that say that only one language has it, if it is not folded."""
    side = lang if unit.text(lang) is not None else OTHER[lang]
    text = unit.text(side) or ""
    single = unit.zh is None or unit.en is None
    if single and unit.kind not in BOXES and not folded:
        yield from (label(lang, "only", lang=label(lang, f"lang_{side}")), "{ .bt-only }", "")
    # Ids that readers may have cited before: each still leads here.
    yield from (f'<a class="bt-formerly" id="{escape_html(id)}"></a>\n' for id in unit.formerly)
    shape = KINDS[unit.kind].shape if unit.kind in KINDS else "para"
    ends = "" if side != lang or shape in ("code", "box") else bead_ends(unit, lang)
    classes = ["bt-u"] + ["bt-foreign"] * (side != lang) + ["bt-single"] * single
    body = annotate(text, found, "../glossary", side)
    yield from RENDER[shape](Shown(unit, lang, side, text, body, classes, ends))
    yield ""


def _para(shown: Shown) -> Iterator[str]:
    if len(shown.body) == 1:
        yield from (shown.body[0], f"{{ {shown.attributes} }}")
    else:
        yield from _paragraphs(shown, shown.body)


def _paragraphs(shown: Shown, body: Iterable[str]) -> Iterator[str]:
    yield from (shown.tag("div", " markdown"), "")
    for paragraph in body:
        yield from (paragraph, "")
    yield "</div>"


def _heading(shown: Shown) -> Iterator[str]:
    # Below the turn it stands in.
    level = min(max(shown.unit.level, 3 if shown.unit.turn else 2), 5)
    yield heading(level, " ".join(shown.body), shown.attributes)


def _list(shown: Shown) -> Iterator[str]:
    classes = [*shown.classes, "bt-li", f"bt-li--{max(shown.unit.level, 1)}"]
    yield from _para(_with(shown, classes))


def _with(shown: Shown, classes: Sequence[str]) -> Shown:
    return Shown(shown.unit, shown.lang, shown.side, shown.text, shown.body, classes, shown.ends)


def _quote(shown: Shown) -> Iterator[str]:
    yield from (f"> {line}" for line in _para(shown))


def _code(shown: Shown) -> Iterator[str]:
    yield f"{shown.tag('pre')}<code>{escape_code(shown.text)}</code></pre>"


def _box(shown: Shown) -> Iterator[str]:
    kind = KINDS[shown.unit.kind]
    head = kind.zh if shown.lang == "zh" else kind.en
    if shown.side != shown.lang:
        only = label(shown.lang, f"lang_{shown.side}")
        head += f"（{only}）" if shown.lang == "zh" else f" ({only})"
    inner = _paragraphs(shown, _note_lines(shown))
    yield from details(head, f"bt-note bt-note--{kind.css}", inner, opened=True)


def _note_lines(shown: Shown) -> Iterator[str]:
    for plain, line in zip(lines(shown.text), shown.body, strict=True):
        if number_at(plain, NOTE_HEADING):
            yield f"{line}\n{{ .bt-note-h }}"
        elif number_at(plain, NOTE_ITEM) or plain[:1] in {*BULLETS, "·"}:
            yield f"{line}\n{{ .bt-note-li }}"
        else:
            yield line


#: For each of the shapes that a kind can have.
RENDER: dict[str, Callable[[Shown], Iterator[str]]] = {
    "para": _para, "heading": _heading, "list": _list, "quote": _quote, "code": _code, "box": _box,
}  # fmt: skip
