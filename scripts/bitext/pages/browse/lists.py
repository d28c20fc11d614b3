"""Catalogue -> pages of texts by year, by kind and by topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bitext.glossary.records import Term
from bitext.model import LANGS
from bitext.pages.browse.catalogue import UNDATED, Catalogue, Listed
from bitext.pages.browse.parts import Part, parts
from bitext.pages.browse.record_kinds import ALL_KINDS
from bitext.pages.browse.rows import (
    LEAST_FILTERED,
    MARKUP_OF_LINK,
    concept_link,
    counted,
    definitions,
    dotted,
    filter_box,
    head,
    jumps,
    link_to,
    page,
    part_links,
    row,
    rows,
    weight,
)
from bitext.pages.browse.words import say
from bitext.pages.phrases import prose_markdown

OTHER_SUBJECT = "other"
#: So many concepts stand in the row of a text, and at the head of a topic's page.
IN_ROW, AT_HEAD = 4, 40


@dataclass(frozen=True, slots=True)
class Way:
    """Some of the library's texts under a name: a year, a kind, a topic."""

    sort: str  # 'years', 'kinds', 'topics': the folder of its pages
    id: str
    name: Mapping[str, str]
    texts: tuple[Listed, ...]
    terms: Mapping[str, Term] = field(default_factory=dict)  # of a topic

    @property
    def path(self) -> str:
        return f"{self.sort}/{self.id}"


def years(catalogue: Catalogue) -> list[Way]:
    """The texts of each year, the newest year first."""
    found: dict[str, list[Listed]] = {}
    for text in catalogue.texts:
        found.setdefault(text.year, []).append(text)
    # The texts without a date stand at the end, whatever order they came in.
    ordered = sorted(found, key=lambda year: (year != UNDATED, year), reverse=True)
    return [Way("years", year, _year_name(year), tuple(found[year])) for year in ordered]


def _year_name(year: str) -> Mapping[str, str]:
    return {x: say(x, "undated") if year == UNDATED else say(x, "year", year=year) for x in LANGS}


def kinds(catalogue: Catalogue) -> list[Way]:
    """The texts of each kind of record that there is."""
    found: dict[str, list[Listed]] = {}
    for text in catalogue.texts:
        found.setdefault(text.kind, []).append(text)
    return [Way("kinds", k.id, k.name, tuple(found[k.id])) for k in ALL_KINDS if k.id in found]


def topics(catalogue: Catalogue) -> list[Way]:
    """The texts in which the concepts of each of the glossary's subjects occur."""
    subjects = {s.id: {lang: s.name[lang] for lang in LANGS} for s in catalogue.glossary.subjects}
    terms: dict[str, dict[str, Term]] = {id: {} for id in subjects}
    for term in catalogue.glossary.terms:
        id = term.subject if term.subject in subjects else OTHER_SUBJECT
        terms.setdefault(id, {})[term.id] = term
    other = {lang: say(lang, "other_topic") for lang in LANGS}
    return [
        Way(
            "topics", id, subjects.get(id, other),
            tuple(text for text in catalogue.texts if not own.keys().isdisjoint(text.terms)), own,
        )
        for id, own in terms.items()
        if own
    ]  # fmt: skip


def list_pages(ways: Sequence[Way], lang: str) -> dict[str, str]:
    """The pages of these ways, which are all of one sort, by their paths below docs/<lang>; the first
    lists the ways."""
    out = {f"{ways[0].sort}/index.md": page(_index(ways, lang))} if ways else {}
    for way in ways:
        found = parts_of(way)
        for part in found:
            out[f"{part.path}.md"] = page(_lines(way, part, found, ways, lang))
    return out


def _index(ways: Sequence[Way], lang: str) -> Iterator[str]:
    sort = ways[0].sort
    yield from head(say(lang, sort), say(lang, f"{sort}_lead"), "list")
    yield from jumps([(say(lang, "all_texts"), link_to("transcripts/index", f"{sort}/index"))])
    for way in ways:
        name = prose_markdown(way.name[lang], lang)
        yield f"- [{name}]({link_to(way.path, f'{sort}/index')}){counted(len(way.texts))}"
    yield ""


def parts_of(way: Way) -> list[Part[Listed]]:
    """The parts of a way's texts, the same in both languages."""
    more = IN_ROW * MARKUP_OF_LINK if way.terms else 0
    return parts(way.path, way.texts, lambda text: weight(text) + more)


def _lines(
    way: Way, part: Part[Listed], found: Sequence[Part], ways: Sequence[Way], lang: str
) -> Iterator[str]:
    n = len(way.texts)
    key = {"years": "year_lead", "kinds": "kind_lead"}.get(way.sort, "topic_lead" if n else "topic_none")  # fmt: skip
    yield from head(way.name[lang], say(lang, key, n, n=n), "list")
    yield from jumps(
        [
            (say(lang, "all_texts"), link_to("transcripts/index", part.path)),
            *((prose_markdown(w.name[lang], lang), link_to(w.path, part.path) if w is not way or part.path != way.path else "") for w in ways),
        ]
    )  # fmt: skip
    if way.terms:
        yield from _concepts(way, part.path, lang)
    if not n:
        return
    yield from part_links(found, lang, part.path)
    if n >= LEAST_FILTERED:
        yield from filter_box(lang, f"{way.sort} {way.id}")
    yield from rows([_row(way, text, lang, part.path) for text in part.items])
    yield from part_links(found, lang, part.path)


def _row(way: Way, text: Listed, lang: str, here: str) -> list[str]:
    """A text's row; under a topic with the concepts that it uses most."""
    own = [(n, way.terms[id]) for id, n in text.terms.items() if id in way.terms]
    if not own:
        return row(text, lang, here)
    own.sort(key=lambda item: -item[0])
    shown = [f"{prose_markdown(term.name[lang], lang)} {n:,}" for n, term in own[:IN_ROW]]
    if len(own) > IN_ROW:
        shown.append(say(lang, "other_concepts", n=len(own) - IN_ROW))
    has = f'<span class="bt-has">{dotted(shown)}</span>'
    return row(text, lang, here, more=has)


def _concepts(way: Way, here: str, lang: str) -> Iterator[str]:
    """The concepts of a topic that most texts use, with the number of these texts."""
    used = Counter(id for text in way.texts for id in text.terms if id in way.terms)
    ordered = sorted(way.terms.values(), key=lambda term: -used[term.id])
    links = [
        f"[{prose_markdown(term.name[lang], lang)}]({concept_link(term, here)})"
        + (counted(used[term.id]) if used[term.id] else "")
        for term in ordered[:AT_HEAD]
    ]
    if len(ordered) > AT_HEAD:
        links.append(f"[{say(lang, 'more_concepts')}]({link_to('glossary', here)})")
    yield from definitions([(say(lang, "concepts"), links)])
