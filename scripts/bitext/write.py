"""Bitext -> the Markdown of its page in one language.

The two pages of a bitext have the same ids in the same order. Where a unit has no text in the
page's language, its other text stands there, says so and carries its `lang`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .annotate import annotate, quote_html
from .escape import escape_html, escape_markdown, escape_title
from .labels import COLON, HTML_LANG, OTHER, label, show_date
from .model import LANGS, Bitext, Note, Speaker, Unit
from .typography import flattened, widen

NOTE_KINDS = {"note": "source", "vocab": "vocab", "glossary": "source"}
SUMMARY = {"note": "source_note", "vocab": "vocab", "glossary": "glossary_note"}
# Lines of a note that head a part of it (一、 二、) or are items of a list (1. 2、 (3) •).
NOTE_HEADING = re.compile(r"[一二三四五六七八九十]+、|第[一二三四五六七八九十]+[、，,]")
NOTE_ITEM = re.compile(r"\d{1,2}[.、．)）]|[（(]\d{1,2}[)）]|[•·●▪◦]")


@dataclass(frozen=True, slots=True)
class Terms:
    """The glossary as one page needs it. `found` has the occurrences to mark, by unit id."""

    found: Mapping[str, Sequence] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)  # term id -> definition, this language
    callouts: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)  # id -> zh, en, text
    counts: Sequence[tuple[str, str, int]] = ()  # (term id, name, times), in order of appearance


def front_matter(title: str, description: str, page: str) -> list[str]:
    """The head of a generated page."""
    return [
        "---",
        f"title: {escape_title(title)}",
        f"description: {escape_title(description)}",
        f"bt_page: {page}",
        "search: {exclude: true}",
        "---",
        "",
    ]


def title_of(bitext: Bitext, lang: str) -> str:
    """The title shown: the editor's, else the source's, else the other language's, else the slug."""
    titles = bitext.record.get("title")
    titles = titles if isinstance(titles, Mapping) else {}
    for side in (lang, OTHER[lang]):
        found = titles.get(side) or bitext.metadata.get(f"title_{side}")
        if found:
            return str(found)
    return bitext.slug


def worded(value: object, lang: str) -> str:
    """A record's value in `lang`: {zh: …, en: …}, or the same text for both."""
    if isinstance(value, Mapping):
        return str(value.get(lang) or value.get(OTHER[lang]) or "")
    return "" if value is None else str(value)


def name_of(speaker: Speaker, lang: str) -> str:
    return (speaker.zh if lang == "zh" else speaker.en) or speaker.zh or speaker.en or speaker.id


def summary_of(bitext: Bitext, lang: str) -> str:
    """One sentence for the page's head and the library."""
    if bitext.record.get("summary"):
        return worded(bitext.record["summary"], lang)
    names = ("、" if lang == "zh" else ", ").join(name_of(s, lang) for s in bitext.speakers)
    parts = [names, show_date(lang, str(bitext.metadata.get("date") or ""))]
    return ("，" if lang == "zh" else ", ").join(p for p in parts if p) or title_of(bitext, lang)


def transcript_page(bitext: Bitext, lang: str, terms: Terms | None = None) -> str:
    """The page's Markdown, complete."""
    terms = terms or Terms()
    title = title_of(bitext, lang)
    out = front_matter(title, summary_of(bitext, lang), "transcript")
    out += [f"# {escape_markdown(_line(title))} {{ #title .bt-title }}", ""]
    twin = title_of(bitext, OTHER[lang])
    if twin != title:
        out += [
            f'<p class="bt-twin-title" lang="{HTML_LANG[OTHER[lang]]}">{escape_html(twin)}</p>',
            "",
        ]
    out += [*_record(bitext, lang), *_contents(bitext, lang), *_body(bitext, lang, terms)]
    if bitext.truncated:
        out += [f'<p class="bt-truncated">{label(lang, "truncated")}</p>', ""]
    out += [*_terms(terms, lang), *_account(bitext, lang), *_take(bitext, lang)]
    return "\n".join(out).rstrip("\n") + "\n"


def _line(text: str) -> str:
    return " ".join(text.split())


