"""Edits of a bitext that nobody lists: the proof must tell each of them."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from edits import (
    NEW,
    WHY,
    Edit,
    Maker,
    an_entry,
    bare,
    edited,
    fresh,
    inserted,
    pieces,
    place,
    with_texts,
)
from edits_listed import word_by_hand

from bitext.model import LANGS, Bitext, LeftOut, Speaker


def piece_edit(size: str, what: str) -> Maker:
    """Deletes, changes, swaps or adds a character, word or sentence."""

    def make(rng: random.Random, bitext: Bitext) -> Edit | None:
        found = place(rng, bitext)
        if found is None:
            return None
        unit, lang, text = found
        spans = pieces(text, size)
        if not spans:
            return None
        a, b = rng.choice(spans)
        if what == "deleted":
            return edited(bitext, unit, lang, text[:a] + text[b:])
        if what == "changed":
            return edited(bitext, unit, lang, text[:a] + rng.choice(NEW[size]) + text[b:])
        if what == "added":
            apart = " " if lang == "en" and size != "character" else ""
            return edited(bitext, unit, lang, text[:a] + rng.choice(NEW[size]) + apart + text[a:])
        c, d = rng.choice(spans)
        if b > c or text[a:b] == text[c:d]:
            return None
        return edited(bitext, unit, lang, text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:])

    return make


def unit_deleted(rng: random.Random, bitext: Bitext) -> Edit | None:
    held = [u for u in bitext.units if all(u.id != x.after for x in bitext.units)]
    unit = rng.choice(held)
    return Edit(replace(bitext, units=tuple(u for u in bitext.units if u is not unit)), (unit.id,))


def side_deleted(rng: random.Random, bitext: Bitext) -> Edit | None:
    held = [u for u in bitext.units if u.zh and u.en]
    unit = rng.choice(held)
    return Edit(with_texts(bitext, unit, **{rng.choice(LANGS): None}), (unit.id,))


def units_swapped(rng: random.Random, bitext: Bitext) -> Edit | None:
    if len(bitext.units) < 2:
        return None
    a, b = sorted(rng.sample(range(len(bitext.units)), 2))
    one, other = bitext.units[a], bitext.units[b]
    if all(bare(one.text(x)) == bare(other.text(x)) for x in LANGS):
        return None
    units = list(bitext.units)
    units[a], units[b] = other, one
    between = [u.id for u in units[a : b + 1]]
    return Edit(replace(bitext, units=tuple(units)), tuple(between))


def swapped_in_turn(rng: random.Random, bitext: Bitext) -> Edit | None:
    """Two units of one turn, each in the other's place."""
    made = units_swapped(rng, bitext)
    turns = {u.id: u.turn for u in bitext.units}
    return made if made and len({turns[id] for id in made.names}) == 1 else None


def texts_swapped(rng: random.Random, bitext: Bitext) -> Edit | None:
    lang = rng.choice(LANGS)
    held = [u for u in bitext.units if u.text(lang)]
    if len(held) < 2:
        return None
    one, other = rng.sample(held, 2)
    if bare(one.text(lang)) == bare(other.text(lang)):
        return None
    made = {one.id: other.text(lang), other.id: one.text(lang)}
    units = tuple(
        replace(u, beads=(), **{lang: made[u.id]}) if u in (one, other) else u  # type: ignore[arg-type]
        for u in bitext.units
    )
    return Edit(replace(bitext, units=units), (one.id, other.id))


def texts_of_speaker_swapped(rng: random.Random, bitext: Bitext) -> Edit | None:
    """The texts of two units in one language, each in the other; one speaker says both."""
    made = texts_swapped(rng, bitext)
    speakers = {u.id: u.speaker for u in bitext.units}
    return made if made and len({speakers[id] for id in made.names}) == 1 else None


def languages_swapped(rng: random.Random, bitext: Bitext) -> Edit | None:
    held = [u for u in bitext.units if u.zh != u.en]
    unit = rng.choice(held)
    return Edit(with_texts(bitext, unit, zh=unit.en, en=unit.zh), (unit.id,))


def unit_added(rng: random.Random, bitext: Bitext) -> Edit | None:
    k = rng.randrange(len(bitext.units))
    unit = bitext.units[k]
    new = replace(
        unit, id=fresh(bitext, unit.id), zh="这一段是后来加的。", en="This was added.", beads=()
    )
    return Edit(inserted(bitext, k + 1, new), (new.id,))


def unit_copied(rng: random.Random, bitext: Bitext) -> Edit | None:
    k = rng.randrange(len(bitext.units))
    new = replace(bitext.units[k], id=fresh(bitext, bitext.units[k].id))
    return Edit(inserted(bitext, k + 1, new), (new.id, bitext.units[k].id))


def id_doubled(rng: random.Random, bitext: Bitext) -> Edit | None:
    if len(bitext.units) < 2:
        return None
    one, other = rng.sample(bitext.units, 2)
    units = tuple(replace(u, id=one.id) if u is other else u for u in bitext.units)
    return Edit(replace(bitext, units=units), (one.id, other.id))


