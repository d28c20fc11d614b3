"""Ways to break a copy of the project: what is done to a file, and what `check` must say of it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bed import EN, ZH

from bitext.__main__ import main
from bitext.library.imports import parse_record, seal_of

TALK = "data/transcripts/sanders-xue-panel/bitext.yml"
ESSAY = "data/transcripts/track-two-perspective/bitext.yml"
RECORD = "data/transcripts/sanders-xue-panel/import.json"
SOURCE = "data/transcripts/sanders-xue-panel/source.txt"
STAGED = "data/transcripts/sanders-xue-panel/.staged"
PUBLISHED = "data/published.txt"
WITHDRAWN = "data/withdrawn.yml"
PEOPLE = "data/people.yml"
TERMS = "data/glossary.yml"
PAGE = "docs/en/transcripts/sanders-xue-panel.md"
FINE = ""

Act = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Break:
    """One way to break a project; `says` are words of the message, FINE where nothing is wrong."""

    name: str
    file: str  # of which the message must speak
    act: Act
    says: str
    line: bool = True  # the message must have one; a file that is missing has none
    apart: bool = False  # in a process of its own
    env: tuple[tuple[str, str], ...] = ()


def edit(file: str, old: str, new: str) -> Act:
    """Puts `new` in the place of the first `old`, which must be there."""

    def act(root: Path) -> None:
        path = root / file
        text = path.read_text("utf-8")
        if old not in text:
            raise ValueError(f"{file} has no {old!r}")
        path.write_bytes(text.replace(old, new, 1).encode("utf-8", "surrogatepass"))

    return act


def write(file: str, data: bytes | str) -> Act:
    def act(root: Path) -> None:
        _clear(root / file)
        (root / file).write_bytes(data if isinstance(data, bytes) else data.encode())

    return act


def add(file: str, data: bytes | str) -> Act:
    def act(root: Path) -> None:
        with (root / file).open("ab") as handle:
            handle.write(data if isinstance(data, bytes) else data.encode())

    return act


def recode(file: str, encoding: str, newline: str = "\n") -> Act:
    def act(root: Path) -> None:
        text = (root / file).read_text("utf-8").replace("\n", newline)
        (root / file).write_bytes(text.encode(encoding, "replace"))

    return act


def folder(file: str) -> Act:
    def act(root: Path) -> None:
        _clear(root / file)
        (root / file).mkdir(parents=True)

    return act


def pipe(file: str) -> Act:
    """A pipe of that name, from which nobody who waits gets anything."""

    def act(root: Path) -> None:
        _clear(root / file)
        os.mkfifo(root / file)

    return act


def remove(file: str) -> Act:
    return lambda root: _clear(root / file)


def _clear(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def copy_talk(name: str, slug: str | None = None) -> Act:
    """A text's folder copied as a template; `slug` is what is then written into the copy."""

    def act(root: Path) -> None:
        new = root / "data" / "transcripts" / name
        shutil.copytree((root / ESSAY).parent, new)
        if slug is not None:
            path = new / "bitext.yml"
            text = path.read_text("utf-8").replace("slug: track-two-perspective", f"slug: {slug}")
            path.write_text(text, "utf-8")

    return act


def together(*acts: Act) -> Act:
    """Several changes, one after the other."""

    def act(root: Path) -> None:
        for one in acts:
            one(root)

    return act


def changed(change: Callable[[dict], object]) -> Act:
    """import.json with its value changed in place; the change is a row's own."""

    def act(root: Path) -> None:
        value = json.loads((root / RECORD).read_text("utf-8"))
        change(value)
        with contextlib.suppress(ValueError):  # what is no record any more has no seal
            value["seal"] = seal_of(parse_record(json.dumps(value)))
        (root / RECORD).write_text(json.dumps(value, indent=1), "utf-8")

    return act


def two_files(*names: str) -> Act:
    """The essay anew from a Chinese file and an English one, of which `names` are then lost."""

    def act(root: Path) -> None:
        folder, talk = (root / ESSAY).parent, root / "talk"
        shutil.rmtree(folder)
        talk.mkdir()
        (talk / "zh.txt").write_text("\n\n".join(ZH) + "\n", "utf-8")
        (talk / "en.txt").write_text("\n\n".join(EN) + "\n", "utf-8")
        done = main(["import", "--zh", str(talk / "zh.txt"), "--en", str(talk / "en.txt"),
                     "--slug", folder.name, "--output", str(folder.parent)])  # fmt: skip
        shutil.rmtree(talk)
        if done != 0:
            raise ValueError("the two files are not imported")
        (root / PUBLISHED).unlink()
        for name in names:
            (folder / name).unlink()
        main(["build", "--root", str(root)])

    return act