# --- the text ------------------------------------------------------------------------------------


def _body(bitext: Bitext, lang: str, terms: Terms) -> Iterator[str]:
    notes: dict[str, list[Note]] = {}
    for note in bitext.notes:
        notes.setdefault(note.at, []).append(note)
    turn, seen = None, set()
    for unit in bitext.units:
        if unit.turn and unit.turn != turn:
            turn = unit.turn
            yield from _turn(bitext, unit, lang, seen)
        yield from _unit(unit, lang, terms)
        for found in _first_callouts(unit, terms):
            yield from _term_callout(found, terms, lang)
        if unit.id in notes:
            yield from _editor_notes(notes[unit.id], lang)


def _turn(bitext: Bitext, unit: Unit, lang: str, seen: set[str]) -> Iterator[str]:
    speaker = bitext.speaker(unit.speaker)
    if speaker is None:
        return
    name, other = name_of(speaker, lang), name_of(speaker, OTHER[lang])
    twin = ""
    if other != name:
        twin = (
            f' <span class="bt-other" lang="{HTML_LANG[OTHER[lang]]}">{escape_html(other)}</span>'
        )
    attrs = (
        f'#{unit.turn} .bt-turn data-speaker="{_attr(speaker.id)}" data-toc-label="{_attr(name)}"'
    )
    yield f"## {escape_markdown(_line(name))}{twin} {{ {attrs} }}"
    yield ""
    role = speaker.role_zh if lang == "zh" else speaker.role_en
    if speaker.id not in seen and (role or speaker.person):
        turns = f"[{label(lang, 'all_turns')}](../speakers/{speaker.person}.md)"
        shown = [escape_markdown(role)] * bool(role) + [turns] * bool(speaker.person)
        yield from (" · ".join(shown), "{ .bt-role }", "")
    seen.add(speaker.id)
    if unit.original:
        key = "as_spoken" if unit.original == lang else "translated"
        text = label(lang, key, lang=label(lang, f"lang_{unit.original}"))
        yield from (f'<p class="bt-spoken">{text}</p>', "")


def _attr(text: str) -> str:
    """`text` for an attribute list, where nothing can be escaped: what Markdown reads is left out."""
    return re.sub(r'["{}<>&\\\n\[\]`*_|!]', "", text).strip() or "?"


def _unit(unit: Unit, lang: str, terms: Terms) -> Iterator[str]:
    text, shown = unit.text(lang), lang
    if text is None:
        shown = OTHER[lang]
        text = unit.text(shown) or ""
    foreign = shown != lang
    single = unit.zh is None or unit.en is None
    if foreign and unit.kind not in NOTE_KINDS:
        what = label(lang, "only", lang=label(lang, f"lang_{shown}"))
        yield from (f'<p class="bt-only">{what}</p>', "")
    classes = ["bt-u"] + ["bt-foreign"] * foreign + ["bt-single"] * single
    extra = f' lang="{HTML_LANG[shown]}"' if foreign else ""
    found = terms.found.get(unit.id, ())
    body = annotate(text, found, terms.titles, "../glossary.md", shown)
    render = RENDER.get(unit.kind, _para)
    yield from render(unit, lang, body, classes, extra)
    yield ""


def _attrs(unit: Unit, classes: Iterable[str], extra: str) -> str:
    return f"{{ #{unit.id} " + " ".join(f".{c}" for c in classes) + f"{extra} }}"


def _div(unit: Unit, classes: Iterable[str], extra: str) -> str:
    return f'<div class="{" ".join(classes)}" id="{unit.id}"{extra} markdown>'


def _para(unit, lang, body, classes, extra) -> Iterator[str]:
    paragraphs = [_line(p) for p in re.split(r"\n+", body) if p.strip()]
    if len(paragraphs) == 1:
        yield from (paragraphs[0], _attrs(unit, classes, extra))
        return
    yield from (_div(unit, classes, extra), "")
    for paragraph in paragraphs:
        yield from (paragraph, "")
    yield "</div>"