def space_added(rng: random.Random, bitext: Bitext) -> Edit | None:
    found = place(rng, bitext)
    if found is None:
        return None
    unit, lang, text = found
    places = [k for k in range(1, len(text)) if not text[k - 1].isspace() and not text[k].isspace()]
    if not places:
        return None
    k = rng.choice(places)
    return edited(bitext, unit, lang, text[:k] + " " + text[k:])


def space_removed(rng: random.Random, bitext: Bitext) -> Edit | None:
    found = place(rng, bitext)
    if found is None:
        return None
    unit, lang, text = found
    places = [m.start() for m in re.finditer(r"(?<=\S) (?=\S)", text)]
    if not places:
        return None
    k = rng.choice(places)
    return edited(bitext, unit, lang, text[:k] + text[k + 1 :])


def speaker_changed(rng: random.Random, bitext: Bitext) -> Edit | None:
    turns = sorted({u.turn for u in bitext.units if u.turn and u.speaker})
    if not turns:
        return None
    turn = rng.choice(turns)
    held = [u for u in bitext.units if u.turn == turn]
    others = [s.id for s in bitext.speakers if s.id != held[0].speaker]
    new = rng.choice([*others, None])
    units = tuple(replace(u, speaker=new) if u.turn == turn else u for u in bitext.units)
    return Edit(replace(bitext, units=units), tuple(u.id for u in held))


def _with_speaker(bitext: Bitext, old: Speaker, **changes: object) -> Edit:
    new = replace(old, **changes)  # type: ignore[arg-type]
    speakers = tuple(new if s is old else s for s in bitext.speakers)
    return Edit(replace(bitext, speakers=speakers), (old.id,))


def label_changed(rng: random.Random, bitext: Bitext) -> Edit | None:
    held = [
        (s, key) for s in bitext.speakers for key in ("labels_zh", "labels_en") if getattr(s, key)
    ]
    if not held:
        return None
    speaker, key = rng.choice(held)
    labels = list(getattr(speaker, key))
    k = rng.randrange(len(labels))
    how = rng.choice(("deleted", "changed", "added", "cut"))
    if how == "deleted":
        del labels[k]
    elif how == "changed":
        labels[k] = labels[k][:-1] + "某"
    elif how == "added":
        labels.append("无名氏")
    elif len(labels[k]) > 1:
        labels[k] = labels[k][:-1]
    else:
        return None
    return _with_speaker(bitext, speaker, **{key: tuple(labels)})


def name_changed(rng: random.Random, bitext: Bitext) -> Edit | None:
    held = [
        (s, lang) for s in bitext.speakers for lang in LANGS
        if getattr(s, lang) and getattr(s, f"labels_{lang}")
    ]  # fmt: skip
    if not held:
        return None
    speaker, lang = rng.choice(held)
    name = getattr(speaker, lang)
    return _with_speaker(bitext, speaker, **{lang: rng.choice((name + "某", name[:-1] + "x"))})


def correction_invented(rng: random.Random, bitext: Bitext) -> Edit | None:
    found = place(rng, bitext, 4)
    if found is None:
        return None
    unit, lang, text = found
    a, b = rng.choice(pieces(text, "word") or pieces(text, "character"))
    was = rng.choice((text[a:b], "从来没有", text[a:b] + "x"))
    entry = an_entry(unit.id, lang, was, text[a:b])
    return Edit(replace(bitext, corrections=(entry,)), (unit.id,))


def omission_invented(rng: random.Random, bitext: Bitext) -> Edit | None:
    found = place(rng, bitext, 4)
    if found is None:
        return None
    unit, _, text = found
    entry = LeftOut(rng.choice((text[: len(text) // 2 + 1], "从来没有这句话。")), *WHY)
    return Edit(replace(bitext, left_out=(entry,)), (unit.id, "left out"))


def entry_dropped(rng: random.Random, bitext: Bitext) -> Edit | None:
    """Two changes, one of them listed."""
    one = word_by_hand(rng, bitext)
    if one is None:
        return None
    other = piece_edit("word", "changed")(rng, replace(one.bitext, corrections=one.entries))
    return other if other and other.names != one.names else None


PIECES = {
    f"{size} {what}": piece_edit(size, what)
    for size in ("character", "word", "sentence")
    for what in ("deleted", "changed", "swapped", "added")
}
SILENT: dict[str, Maker] = PIECES | {
    "unit deleted": unit_deleted, "side deleted": side_deleted, "units swapped": units_swapped,
    "texts swapped": texts_swapped, "languages swapped": languages_swapped, "unit added": unit_added,
    "unit copied": unit_copied, "id doubled": id_doubled, "space added": space_added,
    "space removed": space_removed, "speaker changed": speaker_changed, "label changed": label_changed,
    "name changed": name_changed, "correction invented": correction_invented,
    "omission invented": omission_invented, "entry dropped": entry_dropped,
}  # fmt: skip
#: Edits that come with the entries which the check prints.
PRINTED: dict[str, Maker] = PIECES | {
    "unit deleted": unit_deleted, "side deleted": side_deleted, "units swapped": swapped_in_turn,
    "texts swapped": texts_of_speaker_swapped, "unit added": unit_added, "unit copied": unit_copied,
    "space added": space_added, "space removed": space_removed, "speaker changed": speaker_changed,
}  # fmt: skip
