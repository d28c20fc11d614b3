"""A project -> the editors' page: what people should look at, both languages line against line. Pure.

`bitext serve` adds it to the local site. It is not part of docs/ and is never published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from itertools import zip_longest

from bitext.align.confidence import REVIEW_BEAD
from bitext.kinds import OWN_LINES
from bitext.library import lines
from bitext.library.kept import NO_MEMORY, Memory
from bitext.library.lines import NONE
from bitext.library.store import text_block
from bitext.model import OTHER, TWINS, Bitext, Correction, Problem, Unit
from bitext.pages.corrections import corrections_at
from bitext.pages.escape import address
from bitext.pages.labels import COLON, HTML_LANG
from bitext.pages.phrases import title_of
from bitext.pages.remarks import TOP, problems_by_unit
from bitext.units.doubts import words

#: A unit's two texts as bitext.yml has them, a line a bead; None where a language is missing.
Written = tuple[Sequence[str] | None, Sequence[str] | None]

WORDS = {
    "zh": {
        "title": "编者待办", "lead": "需要人看的地方。改 bitext.yml，保存后本页自动更新。",
        "keys": "n 或 j：下一处　p 或 k：上一处", "none": "没有要看的。", "other": "English",
        "problems": "问题", "doubts": "存疑", "beads": "句对存疑", "lines": "行数不等",
        "corrections": "更正", "general": "不属于某一段的问题", "left_out": "人工略去",
        "settle": "核对无误，就把编号写进 settled：", "sure": "把握",
        "counts": "中文{zh}行，英文{en}行。全段暂作一对。", "proposal": "建议的分行，可直接贴入：",
        "copy": "复制", "copied": "已复制", "page": "看这一段", "was": "原作", "now": "改作",
        "twin_same": "另一种语言无须改动", "twin_corrected": "另一种语言也已改正",
        "twin_open": "另一种语言尚未核对",
    },
    "en": {
        "title": "For editors: what to check", "lead": "What a person should look at. Edit bitext.yml and save: this page follows.",
        "keys": "n or j: next, p or k: previous", "none": "Nothing to look at.", "other": "中文",
        "problems": "problems", "doubts": "doubts", "beads": "doubtful lines", "lines": "unequal lines",
        "corrections": "corrections", "general": "Problems that belong to no unit", "left_out": "Left out by a person",
        "settle": "If it is right as it is, add its id under settled:", "sure": "sure",
        "counts": "{zh} lines of Chinese, {en} of English. Until they match, the unit is one pair.",
        "proposal": "Proposed lines, ready to paste:",
        "copy": "Copy", "copied": "Copied", "page": "see it on the page", "was": "was", "now": "now",
        "twin_same": "the other language needed no change", "twin_corrected": "the other language was corrected too",
        "twin_open": "the other language has not been compared yet",
    },
}  # fmt: skip
KINDS = ("problems", "lines", "doubts", "beads", "corrections")


@dataclass(frozen=True, slots=True)
class Item:
    """A unit that should be looked at, and why."""

    unit: Unit
    problems: Sequence[Problem]
    corrections: Sequence[Correction]
    unequal: bool
    low: frozenset[int]  # doubtful lines, by their number from 0

    @property
    def kinds(self) -> list[str]:
        found = (self.problems, self.unequal, self.unit.review, self.low, self.corrections)
        return [kind for kind, there in zip(KINDS, found, strict=True) if there]


def items_of(bitext: Bitext, problems: Mapping[str, Sequence[Problem]]) -> list[Item]:
    """The units to look at, in their order. What a person has settled is not doubtful."""
    fixes = corrections_at(bitext)
    out = []
    for unit in bitext.units:
        low = () if unit.id in bitext.settled else (b.posterior < REVIEW_BEAD for b in unit.beads)
        item = Item(
            unit, problems.get(unit.id, ()), [c for _, c in fixes.get(unit.id, ())],
            is_unequal(unit), frozenset(k for k, is_low in enumerate(low) if is_low),
        )  # fmt: skip
        if item.kinds:
            out.append(item)
    return out


def is_unequal(unit: Unit) -> bool:
    """Whether a unit's two texts have different numbers of lines."""
    zh, en = unit.lines
    return bool(unit.zh and unit.en) and unit.kind not in OWN_LINES and zh != en


def proposals(units: Sequence[Unit]) -> dict[str, str]:
    """For each unit with unequal lines, by its id: its texts realigned, as lines for bitext.yml.

    The lines give back each text to the letter.
    """
    from bitext.align.units import add_beads

    unequal = [replace(unit, beads=()) for unit in units if is_unequal(unit)]
    aligned = add_beads(unequal) if unequal else ()
    return {unit.id: text for unit in aligned if (text := _proposal(unit))}