def link(file: str, to: str) -> Act:
    def act(root: Path) -> None:
        _clear(root / file)
        (root / file).symlink_to(to)

    return act


U = "  - id: s2p1\n    speaker: lan-xue\n"
SETTLED = "settled: [s2p2, s4p1, s4p2]\n"
ID = "an id has a-z, 0-9"
DAY, DATE = "a day of the calendar", "it is a date written as"
EMPTY_PERSON = "people:\n  - id: x\n    zh: 甲\n    en: X\n"
THANKS = "      感谢您,参议员先生。\n"
#: An entry for a correction that was made: 感谢 → 多谢 in s2p1.
MADE = edit(TALK, THANKS, "      多谢您,参议员先生。\n")
WORDS = {
    "at": "s2p1", "lang": "zh", "was": "'感谢您,参议员'", "is": "'多谢您,参议员'",
    "date": "'2026-11-24'", "why_zh": "因", "why_en": "why", "twin": "same",
}  # fmt: skip


def entry(key: str, words: dict[str, str | None]) -> str:
    """A row of the list `key` at the end of the file; a key with None is left out."""
    said = ", ".join(f"{k}: {v}" for k, v in words.items() if v is not None)
    return f"{key}:\n  - {{{said}}}\n"


def correction(name: str, says: str, **words: str | None) -> Break:
    """A correction that was made and is listed, but for these words of its entry."""
    act = together(MADE, add(TALK, entry("corrections", WORDS | words)))
    return Break(f"correction {name}", TALK, act, says)


def left_out(name: str, says: str, **words: str | None) -> Break:
    """A sentence that was left out and is listed, but for these words of its entry."""
    said = {"was": "'感谢您,参议员先生。'", "why_zh": "因", "why_en": "why"} | words
    act = together(edit(TALK, THANKS, "      ∅\n"), add(TALK, entry("left_out", said)))
    return Break(f"left out {name}", TALK, act, says)


def withdrawn_id(name: str, says: str, **words: str | None) -> Break:
    """A note that is gone and whose address is listed, but for these words of its entry."""
    said = {"id": "e20", "date": "'2026-11-24'", "why_zh": "因", "why_en": "why"} | words
    gone = '  - id: e20\n    at: s6p2\n    kind: sic\n    quote:\n      en: collaborate on-developing\n    zh: 英文记录如此，照录。\n    en: So the English record; left as it is.\n'  # fmt: skip
    act = together(edit(TALK, gone, ""), add(TALK, entry("withdrawn", said)))
    return Break(f"withdrawn id {name}", TALK, act, says)


def taken_back(name: str, says: str, act: Act | None = None, line: bool = True, **words: str | None) -> Break:  # fmt: skip
    """A text that is gone and listed in withdrawn.yml, but for these words of its entry."""
    said = {
        "slug": "track-two-perspective", "title_zh": "甲", "title_en": "X",
        "date": "'2026-11-24'", "why_zh": "因", "why_en": "why",
    }  # fmt: skip
    gone = remove(str(Path(ESSAY).parent))
    act = act or together(gone, write(WITHDRAWN, entry("withdrawn", said | words)))
    return Break(f"withdrawn text {name}", WITHDRAWN, act, says, line)


def record(name: str, says: str, change: Callable[[dict], object], file: str = RECORD, line: bool = True) -> Break:  # fmt: skip
    """import.json with a value changed."""
    return Break(f"record: {name}", file, changed(change), says, line)


def span(change: Callable[[list], object]) -> Callable[[dict], object]:
    """A change of the place of the second unit's Chinese."""
    return lambda value: change(value["units"][2]["zh"]["at"])


def rows(file: str, *breaks: tuple[str, str, str, str]) -> Iterator[Break]:
    """Breaks that replace a text of a file: name, old, new, words of the message."""
    for name, old, new, says in breaks:
        yield Break(name, file, edit(file, old, new), says)


def whole(file: str, *breaks: tuple[str, bytes | str, str]) -> Iterator[Break]:
    """Breaks that replace a file: name, its new bytes, words of the message."""
    for name, data, says in breaks:
        yield Break(f"{Path(file).name}: {name}", file, write(file, data), says)
