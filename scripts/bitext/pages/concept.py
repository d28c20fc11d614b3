"""A term and its pairs -> the Markdown of its pages in one language.

The first page says all of the term and has its first pairs; further ones, glossary/<id>/2.md and so
on, have the rest of a long concordance. Both languages have the same pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bitext.glossary.concordance import InText, Pair, concordance, terms_in_text
from bitext.glossary.renderings import Names as TermNames
from bitext.glossary.renderings import Rendered, put_of, rendered
from bitext.glossary.store import Glossary, Source, Subject, Term, to_row
from bitext.model import OTHER
from bitext.pages.escape import address, escape_html, escape_markdown
from bitext.pages.glossary_words import say
from bitext.pages.labels import COLON, HTML_LANG
from bitext.pages.pairs import (
    Drawn,
    DrawnText,
    Head,
    Section,
    by_text,
    draw,
    head_of,
    names_of,
    pair_list,
    section,
)
from bitext.pages.phrases import (  # fmt: skip
    LIST_COMMA,
    NO_NAMES,
    NOTHING,
    Names,
    front_matter,
    heading,
    is_web,
    lang_of,
    prose_markdown,
    twin_title,
)
from bitext.text.scripts import HAN

KIND = "concept"  # what these pages are to the theme
INDEX = "glossary.md"


@dataclass(frozen=True, slots=True)
class Use:
    """How the library uses a term: its pairs, in how many texts, and how each language puts it."""

    section: Section
    pairs: int = 0
    texts: int = 0
    how: Mapping[str, Rendered] | None = None


NO_USE = Use(Section((), ((),)))


@dataclass(frozen=True, slots=True)
class Uses:
    """How one text uses terms: the pairs of each that occurs, and how often it stands in each language,
    in the glossary's order."""

    head: Head
    terms: Mapping[str, Sequence[Drawn]]
    counts: Mapping[str, Mapping[str, int]]

    def of(self, id: str) -> DrawnText:
        """The pairs of a term that occurs."""
        return self.head, self.terms[id]


class Drawer:
    """Draws the pairs of terms in texts."""

    def __init__(self, glossary: Glossary, names: Names = NO_NAMES) -> None:
        self.glossary, self.names = glossary, names
        self._terms = glossary.by_id()
        self._called: dict[str, TermNames] = {}

    def uses(self, text: InText) -> Uses:
        """How a text uses terms."""
        drawn = {id: tuple(self._drawn(id, pairs)) for id, pairs in concordance([text]).items()}
        return Uses(head_of(text.bitext), drawn, terms_in_text(text, self.glossary))

    def _drawn(self, id: str, pairs: Sequence[Pair]) -> Iterator[Drawn]:
        if id not in self._called:
            self._called[id] = TermNames(self._terms[id], self.glossary)
        called = self._called[id]
        for pair in map(called.marked, pairs):
            yield draw(pair, put_of(pair, called), self.names)


@dataclass(frozen=True, slots=True)
class Book:
    """The glossary, and what gives the pairs of a term in each text that uses it, text by text."""

    glossary: Glossary
    terms: Mapping[str, Term]
    found: Callable[[str], Sequence[DrawnText]]

    @classmethod
    def of(cls, glossary: Glossary, texts: Iterable[InText] = (), names: Names = NO_NAMES) -> Book:
        by_term = dict[str, list[DrawnText]]()
        for uses in map(Drawer(glossary, names).uses, texts):
            for id in uses.terms:
                by_term.setdefault(id, []).append(uses.of(id))
        return cls(glossary, glossary.by_id(), lambda id: by_term.get(id, ()))

    def use(self, term: Term) -> Use:
        """How the library uses a term."""
        found = self.found(term.id)
        if not found:
            return NO_USE
        pairs = [one.put for _, drawn in found for one in drawn]
        taken = 2 * len(str(to_row(term)).encode())
        return Use(section(found, taken), len(pairs), len(found), rendered(pairs))


def concept_pages(
    book: Book, term: Term, subject: tuple[Subject, str], use: Use, lang: str
) -> Iterator[tuple[str, str]]:
    """(path below the language, Markdown) of each page; `subject` comes with the file of its list."""
    count = len(use.section.parts)
    for number in range(1, count + 1):
        out = _head(term, lang, number)
        if number == 1:
            out += [*_entry(book, term, subject, lang), *_how(use, lang)]
        else:
            shown = escape_markdown(term.name[lang]) or NOTHING
            page = say(lang, "page", n=number, of=count)
            out += [f"[{say(lang, 'title')}](../../{INDEX}) › [{shown}](../{address(term.id)}.md) › {page}"]  # fmt: skip
            out += ["{ .bt-jumps }", ""]
        out += _pairs(term, use, lang, number)
        path = f"glossary/{address(term.id)}" + (f"/{number}" if number > 1 else "")
        yield f"{path}.md", "\n".join(out).rstrip("\n") + "\n"


def _head(term: Term, lang: str, number: int) -> list[str]:
    name, other = term.name[lang], OTHER[lang]
    title = say(lang, "titled_page", name=name, n=number) if number > 1 else name
    out = front_matter(title, term.definition[lang] or name, KIND)
    out += [heading(1, escape_markdown(name), "#title .bt-title"), ""]
    return out + twin_title(name, (term.name[other], other), lang)


# --- what is said of a term ------------------------------------------------------------------------


