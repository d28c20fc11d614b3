"""What is kept from a build to the next gives what would be made anew, and never anything else."""

from __future__ import annotations

import hashlib
import logging
import os
import pickle
import shutil
import sys
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
from build_edits import EDITS
from mkdocs.commands.build import build
from mkdocs.config import load_config

from bitext.library import before, hashes, kept, lasting
from bitext.library.before import Standing
from bitext.library.kept import NO_MEMORY, Kept, holding
from bitext.library.lasting import Lasting
from bitext.project.check import unpublishable
from bitext.project.project import load_project
from bitext.project.write import made_of, write_pages
from bitext.publish.about import about
from bitext.publish.finish import of_text
from bitext.publish.reporting import NOBODY
from bitext.search import index
from bitext.search.parts import PIECES
from tests.projects import copy_project

#: Edits of what MkDocs alone reads: `make prove` builds whole sites.
OF_THE_SITE = ("a_template", "a_sheet", "a_setting")


@pytest.fixture
def root(tmp_path):
    return copy_project(tmp_path)


def given(root: Path) -> tuple:
    """All that the project gives beside what MkDocs makes."""
    project = load_project(root)
    bitexts, memory = project.library.bitexts, project.memory.on({}, "", NOBODY)
    texts = [of_text(b, about(b), {}, "", NOBODY, memory) for b in bitexts]
    own = [(one, files()) for one, files in texts]
    shelves = index.shelves_of(bitexts, project.glossary, project.people, (), project.memory)
    parts = [{name: shelf(name) for name in PIECES} for shelf in shelves]
    return bitexts, project.problems, made_of(project), own, parts


def anew(root: Path, monkeypatch) -> tuple:
    """The same where nothing is kept."""
    with monkeypatch.context() as patch:
        patch.setattr("bitext.project.project.Kept.below", lambda _: Kept())
        assert load_project(root).memory.kept == NO_MEMORY.kept
        return given(root)


@pytest.mark.parametrize("seed", [1, 2])
def test_after_any_edit_the_project_gives_what_it_gives_anew(root, seed, monkeypatch):
    pick = Random(seed)
    given(root)
    edits = [e for e in EDITS if e.__name__ not in OF_THE_SITE]
    for edit in (*pick.sample(edits, len(edits)), *pick.choices(edits, k=3)):
        edit(root, pick)
        assert given(root) == anew(root, monkeypatch), edit.__name__


def test_pages_are_stale_after_an_edit_and_not_after_a_build(root):
    pick = Random(3)
    for edit in (e for e in EDITS if e.__name__ in ("a_word", "a_person", "a_new_text")):
        write_pages(load_project(root))
        assert unpublishable(load_project(root)) == []
        edit(root, pick)
        assert unpublishable(load_project(root)) != []


def test_a_page_changed_by_hand_is_stale_though_all_hashes_are_kept(root):
    write_pages(load_project(root))
    page = root / "docs/en/transcripts/sanders-xue-panel.md"
    page.write_text(page.read_text("utf-8") + "x", "utf-8")
    [problem] = unpublishable(load_project(root))
    assert problem.path == "docs/en/transcripts/sanders-xue-panel.md"


@pytest.mark.parametrize("damage", [b"", b"x" * 64, b"cut", b"turned"])
def test_what_is_damaged_is_made_again(root, damage):
    first = given(root)
    files = [f for f in (root / kept.FOLDER).rglob("*") if f.is_file()]
    assert len(files) > 10
    for file in files:
        data = file.read_bytes()
        turned = data[:-1] + bytes([data[-1] ^ 1])
        file.write_bytes({b"cut": data[:-3], b"turned": turned}.get(damage, damage))
    assert given(root) == first


def test_texts_whose_stores_were_swapped_are_made_again(root):
    first = given(root)
    one, *others = sorted((root / kept.FOLDER / kept.TEXTS).iterdir())
    for file in one.iterdir():
        for other in others:
            data = file.read_bytes()
            file.write_bytes((other / file.name).read_bytes())
            (other / file.name).write_bytes(data)
    assert given(root) == first


