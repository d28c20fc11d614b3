"""Catalogue -> the table that the filter of the lists fetches: every text and person, in both languages."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from bitext.model import LANGS
from bitext.pages.browse.catalogue import Catalogue, Listed, Portrait, Twice, Voice
from bitext.pages.browse.lists import Way, kinds, topics

#: Its address on the site.
ADDRESS = "transcripts/rows.json"
#: A row of the table.
Row = list[object]


def table(catalogue: Catalogue) -> str:
    """The table as JSON, newest text first. A text's people, kind and topics are places in the other
    lists; where a language has no title or name of its own, it is empty.

    texts: [slug, day, title, title, people, kind, topics] and, behind these, what tells it from another
    people: [id, name, name, other forms, turns, texts, texts that name them]; no id, no page
    kinds, topics: [id, name, name]
    """
    people: dict[object, Row] = {p.person.id: _portrait(p) for p in catalogue.portraits}
    people |= {_key(voice): _stranger(voice, len(texts)) for voice, texts in catalogue.strangers()}
    for voice in (voice for text in catalogue.texts for voice in text.voices):
        people.setdefault(_key(voice), _stranger(voice, 0))
    places = {key: n for n, key in enumerate(people)}
    by_kind, by_topic = kinds(catalogue), topics(catalogue)
    of_kind = {text.slug: n for n, way in enumerate(by_kind) for text in way.texts}
    of_topic: dict[str, list[int]] = {text.slug: [] for text in catalogue.texts}
    for n, way in enumerate(by_topic):
        for text in way.texts:
            of_topic[text.slug].append(n)
    texts = [
        [
            text.slug, text.day, *_own(text.title), [places[_key(v)] for v in text.voices],
            of_kind[text.slug], of_topic[text.slug], *_apart(text),
        ]
        for text in catalogue.texts
    ]  # fmt: skip
    made: Mapping[str, Sequence[Row]] = {
        "texts": texts, "people": list(people.values()),
        "kinds": [_way(way) for way in by_kind], "topics": [_way(way) for way in by_topic],
    }  # fmt: skip
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n"


def _key(voice: Voice) -> object:
    return voice.person or tuple(voice.name[lang][0] for lang in LANGS)


def _own(both: Twice) -> list[str]:
    """What each language has itself."""
    return [text if side == lang else "" for lang, (text, side) in both.items()]


def _apart(text: Listed) -> list[str]:
    found = dict.fromkeys(shown for shown, _ in text.apart.values()) if text.apart else ()
    return [" · ".join(found)] if found else []


def _portrait(portrait: Portrait) -> Row:
    person = portrait.person
    forms = " ".join(form for lang in LANGS for form in person.variants[lang])
    names = [person.name[lang] for lang in LANGS]
    return [person.id, *names, forms, portrait.turns, len(portrait.said), len(portrait.named)]


def _stranger(voice: Voice, texts: int) -> Row:
    return ["", *_own(voice.name), "", 0, texts, 0]


def _way(way: Way) -> Row:
    return [way.id, *(way.name[lang] for lang in LANGS)]
