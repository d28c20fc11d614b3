"""Edits bitexts at random and asks the proof: silent edits must be told, listed ones must not.

The two opening texts and fresh imports of every format are edited as people edit them. A silent
edit is told when a problem names its unit (by its id, or by a line of it). A listed one comes with
the entry that the check itself printed, completed by its reasons, or with one written by hand, or it
is one that needs none: a split, a merge, a move over a border; then no problem may be left.

    python scripts/bench/fuzz_edits.py [SEED] [EDITS]
"""

from __future__ import annotations

import random
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from bitext.commands.importing import Job, import_job
from bitext.kinds import OWN_LINES
from bitext.library.lines import joint
from bitext.library.store import dump_bitext, read_entry
from bitext.model import LANGS, Bitext, Correction, LeftOut, Problem, Speaker, Unit
from bitext.project.project import load_bitext
from bitext.publish.export import to_json
from bitext.text.marks import STOPS
from bitext.text.scripts import HAN_CLASS

ROOT = Path(__file__).resolve().parent.parent.parent
OPENING = ("sanders-xue-panel", "track-two-perspective")
DOCUMENTS = (
    "panel-bold", "rows-with-speakers", "rows-tsv", "page-html-lang", "page-html-br", "word-docx",
    "vtt-voices", "subtitles-two-lines", "restructured-text", "encoding-utf16", "encoding-gb18030",
    "labels-in-both-languages", "footnotes-interleaved", "code-between", "two-files",
    "hard-wrapped-interleaved", "traditional-turns", "note-card-between", "panel-short-turns",
)  # fmt: skip
#: Words and sentences that come again: what was deleted, and where, is hard to say.
REPEATS = """\
主持人：是的，是的，是的。我们都说是的。我们都说是的。治理治理治理需要时间。

Moderator: Yes, yes, yes. We all say yes. We all say yes. It takes time, time, time and time.

陈立新：是的。治理需要时间，治理需要合作。治理需要合作。我们都说是的。哈哈哈哈，好的好的。

Chen Lixin: Yes. It takes time, it takes cooperation. It takes cooperation. We all say yes. Ha ha ha ha, good, good.

主持人：谢谢。谢谢。治理需要合作。

Moderator: Thank you. Thank you. It takes cooperation.
"""
WHY = ("原文有误", "an error of the source")
DAY = "2026-11-29"


@dataclass(frozen=True, slots=True)
class Case:
    """A bitext with its source beside it, in a folder of its own."""

    name: str
    folder: Path
    bitext: Bitext

    def load(self, bitext: Bitext) -> tuple[Bitext | None, list[Problem]]:
        """The edited bitext as the program reads it, and all that is told of it."""
        path = self.folder / "bitext.yml"
        path.write_text(dump_bitext(bitext), "utf-8")
        read, problems = load_bitext(path)
        return read, [*problems, *(read.proof.problems if read and read.proof else ())]


def cases(folder: Path, names: Sequence[str] = DOCUMENTS) -> list[Case]:
    """The opening texts and fresh imports, each in a folder below `folder`."""
    out = [opening(folder, slug) for slug in OPENING]
    made = folder / "made"
    made.mkdir()
    for name in names:
        held = sorted((ROOT / "tests" / "cases" / "documents" / name).glob("source.*"))
        out.append(_imported(folder, name, held))
    (made / "repeats.txt").write_text(REPEATS, "utf-8")
    out.append(_imported(folder, "repeats", [made / "repeats.txt"]))
    (made / "export.json").write_text(to_json(out[0].bitext), "utf-8")
    out.append(_imported(folder, "export", [made / "export.json"]))
    page = (ROOT / "tests/cases/documents/page-html-lang/source.html").read_bytes()
    head = b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"  # fmt: skip
    (made / "archive.mhtml").write_bytes(head + page)
    out.append(_imported(folder, "archive", [made / "archive.mhtml"]))
    return out


def opening(folder: Path, slug: str) -> Case:
    """A text of the library, copied below `folder`."""
    shutil.copytree(ROOT / "data" / "transcripts" / slug, folder / slug)
    case = _case(folder / slug)
    return replace(case, bitext=replace(case.bitext, settled=()))


