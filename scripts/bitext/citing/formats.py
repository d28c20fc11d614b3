"""Work -> what reference managers read: BibTeX, RIS, CSL-JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bitext.citing.records import NOT_CLEARED, SITE, Author, Name, Parts, Slot, Work
from bitext.citing.styles import CHICAGO_TEXT, OTHER, UNDATED

#: What reference managers call the language.
LANGUAGE = {"zh": "zh-CN", "en": "en"}
#: What cannot stand on a line of a file: control characters, and halves of a pair.
UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")  # fmt: skip
#: What LaTeX reads as a sign of its own, and how it prints it.
LATEX: Mapping[str, str] = {
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "%": "\\%", "#": "\\#", "$": "\\$",
    "&": "\\&", "_": "\\_", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}",
}  # fmt: skip


def note_of(work: Work, lang: str) -> str:
    """What no field of its own has, and a bibliography may print: which text is quoted, and the other title."""
    said = [f"{CHICAGO_TEXT[lang]}, edition {work.edition}"]
    if work.edition_day:
        said[0] += f" ({work.edition_day})"
    if not work.day:
        said.append(UNDATED["en"])
    if one_line(work.titles[lang]) != one_line(work.titles[OTHER[lang]]):
        said.append(f"parallel title: {one_line(work.titles[OTHER[lang]])}")
    return "; ".join(said)


def found_of(work: Work) -> str:
    """Where the text was found, as a note of its own."""
    return f"Found at: {one_line(work.source)}" if one_line(work.source) else ""


def bibtex(work: Work, authors: Sequence[Author], lang: str) -> Parts:
    """An entry of BibTeX, with the fields of biblatex; braces keep what case and commas mean."""
    rows = [
        ("author", " and ".join(_bib_name(a.form(lang)) for a in authors)),
        ("title", f"{{{latex(work.titles[lang])}}}"),
        ("organization", latex(SITE[lang])),
        ("date", work.day),
        ("year", work.day[:4]),
        ("version", str(work.edition)),
        ("langid", "chinese" if lang == "zh" else "english"),
        ("note", latex(note_of(work, lang))),
        # Reference managers keep these two, and styles print neither.
        ("annote", latex(found_of(work))),
        ("copyright", latex(NOT_CLEARED["en"])),
    ]
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in rows if value)
    return (
        f"@online{{{work.slug}-{lang}", ("-", Slot.ID), f",\n{fields}",
        ("  pages = {", Slot.ID, "},\n"),
        ("  url = {", Slot.URL, "},\n"),
        ("  urldate = {", Slot.DAY, "},\n"),
        "}\n",
    )  # fmt: skip


def _bib_name(name: Name) -> str:
    if name.parted:
        return f"{{{latex(name.family)}}}, {{{latex(name.given)}}}"
    return f"{{{latex(name.whole)}}}"


def latex(text: str) -> str:
    r"""A text as LaTeX prints it.

    >>> latex("R&D {50%}")
    'R\\&D \\{50\\%\\}'
    """
    return "".join(LATEX.get(char, char) for char in one_line(text))


def ris(work: Work, authors: Sequence[Author], lang: str) -> Parts:
    """A record of RIS, with the line ends that it asks for."""
    other = work.titles[OTHER[lang]]
    rows: list[tuple[str, str]] = [
        ("TY", "ELEC"),
        *(("AU", _ris_name(a.form(lang))) for a in authors),
        ("TI", work.titles[lang]),
        *([("TT", other)] if one_line(other) != one_line(work.titles[lang]) else []),
        ("T2", SITE[lang]),
        ("PY", work.day[:4]),
        ("DA", "/".join([*work.day.split("-"), "", "", ""][:4]) if work.day else ""),
        ("ET", str(work.edition)),
        ("LA", LANGUAGE[lang]),
        *(("N1", said) for said in (note_of(work, lang), found_of(work), NOT_CLEARED["en"])),
    ]
    fields = "".join(f"{tag}  - {one_line(said)}\r\n" for tag, said in rows if one_line(said))
    return (
        fields,
        ("SE  - ", Slot.ID, "\r\n"),
        ("UR  - ", Slot.URL, "\r\n"),
        ("Y2  - ", Slot.DAY_RIS, "\r\n"),
        "ER  - \r\n",
    )


def _ris_name(name: Name) -> str:
    return f"{name.family}, {name.given}" if name.parted else name.whole


def csl(work: Work, authors: Sequence[Author], lang: str) -> dict[str, object]:
    """An item of CSL-JSON, without the address and the day on which it was read."""
    item: dict[str, object] = {
        "id": f"{work.slug}-{lang}",
        "type": "webpage",
        "title": one_line(work.titles[lang]),
        "container-title": SITE[lang],
        "version": str(work.edition),
        "language": LANGUAGE[lang],
        # CSL has no field for rights or for whence a text was taken.
        "note": "; ".join(filter(None, (note_of(work, lang), found_of(work), NOT_CLEARED["en"]))),
    }
    if authors:
        item["author"] = [_csl_name(a.form(lang)) for a in authors]
    if work.day:
        item["issued"] = {"date-parts": [[int(part) for part in work.day.split("-")]]}
    return item


def _csl_name(name: Name) -> dict[str, object]:
    """A name; of a Chinese one in English it is said that the family's part stands first in running text."""
    if name.parted:
        order = {"static-ordering": True} if name.family_first else {}
        return {"family": name.family, "given": name.given, **order}
    return {"literal": one_line(name.whole)}


def csl_at(item: Mapping[str, object], url: str, id: str = "") -> dict[str, object]:
    """The item with its address, and with the paragraph that is cited."""
    out = dict(item)
    if id:
        out |= {"id": f"{item['id']}-{id}", "section": id}
    return out | ({"URL": url} if url else {})


def one_line(text: str) -> str:
    """`text` without what a line of a file cannot hold, each run of white space one space."""
    return " ".join(UNSEEN.sub("", text).split())


#: What reference managers take: the name that readers see, and the ending of the file.
MANAGERS = {"bibtex": ("BibTeX", "bib"), "ris": ("RIS", "ris"), "csl": ("CSL-JSON", "csl.json")}
