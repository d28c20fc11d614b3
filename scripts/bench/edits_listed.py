"""Edits of a bitext that are listed, or need no entry: the proof must be content with each."""

from __future__ import annotations

import random
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

from bitext.kinds import OWN_LINES
from bitext.library.lines import joint
from bitext.model import LANGS, Bitext, LeftOut, Unit

#: The share of texts with paragraphs whose paragraphs are joined, not parted once more.
JOINED = 0.7


def word_by_hand(rng: random.Random, bitext: Bitext) -> Edit | None:
    """A word changed or deleted, with the shortest entry that a person would write."""
    found = place(rng, bitext)
    if found is None:
        return None
    unit, lang, text = found
    spans = pieces(text, rng.choice(("word", "sentence")))
    if not spans:
        return None
    a, b = rng.choice(spans)
    now = rng.choice(("", rng.choice(NEW["word"])))
    wide = rng.choice((0, 6))
    lo, hi = max(0, a - wide), min(len(text), b + wide)
    entry = an_entry(unit.id, lang, text[lo:hi], text[lo:a] + now + text[b:hi])
    if not bare(entry.was) or bare(entry.was) == bare(entry.now):
        return None
    return edited(bitext, unit, lang, text[:a] + now + text[b:], entry)


def two_by_hand(rng: random.Random, bitext: Bitext) -> Edit | None:
    """Two corrections in one text, near each other or not."""
    found = place(rng, bitext, 12)
    if found is None:
        return None
    unit, lang, text = found
    spans = pieces(text, "word")
    if len(spans) < 3:
        return None
    (a, b), (c, d) = sorted(rng.sample(spans, 2))
    one, two = rng.choice(("甲甲", "first")), rng.choice(("乙乙", "second"))
    new = text[:a] + one + text[b:c] + two + text[d:]
    entries = [an_entry(unit.id, lang, text[a:b], one), an_entry(unit.id, lang, text[c:d], two)]
    if any(bare(entry.was) == bare(entry.now) for entry in entries):
        return None  # the word was there already
    rng.shuffle(entries)
    return edited(bitext, unit, lang, new, *entries)


def chain_by_hand(rng: random.Random, bitext: Bitext) -> Edit | None:
    """A word changed twice on one spot: a -> b -> c."""
    found = place(rng, bitext)
    if found is None:
        return None
    unit, lang, text = found
    spans = pieces(text, "word")
    if not spans:
        return None
    a, b = rng.choice(spans)
    one, two = rng.choice((("草案", "定稿"), ("draft", "text")))
    entries = (an_entry(unit.id, lang, text[a:b], one), an_entry(unit.id, lang, one, two))
    return edited(bitext, unit, lang, text[:a] + two + text[b:], *entries)


def left_out_by_hand(rng: random.Random, bitext: Bitext) -> Edit | None:
    """A sentence left out, which may stand in the text more than once."""
    found = place(rng, bitext)
    if found is None:
        return None
    unit, lang, text = found
    spans = pieces(text, "sentence")
    if not spans:
        return None
    a, b = rng.choice(spans)
    made = edited(bitext, unit, lang, (text[:a].rstrip() + joint(text[:a].rstrip(), text[b:].lstrip(), lang) + text[b:].lstrip()))  # fmt: skip
    return made and replace(made, entries=(LeftOut(text[a:b].strip(), *WHY),))  # type: ignore[arg-type]


def space_by_hand(rng: random.Random, bitext: Bitext) -> Edit | None:
    """White space put in or taken out, listed with the words around it."""
    found = place(rng, bitext, 6)
    if found is None:
        return None
    unit, lang, text = found
    k = rng.randrange(1, len(text) - 1)
    if text[k - 1].isspace() or "\n" in text[max(0, k - 6) : k + 6]:
        return None
    new = text[:k] + text[k + 1 :] if text[k].isspace() else text[:k] + " " + text[k:]
    lo, hi, grown = max(0, k - 5), min(len(text), k + 5), len(new) - len(text)
    entry = an_entry(unit.id, lang, text[lo:hi].strip(), new[lo : hi + grown].strip())
    return edited(bitext, unit, lang, new, entry)


