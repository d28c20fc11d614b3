"""data/glossary.yml -> Glossary: one concept, one entry, both languages; and what is wrong in it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import yaml_lines
from .model import LANGS, Problem
from .occurrences import Matcher, keys, matcher_of

GLOSSARY_VERSION = 1
BASES = ("stored", "general")
MAX_FORM = 200  # characters of a term; longer is a sentence, and no text will hold it twice


@dataclass(frozen=True, slots=True)
class Both:
    """A text in both languages; `both[lang]` is one of them."""

    zh: str
    en: str

    def __getitem__(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en

    __call__ = __getitem__


@dataclass(frozen=True, slots=True)
class Forms:
    """Words in both languages, any number of each; `forms[lang]` are those of one."""

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def __getitem__(self, lang: str) -> tuple[str, ...]:
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Avoided:
    """Words that are not to stand for a concept, and why."""

    lang: str
    form: str
    why: Both


@dataclass(frozen=True, slots=True)
class Source:
    """What a definition rests on; `url` is empty where there is no page to open."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """A field under which terms stand."""

    id: str
    name: Both


@dataclass(frozen=True, slots=True)
class Term:
    """One concept. `name` is what the site calls it; `variants` are marked in texts as well,
    `search_only` are too general for that and only found by the search."""

    id: str
    subject: str
    name: Both
    definition: Both
    variants: Forms = Forms()
    search_only: Forms = Forms()
    avoid: tuple[Avoided, ...] = ()
    sides: Both | None = None  # where the two sides or languages mean different things
    sources: tuple[Source, ...] = ()
    basis: str = "general"  # 'stored': rests on the sources; 'general': on general knowledge
    doubt: Both | None = None
    related: tuple[str, ...] = ()
    callout: bool = False
    line: int = 0  # in glossary.yml

    @property
    def zh(self) -> str:
        return self.name.zh

    @property
    def en(self) -> str:
        return self.name.en

    def forms(self, lang: str) -> tuple[str, ...]:
        """Every form that is marked in a text of this language, the preferred one first."""
        return (self.name[lang], *self.variants[lang])

    def renderings(self, lang: str) -> tuple[str, ...]:
        """Every form that may stand for the concept, those for the search included."""
        return (*self.forms(lang), *self.search_only[lang])


@dataclass(frozen=True, slots=True, eq=False)
class Glossary:
    """All concepts, in the order of the file. Two glossaries are equal only if they are one."""

    terms: tuple[Term, ...] = ()
    subjects: tuple[Subject, ...] = ()
    path: str = ""

    def by_id(self) -> Mapping[str, Term]:
        return {term.id: term for term in self.terms}

    def matcher(self, lang: str) -> Matcher:
        """What finds these terms in texts of a language; built once."""
        return matcher_of(self, lang)


# --- what the file may hold --------------------------------------------------------------------

TOP = ("version", "subjects", "terms")
SUBJECT = ("id", "zh", "en")
TERM = (
    "id", "subject", "zh", "en", "variants", "avoid", "definition", "sides", "sources", "basis",
    "doubt", "related", "callout", "search_only",
)  # fmt: skip
TERM_NEEDED = ("id", "subject", "zh", "en", "definition", "basis")
# Ids that the glossary's pages use for themselves.
RESERVED = re.compile(r"title|subjects|alphabetical|subject-.*")
ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
URL = re.compile(r"https?://[^\s<>\"'\\]+")
# Definitions are plain text. What these find would show as signs on the page, or hint at a paste.
MARKUP = re.compile(
    r"</?[A-Za-z][^<>]*>|<!--|&#?\w+;|\]\(|\[\[|`|\*\*|__|(?<!\w)[*_]\w[^*_]*[*_](?!\w)"
    r"|\{[{%#:.]|^\s*(?:#{1,6}\s|>\s|[-*+]\s|```)|--8<--",
    re.MULTILINE,
)
INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)


class _Reader:
    """Takes rows apart and keeps everything that is wrong with them."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def say(self, line: int, code: str, message: str) -> None:
        self.problems.append(Problem(self.path, line, message, code))

    def row(self, value: object, line: int, known: Sequence[str], what: str) -> yaml_lines.Map:
        """The value as a mapping, its unknown keys reported; an empty one if it is none."""
        if not isinstance(value, yaml_lines.Map):
            if value is not None:
                self.say(line, "G-TYPE", f"{what} is {_shown(value)}; it is a mapping with {', '.join(known)}")  # fmt: skip
            empty = yaml_lines.Map()
            empty.line, empty.lines = line, {}
            return empty
        for key in value:
            if key not in known:
                near = difflib.get_close_matches(key, known, 1)
                todo = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(known)}"
                self.say(value.at(key), "G-KEY", f"unknown key '{key}' in {what}; {todo}")
        return value

    def rows(self, value: yaml_lines.Map, key: str, what: str) -> list[object]:
        items = value.get(key)
        if items is None:
            return []
        if not isinstance(items, list):
            self.say(value.at(key), "G-TYPE", f"{key} of {what} is {_shown(items)}; it is a list")
            return []
        return items

    def text(self, value: object, line: int, what: str, *, form: bool = False) -> str:
        """A text on one line, or '' where there is none. A form (a term's words) has more than
        one character and no end."""
        if value is None or value == "":
            return ""
        if not isinstance(value, str):
            self.say(line, "G-TYPE", f"{what} is {_shown(value)}; it is text, so put it in quotes")
            return ""
        text = " ".join(value.split())
        if found := INVISIBLE.search(text):
            self.say(line, "G-INVISIBLE", f"{what} has an invisible character (U+{ord(found[0]):04X}); remove it")  # fmt: skip
        if found := MARKUP.search(text):
            self.say(line, "G-MARKUP", f"{what} has markup {found[0][:20]!r}; it is plain text, so write it without")  # fmt: skip
        if form and len(text) < 2:
            self.say(line, "G-SHORT", f"{what} is {text!r}; one character stands in too many words to be marked, so give at least two")  # fmt: skip
        if form and len(text) > MAX_FORM:
            self.say(line, "G-LONG", f"{what} has {len(text)} characters; a term has at most {MAX_FORM}")  # fmt: skip
        return text

    def both(self, row: yaml_lines.Map, key: str, what: str, *, needed: bool) -> Both | None:
        """The text of a key in both languages; one side alone is a problem."""
        name = f"{key} of {what}"
        value = self.row(row.get(key), row.at(key), LANGS, name)
        if row.get(key) is not None and value is not row[key]:
            return None  # it is no mapping, and that has been said
        sides = {x: self.text(value.get(x), value.at(x), f"{name} ({x})") for x in LANGS}
        missing = [lang for lang in LANGS if not value.get(lang)]
        if missing and (needed or len(missing) == 1):
            self.say(row.at(key), "G-MISSING", f"{name} has no {' and no '.join(missing)}; give both languages")  # fmt: skip
        return Both(**sides) if any(sides.values()) else None

    def forms(self, row: yaml_lines.Map, key: str, what: str) -> Forms:
        name = f"{key} of {what}"
        value = self.row(row.get(key), row.at(key), LANGS, name)
        if row.get(key) is not None and value is not row[key]:
            return None  # it is no mapping, and that has been said
        sides = {}
        for lang in LANGS:
            line, label = value.at(lang), f"{name} ({lang})"
            texts = [self.text(v, line, label, form=True) for v in self.rows(value, lang, name)]
            for text in sorted({t for t in texts if t and texts.count(t) > 1}):
                self.say(line, "G-DUPLICATE", f"{label}: '{text}' stands twice; keep one")
            sides[lang] = tuple(dict.fromkeys(t for t in texts if t))
        return Forms(**sides)

    def avoid(self, row: yaml_lines.Map, what: str) -> tuple[Avoided, ...]:
        value = self.row(row.get("avoid"), row.at("avoid"), LANGS, f"avoid of {what}")
        found = []
        for lang in LANGS:
            for item in self.rows(value, lang, f"avoid of {what}"):
                name = f"avoid of {what} ({lang})"
                one = self.row(item, value.at(lang), ("term", "why"), name)
                form = self.text(one.get("term"), one.at("term"), f"term in {name}", form=True)
                if item is not None and isinstance(item, Mapping) and not one.get("term"):
                    self.say(one.line, "G-MISSING", f"{name} has an item without 'term'; give it one")  # fmt: skip
                why = self.both(one, "why", f"'{form}' in {name}", needed=bool(form))
                if form:
                    found.append(Avoided(lang, form, why or Both("", "")))
        return tuple(found)

    def sources(self, row: yaml_lines.Map, what: str) -> tuple[Source, ...]:
        found = []
        for item in self.rows(row, "sources", what):
            name = f"a source of {what}"
            one = self.row(item, row.at("sources"), ("title", "url"), name)
            title = self.text(one.get("title"), one.at("title"), f"title of {name}")
            url = one.get("url") or ""
            if not title:
                self.say(one.line or row.at("sources"), "G-MISSING", f"{name} has no title; give it one")  # fmt: skip
            if url and not (isinstance(url, str) and URL.fullmatch(url)):
                self.say(one.at("url"), "G-URL", f"url of {name} is {_shown(url)}; it starts with https:// or http://")  # fmt: skip
                url = ""
            if title:
                found.append(Source(title, url))
        return tuple(found)

    def id(self, value: object, line: int, what: str) -> str:
        """An id as it stands in HTML and in addresses, or ''."""
        if isinstance(value, str) and ID.fullmatch(value):
            return value
        if value is not None:
            self.say(line, "G-ID", f"{what} is {_shown(value)}; an id has a-z, 0-9 and single hyphens, and starts with a letter")  # fmt: skip
        return ""

    def is_row(self, value: object, line: int, known: Sequence[str], what: str) -> bool:
        """Whether an item of the file's own lists is a mapping; said if not."""
        if not isinstance(value, yaml_lines.Map):
            self.say(line, "G-TYPE", f"{what} is {_shown(value)}; it is a mapping with {', '.join(known)}")  # fmt: skip
        return isinstance(value, yaml_lines.Map)

    def subject(self, value: object, line: int) -> Subject | None:
        row = self.row(value, line, SUBJECT, "a subject")
        id = self.id(row.get("id"), row.at("id"), "id of a subject")
        sides = {x: self.text(row.get(x), row.at(x), f"{x} of subject '{id}'") for x in LANGS}
        self._missing(row, SUBJECT, f"subject '{id}'" if id else "a subject")
        return Subject(id, Both(**sides)) if id else None

    def term(self, value: object, line: int) -> Term | None:
        row = self.row(value, line, TERM, "a term")
        id = self.id(row.get("id"), row.at("id"), "id of a term")
        if RESERVED.fullmatch(id):
            self.say(row.at("id"), "G-ID", f"the id '{id}' is one of the page's own; take another")
        what = f"'{id}'" if id else "a term"
        self._missing(row, TERM_NEEDED, what)
        name = {x: self.text(row.get(x), row.at(x), f"{x} of {what}", form=True) for x in LANGS}
        basis = row.get("basis")
        if basis is not None and basis not in BASES:
            self.say(row.at("basis"), "G-TYPE", f"basis of {what} is {_shown(basis)}; it is {' or '.join(BASES)}")  # fmt: skip
        callout = row.get("callout")
        if callout not in (None, True, False):
            self.say(row.at("callout"), "G-TYPE", f"callout of {what} is {_shown(callout)}; it is true or false")  # fmt: skip
        sources = self.sources(row, what)
        if basis == "stored" and not sources:
            self.say(row.at("basis"), "G-SOURCE", f"{what} has basis: stored and no source; name the source, or say basis: general")  # fmt: skip
        related = [
            self.id(v, row.at("related"), f"related of {what}")
            for v in self.rows(row, "related", what)
        ]
        definition = self.both(row, "definition", what, needed=row.get("definition") is not None)
        term = Term(
            id=id, subject=str(row.get("subject") or ""), name=Both(**name),
            definition=definition or Both("", ""), variants=self.forms(row, "variants", what),
            search_only=self.forms(row, "search_only", what), avoid=self.avoid(row, what),
            sides=self.both(row, "sides", what, needed=False), sources=sources,
            basis=basis if basis in BASES else "general",
            doubt=self.both(row, "doubt", what, needed=False),
            related=tuple(dict.fromkeys(r for r in related if r)), callout=callout is True,
            line=row.line,
        )  # fmt: skip
        return term if id and term.name.zh and term.name.en else None

    def _missing(self, row: yaml_lines.Map, needed: Sequence[str], what: str) -> None:
        for key in needed:
            if row.get(key) in (None, ""):
                self.say(row.line, "G-MISSING", f"{what} has no '{key}'; every entry needs {', '.join(needed)}")  # fmt: skip


