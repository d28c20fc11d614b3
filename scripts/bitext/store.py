"""data/transcripts/<slug>/bitext.yml <-> Bitext: the one file an editor corrects."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bitext import shapes, yaml_lines
from bitext.forms import SLUG_FORM, Cut, Keys, is_slug, shown
from bitext.model import (  # fmt: skip
    BITEXT_VERSION,
    LANGS,
    Bitext,
    Correction,
    Dropped,
    Ledger,
    Note,
    Problem,
    SentenceBead,
    Speaker,
    Unit,
)
from bitext.references import check_references

HEADER = """\
# A bitext: one transcript in both languages, unit beside unit. Correct it here and nowhere else;
# then run `bitext build`. Ids are addresses that readers cite: never renumber them, give a later
# insertion a new one (s4p2a). The source's words stay as they are; a change to them is listed
# under `corrections`. `beads` are sentence pairs (end in zh, end in en, confidence).
"""


@dataclass(frozen=True, slots=True)
class Library:
    """All transcripts, in order of their date, newest first, then slug."""

    bitexts: tuple[Bitext, ...]
    problems: tuple[Problem, ...]


def load_library(root: Path) -> Library:
    """The bitexts of data/transcripts below `root`, and what is wrong with them, all at once.

    Each has its folder's name as slug, whatever the file says: so no two have the same.
    """
    bitexts, problems = [], []
    folders = [f for f in sorted((root / "data" / "transcripts").glob("[!.]*")) if f.is_dir()]
    for folder in folders:
        path = folder / "bitext.yml"
        bitext, found = read_bitext(path, root, [f.name for f in folders])
        problems += found
        if bitext and is_slug(bitext.slug):
            bitexts.append(bitext)
    bitexts.sort(key=lambda b: b.slug)
    bitexts.sort(key=day_of, reverse=True)
    return Library(tuple(bitexts), tuple(problems))


def day_of(bitext: Bitext) -> str:
    """The ISO date by which a text is listed: the event's own, else the source's; '' without."""
    return str(bitext.record.get("date_local") or bitext.metadata.get("date") or "")


def read_bitext(
    path: Path, root: Path | None = None, folders: Collection[str] = ()
) -> tuple[Bitext | None, list[Problem]]:
    """The bitext of a file, and its problems; None where the file cannot be read as one at all.

    `folders` are those of the library that it stands in: its slug is the name of its own.
    """
    shown = str(path.relative_to(root)) if root and path.is_relative_to(root) else str(path)
    text, problems = yaml_lines.read(path, shown)
    if text is None:
        return None, problems
    return parse_bitext(text, shown, path.parent.name, folders)


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
    top = _sound(value, shapes.TOP, "the bitext", path, problems)
    rows = {name: list(_rows(top, name, path, problems)) for name in shapes.ROWS}
    metadata, record, source = (
        _sound(value.get(key), shapes.TOP.known[key], key, path, [])
        for key in ("metadata", "record", "source")
    )
    ledger = top.get("ledger")
    bitext = Bitext(
        slug=slug if folders else str(value.get("slug") or slug),
        metadata={k: str(v) for k, v in metadata.items()},
        record=record,
        source=source,
        repairs=top.get("repairs") or {},
        truncated=bool(top.get("truncated")),
        layout=str(top.get("layout") or ""),
        speakers=tuple(_speaker(row) for row in rows["speakers"]),
        units=tuple(_unit(row) for row in rows["units"]),
        notes=tuple(_note(row) for row in rows["notes"]),
        corrections=tuple(_correction(row) for row in rows["corrections"]),
        dropped=tuple(
            Dropped(row["text"], row["reason"], row.get("line") or 0) for row in rows["dropped"]
        ),
        ledger=Ledger(*(ledger[name] for name in shapes.LEDGER)) if ledger else None,
        path=path,
    )
    problems += check_references(bitext)
    return bitext, sorted(dict.fromkeys(problems), key=lambda p: p.line)


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


def _unit(row: yaml_lines.Map) -> Unit:
    return Unit(
        id=row["id"], kind=row["kind"], zh=_text(row, "zh"), en=_text(row, "en"),
        speaker=_text(row, "speaker"), turn=_text(row, "turn"), level=row.get("level") or 0,
        after=_text(row, "after"), formerly=_texts(row, "formerly"),
        original=_text(row, "original"),
        confidence=row.get("confidence"), review=_texts(row, "review"),
        beads=tuple(SentenceBead(zh, en, float(sure)) for zh, en, sure in row.get("beads") or ()),
        zh_span=_span(row, "zh_lines"), en_span=_span(row, "en_lines"), line=row.line,
    )  # fmt: skip


def _span(row: Mapping, key: str) -> tuple[int, int] | None:
    return tuple(row[key]) if row.get(key) else None


def _note(row: yaml_lines.Map) -> Note:
    quote = row.get("quote") or {}
    return Note(
        id=row["id"], at=row["at"], kind=row["kind"], zh=str(row["zh"]), en=str(row["en"]),
        quote_zh=quote.get("zh"), quote_en=quote.get("en"),
        sources=tuple((str(s["title"]), s.get("url") or "") for s in row.get("sources") or ()),
        line=row.line,
    )  # fmt: skip


def _correction(row: yaml_lines.Map) -> Correction:
    return Correction(**{k: str(v) for k, v in row.items()}, line=row.line)


# --- out ---------------------------------------------------------------------------------------


def _without_empty(record: Mapping[str, object]) -> dict[str, object]:
    return {k: v for k, v in record.items() if v not in (None, "", 0, [], {}, ())}


def to_mapping(bitext: Bitext) -> dict[str, object]:
    """The bitext as plain values, in the order and under the keys of bitext.yml."""
    ledger = bitext.ledger
    out = {
        "version": BITEXT_VERSION,
        "slug": bitext.slug,
        "layout": bitext.layout,
        "truncated": bitext.truncated or None,
        "metadata": dict(bitext.metadata),
        "record": bitext.record,
        "source": bitext.source,
        "speakers": [_speaker_row(s) for s in bitext.speakers],
        "units": [_unit_row(u) for u in bitext.units],
        "notes": [_note_row(n) for n in bitext.notes],
        "corrections": [
            _without_empty({k: getattr(c, k) for k in shapes.CORRECTION}) for c in bitext.corrections
        ],
        "dropped": [
            {"text": d.text, "reason": d.reason, "line": d.line} for d in bitext.dropped
        ],
        "repairs": dict(bitext.repairs),
        "ledger": None if ledger is None else {
            name: getattr(ledger, name)
            for name in shapes.LEDGER
        },
    }  # fmt: skip
    return {k: v for k, v in out.items() if v not in (None, "", [], {})}


def _speaker_row(s: Speaker) -> dict[str, object]:
    row = {k: getattr(s, k) for k in shapes.SPEAKER}
    row["labels_zh"], row["labels_en"] = list(s.labels_zh), list(s.labels_en)
    return _without_empty(row)


def _unit_row(u: Unit) -> dict[str, object]:
    row = {
        "id": u.id, "kind": u.kind, "turn": u.turn, "speaker": u.speaker, "level": u.level,
        "after": u.after, "formerly": list(u.formerly), "original": u.original,
    }  # fmt: skip
    row = _without_empty(row) | {"zh": u.zh, "en": u.en}
    row |= {
        "zh_lines": list(u.zh_span or ()) or None,
        "en_lines": list(u.en_span or ()) or None,
        "confidence": None if u.confidence is None else round(u.confidence, 3),
        "review": list(u.review) or None,
        "beads": [[b.zh_end, b.en_end, round(b.posterior, 3)] for b in u.beads] or None,
    }
    return {k: v for k, v in row.items() if v is not None or k in LANGS}


def _note_row(n: Note) -> dict[str, object]:
    return _without_empty({
        "id": n.id, "at": n.at, "kind": n.kind,
        "quote": _without_empty({"zh": n.quote_zh, "en": n.quote_en}),
        "zh": n.zh, "en": n.en,
        "sources": [_without_empty({"title": t, "url": u}) for t, u in n.sources],
    })  # fmt: skip


def dump_bitext(bitext: Bitext) -> str:
    """The text of bitext.yml; `parse_bitext` gives the same bitext back."""
    return HEADER + "\n".join(yaml_lines.dump(to_mapping(bitext))) + "\n"
