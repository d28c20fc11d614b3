"""Bitexts, people, glossary -> the catalogue: the library as its lists show it, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial

from bitext.forms import is_date
from bitext.glossary.occurrences import Matcher
from bitext.glossary.people import People, Person
from bitext.glossary.records import Glossary
from bitext.library.kept import NO_MEMORY, Memory
from bitext.library.lasting import Lasting
from bitext.library.store import day_of
from bitext.model import LANGS, Bitext, Speaker, Unit
from bitext.pages.browse.record_kinds import kind_of
from bitext.pages.phrases import Names, named, titled
from bitext.pages.top import said_in

UNDATED = "undated"
#: A value in both languages, each with the language that it is in.
Twice = Mapping[str, tuple[str, str]]
#: How often each term stands in a text, by language, by the term's id.
Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks in a text: one form of the name; `person` is '' where people.yml has no entry."""

    person: str
    name: Twice


@dataclass(frozen=True, slots=True)
class Listed:
    """A text as a list shows it."""

    slug: str
    day: str  # ISO, as much of it as is known
    title: Twice
    voices: tuple[Voice, ...] = ()
    kind: str = "other"  # of record_kinds
    terms: Mapping[str, int] = field(
        default_factory=dict
    )  # id -> how often, in the language that has it oftener
    apart: Twice | None = None  # what tells it from another of the same title, day and speakers

    @property
    def year(self) -> str:
        return self.day[:4] if is_date(self.day) else UNDATED


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says in a text: the first unit of each turn; and in what role."""

    text: Listed
    turns: tuple[Unit, ...]
    role: Twice | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a person is named in a text in which they do not speak: the units' ids."""

    text: Listed
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Portrait:
    """A person and where they are in the library, newest first."""

    person: Person
    said: tuple[Said, ...] = ()
    named: tuple[Mention, ...] = ()

    @property
    def turns(self) -> int:
        return sum(len(said.turns) for said in self.said)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The whole library, newest text first."""

    texts: tuple[Listed, ...] = ()
    portraits: tuple[Portrait, ...] = ()  # everyone in people.yml, in its order
    glossary: Glossary = field(default_factory=Glossary)

    def strangers(self) -> Sequence[tuple[Voice, list[Listed]]]:
        """Who speaks under a name and has no entry in people.yml, with their texts; no mere roles."""
        out: dict[tuple[str, ...], tuple[Voice, list[Listed]]] = {}
        for text in self.texts:
            for voice in text.voices:
                if not voice.person and not all(_is_role(name) for name, _ in voice.name.values()):
                    out.setdefault(_names_of(voice), (voice, []))[1].append(text)
        return tuple(out.values())


@Lasting
def _is_role(name: str) -> bool:
    """Whether a name says by itself that somebody speaks."""
    from bitext.segment.speakers import is_role

    return is_role(name)


def catalogue(
    bitexts: Sequence[Bitext],
    people: People | None = None,
    glossary: Glossary | None = None,
    counts: Mapping[str, Counts] | None = None,
    memory: Memory = NO_MEMORY,
) -> Catalogue:
    """The catalogue; `counts` has for each text, by its slug, how often each term stands in it, and
    `memory` where people are named in texts that did not change."""
    people, glossary = people or People(), glossary or Glossary()
    texts = texts_of(bitexts, people, counts, memory.on(people.persons, glossary))
    portraits = tuple(_portraits(people.persons, bitexts, texts, glossary, memory))
    return Catalogue(texts, portraits, glossary)


def texts_of(
    bitexts: Sequence[Bitext],
    people: People,
    counts: Mapping[str, Counts] | None = None,
    memory: Memory = NO_MEMORY,
) -> tuple[Listed, ...]:
    """The texts as lists show them, without what is known of people. `memory` is one of all that `counts`
    and names depend on."""
    names = {person.id: person.name for person in people.persons}

    def listed(bitext: Bitext) -> Listed:
        return _listed(bitext, names, (counts or {}).get(bitext.slug, {}))

    texts = tuple(memory.of(b, "listed", partial(listed, b), often=True) for b in bitexts)
    return tuple(_told_apart(texts, bitexts))


def _listed(bitext: Bitext, names: Names, counts: Counts) -> Listed:
    voices = {_names_of(voice): voice for voice in (_voice(s, names) for s in bitext.speakers)}
    return Listed(
        bitext.slug,
        day_of(bitext),
        {lang: titled(bitext, lang) for lang in LANGS},
        tuple(voices.values()),
        kind_of(bitext.record.get("kind")).id,
        {id: max(count.values()) for id, count in counts.items()},
    )


def _voice(speaker: Speaker, names: Names) -> Voice:
    person = speaker.person if speaker.person in names else ""
    return Voice(person or "", {lang: named(speaker, lang, names) for lang in LANGS})


def _names_of(voice: Voice) -> tuple[str, ...]:
    return (voice.person, *(voice.name[lang][0] for lang in LANGS))


# --- texts that look the same --------------------------------------------------------------------


def _told_apart(texts: Sequence[Listed], bitexts: Sequence[Bitext]) -> Iterator[Listed]:
    """The texts; those of one title, day and speakers with their places, or else their slugs."""
    places = {b.slug: {x: said_in(b.record.get("place"), x) for x in LANGS} for b in bitexts}
    alike: dict[tuple, list[str]] = {}
    for text in texts:
        for lang in LANGS:
            alike.setdefault(_looks(text, lang), []).append(text.slug)
    for text in texts:
        others = {slug for lang in LANGS for slug in alike[_looks(text, lang)]}
        if len(others) == 1:
            yield text
            continue
        where = [tuple(places[slug][lang][0] for lang in LANGS) for slug in sorted(others)]
        by_place = all(all(place) for place in where) and len(set(where)) == len(where)
        apart = places[text.slug] if by_place else {lang: (text.slug, lang) for lang in LANGS}
        yield replace(text, apart=apart)


def _looks(text: Listed, lang: str) -> tuple[object, ...]:
    """What a reader sees of a text in a list."""
    return lang, text.title[lang][0], text.day, tuple(v.name[lang][0] for v in text.voices)


# --- people --------------------------------------------------------------------------------------


def _portraits(
    persons: Sequence[Person],
    bitexts: Sequence[Bitext],
    texts: Sequence[Listed],
    glossary: Glossary,
    memory: Memory,
) -> Iterator[Portrait]:
    """Everyone of people.yml, with what they say and where they are named."""
    said: dict[str, list[Said]] = {person.id: [] for person in persons}
    named_in: dict[str, list[Mention]] = {person.id: [] for person in persons}
    memory = memory.on(persons, glossary)
    finders = cache(lambda: _finders(persons, glossary))
    for bitext, text in zip(bitexts, texts, strict=True):
        speakers: dict[str, list[Speaker]] = {}
        for speaker in bitext.speakers:
            if speaker.person in said:
                speakers.setdefault(speaker.person or "", []).append(speaker)
        for id, own in speakers.items():
            said[id].append(Said(text, tuple(turns_of(own, bitext)), _role(own)))
        mentions = memory.of(bitext, "mentions", partial(_mentions, bitext, finders), often=True)
        for id, units in mentions.items():
            if id not in speakers:
                named_in[id].append(Mention(text, tuple(units)))
    for person in persons:
        yield Portrait(person, tuple(said[person.id]), tuple(named_in[person.id]))


def turns_of(speakers: Sequence[Speaker], bitext: Bitext) -> Iterator[Unit]:
    """The first unit of each turn of these speakers."""
    ids, seen = {s.id for s in speakers}, set()
    for unit in bitext.units:
        if unit.speaker in ids and unit.turn and unit.turn not in seen:
            seen.add(unit.turn)
            yield unit


def _role(speakers: Sequence[Speaker]) -> Twice | None:
    """The role at the time of the text, as the text's record has it."""
    for s in speakers:
        roles = {"zh": s.role_zh or "", "en": s.role_en or ""}
        if any(roles.values()):
            return {lang: said_in(roles, lang) for lang in LANGS}
    return None


def _finders(persons: Sequence[Person], glossary: Glossary) -> dict[str, Matcher]:
    return {lang: _finder(persons, glossary, lang) for lang in LANGS} if persons else {}


def _finder(persons: Sequence[Person], glossary: Glossary, lang: str) -> Matcher:
    """Finds people by all forms of their names."""
    forms = [(p.id, form) for p in persons for form in (p.name[lang], *p.variants[lang])]
    return Matcher(glossary, lang, forms)


def _mentions(bitext: Bitext, found: Callable[[], Mapping[str, Matcher]]) -> dict[str, list[str]]:
    """The units in which people are named, by the person's id."""
    finders = found()
    out: dict[str, list[str]] = {}
    for unit, lang in ((unit, lang) for unit in bitext.units for lang in finders):
        for occurrence in finders[lang].find(unit.text(lang) or ""):
            units = out.setdefault(occurrence.term_id, [])
            if unit.id not in units[-1:]:
                units.append(unit.id)
    return out
