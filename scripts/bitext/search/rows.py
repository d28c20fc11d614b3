"""Bitexts, glossary and people -> the texts that are searched, row by row in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bitext.glossary.people import People, Person
from bitext.glossary.records import Both, Source
from bitext.glossary.store import Glossary, Term
from bitext.library.store import day_of
from bitext.model import LANGS, OTHER, Bitext, Note, SentenceBead, Speaker, Unit
from bitext.pages.labels import label, show_date
from bitext.pages.phrases import name_of, summary_of, title_of, worded
from bitext.search.across import Across
from bitext.search.records import Name, Page, Pair, Row, line

#: Names that every text of this library uses as one.
ALWAYS = (Name(("人工智能", "AI"), ("AI", "artificial intelligence")),)
#: A bead less sure than this answers with its paragraph; hand-set as on the page.
SURE = 0.8


def transcript(bitext: Bitext, across: Across | None = None) -> Page:
    """The page of a bitext: its record, its units and the editor's notes on them."""
    notes: dict[str, list[Pair]] = {}
    for note in bitext.notes:
        notes.setdefault(note.at, []).append(_note(note))
    pairs = [record(bitext)]
    for unit in bitext.units:
        speaker = bitext.speaker(unit.speaker)
        pairs += [_unit(unit, speaker, across), *notes.get(unit.id, ())]
    zh, en = (title_of(bitext, lang) for lang in LANGS)
    return Page(f"transcripts/{bitext.slug}/", "transcript", zh, en, tuple(pairs), day_of(bitext))


def _unit(unit: Unit, speaker: Speaker | None, across: Across | None) -> Pair:
    rows = {
        lang: Row(
            unit.id,
            line(text),
            name_of(speaker, lang) if speaker else "",
            who=speaker.person or "" if speaker else "",
            beads=bead_ends(text, lang, unit.beads) if unit.zh and unit.en else (),
            not_words=across.not_words(text) if across and lang == "zh" else (),
        )
        for lang in LANGS
        if (text := unit.text(lang))
    }
    return Pair(rows.get("zh"), rows.get("en"))


