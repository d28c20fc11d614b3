"""Breaks copies of the project, one break each: every command ends well, and `check` says what is broken.

    python scripts/bench/fuzz_projects.py [WORD]      only the breaks with WORD in their names

Each break is a row of BREAKS: its name, what is done to the copy, and words of the message that
must come, with the path and the line of the file that was broken. `FINE` is no fault. After `check`
come `build`, `export` of a text, and `release`. Whatever might end the process itself runs in one
of its own.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bitext.__main__ import main
from bitext.library.imports import parse_record, seal_of

ROOT = Path(__file__).resolve().parent.parent.parent
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
        (talk / "zh.txt").write_text("\n\n".join(HALVES[0]) + "\n", "utf-8")
        (talk / "en.txt").write_text("\n\n".join(HALVES[1]) + "\n", "utf-8")
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


HALVES = (
    ("人工智能的治理需要各国共同努力。", "任何一个国家都无法独自应对这些风险。", "对话应当继续下去。"),
    ("Governing AI takes the effort of every country.", "No country can meet these risks alone.", "The dialogue should go on."),
)  # fmt: skip
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


BREAKS: tuple[Break, ...] = (
    # --- the bitext's keys and values
    *rows(
        TALK,
        ("no version", "version: 2\n", "", "version is empty"),
        ("version true", "version: 2\n", "version: yes\n", "version is 'true'"),
        ("version 1", "version: 2\n", "version: 1\n", "this program reads 2"),
        ("version 9", "version: 2\n", "version: 9\n", "this program reads 2"),
        ("version a text", "version: 2\n", "version: '2'\n", "this program reads 2"),
        ("version 2.0", "version: 2\n", "version: 2.0\n", "'version' of the bitext is '2.0'"),
        ("unknown top key", SETTLED, "setled: [s2p2]\n", "did you mean 'settled'"),
        ("schema 1: layout", SETTLED, SETTLED + "layout: sequential\n", "unknown key 'layout'"),
        ("schema 1: ledger", SETTLED, SETTLED + "ledger: {total: 6363}\n", "unknown key 'ledger'"),
        ("schema 1: dropped", SETTLED, SETTLED + "dropped: []\n", "unknown key 'dropped'"),
        ("schema 1: source", SETTLED, SETTLED + "source: {file: source.txt}\n", "unknown key 'source'"),
        ("schema 1: confidence", U, U + "    confidence: 0.9\n", "unknown key 'confidence'"),
        ("schema 1: beads", U, U + "    beads: [[1, 2, 1.0]]\n", "unknown key 'beads'"),
        ("schema 1: zh_lines", U, U + "    zh_lines: [5, 5]\n", "unknown key 'zh_lines'"),
        ("settled nowhere", SETTLED, "settled: [s9p9]\n", "settled names 's9p9'"),
        ("settled a text", SETTLED, "settled: s2p2\n", "it is a list"),
        ("settled a mapping", SETTLED, "settled: {s2p2: yes}\n", "it is a list"),
        ("settled of lists", SETTLED, "settled: [[s2p2]]\n", ID),
        ("settled hostile", SETTLED, "settled: ['\"><script>']\n", ID),
        ("settled nothing", SETTLED, "settled:\n", FINE),
        ("settled what was not doubtful", SETTLED, "settled: [s2p2, s4p1, s4p2, p1]\n", FINE),
        ("text formerly a text", SETTLED, SETTLED + "formerly: old-talk\n", "it is a list"),
        ("text formerly hostile", SETTLED, SETTLED + "formerly: [../x]\n", "a slug has"),
        ("text formerly index", SETTLED, SETTLED + "formerly: [index]\n", "a slug has"),
        ("text formerly itself", SETTLED, SETTLED + "formerly: [sanders-xue-panel]\n", "its name now"),
        ("text formerly another's name", SETTLED, SETTLED + "formerly: [track-two-perspective]\n", "the name of data/transcripts/"),
        ("slug a number", "slug: sanders-xue-panel", "slug: 5", "a slug has"),
        ("slug of another", "slug: sanders-xue-panel", "slug: track-two-perspective", "has that name"),
        ("slug another", "slug: sanders-xue-panel", "slug: other", "the folder's name is"),
        ("slug index", "slug: sanders-xue-panel", "slug: index", "a slug has"),
        ("slug a path", "slug: sanders-xue-panel", "slug: ../../../x", "a slug has"),
        ("slug absolute", "slug: sanders-xue-panel", "slug: /tmp/x", "a slug has"),
        ("slug with a mark", "slug: sanders-xue-panel", "slug: a?b", "a slug has"),
        ("slug Chinese", "slug: sanders-xue-panel", 'slug: "二轨 对话#1?"', "a slug has"),
        ("slug in quotes", "slug: sanders-xue-panel", "slug: “talk”", "a slug has"),
        ("metadata key", "  title_en:", "  titel_en:", "did you mean 'title_en'"),
        ("metadata a list", "metadata:\n", "metadata: [a]\nrecord2:\n", "it is a mapping"),
        ("metadata number", "  title_en:", "  read_count: 2\n  title_en:", "put it in quotes"),
        ("metadata date", '  date: "2026-04-30"', "  date: 7/6/2026", DATE),
        ("metadata date Chinese", '  date: "2026-04-30"', "  date: 2026年6月7日", DATE),
        ("metadata date impossible", '  date: "2026-04-30"', '  date: "2026-02-31"', DATE),
        ("metadata month 13", '  date: "2026-04-30"', '  date: "2026-13-45"', DATE),
        ("metadata date short", '  date: "2026-04-30"', '  date: "2026-4-3"', DATE),
        ("metadata date week", '  date: "2026-04-30"', '  date: "2026-W18-4"', DATE),
        ("metadata date full width", '  date: "2026-04-30"', '  date: "２０２６-04-30"', DATE),
        ("record key", "  summary:", "  summry:", "did you mean 'summary'"),
        ("record translation key", "  translation:", "  tranlsation:", "did you mean 'translation'"),
        ("record a text", "record:\n", "record: x\nrecord2:\n", "it is a mapping"),
        ("record place yes", "  place:\n    zh: 美国华盛顿，国会山\n    en: \"Capitol Hill, Washington, D.C.\"\n", "  place: yes\n", "put it in quotes"),
        ("record place a list", "    zh: 美国华盛顿，国会山", "    zh: [a]", "it is text"),
        ("record language key", "    zh: 美国华盛顿，国会山", "    cn: 美国", "unknown key 'cn'"),
        ("date_local someday", '  date_local: "2026-04-29"', "  date_local: someday", DATE),
        ("date_local American", '  date_local: "2026-04-29"', '  date_local: "5/1/2025"', DATE),
        ("date_local number", '  date_local: "2026-04-29"', "  date_local: 20260429", DATE),
        ("date_beijing impossible", '  date_beijing: "2026-04-30"', '  date_beijing: "2025-02-29"', DATE),
        ("found.url script", '    url: "https://hub.baai.ac.cn/view/54751"', "    url: javascript:alert(1)", "https://"),
        ("found.url data", '    url: "https://hub.baai.ac.cn/view/54751"', '    url: "data:text/html,x"', "https://"),
        ("found.url quote", '    url: "https://hub.baai.ac.cn/view/54751"', "    url: 'https://x.example/\"onclick=\"x'", "https://"),
        ("title a text", "  title:\n    zh: 桑德斯参议员与薛澜问答\n", "  title: x\n  place2:\n    zh: x\n", "it is a mapping"),
        ("title cut by a comment", "    zh: 桑德斯参议员与薛澜问答", "    zh: 桑德斯 #2 与薛澜", "begins a comment"),
        ("received script", '  received: "2026-11-24"', "  received: <img src=x onerror=alert(1)>", DAY),
        ("received month", '  received: "2026-11-24"', '  received: "2026-11"', DAY),
        ("received key", "  received:", "  recieved:", "did you mean 'received'"),
        # --- speakers
        ("speaker id", "  - id: lan-xue", "  - id: Lan Xue", ID),
        ("speaker twice", "  - id: lan-xue", "  - id: senator-sanders", "stands already"),
        ("speaker key", "    person: xue-lan", "    persno: xue-lan", "did you mean 'person'"),
        ("speaker of nobody", "    person: xue-lan", "    person: nobody", "no person 'nobody'"),
        ("person a path", "    person: xue-lan", "    person: ../../../../x", ID),
        ("person a body", "    person: xue-lan", "    person: fli", "no person 'fli'"),
        ("labels a text", "    labels_zh: [薛澜]", "    labels_zh: 薛澜", "it is a list"),
        ("labels of numbers", "    labels_zh: [薛澜]", "    labels_zh: [1]", "it is text"),
        ("speakers a mapping", "speakers:\n", "speakers: {a: 1}\nspeakers2:\n", "it is a list"),
        ("speaker a text", "speakers:\n", "speakers:\n  - x\n", "a speaker is a mapping"),
        # --- units
        ("unit id missing", U, U.replace("id: s2p1\n    ", ""), "needs 'id'"),
        ("unit id empty", U, U.replace("s2p1", '""'), ID),
        ("unit id with space", U, U.replace("s2p1", "p 4"), ID),
        ("unit id attribute", U, U.replace("s2p1", "'p4} onclick=x'"), ID),
        ("unit id account", U, U.replace("s2p1", "account"), "the page has for itself"),
        ("unit id title", U, U.replace("s2p1", "title"), "the page has for itself"),
        ("unit id terms", U, U.replace("s2p1", "terms"), "the page has for itself"),
        ("unit id corrections", U, U.replace("s2p1", "corrections"), "the page has for itself"),
        ("unit id of the scripts", U, U.replace("s2p1", "bt-data"), "the page has for itself"),
        ("unit id a turn", U, U.replace("s2p1", "s4"), "stands already"),
        ("unit id twice", U, U.replace("s2p1", "s1p1"), "stands already"),
        ("unit id constructor", U, U.replace("s2p1", "constructor"), ID),
        ("unit id proto", U, U.replace("s2p1", "__proto__"), ID),
        ("unit id long", U, U.replace("s2p1", "p" * 81), ID),
        ("unit id a number", U, U.replace("s2p1", "1"), ID),
        ("unit id a list", U, U.replace("s2p1", "[a]"), ID),
        ("unit id renumbered under a note", "  - id: s4p3\n", "  - id: s9p9\n", "which is no unit"),
        ("unit id that was published", "  - id: s4p4\n", "  - id: s4p5\n", "was published and leads nowhere"),
        ("unit key", U, U.replace("speaker:", "speeker:"), "did you mean 'speaker'"),
        ("unit kind", U, U + "    kind: poem\n", "'kind' of a unit is 'poem'"),
        ("unit turn again", "  - id: s6p1\n", "  - id: s6p1\n    turn: s2\n", "comes again"),
        ("unit turn a script", U, U + "    turn: <script>\n", "a turn is s and a number"),
        ("unit turn Arabic digits", U, U + "    turn: s٢\n", "a turn is s and a number"),
        ("unit speaker without a turn", "  - id: p1\n", "  - id: p1\n    speaker: lan-xue\n", "has a speaker and no turn"),
        ("unit speaker unknown", U, U.replace("lan-xue", "wang"), "unknown speaker 'wang'"),
        ("unit speaker another", U, U.replace("lan-xue", "senator-sanders"), "spoken by 'senator-sanders'"),
        ("unit speaker missing", U, U.replace("    speaker: lan-xue\n", ""), "spoken by 'nobody'"),
        ("unit speaker in mid-turn", "  - id: s2p2\n", "  - id: s2p2\n    speaker: senator-sanders\n", "one turn is one speaker's"),
        ("unit level", "    level: 2", "    level: 99", "a whole number from 0 to 6"),
        ("unit level negative", "    level: 2", "    level: -1", "a whole number from 0 to 6"),
        ("unit level a text", "    level: 2", "    level: two", "a whole number from 0 to 6"),
        ("unit original", U, U + "    original: fr\n", "it is zh or en"),
        ("unit after nowhere", U, U + "    after: s9p9\n", "which is no unit"),
        ("unit formerly a text", U, U + "    formerly: s9p9\n", "it is a list"),
        ("unit formerly taken", U, U + "    formerly: [s4p2]\n", "stands already"),
        ("unit formerly a note", U, U + "    formerly: [e1]\n", "stands already"),
        ("unit formerly account", U, U + "    formerly: [account]\n", "the page has for itself"),
        ("unit formerly hostile", U, U + "    formerly: ['x\" onclick=\"alert(1)']\n", ID),
        ("unit formerly itself", U, U + "    formerly: [s2p1]\n", "stands already"),
        ("unit formerly a turn", U, U + "    formerly: [s4]\n", "stands already"),
        ("unit without text", "units:\n", "units:\n  - {id: p9, kind: para}\n", "no text in either"),
        ("unit a text", "units:\n", "units:\n  - x\n", "a unit is a mapping"),
        ("unit nothing", "units:\n", "units:\n  -\n", "a unit is a mapping"),
        ("unit text a list", "units:\n", "units:\n  - {id: p9, kind: para, zh: [a]}\n", "it is text"),
        ("unit text true", "units:\n", "units:\n  - {id: p9, kind: para, en: no}\n", "it is text"),
        ("unit text a year", "units:\n", "units:\n  - {id: p9, kind: para, en: 2026}\n", "it is text"),
        ("unit text cut", "units:\n", "units:\n  - id: p9\n    kind: para\n    en: Talk #2\n", "begins a comment"),
        ("text without any line", THANKS, "", "3 lines of Chinese and 4 of English"),
        ("lines joined", THANKS + "      感谢您邀请", "      感谢您,参议员先生。感谢您邀请", "3 lines of Chinese and 4 of English"),
        ("line cut", "      感谢您,参议员先生。\n", "      感谢您,\n      参议员先生。\n", "5 lines of Chinese and 4 of English"),
        ("line without counterpart", THANKS, THANKS + "      ∅\n", "5 lines of Chinese and 4 of English"),
        ("∅ for a line", THANKS, "      ∅\n", "lacks"),
        ("∅ in a line", "感谢您,参议员先生。", "感谢∅您,参议员先生。", "s2p1"),
        ("∅ escaped", "感谢您,参议员先生。", "感谢\\∅您,参议员先生。", "s2p1"),
        ("∅ doubly escaped", "感谢您,参议员先生。", "感谢\\\\∅您,参议员先生。", "s2p1"),
        ("∅ and a full stop", THANKS, "      ∅。\n", "s2p1"),
        ("¶ in a line", "感谢您,参议员先生。", "感谢您, ¶ 参议员先生。", FINE),
        ("¶ in a word", "感谢您,参议员先生。", "感谢¶您,参议员先生。", "s2p1"),
        ("¶ escaped", "感谢您,参议员先生。", "感谢您, \\¶ 参议员先生。", "s2p1"),
        ("¶ at the end", "感谢您,参议员先生。", "感谢您,参议员先生。 ¶", FINE),
        ("∅ alone in a unit", "    zh: |\n      现在让我们谈谈可以采取哪些行动。\n      薛教授,中国正在采取哪些措施来规范人工智能所带来的风险?\n", "    zh: |\n      ∅\n      ∅\n", "s3p1"),
        ("white space in a word", "International community", "Inter national community", "s2p2"),
        ("words joined", "International community", "Internationalcommunity", "s2p2"),
        ("a word changed", "International community", "Global community", "s2p2"),
        ("a word deleted", "感谢您,参议员先生。", "感谢您,先生。", "s2p1"),
        ("a unit added", "  - id: s3p1\n", "  - id: s2p4\n    zh: |\n      完了。\n  - id: s3p1\n", "s2p4"),
        ("a heading made a paragraph", "    kind: heading\n    level: 2\n", "", FINE),
        ("text in quotes", "    zh: |\n      中国的总体思路是在创新与安全之间寻求平衡,并以一种敏捷、适应性的方式加以推进。\n", '    zh: "中国的总体思路是在创新与安全之间寻求平衡,并以一种敏捷、适应性的方式加以推进。"\n', FINE),
        ("text folded", "    zh: |\n      中国的总体思路", "    zh: >\n      中国的总体思路", FINE),
        ("text kept", "    zh: |\n      中国的总体思路", "    zh: |+\n      中国的总体思路", FINE),
        ("line with blanks at its end", THANKS, THANKS[:-1] + "   \n", FINE),
        ("line indented deeper", THANKS + "      感谢", THANKS + "        感谢", FINE),
        ("units a mapping", "units:\n", "units: {}\nunits2:\n", "it is a list"),
        # --- notes, corrections, what was left out, figures
        ("note id a unit's", "  - id: e1\n", "  - id: p1\n", "stands already"),
        ("note id twice", "  - id: e2\n", "  - id: e1\n", "stands already"),
        ("note id hostile", "  - id: e1\n", "  - id: 'e1\" onclick=\"alert(1)'\n", ID),
        ("note id account", "  - id: e1\n", "  - id: account\n", "the page has for itself"),
        ("note kind", "    kind: divergence", "    kind: context", "'kind' of a note is 'context'"),
        ("note at nowhere", "    at: s4p3\n    kind: sic", "    at: s9p9\n    kind: sic", "which is no unit"),
        ("note quote of lists", "    quote:\n      en: to regulates", "    quote:\n      en: [to regulates]", "it is text"),
        ("note quote a text", "    quote:\n      en: to regulates", "    quote: to regulates", "it is a mapping"),
        ("note quote wrong", "      en: to regulates", "      en: to regulate it all", "does not stand in the en text"),
        ("note without English", "    en: So the English record; left as it is.\n  - id: e18", "  - id: e18", "needs 'en'"),
        ("note source a text", '    sources:\n      - title: "《中国人工智能安全承诺框架》中英文全文（转载）"\n        url: "https://ai-nav.net/8282.html"\n', "    sources:\n      - x\n", "it is a mapping"),
        ("note source script", '        url: "https://ai-nav.net/8282.html"', "        url: javascript:alert(1)", "https://"),
        ("note source untitled", '      - title: "《中国人工智能安全承诺框架》中英文全文（转载）"\n        url', "      - url", "needs 'title'"),
        ("notes a text", "notes:\n", "notes: x\nnotes2:\n", "it is a list"),
        # --- YAML itself
        ("key twice", SETTLED, "settled: []\nsettled: []\n", "stands twice"),
        ("alias", SETTLED, "settled: &x []\nx: *x\n", "alias"),
        ("tag", SETTLED, "settled: !!python/name:os.system x\n", "a YAML tag"),
        ("tab", SETTLED, "settled:\n\t- x\n", "not YAML here"),
        ("colon in a text", SETTLED, "settled: a: b\n", "not YAML here"),
        ("open quote", SETTLED, 'settled: "a\n', "not YAML here"),
        ("two documents", SETTLED, "settled: []\n---\nb: 1\n", "second document"),
        ("control character", SETTLED, "settled: a\x01\n", "cannot stand in YAML"),
        ("no character", SETTLED, "settled: a\ufffe\n", "cannot stand in YAML"),
        ("full-width colon", SETTLED, "settled： x\n", "not YAML here"),
        ("a key that is a list", SETTLED, "? [a]\n: b\n", "unknown key '?'"),
        ("merge key", SETTLED, "<<: {a: 1}\n", "unknown key '<<'"),
        ("comment of an editor", SETTLED, SETTLED + "# looked at in May\n", FINE),
        ("no schema named", "# yaml-language-server: $schema=../../schema/bitext.schema.json\n", "", FINE),
        ("comment behind an id", "  - id: e1\n", "  - id: e1  # moved here\n", FINE),
        ("order of keys", "version: 2\nslug: sanders-xue-panel\n", "slug: sanders-xue-panel\nversion: 2\n", FINE),
        ("month as a date", '  date_beijing: "2026-04-30"', '  date_beijing: "2026-04"', FINE),
    ),
    # --- corrections, what was left out, addresses taken back
    correction("made and listed", FINE),
    correction("listed twice", "did not happen", twin="same}\n  - {" + ", ".join(f"{k}: {v}" for k, v in WORDS.items())),
    Break("correction not listed", TALK, MADE, "s2p1"),
    Break("correction not made", TALK, add(TALK, entry("corrections", WORDS)), "did not happen"),
    correction("date hostile", DAY, date="'<script>'"),
    correction("yesterday", DAY, date="yesterday"),
    correction("month", DAY, date="'2026-11'"),
    correction("a date without quotes", FINE, date="2026-11-24"),
    correction("nowhere", "which is no unit", at="s9p9"),
    correction("at hostile", ID, at="'x\" onclick=\"y'"),
    correction("at another unit", "did not happen", at="s2p2"),
    correction("lang", "it is zh or en", lang="fr"),
    correction("of the other language", "did not happen", lang="en"),
    correction("of either language", FINE, lang=None),
    correction("was another", "did not happen", was="'谢谢您,参议员'"),
    correction("was missing", "needs 'was'", was=None),
    correction("was empty", "s2p1", was="''"),
    correction("was a list", "it is text", was="[a]"),
    correction("is another", "did not happen", **{"is": "'再谢您,参议员'"}),
    correction("is missing", "needs 'is'", **{"is": None}),
    correction("is empty", "s2p1", **{"is": "''"}),
    correction("is what was", "the same", **{"is": "'感谢您,参议员'"}),
    correction("without a reason", "needs 'why_en'", why_en=None),
    correction("with an empty reason", "needs 'why_zh'", why_zh=""),
    correction("reason a number", "it is text", why_zh="5"),
    correction("without twin", "needs 'twin'", twin=None),
    correction("twin", "same or corrected or open", twin="done"),
    correction("twin a list", "same or corrected or open", twin="[same]"),
    correction("twin open", FINE, twin="open"),
    correction("twin corrected", FINE, twin="corrected"),
    correction("of what", "text or speaker", what="label"),
    correction("of a speaker who is not", "the speaker is now", what="speaker"),
    correction("of schema 1", "unknown key 'old'", old="a", new="b"),
    correction("by", FINE, by="Li"),
    *(
        Break(f"corrections {name}", TALK, add(TALK, text), says)
        for name, text, says in (
            ("a text", "corrections: x\n", "it is a list"), ("a mapping", "corrections: {at: p1}\n", "it is a list"),
            ("of texts", "corrections: [x]\n", "a correction is a mapping"), ("nothing", "corrections:\n", FINE),
            ("of nothing", "corrections:\n  -\n", "a correction is a mapping"),
        )
    ),
    Break("text formerly of two", ESSAY, together(*(add(f, "formerly: [old-talk]\n") for f in (TALK, ESSAY))), "has it too"),
    left_out("and listed", FINE),
    left_out("of another text", "listed as left out", was="谢谢大家。"),
    left_out("without a reason", "needs 'why_zh'", why_zh=None),
    left_out("without was", "needs 'was'", was=None),
    left_out("was empty", "s2p1", was="''"),
    left_out("was a list", "it is text", was="[a]"),
    left_out("key", "unknown key 'reason'", reason="x"),
    Break("left out and still there", TALK, add(TALK, entry("left_out", {"was": "'感谢您,参议员先生。'", "why_zh": "因", "why_en": "why"})), "listed as left out"),
    Break("left out and not listed", TALK, edit(TALK, THANKS, "      ∅\n"), "s2p1"),
    Break("left_out a text", TALK, add(TALK, "left_out: x\n"), "it is a list"),
    Break("left_out of texts", TALK, add(TALK, "left_out: [x]\n"), "a text left out is a mapping"),
    withdrawn_id("and listed", FINE),
    withdrawn_id("another", "was published and leads nowhere", id="e99"),
    withdrawn_id("of a unit that is there", "stands already", id="s2p1"),
    withdrawn_id("hostile", ID, id="'x\" onclick=\"y'"),
    withdrawn_id("account", "the page has for itself", id="account"),
    withdrawn_id("date", DAY, date="soon"),
    withdrawn_id("without a reason", "needs 'why_en'", why_en=None),
    withdrawn_id("key", "unknown key 'reason'", reason="x"),
    Break("withdrawn a text", TALK, add(TALK, "withdrawn: x\n"), "it is a list"),
    Break("withdrawn of texts", TALK, add(TALK, "withdrawn: [x]\n"), "a withdrawn address is a mapping"),
    # --- import.json
    Break("record missing", RECORD, remove(RECORD), "is missing", line=False),
    Break("record a folder", RECORD, folder(RECORD), "a folder stands", line=False),
    Break("record a pipe", RECORD, pipe(RECORD), "a pipe or a device stands", line=False),
    Break("record a broken link", RECORD, link(RECORD, "nowhere.json"), "is missing", line=False),
    Break("record a link to itself", RECORD, link(RECORD, "import.json"), "cannot be read", line=False),
    Break("record edited by hand", RECORD, edit(RECORD, '"layout": "sequential"', '"layout": "mixed"'), "is not as the import wrote it"),
    Break("record with CRLF", RECORD, recode(RECORD, "utf-8", "\r\n"), FINE),
    Break("record in UTF-16", RECORD, recode(RECORD, "utf-16"), "not UTF-8"),
    Break("record with a conflict", RECORD, edit(RECORD, '"truncated"', '<<<<<<< ours\n"truncated"'), "not JSON"),
    Break("record of another text", SOURCE, lambda root: shutil.copy((root / ESSAY).with_name("import.json"), root / RECORD) and None, "not the bytes that were received"),
    *whole(
        RECORD,
        ("empty", "", "not JSON"), ("no JSON", "x", "not JSON"), ("cut", '{"version": 1,\n"files": [', "not JSON"),
        ("a list", "[]", "no mapping"), ("a number", "1", "no mapping"), ("null", "null", "no mapping"),
        ("only its version", '{"version": 1}', "is no text"), ("not UTF-8", b'{"version": "\xff"}', "not UTF-8"),
        ("NUL", b"\0" * 100, "not JSON"), ("huge number", '{"version": ' + "9" * 5000 + "}", "not a record"),
    ),
    *(
        Break(f"record nested {name}", RECORD, write(RECORD, text), says, apart=True)
        for name, text, says in (
            ("lists", "[" * 200_000, "nested far too deeply"), ("mappings", '{"a":' * 200_000, "nested far too deeply"),
            ("lists that end", '{"version": 1, "files": ' + "[" * 100_000 + "]" * 100_000 + "}", "nested far too deeply"),
        )
    ),
    record("version 9", "'version' is not 1", lambda v: v.update(version=9)),
    record("version true", "'version' is not 1", lambda v: v.update(version=True)),
    record("no version", "'version' is not 1", lambda v: v.pop("version")),
    record("unknown key", "unknown key 'layuot'", lambda v: v.update(layuot="x")),
    record("key of a unit", "unknown key 'confidnce'", lambda v: v["units"][2].update(confidnce=1)),
    record("key of a text", "unknown key 'digset'", lambda v: v["units"][2]["zh"].update(digset="x")),
    record("files a mapping", "'files' is no list", lambda v: v.update(files={})),
    record("files of texts", "'files' is no list", lambda v: v.update(files=["source.txt"])),
    record("file without a name", "'name' is no text", lambda v: v["files"][0].pop("name")),
    *(
        record(f"file {name}", "'name' is not that of a file", lambda v, name=name: v["files"][0].update(name=name))
        for name in ("../source.txt", "/etc/passwd", "", ".", "..", "a\0b", "x" * 5000)
    ),
    record("file of another name", "the source cannot be read", lambda v: v["files"][0].update(name="other.txt"), SOURCE.replace("source", "other"), line=False),
    record("file that is the bitext", "not the bytes that were received", lambda v: v["files"][0].update(name="bitext.yml"), TALK),
    record("sum short", "no SHA-256", lambda v: v["files"][0].update(sha256="711931")),
    record("sum of other bytes", "not the bytes that were received", lambda v: v["files"][0].update(sha256="0" * 64), SOURCE),
    record("sum a number", "'sha256' is no text", lambda v: v["files"][0].update(sha256=7)),
    record("reader unknown", "no reader 'characters/9'", lambda v: v["files"][0].update(reader="characters/9")),
    record("reader of another kind", "cannot be read again", lambda v: v["files"][0].update(reader="docx/1")),
    record("reader of JSON", "cannot be read again", lambda v: v["files"][0].update(reader="json/1")),
    record("encoding unknown", "cannot be read again", lambda v: v["files"][0].update(encoding="klingon")),
    record("encoding of bytes", "cannot be read again", lambda v: v["files"][0].update(encoding="base64")),
    record("encoding with NUL", "cannot be read again", lambda v: v["files"][0].update(encoding="a\0")),
    record("encoding another", "cannot be read again", lambda v: v["files"][0].update(encoding="ascii")),
    record("no file", "behind the end", lambda v: v.update(files=[])),
    record("file twice", "of the source", lambda v: v["files"].append(v["files"][0])),
    record("layout a number", "'layout' is no text", lambda v: v.update(layout=1)),
    record("half a character", "not a record", lambda v: v.update(layout="\ud800")),
    record("truncated a text", "'truncated'", lambda v: v.update(truncated="maybe")),
    record("repairs a list", "'repairs'", lambda v: v.update(repairs=[1])),
    record("repairs of texts", "'repairs'", lambda v: v.update(repairs={"a": "six"})),
    record("repairs of lists", "'repairs'", lambda v: v.update(repairs={"a": [6]})),
    record("repairs negative", "'repairs'", lambda v: v.update(repairs={"a": -1})),
    record("units a mapping", "'units' is no list", lambda v: v.update(units={})),
    record("units of numbers", "'units' is no list", lambda v: v.update(units=[1])),
    record("no units", "in no unit and not left out", lambda v: v.update(units=[])),
    record("a unit less", "in no unit and not left out", lambda v: v["units"].pop(3)),
    record("a unit twice", "stands twice", lambda v: v["units"].append(v["units"][2])),
    record("a unit's place twice", "counted twice", lambda v: v["units"].append(v["units"][2] | {"id": "z1"})),
    record("unit without an id", "'id' is no text", lambda v: v["units"][2].pop("id")),
    record("unit id a number", "'id' is no text", lambda v: v["units"][2].update(id=5)),
    record("text of a unit a text", "no mapping", lambda v: v["units"][2].update(zh="x")),
    record("confidence a text", "'confidence'", lambda v: v["units"][2].update(confidence="high")),
    record("confidence 9.5", "'confidence'", lambda v: v["units"][2].update(confidence=9.5)),
    record("confidence true", "'confidence'", lambda v: v["units"][2].update(confidence=True)),
    record("confidence NaN", "no number of JSON", lambda v: v["units"][2].update(confidence=float("nan"))),
    Break("record: confidence infinite", RECORD, edit(RECORD, '"confidence": 0.99', '"confidence": 1e999'), "'confidence'"),
    record("beads a text", "'beads'", lambda v: v["units"][2].update(beads="x")),
    record("beads of texts", "'beads'", lambda v: v["units"][2].update(beads=["x"])),
    record("bead -1", "'beads'", lambda v: v["units"][2].update(beads=[-1])),
    record("more beads than lines", FINE, lambda v: v["units"][2].update(beads=[1.0] * 5)),
    record("doubts a text", "'doubts'", lambda v: v["units"][4].update(doubts="x")),
    record("doubts a number", "'doubts'", lambda v: v["units"][4].update(doubts=5)),
    record("doubt unknown", "no doubt", lambda v: v["units"][4].update(doubts=[["mood"]])),
    record("doubt without its value", "no doubt", lambda v: v["units"][4].update(doubts=[["pairing"]])),
    record("doubt of a number", "no doubt", lambda v: v["units"][4].update(doubts=[["pairing", 0.5]])),
    record("doubt a text", "no doubt", lambda v: v["units"][4].update(doubts=["pairing"])),
    record("labels of a unit a text", "'labels'", lambda v: v["units"][2].update(labels="x")),
    record("labels of a unit half", "'labels'", lambda v: v["units"][2].update(labels=[0.5])),
    record("labels of a unit -1", "'labels'", lambda v: v["units"][2].update(labels=[-1])),
    record("labels of a unit beyond", "leads to no label", lambda v: v["units"][2].update(labels=[99])),
    record("label of another language", "neither zh nor en", lambda v: v["labels"][0].update(lang="fr")),
    record("label names a text", "no list of texts", lambda v: v["labels"][0].update(names="x")),
    record("label names of numbers", "no list of texts", lambda v: v["labels"][0].update(names=[1])),
    record("label without a place", "'at' is no list", lambda v: v["labels"][0].pop("at")),
    record("a label less", "leads to no label", lambda v: v["labels"].pop()),
    record("left out without a reason", "'reason' is no text", lambda v: v["left_out"][0].pop("reason")),
    record("a left-out text less", "in no unit and not left out", lambda v: v["left_out"].pop()),
    record("place a text", "'at' is no list", lambda v: v["units"][2]["zh"].update(at="348-430")),
    record("place true", "no span", span(lambda at: at[0].__setitem__(0, True))),
    record("place half", "no span", span(lambda at: at[0].__setitem__(0, 348.5))),
    record("place of three", "no span", span(lambda at: at[0].append(5))),
    record("place reversed", "no span", span(lambda at: at[0].reverse())),
    record("place negative", "no span", span(lambda at: at[0].__setitem__(0, -348))),
    # A wrong place is no fault where the text stands in the source in order: places are hints.
    record("place shorter", FINE, span(lambda at: at[0].__setitem__(1, 420))),
    record("place overlapping", FINE, span(lambda at: at[0].__setitem__(1, 440))),
    record("place twice", FINE, span(lambda at: at.append(at[0]))),
    record("place beyond the end", FINE, span(lambda at: at[0].__setitem__(1, 99_999))),
    record("place far beyond", FINE, span(lambda at: at[0].__setitem__(1, 10**30))),
    record("places in another order", FINE, span(lambda at: at.__setitem__(slice(None), [[400, 430], [348, 400]])), TALK),
    record("places swapped", FINE, lambda v: v["units"][2]["zh"].update(at=v["units"][3]["zh"]["at"]) or v["units"][3]["zh"].update(at=[[348, 430]]), TALK),
    record("no place", FINE, span(lambda at: at.clear())),
    record("text beside a place", "'text' stands beside a place", lambda v: v["units"][2]["zh"].update(text="x")),
    record("text instead of a place", "in no unit and not left out", lambda v: v["units"][2]["zh"].update(at=[], text="x")),
    record("digest changed", "the digest of the Chinese of s1p1", lambda v: v["units"][2]["zh"].update(digest="0" * 12)),
    record("digest a number", "'digest' is no text", lambda v: v["units"][2]["zh"].update(digest=5)),
    record("digest missing", "'digest' is no text", lambda v: v["units"][2]["zh"].pop("digest")),
    record("gaps a text", "'gaps'", lambda v: v["units"][2]["zh"].update(gaps="x")),
    record("gap negative", "'gaps'", lambda v: v["units"][2]["zh"].update(gaps=[[-1, " "]])),
    record("gap of a number", "'gaps'", lambda v: v["units"][2]["zh"].update(gaps=[[1, 5]])),
    record("gap that its digest refutes", FINE, lambda v: v["units"][2]["zh"].update(gaps=[[5, " "]])),
    record("gap beyond the text", FINE, lambda v: v["units"][2]["zh"].update(gaps=[[10**9, " "]])),
    record("gap with words", "'gaps'", lambda v: v["units"][2]["zh"].update(gaps=[[5, "word"]])),
    # --- two files
    Break("two files", ESSAY, two_files(), FINE),
    Break("two files, one missing", ESSAY.replace("bitext.yml", "source.en.txt"), two_files("source.en.txt"), "cannot be read", line=False),
    Break("two files, both missing", ESSAY.replace("bitext.yml", "source.zh.txt"), two_files("source.zh.txt", "source.en.txt"), "cannot be read", line=False),
    Break("two files, one changed", ESSAY.replace("bitext.yml", "source.en.txt"), together(two_files(), add(ESSAY.replace("bitext.yml", "source.en.txt"), "x")), "not the bytes that were received"),
    Break("two files, a word changed", ESSAY, together(two_files(), edit(ESSAY, "The dialogue should", "The dialogues should")), "p3"),
    Break("two files, no record", ESSAY.replace("bitext.yml", "import.json"), two_files("import.json"), "is missing", line=False),
    # --- what was published
    Break("published missing", PUBLISHED, remove(PUBLISHED), FINE),
    Break("published a folder", PUBLISHED, folder(PUBLISHED), "a folder stands", line=False),
    Break("published a pipe", PUBLISHED, pipe(PUBLISHED), "a pipe or a device stands", line=False),
    Break("published in UTF-16", PUBLISHED, recode(PUBLISHED, "utf-16"), "not UTF-8"),
    Break("published not UTF-8", PUBLISHED, add(PUBLISHED, b"\xff\xfe\n"), "not UTF-8"),
    Break("published with CRLF", PUBLISHED, recode(PUBLISHED, "utf-8", "\r\n"), FINE),
    Break("published with a blank line", PUBLISHED, add(PUBLISHED, "\n\n"), FINE),
    Break("published with a comment", PUBLISHED, add(PUBLISHED, "# x\n"), FINE),
    Break("published without its last line end", PUBLISHED, add(PUBLISHED, "transcripts/sanders-xue-panel/"), FINE),
    *(
        Break(f"published {name}", PUBLISHED, add(PUBLISHED, f"{line}\n"), says)
        for name, line, says in (
            ("a path", "../../../etc/passwd", "is no address"), ("absolute", "/transcripts/x/", "is no address"),
            ("a script", "transcripts/<script>/", "is no address"), ("a conflict", "<<<<<<< ours", "is no address"),
            ("with a blank", " transcripts/sanders-xue-panel/", "is no address"), ("an id of no form", "transcripts/sanders-xue-panel/#P 1", "is no address"),
            ("a control character", "transcripts/sanders-xue-panel/#p1\x01", "is no address"), ("long", "x" * 100_000, "is no address"),
            ("with a text that is gone", "transcripts/old-talk/", "'old-talk' was published and is gone"),
            ("with a unit of a text that is gone", "transcripts/old-talk/#p1", "'old-talk' was published and is gone"),
        )
    ),
    Break("published with a unit that is gone", TALK, add(PUBLISHED, "transcripts/sanders-xue-panel/#s9p9\n"), "#s9p9 was published"),
    Break("published and folder removed", PUBLISHED, remove(str(Path(ESSAY).parent)), "was published and is gone"),
    Break("published and folder renamed", PUBLISHED, together(copy_talk("quiet-talks", "quiet-talks"), remove(str(Path(ESSAY).parent))), "was published and is gone"),
    taken_back("and listed", FINE),
    taken_back("that is there", "but the library has it", write(WITHDRAWN, entry("withdrawn", {"slug": "track-two-perspective", "title_zh": "甲", "title_en": "X", "date": "'2026-11-24'", "why_zh": "因", "why_en": "why"}))),
    taken_back("slug a path", "a slug has", slug="../x"),
    taken_back("slug index", "a slug has", slug="index"),
    taken_back("slug a list", "a slug has", slug="[a]"),
    taken_back("slug missing", "needs 'slug'", slug=None),
    taken_back("title a list", "it is text", title_zh="[a]"),
    taken_back("title missing", "needs 'title_en'", title_en=None),
    taken_back("date", DAY, date="soon"),
    taken_back("date hostile", DAY, date="'<script>'"),
    taken_back("without a reason", "needs 'why_zh'", why_zh=None),
    taken_back("key", "unknown key 'reason'", reason="x"),
    taken_back("twice", "stands already", why_en="why}\n  - {slug: track-two-perspective, title_zh: 甲, title_en: X, date: '2026-11-24', why_zh: 因, why_en: why"),
    taken_back("top key", "unknown key 'withdrwan'", write(WITHDRAWN, "withdrwan: []\n")),
    taken_back("list empty", FINE, write(WITHDRAWN, "withdrawn: []\n")),
    taken_back("list nothing", FINE, write(WITHDRAWN, "withdrawn:\n")),
    taken_back("file a folder", "a folder stands", folder(WITHDRAWN), line=False),
    *(
        taken_back(f"file {name}", says, write(WITHDRAWN, data))
        for name, data, says in (
            ("empty", "", "empty"), ("a list", "- a\n", "it is a mapping"), ("a text", "x\n", "it is a mapping"),
            ("not UTF-8", b"\xff", "not UTF-8"), ("of texts", "withdrawn: [a]\n", "it is a mapping"),
            ("a mapping", "withdrawn: {a: b}\n", "it is a list"), ("of nothing", "withdrawn:\n  -\n", "it is a mapping"),
            ("with an alias", "withdrawn: &a []\nx: *a\n", "alias"), ("no YAML", "withdrawn: [\n", "not YAML here"),
        )
    ),
    Break("withdrawn text file nested", WITHDRAWN, write(WITHDRAWN, "[a, " * 100_000), "nested far too deeply", apart=True),
    # --- encodings
    Break("CRLF", TALK, recode(TALK, "utf-8", "\r\n"), FINE),
    Break("BOM", TALK, recode(TALK, "utf-8-sig"), FINE),
    Break("GBK", TALK, recode(TALK, "gbk"), "not UTF-8"),
    Break("UTF-16", TALK, recode(TALK, "utf-16"), "not UTF-8"),
    *whole(
        TALK,
        ("empty", "", "empty"), ("a list", "- a\n", "a mapping was expected"),
        ("a text", "x\n", "a mapping was expected"), ("only a comment", "# x\n", "empty"),
        ("NUL", b"\0" * 100, "cannot stand in YAML"), ("half a character", b"a: \xe4\xb8\n", "not UTF-8"),
    ),
    *(
        Break(f"nested {name}", TALK, write(TALK, text), "nested far too deeply", apart=True)
        for name, text in (
            ("mappings in one line", "{a: " * 100_000), ("lists in one line", "[a, " * 100_000),
            ("brackets", "[" * 100_000), ("hyphens", "- " * 100_000), ("questions", "? " * 5_000),
            ("both by turns", "[{a: " * 50_000), ("with line ends", "[a,\n" * 100_000),
            ("by indentation", "".join(" " * n + "a:\n" for n in range(3_000))),
        )
    ),
    Break("a bomb of aliases", TALK, write(TALK, "a: &a [1, 2]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(99))), "alias"),
    # --- files and folders
    Break("source missing", SOURCE, remove(SOURCE), "restore", line=False),
    Break("source a folder", SOURCE, folder(SOURCE), "restore", line=False),
    Break("source a pipe", SOURCE, pipe(SOURCE), "restore", line=False),
    Break("source another", SOURCE, add(SOURCE, "x"), "not the bytes that were received"),
    Break("bitext a folder", TALK, folder(TALK), "a folder stands", line=False),
    Break("text a link to nothing", "data/transcripts/lost", link("data/transcripts/lost", "nowhere"), "leads to nothing", line=False),
    Break("text a link to itself", "data/transcripts/loop", link("data/transcripts/loop", "loop"), "leads to nothing", line=False),
    Break("text named like a device", "data/transcripts/con/bitext.yml", copy_talk("con", "con"), "of a device"),
    Break("bitext a pipe", TALK, pipe(TALK), "a pipe or a device stands", line=False),
    Break("bitext missing", TALK, remove(TALK), "no such file", line=False),
    Break("bitext a broken link", TALK, link(TALK, "nowhere.yml"), "no such file", line=False),
    Break("bitext a link to itself", TALK, link(TALK, "bitext.yml"), "readable", line=False),
    Break("source empty", SOURCE, write(SOURCE, ""), "not the bytes that were received"),
    Break("source with CRLF", SOURCE, recode(SOURCE, "utf-8", "\r\n"), "not the bytes that were received"),
    Break("staged files of an editor", STAGED, together(folder(STAGED), write(f"{STAGED}/x", "x")), "is not from one"),
    Break("staged a file", STAGED, write(STAGED, "x"), "is not from one"),
    Break("staged a broken plan", STAGED, together(folder(STAGED), write(f"{STAGED}/plan.json", "[" * 100_000)), "is not from one"),
    Break("staged a plan that leads out", STAGED, together(folder(STAGED), write(f"{STAGED}/plan.json", '{"new": {"../x": [null, null]}, "gone": {}}')), "is not from one"),
    Break("staged, and a file changed", TALK, together(folder(STAGED), write(f"{STAGED}/bitext.yml", "x"), write(f"{STAGED}/plan.json", '{"new": {"bitext.yml": [null, "0"]}, "gone": {}}')), "remove data/transcripts/sanders-xue-panel/.staged"),
    Break("staged and empty", STAGED, folder(STAGED), FINE),
    Break("folder copied", "data/transcripts/new-talk/bitext.yml", copy_talk("new-talk"), "has that name"),
    Break("folder index", "data/transcripts/index/bitext.yml", copy_talk("index", "index"), "the folder's name is"),
    Break("folder title", "data/transcripts/title/bitext.yml", copy_talk("title", "title"), "the folder's name is"),
    Break("folder with spaces", "data/transcripts/New Talk/bitext.yml", copy_talk("New Talk"), "the folder's name is"),
    Break("folder Chinese", "data/transcripts/对话/bitext.yml", copy_talk("对话"), "the folder's name is"),
    Break("folder hostile", "data/transcripts/x\" onclick=\"y/bitext.yml", copy_talk('x" onclick="y'), "the folder's name is"),
    Break("folder hidden", "data/transcripts/.x/bitext.yml", copy_talk(".x"), FINE),
    Break("no transcripts", PUBLISHED, remove("data/transcripts"), "was published and is gone"),
    Break("transcripts a file", PUBLISHED, write("data/transcripts", "x"), "was published and is gone"),
    Break("page edited", PAGE, add(PAGE, "x"), "out of date"),
    Break("page not UTF-8", PAGE, write(PAGE, b"\xff\xfe"), "out of date"),
    Break("page missing", PAGE, remove(PAGE), "missing", line=False),
    Break("page a folder", PAGE, folder(PAGE), "a folder stands", line=False),
    Break("page a pipe", PAGE, pipe(PAGE), "a pipe or a device stands", line=False),
    Break("page of nobody", "docs/en/transcripts/x.md", write("docs/en/transcripts/x.md", "x"), "no data behind"),
    Break("page a link outside", PAGE, link(PAGE, "/etc/hostname"), "leads out of docs"),
    Break("pages' folder a link outside", PAGE, link("docs/en/transcripts", "/tmp"), "leads out of docs"),
    Break("own page not UTF-8", "docs/en/about.md", write("docs/en/about.md", b"a\n\xff"), "not UTF-8"),
    Break("own page a folder", "docs/en/about.md", folder("docs/en/about.md"), "a folder stands", line=False),
    Break("own page in one language", "docs/en/x.md", write("docs/en/x.md", "# x\n"), "no twin"),
    # --- people.yml
    *rows(
        PEOPLE,
        ("people: version 9", "version: 1", "version: 9", "this program reads 1"),
        ("people: unknown top key", "bodies:\n", "boddies:\n", "did you mean 'bodies'"),
        ("people: unknown key", "    role:\n", "    rloe:\n", "did you mean 'role'"),
        ("people: body's key", "{id: fli, zh:", "{id: fli, nmae:", "unknown key 'nmae'"),
        ("people: body without a name", "{id: fli, zh: 未来生命研究所,", "{id: fli,", "has no 'zh'"),
        ("people: body with a person's id", "{id: fli,", "{id: bengio,", "stands already"),
        ("people: id twice", "  - id: bengio", "  - id: sanders", "stands already"),
        ("people: id a path", "  - id: bengio", '  - id: "../../../../outside/person"', ID),
        ("people: id index", "  - id: bengio", "  - id: index", "index is the name of a page"),
        ("people: id a list", "  - id: bengio", "  - id: [x]", ID),
        ("people: id constructor", "  - id: bengio", "  - id: constructor", ID),
        ("people: id missing", "  - id: bengio\n    zh:", "  - zh:", "has no 'id'"),
        ("people: name a list", "    en: Yoshua Bengio", "    en: [Yoshua]", "it is text"),
        ("people: name a year", "    en: Yoshua Bengio", "    en: 2018", "it is text"),
        ("people: name cut", "    en: Yoshua Bengio", "    en: Yoshua # Bengio", "begins a comment"),
        ("people: name with a line end", "    en: Yoshua Bengio", '    en: "Yoshua\\u200b Bengio"', "invisible character"),
        ("people: variants a list", "    variants: {zh: [约书亚·本希奥, 本吉奥], en: [Bengio]}", "    variants: [a]", "it is a mapping"),
        ("people: variants a text", "variants: {zh: [约书亚·本希奥, 本吉奥], en: [Bengio]}", "variants: {zh: 本吉奥}", "it is a list"),
        ("people: variants of lists", "variants: {zh: [约书亚·本希奥, 本吉奥], en: [Bengio]}", "variants: {zh: [[a]]}", "it is text"),
        ("people: variants in French", "variants: {zh: [约书亚·本希奥, 本吉奥], en: [Bengio]}", "variants: {fr: [a]}", "unknown key 'fr'"),
        ("people: role a text", '    role:\n      zh: "美国联邦参议员（佛蒙特州，无党派）"\n      en: "United States Senator (Independent, Vermont)"\n', "    role: Senator\n", "it is a mapping"),
        ("people: role in one language", '      zh: "美国联邦参议员（佛蒙特州，无党派）"\n', "", "has no zh"),
        ("people: role a number", '      en: "United States Senator (Independent, Vermont)"', "      en: 5", "it is text"),
        ("people: sources a list of texts", '    sources:\n      - {title: "International AI Safety Report 2026", url: "https://internationalaisafetyreport.org/publication/international-ai-safety-report-2026"}\n', "    sources: [a]\n", "it is a mapping"),
        ("people: sources a mapping", '    sources:\n      - {title: "International AI Safety Report 2026", url: "https://internationalaisafetyreport.org/publication/international-ai-safety-report-2026"}\n', "    sources: {a: b}\n", "it is a list"),
        ("people: source a script", '"https://internationalaisafetyreport.org/publication/international-ai-safety-report-2026"', '"javascript:alert(1)"', "https://"),
        ("people: source untitled", 'title: "International AI Safety Report 2026", ', "", "has no title"),
        ("people: basis", "    basis: general", "    basis: hearsay", "stored or general"),
    ),
    *whole(
        PEOPLE,
        ("not UTF-8", "version: 1\npeople: []\n# 甲".encode("gbk"), "not UTF-8"),
        ("people: 5", "version: 1\npeople: 5\n", "it is a list"),
        ("people a text", "version: 1\npeople: x\n", "it is a list"),
        ("people a mapping", "version: 1\npeople: {a: b}\n", "it is a list"),
        ("people of texts", "version: 1\npeople: [a]\n", "it is a mapping"),
        ("bodies: 5", "version: 1\npeople: []\nbodies: 5\n", "it is a list"),
        ("a list", "- a\n", "it is a mapping"), ("empty", "", "empty"), ("a text", "x", "it is a mapping"),
        ("no version", EMPTY_PERSON, "version is empty"),
        ("person nothing", "version: 1\npeople:\n  -\n", "it is a mapping"),
    ),
    Break("people.yml a folder", PEOPLE, folder(PEOPLE), "a folder stands", line=False),
    Break("people.yml a pipe", PEOPLE, pipe(PEOPLE), "a pipe or a device stands", line=False),
    Break("people.yml missing", TALK, remove(PEOPLE), "no person"),
    Break("people.yml nested", PEOPLE, write(PEOPLE, "{a: " * 100_000), "nested far too deeply", apart=True),
    # --- glossary.yml
    *rows(
        TERMS,
        ("glossary: version", "version: 1", "version: 7", "this program reads 1"),
        ("glossary: version true", "version: 1", "version: yes", "this program reads 1"),
        ("glossary: unknown key", "    definition:", "    defintion:", "did you mean 'definition'"),
        ("glossary: id", "  - id: track-1\n", "  - id: Track 1\n", ID),
        ("glossary: id constructor", "  - id: track-1\n", "  - id: constructor\n", ID),
        ("glossary: id of the page", "  - id: track-1\n", "  - id: subject-x\n", "the page's own"),
        ("glossary: id twice", "  - id: track-1\n", "  - id: track-2\n", "stands already"),
        ("glossary: related nowhere", "related: [track-2,", "related: [track-99,", "which is no entry"),
        ("glossary: variants a list", "      zh: [一轨, 一轨外交, 第一轨道, 第一轨道外交]", "      zh: 一轨", "it is a list"),
        ("glossary: variants no mapping", "    variants:\n      zh: [一轨, 一轨外交, 第一轨道, 第一轨道外交]\n", "    variants: [a]\n    x:\n", "it is a mapping"),
        ("glossary: term cut", "    en: Track I dialogue", "    en: Track I #1", "begins a comment"),
        ("glossary: source a script", '"https://www.nti.org/atomic-pulse/multi-track-diplomacy-explained/"', '"javascript:alert(1)"', "https://"),
        ("glossary: subject id", "{id: diplomacy,", "{id: ../x,", ID),
        ("glossary: subject index", "{id: diplomacy,", "{id: index,", "the name of a page"),
        ("glossary: subject unknown", "    subject: diplomacy", "    subject: [a]", "subject"),
        ("glossary: callout", "    callout: true", "    callout: maybe", "it is true or false"),
        ("glossary: related a mapping", "related: [track-2,", "related: [{a: b},", ID),
    ),
    *whole(
        TERMS,
        ("not UTF-8", b"version: 1\n\xff", "not UTF-8"), ("empty", "", "empty"),
        ("terms: 5", "version: 1\nsubjects: 5\nterms: 5\n", "it is a list"),
        ("terms of texts", "version: 1\nsubjects: [a]\nterms: [a]\n", "it is a mapping"),
        ("a list", "- a\n", "it is a mapping"),
    ),
    Break("glossary.yml a folder", TERMS, folder(TERMS), "a folder stands", line=False),
    Break("glossary.yml a pipe", TERMS, pipe(TERMS), "a pipe or a device stands", line=False),
    Break("glossary.yml nested", TERMS, write(TERMS, "[a, " * 100_000), "nested far too deeply", apart=True),
    # --- the terminal
    *(
        Break(
            f"terminal of {name}", TALK, edit(TALK, "  place:\n", "  地点: 甲\n  place:\n"), "unknown key",
            apart=True, env=(("LC_ALL", locale), ("PYTHONUTF8", "0"), ("PYTHONIOENCODING", encoding)),
        )
        for name, locale, encoding in (("ASCII", "C", ""), ("Latin-1", "C", "latin-1"), ("GBK", "C", "gbk"))
    ),
)  # fmt: skip


#: What is run in a broken project, and where it may write.
COMMANDS = (
    ("check",), ("build",), ("export", "sanders-xue-panel", "--format", "json"), ("release",),
)  # fmt: skip
WRITTEN = ("project/docs/", "project/.cache", f"project/{PUBLISHED}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one broken project: '' in `wrong` where all is as it should be."""

    name: str
    wrong: str = ""
    crashed: bool = False
    told: bool = False  # with the path and the line


