"""Glossary, bitexts -> the Markdown of the glossary's pages in one language.

All terms stand on glossary.md, by subject, with an alphabetical list at the end. Above PAGE_SIZE
terms each subject gets pages of its own, and glossary.md keeps a link under every term's id, so
that an address once given (glossary/#agile-governance) leads to the entry for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from bitext.glossary.concordance import Line, concordance
from bitext.glossary.store import Both, Glossary, Source, Subject, Term
from bitext.model import LANGS, OTHER, Bitext
from bitext.pages.escape import (  # fmt: skip
    Mark,
    address,
    clean,
    escape_attribute,
    escape_html,
    escape_markdown,
    id_attribute,
    one_line,
)
from bitext.pages.labels import COLON, HTML_LANG
from bitext.pages.phrases import front_matter, heading, is_web, linked_title, prose_markdown, titled
from bitext.pages.typography import widen
from bitext.text.scripts import HAN

PAGE_SIZE = 300  # terms on a page
INDEX = "glossary.md"

LABELS = {
    "zh": {
        "title": "术语表",
        "lead": "本库的概念（现有{n}个），中英并列。每条给出两种语言的写法、释义和依据，并列出它在文库中的每一处出现。",
        "empty": "术语表里还没有词条。",
        "other": "其他",
        "subjects": "按主题",
        "index": "按拼音",
        "back": "全部术语",
        "also": "也作",
        "found_by": "检索时也认",
        "avoid": "不用",
        "definition": "英文释义",
        "sides": "两边的差别",
        "doubt": "存疑",
        "sources": "依据",
        "general": "本条释义出自一般知识，未逐一核对所列文献。",
        "unsourced": "本条释义出自一般知识。",
        "related": "相关",
        "occurrences": "在文库中出现{n}次：{parts}",
        "in_zh": "中文{n}次",
        "in_en": "英文{n}次",
        "nowhere": "在文库中尚未出现。",
        "page": "{subject}（{n}）",
    },
    "en": {
        "title": "Glossary",
        "lead": "The concepts of this library ({n} so far), Chinese and English side by side. Each entry gives the words in both languages, a definition, what it rests on, and every place in the library where the term occurs.",
        "empty": "The glossary holds no entry yet.",
        "other": "Other",
        "subjects": "By subject",
        "index": "A to Z",
        "back": "All terms",
        "also": "Also",
        "found_by": "Search also knows",
        "avoid": "Not used",
        "definition": "Definition in Chinese",
        "sides": "Where the two sides differ",
        "doubt": "In doubt",
        "sources": "Sources",
        "general": "This definition is general knowledge; the works listed were not checked for it.",
        "unsourced": "This definition is general knowledge.",
        "related": "Related",
        "occurrences": "Occurs {n} times in the library: {parts}",
        "in_zh": "{n} in Chinese",
        "in_en": "{n} in English",
        "nowhere": "Does not occur in the library so far.",
        "page": "{subject} ({n})",
    },
}
COMMA = {"zh": "，", "en": ", "}
LIST_COMMA = {"zh": "、", "en": ", "}


def _label(lang: str, key: str, **values: object) -> str:
    return LABELS[lang][key].format(**values).replace("Occurs 1 times", "Occurs once")


def glossary_pages(glossary: Glossary, bitexts: Sequence[Bitext], lang: str) -> dict[str, str]:
    """The pages, by their path below docs/<lang>; the same paths and ids in both languages."""
    lines = concordance(bitexts, glossary)
    titles = {b.slug: titled(b, lang) for b in bitexts}
    groups = list(_by_subject(glossary))
    if len(glossary.terms) <= PAGE_SIZE:
        site = _Site(lang, dict.fromkeys((t.id for t in glossary.terms), INDEX), glossary.by_id(), lines, titles)  # fmt: skip
        return {INDEX: _one_page(site, groups)}
    places: dict[str, str] = {}
    parts: dict[str, tuple[Subject, int, Sequence[Term]]] = {}
    for subject, terms in groups:
        for number, start in enumerate(range(0, len(terms), PAGE_SIZE), 1):
            path = f"glossary/{address(subject.id)}{f'_{number}' if number > 1 else ''}.md"
            parts[path] = (subject, number, terms[start : start + PAGE_SIZE])
            places |= dict.fromkeys((t.id for t in parts[path][2]), path)
    site = _Site(lang, places, glossary.by_id(), lines, titles)
    pages = {path: _part(site, path, *part) for path, part in parts.items()}
    return {INDEX: _contents_page(site, parts)} | pages


@dataclass(frozen=True, slots=True)
class _Site:
    """What every entry needs to know of the rest: where each term stands, and its occurrences."""

    lang: str
    places: Mapping[str, str]  # term id -> the page of its entry
    terms: Mapping[str, Term]
    lines: Mapping[str, Sequence[Line]]
    titles: Mapping[str, tuple[str, str]]  # slug -> title and its language

    def address(self, term_id: str, path: str) -> str:
        """A link from the page at `path` to a term's entry."""
        place = self.places[term_id]
        if place == path:
            return f"#{address(term_id)}"
        return f"{'' if path == INDEX else '../'}{place}#{address(term_id)}"


