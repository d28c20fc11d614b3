"""The glossary -> the Markdown of its pages in one language: the list, a list a subject, a page a
concept.

Every entry once stood on glossary.md under its id: a row with that id stands there for ever and
leads on to the concept's page. The lists are raw HTML, so that a thousand rows stay light.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from bitext.glossary.formats import FILES
from bitext.glossary.store import Both, Glossary, Subject, Term
from bitext.model import LANGS, OTHER
from bitext.pages.alphabet import LAST, place_of, spelled
from bitext.pages.concept import INDEX, Book, concept_pages
from bitext.pages.escape import address, escape_html, escape_markdown
from bitext.pages.glossary_words import WORDS, say
from bitext.pages.labels import HTML_LANG
from bitext.pages.moved import moved_page
from bitext.pages.phrases import LIST_COMMA, front_matter, heading

#: Bytes of rows up to which they have definitions and other names; beyond, names alone.
ROOMY = 110_000
#: Characters of a definition in a row.
SHORT = {"zh": 60, "en": 150}

#: So many concepts are named in the description of a subject's list.
DESCRIBED = 6

#: A subject, the path of its list below the language, and its terms in the file's order.
Group = tuple[Subject, str, Sequence[Term]]

#: A term, and its subject with the file of that's list.
Entry = tuple[Term, tuple[Subject, str]]


def glossary_pages(book: Book, lang: str) -> dict[str, str]:
    """The pages, by their path below docs/<lang>; the same paths and ids in both languages."""
    pages = terms_lists(book.glossary, lang)
    for entry in entries(book.glossary):
        pages |= entry_pages(book, entry, (lang,))[lang]
    return pages


def terms_lists(glossary: Glossary, lang: str) -> dict[str, str]:
    """The list of all terms, and a list a subject; and what stands at a term's former addresses."""
    groups = _groups(glossary)
    pages = {INDEX: _list(glossary, lang, groups)}
    pages |= {group[1]: _list(glossary, lang, groups, group) for group in groups}
    for term in glossary.terms:
        for old in term.formerly:
            pages[f"glossary/{address(old)}.md"] = moved_page(
                term.name[lang],
                address(term.id),
                lang,
                say(lang, "moved_title"),
                say(lang, "moved"),
            )
    return pages


def entries(glossary: Glossary) -> Iterator[Entry]:
    """The terms, subject by subject."""
    for subject, path, terms in _groups(glossary):
        yield from ((term, (subject, path.removeprefix("glossary/"))) for term in terms)


def entry_pages(
    book: Book, entry: Entry, langs: Sequence[str] = LANGS
) -> dict[str, dict[str, str]]:
    """The pages of a concept: by language, then by their path below docs/<lang>."""
    use = book.use(entry[0])
    return {lang: dict(concept_pages(book, *entry, use, lang)) for lang in langs}


def _groups(glossary: Glossary) -> list[Group]:
    """The terms under their subjects, in the order of the file; the rest at the end."""
    by_subject: dict[str, list[Term]] = {s.id: [] for s in glossary.subjects}
    rest: list[Term] = []
    for term in glossary.terms:
        by_subject.get(term.subject, rest).append(term)
    found = [(s, by_subject[s.id]) for s in glossary.subjects if by_subject[s.id]]
    if rest:
        found.append((Subject("other", Both(*(WORDS[x]["other"] for x in LANGS))), rest))
    taken = {id for t in glossary.terms for id in (t.id, *t.formerly)}
    return [(s, _path(s.id, taken), terms) for s, terms in found]


def _path(subject: str, taken: set[str]) -> str:
    """The page of a subject's list. No term's id begins as the second form does."""
    return f"glossary/{address(f'subject-{subject}' if subject in taken else subject)}.md"


def _list(
    glossary: Glossary, lang: str, groups: Sequence[Group], group: Group | None = None
) -> str:
    """The list of all terms, or of those of one group."""
    terms = group[2] if group else glossary.terms
    title = group[0].name[lang] if group else say(lang, "title")
    lead = say(lang, "lead", n=len(glossary.terms)) if terms else say(lang, "empty")
    about = _about(terms, lang) if group else lead
    out = front_matter(title, about, "glossary")
    out += [heading(1, escape_markdown(title), "#title .bt-title"), ""]
    if not group or not terms:
        out += [lead, "{ .bt-lead }", ""]
    if terms:
        letters = _letters(terms, lang)
        out += [*_subjects(groups, lang, group), *_jumps(letters, lang), ""]
        out += [*_rows(letters, lang, "" if group is None else "../"), ""]
        out += [_take(lang, group is not None), ""]
    return "\n".join(out).rstrip("\n") + "\n"


def _about(terms: Sequence[Term], lang: str) -> str:
    """What the list of a subject holds: how many concepts, and the first of them by name."""
    names = [term.name[lang] for _, some in _letters(terms, lang) for term in some]
    shown = LIST_COMMA[lang].join(names[:DESCRIBED])
    return say(lang, "some" if len(names) > DESCRIBED else "these", n=len(names), names=shown)


