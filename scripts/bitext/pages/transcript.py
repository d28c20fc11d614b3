"""Bitext -> the Markdown of its page in one language.

The two pages of a bitext have the same ids in the same order. Where a unit has no text in the
page's language, its other text stands there, says so and carries its `lang`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bitext.kinds import BOXES, KINDS
from bitext.library.shapes import NOTE_KINDS
from bitext.model import LANGS, OTHER, Bitext, Note, Problem, Unit
from bitext.pages.account import account, take
from bitext.pages.annotate import annotate, quote_html
from bitext.pages.beads import bead_ends
from bitext.pages.corrections import correction_block, corrections_at
from bitext.pages.escape import (  # fmt: skip
    address,
    escape_attribute,
    escape_code,
    escape_html,
    escape_markdown,
    id_attribute,
    lines,
    one_line,
)
from bitext.pages.labels import COLON, HTML_LANG, label
from bitext.pages.moved import withdrawn_ids
from bitext.pages.phrases import (  # fmt: skip
    NOTHING,
    front_matter,
    heading,
    link,
    name_of,
    prose_markdown,
    prose_paragraphs,
    summary_of,
    title_of,
)
from bitext.pages.record_panel import contents, record_panel
from bitext.pages.remarks import TOP, doubt_line, problem_boxes, problems_by_unit

# Lines of a note that head a part of it (一、 二、) or are items of a list (1. 2、 (3) •).
NOTE_HEADING = re.compile(r"[一二三四五六七八九十]+、|第[一二三四五六七八九十]+[、，,]")
NOTE_ITEM = re.compile(r"\d{1,2}[.、．)）]|[（(]\d{1,2}[)）]|[•·●▪◦]")


@dataclass(frozen=True, slots=True)
class Terms:
    """The glossary as one page needs it. `found` has the occurrences to mark, by unit id."""

    found: Mapping[str, Sequence] = field(default_factory=dict)
    titles: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # id -> definition, twin
    callouts: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)  # id -> zh, en, text
    counts: Sequence[tuple[str, str, int]] = ()  # (term id, name, times), in order of appearance


def transcript_page(
    bitext: Bitext, lang: str, terms: Terms | None = None, problems: Sequence[Problem] = ()
) -> str:
    """The page's Markdown, complete. With `problems` it is a draft: each stands at its unit."""
    terms = terms or Terms()
    faults = problems_by_unit(bitext, problems)
    title = title_of(bitext, lang)
    out = front_matter(title, summary_of(bitext, lang), "transcript")
    out += [heading(1, escape_markdown(title), "#title .bt-title"), ""]
    twin = title_of(bitext, OTHER[lang])
    if twin != title:
        out += [
            f'<p class="bt-twin-title" lang="{HTML_LANG[OTHER[lang]]}">{escape_html(twin)}</p>',
            "",
        ]
    out += problem_boxes(faults.get(TOP, ()), lang)
    out += [*record_panel(bitext, lang), *contents(bitext, lang)]
    out += _body(bitext, lang, terms, faults)
    if bitext.truncated:
        out += [f'<p class="bt-truncated">{label(lang, "truncated")}</p>', ""]
    out += [
        *_terms(terms, lang),
        *account(bitext, lang),
        *withdrawn_ids(bitext, lang),
        *take(bitext, lang),
    ]
    return "\n".join(out).rstrip("\n") + "\n"


# --- the text ------------------------------------------------------------------------------------


def _body(
    bitext: Bitext, lang: str, terms: Terms, faults: Mapping[str, Sequence[Problem]]
) -> Iterator[str]:
    fixes = corrections_at(bitext)
    notes: dict[str, list[Note]] = {}
    for note in bitext.notes:
        notes.setdefault(note.at, []).append(note)
    turn = None
    seen: set[str] = set()
    explained: set[str] = set()
    for unit in bitext.units:
        if unit.turn and unit.turn != turn:
            turn = unit.turn
            yield from _turn(bitext, unit, turn, lang, seen)
        yield from problem_boxes(faults.get(unit.id, ()), lang)
        yield from _unit(unit, lang, terms)
        for number, item in fixes.get(unit.id, ()):
            yield from correction_block(bitext, number, item, lang)
        if unit.review:
            yield from doubt_line(unit.review, lang)
        for term_id in dict.fromkeys(o.term_id for o in terms.found.get(unit.id, ())):
            if term_id in terms.callouts and term_id not in explained:
                explained.add(term_id)  # once a page, also where a term is marked in each turn
                yield from _term_callout(term_id, terms, lang)
        if unit.id in notes:
            yield from _editor_notes(notes[unit.id], lang)


