"""Breaks copies of the project, one break each: `check` and `build` end well and say what is broken.

    python scripts/fuzz_projects.py [WORD]      only the breaks with WORD in their names

Each break is a row of BREAKS: its name, what is done to the copy, and words of the message that
must come, with the path and the line of the file that was broken. `FINE` is no fault. Whatever
might end the process itself runs in one of its own.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bitext.__main__ import main

ROOT = Path(__file__).resolve().parent.parent
TALK = "data/transcripts/sanders-xue-panel/bitext.yml"
ESSAY = "data/transcripts/track-two-perspective/bitext.yml"
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


def link(file: str, to: str) -> Act:
    def act(root: Path) -> None:
        _clear(root / file)
        (root / file).symlink_to(to)

    return act


def unit(old: str, new: str) -> Act:
    return edit(TALK, old, new)


U = "  - id: s2p1\n    kind: para\n    turn: s2\n    speaker: lan-xue\n"
ID = "an id has a-z, 0-9"
DAY, DATE = "a day of the calendar", "it is a date written as"
EMPTY_PERSON = "people:\n  - id: x\n    zh: 甲\n    en: X\n"


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
        ("no version", "version: 1\n", "", "version is empty"),
        ("version true", "version: 1\n", "version: yes\n", "'version' of the bitext is 'true'"),
        ("version 9", "version: 1\n", "version: 9\n", "this program reads 1"),
        ("unknown top key", "layout: sequential", "layuot: sequential", "did you mean 'layout'"),
        ("truncated a word", "layout: sequential", "layout: x\ntruncated: maybe", "true or false"),
        ("layout a list", "layout: sequential", "layout: [a]", "it is text"),
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
        ("source key", "  received:", "  recieved:", "did you mean 'received'"),
        ("source.received script", '  received: "2026-11-24"', "  received: <img src=x onerror=alert(1)>", DAY),
        ("source.received month", '  received: "2026-11-24"', '  received: "2026-11"', DAY),
        ("source.file a path", "  file: source.txt", "  file: ../../../mkdocs.yml", "the name of a file in this folder"),
        ("source.file absolute", "  file: source.txt", "  file: /etc/passwd", "the name of a file in this folder"),
        ("source.file long", "  file: source.txt", "  file: " + "x" * 5000, "the name of a file in this folder"),
        ("source.file with NUL", "  file: source.txt", '  file: "x\\0"', "the name of a file in this folder"),
        ("source.file a list", "  file: source.txt", "  file: [source.txt]", "the name of a file in this folder"),
        ("source.file the folder", "  file: source.txt", "  file: .", "the name of a file in this folder"),
        ("sha256 short", "711931a1cc9e2addc78d2671f93e202c", "711931", "it is a SHA-256"),
        ("source a list", "source:\n  file: source.txt\n  encoding: utf-8\n  received: \"2026-11-24\"\n  sha256: \"711931a1cc9e2addc78d2671f93e202cfac0a24be3d1650275ca196a24d136d9\"\n", "source: [a]\n", "it is a mapping"),
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
        ("unit key", U, U.replace("turn:", "trun:"), "did you mean 'turn'"),
        ("unit kind", U, U.replace("para", "poem"), "'kind' of a unit is 'poem'"),
        ("unit kind missing", U, U.replace("    kind: para\n", ""), "needs 'kind'"),
        ("unit turn missing", U, U.replace("    turn: s2\n", ""), "has a speaker and no turn"),
        ("unit turn again", "    turn: s6\n", "    turn: s2\n", "comes again"),
        ("unit turn a script", U, U.replace("turn: s2", "turn: <script>"), "a turn is s and a number"),
        ("unit turn Arabic digits", U, U.replace("turn: s2", "turn: s٢"), "a turn is s and a number"),
        ("unit speaker unknown", U, U.replace("lan-xue", "wang"), "unknown speaker 'wang'"),
        ("unit speaker another", U, U.replace("lan-xue", "senator-sanders"), "one turn is one speaker's"),
        ("unit speaker missing", U, U.replace("    speaker: lan-xue\n", ""), "one turn is one speaker's"),
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
        ("unit without text", "units:\n", "units:\n  - {id: p9, kind: para}\n", "no text in either"),
        ("unit a text", "units:\n", "units:\n  - x\n", "a unit is a mapping"),
        ("unit nothing", "units:\n", "units:\n  -\n", "a unit is a mapping"),
        ("unit text a list", "units:\n", "units:\n  - {id: p9, kind: para, zh: [a]}\n", "it is text"),
        ("unit text true", "units:\n", "units:\n  - {id: p9, kind: para, en: no}\n", "it is text"),
        ("unit text a year", "units:\n", "units:\n  - {id: p9, kind: para, en: 2026}\n", "it is text"),
        ("unit text cut", "units:\n", "units:\n  - id: p9\n    kind: para\n    en: Talk #2\n", "begins a comment"),
        ("confidence 9.5", U, U + "    confidence: 9.5\n", "stands twice"),
        ("confidence alone", "    confidence: 0.95", "    confidence: 9.5", "a number from 0 to 1"),
        ("confidence infinite", "    confidence: 0.95", "    confidence: 1.0e+999", "a number from 0 to 1"),
        ("confidence a text", "    confidence: 0.95", "    confidence: high", "a number from 0 to 1"),
        ("lines reversed", "    zh_lines: [5, 5]", "    zh_lines: [5, 1]", "[first, last]"),
        ("lines beyond the file", "    zh_lines: [5, 5]", "    zh_lines: [5, 5000]", "lines; name the lines"),
        ("lines from 0", "    zh_lines: [5, 5]", "    zh_lines: [0, 5]", "[first, last]"),
        ("lines three", "    zh_lines: [5, 5]", "    zh_lines: [5, 5, 5]", "[first, last]"),
        ("lines true", "    zh_lines: [5, 5]", "    zh_lines: [yes, 5]", "[first, last]"),
        ("lines a text", "    zh_lines: [5, 5]", "    zh_lines: five", "[first, last]"),
        ("beads negative", "[[10, 24, 1.0]", "[[-10, 24, 1.0]", "a bead is"),
        ("bead posterior 7", "[[10, 24, 1.0]", "[[10, 24, 7]", "a bead is"),
        ("bead infinite", "[[10, 24, 1.0]", "[[1.0e+999, 24, 1.0]", "a bead is"),
        ("bead of two", "[[10, 24, 1.0]", "[[10, 24]", "a bead is"),
        ("bead of texts", "[[10, 24, 1.0]", "[[a, b, c]", "a bead is"),
        ("beads a text", "    beads: [[27, 70, 1.0]]", "    beads: x", "it is a list"),
        ("beads back", "[[10, 24, 1.0], [25, 75, 1.0]", "[[10, 75, 1.0], [25, 24, 1.0]", "no longer fit"),
        ("text longer than beads", "感谢您,参议员先生。", "很感谢您,参议员先生。", "no longer fit"),
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
        ("correction date hostile", "dropped:\n", "corrections:\n  - {at: s1p1, date: '<script>', lang: zh, old: a, new: 国, why_zh: x, why_en: x}\ndropped:\n", DAY),
        ("correction yesterday", "dropped:\n", "corrections:\n  - {at: s1p1, date: yesterday, lang: zh, old: a, new: 国, why_zh: x, why_en: x}\ndropped:\n", DAY),
        ("correction month", "dropped:\n", "corrections:\n  - {at: s1p1, date: '2026-11', lang: zh, old: a, new: 国, why_zh: x, why_en: x}\ndropped:\n", DAY),
        ("correction nowhere", "dropped:\n", "corrections:\n  - {at: s9p9, date: '2026-11-24', lang: zh, old: a, new: b, why_zh: x, why_en: x}\ndropped:\n", "which is no unit"),
        ("correction lang", "dropped:\n", "corrections:\n  - {at: s1p1, date: '2026-11-24', lang: fr, old: a, new: b, why_zh: x, why_en: x}\ndropped:\n", "it is zh or en"),
        ("correction not made", "dropped:\n", "corrections:\n  - {at: s1p1, date: '2026-11-24', lang: zh, old: a, new: zebra, why_zh: x, why_en: x}\ndropped:\n", "do not stand in"),
        ("correction without a reason", "dropped:\n", "corrections:\n  - {at: s1p1, date: '2026-11-24', lang: zh, old: a, new: 国, why_zh: x}\ndropped:\n", "needs 'why_en'"),
        ("dropped key", '    reason: picture notice', "    raeson: picture notice", "did you mean 'reason'"),
        ("dropped line", "    line: 22", "    line: last", "a whole number from 0"),
        ("repairs a text", "  missing space: 6", "  missing space: six", "a whole number from 0"),
        ("ledger key", "  labels: 96", "  lables: 96", "did you mean 'labels'"),
        ("ledger number", "  total: 6363", "  total: 6364", "accounts for"),
        ("ledger negative", "  total: 6363", "  total: -1", "a whole number from 0"),
        ("ledger infinite", "  total: 6363", "  total: 1.0e+999", "a whole number from 0"),
        ("ledger a list", "ledger:\n", "ledger: [1]\nledger2:\n", "it is a mapping"),
        # --- YAML itself
        ("key twice", "layout: sequential", "layout: a\nlayout: b", "stands twice"),
        ("alias", "layout: sequential", "layout: &x a\nx: *x", "alias"),
        ("tag", "layout: sequential", "layout: !!python/name:os.system x", "a YAML tag"),
        ("tab", "layout: sequential", "layout:\n\t- x", "not YAML here"),
        ("colon in a text", "layout: sequential", "layout: a: b", "not YAML here"),
        ("open quote", "layout: sequential", 'layout: "a', "not YAML here"),
        ("two documents", "layout: sequential", "layout: a\n---\nb: 1", "second document"),
        ("control character", "layout: sequential", "layout: a\x01", "cannot stand in YAML"),
        ("no character", "layout: sequential", "layout: a\ufffe", "cannot stand in YAML"),
        ("full-width colon", "layout: sequential", "layout： sequential", "not YAML here"),
        ("a key that is a list", "layout: sequential", "? [a]\n: b", "unknown key '?'"),
        ("merge key", "layout: sequential", "<<: {a: 1}", "unknown key '<<'"),
        ("comment of an editor", "layout: sequential", "layout: sequential\n# looked at in May", FINE),
        ("comment behind an id", "  - id: e1\n", "  - id: e1  # moved here\n", FINE),
        ("month as a date", '  date_beijing: "2026-04-30"', '  date_beijing: "2026-04"', FINE),
    ),
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
    Break("source missing", TALK.replace("bitext.yml", "source.txt"), remove(TALK.replace("bitext.yml", "source.txt")), "missing", line=False),
    Break("source a folder", TALK.replace("bitext.yml", "source.txt"), folder(TALK.replace("bitext.yml", "source.txt")), "restore", line=False),
    Break("source another", TALK.replace("bitext.yml", "source.txt"), add(TALK.replace("bitext.yml", "source.txt"), "x"), "not the bytes that were received"),
    Break("bitext a folder", TALK, folder(TALK), "a folder stands", line=False),
    Break("bitext missing", TALK, remove(TALK), "no such file", line=False),
    Break("bitext a broken link", TALK, link(TALK, "nowhere.yml"), "no such file", line=False),
    Break("bitext a link to itself", TALK, link(TALK, "bitext.yml"), "readable", line=False),
    Break("folder copied", "data/transcripts/new-talk/bitext.yml", copy_talk("new-talk"), "has that name"),
    Break("folder index", "data/transcripts/index/bitext.yml", copy_talk("index", "index"), "the folder's name is"),
    Break("folder title", "data/transcripts/title/bitext.yml", copy_talk("title", "title"), "the folder's name is"),
    Break("folder with spaces", "data/transcripts/New Talk/bitext.yml", copy_talk("New Talk"), "the folder's name is"),
    Break("folder Chinese", "data/transcripts/对话/bitext.yml", copy_talk("对话"), "the folder's name is"),
    Break("folder hostile", "data/transcripts/x\" onclick=\"y/bitext.yml", copy_talk('x" onclick="y'), "the folder's name is"),
    Break("folder hidden", "data/transcripts/.x/bitext.yml", copy_talk(".x"), FINE),
    Break("no transcripts", "docs/en/transcripts/sanders-xue-panel.md", remove("data/transcripts"), "no data behind this page"),
    Break("transcripts a file", PAGE, write("data/transcripts", "x"), "no data behind this page"),
    Break("page edited", PAGE, add(PAGE, "x"), "out of date"),
    Break("page not UTF-8", PAGE, write(PAGE, b"\xff\xfe"), "out of date"),
    Break("page missing", PAGE, remove(PAGE), "missing", line=False),
    Break("page a folder", PAGE, folder(PAGE), "a folder stands", line=False),
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one broken project: '' in `wrong` where all is as it should be."""

    name: str
    wrong: str = ""
    crashed: bool = False
    told: bool = False  # with the path and the line