def bead_ends(text: str, lang: str, beads: Sequence[SentenceBead]) -> tuple[int, ...]:
    """Where the beads end in the text as it is searched, in characters of JavaScript; a doubtful
    one is negative. Nothing where all is one bead.

    >>> bead_ends("先试。\\n\\n再改。", "zh", (SentenceBead(3, 9, 0.9), SentenceBead(8, 20, 0.5)))
    (3, -7)
    """
    if len(beads) < 2:  # noqa: PLR2004 - one is the paragraph itself
        return ()
    ends = ((b.zh_end if lang == "zh" else b.en_end, b.posterior) for b in beads)
    sized = ((len(line(text[:end]).encode("utf-16-le")) // 2, sure) for end, sure in ends)
    return tuple(size if sure >= SURE else -size for size, sure in sized)


def _note(note: Note) -> Pair:
    return Pair(
        Row(note.id, line(note.zh), label("zh", "editor"), "note"),
        Row(note.id, line(note.en), label("en", "editor"), "note"),
    )


#: What the panel of a record says, by the keys of shapes.RECORD and of the source's metadata.
SAID = ("kind", "event", "date", "place", "spoken", "translation", "published", "found")
READ = ("time", "source", "author", "editor")


def record(bitext: Bitext) -> Pair:
    """What is known of a text as one row: title, event, date in words and in figures, place, source."""
    return Pair(*(Row("", _record(bitext, lang), kind="record") for lang in LANGS))


def _record(bitext: Bitext, lang: str) -> str:
    meta, known = bitext.metadata, bitext.record
    comma, stop, _ = PUNCTUATION[lang]
    speakers = comma.join(
        name_of(s, lang) + (BRACKETS[lang].format(role) if (role := role_of(s, lang)) else "")
        for s in bitext.speakers
    )
    parts = [
        summary_of(bitext, lang),
        *(worded(known.get(key), lang) for key in SAID),
        speakers,
        *(str(meta.get(key) or "") for key in (*READ, f"byline_{lang}")),
        *(word for day in (known.get("date_local"), known.get("date_beijing"), meta.get("date")) if day for word in (show_date(lang, str(day)), str(day))),
        _address(known.get("found")),
    ]  # fmt: skip
    seen = dict.fromkeys(line(part).rstrip("。.") for part in parts if part)
    return (stop if lang == "zh" else ". ").join(seen) + stop


BRACKETS = {"zh": "（{}）", "en": " ({})"}


def role_of(speaker: Speaker, lang: str) -> str:
    """The role of a speaker at that time, '' where the record does not say it."""
    return (speaker.role_zh if lang == "zh" else speaker.role_en) or ""


def _address(found: object) -> str:
    """The address of the page on which a text was found, as it is spoken of."""
    url = str(found.get("url") or "") if isinstance(found, Mapping) else ""
    return url.partition("://")[2].removeprefix("www.").rstrip("/")


def glossary_page(glossary: Glossary, url: str = "glossary/") -> Page:
    """The glossary, an entry a row, whose text begins with every name of the concept; and what it rests on."""
    pairs = []
    for term in glossary.terms:
        pairs += [
            Pair(*(_entry(term, lang) for lang in LANGS)),
            *_cited(term.id, term.name, term.sources),
        ]
    return Page(url, "glossary", "术语表", "Glossary", tuple(pairs))


#: What stands between names, behind the last one, and between texts.
PUNCTUATION = {"zh": ("、", "。", ""), "en": (", ", ".", " ")}


def _entry(term: Term, lang: str) -> Row:
    """A term's names, what it means and what is said of it, as one text."""
    comma, stop, space = PUNCTUATION[lang]
    names = dict.fromkeys((*term.renderings(lang), term.name[OTHER[lang]]))
    parts = [comma.join(names) + stop, term.definition[lang]]
    parts += [part[lang] for part in (term.sides, term.doubt) if part]
    return Row(term.id, line(space.join(parts)), term.name[lang])


def _cited(id: str, name: Both, sources: Sequence[Source], who: str = "") -> list[Pair]:
    """What an entry rests on, as a row of its own: a hit there is no hit in what the entry says."""
    if not sources:
        return []
    text = line(". ".join(source.title for source in sources))
    return [Pair(*(Row(id, text, name[lang], "cited", who) for lang in LANGS))]


def person_pages(people: People, bitexts: Sequence[Bitext]) -> Iterator[Page]:
    """The page of everyone of whom data/people.yml knows: names, role and what is said of them."""
    for person in people.persons:
        rows = (_person(person, bitexts, lang) for lang in LANGS)
        pairs = (Pair(*rows), *_cited("", person.name, person.sources, person.id))
        yield Page(f"speakers/{person.id}/", "person", person.name["zh"], person.name["en"], pairs)


def _person(person: Person, bitexts: Sequence[Bitext], lang: str) -> Row:
    comma, stop, space = PUNCTUATION[lang]
    names = (person.name[lang], *person.variants[lang], person.name[OTHER[lang]])
    roles = [role_of(s, lang) for b in bitexts for s in b.speakers if s.person == person.id]
    parts = [comma.join(dict.fromkeys(names)), *(p[lang] for p in (person.role, person.note) if p), *roles]  # fmt: skip
    seen = dict.fromkeys(line(part).rstrip("。.") for part in parts if part)
    return Row("", (stop + space).join(seen) + stop, person.name[lang], who=person.id)


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
    for id, s in persons.items():
        yield Name(tuple(s["zh"]), tuple(s["en"]), id if isinstance(id, str) else "", person=True)


def all_pages(
    bitexts: Sequence[Bitext],
    glossary: Glossary,
    people: People,
    texts: Iterable[Page],
) -> Iterator[Page]:
    """Everything that is searched, in an order that does not change: terms, people, pages about the
    site, transcripts, the newest first: so the blocks of an index stand in the order of dates."""
    yield from pages_beside(bitexts, glossary, people, texts)
    across = Across(glossary)
    for bitext in in_order(bitexts):
        yield transcript(bitext, across)


def pages_beside(
    bitexts: Sequence[Bitext], glossary: Glossary, people: People, texts: Iterable[Page]
) -> Iterator[Page]:
    """All but the transcripts, which stand behind them."""
    if glossary.terms:
        yield glossary_page(glossary)
    yield from person_pages(people, bitexts)
    yield from texts


def in_order(bitexts: Iterable[Bitext]) -> list[Bitext]:
    """The texts from the newest to the oldest, those without a date last."""
    return sorted(sorted(bitexts, key=lambda b: b.slug), key=day_of, reverse=True)
