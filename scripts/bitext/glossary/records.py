"""The records of a glossary: one concept, one entry, both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bitext.model import LANGS

GLOSSARY_VERSION = 1
#: Said in every file of the glossary that leaves.
LICENCE = "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/; credit: Two Tracks · 双轨"
BASES = ("stored", "general")
MAX_FORM = 200  # characters of a term; longer is a sentence, and no text will hold it twice


@dataclass(frozen=True, slots=True)
class Both:
    """A text in both languages; `both[lang]` is one of them."""

    zh: str
    en: str

    def __getitem__(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en


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
    formerly: tuple[str, ...] = ()  # ids under which it was published before; they keep working
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
    words: Forms = Forms()  # what is words in a text and no term: names, data/words.txt

    def by_id(self) -> Mapping[str, Term]:
        return {term.id: term for term in self.terms}


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
        "callout": term.callout, "formerly": list(term.formerly),
    }  # fmt: skip
    return {key: value for key, value in row.items() if value}
