"""A browser's address bar can ask a site whose address is known; and the plain tree is found in too."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from bitext.publish import opensearch
from bitext.publish.about import site_address

SPACE = "{http://a9.com/-/spec/opensearch/1.1/}"


@pytest.mark.parametrize(
    "site_url, base",
    [
        ("https://a.org", "https://a.org/"),
        ("https://a.org/tracks/", "https://a.org/tracks/"),
        ("http://localhost:8000/x", "http://localhost:8000/x/"),
        ("/tracks/", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_only_a_real_address_is_one(site_url, base):
    assert site_address(site_url) == base
    assert bool(opensearch.files(base)) == bool(base)


@pytest.mark.parametrize("lang, path", [("zh", "search/"), ("en", "en/search/")])
def test_each_language_has_a_description_below_the_site_s_path(lang, path):
    text = opensearch.files(site_address("https://a.org/tracks?a&b"))[f"opensearch-{lang}.xml"]
    root = ET.fromstring(text)
    url = root.find(f"{SPACE}Url").get("template")
    assert url == f"https://a.org/tracks/{path}?q={{searchTerms}}"
    assert len(root.findtext(f"{SPACE}ShortName")) <= 16  # what the format allows
    assert root.findtext(f"{SPACE}Language") == lang


def test_the_plain_tree_under_the_theme_alone_finds_a_term(tmp_path, root):
    """Without our hook, templates and search: the theme's own search holds the generated pages too."""
    config = {
        "site_name": "plain", "docs_dir": str(root / "docs" / "zh"), "theme": {"name": "material", "font": False},
        "plugins": ["search"], "markdown_extensions": ["attr_list", "def_list", "md_in_html", "tables", "pymdownx.blocks.details", "pymdownx.superfences"],
    }  # fmt: skip
    file = tmp_path / "mkdocs.yml"
    file.write_text(json.dumps(config), "utf-8")
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(file), "-d", str(tmp_path / "site")],
        check=True, capture_output=True,
    )  # fmt: skip
    index = json.loads((tmp_path / "site/search/search_index.json").read_text("utf-8"))
    pages = {
        one["location"].split("#")[0]
        for one in index["docs"]
        if "敏捷治理" in one["title"] + one["text"]
    }
    assert {"transcripts/sanders-xue-panel/", "glossary/"} <= pages