def _turn(bitext: Bitext, unit: Unit, turn: str, lang: str, seen: set[str]) -> Iterator[str]:
    speaker = bitext.speaker(unit.speaker)
    if speaker is None:  # as the answers where only the questions are labelled
        name = label(lang, "unnamed")
        attrs = f'{id_attribute(turn)} .bt-turn data-toc-label="{escape_attribute(name)}"'
        yield from (heading(2, escape_markdown(name), attrs), "")
        return
    name, other = name_of(speaker, lang), name_of(speaker, OTHER[lang])
    twin = ""
    if other != name:
        twin = (
            f' <span class="bt-other" lang="{HTML_LANG[OTHER[lang]]}">{escape_html(other)}</span>'
        )
    attrs = (
        f'{id_attribute(turn)} .bt-turn data-speaker="{escape_attribute(speaker.id)}"'
        f' data-toc-label="{escape_attribute(name)}"'
    )
    yield heading(2, (escape_markdown(name) or NOTHING) + twin, attrs)
    yield ""
    role = speaker.role_zh if lang == "zh" else speaker.role_en
    shown = [prose_markdown(role or "", lang)]
    if speaker.person:
        shown.append(f"[{label(lang, 'all_turns')}](../speakers/{address(speaker.person)}.md)")
    if speaker.id not in seen and any(shown):
        yield from (" · ".join(filter(None, shown)), "{ .bt-role }", "")
    seen.add(speaker.id)
    if unit.original in LANGS:
        key = "as_spoken" if unit.original == lang else "translated"
        text = label(lang, key, lang=label(lang, f"lang_{unit.original}"))
        yield from (f'<p class="bt-spoken">{text}</p>', "")


def _unit(unit: Unit, lang: str, terms: Terms) -> Iterator[str]:
    text, shown = unit.text(lang), lang
    if text is None:
        shown = OTHER[lang]
        text = unit.text(shown) or ""
    foreign = shown != lang
    single = unit.zh is None or unit.en is None
    if single and unit.kind not in BOXES:
        what = label(lang, "only", lang=label(lang, f"lang_{shown}"))
        yield from (f'<p class="bt-only">{what}</p>', "")
    # Ids that readers may have cited before: each still leads here.
    yield from (f'<a class="bt-formerly" id="{escape_html(id)}"></a>\n' for id in unit.formerly)
    classes = ["bt-u"] + ["bt-foreign"] * foreign + ["bt-single"] * single
    extra = f' lang="{HTML_LANG[shown]}"' if foreign else ""
    found = terms.found.get(unit.id, ())
    body = annotate(text, found, terms.titles, "../glossary.md", shown)
    shape = KINDS[unit.kind].shape if unit.kind in KINDS else "para"
    ends = "" if foreign or shape in ("code", "box") else bead_ends(unit, lang)
    extra += f' data-b="{ends}"' if ends else ""
    render = RENDER[shape]
    yield from render(unit, lang, body, classes, extra)
    yield ""


def _attrs(unit: Unit, classes: Iterable[str], extra: str) -> str:
    return f"{id_attribute(unit.id)} " + " ".join(f".{c}" for c in classes) + extra


def _div(unit: Unit, classes: Iterable[str], extra: str) -> str:
    return f'<div class="{" ".join(classes)}" id="{escape_html(unit.id)}"{extra} markdown>'


def _para(unit, lang, body, classes, extra) -> Iterator[str]:
    if len(body) == 1:
        yield from (body[0], f"{{ {_attrs(unit, classes, extra)} }}")
        return
    yield from (_div(unit, classes, extra), "")
    for paragraph in body:
        yield from (paragraph, "")
    yield "</div>"


def _heading(unit, lang, body, classes, extra) -> Iterator[str]:
    level = min(max(unit.level, 3 if unit.turn else 2), 5)  # below the turn it stands in
    yield heading(level, " ".join(body), _attrs(unit, classes, extra))


def _list(unit, lang, body, classes, extra) -> Iterator[str]:
    classes = [*classes, "bt-li", f"bt-li--{max(unit.level, 1)}"]
    yield from _para(unit, lang, body, classes, extra)


def _quote(unit, lang, body, classes, extra) -> Iterator[str]:
    yield from (f"> {line}" for line in _para(unit, lang, body, classes, extra))