def test_what_is_kept_of_texts_that_are_no_more_goes(root):
    pick, texts = Random(4), root / kept.FOLDER / kept.TEXTS
    edits = {edit.__name__: edit for edit in EDITS}
    edits["a_new_text"](root, pick)
    write_pages(load_project(root))
    given(root)
    before = {f.name for f in texts.iterdir()}
    edits["a_new_name"](root, pick)
    write_pages(load_project(root))
    between = {f.name for f in texts.iterdir()}
    assert len(between) == len(before) and len(between - before) == 1
    edits["a_text_less"](root, pick)
    write_pages(load_project(root))
    assert {f.name for f in texts.iterdir()} == between & before


def test_names_that_are_no_more_go_and_others_stay(tmp_path):
    store = Kept(tmp_path)
    for name in ("a", "b", "c/../d"):
        store.put("kind", name, b"ground", name)
        store.of(name).put("", "kind", b"ground", name)
    store.only("kind", ["a", "c/../d"])
    store.only(kept.TEXTS, ["b"])
    assert [store.get("kind", name, b"ground") for name in ("a", "b", "c/../d")] == ["a", None, "c/../d"]  # fmt: skip
    assert [store.of(name).get("", "kind", b"ground") for name in ("a", "b")] == [None, "b"]
    Kept().only("kind", [])  # where nothing is kept


def test_answers_are_asked_once_and_kept(tmp_path):
    asked: list[str] = []

    def ask(word: str) -> str:
        asked.append(word)
        return word.upper()

    one, other = Lasting(ask), Lasting(ask)
    try:
        lasting.use(Kept(tmp_path))
        assert [one("a"), one("b"), one("a")] == ["A", "B", "A"] and asked == ["a", "b"]
        one.save()
        assert [other("a"), other("c")] == ["A", "C"] and asked == ["a", "b", "c"]
        lasting.use(Kept(tmp_path / "else"))
        assert other("a") == "A" and asked == ["a", "b", "c", "a"]
    finally:
        lasting.use(Kept())
        for made in (one, other):
            lasting.ALL.remove(made)


def test_a_large_table_is_held_until_it_is_let_go():
    made: list[str] = []

    @lasting.large
    def table(name: str) -> str:
        made.append(name)
        return name.upper()

    try:
        assert [table("a"), table("a"), table("b")] == ["A", "A", "B"] and made == ["a", "b"]
        lasting.let_go()
        assert table("a") == "A" and made == ["a", "b", "a"]
    finally:
        lasting.LARGE.remove(table.cache_clear)


def test_once_the_pages_are_written_nothing_is_asked_of_the_tables_of_sounds(root):
    write_pages(load_project(root))
    lasting.let_go()
    assert lasting.HOLDS not in sys.modules
    project = load_project(root)
    one = project.library.bitexts, project.glossary, project.people
    shelves = index.shelves_of(*one, (), project.memory)
    named = index.names(project.glossary, index.names_of(project.people), one[0])
    index.merged(shelves, named, one_file=0, kept=project.memory.kept)
    assert lasting.HOLDS not in sys.modules


def test_a_table_is_made_once_and_kept(tmp_path):
    made: list[int] = []

    def make() -> tuple[str, ...]:
        made.append(1)
        return ("a",)

    try:
        lasting.use(Kept(tmp_path))
        assert [lasting.table("name", make) for _ in range(3)] == [("a",)] * 3 and made == [1]
    finally:
        lasting.use(Kept())