def _proposal(unit: Unit) -> str:
    """An aligned unit as lines; '' where they would not give back its texts."""
    steady = [b for b in unit.beads[:-1] if lines.keeps(unit.zh or "", b.zh_end, "zh")]
    written = lines.write(replace(unit, beads=(*steady, *unit.beads[-1:])))
    if (written.zh, written.en) != (unit.zh, unit.en):
        return ""
    sides = (("zh", written.lines.zh), ("en", written.lines.en))
    return "\n".join(line for lang, side in sides for line in text_block(lang, side or ()))


# --- the page ------------------------------------------------------------------------------------


def editor_page(
    bitexts: Sequence[Bitext],
    problems: Sequence[Problem],
    written: Callable[[Bitext], Mapping[str, Written]],
    lang: str,
    memory: Memory = NO_MEMORY,
) -> str:
    """The page in one language, complete. `written` gives the lines of each unit of a text, by its id;
    `memory` has what was made of the texts before."""
    by_text = {b.slug: problems_by_unit(b, problems) for b in bitexts}
    placed = {id(p) for found in by_text.values() for rows in found.values() for p in rows}
    rows: dict[str, str] = {}
    for b in bitexts:
        make = partial(_text, b, by_text[b.slug], written, lang)
        known = not any(by_text[b.slug].values())
        rows[b.slug] = memory.of(b, f"{lang}-editor", make, often=True) if known else make()
    body = [
        *_general([p for p in problems if id(p) not in placed], lang),
        *filter(None, rows.values()),
        *_quiet([b for b in bitexts if not rows[b.slug]], lang),
    ]
    said = WORDS[lang]
    other = "../../editor/" if lang == "en" else "../en/editor/"
    return "\n".join([
        "<!doctype html>",
        f'<html lang="{HTML_LANG[lang]}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="robots" content="noindex"><meta name="color-scheme" content="light dark">',
        f'<title>{said["title"]}</title><link rel="icon" href="data:,">',
        '<link rel="stylesheet" href="editor.css"><script src="editor.js" defer></script></head><body>',
        f'<header><h1>{said["title"]}</h1><p>{said["lead"]} <span class="keys">{said["keys"]}</span></p>',
        f'<p><a href="{other}" lang="{HTML_LANG[OTHER[lang]]}">{said["other"]}</a></p></header><main>',
        *(body or [f"<p>{said['none']}</p>"]),
        "</main></body></html>",
        "",
    ])  # fmt: skip


def _general(problems: Sequence[Problem], lang: str) -> Iterator[str]:
    """Problems of no text, above all others."""
    if problems:
        yield f"<section><h2>{WORDS[lang]['general']}</h2><div class=item tabindex=-1>"
        yield from (_problem(p, lang) for p in problems)
        yield "</div></section>"


def _quiet(bitexts: Sequence[Bitext], lang: str) -> Iterator[str]:
    """What needs nobody, in one place below all that does."""
    if bitexts:
        titles = "".join(f"<li>{escape(title_of(b, lang))} <code>{escape(b.path)}</code></li>" for b in bitexts)  # fmt: skip
        yield f"<section><h2>{WORDS[lang]['none']}</h2><ul>{titles}</ul></section>"


def _text(
    bitext: Bitext,
    problems: Mapping[str, Sequence[Problem]],
    written: Callable[[Bitext], Mapping[str, Written]],
    lang: str,
) -> str:
    """What a person should look at in a transcript, or has changed there; '' where there is nothing."""
    items = items_of(bitext, problems)
    if not (items or any(problems.values()) or bitext.left_out or bitext.corrections):
        return ""
    return "\n".join(_section(bitext, items, problems, written(bitext), lang))


def _section(
    bitext: Bitext,
    items: Sequence[Item],
    problems: Mapping[str, Sequence[Problem]],
    written: Mapping[str, Written],
    lang: str,
) -> Iterator[str]:
    """One transcript: its counts, what belongs to no unit of it, and its units to look at."""
    yield f'<section id="{escape(bitext.slug)}"><h2>{escape(title_of(bitext, lang))}</h2>'
    yield f"<p><code>{escape(bitext.path)}</code></p>"
    yield from _counts(items, problems.get(TOP, ()), lang)
    yield from _of_no_unit(bitext, problems.get(TOP, ()), lang)
    yield from _left_out(bitext, lang)
    proposed = proposals([item.unit for item in items])
    for item in items:
        yield from _item(bitext, item, written.get(item.unit.id), proposed.get(item.unit.id), lang)
    yield "</section>"


def _counts(items: Sequence[Item], problems: Sequence[Problem], lang: str) -> Iterator[str]:
    """How many units there are to look at, of each kind."""
    counts = {kind: sum(kind in item.kinds for item in items) for kind in KINDS}
    counts["problems"] += len(problems)
    shown = [f"<li class={k}>{WORDS[lang][k]} <b>{n}</b></li>" for k, n in counts.items() if n]
    if shown:
        yield f"<ul class=counts>{''.join(shown)}</ul>"