def attempt(broken: Break, base: Path) -> Outcome:
    """Breaks a copy of `base` and runs `check`, then `build`, in it."""
    with tempfile.TemporaryDirectory(prefix="two-tracks-broken-") as place:
        root = Path(place) / "project"
        shutil.copytree(base, root)
        broken.act(root)
        outside = _names(Path(place))
        run = _apart if broken.apart else _here
        check, said = run("check", root, broken.env)
        build, more = run("build", root, broken.env)
        crashed = {check, build} - {0, 1, 2} or "Traceback" in said + more
        if crashed:
            return Outcome(broken.name, f"check ended with {check}, build with {build}: {(said + more)[-2000:]}", True)  # fmt: skip
        if new := {n for n in _names(Path(place)) - outside if not n.startswith("project/docs/")}:
            return Outcome(broken.name, f"written outside docs/: {', '.join(sorted(new))}")
        if not broken.says:
            return Outcome(broken.name, "" if (check, build) == (0, 0) else f"told: {said}")
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


def _here(command: str, root: Path, env: object) -> tuple[int, str]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            code = main([command, "--root", str(root)])
        except Exception:
            traceback.print_exc()
            code = -1
    return code, out.getvalue().replace(f"{root}/", "")


def _apart(command: str, root: Path, env: tuple[tuple[str, str], ...]) -> tuple[int, str]:
    set_to = os.environ | {"PYTHONPATH": str(ROOT / "scripts")} | dict(env)
    done = subprocess.run(
        [sys.executable, "-m", "bitext", command, "--root", str(root)],
        capture_output=True, timeout=120, env=set_to,
    )  # fmt: skip
    said = (done.stderr + done.stdout).decode("utf-8", "replace")
    return done.returncode, said.replace(f"{root}/", "")