def attempt(broken: Break, base: Path) -> Outcome:
    """Breaks a copy of `base`, then runs `check`, `build`, `export` and `release` in it."""
    with tempfile.TemporaryDirectory(prefix="two-tracks-broken-") as place:
        root = Path(place) / "project"
        shutil.copytree(base, root)
        with contextlib.redirect_stdout(io.StringIO()):
            broken.act(root)
        outside = _names(Path(place))
        run = _apart if broken.apart else _here
        runs = {line[0]: run(line, root, broken.env) for line in COMMANDS}
        for command, (code, said) in runs.items():
            if code not in (0, 1, 2) or "Traceback" in said:
                return Outcome(broken.name, f"{command} ended with {code}: {said[-2000:]}", True)
        if new := {n for n in _names(Path(place)) - outside if not n.startswith(WRITTEN)}:
            return Outcome(broken.name, f"written outside docs/: {', '.join(sorted(new))}")
        (check, said), ends = runs["check"], {command: code for command, (code, _) in runs.items()}
        if not broken.says:  # pages may have to be built anew, and that is all
            del ends["check"]
            check, said = run(COMMANDS[0], root, broken.env)
            fine = check == 0 and set(ends.values()) == {0}
            return Outcome(broken.name, "" if fine else f"told, {ends}: {said[:2000]}")
        if check == 0:
            return Outcome(broken.name, "check says nothing")
        lines = [line for line in said.splitlines() if broken.says in line]
        told = any(f"{broken.file}:{n}: " in line for line in lines for n in _numbers(line))
        if not told and (broken.line or not any(broken.file in line for line in lines)):
            return Outcome(broken.name, f"not told with {broken.says!r} and a line: {said[:2000]}")
        return Outcome(broken.name, told=told)


