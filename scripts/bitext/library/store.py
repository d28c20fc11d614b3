"""data/transcripts/<slug>/bitext.yml <-> Bitext."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bitext.forms import SLUG_FORM, Cut, Keys, is_slug, shown
from bitext.kinds import OWN_LINES
from bitext.library import imports, lines, shapes, yaml_lines
from bitext.library.imports import Record, SourceFile
from bitext.library.references import check_references
from bitext.model import (  # fmt: skip
    BITEXT_VERSION,
    LANGS,
    Bitext,
    Correction,
    LeftOut,
    Note,
    Problem,
    SentenceBead,
    Speaker,
    Unit,
    WithdrawnId,
)

HEADER = """\
# yaml-language-server: $schema=../../schema/bitext.schema.json
# One transcript in both languages. Correct it here and nowhere else. Line k of zh and line k of en
# translate each other; ∅ has no counterpart; a blank line parts paragraphs. Ids are addresses that
# readers cite: give an inserted unit a new one (s4p2a), and put a merged unit's old id under
# `formerly`. List every change of the source's words under `corrections` or `left_out`:
# `bitext check` prints the entry.
"""


#: What only a person can add to an entry that `check` printed.
REASONS = frozenset(("why_zh", "why_en"))


@dataclass(frozen=True, slots=True)
class Library:
    """All transcripts, in order of their date, newest first, then slug."""

    bitexts: tuple[Bitext, ...]
    sources: Mapping[str, Sequence[SourceFile]]  # by slug, as received
    problems: tuple[Problem, ...]


#: A bitext with the record of its import, and what is wrong with them.
Entry = tuple[Bitext | None, Record | None, list[Problem]]
#: The same as a library holds it: of the record, which is as large as the text, the source's files.
Held = tuple[Bitext | None, Sequence[SourceFile], list[Problem]]
#: What reads the bitext.yml at a path, of a project, in a library of these folders.
Reader = Callable[[Path, Path, Collection[str]], Held]


def load_library(root: Path, read: Reader | None = None) -> Library:
    """The bitexts of data/transcripts below `root`, and what is wrong with them, all at once.

    Each has its folder's name as slug, whatever the file says: so no two have the same. `read` reads
    one of them; it need not be proved.
    """
    read = read or _held
    bitexts: list[Bitext] = []
    sources: dict[str, Sequence[SourceFile]] = {}
    found = sorted((root / "data" / "transcripts").glob("[!.]*"))
    folders = [f for f in found if f.is_dir()]
    names = [folder.name for folder in folders]
    problems = list(_broken_links(found, root))
    for folder in folders:
        bitext, files, wrong = read(folder / "bitext.yml", root, names)
        problems += wrong
        if bitext and is_slug(bitext.slug):
            bitexts.append(bitext)
            sources[bitext.slug] = files
    problems += _claimed_twice(bitexts)
    bitexts.sort(key=lambda b: b.slug)
    bitexts.sort(key=day_of, reverse=True)
    return Library(tuple(bitexts), sources, tuple(problems))


def _held(path: Path, root: Path, folders: Collection[str]) -> Held:
    bitext, record, problems = read_entry(path, root, folders)
    return bitext, record.files if record else (), problems


def _broken_links(found: Sequence[Path], root: Path) -> Iterator[Problem]:
    """Texts that would vanish without a word."""
    for link in found:
        if link.is_symlink() and not link.exists():
            said = "a link that leads to nothing; mend it or remove it"
            yield Problem(str(link.relative_to(root)), 0, said)


def _claimed_twice(bitexts: Sequence[Bitext]) -> Iterator[Problem]:
    """Former slugs that two texts have."""
    claimed: dict[str, Bitext] = {}
    for bitext in bitexts:
        for old in bitext.formerly:
            other = claimed.setdefault(old, bitext)
            if other is not bitext:
                yield Problem(bitext.path, 1, f"formerly has '{old}', and {other.path} has it too; leave it in one of them")  # fmt: skip


def day_of(bitext: Bitext) -> str:
    """The ISO date by which a text is listed: the event's own, else the source's; '' without."""
    return str(bitext.record.get("date_local") or bitext.metadata.get("date") or "")


def read_bitext(
    path: Path, root: Path | None = None, folders: Collection[str] = ()
) -> tuple[Bitext | None, list[Problem]]:
    """As `read_entry`, without the record of the import."""
    bitext, _, problems = read_entry(path, root, folders)
    return bitext, problems


def read_entry(path: Path, root: Path | None = None, folders: Collection[str] = ()) -> Entry:
    """The bitext of a file with what the import.json beside it measured, that record, and the
    problems of both; None for a file that cannot be read as one at all.

    `folders` are those of the library that it stands in: its slug is the name of its own.
    """
    shown = str(path.relative_to(root)) if root and path.is_relative_to(root) else str(path)
    text, problems = yaml_lines.read(path, shown)
    return entry_of(text, path, shown, folders) if text is not None else (None, None, problems)


def entry_of(text: str, path: Path, shown: str, folders: Collection[str] = ()) -> Entry:
    """As `read_entry`, of a text that was read from `path`; problems call the file `shown`."""
    bitext, problems = parse_bitext(text, shown, path.parent.name, folders)
    name = str(Path(shown).parent / imports.NAME)
    record, more = imports.read_record(path.parent / imports.NAME, name)
    if bitext and record:
        bitext = with_record(bitext, record)
    return bitext, record, [*problems, *more]


def with_record(bitext: Bitext, record: Record) -> Bitext:
    """The bitext with what its import measured: how sure each pair and each bead is, and the doubts
    that nobody has settled."""
    known = record.by_id()
    units = (
        _as_measured(unit, known[unit.id], unit.id in bitext.settled) if unit.id in known else unit
        for unit in bitext.units
    )
    return replace(
        bitext, units=tuple(units), repairs=record.repairs, truncated=record.truncated,
        layout=record.layout, source={**_source_row(record), **bitext.source},
    )  # fmt: skip


def _as_measured(unit: Unit, row: imports.UnitRecord, settled: bool) -> Unit:
    """A unit with what the import measured of it; lines that people made since are sure."""
    sure = row.beads if len(row.beads) == len(unit.beads) else (1.0,) * len(unit.beads)
    beads = tuple(replace(b, posterior=p) for b, p in zip(unit.beads, sure, strict=True))
    confidence = row.confidence if unit.zh and unit.en else None
    return replace(unit, beads=beads, review=() if settled else row.doubts, confidence=confidence)


def _source_row(record: Record) -> dict[str, object]:
    """The source's file, or its files: a file a language, Chinese first."""
    files = [{"file": f.name, "sha256": f.sha256, "encoding": f.encoding} for f in record.files]
    if len(files) == 1:
        return dict(files[0])
    if len(files) == len(LANGS):
        files = [{"lang": lang, **row} for lang, row in zip(LANGS, files, strict=True)]
    return {"files": files}