def _imported(folder: Path, name: str, held: Sequence[Path]) -> Case:
    zh, en = (held[1], held[0]) if len(held) == 2 else (None, None)
    import_job(Job(held[0] if zh is None else None, zh, en, name, folder))
    return _case(folder / name)


def _case(folder: Path) -> Case:
    bitext, _, problems = read_entry(folder / "bitext.yml")
    assert bitext is not None and not problems, problems
    return Case(folder.name, folder, replace(bitext, notes=(), settled=()))


# --- parts of a text -------------------------------------------------------------------------------

WORD = re.compile(rf"[A-Za-z’']+|[{HAN_CLASS}]{{2}}")
SENTENCE = re.compile(f"[^{STOPS}]+[{STOPS}]+")


@dataclass(frozen=True, slots=True)
class Edit:
    """An edited bitext; `names` are the ids by which it may be told, `entries` its hand-made ones."""

    bitext: Bitext
    names: tuple[str, ...]
    kind: str = ""
    entries: tuple[Correction | LeftOut, ...] = ()


Maker = Callable[[random.Random, Bitext], Edit | None]


def _place(rng: random.Random, bitext: Bitext, least: int = 2) -> tuple[Unit, str, str] | None:
    """A unit, a language, and its text there, of some length."""
    held = [
        (u, lang, text)
        for u in bitext.units
        for lang in LANGS
        if (text := u.text(lang)) and len(text) >= least
    ]
    return rng.choice(held) if held else None


def _with(bitext: Bitext, unit: Unit, **texts: object) -> Bitext:
    new = replace(unit, beads=(), **texts)  # type: ignore[arg-type]
    if new.zh is None and new.en is None:
        return replace(bitext, units=tuple(u for u in bitext.units if u is not unit))
    return replace(bitext, units=tuple(new if u is unit else u for u in bitext.units))


def _edited(bitext: Bitext, unit: Unit, lang: str, text: str, *entries: Correction) -> Edit | None:
    """The text put into its unit; None where that changes nothing, or leaves odd blanks."""
    # In code every blank counts, so there it is the person's text that stays as it is.
    tidy = text if unit.kind == "code" else re.sub(r" {2,}", " ", text).strip()
    old = unit.text(lang)
    if tidy == old or (not tidy and unit.text("en" if lang == "zh" else "zh") is None):
        return None
    return Edit(_with(bitext, unit, **{lang: tidy or None}), (unit.id,), entries=entries)


def _pieces(text: str, size: str) -> list[tuple[int, int]]:
    """The characters, words or sentences of a text, as spans."""
    if size == "character":
        return [(k, k + 1) for k, c in enumerate(text) if not c.isspace()]
    return [m.span() for m in (WORD if size == "word" else SENTENCE).finditer(text)]


NEW = {
    "character": ("x", "很", "7", "，"), "word": ("indeed", "高调", "never"),
    "sentence": ("这是没有说过的话。", "Nobody ever said this."),
}  # fmt: skip


def piece_edit(size: str, what: str) -> Maker:
    """Deletes, changes, swaps or adds a character, word or sentence."""

    def make(rng: random.Random, bitext: Bitext) -> Edit | None:
        found = _place(rng, bitext)
        if found is None:
            return None
        unit, lang, text = found
        spans = _pieces(text, size)
        if not spans:
            return None
        a, b = rng.choice(spans)
        if what == "deleted":
            return _edited(bitext, unit, lang, text[:a] + text[b:])
        if what == "changed":
            return _edited(bitext, unit, lang, text[:a] + rng.choice(NEW[size]) + text[b:])
        if what == "added":
            apart = " " if lang == "en" and size != "character" else ""
            return _edited(bitext, unit, lang, text[:a] + rng.choice(NEW[size]) + apart + text[a:])
        c, d = rng.choice(spans)
        if b > c or text[a:b] == text[c:d]:
            return None
        return _edited(bitext, unit, lang, text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:])

    return make