def _shown(value: object) -> str:
    """A value of the file as a message shows it: what it is and, if short, what it says."""
    if value is None:
        return "empty"
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    shown = str(value).lower() if isinstance(value, bool) else str(value)
    return repr(shown if len(shown) <= 60 else shown[:57] + "…")


def to_row(term: Term) -> dict[str, object]:
    """The term as plain values under the keys of glossary.yml, what is empty left out."""

    def both(value: Both | None) -> dict[str, str] | None:
        return {"zh": value.zh, "en": value.en} if value else None

    def forms(value: Forms) -> dict[str, list[str]]:
        return {lang: list(value[lang]) for lang in LANGS if value[lang]}

    avoid = {
        lang: [{"term": a.form, "why": both(a.why)} for a in term.avoid if a.lang == lang]
        for lang in LANGS
    }
    sources = [
        {"title": s.title, "url": s.url} if s.url else {"title": s.title} for s in term.sources
    ]
    row = {
        "id": term.id, "subject": term.subject, "zh": term.zh, "en": term.en,
        "variants": forms(term.variants), "search_only": forms(term.search_only),
        "avoid": {lang: items for lang, items in avoid.items() if items},
        "definition": both(term.definition), "sides": both(term.sides), "sources": sources,
        "basis": term.basis, "doubt": both(term.doubt), "related": list(term.related),
        "callout": term.callout,
    }  # fmt: skip
    return {key: value for key, value in row.items() if value}