def parse_bitext(
    text: str, path: str, slug: str = "", folders: Collection[str] = ()
) -> tuple[Bitext | None, list[Problem]]:
    """As `read_bitext`, from the file's text; `slug` is the name of its folder."""
    value, problems = yaml_lines.load(text, path)
    if not isinstance(value, yaml_lines.Map):
        return None, problems or [Problem(path, 1, "not a bitext: a mapping was expected")]
    if value.get("version") != BITEXT_VERSION:
        problems.append(
            Problem(path, value.at("version"), f"version is {shown(value.get('version'))}; this program reads {BITEXT_VERSION}")
        )  # fmt: skip
        return None, problems
    problems += _check_slug(value, path, slug, folders)
    bitext = _bitext(value, path, slug if folders else str(value.get("slug") or slug), problems)
    problems += check_references(bitext)
    problems += _check_formerly(bitext, value.at("formerly"), folders)
    return bitext, sorted(dict.fromkeys(problems), key=lambda p: p.line)


def _bitext(value: yaml_lines.Map, path: str, slug: str, problems: list[Problem]) -> Bitext:
    """All of the mapping that can be used; what is wrong with the rest is added to `problems`."""
    top = _sound(value, shapes.TOP, "the bitext", path, problems)
    rows = {name: list(_rows(top, name, path, problems)) for name in shapes.ROWS}
    metadata = _sound(value.get("metadata"), shapes.METADATA_FORM, "metadata", path, [])
    record = _sound(value.get("record"), shapes.RECORD_FORM, "record", path, [])
    metadata.update((key, str(said)) for key, said in metadata.items())
    return Bitext(
        slug=slug,
        metadata=metadata,
        record=record,
        source={"received": record["received"]} if record.get("received") else {},
        speakers=tuple(map(_speaker, rows["speakers"])),
        units=tuple(_units(rows["units"])),
        notes=tuple(map(_note, rows["notes"])),
        corrections=tuple(map(_correction, rows["corrections"])),
        left_out=tuple(map(_left_out, rows["left_out"])),
        settled=_texts(top, "settled"),
        formerly=_texts(top, "formerly"),
        withdrawn=tuple(map(_withdrawn, rows["withdrawn"])),
        path=path,
    )