# --- silent edits ----------------------------------------------------------------------------------


def unit_deleted(rng: random.Random, bitext: Bitext) -> Edit | None:
    held = [u for u in bitext.units if all(u.id != x.after for x in bitext.units)]
    unit = rng.choice(held)
    return Edit(replace(bitext, units=tuple(u for u in bitext.units if u is not unit)), (unit.id,))


def side_deleted(rng: random.Random, bitext: Bitext) -> Edit | None:
    held = [u for u in bitext.units if u.zh and u.en]
    unit = rng.choice(held)
    return Edit(_with(bitext, unit, **{rng.choice(LANGS): None}), (unit.id,))


def units_swapped(rng: random.Random, bitext: Bitext) -> Edit | None:
    if len(bitext.units) < 2:
        return None
    a, b = sorted(rng.sample(range(len(bitext.units)), 2))
    one, other = bitext.units[a], bitext.units[b]
    if all(_bare(one.text(x)) == _bare(other.text(x)) for x in LANGS):
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
    if _bare(one.text(lang)) == _bare(other.text(lang)):
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
    return Edit(_with(bitext, unit, zh=unit.en, en=unit.zh), (unit.id,))


def unit_added(rng: random.Random, bitext: Bitext) -> Edit | None:
    k = rng.randrange(len(bitext.units))
    unit = bitext.units[k]
    new = replace(
        unit, id=_fresh(bitext, unit.id), zh="这一段是后来加的。", en="This was added.", beads=()
    )
    return Edit(_inserted(bitext, k + 1, new), (new.id,))


def unit_copied(rng: random.Random, bitext: Bitext) -> Edit | None:
    k = rng.randrange(len(bitext.units))
    new = replace(bitext.units[k], id=_fresh(bitext, bitext.units[k].id))
    return Edit(_inserted(bitext, k + 1, new), (new.id, bitext.units[k].id))


def id_doubled(rng: random.Random, bitext: Bitext) -> Edit | None:
    if len(bitext.units) < 2:
        return None
    one, other = rng.sample(bitext.units, 2)
    units = tuple(replace(u, id=one.id) if u is other else u for u in bitext.units)
    return Edit(replace(bitext, units=units), (one.id, other.id))


def space_added(rng: random.Random, bitext: Bitext) -> Edit | None:
    found = _place(rng, bitext)
    if found is None:
        return None
    unit, lang, text = found
    places = [k for k in range(1, len(text)) if not text[k - 1].isspace() and not text[k].isspace()]
    if not places:
        return None
    k = rng.choice(places)
    return _edited(bitext, unit, lang, text[:k] + " " + text[k:])


def space_removed(rng: random.Random, bitext: Bitext) -> Edit | None:
    found = _place(rng, bitext)
    if found is None:
        return None
    unit, lang, text = found
    places = [m.start() for m in re.finditer(r"(?<=\S) (?=\S)", text)]
    if not places:
        return None
    k = rng.choice(places)
    return _edited(bitext, unit, lang, text[:k] + text[k + 1 :])


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
    found = _place(rng, bitext, 4)
    if found is None:
        return None
    unit, lang, text = found
    a, b = rng.choice(_pieces(text, "word") or _pieces(text, "character"))
    was = rng.choice((text[a:b], "从来没有", text[a:b] + "x"))
    entry = _entry(unit.id, lang, was, text[a:b])
    return Edit(replace(bitext, corrections=(entry,)), (unit.id,))


def omission_invented(rng: random.Random, bitext: Bitext) -> Edit | None:
    found = _place(rng, bitext, 4)
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


def _entry(at: str, lang: str, was: str, now: str) -> Correction:
    return Correction(at, was, now, DAY, *WHY, "open", lang=lang)


def _bare(text: str | None) -> str:
    return "".join((text or "").split())


def _fresh(bitext: Bitext, id: str) -> str:
    taken = {u.id for u in bitext.units}
    stem = id.rstrip("abcdefghijklmnopqrstuvwxyz") if id[-1].isalpha() else id
    return next(f"{stem}{c}" for c in "abcdefghijklmnopqrstuvwxyz" if f"{stem}{c}" not in taken)


