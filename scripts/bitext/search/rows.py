"""Bitexts, glossary and built pages -> the texts that are searched, row by row in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from bitext.glossary.store import Glossary, Term
from bitext.model import LANGS, OTHER, Bitext, Note, Speaker, Unit
from bitext.pages.labels import label
from bitext.pages.phrases import name_of, title_of


@dataclass(frozen=True, slots=True)
class Row:
    """What a hit opens: a unit, a term's entry or a section; `id` is its address on the page."""

    id: str
    text: str
    label: str = ""  # who speaks, or the heading
    aside: bool = False  # an editor's note: found after the text itself


@dataclass(frozen=True, slots=True)
class Pair:
    """A row in both languages; None where a language has nothing."""

    zh: Row | None
    en: Row | None

    def __getitem__(self, lang: str) -> Row | None:
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Page:
    """A page in both languages. `url` is the path below the language's root."""

    url: str
    kind: str  # 'transcript' | 'glossary' | 'text'
    zh: str  # its title
    en: str
    pairs: tuple[Pair, ...]

    def title(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Name:
    """One concept or person under all its names: a query for one finds the others.

    `row` is its entry's id in the glossary, '' for a person. The loose names are too general to be
    found in its stead: a query for one finds the concept, but not the other way round.
    """

    zh: tuple[str, ...]
    en: tuple[str, ...]
    row: str = ""
    loose_zh: tuple[str, ...] = ()
    loose_en: tuple[str, ...] = ()


#: Names that every text of this library uses as one.
ALWAYS = (Name(("人工智能", "AI"), ("AI", "artificial intelligence")),)


def transcript(bitext: Bitext) -> Page:
    """The page of a bitext: its units and the editor's notes on them."""
    notes: dict[str, list[Pair]] = {}
    for note in bitext.notes:
        notes.setdefault(note.at, []).append(_note(note))
    pairs: list[Pair] = []
    for unit in bitext.units:
        speaker = bitext.speaker(unit.speaker)
        pairs += [_unit(unit, speaker), *notes.get(unit.id, ())]
    zh, en = (title_of(bitext, lang) for lang in LANGS)
    return Page(f"transcripts/{bitext.slug}/", "transcript", zh, en, tuple(pairs))


def _unit(unit: Unit, speaker: Speaker | None) -> Pair:
    rows = {
        lang: Row(unit.id, _line(text), name_of(speaker, lang) if speaker else "")
        for lang in LANGS
        if (text := unit.text(lang))
    }
    return Pair(rows.get("zh"), rows.get("en"))


def _note(note: Note) -> Pair:
    return Pair(
        Row(note.id, _line(note.zh), label("zh", "editor"), aside=True),
        Row(note.id, _line(note.en), label("en", "editor"), aside=True),
    )


def glossary_page(glossary: Glossary, url: str = "glossary/") -> Page:
    """The glossary, an entry a row; its text begins with every name of the concept."""
    pairs = [Pair(*(_entry(term, lang) for lang in LANGS)) for term in glossary.terms]
    return Page(url, "glossary", "术语表", "Glossary", tuple(pairs))


#: What stands between names, behind the last one, and between texts.
PUNCTUATION = {"zh": ("、", "。", ""), "en": (", ", ".", " ")}


def _entry(term: Term, lang: str) -> Row:
    """A term's names, what it means and what is said of it, as one text."""
    comma, stop, space = PUNCTUATION[lang]
    names = dict.fromkeys((*term.renderings(lang), term.name[OTHER[lang]]))
    parts = [comma.join(names) + stop, term.definition[lang]]
    parts += [part[lang] for part in (term.sides, term.doubt) if part]
    return Row(term.id, _line(space.join(parts)), term.name[lang])


def names(
    glossary: Glossary, people: Mapping[str, Name], bitexts: Sequence[Bitext]
) -> tuple[Name, ...]:
    """Every concept and person with more than one name: terms, people, and speakers as written."""
    found = [
        Name(t.forms("zh"), t.forms("en"), t.id, t.search_only["zh"], t.search_only["en"])
        for t in glossary.terms
    ]
    found += _persons(people, bitexts)
    return (*ALWAYS, *(n for n in found if len(n.zh) + len(n.en) > 1))


def _persons(people: Mapping[str, Name], bitexts: Sequence[Bitext]) -> Iterator[Name]:
    """People, each with the names under which they speak; then speakers who are none of them."""
    persons: dict[object, dict[str, dict[str, None]]] = {
        id: {"zh": dict.fromkeys(person.zh), "en": dict.fromkeys(person.en)}
        for id, person in people.items()
    }
    for speaker in (s for bitext in bitexts for s in bitext.speakers):
        both = (speaker.zh, speaker.en)
        sides = persons.setdefault(speaker.person or both, {"zh": {}, "en": {}})
        for lang, name in zip(LANGS, both, strict=True):
            if name:
                sides[lang][name] = None
    yield from (Name(tuple(s["zh"]), tuple(s["en"])) for s in persons.values())


def text_page(url: str, zh_html: str, en_html: str) -> Page:
    """A hand-written page, from its HTML in both languages; sections are paired in order."""
    zh, en = sections(zh_html, "zh-Hans"), sections(en_html, "en")
    size = max(len(zh), len(en))
    sides = ([*side, *[None] * (size - len(side))] for side in (zh, en))
    pairs = tuple(Pair(a, b) for a, b in zip(*sides, strict=True))
    return Page(url, "text", zh[0].label if zh else "", en[0].label if en else "", pairs)


def sections(html: str, lang: str) -> list[Row]:
    """The sections of a built page's article; the first one's label is the page's title.

    What is hidden or in another language is left out.

    >>> [(r.id, r.label, r.text) for r in sections('<article><h1>A</h1><p>b <i lang="zh-Hans">x</i></p>'
    ...     '<h2 id="x">C</h2><p hidden>y</p><p>d<br>e</p></article>', "en")]
    [('', 'A', 'b'), ('x', 'C', 'd e')]
    """
    parser = _Sections(lang)
    parser.feed(html)
    parser.close()
    rows = ((id, _line("".join(text)), _line("".join(head))) for id, head, text in parser.found)
    return [Row(*row) for row in rows if row[1] or row[2]]


class _Sections(HTMLParser):
    """Collects the words of the article, cut at its headings."""

    INLINE = frozenset(["a", "abbr", "b", "bdi", "bdo", "cite", "code", "dfn", "em", "i", "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u"])  # fmt: skip
    HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
    SILENT = frozenset(["script", "style", "svg", "nav", "template", "button", "form", "head"])
    VOID = frozenset(
        [
            "area",
            "base",
            "br",
            "col",
            "embed",
            "hr",
            "img",
            "input",
            "link",
            "meta",
            "source",
            "track",
            "wbr",
        ]
    )

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.lang = lang
        self.found: list[tuple[str, list[str], list[str]]] = []
        self.open: list[tuple[str, bool]] = []  # the elements around, and which of them are silent
        self.heading = False

    def handle_starttag(self, tag, attrs):
        if tag in self.VOID:
            self._say(" ")
            return
        values = dict(attrs)
        foreign = values.get("lang", self.lang) != self.lang
        inside = self._inside()
        self.open.append((tag, tag in self.SILENT or "hidden" in values or foreign))
        if tag == "article" and not inside:
            self.found.append(("", [], []))
        elif inside and tag in self.HEADINGS:
            self._begin_heading(tag, values.get("id") or "")
        elif tag not in self.INLINE:
            self._say(" ")

    def _begin_heading(self, tag: str, id: str) -> None:
        """The page's title begins no section: one is open."""
        if tag != "h1":
            self.found.append((id, [], []))
        self.heading = True

    def handle_endtag(self, tag):
        if tag not in self.INLINE and tag not in self.HEADINGS:
            self._say(" ")
        if tag in self.HEADINGS:
            self.heading = False
        # An end tag that was left out (<p>, <li>) closes with the element around it.
        for n in range(len(self.open) - 1, -1, -1):
            if self.open[n][0] == tag:
                del self.open[n:]
                break

    def _inside(self) -> bool:
        return any(tag == "article" for tag, _ in self.open)

    def handle_data(self, data):
        self._say(data)

    def _say(self, text: str) -> None:
        if self._inside() and not any(silent for _, silent in self.open):
            _, head, words = self.found[-1]
            (head if self.heading else words).append(text)


def _line(text: str) -> str:
    return " ".join(text.split())


def all_pages(
    bitexts: Sequence[Bitext], glossary: Glossary, texts: Iterable[Page]
) -> Iterator[Page]:
    """Everything that is searched, in an order that does not change: terms, texts, transcripts."""
    if glossary.terms:
        yield glossary_page(glossary)
    yield from texts
    yield from (transcript(b) for b in sorted(bitexts, key=lambda b: b.slug))