def _check_formerly(bitext: Bitext, line: int, folders: Collection[str]) -> Iterator[Problem]:
    """Former slugs that are a text's name now."""
    for old in bitext.formerly:
        if old == bitext.slug or old in folders:
            whose = "its name now" if old == bitext.slug else f"the name of data/transcripts/{old}"
            yield Problem(bitext.path, line, f"formerly has '{old}', which is {whose}; take it out")


def _check_slug(value: yaml_lines.Map, path: str, folder: str, folders: Collection[str]) -> Iterator[Problem]:  # fmt: skip
    """In a library, a text has the name of its folder."""
    said = value.get("slug")
    if folders and not is_slug(folder):
        yield Problem(path, 1, f"the folder's name is {shown(folder)}; {SLUG_FORM.words}")
    elif folders and said is not None and said != folder and is_slug(said):
        taken = f", and data/transcripts/{said} has that name" if said in folders else ""
        yield Problem(path, value.at("slug"), f"the slug is '{said}'{taken}; the folder's name is '{folder}', so write slug: {folder}")  # fmt: skip


def _sound(
    value: object, form: Keys, what: str, path: str, problems: list[Problem]
) -> yaml_lines.Map:
    """The keys that can be used; what is wrong with the others is added to `problems`."""
    out = yaml_lines.Map()
    if not isinstance(value, yaml_lines.Map):
        out.lines = {}
        return out
    out.line, out.lines = value.line, value.lines
    bad = set()
    for key, (line, message) in form.by_key(value, value.line, what):
        problems.append(Problem(path, line, message))
        bad.add(key)
    # A text that a comment cut is still a text.
    out.update((k, v) for k, v in value.items() if v is not None and (k not in bad or isinstance(v, Cut)))  # fmt: skip
    return out


def _rows(top: yaml_lines.Map, key: str, path: str, problems: list[Problem]) -> Iterator[yaml_lines.Map]:  # fmt: skip
    what, form = shapes.ROWS[key]
    for row in top.get(key) or ():
        if not isinstance(row, yaml_lines.Map):
            problems.append(Problem(path, top.at(key), f"an item of {key} is {shown(row)}; {what} is a mapping with {', '.join(form.known)}"))  # fmt: skip
            continue
        sound = _sound(row, form, what, path, problems)
        for reason in REASONS.intersection(form.needed):
            # Without its reason the row says all the same what it lists.
            said = sound.setdefault(reason, "")
            if row.get(reason) is not None and not re.search(r"\w", said):
                problems.append(Problem(path, row.at(reason), f"'{reason}' of {what} is {shown(said)}; readers see the reason, so give it"))  # fmt: skip
        if all(sound.get(k) is not None for k in form.needed):
            yield sound


def _text(row: Mapping, key: str) -> str | None:
    """A text, or None where there is none; an empty text is none."""
    item = row.get(key)
    return str(item) if item not in (None, "") else None