def _heading(unit, lang, body, classes, extra) -> Iterator[str]:
    level = min(max(unit.level, 3 if unit.turn else 2), 5)  # below the turn it stands in
    yield f"{'#' * level} {_line(body)} {_attrs(unit, classes, extra)}"


def _list(unit, lang, body, classes, extra) -> Iterator[str]:
    classes = [*classes, "bt-li", f"bt-li--{max(unit.level, 1)}"]
    yield from _para(unit, lang, body, classes, extra)


def _quote(unit, lang, body, classes, extra) -> Iterator[str]:
    yield from (f"> {line}" for line in _para(unit, lang, body, classes, extra))


def _code(unit, lang, body, classes, extra) -> Iterator[str]:
    text = unit.text("zh" if (extra and lang == "en") or (not extra and lang == "zh") else "en")
    # A blank line would end a raw block of Markdown; a line of one zero-width-free space will not.
    lines = escape_html(text or "").split("\n")
    yield f'<pre class="{" ".join(classes)}" id="{unit.id}"{extra}><code>' + "&#10;".join(lines) + "</code></pre>"  # fmt: skip


def _note(unit, lang, body, classes, extra) -> Iterator[str]:
    side = HTML_LANG["zh" if unit.zh is not None and (lang == "zh" or unit.en is None) else "en"]
    kind = NOTE_KINDS[unit.kind]
    head = label(lang, SUMMARY[unit.kind])
    if extra:
        only = label(lang, "lang_zh" if side == "zh-Hans" else "lang_en")
        head += f"（{only}）" if lang == "zh" else f" ({only})"
    yield f'<details class="bt-note bt-note--{kind}" open markdown><summary>{head}</summary>'
    yield ""
    yield _div(unit, classes, extra)
    yield ""
    for line in body.split("\n"):
        if not line.strip():
            continue
        plain = re.sub(r"<[^>]*>|\\", "", line)
        mark = ""
        if NOTE_HEADING.match(plain):
            mark = "\n{ .bt-note-h }"
        elif NOTE_ITEM.match(plain):
            mark = "\n{ .bt-note-li }"
        yield from (_line(line) + mark, "")
    yield from ("</div>", "", "</details>")


RENDER = {
    "heading": _heading, "list": _list, "quote": _quote, "code": _code,
    "note": _note, "vocab": _note, "glossary": _note,
}  # fmt: skip


# --- callouts ------------------------------------------------------------------------------------


def _first_callouts(unit: Unit, terms: Terms) -> list[str]:
    ids = [o.term_id for o in terms.found.get(unit.id, ()) if o.term_id in terms.callouts]
    return list(dict.fromkeys(ids))


def _term_callout(term_id: str, terms: Terms, lang: str) -> Iterator[str]:
    zh, en, text = terms.callouts[term_id]
    name, twin = (zh, en) if lang == "zh" else (en, zh)
    head = f"{label(lang, 'term')}{COLON[lang]}{escape_html(name)}"
    other = f'<span lang="{HTML_LANG[OTHER[lang]]}">{escape_html(twin)}</span>'
    yield f'<details class="bt-note bt-note--term" markdown><summary>{head} {other}</summary>'
    yield ""
    space = " " * (lang == "en")
    yield f"{escape_markdown(text)}{space}[{label(lang, 'entry')}](../glossary.md#{term_id})"
    yield from ("", "</details>", "")


def _editor_notes(notes: Sequence[Note], lang: str) -> Iterator[str]:
    count = f"（{len(notes)}）" if lang == "zh" else f" ({len(notes)})"
    head = label(lang, "editor") + (count if len(notes) > 1 else "")
    yield f'<details class="bt-note bt-note--editor" markdown><summary>{head}</summary>'
    yield ""
    for note in notes:
        quotes = [
            f'<q lang="{HTML_LANG[side]}">{quote_html(quote, side)}</q>'
            for side, quote in (("zh", note.quote_zh), ("en", note.quote_en))
            if quote
        ]
        if lang == "en":
            quotes.reverse()
        yield f'<div class="bt-n bt-n--{note.kind}" id="{note.id}" markdown>'
        yield ""
        kind = f'<b class="bt-n-kind">{label(lang, f"note_{note.kind}")}</b>'
        yield f'<p class="bt-n-head">{kind} {" ".join(quotes)}</p>'
        yield from ("", escape_markdown(note.zh if lang == "zh" else note.en), "")
        if note.sources:
            shown = "；".join if lang == "zh" else "; ".join
            yield f'<p class="bt-n-source">{label(lang, "rests_on")}{COLON[lang]}{shown(_link(*s) for s in note.sources)}</p>'
            yield ""
        yield from ("</div>", "")
    yield from ("</details>", "")


