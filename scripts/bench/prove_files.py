"""The files that readers take away, judged by the programs they are made for, as far as those are there.

python scripts/bench/prove_files.py [JUDGE …]

The library's texts, and one that has hostile words in every field, in every format. A judge that is not
installed is named. Nu is the program `vnu`, or the jar that VNU_JAR names.
"""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from tests.test_take_away import HOSTILE, text_of  # noqa: E402

from bitext.citing.formats import one_line  # noqa: E402
from bitext.glossary import formats as of_glossary  # noqa: E402
from bitext.glossary.store import Glossary  # noqa: E402
from bitext.model import Bitext  # noqa: E402
from bitext.project.project import load_project  # noqa: E402
from bitext.publish.about import About, about  # noqa: E402
from bitext.publish.cite_data import manager_files  # noqa: E402
from bitext.publish.export import NOT_IN_XML, sentence_pairs  # noqa: E402
from bitext.publish.export_schema import SCHEMA  # noqa: E402
from bitext.publish.formats import made  # noqa: E402
from bitext.publish.library_files import library_zip  # noqa: E402

SITE = "https://tracks.example/"
JARS = ("/usr/share/java/epubcheck.jar",)
#: OmegaT's project: paragraphs are segments, so that a pair of several sentences is one.
OMEGAT = """<?xml version="1.0" encoding="UTF-8"?><omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file>
<dictionary_dir>__DEFAULT__</dictionary_dir><source_lang>{0}</source_lang><target_lang>{1}</target_lang>
<sentence_seg>false</sentence_seg><support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags></project></omegat>
"""
OMEGAT_LANGS = (("ZH-CN", "EN-US"), ("ZH", "EN"), ("EN-US", "ZH-CN"))

Text = tuple[Bitext, About]


@dataclass(frozen=True, slots=True)
class Judge:
    """A program or a library: `lacks` says what is missing; `hear` gives a line a fault and counts."""

    name: str
    lacks: Callable[[], str]
    hear: Callable[[Sequence[Text], Glossary, Path], Iterator[str]]


def library(*names: str) -> Callable[[], str]:
    def lacks() -> str:
        missing = [name for name in names if importlib.util.find_spec(name) is None]
        return f"no {', '.join(missing)} in this Python" if missing else ""

    return lacks


def program(name: str, *files: str) -> Callable[[], str]:
    return lambda: "" if shutil.which(name) or any(map(os.path.exists, files)) else f"no {name}"


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=600)


# --- the judges ------------------------------------------------------------------------------------


def epubcheck(texts: Sequence[Text], _: Glossary, at: Path) -> Iterator[str]:
    jar = next(filter(os.path.exists, JARS), "")
    start = ["java", "-jar", jar] if jar else ["epubcheck"]
    for bitext, said in texts:
        for kind in ("epub", "epub-zh", "epub-en"):
            file = at / f"{bitext.slug}.{kind}.epub"
            file.write_bytes(made(kind, bitext, said))
            done = run(*start, str(file))
            if done.returncode or "WARNING" in done.stdout + done.stderr:
                yield f"{file.name}: {(done.stdout + done.stderr)[-400:]}"


def pairs_of(bitext: Bitext) -> list[tuple[str, str]]:
    """The pairs that have both languages, as XML can hold them."""
    return [
        (NOT_IN_XML.sub("", zh), NOT_IN_XML.sub("", en))
        for unit in bitext.units
        for zh, en in sentence_pairs(unit)
        if zh and en
    ]


def translate(texts: Sequence[Text], glossary: Glossary, _: Path) -> Iterator[str]:
    from translate.storage.tbx import tbxfile
    from translate.storage.tmx import tmxfile
    from translate.storage.xliff2 import Xliff2File

    for bitext, said in texts:
        memory = tmxfile.parsestring(made("tmx", bitext, said), "zh-Hans", "en")
        found = [(u.source, u.target) for u in memory.units]
        if found != pairs_of(bitext):
            yield f"{bitext.slug}.tmx: {len(found)} pairs, not the text's"
        units = Xliff2File.parsestring(made("xliff", bitext, said)).units
        whole = [(u.source, u.target) for u in units if u.source and u.target]
        if whole != pairs_of(bitext):
            yield f"{bitext.slug}.xlf: {len(whole)} pairs, not the text's"
    terms = tbxfile.parsestring(of_glossary.FORMATS["tbx"](glossary).encode("utf-8"), "zh", "en")
    if [(u.source, u.target) for u in terms.units] != [(t.zh, t.en) for t in glossary.terms]:
        yield "glossary.tbx: other terms"


def omegat(texts: Sequence[Text], _: Glossary, at: Path) -> Iterator[str]:
    """A text of one language comes out in the other from the translation memory alone."""
    for bitext, said in texts:
        for n, langs in enumerate(OMEGAT_LANGS):
            folder = at / f"{bitext.slug}-{n}"
            for name in ("source", "target", "omegat", "tm/auto", "glossary"):
                (folder / name).mkdir(parents=True)
            (folder / "omegat.project").write_text(OMEGAT.format(*langs), "utf-8")
            (folder / "tm/auto/a.tmx").write_bytes(made("tmx", bitext, said))
            own = langs[0].startswith("EN")
            plain = [p for p in pairs_of(bitext) if all(map(str.isprintable, "".join(p)))]
            source = "\n\n".join(pair[own] for pair in plain)
            (folder / "source/a.txt").write_text(source + "\n", "utf-8")
            run("omegat", "--mode=console-translate", f"--config-dir={at}/conf", "--disable-project-locking", str(folder))  # fmt: skip
            file = folder / "target/a.txt"
            found = file.read_text("utf-8").strip().split("\n\n") if file.exists() else []
            wrong = [p for p in plain if p[not own].strip() not in {f.strip() for f in found}]
            if wrong:
                yield f"{bitext.slug}.tmx, {langs}: {len(wrong)} of {len(plain)} not translated, {wrong[0]}"