def test_what_is_asked_often_is_read_once_while_a_process_goes_on(tmp_path):
    store, asked = Kept(tmp_path), ("kind", "name", b"ground")
    store.put(*asked, ("a", "b"))
    with holding():
        first = store.get(*asked, often=True)
        assert store.get(*asked, often=True) is first == ("a", "b")
        assert store.get(*asked) is not first
        assert store.get("kind", "name", b"another", often=True) is None
        assert store.made("kind", "name", b"another", lambda: ("c",), often=True) == ("c",)
        assert store.get(*asked, often=True) is None  # one is kept a name
    assert store.get("kind", "name", b"another", often=True) == ("c",)


def test_what_is_kept_runs_nothing(tmp_path):
    class Evil:
        def __reduce__(self):
            return (Path.touch, (tmp_path / "ran",))

    store = Kept(tmp_path / "kept")
    store.put("kind", "name", b"ground", Evil())
    assert store.get("kind", "name", b"ground") is None
    assert not (tmp_path / "ran").exists()


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path):
    (tmp_path / "kept").write_text("a file", "utf-8")
    assert Kept(tmp_path / "kept").made("kind", "name", b"ground", lambda: 7) == 7


def test_values_that_differ_have_different_hashes():
    values = ["a", b"a", 1, True, None, (), ("a",), ["a", ""], {"a": 1}, {"a": "1"}, {1, 2}, "1", 1.0, ("a", "b"), ("ab",)]  # fmt: skip
    assert len({kept.digest(value) for value in values}) == len(values)
    assert kept.digest(frozenset("abc")) == kept.digest(frozenset("cab"))


def test_another_program_makes_everything_anew(tmp_path, monkeypatch):
    store = Kept(tmp_path)
    store.put("kind", "name", b"ground", 1)
    assert store.get("kind", "name", b"ground") == 1
    monkeypatch.setattr(kept, "program", lambda: hashlib.sha256(b"another").digest())
    assert store.get("kind", "name", b"ground") is None


# --- pages as MkDocs renders them ----------------------------------------------------------------

HOOK = """
from hashlib import sha256
from pathlib import Path
from bitext.library.kept import Kept
from bitext.publish.rendering import keep_rendering

def on_page_markdown(_markdown, page, config, **_):
    keep_rendering(page, Kept.below(Path(config.config_file_path).parent))
"""
WHOLE = """
from hashlib import sha256
from pathlib import Path
from bitext.library.kept import Kept
from bitext.publish.rendering import keep_rendering
from bitext.publish.whole import Wholes

WHOLES = []

def on_files(files, config, **_):
    WHOLES[:] = [Wholes(Kept.below(Path(config.config_file_path).parent), config, files)]
    WHOLES[0].leave_out(files)

def on_nav(nav, files, **_):
    WHOLES[0].give_back(files, nav)

def on_pre_page(page, **_):
    keep_rendering(page, WHOLES[0].kept, WHOLES[0].hears(page))

def on_page_content(html, page, **_):
    return WHOLES[0].pack(page, html)

def on_page_context(context, page, **_):
    WHOLES[0].unpack(page)

def on_post_page(output, page, **_):
    WHOLES[0].keep(page, output)

def on_post_build(config, **_):
    WHOLES[0].release()
    for name, page in WHOLES[0].built.items():
        file = Path(config.site_dir, name)
        assert file.exists() != bool(page.html)
        if page.html:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(page.html(), "utf-8")
"""
SETTINGS = """
site_name: small
hooks: [hook.py]
nav: [{Home: index.md}]
not_in_nav: |
  a.md
  b.md
  b/
plugins: [search]
theme: {name: null, custom_dir: theme}
markdown_extensions: [attr_list, footnotes, toc: {toc_depth: 3}]
validation: {links: {anchors: warn, absolute_links: warn}}
"""
THEME = "{{ page.title }}|{{ page.content }}|{{ page.toc }}|{{ page.url }}"
PAGES = {
    "a.md": "# A page\n\n[to b](b.md#part), [itself](#sub), [home](index.md)\n\n## Sub\n\nWords[^1].\n\n[^1]: note\n",
    "b.md": "# B\n\n## Part\n\ntext {.c}\n",
    "index.md": "no heading, [all](a.md)\n",
}


