"""A bitext's corrections -> what stands at each paragraph, and the list at the end of the page."""

from __future__ import annotations

from collections.abc import Iterator

from bitext.metadata import key_name
from bitext.model import CORRECTABLE, LANGS, OTHER, TWINS, Bitext, Correction, Unit
from bitext.pages.annotate import in_quotes, quoted
from bitext.pages.escape import address, escape_markdown, id_attribute, one_line
from bitext.pages.labels import COLON, label, show_date
from bitext.pages.phrases import NOTHING, name_markdown, name_of, prose_markdown
from bitext.text.marks import SENTENCE_ENDED
from bitext.text.scripts import HAN

#: Two hyphens: no unit has such an id.
ITEM = "correction--{}"


def corrections_at(bitext: Bitext) -> dict[str, list[tuple[int, Correction]]]:
    """The corrections of each unit, by its id, with their numbers in the list, from 1."""
    ids = {old: unit.id for unit in bitext.units for old in unit.formerly}
    out: dict[str, list[tuple[int, Correction]]] = {}
    for number, item in enumerate(bitext.corrections, 1):
        out.setdefault(ids.get(item.at, item.at), []).append((number, item))
    return out


def correction_block(bitext: Bitext, number: int, item: Correction, lang: str) -> Iterator[str]:
    """What stands below the paragraph: what was there, what is there now, when and why."""
    yield f"{_said(bitext, item, lang)} [{label(lang, 'to_corrections')}](#{ITEM.format(number)})"
    yield from ("{ .bt-beside .bt-fix }", "")


def correction_list(bitext: Bitext, lang: str) -> Iterator[str]:
    """The list at the end of the page; each item leads to its paragraph."""
    ids = {id for unit in bitext.units for id in (unit.id, *unit.formerly)}
    for number, item in enumerate(bitext.corrections, 1):
        at = escape_markdown(_place(item, lang)) or NOTHING
        place = f"[{at}](#{address(item.at)})" if item.at in ids else at
        yield f"- {place} {_said(bitext, item, lang)}"
        yield f"    {{ {id_attribute(ITEM.format(number))} }}"


def _said(bitext: Bitext, item: Correction, lang: str) -> str:
    """One correction in sentences, as Markdown."""
    side = side_of(bitext, item)
    head = label(lang, f"fixed_{side or item.what}")
    when = escape_markdown(show_date(lang, item.date))
    old, new = (_shown(bitext, item, text, side, lang) for text in (item.was, item.now))
    what = "changed" if old and new else "added" if new else "removed"
    change = label(lang, f"correction_{what}", old=old, new=new)
    why = _sentence(item.why_zh if lang == "zh" else item.why_en, lang)
    other = label(lang, f"the_{OTHER[side]}" if side else "the_other")
    state = item.twin if item.twin in TWINS else "open"
    twin = f'<span class="bt-twin-{state}">{label(lang, f"twin_{state}", other=other)}</span>'
    space = " " * (lang == "en")
    text = space.join((change, why, twin))
    return f"**{head}** {when}{COLON[lang]}{text}"


def plainly(bitext: Bitext, item: Correction, lang: str) -> str:
    """One correction in a line of plain text: where, what was, what is now, and why."""
    side = side_of(bitext, item)
    old, new = (_named(bitext, item, text, lang) for text in (item.was, item.now))
    what = "changed" if old and new else "added" if new else "removed"
    change = label(lang, f"correction_{what}", old=old, new=new)
    why = one_line(item.why_zh if lang == "zh" else item.why_en)
    head = label(lang, f"fixed_{side or item.what}")
    return f"{_place(item, lang)} {head}{COLON[lang]}{change}{' ' * (lang == 'en')}{why}"


def _named(bitext: Bitext, item: Correction, text: str, lang: str) -> str:
    """What was, or what is, in plain text: the words in quotes, or the speaker's name."""
    if item.what == "speaker":
        speaker = bitext.speaker(text)
        return name_of(speaker, lang) if speaker else one_line(text) or label(lang, "nobody")
    return f"“{one_line(text)}”" if text.strip() else ""


def side_of(bitext: Bitext, item: Correction) -> str:
    """The language whose text was corrected; '' where it is the speaker or the metadata."""
    if item.what in CORRECTABLE[1:]:
        return ""
    if item.lang in LANGS:
        return item.lang
    unit: Unit | None = next((u for u in bitext.units if u.id == item.at), None)
    words = item.now or item.was
    holds = [lang for lang in LANGS if unit and words and words in (unit.text(lang) or "")]
    if len(holds) == 1:
        return holds[0]
    return "zh" if HAN.search(words) else "en"


def _shown(bitext: Bitext, item: Correction, text: str, side: str, lang: str) -> str:
    """What was, or what is: the words in their language, or the speaker's name."""
    if item.what == "metadata":
        own = next((other for other in LANGS if item.at.endswith(f"_{other}")), lang)
        return in_quotes(text, own, lang) if text.strip() else ""
    if not text.strip():
        return label(lang, "nobody") if not side else ""
    if not side:
        speaker = bitext.speaker(text)
        return name_markdown(speaker, lang) if speaker else escape_markdown(text)
    return quoted(text, side, lang)


def _sentence(text: str, lang: str) -> str:
    """An editor's reason as Markdown, with a stop at its end."""
    text = one_line(text)
    stop = "" if not text or SENTENCE_ENDED.search(text) else "。" if lang == "zh" else "."
    return f'<span class="bt-why">{prose_markdown(text, lang)}</span>{stop}'


def _place(item: Correction, lang: str) -> str:
    """What was corrected: a unit's id, or what a key of the metadata is called."""
    named = key_name(item.at, lang) if item.what == "metadata" else None
    return named or item.at