def _inserted(bitext: Bitext, k: int, unit: Unit) -> Bitext:
    return replace(bitext, units=(*bitext.units[:k], unit, *bitext.units[k:]))


PIECES = {
    f"{size} {what}": piece_edit(size, what)
    for size in ("character", "word", "sentence")
    for what in ("deleted", "changed", "swapped", "added")
}


# --- listed edits ----------------------------------------------------------------------------------


def word_by_hand(rng: random.Random, bitext: Bitext) -> Edit | None:
    """A word changed or deleted, with the shortest entry that a person would write."""
    found = _place(rng, bitext)
    if found is None:
        return None
    unit, lang, text = found
    spans = _pieces(text, rng.choice(("word", "sentence")))
    if not spans:
        return None
    a, b = rng.choice(spans)
    now = rng.choice(("", rng.choice(NEW["word"])))
    wide = rng.choice((0, 6))
    lo, hi = max(0, a - wide), min(len(text), b + wide)
    entry = _entry(unit.id, lang, text[lo:hi], text[lo:a] + now + text[b:hi])
    if not _bare(entry.was) or _bare(entry.was) == _bare(entry.now):
        return None
    return _edited(bitext, unit, lang, text[:a] + now + text[b:], entry)


def two_by_hand(rng: random.Random, bitext: Bitext) -> Edit | None:
    """Two corrections in one text, near each other or not."""
    found = _place(rng, bitext, 12)
    if found is None:
        return None
    unit, lang, text = found
    spans = _pieces(text, "word")
    if len(spans) < 3:
        return None
    (a, b), (c, d) = sorted(rng.sample(spans, 2))
    one, two = rng.choice(("甲甲", "first")), rng.choice(("乙乙", "second"))
    new = text[:a] + one + text[b:c] + two + text[d:]
    entries = [_entry(unit.id, lang, text[a:b], one), _entry(unit.id, lang, text[c:d], two)]
    rng.shuffle(entries)
    return _edited(bitext, unit, lang, new, *entries)


def chain_by_hand(rng: random.Random, bitext: Bitext) -> Edit | None:
    """A word changed twice on one spot: a -> b -> c."""
    found = _place(rng, bitext)
    if found is None:
        return None
    unit, lang, text = found
    spans = _pieces(text, "word")
    if not spans:
        return None
    a, b = rng.choice(spans)
    one, two = rng.choice((("草案", "定稿"), ("draft", "text")))
    entries = (_entry(unit.id, lang, text[a:b], one), _entry(unit.id, lang, one, two))
    return _edited(bitext, unit, lang, text[:a] + two + text[b:], *entries)


def left_out_by_hand(rng: random.Random, bitext: Bitext) -> Edit | None:
    """A sentence left out, which may stand in the text more than once."""
    found = _place(rng, bitext)
    if found is None:
        return None
    unit, lang, text = found
    spans = _pieces(text, "sentence")
    if not spans:
        return None
    a, b = rng.choice(spans)
    made = _edited(bitext, unit, lang, (text[:a].rstrip() + joint(text[:a].rstrip(), text[b:].lstrip(), lang) + text[b:].lstrip()))  # fmt: skip
    return made and replace(made, entries=(LeftOut(text[a:b].strip(), *WHY),))  # type: ignore[arg-type]


def space_by_hand(rng: random.Random, bitext: Bitext) -> Edit | None:
    """White space put in or taken out, listed with the words around it."""
    found = _place(rng, bitext, 6)
    if found is None:
        return None
    unit, lang, text = found
    k = rng.randrange(1, len(text) - 1)
    if text[k - 1].isspace() or "\n" in text[max(0, k - 6) : k + 6]:
        return None
    new = text[:k] + text[k + 1 :] if text[k].isspace() else text[:k] + " " + text[k:]
    lo, hi, grown = max(0, k - 5), min(len(text), k + 5), len(new) - len(text)
    entry = _entry(unit.id, lang, text[lo:hi].strip(), new[lo : hi + grown].strip())
    return _edited(bitext, unit, lang, new, entry)