def _link(title: str, url: str) -> str:
    if re.match(r"https?://", url):
        return f'<a href="{escape_html(url)}" rel="external">{escape_html(title or url)}</a>'
    return escape_html(title)


# --- the page's frame ----------------------------------------------------------------------------


def _record(bitext: Bitext, lang: str) -> Iterator[str]:
    rows = list(_record_rows(bitext, lang))
    yield f'<details class="bt-record"><summary>{label(lang, "record")}</summary><dl>'
    yield from (f"<dt>{name}</dt><dd>{value}</dd>" for name, value in rows)
    yield from ("</dl></details>", "")


def _record_rows(bitext: Bitext, lang: str) -> Iterator[tuple[str, str]]:
    record, meta, source = bitext.record, bitext.metadata, bitext.source
    for key in ("kind", "event"):
        if record.get(key):
            yield label(lang, key), escape_html(worded(record[key], lang))
    if record.get("date"):
        yield label(lang, "date"), escape_html(worded(record["date"], lang))
    elif meta.get("date"):
        when = show_date(lang, str(meta["date"]))
        yield label(lang, "date"), escape_html(f"{when} {meta.get('time', '')}".strip())
    if record.get("place"):
        yield label(lang, "place"), escape_html(worded(record["place"], lang))
    if bitext.speakers:
        people = ("；" if lang == "zh" else "; ").join(_person(s, lang) for s in bitext.speakers)
        yield label(lang, "speakers"), people
    for key in ("spoken", "translation", "published"):
        if record.get(key):
            yield label(lang, key), escape_html(worded(record[key], lang))
    for key in ("author", "source"):
        if meta.get(key):
            yield label(lang, key), _foreign(meta[key], lang)
    for side in LANGS:
        if meta.get(f"byline_{side}"):
            yield label(lang, "byline"), _foreign(meta[f"byline_{side}"], lang, side)
    found = record.get("found")
    if found:
        url = found.get("url", "") if isinstance(found, Mapping) else ""
        words = (
            escape_html(worded(found, lang))
            if isinstance(found, Mapping)
            else escape_html(str(found))
        )
        host = _link(re.sub(r"^https?://", "", str(url)), str(url)) if url else ""
        yield label(lang, "found"), " ".join(filter(None, (words, host)))
    if source.get("received"):
        yield label(lang, "received"), show_date(lang, str(source["received"]))
    if record.get("rights"):
        yield label(lang, "rights"), escape_html(worded(record["rights"], lang))
    if record.get("title_by"):
        by = record["title_by"]
        words = label(lang, "site_title") if by == "site" else worded(by, lang)
        yield label(lang, "title"), escape_html(words)
    yield label(lang, "edition"), edition(bitext, lang)
    if bitext.ledger:
        sums = {"n": bitext.ledger.accounted, "total": bitext.ledger.total}
        words = label(lang, "ledger_short", **sums)
        yield label(lang, "ledger"), f'<a href="#account">{words}</a>'
    marks = sum(len(flattened(unit.zh)) for unit in bitext.units if unit.zh)
    if marks:
        yield label(lang, "type"), label(lang, "type_line", n=marks)
    if source.get("sha256"):
        comma = "，" if lang == "zh" else ", "
        name = escape_html(str(source.get("file") or "source"))
        yield (
            label(lang, "file"),
            f"{name}{comma}SHA-256 <code>{escape_html(str(source['sha256']))}</code>",
        )


def edition(bitext: Bitext, lang: str) -> str:
    """Which edition this is: each day on which the text was corrected makes a new one."""
    days = sorted({c.date for c in bitext.corrections})
    number = label(lang, "edition_n", n=len(days) + 1)
    return number + (f", {show_date(lang, days[-1])}" if days else "")