@pytest.fixture(params=[HOOK, WHOLE], ids=["html", "whole"])
def small(tmp_path, request):
    """A small site of its own settings, whose pages link to each other."""
    for name, text in {
        "hook.py": request.param,
        "mkdocs.yml": SETTINGS,
        "theme/main.html": THEME,
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    for name, text in PAGES.items():
        (tmp_path / "docs").mkdir(exist_ok=True)
        (tmp_path / "docs" / name).write_text(text, "utf-8")
    return tmp_path


@pytest.fixture
def rendered(monkeypatch):
    """The pages that MkDocs itself rendered."""
    from mkdocs.structure.pages import Page

    seen, render = [], Page.render
    monkeypatch.setattr(Page, "render", lambda page, *rest: (seen.append(page.file.src_uri), render(page, *rest)))  # fmt: skip
    return seen


def site_of(root: Path, caplog) -> tuple[dict[str, str], list[str]]:
    """The pages of the site, and what MkDocs warned of."""
    caplog.clear()
    with caplog.at_level(logging.INFO, "mkdocs"):
        build(load_config(str(root / "mkdocs.yml")))
    said = [r.message for r in caplog.records if r.levelno >= logging.WARNING]
    return {
        str(f.relative_to(root)): f.read_text("utf-8") for f in root.rglob("site/**/*.html")
    }, said


def site_anew(root: Path, caplog) -> tuple[dict[str, str], list[str]]:
    shutil.rmtree(root / ".cache")
    return site_of(root, caplog)


def test_pages_that_did_not_change_are_not_rendered_again(small, rendered, caplog):
    first = site_of(small, caplog)
    assert sorted(rendered) == sorted(PAGES) and first[1] == []
    rendered.clear()
    assert site_of(small, caplog) == first
    assert rendered == []
    (small / "docs/b.md").write_text(PAGES["b.md"] + "more\n", "utf-8")
    assert site_of(small, caplog) != first
    assert rendered == ["b.md"]


@pytest.mark.parametrize("small", [WHOLE], indirect=True)
def test_pages_that_did_not_change_are_not_even_read(small, monkeypatch, caplog):
    from mkdocs.structure.pages import Page

    first = site_of(small, caplog)
    seen, read = [], Page.read_source
    monkeypatch.setattr(Page, "read_source", lambda page, config: (seen.append(page.file.src_uri), read(page, config)))  # fmt: skip
    assert site_of(small, caplog) == first and seen == ["index.md"]
    seen.clear()
    (small / "docs/a.md").write_text(PAGES["a.md"] + "more\n", "utf-8")
    site_of(small, caplog)
    assert sorted(seen) == ["a.md", "index.md"]
    seen.clear()
    (small / "theme/main.html").write_text("{{ page.title }}", "utf-8")
    site_of(small, caplog)
    assert sorted(seen) == sorted(PAGES)
    (small / "theme/main.html").write_text(THEME + "{{ pages | length }}", "utf-8")
    site_of(small, caplog)
    seen.clear()
    site_of(small, caplog)
    assert sorted(seen) == sorted(PAGES)  # what a template says of other pages is not kept


@pytest.mark.parametrize("small", [WHOLE], indirect=True)
def test_kept_pages_that_are_damaged_are_built_again(small, caplog):
    first = site_of(small, caplog)
    damaged, gone = sorted((small / ".cache" / "kept" / "page").iterdir())
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"x")
    gone.unlink()
    assert site_of(small, caplog) == first


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("docs/b.md", "# B\n\n## Another part\n"),  # the anchor of a's link has gone
        ("docs/b.md", None),
        ("docs/a.md", "# A\n\n[away](/b/) [none](c.md)\n"),
        ("docs/b/index.md", "# another B\n\n## Part\n"),
        ("mkdocs.yml", SETTINGS + "use_directory_urls: false\n"),
        ("mkdocs.yml", SETTINGS.replace("toc_depth: 3", "permalink: true")),
        ("mkdocs.yml", SETTINGS.replace("anchors: warn", "anchors: ignore")),
        ("theme/main.html", "{{ page.content }}"),
        ("theme/main.html", THEME + "{{ pages | length }}"),
        ("mkdocs.yml", SETTINGS + "site_description: other\n"),
        ("mkdocs.yml", SETTINGS.replace("Home", "Start")),
    ],
)
def test_after_an_edit_the_site_and_what_is_said_of_it_are_those_made_anew(small, name, text, caplog):  # fmt: skip
    site_of(small, caplog)
    if text is None:
        (small / name).unlink()
    else:
        (small / name).parent.mkdir(exist_ok=True)
        (small / name).write_text(text, "utf-8")
    for _ in range(2):  # what is said once is said again
        again = site_of(small, caplog)
    assert again == site_anew(small, caplog)


