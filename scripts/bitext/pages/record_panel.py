"""Bitext -> what stands above its text: what kind of record this is, and who speaks when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bitext.model import LANGS, OTHER, Bitext, Proof, Speaker, Unit
from bitext.pages.escape import address, escape_html
from bitext.pages.labels import COLON, HTML_LANG, label, show_date
from bitext.pages.phrases import begin, foreign, link, name_of, prose_html, worded
from bitext.pages.typography import flattened


def record_panel(bitext: Bitext, lang: str) -> Iterator[str]:
    """One quiet panel: kind, dates, place, people, where found, rights, edition, account."""
    rows = list(_record_rows(bitext, lang))
    yield f'<details class="bt-record"><summary>{label(lang, "record")}</summary><dl>'
    yield from (f"<dt>{name}</dt><dd>{value}</dd>" for name, value in rows)
    yield from ("</dl></details>", "")


def _record_rows(bitext: Bitext, lang: str) -> Iterator[tuple[str, str]]:
    record, meta, source = bitext.record, bitext.metadata, bitext.source
    for key in ("kind", "event"):
        if record.get(key):
            yield label(lang, key), prose_html(worded(record[key], lang), lang)
    if record.get("date"):
        yield label(lang, "date"), prose_html(worded(record["date"], lang), lang)
    elif meta.get("date"):
        when = show_date(lang, str(meta["date"]))
        yield label(lang, "date"), escape_html(f"{when} {meta.get('time', '')}".strip())
    if record.get("place"):
        yield label(lang, "place"), prose_html(worded(record["place"], lang), lang)
    if bitext.speakers:
        people = ("；" if lang == "zh" else "; ").join(_person(s, lang) for s in bitext.speakers)
        yield label(lang, "speakers"), people
    for key in ("spoken", "translation", "published"):
        if record.get(key):
            yield label(lang, key), prose_html(worded(record[key], lang), lang)
    for key in ("author", "source"):
        if meta.get(key):
            yield label(lang, key), foreign(meta[key], lang)
    for side in LANGS:
        if meta.get(f"byline_{side}"):
            yield label(lang, "byline"), foreign(meta[f"byline_{side}"], lang, side)
    found = record.get("found")
    if found:
        url = found.get("url", "") if isinstance(found, Mapping) else ""
        words = (
            prose_html(worded(found, lang), lang)
            if isinstance(found, Mapping)
            else escape_html(str(found))
        )
        host = link(re.sub(r"^https?://", "", str(url)), str(url), lang) if url else ""
        yield label(lang, "found"), " ".join(filter(None, (words, host)))
    if source.get("received"):
        yield label(lang, "received"), escape_html(show_date(lang, str(source["received"])))
    if record.get("rights"):
        yield label(lang, "rights"), prose_html(worded(record["rights"], lang), lang)
    if record.get("title_by"):
        by = record["title_by"]
        words = label(lang, "site_title") if by == "site" else worded(by, lang)
        yield label(lang, "title"), prose_html(words, lang)
    yield label(lang, "edition"), edition(bitext, lang)
    if bitext.proof:
        yield label(lang, "ledger"), f'<a href="#account">{_verdicts(bitext.proof, lang)}</a>'
    marks = sum(len(flattened(unit.zh)) for unit in bitext.units if unit.zh)
    if marks:
        yield label(lang, "type"), label(lang, "type_line", n=marks)
    files = source.get("files") or ([source] if source.get("sha256") else [])
    for file in files if isinstance(files, list) else ():
        comma = "，" if lang == "zh" else ", "
        digest = f"SHA-256 <code>{escape_html(str(file['sha256']))}</code>"
        yield (
            label(lang, "file"),
            f"{escape_html(str(file.get('file') or 'source'))}{comma}{digest}",
        )


def _verdicts(proof: Proof, lang: str) -> str:
    """The three verdicts of the proof in one line."""
    if proof.ledger is None:
        return label(lang, "proof_none")
    counts = {"proved": proof.proved, "wrong": proof.contradicted, "unknown": proof.unknown}
    return label(lang, "proof_short", total=proof.ledger.total, **counts)


def edition(bitext: Bitext, lang: str) -> str:
    """Which edition this is: each day on which the text was corrected makes a new one."""
    days = sorted({c.date for c in bitext.corrections})
    number = label(lang, "edition_n", n=len(days) + 1)
    return number + (
        f"{'，' if lang == 'zh' else ', '}{escape_html(show_date(lang, days[-1]))}" if days else ""
    )


def _person(speaker: Speaker, lang: str) -> str:
    role = speaker.role_zh if lang == "zh" else speaker.role_en
    name, other = name_of(speaker, lang), name_of(speaker, OTHER[lang])
    shown = escape_html(name)
    if other != name:
        shown += (
            f' <span class="bt-other" lang="{HTML_LANG[OTHER[lang]]}">{escape_html(other)}</span>'
        )
    return f"{shown}{COLON[lang]}{prose_html(role, lang)}" if role else shown


def contents(bitext: Bitext, lang: str) -> Iterator[str]:
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
        who = escape_html(name_of(speaker, lang) if speaker else label(lang, "unnamed"))
        shown = f"<span{foreign}>{escape_html(text)}</span>"
        yield f'<li><a href="#{address(turn)}"><b>{who}</b> {shown}</a></li>'
    yield from ("</ol></nav>", "")
