"""Bitext -> what stands above its text: what kind of record this is, and who speaks when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bitext.forms import SHA256
from bitext.model import LANGS, Bitext, Proof, Speaker, Unit
from bitext.pages.blocks import details
from bitext.pages.cited import edition_of
from bitext.pages.escape import address, escape_markdown
from bitext.pages.labels import COLON, label, show_date
from bitext.pages.phrases import (  # fmt: skip
    COMMA,
    NO_NAMES,
    NOTHING,
    Names,
    begin,
    is_web,
    name_markdown,
    named_twice,
    prose_markdown,
    run,
    script_of,
    web_address,
)
from bitext.pages.top import said
from bitext.pages.typography import flattened


def record_panel(bitext: Bitext, lang: str, names: Names = NO_NAMES) -> Iterator[str]:
    """One quiet panel: kind, dates, place, people, where found, rights, edition, account."""
    body: list[str] = []
    for name, value in _record_rows(bitext, lang, names):
        body += [name, f":   {value or NOTHING}", ""]
    yield from details(label(lang, "record"), "bt-record", body)


#: Name and value of a row.
Row = tuple[str, str]
#: A jump list of fewer turns is of no use.
LEAST_TURNS = 3


def _record_rows(bitext: Bitext, lang: str, names: Names) -> Iterator[Row]:
    """All rows in their order; one of which nothing is known is not there."""
    yield from _said(bitext, lang, "kind", "event")
    yield from _date(bitext, lang)
    yield from _said(bitext, lang, "place")
    if bitext.speakers:
        people = (_person(s, lang, names) for s in bitext.speakers)
        yield label(lang, "speakers"), ("；" if lang == "zh" else "; ").join(people)
    yield from _said(bitext, lang, "spoken", "translation", "published")
    yield from _metadata(bitext.metadata, lang)
    yield from _found(bitext, lang)
    yield from _said(bitext, lang, "rights")
    yield label(lang, "reports"), reach(lang)
    if by := bitext.record.get("title_by"):
        yield label(lang, "title"), label(lang, "site_title") if by == "site" else said(by, lang)
    yield label(lang, "edition"), edition(bitext, lang)
    yield from _checked(bitext, lang)
    yield from _files(bitext.source, lang)


def reach(lang: str) -> str:
    """The place of the address that takes reports: the site knows it, its pages do not."""
    return f'<span class="bt-reach">{label(lang, "reach")}</span>'


def _said(bitext: Bitext, lang: str, *keys: str) -> Iterator[Row]:
    yield from (
        (label(lang, k), said(bitext.record[k], lang)) for k in keys if bitext.record.get(k)
    )


def _date(bitext: Bitext, lang: str) -> Iterator[Row]:
    meta = bitext.metadata
    if bitext.record.get("date"):
        yield from _said(bitext, lang, "date")
    elif meta.get("date"):
        when = show_date(lang, str(meta["date"]))
        yield label(lang, "date"), escape_markdown(f"{when} {meta.get('time', '')}".strip())


def _metadata(meta: Mapping[str, str], lang: str) -> Iterator[Row]:
    """What the source says of its author and of itself."""
    for key in ("author", "source"):
        if meta.get(key):
            yield label(lang, key), run(meta[key], script_of(meta[key], lang), lang)
    for side in LANGS:
        if meta.get(f"byline_{side}"):
            yield label(lang, "byline"), run(meta[f"byline_{side}"], side, lang)


def _found(bitext: Bitext, lang: str) -> Iterator[Row]:
    """Where the text was found, and when it was received."""
    if found := bitext.record.get("found"):
        url = str(found.get("url", "")) if isinstance(found, Mapping) else ""
        host = escape_markdown(re.sub(r"^https?://", "", url))
        host = f"[{host}]({web_address(url)})" if is_web(url) else host
        yield label(lang, "found"), " ".join(filter(None, (said(found, lang), host)))
    if received := bitext.source.get("received"):
        yield label(lang, "received"), escape_markdown(show_date(lang, str(received)))


def _checked(bitext: Bitext, lang: str) -> Iterator[Row]:
    """What the proof says, and how many marks are typography."""
    if bitext.proof:
        yield label(lang, "ledger"), f"[{_verdicts(bitext.proof, lang)}](#account)"
    if marks := sum(len(flattened(unit.zh)) for unit in bitext.units if unit.zh):
        yield label(lang, "type"), label(lang, "type_line", n=marks)


def _files(source: Mapping, lang: str) -> Iterator[Row]:
    files = source.get("files") or ([source] if source.get("sha256") else [])
    for file in files if isinstance(files, list) else ():
        digest = str(file["sha256"])
        shown = f"`{digest}`" if SHA256.fullmatch(digest) else escape_markdown(digest)
        name = escape_markdown(str(file.get("file") or "source"))
        yield label(lang, "file"), f"{name}{COMMA[lang]}SHA-256 {shown}"


def _verdicts(proof: Proof, lang: str) -> str:
    """The three verdicts of the proof in one line."""
    if proof.ledger is None:
        return label(lang, "proof_none")
    counts = {"proved": proof.proved, "wrong": proof.contradicted, "unknown": proof.unknown}
    return label(lang, "proof_short", total=proof.ledger.total, **counts)


def edition(bitext: Bitext, lang: str) -> str:
    """Which edition this is, and since when."""
    number, day = edition_of(bitext)
    shown = [label(lang, "edition_n", n=number), *([show_date(lang, day)] if day else [])]
    return COMMA[lang].join(map(escape_markdown, shown))


def _person(speaker: Speaker, lang: str, names: Names) -> str:
    role = speaker.role_zh if lang == "zh" else speaker.role_en
    shown = named_twice(speaker, lang, names)
    return f"{shown}{COLON[lang]}{prose_markdown(role, lang)}" if role else shown


def contents(bitext: Bitext, lang: str, names: Names = NO_NAMES) -> Iterator[str]:
    """A jump list of the turns: who, and how the turn begins."""
    turns: dict[str, Unit] = {}
    for unit in bitext.units:
        if unit.turn:
            turns.setdefault(unit.turn, unit)
    if len(turns) < LEAST_TURNS:
        return
    yield from (f'<nav class="bt-contents" aria-label="{label(lang, "contents")}" markdown>', "")
    body: list[str] = []
    for number, (turn, unit) in enumerate(turns.items(), 1):
        speaker = bitext.speaker(unit.speaker)
        who = name_markdown(speaker, lang, names) if speaker else label(lang, "unnamed")
        shown = run(*begin(unit, lang), lang)
        body.append(f"{number}. [**{who or NOTHING}** {shown}](#{address(turn)})")
    yield from details(label(lang, "contents_n", n=len(turns)), "bt-jumps-to", body)
    yield from ("</nav>", "")
