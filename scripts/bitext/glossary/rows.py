"""Rows of glossary.yml -> its records, and everything that is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeGuard

from bitext.forms import (  # fmt: skip
    ADDRESS,
    ID_FORM,
    INVISIBLE,
    PAGE_NAMES,
    TEXT,
    Cut,
    cut_by_comment,
    is_address,
    is_id,
    shown,
    taken_by_page,
    unknown_key,
)
from bitext.glossary.records import (  # fmt: skip
    BASES,
    MAX_FORM,
    Avoided,
    Both,
    Forms,
    Source,
    Subject,
    Term,
)
from bitext.library import yaml_lines
from bitext.model import LANGS, Problem

# What the file may hold.
TOP = ("version", "subjects", "terms")
SUBJECT = ("id", "zh", "en")
TERM = (
    "id", "subject", "zh", "en", "variants", "avoid", "definition", "sides", "sources", "basis",
    "doubt", "related", "callout", "search_only", "formerly",
)  # fmt: skip
TERM_NEEDED = ("id", "subject", "zh", "en", "definition", "basis")
# Definitions are plain text. What these find would show as signs on the page, or hint at a paste.
MARKUP = re.compile(
    r"</?[A-Za-z][^<>]*>|<!--|&(?:#\w+|[a-z]{2,8});|\]\(|\[\[|`|\*\*|__|(?<!\w)[*_]\w[^*_]*[*_](?!\w)"
    r"|\{[{%#:.]|^\s*(?:#{1,6}\s|>\s|[-*+]\s|```)|--8<--",
    re.MULTILINE,
)


#: Characters of a term, of which one stands in too many words to be marked; at most MAX_FORM.
LEAST_FORM = 2
#: Characters of markup that a message shows.
MARKUP_SHOWN = 20


def _faults(text: str, what: str, *, form: bool, plain: bool) -> Iterator[tuple[str, str]]:
    """(code, message) of all that is wrong with a text, as a form or a plain text."""
    yield from _invisible(text, what)
    if plain:
        yield from _markup(text, what)
    if form:
        yield from _size(text, what)


def _invisible(text: str, what: str) -> Iterator[tuple[str, str]]:
    if found := INVISIBLE.search(text):
        yield "INVISIBLE", f"{what} has an invisible character (U+{ord(found[0]):04X}); remove it"


def _markup(text: str, what: str) -> Iterator[tuple[str, str]]:
    if found := MARKUP.search(text):
        signs = found[0][:MARKUP_SHOWN]
        yield "MARKUP", f"{what} has markup {signs!r}; it is plain text, so write it without"


def _size(text: str, what: str) -> Iterator[tuple[str, str]]:
    if len(text) < LEAST_FORM:
        yield "SHORT", f"{what} is {text!r}; one character stands in too many words to be marked, so give at least two"  # fmt: skip
    if len(text) > MAX_FORM:
        yield "LONG", f"{what} has {len(text)} characters; a term has at most {MAX_FORM}"


class RowReader:
    """Takes rows apart and keeps everything that is wrong with them; `letter` begins its codes."""

    def __init__(self, path: str, letter: str = "G") -> None:
        self.path, self.letter = path, letter
        self.problems: list[Problem] = []

    def say(self, line: int, code: str, message: str) -> None:
        self.problems.append(Problem(self.path, line, message, f"{self.letter}-{code}"))

    def row(self, value: object, line: int, known: Sequence[str], what: str) -> yaml_lines.Map:
        """The value as a mapping, its unknown keys reported; an empty one if it is none."""
        if not isinstance(value, yaml_lines.Map):
            if value is not None:
                self.say(line, "TYPE", f"{what} is {shown(value)}; it is a mapping with {', '.join(known)}")  # fmt: skip
            empty = yaml_lines.Map()
            empty.line, empty.lines = line, {}
            return empty
        for key in value:
            if key not in known:
                self.say(value.at(key), "KEY", unknown_key(key, known, what))
        return value

    def rows(self, value: yaml_lines.Map, key: str, what: str) -> list[object]:
        items = value.get(key)
        if items is None:
            return []
        if not isinstance(items, list):
            self.say(value.at(key), "TYPE", f"{key} of {what} is {shown(items)}; it is a list")
            return []
        return items

    def text(
        self, value: object, line: int, what: str, *, form: bool = False, plain: bool = True
    ) -> str:
        """A text on one line, or '' where there is none. A form (a term's words) has more than
        one character and no end; a plain text has no markup."""
        if value is None or value == "":
            return ""
        if not isinstance(value, str):
            self.say(line, "TYPE", f"{what} is {shown(value)}; it is text, so put it in quotes")
            return ""
        if isinstance(value, Cut):
            self.say(line, "COMMENT", cut_by_comment(what, value))
        text = " ".join(value.split())
        for code, message in _faults(text, what, form=form, plain=plain):
            self.say(line, code, message)
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
            self.say(row.at(key), "MISSING", f"{name} has no {' and no '.join(missing)}; give both languages")  # fmt: skip
        return Both(**sides) if any(sides.values()) else None

    def worded(self, row: yaml_lines.Map, key: str, what: str) -> Both | None:
        """As `both`, but for prose with lines of its own."""
        name = f"{key} of {what}"
        value = self.row(row.get(key), row.at(key), LANGS, name)
        sides = {lang: self._prose(value, lang, f"{name} ({lang})") for lang in LANGS}
        missing = [lang for lang in LANGS if not value.get(lang)]
        if len(missing) == 1:
            self.say(row.at(key), "MISSING", f"{name} has no {missing[0]}; give both languages")
        return Both(**sides) if all(sides.values()) else None

    def _prose(self, value: yaml_lines.Map, lang: str, what: str) -> str:
        """A text with lines of its own, or '' where there is none."""
        said = value.get(lang)
        if said is None:
            return ""
        for line, message in TEXT.faults(said, value.at(lang), what):
            self.say(line, "TYPE", message)
        return said if isinstance(said, str) else ""

    def forms(self, row: yaml_lines.Map, key: str, what: str, *, form: bool = True) -> Forms:
        name = f"{key} of {what}"
        value = self.row(row.get(key), row.at(key), LANGS, name)
        sides = {}
        for lang in LANGS:
            line, label = value.at(lang), f"{name} ({lang})"
            texts = [
                self.text(v, line, label, form=form, plain=form)
                for v in self.rows(value, lang, name)
            ]
            for text in sorted({t for t in texts if t and texts.count(t) > 1}):
                self.say(line, "DUPLICATE", f"{label}: '{text}' stands twice; keep one")
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
                    self.say(one.line, "MISSING", f"{name} has an item without 'term'; give it one")  # fmt: skip
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
            url = str(one["url"]) if is_address(one.get("url")) else ""
            if not title:
                self.say(one.line or row.at("sources"), "MISSING", f"{name} has no title; give it one")  # fmt: skip
            if one.get("url") not in (None, "", url):
                self.say(one.at("url"), "URL", f"url of {name} is {shown(one['url'])}; {ADDRESS.words}")  # fmt: skip
            if title:
                found.append(Source(title, url))
        return tuple(found)

    def id(self, value: object, line: int, what: str) -> str:
        """An id as it stands in HTML and in addresses, or ''."""
        if is_id(value):
            return str(value)
        if value is not None:
            self.say(line, "ID", f"{what} is {shown(value)}; {ID_FORM.words}")
        return ""

    def is_row(
        self, value: object, line: int, known: Sequence[str], what: str
    ) -> TypeGuard[yaml_lines.Map]:
        """Whether an item of the file's own lists is a mapping; said if not."""
        if not isinstance(value, yaml_lines.Map):
            self.say(line, "TYPE", f"{what} is {shown(value)}; it is a mapping with {', '.join(known)}")  # fmt: skip
        return isinstance(value, yaml_lines.Map)

    def subject(self, value: object, line: int) -> Subject | None:
        row = self.row(value, line, SUBJECT, "a subject")
        id = self.id(row.get("id"), row.at("id"), "id of a subject")
        if id in PAGE_NAMES:
            self.say(row.at("id"), "ID", f"the id '{id}' is the name of a page; take another")
        sides = {x: self.text(row.get(x), row.at(x), f"{x} of subject '{id}'") for x in LANGS}
        self.missing(row, SUBJECT, f"subject '{id}'" if id else "a subject")
        return Subject(id, Both(**sides)) if id else None

    def term(self, value: object, line: int) -> Term | None:
        row = self.row(value, line, TERM, "a term")
        id = self.id(row.get("id"), row.at("id"), "id of a term")
        self._is_free(id, row.at("id"))
        what = f"'{id}'" if id else "a term"
        self.missing(row, TERM_NEEDED, what)
        name = {x: self.text(row.get(x), row.at(x), f"{x} of {what}", form=True) for x in LANGS}
        basis = self._basis(row, what)
        subject = self.text(
            row.get("subject"), row.at("subject"), f"subject of {what}", plain=False
        )
        callout = row.get("callout")
        if callout not in (None, True, False):
            self.say(row.at("callout"), "TYPE", f"callout of {what} is {shown(callout)}; it is true or false")  # fmt: skip
        sources = self.sources(row, what)
        if basis == "stored" and not sources:
            self.say(row.at("basis"), "SOURCE", f"{what} has basis: stored and no source; name the source, or say basis: general")  # fmt: skip
        related = self._ids(row, "related", what)
        formerly = self._ids(row, "formerly", what)
        for old in formerly:
            self._is_free(old, row.at("formerly"))
        definition = self.both(row, "definition", what, needed=row.get("definition") is not None)
        term = Term(
            id=id, subject=subject, name=Both(**name),
            definition=definition or Both("", ""), variants=self.forms(row, "variants", what),
            search_only=self.forms(row, "search_only", what), avoid=self.avoid(row, what),
            sides=self.both(row, "sides", what, needed=False), sources=sources, basis=basis,
            doubt=self.both(row, "doubt", what, needed=False), related=related,
            callout=callout is True, formerly=formerly, line=row.line,
        )  # fmt: skip
        return term if id and all(name.values()) else None

    def _basis(self, row: yaml_lines.Map, what: str) -> str:
        basis = row.get("basis")
        if basis is not None and basis not in BASES:
            self.say(row.at("basis"), "TYPE", f"basis of {what} is {shown(basis)}; it is {' or '.join(BASES)}")  # fmt: skip
        return basis if basis in BASES else "general"

    def _is_free(self, id: str, line: int) -> None:
        """Says where a term's id is one of the list's own ids or names another page of its folder."""
        if taken_by_page(id, "glossary") or id in PAGE_NAMES:
            self.say(line, "ID", f"the id '{id}' is one of the page's own; take another")

    def _ids(self, row: yaml_lines.Map, key: str, what: str) -> tuple[str, ...]:
        """The ids in a list of a term, each once."""
        line, name = row.at(key), f"{key} of {what}"
        ids = [self.id(value, line, name) for value in self.rows(row, key, what)]
        return tuple(dict.fromkeys(id for id in ids if id))

    def missing(self, row: yaml_lines.Map, needed: Sequence[str], what: str) -> None:
        """Says which of the needed keys a row lacks."""
        for key in needed:
            if row.get(key) in (None, ""):
                self.say(row.line, "MISSING", f"{what} has no '{key}'; every entry needs {', '.join(needed)}")  # fmt: skip