def unit_split(rng: random.Random, bitext: Bitext) -> Edit | None:
    held = []
    for k, unit in enumerate(bitext.units):
        cuts = {
            lang: [b for _, b in _pieces(unit.text(lang) or "", "sentence")][:-1] for lang in LANGS
        }
        if all(cuts[lang] or not unit.text(lang) for lang in LANGS) and unit.kind != "code":
            held.append((k, unit, cuts))
    if not held:
        return None
    k, unit, cuts = rng.choice(held)
    ends = {lang: rng.choice(cuts[lang]) if cuts[lang] else 0 for lang in LANGS}
    first = {lang: (unit.text(lang) or "")[: ends[lang]].strip() or None for lang in LANGS}
    rest = {lang: (unit.text(lang) or "")[ends[lang] :].strip() or None for lang in LANGS}
    new = replace(unit, id=_fresh(bitext, unit.id), beads=(), **rest)
    return Edit(_inserted(_with(bitext, unit, **first), k + 1, new), (unit.id,))


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
        gap = between or (joint(parts[0], parts[1], lang) if len(parts) == 2 else "")
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
    spans = _pieces(one.text(lang) or "", "sentence")
    if len(spans) < 2 or not two.text(lang):
        return None
    a = spans[-1][0]
    text, next_text = one.text(lang) or "", two.text(lang) or ""
    tail = text[a:].strip()
    made = _with(bitext, one, **{lang: text[:a].strip()})
    return Edit(
        _with(made, two, **{lang: tail + joint(tail, next_text, lang) + next_text}), (one.id,)
    )


