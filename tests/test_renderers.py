"""The pages by other renderers: one configuration a language, made of mkdocs.yml; what differs is told."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import prove_renderers
import pytest

from bitext.publish.settings import NAME, read_config
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def renderers():
    spec = importlib.util.spec_from_file_location(
        "renderers_", ROOT / "scripts/publish/renderers.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def both(renderers):
    config = read_config(ROOT / NAME)
    zh, en = renderers.languages(config)
    return [renderers.configuration(config, language, ROOT) for language in (zh, en)]


def test_each_language_has_its_names_and_its_pages_where_they_stand_in_the_site_of_both(both):
    zh, en = both
    assert [c["theme"]["language"] for c in both] == ["zh", "en"]
    assert zh["site_name"] == "双轨" and en["site_name"] == "Two Tracks"
    assert {"首页": "index.md"} in zh["nav"] and {"Home": "en/index.md"} in en["nav"]
    assert [len(c["nav"]) for c in both] == [len(read_config(ROOT / NAME)["nav"])] * 2
    assert en["site_description"].isascii() and not zh["site_description"].isascii()
    assert "en/glossary/\n" in en["not_in_nav"] and "\nglossary/\n" in zh["not_in_nav"]


def test_nothing_that_mkdocs_alone_runs_is_left_and_the_rest_is_as_it_was(both):
    config = read_config(ROOT / NAME)
    for made in both:
        assert made["plugins"] == [] and "hooks" not in made
        assert made["markdown_extensions"] == config["markdown_extensions"]
        assert made["extra"]["bt_version"] and "default-src 'self'" in made["extra"]["bt_policy"]
        assert Path(made["theme"]["custom_dir"]).samefile(ROOT / "overrides")


PAGE = '<html lang="en"><head><title>T</title></head><body><p id="p1">One <a href="{up}b/">b</a></p></body></html>'
#: What another renderer may do to a page, and what is told of it.
CHANGES = {
    "a word": ("One", "Two", "a/index.html: words"),
    "an id": ("p1", "p2", "a/index.html: ids"),
    "a title": (">T<", ">U<", "a/index.html: title"),
    "a link": ("../b/", "b/", "a/index.html: links"),
    "a language": ('"en"', '"zh"', "a/index.html: language"),
}


def site(folder: Path, text: str, *more: str) -> Path:
    for name, data in {"a/index.html": text, **dict.fromkeys(more, "x")}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(data, "utf-8")
    return folder


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_a_reader_would_miss_is_told(tmp_path, name):
    old, new, told = CHANGES[name]
    text = PAGE.format(up="../")
    one, two = (site(tmp_path / n, t) for n, t in (("1", text), ("2", text.replace(old, new))))
    [found] = prove_renderers.differences(one, two)
    assert found.startswith(told)


def test_links_are_compared_by_where_they_lead_and_files_by_their_bytes(tmp_path):
    one = site(tmp_path / "1", PAGE.format(up="../"), "data/x.csv", "assets/theme.css")
    two = site(tmp_path / "2", PAGE.format(up="./../"), "data/x.csv", "search.json")
    assert list(prove_renderers.differences(one, two)) == ["search.json: only in one of them"]
    (two / "data/x.csv").write_text("y", "utf-8")
    assert "data/x.csv: other bytes" in prove_renderers.differences(one, two)