def _foreign(text: str, lang: str, side: str | None = None) -> str:
    side = side or ("zh" if re.search(r"[㐀-鿿]", text) else "en")
    if side == lang:
        return escape_html(text)
    return f'<span lang="{HTML_LANG[side]}">{escape_html(text)}</span>'


def _person(speaker: Speaker, lang: str) -> str:
    role = speaker.role_zh if lang == "zh" else speaker.role_en
    name, other = name_of(speaker, lang), name_of(speaker, OTHER[lang])
    shown = escape_html(name)
    if other != name:
        shown += (
            f' <span class="bt-other" lang="{HTML_LANG[OTHER[lang]]}">{escape_html(other)}</span>'
        )
    return f"{shown}{COLON[lang]}{escape_html(role)}" if role else shown


def _contents(bitext: Bitext, lang: str) -> Iterator[str]:
    """A jump list of the turns: who, and how the turn begins."""
    turns: dict[str, Unit] = {}
    for unit in bitext.units:
        if unit.turn:
            turns.setdefault(unit.turn, unit)
    if len(turns) < 3:
        return
    yield f'<nav class="bt-contents" aria-label="{label(lang, "contents")}"><ol>'
    for turn, unit in turns.items():
        speaker = bitext.speaker(unit.speaker)
        text, side = begin(unit, lang)
        foreign = f' lang="{HTML_LANG[side]}"' if side != lang else ""
        who = escape_html(name_of(speaker, lang)) if speaker else turn
        shown = f"<span{foreign}>{escape_html(text)}</span>"
        yield f'<li><a href="#{turn}"><b>{who}</b> {shown}</a></li>'
    yield from ("</ol></nav>", "")


def begin(unit: Unit, lang: str) -> tuple[str, str]:
    """The last question that a unit asks, or else how it begins, cut at a word; and its language."""
    side = lang if unit.text(lang) else OTHER[lang]
    text = unit.text(side) or ""
    size = 34 if side == "zh" else 80
    asked = re.findall(r"[^。！？?!.]*[？?]", text)
    text = _line(asked[-1] if asked else text)
    if len(text) > size:
        text = text[:size] if side == "zh" else text[:size].rsplit(" ", 1)[0]
        text = text.rstrip("，。；、,.;: ") + "…"
    return (widen(text) if side == "zh" else text), side


def _terms(terms: Terms, lang: str) -> Iterator[str]:
    if not terms.counts:
        return
    yield '<section class="bt-terms" markdown>'
    yield ""
    yield f"## {label(lang, 'terms')} {{ #terms }}"
    yield ""
    for term_id, name, times in terms.counts:
        count = f'<span class="bt-count">{label(lang, "times", n=times)}</span>'
        yield f"- [{escape_markdown(name)}](../glossary.md#{term_id}) {count}"
    yield from ("", "</section>", "")


def _account(bitext: Bitext, lang: str) -> Iterator[str]:
    yield from ('<section class="bt-account" markdown>', "")
    yield from (f"## {label(lang, 'ledger')} {{ #account }}", "")
    if bitext.ledger:
        sums = {
            k: getattr(bitext.ledger, k)
            for k in ("total", "units", "labels", "notes", "metadata", "dropped")
        }
        yield from (f'<p class="bt-ledger">{label(lang, "ledger_line", **sums)}</p>', "")
    if bitext.dropped:
        yield f'<details class="bt-dropped"><summary>{label(lang, "dropped")}</summary><ul>'
        for item in bitext.dropped:
            place = label(lang, "line", n=item.line)
            text = (
                _foreign(_line(item.text), lang)
                if len(item.text) < 300
                else _foreign(_line(item.text[:300]) + "…", lang)
            )
            yield f"<li>{place}{COLON[lang]}<q>{text}</q> {escape_html(reason(item.reason, lang))}</li>"
        yield from ("</ul></details>", "")
    yield from (f"### {label(lang, 'corrections')} {{ #corrections }}", "")
    if not bitext.corrections:
        yield from (label(lang, "no_corrections"), "")
    for item in bitext.corrections:
        why = item.why_zh if lang == "zh" else item.why_en
        yield (
            f"- [{escape_markdown(item.at)}](#{item.at}) {show_date(lang, item.date)}{COLON[lang]}"
            f"{label(lang, 'was')} {_quoted(item.old)} {label(lang, 'now')} {_quoted(item.new)}. {escape_markdown(why)}"
        )
    yield from ("", "</section>", "")


