"""Glossary <-> TBX-Basic, the exchange format of term databases (ISO 30042).

Written in the form that term tools read most widely (`martif`, `termEntry`, `langSet`, `tig`); read
in that form and in the newer one (`tbx`, `conceptEntry`, `langSec`, `termSec`). What TBX-Basic has
no category for stands in notes that say what they are to people (`doubt: …`) and, in their id, to
this program (`agile-governance.doubt.zh`), which reads them back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from lxml import etree
from lxml.builder import E

from bitext.glossary.store import LICENCE, Glossary, Term
from bitext.library.yaml_lines import Map
from bitext.model import LANGS, Problem

PREFERRED, ADMITTED, DEPRECATED = (
    f"{name}-admn-sts" for name in ("preferredTerm", "admittedTerm", "deprecatedTerm")
)
SEARCH_ONLY = "search only"  # the note of a form that is not marked in texts
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
DOCTYPE = '<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">'
CATEGORIES = "http://www.ttt.org/oscarstandards/tbx/TBXBasic.xcs"
NAME = "The termbase of Two Tracks · 双轨"


# --- out -------------------------------------------------------------------------------------------


def write_tbx(glossary: Glossary) -> str:
    """The glossary as a TBX-Basic document; `read_tbx` gives the same terms and subjects back."""
    known = glossary.by_id()
    about = [E.p(NAME)]
    for subject in glossary.subjects:
        about += [E.p(_xml(subject.name[x]), id=_xml(f"subject.{subject.id}.{x}")) for x in LANGS]
    root = E.martif(
        {XML_LANG: "en", "type": "TBX-Basic"},
        E.martifHeader(
            E.fileDesc(
                E.titleStmt(E.title(NAME)), E.publicationStmt(E.p(LICENCE)), E.sourceDesc(*about)
            ),
            E.encodingDesc(E.p(CATEGORIES, type="XCSURI")),
        ),
        E.text(E.body(*(_entry(term, known) for term in glossary.terms))),
    )
    etree.indent(root)
    made = etree.tostring(root, encoding="utf-8", xml_declaration=True, doctype=DOCTYPE)
    return made.decode("utf-8") + "\n"


def _xml(text: str) -> str:
    return NOT_XML.sub("", text)


def _note(text: str, id: str = "", lang: str = "") -> etree._Element:
    return E.note(_xml(text), ({"id": _xml(id)} if id else {}) | ({XML_LANG: lang} if lang else {}))


def _entry(term: Term, known: Mapping[str, Term]) -> etree._Element:
    entry = E.termEntry(E.descrip(_xml(term.subject), type="subjectField"), id=_xml(term.id))
    for source in term.sources:
        title, url = _xml(source.title), _xml(source.url)
        entry.append(
            E.xref(title, type="externalCrossReference", target=url)
            if url
            else E.admin(title, type="source")
        )
    for other in term.related:
        if other in known:  # a reference in XML has to have its entry
            entry.append(E.ref(_xml(known[other].en), type="crossReference", target=_xml(other)))
    entry.append(_note(f"basis: {term.basis}", f"{term.id}.basis"))
    if term.callout:
        entry.append(_note("callout: true", f"{term.id}.callout"))
    if term.formerly:
        entry.append(_note(f"formerly: {' '.join(term.formerly)}", f"{term.id}.formerly"))
    entry.extend(_lang_set(term, lang) for lang in LANGS)
    return entry


def _lang_set(term: Term, lang: str) -> etree._Element:
    parts = [E.descrip(_xml(term.definition[lang]), type="definition")]
    for key, both in (("sides", term.sides), ("doubt", term.doubt)):
        if both:
            parts.append(_note(f"{key}: {both[lang]}", f"{term.id}.{key}.{lang}"))
    parts.append(_tig(term.name[lang], PREFERRED))
    parts += [_tig(form, ADMITTED) for form in term.variants[lang]]
    parts += [_tig(form, ADMITTED, _note(SEARCH_ONLY)) for form in term.search_only[lang]]
    for item in term.avoid:
        if item.lang == lang:
            parts.append(_tig(item.form, DEPRECATED, *(_note(item.why[x], lang=x) for x in LANGS)))
    return E.langSet({XML_LANG: lang}, *parts)


def _tig(form: str, status: str, *notes: etree._Element) -> etree._Element:
    return E.tig(E.term(_xml(form)), E.termNote(status, type="administrativeStatus"), *notes)


# --- in --------------------------------------------------------------------------------------------

# The newer form's names for the older one's elements.
NEWER = {"conceptEntry": "termEntry", "langSec": "langSet", "termSec": "tig"}


def read_tbx(data: bytes, path: str) -> tuple[list[Map], list[Map], list[Problem]]:
    """(terms, subjects, problems) of a TBX document, as rows with the keys of glossary.yml and the
    line of each entry. A term's fields that the document does not give are not there."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return [], [], [Problem(path, error.lineno or 1, f"not XML: {error.msg}", "T-XML")]
    subset = root.getroottree().docinfo.internalDTD
    if subset is not None and any(True for _ in subset.iterentities()):
        return [], [], [Problem(path, 1, "declares entities of its own; save it without them", "T-XML")]  # fmt: skip
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
        element.tag = NEWER.get(element.tag, element.tag)
    entries = list(root.iter("termEntry"))
    if not entries:
        return [], [], [Problem(path, root.sourceline or 1, f"<{root.tag}> without any termEntry or conceptEntry; give a TBX document", "T-XML")]  # fmt: skip
    problems: list[Problem] = []
    return [_row(e, path, problems) for e in entries], _subjects(root), problems