def _subjects(groups: Sequence[Group], lang: str, here: Group | None) -> Iterator[str]:
    """The filter by subject: a link to each list. On the first page they have the ids under which
    the subjects' headings stood there."""
    yield f'<nav class="bt-subjects" aria-label="{say(lang, "subjects")}">'
    count = sum(len(terms) for _, _, terms in groups)
    yield _chip(say(lang, "all"), "./" if here is None else "../", count, here is None, lang)
    for group in groups:
        subject, path, terms = group
        to = path.removeprefix("glossary/").removesuffix(".md") + "/"
        id = f' id="subject-{escape_html(address(subject.id))}"' if here is None else ""
        up = "" if here is None else "../"
        yield _chip(subject.name[lang], up + to, len(terms), group is here, lang, id)
    yield "</nav>"


def _chip(name: str, to: str, count: int, here: bool, lang: str, id: str = "") -> str:
    current = ' aria-current="page"' if here else ""
    return f'<a href="{to}"{id}{current}>{escape_html(name)} <span>{count:,}</span></a>'


# --- the rows --------------------------------------------------------------------------------------

#: A letter and the terms that stand under it, in order.
Letter = tuple[str, Sequence[Term]]


def _letters(terms: Sequence[Term], lang: str) -> list[Letter]:
    ordered = sorted(terms, key=lambda t: (*place_of(t.name[lang]), t.id))
    return [(letter, list(some)) for letter, some in groupby(ordered, key=lambda t: place_of(t.name[lang])[0])]  # fmt: skip


def _jumps(letters: Sequence[Letter], lang: str) -> Iterator[str]:
    """The filter by letter: a link to each."""
    links = (f'<a href="#{_letter_id(letter)}">{_shown(letter)}</a>' for letter, _ in letters)
    yield f'<nav class="bt-letters" id="alphabetical" aria-label="{say(lang, "letters")}">{" ".join(links)}</nav>'  # fmt: skip


def _letter_id(letter: str) -> str:
    return f"bt-{'other' if letter == LAST else letter.lower()}"


def _shown(letter: str) -> str:
    return "&#35;" if letter == LAST else letter


def _rows(letters: Sequence[Letter], lang: str, up: str) -> Iterator[str]:
    """The rows under their letters; with definitions and other names where there is room."""
    full = [[_full_row(term, lang, up) for term in terms] for _, terms in letters]
    roomy = sum(len(row.encode()) for rows in full for row in rows) <= ROOMY
    yield f'<div class="bt-words{"" if roomy else " bt-words--names"}">'
    for (letter, terms), rows in zip(letters, full, strict=True):
        yield f'<h2 id="{_letter_id(letter)}">{_shown(letter)}</h2>'
        yield "<ul>"
        yield from rows if roomy else (_short_row(term, lang, up) for term in terms)
        yield "</ul>"
    yield "</div>"


def _full_row(term: Term, lang: str, up: str) -> str:
    """A row with what the term means and, for the filter, all its names."""
    words = dict.fromkeys((*term.renderings("zh"), *term.renderings("en"), spelled(term.zh)))
    more = "".join(f'<a id="{escape_html(address(old))}"></a>' for old in term.formerly)
    text = escape_html(_short(term.definition[lang], lang))
    return (
        f'<li id="{escape_html(address(term.id))}" data-keys="{escape_html(" ".join(words))}">{more}'
        f"{_names(term, lang, up)}<p>{text}</p></li>"
    )


def _short_row(term: Term, lang: str, up: str) -> str:
    """A row of names, with as few bytes as there can be."""
    more = "".join(f'<a id="{escape_html(address(old))}"></a>' for old in term.formerly)
    return f'<li id="{escape_html(address(term.id))}">{more}{_names(term, lang, up)}'


def _names(term: Term, lang: str, up: str) -> str:
    other = OTHER[lang]
    link = f'<a href="{up}{address(term.id)}/">{escape_html(term.name[lang])}</a>'
    return f'{link} <span lang="{HTML_LANG[other]}">{escape_html(term.name[other])}</span>'


def _short(text: str, lang: str) -> str:
    """A definition's beginning, cut between words."""
    size = SHORT[lang]
    if len(text) <= size:
        return text
    text = text[:size] if lang == "zh" else text[:size].rsplit(" ", 1)[0]
    return text.rstrip("，。；、：,.;: ") + "…"


def _take(lang: str, in_folder: bool) -> str:
    """The downloads. Their files and sizes are made with the site, so Markdown cannot link them."""
    up = "../" * (1 + (lang == "en") + in_folder)
    links = " · ".join(
        f'<a href="{up}data/{name}" download>{format.upper()}</a>' for name, format in FILES.items()
    )
    colon = "：" if lang == "zh" else ": "
    return f'<p class="bt-take">{say(lang, "take")}{colon}{links}</p>'