@contextlib.contextmanager
def sound_project() -> Iterator[Path]:
    """A copy of the project's data/ and docs/, built."""
    with tempfile.TemporaryDirectory(prefix="two-tracks-sound-") as place:
        for name in ("data", "docs"):
            shutil.copytree(ROOT / name, Path(place) / name)
        yield Path(place)


def run(word: str = "") -> int:
    """Tries every break with `word` in its name; prints what went wrong, and the figures."""
    with sound_project() as base:
        outcomes = [attempt(broken, base) for broken in BREAKS if word in broken.name]
    for outcome in outcomes:
        if outcome.wrong:
            print(f"{outcome.name}: {outcome.wrong}\n")
    crashes, told = sum(o.crashed for o in outcomes), sum(o.told for o in outcomes)
    faults = sum(bool(b.says) for b in BREAKS if word in b.name)
    files = sum(bool(b.says) and not b.line for b in BREAKS if word in b.name)
    print(f"{len(outcomes)} kinds: {crashes} crashes, {told} told with a line, {files} told with the file that is missing or in the way, {len(outcomes) - faults} no faults; {sum(bool(o.wrong) for o in outcomes)} not as they should be")  # fmt: skip
    return int(any(o.wrong for o in outcomes))


if __name__ == "__main__":
    sys.exit(run(*sys.argv[1:2]))
