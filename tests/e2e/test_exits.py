"""Odd and hostile text in every field of the pages, built by MkDocs and read in a browser.

A sample of what scripts/bench/fuzz_pages.py tries; the whole of it takes minutes.
"""

from __future__ import annotations

import importlib.util
import sys

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.e2e

SPEC = importlib.util.spec_from_file_location(
    "fuzz_pages", ROOT / "scripts" / "bench" / "fuzz_pages.py"
)
fuzz = sys.modules["fuzz_pages"] = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(fuzz)

#: Each of these took a text or an address away before.
ONCE_WRONG = [
    "one\n  - two", "\u3000\u30001. 乙", " !!! note", "x\u2028a b", "x\u2029y", "x\x85y", "x\r===",
    "x\n===", "x\n\n    y{", "    y", "\ty", "why\n\nbecause", "\u00a0/// html", "\x00", " \u3000 ",
    "one\n\x1c??? note\n\x1e: x", "x!", "好!", "!甲",
]  # fmt: skip
FRONT = "---\ntitle: x\nbt_page: transcript\n---\n"


def shown(tmp_path, pages, look, browser):
    with fuzz.served(fuzz.build_site(pages, tmp_path)) as url:
        return look(pages, url, browser)


def test_every_field_shows_its_text(tmp_path, browser):
    strings = ONCE_WRONG + fuzz.share_of(fuzz.odd_strings(), 0.006, 7)
    pages = fuzz.verbatim_pages(strings)
    assert len(pages.expected) > 50 * len(strings)
    assert shown(tmp_path, pages, fuzz.differences, browser) == []


def test_a_difference_is_noticed(tmp_path, browser):
    pages = fuzz.Pages({"zh/x.md": FRONT + "- one\n\n<p id='p'>two</p>\n"}, [])
    pages.expect("zh/x.md", "list", ".md-content__inner ul", 0, "- one")
    pages.expect("zh/x.md", "text", "[id=p]", 0, "too")
    pages.expect("zh/x.md", "id", "[id=q]", 0, "")
    pages.expect("zh/x.md", "same", "[id=p]", 0, " two\n")
    wrong = shown(tmp_path, pages, fuzz.differences, browser)
    assert [expected.field for expected, _ in wrong] == ["list", "text", "id"]


def test_no_field_runs_what_stands_in_it(tmp_path, browser):
    strings = fuzz.share_of(fuzz.hostile_strings(), 0.03, 7)
    harm = shown(tmp_path, fuzz.inject_pages(strings), fuzz.harm_done, browser)
    assert harm == fuzz.Harm([], [], [])


HARMFUL = {  # what is written -> what of it runs, what stands on the page, what is fetched
    "<script>alert(1)</script>": (1, 2, 0),
    "<img src=x onerror=alert(1)>": (1, 2, 0),
    "<img src='http://127.0.0.1:9/x.png'>": (0, 1, 1),
    "<a href='javascript:alert(1)'>x</a>": (0, 1, 0),
    "<p onclick=alert(1)>x</p>": (0, 1, 0),
    "<p style='background:url(//x.invalid/y)'>x</p>": (0, 1, 1),
}


def test_harm_is_noticed(tmp_path, browser):
    pages = fuzz.Pages({f"zh/x{n}.md": FRONT + text for n, text in enumerate(HARMFUL)}, [])
    harm = shown(tmp_path, pages, fuzz.harm_done, browser)
    for n, (text, (ran, parts, _)) in enumerate(HARMFUL.items()):
        of_page = [
            sum(f.startswith(f"zh/x{n}.md") for f in found) for found in (harm.ran, harm.parts)
        ]
        assert of_page == [ran, parts], text
    assert len(harm.requests) == sum(requests for *_, requests in HARMFUL.values())