def _code(unit, lang, body, classes, extra) -> Iterator[str]:
    text = unit.text("zh" if (extra and lang == "en") or (not extra and lang == "zh") else "en")
    head = f'<pre class="{" ".join(classes)}" id="{escape_html(unit.id)}"{extra}><code>'
    yield f"{head}{escape_code(text or '')}</code></pre>"


def _box(unit, lang, body, classes, extra) -> Iterator[str]:
    side = HTML_LANG["zh" if unit.zh is not None and (lang == "zh" or unit.en is None) else "en"]
    kind = KINDS[unit.kind]
    head = kind.zh if lang == "zh" else kind.en
    if extra:
        only = label(lang, "lang_zh" if side == "zh-Hans" else "lang_en")
        head += f"（{only}）" if lang == "zh" else f" ({only})"
    yield f'<details class="bt-note bt-note--{kind.css}" open markdown><summary>{head}</summary>'
    yield ""
    yield _div(unit, classes, extra)
    yield ""
    text = unit.text("zh" if side == HTML_LANG["zh"] else "en") or ""
    for plain, line in zip(lines(text), body, strict=True):
        mark = ""
        if NOTE_HEADING.match(plain):
            mark = "\n{ .bt-note-h }"
        elif NOTE_ITEM.match(plain):
            mark = "\n{ .bt-note-li }"
        yield from (line + mark, "")
    yield from ("</div>", "", "</details>")


#: For each of the shapes that a kind can have.
RENDER = {
    "para": _para, "heading": _heading, "list": _list, "quote": _quote, "code": _code, "box": _box,
}  # fmt: skip


# --- callouts ------------------------------------------------------------------------------------


def _term_callout(term_id: str, terms: Terms, lang: str) -> Iterator[str]:
    zh, en, text = terms.callouts[term_id]
    name, twin = (zh, en) if lang == "zh" else (en, zh)
    head = f"{label(lang, 'term')}{COLON[lang]}{escape_html(name)}"
    other = f'<span lang="{HTML_LANG[OTHER[lang]]}">{escape_html(twin)}</span>'
    yield f'<details class="bt-note bt-note--term" markdown><summary>{head} {other}</summary>'
    yield ""
    space = " " * (lang == "en")
    yield f"{prose_markdown(text, lang)}{space}[{label(lang, 'entry')}](../glossary.md#{address(term_id)})"
    yield from ("", "</details>", "")


def _editor_notes(notes: Sequence[Note], lang: str) -> Iterator[str]:
    count = f"（{len(notes)}）" if lang == "zh" else f" ({len(notes)})"
    head = label(lang, "editor") + (count if len(notes) > 1 else "")
    yield f'<details class="bt-note bt-note--editor" markdown><summary>{head}</summary>'
    yield ""
    for note in notes:
        kind = note.kind if note.kind in NOTE_KINDS else "editor"
        quotes = [
            f'<q lang="{HTML_LANG[side]}">{quote_html(quote, side)}</q>'
            for side, quote in (("zh", note.quote_zh), ("en", note.quote_en))
            if quote and one_line(quote)
        ]
        if lang == "en":
            quotes.reverse()
        yield f'<div class="bt-n bt-n--{kind}" id="{escape_html(note.id)}" markdown>'
        yield ""
        name = f'<b class="bt-n-kind">{label(lang, f"note_{kind}")}</b>'
        yield from (f'<p class="bt-n-head">{name} {" ".join(quotes)}</p>', "")
        yield from prose_paragraphs(note.zh if lang == "zh" else note.en, lang)
        if note.sources:
            shown = "；".join if lang == "zh" else "; ".join
            yield f'<p class="bt-n-source">{label(lang, "rests_on")}{COLON[lang]}{shown(link(*s, lang) for s in note.sources)}</p>'
            yield ""
        yield from ("</div>", "")
    yield from ("</details>", "")


def _terms(terms: Terms, lang: str) -> Iterator[str]:
    if not terms.counts:
        return
    yield '<section class="bt-terms" markdown>'
    yield ""
    yield f"## {label(lang, 'terms')} {{ #terms }}"
    yield ""
    for term_id, name, times in terms.counts:
        count = f'<span class="bt-count">{label(lang, "times", n=times)}</span>'
        yield f"- [{escape_markdown(name)}](../glossary.md#{address(term_id)}) {count}"
    yield from ("", "</section>", "")