def _quoted(text: str) -> str:
    return f"<q>{escape_html(text)}</q>"


def reason(text: str, lang: str) -> str:
    """The reason for leaving something out, in the page's language where the site knows it."""
    if lang == "en":
        return text
    head, _, tail = text.partition(":")
    shown = REASONS_ZH.get(text.strip()) or REASONS_ZH.get(head.strip())
    if shown is None:
        return text
    return shown + (f"：{tail.strip()}" if tail and text.strip() not in REASONS_ZH else "")


#: The reasons that cleaning gives, in Chinese; tests hold the two lists together.
REASONS_ZH: dict[str, str] = {}


def _take(bitext: Bitext, lang: str) -> Iterator[str]:
    up = "../../" if lang == "zh" else "../../../"
    links = " · ".join(
        f'<a href="{up}data/{bitext.slug}.{suffix}" download>{name}</a>'
        for name, suffix in (("TMX", "tmx"), ("CSV", "csv"), ("JSON", "json"), ("TXT", "txt"))
    )
    yield f'<p class="bt-take">{label(lang, "take")}{COLON[lang]}{links}</p>'


# --- the library ---------------------------------------------------------------------------------


def library_page(bitexts: Sequence[Bitext], lang: str) -> str:
    """The list of transcripts: title in both languages, date, kind, speakers, languages."""
    title = label(lang, "library")
    out = front_matter(title, label(lang, "library_lead"), "library")
    out += [
        f"# {title} {{ #title .bt-title }}",
        "",
        label(lang, "library_lead"),
        "{ .bt-lead }",
        "",
    ]
    if not bitexts:
        out += [label(lang, "empty"), ""]
    for bitext in bitexts:
        out += _entry(bitext, lang)
    return "\n".join(out).rstrip("\n") + "\n"


def _entry(bitext: Bitext, lang: str) -> Iterator[str]:
    title, twin = title_of(bitext, lang), title_of(bitext, OTHER[lang])
    yield from ('<article class="bt-entry" markdown>', "")
    yield f"## [{escape_markdown(_line(title))}]({bitext.slug}.md) {{ #{bitext.slug} }}"
    yield ""
    if twin != title:
        yield from (
            f'<p class="bt-twin-title" lang="{HTML_LANG[OTHER[lang]]}">{escape_html(twin)}</p>',
            "",
        )
    date = worded(bitext.record.get("date"), lang) or show_date(
        lang, str(bitext.metadata.get("date") or "")
    )
    names = ("、" if lang == "zh" else ", ").join(name_of(s, lang) for s in bitext.speakers)
    pairs = sum(
        1
        for u in bitext.units
        if u.zh is not None
        and u.en is not None
        and u.kind not in ("heading", "note", "vocab", "glossary")
    )
    rows = (
        (label(lang, "date"), date),
        (label(lang, "kind"), worded(bitext.record.get("kind"), lang)),
        (label(lang, "speakers"), names),
        (label(lang, "languages"), f"{label(lang, 'both')} · {label(lang, 'units', pairs=pairs)}"),
    )
    yield '<dl class="bt-facts">'
    yield from (f"<div><dt>{k}</dt><dd>{escape_html(v)}</dd></div>" for k, v in rows if v)
    yield from ("</dl>", "", "</article>", "")


def data_files(bitext: Bitext) -> dict[str, str]:
    """What the site offers for download, by file name."""
    from . import export

    names = {"json": "json", "tmx": "tmx", "csv": "csv", "text": "txt"}
    return {f"{bitext.slug}.{names[k]}": make(bitext) for k, make in export.FORMATS.items()}
