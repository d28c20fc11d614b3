"""What pages load: joined, cut to size, and still what it was."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from rcssmin import cssmin

from bitext.publish import assets

ROOT = Path(__file__).parent.parent
HERE = ROOT / assets.HERE


def test_every_script_and_sheet_exists_and_is_in_the_bundle():
    """A new file must be named here and in the template, or it would be loaded by neither."""
    scripts = {file.stem for file in HERE.glob("*.js") if not file.stem.startswith("search")}
    sheets = {file.stem for file in HERE.glob("*.css") if not file.stem.startswith("search")}
    assert {*scripts, "search-marks"} == {*assets.SCRIPTS, *assets.LATER, *assets.ALONE}
    assert sheets | {"search"} == {*assets.SHEETS, *assets.PAGES, *assets.ASKED}
    parts = {part for parts in assets.SEARCH.values() for part in parts}
    found = {file.stem.removeprefix("search-") for file in HERE.glob("search-*.js")}
    assert found == {
        *parts,
        *assets.WORKER,
        *assets.PARTS,
        "marks",
    }  # marks: of a hit that was opened
    template = (HERE.parent.parent / "main.html").read_text("utf-8")
    for names in (assets.SCRIPTS, assets.LATER, assets.SHEETS):
        assert "[" + ", ".join(f'"{name}"' for name in names) + "]" in template


#: A line that begins with a string or a pattern after one that may end a statement: jsmin joins the two.
GLUED = re.compile(r"""[\w)\]}"'`]\n["'`/]""")


@pytest.mark.parametrize("file", sorted(HERE.glob("*.js")), ids=lambda f: f.name)
def test_no_statement_begins_with_what_jsmin_joins_to_the_line_before(file):
    bare = re.sub(r"/\*.*?\*/|(?<=[\s;])//[^\n]*", "", file.read_text("utf-8"), flags=re.DOTALL)
    lines = [line.strip() for line in bare.splitlines()]
    assert GLUED.findall("\n".join(line for line in lines if line)) == []


def test_such_a_statement_would_be_seen():
    assert GLUED.search('go()\n",.p".split("")') and not GLUED.search(
        'go(\n"a",\n"b")\n;"c".trim()'
    )


@pytest.fixture
def one_by_one(monkeypatch):
    """As on a machine for which the better squeezer is not ready built."""
    monkeypatch.setitem(sys.modules, "minify", None)
    assets._of_scripts.cache_clear()
    yield
    assets._of_scripts.cache_clear()


SCRIPT = "var bt = (function () {\n  var lengthy = 1 // why\n  return lengthy == null ? 2 : lengthy\n})()\n"


def test_a_script_gets_short_names_inside_and_no_newer_syntax(tmp_path):
    (tmp_path / "a.js").write_text(SCRIPT, "utf-8")
    pytest.importorskip("minify")
    made = assets._squeezed(tmp_path / "a.js")
    assert "bt" in made and "lengthy" not in made and "why" not in made and "??" not in made


def test_without_the_better_squeezer_a_script_is_squeezed_too(tmp_path, one_by_one):
    (tmp_path / "a.js").write_text(SCRIPT, "utf-8")
    made = assets._squeezed(tmp_path / "a.js")
    assert "lengthy" in made and "why" not in made


def test_a_script_with_a_fault_is_published_as_it_was_written(tmp_path):
    (tmp_path / "a.js").write_text("var a = {  // why", "utf-8")
    assert assets._squeezed(tmp_path / "a.js").strip() == "var a={"


def test_no_sheet_is_slow_where_a_text_is_long():
    """Both made each switch of view of a long text five times as slow."""
    css = "\n".join(str(cssmin(file.read_text("utf-8"))) for file in sorted(HERE.glob("*.css")))
    assert not re.search(r"box-sizing:\s*inherit", css)
    assert not re.search(r"\[class\]\)?\s*[+~]\s*\*", css)


@pytest.fixture
def site(tmp_path) -> Path:
    folder = tmp_path / "assets/bt"
    folder.mkdir(parents=True)
    for file in HERE.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    sheets = tmp_path / "assets/stylesheets"
    sheets.mkdir()
    (sheets / "main.0a1b2c3d.min.css").write_text(".theme{}")
    (sheets / "main.0a1b2c3d.min.css.map").write_text("{}")
    (tmp_path / "index.html").write_text('<p class="md-typeset bt-u">a</p>')
    return tmp_path


def test_a_site_gets_five_files_and_loses_the_sheets_and_scripts_of_the_theme(site):
    theirs = [site / "assets/javascripts/bundle.1.min.js", site / "search/search_index.json"]
    for file in theirs:
        file.parent.mkdir(parents=True)
        file.write_text("{}")
    assets.bundle(ROOT, site)
    folder = site / "assets/bt"
    names = ("all.css", "all.js", "later.js", "find-box-zh.js", "find-page-en.js")
    made = {name: (folder / name).read_bytes() for name in names}
    assert not list((site / "assets/stylesheets").iterdir())
    assert not any(file.exists() for file in theirs)
    assert b"btAsk" in made["find-box-zh.js"] and b"btAsk" in made["find-page-en.js"]
    assert made["all.js"].count(b"try{(function") == len(assets.SCRIPTS)
    assert made["later.js"].count(b"try{(function") == len(assets.LATER)
    assert b".bt-u" in made["all.css"] and b"box-sizing:border-box" in made["all.css"]
    assets.bundle(ROOT, site)
    assert made == {name: (folder / name).read_bytes() for name in made}


def test_the_version_changes_with_a_file(tmp_path):
    folder = tmp_path / assets.HERE
    folder.mkdir(parents=True)
    (folder / "a.css").write_text("a{}")
    first = assets.version(tmp_path)
    assert first == assets.version(tmp_path)
    (folder / "a.css").write_text("b{}")
    assert assets.version(tmp_path) != first