# --- reading -----------------------------------------------------------------------------------


def read_glossary(path: Path, root: Path | None = None) -> tuple[Glossary, tuple[Problem, ...]]:
    """The glossary in a file and everything that is wrong with it; what can be used is there."""
    shown = str(path.relative_to(root)) if root and path.is_relative_to(root) else str(path)
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return Glossary(path=shown), (Problem(shown, 0, "no such file; it holds `version: 1`, `subjects` and `terms`", "G-FILE"),)  # fmt: skip
    except UnicodeDecodeError as error:
        return Glossary(path=shown), (Problem(shown, 1, f"not UTF-8 (byte {error.start}); save it as UTF-8", "G-FILE"),)  # fmt: skip
    return parse_glossary(text, shown)


def parse_glossary(text: str, path: str) -> tuple[Glossary, tuple[Problem, ...]]:
    """As `read_glossary`, from the file's text."""
    reader = _Reader(path)
    value, found = yaml_lines.load(text, path)
    reader.problems += [Problem(p.path, p.line, p.message, p.code or "G-YAML") for p in found]
    if value is None and found:
        return Glossary(path=path), tuple(reader.problems)
    top = reader.row(value, 1, TOP, "the glossary")
    if top.get("version") != GLOSSARY_VERSION:
        reader.say(top.at("version"), "G-VERSION", f"version is {_shown(top.get('version'))}; this program reads {GLOSSARY_VERSION}")  # fmt: skip
    for key in ("subjects", "terms"):
        if not top.get(key):
            reader.say(top.at(key), "G-MISSING", f"the glossary has no {key}; give it a list")
    subjects = [
        reader.subject(row, top.at("subjects"))
        for n, row in enumerate(reader.rows(top, "subjects", "the glossary"), 1)
        if reader.is_row(row, top.at("subjects"), SUBJECT, f"subject {n} of the list")
    ]
    terms = [
        reader.term(row, top.at("terms"))
        for n, row in enumerate(reader.rows(top, "terms", "the glossary"), 1)
        if reader.is_row(row, top.at("terms"), TERM, f"term {n} of the list")
    ]
    glossary = Glossary(tuple(t for t in terms if t), tuple(s for s in subjects if s), path)
    reader.problems += _check_ids(glossary)
    reader.problems += _check_forms(glossary)
    problems = sorted(reader.problems, key=lambda p: p.line)
    return _without_duplicates(glossary), tuple(dict.fromkeys(problems))