def _entry(book: Book, term: Term, subject: tuple[Subject, str], lang: str) -> Iterator[str]:
    """Its place in the glossary, its definition in both languages, and what else there is to say."""
    name = escape_markdown(subject[0].name[lang]) or NOTHING
    yield f"[{say(lang, 'title')}](../{INDEX}) › [{name}]({subject[1]})"
    yield from ("{ .bt-jumps }", "")
    yield from ('<div class="bt-both" markdown>', "")
    for side in (lang, OTHER[lang]):
        shown = prose_markdown(term.definition[side], lang) if side == lang else escape_markdown(term.definition[side])  # fmt: skip
        yield from (shown or NOTHING, f"{{ .bt-definition{lang_of(side, lang)} }}", "")
    yield from ("</div>", "", '<div class="bt-term-entry" markdown>', "")
    for key, texts in _rows(book, term, lang):
        if texts := [text for text in texts if text]:
            yield say(lang, key)
            yield from (f":   {text}" for text in texts)
            yield ""
    yield from ("</div>", "")


def _rows(book: Book, term: Term, lang: str) -> Iterator[tuple[str, Sequence[str]]]:
    """What stands below a definition: a label's key, and the lines under it as Markdown."""
    other = OTHER[lang]
    for key, forms in (("also", term.variants), ("found_by", term.search_only)):
        yield (
            key,
            [
                escape_markdown(LIST_COMMA[lang].join(forms[lang])),
                foreign(LIST_COMMA[other].join(forms[other]), other),
            ],
        )
    yield "sides", [prose_markdown(term.sides[lang], lang)] if term.sides else []
    yield "avoid", [
        (foreign(a.form, a.lang) if a.lang != lang else escape_markdown(a.form))
        + COLON[lang] + prose_markdown(a.why[lang], lang)
        for a in term.avoid
    ]  # fmt: skip
    yield "doubt", [prose_markdown(term.doubt[lang], lang)] if term.doubt else []
    sources = [_source(source, lang) for source in term.sources]
    if term.basis == "general":
        sources.append(say(lang, "general" if sources else "unsourced"))
    yield "sources", sources
    related = [book.terms[r] for r in term.related if r in book.terms]
    links = (f"[{escape_markdown(r.name[lang])}]({address(r.id)}.md)" for r in related)
    yield "related", [LIST_COMMA[lang].join(links)]


def foreign(text: str, lang: str) -> str:
    """Text of the other language inside a line of Markdown; nothing where there is none."""
    return f'<span lang="{HTML_LANG[lang]}">{escape_markdown(text)}</span>' if text else ""


def _source(source: Source, lang: str) -> str:
    """A source as Markdown; its title says its language where that is not the page's."""
    title, other = prose_markdown(source.title, lang), OTHER[lang]
    is_foreign = bool(HAN.search(source.title)) != (lang == "zh")
    mark = f' lang="{HTML_LANG[other]}"' if is_foreign else ""
    if is_web(source.url):
        return f'<a href="{escape_html(source.url)}"{mark} rel="noopener">{title}</a>'
    return f"<span{mark}>{title}</span>" if mark else title


# --- how the library uses it -----------------------------------------------------------------------


def _how(use: Use, lang: str) -> Iterator[str]:
    """Which names stand in the twins of the sentences that have the term, in both directions."""
    some = [x for x in (lang, OTHER[lang]) if use.how and use.how[x].sentences]
    if not some or use.how is None:
        return
    yield from (f"## {say(lang, 'how')} {{ #translation }}", "")
    for side in some:
        found = use.how[side]
        more = {say(lang, "no_name"): found.none, say(lang, "no_twin"): found.alone}
        yield from (say(lang, f"how_{side}", n=found.sentences), "{ .bt-how-lead }", "")
        yield from (*names_of(found.names, more, OTHER[side], lang), "")


def _pairs(term: Term, use: Use, lang: str, number: int) -> Iterator[str]:
    """The pairs that stand on one page, and the way to the others."""
    up = "../../" if number == 1 else "../../../"
    yield from (f"## {say(lang, 'pairs')} {{ #sentences }}", "")
    if not use.pairs:
        yield from (say(lang, "nowhere"), "{ .bt-nowhere }", "")
        return
    yield from (say(lang, "pairs_n", n=use.pairs, texts=use.texts), "{ .bt-count }", "")
    if number == 1:
        yield from (*pair_list(use.section.first, lang, up, titles=True), "")
    if part := use.section.parts[number - 1]:
        yield from (f"### {say(lang, 'rest')} {{ #rest }}", "")
        yield from (*by_text(part, lang, up), "")
    count = len(use.section.parts)
    if count > 1:
        yield from (_parts(term, lang, number, count), "")


def _parts(term: Term, lang: str, number: int, count: int) -> str:
    """The links to all pages of the term."""
    said = escape_html(say(lang, "page", n=number, of=count))
    links = (_part(term, n, number) for n in range(1, count + 1))
    return f'<nav class="bt-parts" aria-label="{say(lang, "pages")}"><span>{said}</span> {" ".join(links)}</nav>'  # fmt: skip


def _part(term: Term, to: int, number: int) -> str:
    if to == number:
        return f'<strong aria-current="page">{to}</strong>'
    up = "./" if number == 1 else "../"
    return f'<a href="{up}{f"{to}/" if to > 1 else ""}">{to}</a>'