def _speaker(row: yaml_lines.Map) -> Speaker:
    return Speaker(
        id=row["id"], zh=_text(row, "zh"), en=_text(row, "en"),
        labels_zh=_texts(row, "labels_zh"), labels_en=_texts(row, "labels_en"),
        person=_text(row, "person"), role_zh=_text(row, "role_zh"), role_en=_text(row, "role_en"),
        line=row.line,
    )  # fmt: skip


def _texts(row: Mapping, key: str) -> tuple[str, ...]:
    return tuple(map(str, row.get(key) or ()))


#: The turn that a unit's id names: of s4p2 it is s4.
TURN_OF_ID = re.compile(r"(s[0-9]+[a-z]{0,2})p[0-9]")


def _units(rows: list[yaml_lines.Map]) -> Iterator[Unit]:
    """The units; the turn is the id's, the speaker that of the unit before in the same turn."""
    speakers: dict[str, str | None] = {}
    for row in rows:
        unit = _unit(row)
        turn = unit.turn
        if turn and "speaker" not in row:
            unit = replace(unit, speaker=speakers.get(turn))
        if turn:
            speakers[turn] = unit.speaker
        yield unit


def turn_of(id: str) -> str | None:
    """The turn that a unit's id names.

    >>> turn_of("s4p2"), turn_of("s4ap2"), turn_of("p7")
    ('s4', 's4a', None)
    """
    named = TURN_OF_ID.match(id)
    return named[1] if named else None


def _unit(row: yaml_lines.Map) -> Unit:
    kind = str(row.get("kind") or "para")
    sides = {lang: _lines(row.get(lang)) for lang in LANGS}
    (zh, zh_ends), (en, en_ends) = (lines.text_of(sides[lang], kind, lang) for lang in LANGS)
    beads = lines.beads_of(zh_ends, en_ends, (zh, en)) if kind not in OWN_LINES else ()
    return Unit(
        id=row["id"], kind=kind, zh=zh, en=en, speaker=_text(row, "speaker"),
        turn=_text(row, "turn") if "turn" in row else turn_of(row["id"]),
        level=row.get("level") or 0, after=_text(row, "after"), formerly=_texts(row, "formerly"),
        original=_text(row, "original"), beads=tuple(SentenceBead(*ends, 1.0) for ends in beads),
        lines=(len(zh_ends), len(en_ends)), line=row.line,
    )  # fmt: skip


def _lines(value: object) -> tuple[str, ...] | None:
    """The lines of a text as written, without the line end of its block."""
    return tuple(str(value).removesuffix("\n").split("\n")) if value not in (None, "") else None


def _note(row: yaml_lines.Map) -> Note:
    quote = row.get("quote") or {}
    return Note(
        id=row["id"], at=row["at"], kind=row["kind"], zh=str(row["zh"]), en=str(row["en"]),
        quote_zh=quote.get("zh"), quote_en=quote.get("en"),
        sources=tuple((str(s["title"]), s.get("url") or "") for s in row.get("sources") or ()),
        line=row.line,
    )  # fmt: skip


def _correction(row: yaml_lines.Map) -> Correction:
    said = {k: str(v) for k, v in row.items()}
    return Correction(now=said.pop("is"), **said, line=row.line)


def _left_out(row: yaml_lines.Map) -> LeftOut:
    return LeftOut(str(row["was"]), str(row["why_zh"]), str(row["why_en"]), row.line)


def _withdrawn(row: yaml_lines.Map) -> WithdrawnId:
    return WithdrawnId(row["id"], row["date"], str(row["why_zh"]), str(row["why_en"]), row.line)


# --- out ---------------------------------------------------------------------------------------


def _without_empty(record: Mapping[str, object]) -> dict[str, object]:
    return {k: v for k, v in record.items() if v not in (None, "", 0, [], {}, ())}