def _by_subject(glossary: Glossary) -> Iterator[tuple[Subject, Sequence[Term]]]:
    """The terms under their subjects, in the order of the file; the rest at the end."""
    groups: dict[str, list[Term]] = {s.id: [] for s in glossary.subjects}
    rest: list[Term] = []
    for term in glossary.terms:
        groups.get(term.subject, rest).append(term)
    yield from ((s, groups[s.id]) for s in glossary.subjects if groups[s.id])
    if rest:
        yield Subject("other", Both(*(LABELS[x]["other"] for x in LANGS))), rest


# --- pages -----------------------------------------------------------------------------------------


def _head(site: _Site, title: str) -> Iterator[str]:
    lead = _label(site.lang, "lead", n=len(site.terms)) if site.terms else _label(site.lang, "empty")  # fmt: skip
    yield from front_matter(title, lead, "glossary")
    yield from (heading(1, escape_markdown(title), "#title .bt-title"), "")


def _page(lines: Iterable[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"


def _one_page(site: _Site, groups: Sequence[tuple[Subject, Sequence[Term]]]) -> str:
    def lines() -> Iterator[str]:
        yield from _head(site, _label(site.lang, "title"))
        yield from _lead(site)
        links = ((s.name[site.lang], f"#subject-{address(s.id)}") for s, _ in groups)
        yield from _jumps(site, [*links, (_label(site.lang, "index"), "#alphabetical")])
        for subject, terms in groups:
            yield from _subject(site, subject)
            for term in terms:
                yield from _entry(site, term, INDEX)
        yield from _alphabetical(site, INDEX)

    return _page(lines())


def _contents_page(site: _Site, parts: Mapping[str, tuple[Subject, int, Sequence[Term]]]) -> str:
    """glossary.md where the entries have pages of their own."""

    def lines() -> Iterator[str]:
        yield from _head(site, _label(site.lang, "title"))
        yield from _lead(site)
        yield from (f"## {_label(site.lang, 'subjects')} {{ #subjects }}", "")
        for path, (subject, number, terms) in parts.items():
            name = _part_name(subject, number, site.lang)
            yield f'- [{escape_markdown(name)}]({path}) <span class="bt-count">{len(terms)}</span>'
        yield ""
        yield from _alphabetical(site, INDEX)

    return _page(lines())


def _part(site: _Site, path: str, subject: Subject, number: int, terms: Sequence[Term]) -> str:
    def lines() -> Iterator[str]:
        yield from _head(site, _part_name(subject, number, site.lang))
        yield from (f"[{_label(site.lang, 'back')}](../{INDEX})", "{ .bt-jumps }", "")
        for term in terms:
            yield from _entry(site, term, path, level=2)

    return _page(lines())


def _part_name(subject: Subject, number: int, lang: str) -> str:
    name = subject.name[lang]
    return _label(lang, "page", subject=name, n=number) if number > 1 else name


def _lead(site: _Site) -> Iterator[str]:
    key = "lead" if site.terms else "empty"
    yield from (_label(site.lang, key, n=len(site.terms)), "{ .bt-lead }", "")


def _jumps(site: _Site, links: Sequence[tuple[str, str]]) -> Iterator[str]:
    if site.terms:
        yield " · ".join(f"[{escape_markdown(name)}]({to})" for name, to in links)
        yield from ("{ .bt-jumps }", "")


def _subject(site: _Site, subject: Subject) -> Iterator[str]:
    id = id_attribute(f"subject-{subject.id}")
    yield from (heading(2, escape_markdown(subject.name[site.lang]), f"{id} .bt-subject"), "")


# --- an entry ----------------------------------------------------------------------------------------


def _entry(site: _Site, term: Term, path: str, level: int = 3) -> Iterator[str]:
    lang, other = site.lang, OTHER[site.lang]
    words = " ".join(dict.fromkeys((*term.renderings("zh"), *term.renderings("en"), _spelled(term.zh))))  # fmt: skip
    yield f'<section class="bt-term-entry" data-keys="{escape_html(words)}" markdown>'
    yield ""
    name = escape_markdown(term.name[lang])
    label = escape_attribute(term.name[lang])
    shown = f"{name} {_foreign(term.name[other], other, 'bt-other')}"
    yield heading(level, shown, f'{id_attribute(term.id)} .bt-entry-h data-toc-label="{label}"')
    yield ""
    yield from (prose_markdown(term.definition[lang], lang), "{ .bt-definition }", "")
    for key, texts in _rows(site, term, path):
        if texts := [text for text in texts if text]:
            yield _label(lang, key)
            yield from (f":   {text}" for text in texts)
            yield ""
    yield from _occurrences(site, term, path)
    yield from ("</section>", "")


def _foreign(text: str, lang: str, cls: str = "") -> str:
    """Text of the other language inside a line; nothing where there is none."""
    if not text:
        return ""
    cls = f' class="{cls}"' if cls else ""
    return f'<span{cls} lang="{HTML_LANG[lang]}">{escape_markdown(text)}</span>'


def _rows(site: _Site, term: Term, path: str) -> Iterator[tuple[str, Sequence[str]]]:
    """What stands below a definition: a label's key, and the lines under it as Markdown."""
    lang, other = site.lang, OTHER[site.lang]
    for key, forms in (("also", term.variants), ("found_by", term.search_only)):
        yield (
            key,
            [
                escape_markdown(LIST_COMMA[lang].join(forms[lang])),
                _foreign(LIST_COMMA[other].join(forms[other]), other),
            ],
        )
    if term.sides:
        yield "sides", [prose_markdown(term.sides[lang], lang)]
        yield "definition", [_foreign(term.definition[other], other)]
    yield "avoid", [
        (_foreign(a.form, a.lang) if a.lang != lang else escape_markdown(a.form))
        + COLON[lang] + prose_markdown(a.why[lang], lang)
        for a in term.avoid
    ]  # fmt: skip
    yield "doubt", [prose_markdown(term.doubt[lang], lang)] if term.doubt else []
    sources = [_source(source, lang) for source in term.sources]
    if term.basis == "general":
        sources.append(_label(lang, "general" if sources else "unsourced"))
    yield "sources", sources
    related = [site.terms[r] for r in term.related if r in site.terms]
    links = (f"[{escape_markdown(r.name[lang])}]({site.address(r.id, path)})" for r in related)
    yield "related", [LIST_COMMA[lang].join(links)]


def _source(source: Source, lang: str) -> str:
    """A source as Markdown; its title says its language where that is not the page's."""
    title, other = prose_markdown(source.title, lang), OTHER[lang]
    foreign = bool(HAN.search(source.title)) != (lang == "zh")
    mark = f' lang="{HTML_LANG[other]}"' if foreign else ""
    if is_web(source.url):
        return f'<a href="{escape_html(source.url)}"{mark} rel="noopener">{title}</a>'
    return f"<span{mark}>{title}</span>" if mark else title


def _occurrences(site: _Site, term: Term, path: str) -> Iterator[str]:
    lang = site.lang
    lines = site.lines.get(term.id, ())
    if not lines:
        yield from (_label(lang, "nowhere"), "{ .bt-nowhere }", "")
        return
    counts = {x: sum(line.lang == x for line in lines) for x in LANGS}
    parts = COMMA[lang].join(_label(lang, f"in_{x}", n=counts[x]) for x in LANGS if counts[x])
    summary = _label(lang, "occurrences", n=len(lines), parts=parts)
    yield f'<details class="bt-occurrences" markdown><summary>{summary}</summary>'
    yield ""
    up = "" if path == INDEX else "../"
    for slug, group in groupby(lines, key=lambda line: line.slug):
        page = f"{up}transcripts/{address(slug)}.md"
        yield from (linked_title(site.titles[slug], page, lang), "{ .bt-occ-title }", "")
        yield from (_concordance_line(line, page, site.titles[slug][0]) for line in group)
        yield ""
    yield from ("</details>", "")


def _concordance_line(line: Line, page: str, title: str) -> str:
    """A list item: the context, its keyword a link to the unit, on this language's page."""
    left, key, right = clean(line.left).lstrip(), one_line(line.key), clean(line.right).rstrip()
    words = left + key + right
    if line.lang == "zh":
        words = widen(words)  # as the text's own page shows it; no character more or less
    start, end = len(left), len(left) + len(key)
    where = escape_attribute(f"{title} · {line.unit_id}")
    link = f']({page}#{address(line.unit_id)} "{where}"){{ .bt-key }}'
    marks = (
        Mark(0, start, '<span class="bt-left">', "</span>"),
        Mark(start, end, "[", link),
        Mark(end, len(words), '<span class="bt-right">', "</span>"),
    )
    shown = escape_markdown(words, marks)
    kwic = f'<span class="bt-kwic" lang="{HTML_LANG[line.lang]}">{shown}</span>'
    return f'- {kwic} <span class="bt-at">{escape_markdown(line.unit_id)}</span>'


# --- the alphabetical list -------------------------------------------------------------------------


def _alphabetical(site: _Site, path: str) -> Iterator[str]:
    if not site.terms:
        return
    lang, other = site.lang, OTHER[site.lang]
    yield from ('<section class="bt-az" markdown>', "")
    yield from (f"## {_label(lang, 'index')} {{ #alphabetical }}", "")
    ordered = sorted(site.terms.values(), key=lambda t: (*_sort_key(t.name[lang]), t.id))
    for letter, terms in groupby(ordered, key=lambda t: _sort_key(t.name[lang])[0]):
        yield letter.replace("~", "\\#")
        for term in terms:
            # Where the entry is on another page, its id stays here, on the link that leads to it.
            stub = "" if site.places[term.id] == path else f"{{ {id_attribute(term.id)} .bt-stub }}"
            link = f"[{escape_markdown(term.name[lang])}]({site.address(term.id, path)}){stub}"
            yield f":   {link} {_foreign(term.name[other], other)}"
        yield ""
    yield from ("</section>", "")


def _sort_key(name: str) -> tuple[str, tuple[str, ...]]:
    """The letter a name stands under and its place there: Chinese by pinyin with tones.

    >>> _sort_key("敏捷治理")[0], _sort_key("AI鸿沟")[0], _sort_key("1.5轨")[0]
    ('M', 'A', '~')
    """
    syllables = _pinyin(name)
    first = syllables[0][:1].upper() if syllables else ""
    return (first if first.isascii() and first.isalpha() else "~", syllables)


@lru_cache(maxsize=1 << 16)
def _pinyin(name: str) -> tuple[str, ...]:
    if name.isascii():
        return tuple(name.lower().split())
    from pypinyin import Style, lazy_pinyin  # late: it reads its dictionaries

    return tuple(s.lower() for s in lazy_pinyin(name, style=Style.TONE3, neutral_tone_with_five=True))  # fmt: skip


def _spelled(name: str) -> str:
    """A Chinese name in letters without tones, as one types it: minjiezhili."""
    return "".join(syllable.rstrip("12345") for syllable in _pinyin(name)).replace(" ", "")
