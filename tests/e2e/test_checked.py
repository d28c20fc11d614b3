"""The built site has nothing wrong, and each kind of fault that is put into it is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bitext.publish.checking import check_site
from tests.e2e.conftest import ADDRESS

pytestmark = pytest.mark.e2e

TALK = "transcripts/sanders-xue-panel/index.html"
#: The page, what stands there, what takes its place; what is told. A page of its own for each.
FAULTS = {
    "a link to nothing": ("about/index.html", 'href="../transcripts/"', 'href="../transcript/"', "../transcript/: leads nowhere"),
    "a broken anchor": ("glossary/ai-cyberattack/index.html", "track-two-perspective/#p", "track-two-perspective/#no-p", "has no '#no-p"),
    "an id twice": (TALK, "</article>", '<p id="s2p2"></p></article>', "the id 's2p2' stands twice"),
    "an untranslated sentence": (f"en/{TALK}", "</article>", "<p>这句话没有译成英文。</p></article>", "'这句话没有译成英文。' is in another language"),
    "an untranslated control": ("contribute/index.html", "<article", '<article aria-label="The text of this page"', "'The text of this page' is in another language"),
    "a script of another host": ("en/about/index.html", "</body>", '<script src="https://cdn.example/x.js"></script></body>', "is fetched from another host"),
    "a picture of another host": ("en/contribute/index.html", "</body>", '<img src="//cdn.example/x.png" alt=""></body>', "is fetched from another host"),
    "no language": ("how-to-read/index.html", '<html lang="zh-Hans"', "<html", "no language is said"),
}  # fmt: skip


def test_nothing_is_wrong_with_the_built_site(site):
    assert list(map(str, check_site(site.path, ADDRESS))) == []


@pytest.fixture(scope="module")
def told(site, tmp_path_factory) -> dict[str, str]:
    """What is told of each page of a copy that has all the faults, and a page without its twin."""
    copy = tmp_path_factory.mktemp("faulty") / "site"
    shutil.copytree(site.path, copy)
    for file, old, new, _ in FAULTS.values():
        text = (copy / file).read_text("utf-8")
        assert old in text, (file, old)
        (copy / file).write_text(text.replace(old, new, 1), "utf-8")
    shutil.rmtree(copy / "en/years/2026")
    found: dict[str, str] = {}
    for problem in check_site(copy, ADDRESS):
        found[problem.path] = found.get(problem.path, "") + f"{problem}\n"
    return found


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_a_page_is_told_at_that_page(told, name):
    file, _, _, said = FAULTS[name]
    assert said in told.get(file, "")


def test_a_page_without_its_twin_is_told(told):
    assert "has no twin at en/years/2026/" in told["years/2026/index.html"]


def test_a_page_without_a_fault_is_not_told(told):
    pages = {file for file, *_ in FAULTS.values()} | {"years/2026/index.html"}
    elsewhere = {path: said for path, said in told.items() if path not in pages}
    # but for what leads to the page that was taken out, and the sitemap that lists it
    rest = {path: said for path, said in elsewhere.items() if "2026/" not in said}
    assert rest == {}


def test_the_check_of_the_project_is_part_of_make_test():
    """A stale page and a hand-written one without its twin are problems there: scripts/bench/breaks_files.py."""
    makefile = (Path(__file__).resolve().parents[2] / "Makefile").read_text("utf-8")
    recipe = makefile.partition("\ntest:")[2].partition("\n\n")[0]
    assert "-m bitext check" in recipe and "-m pytest" in recipe