def paragraphs(rng: random.Random, bitext: Bitext) -> Edit | None:
    """A text parted into two paragraphs between sentences, or all of its paragraphs joined."""
    found = _place(rng, bitext)
    if found is None or found[0].kind in OWN_LINES:
        return None
    unit, lang, text = found
    if "\n\n" in text and rng.random() < 0.7:
        parts = text.split("\n\n")
        out = parts[0]
        for part in parts[1:]:
            out += joint(out, part, lang) + part
        return Edit(_with(bitext, unit, **{lang: out}), (unit.id,))
    cuts = [
        b for _, b in _pieces(text, "sentence")[:-1]
        if text[b : b + 1] == " " if joint(text[b - 1], text[b:].lstrip()[:1], lang)
    ] if lang == "en" else [b for _, b in _pieces(text, "sentence")[:-1] if not text[b : b + 1].isspace() and not joint(text[b - 1], text[b], lang)]  # fmt: skip
    if not cuts:
        return None
    k = rng.choice(cuts)
    return Edit(
        _with(bitext, unit, **{lang: text[:k].rstrip() + "\n\n" + text[k:].lstrip()}), (unit.id,)
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
#: Edits that come with their own entries, or need none.
BY_HAND: dict[str, Maker] = {
    "word by hand": word_by_hand, "two by hand": two_by_hand, "chain by hand": chain_by_hand,
    "left out by hand": left_out_by_hand, "space by hand": space_by_hand, "unit split": unit_split,
    "units merged": units_merged, "moved over border": moved_over_border, "paragraphs": paragraphs,
    "speaker renamed": speaker_renamed,
}  # fmt: skip


# --- asking ----------------------------------------------------------------------------------------


def is_named(edit: Edit, read: Bitext | None, problems: Sequence[Problem]) -> bool:
    """Whether a problem names what was edited, by id or by a line of it."""
    ids = re.compile("|".join(rf"(?<![\w-]){re.escape(n)}(?![\w-])" for n in edit.names))
    if any(ids.search(p.message) for p in problems):
        return True
    rows = sorted((x.line, x.id) for x in (*read.units, *read.speakers)) if read else []
    for p in problems:
        at = [id for line, id in rows if line <= p.line]
        if p.path.endswith(".yml") and at and at[-1] in edit.names:
            return True
    return False


def pasted(bitext: Bitext, problems: Sequence[Problem]) -> Bitext:
    """The bitext with the entries that the problems print, completed by reasons."""
    corrections, left_out = list(bitext.corrections), list(bitext.left_out)
    for problem in problems:
        text = re.sub(r"(why_\w\w):$", r"\1: because", problem.paste, flags=re.M)
        for part in re.split(r"(?m)^(?=left_out:|corrections:)", text):
            said = yaml.safe_load(part) or {}
            for row in said.get("corrections", ()):
                row["now"] = row.pop("is")
                corrections.append(Correction(**row))
            left_out += [LeftOut(**row) for row in said.get("left_out", ())]
    return replace(bitext, corrections=tuple(corrections), left_out=tuple(left_out))


def source_touched(rng: random.Random, case: Case) -> bool:
    """Whether it is told that a byte of a source is another."""
    file = rng.choice(sorted(case.folder.glob("source.*")))
    data = file.read_bytes()
    k = rng.randrange(len(data))
    file.write_bytes(data[:k] + bytes([data[k] ^ 1]) + data[k + 1 :])
    try:
        return any(p.path.endswith(file.name) for p in case.load(case.bitext)[1])
    finally:
        file.write_bytes(data)


def silent(rng: random.Random, held: Sequence[Case], count: int) -> Iterator[tuple[str, str]]:
    """(kind, fault) for each silent edit; the fault is '' where it is told."""
    kinds = [*SILENT, "source touched"]
    for n in range(count):
        kind, case = kinds[n % len(kinds)], rng.choice(held)
        if kind == "source touched":
            yield kind, "" if source_touched(rng, case) else f"{case.name}: not told"
            continue
        case, edit = _made(rng, held, SILENT[kind])
        read, problems = case.load(edit.bitext)
        told = is_named(edit, read, problems)
        where = f"{case.name} {'/'.join(edit.names[:3])}"
        yield kind, "" if told else f"{where}: {'named otherwise: ' + str(problems[0]) if problems else 'not told'}"  # fmt: skip


def listed(rng: random.Random, held: Sequence[Case], count: int) -> Iterator[tuple[str, str]]:
    """(kind, fault) for each listed edit; the fault is '' where no problem is left."""
    kinds = [*PRINTED, *BY_HAND, *BY_HAND]
    for n in range(count):
        kind = kinds[n % len(kinds)]
        case, edit = _made(rng, held, PRINTED[kind] if kind in PRINTED else BY_HAND[kind])
        bitext = edit.bitext
        if kind in PRINTED:
            bitext = pasted(bitext, case.load(bitext)[1])
        else:
            bitext = replace(
                bitext,
                corrections=tuple(e for e in edit.entries if isinstance(e, Correction)),
                left_out=tuple(e for e in edit.entries if isinstance(e, LeftOut)),
            )
        _, problems = case.load(bitext)
        where = f"{case.name} {'/'.join(edit.names[:3])}"
        yield kind, f"{where}: {problems[0]}" if problems else ""


def _made(rng: random.Random, held: Sequence[Case], maker: Maker) -> tuple[Case, Edit]:
    """An edit of this kind in some bitext that allows one."""
    while True:
        case = rng.choice(held)
        if edit := maker(rng, case.bitext):
            return case, edit


def main() -> int:
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    rng = random.Random(seed)
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        held = cases(Path(folder))
        for case in held:
            _, problems = case.load(case.bitext)
            faults += len(problems)
            for problem in problems:
                print(f"untouched: {problem}")
        for name, run in (("silent", silent), ("listed", listed)):
            start, done, wrong = time.perf_counter(), Counter(), Counter()
            for kind, fault in run(rng, held, count):
                done[kind] += 1
                if fault:
                    wrong[kind] += 1
                    print(f"{name}: {kind}: {fault}")
            good, seconds = count - wrong.total(), time.perf_counter() - start
            what = "told" if name == "silent" else "without a false alarm"
            print(f"seed {seed}: {name} edits {what}: {good} of {count}, {seconds:.0f} s")
            faults += wrong.total()
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