def to_mapping(bitext: Bitext) -> dict[str, object]:
    """What people decide as plain values, but for the units, in the order of bitext.yml."""
    out = {
        "version": BITEXT_VERSION,
        "slug": bitext.slug,
        "formerly": list(bitext.formerly),
        "metadata": dict(bitext.metadata),
        "record": bitext.record,
        "speakers": [speaker_row(s) for s in bitext.speakers],
        "units": [],
        "notes": [_note_row(n) for n in bitext.notes],
        "corrections": [correction_row(c) for c in bitext.corrections],
        "left_out": [
            {"was": o.was, "why_zh": o.why_zh, "why_en": o.why_en} for o in bitext.left_out
        ],
        "settled": list(bitext.settled),
        "withdrawn": [{k: getattr(w, k) for k in shapes.WITHDRAWN} for w in bitext.withdrawn],
    }
    return {k: v for k, v in out.items() if v not in (None, "", [], {}) or k == "units"}


def correction_row(c: Correction) -> dict[str, object]:
    """A correction under the keys of the file."""
    row: dict[str, object] = {"at": c.at}
    row |= {"what": c.what} if c.what != "text" else {}
    row |= {"lang": c.lang} if c.lang else {}
    row |= {"was": c.was, "is": c.now, "date": c.date, "why_zh": c.why_zh, "why_en": c.why_en}
    return row | {"twin": c.twin} | ({"by": c.by} if c.by else {})


def speaker_row(s: Speaker) -> dict[str, object]:
    """A speaker under the keys of the file."""
    row = {k: getattr(s, k) for k in shapes.SPEAKER}
    row["labels_zh"], row["labels_en"] = list(s.labels_zh), list(s.labels_en)
    return _without_empty(row)


def unit_lines(unit: Unit, before: Unit | None = None) -> list[str]:
    """The lines of bitext.yml for a unit that stands behind `before`; what goes unsaid is left out."""
    row: dict[str, object] = {"id": unit.id}
    row |= {"kind": unit.kind} if unit.kind != "para" else {}
    row |= {"turn": unit.turn} if unit.turn != turn_of(unit.id) else {}
    row |= {"speaker": unit.speaker} if _says_speaker(unit, before) else {}
    row |= _without_empty({
        "level": unit.level, "after": unit.after, "formerly": list(unit.formerly),
        "original": unit.original,
    })  # fmt: skip
    out = list(yaml_lines.dump(row, 4))
    written = lines.write(unit).lines
    for lang, side in (("zh", written.zh), ("en", written.en)):
        if side is not None:
            out += text_block(lang, side)
    return [f"  - {out[0].lstrip()}", *out[1:]]


def _says_speaker(unit: Unit, before: Unit | None) -> bool:
    """Whether a unit has to say who speaks: at the head of a turn, or where nobody does any more."""
    if not unit.turn:
        return False
    if before is not None and before.turn == unit.turn:
        return before.speaker != unit.speaker
    return bool(unit.speaker)


def text_block(key: str, side: tuple[str, ...]) -> Iterator[str]:
    """A text of a unit, a line a bead; in quotes where YAML would not give it back as a block."""
    text = "\n".join(side)
    if text and yaml_lines.is_plain_block(text):
        yield f"    {key}: |"
        yield from (f"      {line}" if line else "" for line in side)
    else:
        yield f"    {key}: {yaml_lines.quoted(text)}"


def _note_row(n: Note) -> dict[str, object]:
    return _without_empty({
        "id": n.id, "at": n.at, "kind": n.kind,
        "quote": _without_empty({"zh": n.quote_zh, "en": n.quote_en}),
        "zh": n.zh, "en": n.en,
        "sources": [_without_empty({"title": t, "url": u}) for t, u in n.sources],
    })  # fmt: skip


def dump_bitext(bitext: Bitext) -> str:
    """The text of a new bitext.yml; `parse_bitext` gives back all that stands in it."""
    rows = []
    for key, value in to_mapping(bitext).items():
        if key == "units":
            rows.append("units:")
            for before, unit in zip((None, *bitext.units), bitext.units, strict=False):
                rows += unit_lines(unit, before)
        else:
            rows += yaml_lines.dump({key: value})
    return HEADER + "\n".join(rows) + "\n"