def _without_duplicates(glossary: Glossary) -> Glossary:
    """Of several entries with one id the first, so that what comes after can rely on ids."""
    terms = {t.id: t for t in reversed(glossary.terms)}
    subjects = {s.id: s for s in reversed(glossary.subjects)}
    return Glossary(
        tuple(reversed(terms.values())), tuple(reversed(subjects.values())), glossary.path
    )


def _check_ids(glossary: Glossary) -> Iterator[Problem]:
    """Ids that stand twice, and relations that lead nowhere."""
    path, first = glossary.path, {}
    subjects = [s.id for s in glossary.subjects]
    for id in sorted({s for s in subjects if subjects.count(s) > 1}):
        yield Problem(path, 1, f"the subject '{id}' stands twice; keep one", "G-DUPLICATE")
    for term in glossary.terms:
        if term.id in first:
            yield Problem(path, term.line, f"the id '{term.id}' stands already at line {first[term.id]}; one concept is one entry, so join them or give this one its own id", "G-DUPLICATE")  # fmt: skip
        first.setdefault(term.id, term.line)
    for term in glossary.terms:
        if term.subject and term.subject not in subjects:
            yield Problem(path, term.line, f"'{term.id}' has the unknown subject '{term.subject}'; subjects are {', '.join(subjects)}", "G-RELATED")  # fmt: skip
        for other in term.related:
            if other == term.id:
                yield Problem(path, term.line, f"'{term.id}' is related to itself; remove that", "G-RELATED")  # fmt: skip
            elif other not in first:
                near = difflib.get_close_matches(other, first, 1) if len(first) < 5000 else []
                todo = f"did you mean '{near[0]}'?" if near else "name the id of an entry"
                yield Problem(path, term.line, f"'{term.id}' is related to '{other}', which is no entry; {todo}", "G-RELATED")  # fmt: skip


def _check_forms(glossary: Glossary) -> Iterator[Problem]:
    """Forms that two concepts share: a reader could not know which of them is meant."""
    for lang in LANGS:
        owner: dict[tuple[str, ...], tuple[Term, str]] = {}
        for term in glossary.terms:
            clashes = {}
            for form in term.forms(lang):
                for key in keys(form, lang):
                    other, words = owner.setdefault(key, (term, form))
                    if other is not term and other.id != term.id:
                        clashes.setdefault((form, other.id), (other, words))
            for (form, _), (other, words) in clashes.items():
                same = "" if words == form else f" (there '{words}')"
                yield Problem(glossary.path, term.line, f"'{form}' ({lang}) is a form of '{term.id}' and of '{other.id}', line {other.line}{same}; keep it at one of them, or put it under search_only", "G-CLASH")  # fmt: skip
            own = {key for form in term.forms(lang) for key in keys(form, lang)}
            for avoided in term.avoid:
                if avoided.lang == lang and own & set(keys(avoided.form, lang)):
                    yield Problem(glossary.path, term.line, f"'{avoided.form}' ({lang}) of '{term.id}' is to be avoided and is one of its forms; keep one of the two", "G-CLASH")  # fmt: skip
