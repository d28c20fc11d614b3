"""Odd and hostile strings -> pages that have them in every field, and what a browser must read there."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from bed import ROOT

from bitext.glossary.concordance import read_terms
from bitext.glossary.occurrences import Occurrence
from bitext.glossary.people import People, Person
from bitext.glossary.records import Avoided, Both, Forms, Glossary, Source, Subject, Term
from bitext.kinds import KINDS
from bitext.library import store
from bitext.model import LANGS, Bitext, Correction, Dropped, Ledger, Note, Speaker, Unit
from bitext.pages import glossary, transcript
from bitext.pages.browse.catalogue import catalogue
from bitext.pages.browse.library import library_page
from bitext.pages.browse.people import person_pages
from bitext.pages.callouts import Entry
from bitext.pages.concept import Book
from bitext.pages.glossary_words import WORDS
from bitext.pages.labels import label
from bitext.pages.typography import set_in
from bitext.publish.reporting import NOBODY

BLANKS = {
    "space": " ", "four spaces": "    ", "tab": "\t", "LF": "\n", "blank line": "\n\n", "VT": "\v",
    "FF": "\f", "CR": "\r", "CRLF": "\r\n", "FS": "\x1c", "GS": "\x1d", "RS": "\x1e", "US": "\x1f",
    "NEL": "\x85", "NBSP": "\xa0", "ogham": "\u1680", "em space": "\u2003", "thin space": "\u2009",
    "LS": "\u2028", "PS": "\u2029", "NNBSP": "\u202f", "MMSP": "\u205f", "ideographic": "\u3000",
    "NUL": "\x00", "ESC": "\x1b", "DEL": "\x7f", "C1": "\x90", "ZWSP": "\u200b", "BOM": "\ufeff",
    "soft hyphen": "\xad", "RLO": "\u202e", "word joiner": "\u2060", "MVS": "\u180e",
}  # fmt: skip
FORMS = (
    "- x", "+ x", "* x", "1. 乙", "2024. x", "# x", "> x", ": x", "!!! note", "??? note", "/// x",
    "===", "---", "| a | b |", "[^1]: x", "*[a]: x", "{ #x .y }", "```", "~~~", "--8<-- 'x'",
    "{% raw %}", "{{ x }}", "<div markdown>", "&amp; &#65;", "\\ \\*", "_x_ *y*", "…", "y{: .x }", "x!",
)  # fmt: skip
PLACES: dict[str, Callable[[str, str], str]] = {
    "start": lambda blank, form: blank + form,
    "middle": lambda blank, form: f"one{blank}{form}",
    "next line": lambda blank, form: f"one\n{blank}{form}",
}
A_PAGE = 60  # strings on one page
PROBE = "probeword"  # stands in every text that the search is to find


@dataclass(frozen=True, slots=True)
class Expected:
    """That `selector`, the nth of the page at `path`, reads `text`; what `skip` selects is not
    looked at. Where `skip` is `@name`, that attribute reads `text`."""

    path: str
    field: str
    selector: str
    nth: int
    text: str
    skip: str = ""


def odd_strings() -> list[str]:
    """Every white space and control character before every form, in three places of a text."""
    return [place(b, f) for b, f, place in product(BLANKS.values(), FORMS, PLACES.values())]


def hostile_strings() -> list[str]:
    """What an attacker would write, one JSON string a line in tests/cases/hostile.txt."""
    lines = (ROOT / "tests" / "cases" / "hostile.txt").read_text("utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def squeeze(text: str) -> str:
    """What may change is taken away: runs of white space, control characters, lone surrogates."""
    kept = (
        c for c in text
        if c.isspace() or (unicodedata.category(c) not in ("Cc", "Cs") and c not in "\ufffe\uffff")
    )  # fmt: skip
    return " ".join("".join(kept).split())


# --- pages from records --------------------------------------------------------------------------


@dataclass(slots=True)
class Pages:
    """Markdown by path below docs/, and what the browser must read in it."""

    texts: dict[str, str]
    expected: list[Expected]
    data: dict[str, str] = field(default_factory=dict)  # files below data/, for the search
    queries: Sequence[str] = ()  # asked in the search box

    def add(self, path: str, bodies: Iterable[str]) -> None:
        """Several generated pages as one; the first one's front matter is the page's."""
        first, *rest = bodies
        parts = [first, *(body.split("\n---\n", 1)[1] for body in rest)]
        self.texts[path] = "\n\n".join(parts)

    def expect(self, path: str, field: str, selector: str, nth: int, text: str, skip="") -> None:
        self.expected.append(Expected(path, field, selector, nth, squeeze(text), skip))


def chunks(strings: Sequence[str], size: int = A_PAGE) -> Iterator[tuple[int, Sequence[str]]]:
    yield from ((n, strings[at : at + size]) for n, at in enumerate(range(0, len(strings), size)))


def verbatim_pages(strings: Sequence[str]) -> Pages:
    """Pages with each of the strings in every text field."""
    made = Pages({}, [])
    for number, part in chunks(strings):
        for lang in LANGS:
            _units(made, f"{lang}/transcripts/u{number}.md", part, lang)
            _around(made, f"{lang}/transcripts/a{number}.md", part, lang)
            _library(made, f"{lang}/transcripts/l{number}.md", part, lang)
            _people(made, f"{lang}/speakers/p{number}.md", part, lang)
            _terms(made, f"{lang}/g{number}.md", part, lang)
    return made


TERM = Both("人工智能治理", "AI governance")


def _units(made: Pages, path: str, part: Sequence[str], lang: str) -> None:
    """Unit texts of all kinds, speakers, roles, notes, corrections and what was left out."""
    units, people, notes, corrections, dropped, found = [], [], [], [], [], {}
    for n, text in enumerate(part):
        side = text + ("甲" if lang == "zh" else "a")
        shown = set_in(side, lang)  # flattened punctuation beside Han is full-width on the page
        people.append(Speaker(f"p{n}", text + "甲", text + "a", role_zh=text, role_en=text))
        turn = {"speaker": f"p{n}", "turn": f"s{n}"}
        units += [Unit(f"s{n}-{k}", k, text + "甲", text + "a", level=2, **turn) for k in KINDS]
        units.append(Unit(f"s{n}-one", "para", None, text + "a", formerly=(f"old{n}",), **turn))
        name = TERM[lang]
        units.append(
            Unit(f"s{n}-term", "para", text + "人工智能治理", text + "AI governance", **turn)
        )
        found[f"s{n}-term"] = [Occurrence(f"t{n}", len(text), len(text) + len(name))]
        notes.append(Note(f"n{n}", f"s{n}-para", "editor", text, text, text, text, ((text, "https://x.example/"),)))  # fmt: skip
        corrections.append(
            Correction(f"s{n}-para", text, text, "2026-11-24", text, text, "same", "en")
        )
        dropped.append(Dropped(text, text, n + 1))
        for k in KINDS:
            made.expect(path, f"unit {k}", f'[id="s{n}-{k}"]', 0, side if k == "code" else shown)
        made.expect(path, "unit of one language", f'[id="s{n}-one"]', 0, text + "a")
        made.expect(path, "unit with a term", f'[id="s{n}-term"]', 0, set_in(text + name, lang))
        made.expect(path, "callout", ".bt-note--term p", n, text, "p > a:last-child")
        made.expect(path, "term in the list", ".bt-term-list dt a", n, text + "l")
        made.expect(path, "twin of a term", ".bt-term-list dt > span", n, text + "t")
        made.expect(path, "definition of a term", ".bt-term-list dd", n, text)
        made.expect(path, "former id", f'[id="old{n}"]', 0, "")
        own, other = (text + "甲", text + "a") if lang == "zh" else (text + "a", text + "甲")
        made.expect(path, "speaker", f'[id="s{n}"]', 0, own, ".bt-other")
        made.expect(path, "speaker's twin", f'[id="s{n}"] .bt-other', 0, other)
        made.expect(path, "turn in the contents", ".bt-contents li strong", n, own)
        made.expect(path, "note", f'[id="n{n}"]', 0, text, ".bt-n-head, .bt-n-source")
        made.expect(path, "note quotation", f'[id="n{n}"] q', 0, set_in(text, lang))
        made.expect(path, "note source", f'[id="n{n}"] .bt-n-source a', 0, text)
        for k in (0, 1) if squeeze(text) else ():  # words that nobody sees are not quoted
            made.expect(path, "corrected words", f'[id="correction--{n + 1}"] q', k, text)
        made.expect(path, "correction's reason", ".bt-account li .bt-why", n, text)
        made.expect(path, "correction at its unit", ".bt-fix .bt-why", n, text)
        made.expect(path, "left out", ".bt-dropped li q", n, text)
    # A role whose text has nothing to see has no paragraph.
    roles = [text for text in part if squeeze(text)]
    for n, text in enumerate(roles):
        made.expect(path, "role", "p.bt-role", n, text)
    bitext = Bitext(
        "u", {}, tuple(units), tuple(people), tuple(dropped), tuple(notes), tuple(corrections)
    )
    entries = (Entry(f"t{n}", text + "l", text + "t", text, 2, callout=True) for n, text in enumerate(part))  # fmt: skip
    terms = transcript.Terms(found, {entry.id: entry for entry in entries})
    made.add(path, [transcript.transcript_page(bitext, lang, terms)])


#: What another engine would read as markup stands in the page's head as its full-width twin.
HEAD = str.maketrans("<>{}&", "＜＞｛｝＆")
RECORD = ("kind", "event", "date", "place", "spoken", "translation", "published", "rights")


def _around(made: Pages, path: str, part: Sequence[str], lang: str) -> None:
    """Titles and the record panel, a small text for each string."""
    bodies, rows = [], 0
    for n, text in enumerate(part):
        both = {"zh": text + "甲", "en": text + "a"}
        record = dict.fromkeys(RECORD, both) | {"found": both, "title": both, "summary": both}
        bitext = Bitext(
            f"a{n}", {"author": text + "a", "source": text + "a"}, (Unit(f"p{n}", "para", "甲", "a"),),
            record=record, source={"sha256": text, "file": text + "a", "received": text + "a"},
            truncated=True,
        )  # fmt: skip
        twin = both["en" if lang == "zh" else "zh"]
        made.expect(path, "title", "h1.bt-title", n, both[lang])
        made.expect(path, "twin title", "p.bt-twin-title", n, twin)
        if not n:
            name = {"zh": "双轨", "en": "Two Tracks"}[lang]
            head = squeeze(both[lang]).translate(HEAD)
            made.expect(path, "page title", "head title", 0, f"{head} · {name}")
            made.expect(path, "page description", "meta[name=description]", 0, head, "@content")
        values = list(_record_values(both[lang], text, lang))
        for k, value in enumerate(values):
            made.expect(path, "record", ".bt-record:not(.bt-citing) dd", rows + k, value)
        rows += len(values)
        bodies.append(transcript.transcript_page(bitext, lang))
    made.add(path, bodies)


def _record_values(own: str, text: str, lang: str) -> Iterator[str]:
    """What the rows of a record panel read, in their order."""
    yield from [own] * 7
    yield from (text + "a", text + "a", own, text + "a", own)
    yield NOBODY.known(lang)
    yield label(lang, "edition_n", n=1)
    if text:
        yield f"{text}a{'，' if lang == 'zh' else ', '}SHA-256 {text}"


def _library(made: Pages, path: str, part: Sequence[str], lang: str) -> None:
    both = [{"zh": text + "甲", "en": text + "a"} for text in part]
    bitexts = [
        Bitext(f"l{n}", {}, (), record={"title": b, "kind": b, "date": b})
        for n, b in enumerate(both)
    ]
    for n, b in enumerate(both):
        twin = b["en" if lang == "zh" else "zh"]
        made.expect(path, "library title", f'[id="l{n}"] > a', 0, b[lang])
        made.expect(path, "library twin", f'[id="l{n}"] > .bt-other', 0, twin)
    made.add(path, [library_page(catalogue(bitexts), lang)])


def _people(made: Pages, path: str, part: Sequence[str], lang: str) -> None:
    both = [Both(text + "甲", text + "a") for text in part]
    people = [Person(f"p{n}", b, role=b, note=b) for n, b in enumerate(both)]
    units = [
        Unit(f"s{n}p1", "para", b.zh, b.en, speaker=f"p{n}", turn=f"s{n}")
        for n, b in enumerate(both)
    ]
    voices = [Speaker(f"p{n}", b.zh, b.en, person=f"p{n}") for n, b in enumerate(both)]
    bitext = Bitext("u0", {"title_zh": "甲", "title_en": "a"}, tuple(units), tuple(voices))
    for n, b in enumerate(both):
        made.expect(path, "person", "h1.bt-title", n, b[lang])
        made.expect(path, "person's twin", "p.bt-twin-title", n, b["en" if lang == "zh" else "zh"])
        made.expect(path, "person's role", "p.bt-role", n, b[lang])
        made.expect(path, "person's note", "p.bt-role + p", n, b[lang])
    known = catalogue([bitext], People(tuple(people)))
    made.add(path, person_pages(known.portraits, lang).values())


GENERAL = {lang: WORDS[lang]["general"] for lang in LANGS}


def _terms(made: Pages, path: str, part: Sequence[str], lang: str) -> None:
    both = [Both(text + "甲", text + "a") for text in part]
    subject = Subject("s", both[0])
    terms = [
        Term(
            f"t{n}", "s", b, b, Forms((b.zh,), (b.en,)), avoid=(Avoided("zh", b.zh, b),),
            sources=(Source(b.en, "https://x.example/"),), doubt=b, sides=b, related=("t0",),
        )
        for n, b in enumerate(both)
    ]  # fmt: skip
    for n, b in enumerate(both):
        other = b["en" if lang == "zh" else "zh"]
        made.expect(path, "term in the list", f'[id="t{n}"] > a[href]', 0, b[lang])
        made.expect(path, "its twin in the list", f'[id="t{n}"] > span', 0, other)
        made.expect(path, "term", "h1.bt-title", 2 + n, b[lang])  # behind those of the two lists
        made.expect(path, "term's twin", "p.bt-twin-title", n, other)
        made.expect(path, "definition", ".bt-both > p", 2 * n, b[lang])
        made.expect(path, "definition in the other language", ".bt-both > p", 2 * n + 1, other)
        avoided = squeeze(b.zh) + ("：" if lang == "zh" else ": ") + squeeze(b[lang])
        rows = (
            b[lang],
            other,
            b[lang],
            avoided,
            b[lang],
            b.en,
            GENERAL[lang],
            both[0][lang],
        )
        for k, row in enumerate(rows):
            made.expect(path, "row of a term", ".bt-term-entry dd", len(rows) * n + k, row)
    book = Book.of(Glossary(tuple(terms), (subject,)))
    made.add(path, glossary.glossary_pages(book, lang).values())


def inject_pages(strings: Sequence[str]) -> Pages:
    """Pages with each of the strings in every field, ids, dates and addresses too."""
    made = Pages({}, [])
    made.data["transcripts/probe/bitext.yml"] = store.dump_bitext(_searched_bitext(strings))
    made.queries = [PROBE, *(text for text in strings[:12] if squeeze(text))]
    for number, part in chunks(strings, 20):
        for lang in LANGS:
            bitexts = [_hostile_bitext(text) for text in part]
            terms = [_hostile_term(text) for text in part]
            found = [
                transcript.Terms(
                    {t: [Occurrence(t, 0, len(t))], "p1": [Occurrence(t, 0, 2)]},
                    {t: Entry(t, t, t, t, 2, callout=True)},
                )
                for t in part
            ]  # fmt: skip
            made.add(
                f"{lang}/transcripts/i{number}.md",
                [
                    transcript.transcript_page(b, lang, t)
                    for b, t in zip(bitexts, found, strict=True)
                ],
            )
            made.add(f"{lang}/transcripts/j{number}.md", [library_page(catalogue(bitexts), lang)])
            people = [Person(t, Both(t, t + "a"), role=Both(t, t), note=Both(t, t)) for t in part]
            known = catalogue(bitexts, People(tuple(people)))
            made.add(f"{lang}/speakers/i{number}.md", person_pages(known.portraits, lang).values())
            book = Glossary(tuple(terms), tuple(Subject(t, Both(t, t)) for t in part))
            small = [replace(b, units=b.units[:2]) for b in bitexts]
            read = Book.of(book, [read_terms(b, book) for b in small])
            made.add(f"{lang}/g{number}.md", glossary.glossary_pages(read, lang).values())
            for n, text in enumerate(part):
                head = transcript.transcript_page(Bitext("h", {"title_en": text}, ()), lang)
                made.texts[f"{lang}/transcripts/h{number}-{n}.md"] = head
    return made


def _searched_bitext(strings: Sequence[str]) -> Bitext:
    """A text that passes every check, for the search to find."""
    units = [
        Unit(
            f"s{n}p1", "para", f"{PROBE}甲 {text}", f"{PROBE} {text}", speaker=f"p{n}", turn=f"s{n}"
        )
        for n, text in enumerate(strings, 1)
    ]
    voices = [Speaker(f"p{n}", f"甲{text}", f"a {text}") for n, text in enumerate(strings, 1)]
    titles = {"title_zh": f"{PROBE}{strings[0]}", "title_en": f"{PROBE} {strings[0]}"}
    return Bitext("probe", titles, tuple(units), tuple(voices))


def _hostile_term(text: str) -> Term:
    both = Both(text + "甲", text)
    return Term(
        text, text, both, both, Forms((text,), (text,)), avoid=(Avoided("zh", text, both),),
        sources=(Source(text, text), Source(text, "https://x.example/" + text)), doubt=both,
        sides=both, related=(text,), callout=True,
    )  # fmt: skip


def _hostile_bitext(text: str) -> Bitext:
    both = {"zh": text + "甲", "en": text}
    units = [Unit("p1", "para", "甲" + text, "aa" + text, speaker=text, turn=text)]
    units += [
        Unit(text, k, text, text, text, text, 2, formerly=(text, text), original="en")
        for k in KINDS
    ]
    units += [
        Unit(f"x{n}", "para", text, None, text, f"{text}{n}", original=text) for n in range(3)
    ]
    units.append(Unit(text, text, text, text, text))
    note = Note(text, "p1", "editor", text, text, text, text, ((text, text), (text, "http://x.example/" + text)))  # fmt: skip
    return Bitext(
        text, dict.fromkeys(("title_zh", "date", "time", "source", "author", "byline_zh"), text),
        tuple(units), (Speaker(text, text, text + "a", person=text, role_zh=text, role_en=text),),
        (Dropped(text, text, 1), Dropped(text, f"metadata: {text}", 1)),
        (note, replace(note, kind=text), replace(note, at=text)),
        (Correction(text, text, text, text, text, text, "open"), Correction(*[text] * 9), Correction("p1", *[text] * 5, "same")),
        record=dict.fromkeys(RECORD[:2], both) | {
            "place": text, "date_local": text, "found": both | {"url": text}, "title_by": text,
            "title": both, "rights": both, "summary": both,
        },
        source={"file": text, "sha256": text, "received": text}, ledger=Ledger(1, 1, 0, 0, 0, 0),
        truncated=True,
    )  # fmt: skip