# --- files on the disk ---------------------------------------------------------------------------


def test_files_of_the_same_bytes_stay_and_others_go(tmp_path):
    site = tmp_path / "site"
    for name in ("same", "other", "gone", "folder/made", ".hidden"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(name, "utf-8")
    inodes = {f.name: f.stat().st_ino for f in site.rglob("*")}
    before.set_aside(site)
    assert [f.name for f in site.iterdir()] == [".hidden"]
    (site / "same").write_text("same", "utf-8")
    (site / "other").write_text("changed", "utf-8")
    standing = Standing(site)
    assert standing.put("folder", {"made": b"folder/made", "new": b"1"}) == {"made": 11, "new": 1}
    assert standing.at("folder/made").read_text() == "folder/made"
    standing.settle()
    found = {f.relative_to(site).as_posix(): f.read_text("utf-8") for f in site.rglob("*") if f.is_file()}  # fmt: skip
    assert found == {"same": "same", "other": "changed", "folder/made": "folder/made", "folder/new": "1", ".hidden": ".hidden"}  # fmt: skip
    assert (site / "same").stat().st_ino == inodes["same"]
    assert (site / "folder/made").stat().st_ino == inodes["made"]
    assert not before.aside(site).exists()


def test_no_name_leads_out_of_the_site(tmp_path):
    from bitext.model import Refusal

    with pytest.raises(Refusal, match="E-PATH"):
        Standing(tmp_path / "site").put("data", {"../../out": b"x"})
    with pytest.raises(Refusal, match="E-PATH"):
        Standing(tmp_path / "site").write("../out", lambda out: out.write(b"x"))
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_not_held_stands_too_if_it_has_the_same_bytes(tmp_path):
    site = tmp_path / "site"
    (site / "data").mkdir(parents=True)
    (site / "data" / "zip").write_bytes(b"old")
    inode = (site / "data" / "zip").stat().st_ino
    for data, same in ((b"old", True), (b"new", False)):
        before.set_aside(site)
        standing = Standing(site)
        assert standing.write("data/zip", lambda out, data=data: out.write(data)) == 3
        assert standing.at("data/zip").read_bytes() == data
        standing.settle()
        assert (site / "data" / "zip").read_bytes() == data
        assert ((site / "data" / "zip").stat().st_ino == inode) == same


def test_a_file_whose_bytes_are_known_stands_unless_it_was_written(tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    known: before.Known = {}
    for written, stands in ((None, False), (None, True), ("page", True), ("gape", False)):
        if written:
            day = (site / "page").stat().st_mtime_ns
            (site / "page").write_text(written, "utf-8")
            os.utime(site / "page", ns=(day, day))  # whoever sets the day back deceives nobody
        before.set_aside(site)
        standing = Standing(site, known)
        assert standing.back("page", sha256(b"page").digest()) == stands
        if not stands:
            standing.put("", {"page": b"page"})
            standing.note("page", sha256(b"page").digest())
        standing.settle()
        known = standing.known()
        assert (site / "page").read_text("utf-8") == "page"


def test_links_lead_nowhere_and_folders_and_files_take_each_others_place(tmp_path):
    site, away = tmp_path / "site", tmp_path / "away"
    for folder in (site / "was-folder" / "in", away):
        folder.mkdir(parents=True)
    (site / "was-folder" / "in" / "file").write_text("x", "utf-8")
    (site / "was-file").write_text("x", "utf-8")
    (away / "linked").write_text("linked", "utf-8")
    (site / "link").symlink_to(away)
    (site / "to-file").symlink_to(away / "linked")
    before.set_aside(site)
    standing = Standing(site)
    new = {"was-folder": b"1", "was-file/in": b"2", "link/linked": b"linked", "to-file": b"linked"}
    standing.put("", new)
    standing.settle()
    assert {f.relative_to(site).as_posix(): f.read_bytes() for f in site.rglob("*") if f.is_file()} == new  # fmt: skip
    assert not any(f.is_symlink() for f in site.rglob("*"))
    assert [f.name for f in away.iterdir()] == ["linked"]


def test_of_a_file_that_is_put_twice_the_last_bytes_stand(tmp_path):
    site = tmp_path / "site"
    (site / "empty" / "in").mkdir(parents=True)
    (site / "page").write_bytes(b"old")
    before.set_aside(site)
    standing = Standing(site)
    standing.put("", {"page": b"old"})
    standing.put("", {"page": b"new"})
    standing.settle()
    assert (site / "page").read_bytes() == b"new"
    assert [f.name for f in site.iterdir()] == ["page"]


def test_a_hash_is_that_of_what_the_file_holds_now(tmp_path, monkeypatch):
    monkeypatch.setattr(hashes, "SETTLED", -(1 << 62))  # every state is old
    store, file, other = Kept(tmp_path / "kept"), tmp_path / "file", tmp_path / "other"
    hashes.use(store)
    file.write_bytes(b"one")
    assert hashes.sha256_of(file) == sha256(b"one").digest()
    reads, read = [], hashes.contents
    monkeypatch.setattr(hashes, "contents", lambda path: (reads.append(path), read(path))[1])
    for _ in range(2):  # as it is held, and as it is kept
        assert hashes.sha256_of(file) == sha256(b"one").digest() and reads == []
        hashes.save()
        hashes.use(Kept())
        hashes.use(store)
    other.write_bytes(b"two")
    os.utime(other, ns=(file.stat().st_mtime_ns,) * 2)
    other.replace(file)
    assert hashes.sha256_of(file) == sha256(b"two").digest()
    other.symlink_to(file)
    for words in (b"three", b"four"):  # what is behind a link is read each time
        file.write_bytes(words)
        assert hashes.sha256_of(other) == sha256(words).digest()
    with pytest.raises(OSError, match="a folder"):
        hashes.sha256_of(tmp_path)


def test_the_hash_of_a_file_that_was_changed_just_now_is_not_held(tmp_path, monkeypatch):
    hashes.use(Kept(tmp_path / "kept"))
    file, words = tmp_path / "file", [b"one", b"two"]
    monkeypatch.setattr(hashes, "stamp", lambda _: (3, 1, 1))  # the clock does not tell them apart
    for word in words:
        file.write_bytes(word)
        assert hashes.sha256_of(file) == sha256(word).digest()


def test_a_site_without_one_before_is_made_where_it_is(tmp_path):
    standing = Standing(tmp_path / "site")
    standing.put("", {"a/b": b"1"})
    standing.settle()
    assert (tmp_path / "site/a/b").read_bytes() == b"1"


def test_plain_values_and_records_come_back_as_they_were(tmp_path):
    store = Kept(tmp_path)
    value = {"a": (1, None, ["x"]), "b": b"\x00"}
    store.put("kind", "name", b"ground", value)
    assert store.get("kind", "name", b"ground") == value == pickle.loads(pickle.dumps(value))