def unit_split(rng: random.Random, bitext: Bitext) -> Edit | None:
    held = []
    for k, unit in enumerate(bitext.units):
        cuts = {
            lang: [b for _, b in pieces(unit.text(lang) or "", "sentence")][:-1] for lang in LANGS
        }
        if all(cuts[lang] or not unit.text(lang) for lang in LANGS) and unit.kind != "code":
            held.append((k, unit, cuts))
    if not held:
        return None
    k, unit, cuts = rng.choice(held)
    ends = {lang: rng.choice(cuts[lang]) if cuts[lang] else 0 for lang in LANGS}
    first = {lang: (unit.text(lang) or "")[: ends[lang]].strip() or None for lang in LANGS}
    rest = {lang: (unit.text(lang) or "")[ends[lang] :].strip() or None for lang in LANGS}
    new = replace(unit, id=fresh(bitext, unit.id), beads=(), **rest)
    return Edit(inserted(with_texts(bitext, unit, **first), k + 1, new), (unit.id,))


def _neighbours(rng: random.Random, bitext: Bitext) -> tuple[int, Unit, Unit] | None:
    held = [
        (k, one, two)
        for k, (one, two) in enumerate(zip(bitext.units, bitext.units[1:], strict=False))
        if (one.kind, one.turn, one.speaker) == (two.kind, two.turn, two.speaker) and one.kind in ("para", "cue")
        and all(x.after != two.id for x in bitext.units)
    ]  # fmt: skip
    return rng.choice(held) if held else None


def units_merged(rng: random.Random, bitext: Bitext) -> Edit | None:
    found = _neighbours(rng, bitext)
    if found is None:
        return None
    _, one, two = found
    between = rng.choice(("\n\n", None))
    texts = {}
    for lang in LANGS:
        parts = [t for t in (one.text(lang), two.text(lang)) if t]
        gap = between or (joint(parts[0], parts[1], lang) if parts[1:] else "")
        texts[lang] = gap.join(parts) or None
    merged = replace(one, beads=(), formerly=(*one.formerly, two.id, *two.formerly), **texts)
    units = tuple(merged if u is one else u for u in bitext.units if u is not two)
    return Edit(replace(bitext, units=units), (one.id,))


def moved_over_border(rng: random.Random, bitext: Bitext) -> Edit | None:
    """The last sentence of a text put before the first of the next unit's, in one language."""
    found = _neighbours(rng, bitext)
    if found is None:
        return None
    _, one, two = found
    lang = rng.choice(LANGS)
    spans = pieces(one.text(lang) or "", "sentence")
    if len(spans) < 2 or not two.text(lang):
        return None
    a = spans[-1][0]
    text, next_text = one.text(lang) or "", two.text(lang) or ""
    tail = text[a:].strip()
    made = with_texts(bitext, one, **{lang: text[:a].strip()})
    return Edit(
        with_texts(made, two, **{lang: tail + joint(tail, next_text, lang) + next_text}), (one.id,)
    )


def paragraphs(rng: random.Random, bitext: Bitext) -> Edit | None:
    """A text parted into two paragraphs between sentences, or all of its paragraphs joined."""
    found = place(rng, bitext)
    if found is None or found[0].kind in OWN_LINES:
        return None
    unit, lang, text = found
    if "\n\n" in text and rng.random() < JOINED:
        parts = text.split("\n\n")
        out = parts[0]
        for part in parts[1:]:
            out += joint(out, part, lang) + part
        return Edit(with_texts(bitext, unit, **{lang: out}), (unit.id,))
    cuts = [
        b for _, b in pieces(text, "sentence")[:-1]
        if text[b : b + 1] == " " if joint(text[b - 1], text[b:].lstrip()[:1], lang)
    ] if lang == "en" else [b for _, b in pieces(text, "sentence")[:-1] if not text[b : b + 1].isspace() and not joint(text[b - 1], text[b], lang)]  # fmt: skip
    if not cuts:
        return None
    k = rng.choice(cuts)
    return Edit(
        with_texts(bitext, unit, **{lang: text[:k].rstrip() + "\n\n" + text[k:].lstrip()}),
        (unit.id,),
    )


def speaker_renamed(rng: random.Random, bitext: Bitext) -> Edit | None:
    """A speaker's id renamed wherever it stands."""
    if not bitext.speakers:
        return None
    old = rng.choice(bitext.speakers)
    units = tuple(
        replace(u, speaker="someone-else") if u.speaker == old.id else u for u in bitext.units
    )
    speakers = tuple(replace(s, id="someone-else") if s is old else s for s in bitext.speakers)
    return Edit(replace(bitext, units=units, speakers=speakers), (old.id,))


#: Edits that come with their own entries, or need none.
BY_HAND: dict[str, Maker] = {
    "word by hand": word_by_hand, "two by hand": two_by_hand, "chain by hand": chain_by_hand,
    "left out by hand": left_out_by_hand, "space by hand": space_by_hand, "unit split": unit_split,
    "units merged": units_merged, "moved over border": moved_over_border, "paragraphs": paragraphs,
    "speaker renamed": speaker_renamed,
}  # fmt: skip