def _names(place: Path) -> set[str]:
    return {str(path.relative_to(place)) for path in place.rglob("*")}


def _numbers(line: str) -> Iterator[str]:
    """The numbers that stand between colons in a message."""
    return (part for part in line.split(":") if part.isdigit() and part != "0")


def _here(command: Sequence[str], root: Path, env: object) -> tuple[int, str]:
    out = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            code = main([*command, "--root", str(root)])
        except Exception:
            traceback.print_exc()
            code = -1
    out.flush()
    said = out.buffer.getvalue().decode("utf-8", "replace")
    return code, said.replace(f"{root}/", "")


def _apart(command: Sequence[str], root: Path, env: tuple[tuple[str, str], ...]) -> tuple[int, str]:
    set_to = os.environ | {"PYTHONPATH": str(ROOT / "scripts")} | dict(env)
    done = subprocess.run(
        [sys.executable, "-m", "bitext", *command, "--root", str(root)],
        capture_output=True, timeout=120, env=set_to,
    )  # fmt: skip
    said = (done.stderr + done.stdout).decode("utf-8", "replace")
    return done.returncode, said.replace(f"{root}/", "")


@contextlib.contextmanager
def sound_project() -> Iterator[Path]:
    """A copy of the project's data/ and docs/, with the proofs kept that are made anyhow."""
    with tempfile.TemporaryDirectory(prefix="two-tracks-sound-") as place:
        for name in ("data", "docs"):
            shutil.copytree(ROOT / name, Path(place) / name)
        _here(("check",), Path(place), None)
        yield Path(place)


def run(word: str = "") -> int:
    """Tries every break with `word` in its name; prints what went wrong, and the figures."""
    with sound_project() as base:
        outcomes = []
        for broken in (b for b in BREAKS if word in b.name):
            outcomes.append(attempt(broken, base))
            if outcomes[-1].wrong:
                print(f"{broken.name}: {outcomes[-1].wrong}\n", flush=True)
    crashes, told = sum(o.crashed for o in outcomes), sum(o.told for o in outcomes)
    faults = sum(bool(b.says) for b in BREAKS if word in b.name)
    files = sum(bool(b.says) and not b.line for b in BREAKS if word in b.name)
    print(f"{len(outcomes)} kinds: {crashes} crashes, {told} told with a line, {files} told with the file that is missing or in the way, {len(outcomes) - faults} no faults; {sum(bool(o.wrong) for o in outcomes)} not as they should be")  # fmt: skip
    return int(any(o.wrong for o in outcomes))


if __name__ == "__main__":
    sys.exit(run(*sys.argv[1:2]))
