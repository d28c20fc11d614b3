"""Pairs of sentences -> HTML, five first and the rest by text, on as many pages as they need.

Raw HTML, because a library of 2,000 texts has tens of thousands of pairs and Markdown would read
each of them; addresses are those of the built site.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bitext.glossary.concordance import Pair, Side, Span
from bitext.glossary.renderings import Put
from bitext.library.store import day_of
from bitext.model import LANGS, OTHER, Bitext
from bitext.pages.escape import Mark, address, escape_html
from bitext.pages.glossary_words import say
from bitext.pages.labels import HTML_LANG, show_date
from bitext.pages.phrases import NO_NAMES, Names, isolated, named, titled
from bitext.pages.typography import set_in

FIRST = 5  # pairs that stand before the rest
#: Bytes of pairs on a page; with the frame and what is said of the term the page stays below 150 kB.
BUDGET = 125_000
#: Bytes of a pair besides its two sentences, and of a text's line above its pairs; rounded up.
PAIR_FRAME, TEXT_FRAME = 260, 420
#: A longer sentence is cut around the term; a Chinese character says as much as three letters.
LONG = {"zh": 150, "en": 420}
BEFORE = {"zh": 50, "en": 140}
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Head:
    """A text above its pairs: title and day as HTML, by the language of the page."""

    slug: str
    titles: Mapping[str, str]
    days: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A pair with its sentences as HTML, '' where there is none, and who speaks, by the language of the
    page. `weight` is about how many bytes it has there."""

    unit: str
    zh: str
    en: str
    who: Mapping[str, str]
    put: Put
    weight: int

    def __getitem__(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en


#: The pairs of a term in a text.
DrawnText = tuple[Head, Sequence[Drawn]]
#: What stands on one page: texts, each with some of its pairs.
Part = Sequence[DrawnText]


@dataclass(frozen=True, slots=True)
class Section:
    """The pairs of a term: the first ones, and the rest, page by page."""

    first: Sequence[tuple[Head, Drawn]]
    parts: Sequence[Part]  # at least one, which may be empty


def head_of(bitext: Bitext) -> Head:
    days = {lang: escape_html(show_date(lang, day_of(bitext))) for lang in LANGS}
    return Head(bitext.slug, {x: in_language(*titled(bitext, x), x) for x in LANGS}, days)


def draw(pair: Pair, put: Put, names: Names = NO_NAMES) -> Drawn:
    """The pair as pages show it."""
    zh, en = (_sentence(pair[x], x) for x in LANGS)
    speaker = pair.bitext.speaker(pair.unit.speaker)
    who = {x: in_language(*named(speaker, x, names), x) if speaker else "" for x in LANGS}
    weight = len(zh.encode()) + len(en.encode()) + PAIR_FRAME
    return Drawn(pair.unit.id, zh, en, who, put, weight)


def section(found: Sequence[DrawnText], taken: int = 0) -> Section:
    """The pairs laid out, the same on the pages of both languages; `taken` are the bytes that the
    first page has already."""
    first = _first(found)
    chosen = {id(one) for _, one in first}
    rest = [(head, [one for one in drawn if id(one) not in chosen]) for head, drawn in found]
    left = BUDGET - taken - sum(one.weight for _, one in first)
    return Section(first, list(_parts([(head, drawn) for head, drawn in rest if drawn], left)))


def _first(found: Sequence[DrawnText]) -> list[tuple[Head, Drawn]]:
    """Five pairs from as many texts as there are, those with the term in both sentences before
    others."""
    every = [(head, one) for head, drawn in found for one in drawn]
    both = [(head, one) for head, one in every if len(one.put.has) == len(LANGS)]
    by_text = {head.slug: one for head, one in reversed(both)}
    ones = [(head, one) for head, one in both if by_text[head.slug] is one]
    ordered = {id(one): (head, one) for head, one in (*ones, *both, *every)}
    return list(ordered.values())[:FIRST]


def _parts(found: Sequence[DrawnText], left: int) -> Iterator[Part]:
    """The pairs page by page; a text's may be parted between two pages."""
    part: list[DrawnText] = []
    for head, drawn in found:
        pairs: list[Drawn] = []
        left -= TEXT_FRAME
        for pair in drawn:
            if left < pair.weight and (part or pairs):
                if pairs:
                    part.append((head, pairs))
                yield part
                part, pairs, left = [], [], BUDGET - TEXT_FRAME
            pairs.append(pair)
            left -= pair.weight
        part.append((head, pairs))
    yield part


# --- HTML ----------------------------------------------------------------------------------------


def pair_list(found: Iterable[tuple[Head, Drawn]], lang: str, up: str, *, titles: bool) -> Iterator[str]:  # fmt: skip
    """Pairs as a list, each with who speaks and a link to its unit; with `titles` also the text's
    title and date."""
    yield '<ol class="bt-pairs">'
    for head, one in found:
        yield f"<li>{_side(one, lang, lang)}{_side(one, OTHER[lang], lang)}{_from(head, one, lang, up, titles)}</li>"  # fmt: skip
    yield "</ol>"


def by_text(part: Part, lang: str, up: str) -> Iterator[str]:
    """The pairs of each text, to be opened."""
    for head, drawn in part:
        shown = [head.titles[lang], head.days[lang], say(lang, "sentences", n=len(drawn))]
        yield f'<details class="bt-of"><summary>{" · ".join(filter(None, shown))}</summary>'
        yield from pair_list(((head, one) for one in drawn), lang, up, titles=False)
        yield "</details>"


def in_language(text: str, side: str, lang: str) -> str:
    """Words as HTML, with their language where that is not the page's."""
    shown = escape_html(text)
    if side != lang:
        shown = f'<span lang="{HTML_LANG[side]}">{shown}</span>'
    return isolated(text, shown)


def _side(drawn: Drawn, side: str, lang: str) -> str:
    """One sentence of a pair, or that there is none."""
    if not drawn[side]:
        return f'<p class="bt-none">{say(lang, f"no_{side}")}</p>'
    mark = f' lang="{HTML_LANG[side]}"' if side != lang else ""
    return f"<p{mark}>{drawn[side]}</p>"


def _from(head: Head, one: Drawn, lang: str, up: str, titles: bool) -> str:
    """Who says it, and where it stands."""
    where = f"{up}transcripts/{address(head.slug)}/#{address(one.unit)}"
    shown = [one.who[lang]]
    if titles:
        link = f'<a href="{where}">{head.titles[lang]}</a> {escape_html(one.unit)}'
        shown += [head.days[lang], link]
    else:
        shown += [f'<a href="{where}">{escape_html(one.unit)}</a>']
    return f"<p>{' · '.join(filter(None, shown))}</p>"


def _sentence(side: Side | None, lang: str) -> str:
    """A sentence as its text's page has it, the term marked; a long one is cut around the term."""
    if side is None:
        return ""
    (start, end), text = _clipped(side, lang), _set(side.text, lang)
    marks = [Mark(max(a, start) - start, min(b, end) - start, "<mark>", "</mark>") for a, b in side.marks if a < end and b > start]  # fmt: skip
    shown = escape_html(text[start:end], marks)
    before = ELLIPSIS if side.text[side.span[0] : start].strip() else ""
    after = ELLIPSIS if side.text[end : side.span[1]].strip() else ""
    return f"{before}{shown}{after}"


def _clipped(side: Side, lang: str) -> Span:
    """What is shown of a sentence: all of it, or the words around its first term."""
    start, end = side.span
    if end - start <= LONG[lang]:
        return start, end
    first = side.marks[0] if side.marks else (start, start)
    from_ = max(start, first[0] - BEFORE[lang])
    to = min(end, max(from_ + LONG[lang], first[1]))
    if lang == "en":  # between words
        if from_ > start and (space := side.text.find(" ", from_, first[0])) >= 0:
            from_ = space + 1
        if to < end and (space := side.text.rfind(" ", first[1], to)) >= 0:
            to = space
    return from_, to


@lru_cache(maxsize=1 << 12)
def _set(text: str, lang: str) -> str:
    return set_in(text, lang)


def names_of(found: Sequence[tuple[str, int]], more: Mapping[str, int], side: str, lang: str) -> Iterator[str]:  # fmt: skip
    """A list of names in the language `side` with their counts, then what else was counted."""
    yield '<ul class="bt-how">'
    for name, count in found:
        yield f"<li>{in_language(name, side, lang)} <strong>{count:,}</strong></li>"
    for said, count in more.items():
        if count:
            yield f'<li class="bt-none">{said} <strong>{count:,}</strong></li>'
    yield "</ul>"
