"""Bitext -> XLIFF 2.0, for translators' tools: a segment a pair of sentences."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from bitext.model import Bitext, Unit
from bitext.publish.about import About
from bitext.publish.about import about as about_of
from bitext.publish.export import NOT_IN_XML, sentence_pairs, xml_text


def to_xliff(bitext: Bitext, about: About | None = None) -> str:
    """Every unit in order; one that has no Chinese has an empty source, one without English no target.

    Chinese stands as the source because the form asks for one; which was first, the record says.
    """
    about = about or about_of(bitext)
    notes = (
        f"<note category={quoteattr(name)}>{xml_text(said)}</note>" for name, said in about.rows()
    )
    return "\n".join([
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="zh-Hans" trgLang="en">',
        f'<file id="f1" original={quoteattr(_attribute(bitext.slug))} xml:space="preserve">',
        "<notes>", *notes, "</notes>",
        *(row for unit in bitext.units for row in _unit(bitext, unit, about)),
        "</file>", "</xliff>",
    ]) + "\n"  # fmt: skip


def _attribute(value: str) -> str:
    return NOT_IN_XML.sub("", value)


def _unit(bitext: Bitext, unit: Unit, about: About) -> Iterator[str]:
    """A unit: who speaks, its address, and its pairs."""
    yield f"<unit id={quoteattr(_attribute(unit.id))} name={quoteattr(_attribute(unit.id))}>"
    yield "<notes>"
    speaker = bitext.speaker(unit.speaker)
    named = " / ".join(filter(None, (speaker.zh, speaker.en))) if speaker else ""
    if named:
        yield f'<note category="speaker">{xml_text(named)}</note>'
    yield f'<note category="address">{xml_text(about.unit(unit.id, "zh"))}</note>'
    yield "</notes>"
    for number, (zh, en) in enumerate(sentence_pairs(unit), 1):
        target = f"<target>{xml_text(en)}</target>" if en else ""
        yield f'<segment id="s{number}"><source>{xml_text(zh)}</source>{target}</segment>'
    yield "</unit>"
