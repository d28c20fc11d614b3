"""Pairs of sentences -> HTML, five first and the rest by text, on as many pages as they need.

Raw HTML, because a library of 2,000 texts has tens of thousands of pairs and Markdown would read
each of them; addresses are those of the built site.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from bitext.glossary.concordance import Pair, Side, Span
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
class Drawn:
    """A pair with its sentences as HTML; '' where there is none."""

    pair: Pair
    zh: str
    en: str

    def __getitem__(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en

    @property
    def weight(self) -> int:
        """About how many bytes it has on a page."""
        return len(self.zh.encode()) + len(self.en.encode()) + PAIR_FRAME


#: What stands on one page: texts, each with some of its pairs.
Part = Sequence[tuple[Bitext, Sequence[Drawn]]]


@dataclass(frozen=True, slots=True)
class Section:
    """The pairs of a term: the first ones, and the rest, page by page."""

    first: Sequence[Drawn]
    parts: Sequence[Part]  # at least one, which may be empty


def section(pairs: Sequence[Pair], taken: int = 0) -> Section:
    """The pairs laid out, the same on the pages of both languages; `taken` are the bytes that the
    first page has already."""
    drawn = [Drawn(pair, *(_sentence(pair[x], x) for x in LANGS)) for pair in pairs]
    first = _first(drawn)
    chosen = set(map(id, first))
    rest = [pair for pair in drawn if id(pair) not in chosen]
    left = BUDGET - taken - sum(pair.weight for pair in first)
    return Section(first, list(_parts(rest, left)))


def _first(drawn: Sequence[Drawn]) -> list[Drawn]:
    """Five pairs from as many texts as there are, those with the term in both sentences before
    others."""
    both = [d for d in drawn if d.pair.has("zh") and d.pair.has("en")]
    by_text = {d.pair.bitext.slug: d for d in reversed(both)}
    ones = [d for d in both if by_text[d.pair.bitext.slug] is d]
    ordered = dict.fromkeys(map(id, (*ones, *both, *drawn)))
    by_id = {id(d): d for d in drawn}
    return [by_id[key] for key in list(ordered)[:FIRST]]


def _parts(drawn: Sequence[Drawn], left: int) -> Iterator[Part]:
    """The pairs page by page; a text's may be parted between two pages."""
    part: list[tuple[Bitext, list[Drawn]]] = []
    for _, group in groupby(drawn, key=lambda d: d.pair.bitext.slug):
        pairs: list[Drawn] = []
        left -= TEXT_FRAME
        for pair in group:
            if left < pair.weight and (part or pairs):
                if pairs:
                    part.append((pairs[0].pair.bitext, pairs))
                yield part
                part, pairs, left = [], [], BUDGET - TEXT_FRAME
            pairs.append(pair)
            left -= pair.weight
        part.append((pairs[0].pair.bitext, pairs))
    yield part


# --- HTML ----------------------------------------------------------------------------------------


def pair_list(drawn: Sequence[Drawn], lang: str, up: str, names: Names = NO_NAMES, *, titles: bool) -> Iterator[str]:  # fmt: skip
    """Pairs as a list, each with who speaks and a link to its unit; with `titles` also the text's
    title and date."""
    yield '<ol class="bt-pairs">'
    for one in drawn:
        yield f"<li>{_side(one, lang, lang)}{_side(one, OTHER[lang], lang)}{_from(one.pair, lang, up, names, titles)}</li>"  # fmt: skip
    yield "</ol>"


def by_text(part: Part, lang: str, up: str, names: Names = NO_NAMES) -> Iterator[str]:
    """The pairs of each text, to be opened."""
    for bitext, drawn in part:
        title, side = titled(bitext, lang)
        shown = [in_language(title, side, lang), escape_html(show_date(lang, day_of(bitext)))]
        shown.append(say(lang, "sentences", n=len(drawn)))
        yield f'<details class="bt-of"><summary>{" · ".join(filter(None, shown))}</summary>'
        yield from pair_list(drawn, lang, up, names, titles=False)
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


def _from(pair: Pair, lang: str, up: str, names: Names, titles: bool) -> str:
    """Who says it, and where it stands."""
    bitext, unit = pair.bitext, pair.unit
    speaker = bitext.speaker(unit.speaker)
    where = f"{up}transcripts/{address(bitext.slug)}/#{address(unit.id)}"
    shown = [in_language(*named(speaker, lang, names), lang)] if speaker else []
    if titles:
        shown.append(escape_html(show_date(lang, day_of(bitext))))
        link = f'<a href="{where}">{in_language(*titled(bitext, lang), lang)}</a> {escape_html(unit.id)}'  # fmt: skip
    else:
        link = f'<a href="{where}">{escape_html(unit.id)}</a>'
    return f"<p>{' · '.join(filter(None, (*shown, link)))}</p>"


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