def pandas(texts: Sequence[Text], glossary: Glossary, _: Path) -> Iterator[str]:
    import pandas as pd

    for bitext, said in texts:
        rows = pd.read_json(io.BytesIO(made("jsonl", bitext, said)), lines=True)
        wanted = [p for unit in bitext.units for p in sentence_pairs(unit) if all(p)]
        if list(zip(rows["zh"], rows["en"], strict=True)) != wanted:
            yield f"{bitext.slug}.jsonl: other pairs"
        table = pd.read_csv(io.BytesIO(made("csv", bitext, said)), keep_default_na=False, dtype=str)
        cells = [(z.removeprefix("'"), e.removeprefix("'")) for z, e in zip(table["zh"], table["en"], strict=True)]  # fmt: skip
        if cells != [((u.zh or "").removeprefix("'"), (u.en or "").removeprefix("'")) for u in bitext.units]:  # fmt: skip
            yield f"{bitext.slug}.csv: other cells"
    data = of_glossary.FORMATS["csv"](glossary).encode("utf-8")
    if list(pd.read_csv(io.BytesIO(data))["id"]) != [t.id for t in glossary.terms]:
        yield "glossary.csv: other terms"


def jsonschema(texts: Sequence[Text], _: Glossary, __: Path) -> Iterator[str]:
    from jsonschema import Draft7Validator

    Draft7Validator.check_schema(dict(SCHEMA))
    for bitext, said in texts:
        for fault in Draft7Validator(dict(SCHEMA)).iter_errors(json.loads(made("json", bitext, said))):  # fmt: skip
            yield f"{bitext.slug}.json: {fault.message[:200]}"


def cff(texts: Sequence[Text], _: Glossary, at: Path) -> Iterator[str]:
    archive = zipfile.ZipFile(io.BytesIO(library_zip(texts, SITE)))
    (at / "CITATION.cff").write_bytes(archive.read("CITATION.cff"))
    call = "from cffconvert.cli.cli import cli; cli()"
    done = run(sys.executable, "-c", call, "--validate", "-i", str(at / "CITATION.cff"))
    if done.returncode:
        yield f"CITATION.cff: {(done.stdout + done.stderr)[-400:]}"


def managers(texts: Sequence[Text], _: Glossary, __: Path) -> Iterator[str]:
    import bibtexparser
    import rispy

    for _bitext, said in texts:
        for name, text in manager_files(said).items():
            title = said.work.titles["zh" if ".zh." in name else "en"]
            if name.endswith("ris"):
                rows = rispy.loads(text.replace("\r\n", "\n"))
                if len(rows) != 1 or rows[0]["title"] != one_line(title):
                    yield f"{name}: {rows}"
            elif name.endswith("bib"):
                parsed = bibtexparser.parse_string(text)
                if len(parsed.entries) != 1 or parsed.failed_blocks:
                    yield f"{name}: {parsed.failed_blocks}"


def nu(_: Sequence[Text], __: Glossary, at: Path) -> Iterator[str]:
    """Every page of the built site; what its policy would stop from a file's address is no fault."""
    import prove_hosts

    prove_hosts.build(SITE, at / "site")
    jar = os.environ.get("VNU_JAR", "")
    start = ["java", "-jar", jar] if jar else ["vnu"]
    done = run(*start, "--format", "json", "--skip-non-html", "--stdout", str(at / "site"))
    said: Sequence[Mapping[str, str]] = json.loads(done.stdout or "{}").get("messages", ())
    if not done.stdout:
        yield f"no answer: {done.stderr[-300:]}"
    for message in said:
        if "violates Content Security Policy" not in message["message"]:
            yield f"{message['url'].rpartition('/site/')[2]}: {message['message']}"


JUDGES = (
    Judge("epubcheck", program("epubcheck", *JARS), epubcheck),
    Judge("translate-toolkit", library("translate"), translate),
    Judge("OmegaT", program("omegat"), omegat),
    Judge("pandas", library("pandas"), pandas),
    Judge("jsonschema", library("jsonschema"), jsonschema),
    Judge("cffconvert", library("cffconvert"), cff),
    Judge("rispy and bibtexparser", library("rispy", "bibtexparser"), managers),
    Judge("Nu", program("vnu", os.environ.get("VNU_JAR", "")), nu),
)


def main(words: Sequence[str]) -> int:
    """1 where a judge finds a fault."""
    csv.field_size_limit(10**9)
    project = load_project(ROOT)
    names = {person.id: person.name for person in project.people.persons}
    hostile = text_of("".join(HOSTILE), " ".join(HOSTILE))
    texts = [(b, about(b, names, SITE)) for b in (*project.library.bitexts, hostile)]
    heard, absent, wrong = 0, [], 0
    for judge in JUDGES:
        if words and judge.name not in words:
            continue
        if why := judge.lacks():
            absent.append(f"{judge.name} ({why})")
            continue
        with tempfile.TemporaryDirectory() as folder:
            faults = list(judge.hear(texts, project.glossary, Path(folder)))
        print(f"{judge.name}: {len(faults)} faults")
        print("".join(f"  {fault}\n" for fault in faults[:20]), end="")
        heard, wrong = heard + 1, wrong + len(faults)
    missing = f"; not there: {', '.join(absent)}" if absent else ""
    print(f"{heard} judges heard, {wrong} faults{missing}")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