def _text(element: etree._Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


#: The parts of a note's or a subject's id, which full stops part: `subject.governance.zh`,
#: `guardrail.doubt.zh` have three, `guardrail.basis` has two.
OF_LANGUAGE, OF_ENTRY = 3, 2


def _parts(element: etree._Element) -> list[str]:
    """The parts of an element's id; the last of three is a language, or there are none."""
    parts = (element.get("id") or "").split(".")
    return [] if len(parts) == OF_LANGUAGE and parts[-1] not in LANGS else parts


def _subjects(root: etree._Element) -> list[Map]:
    found: dict[str, Map] = {}
    for p in root.iter("p"):
        parts = _parts(p)
        if len(parts) == OF_LANGUAGE and parts[0] == "subject":
            row = found.setdefault(parts[1], _map({"id": parts[1]}, p.sourceline))
            row[parts[2]] = _text(p)
    return list(found.values())


def _map(values: Mapping[str, object], line: int | None) -> Map:
    row = Map(values)
    row.line, row.lines = line or 1, {}
    return row


def _row(entry: etree._Element, path: str, problems: list[Problem]) -> Map:
    row = _map({"id": entry.get("id") or ""}, entry.sourceline)
    for read in READERS:
        read(row, entry)
    if not row["id"]:
        problems.append(Problem(path, row.line, f"an entry without id ({row.get('en') or row.get('zh') or 'no term'}); terms are merged by id, so give it one", "T-ID"))  # fmt: skip
    return row


def _read_notes(row: Map, entry: etree._Element) -> None:
    """What our own notes say, by their ids."""
    for note in entry.iter("note"):
        parts = _parts(note)
        name = parts[1] if len(parts) in (OF_ENTRY, OF_LANGUAGE) else ""
        said = _text(note).removeprefix(f"{name}: ")
        if len(parts) == OF_LANGUAGE and name in ("sides", "doubt"):
            row.setdefault(name, {})[parts[2]] = said
        elif len(parts) == OF_ENTRY and name == "basis":
            row["basis"] = said
        elif len(parts) == OF_ENTRY and name == "callout":
            row["callout"] = said == "true"
        elif len(parts) == OF_ENTRY and name == "formerly":
            row["formerly"] = said.split()


def _read_subject(row: Map, entry: etree._Element) -> None:
    if subject := _text(entry.find(".//descrip[@type='subjectField']")):
        row["subject"] = subject


def _read_sources(row: Map, entry: etree._Element) -> None:
    if sources := list(_sources(entry)):
        row["sources"] = sources


def _read_related(row: Map, entry: etree._Element) -> None:
    if related := [ref.get("target") for ref in entry.iter("ref") if ref.get("target")]:
        row["related"] = related


def _read_lang_sets(row: Map, entry: etree._Element) -> None:
    for lang_set in entry.iter("langSet"):
        lang = (lang_set.get(XML_LANG) or "").lower().replace("_", "-").split("-")[0]
        if lang in LANGS:
            _read_lang_set(row, lang_set, lang)


def _read_common_definition(row: Map, entry: etree._Element) -> None:
    """A definition for all languages is one in the document's own."""
    common = _text(entry.find("descrip[@type='definition']")) or _text(
        entry.find("descripGrp/descrip[@type='definition']")
    )
    if common and "definition" not in row:
        language = entry.getroottree().getroot().get(XML_LANG, "en").lower().split("-")[0]
        row["definition"] = {language if language in LANGS else "en": common}


#: What is read of an entry, in this order: a definition for all languages only where none has one.
READERS: tuple[Callable[[Map, etree._Element], None], ...] = (
    _read_notes, _read_subject, _read_sources, _read_related, _read_lang_sets,
    _read_common_definition,
)  # fmt: skip


def _sources(entry: etree._Element) -> Iterator[dict[str, str]]:
    for element in entry:
        if element.tag == "xref" and element.get("type") == "externalCrossReference":
            yield {"title": _text(element) or element.get("target", ""), "url": element.get("target", "")}  # fmt: skip
        elif element.tag == "admin" and element.get("type") == "source":
            yield {"title": _text(element)}


def _read_lang_set(row: Map, lang_set: etree._Element, lang: str) -> None:
    definition = _text(lang_set.find(".//descrip[@type='definition']"))
    if definition:
        row.setdefault("definition", {})[lang] = definition
    for tig in lang_set.iter("tig", "ntig"):
        _read_form(row, tig, lang)
    if lang not in row and (forms := row.get("variants", {}).get(lang)):
        row[lang] = forms.pop(0)  # none was marked as preferred: the first one is
        if not forms:
            del row["variants"][lang]


def _read_form(row: Map, tig: etree._Element, lang: str) -> None:
    """A term's words under the key that their status and their notes say."""
    form = _text(tig.find(".//term"))
    status = _text(tig.find(".//termNote[@type='administrativeStatus']")).lower()
    notes = {note.get(XML_LANG, ""): _text(note) for note in tig.iter("note")}
    if status.startswith(("deprecated", "superseded")):
        why = {x: notes[x] for x in LANGS if x in notes}
        row.setdefault("avoid", {}).setdefault(lang, []).append({"term": form, "why": why})
    elif SEARCH_ONLY in notes.values():
        row.setdefault("search_only", {}).setdefault(lang, []).append(form)
    elif lang not in row and (status.startswith("preferred") or not status):
        row[lang] = form
    elif form:
        row.setdefault("variants", {}).setdefault(lang, []).append(form)