def _of_no_unit(bitext: Bitext, problems: Sequence[Problem], lang: str) -> Iterator[str]:
    """Problems and corrections of the text that stand at none of its units."""
    if problems:
        yield "<div class=item tabindex=-1>"
        yield from (_problem(p, lang) for p in problems)
        yield "</div>"
    units = {id for unit in bitext.units for id in (unit.id, *unit.formerly)}
    for fix in bitext.corrections:
        if fix.at not in units:
            yield f"<p class=corrections>{escape(fix.at)} {_correction(fix, lang)}</p>"


def _left_out(bitext: Bitext, lang: str) -> Iterator[str]:
    """What a person took out, and why."""
    if bitext.left_out:
        yield f"<h3>{WORDS[lang]['left_out']}</h3><ul>"
        for left in bitext.left_out:
            why = left.why_zh if lang == "zh" else left.why_en
            yield f"<li><q>{escape(left.was)}</q> {escape(why)}</li>"
        yield "</ul>"


def _item(
    bitext: Bitext, item: Item, written: Written | None, proposed: str | None, lang: str
) -> Iterator[str]:
    said, unit = WORDS[lang], item.unit
    name = escape(f"{bitext.slug}--{unit.id}")
    page = f"../transcripts/{address(bitext.slug)}/#{address(unit.id)}"
    place = f"{bitext.path}:{unit.line}"
    yield f'<article class=item id="{name}" tabindex=-1 aria-labelledby="{name}-h">'
    yield (
        f'<h3 id="{name}-h">{escape(unit.id)} <code>{escape(place)}</code>'
        f' <a href="{page}">{said["page"]}</a></h3>'
    )
    yield from (_problem(p, lang, place) for p in item.problems)
    for doubt in unit.review:
        yield f"<p class=doubts>{escape(words(doubt, lang))}</p>"
    for fix in item.corrections:
        yield f"<p class=corrections>{_correction(fix, lang)}</p>"
    if item.unequal:
        counts = said["counts"].format(zh=unit.lines[0], en=unit.lines[1])
        yield f"<p class=lines>{counts}</p>"
    yield from _table(
        item, written or ((unit.zh or "").split("\n"), (unit.en or "").split("\n")), lang
    )
    if proposed:
        yield f"<p>{said['proposal']}</p>{_paste(proposed, lang)}"
    if unit.review or item.low:
        yield f"<p class=settle>{said['settle']} <code>settled: [{escape(', '.join((*bitext.settled, unit.id)))}]</code></p>"
    yield "</article>"


def _table(item: Item, written: Written, lang: str) -> Iterator[str]:
    """Both texts, line against line; doubtful lines are marked with how sure they are."""
    zh, en = (_numbered(side) for side in written)
    beads = item.unit.beads
    yield "<table>"
    for k, (left, right) in enumerate(zip_longest(zh, en)):
        low = k in item.low
        parted = any(side and side[0] for side in (left, right))
        classes = " ".join(["low"] * low + ["parted"] * parted)
        sure = f"{WORDS[lang]['sure']} {beads[k].posterior:.2f}" if low else ""
        yield (
            f'<tr class="{classes}"><th>{k + 1}</th>{_cell(left, "zh")}{_cell(right, "en")}'
            f"<td class=sure>{sure}</td></tr>"
        )
    yield "</table>"


def _numbered(side: Sequence[str] | None) -> list[tuple[bool, str]]:
    """The lines that count, each with whether a blank line stands before it."""
    out, parted = [], False
    for line in side or ():
        if line.strip():
            out.append((parted, line))
        parted = not line.strip()
    return out


def _cell(line: tuple[bool, str] | None, side: str) -> str:
    text = line[1] if line else ""
    none = " class=none" if text.strip() in ("", NONE) else ""
    return f'<td lang="{HTML_LANG[side]}"{none}>{escape(text)}</td>'


def _problem(problem: Problem, lang: str, known: str = "") -> str:
    """What is wrong, where (unless that is `known`), and the entry to paste."""
    place = f"{problem.path}:{problem.line}" if problem.line else problem.path
    where = f"<p><code>{escape(place)}</code></p>" if place != known else ""
    paste = _paste(problem.paste, lang) if problem.paste else ""
    return f"<div class=problem><p lang=en>{escape(problem.message)}</p>{where}{paste}</div>"


def _paste(text: str, lang: str) -> str:
    said = WORDS[lang]
    button = f'<button type=button data-done="{said["copied"]}">{said["copy"]}</button>'
    return f"<div class=paste><pre>{escape(text)}</pre>{button}</div>"


def _correction(fix: Correction, lang: str) -> str:
    said = WORDS[lang]
    why = fix.why_zh if lang == "zh" else fix.why_en
    twin = fix.twin if fix.twin in TWINS else "open"
    return (
        f"{escape(fix.date)}{COLON[lang]}{said['was']} <q>{escape(fix.was)}</q> {said['now']} <q>{escape(fix.now)}</q>"
        f" · {escape(why)} · <span class=twin-{twin}>{said[f'twin_{twin}']}</span>"
    )
