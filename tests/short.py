"""A short part of the tests that needs no test package: does this Python run what users run?

It imports every module, runs the examples in them, finds the terms of tests/cases/occurrences.toml,
imports a source, and checks and builds a copy of the project.
"""

from __future__ import annotations

import contextlib
import doctest
import importlib
import io
import os
import pkgutil
import platform
import shutil
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import bitext
from bitext.__main__ import main as command
from bitext.glossary.occurrences import Matcher
from bitext.glossary.store import Both, Forms, Glossary, Term
from bitext.project.project import load_bitext

ROOT = Path(__file__).resolve().parent.parent


def broken_examples() -> Iterator[str]:
    """The modules that cannot be imported or have an example that no longer holds."""
    for module in pkgutil.walk_packages(bitext.__path__, "bitext."):
        if not module.name.endswith("__main__"):
            failed = doctest.testmod(importlib.import_module(module.name)).failed
            if failed:
                yield f"{module.name}: {failed} of its examples"


def terms_not_found() -> Iterator[str]:
    """The cases of terms in running text that come out otherwise."""
    cases = tomllib.loads((ROOT / "tests/cases/occurrences.toml").read_text("utf-8"))["case"]
    for case in cases:
        lang = case["lang"]
        terms = []
        for id, forms in case["terms"].items():
            name = Both(forms[0], "zzzz") if lang == "zh" else Both("某某某某", forms[0])
            others = Forms(tuple(forms[1:])) if lang == "zh" else Forms((), tuple(forms[1:]))
            terms.append(Term(id, "s", name, Both("义", "meaning"), others))
        matcher, text = Matcher(Glossary(tuple(terms)), lang), case["text"]
        found = [f"{o.term_id} {text[o.start : o.end]}" for o in matcher.find(text)]
        if (found == case["found"]) == ("known_failure" in case):
            yield f"occurrences.toml, {case['label']}: {found}"


def failed_commands(folder: Path) -> Iterator[str]:
    """The commands that end otherwise than they should, on a copy of the project."""
    for name in ("data", "docs", "overrides", "scripts"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (folder / "docs/zh/glossary.md").write_text("old", "utf-8")
    source, root = folder / "data/transcripts/track-two-perspective/source.txt", ["--root", str(folder)]  # fmt: skip
    for arguments in (
        ["build", *root],
        ["check", *root],
        ["import", str(source), "--slug", "talk", "--output", str(folder / "out")],
    ):
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as said:  # fmt: skip
            code = command(arguments)
        if code:
            yield f"bitext {arguments[0]} ends with {code}: {said.getvalue()[:300]}"
    made, problems = load_bitext(folder / "out/talk/bitext.yml")
    if made is None or problems or made.proof is None or made.proof.verdict != "proved":
        yield "what bitext import makes is not proved"


def unbuilt_pages(folder: Path) -> Iterator[str]:
    """The pages that MkDocs does not make from the copy."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    os.chdir(folder)
    config = load_config("mkdocs.yml", strict=True)
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    for page in ("", "en/", "transcripts/track-two-perspective/", "en/glossary/"):
        if not (folder / "site" / page / "index.html").exists():
            yield f"/{page} is not built"


def main(shown: str) -> int:
    start = time.perf_counter()
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    with tempfile.TemporaryDirectory(prefix="two-tracks-") as made:
        folder = Path(made).resolve()
        faults = [*broken_examples(), *terms_not_found(), *failed_commands(folder), *unbuilt_pages(folder)]  # fmt: skip
        os.chdir(ROOT)
    end = f"{len(faults)} faults" if faults else f"ok ({time.perf_counter() - start:.0f} s)"
    print("\n".join([f"Python {platform.python_version()} ({shown}): {end}", *faults]))
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
