"""The zip for a disk: links to folders name their file, and what only a host needs is left out."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from bitext.__main__ import main
from bitext.publish.offline import offline, offline_page

CASES = {
    "a folder": ('<a href="../about/">', '<a href="../about/index.html">'),
    "a folder and a place": ('<a class="x" href="about/#top">', '<a class="x" href="about/index.html#top">'),
    "with words asked": ('<a href="search/?q=a/b">', '<a href="search/index.html?q=a/b">'),
    "here": ('<a href=".">', '<a href="./index.html">'),
    "above": ('<a href="../..">', '<a href="../../index.html">'),
    "this folder": ('<a href="./">', '<a href="./index.html">'),
    "a form": ('<form role="search" action="../search/">', '<form role="search" action="../search/index.html">'),
    "the twin for scripts": ('{"twin": "../en/x/"}', '{"twin": "../en/x/index.html"}'),
    "the address bar": ('<link rel="search" href="opensearch-zh.xml">\n<p>', "<p>"),
}  # fmt: skip
SAME = (
    '<a href="data/x.csv" download>', '<a href="https://other.example/a/">', '<a href="mailto:a@b.c">', '<a href="#s4p1">',
    '<a href="//x.example/">', '<link rel="stylesheet" href="assets/">', '<a href="">', '{"twin": null}',
    "<p>href=\"a/\"</p>",
)  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_link_that_needs_a_host_names_its_file(name):
    old, new = CASES[name]
    assert offline_page(old) == new and offline_page(new) == new


@pytest.mark.parametrize("page", SAME)
def test_another_link_stays(page):
    assert offline_page(page) == page


def site(folder: Path) -> Path:
    for name in (
        "index.html", "en/index.html", "404.html", "_headers", "robots.txt", "sitemap.xml", "sitemap.xml.gz",
        "opensearch-en.xml", "assets/bt/search/zh.gz", "assets/bt/all.js", "data/x.csv",
    ):  # fmt: skip
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text('<a href="en/">', "utf-8")
    return folder


def test_the_zip_holds_pages_scripts_and_downloads_in_one_folder(tmp_path):
    data = offline(site(tmp_path))
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert sorted(archive.namelist()) == [
        f"two-tracks/{name}" for name in ("assets/bt/all.js", "data/x.csv", "en/index.html", "index.html")
    ]  # fmt: skip
    assert archive.read("two-tracks/index.html") == b'<a href="en/index.html">'
    assert archive.read("two-tracks/data/x.csv") == b'<a href="en/">'
    assert offline(tmp_path) == data


def test_the_command_writes_it_and_refuses_where_nothing_is_built(tmp_path, capsys):
    out = tmp_path / "o.zip"
    assert main(["offline", str(tmp_path / "none"), "--output", str(out)]) == 2
    assert "no built site" in capsys.readouterr().err and not out.exists()
    assert main(["offline", str(site(tmp_path / "site")), "--output", str(out)]) == 0
    assert zipfile.is_zipfile(out)
