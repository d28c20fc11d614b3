"""Bitexts, glossary -> where the texts and the glossary do not agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from bitext.glossary.concordance import searched_units
from bitext.glossary.occurrences import FOLDS, Matcher, Occurrence, keys, matcher_of
from bitext.glossary.store import Avoided, Glossary, Term
from bitext.glossary.tokens import tokenize
from bitext.model import LANGS, OTHER, Bitext, Problem, Unit

AVOIDED = "!"  # begins the ids under which a matcher knows words to avoid; no term's id has it
SHOWN = 4  # renderings named in a message


def check_terms(bitexts: Sequence[Bitext], glossary: Glossary) -> Iterator[Problem]:
    """Words to avoid, and units of which only one language has a term.

    A note of the editor's at a unit (of any kind) explains what is odd there: such a unit is passed
    over. So is one that has text in one language only, but for words to avoid.
    """
    if not glossary.terms:
        return
    words = {lang: _Words.of(glossary, lang) for lang in LANGS}
    terms = glossary.by_id()
    for bitext in bitexts:
        explained = {note.at for note in bitext.notes}
        for lang in LANGS:
            for unit, text in searched_units(bitext, lang):
                if unit.id not in explained:
                    yield from _check_unit(bitext, unit, text, lang, words, terms)


def notices_of_terms(bitexts: Sequence[Bitext], glossary: Glossary) -> Iterator[Problem]:
    """Terms that occur nowhere, in either language; many a glossary has them for good reasons."""
    found = {
        occurrence.term_id
        for bitext in bitexts
        for lang in LANGS
        for _, text in searched_units(bitext, lang)
        for occurrence in matcher_of(glossary, lang).find(text)
    }
    for term in glossary.terms:
        if term.id not in found:
            yield Problem(glossary.path, term.line, f"'{term.id}' ({term.zh}, {term.en}) occurs in no text; add the forms the texts use, or keep it as a related term", "T-UNUSED")  # fmt: skip


#: A concept, and words that are not to stand for it.
_Item = tuple[Term, Avoided]


@dataclass(frozen=True, slots=True)
class _Words:
    """What is looked for in a text of one language."""

    marked: Matcher  # the glossary's own forms, and the words to avoid under ids of their own
    rendered: Matcher  # every form that may stand for a concept
    avoided: Sequence[_Item]  # by the number in their ids
    shared: Mapping[tuple[str, ...], _Item]  # right for one concept, not for this

    @classmethod
    def of(cls, glossary: Glossary, lang: str) -> _Words:
        terms = glossary.terms
        avoided, shared = _to_avoid(terms, lang)
        forms = [(t.id, form) for t in terms for form in t.forms(lang)]
        forms += [(f"{AVOIDED}{n}", item.form) for n, (_, item) in enumerate(avoided)]
        rendered = [(t.id, form) for t in terms for form in t.renderings(lang)]
        rendered += [(t.id, item.form) for t in terms for item in _avoided_in(t, lang)]
        return cls(
            Matcher(glossary, lang, forms), Matcher(glossary, lang, rendered), avoided, shared
        )

    def to_avoid(self, occurrence: Occurrence, words: str, there: Set[str]) -> _Item | None:
        """What says that these words are to be avoided; `there`: the terms of the other language."""
        if occurrence.term_id.startswith(AVOIDED):
            return self.avoided[int(occurrence.term_id[1:])]
        if not self.shared or occurrence.term_id in there:
            return None
        key = tuple(t.key for t in tokenize(words, FOLDS[self.marked.lang]))
        other = self.shared.get(key)
        return other if other and other[0].id in there else None


def _avoided_in(term: Term, lang: str) -> list[Avoided]:
    return [item for item in term.avoid if item.lang == lang]


def _to_avoid(terms: Sequence[Term], lang: str) -> tuple[list[_Item], dict[tuple[str, ...], _Item]]:
    """The words that are right nowhere; and by their keys those that are right for another concept."""
    own = {key for t in terms for form in t.forms(lang) for key in keys(form, lang)}
    avoided: list[_Item] = []
    shared: dict[tuple[str, ...], _Item] = {}
    for term in terms:
        for item in _avoided_in(term, lang):
            both = own.intersection(keys(item.form, lang))
            shared |= dict.fromkeys(both, (term, item))
            if not both:
                avoided.append((term, item))
    return avoided, shared


def _check_unit(
    bitext: Bitext, unit: Unit, text: str, lang: str, words: Mapping[str, _Words], terms: Mapping[str, Term]
) -> Iterator[Problem]:  # fmt: skip
    here, twin = words[lang], unit.text(OTHER[lang])
    there = words[OTHER[lang]].rendered.present(twin) if twin else frozenset()
    said: set[str] = set(there)
    for occurrence in here.marked.find(text):
        words_here = text[occurrence.start : occurrence.end]
        if item := here.to_avoid(occurrence, words_here, there):
            yield _avoid(bitext, unit, words_here, *item)
        elif twin and occurrence.term_id not in said:
            said.add(occurrence.term_id)
            yield _one_sided(bitext, unit, words_here, lang, terms[occurrence.term_id])


def _avoid(bitext: Bitext, unit: Unit, words: str, term: Term, item: Avoided) -> Problem:
    why = (item.why.en or item.why.zh).rstrip(".。")
    return Problem(bitext.path, unit.line, f"{unit.id}: '{words}' ({item.lang}) is to be avoided for '{term.name[item.lang]}': {why}; if the source has it, explain it with a note at {unit.id}", "T-AVOID")  # fmt: skip


def _one_sided(bitext: Bitext, unit: Unit, words: str, lang: str, term: Term) -> Problem:
    known = term.renderings(OTHER[lang])
    shown = ", ".join(f"'{form}'" for form in known[:SHOWN]) + (" …" if len(known) > SHOWN else "")
    return Problem(bitext.path, unit.line, f"{unit.id}: {lang} has '{words}' ({term.id}) and {OTHER[lang]} none of {shown}; add the form it has to data/glossary.yml, or explain it with a note at {unit.id}", "T-ONE-SIDED")  # fmt: skip
